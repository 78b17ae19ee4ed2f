"""Where the features above join a call: they register functions here, from their ``reactions.py``.

Imports go down. What a call's pages say of its people, juries or results, whom a change concerns, and
what else must happen when a call changes or ends, comes up through these lists::

    @hooks.on_cockpit
    def people(call, now):
        yield Figure(count, _("people registered"), order=10)
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from thinkia.domain.bases import Bases
from thinkia.policy import Actor


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the cockpit, six at most: the lowest ``order`` first. ``of`` stands small behind it."""

    number: Any
    words: str
    under: str = ""
    of: str = ""
    order: int = 100


@dataclass(frozen=True, slots=True)
class NextAction:
    """What the organiser should do first: of several, the lowest ``order``."""

    title: str
    under: str
    button: str
    href: str
    order: int = 100


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that asks for attention; or waits (``symbol="clock"``), or is well (``"check-lg"``)."""

    title: str
    under: str = ""
    link: str = ""
    href: str = ""
    symbol: str = "exclamation-triangle"
    order: int = 100


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the to-do list: done, or still to do."""

    text: str
    done: bool = False
    under: str = ""
    href: str = ""
    order: int = 100


@dataclass(frozen=True, slots=True)
class Step:
    """What stands under a step of the phase bar: ``registration``, ``submission``, ``evaluation``."""

    phase: str
    under: str


class Reader(NamedTuple):
    """Somebody whom a change of a call concerns."""

    account_id: int
    email: str
    language: str


class Seat(NamedTuple):
    """A juror as the public sees one."""

    sector: str
    name: str
    role: str = ""
    group: str = ""  # of evaluators, where the call has any


@dataclass(frozen=True, slots=True)
class Change:
    """New bases of a published call are in force; told inside the transaction that published them."""

    call: Any
    before: Bases
    after: Bases
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A call was cancelled; told inside the transaction that cancelled it."""

    call: Any
    actor: Actor
    now: datetime


CockpitPart = Figure | NextAction | Alert | Task | Step
Function = TypeVar("Function", bound=Callable[..., Any])

_cockpit: list[Callable[[Any, datetime], Iterable[CockpitPart]]] = []
_audiences: list[Callable[[Any], Iterable[Reader]]] = []
_juries: list[Callable[[Any], Iterable[Seat]]] = []
_changes: list[Callable[[Change], object]] = []
_cancellations: list[Callable[[Cancellation], object]] = []
_sentences: list[Callable[[Any], Iterable[str]]] = []
_publications: list[Callable[[Any, datetime], object]] = []


def on_call_page(function: Function) -> Function:
    """``function(call)`` gives sentences that the public page of a call says beside its rounds."""
    _sentences.append(function)
    return function


def sentences_of(call: Any) -> list[str]:
    return [sentence for function in _sentences for sentence in function(call)]


def on_cockpit(function: Function) -> Function:
    """``function(call, now)`` gives parts of the call's cockpit, in a constant number of queries."""
    _cockpit.append(function)
    return function


def audience(function: Function) -> Function:
    """``function(call)`` gives the people to whom a change of the calendar, or the end of a call, is told."""
    _audiences.append(function)
    return function


def jury(function: Function) -> Function:
    """``function(call)`` gives the jurors whose names are public. Asked only where the bases publish them."""
    _juries.append(function)
    return function


def on_publish(function: Function) -> Function:
    """``function(call, now)`` runs when bases come into force, the first ones and each new version."""
    _publications.append(function)
    return function


def on_change(function: Function) -> Function:
    """``function(change)`` runs when new bases of a published call come into force."""
    _changes.append(function)
    return function


def on_cancel(function: Function) -> Function:
    """``function(cancellation)`` runs when a call is cancelled."""
    _cancellations.append(function)
    return function


def cockpit_parts(call: Any, now: datetime) -> list[CockpitPart]:
    return [part for function in _cockpit for part in function(call, now)]


def readers(call: Any) -> Iterator[Reader]:
    """Everybody concerned, once each."""
    known: Mapping[int, Reader] = {
        reader.account_id: reader for function in _audiences for reader in function(call)
    }
    yield from known.values()


def seats(call: Any) -> list[Seat]:
    return [seat for function in _juries for seat in function(call)]


def tell_publication(call: Any, now: datetime) -> None:
    for function in _publications:
        function(call, now)


def tell_change(change: Change) -> None:
    for function in _changes:
        function(change)


def tell_cancellation(cancellation: Cancellation) -> None:
    for function in _cancellations:
        function(cancellation)
