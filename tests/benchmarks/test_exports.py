"""The benchmark of exports, on a small call."""

import json
import subprocess
import sys

from tests.architecture.house import ROOT
from tests.benchmarks.test_pages import unavailable
from tests.servers import postgres
from tests.servers.fixtures import needed

SMALL = {"submissions": 20, "jurors": 5, "reviews": 60, "rows": 200}


def test_an_export_of_all_marks_stays_within_its_bars():
    if not postgres.available():
        needed(unavailable)
    small = [f"--{name}={number}" for name, number in SMALL.items()]
    command = [sys.executable, ROOT / "benchmarks/exports.py", *small]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    assert (told["csv"]["rows"], told["xlsx"]["rows"]) == (told["csv"]["marks"],) * 2
    assert told["csv"]["rows"] >= 200
    assert [check for check in told["checks"] if not check["holds"]] == []
    assert (done.returncode, len(told["checks"])) == (0, 8)
