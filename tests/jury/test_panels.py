"""Panels: proposed, looked over, adjusted, applied once, repaired."""

import threading
from collections import Counter

import pytest
from sqlalchemy import select

from tests import builders as given
from tests.jury.world import (
    NOW,
    a_proposal,
    a_reading_call,
    a_review,
    journal,
    letters,
    loaded,
    person,
)
from tests.queries import count_queries
from thinkia import clock
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.assignment import ViolationKind
from thinkia.domain.bases import Challenge as ChallengeText
from thinkia.domain.lifecycle import JurorState, PlanState, ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import Juror, Plan, Review
from thinkia.jury.queries.conflicts import proposal_subject
from thinkia.jury.queries.panels import plan_of
from thinkia.jury.services import conflicts, invitations, panels
from thinkia.outside.outbox import OutboxTask, run_task
from thinkia.policy import Actor
from thinkia.policy.actor import JurorRole


def a_full_jury(call, each=2, sectors=("public", "academia"), **changes):
    return [given.a_juror(call, sector, now=NOW, **changes) for sector in sectors for _ in range(each)]


@pytest.fixture
def reading(app):
    return a_reading_call()


@pytest.fixture
def four(reading):
    """Four proposals, and two jurors of each sector."""
    reading.proposals = [a_proposal(reading.call, f"Propuesta {n}") for n in range(4)]
    reading.jurors = a_full_jury(reading.call)
    return reading


def proposed(reading):
    panels.propose(reading.call, reading.actor, NOW)
    return plan_of(reading.call.code)


def applied(reading):
    panels.apply(proposed(reading), reading.actor, NOW)
    return db.session.scalars(select(Review).order_by(Review.id)).all()


def refusal(use_case, *arguments, **options):
    with pytest.raises(Refused) as refused:
        use_case(*arguments, **options)
    return refused.value.reason


def test_panels_keep_the_quotas_share_the_load_and_come_with_their_proof(four):
    plan = proposed(four)

    assert plan.state is PlanState.PROPOSED
    assert (len(plan.pairs), plan.shortfall, plan.causes) == (8, [], [])
    assert (plan.is_certified, plan.value) == (True, plan.upper_bound)
    loads = [sum(pair["juror"] == juror.code for pair in plan.pairs) for juror in four.jurors]
    assert loads == [2, 2, 2, 2]
    for proposal in four.proposals:
        assert sorted(p["sector"] for p in plan.pairs if p["submission"] == proposal.code) == [
            "academia",
            "public",
        ]


def test_who_has_no_vote_has_not_signed_or_has_a_conflict_is_not_offered(four):
    secretary = given.a_juror(four.call, "public", now=NOW, role=JurorRole.SECRETARY)
    unsigned = given.a_juror(four.call, "public", now=NOW, statement_at=None)
    away, proposal = four.jurors[0], four.proposals[0]
    conflicts.declare(away, proposal_subject(proposal), "Es mi hermana", given.acting(away.account), NOW)

    pairs = {(pair["submission"], pair["juror"]) for pair in proposed(four).pairs}

    assert {juror for _, juror in pairs} == {juror.code for juror in four.jurors}
    assert secretary.code not in {juror for _, juror in pairs}
    assert unsigned.code not in {juror for _, juror in pairs}
    assert (proposal.code, away.code) not in pairs


def test_panels_wait_until_the_grace_of_submissions_is_over(app):
    reading = a_reading_call(calendar=given.a_calendar(NOW))
    closes = reading.call.calendar.submission.closes
    a_full_jury(reading.call)
    assert refusal(panels.propose, reading.call, reading.actor, closes) is Reason.TOO_EARLY_FOR_PANELS


def test_nothing_to_read_and_nobody_to_read_are_said(reading):
    assert refusal(panels.propose, reading.call, reading.actor, NOW) is Reason.NOTHING_TO_ASSIGN
    a_proposal(reading.call)
    assert refusal(panels.propose, reading.call, reading.actor, NOW) is Reason.NOBODY_TO_READ


def test_applying_makes_reviews_and_writes_to_each_juror_once(four, new_browser):
    organiser = person(new_browser(), four.organiser)
    organiser.get("/manage/calls/rios/jury/panels")
    page = organiser.submit("Propose panels")
    assert "4 of 4 panels are complete" in page.text
    assert "Proved: there are no better panels" in page.text
    assert "Nobody reads more than 2." in page.text
    page = organiser.submit("Apply the plan")

    assert "Plan applied: 8 new reviews." in page.text
    reviews = db.session.scalars(select(Review)).all()
    assert len(reviews) == 8
    assert {review.receipt_id for review in reviews} == {each.receipt_id for each in four.proposals}
    mails = letters("assignment")
    assert sorted(mail.to for mail in mails) == sorted(juror.email for juror in four.jurors)
    assert "2 propuestas" in mails[0].text
    assert journal()[-1] == "plan.applied"
    assert "Panels in force" in page.text
    assert "Propose for the empty seats" not in page.text  # none is
    juror = next(each for each in four.jurors if each.id == reviews[0].juror_id)
    proposal = next(each for each in four.proposals if each.id == reviews[0].submission_id)
    conflicts.declare(juror, proposal_subject(proposal), "Es mi hermana", four.actor, NOW)
    assert "Propose for the empty seats" in organiser.get("/manage/calls/rios/jury/panels").text


