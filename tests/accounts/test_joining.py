"""Signing up: one answer for everybody, one link, nothing before the address is proved."""

from datetime import UTC, datetime, timedelta

import pytest

from tests import builders as given
from tests.accounts.letters import kinds_to, last_letter, letters_to, link_in
from tests.accounts.people import (
    ANOTHER,
    PASSPHRASE,
    Listening,
    is_in,
    sign_in,
    sign_up,
    somebody,
    with_hasher,
)
from thinkia.accounts.models import Account, Purpose, Token
from thinkia.accounts.queries import account_by_email, standing_consents
from thinkia.db import db
from thinkia.journal.models import Entry
from thinkia.outside.mail import Mail

NINA = "nina@example.org"


def count(model):
    return db.session.query(model).count()


def test_an_account_is_ready_once_its_address_is_proved(app, browser):
    assert sign_up(browser).h1 == "Look at your mail"
    assert account_by_email(NINA).verified_at is None
    assert not is_in(browser)

    assert browser.get(link_in(last_letter(NINA))).h1 == "Confirm your e-mail address"
    left = browser.submit("Confirm my address", follow=False, status=302)

    assert left.response.location == "/desk"
    assert account_by_email(NINA).verified_at is not None
    assert is_in(browser)
    assert [entry.action for entry in db.session.query(Entry)] == ["account.signed_up", "account.verified"]


def test_a_scanner_that_opens_the_link_uses_nothing(app, browser, new_browser):
    sign_up(browser)
    link = link_in(last_letter(NINA))
    for _ in range(3):
        new_browser().get(link)
    browser.get(link)
    browser.submit("Confirm my address", follow=False, status=302)
    assert is_in(browser)


def test_a_link_works_once(app, browser):
    sign_up(browser)
    link = link_in(last_letter(NINA))
    browser.get(link)
    browser.submit("Confirm my address", follow=False, status=302)
    page = browser.get(link, status=409)
    assert page.h1 == "This link works no longer"
    assert page.link("Go to my space") == "/desk"


def test_a_link_works_for_a_day(app, browser):
    sign_up(browser)
    link = link_in(last_letter(NINA))
    db.session.query(Token).update({"expires_at": datetime.now(UTC) - timedelta(seconds=1)})
    db.session.commit()
    browser.get(link, status=409)
    assert account_by_email(NINA).verified_at is None


def test_the_secret_itself_is_nowhere_in_the_database(app, browser):
    sign_up(browser)
    secret = link_in(last_letter(NINA)).rpartition("/")[2]
    assert [token.token_hash == secret for token in db.session.query(Token)] == [False]
    assert PASSPHRASE not in account_by_email(NINA).password_hash


def test_another_browser_has_to_know_the_passphrase(app, browser, new_browser):
    """Otherwise somebody could sign a stranger up, and wait for the stranger to press the button."""
    sign_up(browser)
    other = new_browser()
    other.get(link_in(last_letter(NINA)))
    assert "is not right" in other.submit("Confirm my address", password=ANOTHER, status=422).text
    assert account_by_email(NINA).verified_at is None
    other.submit("Confirm my address", password=PASSPHRASE, follow=False, status=302)
    assert is_in(other)


def test_a_stranger_with_the_link_can_guess_a_few_times_only(app, browser, new_browser):
    sign_up(browser)
    other, link = new_browser(), link_in(last_letter(NINA))
    other.get(link)
    for _ in range(5):
        other.submit("Confirm my address", password=ANOTHER, status=422)
    other.submit("Confirm my address", password=PASSPHRASE, status=409)


def test_a_known_address_gets_the_same_answer_and_its_owner_a_letter(app, browser, new_browser):
    somebody(NINA)
    known = sign_up(browser, name="Somebody Else")
    other = new_browser()
    unknown = sign_up(other, email="new@example.org")

    assert known.status == unknown.status
    assert known.text.replace(NINA, "") == unknown.text.replace("new@example.org", "")
    assert kinds_to(NINA) == ["known_address"]
    assert account_by_email(NINA).name == "Ana Toapanta"
    assert count(Token) == 1


@pytest.mark.parametrize("known", [True, False])
def test_the_passphrase_is_hashed_whether_the_address_is_known_or_not(app, browser, known, monkeypatch):
    """The slow part of signing up is the hash: done for both, nobody can tell them apart by the clock."""
    if known:
        somebody(NINA)
    work = with_hasher(app, monkeypatch, Listening(app.extensions["hashing"].hasher))
    sign_up(browser)
    assert (work.hashed, work.verified) == ([PASSPHRASE], [])


def test_an_account_that_nobody_proved_starts_anew(app, browser, new_browser):
    """Who signs up first with somebody's address gains nothing by it."""
    thief = new_browser()
    sign_up(thief, password=ANOTHER, name="Thief", news="y")
    first = link_in(last_letter(NINA))
    sign_up(browser)

    thief.get(first, status=409)
    account = account_by_email(NINA)
    assert (account.name, count(Account)) == ("Nina Quispe", 1)
    browser.get(link_in(last_letter(NINA)))
    browser.submit("Confirm my address", follow=False, status=302)
    assert sign_in(new_browser(), NINA, ANOTHER, status=422).status == 422


def test_the_right_passphrase_before_the_address_is_proved_sends_the_letter_again(app, browser, new_browser):
    sign_up(browser)
    page = sign_in(browser, NINA)
    assert page.response.location == "/sign-up/sent"
    assert not is_in(browser)
    assert kinds_to(NINA) == ["verify", "verify"]


