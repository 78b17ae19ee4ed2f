"""The benchmark of the pages runs to its end on a small call; its counts and bytes hold there too."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.report import Check
from tests import servers
from tests.servers import chromium, postgres
from tests.servers.fixtures import needed

ROOT = Path(__file__).parents[2]
SMALL = {"submissions": 12, "smaller": 6, "jurors": 3, "reviews": 15, "requests": 1, "warm-ups": 1}
TEN = {
    "home",
    "call",
    "results",
    "sign-in",
    "team",
    "task list",
    "juror's desk",
    "scoring page",
    "organiser's progress",
    "save of one mark",
}


def test_a_check_holds_up_to_its_bar():
    assert Check("queries", 12, 12).holds
    assert not Check("queries", 13, 12).holds


def test_the_pages_stay_within_their_bars():
    needed(chromium.program)
    if not postgres.available():
        needed(unavailable)
    small = [f"--{name}={number}" for name, number in SMALL.items()]
    command = [sys.executable, ROOT / "benchmarks/pages.py", *small]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)

    assert set(told["pages"]) == TEN
    assert told["export"]["marks"] >= 12 * 4
    broken = [check for check in told["checks"] if not check["holds"]]
    by_time = [check for check in broken if "growth" in check["name"]]
    assert broken == by_time  # of so few requests, time says nothing
    assert done.returncode == bool(broken)
    assert len(told["checks"]) == 9 * 5 + 2 + 3


def unavailable():
    raise servers.Unavailable("PostgreSQL: no initdb on PATH nor in /usr/lib/postgresql")
