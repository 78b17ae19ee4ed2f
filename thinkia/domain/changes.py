"""What is different between two versions of a call's bases, and which differences take time away.

Items that have a code (challenges, questions, options, criteria) are compared by it, whatever their
order; the others by their place.
"""

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from datetime import datetime
from typing import Any

from thinkia.domain.bases import Bases, Deliberation, JuryRules, Round, WindowKind
from thinkia.domain.bases_check.walk import parts
from thinkia.domain.phases import windows
from thinkia.domain.text import Bilingual

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """By the keys that lead there: what was said, what is said now. ``None`` where nothing is said."""

    path: Path
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Shortening:
    """A window that people may be counting on closes earlier than it was announced; a round's own, too."""

    window: WindowKind
    before: datetime
    after: datetime
    round: Round | None = None


def differences(before: Bases, after: Bases) -> tuple[Difference, ...]:
    """Every difference, in the order of the call file. An item that is there or not counts as one."""
    return tuple(_differences(before, after, ()))


def shortenings(before: Bases, after: Bases, now: datetime) -> tuple[Shortening, ...]:
    """The windows not yet closed at ``now`` whose end comes nearer: who planned on the old end loses time."""
    old, new = windows(before.calendar), windows(after.calendar)
    ends = [Shortening(kind, old[kind].closes, new[kind].closes) for kind in old]
    were = before.each_round
    ends += [
        Shortening(
            WindowKind.EVALUATION,
            were[one.code].calendar.evaluation.closes,
            after.each_round[one.code].calendar.evaluation.closes,
            one,
        )
        for one in after.rounds
        if one.code in were
    ]
    return tuple(one for one in ends if now < one.before and one.after < one.before)


def moves_dates(before: Bases, after: Bases) -> bool:
    """Whether a date of the call is another one, or one of a round is another one or new."""
    return before.calendar != after.calendar or any(
        code not in before.each_round or before.each_round[code].calendar != one.calendar
        for code, one in after.each_round.items()
        if code
    )


def shows_names(before: Bases, after: Bases) -> bool:
    """Whether a jury that was announced to read without names would read with them, in any round."""
    return any(old.blind and not new.blind for old, new in _juries(before, after))


def hides_names(before: Bases, after: Bases) -> bool:
    """Whether a jury that was announced to read with names would read without them, in any round."""
    return shows_names(after, before)


def shows_more_marks(before: Bases, after: Bases) -> bool:
    """Whether jurors would see more of one another's marks than was announced: any at all, or with names."""
    shown = (None, Deliberation.ANONYMOUS, Deliberation.NAMED)
    return any(
        shown.index(new.deliberation) > shown.index(old.deliberation) for old, new in _juries(before, after)
    )


def changes_groups(before: Bases, after: Bases) -> bool:
    """Whether there would be other groups of evaluators, in any round."""
    return any(old.groups.keys() != new.groups.keys() for old, new in _juries(before, after))


def _juries(before: Bases, after: Bases) -> Iterator[tuple[JuryRules, JuryRules]]:
    """The jury of each round, as it was and as it is now. Of a round that only one of both has, what the
    other says of the call stands beside it.
    """
    old, new = before.each_round, after.each_round
    for code in old | new:
        yield old.get(code, before).jury, new.get(code, after).jury


RANKING_KEYS = frozenset({"rubric", "method", "tie_break", "cut_off", "winners", "rounds"})
WORDS = frozenset({"title", "question", "anchors", "items", "justify", "justify_at"})
OF_A_ROUND = frozenset({"evaluation", "jury"})  # when and by whom it is judged: as free as the call's own


def order_differences(before: Bases, after: Bases) -> tuple[Difference, ...]:
    """The differences that could change the order of marks already given: of the rubric, the method, the tie
    chain, the cut-off, the number of winners and the rounds, but not of the words that explain them.
    """
    return tuple(
        one for one in differences(before, after) if one.path[0] in RANKING_KEYS and not _is_free(one.path)
    )


def _is_free(path: Path) -> bool:
    """Whether a key of the ranking changes no order. A code is no key: a round may be called "title"."""
    if path[0] != "rounds":
        return not WORDS.isdisjoint(map(str, path))
    own = path[2:]
    return bool(own) and (own[0] in OF_A_ROUND or not WORDS.isdisjoint(map(str, own)))


def _differences(before: Any, after: Any, path: Path) -> Iterator[Difference]:
    if before == after:
        return
    if (
        path[-1:] == ("tie_break",)
        or type(before) is not type(after)
        or (_is_whole(before) and _is_whole(after))
    ):
        yield Difference(path, before, after)
        return
    old, new = dict(_parts(before)), dict(_parts(after))
    for key in [*new, *(key for key in old if key not in new)]:
        yield from _differences(old.get(key), new.get(key), (*path, key))
    kept, was = [key for key in new if key in old], [key for key in old if key in new]
    if isinstance(before, tuple) and kept != was:
        yield Difference((*path, "order"), tuple(was), tuple(kept))


def _is_whole(value: Any) -> bool:
    """Whether a value is told as one: text, a number, an instant, a list of those, nothing."""
    if isinstance(value, Bilingual) or value is None:
        return True
    if isinstance(value, tuple):
        return not any(is_dataclass(item) and not isinstance(item, Bilingual) for item in value)
    return not isinstance(value, dict) and not is_dataclass(value)


def _parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    """The parts of a document, items by their code where they have one."""
    for key, part in parts(value):
        code = getattr(part, "code", None) if isinstance(value, tuple) else None
        yield (code if isinstance(code, str) else key), part
