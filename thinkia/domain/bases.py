"""The bases of a call: everything its rules say, as data. One document, versioned, frozen once open.

The dataclasses are the schema of the call file (``docs/call-file.md``), in its order. Instants are aware.
``thinkia.domain.bases_check`` says what is wrong with a document, ``phases`` which windows are open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from thinkia.domain.later import LATER
from thinkia.domain.rounds import Advance, AtLine, EarlierMarks, Pools
from thinkia.domain.rubric import Rubric
from thinkia.domain.text import Bilingual


class WindowKind(StrEnum):
    REGISTRATION = "registration"
    TEAM_FORMATION = "team_formation"
    SUBMISSION = "submission"
    EVALUATION = "evaluation"
    RESULTS = "results"


@dataclass(frozen=True, slots=True)
class Window:
    """From ``opens`` (included) to ``closes`` (excluded)."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    registration: Window
    submission: Window
    evaluation: Window
    results: datetime  # when the result is promised
    team_formation: Window | None = None  # absent: as long as registration and submission last
    grace_seconds: int = 900
    hand_in_drafts: bool = field(default=False, metadata={LATER: True})  # complete ones, by themselves


@dataclass(frozen=True, slots=True)
class Partner:
    name: str
    sector: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A problem that the call opens (a *reto*). A submission answers one."""

    code: str
    title: Bilingual
    summary: Bilingual = field(default_factory=Bilingual)
    description: Bilingual = field(default_factory=Bilingual)  # Markdown


@dataclass(frozen=True, slots=True)
class Eligibility:
    min_age: int | None = None
    max_age: int | None = None
    provinces: tuple[str, ...] = ()  # INEC codes, text; empty: everywhere
    residents_only: bool = False
    notes: tuple[Bilingual, ...] = ()  # what no program can check: "no public servants of the host"


class PersonAttribute(StrEnum):
    GENDER = "gender"
    INSTITUTION = "institution"
    DISCIPLINE = "discipline"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class CompositionRule:
    """Either at least ``min`` / at most ``max`` members whose attribute is ``value``,
    or (no ``value``) at most ``max_same`` members who share one value, or at least ``min_different`` values.
    """

    attribute: PersonAttribute
    value: str | None = None
    min: int | None = None
    max: int | None = None
    max_same: int | None = None
    min_different: int | None = None


@dataclass(frozen=True, slots=True)
class TeamRules:
    min: int = 1
    max: int | None = None
    composition: tuple[CompositionRule, ...] = ()
    one_team_per_person: bool = True
    changes_after_close: bool = False


class QuestionKind(StrEnum):
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    MULTIPLE_CHOICE = "multiple_choice"
    NUMBER = "number"
    ADDRESS = "address"  # a web address
    FILE = "file"
    DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Question:
    code: str
    kind: QuestionKind
    title: Bilingual
    hint: Bilingual = field(default_factory=Bilingual)
    required: bool = True
    max_characters: int | None = None
    max_words: int | None = None
    options: tuple[Option, ...] = ()
    min: Decimal | None = None
    max: Decimal | None = None
    hosts: tuple[str, ...] = ()  # allowed hosts of an address; empty: any
    types: tuple[str, ...] = ()  # file endings without the dot: pdf, png
    max_bytes: int | None = None
    max_pages: int | None = None
    statement: Bilingual = field(default_factory=Bilingual)
    challenges: tuple[str, ...] = ()  # asked only for these; empty: for all
    # The answer says who applies: a jury that reads without names does not read it.
    identifies: bool = field(default=False, metadata={LATER: True})


TEXT_KINDS = frozenset({QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT})
CHOICE_KINDS = frozenset({QuestionKind.CHOICE, QuestionKind.MULTIPLE_CHOICE})
FILE_TYPES = ("pdf", "png", "jpg", "jpeg", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt", "zip")
"""Endings that a file question may allow: what can be told apart by content and served as an attachment."""


class MethodName(StrEnum):
    MEAN = "mean"
    SECTOR_BALANCED = "sector_balanced"
    TRIMMED_MEAN = "trimmed_mean"
    SUM = "sum"
    BORDA = "borda"
    Z_SCORE = "z_score"
    SEVERITY_ADJUSTED = "severity_adjusted"


COMPARING = frozenset({MethodName.BORDA, MethodName.Z_SCORE})
"""Methods that hold a juror's marks against one another, so that only what one and the same juror read
is compared. Where jurors read proposals of different quality they mislead.
"""


class MissingSector(StrEnum):
    REFUSE = "refuse"
    REDISTRIBUTE = "redistribute"


@dataclass(frozen=True, slots=True)
class Method:
    name: MethodName = MethodName.MEAN
    sectors: Mapping[str, Decimal] = field(default_factory=dict)
    missing_sector: MissingSector = MissingSector.REFUSE
    trim: int = field(default=1, metadata={LATER: True})  # trimmed_mean: ballots left out at each end
    # Groups of evaluators with a share each, as jury 50 and users 50: each is scored by the method apart.
    evaluators: Mapping[str, Decimal] = field(default_factory=dict, metadata={LATER: True})
    missing_evaluators: MissingSector = field(default=MissingSector.REFUSE, metadata={LATER: True})

    @property
    def balances(self) -> bool:
        """Whether sectors are averaged by their weights; scores adjusted for severity may be, too."""
        adjusts = self.name is MethodName.SEVERITY_ADJUSTED
        return self.name is MethodName.SECTOR_BALANCED or (adjusts and bool(self.sectors))


class TieKeyKind(StrEnum):
    CRITERION = "criterion"
    GROUP = "group"
    CHAIR = "chair"
    SUBMITTED_AT = "submitted_at"
    LOTTERY = "lottery"
    FEWER = "fewer"  # of a metric
    MORE = "more"


@dataclass(frozen=True, slots=True)
class TieKey:
    """One step of the tie chain. A lottery has a literal ``seed`` (offline, past calls) or names its public
    ``source`` and the instant ``drawn_at`` after the close; then the seed is recorded.
    """

    key: TieKeyKind
    code: str | None = None
    seed: str | None = None
    source: Bilingual = field(default_factory=Bilingual)
    drawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SectorQuota:
    min: int = 0
    max: int | None = None


class Deliberation(StrEnum):
    """Jurors who are final on a proposal see how its panel's marks lie, by name or not, and talk it over."""

    ANONYMOUS = "anonymous"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Evaluators:
    """What a group of evaluators is called, and its part of every panel."""

    size: int
    title: Bilingual = field(default_factory=Bilingual)
    sectors: Mapping[str, SectorQuota] = field(default_factory=dict)
    extra: int = field(default=0, metadata={LATER: True})


