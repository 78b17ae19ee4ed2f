"""Who reaches the organisers' side of a call, and what it looks like to everybody."""

from dataclasses import replace

import pytest

from tests import builders as given
from tests.browser import axe_violations
from tests.queries import count_queries
from thinkia import clock
from thinkia.accounts.models import SignIn
from thinkia.accounts.queries import hashed
from thinkia.calls import hooks, services
from thinkia.calls.forms.sections import SECTIONS
from thinkia.calls.queries import call_by_code, draft_version
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.lifecycle import CallState
from thinkia.policy.actor import StaffRole

READ = ("", "/rules", "/preview", "/file.yaml")
CHANGE = (*(f"/rules/{part}" for part in SECTIONS), "/file", "/publish")


def test_another_hosts_staff_cannot_tell_that_the_organisers_side_exists(new_browser, call, now):
    stranger = given.sign_in(new_browser(), given.an_organiser(given.a_host(now=now), now=now, language="en"))
    stranger.get("/calls/rios")
    for path in (*READ, *CHANGE, "/cancel"):
        stranger.get(f"/manage/calls/rios{path}", status=404)
    stranger.get("/manage/calls/new/quito", status=404)
    assert "Living rivers" not in stranger.get("/manage/calls").text


def test_a_draft_of_another_host_is_like_no_call_at_all(new_browser, draft, now):
    stranger = given.sign_in(new_browser(), given.an_organiser(given.a_host(now=now), now=now, language="en"))
    for path in (*READ, *CHANGE):
        real = stranger.get(f"/manage/calls/rios{path}", status=404)
        assert real.text == stranger.get(f"/manage/calls/nothing{path}", status=404).text


def test_a_reader_sees_and_cannot_change(new_browser, call, host, now):
    reader = given.sign_in(new_browser(), given.an_organiser(host, StaffRole.READER, now=now, language="en"))
    for path in READ:
        reader.get(f"/manage/calls/rios{path}")
    for path in (*CHANGE, "/cancel"):
        reader.get(f"/manage/calls/rios{path}", status=403)
    for path in ("/cancel", "/rules/texts", "/publish", "/change/discard"):
        reader.get("/manage/calls/rios")
        reader.post(f"/manage/calls/rios{path}", {"reason": "x", "title_es": "x"}, status=403)
    reader.get("/manage/calls/new/quito", status=403)
    assert "Start a call" not in reader.get("/manage/calls").text
    assert call_by_code("rios").state == CallState.PUBLISHED


def test_who_is_not_signed_in_is_asked_to(browser, call):
    for path in (*READ, *CHANGE):
        assert browser.get(f"/manage/calls/rios{path}", status=302, follow=False).status == 302


def test_a_get_changes_nothing(mine, call, ana, now):
    services.save_draft(call, replace(call.bases, winners=2), given.acting(ana), now)
    mine.get("/manage/calls/rios/change/discard", status=405)
    for path in (*READ, *CHANGE, "/cancel"):
        mine.get(f"/manage/calls/rios{path}")
    assert draft_version(call) is not None
    assert call_by_code("rios").state == CallState.PUBLISHED


def test_the_cockpit_shows_what_features_above_bring(mine, call, monkeypatch):
    def people(of_call, _now):
        yield hooks.Figure(212, "people registered", "of 14 provinces", order=1)
        yield hooks.Alert("2 proposals disagree", link="See them", href="/x")
        yield hooks.Task("Propose panels", href="/y")
        yield hooks.NextAction("Remind 3 jurors", "26 reviews", "Look at it", "/z", order=5)
        yield hooks.Step("submission", "48 submitted")

    monkeypatch.setattr(
        hooks, "_cockpit", [people, lambda call, now: [hooks.Figure(n, "x") for n in range(9)]]
    )
    page = mine.get("/manage/calls/rios")
    figures = page.root.one("ul", class_="figures").all("li")
    assert len(figures) == 6
    assert "212" in figures[0].text
    assert page.link("Look at it") == "/z"
    assert page.link("See them") == "/x"
    assert page.link("Propose panels") == "/y"
    assert "48 submitted" in page.root.one("ol", class_="phases").text


def test_the_cockpit_of_a_draft_leads_to_publishing(mine, draft):
    page = mine.get("/manage/calls/rios")
    assert page.link("Look it over and publish") == "/manage/calls/rios/publish"


@pytest.mark.parametrize("calls", [1, 5])
def test_the_list_asks_the_same_for_many(mine, host, ana, now, calls):
    for number in range(calls):
        given.a_draft_call(given.some_bases(f"rios-{number}", now), host=host, organiser=ana, now=now)
    with count_queries() as queries:
        page = mine.get("/manage/calls")
    assert len(queries) == 4, queries
    assert len(page.root.all("article")) == calls


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_organisers_pages_have_no_barriers(new_page, committed_app, language):
    now = clock.now()
    with transaction():
        host = given.a_host("quito", now=now)
        ana = given.an_organiser(host, now=now, language=language)
        given.a_draft_call(given.some_bases("rios", now, questions=()), host=host, organiser=ana, now=now)
        call = given.a_call(given.some_bases("lagos", now), host=host, organiser=ana, now=now)
        services.save_draft(call, replace(call.bases, winners=2), given.acting(ana), now)
        token = _token(ana, now)
    page = new_page(language)
    _enter(page, committed_app, token)
    paths = ["/manage/calls", "/manage/calls/new/quito"]
    paths += [f"/manage/calls/rios{path}" for path in ("", "/rules", *CHANGE)]
    paths += ["/manage/calls/lagos/publish", "/manage/calls/lagos/cancel", "/manage/calls/lagos"]
    for path in paths:
        assert page.goto(path).status == 200, path
        assert axe_violations(page) == [], path
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.set_viewport_size({"width": 1280, "height": 900})


def _token(account, now):
    db.session.add(SignIn(account_id=account.id, token_hash=hashed("token"), created_at=now, seen_at=now))
    return "token"


def _enter(page, app, token):
    """The cookie that signing in would have given."""
    serializer = app.session_interface.get_signing_serializer(app)
    cookie = {
        "name": app.config["SESSION_COOKIE_NAME"],
        "value": serializer.dumps({"_user_id": token, "_fresh": True}),
    }
    page.context.add_cookies([{**cookie, "url": app.config["SETTINGS"].base_url}])
