"""Juries in a real browser: nothing for axe to find, a phone, a keyboard, two windows that autosave."""

import io
import re

import pytest
from sqlalchemy import select

from tests import builders as given
from tests.browser import DESKTOP, PHONE, axe_violations, shoot
from tests.jury.scene import FILE, PDF, TITLES, a_whole_jury
from tests.jury.world import NOW, a_proposal, a_reading_call, a_review
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import JuryRules, TieKey, TieKeyKind
from thinkia.domain.bids import Liking
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.rubric import Rubric
from thinkia.jury.models import Bid, Mark, Review
from thinkia.jury.queries.reviews import reviews_to_sign
from thinkia.submissions import services, tasks


@pytest.fixture
def scene(committed_app):
    """With the pages of every proposal's file drawn."""
    committed_app.extensions["storage"].put(io.BytesIO(PDF), FILE["sha256"])
    services.ask_for_drawings([FILE["sha256"]], NOW)
    tasks.draw_pages(FILE["sha256"])
    with transaction():
        return a_whole_jury()


@pytest.mark.parametrize("language", ["es", "en"])
def test_axe_finds_nothing_on_any_page_of_a_jury(scene, enter, language):
    juror, organiser = enter(scene.juror.account, language), enter(scene.organiser, language)
    visits = [
        (juror, "/calls/agua/jury", "desk"),
        (juror, f"/reviews/{scene.begun.code}", "scoring"),
        (juror, f"/reviews/{scene.final.code}", "final"),
        (juror, f"/reviews/{scene.begun.code}/abstention", "abstention"),
        (juror, f"/reviews/{scene.begun.code}/conflict", "conflict"),
        (juror, "/calls/agua/jury/statement", "statement"),
        (juror, "/jury-invitations/secreto", "invitation-other"),
        (organiser, "/manage/calls/agua/jury", "jury"),
        (organiser, "/manage/calls/agua/jury/invite", "invite"),
        (organiser, f"/manage/calls/agua/jury/{scene.juror.code}", "juror"),
        (organiser, f"/manage/calls/agua/jury/{scene.juror.code}/conflicts", "recuse"),
        (organiser, "/manage/calls/agua/jury/conflicts", "register"),
        (organiser, "/manage/calls/agua/jury/conflicts/hints", "hints"),
        (organiser, "/manage/calls/agua/jury/panels", "panels"),
        (organiser, f"/manage/calls/agua/jury/panels/{scene.gap}", "panel"),
        (organiser, "/manage/calls/agua/jury/panels/import", "import-plan"),
    ]
    found = {}
    for tab, path, name in visits:
        for size, width in ((DESKTOP, 1280), (PHONE, 390)):
            tab.set_viewport_size(size)
            tab.goto(path)
            assert tab.locator("h1").count() == 1, path
            shoot(tab, f"{name}-{language}-{width}")
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                f"{path} scrolls sideways"
            )
            found[path, width] = axe_violations(tab)
    assert {where: what for where, what in found.items() if what} == {}


def test_a_visitor_accepts_an_invitation_on_a_phone(scene, new_page):
    tab = new_page("es")
    tab.set_viewport_size(PHONE)
    tab.goto("/jury-invitations/secreto")
    shoot(tab, "invitation-es-390")
    assert axe_violations(tab) == []
    tab.get_by_role("button", name="Aceptar la invitación").click()
    tab.wait_for_url("**/jury/profile")
    assert axe_violations(tab) == []
    shoot(tab, "profile-first-es-390")
    tab.get_by_role("button", name="Guardar y seguir").click()
    tab.wait_for_url("**/jury/statement")
    assert axe_violations(tab) == []
    shoot(tab, "statement-first-es-390")


