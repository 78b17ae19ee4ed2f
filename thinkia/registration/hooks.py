"""Where the features above join a withdrawal: a team, a jury may have something to say first.

@hooks.before_withdrawal
def keep_teams_whole(registration, now):
    raise Refused(Reason.STILL_IN_TEAM)
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

Function = Callable[[Any, datetime], object]
_before_withdrawal: list[Function] = []


def before_withdrawal(function: Function) -> Function:
    """``function(registration, now)`` runs inside the transaction that withdraws; it may refuse."""
    _before_withdrawal.append(function)
    return function


def tell_withdrawal(registration: Any, now: datetime) -> None:
    for function in _before_withdrawal:
        function(registration, now)
