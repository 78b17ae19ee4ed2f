"""A juror who cannot judge a proposal leaves it with a reason, and the organisers see the empty seat."""

import pytest
import time_machine

from tests import builders as given
from tests.jury.world import (
    DAY,
    NOW,
    a_final_review,
    a_proposal,
    a_review,
    everything_in_the_journal,
    journal,
    loaded,
    marks,
    path,
    person,
    send,
)
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import Conflict, FormerReview, Review
from thinkia.jury.queries import reviews_for_ranking
from thinkia.jury.queries.panels import plan_of, vacant_abstentions
from thinkia.jury.services import conflicts, panels


def leave(juror, review, reason="No es mi tema", **options):
    juror.get(f"/reviews/{review.code}/abstention")
    return juror.submit("Leave this proposal", reason=reason, **options)


def test_the_scoring_page_leads_to_both_ways_out(reading, juror):
    page = juror.get(path(reading))
    page = juror.get(page.link("I cannot judge this proposal"))
    assert page.h1 == f"I cannot judge {reading.review.submission.code}"
    assert page.link("Declare a conflict") == f"{path(reading)}/conflict"


def test_whoever_leaves_a_proposal_says_why_and_it_is_gone_and_kept(reading, juror):
    canary = a_proposal(reading.call, "Canario Azul")
    review = a_review(reading.juror, canary)
    juror.get(f"/reviews/{review.code}")
    send(juror, note="A medias", **{"mark:impacto": "5"})
    leave(juror, review, " ", status=422)
    assert db.session.get(Review, review.id).state is ReviewState.STARTED
    page = leave(juror, review)
    assert "You have left this proposal. The organisers see it" in page.text

    for address in ("/calls/rios/jury", path(reading), "/desk"):
        assert "Canario" not in juror.get(address).text, address
    assert "1 proposal, which you could not judge." in juror.get("/calls/rios/jury").text
    for part in ("", "/abstention", "/conflict"):
        juror.get(f"/reviews/{review.code}{part}", status=404)
    kept = db.session.get(Review, review.id)
    assert (kept.state, kept.is_abstention) == (ReviewState.EXCUSED, True)
    assert (kept.closed_reason, kept.note) == ("No es mi tema", "A medias")
    assert marks(review) == {"impacto": 5}
    assert db.session.query(Conflict).count() == 0
    assert journal()[-1] == "review.abstained"
    assert "No es mi tema" not in everything_in_the_journal()
    (row,) = [row for row in reviews_for_ranking(loaded(reading.juror).call) if row.submission == canary.code]
    assert row.state is ReviewState.EXCUSED


def test_the_organisers_are_told_until_somebody_has_taken_the_seat(reading, juror, new_browser):
    submission = reading.review.submission
    a_final_review(given.a_juror(reading.call, "public", now=NOW), submission)
    other = given.a_juror(reading.call, "academia", now=NOW)
    leave(juror, reading.review)

    organiser = person(new_browser(), reading.organiser)
    page = organiser.get("/manage/calls/rios")
    assert "1 seat is empty: its juror could not judge the proposal" in page.text
    page = organiser.get(page.link("Fill the seat"))
    assert f"{submission.code} · {reading.juror.name}" in page.text
    assert "No es mi tema" in page.text
    assert (
        "Could not judge it" in organiser.get(f"/manage/calls/rios/jury/{reading.juror.code}/readings").text
    )

    panels.propose(loaded(reading.juror).call, reading.actor, NOW)
    plan = plan_of("rios")
    assert {(pair.submission, pair.juror) for pair in plan.seats} >= {(submission.code, other.code)}
    assert (submission.code, reading.juror.code) not in {(pair.submission, pair.juror) for pair in plan.seats}
    panels.apply(plan, reading.actor, NOW)
    assert vacant_abstentions(loaded(reading.juror).call) == []
    assert "could not judge the proposal" not in organiser.get("/manage/calls/rios").text


def test_an_excuse_of_the_organisers_is_no_abstention(reading, juror, new_browser):
    conflicts.excuse(reading.review, "Enfermó", reading.actor, NOW)
    assert vacant_abstentions(loaded(reading.juror).call) == []
    assert "because the organisers excused you" in juror.get("/calls/rios/jury").text
    assert (
        "Excused"
        in person(new_browser(), reading.organiser)
        .get(f"/manage/calls/rios/jury/{reading.juror.code}/readings")
        .text
    )


def test_what_is_final_is_not_left(reading, juror):
    review = a_final_review(reading.juror, a_proposal(reading.call, "La cisterna"))
    page = juror.get(f"/reviews/{review.code}")
    assert "I cannot judge this proposal" not in page.text
    assert page.link("Declare a conflict")
    juror.get(f"/reviews/{review.code}/abstention", status=403)
    with pytest.raises(Refused) as refused:
        conflicts.abstain(review, "Tarde", given.acting(reading.juror.account), NOW)
    assert refused.value.reason is Reason.REVIEW_CLOSED


def test_what_was_final_and_was_given_back_is_not_left_by_one_person(reading, juror, monkeypatch):
    monkeypatch.setattr(conflicts, "former_versions", lambda _review: 1)
    page = leave(juror, reading.review, status=422)
    assert "You had finished this proposal, and it was given back to you." in page.text
    assert "No es mi tema" in page.text
    assert db.session.get(Review, reading.review.id).state is ReviewState.ASSIGNED
    assert db.session.query(FormerReview).count() == 0


def test_nobody_else_leaves_it_and_not_once_results_are_out(reading, juror, new_browser):
    stranger = given.a_juror(reading.call, "public", now=NOW)
    for account in (stranger.account, reading.organiser):
        person(new_browser(), account).get(f"{path(reading)}/abstention", status=404)
    with time_machine.travel(NOW + 40 * DAY, tick=False):
        reading.call.results_published_at = NOW
        db.session.flush()
        person(juror, reading.juror.account).get(f"{path(reading)}/abstention", status=403)
