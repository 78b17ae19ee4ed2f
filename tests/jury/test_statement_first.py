"""Nobody reads a proposal before the statement is signed: walked over `url_map`, so that no door is forgotten."""

import json

import pytest

from tests import builders as given
from tests.browser import Browser
from tests.doors.test_doors import rules
from tests.doors.world import a_world
from thinkia.db import db
from thinkia.jury.models import Juror, Review
from thinkia.submissions.models import Receipt, Submission

CANARY = "Canario Amarillo"
# What an unsigned juror opens that says the titles of proposals: the statement names them to find conflicts.
NAMES_THEM = {"/calls/<code>/jury/statement"}


@pytest.fixture(params=[given.in_evaluation, given.after_evaluation])
def world(app, request):
    """A call in evaluation, or just after it, whose proposals say the same word everywhere, and the chair of its jury."""
    world = a_world(request.param)
    for submission in db.session.query(Submission):
        submission.title = CANARY
    for receipt in db.session.query(Receipt):
        content = json.loads(receipt.content)
        answers = dict.fromkeys(content.get("answers", {"resumen": ""}), CANARY)
        receipt.content = json.dumps({**content, "title": CANARY, "answers": answers})
    db.session.commit()
    return world


def seat(world):
    return db.session.query(Juror).filter_by(call_id=world.call.id, account_id=world.people["chair"].id).one()


def walked(app, world, method):
    """(rule, answer) of every address that takes this method, as the chair meets it."""
    browser = Browser(app)
    given.sign_in(browser, world.people["chair"])
    browser.get("/help")
    sent = {"csrf_token": browser.page.root.all("input", name="csrf_token")[0]["value"]}
    for rule in rules(app, [method]):
        yield (
            rule.rule,
            browser.client.open(world.address(rule), method=method, data=sent if method == "POST" else None),
        )


def saying(app, world):
    """Where a juror reads something of a proposal."""
    return {path for path, answer in walked(app, world, "GET") if CANARY in answer.get_data(as_text=True)}


def test_what_a_signed_juror_reads_nobody_reads_before_signing(app, world):
    signed = saying(app, world)
    assert {"/reviews/<code>", "/calls/<code>/jury", "/calls/<code>/jury/preferences"} <= signed

    seat(world).statement_at = None
    db.session.commit()
    assert saying(app, world) == NAMES_THEM


def test_before_signing_every_page_of_a_review_is_refused_and_the_desk_leads_to_the_statement(app, world):
    seat(world).statement_at = None
    db.session.commit()
    found = {path: answer for path, answer in walked(app, world, "GET") if path.startswith("/reviews/")}
    assert len(found) >= 5
    assert {answer.status_code for answer in found.values()} <= {403, 404}
    led = {
        path
        for path, answer in walked(app, world, "GET")
        if answer.status_code == 302 and answer.location.endswith("/jury/statement")
    }
    assert {"/calls/<code>/jury", "/calls/<code>/jury/preferences"} <= led


def test_before_signing_nothing_is_written_on_a_review(app, world):
    seat(world).statement_at = None
    db.session.commit()
    before = [(one.code, one.version, one.state) for one in db.session.query(Review).order_by(Review.id)]
    answers = {
        path: each.status_code for path, each in walked(app, world, "POST") if path.startswith("/reviews/")
    }
    assert set(answers.values()) <= {403, 404}
    db.session.expire_all()
    assert [
        (one.code, one.version, one.state) for one in db.session.query(Review).order_by(Review.id)
    ] == before
