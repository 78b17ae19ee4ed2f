"""Reads thinkia/ as syntax trees, for the guards of this folder.

``module(name, source)`` makes one that exists nowhere: each guard has a test that
shows it such a sinner, so that a guard that stopped seeing turns red itself.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "thinkia"

# From the ground up: a feature knows those before it.
FEATURES = (
    "journal",
    "accounts",
    "organisations",
    "governance",
    "calls",
    "agreements",  # acts that two persons decide
    "registration",
    "teams",
    "submissions",
    "jury",
    "metrics",  # what is measured and not judged
    "results",
    "feedback",  # what a team reads of its own result
    "appeals",
    "certificates",  # of those who took part, won or judged
    "exports",
    "home",
    "operations",
    "demo",  # sample people play the whole journey, so it stands on everything
)


@dataclass(frozen=True)
class Module:
    name: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @property
    def package(self) -> str:
        """``thinkia.calls.routes.manage`` → ``calls``; the wiring itself → ``""``."""
        return ([*self.name.split("."), ""])[1]

    @property
    def part(self) -> str:
        """``thinkia.calls.routes.manage`` → ``routes``; a package's own file → ``""``."""
        return ([*self.name.split("."), "", ""])[2]

    @property
    def is_feature(self) -> bool:
        return self.package in FEATURES

    def at(self, node: ast.AST, what: str) -> str:
        return f"{self.name}:{node.lineno} {what}"


def module(name: str, source: str) -> Module:
    return Module(name, dedent(source))


@cache
def house() -> list[Module]:
    """Every module of thinkia/, read and parsed once."""
    return [Module(_name(path), path.read_text()) for path in sorted(HOUSE.rglob("*.py"))]


def offences(guard: Callable[[Module], Iterator[str]]) -> list[str]:
    return [offence for each in house() for offence in guard(each)]


def exists(name: str) -> bool:
    """Whether a dotted name is a module of ours, not something inside one. Features offer modules only."""
    package = name.split(".")[1:-1]
    if len(package) == 1 and package[0] in FEATURES:
        return True
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Each call with what is called, as written: ``db.session.commit``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
