"""Conflicts about a team or an institution, hints, the register, and seats that are filled again (F13, F14)."""

import pytest

from tests import builders as given
from tests.jury.world import (
    NOW,
    a_final_review,
    a_proposal,
    a_review,
    journal,
    letters,
    loaded,
    marks,
    person,
    send,
)
from tests.queries import count_queries
from thinkia.accounts.models import Account
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.domain.conflicts import ConflictScope, institution_key
from thinkia.domain.lifecycle import PlanState, ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.exports.models import Group
from thinkia.exports.tables import tables_of
from thinkia.jury.models import Conflict, Plan, Review
from thinkia.jury.queries.conflicts import Subject, conflicted_pairs, proposal_subject, team_subject
from thinkia.jury.queries.panels import pairs_standing, plan_of
from thinkia.jury.queries.people import juror_by_code
from thinkia.jury.services import conflicts, panels, vacancies
from thinkia.registration.models import Registration
from thinkia.submissions.models import Submission
from thinkia.teams.models import Member

CUENCA = Subject(ConflictScope.INSTITUTION, "Universidad de Cuenca", institution_key("Universidad de Cuenca"))


@pytest.fixture
def canary(reading):
    """A proposal that is being read, of a team with somebody of an institution."""
    submission = a_proposal(reading.call, "Canario Azul", answers={"resumen": "canario azul"})
    registration = (
        db.session.query(Registration).join(Member).filter(Member.team_id == submission.team_id).one()
    )
    registration.attributes = {"institution": "UNIVERSIDAD DE CUENCA"}
    reading.canary = a_review(reading.juror, submission)
    db.session.flush()
    return submission


def everywhere(juror, review, submission):
    """What a juror can ask for: every address of his or hers, as text; those that are not there, left out."""
    for address in ("/desk", "/calls/rios/jury", "/calls/rios/jury/statement", "/calls/rios/jury/signature"):
        answer = juror.client.get(address)
        if answer.status_code == 200:
            yield address, answer.text.lower()
    rows = db.session.query(Review).filter_by(juror_id=review.juror_id)
    for other in rows:
        for path in (f"/reviews/{other.code}", f"/reviews/{other.code}/conflict"):
            answer = juror.client.get(path)
            if other.id == review.id:
                assert answer.status_code == 404, path
            else:
                yield path, answer.text.lower()


def draw(reading):
    """Panels as they are proposed, in force."""
    panels.propose(reading.call, reading.actor, NOW)
    return panels.apply(plan_of("rios"), reading.actor, NOW)


SUBJECTS = {
    "submission": proposal_subject,
    "team": team_subject,
    "institution": lambda _submission: CUENCA,
}


@pytest.mark.parametrize("scope", SUBJECTS)
def test_f14_whatever_a_conflict_is_about_its_proposals_are_nowhere(reading, juror, canary, scope):
    juror.get("/calls/rios/jury")
    assert "Canario Azul" in juror.page.text  # it could have been there
    assert juror.page.h1.startswith("2 of 2 left")
    seat = loaded(reading.juror)
    conflicts.declare(seat, SUBJECTS[scope](canary), "Trabajo allí", given.acting(reading.juror.account), NOW)

    seen = dict(everywhere(juror, reading.canary, canary))
    assert len(seen) >= 4
    for address, text in seen.items():
        assert "canario" not in text, address
        assert canary.code.lower() not in text, address
        assert reading.canary.code.lower() not in text, address
    assert juror.get("/calls/rios/jury").h1.startswith("1 of 1 left")
    assert db.session.get(Review, reading.canary.id).state is ReviewState.RECUSED
    assert conflicted_pairs(reading.call) == {(canary.code, reading.juror.code)}