def test_a_plan_is_applied_once_also_by_two_organisers(four):
    plan = proposed(four)
    panels.apply(plan, four.actor, NOW)
    assert refusal(panels.apply, plan, four.actor, NOW) is Reason.NOT_PROPOSED
    assert db.session.query(Review).count() == 8
    assert len(letters("assignment")) == 4


def test_a_plan_whose_input_changed_is_stale(four):
    proposed(four)
    invitations.set_capacity(four.jurors[0], 1, four.actor, NOW)
    assert refusal(panels.apply, plan_of("rios"), four.actor, NOW) is Reason.PLAN_STALE
    assert db.session.query(Review).count() == 0
    panels.discard(plan_of("rios"), four.actor, NOW)
    assert len(proposed(four).pairs) == 8


def test_one_plan_is_open_at_a_time(four):
    proposed(four)
    assert refusal(panels.propose, four.call, four.actor, NOW) is Reason.PLAN_OPEN


@pytest.mark.parametrize(
    ("language", "sentence", "gap"),
    [
        ("es", "Falta Academia: pueden leer 2, las bases piden 4.", "Faltan"),
        ("en", "Academia is missing: they can read 2, the rules ask for 4.", ""),
    ],
)
def test_what_the_jury_lacks_is_said_in_words_with_its_numbers(four, new_browser, language, sentence, gap):
    for juror in four.jurors:
        if juror.sector == "academia":
            juror.capacity = 1
    db.session.flush()
    proposed(four)
    page = person(new_browser(language), four.organiser).get("/manage/calls/rios/jury/panels")

    assert sentence in page.text
    seats = "2 lugares de Academia quedan vacíos" if language == "es" else "2 seats of Academia stay empty"
    assert seats in page.text


def test_a_panel_is_adjusted_by_hand_and_the_broken_rule_is_named(four, new_browser):
    plan = proposed(four)
    code = four.proposals[0].code
    here = {pair["sector"]: pair["juror"] for pair in plan.pairs if pair["submission"] == code}
    other = next(j for j in four.jurors if j.sector == "public" and j.code != here["public"])
    organiser = person(new_browser(), four.organiser)
    path = f"/manage/calls/rios/jury/panels/{code}"

    organiser.get(path)
    page = organiser.submit("Change the panel", status=422, joins=other.code)
    assert "The panel would have 3 people, and the rules ask for 2." in page.text
    page = organiser.submit("Change the panel", status=422, joins="")
    assert "Choose who leaves, who comes, or both." in page.text
    organiser.submit("Change the panel", joins=other.code, leaves=here["public"])

    plan = plan_of("rios")
    assert {p["juror"] for p in plan.pairs if p["submission"] == code} == {other.code, here["academia"]}
    assert (plan.is_adjusted, plan.is_certified) == (True, False)
    page = organiser.get("/manage/calls/rios/jury/panels")
    assert "Adjusted by hand" in page.text
    organiser.get(path)
    page = organiser.submit("Change the panel", leaves=other.code)
    assert "Public is missing: somebody could take it." in page.text
    assert panels.apply(plan_of("rios"), four.actor, NOW) == 7


def test_nobody_is_put_beside_a_conflict_by_hand(four):
    plan, away, code = proposed(four), four.jurors[0], four.proposals[0].code
    panels.discard(plan, four.actor, NOW)
    conflicts.recuse(away, proposal_subject(four.proposals[0]), "Es mi hermana", four.actor, NOW)
    plan = proposed(four)
    here = next(p["juror"] for p in plan.pairs if p["submission"] == code and p["sector"] == "public")

    with pytest.raises(Refused) as refused:
        panels.adjust(plan, code, four.actor, NOW, leaves=here, joins=away.code)
    assert refused.value.details["violation"].kind is ViolationKind.CONFLICT


def test_a_second_plan_fills_the_vacated_seat_and_moves_nobody(four):
    before = {(review.juror_id, review.submission_id): review.code for review in applied(four)}
    begun = db.session.scalars(select(Review)).first()
    begun.state, begun.note = ReviewState.STARTED, "Mi nota"
    db.session.flush()
    vacated = next(r for r in db.session.scalars(select(Review)) if r.code != begun.code)
    juror = db.session.get(Juror, vacated.juror_id)
    proposal = next(each for each in four.proposals if each.id == vacated.submission_id)
    conflicts.declare(juror, proposal_subject(proposal), "Es mi hermana", given.acting(juror.account), NOW)

    after = {(review.juror_id, review.submission_id): review.code for review in applied(four)}

    added = set(after) - set(before)
    assert {key: after[key] for key in before} == before
    assert len(added) == 1
    (newcomer, submission) = added.pop()
    assert submission == proposal.id
    assert newcomer != juror.id
    assert db.session.get(Review, begun.id).note == "Mi nota"
    assert len(letters("assignment")) == 5  # four jurors, then the newcomer again


