"""What contradicts itself in who may take part and how teams are made up."""

from thinkia.domain.bases import CompositionRule, Eligibility, PersonAttribute, TeamRules
from thinkia.domain.bases_check.kinds import Path, Problem, ProblemKind, Problems
from thinkia.domain.codes import repeated
from thinkia.domain.territory import PROVINCES

OLDEST = 120


def eligibility_problems(eligibility: Eligibility) -> Problems:
    """Ages nobody has, provinces that are none."""
    low, high = eligibility.min_age, eligibility.max_age
    for key, age in (("min_age", low), ("max_age", high)):
        if age is not None and not 0 <= age <= OLDEST:
            yield Problem(("eligibility", key), ProblemKind.AGE, {"limit": OLDEST})
    if low is not None and high is not None and low > high:
        yield Problem(("eligibility", "max_age"), ProblemKind.AGES_OUT_OF_ORDER, {"min": low, "max": high})
    for index, code in enumerate(eligibility.provinces):
        yield from _province(code, ("eligibility", "provinces", index))
    for index, code in repeated(eligibility.provinces):
        yield Problem(("eligibility", "provinces", index), ProblemKind.DUPLICATE_PROVINCE, {"code": code})


def _province(code: str, path: Path) -> Problems:
    if code not in PROVINCES:
        yield Problem(path, ProblemKind.UNKNOWN_PROVINCE, {"code": code})


def team_problems(team: TeamRules) -> Problems:
    """Sizes and composition rules that no team can meet."""
    if team.min < 1:
        yield Problem(("team", "min"), ProblemKind.TEAM_MIN)
    if team.max is not None and team.max < team.min:
        sizes = {"min": team.min, "max": team.max}
        yield Problem(("team", "max"), ProblemKind.TEAM_SIZES_OUT_OF_ORDER, sizes)
    for index, rule in enumerate(team.composition):
        yield from _composition_problems(rule, team, ("team", "composition", index))


def _composition_problems(rule: CompositionRule, team: TeamRules, path: Path) -> Problems:
    counted = rule.min is not None or rule.max is not None
    spread = (rule.max_same is not None) + (rule.min_different is not None)
    if (rule.value is not None) != counted or (spread != 0 if counted else spread != 1):
        yield Problem(path, ProblemKind.COMPOSITION_KIND)
        return
    numbers = [one for one in (rule.min, rule.max, rule.max_same, rule.min_different) if one is not None]
    if min(numbers) < 0 or rule.max_same == 0 or rule.min_different == 0:
        yield Problem(path, ProblemKind.COMPOSITION_NUMBER)
    elif rule.min is not None and rule.max is not None and rule.min > rule.max:
        yield Problem(path, ProblemKind.COMPOSITION_OUT_OF_ORDER, {"min": rule.min, "max": rule.max})
    least = max(rule.min or 0, rule.min_different or 0)
    if team.max is not None and least > team.max:
        yield Problem(path, ProblemKind.COMPOSITION_OVER_TEAM, {"least": least, "max": team.max})
    if rule.attribute is PersonAttribute.PROVINCE and rule.value is not None:
        yield from _province(rule.value, (*path, "value"))
