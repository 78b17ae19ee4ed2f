"""Two officers enter a ballot from paper in a real browser: nothing for axe to find, on a desk and on a phone."""

import pytest

from tests import builders as given
from tests.accounts.people import PASSPHRASE
from tests.browser import DESKTOP, PHONE, axe_violations, shoot
from tests.jury.paper_world import TODAY, WHY, a_paper_scene
from tests.jury.test_ballots import RUBRIC
from tests.jury.world import marks
from thinkia.agreements.models import Agreement
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.lifecycle import ReviewState
from thinkia.jury.models import MarksSource, Review
from thinkia.web import passwords

DONE = {"es": "Confirmado y hecho.", "en": "Confirmed and done."}
SIZES = {"desktop": DESKTOP, "phone": PHONE}


@pytest.fixture
def scene(committed_app):
    with transaction():
        scene = a_paper_scene(rubric=RUBRIC, tie_break=given.some_bases().tie_break[1:])
        scene.luis.password_hash = passwords.chosen(PASSPHRASE)
    return scene


def faults(tab, name):
    """What axe finds and what runs over; a picture when somebody asked for pictures."""
    shoot(tab, name)
    found = axe_violations(tab)
    if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("runs over the width")
    return {name: found} if found else {}


@pytest.mark.parametrize(("language", "size"), [("es", "desktop"), ("en", "phone")])
def test_two_officers_walk_from_the_list_to_a_final_review(scene, enter, language, size):
    rosa, luis = enter(scene.rosa, language, SIZES[size]), enter(scene.luis, language, SIZES[size])
    found = {}
    rosa.goto("/manage/calls/rios/jury/ballots")
    found |= faults(rosa, f"paper-ballots-{language}-{size}")
    rosa.goto("/manage/calls/rios/progress/open?unmarked=1")
    found |= faults(rosa, f"paper-list-{language}-{size}")
    rosa.click("tbody a")
    rosa.click("main form button[type=submit]")
    rosa.wait_for_selector(".summary")
    found |= faults(rosa, f"paper-missing-{language}-{size}")
    rosa.check("input[name='mark:impacto'][value='5']", force=True)
    rosa.fill("textarea[name='reason:impacto']", "La junta de agua ya lo usa en dos barrios.")
    rosa.fill("input[name='mark:costo']", "62,5")
    rosa.check("input[name='item:papeles:0'][value='yes']", force=True)
    rosa.check("input[name='item:papeles:1'][value='no']", force=True)
    rosa.fill("#feedback", "Muy claro.")
    rosa.fill("#signed_on", TODAY.isoformat())
    rosa.fill("#reason", WHY)
    found |= faults(rosa, f"paper-typed-{language}-{size}")
    rosa.click("main form button[type=submit]")
    rosa.wait_for_url("**/agreements/*")
    found |= faults(rosa, f"paper-asked-{language}-{size}")
    waits = db.session.query(Agreement).one()
    luis.goto(f"/agreements/{waits.code}")
    assert "La junta de agua ya lo usa" in luis.inner_text("main")
    found |= faults(luis, f"paper-second-{language}-{size}")
    luis.fill("#password", PASSPHRASE)
    luis.keyboard.press("Enter")
    luis.wait_for_selector(f"text={DONE[language]}")
    db.session.rollback()  # what was read before stays as it was until then
    review = db.session.get(Review, scene.review.id, populate_existing=True)
    assert (review.state, review.source) == (ReviewState.FINAL, MarksSource.PAPER)
    assert marks(review) == {"impacto": 5, "costo": 62.5, "papeles": 1}
    reader = enter(scene.reader, language, SIZES[size])
    reader.goto(f"/reviews/{scene.review.code}")
    if size == "phone":
        reader.check("#t-rub", force=True)
    found |= faults(reader, f"paper-juror-{language}-{size}")
    rosa.goto(f"/manage/calls/rios/jury/{scene.juror.code}/readings")
    found |= faults(rosa, f"paper-readings-{language}-{size}")
    rosa.goto("/manage/calls/rios/progress")
    found |= faults(rosa, f"paper-progress-{language}-{size}")
    assert found == {}


def test_the_page_of_a_ballot_that_waits_or_cannot_be_entered_is_sound(scene, enter):
    rosa, page = enter(scene.rosa), f"/manage/calls/rios/jury/reviews/{scene.review.code}/paper"
    with transaction():
        db.session.get(Review, scene.review.id).note = "Lo pensaré"
    rosa.goto(page)
    assert faults(rosa, "paper-hindered-es-desktop") == {}
    assert rosa.query_selector_all("input[type=radio]") == []