def test_a_proposal_is_marked_on_a_phone_by_keyboard_alone(scene, enter):
    tab = enter(scene.juror.account, "es", PHONE)
    tab.goto(f"/reviews/{scene.fresh.code}")
    assert tab.locator("input[type=radio]:checked").evaluate_all("found => found.map(one => one.id)") == [
        "t-prop"
    ]
    tab.locator("#t-prop").focus()
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#rub-h").is_visible()
    for index in range(5):
        tab.locator(f"#c{index + 1} input[type=radio]").first.focus()
        tab.keyboard.press("Space")
        tab.keyboard.press("ArrowDown")  # the second mark
    tab.locator("#c1-reason").focus()
    tab.keyboard.type("Está probada en pequeño.")
    with tab.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 200):
        tab.locator("#feedback").focus()
        tab.keyboard.type("Se entiende muy bien.")
        tab.keyboard.press("Tab")
    tab.locator("#rub-h", has_text="5 de 5").wait_for()
    tab.locator("#status", has_text=re.compile(r"Guardado \d")).wait_for()
    assert "Todos los criterios tienen puntaje" in tab.locator("#to-final").text_content()
    tab.get_by_role("button", name="Marcar como final").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda url: scene.fresh.code not in url)
    db.session.expire_all()
    assert db.session.get(Review, scene.fresh.id).state == "final"
    assert db.session.query(Mark).filter_by(review_id=scene.fresh.id).count() == 5


def test_the_two_acts_stay_in_view_while_both_sides_scroll(scene, enter):
    tab = enter(scene.juror.account)
    tab.goto(f"/reviews/{scene.fresh.code}")
    for _moment in ("as it opens", "once something is missing"):
        box = tab.get_by_role("button", name="Marcar como final").bounding_box()
        assert box["y"] + box["height"] < DESKTOP["height"]
        assert tab.evaluate("document.documentElement.scrollHeight <= innerHeight")
        tab.get_by_role("button", name="Marcar como final").click()
        tab.locator("[role=alert]").first.wait_for()


def test_two_windows_keep_both_texts(scene, enter):
    first, second = enter(scene.juror.account), enter(scene.juror.account)
    for tab in (first, second):
        tab.goto(f"/reviews/{scene.fresh.code}")
    with first.expect_response(lambda answer: answer.request.method == "POST"):
        first.locator("#note").fill("De la primera")
        first.locator("#feedback").focus()
    with second.expect_response(lambda answer: answer.request.method == "POST") as answer:
        second.locator("#note").fill("De la segunda")
        second.locator("#feedback").focus()
    assert answer.value.status == 409
    second.get_by_role("button", name="Comparar las dos").click()
    second.locator("text=De la primera").wait_for()
    assert second.locator("#note").input_value() == "De la segunda"
    assert axe_violations(second) == []
    shoot(second, "clash-es-1280")
    second.get_by_role("button", name="Conservar lo que escribí aquí").click()
    second.wait_for_url("**/reviews/*")
    db.session.expire_all()
    assert db.session.get(Review, scene.fresh.id).note == "De la segunda"


def test_the_keys_mark_and_move_without_a_mouse(scene, enter):
    tab = enter(scene.juror.account)
    tab.goto(f"/reviews/{scene.fresh.code}")
    for key in "43215":
        with tab.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 200):
            tab.keyboard.press(key)
    tab.locator("#rub-h", has_text="5 de 5").wait_for()
    db.session.expire_all()
    marks = db.session.query(Mark).filter_by(review_id=scene.fresh.id).order_by(Mark.criterion)
    assert {mark.criterion: int(mark.value) for mark in marks} == dict(
        zip(scene.criteria, (4, 3, 2, 1, 5), strict=True)
    )


def test_a_key_leads_to_the_least_reviewed_without_a_page_load(scene, enter):
    tab = enter(scene.juror.account)
    tab.goto(f"/reviews/{scene.begun.code}")
    tab.evaluate("window.loadedOnce = true")
    tab.locator("#note").fill("Ya la vieron otras personas")
    tab.locator("#note").blur()
    tab.keyboard.press("l")
    tab.wait_for_url(f"**/reviews/{scene.fresh.code}")
    tab.locator("h1", has_text="Propuesta 3 de 4").wait_for()
    assert tab.evaluate("window.loadedOnce")
    db.session.expire_all()
    assert db.session.get(Review, scene.begun.id).note == "Ya la vieron otras personas"
    tab.keyboard.press("?")
    shoot(tab, "keys-es-1280")