def test_each_consent_is_its_own_and_none_is_ticked_beforehand(app, browser):
    form = browser.get("/sign-up").form("Create account")
    assert [box["name"] for box in form.all("input", type="checkbox") if "checked" in box] == []

    page = sign_up(browser, participation=None, status=422)
    assert "you need to agree" in page.text
    sign_up(browser, findable="y")
    given_to = standing_consents(account_by_email(NINA).id)
    assert set(given_to) == {Purpose.PARTICIPATION, Purpose.FINDABLE}
    assert {consent.text_version for consent in given_to.values()} == {"2026-11"}


def test_who_is_under_fifteen_is_told_kindly_and_nothing_is_kept(app, browser):
    today = datetime.now(UTC).date()
    page = sign_up(browser, birth_date=today.replace(year=today.year - 14).isoformat(), status=422)
    assert "we would be glad to see you later" in page.text
    assert (count(Account), count(Mail), count(Entry)) == (0, 0, 0)


def test_who_is_fifteen_may_sign_up(app, browser):
    birth = (datetime.now(UTC) - timedelta(days=366 * 15 + 4)).date()
    sign_up(browser, birth_date=birth.isoformat())
    assert account_by_email(NINA).birth_date == birth


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("email", "x@", "Write a whole e-mail address"),
        ("email", "x@y", "Write a whole e-mail address"),
        ("email", "a@example.org\nBcc: b@example.org", "Write a whole e-mail address"),
        ("name", "\u202e" + "x" * 10_000, "Write a name of at most 120 characters."),
        ("name", "\u202e\u200b ", "Write your name."),
        ("password", "short", "Write at least 15 characters"),
        ("password", "x" * 501, "Write at most 500 characters."),
        ("password", "contraseña segura 2026", "easy to guess"),
        ("password", "Nina Quispe Nina Quispe", "easy to guess"),
        ("birth_date", "1998-02-31", "Write a date that exists"),
        ("birth_date", "0198-02-03", "Check the year"),
        ("birth_date", "2998-05-17", "Your birth date is still to come."),
        ("birth_date", "", "Write your birth date."),
        ("language", "fr", "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_what_was_typed_is_kept(app, browser, field, typed, sentence):
    page = sign_up(browser, **{field: typed}, status=422)
    assert sentence in page.text
    kept = page.form("Create account").all(name="email" if field != "email" else "name")[0]
    assert kept["value"] in {NINA, "Nina Quispe"}
    assert (count(Account), count(Mail)) == (0, 0)


@pytest.mark.parametrize(
    ("day", "month", "year", "sentences"),
    [
        ("17", "", "1998", ["Write the month too."]),
        ("", "", "1998", ["Write the day too. Write the month too."]),
        ("17", "mayo", "1998", ["Write the date in numbers"]),
        ("17", "5", "98", ["Write the year with four digits."]),
        ("31", "2", "1998", ["Write a date that exists"]),
        ("1_7", "5", "1998", ["Write the date in numbers"]),
        ("9" * 5000, "5", "1998", ["Write a date that exists"]),
    ],
)
def test_a_birth_date_is_three_numbers_and_what_was_typed_is_kept(app, browser, day, month, year, sentences):
    typed = {"birth_date_day": day, "birth_date_month": month, "birth_date_year": year}
    page = sign_up(browser, birth_date="", status=422)
    page = browser.submit("Create account", **typed, status=422)
    error = page.root.one("p", id="birth_date-error").text
    assert all(sentence in error for sentence in sentences)
    kept = {name: page.root.one("input", name=name)["value"] for name in typed}
    assert kept == {name: text[:20] for name, text in typed.items()}
    assert [page.root.one("input", name=name)["autocomplete"] for name in typed] == [
        "bday-day",
        "bday-month",
        "bday-year",
    ]
    assert (count(Account), count(Mail)) == (0, 0)


def test_a_name_loses_what_would_turn_the_page_around(app, browser):
    sign_up(browser, name="  Nin\u0303a \u202eQuispe\u0000 ")
    assert account_by_email(NINA).name == "Niña Quispe"


def test_an_address_in_capitals_is_the_same_address(app, browser):
    sign_up(browser, email="Nina@Example.org")
    assert account_by_email(NINA).email == NINA


def test_a_program_that_fills_in_everything_gets_an_answer_and_no_account(app, browser):
    assert sign_up(browser, website="https://example.org").h1 == "Look at your mail"
    assert (count(Account), count(Mail)) == (0, 0)


def test_letters_to_one_address_are_few(app, browser):
    for _ in range(20):
        sign_up(browser)
    sign_up(browser, status=429)
    assert len(letters_to(NINA)) == 20
    sign_up(browser, email="another@example.org")


def test_signing_up_leads_back_to_where_one_wanted_to_go(app, browser):
    sign_up(browser, at="/sign-up?next=/calls/rios")
    browser.get(link_in(last_letter(NINA)))
    assert browser.submit("Confirm my address", follow=False, status=302).response.location == "/calls/rios"


def test_without_the_token_of_the_page_nothing_happens(app, browser):
    for token in ("", "wrong"):
        browser.get("/sign-up")
        browser.submit("Create account", csrf_token=token, email=NINA, status=400)
    assert count(Account) == 0


def test_somebody_who_is_in_does_not_sign_up_again(app, browser):
    given.sign_in(browser, given.an_account())
    assert browser.get("/sign-up", follow=False, status=302).response.location == "/desk"
