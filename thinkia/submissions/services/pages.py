"""Pages of PDF files as images: asked for once a content, drawn in the background, kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.transaction import atomic
from thinkia.outside.outbox import enqueue
from thinkia.submissions.models import FilePage, PagedFile, PagesFault
from thinkia.submissions.queries import known_paged_files, paged_file

APART = timedelta(seconds=3)  # between two files, so that letters do not wait behind all of them


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page whose image is stored already, or one without an image."""

    number: int
    image_sha256: str | None = None
    width: int | None = None
    height: int | None = None
    text: str = ""


@atomic
def ask_for_pages(call: Call, now: datetime, *, occasion: str) -> None:
    """Have the PDF files of a call drawn, later and once each. Every occasion finds those that are new."""
    enqueue("submissions.ask_for_pages", now, dedupe_key=f"pages:{call.id}:{occasion}", call_id=call.id)


@atomic
def ask_for_drawings(hashes: Iterable[str], now: datetime) -> int:
    """A task for each file that nobody has asked for. How many."""
    new = sorted(set(hashes) - known_paged_files())
    for place, sha256 in enumerate(new):
        db.session.add(PagedFile(sha256=sha256, asked_at=now))
        enqueue("submissions.draw_pages", now, run_at=now + place * APART, sha256=sha256)
    return len(new)


@atomic
def keep_pages(sha256: str, pages: int, kept: Iterable[KeptPage], now: datetime) -> None:
    """What was drawn. Of two that drew the same file the first is kept."""
    file = paged_file(sha256, held=True)
    if file is None or file.drawn_at is not None:
        return
    file.drawn_at, file.pages = now, pages
    for page in kept:
        db.session.add(
            FilePage(
                file_sha256=sha256,
                number=page.number,
                image_sha256=page.image_sha256,
                width=page.width,
                height=page.height,
                text=page.text,
            )
        )


@atomic
def keep_fault(sha256: str, fault: PagesFault, now: datetime) -> None:
    """Write down why there are no pages."""
    file = paged_file(sha256, held=True)
    if file is not None and file.drawn_at is None:
        file.drawn_at, file.fault = now, fault
