"""What bases still lack before people can rely on them, and what a careful organiser would look at."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from thinkia.domain.answers import asked
from thinkia.domain.bases import COMPARING, Bases, MissingSector, QuestionKind, SectorQuota
from thinkia.domain.bases_check.document import problems
from thinkia.domain.bases_check.kinds import Path, Problem, ProblemKind, Problems
from thinkia.domain.bases_check.ranking import undecided
from thinkia.domain.bases_check.walk import parts
from thinkia.domain.rounds import PoolBy
from thinkia.domain.text import LANGUAGES, Bilingual


def publishing_problems(bases: Bases) -> tuple[Problem, ...]:
    """Every reason not to publish: the contradictions, and what is still missing."""
    return (*problems(bases), *_incomplete(bases))


def _incomplete(bases: Bases) -> Problems:
    if not bases.challenges:
        yield Problem(("challenges",), ProblemKind.NO_CHALLENGES)
    if not bases.questions:
        yield Problem(("questions",), ProblemKind.NO_QUESTIONS)
    for path, title in _titles(bases):
        if not title:
            yield Problem(path, ProblemKind.NO_TITLE)
    for index, question in enumerate(bases.questions):
        if question.kind is QuestionKind.DECLARATION and not question.statement:
            yield Problem(("questions", index), ProblemKind.NO_STATEMENT)
    yield from undecided(bases.tie_break)
    yield from _of_rounds(bases)
    yield from _without_groups(bases)
    if bases.calendar.hand_in_drafts and not _declares_everywhere(bases):
        yield Problem(("calendar", "hand_in_drafts"), ProblemKind.DRAFTS_WITHOUT_DECLARATION)


def _of_rounds(bases: Bases) -> Problems:
    """Chains of a round's own, and what the platform cannot run yet."""
    for index, one in enumerate(bases.rounds):
        chain = undecided(one.tie_break) if one.tie_break else ()
        yield from (replace(each, path=("rounds", index, *each.path)) for each in chain)
        if one.pools is not None and one.pools.by is PoolBy.LIST:
            yield Problem(("rounds", index, "pools", "by"), ProblemKind.POOLS_LISTED)


def _without_groups(bases: Bases) -> Problems:
    """Methods, the call's or a round's own, that weigh groups of evaluators which no panel seats."""
    own: list[tuple[Bases, Path, bool]] = [(bases, ("jury", "groups"), True)]
    own += [
        (bases.in_round(index), ("rounds", index), bool(one.method or one.jury))
        for index, one in enumerate(bases.rounds)
    ]
    for rules, path, is_own in own:
        groups = tuple(rules.method.evaluators)
        if is_own and groups and not rules.jury.groups:
            yield Problem(path, ProblemKind.GROUPS_MISSING, {"groups": groups})


def _declares_everywhere(bases: Bases) -> bool:
    """Whether no proposal is complete before its team accepted some declaration."""
    return all(
        any(
            one.kind is QuestionKind.DECLARATION and one.required for one in asked(bases.questions, each.code)
        )
        for each in bases.challenges
    )


def _titles(bases: Bases) -> Iterator[tuple[Path, Bilingual]]:
    yield ("title",), bases.title
    for index, challenge in enumerate(bases.challenges):
        yield ("challenges", index, "title"), challenge.title
    for index, question in enumerate(bases.questions):
        yield ("questions", index, "title"), question.title
    for index, one in enumerate(bases.rounds):
        yield ("rounds", index, "title"), one.title
    for code, group in bases.jury.groups.items():
        yield ("jury", "groups", code, "title"), group.title


def advice(bases: Bases) -> tuple[Problem, ...]:
    """What nobody must mend, and a careful organiser would."""
    found = list(_untranslated(bases, ()))
    if not bases.summary:
        found.append(Problem(("summary",), ProblemKind.NO_SUMMARY))
    if not bases.contact_email:
        found.append(Problem(("contact_email",), ProblemKind.NO_CONTACT))
    if bases.method.name in COMPARING:
        found.append(Problem(("method", "name"), ProblemKind.METHOD_COMPARES))
    for index, rules in enumerate(bases.each_round.values()):
        own: Path = ("rounds", index) if bases.rounds and bases.rounds[index].jury else ()
        lacking = (replace(one, path=(*own, *one.path)) for one in _sectors_that_may_lack(rules))
        found.extend(one for one in lacking if one not in found)
    return (*found, *_names_that_may_show(bases))


def _names_that_may_show(bases: Bases) -> Problems:
    """Files say what people wrote in them; an answer is kept from jurors who read without names alone."""
    blind = any(rules.jury.blind for rules in bases.each_round.values())
    for index, question in enumerate(bases.questions):
        path: Path = ("questions", index)
        if blind and question.kind is QuestionKind.FILE and not question.identifies:
            yield Problem(path, ProblemKind.BLIND_FILE)
        if question.identifies and not blind:
            yield Problem((*path, "identifies"), ProblemKind.IDENTIFIES_IN_VAIN)


def _sectors_that_may_lack(bases: Bases) -> Problems:
    method = bases.method
    if not method.balances or method.missing_sector is MissingSector.REDISTRIBUTE:
        return
    for sector, weight in method.sectors.items():
        for group, part in bases.jury.parts.items():
            path: Path = (
                ("jury", "groups", group, "sectors", sector) if group else ("jury", "sectors", sector)
            )
            if weight > 0 and part.sectors.get(sector, SectorQuota()).min < 1:
                yield Problem(path, ProblemKind.SECTOR_MAY_LACK, {"sector": sector})


def _untranslated(value: Any, path: Path) -> Problems:
    if isinstance(value, Bilingual):
        missing = [language for language in LANGUAGES if not getattr(value, language)]
        if len(missing) == 1:
            yield Problem((*path, missing[0]), ProblemKind.NOT_TRANSLATED, {"language": missing[0]})
        return
    for step, part in parts(value):
        yield from _untranslated(part, (*path, step))
