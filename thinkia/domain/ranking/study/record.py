"""What is kept of the study of an order: information beside it, that no order and no publication reads.

``written`` gives the same text for the same figures, six decimals at most. It names codes, never people.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

PLACES = 6
SURE = 2  # standard errors


class Caveat(StrEnum):
    """What a reader has to know before any figure."""

    DISCONNECTED = "disconnected"  # parts cannot be compared: places are within each
    TOO_FEW_REVIEWS = "too_few_reviews"  # to tell severity from chance: there is no adjusted order
    NO_SEVERITY_SEEN = "no_severity_seen"  # jurors differ by no more than chance
    NO_QUALITY_SEEN = "no_quality_seen"  # submissions do


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one submission may stand: the places that hold 90 % of the draws, the share of draws in which it
    is inside the cut, and whether it may as well be inside as not.
    """

    low: int
    high: int
    inside: float | None
    tied: bool


@dataclass(frozen=True, slots=True)
class Variant:
    """The same marks in another order: who would win and would not, which of the winners' places would be of
    somebody else, and how far the two orders agree (τ, −1 to 1).
    """

    name: str
    enter: tuple[str, ...]
    leave: tuple[str, ...]
    moved: tuple[int, ...]
    agreement: float | None

    @property
    def same_winners(self) -> bool:
        return not self.enter and not self.leave


@dataclass(frozen=True, slots=True)
class Without:
    """What changes when one juror's reviews are left out: only jurors without whom somebody else wins."""

    juror: str
    enter: tuple[str, ...]
    leave: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JurorFigures:
    """One juror, for the chair. What could not be said is ``None``; ``far``: proposals that he or she marked
    far from all others; ``excused``: reviews that were not given, with a reason; ``drift``: as
    ``Diagnosis`` says.
    """

    juror: str
    sectors: tuple[str, ...]
    reviews: int
    excused: int
    mean: float
    severity: float | None
    severity_error: float | None
    spread: float | None
    consistency: float | None
    noise: float | None
    far: tuple[str, ...]
    alike: int
    same_score: bool
    drift: float | None = None
    drift_error: float | None = None


@dataclass(frozen=True, slots=True)
class SectorFigures:
    sector: str
    jurors: int
    severity: float
    severity_error: float


@dataclass(frozen=True, slots=True)
class PanelFigures:
    """How far the jury agrees: Krippendorff's α (interval), the share of quality in one mark and in the mean
    of a submission, and the intraclass correlation of the mean where everybody read everything.
    """

    alpha: float | None
    single: float | None
    mean: float | None
    icc: float | None


@dataclass(frozen=True, slots=True)
class StudyRecord:
    """A study as pages read it. ``spots`` by submission; empty where nothing can be said of places.
    ``counts``: what the sentences about caveats need.
    """

    caveats: tuple[str, ...]
    counts: Mapping[str, int]
    spots: Mapping[str, Spot]
    variants: tuple[Variant, ...]
    without: tuple[Without, ...]
    jurors: tuple[JurorFigures, ...]
    sectors: tuple[SectorFigures, ...]
    panel: PanelFigures
    draws: int
    seed: int
    unsure: tuple[str, ...] = field(default=())  # the submissions round the cut that only chance parts


def reads(severity: float | None, error: float | None) -> str:
    """``stricter`` or ``kinder`` than the others beyond two standard errors, otherwise ``alike``."""
    if severity is None or error is None or abs(severity) <= SURE * error or severity == 0:
        return "alike"
    return "stricter" if severity < 0 else "kinder"


def written(record: StudyRecord) -> str:
    """The record as one text; ``read`` is its inverse."""
    document = asdict(record)
    document["spots"] = {
        code: [spot.low, spot.high, spot.inside, spot.tied] for code, spot in record.spots.items()
    }
    return json.dumps(_rounded(document), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@lru_cache(maxsize=16)
def read(text: str) -> StudyRecord:
    """The record in a text that ``written`` made."""
    document = json.loads(text)
    several = {
        "variants": Variant,
        "without": Without,
        "jurors": JurorFigures,
        "sectors": SectorFigures,
    }
    lists = {name: tuple(_made(kind, one) for one in document[name]) for name, kind in several.items()}
    return StudyRecord(
        caveats=tuple(document["caveats"]),
        counts=document["counts"],
        spots={code: Spot(*values) for code, values in document["spots"].items()},
        panel=PanelFigures(**document["panel"]),
        draws=document["draws"],
        seed=document["seed"],
        unsure=tuple(document["unsure"]),
        **lists,
    )


def _made(kind: Any, values: Mapping[str, Any]) -> Any:
    return kind(**{name: tuple(one) if isinstance(one, list) else one for name, one in values.items()})


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, PLACES) + 0.0
    if isinstance(value, Mapping):
        return {key: _rounded(held) for key, held in value.items()}
    return [_rounded(held) for held in value] if isinstance(value, list | tuple) else value
