"""Which juror reads which proposal: panels that balance sectors, proved best.

``preflight`` says what cannot work before anything is tried. ``solve`` draws the
panels: it always answers, leaves as few seats empty as the rules allow, says why
each stays empty, and proves its plan by a bound that the solver has no part in.
``verify`` checks any set of pairs, however it was made. ``explain`` says why a juror
reads a proposal, or why not. ``repair`` refills the seats of those who leave and moves
nobody else; ``reseat`` proposes the fewest moves where that leaves seats empty.
``affinity`` makes affinities of topics, bids and languages; ``fairer`` looks after the
worst served submission. Where evaluators come in groups, ``parts`` and ``groups`` ask all this of each of
them and put the answers together; ``reseat``, ``fairer`` and ``upper_bound`` speak of one part.

Start reading in ``problem`` (what goes in) and ``plan`` (what comes out).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from thinkia.domain.assignment.affinities import AffinityTable
from thinkia.domain.assignment.causes import Cause, CauseKind, contradictions
from thinkia.domain.assignment.explain import Explanation, Verdict
from thinkia.domain.assignment.parts import empty_seats, explain, newly_broken, verify
from thinkia.domain.assignment.pins import loosened
from thinkia.domain.assignment.plan import BY_HAND, Plan, Shortfall, ShortfallReason, loads_of
from thinkia.domain.assignment.problem import JurorSlot, Pair, PanelRequest, PanelRule, Problem, Quota
from thinkia.domain.assignment.verify import Violation, ViolationKind

if TYPE_CHECKING:
    from thinkia.domain.assignment.bound import upper_bound
    from thinkia.domain.assignment.connection import is_connected
    from thinkia.domain.assignment.fairness import Fairness, fairer, worst_served
    from thinkia.domain.assignment.groups import (
        drawn_by_hand,
        preflight,
        repair,
        solve,
        worthwhile_reseat,
    )
    from thinkia.domain.assignment.refilling import Reseating, reseat
    from thinkia.domain.assignment.suitability import affinity

_COMPUTING = {
    "Fairness": "fairness",
    "Reseating": "refilling",
    "affinity": "suitability",
    "drawn_by_hand": "groups",
    "fairer": "fairness",
    "is_connected": "connection",
    "preflight": "groups",
    "repair": "groups",
    "reseat": "refilling",
    "solve": "groups",
    "upper_bound": "bound",
    "worst_served": "fairness",
    "worthwhile_reseat": "groups",
}
"""What takes numpy and OR-Tools (35 MB), and the module that has it. Features ask for ``assignment.solve``
where they solve, and do not import it by name: docs/decisions/0019-memory.md.
"""


def __getattr__(name: str) -> Any:
    """Load what computes when somebody first asks for it."""
    if name not in _COMPUTING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_COMPUTING[name]}"), name)


__all__ = [
    "BY_HAND",
    "AffinityTable",
    "Cause",
    "CauseKind",
    "Explanation",
    "Fairness",
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
    "Verdict",
    "Violation",
    "ViolationKind",
    "affinity",
    "contradictions",
    "drawn_by_hand",
    "empty_seats",
    "explain",
    "fairer",
    "is_connected",
    "loads_of",
    "loosened",
    "newly_broken",
    "preflight",
    "repair",
    "reseat",
    "solve",
    "upper_bound",
    "verify",
    "worst_served",
    "worthwhile_reseat",
]
