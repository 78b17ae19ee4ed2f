"""A world full of names that nothing else contains, and a walk through all that a juror can reach.

``walk`` is made over ``url_map``: a new route is walked the day it is there. ``letters_to`` is made over the
modules of letters: a new letter is read too.
"""

import html
import inspect
import io
import json
from dataclasses import dataclass
from types import SimpleNamespace
from urllib.parse import unquote
from uuid import uuid4

from tests import builders as given
from tests.browser import Browser
from tests.doors.world import World, a_world
from thinkia.accounts.models import Account
from thinkia.accounts.queries import hashed
from thinkia.agreements import emails as agreement_letters
from thinkia.agreements.hooks import Second
from thinkia.agreements.models import SecondRole
from thinkia.agreements.queries import agreement_by_code
from thinkia.calls.hooks import Reader
from thinkia.db import db
from thinkia.domain.bases import (
    CompositionRule,
    Deliberation,
    JuryRules,
    PersonAttribute,
    Question,
    QuestionKind,
    TeamRules,
    TieKey,
    TieKeyKind,
)
from thinkia.domain.conflicts import ConflictScope, institution_key
from thinkia.domain.formation import alike
from thinkia.domain.lifecycle import ReviewState
from thinkia.feedback import emails as feedback_letters
from thinkia.jury import emails as jury_letters
from thinkia.jury.models import Juror, Mark, Review
from thinkia.jury.queries.conflicts import Subject
from thinkia.jury.queries.people import juror_by_code
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import conflicts
from thinkia.organisations.models import Staff
from thinkia.outside.mail import Letter, rendered
from thinkia.outside.storage import digest
from thinkia.policy.actor import StaffRole
from thinkia.registration.models import Registration
from thinkia.results import emails as result_letters
from thinkia.results import services as results
from thinkia.submissions.models import FilePage, PagedFile, Receipt, Submission, SubmittedFile
from thinkia.submissions.queries import submission_by_code
from thinkia.submissions.services import ask_to_exclude
from thinkia.teams.models import Invitation, Team

TEAM, ABOUT = "Colibrí Zafiro", "Somos del barrio Quillango"
PEOPLE = ("Ruperta Canelos", "Eustaquio Bermeo")
EMAILS = ("ruperta@zamorano.example", "eustaquio@zamorano.example")
INSTITUTION, PROFILE = "Instituto Wayrapungo", "Universidad Ñukanchik"
FILE, HIDDEN_FILE = "canelos-bermeo.pdf", "hoja-de-vida-bermeo.pdf"
WHO = "Nos presentamos: Taller Pachakutec"
FORMER = "in one team with the juror in an earlier call"  # what joins juror and team, as a hint says it

TOLD = (TEAM, INSTITUTION, FILE, HIDDEN_FILE, WHO, FORMER)  # what jurors read where nothing is hidden
KEPT = (ABOUT, *PEOPLE)  # what only organisers and the team read

QUESTIONS = (
    Question("resumen", QuestionKind.LONG_TEXT, given.both("Resumen", "Summary")),
    Question("plan", QuestionKind.FILE, given.both("Plan"), types=("pdf",), max_bytes=9000, required=False),
    Question("quienes", QuestionKind.LONG_TEXT, given.both("Quiénes", "Who you are"), identifies=True),
    Question(
        *("vidas", QuestionKind.FILE, given.both("Hojas de vida", "Lives")),
        types=("pdf",), max_bytes=9000, required=False, identifies=True,
    ),
)  # fmt: skip


@dataclass
class Named:
    """The world of the doors, with one team that has all of these names."""

    world: World
    chair: Juror
    review: Review
    hidden_file: str
    organising: Account
    reopening: str

    @property
    def call(self):
        return self.world.call

    @property
    def act(self) -> str:
        """The page of the act of two persons that the walk visits."""
        return f"/agreements/{self.world.parts['code']['/agreements/']}"

    def browser(self, app, account=None) -> Browser:
        """A client that is the chair, or somebody else, and reads English."""
        browser = given.sign_in(Browser(app), account or self.chair.account)
        with browser.client.session_transaction() as session:
            session["lang"] = "en"
        return browser


