"""A juror's durable way in: a link, a button, and in a new browser a code (F25, F26)."""

import re

import pytest

from tests import builders as given
from tests.accounts.letters import code_in, last_letter, letters_to
from tests.jury.world import DAY, NOW, a_proposal, a_reading_call, a_review, journal, letters, person
from thinkia.accounts.models import SignIn
from thinkia.db import db
from thinkia.domain.lifecycle import JurorState
from thinkia.jury.models import AccessLink, AccessUse, KnownBrowser, Proof
from thinkia.jury.services import access, invitations, reminders
from thinkia.organisations.models import Staff
from thinkia.policy import Actor
from thinkia.policy.actor import StaffRole

LINK = re.compile(r"^http://[^/]+(/jury-access/\S+)$", re.MULTILINE)


@pytest.fixture
def reading(app):
    return a_reading_call()


@pytest.fixture
def seat(reading):
    account = given.an_account("Ana Cango", email="ana@example.org", language="en", now=NOW)
    return given.a_juror(reading.call, "academia", account=account, now=NOW)


def a_link(seat):
    return f"/jury-access/{access.new_access(seat, NOW)}"


def entered(browser, link):
    """In by the link and the code of the letter."""
    browser.get(link)
    browser.submit("Send me the code")
    return browser.submit("Go to my proposals", code=code_in(last_letter("ana@example.org")))


def everything():
    """What a GET must not change."""
    return [db.session.query(table).count() for table in (SignIn, AccessLink, AccessUse, KnownBrowser)], len(
        letters_to("ana@example.org")
    )


def forgets_its_session(browser):
    """As when a browser was closed, or away for too long: what stays is the cookie that it is known by."""
    browser.client.delete_cookie("thinkia")


def test_looking_at_the_link_changes_nothing_however_often(seat, new_browser):
    link, before = a_link(seat), everything()
    for _ in range(3):
        page = new_browser().get(link)
    assert page.h1 == "Your desk on the jury"
    assert "a***@example.org" in page.text
    assert "ana@" not in page.response.text
    assert (everything()[0][0], everything()[0][2:], everything()[1]) == (
        before[0][0],
        before[0][2:],
        before[1],
    )


def test_a_new_browser_needs_a_code_and_then_the_link_is_enough(seat, new_browser):
    ana, link = new_browser(), a_link(seat)
    page = entered(ana, link)
    assert page.path == "/calls/rios/jury"
    assert journal()[-1] == "juror.entered"

    forgets_its_session(ana)
    assert ana.get("/calls/rios/jury").path == "/sign-in"
    sent = len(letters_to("ana@example.org"))
    ana.get(link)
    page = ana.submit("Go to my proposals")
    assert page.path == "/calls/rios/jury"
    assert len(letters_to("ana@example.org")) == sent  # no code this time
    assert [use.proof for use in db.session.query(AccessUse).order_by(AccessUse.id)] == [
        Proof.CODE,
        Proof.BROWSER,
    ]


def test_a_forwarded_link_opens_nothing_elsewhere(seat, new_browser):
    """F25: whoever has the link alone gets as far as a code that goes to the juror."""
    link = a_link(seat)
    entered(new_browser(), link)
    eva = new_browser()
    eva.get(link)
    eva.submit("Send me the code")
    for wrong in ("000000", "123456"):
        eva.submit("Go to my proposals", status=422, code=wrong)
    assert eva.get("/calls/rios/jury").path == "/sign-in"
    assert db.session.query(AccessUse).count() == 1


def test_the_code_works_in_the_browser_that_asked_once_and_five_wrong_ones_end_it(seat, new_browser):
    link, ana, eva = a_link(seat), new_browser(), new_browser()
    ana.get(link)
    ana.submit("Send me the code")
    digits = code_in(last_letter("ana@example.org"))
    eva.get(f"{link}/code")
    eva.submit("Go to my proposals", status=422, code=digits)
    ana.submit("Go to my proposals", code=digits)
    forgets_its_session(ana)
    assert "thinkia-known" in {cookie.key for cookie in ana.client._cookies.values()}

    luz = new_browser()
    luz.get(link)
    luz.submit("Send me the code")
    digits = code_in(last_letter("ana@example.org"))
    for _ in range(5):
        luz.submit("Go to my proposals", status=422, code="999999" if digits != "999999" else "1")
    luz.submit("Go to my proposals", status=422, code=digits)


