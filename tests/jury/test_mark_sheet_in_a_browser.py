"""Marks brought in with a sheet by two persons in a real browser."""

import csv
import io

from tests.accounts.people import PASSPHRASE
from tests.browser import fits
from tests.journeys.people import Person, Words
from tests.jury.test_mark_sheet import PAGE, WHY, Scene
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.lifecycle import ReviewState
from thinkia.jury.models import MarksSource, Review
from thinkia.web import passwords

LANGUAGE = "es"


def filled(template, mark):
    """The template with these marks in every row, as a spreadsheet in Spanish saves it."""
    header, *rows = csv.reader(io.StringIO(template.decode("utf-8-sig")))
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([header, *([*row[:4], mark, "4", "", ""] for row in rows)])
    return {"name": "puntajes.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}


def test_one_person_brings_the_sheet_and_another_confirms_it(committed_app, enter):
    with transaction():
        scene = Scene()
        scene.luis.password_hash = passwords.chosen(PASSPHRASE)
    words = Words(LANGUAGE)
    rosa = Person(enter(scene.rosa, LANGUAGE), words)
    rosa.go(PAGE)
    fits(rosa.tab, f"marks-{LANGUAGE}")
    with rosa.tab.expect_download() as taken:
        rosa.tab.get_by_role("link", name=words("Download it as CSV")).click()
    template = taken.value.path().read_bytes()
    for mark in ("9", "3"):
        rosa.tab.set_input_files("input[type=file]", filled(template, mark))
        rosa.fill(reason=WHY).press("Ask to bring them in")
        if mark == "9":
            rosa.tab.locator(".summary").wait_for()
            fits(rosa.tab, f"marks-wrong-{LANGUAGE}")
    rosa.tab.wait_for_url("**/agreements/*")
    luis = Person(enter(scene.luis, LANGUAGE), words)
    luis.go(rosa.path)
    fits(luis.tab, f"marks-second-{LANGUAGE}")
    luis.fill(password=PASSPHRASE).press("Sign in again and confirm")
    assert words("Confirmed and done. Whoever asked is told.") in luis.tab.locator("body").inner_text()
    db.session.rollback()
    found = set(db.session.query(Review.state, Review.source).tuples())
    assert found == {(ReviewState.FINAL, MarksSource.IMPORTED)}
