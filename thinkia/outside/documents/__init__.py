"""Documents to print and to keep: a typst template and data become a tagged PDF (PDF/UA-1).

A template lies beside the pages of its feature, as ``jury/templates/ballot.typ``, and imports what all share
from ``house.typ``. What stands in a document comes as JSON and is only ever text to the template: nothing
that people typed is read as markup. Words are the caller's, in the language that is named.

``picture`` is the first page of the same, to be looked at on a page of ours.

Fonts are those inside the library (Libertinus, New Computer Modern, DejaVu Sans Mono) and one for emoji, in
``vendor/`` with its licence: the same on every machine, whatever is installed there.
"""

import io
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno

HOUSE = Path(__file__).parents[2]  # templates name each other from here
FONTS = Path(__file__).parent / "vendor"
LETTERS = "outside/documents/letters.typ"
EPOCH = datetime.fromtimestamp(0, UTC)
BOX = "□"  # stands for a letter that no font of ours has
_NOT_LATIN = re.compile(r"[^\u0000-\u024f\u2010-\u2026]+")


class NotDrawnError(Exception):
    """The library refuses a template with this data."""


def pdf(template: str, data: Mapping[str, Any], language: str, now: datetime) -> bytes:
    """The document as bytes: tagged, with title, language and every font. The same data, the same bytes.

    ``data["title"]`` is the document's title. A letter that no font of ours has stands as a box.
    """
    try:
        return _compiled(template, data, language, now)
    except NotDrawnError:  # the standard takes no letter without a shape; anything else fails again
        return _compiled(template, _with_boxes(data), language, now)


def picture(template: str, data: Mapping[str, Any], language: str, dots: int = 72) -> bytes:
    """The first page as PNG, with so many dots an inch."""
    return _compiled(template, data, language, EPOCH, format="png", pdf_standards=[], ppi=dots)


def qr_drawing(text: str) -> str:
    """A QR as SVG, for a template to draw."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


def _compiled(template: str, data: Mapping[str, Any], language: str, now: datetime, **options: Any) -> bytes:
    import typst  # noqa: PLC0415 - 8 MB that only who draws a document needs

    wanted: dict[str, Any] = {"format": "pdf", "pdf_standards": ["ua-1"], **options}
    try:
        made: bytes | list[bytes] = typst.compile(
            HOUSE / template,
            root=HOUSE,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data), "language": language},
            timestamp=int(now.timestamp()),
            **wanted,
        )
    except typst.TypstError as error:
        raise NotDrawnError(str(error)) from error
    return made[0] if isinstance(made, list) else made


def _with_boxes(value: Any) -> Any:
    if isinstance(value, str):
        return _NOT_LATIN.sub(lambda found: _shown(found[0]), _without_controls(value))
    if isinstance(value, Mapping):
        return {key: _with_boxes(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_with_boxes(each) for each in value]
    return value


def _without_controls(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n")


@lru_cache(maxsize=4096)
def _shown(run: str) -> str:
    """Letters together, where there is a shape for them; otherwise each alone, or a box."""
    if _has_shape(run):
        return run
    mended = "".join(letter if _has_shape(letter) else BOX for letter in run)
    return mended if _has_shape(mended) else BOX * len(run)


@lru_cache(maxsize=4096)
def _has_shape(text: str) -> bool:
    """Asked of the library itself: there is no list of the letters that its fonts have."""
    try:
        _compiled(LETTERS, {"title": "-", "text": text}, "es", EPOCH)
    except NotDrawnError:
        return False
    return True
