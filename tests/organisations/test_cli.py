"""``flask accounts create-organiser`` and ``flask organisations``."""

import re

import pytest

from tests import builders as given
from tests.accounts.letters import kinds_to
from tests.accounts.people import ANOTHER, is_in
from thinkia.db import db
from thinkia.organisations.models import Host
from thinkia.organisations.queries import host_by_code, staff_by_email
from thinkia.policy.actor import StaffRole


@pytest.fixture
def flask(app):
    def run(*arguments, exit_code=0):
        done = app.test_cli_runner().invoke(args=list(arguments))
        assert done.exit_code == exit_code, done.output
        return done.output

    return run


NINA = ("accounts", "create-organiser", "--email", "Nina@Example.org", "--name", "Nina Quispe")


def test_the_first_organiser_comes_with_the_host_and_a_link(app, flask, browser):
    said = flask(*NINA, "--host", "muestra", "--host-name", "Municipio de Muestra", "--role", "owner")
    assert "nina@example.org: owner, muestra" in said
    assert kinds_to("nina@example.org") == ["invited"]

    (link,) = re.findall(r"https?://[^/\s]+(/reset/\S+)", said)
    browser.get(link)
    browser.submit("Save passphrase", password=ANOTHER, follow=False, status=302)
    assert is_in(browser)
    found = staff_by_email(host_by_code("muestra"), "nina@example.org")
    assert (found.role, found.account.name) == (StaffRole.OWNER, "Nina Quispe")


def test_somebody_with_an_account_needs_no_link(app, flask):
    given.a_host("muestra")
    given.an_account(email="nina@example.org")
    said = flask(*NINA, "--host", "muestra")
    assert said.strip() == "nina@example.org: organiser, muestra"
    assert kinds_to("nina@example.org") == ["added"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--host", "nowhere"), "Say --host-name to make it."),
        (("--host", "No Where", "--host-name", "X"), "joined by hyphens"),
        (("--host", "muestra", "--email", "x@"), "x@"),
        (("--host", "muestra", "--role", "king"), "is not one of"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_made(app, flask, more, sentence):
    given.a_host("muestra")
    assert sentence in flask(*NINA, *more, exit_code=2)
    assert db.session.query(Host).count() == 1
    assert kinds_to("nina@example.org") == []


def test_nobody_is_made_an_organiser_twice(app, flask):
    given.a_host("muestra")
    flask(*NINA, "--host", "muestra")
    assert "ya forma parte" in flask(*NINA, "--host", "muestra", exit_code=1)


def test_hosts_are_added_and_listed(app, flask):
    assert (
        flask("organisations", "add-host", "muestra", "Municipio de Muestra")
        == "muestra: Municipio de Muestra\n"
    )
    flask(*NINA, "--host", "muestra")
    assert flask("organisations", "list") == "muestra: Municipio de Muestra\n  nina@example.org  organiser\n"
    flask("organisations", "add-host", "muestra", "Otra", exit_code=1)
