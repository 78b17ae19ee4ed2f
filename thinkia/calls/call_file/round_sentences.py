"""What to say of each problem in the rounds of a call."""

from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.domain.bases_check import ProblemKind

ROUND_SENTENCES: dict[ProblemKind, Any] = {
    ProblemKind.ROUNDS_TOO_FEW: _l(
        "There is one round here. Rounds are two or more: add the next one, or take this one out."
    ),
    ProblemKind.DUPLICATE_ROUND: _l("Two rounds have the code “%(code)s”. Give each its own."),
    ProblemKind.ADVANCE_MISSING: _l(
        "This round does not say who goes on to the next: so many, so many of each pool, whoever reaches a "
        "cut-off, or whom people name. Say one (“advance”)."
    ),
    ProblemKind.ADVANCE_KIND: _l(
        "Who goes on is decided in one way: “top”, “top_per_pool”, “by_hand”, or “cut_off”. A cut-off may "
        "stand beside “top” or “top_per_pool”. Keep one way."
    ),
    ProblemKind.ADVANCE_NUMBER: _l("At least 1 proposal goes on. Write 1 or more."),
    ProblemKind.NOT_IN_LAST_ROUND: _l(
        "Nobody goes on from the last round: its order is the result. Take this out."
    ),
    ProblemKind.POOLS_MISSING: _l(
        "Nothing says what parts the proposals of this round into pools. Say it (“pools”), or let so many go "
        "on in all (“top”)."
    ),
    ProblemKind.POOLS_WITH_TOP: _l(
        "With pools every pool has an order of its own. Say how many of each go on (“top_per_pool”), or take "
        "the pools out."
    ),
    ProblemKind.POOL_QUESTION: _l(
        "Pools by a question need the code of one of kind “choice” that is required and asked in every "
        "challenge; the other pools have no question. Correct it (“%(code)s”)."
    ),
    ProblemKind.WAITING_NUMBER: _l("The waiting list cannot be shorter than 0."),
    ProblemKind.WAITING_AT_CUT_OFF: _l(
        "Whoever reaches the cut-off goes on, so nobody is left to wait. Take the waiting list out."
    ),
    ProblemKind.SHARE_POSITIVE: _l("The share of a round must be above 0."),
    ProblemKind.CARRIED_IN_FIRST: _l(
        "The first round has no earlier marks that could count. Let them not count (“reset”)."
    ),
    ProblemKind.CARRIED_SCALES: _l(
        "Earlier marks count between scores out of 100. A sum of points, of jurors or a z-score has another "
        "scale, in this round or the one before: let them not count (“reset”), or change the method."
    ),
    ProblemKind.ROUND_OUTSIDE_EVALUATION: _l(
        "A round opens before it closes, inside the call's evaluation (%(opens)s – %(closes)s). Move one of "
        "the dates."
    ),
    ProblemKind.ROUNDS_OVERLAP: _l("This round opens before the one above it closes. Move one of the two."),
    ProblemKind.POOLS_LISTED: _l(
        "A list names pools beside marks that were given elsewhere. Here pools are by challenge, or by the "
        "answer to a question."
    ),
}
