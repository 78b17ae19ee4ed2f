"""The results desk of a call of 2,000 submissions with 5 reviews each: queries, bytes, the whole ranking.

    .venv/bin/python benchmarks/desk.py

The order is computed from the database as the button does it, then studied as the task does it; the page is
asked of gunicorn with the settings of production, as an organiser, once the study is there.
"""

import argparse
import signal
import sys
from pathlib import Path
from time import process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # started as a file, or with -m

import thinkia
from benchmarks import sites
from benchmarks.report import Check, tell
from benchmarks.sites import Site
from benchmarks.visits import ask as fetch
from benchmarks.visits import whole
from config import Settings
from tests.servers import databases
from thinkia import clock
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.db.transaction import transaction
from thinkia.demo.load import Size
from thinkia.domain.lifecycle import RankingState
from thinkia.domain.ranking.record import read
from thinkia.results.computation import computed, inputs_of
from thinkia.results.current_study import studied
from thinkia.results.models import Ranking
from thinkia.results.queries import current_ranking
from thinkia.results.services.study import DRAWS, ask
from thinkia.results.tasks import make_study

CALL = "large-results"
PAGES = {
    "desk": "/manage/calls/large-results/results",
    "last page of the desk": "/manage/calls/large-results/results?page={last}",
}
MOST_QUERIES = 20
MOST_BYTES = 150_000
MOST_SECONDS = 5.0  # of the processor, for the whole ranking of 10,000 reviews


def main() -> None:
    asked = _arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    size = Size(asked.submissions, asked.jurors, asked.reviews)
    with sites.running():
        settings = sites.prepare("desk", size, large=[CALL])
        figures = _calculated(settings)
        site = sites.serve("desk", settings)
        last = -(-asked.submissions // 50)
        pages = {name: _page(site, path.format(last=last)) for name, path in PAGES.items()}
    tell("desk", {"calculated": figures, "pages": pages}, _checks(figures, pages))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=2000)
    parser.add_argument("--jurors", type=int, default=100)
    parser.add_argument("--reviews", type=int, default=10_000, help="final ones, over all jurors")
    return parser.parse_args()


def _calculated(settings: Settings) -> dict[str, Any]:
    """Seconds of the processor, each once."""
    app = thinkia.create_app(settings)
    try:
        with app.app_context():
            return _timed(call_by_code(CALL) or sys.exit(f"there is no call {CALL}"))
    finally:
        databases.dispose(app)


def _timed(call: Call) -> dict[str, Any]:
    begun = process_time()
    inputs = inputs_of(call)
    loaded = process_time()
    found = computed(call, inputs)
    ranked = process_time()
    studied(call.bases.ranking_rules, inputs, found.record, draws=DRAWS, seed=1)
    ended = process_time()
    ranking = current_ranking(call)
    if ranking is None or len(read(ranking.content).lines) != len(found.record.lines):
        sys.exit("the order that stands is not that of the call")
    _take_back(ranking)
    ask(ranking, clock.now())
    make_study(ranking.id)
    return {
        "submissions": len(found.record.lines),
        "reviews": len(inputs.final),
        "loading_seconds": round(loaded - begun, 2),
        "ranking_seconds": round(ranked - begun, 2),
        "study_seconds": round(ended - ranked, 2),
        "draws": DRAWS,
    }


def _take_back(ranking: Ranking) -> None:
    """As it is before publication, when the desk looks each time whether anything has changed."""
    with transaction():
        ranking.state, ranking.published_at, ranking.published_by_id = RankingState.CONFIRMED, None, None
        ranking.call.results_published_at = None


def _page(site: Site, path: str) -> dict[str, Any]:
    cookie = site.cookies["organiser"]
    sent = whole(fetch(site.address, path, cookie=cookie), path)
    plain = fetch(site.address, path, cookie=cookie, accept="identity")
    return {
        "queries": max(sent.queries, plain.queries),
        "html_bytes": len(plain.body),
        "html_compressed": len(sent.body),
        "intervals": plain.body.count(b'class="iv"'),
    }


def _checks(figures: dict[str, Any], pages: dict[str, Any]) -> list[Check]:
    checks = [Check("the whole ranking: seconds", figures["ranking_seconds"], MOST_SECONDS)]
    for name, cost in pages.items():
        checks += [
            Check(f"{name}: queries", cost["queries"], MOST_QUERIES),
            Check(f"{name}: bytes of HTML as received", cost["html_compressed"], MOST_BYTES),
            Check(f"{name}: bytes of HTML unpacked", cost["html_bytes"], MOST_BYTES),
            Check(f"{name}: rows without an interval", int(not cost["intervals"]), 0),
        ]
    return checks


if __name__ == "__main__":
    main()
