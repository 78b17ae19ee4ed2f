"""docs/call-file.md says what the schema is, and its examples are read."""

import re
from dataclasses import is_dataclass
from types import UnionType
from typing import get_args, get_origin

import pytest

from tests.architecture.house import ROOT
from thinkia.calls.call_file import read_bases, read_ranking_rules, write_bases
from thinkia.calls.call_file.schema import schema
from thinkia.domain.bases import Bases
from thinkia.domain.bases_check import publishing_problems
from thinkia.domain.rubric import Aggregate

DOCUMENT = (ROOT / "docs/call-file.md").read_text()
CALL, SUM, _TEAM, ROUNDS = re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL)


def objects(kind):
    """A type of the schema and all those inside it."""
    if is_dataclass(kind):
        yield kind
        for key in schema(kind).values():
            yield from objects(key.type)
    elif isinstance(kind, UnionType) or get_origin(kind) is not None:
        for part in get_args(kind):
            yield from objects(part)


@pytest.mark.parametrize("kind", sorted(set(objects(Bases)), key=lambda kind: kind.__name__))
def test_every_key_is_documented(kind):
    words = set(re.findall(r"\w+", DOCUMENT))
    assert schema(kind).keys() <= words


def test_the_short_example_can_be_published():
    assert publishing_problems(read_bases(CALL)) == ()


def test_the_example_of_rounds_is_read():
    asked = CALL.replace(
        "questions:\n",
        "questions:\n  - {code: institution, kind: choice, title: {es: Institución, en: Institution}, options: "
        "[{code: uni, title: {es: UNI, en: UNI}}, {code: puc, title: {es: PUC, en: PUC}}]}\n",
    )
    bases = read_bases(asked + ROUNDS)
    assert [one.code for one in bases.rounds] == ["local", "national"]
    assert read_bases(write_bases(bases)) == bases


def test_the_example_of_points_is_read():
    assert read_ranking_rules(SUM).rubric.aggregate is Aggregate.SUM
