"""A part of the rules as a form: filled from the bases, read back into them, with problems in their place."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from wtforms import FieldList, FormField, HiddenField

from thinkia.calls.call_file import sentence
from thinkia.calls.forms.parts import kept
from thinkia.domain.bases import Bases
from thinkia.domain.bases_check import Problem
from thinkia.web.forms import Form, clean_text

Path = tuple[str | int, ...]


class Section(Form):
    """``data_of`` shows the bases; ``typed`` gives the bases with what was typed; ``keys`` are its part.

    Field names follow the keys of the call file (``submission_closes`` for ``calendar.submission.closes``),
    so that a problem of the rules finds its field by its path.
    """

    keys: tuple[str, ...] = ()
    seen = HiddenField()

    @classmethod
    @abstractmethod
    def data_of(cls, bases: Bases) -> dict[str, Any]: ...

    @abstractmethod
    def typed(self, bases: Bases) -> Bases: ...

    def offer(self, bases: Bases) -> None:
        """Know what there is to choose from in a call; most parts need nothing of it."""

    def changed(self, bases: Bases) -> Bases:
        """The bases with what was typed, and to the letter what was not touched."""
        typed = self.typed(bases)
        parts = {key: _untouched(getattr(bases, key), getattr(typed, key)) for key in self.keys}
        return replace(typed, **parts)

    def place(self, problems: Iterable[Problem]) -> None:
        """Each problem on its field; on top of the form where it has none here."""
        for problem in problems:
            field = self._field_at(problem.path)
            words = sentence(problem)
            if field is None:
                self.form_errors.append(words)
            elif words not in field.errors:
                field.errors = [*field.errors, words]

    def _field_at(self, path: Path) -> Any:
        steps = [step for step in path if step != "calendar"]
        return _find(self, steps)


def _find(form: Any, steps: list[str | int]) -> Any:
    """The field that the steps lead to: ``challenges, 1, title`` to the second kept row's Spanish title."""
    for length in range(len(steps), 0, -1):
        if any(isinstance(step, int) for step in steps[:length]):
            continue
        name = "_".join(str(step) for step in steps[:length])
        for candidate in (name, f"{name}_es", f"{name}_opens"):
            if candidate in form:
                return _inside(form[candidate], steps[length:])
    return None


def _inside(field: Any, rest: list[str | int]) -> Any:
    if isinstance(field, FieldList):
        rows = kept(field)
        if rest and isinstance(rest[0], int) and rest[0] < len(rows):
            row = rows[rest[0]]
            return _find(row, rest[1:]) or next(one for one in row if one.short_name != "remove")
        return None
    if isinstance(field, FormField):
        return _find(field.form, rest) or next(iter(field.form))
    return field


def _untouched(saved: Any, typed: Any) -> Any:
    """What was typed, with each saved text that it repeats: fields drop blanks at the ends and characters
    that nobody sees, and saving a part as it is shown must change nothing.
    """
    if isinstance(typed, str) and isinstance(saved, str):
        return saved if clean_text(saved) == typed else typed
    if isinstance(typed, tuple) and isinstance(saved, tuple):
        return (*(_untouched(*pair) for pair in zip(saved, typed, strict=False)), *typed[len(saved) :])
    if is_dataclass(typed) and not isinstance(typed, type) and typed.__class__ is saved.__class__:
        names = [field.name for field in fields(typed)]
        return replace(
            typed, **{name: _untouched(getattr(saved, name), getattr(typed, name)) for name in names}
        )
    return typed


def with_items(bases: Bases, key: str, items: Iterable[Any]) -> Bases:
    parts: dict[str, Any] = {key: tuple(items)}
    return replace(bases, **parts)
