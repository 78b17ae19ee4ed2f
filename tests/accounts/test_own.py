"""One's own account: described, protected, agreed to, signed out."""

import pytest

from tests import builders as given
from tests.accounts.letters import kinds_to
from tests.accounts.people import ANOTHER, PASSPHRASE, in_parts, is_in, sign_in, somebody
from thinkia.accounts.models import Consent, Purpose, SignIn
from thinkia.accounts.queries import account_by_email, standing_consents
from thinkia.db import db
from thinkia.journal.models import Entry

ANA = "ana@example.org"
PAGES = ["/account", "/account/password", "/account/consents", "/account/sign-ins"]


@pytest.fixture
def ana(app):
    return somebody(language="en")


@pytest.fixture
def at_home(browser, ana):
    return given.sign_in(browser, ana)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_pages_of_an_account_are_for_its_owner(app, new_browser, path, language):
    visitor = new_browser(language)
    asked = visitor.get(path, follow=False, status=302)
    assert asked.response.location == f"/sign-in?next={path}"
    page = given.sign_in(visitor, somebody(language=language)).get(path)
    assert page.response.headers["Cache-Control"] == "no-store"


def test_a_person_describes_herself(app, at_home, ana):
    at_home.get("/account")
    page = at_home.submit(
        "Save my details",
        name="Ana María",
        sector="academia",
        institution="Universidad de Muestra",
        place="0101",
        skills="Data",
        languages=["es", "qu"],
    )
    assert "Your details are saved." in page.text
    assert (ana.name, ana.sector, ana.province, ana.canton) == ("Ana María", "academia", "01", "0101")
    assert ana.languages == ["es", "qu"]
    form = page.form("Save my details")
    assert [each["value"] for each in form.all("option") if "selected" in each] == ["academia", "0101"]


def test_a_province_alone_is_enough(app, at_home, ana):
    at_home.get("/account")
    at_home.submit("Save my details", place="20")
    assert (ana.province, ana.canton) == ("20", None)
    at_home.submit("Save my details", place="")
    assert (ana.province, ana.canton) == (None, None)


def test_the_language_of_the_account_is_that_of_its_pages(app, at_home, ana):
    at_home.get("/account")
    assert at_home.submit("Save my details", language="es").h1 == "Sobre mí"
    assert ana.language == "es"


def test_a_birth_date_is_said_once(app, browser):
    account = given.an_account(email=ANA, birth_date=None, language="en")
    given.sign_in(browser, account)
    browser.get("/account")
    browser.submit("Save my details", **in_parts("1990-01-02"))
    assert account.birth_date.isoformat() == "1990-01-02"
    browser.post(
        "/account",
        {"name": "Ana", "language": "en", "place": "", "sector": "", **in_parts("2001-01-01")},
    )
    assert account.birth_date.isoformat() == "1990-01-02"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "x" * 10_000, "Write a name of at most 120 characters."),
        ("sector", "military", "Not a valid choice"),
        ("place", "9999", "Not a valid choice"),
        ("languages", ["elvish"], "not a valid choice"),
        ("skills", "x" * 1001, "Write at most 1000 characters."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(app, at_home, ana, field, typed, sentence):
    at_home.get("/account")
    page = at_home.submit("Save my details", **{field: typed}, status=422)
    assert sentence in page.text
    assert ana.name == "Ana Toapanta"


def test_fields_that_no_form_has_change_nothing(app, at_home, ana):
    at_home.get("/account")
    at_home.submit("Save my details")
    typed = {"name": "Ana", "language": "en", "place": "", "sector": "", "email": "x@example.org", "id": "1"}
    at_home.post("/account", {**typed, "verified_at": "", "password_hash": "x"})
    assert (ana.email, ana.name) == (ANA, "Ana")
    assert ana.password_hash.startswith("$argon2id$")


def test_a_new_passphrase_ends_the_other_sessions_and_renews_this_one(app, at_home, ana, new_browser):
    other = given.sign_in(new_browser(), ana)
    with at_home.client.session_transaction() as session:
        old = session["_user_id"]
    at_home.get("/account/password")
    page = at_home.submit("Change passphrase", password=PASSPHRASE, new_password=ANOTHER)
    assert "The other devices are signed out." in page.text
    assert not is_in(other)
    with at_home.client.session_transaction() as session:
        assert session["_user_id"] != old
        session["_user_id"] = old
    assert not is_in(at_home)
    sign_in(new_browser(), passphrase=ANOTHER)
    assert "password_changed" in kinds_to(ANA)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (ANOTHER, "tres nubes y un colibrí", "is not right"),
        (PASSPHRASE, "ana toapanta 2026", "easy to guess"),
        (PASSPHRASE, "short", "Write at least 15 characters"),
        ("", ANOTHER, "Write your passphrase."),
    ],
)
def test_a_passphrase_stays_when_something_is_wrong(app, at_home, ana, new_browser, old, new, sentence):
    at_home.get("/account/password")
    page = at_home.submit("Change passphrase", password=old, new_password=new, status=422)
    assert sentence in page.text
    sign_in(new_browser(), passphrase=PASSPHRASE)


