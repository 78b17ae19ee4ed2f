"""What differs between two versions of the rules, and which differences take time away."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given as given_that
from hypothesis import strategies as st

from tests.builders import DAY, NOON, both, criterion, some_bases
from thinkia.domain.bases import (
    Challenge,
    Deliberation,
    Evaluators,
    JuryRules,
    Prize,
    Round,
    TieKey,
    TieKeyKind,
    Window,
    WindowKind,
)
from thinkia.domain.changes import (
    changes_groups,
    differences,
    hides_names,
    moves_dates,
    order_differences,
    shortenings,
    shows_more_marks,
    shows_names,
)
from thinkia.domain.rounds import Advance
from thinkia.domain.rubric import Rubric

BASES = some_bases()


def paths(**changes):
    return [one.path for one in differences(BASES, replace(BASES, **changes))]


def test_what_a_round_is_judged_by_changes_an_order_and_when_by_whom_and_its_title_do_not():
    first, last = Round("title", both("A"), advance=Advance(top=2)), Round("b", both("B"))
    before = replace(BASES, rounds=(first, last))

    def moved(**changes):
        after = replace(before, rounds=(replace(first, **changes), last))
        return [one.path for one in order_differences(before, after)]

    assert moved(title=both("Otra"), evaluation=BASES.calendar.evaluation, jury=JuryRules(3)) == []
    assert moved(advance=Advance(top=3)) == [("rounds", "title", "advance", "top")]
    assert moved(rubric=BASES.rubric, waiting=1) == [
        ("rounds", "title", "rubric"),
        ("rounds", "title", "waiting"),
    ]
    assert [one.path for one in order_differences(BASES, before)] == [("rounds", "title"), ("rounds", "b")]


def test_nothing_differs_from_itself():
    assert differences(BASES, some_bases()) == ()


def test_a_difference_says_where_and_what():
    (one,) = differences(BASES, replace(BASES, title=both("Lagos")))
    assert (one.path, one.before.es, one.after.es) == (("title",), "Ríos vivos", "Lagos")


def test_a_date_is_found_by_its_window():
    later = replace(
        BASES.calendar, submission=Window(BASES.calendar.submission.opens, NOON + timedelta(hours=241))
    )
    assert paths(calendar=later) == [("calendar", "submission", "closes")]


def test_items_are_compared_by_their_code_whatever_their_place():
    new = Challenge("aire", both("Aire"))
    assert paths(challenges=(new, *BASES.challenges)) == [("challenges", "aire")]
    assert paths(challenges=()) == [("challenges", "agua")]
    renamed = replace(BASES.challenges[0], title=both("Otra agua"))
    assert paths(challenges=(renamed,)) == [("challenges", "agua", "title")]


def test_another_order_is_a_difference_too():
    turned = Rubric(tuple(reversed(BASES.rubric.criteria)))
    (one,) = differences(BASES, replace(BASES, rubric=turned))
    assert (one.path, one.before, one.after) == (
        ("rubric", "criteria", "order"),
        ("impacto", "viabilidad"),
        ("viabilidad", "impacto"),
    )


def test_the_tie_chain_is_told_whole_because_its_order_decides():
    chain = (TieKey(TieKeyKind.CRITERION, code="viabilidad"), TieKey(TieKeyKind.SUBMITTED_AT))
    assert paths(tie_break=chain) == [("tie_break",)]


def test_what_appears_and_disappears_counts_once():
    assert paths(prizes=(Prize(both("Piloto"), 1, Decimal(1), "USD"),)) == [("prizes", 0)]
    assert paths(cut_off=Decimal(60)) == [("cut_off",)]
    heavier = Rubric((criterion("impacto", 50), criterion("viabilidad", 50)))
    assert paths(rubric=heavier) == [
        ("rubric", "criteria", "impacto", "weight"),
        ("rubric", "criteria", "viabilidad", "weight"),
    ]


def closing(hours):
    calendar = BASES.calendar
    return replace(
        BASES,
        calendar=replace(
            calendar, submission=Window(calendar.submission.opens, NOON + timedelta(hours=hours))
        ),
    )


def test_only_a_nearer_end_of_a_window_that_is_not_over_takes_time_away():
    assert shortenings(closing(240), closing(241), NOON) == ()
    (formation, submission) = shortenings(closing(240), closing(239), NOON)
    assert (formation.window, submission.window) == (WindowKind.TEAM_FORMATION, WindowKind.SUBMISSION)
    assert submission.before - submission.after == timedelta(hours=1)
    assert shortenings(closing(240), closing(239), NOON + 10 * DAY) == ()


@given_that(st.integers(1, 500), st.integers(1, 500), st.integers(-100, 600))
def test_a_window_is_shortened_exactly_when_somebody_who_could_still_use_it_loses(before, after, at):
    now = NOON + timedelta(hours=at)
    found = {one.window for one in shortenings(closing(before), closing(after), now)}
    assert (WindowKind.SUBMISSION in found) == (at < before and after < before)


# What a round says in the place of the call


def two_rounds(own=None, ends=20, **jury):
    """The last one with a window of its own, and a jury of its own where ``own`` or anything of it is said."""
    opens = BASES.calendar.evaluation.opens
    judges = replace(BASES.jury, **jury) if jury or own else None
    final = Round(
        "final", both("Final"), evaluation=Window(opens, opens + timedelta(hours=ends)), jury=judges
    )
    return replace(BASES, rounds=(Round("local", both("Local"), advance=Advance(top=2)), final))


def test_a_round_that_ends_earlier_takes_time_away_and_any_other_window_of_it_is_a_date_that_moves():
    (lost,) = shortenings(two_rounds(), two_rounds(ends=19), NOON)
    assert (lost.window, lost.round.code, lost.before - lost.after) == (
        WindowKind.EVALUATION,
        "final",
        timedelta(hours=1),
    )
    assert shortenings(two_rounds(ends=19), two_rounds(), NOON) == ()
    assert shortenings(two_rounds(), two_rounds(ends=19), lost.before) == ()
    assert moves_dates(two_rounds(), two_rounds(ends=19))
    assert moves_dates(two_rounds(ends=19), two_rounds())
    assert moves_dates(BASES, two_rounds())
    assert not moves_dates(two_rounds(), two_rounds(blind=True))


def test_what_a_jury_sees_is_compared_round_by_round():
    blind, named = two_rounds(blind=True), two_rounds(own=True)
    assert shows_names(blind, named)
    assert shows_names(blind, two_rounds())
    assert not shows_names(named, blind)
    assert hides_names(named, blind)
    assert shows_names(replace(BASES, jury=replace(BASES.jury, blind=True)), named)
    assert shows_names(replace(blind, jury=replace(BASES.jury, blind=True)), blind)  # as the call says


def test_marks_and_groups_are_compared_round_by_round():
    seen = two_rounds(deliberation=Deliberation.NAMED)
    assert shows_more_marks(two_rounds(deliberation=Deliberation.ANONYMOUS), seen)
    assert not shows_more_marks(seen, two_rounds())
    grouped = two_rounds(groups={"users": Evaluators(2, title=both("Usuarios"))})
    assert changes_groups(two_rounds(), grouped)
    assert changes_groups(grouped, two_rounds())
    assert not changes_groups(grouped, grouped)
