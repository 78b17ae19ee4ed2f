"""The pages of a PDF as images, with their text: drawn in a process of its own, within limits.

A PDF is a stranger's program for a large library. It is drawn by a child that knows nothing of Thinkia
(``drawing.py``), with a ceiling on memory and time. Where the child dies, the page it was at is given up
and another child goes on behind it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from thinkia.submissions.page_images import drawing

MOST_PAGES = 40
SECONDS = 60  # for one child; it is asked for all that is left
CHILDREN = 3  # a file that ends more of them is given up at that page
LONGEST_TEXT = 6_000  # characters of a page: a dense one has four thousand


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page that was drawn: where its image lies, how large it is, what is written on it."""

    number: int
    path: Path
    width: int
    height: int
    text: str = ""


@dataclass(slots=True)
class Drawn:
    """What came of a PDF. ``pages`` is how many it has; a page that could not be drawn has no image."""

    pages: int = 0
    is_encrypted: bool = False
    images: dict[int, PageImage] = field(default_factory=dict)

    @property
    def wanted(self) -> int:
        """How many of its pages are shown."""
        return min(self.pages, MOST_PAGES)


def draw(path: Path, folder: Path, *, seconds: int = SECONDS) -> Drawn:
    """Draw the pages of a PDF into a folder. What cannot be opened at all has no pages."""
    drawn, start = Drawn(), 1
    for _child in range(CHILDREN):
        reached = start
        for said in _said(path, folder, start, seconds):
            reached = _note(drawn, said, folder) or reached
        if reached > drawn.wanted:
            break
        start = reached + 1 if drawn.pages else start
    return drawn


def _note(drawn: Drawn, said: dict[str, Any], folder: Path) -> int | None:
    """Keep what a child said; the page that comes next, if it got further."""
    if "pages" in said:
        drawn.pages, drawn.is_encrypted = said["pages"], said["encrypted"]
        return None
    number = int(said["number"])
    if "width" in said:
        name, text = folder / f"{number}.webp", said["text"][:LONGEST_TEXT]
        drawn.images[number] = PageImage(number, name, said["width"], said["height"], text)
    return number + 1


def _said(path: Path, folder: Path, start: int, seconds: int) -> Iterator[dict[str, Any]]:
    """Each line of a child, until it ends or its time is over. Half a line at the end is no line."""
    asked = [str(path), str(folder), str(start), str(MOST_PAGES), str(seconds), str(LONGEST_TEXT)]
    command = [sys.executable, "-I", str(Path(drawing.__file__)), *asked]
    output = folder / "said.jsonl"
    with output.open("wb") as stream, suppress(subprocess.TimeoutExpired):  # what was said by then is kept
        subprocess.run(command, stdout=stream, stderr=subprocess.DEVNULL, timeout=seconds, check=False)  # noqa: S603 - our own file, and numbers
    for line in output.read_text("utf-8", errors="replace").splitlines(keepends=True):
        if line.endswith("\n"):
            yield json.loads(line)
