"""When things go wrong: the right code, a page in words, and no database needed to say so."""

import pytest
from flask import abort

import thinkia
from tests.browser import Browser
from tests.servers.databases import settings
from thinkia.web.security import HEADERS


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


@pytest.fixture
def broken(tmp_path):
    """An application of its own, with an address where a programmer slipped and one that fails as asked."""
    app = thinkia.create_app(settings("", tmp_path))
    app.add_url_rule("/broken", view_func=lambda: 1 / 0, endpoint="broken")
    app.add_url_rule("/broken/<int:code>", view_func=abort, endpoint="aborted")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 502, 503])
def test_every_error_has_a_page_in_words_and_the_usual_headers(broken, code):
    page = Browser(broken).get(f"/broken/{code}", status=code)

    assert page.h1
    assert {name: page.response.headers.get(name) for name in HEADERS} == HEADERS


def test_a_bug_answers_with_a_reference_to_quote(broken, caplog):
    page = Browser(broken).get("/broken", status=500)

    reference = caplog.records[-1].getMessage().rpartition("(")[2].rstrip(")")
    assert reference
    assert reference in page.text
    assert {name: page.response.headers.get(name) for name in HEADERS} == HEADERS
