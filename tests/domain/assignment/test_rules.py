"""Every rule that a plan keeps, against another solver's answer."""

from hypothesis import assume, given

from tests.domain.assignment.juries import examples, full_problems
from tests.domain.assignment.oracle import oracle_standing, standing_of
from thinkia.domain.assignment import solve, verify
from thinkia.domain.assignment.instance import compiled


def planned(problem):
    """The plan of a problem whose pins break no rule by themselves: those are nobody's optimum."""
    plan = solve(problem)
    assume(not [each for each in verify(problem, plan.pairs) if not each.is_gap])
    assume(not compiled(problem).tight.any())
    return plan


@examples(80)
@given(full_problems())
def test_another_solver_finds_no_better_plan(problem):
    plan = planned(problem)
    assert standing_of(problem, plan.pairs) == oracle_standing(problem)
    assert plan.certified


@examples(150)
@given(full_problems(mixed=True))
def test_nor_where_institutions_sit_for_several_sectors(problem):
    plan = planned(problem)
    assert standing_of(problem, plan.pairs) == oracle_standing(problem)
    assert plan.upper_bound == plan.value
