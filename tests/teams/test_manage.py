"""Registrations and teams as the organisers see them."""

from datetime import UTC, datetime

import pytest

from tests import builders as given
from tests.queries import count_queries
from tests.teams import world
from thinkia.calls.hooks import Figure
from thinkia.db import db
from thinkia.domain.bases import TeamRules
from thinkia.policy.actor import StaffRole
from thinkia.teams.reactions import figures

TODAY = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def call(app):
    host = given.a_host(now=TODAY)
    rules = TeamRules(min=2, max=4, composition=world.TWO_WOMEN)
    return given.a_call(given.some_bases("rios", TODAY, team=rules), host=host, now=TODAY)


@pytest.fixture
def organiser(call, browser):
    account = given.an_organiser(call.host, role=StaffRole.READER, now=TODAY, language="en")
    return given.sign_in(browser, account)


def people(call, number, **changes):
    for _ in range(number):
        given.registered(call, given.an_account(now=TODAY, **changes), TODAY)


def test_organisers_see_names_provinces_and_teams_and_no_addresses(organiser, call):
    world.start(call, "Yaku Wasi", who=world.enter(call, "Nina Quilumba", now=TODAY), now=TODAY)
    people(call, 2, province="01", name="Sin Equipo")
    people(call, 1, province=None, name="Sin Provincia")
    page = organiser.get("/manage/calls/rios/people")
    figures = [each.text for each in page.root.all("ul", class_="figures")[0].all("b")]
    assert figures == ["4", "1", "3"]
    rows = [row.text for row in page.root.all("tbody")[0].all("tr")]
    assert len(rows) == 4
    assert "Nina Quilumba" in rows[0]
    assert "Pichincha" in rows[0]
    assert "Yaku Wasi" in rows[0]
    assert [row.text.split()[0:2] for row in page.root.all("tbody")[1].all("tr")] == [
        ["Azuay", "2"],
        ["Pichincha", "1"],
        ["Not", "said"],
    ]
    assert "@example.org" not in page.text


def test_teams_show_what_they_lack_and_are_found_by_name(organiser, call):
    world.start(call, "Yaku Wasi", now=TODAY)
    world.start(call, "Ñandú", now=TODAY)
    page = organiser.get("/manage/calls/rios/people?who=teams")
    rows = [row.text for row in page.root.all("tbody")[0].all("tr")]
    assert [row.split()[0] for row in rows] == ["Ñandú", "Yaku"]
    assert "1 more woman is missing." in rows[0]
    page = organiser.get("/manage/calls/rios/people?who=teams&q=nandu")
    assert [row.text.split()[0] for row in page.root.all("tbody")[0].all("tr")] == ["Ñandú"]
    page = organiser.get("/manage/calls/rios/people?who=people&q=yaku")
    assert len(page.root.all("tbody")[0].all("tr")) == 1


def test_an_empty_call_says_so(organiser, call):
    assert "Nobody is registered yet" in organiser.get("/manage/calls/rios/people").text
    assert "No teams yet" in organiser.get("/manage/calls/rios/people?who=teams").text


@pytest.mark.parametrize(("who", "queries"), [("people", 6), ("teams", 7)])
def test_the_lists_ask_the_same_with_one_row_and_with_five(organiser, call, who, queries):
    for rows in range(1, 6):
        world.start(call, f"Equipo {rows}", now=TODAY)
        if rows in {1, 5}:
            db.session.expire_all()
            with count_queries() as asked:
                organiser.get(f"/manage/calls/rios/people?who={who}")
            assert len(asked) == queries, asked


def test_only_the_hosts_people_see_it(new_browser, call):
    world.start(call, now=TODAY)
    applicant = world.enter(call, now=TODAY)
    other = given.an_organiser(given.a_host(now=TODAY), now=TODAY)
    for account in (applicant, other):
        given.sign_in(new_browser(), account).get("/manage/calls/rios/people", status=404)


def test_the_cockpit_is_told_how_many_there_are(call):
    world.start(call, now=TODAY)
    people(call, 2)
    numbers = {part.words: part.number for part in figures(call, TODAY) if isinstance(part, Figure)}
    assert numbers == {"personas inscritas": 3, "equipo": 1}
