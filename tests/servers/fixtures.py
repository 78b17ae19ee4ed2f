"""The fixtures that tests/conftest.py lists, on the servers of this package."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from redis import Redis

import thinkia
from config import Settings
from tests import builders as given
from tests import servers
from tests.browser import DESKTOP, Browser, launched, served, watch
from tests.servers import closed_rounds, databases, mail, objects
from tests.servers import redis as redis_server
from thinkia.db import db
from thinkia.outside import queue
from thinkia.web.security import limiter

ROOT = Path(__file__).parents[2]

closed_rounds.watch_every_statement()


def needed(start):
    """What ``start`` makes; where this machine cannot, the test is skipped, or fails in CI."""
    try:
        return start()
    except servers.Unavailable as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(str(reason), pytrace=False)
        pytest.skip(str(reason))


@dataclass(frozen=True)
class Place:
    """Where an application of this worker keeps what it keeps."""

    kind: str
    name: str
    port: int

    @property
    def data(self) -> Path:
        return servers.folder() / f"{self.name}-{self.kind}"

    def emptied(self) -> None:
        """No file and no letter of an earlier test is left."""
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir()

    def fresh(self) -> str:
        """Empty it; the address of its database, migrated."""
        self.emptied()
        return needed(lambda: databases.fresh(self.kind, self.name))

    def settings(self, url: str, **changes) -> Settings:
        return databases.settings(url, self.data, **{"base_url": f"http://127.0.0.1:{self.port}", **changes})


@pytest.fixture
def database(request) -> str:
    """sqlite or postgresql."""
    return request.param


@pytest.fixture(scope="session")
def applications(worker):
    """One application for each database and way of use, made when first asked for."""
    made = {}
    db.session.session_factory.configure(join_transaction_mode="create_savepoint")

    def application(kind, use):
        if (kind, use) not in made:
            place = Place(kind, f"thinkia_{use}_{worker}", servers.free_port())
            made[kind, use] = place, thinkia.create_app(place.settings(place.fresh()))
        return made[kind, use]

    yield application
    for _, app in made.values():
        databases.dispose(app)


@pytest.fixture
def app(applications, database):
    place, app = applications(database, "rolled_back")
    place.emptied()
    with app.app_context(), databases.rolled_back(app):
        limiter.reset()
        yield app


@pytest.fixture
def place(applications, database):
    """Where `committed_app` keeps its data, emptied."""
    place, app = applications(database, "committed")
    databases.dispose(app)
    place.fresh()
    return place


@pytest.fixture
def committed_app(applications, database, place):
    _, app = applications(database, "committed")
    with app.app_context():
        limiter.reset()
        yield app
    databases.dispose(app)


@pytest.fixture
def another_app(committed_app, place):
    made = []

    def another(**changes):
        url = committed_app.config["SETTINGS"].database_url
        made.append(thinkia.create_app(place.settings(url, **changes)))
        return made[-1]

    yield another
    for each in made:
        databases.dispose(each)


@pytest.fixture
def new_browser(app):
    return lambda language="en": Browser(app, language)


@pytest.fixture
def browser(new_browser):
    return new_browser()


@pytest.fixture
def address(committed_app, place):
    with served(committed_app, place.port) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """The real browser of this worker."""
    program = launched()
    yield needed(program.__enter__)
    program.__exit__(None, None, None)


@pytest.fixture
def new_page(chromium, address):
    opened, faults = [], []

    def new(language="es"):
        locale = {"es": "es-EC", "en": "en-GB"}[language]
        context = chromium.new_context(base_url=address, locale=locale, timezone_id="America/Guayaquil")
        context.set_default_timeout(30_000)
        opened.append(context)
        page = context.new_page()
        faults.append(watch(page, address))
        return page

    yield new
    for context in opened:
        context.close()
    assert [fault for each in faults for fault in each] == []


@pytest.fixture
def enter(committed_app, new_page, address):
    """enter(account, language, size): a tab in which that person is signed in."""

    def open_tab(account, language="es", size=DESKTOP):
        tab = new_page(language)
        tab.set_viewport_size(size)
        browser = given.sign_in(Browser(committed_app), account)
        cookie = browser.client.get_cookie("thinkia")
        tab.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
        tab.goto(f"/help?lang={language}")
        return tab

    return open_tab


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def redis_url(worker):
    url = needed(lambda: redis_server.url(int(worker.removeprefix("gw")) % 16))
    with Redis.from_url(url) as connection:
        connection.flushdb()
    return url


@pytest.fixture
def work_off(committed_app, redis_url, place):
    settings = place.settings(committed_app.config["SETTINGS"].database_url, redis_url=redis_url)
    given = {f"THINKIA_{each.name.upper()}": getattr(settings, each.name) for each in fields(Settings)}
    given |= {"THINKIA_CHEAP_PASSWORDS": "1", "THINKIA_RELAY": "0", "PYTHONPATH": str(ROOT)}
    environment = os.environ | {name: str(value) for name, value in given.items() if value}
    rq = Path(sys.executable).with_name("rq")
    serializer = "rq.serializers.JSONSerializer"

    def run():
        with Redis.from_url(redis_url) as connection:
            handed = queue.hand_over(committed_app, connection)
        command = [rq, "worker", "--burst", "--url", redis_url, "-S", serializer, queue.QUEUE]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return handed

    return run


@pytest.fixture
def smtp():
    with mail.server() as server:
        yield server


@pytest.fixture(scope="session")
def object_server():
    with objects.server() as endpoint:
        yield endpoint


@pytest.fixture
def s3(object_server):
    return objects.bucket(object_server)
