"""Who works for a host: added by e-mail, given a role, taken off; somebody always stays in charge."""

import pytest

from tests import builders as given
from tests.accounts.letters import kinds_to, last_letter, link_in
from tests.accounts.people import ANOTHER, is_in
from tests.builders import NOON
from tests.queries import count_queries
from thinkia.accounts.queries import account_by_email
from thinkia.db import db
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.organisations import services
from thinkia.organisations.models import Staff
from thinkia.organisations.queries import staff_by_email, staff_of
from thinkia.policy import Actor
from thinkia.policy.actor import StaffRole


@pytest.fixture
def host(app):
    return given.a_host("muestra", "Municipio de Muestra")


@pytest.fixture
def owner(host):
    return given.an_organiser(host, StaffRole.OWNER, name="Rosa", email="rosa@example.org", language="en")


@pytest.fixture
def at_work(browser, owner):
    given.sign_in(browser, owner).get("/manage/hosts/muestra")
    return browser


def role_of(host, account):
    db.session.expire_all()
    found = staff_by_email(host, account.email)
    return found and found.role


def test_the_pages_show_who_works_for_the_host(at_work, host):
    page = at_work.get("/manage/hosts/muestra")
    assert page.h1 == "Municipio de Muestra"
    assert "rosa@example.org" in page.text
    assert at_work.get("/manage/hosts").link("Municipio de Muestra") == "/manage/hosts/muestra"


def test_in_spanish_too(new_browser, host):
    browser = given.sign_in(new_browser("es"), given.an_organiser(host, StaffRole.OWNER))
    assert "Equipo organizador" in browser.get("/manage/hosts/muestra").text
    assert browser.get("/manage/hosts").h1 == "Mis organizaciones"


def test_somebody_with_an_account_is_added_and_told(at_work, host):
    luis = given.an_account("Luis", email="luis@example.org")
    page = at_work.submit("Add to the staff", email="luis@example.org", role="reader")
    assert "We have written to luis@example.org." in page.text
    assert role_of(host, luis) == StaffRole.READER
    assert kinds_to("luis@example.org") == ["added"]


def test_somebody_without_an_account_gets_a_link_to_make_one(at_work, host, new_browser):
    page = at_work.submit("Add to the staff", email="New@Example.org", role="organiser")
    assert "We have written to new@example.org." in page.text
    assert "Invited" in page.text

    newcomer = new_browser()
    newcomer.get(link_in(last_letter("new@example.org")))
    newcomer.submit("Save passphrase", name="Nueva", password=ANOTHER, follow=False, status=302)
    assert newcomer.get("/manage/hosts/muestra").h1 == "Municipio de Muestra"
    assert account_by_email("new@example.org").name == "Nueva"


def test_nobody_is_added_twice(at_work, host):
    page = at_work.submit("Add to the staff", email="rosa@example.org", role="reader", status=422)
    assert "already part of the staff" in page.text
    assert len(staff_of(host)) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "x@", "role": "reader"}, "Write a whole e-mail address"),
        ({"email": "luis@example.org", "role": "king"}, "Not a valid choice"),
        ({"email": "luis@example.org"}, "Choose a role."),
    ],
)
def test_what_is_wrong_is_said_and_kept(at_work, host, typed, sentence):
    page = at_work.submit("Add to the staff", **typed, status=422)
    assert sentence in page.text
    assert page.form("Add to the staff").all(name="email")[0]["value"] == typed["email"]
    assert len(staff_of(host)) == 1


def test_a_changed_role_counts_at_once_and_asks_to_sign_in_again(at_work, host, new_browser):
    luis = given.an_organiser(host, name="Luis", email="luis@example.org")
    his = given.sign_in(new_browser(), luis)
    at_work.get("/manage/hosts/muestra")
    at_work.submit("Save role Luis", role="reader")
    assert role_of(host, luis) == StaffRole.READER
    assert not is_in(his)


def test_who_is_taken_off_sees_nothing_any_more(at_work, host, new_browser):
    luis = given.an_organiser(host, name="Luis", email="luis@example.org")
    at_work.get("/manage/hosts/muestra")
    at_work.submit("Remove Luis")
    assert role_of(host, luis) is None
    given.sign_in(new_browser(), luis).get("/manage/hosts/muestra", status=404)