@dataclass(frozen=True, slots=True)
class JuryRules:
    size: int
    sectors: Mapping[str, SectorQuota] = field(default_factory=dict)
    balance: int = 0
    published: bool = True  # jurors' names and sectors are public once invited ones accepted
    bids: bool = field(default=False, metadata={LATER: True})  # jurors say what they would like to read
    extra: int = field(default=0, metadata={LATER: True})  # seats above the size, where readers can be spared
    # The question whose answer says in which language a proposal is written: who reads, reads that language.
    language_question: str = field(default="", metadata={LATER: True})
    # Jurors read without the names of those who apply, until the result is public.
    blind: bool = field(default=False, metadata={LATER: True})
    deliberation: Deliberation | None = None  # absent: what is final stays as it is, and nobody compares
    # The groups of ``method.evaluators``: each sends its own part of a panel, by rules of its own.
    groups: Mapping[str, Evaluators] = field(default_factory=dict, metadata={LATER: True})

    @property
    def largest(self) -> int:
        """How many jurors a panel can have, extra ones included."""
        return self.size + self.extra + sum(group.extra for group in self.groups.values())

    def of_group(self, code: str) -> "JuryRules":
        """The rules of one group's part of a panel, as if nobody else sat there."""
        one = self.groups[code]
        return replace(self, size=one.size, sectors=one.sectors, extra=one.extra, groups={})

    @property
    def parts(self) -> Mapping[str, "JuryRules"]:
        """The rules of each group's part of a panel; without groups these very rules, under no name."""
        return {code: self.of_group(code) for code in self.groups} or {"": self}


@dataclass(frozen=True, slots=True)
class Prize:
    title: Bilingual
    place: int | None = None
    amount: Decimal | None = None
    currency: str = ""
    description: Bilingual = field(default_factory=Bilingual)


class PublicationLevel(StrEnum):
    """What the public results page shows beside the winners' names."""

    SCORES = "scores"  # default: winners named, others by code with their scores
    ORDER = "order"  # winners named, others by code in order, no scores
    WINNERS = "winners"  # winners only
    ALPHABETICAL = "alphabetical"  # winners only, without their order
    VERDICT = "verdict"  # nothing but that there is a verdict


