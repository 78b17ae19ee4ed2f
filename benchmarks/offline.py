"""A juror marks while the connection comes and goes: 50 random schedules of 20 edits, and none is lost.

    .venv/bin/python benchmarks/offline.py

A real browser, a real server, a database of its own. Before each edit something may happen: the connection
goes or returns, the page is loaded again, its tab is closed, an answer of the server is lost on its way, the
juror goes to another proposal. In the end the connection is there, and what the server has is compared with
what was typed, field by field.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # started as a file, or with -m

from flask import Flask

import thinkia
from benchmarks.report import Check, tell
from tests import builders as given
from tests import servers
from tests.browser import launched, served
from tests.jury.devices import a_reading_juror, signed_in
from tests.jury.schedules import EDITS, Outcome, Schedule
from tests.jury.world import NOW
from tests.servers import databases
from thinkia.db.transaction import transaction

SCHEDULES = 50
SCRIPTS = ("thinkia.js", "vendor/htmx.min.js", "jury.js", "jury-kept.js", "jury-worker.js")
MAY_WEIGH = 70_000  # bytes of a juror's scripts, compressed


def outcomes(app: Flask, address: str, schedules: int, first: int) -> list[Outcome]:
    """Each schedule with a juror, a call and a browser's memory of its own."""
    found = []
    with launched() as chromium:
        for seed in range(first, first + schedules):
            with transaction():
                account = given.an_account("Mercedes Andrade", now=NOW)
                juror = a_reading_juror(f"lejos-{seed}", account=account)
            context = chromium.new_context(base_url=address, locale="es-EC")
            tab = signed_in(app, context.new_page(), juror.account, address)
            tab.close()
            found.append(Schedule(context, juror, seed).run())
            context.close()
            print(found[-1], file=sys.stderr)
    return found


def measure(schedules: int, first: int) -> tuple[list[Outcome], int]:
    run = servers.begin()
    try:
        port = servers.free_port()
        url = databases.fresh("sqlite", "offline")
        data = servers.folder() / "offline"
        data.mkdir(exist_ok=True)
        app = thinkia.create_app(databases.settings(url, data, base_url=f"http://127.0.0.1:{port}"))
        with app.app_context(), served(app, port) as address:
            found = outcomes(app, address, schedules, first)
            weight = sum(len(app.extensions["shelf"][name].brotli) for name in SCRIPTS)
        databases.dispose(app)
        return found, weight
    finally:
        servers.end(run)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--schedules", type=int, default=SCHEDULES)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    asked = parser.parse_args()
    found, weight = measure(asked.schedules, asked.first)
    acts: Counter[str] = sum((each.acts for each in found), Counter())
    figures = {
        "schedules": len(found),
        "edits": sum(each.edits for each in found),
        "acts": dict(acts.most_common()),
        "not_clean": [
            each.seed for each in found if each.lost or each.doubled or each.undecided or each.left
        ],
    }
    checks = [
        Check("edits that were not made", asked.schedules * EDITS - figures["edits"], 0),
        Check("fields whose last value did not arrive", sum(each.lost for each in found), 0),
        Check("revisions beyond one an edit", sum(each.doubled for each in found), 0),
        Check("choices asked of one juror with one window", sum(each.undecided for each in found), 0),
        Check("drafts not sent in the end", sum(each.left for each in found), 0),
        Check("bytes of a juror's scripts, compressed", weight, MAY_WEIGH),
    ]
    tell("offline", figures, checks)


if __name__ == "__main__":
    main()
