"""The pages of a proposal's PDF files as a juror reads them: images, their text, or why there are none."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.submissions.models import FilePage, PagedFile, PagesFault
from thinkia.submissions.queries import paged_files

TEXT_IN_ONE_PAGE = 120_000  # characters, of all files: what the scoring page carries at most


class PageShown(NamedTuple):
    """One page; without a width it could not be drawn."""

    number: int
    width: int | None
    height: int | None
    text: str
    why_no_text: str = ""

    @property
    def is_drawn(self) -> bool:
        return self.width is not None


class FilePages(NamedTuple):
    """The pages of one file, and what has to be said of them."""

    total: int
    words: str
    pages: tuple[PageShown, ...]


def pages_to_read(hashes: Sequence[str]) -> dict[str, FilePages]:
    """By hash, in the order of the files; those for which nobody asked are left out. One SELECT."""
    known, left, found = paged_files(hashes), TEXT_IN_ONE_PAGE, {}
    for sha256 in dict.fromkeys(hashes):
        if (file := known.get(sha256)) is not None:
            pages = tuple(_shown(file.drawings, left))
            left -= sum(len(page.text) for page in pages)
            found[sha256] = FilePages(file.pages or 0, _words(file), pages)
    return found


def _shown(drawings: Sequence[FilePage], left: int) -> Iterator[PageShown]:
    for page in drawings:
        text = page.text if len(page.text) <= left else ""
        left -= len(text)
        why = (
            _("The text of this page is in the original.")
            if page.text
            else _("This page has no text that can be read aloud or searched: it is a picture.")
        )
        yield PageShown(page.number, page.width, page.height, text, "" if text else why)


def _words(file: PagedFile) -> str:
    """Where the pages are not all here, why; and that the original is."""
    if file.drawn_at is None:
        return _("Its pages are being prepared to be read here. Until then, download the original.")
    if file.fault is PagesFault.ENCRYPTED:
        return _("Its pages cannot be shown here: the file asks for a password. Download the original.")
    if file.fault is PagesFault.LOST:
        return _("The content of this file was not found. Tell the organisers.")
    if file.fault is not None:
        return _("Its pages cannot be shown here: the file could not be opened. Download the original.")
    shown = len(file.drawings)
    if shown < (file.pages or 0):
        return ngettext(
            "Here is its first page, of %(all)s. The rest is in the original.",
            "Here are its first %(num)s pages, of %(all)s. The rest is in the original.",
            shown,
            all=file.pages,
        )
    return ""
