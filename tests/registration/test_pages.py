"""The pages of entering a call: as those who may, as those who may not, in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import builders as given
from tests.accounts.people import in_parts
from thinkia.accounts.models import Purpose
from thinkia.accounts.services import agree, withdraw
from thinkia.db import db
from thinkia.domain.bases import CompositionRule, Eligibility, PersonAttribute, TeamRules
from thinkia.registration.queries import entry_of

TODAY = datetime.now(UTC).replace(microsecond=0)
COMPOSITION = (
    CompositionRule(PersonAttribute.GENDER, value="woman", min=2),
    CompositionRule(PersonAttribute.INSTITUTION, max_same=1),
    CompositionRule(PersonAttribute.DISCIPLINE, value="systems", min=1),
)


def a_call(code="rios", **changes):
    usual = {"team": TeamRules(max=4, composition=COMPOSITION)}
    return given.a_call(given.some_bases(code, TODAY, **{**usual, **changes}), now=TODAY)


@pytest.fixture
def call(app):
    return a_call()


@pytest.fixture
def nina(call):
    return given.an_account("Nina Quilumba", language="en", now=TODAY)


def fields(page):
    return {each["name"] for each in page.form("/calls/rios/registration").all("input", "select", "textarea")}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_person_enters_a_call(new_browser, call, nina, language):
    nina.language = language
    browser = given.sign_in(new_browser(language), nina)
    page = browser.get("/calls/rios/registration")
    button = {"en": "Register in this call", "es": "Inscribirse en la convocatoria"}[language]
    page = browser.submit(button, gender="woman", institution="ESPE", discipline="systems", consent="y")
    assert page.path == "/calls/rios/registration"
    assert "Nina" in page.text
    registration = entry_of(call.id, nina.id)
    assert registration.attributes == {"gender": "woman", "institution": "ESPE", "discipline": "systems"}


def test_only_what_the_rules_need_is_asked_and_nothing_is_preselected(browser, call, nina):
    page = given.sign_in(browser, nina).get("/calls/rios/registration")
    asked = {"gender", "institution", "discipline", "is_looking", "about", "consent"}
    assert {each["name"] for each in page.root.all("input", "textarea", "select")} - {"csrf_token"} == asked
    assert [each["name"] for each in page.root.all("input") if "checked" in each] == []
    assert "At least 2 women." in page.text
    assert "I prefer not to say" in page.text


def test_a_call_without_composition_asks_nothing_of_the_kind(browser, app):
    a_call("simple", team=TeamRules(max=1))
    page = given.sign_in(browser, given.an_account(language="en", now=TODAY)).get(
        "/calls/simple/registration"
    )
    names = {each["name"] for each in page.root.all("input", "textarea", "select")} - {"csrf_token"}
    assert names == {"consent"}


def test_without_consent_nobody_is_registered_and_what_was_typed_stays(browser, call, nina):
    given.sign_in(browser, nina).get("/calls/rios/registration")
    page = browser.submit(
        "Register in this call", gender="other", institution="ESPE", discipline="other", status=422
    )
    assert "Without your agreement we cannot register you" in page.text
    chosen = [each["value"] for each in page.root.all("input", type="radio") if "checked" in each]
    assert chosen == ["other", "other"]
    assert page.root.one("input", name="institution")["value"] == "ESPE"
    assert entry_of(call.id, nina.id) is None


def test_a_missing_birth_date_is_asked_for_kindly(browser, app):
    call = a_call("mayores", eligibility=Eligibility(min_age=18), team=TeamRules(max=4))
    account = given.an_account(birth_date=None, language="en", now=TODAY)
    given.sign_in(browser, account).get("/calls/mayores/registration")
    page = browser.submit("Register in this call", consent="y", status=422)
    assert "Write your date of birth" in page.text
    young = (TODAY - timedelta(days=365 * 16)).date().isoformat()
    page = browser.submit("Register in this call", **in_parts(young, "born"), consent="y", status=422)
    assert "In this call people take part from 18 years of age." in page.text
    page = browser.submit("Register in this call", **in_parts("0199-02-28", "born"), consent="y", status=422)
    assert "Check the year" in page.text
    page = browser.submit("Register in this call", **in_parts("1999-02-31", "born"), consent="y", status=422)
    assert "Write a date that exists" in page.text
    browser.submit("Register in this call", **in_parts("1999-02-28", "born"), consent="y")
    assert entry_of(call.id, account.id)
    db.session.expire_all()
    assert account.birth_date == date(1999, 2, 28)


def test_whoever_cannot_enter_reads_every_reason_and_sees_no_form(browser, app):
    a_call("lejos", eligibility=Eligibility(min_age=18, provinces=("01",)))
    child = given.an_account(birth_date=date(TODAY.year - 16, 1, 1), province="17", language="en", now=TODAY)
    page = given.sign_in(browser, child).get("/calls/lejos/registration")
    assert page.h1 == "You cannot enter this call"
    assert "from 18 years of age" in page.text
    assert "other provinces" in page.text
    assert page.root.all("input", name="consent") == []


def test_staff_of_the_host_are_told_why_not(browser, app):
    host = given.a_host()
    organiser = given.an_organiser(host, now=TODAY, language="en")
    given.a_call(given.some_bases("rios", TODAY), host=host, organiser=organiser, now=TODAY)
    page = given.sign_in(browser, organiser).get("/calls/rios/registration")
    assert "you cannot take part in it" in page.text
    assert page.root.all("input", name="consent") == []
    page = browser.post("/calls/rios/registration", {"consent": "y"}, status=422)  # from a page kept open
    assert "you cannot take part in it" in page.text


def test_a_juror_and_who_took_the_consent_back_are_told_before_the_form(new_browser, call, nina):
    juror = given.a_juror(call, "academia", now=TODAY)
    juror.account.language = "en"
    page = given.sign_in(new_browser(), juror.account).get("/calls/rios/registration")
    assert "you sit on its jury" in page.text
    assert page.root.all("input", name="consent") == []

    agree(nina, Purpose.PARTICIPATION, given.acting(nina), TODAY)
    withdraw(nina, Purpose.PARTICIPATION, given.acting(nina), TODAY)
    page = given.sign_in(new_browser(), nina).get("/calls/rios/registration")
    assert "You took back the consent" in page.text
    assert page.link("See my consents") == "/account/consents"
    assert page.root.all("input", name="consent") == []


def test_after_registering_one_goes_on_to_where_one_was_going(browser, call, nina):
    given.sign_in(browser, nina).get("/calls/rios/registration?next=/help")
    said = {"gender": "woman", "discipline": "systems", "consent": "y"}
    assert browser.submit("Register in this call", **said).path == "/help"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/\\example.org"])
def test_but_never_to_another_site(browser, call, nina, elsewhere):
    given.sign_in(browser, nina).get(f"/calls/rios/registration?next={elsewhere}")
    said = {"gender": "woman", "discipline": "systems", "consent": "y"}
    assert browser.submit("Register in this call", **said).path == "/calls/rios/registration"


def test_what_was_said_is_shown_changed_and_erased(browser, call, nina):
    given.registered(call, nina, TODAY, gender="woman", institution="ESPE")
    page = given.sign_in(browser, nina).get("/calls/rios/registration")
    assert "ESPE" in page.text
    browser.get(page.link("Change what I said"))
    page = browser.submit(
        "Save changes", gender="undisclosed", discipline="other", is_looking="y", about="Mapas"
    )
    assert "Not said" in page.text
    assert "Mapas" in page.text
    browser.get("/calls/rios/registration/withdrawal")
    page = browser.submit("Withdraw from the call")
    assert "was erased" in page.text
    assert entry_of(call.id, nina.id).attributes == {}


def test_a_visitor_signs_in_first(browser, call):
    page = browser.get("/calls/rios/registration", follow=False, status=302)
    assert page.response.location.startswith("/sign-in?next=")


def test_nobody_enters_when_registration_is_closed_or_a_draft(browser, app):
    now = TODAY
    closed = given.a_calendar(now, registration=given.Window(now - 5 * given.DAY, now - given.DAY))
    a_call("cerrada", calendar=closed)
    given.a_draft_call(given.some_bases("borrador", TODAY), now=TODAY)
    given.sign_in(browser, given.an_account(language="en", now=TODAY))
    page = browser.get("/calls/cerrada/registration", status=403)
    assert page.h1 == "Registration is closed"
    assert "It closed on" in page.text
    assert page.link("See the open calls") == "/"
    browser.get("/calls/borrador/registration", status=404)
    browser.get("/calls/no-such-call/registration", status=404)


def test_before_it_opens_the_page_says_when(browser, app):
    a_call("pronto", calendar=given.a_calendar(TODAY + 90 * given.DAY))
    given.sign_in(browser, given.an_account(language="en", now=TODAY))
    page = browser.get("/calls/pronto/registration", status=403)
    assert page.h1 == "Registration has not opened yet"
    assert "It opens on" in page.text


def test_whoever_is_not_registered_has_nothing_to_change_or_withdraw(browser, call, nina):
    given.sign_in(browser, nina)
    browser.get("/calls/rios/registration/details", status=404)
    browser.get("/calls/rios/registration/withdrawal", status=404)
    browser.get("/calls/rios/registration")
    browser.post("/calls/rios/registration/withdrawal", status=404)
