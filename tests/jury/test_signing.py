"""A juror looks all marks over and signs: everything complete becomes final at once."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests import builders as given
from tests.jury.world import NOW, a_proposal, a_reading_call, a_review, journal, loaded, person
from tests.queries import count_queries
from thinkia.accounts.models import Account
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.rubric import Rubric
from thinkia.jury.models import Mark, Review, Signature
from thinkia.jury.queries.conflicts import proposal_subject
from thinkia.jury.queries.people import juror_by_code
from thinkia.jury.services import conflicts, scoring, signing

CODES = ("impacto", "viabilidad")


def given_marks(review, *values):
    review.state, review.saved_at = ReviewState.STARTED, NOW
    for code, value in zip(CODES, values, strict=False):
        db.session.add(Mark(review_id=review.id, criterion=code, value=Decimal(value)))
    db.session.flush()
    db.session.expire(review, ["marks"])
    return review


@pytest.fixture
def reading(app):
    return a_reading_call()


@pytest.fixture
def account(app):
    return given.an_account(now=NOW)


@pytest.fixture
def juror(reading, account):
    return given.a_juror(reading.call, account=account, now=NOW)


@pytest.fixture
def reviews(reading, juror):
    return [a_review(juror, a_proposal(reading.call, f"Propuesta {n}")) for n in range(3)]


def actor_of(juror):
    return given.acting(db.session.get(Account, juror.account_id))


def sign(juror):
    juror = juror_by_code("rios", juror.code)
    return signing.sign(juror, actor_of(juror), NOW)


def states():
    return [state for (state,) in db.session.query(Review.state).order_by(Review.position)]


def test_signing_makes_every_complete_review_final_and_keeps_the_seal(juror, reviews):
    for review in reviews:
        given_marks(review, 4, 5)
    signature = sign(juror)
    assert states() == [ReviewState.FINAL] * 3
    assert (signature.reviews, len(signature.content_sha256)) == (3, 64)
    assert journal()[-4:] == ["review.finished"] * 3 + ["juror.signed_marks"]


def test_nothing_is_signed_while_a_mark_is_missing(juror, reviews):
    given_marks(reviews[0], 4, 5)
    given_marks(reviews[1], 4)
    unready = ", ".join(review.submission.code for review in reviews[1:])
    with pytest.raises(Refused) as refused:
        sign(juror)
    assert (refused.value.reason, refused.value.details) == (Reason.MARKS_MISSING, {"codes": unready})
    db.session.expire_all()
    assert states() == [ReviewState.STARTED, ReviewState.STARTED, ReviewState.ASSIGNED]
    assert db.session.query(Signature).count() == 0


def test_a_reason_that_the_bases_ask_for_is_missed_too(app):
    rubric = Rubric(tuple(replace(given.criterion(code, 50), justify=code == "impacto") for code in CODES))
    reading = a_reading_call(rubric=rubric)
    juror = given.a_juror(reading.call, now=NOW)
    given_marks(a_review(juror, a_proposal(reading.call)), 4, 5)
    with pytest.raises(Refused) as refused:
        sign(juror)
    assert refused.value.reason is Reason.MARKS_MISSING


def test_a_second_click_gives_the_same_signature(juror, reviews):
    for review in reviews:
        given_marks(review, 4, 5)
    assert sign(juror).id == sign(juror).id
    assert db.session.query(Signature).count() == 1


def test_a_proposal_that_leaves_the_list_asks_for_a_new_signature(juror, reviews):
    for review in reviews:
        given_marks(review, 4, 5)
    juror, submission = loaded(juror), reviews[0].submission
    first = sign(juror)
    conflicts.declare(juror, proposal_subject(submission), "Mi hermana", actor_of(juror), NOW)
    second = sign(juror)
    assert (first.reviews, second.reviews) == (3, 2)
    assert first.content_sha256 != second.content_sha256


def test_nobody_signs_an_empty_list(juror):
    with pytest.raises(Refused) as refused:
        sign(juror)
    assert refused.value.reason is Reason.NOTHING_TO_SIGN


def test_after_the_window_nothing_is_signed(app):
    reading = a_reading_call(now=NOW - timedelta(days=30))
    juror = given.a_juror(reading.call, now=NOW)
    given_marks(a_review(juror, a_proposal(reading.call)), 4, 5)
    with pytest.raises(Refused) as refused:
        sign(juror)
    assert refused.value.reason is Reason.NO_MARKS_NOW


def test_a_signed_mark_does_not_change_any_more(juror, reviews):
    given_marks(reviews[0], 4, 5)
    for review in reviews[1:]:
        given_marks(review, 2, 3)
    sign(juror)
    review = loaded(reviews[0])
    ballot = review.ballot(review.call.bases.rubric)
    with pytest.raises(Refused) as refused:
        scoring.save(
            review,
            replace(ballot, note="tarde"),
            actor_of(juror),
            NOW,
            version=review.version,
            window="w",
        )
    assert refused.value.reason is Reason.REVIEW_FINAL


@pytest.mark.parametrize(
    ("language", "button", "thanks", "hint"),
    [
        ("es", "Firmar mis puntajes", "Firmado. Gracias", "Todas las propuestas tienen el mismo puntaje"),
        ("en", "Sign my marks", "Signed. Thank you", "Every proposal has the same mark"),
    ],
)
def test_the_page_shows_marks_and_hints_and_signs(
    account, juror, reviews, new_browser, language, button, thanks, hint
):
    for review in reviews:
        given_marks(review, 4, 5)
    browser = person(new_browser(language), account)
    shown = browser.get("/calls/rios/jury/summary").text
    assert hint in shown
    assert reviews[0].submission.code in shown
    assert thanks in browser.submit(button).text
    assert button not in browser.get("/calls/rios/jury/summary").text
    assert states() == [ReviewState.FINAL] * 3


def test_the_page_says_what_is_missing_and_offers_no_signature(account, juror, reviews, new_browser):
    given_marks(reviews[0], 4, 5)
    browser = person(new_browser("en"), account)
    shown = browser.get("/calls/rios/jury/summary").text
    assert "2 proposals still miss something" in shown
    assert "Sign my marks" not in shown
    assert "Not signed yet" in browser.post("/calls/rios/jury/signature", status=409).text


def test_who_has_not_signed_the_statement_sees_no_marks(reading, account, new_browser):
    given.a_juror(reading.call, account=account, now=NOW, statement_at=None)
    browser = person(new_browser("en"), account)
    assert browser.get("/calls/rios/jury/summary", follow=False, status=302).response.location.endswith(
        "/jury/statement"
    )


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_needs_the_same_queries_for_one_and_for_five_proposals(
    reading, account, juror, new_browser, count
):
    for n in range(count):
        given_marks(a_review(juror, a_proposal(reading.call, f"Propuesta {n}")), 4, 5)
    browser = person(new_browser("en"), account)
    browser.get("/calls/rios/jury/summary")
    with count_queries() as queries:
        browser.get("/calls/rios/jury/summary")
    assert len(queries) == 6


def test_a_saved_proposal_leads_to_the_next_without_marks_then_to_the_summary(
    account, juror, reviews, new_browser
):
    browser = person(new_browser("en"), account)
    for place, review in enumerate(reviews):
        browser.get(f"/reviews/{review.code}")
        fields = {"mark:impacto": "4", "mark:viabilidad": "5", "version": "1", "window": "w"}
        leads = browser.post(f"/reviews/{review.code}", fields, follow=False, status=302).response.location
        rest = reviews[place + 1 :]
        assert leads.endswith(f"/reviews/{rest[0].code}" if rest else "/calls/rios/jury/summary")
