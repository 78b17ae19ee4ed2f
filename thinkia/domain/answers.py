"""What people answer to the questions of a call: read from what they typed, checked against the bases.

A value is what is stored, receipts hash and juries read: text, the code of an option, a list of codes, a
number as decimal text, a web address, ``True`` for a declaration, and for a file a mapping that describes
it. ``None`` is no answer. Whatever was typed is kept as a value, also when it has problems: it is then a
draft that does not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from thinkia.domain.bases import Question, QuestionKind
from thinkia.domain.text import Bilingual
from thinkia.domain.typed_numbers import Ambiguous, read_number, spelled
from thinkia.domain.web_addresses import SCHEMES, completed, host_of, is_of, scheme_of

_SAME_TYPE = {"jpeg": "jpg"}

Value = Any  # str, list[str], True, a file's mapping, or None

LONGEST = 100_000
"""No text is kept beyond this many characters, whatever the bases allow."""

TITLE = Question(
    code="~title",
    kind=QuestionKind.SHORT_TEXT,
    title=Bilingual("Título de la propuesta", "Title of the proposal"),
    max_characters=150,
)
"""The title of a proposal is asked in every call; its code is one that no question of a call can have."""


class AnswerProblem(StrEnum):
    MISSING = "missing"
    TOO_MANY_CHARACTERS = "too_many_characters"
    TOO_MANY_WORDS = "too_many_words"
    NOT_AN_OPTION = "not_an_option"
    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_AN_ADDRESS = "not_an_address"
    OTHER_SCHEME = "other_scheme"
    OTHER_HOST = "other_host"
    FILE_TYPE = "file_type"
    FILE_TOO_LARGE = "file_too_large"
    TOO_MANY_PAGES = "too_many_pages"


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps an answer from counting, with the numbers that a sentence needs."""

    kind: AnswerProblem
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A question with what was answered."""

    question: Question
    value: Value = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return check(self.question, self.value)

    @property
    def is_complete(self) -> bool:
        return not self.problems

    @property
    def is_empty(self) -> bool:
        return is_empty(self.value)

    @property
    def is_flawed(self) -> bool:
        """Something was answered and it does not count."""
        return not self.is_empty and not self.is_complete


def sheet(questions: Iterable[Question], values: Mapping[str, Value]) -> tuple[Line, ...]:
    """The questions with their answers; answers to other questions are left out."""
    return tuple(Line(question, values.get(question.code)) for question in questions)


def asked(questions: Iterable[Question], challenge: str) -> tuple[Question, ...]:
    """The questions that a submission to this challenge answers, in the order of the bases."""
    return tuple(one for one in questions if not one.challenges or challenge in one.challenges)


def read(question: Question, typed: Any) -> Value:
    """The value of what a form brought: text, a list of text, or a tick. Nothing typed is no answer."""
    if question.kind is QuestionKind.MULTIPLE_CHOICE:
        chosen = {str(code) for code in typed or ()}
        known = [option.code for option in question.options if option.code in chosen]
        return [*known, *sorted(chosen - set(known))] or None
    if question.kind is QuestionKind.DECLARATION:
        return True if typed else None
    text = str(typed or "").strip()
    if question.kind is QuestionKind.NUMBER:
        return _as_number(text) or None
    if question.kind is QuestionKind.ADDRESS:
        return completed(text) or None
    if question.kind is QuestionKind.SHORT_TEXT:
        return " ".join(text.split()) or None
    return text or None


def check(question: Question, value: Value) -> tuple[Problem, ...]:
    """Everything that keeps this value from counting as an answer. An optional one may be missing."""
    if is_empty(value):
        return (Problem(AnswerProblem.MISSING),) if question.required else ()
    return tuple(_CHECKS[question.kind](question, value))


def is_empty(value: Value) -> bool:
    """Whether nothing was answered."""
    return not value


def is_complete(question: Question, value: Value) -> bool:
    """Whether the question needs nothing more."""
    return not check(question, value)


def characters(text: str) -> int:
    """Code points: what limits and counters count."""
    return len(text)


def words(text: str) -> int:
    """Runs of anything but white space."""
    return len(text.split())


def _as_number(text: str) -> str:
    try:
        number = read_number(text)
    except Ambiguous:
        return text
    return text if number is None else spelled(number)


def _text(question: Question, value: Value) -> Iterable[Problem]:
    count, limit = characters(value), question.max_characters
    if limit is not None and count > limit:
        details = {"limit": limit, "count": count, "over": count - limit}
        yield Problem(AnswerProblem.TOO_MANY_CHARACTERS, details)
    count, limit = words(value), question.max_words
    if limit is not None and count > limit:
        details = {"limit": limit, "count": count, "over": count - limit}
        yield Problem(AnswerProblem.TOO_MANY_WORDS, details)


def _choice(question: Question, value: Value) -> Iterable[Problem]:
    chosen = value if isinstance(value, list) else [value]
    if {*chosen} - {option.code for option in question.options}:
        yield Problem(AnswerProblem.NOT_AN_OPTION)


def _number(question: Question, value: Value) -> Iterable[Problem]:
    try:
        number = read_number(value)
    except Ambiguous:
        yield Problem(AnswerProblem.AMBIGUOUS_NUMBER, _two_readings(value))
        return
    if number is None:
        yield Problem(AnswerProblem.NOT_A_NUMBER)
    elif question.min is not None and number < question.min:
        yield Problem(AnswerProblem.TOO_SMALL, {"limit": question.min})
    elif question.max is not None and number > question.max:
        yield Problem(AnswerProblem.TOO_LARGE, {"limit": question.max})


def _two_readings(text: str) -> dict[str, Decimal]:
    digits = text.replace(",", ".").replace(" ", "")
    return {"whole": Decimal(digits.replace(".", "")), "broken": Decimal(digits)}


def _address(question: Question, value: Value) -> Iterable[Problem]:
    scheme, host = scheme_of(value), host_of(value)
    if scheme and scheme not in SCHEMES:
        yield Problem(AnswerProblem.OTHER_SCHEME)
    elif host is None:
        yield Problem(AnswerProblem.NOT_AN_ADDRESS)
    elif not is_of(host, question.hosts):
        yield Problem(AnswerProblem.OTHER_HOST, {"hosts": question.hosts})


def _file(question: Question, value: Value) -> Iterable[Problem]:
    ending = str(value["name"]).rpartition(".")[2].lower()
    if _SAME_TYPE.get(ending, ending) not in {_SAME_TYPE.get(one, one) for one in question.types}:
        yield Problem(AnswerProblem.FILE_TYPE, {"types": question.types})
    if question.max_bytes is not None and value["size"] > question.max_bytes:
        yield Problem(AnswerProblem.FILE_TOO_LARGE, {"limit": question.max_bytes})
    if question.max_pages is not None and (value["pages"] or 0) > question.max_pages:
        details = {"limit": question.max_pages, "pages": value["pages"]}
        yield Problem(AnswerProblem.TOO_MANY_PAGES, details)


def _declaration(_question: Question, _value: Value) -> Iterable[Problem]:
    return ()


_CHECKS = {
    QuestionKind.SHORT_TEXT: _text,
    QuestionKind.LONG_TEXT: _text,
    QuestionKind.CHOICE: _choice,
    QuestionKind.MULTIPLE_CHOICE: _choice,
    QuestionKind.NUMBER: _number,
    QuestionKind.ADDRESS: _address,
    QuestionKind.FILE: _file,
    QuestionKind.DECLARATION: _declaration,
}
