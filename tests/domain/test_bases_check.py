"""Every contradiction, every gap and every piece of advice, each from one change to sound bases."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.builders import both, criterion
from tests.domain.faulty_bases import (
    ADVICE,
    CALENDAR,
    CHAIR,
    CONTRADICTIONS,
    GAPS,
    LOTTERY,
    SOUND,
    SUBMITTED,
    balanced,
    calendar,
    jury,
    numbers,
    question,
    rubric,
    scale,
    ties,
    window,
)
from tests.domain.faulty_rounds import FINE
from thinkia.domain.bases import (
    CompositionRule,
    Eligibility,
    Method,
    MissingSector,
    PersonAttribute,
    Prize,
    Round,
    TeamRules,
)
from thinkia.domain.bases_check import ProblemKind as K
from thinkia.domain.bases_check import advice, problems, publishing_problems, ranking_problems
from thinkia.domain.rounds import Advance
from thinkia.domain.rubric import MarksToScore, Rubric, Scale
from thinkia.domain.text import Bilingual


def told(found):
    return [(one.kind, ".".join(map(str, one.path))) for one in found]


def test_sound_bases_have_no_problem():
    assert publishing_problems(SOUND) == ()
    assert advice(SOUND) == ()


@pytest.mark.parametrize(("kind", "path", "changes"), CONTRADICTIONS)
def test_a_contradiction_is_found_where_it_is_and_keeps_a_draft_out(kind, path, changes):
    assert told(problems(replace(SOUND, **changes))) == [(kind, path)]


@pytest.mark.parametrize(("kind", "path", "changes"), GAPS)
def test_a_gap_is_fine_in_a_draft_and_not_when_publishing(kind, path, changes):
    assert problems(replace(SOUND, **changes)) == ()
    assert told(publishing_problems(replace(SOUND, **changes))) == [(kind, path)]


@pytest.mark.parametrize(("kind", "path", "changes"), ADVICE)
def test_advice_keeps_nobody_from_publishing(kind, path, changes):
    bases = replace(SOUND, **changes)
    assert publishing_problems(bases) == ()
    assert told(advice(bases)) == [(kind, path)]


def test_every_kind_of_problem_is_tried_here():
    assert {kind for kind, _, _ in CONTRADICTIONS + GAPS + ADVICE} == set(K)


# What is fine


@pytest.mark.parametrize("changes", FINE)
def test_rounds_may_take_over_what_the_call_says_or_say_it_anew(changes):
    assert problems(replace(SOUND, **changes)) == ()


def test_what_is_wrong_with_the_call_is_not_said_again_of_each_round():
    broken = replace(SOUND, tie_break=(SUBMITTED, SUBMITTED), rounds=FINE[0]["rounds"])
    assert told(problems(broken)) == [(K.DUPLICATE_TIE_KEY, "tie_break.1")]


@pytest.mark.parametrize(
    "changes",
    [
        calendar(evaluation=window(0, 5)),
        calendar(registration=CALENDAR.submission),
        calendar(team_formation=CALENDAR.submission),
        {"cut_off": Decimal(0)},
        {"cut_off": Decimal(100)},
        rubric(weight=100),
        {"rubric": Rubric((criterion("impacto", 0), criterion("b", 100)))},
        {"rubric": Rubric((criterion("impacto", scale=scale(-1, 1)),), marks_to_score=MarksToScore.MIN_MAX)},
        rubric(scale=scale(0, 2.5, 0.5)),
        rubric(scale=scale(0, "0.3", "0.1")),
        rubric(scale=Scale(checklist=numbers(*[1] * 30))),
        balanced(public=1, academia=1),
        balanced(public=1, academia=1, private=1, missing=MissingSector.REDISTRIBUTE),
        ties(SUBMITTED, LOTTERY),
        ties(CHAIR, replace(LOTTERY, drawn_at=CALENDAR.results)),
        jury(3, public=(1, 2), academia=(1,), civil_society=(1,), private=(0, 1)),
        jury(3, public=(3, 9)),
        {"team": TeamRules(1, None, (CompositionRule(PersonAttribute.INSTITUTION, max_same=1),))},
        {"prizes": (Prize(both("A"), 1), Prize(both("B")), Prize(both("C")))},
        {"eligibility": Eligibility(provinces=("01", "90"))},
        question("file", types=("pdf", "png"), max_bytes=10, max_pages=2),
    ],
)
def test_what_real_calls_do_is_no_contradiction(changes):
    assert publishing_problems(replace(SOUND, **changes)) == ()


def test_a_part_that_could_not_be_read_is_not_asked():
    bases = replace(SOUND, rubric=None, calendar=None, title=Bilingual("\x00"))
    assert told(problems(bases, frozenset({"rubric", "calendar"}))) == [(K.CONTROL_CHARACTER, "title.es")]


def test_rules_without_a_jury_are_not_asked_who_can_sit():
    rules = replace(SOUND, **balanced(public=1)).ranking_rules
    assert ranking_problems(rules, None) == ()
    assert told(ranking_problems(rules, SOUND.jury)) == [(K.SECTOR_WEIGHTS_MISSING, "method.sectors")]


def test_the_sentence_of_a_late_draw_tells_the_calls_time():
    early = replace(SOUND, **ties(replace(LOTTERY, drawn_at=CALENDAR.submission.closes)))
    (problem,) = problems(early)
    assert problem.params["drawn"] == "2026-03-12 12:00"
    assert problem.params["closes"] == "2026-03-12 12:15"


def test_a_round_whose_own_method_weighs_groups_says_how_many_of_each_read():
    halves = Method(evaluators={"jury": Decimal(1), "users": Decimal(1)})
    rounds = (Round("a", both("A"), advance=Advance(top=2)), Round("b", both("B"), method=halves))
    found = told(publishing_problems(replace(SOUND, rounds=rounds)))
    assert (K.GROUPS_MISSING, "rounds.1") in found
    assert (K.GROUPS_MISSING, "rounds.0") not in found
