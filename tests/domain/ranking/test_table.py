from decimal import Decimal

import pytest

from tests.domain.ranking.rules import ONE_TO_FIVE, balanced, points, rules, weighted
from thinkia.domain.ranking.findings import CannotRankError, FaultKind, NoteKind
from thinkia.domain.ranking.panels import Ballot
from thinkia.domain.ranking.table import Incomplete, MarkRow, read_ballots
from thinkia.domain.rubric import Criterion, Rubric, Scale

TWO = rules(points("a", "b", scale=ONE_TO_FIVE))


def table(*lines):
    """Rows from "submission juror sector criterion mark"; the first is row 2."""
    return [MarkRow(row, *(*line.split(), "")[:5]) for row, line in enumerate(lines, 2)]


def faults_of(lines, with_rules=TWO, **kwargs):
    with pytest.raises(CannotRankError) as caught:
        read_ballots(table(*lines), with_rules, **kwargs)
    return [(fault.row, fault.kind) for fault in caught.value.faults]


def first_fault(lines, with_rules=TWO, **kwargs):
    with pytest.raises(CannotRankError) as caught:
        read_ballots(table(*lines), with_rules, **kwargs)
    return caught.value.faults[0]


def test_rows_become_ballots():
    lines = ["B J1 public a 5", "A J1 public a 4", "A J1 public b 3", "B J1 public b 1"]
    assert read_ballots(table(*lines), TWO).ballots == (
        Ballot("A", "J1", "public", {"a": Decimal(4), "b": Decimal(3)}),
        Ballot("B", "J1", "public", {"a": Decimal(5), "b": Decimal(1)}),
    )


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("A J1 public a 6", FaultKind.MARK_NOT_LISTED),
        ("A J1 public a 0", FaultKind.MARK_NOT_LISTED),
        ("A J1 public a 4.5", FaultKind.MARK_NOT_LISTED),
        ("A J1 public a 4,5", FaultKind.MARK_WITH_COMMA),
        ("A J1 public a 1e3", FaultKind.MARK_NOT_A_NUMBER),
        ("A J1 public a NaN", FaultKind.MARK_NOT_A_NUMBER),
        ("A J1 public a ４", FaultKind.MARK_NOT_A_NUMBER),
        ("A J1 public a +4", FaultKind.MARK_NOT_A_NUMBER),
        ("A J1 public a n/a", FaultKind.MARK_NOT_A_NUMBER),
        ("A J1 public a 4.0000001", FaultKind.MARK_TOO_MANY_PLACES),
        ("A J1 public z 4", FaultKind.UNKNOWN_CRITERION),
        ("A J1 public A 4", FaultKind.UNKNOWN_CRITERION),
        ("A J1 galactic a 4", FaultKind.UNKNOWN_SECTOR),
        ("A J1 Public a 4", FaultKind.UNKNOWN_SECTOR),
    ],
)
def test_a_faulty_row_is_named_and_nothing_follows_from_it(line, kind):
    assert faults_of(["B J2 public a 4", "B J2 public b 4", line, "A J1 public b 4"]) == [(4, kind)]


def test_a_mark_outside_a_scale_says_what_the_scale_takes():
    scales = {
        "a": Scale(min=Decimal(0), max=Decimal(1)),
        "b": Scale(min=Decimal(0), max=Decimal(500), step=Decimal(5)),
        "c": Scale(values=(Decimal(1), Decimal(3), Decimal(5))),
        "d": Scale(checklist=(Decimal(1), Decimal(2))),
    }
    rubric = Rubric(tuple(Criterion(code, scale) for code, scale in scales.items()))
    marks = {"a": "1.5", "b": "7", "c": "2", "d": "4"}
    found = {code: first_fault([f"A J1 public {code} {mark}"], rules(rubric)) for code, mark in marks.items()}
    assert {code: fault.kind for code, fault in found.items()} == {
        "a": FaultKind.MARK_OUTSIDE_SCALE,
        "b": FaultKind.MARK_OFF_STEP,
        "c": FaultKind.MARK_NOT_LISTED,
        "d": FaultKind.MARK_NOT_LISTED,
    }
    assert (found["a"].params["lowest"], found["a"].params["highest"]) == ("0", "1")
    assert found["b"].params["step"] == "5"
    assert found["c"].params["allowed"] == "1, 3, 5"
    assert found["d"].params["allowed"] == "0, 1, 2, 3"


def test_every_faulty_row_is_named_at_once_in_the_order_of_the_file():
    lines = ["A J1 public a 9", "A J1 galactic b 4", "A J2 public z 4", "B J3 public a 4,5"]
    assert faults_of(lines) == [
        (2, FaultKind.MARK_NOT_LISTED),
        (3, FaultKind.UNKNOWN_SECTOR),
        (4, FaultKind.UNKNOWN_CRITERION),
        (5, FaultKind.MARK_WITH_COMMA),
    ]


