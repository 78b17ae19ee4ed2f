"""Seats that stay empty while nobody moves: the fewest readings that change hands, proposed and applied."""

import pytest
from sqlalchemy import select

from tests import builders as given
from tests.jury.world import NOW, a_proposal, a_reading_call, letters, loaded, person
from thinkia import clock
from thinkia.accounts.models import Account
from thinkia.db import db
from thinkia.domain.bases import JuryRules, SectorQuota
from thinkia.domain.lifecycle import PlanState, ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import Juror, Plan, Review
from thinkia.jury.queries.conflicts import proposal_subject
from thinkia.jury.queries.panels import plan_of
from thinkia.jury.services import conflicts, panels, reseating
from thinkia.outside.outbox import OutboxTask, run_task
from thinkia.submissions.models import Submission

PANELS = "/manage/calls/rios/jury/panels"
ONE = JuryRules(size=1, sectors={"academia": SectorQuota(min=1)})
BOTH = JuryRules(size=2, sectors={"academia": SectorQuota(1, 1), "public": SectorQuota(1, 1)})


def a_reader(reading, name, sector="academia", **changes):
    return given.a_juror(
        reading.call, sector, account=given.an_account(name, now=NOW), now=NOW, **({"capacity": 1} | changes)
    )


def steps_aside(juror, submission):
    own = given.acting(db.session.get(Account, juror.account_id))
    conflicts.declare(loaded(juror), proposal_subject(submission), "Es mi hermana", own, NOW)


def review_of(juror, submission):
    found = select(Review).where(Review.juror_id == juror.id, Review.submission_id == submission.id)
    return db.session.scalar(found.execution_options(populate_existing=True))


@pytest.fixture
def reading(app):
    """Ana reads one, the other lost its reader; Rumi could read only the first: so Ana would have to change."""
    reading = a_reading_call(jury=ONE)
    proposals = [a_proposal(reading.call, title) for title in ("Una", "Otra")]
    ana, gone = a_reader(reading, "Ana"), a_reader(reading, "Se va")
    panels.propose(reading.call, reading.actor, NOW)
    panels.apply(plan_of("rios"), reading.actor, NOW)
    reading.hers = next(one for one in proposals if review_of(ana, one))
    reading.empty = next(one for one in proposals if review_of(gone, one))
    steps_aside(gone, reading.empty)
    gone.capacity = 0
    reading.ana, reading.rumi = ana, a_reader(reading, "Rumi")
    steps_aside(reading.rumi, reading.empty)
    return reading


@pytest.fixture
def organiser(reading, new_browser):
    return person(new_browser(), reading.organiser)


def proposed(reading):
    reseating.propose(reading.call, reading.actor, NOW)
    return plan_of("rios")


def refusal(use_case, *arguments):
    with pytest.raises(Refused) as refused:
        use_case(*arguments)
    return refused.value.reason


def test_the_fewest_readings_change_hands_and_every_seat_is_filled(reading):
    plan = proposed(reading)
    assert (plan.shortfall, plan.causes, plan.is_certified) == ([], [], True)
    assert [(each["submission"], each["juror"]) for each in plan.moved] == [
        (reading.hers.code, reading.ana.code)
    ]
    assert {(pair.submission, pair.juror) for pair in plan.seats} == {
        (reading.empty.code, reading.ana.code),
        (reading.hers.code, reading.rumi.code),
    }


def test_a_usual_plan_fills_none_of_it(reading):
    panels.propose(reading.call, reading.actor, NOW)
    assert len(plan_of("rios").shortfall) == 1
    assert plan_of("rios").moved == []


def test_the_board_offers_it_shows_the_changes_and_applies_them(reading, organiser):
    organiser.get(PANELS)
    page = organiser.submit("Look for a re-seat")
    assert "1 reading that nobody has begun changes hands" in page.text
    assert f"{reading.hers.code}: Ana no longer reads it." in page.text
    assert "Proved: no fewer readings can change hands" in page.text
    assert review_of(reading.ana, reading.hers).state is ReviewState.ASSIGNED

    before = len(letters("assignment"))
    page = organiser.submit("Apply the plan")
    assert "Plan applied: 2 new reviews." in page.text
    assert review_of(reading.ana, reading.hers).state is ReviewState.EXCUSED
    assert review_of(reading.ana, reading.empty).state is ReviewState.ASSIGNED
    assert review_of(reading.rumi, reading.hers).state is ReviewState.ASSIGNED
    assert len(letters("assignment")) - before == 2
    assert "1 seat is empty" not in page.text


