"""The mail of the folder, at /_mail: in development only."""

import pytest

import thinkia
from config import Settings
from tests.accounts.letters import last_letter
from tests.accounts.people import sign_up
from tests.browser import Browser
from thinkia.outside import queue


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("language", ["es", "en"])
def test_letters_appear_once_they_are_delivered(committed_app, language):
    browser = Browser(committed_app, language)
    assert {"es": "Aún no hay correos", "en": "No letters yet"}[language] in browser.get("/_mail").text

    person = Browser(committed_app, "en")
    sign_up(person, email="nina@example.org", language=language)
    assert person.page.link("Here mail goes to a folder: read it") == "/_mail"
    subject = last_letter("nina@example.org").subject
    assert queue.drain(committed_app) == 1

    link = browser.get("/_mail").link(subject)
    page = browser.get(link)
    assert page.h1 == subject
    (inside,) = [each["href"] for each in page.root.all("a") if "/verify/" in each["href"]]
    assert inside.startswith("http://127.0.0.1")
    browser.get("/_mail/nothing", status=404)
    browser.get("/_mail/..%2f..%2fthinkia", status=404)


def test_nobody_reads_mail_in_production(tmp_path):
    for changes in ({"env": "production", "secret": "x"}, {"smtp_url": "smtp://127.0.0.1:2525"}):
        app = thinkia.create_app(Settings(data=tmp_path, relay=False, **changes))
        assert [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/_mail")] == []
