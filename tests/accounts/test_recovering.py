"""Choosing a new passphrase with a link."""

from datetime import UTC, datetime, timedelta

import time_machine

from tests import builders as given
from tests.accounts.letters import kinds_to, last_letter, link_in
from tests.accounts.people import ANOTHER, PASSPHRASE, is_in, sign_in, somebody
from thinkia.accounts.queries import account_by_email
from thinkia.db import db

ANA = "ana@example.org"


def ask(browser, email=ANA):
    browser.get("/reset")
    return browser.submit("Send me a link", email=email)


def test_a_new_passphrase_ends_every_session_and_begins_one(app, browser, new_browser):
    account = somebody()
    old = given.sign_in(new_browser(), account)
    assert is_in(old)
    ask(browser)
    browser.get(link_in(last_letter(ANA)))
    browser.submit("Save passphrase", password=ANOTHER, follow=False, status=302)

    assert is_in(browser)
    assert not is_in(old)
    sign_in(new_browser(), passphrase=PASSPHRASE, status=422)
    sign_in(new_browser(), passphrase=ANOTHER)
    assert kinds_to(ANA)[:2] == ["reset", "password_changed"]


def test_the_link_works_once_and_takes_the_other_links_with_it(app, browser):
    somebody()
    ask(browser)
    first = link_in(last_letter(ANA))
    ask(browser)
    second = link_in(last_letter(ANA))
    for _ in range(3):
        browser.get(second)  # a scanner
    browser.submit("Save passphrase", password=ANOTHER, follow=False, status=302)
    for link in (first, second):
        browser.get(link, status=409)


def test_the_link_works_for_an_hour(app, browser):
    somebody()
    ask(browser)
    browser.get(link_in(last_letter(ANA)))
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1), tick=False):
        browser.submit("Save passphrase", password=ANOTHER, status=409)


def test_a_link_of_another_kind_opens_nothing(app, browser):
    somebody()
    ask(browser)
    secret = link_in(last_letter(ANA)).rpartition("/")[2]
    browser.get(f"/verify/{secret}", status=409)
    browser.get("/reset/nothing", status=409)


def test_a_weak_passphrase_is_refused_and_the_link_still_works(app, browser):
    somebody()
    ask(browser)
    browser.get(link_in(last_letter(ANA)))
    assert "easy to guess" in browser.submit("Save passphrase", password="ana toapanta 2026", status=422).text
    browser.submit("Save passphrase", password=ANOTHER, follow=False, status=302)


def test_an_unknown_address_gets_the_same_page_and_a_letter_that_says_so(app, browser, new_browser):
    somebody()
    other = new_browser()
    known, unknown = ask(browser), ask(other, "ann@example.org")
    assert known.text.replace(ANA, "") == unknown.text.replace("ann@example.org", "")
    assert kinds_to("ann@example.org") == ["no_account"]


def test_the_link_proves_an_address_that_was_not_proved(app, browser):
    given.an_account("Somebody's Idea", email=ANA, verified_at=None)
    db.session.commit()
    ask(browser)
    assert "Somebody's Idea" not in last_letter(ANA).text
    browser.get(link_in(last_letter(ANA)))
    browser.submit("Save passphrase", password=ANOTHER, name="Ana Toapanta", follow=False, status=302)
    account = account_by_email(ANA)
    assert (account.name, account.verified_at is not None) == ("Ana Toapanta", True)
    assert is_in(browser)
