"""What an applicant should do next."""

import pytest

from thinkia.domain.bases import WindowKind
from thinkia.domain.lifecycle import SubmissionState as State
from thinkia.domain.next_step import NextStep, next_step

OPEN = {WindowKind.REGISTRATION, WindowKind.TEAM_FORMATION, WindowKind.SUBMISSION}
EARLY = {WindowKind.REGISTRATION, WindowKind.TEAM_FORMATION}
READING = {WindowKind.EVALUATION}


@pytest.mark.parametrize(
    ("is_open", "has_team", "submission", "has_result", "step"),
    [
        (EARLY, False, None, False, NextStep.FIND_TEAM),
        (EARLY, True, None, False, NextStep.WAIT_FOR_OPENING),
        (OPEN, False, None, False, NextStep.FIND_TEAM),
        (OPEN, True, None, False, NextStep.START_SUBMISSION),
        (OPEN, True, State.DRAFT, False, NextStep.FINISH_SUBMISSION),
        (OPEN, True, State.SUBMITTED, False, NextStep.MAY_STILL_CHANGE),
        (OPEN, True, State.WITHDRAWN, False, NextStep.WITHDRAWN),
        (READING, True, State.SUBMITTED, False, NextStep.WAIT_FOR_JURY),
        (READING, True, State.DRAFT, False, NextStep.NOT_HANDED_IN),
        (READING, False, None, False, NextStep.NOT_HANDED_IN),
        (READING, True, State.EXCLUDED, False, NextStep.EXCLUDED),
        (set(), True, State.SUBMITTED, False, NextStep.WAIT_FOR_JURY),
        (READING, True, State.WAITING, False, NextStep.WAITING),
        (set(), True, State.OUT, False, NextStep.DID_NOT_GO_ON),
        (set(), True, State.SUBMITTED, True, NextStep.READ_RESULT),
        (set(), True, State.EXCLUDED, True, NextStep.READ_RESULT),
    ],
)
def test_the_next_step_follows_from_what_exists_and_what_is_open(
    is_open, has_team, submission, has_result, step
):
    assert next_step(is_open, has_team=has_team, submission=submission, has_result=has_result) == step


@pytest.mark.parametrize("is_open", [READING, set()])
def test_only_what_was_never_handed_in_is_said_not_to_have_been(is_open):
    steps = {state: next_step(is_open, has_team=True, submission=state, has_result=False) for state in State}
    assert [state for state, step in steps.items() if step == NextStep.NOT_HANDED_IN] == [State.DRAFT]
