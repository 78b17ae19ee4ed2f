"""Where the features above join a submission: what else happens when one leaves the competition."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

Function = Callable[[Any, datetime], object]

_on_leaving: list[Function] = []


def on_leaving(function: Function) -> Function:
    """``function(call, now)`` runs inside the transaction in which a proposal of the call left."""
    _on_leaving.append(function)
    return function


def tell_leaving(call: Any, now: datetime) -> None:
    for function in _on_leaving:
        function(call, now)
