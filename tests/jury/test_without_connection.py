"""A juror marks without a connection: nothing is lost, and each review reaches the server once."""

import os
from pathlib import Path

import pytest

from tests import builders as given
from tests.browser import axe_violations
from tests.jury.devices import (
    a_reading_juror,
    arrived,
    download,
    end_sessions,
    mark,
    marks_of,
    on_device,
    open_page,
    ready,
    revisions,
    saved,
    signed_in,
    state,
    waiting,
    without_connection,
)
from tests.jury.world import NOW
from thinkia.db.transaction import transaction
from thinkia.domain.lifecycle import ReviewState

SHOTS = os.environ.get("SHOTS")
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def juror(committed_app):
    with transaction():
        return a_reading_juror()


@pytest.fixture
def tab(committed_app, new_page, address, juror):
    return signed_in(committed_app, new_page("es"), juror.account, address)


def review_path(juror, place):
    return f"/reviews/{juror.reviews[place].code}"


def shoot(tab, name, language="es"):
    """Keep pictures when somebody asked for them."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        for size in (DESKTOP, PHONE):
            tab.set_viewport_size(size)
            tab.screenshot(path=f"{SHOTS}/{name}-{language}-{size['width']}.png")
        tab.set_viewport_size(DESKTOP)


def test_three_proposals_are_marked_without_a_connection_and_arrive_once(juror, tab):
    download(tab, juror.desk)
    assert tab.locator("#status").text_content() == "Propuestas en este dispositivo: 3"
    shoot(tab, "downloaded")
    assert axe_violations(tab) == []
    with without_connection(tab):
        open_page(tab, juror.desk)
        tab.get_by_role("link", name="Propuesta 1").click()
        for place in range(3):
            tab.wait_for_url(f"**{review_path(juror, place)}")
            ready(tab)
            mark(tab, "a", place + 1)
            mark(tab, "b", 5)
            tab.locator("#note").fill(f"Leída sin red, {place + 1}")
            tab.locator("#feedback").focus()
            assert state(tab, "kept") == "Guardado en este dispositivo, aún sin enviar"
            tab.get_by_role("button", name="Guardar y seguir").click()
        tab.wait_for_url(f"**{juror.desk}")
        ready(tab)
        tab.locator("[data-waiting] li").nth(2).wait_for()
        shoot(tab, "waiting")
        open_page(tab, review_path(juror, 1))
        assert tab.locator("#note").input_value() == "Leída sin red, 2"
        assert tab.locator('input[name="mark:a"]:checked').input_value() == "2"
        state(tab, "kept")
        assert tab.locator("#rub-h").text_content() == "Rúbrica: 2 de 2 criterios con puntaje"
        assert tab.locator("[data-mark-of]").all_text_contents() == ["2", "5"]
        shoot(tab, "kept")
        assert axe_violations(tab) == []
        assert [revisions(review) for review in juror.reviews] == [0, 0, 0]
        held = on_device(tab)
    assert {one["name"] for one in held["keys"]} == {"AES-GCM"}
    assert [one["extractable"] for one in held["keys"]] == [False]
    assert not any("Leída" in one["bytes"] for one in held["drafts"])
    tab.wait_for_function("() => document.querySelector('#status').dataset.state === 'saved'")
    open_page(tab, juror.desk)
    tab.wait_for_timeout(1500)
    assert waiting(tab) == []
    for place, review in enumerate(juror.reviews):
        assert marks_of(review) == {"a": place + 1, "b": 5}
        assert saved(review).note == f"Leída sin red, {place + 1}"
    assert [revisions(review) for review in juror.reviews] == [1, 1, 1]


def test_a_connection_that_drops_while_marking_loses_nothing(juror, tab):
    """F01, on a device that downloaded nothing: the page is open, or is opened again later."""
    open_page(tab, review_path(juror, 0))
    mark(tab, "a", 2)
    state(tab, "saved")
    with without_connection(tab):
        mark(tab, "a", 4)
        assert state(tab, "kept") == "Guardado en este dispositivo, aún sin enviar"
        tab.locator("#note").fill("Se cortó")
        tab.get_by_role("button", name="Marcar como final").click()
        tab.locator("#status", has_text="se necesita conexión").wait_for()
        shoot(tab, "final-needs-connection")
        assert revisions(juror.reviews[0]) == 1
    state(tab, "saved")
    tab.wait_for_timeout(1500)
    assert (marks_of(juror.reviews[0]), saved(juror.reviews[0]).note) == ({"a": 4}, "Se cortó")
    assert revisions(juror.reviews[0]) == 2
    assert saved(juror.reviews[0]).state is ReviewState.STARTED
    assert waiting(tab) == []


def test_a_draft_survives_its_tab_and_is_sent_by_another_page(juror, tab):
    open_page(tab, review_path(juror, 0))
    with without_connection(tab):
        tab.locator("#note").fill("Antes de cerrar")
        state(tab, "kept")
        other = tab.context.new_page()
        tab.close()
    open_page(other, juror.desk)
    other.wait_for_function("() => document.querySelector('[data-waiting]').hidden")
    assert saved(juror.reviews[0]).note == "Antes de cerrar"
    assert (waiting(other), revisions(juror.reviews[0])) == ([], 1)


def test_an_answer_that_was_lost_on_its_way_makes_no_second_revision(juror, tab):
    open_page(tab, review_path(juror, 0))

    def lose(route):
        route.fetch()  # the server has it
        route.abort("connectionreset")

    tab.route(
        "**/reviews/*", lambda route: lose(route) if route.request.method == "POST" else route.continue_()
    )
    mark(tab, "b", 3)
    state(tab, "kept")
    tab.unroute_all()
    tab.evaluate("window.dispatchEvent(new Event('online'))")
    state(tab, "saved")
    assert (marks_of(juror.reviews[0]), revisions(juror.reviews[0])) == ({"b": 3}, 1)


def test_two_tabs_mark_one_review_without_a_connection_and_the_juror_chooses(juror, tab):
    """F02 with drafts: the second to arrive gets both versions, and its text is kept until it is chosen."""
    other = tab.context.new_page()
    for each in (tab, other):
        open_page(each, review_path(juror, 0))
    with without_connection(tab):
        tab.locator("#note").fill("De la primera")
        tab.locator("#feedback").focus()
        other.locator("#note").fill("De la segunda")
        other.locator("#feedback").focus()
        state(tab, "kept"), state(other, "kept")
        assert len(waiting(tab)) == 2
    for each in (tab, other):
        each.wait_for_function("() => /saved|conflict/.test(document.querySelector('#status').dataset.state)")
    second = tab if tab.locator("#status[data-state=conflict]").count() else other
    first = other if second is tab else tab
    texts = {tab: "De la primera", other: "De la segunda"}
    assert saved(juror.reviews[0]).note == texts[first]
    assert waiting(tab) == [(juror.reviews[0].code, "decide")]
    shoot(second, "decide")
    open_page(first, juror.desk)
    first.locator("[data-waiting]", has_text="necesita su decisión").wait_for()
    shoot(first, "decide-desk")
    open_page(second, review_path(juror, 0))  # opened anew, the text is still here
    state(second, "conflict")
    assert second.locator("#note").input_value() == texts[second]
    second.get_by_role("button", name="Comparar las dos").click()
    second.get_by_role("cell", name=texts[first]).wait_for()
    ready(second)
    second.get_by_role("button", name="Conservar lo que escribí aquí").click()
    second.locator("#review[data-kind=open]").wait_for()
    ready(second)
    assert saved(juror.reviews[0]).note == texts[second]
    second.wait_for_timeout(800)
    assert waiting(second) == []


def test_the_saved_version_can_be_chosen_and_the_draft_goes(juror, tab):
    open_page(tab, review_path(juror, 0))
    with without_connection(tab):
        tab.locator("#note").fill("De aquí")
        state(tab, "kept")
        with transaction():
            review = saved(juror.reviews[0])
            review.note, review.saved_by, review.saved_at = "De otra parte", "otra", NOW
            review.version += 1
            review.state = ReviewState.STARTED
    state(tab, "conflict")
    tab.get_by_role("button", name="Comparar las dos").click()
    tab.locator("#review[data-kind=clash]").wait_for()
    ready(tab)
    tab.get_by_role("link", name="Conservar lo guardado").click()
    tab.locator("#review[data-kind=open]").wait_for()
    ready(tab)
    assert tab.locator("#note").input_value() == "De otra parte"
    assert waiting(tab) == []
    assert saved(juror.reviews[0]).note == "De otra parte"


def test_a_session_that_ends_meanwhile_asks_to_sign_in_and_then_sends(committed_app, juror, tab, address):
    open_page(tab, review_path(juror, 0))
    end_sessions(juror.account)
    mark(tab, "a", 3)
    tab.get_by_role("heading", name="Su sesión terminó").wait_for()
    assert state(tab, "kept") == "Guardado en este dispositivo, aún sin enviar"
    shoot(tab, "session-over")
    assert axe_violations(tab) == []
    tab.get_by_role("link", name="Ingresar otra vez").click()
    tab.wait_for_url("**/sign-in?next=**")
    assert revisions(juror.reviews[0]) == 0
    signed_in(committed_app, tab, juror.account, address)
    tab.reload()
    tab.wait_for_url(f"**{review_path(juror, 0)}")
    state(tab, "saved")
    assert (marks_of(juror.reviews[0]), revisions(juror.reviews[0])) == ({"a": 3}, 1)
    tab.wait_for_timeout(500)
    assert waiting(tab) == []


def test_a_page_left_open_sends_once_somebody_signed_in_again_in_another_tab(
    committed_app, juror, tab, address
):
    open_page(tab, review_path(juror, 0))
    end_sessions(juror.account)
    mark(tab, "a", 3)
    tab.get_by_role("heading", name="Su sesión terminó").wait_for()
    signed_in(committed_app, tab, juror.account, address)  # another session, other tokens
    tab.wait_for_timeout(5000)
    tab.evaluate("window.dispatchEvent(new Event('online'))")
    state(tab, "saved")
    assert marks_of(juror.reviews[0]) == {"a": 3}


def test_another_person_on_the_device_neither_sees_nor_sends_what_is_kept(committed_app, juror, tab, address):
    download(tab, juror.desk)
    open_page(tab, review_path(juror, 0))
    with without_connection(tab):
        tab.locator("#note").fill("Solo mío")
        state(tab, "kept")
        end_sessions(juror.account)
        tab.goto("about:blank")
    with transaction():
        second = a_reading_juror("cerca", account=given.an_account("Iván", email="ivan@example.org", now=NOW))
    signed_in(committed_app, tab, second.account, address)
    open_page(tab, second.desk)
    tab.wait_for_timeout(1000)
    assert tab.evaluate("caches.keys()") == []
    assert saved(juror.reviews[0]).note == ""
    assert tab.locator("[data-waiting]").is_hidden()
    signed_in(committed_app, tab, juror.account, address)
    open_page(tab, review_path(juror, 0))
    state(tab, "saved")
    assert saved(juror.reviews[0]).note == "Solo mío"


def test_signing_out_says_what_is_not_sent_and_then_deletes_everything(juror, tab):
    download(tab, juror.desk)
    open_page(tab, review_path(juror, 0))
    tab.route(
        "**/reviews/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    tab.locator("#note").fill("No llegó")
    tab.locator("#feedback").focus()
    state(tab, "kept")
    tab.goto("/help")  # a page that is not the jury's
    for answer in ("Volver", "Cerrar sesión y borrar"):
        tab.locator(".menu summary").click()
        tab.get_by_role("button", name="Cerrar sesión", exact=True).click()
        tab.locator("#confirm-text", has_text="aún sin enviar: 1").wait_for()
        shoot(tab, "leaving")
        assert axe_violations(tab) == []
        assert waiting(tab) == [(juror.reviews[0].code, "kept")]
        tab.get_by_role("button", name=answer).click()
    tab.wait_for_url("**/sign-in")
    found = on_device(tab)
    assert (found["drafts"], found["keys"]) == ([], [])
    assert tab.evaluate("caches.keys()") == []
    assert tab.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    with without_connection(tab), pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        tab.goto(juror.desk)


def test_without_copies_or_outside_of_them_the_page_says_that_it_needs_the_connection(juror, tab):
    download(tab, juror.desk)
    with without_connection(tab):
        tab.goto(f"{juror.desk}/summary")
        assert tab.locator("h1").text_content() == "Esta página necesita conexión"
        shoot(tab, "needs-connection")


def test_a_juror_compares_with_the_marks_given_before_also_without_a_connection(juror, tab):
    open_page(tab, review_path(juror, 0))
    mark(tab, "a", 4)
    state(tab, "saved")
    download(tab, juror.desk)
    with without_connection(tab):
        open_page(tab, review_path(juror, 1))
        others = tab.locator("details.others").first
        others.locator("summary").click()
        assert "4" in others.locator("li").first.text_content()
        assert axe_violations(tab) == []
        others.get_by_role("link").first.click()
        tab.wait_for_url(f"**{review_path(juror, 0)}")
        ready(tab)
        assert tab.locator('input[name="mark:a"]:checked').input_value() == "4"


def test_leaving_a_proposal_asks_for_the_connection_and_loses_nothing_that_was_typed(juror, tab):
    download(tab, juror.desk)
    with without_connection(tab):
        open_page(tab, review_path(juror, 0))
        mark(tab, "a", 2)
        tab.locator("#note").fill("Quizá no deba calificarla")
        tab.locator("#feedback").focus()
        state(tab, "kept")
        tab.get_by_role("link", name="No puedo evaluar esta propuesta").click()
        tab.locator("h1", has_text="Esta página necesita conexión").wait_for()
        assert axe_violations(tab) == []
        open_page(tab, review_path(juror, 0))
        assert tab.locator("#note").input_value() == "Quizá no deba calificarla"
        assert tab.locator('input[name="mark:a"]:checked').input_value() == "2"
    open_page(tab, review_path(juror, 0))
    arrived(tab, juror.reviews[0], "Quizá no deba calificarla")
    tab.get_by_role("link", name="No puedo evaluar esta propuesta").click()
    tab.locator("textarea[name=reason]").fill("Conozco a quien la escribió")
    tab.locator("main form:has(textarea[name=reason]) button[type=submit]").click()
    tab.wait_for_url(f"**{juror.desk}")
    ready(tab)
    review = saved(juror.reviews[0])
    assert (review.state, review.is_abstention, review.note) == (
        ReviewState.EXCUSED,
        True,
        "Quizá no deba calificarla",
    )
    assert tab.get_by_role("link", name="Propuesta 1").count() == 0


def test_what_was_typed_too_late_is_shown_until_it_is_deleted(juror, tab):
    open_page(tab, review_path(juror, 0))
    with without_connection(tab):
        tab.locator("#note").fill("Llegó tarde")
        state(tab, "kept")
        with transaction():
            review = saved(juror.reviews[0])
            review.state, review.finished_at, review.version = ReviewState.FINAL, NOW, 5
        tab.goto("about:blank")
    open_page(tab, review_path(juror, 0))
    tab.get_by_role("heading", name="Escrito en este dispositivo y nunca enviado").wait_for()
    assert tab.locator("#clash dd").all_text_contents() == ["Llegó tarde"]
    shoot(tab, "too-late")
    assert axe_violations(tab) == []
    tab.get_by_role("button", name="Borrar de este dispositivo").click()
    tab.locator("#clash:empty").wait_for(state="attached")
    ready(tab)
    assert on_device(tab)["drafts"] == []


def test_a_copy_that_is_older_shows_what_was_saved_after_it(juror, tab):
    download(tab, juror.desk)
    open_page(tab, review_path(juror, 0))
    mark(tab, "a", 5)
    state(tab, "saved")
    tab.wait_for_timeout(300)
    with without_connection(tab):
        open_page(tab, review_path(juror, 0))
        assert tab.locator('input[name="mark:a"]:checked').input_value() == "5"
        mark(tab, "b", 1)
        state(tab, "kept")
    state(tab, "saved")
    assert marks_of(juror.reviews[0]) == {"a": 5, "b": 1}


def test_scripts_of_jurors_stay_within_their_share(committed_app):
    shelf = committed_app.extensions["shelf"]
    names = ("thinkia.js", "vendor/htmx.min.js", "jury.js", "jury-kept.js", "jury-worker.js")
    assert sum(len(shelf[name].brotli) for name in names) < 70_000
