"""Twenty proposals on a phone, by thumb: six taps each, no page load, nothing too small to hit."""

import pytest

from tests import builders as given
from tests.browser import PHONE, Browser
from tests.jury.world import NOW, a_proposal, a_reading_call, a_review
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import TieKey, TieKeyKind
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.rubric import Rubric
from thinkia.jury.models import Mark, Review

THUMB = 44  # CSS pixels: the least height or width of what is tapped


@pytest.fixture
def juror(committed_app):
    with transaction():
        rubric = Rubric(tuple(given.criterion(code, 25) for code in "abcd"))
        reading = a_reading_call("veinte", rubric=rubric, tie_break=(TieKey(TieKeyKind.SUBMITTED_AT),))
        juror = given.a_juror(reading.call, account=given.an_account("Mercedes Andrade", now=NOW), now=NOW)
        for place in range(20):
            a_review(juror, a_proposal(reading.call, f"Propuesta {place}"))
    return juror


@pytest.fixture
def tab(committed_app, new_page, address, juror):
    tab = new_page("es")
    tab.set_viewport_size(PHONE)
    cookie = given.sign_in(Browser(committed_app), juror.account).client.get_cookie("thinkia")
    tab.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    return tab


class Thumb:
    """Counts what it taps, and taps nothing small or out of sight."""

    def __init__(self, tab):
        self.tab, self.taps = tab, 0

    def tap(self, target):
        self.taps += 1
        target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= THUMB, (target, box)
        target.click()


def test_twenty_proposals_are_marked_and_signed_with_six_taps_each_and_no_page_load(juror, tab):
    thumb = Thumb(tab)
    tab.goto("/calls/veinte/jury")
    thumb.tap(tab.get_by_role("link", name="Empezar con"))
    tab.locator("h1:has-text('Propuesta 1 de 20')").wait_for()
    tab.evaluate("window.loadedOnce = true")
    for place in range(20):
        tab.locator(f"h1:has-text('Propuesta {place + 1} de 20')").wait_for()
        thumb.tap(tab.locator("label[for=t-rub]"))  # each begins with what there is to read
        for criterion in range(4):
            wanted = (place + criterion) % 5 + 1
            thumb.tap(tab.locator(f"#c{criterion + 1}-{wanted}"))
        thumb.tap(tab.get_by_role("button", name="Marcar como final"))
        if place < 19:
            tab.locator(f"h1:has-text('Propuesta {place + 2} de 20')").wait_for()
        assert tab.evaluate("window.loadedOnce"), f"a whole page was loaded after {place + 1}"
    tab.locator("h1:has-text('Mis puntajes')").wait_for()
    thumb.tap(tab.get_by_role("button", name="Firmar", exact=False).first)
    tab.locator("text=Usted firmó").or_(tab.locator("text=Firmó 20 propuestas")).first.wait_for()
    assert tab.evaluate("window.loadedOnce"), "a whole page was loaded"
    assert thumb.taps == 20 * 6 + 2
    db.session.expire_all()
    final = db.session.query(Review).filter_by(juror_id=juror.id, state=ReviewState.FINAL)
    assert final.count() == 20
    assert db.session.query(Mark).count() == 80
