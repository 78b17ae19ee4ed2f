"""What the policy speaks of is asked somewhere: an action that nobody asks for is a rule that nobody reads."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.architecture.house import HOUSE, Module, house, module
from thinkia.policy import POLICY, Action


def asked(modules: Iterable[Module]) -> Iterator[str]:
    """The actions that routes and services name."""
    for each in modules:
        if each.package != "policy":
            for node in ast.walk(each.tree):
                if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Action":
                    yield Action[node.attr].value


def asked_in_pages() -> Iterator[str]:
    for path in HOUSE.rglob("*.html"):
        yield from re.findall(r"may\(\"([a-z_.]+)\"", path.read_text())


def unused(asked: set[str]) -> list[str]:
    """What is asked for by name, and ``noun.see``, by which a refusal decides between 403 and 404."""
    nouns = {name.split(".")[0] for name in asked}
    return [each.value for each in Action if each not in asked | {f"{noun}.see" for noun in nouns}]


def test_every_action_has_a_rule_and_is_asked_for():
    assert set(POLICY) == set(Action)
    assert unused({*asked(house()), *asked_in_pages()}) == []


def test_pages_ask_for_actions_that_exist():
    found = set(asked_in_pages())
    assert len(found) > 5
    assert found <= {action.value for action in Action}


def test_an_action_that_nobody_asks_for_is_seen():
    every = {action.value for action in Action}
    assert unused(every - {"call.export"}) == ["call.export"]
    assert list(asked([module("thinkia.calls.routes", "@permit(Action.CALL_EXPORT)\ndef f(): ...")])) == [
        "call.export"
    ]
    assert list(asked([module("thinkia.policy.table", "Action.CALL_EXPORT")])) == []
