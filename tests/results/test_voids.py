"""Prizes that nobody gets: by the cut-off, for lack of proposals, or because the jury says so."""

import json
from decimal import Decimal

import pytest

from tests import builders as given
from tests.builders import NOON
from tests.results.scenes import judged
from thinkia import clock
from thinkia.db import db
from thinkia.domain.bases import Prize, PublicationLevel
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.ranking.record import Context, Line, Record, Voided, read, written
from thinkia.domain.ranking.voids import VoidCause, void_places
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.results import services

MARKS = {"Yaku": ((5, 4), (4, 4)), "Inti": ((4, 5), (4, 4)), "Sumak": ((3, 3), (3, 3))}
PRIZES = (Prize(given.both("Piloto", "Pilot"), place=1), Prize(given.both("Mentoría", "Mentoring"), place=2))
WHY = "Ninguna llega a un piloto."


def an_order(*lines, winners=3, voids=()):
    """``lines``: (place, whether it passes)."""
    given_lines = tuple(
        Line(place, f"S{at}", Decimal(1), place <= winners and passes is not False, 2, passes=passes)
        for at, (place, passes) in enumerate(lines)
    )
    return Record(given_lines, (), Context(version=1, winners=winners, voids=voids))


def causes(record):
    return {one.place: one.cause for one in void_places(record)}


def test_a_place_is_void_below_the_cut_off_and_where_nobody_stands():
    assert causes(an_order((1, True), (2, False))) == {2: VoidCause.CUT_OFF, 3: VoidCause.FEW}
    assert causes(an_order((1, None), (2, None), (3, None), (4, None))) == {}
    assert causes(an_order()) == dict.fromkeys((1, 2, 3), VoidCause.FEW)


def test_a_place_that_a_tie_takes_in_is_shared_and_not_void():
    assert causes(an_order((1, True), (1, True), (3, False))) == {3: VoidCause.CUT_OFF}
    void = (Voided(1, ("S0", "S1"), WHY),)
    assert causes(an_order((1, True), (1, True), (3, True), voids=void)) == dict.fromkeys(
        (1, 2), VoidCause.JURY
    )


def test_an_order_without_void_prizes_is_written_as_it_always_was():
    assert "voids" not in json.loads(written(an_order((1, True))))
    void = an_order((1, True), voids=(Voided(1, ("S0",), WHY),))
    assert read(written(void)).context.voids == void.context.voids


@pytest.fixture
def scene(app):
    return judged(MARKS, winners=2, prizes=PRIZES)


def declared(scene, places, reason=WHY, now=NOON):
    scene.propose(now)
    return services.declare_void(scene.ranking, places, reason, scene.acting_chair, now)


def refusal(act, *arguments):
    with pytest.raises(Refused) as caught:
        act(*arguments)
    return caught.value.reason


def winners(ranking):
    return [line.place for line in read(ranking.content).winners]


def test_the_chair_declares_a_prize_void_and_it_is_part_of_what_is_confirmed(scene):
    before = scene.propose()
    assert winners(before) == [1, 2]
    after = declared(scene, [1])
    assert (after.number, after.state, winners(after)) == (before.number + 1, "proposed", [2])
    assert [line.place for line in read(after.content).lines] == [1, 2, 3], "nobody moves up"
    entry = db.session.query(Entry).filter_by(action="results.prize_void").one()
    assert '"places":[1]' in entry.body
    assert WHY not in entry.body
    confirmed = scene.confirm(scene.ranking)
    services.publish(confirmed, given.acting(scene.organiser), NOON)
    assert winners(scene.ranking) == [2]


def test_it_can_be_given_after_all_until_the_order_is_confirmed(scene):
    declared(scene, [1, 2])
    assert winners(scene.ranking) == []
    services.award_after_all(scene.ranking, 2, scene.acting_chair, NOON)
    assert winners(scene.ranking) == [2]
    scene.confirm(scene.ranking)
    for act, what in ((services.award_after_all, (1,)), (services.declare_void, ([2], WHY))):
        assert refusal(act, scene.ranking, *what, scene.acting_chair, NOON) is Reason.NOT_NOW


def test_only_a_place_that_has_a_winner_is_declared_void_and_with_a_reason(scene):
    assert refusal(declared, scene, [3]) is Reason.NO_SUCH_PRIZE
    assert refusal(declared, scene, []) is Reason.NO_SUCH_PRIZE
    assert refusal(declared, scene, [1], "  ") is Reason.REASON_NEEDED
    declared(scene, [1])
    assert refusal(declared, scene, [1]) is Reason.NO_SUCH_PRIZE
    assert (
        refusal(services.award_after_all, scene.ranking, 2, scene.acting_chair, NOON) is Reason.NO_SUCH_PRIZE
    )


def test_a_prize_that_was_void_for_one_proposal_is_not_void_for_another(scene):
    declared(scene, [1])
    out = scene.submissions["Yaku"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, NOON, "Sin firma"
    db.session.flush()
    assert winners(scene.propose()) == [1, 2]


def test_the_page_says_which_prize_is_void_and_why(app, new_browser):
    now = clock.now()
    scene = judged(MARKS, now=now, winners=2, prizes=PRIZES)
    scene.propose(now)
    person = scene.person(scene.chair)
    person.language = "en"
    chair = given.sign_in(new_browser(), person, now)
    page = chair.get("/calls/judged/verdict")
    page = chair.get(page.link("Declare a prize void"))
    assert "Place 1: Idea de Yaku. Prize: Pilot" in page.text
    page = chair.submit("Declare void", reason=WHY, status=422)
    assert "Choose at least one prize." in page.text
    page = chair.submit("Declare void", places=["1"], reason=" ", status=422)
    assert "Write why nobody gets it." in page.text
    page = chair.submit("Declare void", places=["1"], reason=WHY)
    assert "Place 1: void" in page.text
    assert WHY in page.text
    chair.submit("Give it after all 1")
    chair.get("/calls/judged/verdict/void")
    chair.submit("Declare void", places=["1", "2"], reason=WHY)
    services.publish(scene.confirm(scene.ranking, now), given.acting(scene.organiser), now)
    page = new_browser().get("/calls/judged/results")
    assert page.h1 == "Living rivers: no winner"
    assert "Place 1: void · Pilot The jury's reason: Ninguna llega a un piloto." in page.text
    assert "Idea de" not in page.text
    spanish = new_browser(language="es").get("/calls/judged/results")
    assert "Puesto 1: desierto · Piloto" in spanish.text


@pytest.mark.parametrize(
    ("level", "shown", "hidden"),
    [
        (PublicationLevel.WINNERS, "Place 2: void · Mentoring", "The jury's reason"),
        (PublicationLevel.ALPHABETICAL, "Void · Mentoring", "Place 2"),
        (PublicationLevel.VERDICT, "There is a verdict.", "oid"),
    ],
)
def test_a_cut_off_leaves_a_prize_void_as_far_as_the_bases_tell(app, browser, level, shown, hidden):
    scene = judged(MARKS, winners=2, prizes=PRIZES, cut_off=Decimal(85), publication=level)
    scene.publish()
    page = browser.get("/calls/judged/results")
    assert shown in page.text
    assert hidden not in page.text
    assert ("No other proposal reaches the cut-off." in page.text) is (level is not PublicationLevel.VERDICT)