def test_who_leaves_keeps_what_was_final_and_frees_the_rest(four):
    reviews = applied(four)
    leaver = db.session.get(Juror, reviews[0].juror_id)
    final, left = [review for review in reviews if review.juror_id == leaver.id]
    final.state, final.finished_at = ReviewState.FINAL, NOW
    db.session.flush()
    invitations.revoke(loaded(leaver), "Se mudó", four.actor, NOW)

    assert db.session.get(Review, final.id).state is ReviewState.FINAL
    assert db.session.get(Review, left.id).state is ReviewState.EXCUSED
    plan = proposed(four)
    assert (len(plan.pairs), plan.shortfall) == (8, [])
    assert leaver.state is JurorState.REVOKED


def test_a_large_jury_is_drawn_in_the_background_with_progress(four, new_browser, monkeypatch):
    monkeypatch.setattr(panels, "AT_ONCE", 3)
    organiser = person(new_browser(), four.organiser)
    organiser.get("/manage/calls/rios/jury/panels")
    page = organiser.submit("Propose panels")
    assert page.h1 == "Drawing the panels"
    assert "Step 1 of 3" in page.text
    task = db.session.query(OutboxTask).filter_by(task="jury.propose").one()
    fragment = organiser.get("/manage/calls/rios/jury/panels/progress", headers={"HX-Request": "true"})
    assert "Step 1 of 3" in fragment.text

    assert run_task(task.id, clock.now)
    done = organiser.get("/manage/calls/rios/jury/panels/progress")
    assert done.response.headers["HX-Redirect"] == "/manage/calls/rios/jury/panels"
    assert "4 of 4 panels are complete" in organiser.get("/manage/calls/rios/jury/panels").text
    assert run_task(task.id, clock.now) is False
    assert db.session.query(Plan).count() == 1


def test_a_plan_that_was_stopped_stays_stopped(four, monkeypatch):
    monkeypatch.setattr(panels, "AT_ONCE", 3)
    plan = proposed(four)
    task = db.session.query(OutboxTask).filter_by(task="jury.propose").one()
    panels.discard(plan, four.actor, NOW)
    run_task(task.id, clock.now)
    assert db.session.get(Plan, plan.id).state is PlanState.DISCARDED


@pytest.mark.parametrize("count", [1, 5])
def test_the_pages_ask_as_much_for_one_as_for_five(reading, new_browser, count):
    jurors = [
        given.a_juror(reading.call, sector, now=NOW)
        for sector in ("public", "academia")
        for _ in range(count)
    ]
    for number in range(count):
        a_review(jurors[number], a_proposal(reading.call, f"Propuesta {number}"))
    organiser = person(new_browser(), reading.organiser)
    seat = f"/manage/calls/rios/jury/{jurors[0].code}"
    organiser.get("/help")
    with count_queries() as queries:
        organiser.get("/manage/calls/rios/jury")
    assert len(queries) == 8, queries
    with count_queries() as queries:
        organiser.get("/manage/calls/rios/jury/panels")
    assert len(queries) == 13, queries
    with count_queries() as queries:
        organiser.get(seat)
    assert len(queries) == 8, queries


@pytest.mark.database("postgresql")
def test_two_organisers_who_apply_at_once_make_one_set_of_reviews(committed_app):
    with transaction():
        reading = a_reading_call()
        for number in range(4):
            a_proposal(reading.call, f"Propuesta {number}")
        a_full_jury(reading.call)
    panels.propose(reading.call, reading.actor, NOW)
    results, barrier = [], threading.Barrier(4)

    def press():
        with committed_app.app_context():
            plan = plan_of("rios")
            barrier.wait()
            try:
                results.append(panels.apply(plan, Actor.system(), NOW))
            except Refused as refused:
                results.append(refused.reason)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, results)) == ["8", *["jury.not_proposed"] * 3]
    assert db.session.query(Review).count() == 8


def test_proposals_go_to_those_who_know_their_challenge_and_loads_stay_level(app):
    challenges = tuple(ChallengeText(code, given.both(code.title())) for code in ("agua", "suelo"))
    reading = a_reading_call(challenges=challenges)
    proposals = {
        given.submitted(given.a_team(reading.call, now=NOW), reading.call, challenge=code, now=NOW).code: code
        for code in ("agua", "suelo", "agua", "suelo")
    }
    knows = {}
    for sector in ("public", "academia"):
        for code in ("suelo", "agua"):
            juror = given.a_juror(reading.call, sector, now=NOW, topics=[code])
            knows[juror.code] = code
    plan = proposed(reading)
    assert len(plan.seats) == 8
    assert {(proposals[pair.submission], knows[pair.juror]) for pair in plan.seats} == {
        ("agua", "agua"),
        ("suelo", "suelo"),
    }
    assert (plan.is_certified, sorted(plan_loads(plan).values())) == (True, [2, 2, 2, 2])


def plan_loads(plan):
    return Counter(pair.juror for pair in plan.seats)
