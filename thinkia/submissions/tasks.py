"""In the background: drafts handed in by themselves at the close, and the pages of PDF files."""

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import current_app

from thinkia import clock
from thinkia.calls.queries import call_by_id
from thinkia.db.transaction import end_reading
from thinkia.outside.outbox import task
from thinkia.outside.storage import Storage, digest
from thinkia.submissions import services
from thinkia.submissions.models import PagesFault
from thinkia.submissions.page_images import Drawn, draw
from thinkia.submissions.queries import drafts_of, paged_file, pdfs_handed_in, submission_by_id
from thinkia.submissions.services import KeptPage
from thinkia.web.forms import clean_text


@task("submissions.hand_in_drafts")
def hand_in_drafts(call_id: int) -> dict[str, Any]:
    """Hand in the complete drafts of a call whose bases say so, each in a transaction of its own."""
    call = call_by_id(call_id)
    waiting = [draft.id for draft in drafts_of(call)] if call else []
    handed_in = left = 0
    for draft_id in waiting:
        submission = submission_by_id(draft_id)
        outcome = services.hand_in_draft(submission, clock.now()) if submission else None
        handed_in += bool(outcome and outcome.receipt)
        left += bool(outcome and outcome.refused)
    return {"handed_in": handed_in, "left": left}


@task("submissions.ask_for_pages")
def ask_for_pages(call_id: int) -> dict[str, Any]:
    """Ask for the pages of every PDF that counts in a call."""
    return {"files": services.ask_for_drawings(pdfs_handed_in(call_id), clock.now())}


@task("submissions.draw_pages")
def draw_pages(sha256: str) -> dict[str, Any]:
    """Draw one file and keep its pages. Running twice keeps the first; no transaction is open meanwhile."""
    file = paged_file(sha256)
    is_waiting = file is not None and file.drawn_at is None
    end_reading()
    if not is_waiting:
        return {}
    storage: Storage = current_app.extensions["storage"]
    if not storage.holds(sha256):
        services.keep_fault(sha256, PagesFault.LOST, clock.now())
        return {"fault": PagesFault.LOST}
    with TemporaryDirectory(prefix="thinkia-pages-") as folder:
        drawn = _drawn(storage, sha256, Path(folder))
        if not drawn.pages:
            fault = PagesFault.ENCRYPTED if drawn.is_encrypted else PagesFault.UNREADABLE
            services.keep_fault(sha256, fault, clock.now())
            return {"fault": fault}
        kept = list(_stored(storage, drawn))
    services.keep_pages(sha256, drawn.pages, kept, clock.now())
    return {"pages": drawn.pages, "images": len(drawn.images)}


def _drawn(storage: Storage, sha256: str, folder: Path) -> Drawn:
    original = folder / "original.pdf"
    with original.open("wb") as stream:
        for chunk in storage.chunks(sha256):
            stream.write(chunk)
    return draw(original, folder)


def _stored(storage: Storage, drawn: Drawn) -> Iterator[KeptPage]:
    """Put each image into the storage; the text as it may be shown."""
    for number in range(1, drawn.wanted + 1):
        page = drawn.images.get(number)
        if page is None:
            yield KeptPage(number)
            continue
        with page.path.open("rb") as stream:
            sha256, _size = digest(stream)
            storage.put(stream, sha256)
        yield KeptPage(number, sha256, page.width, page.height, _readable(page.text))


def _readable(text: str) -> str:
    """One line for each on the page, without what is invisible and without holes."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+", " ", clean_text(text)))
