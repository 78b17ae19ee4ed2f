"""What is kept of a ranking reads back exactly, and says what wins and what still waits."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as some

from thinkia.domain.bases import RankingRules, TieKey, TieKeyKind
from thinkia.domain.ranking.order import rank
from thinkia.domain.ranking.panels import Ballot
from thinkia.domain.ranking.record import Context, Exclusion, read, record_of, wins, written
from thinkia.domain.ranking.summary import Band, band, criterion_means, distribution, middle
from thinkia.domain.ranking.ties import TieFacts
from thinkia.domain.rubric import Aggregate, Criterion, Rubric, Scale

RUBRIC = Rubric((Criterion("a", Scale(min=Decimal(0), max=Decimal(9))),), Aggregate.SUM)
CHAIR = (TieKey(TieKeyKind.CHAIR), TieKey(TieKeyKind.SUBMITTED_AT))
AT = datetime(2026, 3, 1, tzinfo=UTC)


def kept(marks, *, chain=(), winners=1, cut_off=None, facts=None, **context):
    ballots = [
        Ballot(code, f"J{n}", "public", {"a": Decimal(str(mark))})
        for code, given_marks in marks.items()
        for n, mark in enumerate(given_marks)
    ]
    rules = RankingRules(RUBRIC, tie_break=chain, cut_off=cut_off)
    ranking = rank(rules, ballots, facts=facts or TieFacts(dict.fromkeys(marks, AT)))
    return record_of(ranking, Context(version=1, winners=winners, **context))


@settings(max_examples=40, deadline=None)
@given(
    some.dictionaries(
        some.text("ABC", min_size=1, max_size=4),
        some.lists(some.integers(0, 9), min_size=1, max_size=3),
        min_size=1,
        max_size=6,
    )
)
def test_a_record_reads_back_as_it_was_written(marks):
    record = kept(marks, chain=CHAIR, exclusions=(Exclusion("X", "«por qué»"),), withdrawn=("W",))
    assert read(written(record)) == record
    assert written(read(written(record))) == written(record)


def test_thirds_survive_exactly():
    record = read(written(kept({"A": [1, 1, 2], "B": [1, 1, 1]})))
    assert record.lines[0].score == Fraction(4, 3)
    assert record.lines[0].sectors[0].score == Fraction(4, 3)


def test_a_place_wins_among_the_first_and_from_the_cut_off_on():
    assert wins(1, 1, passes=None)
    assert wins(1, 1, passes=True)
    assert not wins(1, 1, passes=False)
    assert not wins(2, 1, passes=True)
    record = kept({"A": [9], "B": [5], "C": [4]}, winners=3, cut_off=Decimal(5))
    assert [line.submission for line in record.winners] == ["A", "B"]


def test_only_ties_for_a_winning_place_have_to_be_decided_by_the_chair():
    record = kept({"A": [9], "B": [9], "C": [4], "D": [4]}, chain=CHAIR)
    assert [step.submissions for step in record.awaiting_chair] == [("A", "B"), ("C", "D")]
    assert [step.submissions for step in record.chair_must_decide] == [("A", "B")]
    assert record.shared == (("A", "B"), ("C", "D"))
    facts = TieFacts(dict.fromkeys("ABCD", AT), chair=[["B", "A"]])
    decided = kept({"A": [9], "B": [9], "C": [4], "D": [4]}, chain=CHAIR, facts=facts)
    assert decided.chair_must_decide == ()
    assert [line.submission for line in decided.lines][:2] == ["B", "A"]


def test_a_record_knows_what_settled_each_tie_and_who_still_shares_a_place():
    facts = TieFacts(dict.fromkeys("ABCD", AT), chair=[["B", "A"], ["D", "C"]])
    marks = {"A": [9], "B": [9], "C": [4], "D": [4]}
    decided = kept(marks, chain=CHAIR, facts=facts)
    assert [step.submissions for step in decided.settled] == [("A", "B"), ("C", "D")]
    assert [step.submissions for step in decided.settled_for_winners] == [("A", "B")]
    assert decided.steps_of("C") == decided.settled[1:]
    assert decided.steps_of("X") == ()
    assert not any(decided.is_shared(line) for line in decided.lines)

    waiting = kept(marks, chain=CHAIR)
    assert waiting.settled == ()
    assert all(waiting.is_shared(line) for line in waiting.lines)
    assert waiting.line("D").submission == "D"
    assert waiting.line("X") is None


def lines_of(scores, winners=1):
    return kept({f"S{n:02}": [score] for n, score in enumerate(scores)}, winners=winners).lines


def test_a_distribution_holds_every_score_once_with_both_ends():
    bins = distribution(lines_of([0, 1, 4.5, 4.5, 9]), Fraction(0), Fraction(9), parts=9)
    assert [(int(part.low), part.count, part.winners) for part in bins] == [
        (0, 1, 0),
        (1, 1, 0),
        (2, 0, 0),
        (3, 0, 0),
        (4, 2, 0),
        (5, 0, 0),
        (6, 0, 0),
        (7, 0, 0),
        (8, 1, 1),
    ]
    assert distribution((), Fraction(0), Fraction(9)) == []
    assert distribution(lines_of([1]), Fraction(1), Fraction(1)) == []


def test_nothing_is_said_of_fewer_than_three_nor_of_a_rest_of_fewer_than_three():
    def shown(count, winners):
        (mean,) = criterion_means(lines_of(range(count), winners), ["a"])
        return mean.winners is not None, mean.everybody is not None

    assert shown(2, 1) == (False, False)
    assert shown(3, 1) == (False, True)
    assert shown(3, 3) == (True, True)
    assert shown(5, 3) == (False, True), "all minus the winners would give away the other two"
    assert shown(6, 3) == (True, True)


def test_the_middle_is_the_median_of_three_or_more():
    assert middle([Fraction(1), Fraction(2)]) is None
    assert middle(map(Fraction, (9, 1, 2))) == 2
    assert middle(map(Fraction, (9, 1, 2, 4))) == 3


def test_bands_are_thirds_and_the_winners():
    lines = lines_of(range(9), winners=1)
    found = [band(line, len(lines)) for line in lines]
    assert found == [Band.WINNER, *[Band.UPPER] * 2, *[Band.MIDDLE] * 3, *[Band.LOWER] * 3]