def test_a_repeated_mark_names_both_rows_even_if_it_is_the_same_mark():
    fault = first_fault(["A J1 public a 4", "A J1 public b 4", "A J1 public a 4"])
    assert (fault.row, fault.kind, fault.params["first"]) == (4, FaultKind.DUPLICATE_MARK, "2")


def test_a_juror_sits_for_one_sector_in_the_whole_table():
    lines = ["A J1 public a 4", "A J1 public b 4", "B J1 academia a 4", "B J1 academia b 4"]
    fault = first_fault(lines)
    assert (fault.kind, fault.params["other_row"]) == (FaultKind.TWO_SECTORS, "2")
    assert [row for row, _ in faults_of(lines)] == [4, 5]


def test_or_for_one_on_each_panel_where_the_reader_says_so():
    lines = ["A J1 public a 4", "A J1 public b 4", "B J1 academia a 4", "B J1 academia b 4"]
    read = read_ballots(table(*lines), TWO, sector_per_panel=True)
    assert [(one.submission, one.sector) for one in read.ballots] == [("A", "public"), ("B", "academia")]
    with pytest.raises(CannotRankError) as refused:
        read_ballots(table(lines[0], "A J1 academia b 4"), TWO, sector_per_panel=True)
    assert [one.kind for one in refused.value.faults] == [FaultKind.TWO_SECTORS]


def test_a_sector_without_weight_in_the_method_is_refused_at_its_row():
    with_rules = rules(points("a"), balanced(public=1, academia=1))
    assert faults_of(["A J1 public a 4", "A J2 private a 4"], with_rules) == [
        (3, FaultKind.SECTOR_WITHOUT_WEIGHT)
    ]


def test_a_sector_of_weight_zero_is_accepted():
    with_rules = rules(points("a"), balanced(public=1, private=0))
    assert len(read_ballots(table("A J1 public a 4", "A J2 private a 4"), with_rules).ballots) == 2


# Incomplete reviews


def test_an_incomplete_review_is_refused_at_its_first_row():
    fault = first_fault(["A J1 public b 4", "B J1 public a 4", "B J1 public b 4"])
    assert (fault.row, fault.kind, fault.params["criteria"]) == (2, FaultKind.INCOMPLETE_REVIEW, "a")


def test_an_empty_mark_is_an_unmarked_criterion_and_never_a_zero():
    assert faults_of(["A J1 public a 4", "A J1 public b"]) == [(2, FaultKind.INCOMPLETE_REVIEW)]


def test_incomplete_reviews_are_left_out_whole_and_named():
    lines = ["A J1 public a 4", "A J1 public b 4", "A J2 public a 1"]
    read = read_ballots(table(*lines), TWO, incomplete=Incomplete.EXCLUDE)
    assert [ballot.juror for ballot in read.ballots] == ["J1"]
    assert [(note.kind, dict(note.params)) for note in read.notes] == [
        (NoteKind.REVIEW_EXCLUDED, {"submission": "A", "juror": "J2", "criteria": "b"})
    ]


def test_a_submission_left_without_reviews_does_not_vanish():
    lines = ["A J1 public a 4", "A J1 public b 4", "B J1 public a 4", "B J2 public b 4"]
    assert faults_of(lines, incomplete=Incomplete.EXCLUDE) == [(4, FaultKind.NO_REVIEW_LEFT)]


def test_leaving_out_incomplete_reviews_forgives_nothing_else():
    lines = ["A J1 public a 4", "A J1 public b 4", "A J2 public a 9"]
    assert faults_of(lines, incomplete=Incomplete.EXCLUDE) == [(4, FaultKind.MARK_NOT_LISTED)]


# Codes


def test_codes_that_differ_in_capitals_are_two_and_it_is_said():
    lines = ["A1 J1 public a 4", "A1 J1 public b 4", "a1 J1 public a 4", "a1 J1 public b 4"]
    read = read_ballots(table(*lines), TWO)
    assert [ballot.submission for ballot in read.ballots] == ["A1", "a1"]
    assert [(note.kind, note.params["codes"]) for note in read.notes] == [
        (NoteKind.CODES_DIFFER_IN_CASE, "A1, a1")
    ]


@pytest.mark.parametrize("column", ["submission", "juror"])
def test_an_empty_code_is_refused(column):
    cells = {"submission": "A", "juror": "J1", "sector": "public", "criterion": "a", "mark": "4", column: ""}
    with pytest.raises(CannotRankError) as caught:
        read_ballots([MarkRow(2, **cells)], rules(weighted(a=100)))
    assert [(fault.row, fault.kind, fault.params["column"]) for fault in caught.value.faults] == [
        (2, FaultKind.EMPTY_CODE, column)
    ]