@pytest.mark.parametrize("state", [ReviewState.ASSIGNED, ReviewState.FINAL])
def test_f14_an_institution_covers_who_joins_a_team_later(reading, juror, state):
    seat, submission = loaded(reading.juror), a_proposal(reading.call, "Canario Verde")
    review = a_final_review(seat, submission) if state is ReviewState.FINAL else a_review(seat, submission)
    conflicts.declare(seat, CUENCA, "Trabajo allí", given.acting(reading.juror.account), NOW)
    juror.get(f"/reviews/{review.code}")

    registration = given.registered(reading.call, now=NOW, institution="universidad de cuenca")
    db.session.add(
        Member(
            team_id=submission.team_id,
            call_id=reading.call.id,
            account_id=registration.account_id,
            registration_id=registration.id,
            joined_at=NOW,
        )
    )
    db.session.flush()

    juror.get(f"/reviews/{review.code}", status=404)
    assert "Canario Verde" not in juror.get("/calls/rios/jury").text
    conflicts.follow(reading.call, NOW)
    kept = ReviewState.FINAL if state is ReviewState.FINAL else ReviewState.RECUSED
    assert db.session.get(Review, review.id).state is kept


def test_a_profile_names_an_institution_too(reading):
    submission = a_proposal(reading.call)
    conflicts.declare(loaded(reading.juror), CUENCA, "Trabajo allí", given.acting(reading.juror.account), NOW)
    assert conflicted_pairs(reading.call) == set()
    member = db.session.query(Member).filter_by(team_id=submission.team_id).one()
    db.session.get(Account, member.account_id).institution = "Universidad de Cuenca"
    db.session.flush()
    assert conflicted_pairs(reading.call) == {(submission.code, reading.juror.code)}


def test_a_juror_steps_aside_from_an_institution_on_the_page_of_the_statement(reading, juror, canary):
    juror.get("/calls/rios/jury/statement")
    page = juror.submit("Step aside from it", status=422, scope="team", name="Nadie", why="Somos socios")
    assert "No team of this call has that name or code." in page.text
    page = juror.submit(
        "Step aside from it", scope="institution", name="universidad de cuenca", why="Trabajo allí"
    )
    assert "Canario Azul" not in page.text
    assert "1 proposal was already taken out of your list." in page.text
    page = juror.submit(
        "Step aside from it", status=422, scope="institution", name="Universidad  de CUENCA", why="x"
    )
    assert "is already recorded" in page.text
    assert "cuenca" not in "".join(journal()).lower()


def test_several_proposals_ticked_at_once_are_all_taken_out(reading, juror, canary):
    other = a_proposal(reading.call, "Canario Rojo")
    juror.get("/calls/rios/jury/statement")
    ticks = {f"conflict:{each.code}": "y" for each in (canary, other)}
    reasons = {f"reason:{each.code}": "Mi hermana" for each in (canary, other)}
    juror.submit("Save the conflicts", **ticks, **reasons)
    assert "Canario" not in juror.get("/calls/rios/jury/statement").text
    assert db.session.query(Conflict).count() == 2


def test_a_juror_steps_aside_from_the_whole_team_while_reading(reading, juror, canary):
    juror.get(f"/reviews/{reading.canary.code}/conflict")
    juror.submit("Declare the conflict", scope="team", reason="Mi hermana")
    assert "Canario" not in juror.get("/calls/rios/jury").text
    assert db.session.query(Conflict).one().team_code == team_subject(canary).name


def test_hints_are_for_people_to_look_at_and_decide_nothing(reading, juror, canary, new_browser):
    reading.juror.institution, reading.juror.email = "Universidad de Cuenca", "jurado@gmail.com"
    db.session.flush()
    assert "Look at this one:" in juror.get("/calls/rios/jury/statement").text
    organiser = person(new_browser(), reading.organiser)
    assert "1 pair to look at" in organiser.get("/manage/calls/rios/jury/conflicts").text
    page = organiser.get("/manage/calls/rios/jury/conflicts/hints")
    assert "names the same institution: Universidad de Cuenca" in page.text
    assert "Canario Azul" in juror.get("/calls/rios/jury").text
    organiser.get(page.link(f"Record a recusal {reading.juror.name}, {canary.code}"))
    organiser.submit("Record the recusal", reason="Trabaja con ellos")
    assert "Nothing joins a juror" in organiser.get("/manage/calls/rios/jury/conflicts/hints").text


def test_a_recusal_over_marks_waits_for_two_whatever_it_is_about(reading, juror, canary):
    juror.get(f"/reviews/{reading.canary.code}")
    send(juror, **{"mark:impacto": "5"})
    given.an_organiser(reading.host, now=NOW - given.DAY)
    waits = conflicts.recuse(loaded(reading.juror), CUENCA, "Trabaja allí", reading.actor, NOW)
    assert (waits.label, waits.object_ref.split(":")[2]) == (canary.code, "institution")
    assert "cuenca" not in waits.object_ref
    assert db.session.query(Conflict).count() == 0
    assert marks(reading.canary) == {"impacto": 5}


