"""Every error of a call file as a sentence that says what to do, in the reader's language."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from flask_babel import force_locale, gettext

from thinkia.calls.call_file.fault_sentences import FAULT_SENTENCES
from thinkia.calls.call_file.problem_sentences import NAMES, PROBLEM_SENTENCES

SENTENCES: Mapping[Any, Any] = {**FAULT_SENTENCES, **PROBLEM_SENTENCES}
LONGEST_QUOTE = 60


class Said(Protocol):
    """A problem of the bases or an error of the file: both are told the same way."""

    @property
    def path(self) -> tuple[str | int, ...]: ...
    @property
    def kind(self) -> Any: ...
    @property
    def params(self) -> Mapping[str, object]: ...


class Placed(Said, Protocol):
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


def sentence(problem: Said) -> str:
    """What is wrong and what to do, in the language of the moment."""
    words = {name: _named(name, value) for name, value in problem.params.items()}
    return str(SENTENCES[problem.kind]) % words


def placed(error: Placed, language: str) -> str:
    """Line and column (where there is a file), the keys that lead there and the sentence, in ``language``."""
    with force_locale(language):
        place = {"line": error.line, "column": error.column}
        steps = [gettext("Line %(line)s, column %(column)s", **place)] if error.line else []
        steps += [path_in_words(error.path)] if error.path else []
        return ": ".join([", ".join(steps), sentence(error)] if steps else [sentence(error)])


def path_in_words(path: tuple[str | int, ...]) -> str:
    """The keys from the top, with items counted from 1: ``rubric › criteria › 2 › weight``."""
    return " › ".join(str(step + 1 if isinstance(step, int) else _short(step)) for step in path)


def _named(name: str, value: object) -> str:
    names = NAMES.get(name, {})
    return str(names[value]) if isinstance(value, str) and value in names else _words(value)


def _words(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return _short(str(value))


def _short(text: str) -> str:
    visible = "".join(one if one.isprintable() else " " for one in text)
    return visible if len(visible) <= LONGEST_QUOTE else visible[:LONGEST_QUOTE] + "…"
