"""``python -m benchmarks.peak CODE STYLE``: what exporting every mark of a call takes, as one JSON.

``peak_bytes`` is the most that the whole process ever took, all that it loads when it starts included;
``export_bytes`` is the most while it exported, once it is warm. Linux alone keeps such a peak, and has it
set back in between.

This is the export of ``flask exports make CODE --table reviews``: the organiser's page leaves the marks out
while reviews are open, and a large sample call has open ones.
"""

import csv
import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import Engine, event

import thinkia
from config import Settings
from thinkia import clock
from thinkia.calls.queries import call_by_code
from thinkia.exports.exporting import Made, make
from thinkia.exports.models import Wanted
from thinkia.web.export import Style

PROCESS = Path("/proc/self")
SET_PEAK_BACK = "5"


def export(code: str, style: Style) -> Made:
    call = call_by_code(code)
    if call is None:
        sys.exit(f"there is no call {code}")
    return make(call, Wanted(style, ("reviews",)), clock.now(), current_app.extensions["storage"])


def peak() -> int:
    """The most bytes that this process took since its peak was set back."""
    lines = (PROCESS / "status").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def figures(code: str, style: Style) -> dict[str, Any]:
    """The export's cost first; what it holds is counted when its peak is known."""
    export("demo-jury", style).file.close()
    before = peak()
    (PROCESS / "clear_refs").write_text(SET_PEAK_BACK)
    with _statements() as sent:
        made = export(code, style)
    most = peak()
    told = {
        "rows": made.rows,
        "bytes": made.size,
        "queries": len(sent),
        "peak_bytes": max(before, most),
        "export_bytes": most,
    }
    if style is not Style.CSV:
        made.file.close()
        return told
    marked: list[str] = []
    with made.file, io.TextIOWrapper(made.file, encoding="utf-8", newline="") as text:
        marked.extend(row["review"] for row in csv.DictReader(text) if row["mark"])
    return {"reviews": len(set(marked)), "marks": len(marked), **told}


@contextmanager
def _statements() -> Iterator[list[str]]:
    """Every statement that is sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


if __name__ == "__main__":
    with thinkia.create_app(Settings.from_env()).app_context():
        print(json.dumps(figures(sys.argv[1], Style(sys.argv[2]))))
