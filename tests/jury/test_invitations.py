"""The way onto a jury, by its pages: invited, answered once, signed before reading (F25)."""

import re

import pytest

from tests import builders as given
from tests.jury.world import (
    DAY,
    NOW,
    a_proposal,
    a_reading_call,
    an_invited,
    everything_in_the_journal,
    journal,
    letters,
    person,
)
from thinkia.accounts.models import Account
from thinkia.db import db
from thinkia.domain.lifecycle import JurorState
from thinkia.jury.models import Conflict, Juror
from thinkia.outside.outbox import OutboxTask
from thinkia.policy.actor import JurorRole

LINK = re.compile(r"http://[^\s]+(/jury-invitations/\S+)")


@pytest.fixture
def reading(app):
    return a_reading_call()


@pytest.fixture
def organiser(reading, new_browser):
    return person(new_browser(), reading.organiser)


def invited(organiser, **fields):
    organiser.get("/manage/calls/rios/jury/invite")
    return organiser.submit(
        "Send the invitation",
        **{"name": "Ana Cango", "email": "Ana@example.org ", "sector": "academia", **fields},
    )


def the_link():
    return LINK.search(letters("invitation")[-1].text).group(1)


def the_juror():
    return db.session.query(Juror).one()


def test_an_invitation_is_a_letter_with_a_link_and_the_list_shows_it(reading, organiser):
    page = invited(organiser, capacity="12")

    assert page.path == "/manage/calls/rios/jury"
    assert "Invitation sent to Ana Cango." in page.text
    (letter,) = letters("invitation")
    assert letter.to == "ana@example.org"
    assert letter.subject == "Ríos vivos: invitación al jurado"
    assert letter.secret
    juror = the_juror()
    assert (juror.sector, juror.capacity, juror.state) == ("academia", 12, JurorState.INVITED)
    assert juror.expires_at - juror.invited_at == 14 * DAY
    assert the_link().split("/")[-1] not in db.session.query(Juror).one().token_hash
    assert journal()[-1] == "juror.invited"
    assert "ana@" not in everything_in_the_journal().lower()


def test_what_was_typed_is_kept_when_the_address_is_wrong(reading, organiser):
    organiser.get("/manage/calls/rios/jury/invite?sector=private")
    page = organiser.submit(
        "Send the invitation", status=422, name="Ana Cango", email="ana@", sector="private"
    )

    assert page.root.one("input", name="name")["value"] == "Ana Cango"
    assert letters() == []


def test_nobody_judges_a_call_and_takes_part_in_it(reading, organiser):
    given.a_team(reading.call, given.an_account(email="ana@example.org", now=NOW), now=NOW)
    organiser.get("/manage/calls/rios/jury/invite")
    page = organiser.submit(
        "Send the invitation", status=422, name="Ana", email="ana@example.org", sector="public"
    )

    assert "takes part in the call" in page.text
    assert db.session.query(Juror).count() == 0


def test_the_same_person_is_not_invited_twice_and_a_jury_has_one_chair(reading, organiser):
    invited(organiser, role="chair")
    organiser.get("/manage/calls/rios/jury/invite")
    page = organiser.submit(
        "Send the invitation", status=422, name="Ana", email="ana@example.org", sector="public"
    )
    assert "already on this jury" in page.text
    page = organiser.submit(
        "Send the invitation", status=422, name="Eva", email="eva@example.org", sector="public", role="chair"
    )
    assert "already has a chair" in page.text


def test_looking_at_an_invitation_changes_nothing_and_accepting_makes_an_account(
    reading, organiser, new_browser
):
    invited(organiser)
    ana, link = new_browser(), the_link()
    for _ in range(3):
        page = ana.get(link)
    assert the_juror().state is JurorState.INVITED
    assert "invites you to read" in page.text

    page = ana.submit("Accept the invitation")

    assert page.path == "/calls/rios/jury/profile"
    juror = the_juror()
    account = db.session.get(Account, juror.account_id)
    assert (juror.state, account.email) == (JurorState.ACCEPTED, "ana@example.org")
    assert account.verified_at is not None
    assert account.password_hash is None


def test_an_invitation_is_answered_once(reading, organiser, new_browser):
    invited(organiser)
    ana, eva, link = new_browser(), new_browser(), the_link()
    ana.get(link)
    eva.get(link)
    ana.submit("Accept the invitation")
    page = eva.submit("Accept the invitation", status=409)
    assert "You have already accepted" in page.text
    page = eva.get(link)
    assert page.root.all("form", action=f"{link}/acceptance") == []
    eva.get("/calls/rios/jury", follow=False, status=302)  # a forwarded link let nobody in


def test_a_forwarded_link_does_not_open_the_account_of_the_address(reading, organiser, new_browser):
    account = given.an_account(email="ana@example.org", now=NOW)
    invited(organiser)
    stranger, link = new_browser(), the_link()
    page = stranger.get(link)
    assert "You already have an account" in page.text
    page = stranger.post(f"{link}/acceptance", status=409)
    assert the_juror().state is JurorState.INVITED

    ana = person(new_browser(), account)
    ana.get(link)
    ana.submit("Accept the invitation")
    assert the_juror().account_id == account.id


def test_another_account_is_told_and_not_bound(reading, organiser, new_browser):
    invited(organiser)
    eva = person(new_browser(), given.an_account(now=NOW))
    page = eva.get(the_link())
    assert "signed in with another account" in page.text
    eva.post(f"{the_link()}/acceptance", status=409)
    assert the_juror().state is JurorState.INVITED