def a_named_world(app, *, blind, calendar=given.in_evaluation) -> Named:
    """The chair reads a proposal, and so does a juror who came to work for the host later."""
    rules = {
        "jury": JuryRules(size=3, blind=blind, bids=True, deliberation=Deliberation.NAMED),
        "questions": QUESTIONS,
        "team": TeamRules(max=4, composition=(CompositionRule(PersonAttribute.INSTITUTION, max_same=9),)),
        "tie_break": (TieKey(TieKeyKind.CHAIR), TieKey(TieKeyKind.SUBMITTED_AT)),
    }
    world = a_world(calendar, code="named", **rules)
    team = db.session.query(Team).filter_by(code=world.parts["code"]["/teams/"]).one()
    team.name, team.name_key, team.about = TEAM, alike(TEAM), ABOUT
    for who, name, email in zip(("representative", "member"), PEOPLE, EMAILS, strict=True):
        account = world.people[who]
        account.name, account.email, account.institution = name, email, PROFILE
        entry = db.session.query(Registration).filter_by(account_id=account.id, call_id=world.call.id).one()
        entry.attributes = {"institution": INSTITUTION}
    review = db.session.query(Review).filter_by(code=world.parts["code"]["/reviews/"]).one()
    chair = juror_by_code(world.call.code, world.parts["juror"]["/"])
    chair.account = world.people["chair"]
    _sat_together(chair.account, world.people["member"], world.now)
    submission = db.session.get(Submission, review.submission_id)
    hidden = _handed_in(app, world, submission)
    organising = given.an_account(now=world.now)
    given.a_juror(world.call, account=organising, now=world.now)
    db.session.add(
        Staff(host_id=world.call.host_id, account_id=organising.id, role=StaffRole.OWNER, since=world.now)
    )
    for invited in (chair.account, organising):
        _invited(team, invited, world)
    db.session.commit()
    return Named(world, chair, review, hidden, organising, world.parts["code"]["/agreements/"])


def _sat_together(juror, member, now):
    """The two were in one team of an earlier call."""
    given.a_team(given.a_call(given.some_bases("named-before", now), now=now), juror, member, now=now)


def _invited(team, account, world):
    """The team has asked a person of the jury to join, as anybody may by an address."""
    db.session.add(
        Invitation(
            team_id=team.id, email=account.email, token_hash=hashed(account.email), created_at=world.now,
            expires_at=world.now + given.DAY, invited_by_id=world.people["member"].id,
        )
    )  # fmt: skip


def _handed_in(app, world, submission) -> str:
    """Two files with the team's names for them, the first with a page that is drawn; and the answers."""
    content = io.BytesIO(b"%PDF-1.4 sample")
    sha256, size = digest(content)
    picture = io.BytesIO(b"RIFF....WEBP")
    image, _size = digest(picture)
    app.extensions["storage"].put(picture, image)
    db.session.add(PagedFile(sha256=sha256, asked_at=world.now, drawn_at=world.now, pages=1))
    db.session.flush()
    db.session.add(
        FilePage(file_sha256=sha256, number=1, image_sha256=image, width=10, height=10, text="Un plan.")
    )
    plan = db.session.query(SubmittedFile).filter_by(submission_id=submission.id).one()
    plan.name, hidden = FILE, str(uuid4())
    named = {"sha256": sha256, "size": size, "pages": 1, "media_type": "application/pdf"}
    receipt = db.session.get(Receipt, submission.receipt_id)
    receipt.content = json.dumps(
        {
            "title": "Un mapa de fugas",
            "challenge": "agua",
            "answers": {"resumen": "Mapa.", "quienes": WHO},
            "files": {
                "plan": {"id": str(plan.id), "name": FILE, **named},
                "vidas": {"id": hidden, "name": HIDDEN_FILE, **named},
            },
        }
    )
    return hidden


def conclude(named: Named, *, publish=False):
    """Everybody marks alike, so that a tie waits for the chair; or the chair decides and it is public."""
    call, now = named.call, named.world.now
    other = given.submitted(given.a_team(call, now=now), call, now=now, title="Otra idea")
    given.a_review(named.chair, other, impacto=3, viabilidad=3, now=now)
    review = named.review
    review.state, review.finished_at = ReviewState.FINAL, now
    marks = [Mark(review_id=review.id, criterion=one, value=3) for one in ("impacto", "viabilidad")]
    db.session.add_all(marks)
    db.session.commit()
    organiser, chair = (
        given.acting(account) for account in (named.world.people["owner"], named.chair.account)
    )
    ranking = results.propose(call, organiser, now)
    if publish:
        first = db.session.get(Submission, review.submission_id)
        ranking = results.decide_tie(ranking, [first.code, other.code], "Llega a más", chair, now)
        results.publish(results.confirm(ranking, "", chair, now), organiser, now)


