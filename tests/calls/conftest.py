"""One host, one organiser and her browser, a draft and a published call: what most tests of calls begin with."""

import pytest

from tests import builders as given
from thinkia import clock


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def host(app, now):
    return given.a_host("quito", "Municipio de Muestra", now=now)


@pytest.fixture
def ana(host, now):
    return given.an_organiser(host, now=now, language="en")


@pytest.fixture
def mine(browser, ana):
    """Ana's browser."""
    return given.sign_in(browser, ana)


@pytest.fixture
def draft(host, ana, now):
    return given.a_draft_call(given.some_bases("rios", now), host=host, organiser=ana, now=now)


@pytest.fixture
def call(host, ana, now):
    return given.a_call(given.some_bases("rios", now), host=host, organiser=ana, now=now)
