"""A program of its own: draws pages of a PDF, and says so line by line as it goes.

    drawing.py FILE FOLDER FIRST LAST SECONDS CHARACTERS

Lines are JSON: ``{"pages": 8, "encrypted": false}`` first, then a line a page, with its size and text where
it was drawn. It imports nothing of Thinkia, and asks the system to end it where it takes too much.
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

WIDEST = 1_400  # pixels: sharp on a phone that is zoomed, and on half of a desk's screen
MOST_PIXELS = 3_500_000
LARGEST = 300_000  # bytes of one image
# From good to just readable: (share of the size, quality). The first that is small enough is kept.
ATTEMPTS = ((1, 72), (1, 55), (0.85, 45), (0.7, 40), (0.55, 35))
MEMORY = 1_500_000_000


def main(path: str, folder: str, first: str, last: str, seconds: str, characters: str) -> None:
    """Draw the pages from ``first`` to ``last``."""
    _within(int(seconds))
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        is_encrypted = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        return _say({"pages": 0, "encrypted": is_encrypted})
    _say({"pages": len(document), "encrypted": False})
    for number in range(int(first), min(int(last), len(document)) + 1):
        try:
            drawn = _draw(document[number - 1], Path(folder) / f"{number}.webp", int(characters))
        except Exception:  # noqa: BLE001 - one bad page is no reason to leave out the others
            drawn = {}
        _say({"number": number, **drawn})
    return None


def _draw(page: pypdfium2.PdfPage, target: Path, characters: int) -> dict[str, Any]:
    """Size and text of a page, once its image is there. Nothing if it cannot be made small enough."""
    width, height = page.get_size()
    scale = min(WIDEST / width, math.sqrt(MOST_PIXELS / (width * height)))
    whole = page.render(scale=scale).to_pil().convert("RGB")
    for share, quality in ATTEMPTS:
        size = (max(1, round(whole.width * share)), max(1, round(whole.height * share)))
        image = whole if share == 1 else whole.resize(size)
        image.save(target, "WEBP", quality=quality, method=4)
        if target.stat().st_size <= LARGEST:
            text = page.get_textpage().get_text_bounded().encode("utf-8", "ignore").decode()[:characters]
            return {"width": image.width, "height": image.height, "text": text}
    target.unlink()
    return {}


def _within(seconds: int) -> None:
    """Let the system end this process where it takes more than its share. Windows has no such limits."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
