"""A published result that two persons take back, and the corrected version that follows it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests import builders as given
from tests.builders import NOON
from tests.queries import count_queries
from tests.results.scenes import judged
from thinkia import clock
from thinkia.agreements import services as agreements
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.domain.bases import PublicationLevel
from thinkia.domain.conflicts import ConflictScope
from thinkia.domain.lifecycle import RankingState, SubmissionState
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.jury.models import Review
from thinkia.jury.queries.conflicts import Subject
from thinkia.jury.queries.people import juror_of_call
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import conflicts, reopening
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask, run_task
from thinkia.results import services
from thinkia.results.queries import current_ranking
from thinkia.results.queries.publications import people_told, published_versions
from thinkia.submissions.queries import submission_by_code
from thinkia.submissions.services import ask_to_exclude

MARKS = {"Yaku": ((5, 4), (4, 4)), "Sumak": ((3, 3), (3, 3)), "Inti": ((4, 5), (4, 4))}
WHY = "Faltaba un acta de exclusión."
LATER = NOON + timedelta(hours=3)


@pytest.fixture
def scene(app):
    found = judged(MARKS)
    found.publish()
    return found


def fresh(account, now=NOON):
    return replace(given.acting(account), signed_in_at=now)


def second_of(scene, now=NOON):
    """Another officer of the host, there before anything is asked."""
    return given.an_organiser(scene.call.host, now=now - given.DAY)


def work(now=LATER):
    """Everything that waits in the outbox, letters apart."""
    for row in db.session.query(OutboxTask).filter(OutboxTask.task.startswith("results.")).all():
        run_task(row.id, lambda: now)


def letters(template):
    sent = db.session.query(Mail.to).filter_by(template=f"results/emails/{template}.txt")
    return sorted(to for (to,) in sent)


def leave_out(scene, name="Yaku"):
    out = scene.submissions[name]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, LATER, "Sin firma"
    db.session.flush()


def refusal(act, *arguments):
    with pytest.raises(Refused) as caught:
        act(*arguments)
    return caught.value.reason


def test_one_person_asks_and_another_takes_it_back_with_a_reason_that_is_kept(scene):
    work()
    told = letters("published")
    second = second_of(scene)
    ranking = scene.ranking
    asked = services.ask_to_take_back(ranking, WHY, given.acting(scene.organiser), NOON)
    assert scene.call.results_published_at == NOON, "asking changes nothing"
    assert refusal(agreements.confirm, asked, fresh(scene.organiser), NOON) is Reason.NOT_A_SECOND
    agreements.confirm(agreement_by_code(asked.code), fresh(second, LATER), LATER)
    assert (scene.call.results_published_at, scene.call.results_taken_back_at) == (None, LATER)
    assert (ranking.state, ranking.taken_back_reason, ranking.published_at) == ("taken_back", WHY, NOON)
    assert ranking.taken_back_by_id == second.id
    assert db.session.query(Entry).filter_by(action="results.taken_back").count() == 1
    work()
    work()
    assert letters("taken_back") == told != []
    letter = db.session.query(Mail).filter_by(template="results/emails/taken_back.txt").first()
    assert WHY in letter.text
    assert len(db.session.execute(people_told(ranking)).all()) == len(told)


def test_nobody_confirms_whose_team_takes_part(scene):
    inside = second_of(scene)
    team = scene.submissions["Inti"].team
    entry = given.registered(scene.call, inside)
    db.session.add(
        given.Member(
            team_id=team.id, call_id=scene.call.id, account_id=inside.id, registration_id=entry.id,
            role=given.MemberRole.MEMBER, joined_at=NOON,
        )
    )  # fmt: skip
    second_of(scene)
    asked = services.ask_to_take_back(scene.ranking, WHY, given.acting(scene.organiser), NOON)
    code = asked.code
    assert refusal(agreements.confirm, agreement_by_code(code), fresh(inside), NOON) is Reason.NOT_A_SECOND


def test_what_was_asked_of_one_version_does_not_take_the_next_one_back(scene):
    second = second_of(scene)
    asked = services.ask_to_take_back(scene.ranking, WHY, given.acting(scene.organiser), NOON)
    services.take_back(scene.call, "Otra razón", given.acting(scene.organiser), NOON)
    agreement = agreement_by_code(asked.code)
    assert refusal(agreements.confirm, agreement, fresh(second), NOON) is Reason.NOT_PUBLISHED
    scene.publish(LATER)
    agreement = agreement_by_code(asked.code)
    assert refusal(agreements.confirm, agreement, fresh(second, LATER), LATER) is Reason.NOT_PUBLISHED
    assert scene.call.results_published_at == LATER


def test_who_was_not_told_of_the_result_is_not_told_that_it_was_taken_back(scene):
    services.take_back(scene.call, WHY, given.acting(scene.organiser), LATER)
    work()
    assert letters("published") == letters("taken_back") == []


def test_a_result_is_taken_back_with_a_reason_and_only_while_it_is_public(scene):
    actor = given.acting(scene.organiser)
    assert refusal(services.take_back, scene.call, "  ", actor, NOON) is Reason.REASON_NEEDED
    services.take_back(scene.call, WHY, actor, NOON)
    assert refusal(services.take_back, scene.call, WHY, actor, NOON) is Reason.NOT_PUBLISHED
    published_versions(scene.call)[0].taken_back_reason = ""
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_what_is_public_is_not_changed_under_it(scene):
    """Exclusion, reopening, excusing and recusal wait until two persons have taken the result back."""
    actor = given.acting(scene.organiser)
    out = submission_by_code(scene.code("Inti"))
    assert refusal(ask_to_exclude, out, "Sin firma", actor, NOON) is Reason.RESULT_PUBLISHED
    review = review_by_code(db.session.query(Review.code).limit(1).scalar())
    assert refusal(reopening.ask_to_reopen, review, WHY, actor, NOON) is Reason.RESULT_PUBLISHED
    about = Subject(ConflictScope.SUBMISSION, out.code, id=out.id)
    for keep_out in (conflicts.declare, conflicts.recuse):
        juror = juror_of_call(scene.call.id, scene.jurors[0].code)
        refused = refusal(keep_out, juror, about, "Es de su familia", actor, NOON)
        assert refused is Reason.RESULT_PUBLISHED
    services.take_back(scene.call, WHY, actor, NOON)
    second_of(scene)
    assert ask_to_exclude(submission_by_code(scene.code("Inti")), "Sin firma", actor, NOON).state == "asked"


def test_an_exclusion_that_was_asked_before_publication_is_not_confirmed_after_it(app):
    scene = judged(MARKS)
    second = second_of(scene)
    out = submission_by_code(scene.code("Yaku"))
    asked = ask_to_exclude(out, "Sin firma", given.acting(scene.organiser), NOON)
    scene.publish()
    agreement = agreement_by_code(asked.code)
    assert refusal(agreements.confirm, agreement, fresh(second), NOON) is Reason.RESULT_PUBLISHED
    db.session.refresh(out)
    assert out.state is SubmissionState.SUBMITTED


def test_the_corrected_version_is_public_and_says_what_changed(scene, browser):
    work()
    services.take_back(scene.call, WHY, given.acting(scene.organiser), LATER)
    leave_out(scene)
    second = scene.publish(LATER)
    work()
    assert [one.state for one in published_versions(scene.call)] == ["taken_back", "published"]
    assert (scene.call.results_published_at, scene.call.results_taken_back_at) == (LATER, None)
    assert current_ranking(scene.call).id == second.id
    assert len(letters("published")) == 10, "five for each version"
    subjects = {subject for (subject,) in db.session.query(Mail.subject).filter(Mail.subject.contains(": "))}
    assert "Ríos vivos: el resultado corregido está publicado" in subjects
    with count_queries() as queries:
        page = browser.get(f"/calls/{scene.call.code}/results")
    assert len(queries) == 6, queries
    yaku, inti, sumak = (scene.code(name) for name in ("Yaku", "Inti", "Sumak"))
    for words in (
        "Version 2, corrected",
        "This is version 2.",
        "“Idea de Inti” wins now.",
        f"{yaku} does not win any more.",
        "“Idea de Inti”: from place 2 to place 1.",
        f"{sumak}: from place 3 to place 2.",
        f"{yaku} is not in the order any more.",
        WHY,
    ):
        assert words in page.text, words
    assert "Idea de Yaku" not in page.text
    assert inti not in page.text.split("Versions of this result")[1]


@pytest.mark.parametrize(
    ("level", "shown", "hidden"),
    [
        (
            PublicationLevel.WINNERS,
            ["“Idea de Inti” wins now.", "1 proposal does not win any more."],
            ["Yaku"],
        ),
        (PublicationLevel.ALPHABETICAL, ["“Idea de Inti” wins now."], ["from place", "CODE"]),
        (PublicationLevel.VERDICT, ["Each team reads its own result again."], ["Inti", "from place", "CODE"]),
    ],
)
def test_what_changed_is_told_as_far_as_the_bases_allow(app, browser, level, shown, hidden):
    scene = judged(MARKS, publication=level)
    scene.publish()
    services.take_back(scene.call, WHY, given.acting(scene.organiser), LATER)
    leave_out(scene)
    scene.publish(LATER)
    page = browser.get(f"/calls/{scene.call.code}/results")
    for words in shown:
        assert words in page.text
    for words in hidden:
        assert words.replace("CODE", scene.code("Yaku")) not in page.text


# From the confirmation to the corrected version, by people in front of the pages


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_result_goes_out_comes_back_and_goes_out_corrected(app, new_browser, language, time_machine):
    start = clock.now().replace(microsecond=0)
    time_machine.move_to(start, tick=False)
    scene = judged(MARKS, now=start)
    second = second_of(scene, start)
    say = WORDS[language]
    scene.confirm(now=start)
    officer = as_(new_browser(language=language), scene.organiser, start)
    public = new_browser(language=language)
    address, preview = f"/calls/{scene.call.code}/results", f"{scene.url}/results/preview"

    officer.get(preview)
    officer.submit(say["schedule"], day="2031-04-17", hour="10:00")
    officer.submit(say["cancel"])
    public.get(address, status=404)
    when = start + timedelta(hours=1)
    services.schedule(scene.ranking, when, given.acting(scene.organiser), start)
    work(start)
    public.get(address, status=404)
    time_machine.move_to(when, tick=False)
    work(when)
    work(when)
    assert public.get(address).h1 == say["winner"]
    assert letters("published") == sorted({*letters("published")})
    assert len(letters("published")) == 5
    assert 'property="og:title"' in public.page.response.text

    officer = as_(new_browser(language=language), scene.organiser, when)
    page = officer.get(f"{scene.url}/results")
    officer.get(page.link(say["take back"]))
    officer.submit(say["ask"], reason=" ", status=422)
    page = officer.submit(say["ask"], reason=WHY)
    assert WHY in page.text
    code = page.path.rsplit("/", 1)[1]
    agreements.confirm(agreement_by_code(code), fresh(second, when), when)
    work(when)
    assert len(letters("taken_back")) == 5
    page = public.get(address)
    assert page.h1 == say["taken back"]
    assert WHY in page.text
    assert "Yaku" not in page.response.text
    call_page = public.get(f"/calls/{scene.call.code}")
    assert call_page.link(say["why"]) == address
    as_(public, scene.members["Yaku"], when).get(f"/submissions/{scene.code('Yaku')}/feedback", status=404)

    leave_out(scene)
    page = officer.get(f"{scene.url}/results")
    assert WHY in page.text
    officer.submit(say["compute"])
    scene.confirm(scene.ranking, when)
    officer.get(preview)
    officer.submit(say["publish"], sure="y")
    work(when)
    assert len(letters("published")) == 10
    page = public.get(address)
    assert say["version 2"] in page.text
    assert WHY in page.text
    old = officer.get(f"{scene.url}/results/orders/1")
    assert "Idea de Yaku" in old.text
    assert scene.ranking.state == RankingState.PUBLISHED
    as_(public, scene.members["Yaku"], when).get(f"{scene.url}/results/orders/1", status=404)


WORDS = {
    "es": {
        "schedule": "Publicar a esta hora",
        "cancel": "Cancelar la publicación",
        "winner": "Ríos vivos: 1 equipo ganador",
        "take back": "Retirar el resultado, con una segunda persona",
        "ask": "Pedir que se retire",
        "taken back": "El resultado de Ríos vivos fue retirado",
        "why": "Leer por qué",
        "compute": "Calcular el orden",
        "publish": "Publicar el resultado",
        "version 2": "Versión 2, corregida",
    },
    "en": {
        "schedule": "Publish at this hour",
        "cancel": "Cancel the publication",
        "winner": "Living rivers: 1 winning team",
        "take back": "Take the result back, with a second person",
        "ask": "Ask to take it back",
        "taken back": "The result of Living rivers was taken back",
        "why": "Read why",
        "compute": "Compute the order",
        "publish": "Publish the result",
        "version 2": "Version 2, corrected",
    },
}


def as_(browser, account, now):
    account.language = browser.language
    return given.sign_in(browser, account, now)