def test_nothing_changes_when_it_is_given_up(reading, organiser):
    proposed(reading)
    organiser.get(PANELS)
    organiser.submit("Discard the plan")
    assert review_of(reading.ana, reading.hers).state is ReviewState.ASSIGNED
    assert review_of(reading.ana, reading.empty) is None


def test_what_somebody_has_begun_is_never_moved(reading, organiser):
    review = review_of(reading.ana, reading.hers)
    review.state, review.saved_at = ReviewState.STARTED, NOW
    db.session.flush()
    organiser.get(PANELS)
    page = organiser.submit("Look for a re-seat")
    assert "nothing is proposed" in page.text
    assert plan_of("rios") is None
    assert refusal(reseating.propose, reading.call, reading.actor, NOW) is Reason.NOTHING_TO_MOVE


def test_what_is_begun_meanwhile_makes_the_plan_stale(reading):
    plan = proposed(reading)
    review = review_of(reading.ana, reading.hers)
    review.state, review.saved_at = ReviewState.STARTED, NOW
    db.session.flush()
    assert refusal(panels.apply, plan, reading.actor, NOW) is Reason.PLAN_STALE
    assert review_of(reading.ana, reading.hers).state is ReviewState.STARTED
    assert review_of(reading.rumi, reading.hers) is None


def test_one_who_is_put_back_by_hand_keeps_the_reading(reading):
    plan = proposed(reading)
    panels.adjust(plan, reading.empty.code, reading.actor, NOW, leaves=reading.ana.code)
    panels.adjust(
        plan_of("rios"),
        reading.hers.code,
        reading.actor,
        NOW,
        leaves=reading.rumi.code,
        joins=reading.ana.code,
    )
    panels.apply(plan_of("rios"), reading.actor, NOW)
    assert review_of(reading.ana, reading.hers).state is ReviewState.ASSIGNED
    assert review_of(reading.rumi, reading.hers) is None


def test_the_panel_says_why_of_a_re_seat_too(reading, organiser):
    proposed(reading)
    page = organiser.get(f"{PANELS}/{reading.hers.code}")
    told = {row.one("th").text: row.all("td")[0].text for row in page.root.all("tr") if row.all("td")}
    assert told["Ana"] == "Already reads 1, which is the limit."


def test_where_it_gains_nothing_nothing_is_proposed(reading):
    reading.rumi.capacity = 0
    db.session.flush()
    assert refusal(reseating.propose, reading.call, reading.actor, NOW) is Reason.NOTHING_TO_MOVE
    assert plan_of("rios") is None


def test_a_plan_that_waits_is_not_replaced(reading):
    panels.propose(reading.call, reading.actor, NOW)
    assert refusal(reseating.propose, reading.call, reading.actor, NOW) is Reason.PLAN_OPEN


def test_a_large_one_is_sought_in_the_background(reading, monkeypatch):
    monkeypatch.setattr(panels, "AT_ONCE", 1)
    assert reseating.propose(reading.call, reading.actor, NOW).state is PlanState.COMPUTING
    task = db.session.scalars(select(OutboxTask).where(OutboxTask.task == "jury.reseat")).one()
    run_task(task.id, clock.now)
    plan = db.session.scalar(select(Plan).order_by(Plan.number.desc()).limit(1))
    assert (plan.state, len(plan.moved), plan.shortfall) == (PlanState.PROPOSED, 1, [])


def test_somebody_of_two_sectors_stays_and_sits_for_the_other(app, new_browser):
    reading = a_reading_call(jury=BOTH)
    proposal = a_proposal(reading.call)
    ana, gone = (
        a_reader(reading, "Ana", "public", other_sectors=["academia"]),
        a_reader(reading, "Se va", "public"),
    )
    panels.propose(reading.call, reading.actor, NOW)
    panels.apply(plan_of("rios"), reading.actor, NOW)
    assert review_of(ana, proposal).sector == "academia"
    steps_aside(gone, proposal)
    a_reader(reading, "Mercedes", "academia")
    organiser = person(new_browser(), reading.organiser)
    organiser.get(PANELS)
    page = organiser.submit("Look for a re-seat")
    assert f"{proposal.code}: Ana sits for Public instead." in page.text
    organiser.submit("Apply the plan")
    assert (review_of(ana, proposal).sector, review_of(ana, proposal).state) == (
        "public",
        ReviewState.ASSIGNED,
    )
    assert db.session.query(Submission).count() == 1
    assert db.session.query(Juror).count() == 3
