"""What contradicts itself in the questions of a call."""

import re
from collections.abc import Mapping
from dataclasses import fields

from thinkia.domain.bases import CHOICE_KINDS, FILE_TYPES, TEXT_KINDS, Question, QuestionKind
from thinkia.domain.bases_check.kinds import Path, Problem, ProblemKind, Problems
from thinkia.domain.codes import is_code, repeated

HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
MOST_BYTES = 50_000_000
MOST_CHARACTERS = 20_000
MOST_PAGES = 1_000
LIMITS = {
    "max_characters": MOST_CHARACTERS,
    "max_words": MOST_CHARACTERS,
    "max_bytes": MOST_BYTES,
    "max_pages": MOST_PAGES,
}
ONLY_FOR: Mapping[str, frozenset[QuestionKind]] = {
    "max_characters": TEXT_KINDS,
    "max_words": TEXT_KINDS,
    "options": CHOICE_KINDS,
    "min": frozenset({QuestionKind.NUMBER}),
    "max": frozenset({QuestionKind.NUMBER}),
    "hosts": frozenset({QuestionKind.ADDRESS}),
    "types": frozenset({QuestionKind.FILE}),
    "max_bytes": frozenset({QuestionKind.FILE}),
    "max_pages": frozenset({QuestionKind.FILE}),
    "statement": frozenset({QuestionKind.DECLARATION}),
}


def question_problems(questions: tuple[Question, ...]) -> Problems:
    """Codes used twice, keys that a kind of question does not have, limits that nothing meets."""
    for index, code in repeated(question.code for question in questions):
        yield Problem(("questions", index, "code"), ProblemKind.DUPLICATE_QUESTION, {"code": code})
    for index, question in enumerate(questions):
        path: Path = ("questions", index)
        if not is_code(question.code):
            yield Problem((*path, "code"), ProblemKind.CODE, {"code": question.code})
        yield from _keys(question, path)
        yield from _limits(question, path)
        if question.kind in CHOICE_KINDS:
            yield from _options(question, path)
        if question.kind is QuestionKind.FILE:
            yield from _file(question, path)
        for position, host in enumerate(question.hosts):
            if not HOST.fullmatch(host):
                yield Problem((*path, "hosts", position), ProblemKind.HOST_NAME, {"value": host})


def _keys(question: Question, path: Path) -> Problems:
    for field in fields(question):
        kinds = ONLY_FOR.get(field.name)
        if kinds is not None and question.kind not in kinds and _given(getattr(question, field.name)):
            params = {"key": field.name, "kind": question.kind.value}
            yield Problem((*path, field.name), ProblemKind.KEY_NOT_FOR_KIND, params)


def _given(value: object) -> bool:
    return value == 0 or bool(value)


def _limits(question: Question, path: Path) -> Problems:
    for key, highest in LIMITS.items():
        limit = getattr(question, key)
        if limit is not None and not 1 <= limit <= highest:
            yield Problem((*path, key), ProblemKind.LIMIT, {"key": key, "limit": highest})
    if question.min is not None and question.max is not None and question.min > question.max:
        ends = {"min": question.min, "max": question.max}
        yield Problem((*path, "max"), ProblemKind.NUMBERS_OUT_OF_ORDER, ends)


def _options(question: Question, path: Path) -> Problems:
    if len(question.options) < 2:
        yield Problem(path, ProblemKind.OPTIONS_MISSING)
    for index, option in enumerate(question.options):
        if not is_code(option.code):
            yield Problem((*path, "options", index, "code"), ProblemKind.CODE, {"code": option.code})
    for index, code in repeated(option.code for option in question.options):
        yield Problem((*path, "options", index, "code"), ProblemKind.DUPLICATE_OPTION, {"code": code})


def _file(question: Question, path: Path) -> Problems:
    if not question.types:
        yield Problem(path, ProblemKind.FILE_TYPES_MISSING, {"known": FILE_TYPES})
    if question.max_bytes is None:
        yield Problem(path, ProblemKind.FILE_SIZE_MISSING, {"limit": MOST_BYTES})
    for index, ending in enumerate(question.types):
        if ending not in FILE_TYPES:
            params = {"value": ending, "known": FILE_TYPES}
            yield Problem((*path, "types", index), ProblemKind.UNKNOWN_FILE_TYPE, params)
    if question.max_pages is not None and "pdf" not in question.types:
        yield Problem((*path, "max_pages"), ProblemKind.PAGES_WITHOUT_PDF)
