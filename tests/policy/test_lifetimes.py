"""How long a sign-in lasts, by what somebody may do."""

from datetime import UTC, datetime, timedelta

import pytest

from thinkia.policy import Actor, Tie, TieKind
from thinkia.policy.lifetimes import CITIZEN, JUROR, ORGANISER, is_over, lifetime

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
MEMBER, ON_JURY, ON_STAFF = (Tie(kind, 1, "x") for kind in (TieKind.MEMBER, TieKind.JUROR, TieKind.STAFF))


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ([], CITIZEN),
        ([MEMBER], CITIZEN),
        ([MEMBER, ON_JURY], JUROR),
        ([ON_STAFF], ORGANISER),
        ([MEMBER, ON_JURY, ON_STAFF], ORGANISER),
    ],
)
def test_of_several_roles_the_strictest_counts(ties, expected):
    assert lifetime(Actor.of(1, ties)) == expected


def test_it_ends_when_idle_and_when_old():
    actor = Actor.of(1, signed_in_at=NOON)
    assert not is_over(actor, NOON, NOON + CITIZEN.idle - timedelta(seconds=1))
    assert is_over(actor, NOON, NOON + CITIZEN.idle)
    late = NOON + CITIZEN.whole
    assert not is_over(actor, late, late - timedelta(seconds=1))
    assert is_over(actor, late, late)
