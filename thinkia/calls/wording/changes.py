"""What changed between two versions of the bases, in words: where, what it said, what it says."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from thinkia.calls.wording import WINDOWS
from thinkia.calls.wording.dates import time_left
from thinkia.calls.wording.numbers import listed, number
from thinkia.calls.wording.ranking import PUBLICATION, criterion_title, scale_words, tie_sentences
from thinkia.calls.wording.rounds import advance_sentence, pools_words, readers
from thinkia.domain.bases import (
    Bases,
    Deliberation,
    JuryRules,
    Method,
    MethodName,
    MissingSector,
    PersonAttribute,
    QuestionKind,
    Round,
    Window,
)
from thinkia.domain.bases_check.rounds import OWN
from thinkia.domain.changes import Difference, Shortening, differences
from thinkia.domain.rounds import Advance, AtLine, EarlierMarks, PoolBy, Pools
from thinkia.domain.rubric import Aggregate, JustifyAt, MarksToScore, Rubric, Scale
from thinkia.domain.text import Bilingual
from thinkia.web.locale import moment, sector_name
from thinkia.web.pages import plain, text

KEYS = {
    "title": _l("Title"),
    "summary": _l("Summary"),
    "description": _l("Description"),
    "host": _l("Host"),
    "partners": _l("Partners"),
    "name": _l("Name"),
    "sector": _l("Sector"),
    "url": _l("Web address"),
    "contact_email": _l("Contact"),
    "time_zone": _l("Time zone"),
    "calendar": _l("Dates"),
    "registration": _l("Registration"),
    "team_formation": _l("Team formation"),
    "submission": _l("Submission"),
    "evaluation": _l("Evaluation"),
    "results": _l("Result"),
    "opens": _l("opens"),
    "closes": _l("closes"),
    "grace_seconds": _l("Seconds of grace"),
    "hand_in_drafts": _l("Complete drafts are handed in by themselves"),
    "challenges": _l("Challenges"),
    "eligibility": _l("Who can apply"),
    "min_age": _l("Lowest age"),
    "max_age": _l("Highest age"),
    "provinces": _l("Provinces"),
    "residents_only": _l("Only residents"),
    "notes": _l("Other conditions"),
    "team": _l("Teams"),
    "min": _l("Least"),
    "max": _l("Most"),
    "composition": _l("Composition"),
    "one_team_per_person": _l("One team per person"),
    "changes_after_close": _l("Changes after the close"),
    "questions": _l("What to hand in"),
    "kind": _l("Kind"),
    "hint": _l("Hint"),
    "required": _l("Required"),
    "identifies": _l("Says who applies"),
    "max_characters": _l("Characters at most"),
    "max_words": _l("Words at most"),
    "options": _l("Options"),
    "hosts": _l("Allowed sites"),
    "types": _l("Types of file"),
    "max_bytes": _l("Bytes at most"),
    "max_pages": _l("Pages at most"),
    "statement": _l("Declaration"),
    "rubric": _l("Rubric"),
    "aggregate": _l("How marks add up"),
    "marks_to_score": _l("From marks to score"),
    "criteria": _l("Criteria"),
    "scale": _l("Scale"),
    "weight": _l("Weight"),
    "group": _l("Group"),
    "groups": _l("Groups of evaluators"),
    "question": _l("Question"),
    "answer": _l("Answer"),
    "anchors": _l("Meaning of the marks"),
    "items": _l("Items"),
    "justify": _l("Reason asked for"),
    "caps": _l("Most points of a group"),
    "justify_at": _l("Reason asked for some marks"),
    "method": _l("Method"),
    "sectors": _l("Sectors"),
    "missing_sector": _l("If a sector is missing"),
    "evaluators": _l("Groups of evaluators"),
    "missing_evaluators": _l("If a group of evaluators is missing"),
    "trim": _l("Reviews left out at each end"),
    "tie_break": _l("Ties"),
    "cut_off": _l("Cut-off"),
    "jury": _l("Jury"),
    "size": _l("Size"),
    "balance": _l("Balance"),
    "published": _l("Names are public"),
    "language_question": _l("Question that says the language"),
    "extra": _l("Extra seats"),
    "bids": _l("Jurors say what they would like to read"),
    "blind": _l("The jury reads without names"),
    "deliberation": _l("Deliberation"),
    "rounds": _l("Rounds"),
    "advance": _l("Who goes on"),
    "top": _l("So many go on"),
    "top_per_pool": _l("So many of each pool go on"),
    "by_hand": _l("Named one by one"),
    "pools": _l("Pools"),
    "by": _l("Parted by"),
    "at_line": _l("A place shared at the line"),
    "waiting": _l("Waiting list"),
    "marks": _l("Earlier marks"),
    "share": _l("Share of the round"),
    "prizes": _l("Prizes"),
    "place": _l("Place"),
    "amount": _l("Amount"),
    "currency": _l("Currency"),
    "winners": _l("Winners"),
    "publication": _l("What is published"),
    "appeals": _l("Appeals"),
    "days": _l("Days"),
    "working_days": _l("Only working days count"),
    "holidays": _l("Holidays"),
    "faq": _l("Frequent questions"),
    "source": _l("Source"),
    "order": _l("Order"),
}

NAMES: dict[StrEnum, Any] = {
    MethodName.MEAN: _l("mean of the jurors"),
    MethodName.SECTOR_BALANCED: _l("balanced by sector"),
    MethodName.TRIMMED_MEAN: _l("mean without the extremes"),
    MethodName.SUM: _l("sum of the jurors"),
    MethodName.SEVERITY_ADJUSTED: _l("adjusted for severity"),
    MethodName.BORDA: _l("places in each juror's order (Borda)"),
    MethodName.Z_SCORE: _l("standardised by juror (z-score)"),
    MissingSector.REFUSE: _l("the proposal is not ranked"),
    MissingSector.REDISTRIBUTE: _l("its weight is shared out"),
    Aggregate.WEIGHTED_MEAN: _l("weighted mean"),
    Aggregate.SUM: _l("sum of points"),
    MarksToScore.OF_MAX: _l("mark divided by the highest"),
    JustifyAt.EXTREMES: _l("the lowest and the highest"),
    MarksToScore.MIN_MAX: _l("place between the lowest and the highest"),
    QuestionKind.SHORT_TEXT: _l("short text"),
    QuestionKind.LONG_TEXT: _l("long text"),
    QuestionKind.CHOICE: _l("choice"),
    QuestionKind.MULTIPLE_CHOICE: _l("multiple choice"),
    QuestionKind.NUMBER: _l("number"),
    QuestionKind.ADDRESS: _l("web address"),
    QuestionKind.FILE: _l("file"),
    QuestionKind.DECLARATION: _l("declaration"),
    PersonAttribute.GENDER: _l("gender"),
    PersonAttribute.INSTITUTION: _l("institution"),
    PersonAttribute.DISCIPLINE: _l("discipline"),
    PersonAttribute.PROVINCE: _l("province"),
    PoolBy.CHALLENGE: _l("the challenge"),
    PoolBy.QUESTION: _l("the answer to a question"),
    PoolBy.LIST: _l("a list"),
    AtLine.REFUSE: _l("the round waits for a decision"),
    AtLine.TAKE_ALL: _l("all who share it go on"),
    EarlierMarks.RESET: _l("do not count"),
    EarlierMarks.CARRIED: _l("count by their share"),
    Deliberation.ANONYMOUS: _l("Yes, without names beside the marks"),
    Deliberation.NAMED: _l("Yes, with names beside the marks"),
}


class Said(NamedTuple):
    """One difference: where it is, and both texts. Empty where nothing was or is said."""

    where: str
    before: str | Markup
    after: str | Markup


def told_differences(before: Bases, after: Bases) -> list[Said]:
    """Every difference in words, in the order of the call file."""
    return [_told(one, before, after) for one in differences(before, after)]


def path_words(path: tuple[str | int, ...], bases: Bases) -> str:
    """As in "Challenges › Agua que cuenta › Title": keys by name, items by their title or number."""
    steps, value = [], bases
    for step in path:
        value = _within(value, step)
        name = KEYS.get(str(step)) if isinstance(step, str) else None
        title = getattr(value, "title", None) if not name else None
        if name:
            steps.append(str(name))
        elif isinstance(title, Bilingual) and title:
            steps.append(plain(title))
        else:
            steps.append(str(step + 1) if isinstance(step, int) else sector_name(step))
    return " › ".join(steps)


def own_rules(bases: Bases, one: Round) -> list[tuple[str, str | Markup]]:
    """What a round says in the place of the call: which key, and what it says there."""
    held = ((key, getattr(one, key)) for key in OWN)
    return [(str(KEYS[key]), _value(value, bases, ("rounds", one.code, key))) for key, value in held if value]


def shortening_sentence(one: Shortening, zone: str) -> str:
    return _(
        "%(window)s would close %(time)s earlier than announced: on %(after)s instead of %(before)s.",
        window=WINDOWS[one.window] if one.round is None else plain(one.round.title) or one.round.code,
        time=time_left(one.before - one.after),
        after=moment(one.after, zone),
        before=moment(one.before, zone),
    )


def _told(one: Difference, before: Bases, after: Bases) -> Said:
    where = path_words(one.path, after if _reachable(after, one.path) else before)
    return Said(where, _value(one.before, before, one.path), _value(one.after, after, one.path))


def _value(value: Any, bases: Bases, path: tuple[str | int, ...]) -> str | Markup:
    if value is None or value == ():
        return ""
    if path[-1] == "tie_break":
        return listed(tie_sentences(_with_rules_of(bases, path)))
    if isinstance(value, Bilingual):
        return Markup("{} · {}").format(value.es, value.en) if value.es and value.en else text(value)
    if isinstance(value, tuple):
        return listed(_value(item, bases, path) for item in value)
    return _plain_value(value, bases.time_zone)


def _with_rules_of(bases: Bases, path: tuple[str | int, ...]) -> Bases:
    """The bases, with the rules of the round that a path leads to."""
    codes = [one.code for one in bases.rounds]
    return bases.in_round(codes.index(str(path[1]))) if path[0] == "rounds" else bases


def _plain_value(value: Any, zone: str) -> str:
    for kind, words in _WORDS:
        if isinstance(value, kind):
            return words(value, zone)
    title = getattr(value, "title", None) or getattr(value, "question", None) or getattr(value, "name", None)
    return plain(title) if isinstance(title, Bilingual) else str(title or value)


_WORDS: tuple[tuple[Any, Callable[[Any, str], str]], ...] = (
    (bool, lambda value, _zone: _("Yes") if value else _("No")),
    (datetime, moment),
    (Window, lambda value, zone: f"{moment(value.opens, zone)} – {moment(value.closes, zone)}"),
    (int | Decimal, lambda value, _zone: number(value)),
    (Scale, lambda value, _zone: scale_words(value)),
    (Rubric, lambda value, _zone: str(listed(criterion_title(one) for one in value.criteria))),
    (Method, lambda value, _zone: str(NAMES[value.name])),
    (JuryRules, lambda value, _zone: readers(value)),
    (Advance, lambda value, _zone: advance_sentence(value)),
    (Pools, lambda value, _zone: pools_words(value)),
    (StrEnum, lambda value, _zone: str(NAMES.get(value) or PUBLICATION.get(value) or value.value)),
)


def _within(value: Any, step: str | int) -> Any:
    """The part of a document at one step; items are found by code or number. ``None`` where there is none."""
    if isinstance(value, tuple):
        if isinstance(step, int):
            return value[step] if step < len(value) else None
        return next((item for item in value if getattr(item, "code", None) == step), None)
    if isinstance(value, dict):
        return value.get(step)
    return getattr(value, str(step), None)


def _reachable(value: Any, path: tuple[str | int, ...]) -> bool:
    for step in path:
        value = _within(value, step)
    return value is not None
