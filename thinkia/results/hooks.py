"""Where the features above say something on the public page of a result, and before there is one."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

Function = Callable[[Any, datetime], Iterable[str]]
_notices: list[Function] = []
_pending: list[Function] = []


def on_result(function: Function) -> Function:
    """``function(call, now)`` gives sentences that everybody reads: no personal data."""
    _notices.append(function)
    return function


def notices(call: Any, now: datetime) -> list[str]:
    return [sentence for function in _notices for sentence in function(call, now)]


def on_preview(function: Function) -> Function:
    """``function(call, now)`` gives sentences for who is about to publish: what is not looked over yet."""
    _pending.append(function)
    return function


def pending(call: Any, now: datetime) -> list[str]:
    return [sentence for function in _pending for sentence in function(call, now)]
