"""Where the features above say something on the public page of a result."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

Function = Callable[[Any, datetime], Iterable[str]]
_notices: list[Function] = []


def on_result(function: Function) -> Function:
    """``function(call, now)`` gives sentences that everybody reads: no personal data."""
    _notices.append(function)
    return function


def notices(call: Any, now: datetime) -> list[str]:
    return [sentence for function in _notices for sentence in function(call, now)]
