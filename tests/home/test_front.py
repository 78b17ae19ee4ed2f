"""The front page and the notices."""

import gzip

import pytest

from tests import builders as given
from tests.browser import axe_violations
from tests.builders import DAY, after_evaluation, both, in_evaluation
from tests.queries import count_queries
from thinkia import clock
from thinkia.calls import services
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import Window


@pytest.fixture
def now():
    return clock.now()


def test_what_is_open_stands_first_with_what_one_needs_to_know(browser, now):
    soon = given.a_calendar(now, submission=Window(now - DAY * 5, now + DAY * 9.5))
    given.a_call(given.some_bases("lagos", now, title=both("Lagos")), now=now)
    given.a_call(given.some_bases("rios", now, calendar=soon, title=both("Ríos")), now=now)
    page = browser.get("/")

    rows = page.root.all("article")
    assert [row.one("h3").text for row in rows] == ["Ríos", "Lagos"]
    assert "People alone or in teams of up to 4." in rows[0].text
    assert "9 days" in rows[0].text
    assert "mainland Ecuador time, UTC−5" in rows[0].text
    assert "in Galápagos" in rows[0].text
    assert rows[0].one("a")["href"] == "/calls/rios"


def test_evaluation_and_results_have_their_places_and_drafts_have_none(browser, now):
    given.a_call(
        given.some_bases("leyendo", now, calendar=in_evaluation(now), title=both("Leyendo")), now=now
    )
    decided = given.a_call(
        given.some_bases("decidida", now, calendar=after_evaluation(now), title=both("Decidida")), now=now
    )
    decided.results_published_at = now
    db.session.flush()
    given.a_draft_call(given.some_bases("secreta", now, title=both("Secreta")), now=now)
    page = browser.get("/")

    assert "Leyendo" in page.root.one("section", aria_labelledby="under-way").text
    assert "Decidida" in page.root.one("section", aria_labelledby="results").text
    assert "Secreta" not in page.text
    assert "No call is open today" in page.text


def test_an_empty_house_says_so_and_leads_somewhere(new_browser):
    page = new_browser("es").get("/")
    assert "Hoy no hay convocatorias abiertas" in page.text
    assert "Todavía no hay convocatorias" in new_browser("es").get("/calls").text


def test_a_cancelled_call_is_not_on_the_front_page(browser, now):
    host = given.a_host(now=now)
    organiser = given.an_organiser(host, now=now)
    call = given.a_call(given.some_bases("rios", now), host=host, organiser=organiser, now=now)
    assert "Living rivers" in browser.get("/").text
    services.cancel(call, "x", given.acting(organiser), now)
    assert "Living rivers" not in browser.get("/").text


@pytest.mark.parametrize("calls", [1, 5])
def test_the_front_page_asks_the_same_for_many_calls(browser, now, calls):
    for number in range(calls):
        given.a_call(given.some_bases(f"abierta-{number}", now), now=now)
        given.a_call(given.some_bases(f"leyendo-{number}", now, calendar=in_evaluation(now)), now=now)
    with count_queries() as queries:
        page = browser.get("/")
    assert len(queries) == 6, queries
    assert len(page.root.all("article")) == calls
    assert len(gzip.compress(page.response.data)) < 30_000


@pytest.mark.parametrize("path", ["/help", "/accessibility", "/privacy"])
def test_the_notices_are_there_in_both_languages_and_ask_nothing_of_the_database(new_browser, path):
    with count_queries() as queries:
        english, spanish = new_browser("en").get(path), new_browser("es").get(path)
    assert queries == []
    assert english.h1 != spanish.h1


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_front_pages_have_no_barriers(new_page, committed_app, language):
    now = clock.now()
    with transaction():
        given.a_call(given.some_bases("rios", now), now=now)
        given.a_call(given.some_bases("leyendo", now, calendar=in_evaluation(now)), now=now)
    page = new_page(language)
    for path in ("/", "/help", "/accessibility", "/privacy"):
        page.goto(path)
        assert axe_violations(page) == []
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.set_viewport_size({"width": 1280, "height": 900})
