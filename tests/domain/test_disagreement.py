"""How far marks lie apart, and nothing of how high they are."""

from decimal import Decimal
from fractions import Fraction

from tests import builders as given
from thinkia.domain.disagreement import Extremes, differences
from thinkia.domain.rubric import Rubric

RUBRIC = Rubric((given.criterion("a", 50), given.criterion("b", 50)))


def row(code, criterion, low, high, marks=2):
    return Extremes(code, f"Idea {code}", criterion, Decimal(low), Decimal(high), marks)


def test_those_that_differ_most_come_first_however_high_their_marks_are():
    found = differences(
        RUBRIC,
        [row("P1", "a", 5, 5), row("P2", "a", 1, 2), row("P3", "a", 4, 5), row("P4", "a", 1, 5)],
    )
    assert [one.code for one in found] == ["P4", "P2", "P3", "P1"]


def test_a_gap_is_a_share_of_the_scale_in_five_steps():
    (found,) = differences(RUBRIC, [row("P1", "a", 1, 2), row("P1", "b", 1, 5)])
    assert {code: (gap.points, gap.share, gap.level) for code, gap in found.gaps.items()} == {
        "a": (1, Fraction(1, 4), 2),
        "b": (4, Fraction(1), 5),
    }
    assert found.mean == Fraction(5, 8)


def test_one_mark_is_no_disagreement():
    (found,) = differences(RUBRIC, [row("P1", "a", 3, 3, marks=1), row("P1", "b", 3, 3)])
    assert list(found.gaps) == ["b"]
    assert found.gaps["b"].level == 0
