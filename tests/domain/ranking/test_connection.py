"""What shared reviews link."""

from thinkia.domain.ranking.connection import Part, parts_of, places_of

TWO_PARTS = [("A", "J1"), ("B", "J1"), ("B", "J2"), ("C", "J3"), ("C", "J4")]


def test_a_chain_of_shared_submissions_links():
    assert parts_of(TWO_PARTS[:3]) == (Part(("A", "B"), ("J1", "J2")),)


def test_parts_without_a_shared_juror_stay_apart_the_largest_first():
    assert parts_of(TWO_PARTS) == (Part(("A", "B"), ("J1", "J2")), Part(("C",), ("J3", "J4")))


def test_one_juror_who_reads_in_both_links_them():
    assert len(parts_of([*TWO_PARTS, ("C", "J2")])) == 1


def test_the_order_of_pairs_never_matters():
    assert parts_of(reversed(TWO_PARTS)) == parts_of(TWO_PARTS)


def test_a_submission_and_a_juror_of_one_code_are_two():
    assert parts_of([("A", "B"), ("B", "A")]) == (Part(("A",), ("B",)), Part(("B",), ("A",)))


def test_each_code_has_the_number_of_its_part():
    submissions, jurors = places_of(parts_of(TWO_PARTS))
    assert submissions == {"A": 0, "B": 0, "C": 1}
    assert jurors == {"J1": 0, "J2": 0, "J3": 1, "J4": 1}


def test_nothing_has_no_parts():
    assert parts_of([]) == ()
