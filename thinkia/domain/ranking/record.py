"""A ranking as it is kept: places, scores, ties and counts, in a text that reads back exactly.

``written`` gives the same bytes for the same record: keys in order, no spaces, fractions as ``250/3``.
Nothing of a person is in it, and nothing of the moment at which it was computed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from thinkia.domain.bases import TieKeyKind
from thinkia.domain.canonical import canonical_json
from thinkia.domain.ranking.order import Ranked, Ranking
from thinkia.domain.ranking.ties import TieStep, TieValue

FORMAT = 1


@dataclass(frozen=True, slots=True)
class SectorPart:
    """What one sector of the panel gave, and its share (0–1) of the score."""

    sector: str
    ballots: int
    score: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class EvaluatorsPart:
    """What a group of evaluators gave by the method, and its share (0–1) of the score."""

    group: str
    ballots: int
    score: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class Line:
    """One submission of the order. ``wins``: its place is one of the winners' and it reaches the cut-off."""

    place: int
    submission: str
    score: Fraction
    wins: bool
    ballots: int
    decided_by: str | None = None
    passes: bool | None = None
    criteria: Mapping[str, Fraction] = field(default_factory=dict)
    sectors: tuple[SectorPart, ...] = ()
    missing_sectors: tuple[str, ...] = ()
    evaluators: tuple[EvaluatorsPart, ...] = ()
    pool: str = ""  # of the round; places count inside it
    own: Fraction | None = None  # what this round gave alone, where earlier ones count too

    @property
    def own_score(self) -> Fraction:
        """What its round gave alone."""
        return self.score if self.own is None else self.own


@dataclass(frozen=True, slots=True)
class Step:
    """One key that was tried on one tie; ``values`` as text, empty when the key was skipped."""

    key: str
    groups: tuple[tuple[str, ...], ...]
    values: Mapping[str, str]

    @property
    def submissions(self) -> tuple[str, ...]:
        return tuple(sorted(code for group in self.groups for code in group))

    @property
    def decided(self) -> bool:
        return len(self.groups) > 1

    @property
    def awaits_chair(self) -> bool:
        """It reached the chair's key and no decision is recorded."""
        return self.key == TieKeyKind.CHAIR and not self.values


@dataclass(frozen=True, slots=True)
class Exclusion:
    submission: str
    reason: str


