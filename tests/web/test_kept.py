"""A session that ends in the middle of a form loses nothing that was typed."""

import re

import pytest

from tests import builders as given
from tests.accounts.people import PASSPHRASE, somebody
from tests.jury.world import a_proposal, a_reading_call, a_review, marks, send
from thinkia import clock
from thinkia.db import db
from thinkia.outside.mail import Mail
from thinkia.teams.models import Team

ANA = "ana@example.org"
LONG = "Un nombre largo que costó pensar"


def signed_out(browser, *, cleared=False):
    """The session is over, as after some days; or because another tab signed out."""
    with browser.client.session_transaction() as session:
        session.pop("_user_id")
        if cleared:
            session.clear()


@pytest.fixture
def ana(app):
    return somebody(ANA, language="en")


@pytest.fixture
def writing(browser, ana):
    """Ana writes the name of a team in a form."""
    now = clock.now()
    call = given.a_call(given.some_bases("rios", now), now=now)
    given.registered(call, ana, now)
    given.sign_in(browser, ana, now).get("/calls/rios/teams/new")
    return browser


def names():
    return [team.name for team in db.session.query(Team)]


def test_the_form_comes_back_filled_in_after_the_passphrase(writing):
    signed_out(writing)
    page = writing.submit("Start the team", name=LONG, about="Y\nsus razones", status=401)
    assert page.h1 == "Your session has ended"
    page = writing.submit("Sign in and go on")
    assert (page.h1, page.root.all("p", class_="error")) == ("Sign in", [])
    page = writing.submit("Sign in", email=ANA, password="equivocada del todo", status=422)
    page = writing.submit("Sign in", email=ANA, password=PASSPHRASE)
    assert page.h1 == "You are signed in again"
    page = writing.submit("Go back to what I was writing", status=422)
    assert page.path == "/calls/rios/teams/new"
    assert page.root.one("input", name="name")["value"] == LONG
    assert page.root.one("textarea", name="about").text == "Y sus razones"
    assert "It is not saved yet" in page.text
    assert names() == []
    writing.submit("Start the team")
    assert names() == [LONG]


def test_it_comes_back_after_a_code_too(writing):
    signed_out(writing)
    writing.submit("Start the team", name=LONG, status=401)
    writing.submit("Sign in and go on")
    page = writing.submit("Send me a code")
    assert page.h1 == "Sign in with a code"
    writing.submit("Send me a code", email=ANA)
    letter = db.session.query(Mail).order_by(Mail.id.desc()).first()
    code = re.search(r"\d{3} ?\d{3}", letter.text).group()
    writing.submit("Sign in", code="000 000", status=422)
    page = writing.submit("Sign in", code=code)
    page = writing.submit("Go back to what I was writing", status=422)
    assert page.root.one("input", name="name")["value"] == LONG


def test_a_form_of_this_site_whose_session_was_cleared_is_kept_and_one_from_elsewhere_is_not(writing):
    signed_out(writing, cleared=True)
    for elsewhere in ({}, {"Origin": "https://example.org"}):
        writing.post("/calls/rios/teams/new", {"name": LONG}, headers=elsewhere, status=400)
    here = {"Origin": "http://localhost"}
    page = writing.post("/calls/rios/teams/new", {"name": LONG}, headers=here, status=401)
    assert page.h1 == "Your session has ended"


def test_a_passphrase_is_never_carried_and_what_is_very_long_is_not(browser, ana):
    given.sign_in(browser, ana).get("/account/password")
    signed_out(browser)
    page = browser.submit(
        "Change passphrase",
        password=PASSPHRASE,
        new_password="lluvia tejado marimba once",
        follow=False,
        status=302,
    )
    assert page.response.location == "/sign-in"
    given.sign_in(browser, ana).get("/account")
    signed_out(browser)
    browser.submit("Save my details", skills="x" * 200_001, follow=False, status=302)


def test_what_others_wrote_into_the_field_is_ignored(browser, ana):
    browser.get("/sign-in")
    page = browser.submit("Sign in", email=ANA, password=PASSPHRASE, follow=False, status=302)
    assert page.response.location == "/desk"
    browser.get("/desk")
    browser.submit("Sign out")
    browser.get("/sign-in")
    data = {"email": ANA, "password": PASSPHRASE, "kept": "W10.made.up"}
    assert browser.post("/sign-in", data, follow=False, status=302).response.location == "/desk"


def test_marks_that_were_sent_too_late_come_back_on_the_scoring_page(browser, ana):
    reading = a_reading_call()
    juror = given.a_juror(reading.call, "academia", account=ana, now=clock.now())
    review = a_review(juror, a_proposal(reading.call))
    given.sign_in(browser, ana).get(f"/reviews/{review.code}")
    signed_out(browser)
    send(browser, note="Pensado con calma", status=401)
    browser.submit("Sign in and go on")
    browser.submit("Sign in", email=ANA, password=PASSPHRASE)
    page = browser.submit("Go back to what I was writing", status=422)
    assert page.root.one("textarea", id="note").text == "Pensado con calma"
    send(browser)
    db.session.expire_all()
    assert (review.note, marks(review)) == ("Pensado con calma", {})
