"""Who stands before whom when two scores are equal: the tie chain of the bases, key by key.

A key parts a tie wherever its values differ and hands what is still equal to the next key.
``criterion`` and ``group``: the jury's value, averaged as the method says, higher first; skipped where nobody
marked an optional criterion on one of them. ``fewer`` and ``more``: of a metric. ``chair``: a
recorded decision; without one the key is skipped and the caller says so. ``submitted_at``: earlier
first. ``lottery``: by the SHA-256 of ``seed:submission``. What only one key needs is asked for only when a
tie gets that far.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from thinkia.domain.bases import TieKey, TieKeyKind
from thinkia.domain.ranking.findings import Fault, FaultKind, listed
from thinkia.domain.ranking.panels import PanelScore

TieValue = Fraction | datetime | str | int
HIGHER_FIRST = {TieKeyKind.CRITERION, TieKeyKind.GROUP, TieKeyKind.MORE}


@dataclass(frozen=True, slots=True)
class TieFacts:
    """What a tie may need and no juror marked.

    ``submitted_at``: aware instants. ``metrics``: by metric and submission. ``chair``: decisions as they were
    recorded, each the order that the chair gave to a tie; the last one that names every submission of the tie
    counts. ``seed``: the lottery's, where the bases name its source instead of the seed itself.
    """

    submitted_at: Mapping[str, datetime] = field(default_factory=dict)
    chair: Sequence[Sequence[str]] = ()
    seed: str | None = None
    metrics: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TieStep:
    """One key that was tried on one tie. ``groups`` stand in order; a single one means that the key did
    not part them. ``values`` is empty when the key was skipped.
    """

    key: str
    groups: tuple[tuple[str, ...], ...]
    values: Mapping[str, TieValue]

    @property
    def submissions(self) -> tuple[str, ...]:
        return tuple(sorted(code for group in self.groups for code in group))

    @property
    def decided(self) -> bool:
        return len(self.groups) > 1

    @property
    def skipped(self) -> bool:
        return not self.values


@dataclass(frozen=True, slots=True)
class Rung:
    """Submissions that share a place, by code, and the key that put them above the next rung of the tie."""

    submissions: tuple[str, ...]
    decided_by: str | None = None


def tie_key_name(key: TieKey) -> str:
    """How a ranking names a key: ``criterion:access``, ``group:use``, or the kind alone."""
    return f"{key.key}:{key.code}" if key.code else str(key.key)


def lottery_number(seed: str, submission: str) -> str:
    """The number drawn for a submission, in hexadecimal; the smallest goes first. Anyone can recompute it:
    ``printf '%s' 'SEED:SUBMISSION' | sha256sum``.
    """
    return hashlib.sha256(f"{seed}:{submission}".encode()).hexdigest()


@dataclass(slots=True)
class TieBreaker:
    """Settles ties and remembers the steps it took, and what it lacked."""

    keys: Sequence[TieKey]
    panels: Mapping[str, PanelScore]
    facts: TieFacts
    steps: list[TieStep] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def settle(self, tied: Sequence[str]) -> list[Rung]:
        """Submissions of equal score, as rungs from the first to the last."""
        return self._settle(tuple(sorted(tied)), self.keys)

    def _settle(self, tied: tuple[str, ...], keys: Sequence[TieKey]) -> list[Rung]:
        if len(tied) == 1 or not keys:
            return [Rung(tied)]
        name = tie_key_name(keys[0])
        groups = self._part(keys[0], tied)
        rungs: list[Rung] = []
        for group in groups:
            if rungs:
                rungs[-1] = Rung(rungs[-1].submissions, name)
            rungs += self._settle(group, keys[1:])
        return rungs

    def _part(self, key: TieKey, tied: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        values = self._values(key, tied)
        ladder = sorted(set(values.values()), reverse=key.key in HIGHER_FIRST)
        parted = tuple(tuple(code for code in tied if values[code] == value) for value in ladder)
        groups = parted or (tied,)
        self.steps.append(TieStep(tie_key_name(key), groups, values))
        return groups

    def _values(self, key: TieKey, tied: tuple[str, ...]) -> Mapping[str, TieValue]:
        """One value for each submission of the tie; none at all when the key cannot be applied."""
        match key.key:
            case TieKeyKind.CRITERION:
                return self._marks(key.code or "", tied)
            case TieKeyKind.GROUP:
                return {code: self.panels[code].groups[key.code or ""] for code in tied}
            case TieKeyKind.FEWER | TieKeyKind.MORE:
                return self._measured(key.code or "", tied)
            case TieKeyKind.CHAIR:
                return self._decision(tied)
            case TieKeyKind.SUBMITTED_AT:
                return self._instants(tied)
            case TieKeyKind.LOTTERY:
                return self._numbers(key, tied)

    def _marks(self, criterion: str, tied: tuple[str, ...]) -> dict[str, TieValue]:
        """None at all where nobody marked it on one of them: an unmarked criterion is never 0."""
        known = [self.panels[code].criteria for code in tied]
        if not all(criterion in marks for marks in known):
            return {}
        return {code: marks[criterion] for code, marks in zip(tied, known, strict=True)}

    def _measured(self, metric: str, tied: tuple[str, ...]) -> dict[str, TieValue]:
        known = self.facts.metrics.get(metric, {})
        lacking = [code for code in tied if code not in known]
        if lacking:
            params = {"submissions": listed(lacking), "tied": listed(tied), "metric": metric}
            self.faults.append(Fault(FaultKind.TIE_METRIC_NEEDED, params))
            return {}
        return {code: Fraction(known[code]) for code in tied}

    def _decision(self, tied: tuple[str, ...]) -> dict[str, TieValue]:
        for decision in reversed(self.facts.chair):
            if set(tied) <= set(decision):
                return {code: decision.index(code) + 1 for code in tied}
        return {}

    def _instants(self, tied: tuple[str, ...]) -> dict[str, TieValue]:
        known = self.facts.submitted_at
        lacking = [code for code in tied if code not in known]
        if lacking:
            params = {"submissions": listed(lacking), "tied": listed(tied)}
            self.faults.append(Fault(FaultKind.SUBMITTED_AT_NEEDED, params))
            return {}
        return {code: known[code].astimezone(UTC) for code in tied}

    def _numbers(self, key: TieKey, tied: tuple[str, ...]) -> dict[str, TieValue]:
        seed = key.seed if key.seed is not None else self.facts.seed
        if seed is None:
            self.faults.append(Fault(FaultKind.SEED_NEEDED, {"submissions": listed(tied)}))
            return {}
        return {code: lottery_number(seed, code) for code in tied}