@dataclass(frozen=True, slots=True)
class Voided:
    """A winning place whose prize the jury declares void: nobody wins it, whoever stands there."""

    place: int
    submissions: tuple[str, ...]  # who stood there when it was declared, by code
    reason: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader of the order has to know beside it."""

    version: int  # of the bases
    winners: int  # how many places win
    exclusions: tuple[Exclusion, ...] = ()
    withdrawn: tuple[str, ...] = ()
    reviews: Mapping[str, int] = field(default_factory=dict)  # of what is ranked, by state
    jurors: Mapping[str, int] = field(default_factory=dict)  # who judged, by sector
    seed: str | None = None
    needs_seed: bool = False  # a tie waits for the lottery
    voids: tuple[Voided, ...] = ()
    round: str = ""  # by its code, where a call has several
    before: int = 0  # how many did not come as far as this round


@dataclass(frozen=True)
class Record:
    """An order with its explanation. What is asked of all of it is worked out once: many pages read it."""

    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    context: Context

    def line(self, submission: str) -> Line | None:
        return self._lines.get(submission)

    def steps_of(self, submission: str) -> tuple[Step, ...]:
        """The keys that were tried on the tie of one submission, in the order of the chain."""
        return tuple(self._steps.get(submission, ()))

    @cached_property
    def winners(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.wins)

    @cached_property
    def shared(self) -> tuple[tuple[str, ...], ...]:
        """The submissions that share a place."""
        places: dict[tuple[str, int], list[str]] = {}
        for line in self.lines:
            places.setdefault((line.pool, line.place), []).append(line.submission)
        return tuple(tuple(codes) for codes in places.values() if len(codes) > 1)

    def is_shared(self, line: Line) -> bool:
        """Whether another submission has the same place."""
        return line.submission in self._sharing

    @cached_property
    def chair_ties(self) -> tuple[Step, ...]:
        """The ties that reached the chair's key, decided or not."""
        return tuple(step for step in self.steps if step.key == TieKeyKind.CHAIR)

    @cached_property
    def awaiting_chair(self) -> tuple[Step, ...]:
        """Those without a recorded decision."""
        return tuple(step for step in self.chair_ties if step.awaits_chair)

    @cached_property
    def chair_must_decide(self) -> tuple[Step, ...]:
        """Those of them that touch a winning place; the others may be left to the next key."""
        return tuple(step for step in self.awaiting_chair if self.touches_winners(step))

    @cached_property
    def settled(self) -> tuple[Step, ...]:
        """The ties that something decided, without those that the chair must still decide."""
        waiting = {code for step in self.chair_must_decide for code in step.submissions}
        return tuple(step for step in self.steps if step.decided and waiting.isdisjoint(step.submissions))

    @cached_property
    def settled_for_winners(self) -> tuple[Step, ...]:
        """Those of them that touch a winning place."""
        return tuple(step for step in self.settled if self.touches_winners(step))

    def touches_winners(self, step: Step) -> bool:
        places = (line.place for code in step.submissions if (line := self.line(code)))
        return any(place <= self.context.winners for place in places)

    @property
    def is_of_own_marks(self) -> bool:
        """Whether it is one order, of the marks of one round alone: what a study can study."""
        return not any(line.pool or line.own is not None for line in self.lines)

    @property
    def received(self) -> int:
        context = self.context
        return len(self.lines) + len(context.exclusions) + len(context.withdrawn) + context.before

    @cached_property
    def _lines(self) -> dict[str, Line]:
        return {line.submission: line for line in self.lines}

    @cached_property
    def _steps(self) -> dict[str, list[Step]]:
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            for code in step.submissions:
                found.setdefault(code, []).append(step)
        return found

    @cached_property
    def _sharing(self) -> frozenset[str]:
        return frozenset(code for codes in self.shared for code in codes)


def record_of(ranking: Ranking, context: Context, pools: Mapping[str, str] | None = None) -> Record:
    """What is kept of a ranking. A place is void only while those stand there of whom the jury said so.

    ``pools``: of each submission, where the round has any.
    """
    standing: dict[int, list[str]] = {}
    for line in ranking.lines:
        standing.setdefault(line.place, []).append(line.submission)
    voids = tuple(
        void for void in context.voids if sorted(standing.get(void.place, ())) == [*void.submissions]
    )
    context, void = replace(context, voids=voids), {one.place for one in voids}
    lines = tuple(
        _line(line, context.winners, is_void=line.place in void, pool=(pools or {}).get(line.submission, ""))
        for line in ranking.lines
    )
    return Record(lines, tuple(_step(step) for step in ranking.steps), context)


def written(record: Record) -> str:
    """The record as canonical JSON. ``read`` is its inverse."""
    document = {
        "format": FORMAT,
        "lines": [_line_document(line) for line in record.lines],
        "steps": [
            {"key": step.key, "groups": step.groups, "values": dict(step.values)} for step in record.steps
        ],
        "version": record.context.version,
        "winners": record.context.winners,
        "excluded": [
            {"submission": one.submission, "reason": one.reason} for one in record.context.exclusions
        ],
        "withdrawn": record.context.withdrawn,
        "reviews": dict(record.context.reviews),
        "jurors": dict(record.context.jurors),
        "seed": record.context.seed,
        "needs_seed": record.context.needs_seed,
    }
    if record.context.round:
        document |= {"round": record.context.round, "before": record.context.before}
    if record.context.voids:  # only then: orders of before there were any keep their bytes
        document["voids"] = [[one.place, one.submissions, one.reason] for one in record.context.voids]
    return canonical_json(document)