def test_twenty_proposals_are_marked_and_signed_with_a_hundred_keys_and_no_page_load(committed_app, enter):
    with transaction():
        rubric = Rubric(tuple(given.criterion(code, 25) for code in "abcd"))
        ties = (TieKey(TieKeyKind.SUBMITTED_AT),)
        reading = a_reading_call("veinte", rubric=rubric, tie_break=ties)
        account = given.an_account("Mercedes Andrade", now=NOW)
        juror = given.a_juror(reading.call, account=account, now=NOW)
        for place in range(20):
            a_review(juror, a_proposal(reading.call, f"Propuesta {place}"))
    tab = enter(account)
    tab.goto("/calls/veinte/jury")
    tab.evaluate("window.loadedOnce = true")
    pressed = 0

    def press(key):
        nonlocal pressed
        pressed += 1
        tab.keyboard.press(key)

    tab.goto(tab.get_by_role("link", name="Empezar con").get_attribute("href"))
    tab.evaluate("window.loadedOnce = true")
    for place in range(20):
        tab.locator(f"h1:has-text('Propuesta {place + 1} de 20')").wait_for()
        for criterion in range(4):
            press(str((place + criterion) % 5 + 1))
        press("n")
    tab.locator("h1:has-text('Mis puntajes')").wait_for()
    assert axe_violations(tab) == []
    press("s")
    tab.locator("text=Usted firmó").or_(tab.locator("text=Firmó 20 propuestas")).first.wait_for()
    assert tab.evaluate("window.loadedOnce"), "a whole page was loaded"
    assert pressed <= 105
    db.session.expire_all()
    assert db.session.query(Review).filter_by(juror_id=juror.id, state=ReviewState.FINAL).count() == 20
    expected = {tuple((place + criterion) % 5 + 1 for criterion in range(4)) for place in range(20)}
    marks = {
        tuple(int(m.value) for m in sorted(r.marks, key=lambda m: m.criterion))
        for r in reviews_to_sign(juror)
    }
    assert marks == expected


def test_a_juror_says_what_to_read_on_a_phone_and_it_is_kept_at_once(committed_app, enter):
    with transaction():
        reading = a_reading_call("gustos", jury=JuryRules(size=1, bids=True))
        account = given.an_account("Mercedes Andrade", now=NOW)
        juror = given.a_juror(reading.call, account=account, now=NOW)
        for title in (*TITLES, *TITLES, *TITLES):
            a_proposal(reading.call, title)
    tab = enter(account, "es", PHONE)
    tab.goto("/calls/gustos/jury")
    shoot(tab, "desk-bids-es-390")
    tab.get_by_role("link", name="Decir qué le gustaría leer").click()
    assert axe_violations(tab) == []
    with tab.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 204):
        tab.get_by_label("Con gusto").first.check()
    tab.locator("#status", has_text=re.compile(r"Guardado \d")).wait_for()
    shoot(tab, "bids-es-390")
    tab.get_by_label("Mejor no").nth(1).check()
    tab.get_by_role("link", name="Siguiente").click()  # leaves at once: what was chosen arrives first
    tab.wait_for_url("**page=2")
    db.session.expire_all()
    assert sorted(db.session.scalars(select(Bid.liking).where(Bid.juror_id == juror.id))) == [
        Liking.GLADLY,
        Liking.RATHER_NOT,
    ]
    for language in ("es", "en"):
        tab = enter(account, language)
        tab.goto("/calls/gustos/jury/preferences")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert axe_violations(tab) == []
        shoot(tab, f"bids-{language}-1280")


def test_dark_pages_have_their_contrast_too(scene, enter):
    tab = enter(scene.juror.account)
    tab.emulate_media(color_scheme="dark")
    for path, name in ((f"/reviews/{scene.begun.code}", "scoring"), ("/calls/agua/jury", "desk")):
        tab.goto(path)
        shoot(tab, f"{name}-dark-es-1280")
        assert axe_violations(tab) == []
