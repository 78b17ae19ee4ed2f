"""Where the features above join a team: what its page says of them, and what happens when it ends.

@hooks.before_ending
def keep_what_was_handed_in(team, now):
    raise Refused(Reason.HAS_SUBMITTED)
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

Function = Callable[[Any, datetime], object]
Parts = TypeVar("Parts", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody above says on the page of a team to its members, and where it leads."""

    title: str
    under: str
    link: str
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)


_parts: list[Callable[[Any, datetime], Iterable[Part]]] = []
_before_ending: list[Function] = []
_on_joining: list[Function] = []


def before_ending(function: Function) -> Function:
    """``function(team, now)`` runs inside the transaction that ends a team, before its row goes. It may
    refuse; what belongs to the team in its feature it deletes.
    """
    _before_ending.append(function)
    return function


def on_joining(function: Function) -> Function:
    """``function(team, now)`` runs inside the transaction in which somebody joined, once the row is there."""
    _on_joining.append(function)
    return function


def on_page(function: Parts) -> Parts:
    """``function(team, now)`` gives parts of the page that members see, in a constant number of queries."""
    _parts.append(function)
    return function


def page_parts(team: Any, now: datetime) -> list[Part]:
    return [part for function in _parts for part in function(team, now)]


def tell_ending(team: Any, now: datetime) -> None:
    for function in _before_ending:
        function(team, now)


def tell_joining(team: Any, now: datetime) -> None:
    for function in _on_joining:
        function(team, now)
