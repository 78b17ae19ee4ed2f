"""Every door of the house: who opens it, what it answers with, and what knocking does not change.

Generated over `url_map`: a new route without a row in `routes.txt` fails here.
"""

from pathlib import Path

import pytest
from sqlalchemy import func, select

import thinkia
from tests import builders as given
from tests.browser import Browser
from tests.doors.world import a_world
from tests.servers.databases import settings
from thinkia.db import Base, db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.policy import OPEN_TO_ALL
from thinkia.web.security import HEADERS

TABLE = Path(__file__).parent / "routes.txt"
SAFE = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """An application that is only looked at."""
    return thinkia.create_app(settings("", tmp_path_factory.mktemp("doors")))


@pytest.fixture
def world(app):
    return a_world()


def rules(app, methods=("GET", "POST")):
    return sorted(
        (rule for rule in app.url_map.iter_rules() if rule.methods & set(methods)), key=lambda rule: rule.rule
    )


def door(app, rule):
    """What the route declares: an action, or `public`."""
    view = app.view_functions[rule.endpoint]
    action, why = getattr(view, "__permit__", None), getattr(view, "__public__", None)
    assert (action is None) != (why is None), f"{rule.endpoint} declares neither permit nor public, or both"
    return str(action) if action else "public"


def test_every_route_declares_who_may_and_stands_in_the_table(house):
    found = [
        f"{','.join(sorted(rule.methods - {'HEAD', 'OPTIONS'})):<9} {rule.rule:<62} {door(house, rule)}"
        for rule in rules(house)
    ]

    assert found == TABLE.read_text().splitlines()


def test_a_visitor_is_asked_to_sign_in_before_anything_is_looked_up(app, world):
    browser = Browser(app)
    for rule in rules(app, ["GET"]):
        if door(app, rule) != "public" and door(app, rule) not in OPEN_TO_ALL:
            answer = browser.client.get(world.address(rule))
            assert answer.status_code == 302, rule.rule
            assert answer.location.startswith("/sign-in?next="), rule.rule


@pytest.mark.parametrize("who", ["stranger", "citizen"])
def test_what_belongs_to_another_host_or_team_is_not_there(app, world, who):
    """F44: the same 404 as for what does not exist, on every address with a code."""
    browser = given.sign_in(Browser(app), world.people[who])
    for rule in rules(app, ["GET"]):
        action = door(app, rule)
        if (
            rule.arguments
            and action != "public"
            and action not in OPEN_TO_ALL
            and action not in FOR_EVERYBODY
        ):
            answer = browser.client.get(world.address(rule))
            assert answer.status_code == 404, f"{rule.rule} answers {answer.status_code} to a {who}"
            assert "CANARY" not in answer.text


# A call that is published is known to everybody: what one may not do there is refused, not hidden.
FOR_EVERYBODY = {
    "call.register",
    "call.withdraw",
    "call.start_team",
    "call.find_team",
    "call.judge",
    "call.oversee",
    "call.edit",
    "call.publish",
    "call.export",
    "invitation.answer",
}


@pytest.mark.parametrize("who", ["owner", "reader", "representative", "chair", "citizen"])
def test_reading_changes_nothing(app, world, who):
    browser = given.sign_in(Browser(app), world.people[who])
    before = rows()
    for rule in rules(app, ["GET"]):
        answer = browser.client.get(world.address(rule))
        assert answer.status_code < 500 or rule.rule == "/health", f"{rule.rule}: {answer.status_code}"
    db.session.expire_all()

    assert rows() == before


def rows():
    """How many rows each table has, and the sum of what they hold."""
    held = {}
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        count = db.session.scalar(select(func.count()).select_from(table), execution_options=EVERY_ROUND)
        whole = db.session.execute(select(table), execution_options=EVERY_ROUND)
        held[table.name] = (count, [tuple(map(str, row)) for row in whole])
    return held


def test_every_post_without_a_token_is_refused(app, world):
    browser = given.sign_in(Browser(app), world.people["owner"])
    before = rows()
    for rule in rules(app, ["POST"]):
        answer = browser.client.post(world.address(rule), data={"name": "x"})
        assert answer.status_code == 400, f"{rule.rule} answers {answer.status_code} without a token"
    db.session.expire_all()

    assert rows() == before


@pytest.mark.parametrize("who", ["visitor", "owner", "representative", "chair"])
def test_every_answer_carries_the_same_headers(app, world, who):
    browser = Browser(app)
    if who != "visitor":
        given.sign_in(browser, world.people[who])
    for rule in rules(app):
        method = "get" if "GET" in rule.methods else "post"
        answer = getattr(browser.client, method)(world.address(rule))
        sent = {name: answer.headers.get(name) for name in HEADERS}
        expected = dict(HEADERS)
        if "sandbox" in sent["Content-Security-Policy"]:  # what somebody uploaded or wrote, as a file
            expected["Content-Security-Policy"] = sent["Content-Security-Policy"]
            assert answer.headers["Content-Disposition"].startswith("attachment"), rule.rule
        assert sent == expected, rule.rule
        if who != "visitor" and not rule.rule.startswith("/static"):
            assert answer.headers.get("Cache-Control") == "no-store", rule.rule


@pytest.mark.parametrize(
    ("path", "options", "status"),
    [
        ("/nowhere", {}, 404),
        ("/sign-in", {"method": "DELETE"}, 405),
        ("/sign-in", {"method": "POST", "data": {}}, 400),
        ("/sign-in", {"method": "POST", "data": b"x" * (65 * 1024 * 1024)}, 413),
    ],
)
def test_every_error_carries_them_too(app, path, options, status):
    answer = Browser(app).client.open(path, **options)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
