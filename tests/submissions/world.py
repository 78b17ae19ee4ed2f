"""A call that asks every kind of question, a team that answers it, and who they are."""

import threading
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from tests import builders as given
from tests.builders import NOON, both
from thinkia.agreements import services as agreements
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.domain.answers import TITLE
from thinkia.domain.bases import Option, Question, QuestionKind, TeamRules
from thinkia.submissions import services
from thinkia.submissions.models import Seen
from thinkia.submissions.queries import submission_by_code
from thinkia.submissions.uploads import Upload

CLOSES = NOON + 10 * given.DAY
PDF = Upload("plan.pdf", "application/pdf", 1200, "a" * 64, 3)

QUESTIONS = (
    Question("resumen", QuestionKind.LONG_TEXT, both("Resumen", "Summary"), max_characters=60),
    Question("lema", QuestionKind.SHORT_TEXT, both("Lema", "Motto"), required=False, max_words=3),
    Question(
        "etapa",
        QuestionKind.CHOICE,
        both("Etapa", "Stage"),
        options=(Option("idea", both("Idea", "Idea")), Option("uso", both("En uso", "In use"))),
    ),
    Question(
        "temas",
        QuestionKind.MULTIPLE_CHOICE,
        both("Temas", "Topics"),
        required=False,
        options=(Option("agua", both("Agua", "Water")), Option("aire", both("Aire", "Air"))),
    ),
    Question("costo", QuestionKind.NUMBER, both("Costo", "Cost"), min=Decimal(0), max=Decimal(50_000)),
    Question("codigo", QuestionKind.ADDRESS, both("Código", "Code"), required=False, hosts=("github.com",)),
    Question(
        "plan",
        QuestionKind.FILE,
        both("Plan", "Plan"),
        types=("pdf", "docx"),
        max_bytes=200_000,
        max_pages=10,
    ),
    Question(
        "etica",
        QuestionKind.DECLARATION,
        both("Declaración de autoría", "Declaration of authorship"),
        statement=both("El trabajo es nuestro.", "The work is our own."),
    ),
)
ANSWERS = {
    "resumen": "Un mapa de fugas que hace el barrio.",
    "etapa": "idea",
    "costo": "1234.5",
    "etica": True,
}


def a_call(code="rios", now=NOON, **changes):
    usual = {"questions": QUESTIONS, "team": TeamRules(min=1, max=4)}
    return given.a_call(given.some_bases(code, now, **{**usual, **changes}), now=now)


def a_team(call, *names, language="en"):
    """A team of people with these names, the first representing, and the people."""
    people = [given.an_account(name, language=language) for name in names or ("Nina", "Jefferson")]
    return given.a_team(call, *people, name="Yaku Wasi"), people


def a_draft(call=None, team=None, now=NOON):
    """A draft of a team of two, begun through the service."""
    call = call or a_call()
    team = team or a_team(call)[0]
    (challenge, *_) = db.session.query(given.Challenge).filter_by(call_id=call.id).order_by("position").all()
    who = actor_of(team)
    return fresh(services.start(team, challenge, "Agua que cuenta", who, now))


def actor_of(team, place=0):
    """The actor that a member of the team is."""
    members = db.session.query(given.Member).filter_by(team_id=team.id).order_by(given.Member.id).all()
    return given.acting(db.session.get_one(given.Account, members[place].account_id))


def question(submission, code):
    return TITLE if code == "title" else next(one for one in submission.questions if one.code == code)


def answer(submission, code, value, now=NOON, *, place=0, seen=None, **options):
    """Save one answer as a member of the team does."""
    submission = fresh(submission)
    asked, who = question(submission, code), actor_of(submission.team, place)
    return services.save(submission, asked, value, who, now, seen=seen, **options)


def upload(submission, now=NOON, *, begun_at=None, file=PDF, code="plan"):
    submission = fresh(submission)
    asked, who = question(submission, code), actor_of(submission.team)
    return services.attach(submission, asked, file, who, now, begun_at=begun_at or now)


def filled(submission, now=NOON, *, file=True):
    """Answer all that is required."""
    for code, value in ANSWERS.items():
        answer(submission, code, value, now)
    if file:
        upload(submission, now)
    return fresh(submission)


def hand_in(submission, now=NOON, *, place=0):
    submission = fresh(submission)
    return services.submit(submission, actor_of(submission.team, place), now)


def exclude(submission, reason="No cumple el artículo 4.", now=NOON):
    """One organiser asks, another confirms after signing in again."""
    submission = fresh(submission)
    one, other = (given.an_organiser(submission.call.host, now=now - given.DAY) for _ in range(2))
    waits = services.ask_to_exclude(submission, reason, given.acting(one), now)
    confirmed_by = replace(given.acting(other), signed_in_at=now)
    agreements.confirm(agreement_by_code(waits.code), confirmed_by, now)


def fresh(submission):
    """As a request would load it."""
    db.session.flush()
    db.session.expire_all()
    return submission_by_code(submission.code)


def person(submission, place=0):
    return fresh(submission).team.members[place].account


def visit(browser, submission, place=0, *, now=NOON):
    return given.sign_in(browser, person(submission, place), now)


def place(submission, part=""):
    return f"/submissions/{submission.code}{part}"


def seen(version=0, late_version=0, page=""):
    return Seen(version, late_version, page)


def all_at_once(app, acts):
    """What comes of each act when a thread each does them together: a value, or the exception."""
    outcomes, barrier = [None] * len(acts), threading.Barrier(len(acts))

    def run(place, act):
        with app.app_context():
            with suppress(threading.BrokenBarrierError):
                barrier.wait(timeout=20)
            try:
                outcomes[place] = act()
            except Exception as error:  # noqa: BLE001 - the test looks at it
                outcomes[place] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
