"""A juror marks without a connection: nothing is lost, and each review reaches the server once."""

import os
from pathlib import Path

import pytest

from tests import builders as given
from tests.browser import axe_violations
from tests.jury.devices import (
    a_reading_juror,
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
from thinkia.db import db
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
