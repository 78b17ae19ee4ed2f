"""Pages of PDF files as images with their text: drawn apart, once a content, and what is said where not."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from tests.builders import NOON
from tests.submissions import samples
from tests.submissions.world import PDF, a_draft, filled, hand_in, upload
from thinkia.db import db
from thinkia.outside.outbox import OutboxTask
from thinkia.outside.storage import digest
from thinkia.submissions import page_images, services, tasks
from thinkia.submissions.models import FilePage, PagedFile, PagesFault
from thinkia.submissions.page_images import Drawn, PageImage, draw
from thinkia.submissions.queries import pdfs_handed_in
from thinkia.submissions.uploads import Upload


@pytest.fixture
def drawn(tmp_path):
    def of(content):
        path = tmp_path / "given.pdf"
        path.write_bytes(content)
        return draw(path, tmp_path)

    return of


def stored(app, content):
    """Put a content into the storage and ask for its pages."""
    stream = io.BytesIO(content)
    sha256, _ = digest(stream)
    app.extensions["storage"].put(stream, sha256)
    services.ask_for_drawings([sha256], NOON)
    return sha256


def pages_of(sha256):
    return db.session.query(FilePage).filter_by(file_sha256=sha256).order_by(FilePage.number).all()


def test_each_page_becomes_an_image_with_its_text(drawn):
    found = drawn(samples.written_pdf(["Diagnóstico", "Cada noche falta el agua."], ["Costo: $ 1.200"]))
    assert (found.pages, sorted(found.images)) == (2, [1, 2])
    assert found.images[1].text.splitlines() == ["Diagnóstico", "Cada noche falta el agua."]
    assert found.images[2].text == "Costo: $ 1.200"
    for page in found.images.values():
        with Image.open(page.path) as image:
            assert (image.format, image.size) == ("WEBP", (page.width, page.height))
        assert page.width <= 1600
        assert page.path.stat().st_size <= 300_000


def test_a_noisy_scan_is_made_small_enough(drawn):
    found = drawn(samples.scanned_pdf())
    assert found.images[1].text == ""
    assert found.images[1].path.stat().st_size <= 300_000
    assert found.images[1].width >= 400, "still to be read"


def test_of_a_long_file_the_first_forty_pages_are_drawn(drawn):
    found = drawn(samples.pdf(43))
    assert (found.pages, len(found.images)) == (43, 40)


@pytest.mark.parametrize("shape", [(1, 20_000), (20_000, 1), (14_000, 14_000)])
def test_a_page_of_any_shape_is_kept_within_bounds(drawn, shape):
    found = drawn(samples.pdf(1, size=shape))
    for page in found.images.values():
        assert page.width <= 1600
        assert page.width * page.height <= 4_000_000


def test_what_asks_for_a_password_and_what_is_no_pdf_have_no_pages(drawn):
    locked = drawn(samples.pdf(password="secreto"))
    assert (locked.pages, locked.is_encrypted) == (0, True)
    broken = drawn(b"%PDF-1.7 nothing")
    assert (broken.pages, broken.is_encrypted) == (0, False)


def test_a_page_that_ends_its_process_costs_that_page_alone(drawn, tmp_path, monkeypatch):
    """The child dies at page 2, as it would where PDFium falls over; another goes on at page 3."""
    fragile = tmp_path / "fragile.py"
    source = Path(page_images.drawing.__file__).read_text("utf-8")
    line = "    for number in range(int(first), min(int(last), len(document)) + 1):\n"
    assert line in source
    fragile.write_text(source.replace(line, f"{line}        if number == 2:\n            sys.exit(139)\n"))
    monkeypatch.setattr(page_images.drawing, "__file__", str(fragile))
    found = drawn(samples.pdf(4))
    assert (found.pages, sorted(found.images)) == (4, [1, 3, 4])


def test_time_that_is_over_ends_the_drawing(drawn, tmp_path, monkeypatch):
    endless = tmp_path / "endless.py"
    endless.write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setattr(page_images.drawing, "__file__", str(endless))
    (tmp_path / "given.pdf").write_bytes(samples.pdf())
    assert draw(tmp_path / "given.pdf", tmp_path, seconds=1).pages == 0


def test_the_files_of_receipts_are_asked_for_once(app):
    draft = filled(a_draft())
    hand_in(draft)
    upload(draft, file=Upload("otro.pdf", "application/pdf", 1200, "b" * 64, 3))
    assert pdfs_handed_in(draft.call_id) == {PDF.sha256}, "what was not handed in is not read"
    for _ in range(2):
        tasks.ask_for_pages(draft.call_id)
    assert [one.sha256 for one in db.session.query(PagedFile)] == [PDF.sha256]
    asked = db.session.query(OutboxTask).filter_by(task="submissions.draw_pages")
    assert [one.args for one in asked] == [{"sha256": PDF.sha256}]


def test_pages_are_stored_by_their_content_and_drawn_once(app):
    sha256 = stored(app, samples.written_pdf(["Uno"], ["Dos"]))
    assert tasks.draw_pages(sha256) == {"pages": 2, "images": 2}
    one, two = pages_of(sha256)
    assert (one.text, two.text) == ("Uno", "Dos")
    image = b"".join(app.extensions["storage"].chunks(one.image_sha256))
    assert digest(io.BytesIO(image))[0] == one.image_sha256
    assert Image.open(io.BytesIO(image)).size == (one.width, one.height)
    assert db.session.get(PagedFile, sha256).pages == 2
    assert tasks.draw_pages(sha256) == {}, "a second run finds it done"
    assert len(pages_of(sha256)) == 2


def test_the_text_is_kept_without_what_is_invisible(app, monkeypatch):
    def with_such_a_text(_path, folder):
        (folder / "1.webp").write_bytes(b"an image")
        image = PageImage(1, folder / "1.webp", 10, 10, "Uno\0 \u202e dos\r\n\r\n\r\n\r\ntres\u200b")
        return Drawn(1, images={1: image})

    monkeypatch.setattr(tasks, "draw", with_such_a_text)
    sha256 = stored(app, samples.pdf(1))
    tasks.draw_pages(sha256)
    assert [page.text for page in pages_of(sha256)] == ["Uno dos\n\ntres"]


def test_where_there_are_no_pages_the_reason_is_kept(app):
    locked, broken = stored(app, samples.pdf(password="x")), stored(app, b"%PDF-1.7")
    services.ask_for_drawings(["c" * 64], NOON)
    for sha256, fault in (
        (locked, PagesFault.ENCRYPTED),
        (broken, PagesFault.UNREADABLE),
        ("c" * 64, PagesFault.LOST),
    ):
        assert tasks.draw_pages(sha256) == {"fault": fault}
        assert db.session.get(PagedFile, sha256).fault is fault
        assert pages_of(sha256) == []


def test_only_pdfs_are_drawn(app):
    draft = filled(a_draft())
    receipt = hand_in(draft).receipt
    content = json.loads(receipt.content)
    content["files"]["plan"]["media_type"] = "application/zip"
    receipt.content = json.dumps(content)
    db.session.flush()
    assert pdfs_handed_in(draft.call_id) == set()
