"""F31: nobody changes a mark that a juror has given. Reopening needs two, a reason, and keeps what it was."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests import builders as given
from tests.agreements.world import NOW, REASON, a_scene, asked, fresh, letters_to, person
from tests.jury.world import marks, send
from thinkia.agreements import services
from thinkia.agreements.models import Agreement
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.jury.models import Conflict, FormerReview, Review
from thinkia.jury.queries.people import juror_by_code
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import excuse, invitations, reopening
from thinkia.policy.actor import StaffRole

READINGS = "/manage/calls/rios/jury/{}/readings"


@pytest.fixture
def scene(app):
    return a_scene()


@pytest.fixture
def reopened(scene):
    services.confirm(asked(scene), fresh(scene.luis), NOW)
    return scene


def state(scene):
    return db.session.get(Review, scene.review.id).state


def test_f31_an_organiser_alone_reaches_no_final_mark(scene, new_browser):
    rosa = person(new_browser(), scene.rosa)
    rosa.get(READINGS.format(scene.juror.code))
    rosa.get(rosa.page.link(f"Reopen {scene.review.submission.code}"))
    rosa.submit("Ask to reopen it", status=422, reason=" ")
    page = rosa.submit("Ask to reopen it", reason=REASON)
    assert "It waits for a second person" in page.text
    assert state(scene) is ReviewState.FINAL
    assert marks(scene.review) == {"impacto": 4, "viabilidad": 4}
    assert "Waits for a second person" in rosa.get(READINGS.format(scene.juror.code)).text
    rosa.get(f"/reviews/{scene.review.code}", status=404)


def test_f31_what_it_was_is_kept_as_it_was(reopened, new_browser):
    juror = person(new_browser(), reopened.reader)
    juror.get(f"/reviews/{reopened.review.code}")
    send(juror, **{"mark:impacto": "1"})
    kept = db.session.query(FormerReview).one()
    assert {code: one["micro"] for code, one in json.loads(kept.content)["marks"].items()} == {
        "impacto": 4_000_000,
        "viabilidad": 4_000_000,
    }
    assert (kept.number, kept.finished_at, db.session.get(Agreement, kept.agreement_id).reason) == (
        1,
        NOW,
        REASON,
    )
    assert marks(reopened.review) == {"impacto": 1, "viabilidad": 4}
    line = db.session.query(Entry).filter_by(action="review.reopened").one()
    assert json.loads(line.body)["data"]["marks"] == {"impacto": 4_000_000, "viabilidad": 4_000_000}


@pytest.mark.parametrize("change", ["UPDATE former_review SET content = '{}'", "DELETE FROM former_review"])
def test_f31_nobody_changes_that_record_even_in_the_database(reopened, change):
    with pytest.raises(DBAPIError, match="only ever added to"):
        db.session.execute(text(change))


def test_the_juror_is_told_once_and_finishes_it_again(reopened, new_browser):
    assert letters_to(reopened.reader) == ["reopened.txt"]
    juror = person(new_browser(), reopened.reader)
    desk = juror.get("/calls/rios/jury")
    assert desk.h1.startswith("1 of 1 left")
    assert "Reopened" in desk.text
    page = juror.get(f"/reviews/{reopened.review.code}")
    assert REASON in page.text
    send(juror, press="final", **{"mark:impacto": "2"})
    assert state(reopened) is ReviewState.FINAL
    assert REASON not in juror.get(f"/reviews/{reopened.review.code}").text


def test_a_window_from_before_the_reopening_saves_over_nothing(scene, new_browser):
    juror = person(new_browser(), scene.reader)
    juror.get(f"/reviews/{scene.review.code}")
    old = db.session.get(Review, scene.review.id).version
    services.confirm(asked(scene), fresh(scene.luis), NOW)
    assert db.session.get(Review, scene.review.id).version == old + 1


def test_organisers_read_every_former_version_and_readers_do_not(reopened, new_browser):
    rosa = person(new_browser(), reopened.rosa)
    page = rosa.get(READINGS.format(reopened.juror.code))
    page = rosa.get(page.link("1 former version"))
    assert (REASON in page.text, "Luis Tipán" in page.text) == (True, True)
    assert "The marks are shown here once no review is open: 1 is." in page.text
    assert "Viabilidad" not in page.text
    reopened.review.state, reopened.review.finished_at = ReviewState.FINAL, NOW
    db.session.flush()
    assert "Viabilidad 4" in rosa.get(page.path).text
    reader = given.an_organiser(reopened.host, StaffRole.READER, now=NOW)
    person(new_browser(), reader).get(page.path, status=403)


@pytest.mark.parametrize("when", [NOW + timedelta(days=10), NOW - timedelta(days=2)])
def test_only_while_evaluation_is_open(scene, when):
    with pytest.raises(Refused) as refused:
        asked(scene, now=when)
    assert refused.value.reason is Reason.REVIEW_NOT_FINAL


def test_once_a_result_is_published_nothing_is_reopened(scene):
    waiting = asked(scene)
    scene.call.results_published_at = NOW
    db.session.flush()
    with pytest.raises(Refused) as refused:
        services.confirm(agreement_by_code(waiting.code), fresh(scene.luis), NOW)
    assert refused.value.reason is Reason.RESULT_PUBLISHED
    assert state(scene) is ReviewState.FINAL


def test_a_recusal_is_immediate_while_nothing_is_marked_and_waits_once_marks_are_there(scene, new_browser):
    rosa, code = person(new_browser(), scene.rosa), scene.review.submission.code
    address = f"/manage/calls/rios/jury/{scene.juror.code}/conflicts"
    rosa.get(address)
    page = rosa.submit("Record the recusal", name=code, reason="Socio del equipo")
    assert "Marks are there, so a second person has to confirm this." in page.text
    assert (state(scene), db.session.query(Conflict).count()) == (ReviewState.FINAL, 0)
    waiting = db.session.query(Agreement).one()
    services.confirm(agreement_by_code(waiting.code), fresh(scene.luis), NOW)
    assert state(scene) is ReviewState.RECUSED
    conflict = db.session.query(Conflict).one()
    assert (conflict.declared_by_id, conflict.agreement_id) == (scene.rosa.id, waiting.id)
    assert marks(scene.review) == {"impacto": 4, "viabilidad": 4}


def test_what_was_final_once_is_excused_by_two(reopened):
    waiting = excuse(review_by_code(reopened.review.code), "Está de viaje", fresh(reopened.rosa), NOW)
    assert state(reopened) is ReviewState.STARTED
    services.confirm(agreement_by_code(waiting.code), fresh(reopened.luis), NOW)
    assert state(reopened) is ReviewState.EXCUSED


def test_a_seat_is_not_taken_back_over_a_reopened_review(reopened):
    juror = juror_by_code("rios", reopened.juror.code)
    with pytest.raises(Refused) as refused:
        invitations.revoke(juror, "Ya no viene", fresh(reopened.rosa), NOW)
    assert refused.value.reason is Reason.REOPENED_WAITS


def test_reopening_twice_keeps_both(reopened, new_browser):
    juror = person(new_browser(), reopened.reader)
    juror.get(f"/reviews/{reopened.review.code}")
    send(juror, press="final", **{"mark:impacto": "2"})
    again = reopening.ask_to_reopen(
        review_by_code(reopened.review.code), "De nuevo", fresh(reopened.luis), NOW
    )
    services.confirm(agreement_by_code(again.code), fresh(reopened.rosa), NOW)
    kept = db.session.query(FormerReview).order_by(FormerReview.number).all()
    assert [json.loads(one.content)["marks"]["impacto"]["micro"] for one in kept] == [4_000_000, 2_000_000]
