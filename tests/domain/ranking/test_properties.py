"""What must hold for any marks, beside a second computation that shares no line with the first."""

import random
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.ranking.rules import ONE_TO_FIVE, balanced, faults_of, points, rules, weighted
from thinkia.domain.bases import Method
from thinkia.domain.ranking.findings import FaultKind
from thinkia.domain.ranking.order import rank
from thinkia.domain.ranking.panels import Ballot
from thinkia.domain.ranking.table import MarkRow, read_ballots
from thinkia.domain.ranking.ties import lottery_number
from thinkia.domain.rubric import MarksToScore

WEIGHTS = {"a": 50, "b": 30, "c": 20}
SECTORS = {"public": 1, "academia": 1, "civil_society": 2}
CHAIN = ["criterion:a", "group:g", "lottery:2026"]
RUBRICS = {
    rule: weighted(rule, groups={"b": "g", "c": "g"}, **WEIGHTS)
    for rule in (MarksToScore.OF_MAX, MarksToScore.MIN_MAX)
}
METHODS = {"mean": Method(), "sector_balanced": balanced(**SECTORS)}

marks = st.fixed_dictionaries({code: st.integers(1, 5).map(Decimal) for code in WEIGHTS})
panel = st.tuples(*(st.lists(marks, min_size=1, max_size=3) for _ in SECTORS))
panels = st.dictionaries(st.text("ABCDEF", min_size=1, max_size=3), panel, min_size=1, max_size=6)
setting = st.tuples(st.sampled_from(list(RUBRICS)), st.sampled_from(list(METHODS)))


def ballots_of(given_panels):
    return [
        Ballot(submission, f"{sector}{seat}", sector, given_marks)
        for submission, by_sector in given_panels.items()
        for sector, seats in zip(SECTORS, by_sector, strict=True)
        for seat, given_marks in enumerate(seats)
    ]


def order(ranking):
    return [(line.place, line.submission, line.score, line.decided_by) for line in ranking.lines]


def computed_by_hand(rule, method, given_panels):
    """Place, submission, score and deciding key, from the text of the rules alone."""
    values = {}
    for submission, by_sector in given_panels.items():
        per_sector = []
        for seats in by_sector:
            rows = []
            for seat in seats:
                part = {
                    code: Fraction(WEIGHTS[code])
                    * (mark / Fraction(5) if rule == "of_max" else (mark - 1) / Fraction(4))
                    for code, mark in ((code, Fraction(mark)) for code, mark in seat.items())
                }
                rows.append((sum(part.values()), Fraction(seat["a"]), part["b"] + part["c"]))
            per_sector.append(rows)
        if method == "mean":
            pooled = [row for rows in per_sector for row in rows]
            values[submission] = tuple(sum(column) / len(pooled) for column in zip(*pooled, strict=True))
        else:
            means = [[sum(column) / len(rows) for column in zip(*rows, strict=True)] for rows in per_sector]
            values[submission] = tuple((p + q + 2 * c) / 4 for p, q, c in zip(*means, strict=True))
    keys = {code: (*value, lottery_number("2026", code)) for code, value in values.items()}
    ordered = sorted(keys, key=lambda code: (-keys[code][0], -keys[code][1], -keys[code][2], keys[code][3]))
    names = [None, "criterion:a", "group:g", "lottery"]
    found = []
    for place, code in enumerate(ordered, 1):
        following = keys[ordered[place]] if place < len(ordered) else None
        split = next((n for n in range(4) if following and following[n] != keys[code][n]), 0)
        found.append((place, code, keys[code][0], names[split]))
    return found


@settings(deadline=None)
@given(setting, panels)
def test_the_order_is_what_the_rules_say_computed_by_hand(choice, given_panels):
    rule, method = choice
    ranking = rank(rules(RUBRICS[rule], METHODS[method], CHAIN), ballots_of(given_panels))
    assert order(ranking) == computed_by_hand(rule, method, given_panels)


@settings(deadline=None)
@given(setting, panels)
def test_a_score_is_the_weighted_sum_of_its_ballots_and_of_its_sectors(choice, given_panels):
    rule, method = choice
    for line in rank(rules(RUBRICS[rule], METHODS[method]), ballots_of(given_panels)).lines:
        assert sum(one.share * one.score for one in line.panel.ballots) == line.score
        assert sum(one.share * one.score for one in line.panel.sectors) == line.score
        assert sum(one.share for one in line.panel.ballots) == 1


@settings(deadline=None)
@given(setting, panels, st.randoms(use_true_random=False))
def test_the_order_of_the_ballots_never_matters(choice, given_panels, chance):
    rule, method = choice
    ballots = ballots_of(given_panels)
    shuffled = ballots[:]
    chance.shuffle(shuffled)
    given_rules = rules(RUBRICS[rule], METHODS[method], CHAIN)
    assert rank(given_rules, ballots) == rank(given_rules, shuffled)


@settings(deadline=None)
@given(setting, panels)
def test_names_of_submissions_and_jurors_decide_nothing_but_the_lottery(choice, given_panels):
    rule, method = choice
    given_rules = rules(RUBRICS[rule], METHODS[method], CHAIN[:2])
    ballots = ballots_of(given_panels)
    renamed = [Ballot(b.submission[::-1] + "~", f"~{b.juror}", b.sector, b.marks) for b in ballots]
    before = {
        line.submission[::-1] + "~": (line.place, line.score) for line in rank(given_rules, ballots).lines
    }
    assert {line.submission: (line.place, line.score) for line in rank(given_rules, renamed).lines} == before


