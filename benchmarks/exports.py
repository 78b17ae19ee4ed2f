"""The marks of a whole call as CSV and XLSX: queries, the memory of the process, and whether that grows.

``python benchmarks/exports.py`` makes a call of its own on PostgreSQL, in a private installation, with
reviews that give 100,000 rows of marks, one with a tenth of them, and exports each in a process of its own.
"""

import argparse
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # started as a file, from anywhere

import thinkia
from benchmarks import sites
from benchmarks.report import Check, tell
from benchmarks.sites import ROOT
from config import Settings
from tests import servers
from tests.servers import databases
from thinkia.demo.calls import Sample
from thinkia.demo.load import Size
from thinkia.web.export import Style

FEW = "few-reviews"
WHOLE = "whole-export"
MB = 1_000_000
MOST_MB = 150
TENTH = 10
MOST_QUERIES = 30
MOST_MEMORY = 1.1  # ten times the reviews may take so many times the memory


def measured(settings: Settings, size: Size) -> dict[str, Any]:
    """The export with every mark, as the command line makes it, for all reviews and for a tenth of them."""
    app = thinkia.create_app(settings)
    sites.add_call(app, FEW, _tenth(size), Sample.JURY)
    databases.dispose(app)
    found = _grown(settings, "large-jury", Style.CSV)
    return found | {"reviews_missing": size.reviews - found["reviews"]}


def checks(found: dict[str, Any]) -> list[Check]:
    return [
        Check("export of the reviews: final ones whose marks it lacks", found["reviews_missing"], 0),
        Check("export of the reviews: queries", found["queries"], MOST_QUERIES),
        Check("export of the reviews: memory for ten times as many", found["memory_growth"], MOST_MEMORY),
    ]


def _tenth(size: Size) -> Size:
    return Size(size.submissions // TENTH, size.jurors, size.reviews // TENTH)


def _grown(settings: Settings, code: str, style: Style) -> dict[str, Any]:
    """One export, and what it takes to that of the call of a tenth of it."""
    found = _exported(settings, code, style)
    growth = found["export_bytes"] / _exported(settings, FEW, style)["export_bytes"]
    return found | {"memory_growth": round(growth, 3)}


def _exported(settings: Settings, code: str, style: Style) -> dict[str, Any]:
    """What a process of its own says of its export. Its modules are compiled before, as an installation keeps
    them: compiling takes memory that no second process needs.
    """
    kept = servers.folder() / "compiled"
    command = [sys.executable, "-m", "benchmarks.peak", code, str(style)]
    environment = sites.environment(settings)
    environment |= {"PYTHONPYCACHEPREFIX": str(kept), "PYTHONDONTWRITEBYTECODE": ""}
    if not kept.exists():
        subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    asked = _arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    size = Size(asked.submissions, asked.jurors, asked.reviews)
    with sites.running():
        settings = sites.prepare("exports", size, large=[])
        app = thinkia.create_app(settings)
        sites.add_call(app, WHOLE, size, Sample.JURY)
        sites.add_call(app, FEW, _tenth(size), Sample.JURY)
        databases.dispose(app)
        found = {str(style): _grown(settings, WHOLE, style) for style in (Style.CSV, Style.XLSX)}
    tell(
        "exports",
        {"submissions": size.submissions, "reviews": size.reviews, **found},
        _bars(found, asked.rows),
    )


def _bars(found: dict[str, Any], rows: int) -> list[Check]:
    return [
        check
        for style, figures in found.items()
        for check in (
            Check(f"{style}: rows that lack to {rows}", max(0, rows - figures["rows"]), 0),
            Check(f"{style}: megabytes of the whole process", round(figures["peak_bytes"] / MB, 1), MOST_MB),
            Check(f"{style}: memory for ten times as many", figures["memory_growth"], MOST_MEMORY),
            Check(f"{style}: queries", figures["queries"], MOST_QUERIES),
        )
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="100,000 rows of marks to CSV and XLSX.")
    parser.add_argument("--submissions", type=int, default=5_000)
    parser.add_argument("--jurors", type=int, default=250)
    parser.add_argument("--reviews", type=int, default=25_000, help="final ones, over all jurors")
    parser.add_argument("--rows", type=int, default=100_000, help="of marks, at least")
    return parser.parse_args()


if __name__ == "__main__":
    main()
