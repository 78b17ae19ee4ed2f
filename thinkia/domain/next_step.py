"""What a person in a call should do next: decided from what exists and what is open, never stored."""

from collections.abc import Collection
from enum import StrEnum

from thinkia.domain.bases import WindowKind
from thinkia.domain.lifecycle import SubmissionState


class NextStep(StrEnum):
    """In the order in which an applicant meets them."""

    WAIT_FOR_OPENING = "wait_for_opening"
    FIND_TEAM = "find_team"
    START_SUBMISSION = "start_submission"
    FINISH_SUBMISSION = "finish_submission"
    MAY_STILL_CHANGE = "may_still_change"
    WAIT_FOR_JURY = "wait_for_jury"
    NOT_HANDED_IN = "not_handed_in"
    WAITING = "waiting"
    DID_NOT_GO_ON = "did_not_go_on"
    EXCLUDED = "excluded"
    WITHDRAWN = "withdrawn"
    READ_RESULT = "read_result"


_DECIDED = {
    SubmissionState.EXCLUDED: NextStep.EXCLUDED,
    SubmissionState.WITHDRAWN: NextStep.WITHDRAWN,
    SubmissionState.WAITING: NextStep.WAITING,
    SubmissionState.OUT: NextStep.DID_NOT_GO_ON,
}


def next_step(
    is_open: Collection[WindowKind], *, has_team: bool, submission: SubmissionState | None, has_result: bool
) -> NextStep:
    """What comes next for somebody registered in a call with these open windows."""
    if has_result:
        return NextStep.READ_RESULT
    if submission in _DECIDED:
        return _DECIDED[submission]
    if WindowKind.SUBMISSION in is_open:
        return _while_open(has_team=has_team, submission=submission)
    if submission == SubmissionState.SUBMITTED:
        return NextStep.WAIT_FOR_JURY
    if WindowKind.REGISTRATION in is_open or WindowKind.TEAM_FORMATION in is_open:
        return NextStep.WAIT_FOR_OPENING if has_team else NextStep.FIND_TEAM
    return NextStep.NOT_HANDED_IN


def _while_open(*, has_team: bool, submission: SubmissionState | None) -> NextStep:
    if not has_team:
        return NextStep.FIND_TEAM
    if submission is None:
        return NextStep.START_SUBMISSION
    return (
        NextStep.MAY_STILL_CHANGE if submission == SubmissionState.SUBMITTED else NextStep.FINISH_SUBMISSION
    )
