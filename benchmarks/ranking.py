"""Orders from marks whose truth is known, and one large call: which method finds it, how sure, how fast.

    .venv/bin/python benchmarks/ranking.py

The large call runs in a process of its own (``benchmarks.severity``), whose peak memory is its own. Times
are processor time and are compared within one run.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.marks import SCENARIOS, averaged  # noqa: E402 - it is found once the root is on the path
from benchmarks.report import Check, tell  # noqa: E402

GAINS = {"realistic": ("mean", 0.04), "severe": ("mean", 0.11), "tracks": ("z_score", 0.15)}
CALIBRATED = ("realistic", "severe", "tracks", "complete")
LARGE = ("20000", "5", "1000")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    asked.add_argument("--seeds", type=int, default=24, help="panels drawn for each scenario")
    asked.add_argument("--large", nargs=3, default=LARGE, metavar=("SUBMISSIONS", "SIZE", "JURORS"))
    given = asked.parse_args()
    found = {name: averaged(scenario, range(given.seeds)) for name, scenario in SCENARIOS.items()}
    command = [sys.executable, "-m", "benchmarks.severity", *given.large]
    alone = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # a thread that waits for others counts as busy
    done = subprocess.run(command, cwd=ROOT, env=alone, stdout=subprocess.PIPE, check=True)
    large: dict[str, Any] = json.loads(done.stdout)
    table = {name: {key: round(value, 3) for key, value in of.items()} for name, of in found.items()}
    tell(
        "ranking",
        {"seeds": given.seeds, "tau": table, "large": large},
        [*accuracy(found), *speed(large)],
    )


def accuracy(found: dict[str, dict[str, float]]) -> list[Check]:
    """What the adjusted order must reach, as figures that must not be above their bars."""
    checks = [
        Check(f"{name}: τ of {other} less that of adjusted", _rounded(of[other] - of["adjusted"]), -gain)
        for name, (other, gain) in GAINS.items()
        for of in (found[name],)
    ]
    complete = found["complete"]
    differs = _rounded(abs(complete["mean"] - complete["adjusted"]))
    checks.append(Check("complete: difference of τ between mean and adjusted", differs, 0.005))
    return checks + [
        Check(
            f"{name}: distance of the coverage of 90 % intervals from .9",
            _rounded(abs(found[name]["coverage"] - 0.9)),
            0.03,
        )
        for name in CALIBRATED
    ]


def speed(large: dict[str, Any]) -> list[Check]:
    return [
        Check("large: time to that of EM-REML", large["seconds_to_em"], 0.125),
        Check(
            "large: difference in adjusted scores to EM-REML's variances", large["adjusted_difference"], 0.01
        ),
        Check("large: difference in severities", large["severity_difference"], 0.01),
        Check("large: difference in qualities", large["quality_difference"], 0.01),
        Check(f"large: peak memory in MB with {large['draws']} draws", large["peak_mb"], 500),
    ]


def _rounded(figure: float) -> float:
    return round(figure, 4)


if __name__ == "__main__":
    main()