@lru_cache(maxsize=32)
def read(text: str) -> Record:
    """The record in a text that ``written`` made."""
    document = json.loads(text)
    context = Context(
        version=document["version"],
        winners=document["winners"],
        exclusions=tuple(Exclusion(**one) for one in document["excluded"]),
        withdrawn=tuple(document["withdrawn"]),
        reviews=document["reviews"],
        jurors=document["jurors"],
        seed=document["seed"],
        needs_seed=document["needs_seed"],
        voids=tuple(Voided(place, tuple(codes), why) for place, codes, why in document.get("voids", ())),
        round=document.get("round", ""),
        before=document.get("before", 0),
    )
    steps = tuple(
        Step(one["key"], tuple(tuple(group) for group in one["groups"]), one["values"])
        for one in document["steps"]
    )
    return Record(tuple(_read_line(one) for one in document["lines"]), steps, context)


def wins(place: int, winners: int, *, passes: bool | None) -> bool:
    """Whether a place wins: it is one of the first, and reaches the cut-off where there is one."""
    return place <= winners and passes is not False


def _line(line: Ranked, winners: int, *, is_void: bool, pool: str) -> Line:
    return Line(
        place=line.place,
        submission=line.submission,
        score=line.score,
        wins=not is_void and wins(line.place, winners, passes=line.passes),
        ballots=len(line.panel.ballots),
        decided_by=line.decided_by,
        passes=line.passes,
        criteria=dict(line.panel.criteria),
        sectors=tuple(SectorPart(s.sector, s.ballots, s.score, s.share) for s in line.panel.sectors),
        missing_sectors=line.panel.missing_sectors,
        evaluators=tuple(
            EvaluatorsPart(one.group, one.ballots, one.score, one.share) for one in line.panel.evaluators
        ),
        pool=pool,
        own=None if line.panel.score == line.score else line.panel.score,
    )


def _step(step: TieStep) -> Step:
    return Step(step.key, step.groups, {code: _text(value) for code, value in step.values.items()})


def _text(value: TieValue) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _line_document(line: Line) -> dict[str, Any]:
    document = {
        "place": line.place,
        "submission": line.submission,
        "score": str(line.score),
        "wins": line.wins,
        "ballots": line.ballots,
        "decided_by": line.decided_by,
        "passes": line.passes,
        "criteria": [[code, str(value)] for code, value in line.criteria.items()],
        "sectors": [[s.sector, s.ballots, str(s.score), str(s.share)] for s in line.sectors],
        "missing_sectors": line.missing_sectors,
    }
    if line.pool:
        document["pool"] = line.pool
    if line.own is not None:
        document["own"] = str(line.own)
    if line.evaluators:  # only then: orders of before there were any keep their bytes
        document["evaluators"] = [
            [one.group, one.ballots, str(one.score), str(one.share)] for one in line.evaluators
        ]
    return document


def _read_line(document: Mapping[str, Any]) -> Line:
    return Line(
        place=document["place"],
        submission=document["submission"],
        score=Fraction(document["score"]),
        wins=document["wins"],
        ballots=document["ballots"],
        decided_by=document["decided_by"],
        passes=document["passes"],
        criteria={code: Fraction(value) for code, value in document["criteria"]},
        sectors=tuple(_read_sectors(document["sectors"])),
        missing_sectors=tuple(document["missing_sectors"]),
        evaluators=tuple(
            EvaluatorsPart(group, ballots, Fraction(score), Fraction(share))
            for group, ballots, score, share in document.get("evaluators", ())
        ),
        pool=document.get("pool", ""),
        own=Fraction(document["own"]) if "own" in document else None,
    )


def _read_sectors(rows: Iterable[Any]) -> list[SectorPart]:
    return [
        SectorPart(code, ballots, Fraction(score), Fraction(share)) for code, ballots, score, share in rows
    ]