def test_a_code_of_somebody_else_does_not_open_this_desk(reading, seat, new_browser):
    """Two jurors at one browser: the code that was asked for by the other link is not this one's."""
    other = given.a_juror(reading.call, account=given.an_account(email="eva@example.org", now=NOW), now=NOW)
    mine, theirs, browser = a_link(seat), a_link(other), new_browser()
    browser.get(theirs)
    browser.submit("Send me the code")
    digits = code_in(last_letter("eva@example.org"))
    browser.get(f"{mine}/code")
    browser.submit("Go to my proposals", status=422, code=digits)
    assert browser.get("/calls/rios/jury").path == "/sign-in"


def test_a_new_link_ends_the_earlier_ones_and_every_known_browser(reading, seat, new_browser):
    link, ana = a_link(seat), new_browser()
    entered(ana, link)
    forgets_its_session(ana)
    organiser = person(new_browser(), reading.organiser)
    page = organiser.get(f"/manage/calls/rios/jury/{seat.code}")
    assert "a code by e-mail" in page.text
    organiser.submit("Send a new link")
    assert "juror.access_renewed" in journal()

    page = ana.get(link)
    assert "This link no longer works" in page.text
    new = LINK.search(letters("access")[-1].text).group(1)
    page = ana.get(new)
    assert "We do not know this browser yet" in page.text


def test_a_seat_that_ended_ends_its_links(reading, seat, new_browser):
    """F15: checked at each use."""
    link, ana = a_link(seat), new_browser()
    entered(ana, link)
    invitations.revoke(seat, "Se mudó", reading.actor, NOW)
    ana.get("/calls/rios/jury", status=403)
    forgets_its_session(ana)
    assert "This link no longer works" in ana.get(link).text
    assert seat.state is JurorState.REVOKED
    new_browser().get("/jury-access/unknown", status=404)


def test_a_browser_that_is_known_to_one_juror_is_not_to_another(reading, seat, new_browser):
    other = given.a_juror(reading.call, account=given.an_account(email="eva@example.org", now=NOW), now=NOW)
    ana = new_browser()
    entered(ana, a_link(seat))
    forgets_its_session(ana)
    assert "We do not know this browser yet" in ana.get(a_link(other)).text


def test_a_secret_that_somebody_put_into_a_browser_is_not_taken_over(seat, new_browser):
    ana, link = new_browser(), a_link(seat)
    ana.client.set_cookie("thinkia-known", "planted")
    entered(ana, link)
    assert not access.is_known(seat, "planted", NOW)
    assert ana.client.get_cookie("thinkia-known").value != "planted"


def test_who_also_organises_proves_it_each_time(reading, seat, new_browser):
    db.session.add(
        Staff(host_id=reading.host.id, account_id=seat.account_id, role=StaffRole.READER, since=NOW)
    )
    db.session.flush()
    ana, link = new_browser(), a_link(seat)
    entered(ana, link)
    forgets_its_session(ana)
    assert "We do not know this browser yet" in ana.get(link).text


def test_a_browser_is_forgotten_after_sixty_days_or_by_hand(seat, new_browser):
    ana, link = new_browser(), a_link(seat)
    entered(ana, link)
    secret = ana.client.get_cookie("thinkia-known").value
    assert access.is_known(seat, secret, NOW + 59 * DAY)
    assert not access.is_known(seat, secret, NOW + 61 * DAY)
    page = ana.get("/calls/rios/jury/access")
    assert "a code by e-mail" in page.text
    ana.submit("Forget it")
    assert not access.is_known(seat, secret, NOW)


def test_nobody_forgets_the_browsers_of_others(reading, seat, new_browser):
    entered(new_browser(), a_link(seat))
    row = db.session.query(KnownBrowser).one()
    other = given.a_juror(reading.call, now=NOW)
    eva = person(new_browser(), other.account)
    eva.get("/calls/rios/jury/access")
    eva.post(f"/calls/rios/jury/access/{row.id}/end", status=404)
    assert row.ended_at is None


def test_reminders_and_assignments_carry_links_that_work_and_forget_them_once_sent(
    reading, seat, new_browser
):
    a_review(seat, a_proposal(reading.call))
    reminders.remind(reading.call, [seat.code], reading.actor, NOW)
    (letter,) = letters("reminder")
    link = LINK.search(letter.text).group(1)
    assert letter.secret
    assert entered(new_browser(), link).h1.startswith("1 of 1 left")


def test_few_codes_are_sent_for_one_link(seat, new_browser):
    browser, link = new_browser(), a_link(seat)
    for _ in range(10):
        browser.get(link)
        browser.submit("Send me the code")
    browser.get(link)
    browser.submit("Send me the code", status=429)


def test_a_letter_of_its_own_says_that_the_link_is_new(reading, seat):
    access.send_new_link(seat, Actor.system(), NOW)
    assert letters("access")[-1].subject == "Ríos vivos: su nuevo enlace al jurado"
