"""When things go wrong: the right code, a page in words, and no database needed to say so."""

import pytest

import thinkia
from tests.browser import Browser
from tests.servers.databases import settings


@pytest.fixture
def cut_off(tmp_path):
    """An application whose database does not answer."""
    return thinkia.create_app(settings("postgresql://nobody@127.0.0.1:1/nowhere", tmp_path))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "back in a moment"), ("es", "Volvemos en un momento")]
)
def test_a_database_that_does_not_answer_is_a_friendly_503(cut_off, language, words):
    browser = Browser(cut_off, language)
    with browser.client.session_transaction() as session:
        session["_user_id"] = "somebody's token"
    page = browser.get("/desk", status=503)

    assert page.response.headers["Retry-After"] == "30"
    assert words in page.text
    assert page.response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_bug_answers_with_a_reference_to_quote(app, caplog):
    def broken():
        raise ZeroDivisionError

    app.view_functions["broken"] = broken
    with app.test_request_context():
        rule = app.url_rule_class("/broken", endpoint="broken")
    app.url_map.add(rule)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = Browser(app).get("/broken", status=500)

    reference = caplog.records[-1].getMessage().rpartition("(")[2].rstrip(")")
    assert reference
    assert reference in page.text
