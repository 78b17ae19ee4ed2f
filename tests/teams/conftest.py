"""A call that is open today, a team of it, and browsers for its people: what tests of pages are about.

Tests of services have their own, at a moment that is given.
"""

import pytest

from tests import builders as given
from tests.teams.world import TODAY, TWO_WOMEN, somebody, start
from thinkia.domain.bases import TeamRules


@pytest.fixture
def host(app):
    return given.a_host(now=TODAY)


@pytest.fixture
def call(app, host):
    rules = TeamRules(min=2, max=4, composition=TWO_WOMEN)
    return given.a_call(given.some_bases("rios", TODAY, team=rules), host=host, now=TODAY)


@pytest.fixture
def nina(call):
    return somebody(call, "Nina Quilumba", gender="woman")


@pytest.fixture
def team(call, nina):
    return start(call, "Yaku Wasi", who=nina, now=TODAY, about="Agua limpia", is_looking=True)[0]


@pytest.fixture
def visit(new_browser):
    """A browser of this person's."""
    return lambda account: given.sign_in(new_browser(), account)
