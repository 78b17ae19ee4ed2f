"""A juror's whole way, from the invitation to the signature: on a phone, and by keyboard alone on a desktop.

The way without a connection is walked in ``tests/jury/test_without_connection.py``.
"""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import joinedload

from tests import builders as given
from tests.browser import DESKTOP, PHONE
from tests.journeys.people import Person, Post, Words
from tests.jury.world import a_proposal, a_reading_call, a_review, an_invited
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import TieKey, TieKeyKind
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.rubric import Rubric
from thinkia.jury.models import Juror, Review, Signature
from thinkia.outside.queue import drain
from thinkia.submissions.models import Submission

NOW = datetime.now(UTC).replace(microsecond=0)
EMAIL = "ana@example.org"
CODES = "ab"


@pytest.fixture
def call(committed_app):
    """Three proposals wait to be read; Ana has an invitation, and no account."""
    with transaction():
        rubric = Rubric(tuple(given.criterion(code, 50) for code in CODES))
        reading = a_reading_call(now=NOW, rubric=rubric, tie_break=(TieKey(TieKeyKind.SUBMITTED_AT),))
        an_invited(reading.call, now=NOW - timedelta(days=2), email=EMAIL)
        for number in range(3):
            a_proposal(reading.call, f"Propuesta {number + 1}", now=NOW - timedelta(days=3))
    return reading.call


def assign(call):
    """What an applied plan does, once she has accepted."""
    with transaction():
        juror = db.session.query(Juror).filter_by(email=EMAIL).one()
        waiting = db.session.query(Submission).filter_by(call_id=call.id)
        for submission in waiting.options(joinedload(Submission.receipt)).order_by(Submission.id).all():
            a_review(juror, submission, now=NOW)


def finals():
    db.session.expire_all()
    return db.session.query(Review).filter_by(state=ReviewState.FINAL).count()


@pytest.mark.parametrize("language", ["es", "en"])
def test_from_the_invitation_to_the_signature_on_a_phone(call, new_page, language):
    with transaction():
        db.session.query(Juror).filter_by(email=EMAIL).one().language = language
    ana = Person(new_page(language), Words(language))
    ana.tab.set_viewport_size(PHONE)
    ana.go("/jury-invitations/secreto")
    ana.press("Accept the invitation")
    ana.press("Save and go on")
    ana.tick("confidential", "honest").press("Sign the statement")
    assign(call)
    ana.go("/calls/rios/jury")
    ana.tab.locator("main a.btn[href^='/reviews/']").click()
    for number in range(3):
        place = ana.words("Proposal %(place)s of %(all)s", place=number + 1, all=3)
        ana.tab.locator(f"h1:has-text('{place}')").wait_for()
        ana.look()
        narrow(ana.tab)
        ana.tab.locator("label[for=t-rub]").click()
        for criterion in range(len(CODES)):
            ana.tab.locator(f"#c{criterion + 1}-{number + 2}").click()
        ana.tab.get_by_role("button", name=ana.words("Mark as final")).click()
    ana.tab.wait_for_url("**/jury/summary")
    ana.look()
    narrow(ana.tab)
    ana.tab.get_by_role("button", name=ana.words("Sign my marks")).click()
    ana.tab.get_by_role("button", name=ana.words("Sign my marks")).wait_for(state="detached")
    assert (finals(), db.session.query(Signature).count()) == (3, 1)


def narrow(tab):
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{tab.url} scrolls sideways"


class Keys:
    """Somebody without a mouse: moves by Tab, presses, types."""

    def __init__(self, tab):
        self.tab = tab

    def to(self, selector):
        """Move on until the thing has the focus; what cannot be reached so is a fault."""
        self.tab.locator(selector).first.wait_for()
        for _ in range(80):
            if self.tab.evaluate("wanted => document.activeElement?.matches(wanted) ?? false", selector):
                return self
            self.tab.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by Tab on {self.tab.url}")

    def press(self, *keys):
        for key in keys:
            self.tab.keyboard.press(key)
        return self

    def type(self, text):
        self.tab.keyboard.type(text)
        return self


def test_from_the_door_to_the_signature_by_keyboard_alone(committed_app, call, new_page):
    with transaction():
        account = given.an_account("Ana Cango", email=EMAIL, now=NOW, language="es")
        juror = db.session.query(Juror).filter_by(email=EMAIL).one()
        juror.account_id, juror.state, juror.statement_at, juror.answered_at = (
            account.id,
            "accepted",
            None,
            NOW,
        )
    assign(call)
    tab = new_page("es")
    tab.set_viewport_size(DESKTOP)
    keys = Keys(tab)
    tab.goto("/sign-in/code?next=/calls/rios/jury/statement")
    keys.to("main [name=email]").type(EMAIL).press("Enter")
    tab.locator("main [name=code]").wait_for()
    while drain(committed_app, limit=500):
        pass
    keys.to("main [name=code]").type(Post(committed_app).code(EMAIL)).press("Enter")
    tab.wait_for_url("**/jury/statement")
    keys.to("main [name=confidential]").press("Space").to("main [name=honest]").press("Space")
    keys.to("main button[type=submit]").press("Enter")
    tab.wait_for_url("**/calls/rios/jury")
    keys.to("main a.btn[href^='/reviews/']").press("Enter")
    for number in range(3):
        tab.locator(f"h1:has-text('Propuesta {number + 1} de 3')").wait_for()
        keys.press("4", "5", "n")
    tab.wait_for_url("**/jury/summary")
    keys.press("s")
    tab.locator("text=Usted firmó").or_(tab.locator("text=Firmó 3 propuestas")).first.wait_for()
    assert (finals(), db.session.query(Signature).count()) == (3, 1)
