"""Panels of four sizes: proved best, against greedy, chance and HiGHS; and the repair after a juror leaves.

    .venv/bin/python benchmarks/assignment.py

Each size runs in a process of its own (``benchmarks.juries``), whose peak memory is its own. Times are
processor time and are compared within one run.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.report import Check, tell  # noqa: E402 - it is found once the root is on the path

SIZES = ((200, 20), (2_000, 100), (10_000, 500), (20_000, 1_000))
COMPARED = "2000x100"  # with HiGHS
LARGEST = "20000x1000"


def main() -> None:
    found = {f"{submissions}x{jurors}": _measured(submissions, jurors) for submissions, jurors in SIZES}
    highs = _run("benchmarks.highs", COMPARED.split("x"))
    tell("assignment", {"sizes": found, "highs": highs}, [*_checks(found), *_against(highs)])


def _measured(submissions: int, jurors: int) -> dict[str, Any]:
    return _run("benchmarks.juries", [str(submissions), str(jurors)])


def _run(module: str, arguments: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _checks(found: dict[str, dict[str, Any]]) -> list[Check]:
    checks = []
    for size, of in found.items():
        checks += [
            Check(f"{size}: gap", of["gap"], 0),
            Check(f"{size}: violations", of["violations"], 0),
            Check(f"{size}: required seats empty", of["required_empty"], 0),
            Check(f"{size}: greedy to the plan's value", round(1 / of["value_to_greedy"], 4), 0.9999),
            Check(f"{size}: pairs moved by repair", of["repair"]["moved"], 0),
        ]
        if of["repair"]["empty"] == 0:
            lost = round(1 - of["repair"]["value_to_resolved"], 6)
            checks.append(Check(f"{size}: value lost by repair", lost, 0.003))
    largest = found[LARGEST]
    ratio = largest["repair"]["seconds_to_resolved"]
    checks.append(Check(f"{LARGEST}: time of repair to solving again", ratio, 0.05))
    return [*checks, Check(f"{LARGEST}: peak memory in MB", largest["peak_mb"], 400)]


def _against(highs: dict[str, Any]) -> list[Check]:
    return [
        Check(f"{COMPARED}: difference to HiGHS in value", abs(highs["difference"]), 0),
        Check(f"{COMPARED}: time to that of HiGHS simplex", highs["seconds_to_highs"], round(1 / 7, 4)),
    ]


if __name__ == "__main__":
    main()