def test_who_declines_says_why_and_may_be_invited_again(reading, organiser, new_browser):
    invited(organiser)
    ana = new_browser()
    ana.get(the_link())
    page = ana.submit("Decline the invitation", reason="Estoy de viaje <script>alert(1)</script>")
    assert "You have declined" in page.text
    juror = the_juror()
    page = organiser.get(f"/manage/calls/rios/jury/{juror.code}")
    assert "Estoy de viaje <script>alert(1)</script>" in page.text  # as text (F43)

    invited(organiser, sector="public")
    assert (the_juror().state, the_juror().sector) == (JurorState.INVITED, "public")


def test_a_new_link_makes_the_old_one_useless_and_a_lapsed_one_says_so(reading, organiser, new_browser):
    invited(organiser)
    old = the_link()
    organiser.get(f"/manage/calls/rios/jury/{the_juror().code}")
    organiser.submit("Send the invitation again")
    assert "A newer letter replaced this link" in new_browser().get(old).text
    new_browser().post(f"{old}/acceptance", status=400)
    assert new_browser().get(the_link()).h1 == "Invitation to the jury"

    the_juror().expires_at = NOW - DAY
    db.session.flush()
    page = new_browser().get(the_link())
    assert "This invitation has lapsed It worked for 14 days, until" in page.text
    new_browser().post(f"{the_link()}/acceptance", status=400)  # without a token of ours


def test_a_revoked_seat_is_closed_and_told(reading, organiser, new_browser):
    juror = given.a_juror(reading.call, now=NOW)
    ana = person(new_browser(), juror.account)
    ana.get("/calls/rios/jury")
    organiser.get(f"/manage/calls/rios/jury/{juror.code}/revocation")
    organiser.submit("Take the seat back", status=422, reason="")
    organiser.submit("Take the seat back", reason="Se mudó")

    ana.get("/calls/rios/jury", status=403)
    assert [letter.to for letter in letters("revoked")] == [juror.email]
    assert "mudó" not in everything_in_the_journal()


def test_an_applicant_who_registered_meanwhile_cannot_accept(reading, new_browser):
    an_invited(reading.call)
    ana = given.an_account(email="ana@example.org", now=NOW)
    given.registered(reading.call, ana, now=NOW)
    browser = person(new_browser(), ana)
    browser.get("/jury-invitations/secreto")
    page = browser.submit("Accept the invitation", status=409)
    assert "takes part in the call" in page.text


def test_the_statement_comes_before_everything_and_takes_conflicts_away(reading, new_browser):
    mine, other = a_proposal(reading.call, "Ríos limpios"), a_proposal(reading.call, "Canario Azul")
    juror = given.a_juror(reading.call, now=NOW, statement_at=None)
    ana = person(new_browser(), juror.account)
    page = ana.get("/calls/rios/jury")
    assert page.path == "/calls/rios/jury/statement"
    assert "Canario Azul" in page.text

    page = ana.submit(
        "Sign the statement", status=422, confidential="y", honest="y", **{f"conflict:{other.code}": "y"}
    )
    assert f"Write the reason for {other.code}." in page.text
    assert db.session.query(Conflict).count() == 0
    page = ana.submit(
        "Sign the statement",
        confidential="y",
        honest="y",
        **{f"conflict:{other.code}": "y", f"reason:{other.code}": "Es mi hermana"},
    )

    assert page.path == "/calls/rios/jury"
    assert db.session.query(Conflict).one().reason == "Es mi hermana"
    page = ana.get("/calls/rios/jury/statement")
    assert "Ríos limpios" in page.text
    assert "Canario Azul" not in page.text
    assert mine.code in page.text
    assert other.code not in page.text
    assert "hermana" not in everything_in_the_journal()


def test_before_the_close_there_is_nothing_to_sign_and_the_letter_comes_by_itself(app, new_browser):
    reading = a_reading_call(calendar=given.a_calendar(NOW))
    juror = an_invited(reading.call, language="en")
    ana = new_browser()
    ana.get("/jury-invitations/secreto")
    ana.submit("Accept the invitation")
    page = ana.submit("Save and go on")
    assert "You can sign once submissions have closed" in page.text
    assert page.root.all("form", method="post", action="") == []
    task = db.session.query(OutboxTask).filter_by(task="jury.ask_to_sign").one()
    assert task.run_at == given.a_calendar(NOW).submission.closes + 900 * DAY / 86400
    assert task.args == {"juror_id": juror.id}


@pytest.mark.parametrize("path", ["", "/invite", "/panels"])
def test_other_people_do_not_find_the_organisers_side(reading, new_browser, path):
    juror = given.a_juror(reading.call, now=NOW, role=JurorRole.CHAIR)
    stranger = given.an_organiser(given.a_host(now=NOW), now=NOW)
    for account in (juror.account, stranger):
        person(new_browser(), account).get(f"/manage/calls/rios/jury{path}", status=404)
    visitor = new_browser()
    assert visitor.get(
        f"/manage/calls/rios/jury{path}", follow=False, status=302
    ).response.location.startswith("/sign-in")


def test_the_jury_page_counts_against_the_quotas(reading, organiser):
    given.a_juror(reading.call, "public", now=NOW)
    given.a_juror(reading.call, "public", now=NOW, role=JurorRole.SECRETARY)
    page = organiser.get("/manage/calls/rios/jury")

    assert "Met: Public 1 accepted, 0 invited; at least 1 a panel" in page.text
    assert "Missing: Academia 0 accepted, 0 invited; at least 1 a panel" in page.text
