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
from thinkia.domain.bases import Method, MethodName, TieKey, TieKeyKind
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import Mark

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
    calls.save_draft(call, replace(call.bases, **changes), reading.actor, NOW)
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
