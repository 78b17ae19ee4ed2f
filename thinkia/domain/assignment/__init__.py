"""Which juror reads which proposal: panels that balance sectors, proved best.

``preflight`` says what cannot work before anything is tried. ``solve`` draws the
panels: it always answers, leaves as few seats empty as the rules allow, says why
each stays empty, and proves its plan by a bound that the solver has no part in.
``verify`` checks any set of pairs, however it was made. ``repair`` refills the
seats of those who leave and moves nobody else.

Start reading in ``problem`` (what goes in) and ``plan`` (what comes out).
"""

from thinkia.domain.assignment.affinities import AffinityTable
from thinkia.domain.assignment.bound import upper_bound
from thinkia.domain.assignment.flow import solve
from thinkia.domain.assignment.plan import (
    Plan,
    Shortfall,
    ShortfallReason,
    empty_seats,
    is_connected,
    loads_of,
)
from thinkia.domain.assignment.preflight import Cause, CauseKind, contradictions, preflight
from thinkia.domain.assignment.problem import JurorSlot, Pair, PanelRequest, PanelRule, Problem, Quota
from thinkia.domain.assignment.repair import Reseating, repair, reseat
from thinkia.domain.assignment.verify import Violation, ViolationKind, newly_broken, verify

__all__ = [
    "AffinityTable",
    "Cause",
    "CauseKind",
    "JurorSlot",
    "Pair",
    "PanelRequest",
    "PanelRule",
    "Plan",
    "Problem",
    "Quota",
    "Reseating",
    "Shortfall",
    "ShortfallReason",
    "Violation",
    "ViolationKind",
    "contradictions",
    "empty_seats",
    "is_connected",
    "loads_of",
    "newly_broken",
    "preflight",
    "repair",
    "reseat",
    "solve",
    "upper_bound",
    "verify",
]
