"""The pages of two persons in a real browser: nothing for axe to find, on a desk and on a phone."""

import pytest

from tests.accounts.people import PASSPHRASE
from tests.agreements.world import NOW, a_scene, asked, fresh
from tests.browser import DESKTOP, PHONE, axe_violations, shoot
from thinkia.agreements import services
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.lifecycle import ReviewState
from thinkia.jury.models import Review
from thinkia.web import passwords

SIZES = {"desktop": DESKTOP, "phone": PHONE}


@pytest.fixture
def scene(committed_app):
    with transaction():
        scene = a_scene()
        scene.luis.password_hash = passwords.chosen(PASSPHRASE)
        scene.code = asked(scene).code
    return scene


@pytest.mark.parametrize(("language", "size"), [("es", "desktop"), ("en", "phone"), ("es", "phone")])
def test_axe_finds_nothing_and_nothing_runs_over(scene, enter, language, size):
    luis, rosa = enter(scene.luis, language, SIZES[size]), enter(scene.rosa, language, SIZES[size])
    juror, reading = f"/manage/calls/rios/jury/{scene.juror.code}", scene.review.code
    visits = [
        (luis, f"/agreements/{scene.code}", "second"),
        (luis, f"/agreements/{scene.code}?by=code", "code"),
        (rosa, f"/agreements/{scene.code}", "asker"),
        (rosa, "/manage/calls/rios/agreements", "register"),
        (rosa, f"{juror}/readings", "readings"),
        (rosa, f"/manage/calls/rios/jury/reviews/{reading}/reopening", "reopen"),
        (luis, f"/manage/hosts/{scene.host.code}", "host"),
        (luis, "/desk", "desk"),
    ]
    found = {}
    for tab, path, name in visits:
        tab.goto(path)
        shoot(tab, f"two-{name}-{language}-{size}")
        found[name] = axe_violations(tab)
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[name].append("runs over the width")
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_juror_and_the_organiser_read_a_reopened_review(scene, enter):
    with transaction():
        services.confirm(agreement_by_code(scene.code), fresh(scene.luis), NOW)
    juror, rosa = enter(scene.reader), enter(scene.rosa)
    found = []
    for tab, path, name in (
        (juror, f"/reviews/{scene.review.code}", "reopened"),
        (juror, "/calls/rios/jury", "juror-desk"),
        (rosa, f"/manage/calls/rios/jury/reviews/{scene.review.code}/former", "former"),
    ):
        tab.goto(path)
        shoot(tab, f"two-{name}-es-desktop")
        found += axe_violations(tab)
    assert found == []


def test_somebody_confirms_by_keyboard_alone(scene, enter):
    tab = enter(scene.luis, "en")
    tab.goto(f"/agreements/{scene.code}")
    tab.focus("#password")
    tab.keyboard.type(PASSPHRASE)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=Confirmed and done.")
    assert db.session.get(Review, scene.review.id, populate_existing=True).state is ReviewState.STARTED