def a_recusal(named: Named):
    """Another juror's marks would go because of the team's institution: the chair may confirm it."""
    world = named.world
    other = given.a_juror(world.call, "academia", now=world.now)
    submission = db.session.get(Submission, named.review.submission_id)
    given.a_review(other, submission, impacto=2, viabilidad=2, now=world.now)
    subject = Subject(ConflictScope.INSTITUTION, INSTITUTION, institution_key(INSTITUTION))
    juror = juror_by_code(world.call.code, other.code)
    waits = conflicts.recuse(juror, subject, "Trabajó ahí", given.acting(world.people["owner"]), world.now)
    db.session.commit()
    world.parts["code"]["/agreements/"] = waits.code


def an_exclusion(named: Named):
    """The organisers ask that the proposal leaves the competition: the chair may confirm it."""
    world, code = named.world, named.world.parts["submission"]["/"]
    submission, owner = submission_by_code(code), given.acting(world.people["owner"])
    waits = ask_to_exclude(submission, "No cumple el artículo 7", owner, world.now)
    db.session.commit()
    world.parts["code"]["/agreements/"] = waits.code


def walk(app, named: Named, account=None) -> dict[str, tuple[int, str]]:
    """Every address that a GET can ask for → status, and all of the answer that a person could read."""
    browser = named.browser(app, account)
    rules = sorted((rule for rule in app.url_map.iter_rules() if "GET" in rule.methods), key=str)
    found = {rule.rule: _answer(app, browser, "GET", named.world.address(rule)) for rule in rules}
    hidden = f"/reviews/{named.review.code}/files/{named.hidden_file}"
    return found | {"the file that identifies": _answer(app, browser, "GET", hidden)}


def knock(app, named: Named, account=None) -> dict[str, tuple[int, str]]:
    """Every POST with a token and nothing else, signing out apart; with the page that it ends at."""
    browser, found = named.browser(app, account), {}
    rules = sorted((rule for rule in app.url_map.iter_rules() if "POST" in rule.methods), key=str)
    for rule in rules:
        if rule.rule == "/sign-out":
            continue
        browser.get("/desk")
        token = browser.page.root.all("input", name="csrf_token")[0]["value"]
        sent = {"data": {"csrf_token": token}, "follow_redirects": True}
        found[rule.rule] = _answer(app, browser, "POST", named.world.address(rule), **sent)
    return found


def _answer(app, browser, method, address, **options) -> tuple[int, str]:
    """One request that finds nothing loaded: what a page needs and was not asked for would be an error."""
    with app.app_context():
        answer = told(browser.client.open(address, method=method, **options))
    assert answer[0] < 500 or address == "/health", f"{method} {address}: {answer[0]}"
    return answer


def told(answer) -> tuple[int, str]:
    """Body and headers, with every way of writing a letter undone."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    body = answer.get_data().decode("utf-8", "replace")
    return answer.status_code, "\n".join((unquote(headers), html.unescape(body)))


TO_TEAMS = {"round_closed"}  # nobody of the jury gets it as such


def letters_to(named: Named) -> dict[str, str]:
    """Every letter that a person of the jury may get: its subject and body, by its name."""
    call, world = named.call, named.world
    review = review_by_code(named.review.code)
    agreement = agreement_by_code(named.reopening)
    chair = juror_by_code(call.code, named.chair.code)
    reader = SimpleNamespace(name=chair.name, email=chair.email, language="en")
    known = {
        "juror": chair, "chair": chair, "call": call, "review": review, "agreement": agreement, "left": 3,
        "count": 3, "secret": "secreto", "own": None, "to": Reader(chair.account_id, chair.email, "en"),
        "second": Second(0, reader.name, reader.email, "en", SecondRole.CHAIR, world.now),
        "reviews": [review], "officer": reader, "corrects": True, "voids": True,
        "ranking": SimpleNamespace(call=call, published_at=world.now, taken_back_reason="Una suma"),
        "publication": SimpleNamespace(goes_at=world.now, refusal="ranking_stale"),
    }  # fmt: skip
    found = {}
    for module in (jury_letters, result_letters, feedback_letters, agreement_letters):
        for name, write in inspect.getmembers(module, inspect.isfunction):
            signature = inspect.signature(write)
            if (
                write.__module__ != module.__name__
                or name.startswith("_")
                or name in TO_TEAMS
                or signature.return_annotation is not Letter
            ):
                continue
            given_to = {one: known[one] for one in signature.parameters}
            found[f"{module.__name__}.{name}"] = "\n".join(rendered(write(**given_to)))
    return found