@settings(deadline=None)
@given(setting, panels, st.data())
def test_raising_one_mark_never_lowers_that_submission(choice, given_panels, data):
    rule, method = choice
    given_rules = rules(RUBRICS[rule], METHODS[method], CHAIN[:2])
    ballots = ballots_of(given_panels)
    seat = data.draw(st.integers(0, len(ballots) - 1))
    code = data.draw(st.sampled_from(sorted(WEIGHTS)))
    chosen = ballots[seat]
    raised = {**chosen.marks, code: min(chosen.marks[code] + 1, Decimal(5))}
    others = ballots[:seat] + ballots[seat + 1 :]
    after = rank(given_rules, [*others, Ballot(chosen.submission, chosen.juror, chosen.sector, raised)])
    places = [
        next(line.place for line in ranking.lines if line.submission == chosen.submission)
        for ranking in (rank(given_rules, ballots), after)
    ]
    assert places[1] <= places[0]


@settings(deadline=None)
@given(panels, panels)
def test_a_sector_of_weight_zero_is_ignored(given_panels, noise):
    method = balanced(public=1, academia=1, civil_society=2, private=0)
    ballots = ballots_of(given_panels)
    seen = {ballot.submission for ballot in ballots}
    private = [
        Ballot(b.submission, f"x{b.juror}", "private", b.marks)
        for b in ballots_of(noise)
        if b.submission in seen
    ]
    given_rules = rules(RUBRICS[MarksToScore.OF_MAX], method, CHAIN)
    assert order(rank(given_rules, ballots + private)) == order(rank(given_rules, ballots))


@settings(deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=6),
    st.integers(0, 3),
    st.integers(1, 5),
)
def test_when_all_read_everything_one_kinder_juror_changes_no_order(table, juror, bonus):
    """On a complete design a constant added to one juror's marks moves all alike."""

    def ranked(extra):
        ballots = [
            Ballot(f"S{n}", f"J{seat}", "public", {"a": Decimal(mark + (extra if seat == juror else 0))})
            for n, row in enumerate(table)
            for seat, mark in enumerate(row)
        ]
        return [(line.place, line.submission) for line in rank(rules(), ballots).lines]

    assert ranked(0) == ranked(bonus)


@settings(deadline=None)
@given(panels)
def test_equal_sectors_of_one_juror_give_the_plain_mean(given_panels):
    single = {code: tuple(seats[:1] for seats in by_sector) for code, by_sector in given_panels.items()}
    alike = balanced(public=7, academia=7, civil_society=7)
    rubric = RUBRICS[MarksToScore.OF_MAX]
    assert order(rank(rules(rubric, alike), ballots_of(single))) == order(
        rank(rules(rubric), ballots_of(single))
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_shuffled_table_reads_the_same(seed):
    chance = random.Random(seed)
    cells = [(s, j, c, str(chance.randint(1, 5))) for s in "AB" for j in ("J1", "J2") for c in ("a", "b")]
    rows = [MarkRow(n, s, j, "public", c, mark) for n, (s, j, c, mark) in enumerate(cells, 2)]
    mixed = chance.sample(rows, len(rows))
    two = rules(points("a", "b", scale=ONE_TO_FIVE))
    assert read_ballots(mixed, two) == read_ballots(rows, two)


@settings(deadline=None)
@given(setting, panels)
def test_places_are_one_more_than_the_number_of_better_lines(choice, given_panels):
    rule, method = choice
    ranking = rank(rules(RUBRICS[rule], METHODS[method], CHAIN[:1]), ballots_of(given_panels))
    sizes = defaultdict(int)
    for line in ranking.lines:
        sizes[line.place] += 1
    expected, place = [], 1
    while place <= len(ranking.lines):
        expected += [place] * sizes[place]
        place += sizes[place]
    assert [line.place for line in ranking.lines] == expected
    assert [line.score for line in ranking.lines] == sorted(
        (line.score for line in ranking.lines), reverse=True
    )


@settings(deadline=None)
@given(setting, panels, st.data())
def test_an_incomplete_review_is_refused_by_name_and_never_counted_as_0(choice, given_panels, data):
    rule, method = choice
    ballots = ballots_of(given_panels)
    seat = data.draw(st.integers(0, len(ballots) - 1))
    lost = data.draw(st.sampled_from(sorted(WEIGHTS)))
    whole = ballots[seat]
    rest = {code: mark for code, mark in whole.marks.items() if code != lost}
    half = Ballot(whole.submission, whole.juror, whole.sector, rest)
    found = faults_of(rules(RUBRICS[rule], METHODS[method]), [*ballots[:seat], half, *ballots[seat + 1 :]])
    assert [(kind, said["submission"], said["juror"]) for kind, said in found] == [
        (FaultKind.INCOMPLETE_REVIEW, whole.submission, whole.juror)
    ]


@settings(deadline=None)
@given(st.lists(st.integers(0, 10), min_size=1, max_size=8), st.integers(1, 8))
def test_a_mark_of_0_counts_as_0(given_marks, zeros):
    """Each 0 is one more mark of the mean: neither left out nor taken for a mark that is missing."""
    seats = [*given_marks, *([0] * zeros)]
    ballots = [Ballot("A", f"J{n}", "public", {"a": Decimal(mark)}) for n, mark in enumerate(seats)]
    (line,) = rank(rules(), ballots).lines
    assert line.score == Fraction(sum(given_marks), len(seats))