def test_who_signs_in_with_codes_gets_a_link_to_choose_a_passphrase(app, browser):
    given.sign_in(browser, given.an_account(language="en"))
    assert browser.get("/account/password").link("Choose a passphrase") == "/reset"
    browser.post("/account/password", {"password": "", "new_password": ANOTHER}, status=422)


def test_a_consent_is_taken_back_as_simply_as_it_was_given(app, at_home, ana):
    at_home.get("/account/consents")
    page = at_home.post("/account/consents/news", {"answer": "yes"})
    assert "Yes, since" in page.text
    assert set(standing_consents(ana.id)) == {Purpose.NEWS}
    at_home.post("/account/consents/news", {"answer": "yes"})
    at_home.post("/account/consents/news", {"answer": "no"})
    at_home.post("/account/consents/news", {"answer": "no"})
    assert standing_consents(ana.id) == {}
    (kept,) = db.session.query(Consent)
    assert (kept.text_version, kept.withdrawn_at is not None) == ("2026-11", True)
    at_home.post("/account/consents/everything", {"answer": "yes"}, status=404)
    assert {entry.action for entry in db.session.query(Entry)} == {"consent.given", "consent.withdrawn"}


def test_devices_are_listed_and_signed_out(app, at_home, ana, new_browser):
    phone, stranger = given.sign_in(new_browser(), ana), given.sign_in(new_browser(), given.an_account())
    page = at_home.get("/account/sign-ins")
    assert page.text.count("A device that does not say what it is") >= 2
    (action,) = {
        form["action"] for form in page.root.all("form") if form["action"].endswith("/revocation")
    } - {"/account/sign-ins/revocation"}

    stranger.get("/account/sign-ins")
    stranger.post(action, status=404)
    assert is_in(phone)
    at_home.get("/account/sign-ins")
    at_home.post(action)
    assert not is_in(phone)
    assert is_in(at_home)
    at_home.post(action, status=404)


def test_the_other_devices_are_signed_out_at_once(app, at_home, ana, new_browser):
    others = [given.sign_in(new_browser(), ana) for _ in range(3)]
    at_home.get("/account/sign-ins")
    at_home.submit("Sign out the other devices")
    assert [is_in(other) for other in others] == [False] * 3
    assert is_in(at_home)
    assert db.session.query(SignIn).filter(SignIn.revoked_at.is_(None)).count() == 1


def test_a_name_is_shown_as_text(app, browser):
    account = given.an_account("<script>alert(1)</script>", language="en")
    given.sign_in(browser, account)
    page = browser.get("/account")
    assert "<script>alert" not in page.response.text
    assert account_by_email(account.email).name in page.text
