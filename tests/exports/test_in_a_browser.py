"""A large export in a real browser: asked for, watched, and taken from the link that appears."""

from playwright.sync_api import expect

from tests.browser import fits
from tests.exports.reading import MARKS, read_back
from tests.journeys.people import Person, Words
from tests.results.scenes import judged
from thinkia import clock
from thinkia.db.transaction import transaction
from thinkia.exports import routes
from thinkia.outside.queue import drain
from thinkia.web.export import Style

LANGUAGE = "es"
LONG = 30_000  # milliseconds: the file is written meanwhile


def test_a_large_export_is_watched_until_its_link_appears(committed_app, enter, monkeypatch):
    monkeypatch.setattr(routes, "MOST_AT_ONCE", 3)
    with transaction():
        scene = judged(MARKS, now=clock.now())
    words = Words(LANGUAGE)
    rosa = Person(enter(scene.organiser, LANGUAGE), words)
    rosa.go(f"{scene.url}/exports")
    fits(rosa.tab, f"export-form-{LANGUAGE}")
    rosa.choose("preset", "reviews").choose("style", "json")
    rosa.press("Download the export")
    expect(rosa.tab.get_by_text(words("The file is about to be made."))).to_be_visible()
    fits(rosa.tab, f"export-making-{LANGUAGE}")
    while drain(committed_app, limit=100):
        pass
    link = rosa.tab.get_by_role("link", name=words("Download the file"))
    expect(link).to_be_visible(timeout=LONG)
    fits(rosa.tab, f"export-made-{LANGUAGE}")
    with rosa.tab.expect_download() as taken:
        link.click()
    found = read_back(Style.JSON, taken.value.path().read_bytes())
    assert len(found["reviews"]) == 2 * 2 * len(MARKS)  # two jurors, two criteria