def test_the_register_says_who_when_and_why_and_erases_nothing(reading, canary, new_browser):
    seat, actor = loaded(reading.juror), given.acting(reading.juror.account)
    line = conflicts.declare(seat, CUENCA, "Trabajo allí", actor, NOW)
    conflicts.declare(seat, team_subject(canary), "Mi hermana", actor, NOW)
    organiser = person(new_browser(), reading.organiser)
    organiser.get(f"/manage/calls/rios/jury/{reading.juror.code}")
    organiser.submit("Withdraw institution Universidad de Cuenca")
    page = organiser.get("/manage/calls/rios/jury/conflicts")
    for words in (
        "institution Universidad de Cuenca",
        "Trabajo allí",
        "withdrawn on",
        reading.organiser.name,
    ):
        assert words in page.text
    assert "Trabajo allí" not in organiser.get(page.link("Show only those that stand")).text
    assert db.session.get(Conflict, line.id).withdrawn_by_id == reading.organiser.id
    (table,) = tables_of(reading.call, ["conflicts"], groups=Group)
    assert [row[1:4] for row in table.rows()] == [
        ("institution", "Universidad de Cuenca", "Trabajo allí"),
        ("team", team_subject(canary).name, "Mi hermana"),
    ]


def test_the_register_costs_the_same_with_one_line_and_with_many(reading, new_browser):
    organiser, actor = person(new_browser(), reading.organiser), given.acting(reading.juror.account)
    organiser.get("/manage/calls/rios/jury/conflicts")
    conflicts.declare(loaded(reading.juror), CUENCA, "Trabajo allí", actor, NOW)
    with count_queries() as one:
        organiser.get("/manage/calls/rios/jury/conflicts")
    for number in range(5):
        subject = Subject(ConflictScope.INSTITUTION, f"Instituto {number}", f"instituto{number}")
        conflicts.declare(juror_by_code("rios", reading.juror.code), subject, "Trabajo allí", actor, NOW)
    with count_queries() as many:
        organiser.get("/manage/calls/rios/jury/conflicts")
    assert len(one) == len(many), many


def test_vacated_seats_are_filled_and_nobody_moves(reading, juror, new_browser):
    others = [given.a_juror(reading.call, sector, now=NOW) for sector in ("public", "academia", "academia")]
    a_proposal(reading.call, "La cisterna")
    draw(reading)
    before = set(pairs_standing(reading.call))
    assert before
    organiser = person(new_browser(), reading.organiser)
    assert "Fill the vacated seats" not in organiser.get("/manage/calls/rios/jury/panels").text

    submission = db.session.get(Submission, reading.review.submission_id)
    conflicts.declare(
        loaded(reading.juror),
        proposal_subject(submission),
        "Mi hermana",
        given.acting(reading.juror.account),
        NOW,
    )
    told = len(letters("assignment"))
    assert "1 seat fell vacant" in organiser.get("/manage/calls/rios/jury/panels").text
    page = organiser.submit("Fill the vacated seats")
    assert "1 vacated seat is filled." in page.text
    after = set(pairs_standing(reading.call))
    lost = {pair for pair in before if (pair.submission, pair.juror) == (submission.code, reading.juror.code)}
    (new,) = after - before
    assert before - after == lost
    assert (new.submission, new.sector, new.juror in {one.code for one in others}) == (
        submission.code,
        "academia",
        True,
    )
    assert len(letters("assignment")) == told + 1
    assert {plan.state for plan in db.session.query(Plan)} == {PlanState.APPLIED}


def test_where_nobody_is_free_it_is_said_and_nothing_is_kept(reading):
    draw(reading)
    count = db.session.query(Plan).count()
    subject = proposal_subject(db.session.get(Submission, reading.review.submission_id))
    conflicts.declare(loaded(reading.juror), subject, "Mi hermana", given.acting(reading.juror.account), NOW)
    with pytest.raises(Refused) as refused:
        vacancies.fill(call_by_code("rios"), reading.actor, NOW)
    assert refused.value.reason is Reason.NOBODY_FREE
    assert db.session.query(Plan).count() == count
