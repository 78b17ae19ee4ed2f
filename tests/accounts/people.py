"""What somebody types in the tests of accounts."""

from dataclasses import replace

from tests import builders as given
from thinkia.db import db
from thinkia.web import passwords

PASSPHRASE = "cuatro llamas cruzan Pifo"
ANOTHER = "lluvia tejado marimba once"


def somebody(email="ana@example.org", passphrase=PASSPHRASE, **changes):
    """A verified person with a passphrase."""
    account = given.an_account("Ana Toapanta", email=email, **changes)
    account.password_hash = passwords.chosen(passphrase)
    db.session.commit()
    return account


def sign_up(browser, *, status=200, follow=True, at="/sign-up", button="Create account", **changes):
    usual = {
        "name": "Nina Quispe",
        "email": "nina@example.org",
        "password": PASSPHRASE,
        "birth_date": "1998-05-17",
        "participation": "y",
    }
    browser.get(at)
    said = usual | changes
    said |= in_parts(said.pop("birth_date"))
    return browser.submit(button, status=status, follow=follow, **said)


def in_parts(day, name="birth_date"):
    """``1998-05-17`` as one types it: three fields."""
    year, month, day = day.split("-") if day else ("", "", "")
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def sign_in(browser, email="ana@example.org", passphrase=PASSPHRASE, *, at="/sign-in", status=302, **options):
    browser.get(at)
    return browser.submit("Sign in", email=email, password=passphrase, status=status, follow=False, **options)


def is_in(browser):
    """Whether the pages of an account open to this browser."""
    with browser.app.app_context():  # one of its own: the test's would lend it who was in before
        return browser.client.get("/account/sign-ins").status_code == 200


class Listening:
    """The hasher, writing down how much work it is given."""

    def __init__(self, hasher):
        self.hasher, self.hashed, self.verified = hasher, [], []

    def hash(self, text):
        self.hashed.append(text)
        return self.hasher.hash(text)

    def verify(self, kept, text):
        self.verified.append(text)
        return self.hasher.verify(kept, text)

    def check_needs_rehash(self, kept):
        return self.hasher.check_needs_rehash(kept)


def with_hasher(app, monkeypatch, hasher):
    """Let the application use another hasher, for this test."""
    monkeypatch.setitem(app.extensions, "hashing", replace(app.extensions["hashing"], hasher=hasher))
    return hasher
