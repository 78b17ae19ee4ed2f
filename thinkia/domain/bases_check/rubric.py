"""What contradicts itself in a rubric: codes, weights, scales, anchors."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from thinkia.domain.bases_check.kinds import Path, Problem, ProblemKind, Problems
from thinkia.domain.codes import is_code, repeated
from thinkia.domain.marks import highest, is_allowed, is_awaited, lowest
from thinkia.domain.rubric import Aggregate, Criterion, MarksToScore, Rubric, Scale

HUNDRED = Decimal(100)
MOST_ITEMS, MOST_SUMS = 50, 10_000  # of a checklist


def rubric_problems(rubric: Rubric, *, whole: bool = True) -> Problems:
    """Everything that keeps a rubric from giving one score to one set of marks. Not ``whole``: some
    criteria could not be read, so nothing is said of all of them together.
    """
    criteria = rubric.criteria
    if whole and not criteria:
        yield Problem(("rubric", "criteria"), ProblemKind.NO_CRITERIA)
    for index, code in repeated(criterion.code for criterion in criteria):
        yield Problem(("rubric", "criteria", index, "code"), ProblemKind.DUPLICATE_CRITERION, {"code": code})
    yield from _weight_problems(rubric, whole=whole)
    yield from _cap_problems(rubric, whole=whole)
    if whole and criteria and not any(is_awaited(one) and one.weight != 0 for one in criteria):
        yield Problem(("rubric", "criteria"), ProblemKind.NOTHING_REQUIRED)
    for index, criterion in enumerate(criteria):
        yield from _criterion_problems(criterion, rubric, ("rubric", "criteria", index))


def _weight_problems(rubric: Rubric, *, whole: bool) -> Problems:
    path: Path = ("rubric", "criteria")
    weights = [criterion.weight for criterion in rubric.criteria]
    given = [weight for weight in weights if weight is not None]
    if not given:
        return
    if rubric.aggregate is Aggregate.SUM:
        yield Problem((*path, _first_given(weights), "weight"), ProblemKind.WEIGHTS_IN_SUM)
        return
    for index, weight in enumerate(weights):
        if weight is not None and weight < 0:
            yield Problem((*path, index, "weight"), ProblemKind.WEIGHT_NEGATIVE, {"weight": weight})
    without = tuple(criterion.code for criterion in rubric.criteria if criterion.weight is None)
    if not whole:
        return
    if without:
        yield Problem(path, ProblemKind.WEIGHTS_PARTLY, {"codes": without})
    elif sum(given) != HUNDRED:
        yield Problem(path, ProblemKind.WEIGHTS_TOTAL, {"total": sum(given), "weights": tuple(given)})


def _cap_problems(rubric: Rubric, *, whole: bool) -> Problems:
    groups = tuple(dict.fromkeys(one.group for one in rubric.criteria if one.group is not None))
    for group, most in rubric.caps.items():
        path: Path = ("rubric", "caps", group)
        if rubric.aggregate is not Aggregate.SUM:
            yield Problem(path, ProblemKind.CAPS_WITHOUT_SUM)
        elif whole and group not in groups:
            yield Problem(path, ProblemKind.CAP_UNKNOWN_GROUP, {"code": group, "known": groups})
        elif most <= 0:
            yield Problem(path, ProblemKind.CAP_POSITIVE)


def _first_given(weights: Iterable[Decimal | None]) -> int:
    return next(index for index, weight in enumerate(weights) if weight is not None)


def _criterion_problems(criterion: Criterion, rubric: Rubric, path: Path) -> Problems:
    for key, code in (("code", criterion.code), ("group", criterion.group)):
        if code is not None and not is_code(code):
            yield Problem((*path, key), ProblemKind.CODE, {"code": code})
    broken = tuple(scale_problems(criterion.scale, (*path, "scale")))
    yield from broken
    if not broken:
        yield from _of_max_problems(criterion, rubric, path)
        yield from _anchor_problems(criterion, path)
    items, checklist = len(criterion.items), len(criterion.scale.checklist or ())
    if items and items != checklist:
        yield Problem((*path, "items"), ProblemKind.ITEMS_COUNT, {"items": items, "checklist": checklist})


def _of_max_problems(criterion: Criterion, rubric: Rubric, path: Path) -> Problems:
    matters = rubric.aggregate is not Aggregate.SUM and rubric.marks_to_score is MarksToScore.OF_MAX
    if matters and (lowest(criterion.scale) < 0 or highest(criterion.scale) <= 0):
        yield Problem((*path, "scale"), ProblemKind.OF_MAX_NEEDS_POSITIVE)


def _anchor_problems(criterion: Criterion, path: Path) -> Problems:
    seen: set[Decimal] = set()
    for index, anchor in enumerate(criterion.anchors):
        here = (*path, "anchors", index, "marks")
        for mark in anchor.marks:
            if not is_allowed(criterion.scale, mark):
                yield Problem(here, ProblemKind.ANCHOR_OFF_SCALE, {"mark": mark})
            elif mark in seen:
                yield Problem(here, ProblemKind.ANCHOR_TWICE, {"mark": mark})
            seen.add(mark)


def scale_problems(scale: Scale, path: Path) -> Problems:
    """What keeps a scale from being one of a range, listed values or a checklist."""
    is_range = any(part is not None for part in (scale.min, scale.max, scale.step))
    kinds = (is_range, scale.values is not None, scale.checklist is not None)
    if sum(kinds) != 1:
        yield Problem(path, ProblemKind.SCALE_KIND)
    elif scale.values is not None:
        yield from _values_problems(scale.values, (*path, "values"))
    elif scale.checklist is not None:
        yield from _checklist_problems(scale.checklist, (*path, "checklist"))
    else:
        yield from _range_problems(scale, path)


def _values_problems(values: tuple[Decimal, ...], path: Path) -> Problems:
    if len(values) < 2:
        yield Problem(path, ProblemKind.VALUES_TOO_FEW)
    if any(later <= earlier for earlier, later in pairwise(values)):
        yield Problem(path, ProblemKind.VALUES_NOT_ASCENDING, {"values": tuple(sorted(set(values)))})


def _checklist_problems(points: tuple[Decimal, ...], path: Path) -> Problems:
    if not points:
        yield Problem(path, ProblemKind.CHECKLIST_EMPTY)
    elif any(point <= 0 for point in points):
        yield Problem(path, ProblemKind.CHECKLIST_POINTS)
    elif len(points) > MOST_ITEMS or _most_sums(points) > MOST_SUMS:
        yield Problem(path, ProblemKind.CHECKLIST_TOO_FINE, {"limit": MOST_ITEMS})


def _most_sums(points: tuple[Decimal, ...]) -> Fraction:
    """How many different marks a checklist can have at most: 2ⁿ, or its total in units of its finest item."""
    finest = max(Fraction(point).denominator for point in points)
    return min(Fraction(2 ** len(points)), sum(map(Fraction, points), Fraction(0)) * finest + 1)


def _range_problems(scale: Scale, path: Path) -> Problems:
    if scale.min is None or scale.max is None:
        yield Problem(path, ProblemKind.SCALE_ENDS)
        return
    if scale.min >= scale.max:
        yield Problem(path, ProblemKind.SCALE_OUT_OF_ORDER, {"min": scale.min, "max": scale.max})
    elif scale.step is not None and scale.step <= 0:
        yield Problem((*path, "step"), ProblemKind.STEP_POSITIVE)
    elif scale.step is not None and Fraction(scale.max - scale.min) % Fraction(scale.step):
        numbers = {"min": scale.min, "max": scale.max, "step": scale.step}
        yield Problem((*path, "step"), ProblemKind.STEP_DOES_NOT_DIVIDE, numbers)
