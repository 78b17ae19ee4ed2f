"""What a juror is shown before signing."""

from decimal import Decimal

from tests import builders as given
from thinkia.domain.habits import Habit, HabitKind, habits
from thinkia.domain.rubric import Rubric, Scale

CODES = ("a", "b", "c")
RUBRIC = Rubric(tuple(given.criterion(code) for code in CODES))


def marked(*rows):
    return {f"p{n}": dict(zip(CODES, map(Decimal, row), strict=False)) for n, row in enumerate(rows)}


def test_varied_marks_say_nothing():
    assert habits(RUBRIC, marked((1, 3, 5), (5, 2, 1), (3, 4, 2), (2, 1, 4), (4, 5, 3))) == ()


def test_the_same_mark_for_every_proposal_is_shown_from_the_third_on():
    rows = ((3, 1, 5), (3, 2, 1))
    assert habits(RUBRIC, marked(*rows)) == ()
    assert habits(RUBRIC, marked(*rows, (3, 4, 2))) == (Habit(HabitKind.SAME_MARK, "a"),)


def test_a_half_of_the_scale_never_used_is_shown_from_the_fifth_on():
    rows = ((4, 2, 1), (5, 1, 5), (4, 2, 3), (5, 1, 2))
    assert habits(RUBRIC, marked(*rows)) == ()
    assert habits(RUBRIC, marked(*rows, (4, 2, 4))) == (
        Habit(HabitKind.LOWER_HALF_UNUSED, "a"),
        Habit(HabitKind.UPPER_HALF_UNUSED, "b"),
    )


def test_the_middle_of_the_scale_belongs_to_both_halves():
    assert habits(RUBRIC, marked((3, 1, 5), (4, 2, 1), (5, 4, 3), (4, 5, 2), (5, 3, 4))) == ()


def test_a_proposal_with_one_place_on_every_scale_is_flat_also_when_the_scales_differ():
    halves = Scale(min=Decimal(0), max=Decimal("2.5"), step=Decimal("0.5"))
    rubric = Rubric((*RUBRIC.criteria[:2], given.criterion("c", scale=halves)))
    assert habits(rubric, {"p": {"a": Decimal(5), "b": Decimal(5), "c": Decimal("2.5")}}) == (
        Habit(HabitKind.FLAT_PROPOSAL, "p"),
    )
    assert habits(rubric, {"p": {"a": Decimal(5), "b": Decimal(5), "c": Decimal(2)}}) == ()


def test_a_proposal_that_is_not_marked_whole_says_nothing():
    assert habits(RUBRIC, marked((3, 3), (3, 3), (3, 3))) == ()
    assert habits(RUBRIC, marked((3, 3, 3), (3, 3), (3, 1, 5))) == (Habit(HabitKind.FLAT_PROPOSAL, "p0"),)
