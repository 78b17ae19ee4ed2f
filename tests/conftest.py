"""Fixtures. Each test that asks for an application runs on SQLite and on PostgreSQL.

app            the application in a pushed context; whatever the test does to the database is rolled back
browser        a checking client on `app`: browser.get(path), .submit("Button", field=…), .post(path, data)
new_browser    more of them, for more people: new_browser(language="es")
committed_app  an application on a database of its own that really commits: threads, real browser, RQ
another_app    another_app(**settings): one more on that same database, say with smtp_url=smtp.url
address        `committed_app` served on a port of this machine: its http:// address
page           a tab of a real browser there (Spanish); fails on a script error, a CSP report, a third party
new_page       more tabs, each a person with cookies of his own: new_page("en")
enter          enter(account, language, size): a tab in which that person is signed in
redis_url      an empty Redis database
work_off       work_off(): hands what is due in `committed_app` to RQ and runs a real worker until it is idle
smtp           a mail server: smtp.url, smtp.messages
s3             a bucket: s3.endpoint, s3.bucket, s3.access_key, s3.secret_key

`@pytest.mark.database("postgresql")` picks one database (or names both for a test with `page`, which has
SQLite alone otherwise); `pytest --db sqlite` leaves the other out. What a machine lacks is skipped, and
fails when CI=true.
"""

import os
import signal
import threading
from functools import partial

import pytest

from tests import servers
from tests.servers import databases

pytest.register_assert_rewrite("tests.browser", "tests.markup", "tests.builders")
pytest_plugins = ["tests.servers.fixtures"]


def pytest_addoption(parser):
    parser.addoption("--db", choices=databases.KINDS, help="run on this database alone")


def pytest_configure(config):
    config.addinivalue_line("markers", "database(*kinds): the databases that this test runs on")
    if not hasattr(config, "workerinput"):
        config.add_cleanup(partial(servers.end, servers.begin()))
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: servers are stopped


def pytest_generate_tests(metafunc):
    if "database" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("database")
        usual = databases.KINDS[:1] if "chromium" in metafunc.fixturenames else databases.KINDS
        only = metafunc.config.getoption("db")
        kinds = [kind for kind in (marker.args if marker else usual) if only in {None, kind}]
        metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture(scope="session")
def worker():
    """The name of this xdist worker, for what workers must not share."""
    return os.environ.get("PYTEST_XDIST_WORKER", "gw0")
