"""The marks of a whole call as CSV: queries, and whether memory grows with the number of reviews."""

import json
import subprocess
import sys
from typing import Any

import thinkia
from benchmarks import sites
from benchmarks.report import Check
from benchmarks.sites import ROOT
from config import Settings
from tests.servers import databases
from thinkia.demo.calls import Sample
from thinkia.demo.load import Size

FEW = "few-reviews"
TENTH = 10
MOST_QUERIES = 30
MOST_MEMORY = 1.1  # ten times the reviews may take so many times the memory


def measured(settings: Settings, size: Size) -> dict[str, Any]:
    """The export with every mark, as the command line makes it, for all reviews and for a tenth of them."""
    app = thinkia.create_app(settings)
    few = Size(size.submissions // TENTH, size.jurors, size.reviews // TENTH)
    sites.add_call(app, FEW, few, Sample.JURY)
    databases.dispose(app)
    found = _exported(settings, "large-jury")
    growth = found["peak_bytes"] / _exported(settings, FEW)["peak_bytes"]
    return {**found, "memory_growth": round(growth, 3), "reviews_missing": size.reviews - found["reviews"]}


def checks(found: dict[str, Any]) -> list[Check]:
    return [
        Check("export of the reviews: final ones whose marks it lacks", found["reviews_missing"], 0),
        Check("export of the reviews: queries", found["queries"], MOST_QUERIES),
        Check("export of the reviews: memory for ten times as many", found["memory_growth"], MOST_MEMORY),
    ]


def _exported(settings: Settings, code: str) -> dict[str, Any]:
    """What a process of its own says of its export."""
    command = [sys.executable, "-m", "benchmarks.peak", code]
    environment = sites.environment(settings)
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
