"""Where the features above join the end of a team: what it handed in may not be left without one.

@hooks.before_ending
def keep_what_was_handed_in(team, now):
    raise Refused(Reason.HAS_SUBMITTED)
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

Function = Callable[[Any, datetime], object]
_before_ending: list[Function] = []


def before_ending(function: Function) -> Function:
    """``function(team, now)`` runs inside the transaction that ends a team, before its row goes. It may
    refuse; what belongs to the team in its feature it deletes.
    """
    _before_ending.append(function)
    return function


def tell_ending(team: Any, now: datetime) -> None:
    for function in _before_ending:
        function(team, now)
