"""From the first mark on, the rules that turn marks into an order stay as they are; before it, and their words, not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests import builders as given
from tests.builders import both
from tests.jury.world import NOW, a_proposal, a_review
from thinkia.calls import services as calls
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.domain.bases import Deliberation, Evaluators, Method, MethodName, Round, TieKey, TieKeyKind
from thinkia.domain.lifecycle import PlanState
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.rounds import Advance
from thinkia.jury.models import Mark, Plan
from thinkia.jury.queries.people import who_see_names
from thinkia.organisations.models import Staff
from thinkia.policy.actor import StaffRole

BASES = given.some_bases()
IMPACT, VIABILITY = BASES.rubric.criteria


def rubric(*criteria):
    return {"rubric": replace(BASES.rubric, criteria=criteria)}


CHANGES = {
    "weights": rubric(replace(IMPACT, weight=Decimal(50)), replace(VIABILITY, weight=Decimal(50))),
    "a scale": rubric(replace(IMPACT, scale=replace(IMPACT.scale, max=Decimal(6))), VIABILITY),
    "a criterion less": rubric(replace(IMPACT, weight=Decimal(100))),
    "an optional one": rubric(IMPACT, replace(VIABILITY, required=False)),
    "the method": {"method": Method(MethodName.BORDA)},
    "the tie chain": {"tie_break": (TieKey(TieKeyKind.SUBMITTED_AT),)},
    "a cut-off": {"cut_off": Decimal(60)},
    "the winners": {"winners": 2},
}


def give_a_mark(reading):
    """One mark of one juror, whose review is far from final."""
    review = a_review(given.a_juror(reading.call, "public", now=NOW), a_proposal(reading.call, "Otra"))
    db.session.add(Mark(review_id=review.id, criterion="impacto", value=Decimal(0)))
    db.session.flush()


def publish(reading, **changes):
    call = call_by_code(reading.call.code)
    calls.save_draft(call, replace(call.announced, **changes), reading.actor, NOW)
    calls.publish(call, reading.actor, NOW, reason="Se corrige.")
    db.session.expire_all()
    return call_by_code(reading.call.code).version.number


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_nothing_that_could_change_the_order_comes_into_force_after_a_mark(reading, changes):
    give_a_mark(reading)
    with pytest.raises(Refused) as refused:
        publish(reading, **changes)
    assert refused.value.reason is Reason.RULES_LOCKED
    db.session.rollback()
    assert call_by_code(reading.call.code).bases.method == BASES.method


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
def test_before_the_first_mark_it_does(reading, changes):
    a_review(given.a_juror(reading.call, "public", now=NOW), a_proposal(reading.call, "Otra"))
    assert publish(reading, **changes) == 2


def test_words_are_corrected_at_any_time(reading):
    give_a_mark(reading)
    clearer = replace(
        IMPACT, title=both("Impacto real", "Real impact"), question=both("¿Cuánto?", "How much?")
    )
    assert publish(reading, **rubric(clearer, VIABILITY)) == 2
    assert publish(reading, title=both("Ríos", "Rivers")) == 3


def rounds(**jury):
    """Two, the last one with a jury of its own."""
    last = Round("final", both("Final"), jury=replace(BASES.jury, **jury))
    return {"rounds": (Round("local", both("Local"), advance=Advance(top=1)), last)}


SEEN = {
    "names": ({"blind": True}, {"blind": False}, Reason.NAMES_LOCKED),
    "marks": ({}, {"deliberation": Deliberation.NAMED}, Reason.DELIBERATION_LOCKED),
}


@pytest.mark.parametrize(("announced", "changed", "reason"), SEEN.values(), ids=SEEN)
def test_what_the_jury_of_a_round_was_to_see_stays_after_a_mark(reading, announced, changed, reason):
    publish(reading, **rounds(size=3, **announced))
    assert publish(reading, **rounds(size=3, **changed)) == 3
    publish(reading, **rounds(size=3, **announced))
    give_a_mark(reading)
    with pytest.raises(Refused) as refused:
        publish(reading, **rounds(size=3, **changed))
    assert refused.value.reason is reason


def test_a_round_does_not_become_blind_while_somebody_on_the_jury_organises(reading):
    publish(reading, **rounds())
    juror = given.a_juror(reading.call, "public", now=NOW)
    organises = StaffRole.ORGANISER
    db.session.add(
        Staff(host_id=reading.call.host_id, account_id=juror.account_id, role=organises, since=NOW)
    )
    db.session.flush()
    with pytest.raises(Refused) as refused:
        publish(reading, **rounds(blind=True))
    assert refused.value.reason is Reason.JURORS_ORGANISE


def test_nobody_who_organises_is_invited_while_a_later_round_will_be_blind(reading):
    publish(reading, **rounds(blind=True))
    staff = given.an_organiser(reading.host, now=NOW)
    assert not reading.call.hides_names
    assert who_see_names(reading.call, [staff.email]) == {staff.email}


def test_the_groups_of_a_round_stay_once_any_round_has_panels(reading):
    groups = {code: Evaluators(1, both(code)) for code in ("press", "users")}
    local, final = rounds(size=2, sectors={}, groups=groups)["rounds"]
    halves = Method(evaluators=dict.fromkeys(groups, Decimal(50)))
    publish(reading, rounds=(local, replace(final, method=halves)))
    drawn = {
        "state": PlanState.APPLIED,
        "closed_round": 0,
        "made_at": NOW,
        "applied_at": NOW,
        "input_sha256": "0" * 64,
    }
    db.session.add(Plan(call_id=reading.call.id, number=1, seed=1, **drawn))
    db.session.flush()
    with pytest.raises(Refused) as refused:
        publish(reading, **rounds())
    assert refused.value.reason is Reason.GROUPS_LOCKED
