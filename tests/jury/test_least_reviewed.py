"""To the proposal that fewest have finished: which one it is, and how one goes there."""

import pytest
import time_machine

from tests import builders as given
from tests.jury.world import DAY, NOW, a_final_review, a_proposal, a_review, send
from tests.queries import count_queries
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState


@pytest.fixture
def three(reading):
    """The reader's list: one finished by two others, one by one, one by nobody."""
    others = [
        given.a_juror(reading.call, "public", account=given.an_account(name, now=NOW), now=NOW)
        for name in ("Rumi", "Ana")
    ]
    crowded = reading.review
    some, bare = (a_review(reading.juror, a_proposal(reading.call, title)) for title in ("Una", "Otra"))
    for other in others:
        a_final_review(other, crowded.submission)
    a_final_review(others[0], some.submission)
    a_review(others[1], bare.submission, state=ReviewState.STARTED, saved_at=NOW)
    return crowded, some, bare


def test_a_button_saves_and_goes_to_the_proposal_that_fewest_have_finished(three, juror):
    crowded, some, bare = three
    juror.get(f"/reviews/{crowded.code}")
    assert send(juror, press="least", note="Dos ya la vieron").path == f"/reviews/{bare.code}"
    db.session.refresh(crowded)
    assert (crowded.note, crowded.state) == ("Dos ya la vieron", ReviewState.STARTED)

    assert send(juror, press="least").path == f"/reviews/{some.code}"
    assert send(juror, press="least").path == f"/reviews/{bare.code}"


def test_among_equals_the_next_of_the_list_comes_first(three, juror, reading):
    crowded, some, bare = three
    last = a_review(reading.juror, a_proposal(reading.call, "La última"))
    juror.get(f"/reviews/{bare.code}")
    assert send(juror, press="least").path == f"/reviews/{last.code}"
    assert send(juror, press="least").path == f"/reviews/{bare.code}"
    a_final_review(given.a_juror(reading.call, "public", now=NOW), bare.submission)
    juror.get(f"/reviews/{crowded.code}")
    assert send(juror, press="least").path == f"/reviews/{last.code}"
    a_final_review(given.a_juror(reading.call, "public", now=NOW), last.submission)
    assert send(juror, press="least").path == f"/reviews/{some.code}"


def test_what_is_final_already_is_read_and_left_by_a_link(three, juror):
    crowded, _some, bare = three
    crowded.state, crowded.finished_at, crowded.saved_at = ReviewState.FINAL, NOW, NOW
    db.session.flush()
    page = juror.get(f"/reviews/{crowded.code}")
    assert page.link("Least reviewed") == f"/reviews/{bare.code}"


def test_how_many_have_finished_is_said_nowhere(three, juror):
    """Two have finished the one, and the other is as silent: only the order is told."""
    crowded, _some, bare = three
    pages = [juror.get(f"/reviews/{one.code}") for one in (crowded, bare)]
    assert [len(page.root.all("button", name="least")) for page in pages] == [1, 1]
    first, second = (
        page.root.one("footer").text.replace("Previous", "").replace("Next", "").split() for page in pages
    )
    assert first == second


def test_there_is_no_such_button_without_another_proposal_to_finish(reading, juror):
    assert "Least reviewed" not in juror.get(f"/reviews/{reading.review.code}").text
    a_final_review(reading.juror, a_proposal(reading.call, "La otra"))
    assert "Least reviewed" not in juror.get(f"/reviews/{reading.review.code}").text
    a_review(reading.juror, a_proposal(reading.call, "La tercera"))
    assert "Least reviewed" in juror.get(f"/reviews/{reading.review.code}").text


def test_nobody_is_sent_there_once_evaluation_is_over(three, juror):
    assert "Least reviewed" in juror.get(f"/reviews/{three[0].code}").text
    with time_machine.travel(NOW + 60 * DAY, tick=False):
        given.sign_in(juror, three[0].juror.account)
        assert "Least reviewed" not in juror.get(f"/reviews/{three[0].code}").text


def test_the_page_and_the_way_there_ask_few_questions_however_long_the_list(three, juror, reading):
    def asked():
        juror.get("/help")
        with count_queries() as queries:
            juror.get(f"/reviews/{three[0].code}")
        juror.get(f"/reviews/{three[0].code}")
        with count_queries() as more:
            send(juror, press="least", follow=False, status=302)
        return len(queries), len(more)

    short = asked()
    for number in range(10):
        a_final_review(
            given.a_juror(reading.call, "public", now=NOW),
            a_review(reading.juror, a_proposal(reading.call, f"Propuesta {number}")).submission,
        )
    assert asked() == short
    assert max(short) <= 12, short
