"""Who is let in and who is not, what hostile text and forms come to, and what each page costs."""

import hashlib
import re
from datetime import timedelta

import pytest

from tests import builders as given
from tests.builders import NOON
from tests.queries import count_queries
from tests.submissions import world
from tests.submissions.world import (
    CLOSES,
    a_draft,
    answer,
    filled,
    fresh,
    hand_in,
    person,
    place,
    visit,
)
from thinkia.db import db

GRACE = CLOSES + timedelta(minutes=5)
AFTER = CLOSES + timedelta(minutes=20)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def draft(app):
    return a_draft()


def test_autosave_of_somebody_signed_out_does_not_look_like_a_success(browser, draft):
    browser.get("/sign-in")
    headers = {"HX-Request": "true"}
    browser.post(place(draft, "/questions/resumen"), {"answer": "x"}, headers=headers, status=401)
    assert "resumen" not in fresh(draft).values


def test_a_receipt_is_confirmed_to_anybody_without_its_content(browser, new_browser, draft):
    filled(draft)
    receipt = hand_in(draft).receipt
    address = f"/receipts/{receipt.number}"
    page = browser.get(address)
    assert page.h1 == f"Receipt {receipt.number}"
    grouped = " ".join(re.findall("....", receipt.content_sha256))
    assert grouped in page.text
    assert "Living rivers" in page.text
    assert "Monday 2 March 2026, 12:00 (mainland Ecuador time, UTC−5)" in page.text
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert page.root.one("meta", name="robots")["content"] == "noindex"
    for secret in ("Agua que cuenta", "Un mapa de fugas", "Yaku Wasi", "Nina", "plan.pdf", "/submissions/"):
        assert secret not in page.response.text
    member = visit(new_browser(), draft)
    page = member.get(address)
    assert "Un mapa de fugas que hace el barrio." in page.text
    bytes_ = member.get(f"{address}/content").response.data
    assert hashlib.sha256(bytes_).hexdigest() == receipt.content_sha256
    assert browser.get(f"{address}/content").path == "/sign-in"


def test_a_mistyped_number_is_told_from_an_unknown_one(browser):
    page = browser.get("/receipts/T-2222-2222-3", status=404)
    assert "A character seems to be mistyped" in page.text
    page = browser.get("/receipts/t 2222 2222 2", status=404)
    assert page.h1 == "We know no such receipt"


PAGES = ["", "/questions/resumen", "/questions/plan", "/questions/~title", "/check", "/log", "/withdrawal"]


@pytest.mark.parametrize("part", PAGES)
def test_f15_only_the_team_is_let_in_and_to_others_nothing_is_there(new_browser, draft, part):
    assert new_browser().get(place(draft, part)).path == "/sign-in"
    other = given.a_team(draft.call, name="Others")
    outsider = db.session.get_one(given.Account, world.actor_of(other).account_id)
    given.sign_in(new_browser(), outsider, NOON).get(place(draft, part), status=404)
    organiser = given.an_organiser(draft.call.host)
    given.sign_in(new_browser(), organiser, NOON).get(place(draft, part), status=403)
    stranger = given.an_organiser(given.a_host())
    given.sign_in(new_browser(), stranger, NOON).get(place(draft, part), status=404)
    browser = visit(new_browser(), draft)
    browser.get(place(draft, part))
    db.session.query(given.Member).filter_by(team_id=draft.team_id).delete()
    browser.get(place(draft, part), status=404)


def test_a_question_that_is_not_asked_is_not_there(browser, draft):
    visit(browser, draft).get(place(draft, "/questions/nada"), status=404)


def test_f38_fields_that_are_not_of_the_form_are_refused(browser, draft):
    visit(browser, draft).get(place(draft, "/questions/resumen"))
    address = place(draft, "/questions/resumen")
    page = browser.post(address, {"answer": "x", "seen": "", "state": "submitted", "score": "10"}, status=422)
    assert "fields that it does not have" in page.text
    assert "resumen" not in fresh(draft).values
    assert fresh(draft).state == "draft"


def test_f21_text_with_tricks_is_cleaned_and_escaped(browser, draft):
    visit(browser, draft).get(place(draft, "/questions/lema"))
    browser.submit("Save and return", answer="<b>\u202egnol\u200b\x00</b>")
    assert fresh(draft).values["lema"] == "<b>gnol</b>"
    page = browser.get(place(draft, "/check"))
    assert "<b>gnol" not in page.response.text
    assert "<b>gnol</b>" in page.text


def test_f39_an_address_is_a_link_that_promises_nothing(browser, draft):
    answer(draft, "codigo", "https://github.com/a?x=1&y=2")
    page = visit(browser, draft).get(place(draft, "/check"))
    link = page.root.one("a", href="https://github.com/a?x=1&y=2")
    assert link["rel"] == "nofollow noopener ugc"
    answer(draft, "codigo", "javascript:alert(1)")
    assert "javascript:" not in [
        each["href"][:11] for each in browser.get(place(draft, "/check")).root.all("a")
    ]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("part", PAGES)
def test_every_page_is_light_and_asks_little_of_the_database(new_browser, draft, part, language):
    filled(draft)
    answer(draft, "lema", "a b c d", place=1)
    hand_in(draft)
    person(draft).language = language
    browser = visit(new_browser(language), draft)
    browser.get("/")
    with count_queries() as queries:
        page = browser.get(place(draft, part))
    assert len(queries) <= 10, queries
    assert len(page.response.data) <= 30_000


def test_saving_asks_little_of_the_database(browser, draft):
    page = visit(browser, draft).get(place(draft, "/questions/resumen"))
    seen = page.root.one("input", name="seen")["value"]
    with count_queries() as queries:
        browser.post(
            place(draft, "/questions/resumen"),
            {"answer": "Uno", "seen": seen},
            headers={"HX-Request": "true"},
        )
    assert len(queries) <= 12, queries