@dataclass(frozen=True, slots=True)
class Appeals:
    """For how long after publication a team may ask for a review of its result."""

    days: int
    working_days: bool = True  # Monday to Friday, without the holidays
    holidays: tuple[str, ...] = ()  # as 2026-12-25


@dataclass(frozen=True, slots=True)
class Faq:
    question: Bilingual
    answer: Bilingual


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts of a shipped real call come from, and which keys we added."""

    title: str
    url: str = ""
    note: Bilingual = field(default_factory=Bilingual)
    added: tuple[str, ...] = ()  # keys of the file, dotted: "tie_break", "calendar.results"


@dataclass(frozen=True, slots=True)
class Round:
    """One of several rounds. What it does not say of rubric, method, ties and jury is as the call says. The
    last round has no ``advance``: its order is the result, and the call's cut-off is of it.
    """

    code: str
    title: Bilingual = field(default_factory=Bilingual)
    evaluation: Window | None = None  # absent: the call's
    rubric: Rubric | None = None
    method: Method | None = None
    tie_break: tuple[TieKey, ...] = ()
    jury: JuryRules | None = None
    pools: Pools | None = None
    advance: Advance | None = None
    at_line: AtLine = AtLine.REFUSE
    waiting: int = 0  # who comes next, of each pool, should somebody who went on withdraw
    marks: EarlierMarks = EarlierMarks.RESET
    share: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class RankingRules:
    """The part of the bases that turns marks into an order: enough for ``flask results rank``."""

    rubric: Rubric
    method: Method = field(default_factory=Method)
    tie_break: tuple[TieKey, ...] = ()
    cut_off: Decimal | None = None
    rounds: tuple[Round, ...] = ()

    def in_round(self, number: int) -> "RankingRules":
        """The rules of one round, counted from 0."""
        one = self.rounds[number]
        return RankingRules(
            one.rubric or self.rubric,
            one.method or self.method,
            one.tie_break or self.tie_break,
            self.cut_off if one.advance is None else one.advance.cut_off,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bases:
    schema_version: int = 1
    code: str
    title: Bilingual
    summary: Bilingual = field(default_factory=Bilingual)
    description: Bilingual = field(default_factory=Bilingual)  # Markdown
    host: Partner | None = None  # who convenes, as readers see it; who may manage the call is not said here
    partners: tuple[Partner, ...] = ()
    contact_email: str = ""
    time_zone: str
    calendar: Calendar
    challenges: tuple[Challenge, ...] = ()
    eligibility: Eligibility = field(default_factory=Eligibility)
    team: TeamRules = field(default_factory=TeamRules)
    questions: tuple[Question, ...] = ()
    rubric: Rubric
    method: Method = field(default_factory=Method)
    tie_break: tuple[TieKey, ...] = ()
    cut_off: Decimal | None = None
    jury: JuryRules
    rounds: tuple[Round, ...] = field(default=(), metadata={LATER: True})  # none: the call is judged once
    prizes: tuple[Prize, ...] = ()
    winners: int = 1  # how many places are winners
    publication: PublicationLevel = PublicationLevel.SCORES
    appeals: Appeals | None = None  # absent: a team writes to the contact, and no form takes an appeal
    faq: tuple[Faq, ...] = ()
    source: Source | None = None

    @property
    def ranking_rules(self) -> RankingRules:
        """What ``flask results rank`` needs of a call."""
        return RankingRules(self.rubric, self.method, self.tie_break, self.cut_off, self.rounds)

    @property
    def each_round(self) -> "dict[str, Bases]":
        """By its code, the call as each round has it; judged once, the call itself, under no code."""
        return {one.code: self.in_round(number) for number, one in enumerate(self.rounds)} or {"": self}

    def in_round(self, number: int) -> "Bases":
        """The same call with the rules of one round, counted from 0, in the place of its own."""
        one, rules = self.rounds[number], self.ranking_rules.in_round(number)
        return replace(
            self,
            rubric=rules.rubric,
            method=rules.method,
            tie_break=rules.tie_break,
            cut_off=rules.cut_off,
            jury=one.jury or self.jury,
            calendar=replace(self.calendar, evaluation=one.evaluation or self.calendar.evaluation),
            rounds=(),
        )
