"""The whole document: each part is asked, and every text is looked at."""

import re
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from thinkia.domain.appeals import LONGEST, holiday
from thinkia.domain.bases import Bases, JuryRules, Partner, Prize, QuestionKind, RankingRules
from thinkia.domain.bases_check.calendar import calendar_problems
from thinkia.domain.bases_check.kinds import Path, Problem, ProblemKind, Problems
from thinkia.domain.bases_check.people import eligibility_problems, team_problems
from thinkia.domain.bases_check.questions import question_problems
from thinkia.domain.bases_check.ranking import (
    cut_off_problems,
    group_problems,
    jury_problems,
    method_problems,
    sectors_problems,
    tie_problems,
)
from thinkia.domain.bases_check.rounds import pool_problems, round_problems, window_problems
from thinkia.domain.bases_check.rubric import rubric_problems
from thinkia.domain.bases_check.walk import parts
from thinkia.domain.codes import is_call_code, is_code, repeated
from thinkia.domain.currencies import CURRENCIES
from thinkia.domain.zones import zone_named

VERSIONS = (1,)
LONGEST_TEXT = 20_000
EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\".]+(\.[^@\s<>\".]+)+")


def problems(
    bases: Bases, without: frozenset[str] = frozenset(), partly: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """Every contradiction. ``without``: keys that could not be read; what concerns them is not asked.
    ``partly``: keys of lists that lack items which could not be read; the others are asked one by one.
    """
    rules = bases.ranking_rules
    found = [one for check, keys in _CHECKS if not keys & without for one in check(bases)]
    if not {"questions", "challenges"} & without and "challenges" not in partly:
        found += _asked_of(bases)
    if not {"questions", "jury", "rounds"} & without and "questions" not in partly:
        found += _language_problems(bases)
    if not {"rounds", "questions"} & without and "questions" not in partly:
        found += pool_problems(bases)
    if not {"rounds", "calendar", "time_zone"} & without:
        found += window_problems(bases)
    found += ranking_problems(rules, bases.jury, bases=bases, without=without, partly=partly)
    found += [
        one
        for field in fields(bases)
        if field.name not in without
        for one in _text_problems(getattr(bases, field.name), (field.name,))
    ]
    return tuple(found)


def ranking_problems(
    rules: RankingRules,
    jury: JuryRules | None,
    *,
    bases: Bases | None = None,
    without: frozenset[str] = frozenset(),
    partly: frozenset[str] = frozenset(),
) -> tuple[Problem, ...]:
    """Every contradiction in the way from marks to an order; ``bases`` and ``jury`` where they are known."""
    found: list[Problem] = []
    whole = "rubric" not in without | partly
    sound = False
    if "rubric" not in without:
        broken = tuple(rubric_problems(rules.rubric, whole=whole))
        found += broken
        sound = whole and not broken
    known_jury = jury if "jury" not in without else None
    if known_jury is not None:
        broken = tuple(jury_problems(known_jury))
        found += broken
        known_jury = None if broken else known_jury
    if "method" not in without:
        found += method_problems(rules.method, known_jury)
        found += group_problems(rules.method, jury) if jury and "jury" not in without else ()
        if sound and rules.cut_off is not None and "cut_off" not in without:
            found += cut_off_problems(rules.cut_off, rules.rubric, rules.method, known_jury)
    if "tie_break" not in without:
        dated = bases is not None and not {"calendar", "time_zone"} & without
        calendar = bases.calendar if dated and bases else None
        zone = zone_named(bases.time_zone) if dated and bases else None
        found += tie_problems(rules.tie_break, rules.rubric if whole else None, calendar, zone)
    if not without & {"rounds", "rubric", "method", "tie_break", "jury"} and whole:
        found += round_problems(rules, jury, tuple(found), partial(ranking_problems, bases=bases))
    return tuple(found)


# The parts of the document, each with the keys it looks at


def _version_problems(bases: Bases) -> Problems:
    if bases.schema_version not in VERSIONS:
        version = {"version": bases.schema_version, "known": VERSIONS}
        yield Problem(("schema_version",), ProblemKind.VERSION_UNKNOWN, version)


def _code_problems(bases: Bases) -> Problems:
    if not is_call_code(bases.code):
        yield Problem(("code",), ProblemKind.CALL_CODE, {"code": bases.code})


def _contact_problems(bases: Bases) -> Problems:
    if bases.contact_email and not EMAIL.fullmatch(bases.contact_email):
        yield Problem(("contact_email",), ProblemKind.EMAIL, {"value": bases.contact_email})


def _zone_problems(bases: Bases) -> Problems:
    if zone_named(bases.time_zone) is None:
        yield Problem(("time_zone",), ProblemKind.UNKNOWN_TIME_ZONE, {"value": bases.time_zone})


def _calendar_problems(bases: Bases) -> Problems:
    zone = zone_named(bases.time_zone)
    if zone is not None:
        yield from calendar_problems(bases.calendar, zone)


def _partner_problems(bases: Bases) -> Problems:
    for index, partner in enumerate(bases.partners):
        yield from _one_partner(partner, ("partners", index))


def _host_problems(bases: Bases) -> Problems:
    if bases.host is not None:
        yield from _one_partner(bases.host, ("host",))


def _one_partner(partner: Partner, path: Path) -> Problems:
    if not partner.name.strip():
        yield Problem((*path, "name"), ProblemKind.EMPTY_NAME)
    for one in sectors_problems({partner.sector: None}, ()):
        yield Problem((*path, "sector"), one.kind, one.params)
    yield from _address_problems(partner.url, (*path, "url"))


def _source_problems(bases: Bases) -> Problems:
    if bases.source is not None:
        yield from _address_problems(bases.source.url, ("source", "url"))


def _address_problems(address: str, path: Path) -> Problems:
    if address and not is_web_address(address):
        yield Problem(path, ProblemKind.ADDRESS, {"value": address})


def is_web_address(text: str) -> bool:
    """Whether this is an http(s) address with a host and no user name, blanks or controls."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    clean = not any(character.isspace() or not character.isprintable() for character in text)
    return clean and parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def _challenge_problems(bases: Bases) -> Problems:
    for index, challenge in enumerate(bases.challenges):
        if not is_code(challenge.code):
            yield Problem(("challenges", index, "code"), ProblemKind.CODE, {"code": challenge.code})
    for index, code in repeated(challenge.code for challenge in bases.challenges):
        yield Problem(("challenges", index, "code"), ProblemKind.DUPLICATE_CHALLENGE, {"code": code})


def _prize_problems(bases: Bases) -> Problems:
    placed = [(index, prize.place) for index, prize in enumerate(bases.prizes) if prize.place is not None]
    for again, place in repeated(place for _index, place in placed):
        yield Problem(("prizes", placed[again][0], "place"), ProblemKind.DUPLICATE_PLACE, {"place": place})
    for index, prize in enumerate(bases.prizes):
        yield from _one_prize(prize, ("prizes", index))


def _one_prize(prize: Prize, path: Path) -> Problems:
    if prize.place is not None and prize.place < 1:
        yield Problem((*path, "place"), ProblemKind.PLACE)
    if prize.amount is not None and prize.amount < 0:
        yield Problem((*path, "amount"), ProblemKind.AMOUNT_NEGATIVE)
    if (prize.amount is not None or prize.currency) and prize.currency not in CURRENCIES:
        yield Problem((*path, "currency"), ProblemKind.CURRENCY, {"value": prize.currency})


def _winner_problems(bases: Bases) -> Problems:
    if bases.winners < 1:
        yield Problem(("winners",), ProblemKind.WINNERS)


def _appeal_problems(bases: Bases) -> Problems:
    if bases.appeals is None:
        return
    if not 1 <= bases.appeals.days <= LONGEST:
        yield Problem(("appeals", "days"), ProblemKind.APPEAL_DAYS, {"limit": LONGEST})
    for index, day in enumerate(bases.appeals.holidays):
        if holiday(day) is None:
            yield Problem(("appeals", "holidays", index), ProblemKind.HOLIDAY, {"value": day})


def _question_problems(bases: Bases) -> Problems:
    yield from question_problems(bases.questions)


def _asked_of(bases: Bases) -> Problems:
    known = tuple(challenge.code for challenge in bases.challenges)
    for index, question in enumerate(bases.questions):
        for code in question.challenges:
            if code not in known:
                path = ("questions", index, "challenges")
                yield Problem(path, ProblemKind.UNKNOWN_CHALLENGE, {"code": code, "known": known})


def _language_problems(bases: Bases) -> Problems:
    """A language is one answer of several: whoever reads names the same ones."""
    known = {one.code for one in bases.questions if one.kind is QuestionKind.CHOICE}
    juries: list[tuple[Path, JuryRules]] = [(("jury",), bases.jury)]
    juries += [(("rounds", at, "jury"), one.jury) for at, one in enumerate(bases.rounds) if one.jury]
    for path, jury in juries:
        code = jury.language_question
        if code and code not in known:
            yield Problem((*path, "language_question"), ProblemKind.LANGUAGE_QUESTION, {"code": code})


def _eligibility_problems(bases: Bases) -> Problems:
    yield from eligibility_problems(bases.eligibility)


def _team_problems(bases: Bases) -> Problems:
    yield from team_problems(bases.team)


_CHECKS: tuple[tuple[Callable[[Bases], Problems], frozenset[str]], ...] = (
    (_version_problems, frozenset({"schema_version"})),
    (_code_problems, frozenset({"code"})),
    (_contact_problems, frozenset({"contact_email"})),
    (_zone_problems, frozenset({"time_zone"})),
    (_calendar_problems, frozenset({"calendar", "time_zone"})),
    (_partner_problems, frozenset({"partners"})),
    (_host_problems, frozenset({"host"})),
    (_source_problems, frozenset({"source"})),
    (_challenge_problems, frozenset({"challenges"})),
    (_eligibility_problems, frozenset({"eligibility"})),
    (_team_problems, frozenset({"team"})),
    (_question_problems, frozenset({"questions"})),
    (_prize_problems, frozenset({"prizes"})),
    (_winner_problems, frozenset({"winners"})),
    (_appeal_problems, frozenset({"appeals"})),
)


# Every text of the document


def _text_problems(value: Any, path: Path) -> Problems:
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            size = {"limit": LONGEST_TEXT, "length": len(value)}
            yield Problem(path, ProblemKind.TEXT_TOO_LONG, size)
        control = next((one for one in value if _is_control(one)), None)
        if control is not None:
            yield Problem(path, ProblemKind.CONTROL_CHARACTER, {"code": f"U+{ord(control):04X}"})
        return
    for step, part in parts(value):
        yield from _text_problems(part, (*path, step))


def _is_control(character: str) -> bool:
    return (ord(character) < 32 or 0x7F <= ord(character) < 0xA0) and character not in "\n\t\r\x85"
