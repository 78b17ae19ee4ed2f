"""Signing in by passphrase or code, and out: the same answer for everybody, and nobody locked out."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import Flask

from config import Settings
from tests import builders as given
from tests.accounts.letters import code_in, kinds_to, last_letter
from tests.accounts.people import ANOTHER, PASSPHRASE, Listening, is_in, sign_in, somebody, with_hasher
from thinkia.accounts.models import FailedSignIn, SignIn, Token
from thinkia.accounts.queries import hashed
from thinkia.db import db
from thinkia.policy.actor import StaffRole
from thinkia.web.passwords import init_passwords

ANA = "ana@example.org"
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"}


def token_of(browser):
    with browser.client.session_transaction() as session:
        return session.get("_user_id")


def ask_for_code(browser, email=ANA):
    browser.get("/sign-in/code")
    browser.submit("Send me a code", email=email)
    return code_in(last_letter(email)) if kinds_to(email)[-1] == "code" else None


def test_the_passphrase_lets_in(app, browser):
    somebody()
    assert sign_in(browser).response.location == "/desk"
    assert is_in(browser)


def test_the_same_letters_typed_on_another_keyboard_are_the_same_passphrase(app, browser):
    somebody(passphrase="una piñata sobre el páramo")
    sign_in(browser, passphrase="una pin\u0303ata sobre el pa\u0301ramo")
    assert is_in(browser)


def test_an_unknown_address_and_a_wrong_passphrase_answer_alike(app, browser, new_browser):
    somebody()
    other = new_browser()
    wrong = sign_in(browser, ANA, ANOTHER, status=422)
    unknown = sign_in(other, "ann@example.org", ANOTHER, status=422)
    assert wrong.text == unknown.text
    assert "The e-mail address or the passphrase is not right." in wrong.text
    assert wrong.form("Sign in").all(name="email")[0]["value"] == ANA


@pytest.mark.parametrize("known", [True, False])
def test_the_work_is_the_same_for_an_unknown_address(app, browser, known, monkeypatch):
    if known:
        somebody()
    work = with_hasher(app, monkeypatch, Listening(app.extensions["hashing"].hasher))
    sign_in(browser, ANA, ANOTHER, status=422)
    assert (work.hashed, work.verified) == ([], [ANOTHER])


@pytest.mark.parametrize("cheap", [True, False])
def test_where_there_is_no_account_a_hash_of_the_same_costs_is_checked(cheap):
    here = Flask(__name__)
    here.config["SETTINGS"] = Settings(cheap_passwords=cheap)
    init_passwords(here)
    hashing = here.extensions["hashing"]
    assert not hashing.hasher.check_needs_rehash(hashing.nobody)
    with pytest.raises(VerifyMismatchError):  # and not that it cannot be read, which takes no time
        hashing.hasher.verify(hashing.nobody, ANOTHER)


def test_an_account_without_a_passphrase_has_none_that_works(app, browser):
    given.an_account(email=ANA)
    db.session.commit()
    for guess in ("", PASSPHRASE):
        sign_in(browser, ANA, guess, status=422)


def test_a_hash_of_lower_costs_is_made_anew(app, browser, new_browser, monkeypatch):
    account = somebody()
    old = account.password_hash
    sign_in(browser)
    assert account.password_hash == old
    with_hasher(app, monkeypatch, PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    sign_in(new_browser())
    assert "m=16,t=2,p=1" in account.password_hash
    sign_in(new_browser())


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("/calls/rios?page=2", "/calls/rios?page=2"),
        ("https://evil.example", "/desk"),
        ("//evil.example", "/desk"),
        ("///evil.example", "/desk"),
        ("/\\evil.example", "/desk"),
        ("/\tevil", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("evil.example", "/desk"),
        ("", "/desk"),
    ],
)
def test_one_goes_on_to_pages_of_this_site_only(app, browser, wanted, there):
    somebody()
    browser.get("/sign-in", query_string={"next": wanted})
    page = browser.post(
        "/sign-in",
        {"email": ANA, "password": PASSPHRASE},
        query_string={"next": wanted},
        follow=False,
        status=302,
    )
    assert page.response.location == there


def test_a_page_that_needs_an_account_comes_back_after_signing_in(app, browser):
    somebody()
    asked = browser.get("/account/consents", follow=False, status=302)
    assert sign_in(browser, at=asked.response.location).response.location == "/account/consents"


def test_signing_in_begins_a_new_session(app, browser):
    """What was in the browser before, whoever put it there, opens nothing afterwards (fixation)."""
    account = somebody()
    browser.get("/sign-in?lang=en")
    with browser.client.session_transaction() as session:
        session["_user_id"] = planted = "planted"
        session["next"] = "/planted"
        before = session["csrf_token"]
    browser.get("/sign-in?next=/calls/rios")
    browser.submit("Sign in", email=ANA, password=PASSPHRASE, status=302, follow=False)
    with browser.client.session_transaction() as session:
        assert session["_user_id"] != planted
        assert (session["lang"], "next" in session) == ("en", False)
        assert session.get("csrf_token") != before
    assert db.session.query(SignIn).filter_by(account_id=account.id).one().token_hash == hashed(
        token_of(browser)
    )


def test_after_signing_out_the_old_cookie_opens_nothing(app, browser):
    given.sign_in(browser, somebody(language="en"))
    browser.get("/account")
    cookie = browser.client.get_cookie("thinkia").value
    browser.submit("Sign out")
    assert not is_in(browser)
    browser.client.set_cookie("thinkia", cookie)
    assert not is_in(browser)


def test_signing_out_is_no_link(app, browser):
    given.sign_in(browser, somebody())
    browser.get("/sign-out", status=405)
    assert is_in(browser)


def test_five_wrong_passphrases_are_heard_and_then_one_waits(app, browser):
    somebody()
    start = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(5):
            sign_in(browser, ANA, ANOTHER, status=422)
        page = sign_in(browser, status=429)
        assert "Wait 1 min" in page.text
        clock.shift(timedelta(seconds=61))
        sign_in(browser, ANA, ANOTHER, status=422)
        assert "Wait 2 min" in sign_in(browser, status=429).text
        clock.shift(timedelta(seconds=121))
        sign_in(browser)
        assert is_in(browser)


def test_unknown_addresses_wait_like_known_ones(app, browser):
    for _ in range(5):
        sign_in(browser, "ann@example.org", ANOTHER, status=422)
    sign_in(browser, "ann@example.org", ANOTHER, status=429)


def test_somebody_elsewhere_cannot_lock_the_owner_out(app, browser, new_browser):
    somebody()
    attacker = new_browser()
    with time_machine.travel(datetime(2026, 11, 22, 15, 0, tzinfo=UTC), tick=False) as clock:
        for octet in range(30):
            attacker.get("/sign-in")
            attacker.post(
                "/sign-in",
                {"email": ANA, "password": ANOTHER},
                environ_base={"REMOTE_ADDR": f"192.0.2.{octet}"},
                status=429 if octet >= 20 else 422,
            )
        assert "Wait 1 min" in sign_in(browser, status=429).text
        clock.shift(timedelta(seconds=1))
        sign_in(browser)
        assert is_in(browser)


def test_one_address_may_not_try_many_accounts(app, browser):
    browser.get("/sign-in")
    for number in range(100):
        browser.post("/sign-in", {"email": f"p{number}@", "password": "x"}, status=422)
    browser.post("/sign-in", {"email": "p@", "password": "x"}, status=429)


def test_signing_in_forgets_the_tries_from_here(app, browser):
    somebody()
    for _ in range(4):
        sign_in(browser, ANA, ANOTHER, status=422)
    sign_in(browser)
    here = hashed(f"{ANA} 127.0.0.1")
    assert db.session.query(FailedSignIn).filter_by(key_hash=here).count() == 0


def test_a_code_lets_in_once(app, browser, new_browser):
    somebody()
    digits = ask_for_code(browser)
    page = browser.submit("Sign in", code=f"{digits[:3]} {digits[3:]}", follow=False, status=302)
    assert page.response.location == "/desk"
    assert is_in(browser)


def test_a_code_works_in_the_browser_that_asked_alone(app, browser, new_browser):
    somebody()
    digits, other = ask_for_code(browser), new_browser()
    other.get("/sign-in/code/enter")
    assert "This code is not right" in other.submit("Sign in", code=digits, status=422).text
    browser.submit("Sign in", code=digits, follow=False, status=302)


def test_strangers_cannot_use_up_the_tries_of_a_code(app, browser, new_browser):
    somebody()
    digits, other = ask_for_code(browser), new_browser()
    other.get("/sign-in/code/enter")
    for _ in range(6):
        other.submit("Sign in", code="000000", status=422)
    browser.submit("Sign in", code=digits, follow=False, status=302)


def test_a_code_wears_out_after_five_wrong_tries(app, browser):
    somebody()
    digits = ask_for_code(browser)
    wrong = f"{(int(digits) + 1) % 1_000_000:06}"
    for _ in range(5):
        browser.submit("Sign in", code=wrong, status=422)
    browser.submit("Sign in", code=digits, status=422)


def test_a_code_works_for_ten_minutes(app, browser):
    somebody()
    digits = ask_for_code(browser)
    later = datetime.now(UTC) + timedelta(minutes=10)
    with time_machine.travel(later, tick=False):
        browser.submit("Sign in", code=digits, status=422)


def test_a_code_is_not_in_the_database(app, browser):
    somebody()
    digits = ask_for_code(browser)
    assert db.session.query(Token).one().token_hash != hashed(digits)
    assert digits not in last_letter(ANA).subject


def test_an_unknown_address_gets_the_same_page_and_a_letter_that_says_so(app, browser, new_browser):
    somebody()
    other = new_browser()
    ask_for_code(browser)
    ask_for_code(other, "ann@example.org")
    assert browser.page.text.replace(ANA, "") == other.page.text.replace("ann@example.org", "")
    assert kinds_to("ann@example.org") == ["no_account"]
    other.submit("Sign in", code="123456", status=422)


def test_who_never_proved_the_address_does_so_with_a_passphrase_first(app, browser):
    given.an_account(email=ANA, verified_at=None)
    db.session.commit()
    assert ask_for_code(browser) is None
    assert kinds_to(ANA) == ["reset"]


def test_a_new_device_is_told_to_its_owner(app, browser, new_browser):
    somebody()
    sign_in(browser)
    assert kinds_to(ANA) == []
    sign_in(new_browser())
    assert kinds_to(ANA) == []
    phone = new_browser()
    phone.get("/sign-in", headers=PHONE)
    phone.post("/sign-in", {"email": ANA, "password": PASSPHRASE}, headers=PHONE, follow=False, status=302)
    assert kinds_to(ANA) == ["new_device"]
    assert "Chrome, Android" in last_letter(ANA).text


@pytest.mark.parametrize(
    ("role", "idle", "whole"),
    [
        ("citizen", timedelta(hours=12), timedelta(days=7)),
        ("juror", timedelta(hours=2), timedelta(hours=12)),
        ("organiser", timedelta(minutes=30), timedelta(hours=12)),
    ],
)
def test_a_sign_in_ends_by_itself(app, browser, role, idle, whole):
    start = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    host = given.a_host()
    account = given.an_account()
    if role == "organiser":
        account = given.an_organiser(host, StaffRole.READER)
    elif role == "juror":
        given.a_juror(given.a_call(), account=account)
    with time_machine.travel(start, tick=False) as clock:
        given.sign_in(browser, account, now=start)
        assert is_in(browser)
        clock.shift(idle - timedelta(minutes=2))
        assert is_in(browser), "it lasts from visit to visit"
        clock.shift(idle - timedelta(minutes=2))
        assert is_in(browser)
        clock.shift(idle)
        assert not is_in(browser), "too long away"

        given.sign_in(browser, account, now=clock.move_to(start) or start)
        with browser.client.session_transaction() as session:
            session["seen"] = int((start + whole).timestamp())
        clock.move_to(start + whole - timedelta(seconds=1))
        assert is_in(browser)
        clock.move_to(start + whole)
        assert not is_in(browser), "too long in"


def test_looking_at_pages_writes_nothing_to_the_database(app, browser):
    given.sign_in(browser, somebody())
    before = db.session.query(SignIn).one().seen_at
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1), tick=False):
        assert is_in(browser)
    assert db.session.query(SignIn).one().seen_at == before
