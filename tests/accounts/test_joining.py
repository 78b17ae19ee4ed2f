"""Signing up: one answer for everybody, one link, nothing before the address is proved."""

from tests.accounts.letters import last_letter, link_in
from thinkia.accounts.models import Account
from thinkia.accounts.queries import account_by_email
from thinkia.db import db

PASSPHRASE = "cuatro llamas cruzan Pifo"


def sign_up(browser, **changes):
    browser.get("/sign-up")
    usual = {
        "name": "Nina Quispe",
        "email": "nina@example.org",
        "password": PASSPHRASE,
        "birth_date": "1998-05-17",
        "participation": "y",
    }
    return browser.submit("Create account", **(usual | changes.pop("fields", {})), **changes)


def test_an_account_is_ready_once_its_address_is_proved(app, browser):
    assert sign_up(browser).h1 == "Look at your mail"
    account = account_by_email("nina@example.org")
    assert account.verified_at is None

    link = link_in(last_letter("nina@example.org"))
    assert browser.get(link).h1 == "Confirm your e-mail address"
    assert db.session.get(Account, account.id).verified_at is None, "opening the link must not use it"
    left = browser.submit("Confirm my address", follow=False, status=302)
    assert left.response.location == "/desk"
    assert account_by_email("nina@example.org").verified_at is not None
    assert browser.get("/account").h1 == "About me"
