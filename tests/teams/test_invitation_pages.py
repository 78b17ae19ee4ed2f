"""Inviting and being invited, page by page."""

from tests import builders as given
from tests.teams.world import TODAY, names, somebody, token
from thinkia.teams import services


def test_an_invitation_leads_a_stranger_through_sign_in_and_registration_to_the_button(
    new_browser, visit, call, team, nina
):
    browser = visit(nina)
    browser.get(f"/teams/{team.code}/invitations")
    page = browser.submit("Send invitation", email="x@", status=422)
    assert "Write a whole e-mail address" in page.text
    browser.submit("Send invitation", email="Rosa@Example.org")
    path = f"/team-invitations/{token()}"

    guest = new_browser()
    page = guest.get(path)
    assert page.h1 == "Nina Quilumba invites you to Yaku Wasi"
    ways = {each.text: each["href"].replace("%2F", "/") for each in page.root.one("main").all("a")}
    assert ways["Sign in"] == f"/sign-in?next={path}"
    assert ways["Create an account"] == f"/sign-up?next={path}"
    assert page.response.headers["Cache-Control"] == "no-store"

    rosa = given.an_account("Rosa", email="rosa@example.org", language="en", now=TODAY)
    guest = visit(rosa)
    page = guest.get(path)
    assert "First register in the call" in page.text
    guest.get(page.link("Register in the call"))
    page = guest.submit("Register in this call", gender="woman", consent="y")
    assert page.path == path
    assert names(team) == ["Nina Quilumba"]
    page = guest.submit("Accept invitation")
    assert (page.h1, page.path) == ("Yaku Wasi", f"/teams/{team.code}")
    assert "may hand in" in page.text


def test_reading_an_invitation_changes_nothing(visit, call, team, nina):
    services.invite(team, "rosa@example.org", given.acting(nina), TODAY)
    rosa = given.an_account("Rosa", email="rosa@example.org", language="en", now=TODAY)
    given.registered(call, rosa, TODAY)
    browser = visit(rosa)
    for _ in range(3):
        browser.get(f"/team-invitations/{token()}")
    browser.client.head(f"/team-invitations/{token()}")
    browser.get(f"/team-invitations/{token()}/acceptance", status=405)
    assert names(team) == ["Nina Quilumba"]
    browser.get(f"/team-invitations/{token()}")
    browser.submit("Accept invitation")
    assert names(team) == ["Nina Quilumba", "Rosa"]
    assert "You are in this team" in browser.get(f"/team-invitations/{token()}").text


def test_a_forwarded_invitation_says_whose_it_is_not(visit, call, team, nina):
    services.invite(team, "rosa@example.org", given.acting(nina), TODAY)
    page = visit(somebody(call)).get(f"/team-invitations/{token()}")
    assert "This invitation is for another e-mail address" in page.text
    assert "rosa@example.org" not in page.text


def test_an_unknown_invitation_is_not_there(browser, call):
    browser.get("/team-invitations/no-such-thing", status=404)


def test_accepting_without_being_registered_leads_to_registration_and_back(visit, call, team, nina):
    secret = services.make_link(team, given.acting(nina), TODAY)
    rosa = given.an_account("Rosa", language="en", now=TODAY)
    browser = visit(rosa)
    browser.get(f"/team-invitations/{secret}")
    page = browser.post(f"/team-invitations/{secret}/acceptance")
    assert page.path == "/calls/rios/registration"
    page = browser.submit("Register in this call", gender="woman", consent="y")
    assert page.path == f"/team-invitations/{secret}"


def test_a_link_is_made_shown_used_and_withdrawn(visit, call, team, nina):
    browser = visit(nina)
    browser.get(f"/teams/{team.code}")
    page = browser.submit("Make a link")
    address = page.root.one("code").text
    assert "/team-invitations/" in address
    guest = visit(somebody(call, "Rosa"))
    guest.get("/team-invitations/" + address.rpartition("/")[2])
    guest.submit("Accept invitation")
    assert "Rosa" in names(team)
    browser.get(f"/teams/{team.code}")
    page = browser.submit("Withdraw the link")
    assert page.root.all("code") == []
    late = visit(somebody(call)).get("/team-invitations/" + address.rpartition("/")[2])
    assert "does not stand any more" in late.text


def test_a_link_that_asks_for_approval_says_so(visit, call, team, nina):
    browser = visit(nina)
    browser.get(f"/teams/{team.code}")
    address = browser.submit("Make a link", needs_approval="y").root.one("code").text
    guest = visit(somebody(call, "Rosa"))
    guest.get("/team-invitations/" + address.rpartition("/")[2])
    page = guest.submit("Ask to join")
    assert "Your request is with the team" in page.text
    assert names(team) == ["Nina Quilumba"]
