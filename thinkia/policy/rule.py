"""Rules: named predicates over (actor, thing, now) that combine with ``&`` and ``|``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thinkia.policy.actor import Actor

Predicate = Callable[[Actor, Any, datetime], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A predicate with a name. It reads, and never queries."""

    name: str
    holds: Predicate

    def __and__(self, other: "Rule") -> "Rule":
        return Rule(
            f"({self.name} & {other.name})",
            lambda actor, thing, now: self.holds(actor, thing, now) and other.holds(actor, thing, now),
        )

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(
            f"({self.name} | {other.name})",
            lambda actor, thing, now: self.holds(actor, thing, now) or other.holds(actor, thing, now),
        )

    def __invert__(self) -> "Rule":
        return Rule(f"~{self.name}", lambda actor, thing, now: not self.holds(actor, thing, now))


def rule(predicate: Predicate) -> Rule:
    """Name a predicate after its function."""
    return Rule(getattr(predicate, "__name__", "rule"), predicate)


class Denied(Exception):
    """The actor may not. ``hidden``: he may not even know that the thing exists."""

    def __init__(self, action: str, rule_name: str, *, hidden: bool) -> None:
        super().__init__(f"{action}: {rule_name}")
        self.action = action
        self.rule_name = rule_name
        self.hidden = hidden
