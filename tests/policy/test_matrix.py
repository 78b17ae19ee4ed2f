"""The policy, held against a table that a person can read: role × action × phase."""

from pathlib import Path

import pytest

from tests.policy.world import PHASES, ROLES, moment, thing
from thinkia.policy import Action, allowed

ALWAYS = "".join(PHASES)
LINES = [
    line.split()
    for line in (Path(__file__).parent / "matrix.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
HEADER, *ROWS = LINES
TABLE = {row[0]: dict(zip(HEADER, row[1:], strict=True)) for row in ROWS}


def test_the_table_has_a_row_for_every_action_and_a_column_for_every_role():
    assert [row[0] for row in ROWS] == [action.value for action in Action]
    assert list(ROLES) == HEADER


@pytest.mark.parametrize("action", Action, ids=str)
def test_everybody_may_exactly_what_the_table_says(action):
    answers = {}
    for role, actor in ROLES.items():
        phases = "".join(p for p in PHASES if allowed(action, actor, thing(action, p, role), moment(p)))
        answers[role] = "always" if phases == ALWAYS else phases or "-"

    assert answers == TABLE[action]
