"""No route changes a mark that a juror has given, but the juror's own.

Everybody else sends everything to every address that takes something: organisers, the chair, other jurors,
teams. Reopening and paper need two persons, and are tested where they are (`tests/jury`).
"""

import pytest
from sqlalchemy import select

from tests import builders as given
from tests.browser import Browser
from tests.doors.test_doors import rules
from tests.doors.world import a_world
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.jury.models import Juror, Mark, Review

EVERYTHING = {
    "mark:impacto": "3",
    "mark:viabilidad": "3",
    "impacto": "3",
    "viabilidad": "3",
    "value": "3",
    "version": "1",
    "reason": "Porque conviene a todos",
    "note": "CANARY",
    "feedback": "CANARY",
    "state": "final",
    "final": "1",
    "signed_on": "2026-01-01",
    "confirm": "1",
    "password": "cinco nodos en un anillo",
}


@pytest.fixture
def world(app):
    return a_world()


def marks_of_others(account):
    """Every mark that somebody else gave, and whether it is final."""
    columns = (Mark.review_id, Mark.criterion, Mark.value, Review.state == ReviewState.FINAL)
    statement = select(*columns).join(Review, Review.id == Mark.review_id)
    statement = statement.join(Juror, Juror.id == Review.juror_id).where(Juror.account_id != account.id)
    return sorted(db.session.execute(statement).tuples())


def two_reviews(world):
    """One that is final and one that is begun, of two jurors of whom nobody here is one."""
    submission = db.session.scalars(select(Review)).first().submission_id
    found = []
    for state in (ReviewState.FINAL, ReviewState.STARTED):
        juror = given.a_juror(world.call, "private", now=world.now)
        holder = db.session.scalars(select(Review).where(Review.submission_id == submission)).first()
        review = Review(
            code=f"OF{state.value.upper()}"[:10], call_id=world.call.id, juror_id=juror.id,
            submission_id=submission, receipt_id=holder.receipt_id, sector="private", state=state,
            assigned_at=world.now, saved_at=world.now,
            finished_at=world.now if state is ReviewState.FINAL else None,
            marks=[Mark(criterion=code, value=given.Decimal(4)) for code in ("impacto", "viabilidad")],
        )  # fmt: skip
        db.session.add(review)
        found.append(review)
    db.session.flush()
    return found


def nearest_first(rule):
    """Where marks are given, what is about reviews, calls; what would end call or sign-in comes last."""
    ends = any(word in rule.rule for word in ("cancel", "sign-", "/account", "erasure"))
    far = (not rule.rule.startswith("/reviews"), "review" not in rule.rule)
    return ends, *far, not rule.rule.startswith(("/manage", "/calls")), rule.rule


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("who", ["owner", "chair", "finished"])
def test_nobody_changes_the_marks_that_another_one_gave(app, world, who):
    reviews, account = two_reviews(world), world.people[who]
    browser = given.sign_in(Browser(app), account)
    browser.get("/account")
    token = browser._token()
    before = marks_of_others(account)
    assert len(before) >= 4
    for rule in sorted(rules(app, ["POST"]), key=nearest_first):
        for review in reviews:
            world.parts["review"] = {"/": review.code}
            world.parts["code"]["/reviews/"] = world.parts["code"]["/reviews/<code>/change"] = review.code
            browser.client.post(world.address(rule), data={**EVERYTHING, "csrf_token": token})
            db.session.expire_all()
            assert marks_of_others(account) == before, f"{who} changed a mark by {rule.rule}"