def test_somebody_stays_in_charge(at_work, host, owner):
    assert "needs somebody in charge" in at_work.submit("Remove Rosa").text
    assert "needs somebody in charge" in at_work.submit("Save role Rosa", role="reader").text
    assert role_of(host, owner) == StaffRole.OWNER


def test_an_invitation_that_was_not_taken_up_is_nobody_in_charge(host, owner):
    boss = given.acting(owner)
    services.add_staff(host, services.NewStaff(email="new@example.org", role=StaffRole.OWNER), boss, NOON)
    with pytest.raises(Refused) as refused:
        services.remove_staff(host, staff_by_email(host, owner.email), boss, NOON)
    assert refused.value.reason is Reason.LAST_OWNER


def test_one_of_two_in_charge_may_go(host, owner):
    given.an_organiser(host, StaffRole.OWNER)
    services.remove_staff(host, staff_by_email(host, owner.email), given.acting(owner), NOON)
    assert len(staff_of(host)) == 1


@pytest.mark.parametrize("role", [StaffRole.ORGANISER, StaffRole.READER])
def test_only_who_is_in_charge_decides(browser, host, role):
    other = given.an_organiser(host, role, email="luis@example.org", language="en")
    given.sign_in(browser, other)
    page = browser.get("/manage/hosts/muestra")
    assert "Add a person" not in page.text
    row = {"email": "luis@example.org", "role": "owner"}
    for action in ("staff", "staff/role", "staff/removal"):
        browser.post(f"/manage/hosts/muestra/{action}", row, status=403)
        browser.get("/manage/hosts/muestra")
    assert role_of(host, other) == role


def test_another_host_and_citizens_know_nothing_of_it(new_browser, host):
    stranger = given.sign_in(new_browser(), given.an_organiser(given.a_host(), StaffRole.OWNER))
    citizen = given.sign_in(new_browser(), given.an_account())
    for browser in (stranger, citizen):
        browser.get("/account/consents")
        for path in ("/manage/hosts/muestra", "/manage/hosts/nothing"):
            browser.get(path, status=404)
        browser.get("/account/consents")
        browser.post("/manage/hosts/muestra/staff", {"email": "x@example.org", "role": "owner"}, status=404)
    assert db.session.query(Staff).filter_by(host_id=host.id).count() == 0


def test_somebody_who_is_not_on_the_staff_cannot_be_changed(at_work, host):
    given.an_account(email="luis@example.org")
    row = {"email": "luis@example.org", "role": "owner"}
    at_work.post("/manage/hosts/muestra/staff/role", row, status=404)
    at_work.get("/manage/hosts/muestra")
    at_work.post("/manage/hosts/muestra/staff/role", {"email": "x@", "role": "owner"}, status=400)


def test_the_journal_says_who_under_a_pseudonym(host, owner):
    actor = given.acting(owner)
    services.add_staff(host, services.NewStaff(email="new@example.org", role=StaffRole.READER), actor, NOON)
    services.change_role(host, staff_by_email(host, "new@example.org"), StaffRole.OWNER, actor, NOON)
    services.remove_staff(host, staff_by_email(host, "new@example.org"), actor, NOON)
    lines = db.session.query(Entry).order_by(Entry.seq).all()
    assert [line.action for line in lines] == ["staff.added", "staff.role_changed", "staff.removed"]
    assert all("new@example.org" not in line.body and '"who":"p-' in line.body for line in lines)


def test_a_host_has_a_code_of_its_own(host):
    with pytest.raises(Refused) as refused:
        services.add_host("muestra", "Other", "public", Actor.system(), NOON)
    assert refused.value.reason is Reason.CODE_TAKEN


@pytest.mark.parametrize("people", [1, 5])
def test_the_page_asks_the_database_as_often_for_one_as_for_five(at_work, host, people):
    for _ in range(people - 1):
        given.an_organiser(host)
    db.session.commit()
    with count_queries() as queries:
        at_work.get("/manage/hosts/muestra")
    assert len(queries) == 4, queries
