"""The schema of a call file, read off the domain's dataclasses: names, types, and what must be given."""

from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any, NamedTuple, get_type_hints

from thinkia.domain.bases import Calendar
from thinkia.domain.later import LATER
from thinkia.domain.rubric import Criterion, Rubric

ORDER: dict[Any, tuple[str, ...]] = {  # where people read better in another order than the dataclass has
    Calendar: (
        *("registration", "team_formation", "submission", "evaluation", "results", "grace_seconds"),
        "hand_in_drafts",
    ),
    Rubric: ("aggregate", "marks_to_score", "criteria", "caps"),
    Criterion: (
        *("code", "title", "question", "weight", "group", "scale", "anchors", "items"),
        *("justify", "justify_at", "required", "source"),
    ),
}


class Key(NamedTuple):
    type: Any
    default: Any  # MISSING: it must be given
    later: bool = False  # files did not have it at first: its default is not written

    @property
    def required(self) -> bool:
        return self.default is MISSING


@cache
def schema(kind: Any) -> dict[str, Key]:
    """The keys of an object, in the order in which they are written."""
    hints = get_type_hints(kind)
    keys = {one.name: Key(hints[one.name], _default(one), LATER in one.metadata) for one in fields(kind)}
    return {name: keys[name] for name in ORDER.get(kind, keys)}


def _default(one: Field[Any]) -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory()
