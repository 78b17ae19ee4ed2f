"""The real calls that come with the platform: sound, in both languages, and true to their sources."""

import json
from dataclasses import fields
from decimal import Decimal

import pytest
import yaml

from thinkia.calls.call_file import bases_of, read_bases, shipped_codes, shipped_text, write_bases
from thinkia.domain.bases import Bases, QuestionKind, TieKeyKind
from thinkia.domain.bases_check import advice, publishing_problems
from thinkia.domain.marks import highest
from thinkia.domain.rubric import Aggregate

every_call = pytest.mark.parametrize("code", shipped_codes())


def test_three_real_calls_are_shipped():
    assert shipped_codes() == ("gsa-2019-round-1", "participa-df-2025", "usgp-2020")
    with pytest.raises(KeyError):
        shipped_text("../call_file/reader")


@every_call
def test_a_shipped_call_can_be_published_as_it_stands(code):
    bases = read_bases(shipped_text(code))
    assert bases.code == code
    assert publishing_problems(bases) == ()
    assert advice(bases) == ()


@every_call
def test_a_shipped_call_is_written_canonically(code):
    assert write_bases(bases_of(shipped_text(code))) == shipped_text(code)


@every_call
def test_a_shipped_call_names_its_source_and_what_was_added(code):
    source = bases_of(shipped_text(code)).source
    assert source.url.startswith("https://")
    assert source.note.es
    assert {path.split(".")[0] for path in source.added} <= {one.name for one in fields(Bases)}
    assert {"summary", "description", "contact_email", "publication"} <= set(source.added)


@every_call
def test_a_shipped_call_asks_something_in_both_languages(code):
    bases = bases_of(shipped_text(code))
    assert bases.description.es.startswith("## ")
    assert bases.description.en.startswith("## ")
    assert any(question.kind is not QuestionKind.DECLARATION for question in bases.questions)


def test_usgp_marks_four_criteria_from_0_to_5_in_three_bands():
    rubric = bases_of(shipped_text("usgp-2020")).rubric
    assert rubric.aggregate is Aggregate.SUM
    assert [highest(criterion.scale) for criterion in rubric.criteria] == [5] * 4
    for criterion in rubric.criteria:
        assert [anchor.marks for anchor in criterion.anchors] == [(0, 1), (2, 3), (4, 5)]


def test_participa_df_marks_in_halves_up_to_20_and_breaks_ties_in_seven_steps():
    bases = bases_of(shipped_text("participa-df-2025"))
    tops = {criterion.code: highest(criterion.scale) for criterion in bases.rubric.criteria}
    assert list(tops.values()) == [Decimal(top) for top in ("2.5", "3", "3", "1.5", "4", "3", "1", "1", "1")]
    assert sum(tops.values()) == 20
    assert {criterion.scale.step for criterion in bases.rubric.criteria} == {Decimal("0.5")}
    chain = [step.code or step.key.value for step in bases.tie_break]
    assert chain == ["acc", "ux", "chair", "p1", "multi", "p2", "submitted_at"]
    assert [prize.amount for prize in bases.prizes] == [8000, 5000, 2000]
    assert (bases.team.min, bases.team.max, bases.eligibility.min_age) == (1, 3, 18)


def test_gsa_weighs_45_40_15_on_1_to_5():
    bases = bases_of(shipped_text("gsa-2019-round-1"))
    weights = {criterion.code: criterion.weight for criterion in bases.rubric.criteria}
    assert weights == {"usability": 45, "emotional": 40, "feedback": 15}
    assert {(one.scale.min, one.scale.max, one.scale.step) for one in bases.rubric.criteria} == {(1, 5, 1)}
    assert bases.tie_break[-1].key is TieKeyKind.SUBMITTED_AT


def test_a_shipped_call_is_json_too():
    for code in shipped_codes():
        text = shipped_text(code)
        assert read_bases(json.dumps(yaml.safe_load(text))) == read_bases(text)
