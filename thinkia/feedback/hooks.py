"""Where a feature above says how a team asks for a review of its result."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple


class Way(NamedTuple):
    """A sentence; and where it leads, with the words of that link."""

    words: str
    link: str = ""
    href: str = ""


_ways: list[Callable[[Any, datetime], Iterable[Way]]] = []


def way_to_ask(
    function: Callable[[Any, datetime], Iterable[Way]],
) -> Callable[[Any, datetime], Iterable[Way]]:
    """``function(submission, now)`` gives what the page of a team says of asking for a review.

    What comes from a feature further up stands first.
    """
    _ways.insert(0, function)
    return function


def ways_to_ask(submission: Any, now: datetime) -> list[Way]:
    return [way for function in _ways for way in function(submission, now)]
