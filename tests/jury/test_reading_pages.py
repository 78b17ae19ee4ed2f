"""The pages of a proposal's files beside the rubric: seen by their reader alone, and in words where not."""

import io
import json
from uuid import uuid4

import pytest
from PIL import Image

from tests import builders as given
from tests.jury.world import NOW, a_proposal, a_review, path, person
from tests.queries import count_queries
from tests.submissions import samples
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.jury.queries.panels import plan_of
from thinkia.jury.services import panels
from thinkia.outside.outbox import OutboxTask
from thinkia.outside.storage import digest
from thinkia.submissions import services, tasks
from thinkia.submissions.models import FilePage, PagedFile, Receipt

FILE = str(uuid4())


@pytest.fixture
def handed_in(app, reading):
    """Give the proposal in hand this PDF, ask for its pages, and draw them."""
    receipt_id = reading.review.receipt_id

    def give(content, *, draw=True, count=2):
        stream = io.BytesIO(content)
        sha256, size = digest(stream)
        app.extensions["storage"].put(stream, sha256)
        kept = {"id": FILE, "name": "Plan.pdf", "sha256": sha256, "size": size, "pages": count}
        receipt = db.session.get(Receipt, receipt_id)
        content = json.loads(receipt.content)
        content["files"] = {"resumen": {**kept, "media_type": "application/pdf"}}
        receipt.content = json.dumps(content)
        db.session.flush()
        services.ask_for_drawings([sha256], NOW)
        if draw:
            tasks.draw_pages(sha256)
        db.session.flush()
        return sha256

    return give


def pictures(page):
    return page.root.all("img", loading="lazy")


def test_pages_stand_in_the_proposal_with_their_text_and_come_when_they_are_looked_at(
    reading, juror, handed_in
):
    handed_in(samples.written_pdf(["Diagnóstico del barrio <b>"], ["Presupuesto"]))
    page = juror.get(path(reading))
    first, second = pictures(page)
    assert [first["alt"], second["alt"]] == ["Page 1 of 2", "Page 2 of 2"]
    assert (first["width"], first["height"]) == ("1400", "1982")
    assert "Diagnóstico del barrio <b>" in page.text
    assert "Text of page 2 of 2" in page.text
    assert not [each for each in page.root.all("details") if "open" in each]
    assert page.link("Plan.pdf"), "the original stays"

    answer = juror.get(second["src"]).response
    assert answer.content_type == "image/webp"
    assert Image.open(io.BytesIO(answer.data)).size == (1400, 1982)
    assert answer.headers["Cache-Control"] == "private, max-age=14400"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_page_is_its_readers_alone(reading, juror, handed_in, new_browser):
    handed_in(samples.written_pdf(["Uno"]), count=1)
    address = f"{path(reading)}/pages/{FILE}/1"
    juror.get(address)
    for wrong in (f"{path(reading)}/pages/{FILE}/2", f"{path(reading)}/pages/{uuid4()}/1"):
        juror.get(wrong, status=404)
    other = given.a_juror(reading.call, "public", now=NOW)
    own = a_review(other, a_proposal(reading.call, "Otra"))
    stranger = person(new_browser(), other.account)
    stranger.get(address, status=404)
    stranger.get(f"/reviews/{own.code}/pages/{FILE}/1", status=404)
    person(new_browser(), reading.organiser).get(address, status=404)
    assert new_browser().get(address, follow=False, status=302).response.location.startswith("/sign-in")

    review = reading.review
    review.state, review.closed_at, review.closed_reason = ReviewState.RECUSED, NOW, "Socio"
    db.session.flush()
    juror.get(address, status=404)


def test_until_they_are_drawn_and_where_they_cannot_be_it_is_said(reading, juror, handed_in):
    sha256 = handed_in(samples.pdf(password="secreto"), draw=False)
    assert "Its pages are being prepared to be read here." in juror.get(path(reading)).text
    tasks.draw_pages(sha256)
    page = juror.get(path(reading))
    assert "the file asks for a password. Download the original." in page.text
    assert not pictures(page)
    handed_in(b"%PDF-1.7 nothing")
    assert "the file could not be opened. Download the original." in juror.get(path(reading)).text


def test_a_page_without_an_image_and_one_without_text_say_so(reading, juror, handed_in):
    sha256 = handed_in(samples.pdf(43), count=43)
    page = db.session.get(FilePage, (sha256, 2))
    page.image_sha256 = page.width = page.height = None
    db.session.flush()
    page = juror.get(path(reading))
    assert len(pictures(page)) == 39
    assert "Page 2 of 43 could not be shown here. It is in the original." in page.text
    assert "Here are its first 40 pages, of 43. The rest is in the original." in page.text
    assert "This page has no text that can be read aloud or searched: it is a picture." in page.text
    juror.get(f"{path(reading)}/pages/{FILE}/2", status=404)


def test_the_scoring_page_stays_small_and_asks_little(reading, juror, handed_in):
    sha256 = handed_in(samples.written_pdf(*[["Agua"]] * 40), count=40)
    for page in db.session.query(FilePage).filter_by(file_sha256=sha256):
        page.text = "El agua llega sin presión a los barrios altos. " * 120
    db.session.flush()
    juror.get("/help")
    with count_queries() as queries:
        page = juror.get(path(reading))
    assert len(queries) <= 12, queries
    assert "The text of this page is in the original." in page.text, "after some, the text is left out"
    assert len(page.response.data) < 300_000


def test_drawing_is_asked_for_when_panels_are_proposed_and_applied(reading):
    call = reading.call
    panels.propose(call, reading.actor, NOW)
    panels.apply(plan_of(call.code), reading.actor, NOW)
    asked = db.session.query(OutboxTask).filter_by(task="submissions.ask_for_pages")
    assert [one.args for one in asked] == [{"call_id": call.id}] * 2
    tasks.ask_for_pages(call.id)
    assert db.session.query(PagedFile).count() == 0, "this proposal has no files"
