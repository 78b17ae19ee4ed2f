"""The schema of a call file, read off the domain's dataclasses: names, types, and what must be given."""

from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any, NamedTuple, get_type_hints

from thinkia.domain.rubric import Criterion, Rubric

ORDER: dict[Any, tuple[str, ...]] = {  # where people read better in another order than the dataclass has
    Rubric: ("aggregate", "marks_to_score", "criteria"),
    Criterion: ("code", "title", "question", "weight", "group", "scale", "anchors", "items", "justify"),
}


class Key(NamedTuple):
    type: Any
    required: bool


@cache
def schema(kind: Any) -> dict[str, Key]:
    """The keys of an object, in the order in which they are written."""
    hints = get_type_hints(kind)
    keys = {one.name: Key(hints[one.name], _required(one)) for one in fields(kind)}
    return {name: keys[name] for name in ORDER.get(kind, keys)}


def _required(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING
