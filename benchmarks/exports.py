"""The marks of a whole call as CSV: queries, and whether memory grows with the number of reviews."""

import csv
import io
import subprocess
import sys
from typing import Any

import thinkia
from benchmarks import sites, visits
from benchmarks.report import Check
from benchmarks.sites import ROOT, Site
from benchmarks.visits import ask, whole
from config import Settings
from tests.servers import databases
from thinkia.demo.calls import Sample
from thinkia.demo.load import Size

FEW = "few-reviews"
TENTH = 10
MOST_QUERIES = 30
MOST_MEMORY = 1.1  # ten times the reviews may take so many times the memory


def measured(settings: Settings, site: Site, size: Size) -> dict[str, Any]:
    """The export over the web, and the peak memory of making it, for all reviews and for a tenth of them."""
    app = thinkia.create_app(settings)
    few = Size(size.submissions // TENTH, size.jurors, size.reviews // TENTH)
    sites.add_call(app, FEW, few, Sample.JURY)
    databases.dispose(app)
    page = "/manage/calls/large-jury/exports"
    form = ask(site.address, page, cookie=site.cookies["organiser"], accept="identity")
    token = visits.hidden_fields(whole(form, page).body)["csrf_token"]
    data = {"csrf_token": token, "style": "csv", "tables": "reviews"}
    sent = whole(ask(site.address, page, cookie=form.cookie, data=data, accept="identity"), page)
    rows = list(csv.DictReader(io.StringIO(sent.body.decode())))
    most = _peak(settings, "large-jury")
    return {
        "reviews": len({row["review"] for row in rows}),
        "rows": len(rows),
        "bytes": len(sent.body),
        "queries": sent.queries,
        "peak_bytes": most,
        "memory_growth": round(most / _peak(settings, FEW), 3),
    }


def checks(found: dict[str, Any]) -> list[Check]:
    return [
        Check("export of the reviews: queries", found["queries"], MOST_QUERIES),
        Check("export of the reviews: memory for ten times as many", found["memory_growth"], MOST_MEMORY),
    ]


def _peak(settings: Settings, code: str) -> int:
    """The most memory that a process of its own had while exporting."""
    command = [sys.executable, "-m", "benchmarks.peak", code]
    environment = sites.environment(settings)
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    return int(done.stdout)
