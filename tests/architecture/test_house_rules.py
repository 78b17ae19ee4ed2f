"""What keeps the house one house: one way to commit, one clock, one place for each thing, small rooms."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.house import Module, calls, functions, module, offences

LONGEST_FILE, LONGEST_FUNCTION = 400, 40
TIME = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "func.now",
    "func.current_timestamp",
}
TIME |= {"time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime"}


def commits(each: Module) -> Iterator[str]:
    if each.name != "thinkia.db.transaction":
        for call, name in calls(each.tree):
            if name.endswith((".commit", ".rollback")):
                yield each.at(call, f"{name}(): only thinkia/db/transaction.py ends a transaction")


def reads_the_clock(each: Module) -> Iterator[str]:
    if each.name != "thinkia.clock":
        for call, name in calls(each.tree):
            if ".".join(name.split(".")[-2:]) in TIME:
                yield each.at(call, f"{name}(): only thinkia/clock.py knows what time it is")


def selects(each: Module) -> Iterator[str]:
    if each.is_feature and each.part != "queries":
        for call, name in calls(each.tree):
            if name in {"select", "sqlalchemy.select", "sa.select"} or name.endswith(".session.query"):
                yield each.at(call, "every SELECT lives in queries.py")


def unbounded_use_case(each: Module) -> Iterator[str]:
    """A public function of services.py is a use case: one transaction, by ``@atomic``."""
    if each.is_feature and each.part == "services":
        for node in each.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                decorators = {ast.unparse(each).split("(")[0] for each in node.decorator_list}
                if not decorators & {"atomic", "transaction.atomic"}:
                    yield each.at(node, f"{node.name} is a use case without @atomic")


def too_long(each: Module) -> Iterator[str]:
    lines = each.source.count("\n")
    if lines > LONGEST_FILE:
        yield f"{each.name} has {lines} lines"
    for function in functions(each.tree):
        length = function.end_lineno - function.lineno + 1
        if length > LONGEST_FUNCTION:
            yield each.at(function, f"{function.name} has {length} lines")


def silent(each: Module) -> Iterator[str]:
    if each.source.strip() and not ast.get_docstring(each.tree):
        yield f"{each.name} does not say what it is for"


GUARDS = (commits, reads_the_clock, selects, unbounded_use_case, too_long, silent)


@pytest.mark.parametrize("guard", GUARDS)
def test_the_house_keeps(guard):
    assert offences(guard) == []


@pytest.mark.parametrize(
    ("guard", "name", "source"),
    [
        (commits, "thinkia.calls.services", "db.session.commit()"),
        (commits, "thinkia.web.errors", "session.rollback()"),
        (reads_the_clock, "thinkia.calls.routes", "now = datetime.now(UTC)"),
        (reads_the_clock, "thinkia.calls.models", "at = column(server_default=func.now())"),
        (reads_the_clock, "thinkia.calls.models", "day = datetime.date.today()"),
        (selects, "thinkia.calls.services", "rows = db.session.scalars(select(Call))"),
        (selects, "thinkia.calls.routes", "rows = db.session.query(Call)"),
        (unbounded_use_case, "thinkia.calls.services", "def publish(call): ..."),
        (too_long, "thinkia.calls.models", "x = 1\n" * 401),
        (too_long, "thinkia.calls.models", "def f():\n" + "    x = 1\n" * 40),
        (silent, "thinkia.calls.models", "x = 1"),
    ],
)
def test_what_the_house_forbids_is_seen(guard, name, source):
    assert len(list(guard(module(name, source)))) == 1


@pytest.mark.parametrize(
    ("guard", "name", "source"),
    [
        (commits, "thinkia.db.transaction", "db.session.commit()"),
        (reads_the_clock, "thinkia.calls.routes", "services.publish(call, now=clock.now())"),
        (selects, "thinkia.calls.queries", "rows = db.session.scalars(select(Call))"),
        (
            unbounded_use_case,
            "thinkia.calls.services",
            "@atomic\ndef publish(call): ...\ndef _check(call): ...",
        ),
        (too_long, "thinkia.calls.models", "def f():\n" + "    x = 1\n" * 39),
    ],
)
def test_what_the_house_allows_passes(guard, name, source):
    assert list(guard(module(name, source))) == []
