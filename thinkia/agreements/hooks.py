"""Where features above say which of their acts two persons decide, and who of theirs may be second.

Imports go down, so this feature knows no review and no mark. A feature registers an act from its
``reactions.py``, asks for it with ``services.ask``, and is called when somebody else has confirmed it::

    act("review.reopen", _l("Reopen a final review"), perform=reopen, told=what_it_does, barred=who_may_not)

``perform(agreement, actor, now)`` runs in the transaction of the confirmation; it raises ``Refused`` when
the world has moved on, and then nothing is confirmed either. See ``docs/decisions``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from thinkia.agreements.models import SecondRole, ref_in_round
from thinkia.domain.reasons import Reason, Refused
from thinkia.policy import Actor
from thinkia.web.export import Table


class Second(NamedTuple):
    """Somebody who may confirm. ``since``: in that role."""

    account_id: int
    name: str
    email: str
    language: str
    role: SecondRole
    since: datetime


class Told(NamedTuple):
    """What a page says of an act before it is done: a sentence, and what it is done to, line by line.

    ``between`` are lines for who asked and who may confirm alone: others who see the page do not see them.
    Where they may be many, ``table`` has all of them as a file; the page shows the first.
    """

    words: str
    facts: list[tuple[str, Any]]
    between: Sequence[tuple[str, Any]] = ()
    table: Table | None = None


class Again(NamedTuple):
    """What the second person types without seeing it, and whether it is what the first one typed."""

    label: Any
    hint: Any
    matches: Callable[[Any, str], bool]


def nobody(_agreements: Sequence[Any]) -> Iterable[tuple[int, int]]:
    """No feature bars anybody."""
    return ()


@dataclass(frozen=True, slots=True)
class Act:
    """A kind of act that two persons decide.

    ``told(agreement)`` gives ``Told``; ``barred(agreements)`` gives (agreement id, account id) pairs of those
    who may neither decide nor see it (whom it concerns, who has a conflict), in one query for all of them.
    ``again``: where both type the same thing, so that neither copies a mistake of the other.
    """

    kind: str
    title: Any
    perform: Callable[[Any, Actor, datetime], object]
    told: Callable[[Any], Told]
    barred: Callable[[Sequence[Any]], Iterable[tuple[int, int]]] = nobody
    again: Again | None = None


Barring = Callable[[Sequence[Any]], Iterable[tuple[int, int]]]
_acts: dict[str, Act] = {}
_barring: dict[str, list[Barring]] = {}
_seconds: list[Callable[[Any], Iterable[Second]]] = []


def act(kind: str, title: Any, **functions: Any) -> Act:
    """Register an act. Its kind stands in the database: never rename one."""
    known = _acts[kind] = Act(kind, title, **functions)
    return known


def act_of(kind: str) -> Act:
    return _acts[kind]


def demand_same(agreement: Any, typed: str) -> None:
    """Refuse a second typing that is not what was typed first. Most acts ask for none."""
    again = act_of(agreement.kind).again
    if again is not None and not again.matches(agreement, typed):
        raise Refused(Reason.TYPED_OTHERWISE)


def demand_its_round(agreement: Any, call: Any, ref: str) -> None:
    """Refuse what was asked about ``ref`` (``ref_in_round``) in a round that is over. The call is locked."""
    if agreement.object_ref != ref_in_round(call, ref):
        raise Refused(Reason.ROUND_OVER)


def also_bars(kind: str, function: Barring) -> None:
    """For features above the one whose act it is: whom else it concerns, as ``barred`` says."""
    _barring.setdefault(kind, []).append(function)


def seconds(function: Callable[[Any], Iterable[Second]]) -> Callable[[Any], Iterable[Second]]:
    """``function(call)`` gives who could confirm by a seat above: the chair, the secretary."""
    _seconds.append(function)
    return function


def seats_of(call: Any) -> list[Second]:
    return [second for function in _seconds for second in function(call)]


def bar(agreements: Sequence[Any]) -> None:
    """Fill in who may not decide, one call a kind and feature."""
    by_kind: dict[str, list[Any]] = {}
    for each in agreements:
        by_kind.setdefault(each.kind, []).append(each)
    for kind, group in by_kind.items():
        barring = [act_of(kind).barred, *_barring.get(kind, ())]
        pairs = [pair for function in barring for pair in function(group)]
        for each in group:
            each.barred = frozenset(account for agreement, account in pairs if agreement == each.id)
