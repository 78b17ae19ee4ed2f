"""What the bases ask of a team, and what it still lacks: findings with numbers, which pages put into words.

A person who prefers not to say counts as a member and as nothing else: not towards a minimum, not
against a maximum. Values are compared without case, accents and spaces.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from thinkia.domain.bases import CompositionRule, PersonAttribute, TeamRules

UNDISCLOSED = "undisclosed"
"""What is kept when a person prefers not to say."""

GENDER_NAMES = {
    "woman": frozenset({"woman", "women", "female", "mujer", "mujeres", "femenino"}),
    "man": frozenset({"man", "men", "male", "hombre", "hombres", "masculino"}),
}

Attributes = Mapping[str, str | None]


class FindingState(StrEnum):
    MET = "met"
    MISSING = "missing"  # people, or values, that are not there yet
    BROKEN = "broken"  # too many: nobody who joins can mend it


class FindingKind(StrEnum):
    SIZE = "size"  # members between low and high
    VALUE = "value"  # members who have one value, between low and high
    MAX_SAME = "max_same"  # members who share the most common value, at most high
    MIN_DIFFERENT = "min_different"  # different values, at least low


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule, what it counts today, and how that stands to its limits.

    ``rule`` is the rule of composition, ``None`` for the size. ``shared`` are the values, as people wrote
    them, that too many share. ``undisclosed`` counts members who did not say. ``free`` is how many may
    still join, ``None`` where the bases set no maximum.
    """

    kind: FindingKind
    state: FindingState
    count: int
    low: int | None = None
    high: int | None = None
    rule: CompositionRule | None = None
    shared: tuple[str, ...] = ()
    undisclosed: int = 0
    free: int | None = None

    @property
    def lacking(self) -> int:
        """How many are missing; 0 when none is."""
        return max(0, (self.low or 0) - self.count)

    @property
    def is_met(self) -> bool:
        return self.state is FindingState.MET

    @property
    def is_out_of_reach(self) -> bool:
        """More are missing than may still join: somebody would have to give up a place."""
        return self.free is not None and self.lacking > self.free


def findings(rules: TeamRules, members: Sequence[Attributes]) -> tuple[Finding, ...]:
    """What becomes of each rule with these members: the size, then the composition as the bases list it.

    ``members`` has one mapping a person, from ``PersonAttribute`` to what he or she said.
    """
    free = places_left(rules, len(members))
    size = Finding(
        FindingKind.SIZE,
        _state(len(members), rules.min, rules.max),
        len(members),
        rules.min,
        rules.max,
        free=free,
    )
    return (size, *(_composition(rule, members, free) for rule in rules.composition))


def is_complete(rules: TeamRules, members: Sequence[Attributes]) -> bool:
    """Whether a team of these members may hand in."""
    return all(each.is_met for each in findings(rules, members))


def places_left(rules: TeamRules, size: int) -> int | None:
    """How many may still join; ``None`` where the bases set no maximum."""
    return None if rules.max is None else max(0, rules.max - size)


def asked_of_people(rules: TeamRules) -> tuple[PersonAttribute, ...]:
    """The attributes that some rule looks at, once each: nothing else is asked of anybody."""
    return tuple(dict.fromkeys(rule.attribute for rule in rules.composition))


def named_values(rules: TeamRules, attribute: PersonAttribute) -> tuple[str, ...]:
    """The values that the rules speak of, once each, as the bases write them."""
    values = (rule.value for rule in rules.composition if rule.attribute is attribute)
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _composition(rule: CompositionRule, members: Sequence[Attributes], free: int | None) -> Finding:
    given = [member.get(rule.attribute) for member in members]
    said = [value for value in given if value and value != UNDISCLOSED]
    counts = Counter(_compared(rule.attribute, value) for value in said)
    kind, count, low, high = _measured(rule, counts)
    return Finding(
        kind,
        _state(count, low, high),
        count,
        low,
        high,
        rule=rule,
        shared=tuple(_shared(rule, counts, said)),
        undisclosed=len(members) - len(said),
        free=free,
    )


def _measured(rule: CompositionRule, counts: Counter[str]) -> tuple[FindingKind, int, int | None, int | None]:
    """The kind of rule, what it counts, and its limits."""
    if rule.value is not None:
        return FindingKind.VALUE, counts[_compared(rule.attribute, rule.value)], rule.min, rule.max
    if rule.max_same is not None:
        return FindingKind.MAX_SAME, max(counts.values(), default=0), None, rule.max_same
    return FindingKind.MIN_DIFFERENT, len(counts), rule.min_different, None


def _shared(rule: CompositionRule, counts: Counter[str], said: Sequence[str]) -> Iterator[str]:
    """The values that more share than may, as they were first written."""
    if rule.max_same is None:
        return
    first = {_compared(rule.attribute, value): value for value in reversed(said)}
    yield from (first[value] for value, count in counts.most_common() if count > rule.max_same)


def _state(count: int, low: int | None, high: int | None) -> FindingState:
    if high is not None and count > high:
        return FindingState.BROKEN
    return FindingState.MISSING if low is not None and count < low else FindingState.MET


def _compared(attribute: PersonAttribute, value: str) -> str:
    return alike(gender_code(value) if attribute is PersonAttribute.GENDER else value)


def gender_code(value: str) -> str:
    """The code that people choose for a gender that bases name in their own words; unknown ones stay."""
    return next((code for code, names in GENDER_NAMES.items() if alike(value) in names), value)


_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁԛԝһӏαορνικτυχεηγ",
    "aeopcyxijsdqwhlaopviktuxeny",
)
"""Small letters of Cyrillic and Greek that are read as Latin ones."""


def alike(text: str) -> str:
    """The same for two texts that a reader takes for the same: case, accents, width, spaces and look-alike
    letters of other alphabets make no difference.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = (letter for letter in folded.translate(_LOOKALIKES) if unicodedata.category(letter) not in _UNSEEN)
    return "".join(kept)


_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc", "Zs", "Zl", "Zp"})


def can_be_read(text: str) -> bool:
    """Whether a name has a letter or a digit that can be seen: one of blanks alone is nobody's."""
    return any(
        unicodedata.category(letter)[0] in "LN" and letter not in "\u115f\u1160\u3164\uffa0"
        for letter in text
    )
