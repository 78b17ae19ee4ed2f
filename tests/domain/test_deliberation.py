"""What a panel may know of its marks, and which of them were changed."""

from decimal import Decimal

from tests import builders as given
from thinkia.domain.deliberation import Change, Given, losses, spreads, still_hidden
from thinkia.domain.rubric import Rubric

RUBRIC = Rubric((given.criterion("a", 50), given.criterion("b", 50)))


def marks(juror, **values):
    return Given(juror, {code: Decimal(value) for code, value in values.items()})


def test_two_others_have_to_be_final_before_anything_is_shown():
    own, one, two = marks("yo", a=3, b=3), marks("uno", a=1, b=2), marks("dos", a=5, b=2)
    assert [still_hidden(final, "yo") for final in ([own], [own, one], [own, one, two])] == [2, 1, 0]
    assert spreads(RUBRIC, [own, one], "yo") == []
    assert len(spreads(RUBRIC, [own, one, two], "yo")) == 2


def test_whoever_marks_nothing_still_waits_for_two():
    assert still_hidden([marks("uno", a=1, b=2)], "preside") == 1
    assert still_hidden([marks("uno", a=1, b=2), marks("dos", a=1, b=2)], "preside") == 0


def test_the_readers_own_mark_stands_apart_and_the_others_ascend():
    final = [marks("z", a=5, b=2), marks("yo", a=3, b=3), marks("a", a=5, b=1), marks("m", a=1, b=2)]
    first, second = spreads(RUBRIC, final, "yo")
    assert (first.own, [mark.value for mark in first.others]) == (3, [1, 5, 5])
    assert (first.gap.points, first.gap.level) == (4, 5)
    assert (second.own, [mark.juror for mark in second.others]) == (3, ["a", "m", "z"])
    assert (second.gap.points, second.gap.level) == (2, 3)


def test_what_each_version_lost_is_told_against_the_next_one():
    versions = [{"a": 1, "b": 2}, {"a": 4, "b": 2}]
    assert losses(versions, {"a": 4, "b": 5}) == [[Change("a", 1, 4)], [Change("b", 2, 5)]]
    assert losses(versions, {"a": 4, "b": 2, "c": 1}) == [[Change("a", 1, 4)], [Change("c", None, 1)]]
    assert losses([], {"a": 1}) == []
