"""The words of results: refusals here; findings, ties and the result itself in the modules beside."""

from flask_babel import lazy_gettext as _l

from thinkia.domain.lifecycle import RankingState, ReviewState
from thinkia.domain.reasons import Reason
from thinkia.results.wording.faults import fault_sentence, note_sentence
from thinkia.web.errors import tell

__all__ = ["RANKING_STATES", "REVIEW_STATES", "fault_sentence", "note_sentence"]

tell(
    {
        Reason.REVIEWS_OPEN: _l(
            "Reviews still open: %(count)s. The order is computed when each one is final, "
            "or excused with a reason."
        ),
        Reason.EVALUATION_OPEN: _l("The jury has not begun to read. There is no order before that."),
        Reason.METRIC_VALUES_MISSING: _l(
            "Proposals without a measured value: %(missing)s. There is no order before each one has it."
        ),
        Reason.NOTHING_TO_RANK: _l("No proposal is in the competition, so there is nothing to put in order."),
        Reason.MISSING_SECTOR: _l("A proposal lacks a review from a sector that has weight: %(sectors)s."),
        Reason.SEED_MISSING: _l(
            "A tie is settled by lottery and its seed is not recorded yet. "
            "Record it once the source that the rules name has published it."
        ),
        Reason.SEED_TOO_EARLY: _l("It is too early. The rules name the instant from which the seed counts."),
        Reason.SEED_RECORDED: _l("The seed is already recorded, and it is recorded only once."),
        Reason.NO_LOTTERY: _l("The rules of this call do not draw lots from a public source."),
        Reason.RANKING_STALE: _l(
            "Something has changed since this order was computed. Compute it again before going on."
        ),
        Reason.ROUND_FOLLOWS: _l(
            "Another round follows this one, so its order is not published. Close the round: "
            "then who goes on is told."
        ),
        Reason.ROUND_IS_LAST: _l("This is the last round. Its order is the result: publish it."),
        Reason.ROUND_BY_HAND: _l(
            "The rules say that people name who goes on. Name them, with a reason each."
        ),
        Reason.ROUND_NOT_BY_HAND: _l("The rules of this round say who goes on. Nobody is named by hand."),
        Reason.NOBODY_GOES_ON: _l("Nobody would go on to the next round, so this one cannot be closed."),
        Reason.TIE_NEEDS_CHAIR: _l("A tie waits for the chair's decision: %(submissions)s."),
        Reason.NOT_A_TIE: _l("Give each proposal of the tie a place of its own, from first to last."),
        Reason.NO_CHAIR: _l("This jury has no chair. Name one: the chair confirms the order."),
        Reason.RESULT_PUBLISHED: _l(
            "The result is public. It changes only after two persons have taken it back."
        ),
        Reason.NO_SUCH_PRIZE: _l("Choose at least one place that has a winner now."),
        Reason.NOT_PUBLISHED: _l("This result is not public any more."),
        Reason.CALL_ENDED: _l("The call is not under way any more, so no result of it is published."),
        Reason.HOUR_TOO_SOON: _l(
            "Choose an hour at least %(minutes)s minutes from now, so that there is time to cancel. "
            "Or publish at once, further down."
        ),
        Reason.TOO_LATE_TO_CANCEL: _l("It was too late to cancel: the result is already public."),
    }
)

REVIEW_STATES = {
    ReviewState.ASSIGNED: _l("Not begun"),
    ReviewState.STARTED: _l("Begun"),
    ReviewState.FINAL: _l("Final"),
    ReviewState.EXCUSED: _l("Excused"),
    ReviewState.RECUSED: _l("Recused"),
}
RANKING_STATES = {
    RankingState.PROPOSED: _l("Proposed"),
    RankingState.CONFIRMED: _l("Confirmed"),
    RankingState.PUBLISHED: _l("Made public"),
    RankingState.SUPERSEDED: _l("Replaced"),
    RankingState.TAKEN_BACK: _l("Public once, taken back"),
}
