"""``python -m benchmarks.severity SUBMISSIONS SIZE JURORS``: one large call's marks, studied.

Prints one JSON: processor seconds, the process's peak memory before anything else is tried, and the same
model's variances by EM-REML.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any, TypeVar

import numpy as np

from benchmarks.marks import DRAWS, Scenario, panels
from benchmarks.reml import em_reml
from thinkia.domain.ranking.study.cut import Cut
from thinkia.domain.ranking.study.model import estimate, estimate_with
from thinkia.domain.ranking.study.posterior import draw

PLACES = 100
Found = TypeVar("Found")


def measured(submissions: int, size: int, jurors: int) -> dict[str, Any]:
    """Severities, intervals and the chance of being inside; then the variances again, step by step."""
    scores = panels(Scenario(submissions=submissions, size=size, jurors=jurors), seed=1).scores
    seconds, found = _least(lambda: estimate(scores))
    if found is None:
        raise ValueError("too few reviews")
    started = process_time()
    draws = draw(found, Cut(places=PLACES), DRAWS, np.random.default_rng(1))
    low, high = draws.intervals
    drawn = process_time()
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    em_seconds, reml = _least(lambda: em_reml(scores))
    other = estimate_with(scores, reml.variances)
    return {
        "seconds": round(seconds, 2),
        "draws": DRAWS,
        "draws_seconds": round(drawn - started, 2),
        "peak_mb": round(int(peak.split()[1]) * 1024 / 1e6),
        "middle_interval": int(np.median(high - low + 1)),
        "em_seconds": round(em_seconds, 2),
        "em_steps": reml.steps,
        "seconds_to_em": round(seconds / em_seconds, 4),
        "deviations": _deviations(found.variances),
        "em_deviations": _deviations(reml.variances),
        "adjusted_difference": round(float(np.abs(found.adjusted - other.adjusted).max()), 6),
        "severity_difference": round(float(np.abs(found.severities - other.severities).max()), 6),
        "quality_difference": round(float(np.abs(found.quality - other.quality).max()), 6),
    }


def _least(work: Callable[[], Found]) -> tuple[float, Found]:
    """The least of three times, and what came of it: other work on the machine only ever adds."""
    taken = []
    for _ in range(3):
        started = process_time()
        found = work()
        taken.append(process_time() - started)
    return min(taken), found


def _deviations(variances: Any) -> dict[str, float]:
    names = ("quality", "severity", "noise")
    return {name: round(getattr(variances, name) ** 0.5, 4) for name in names}


if __name__ == "__main__":
    print(json.dumps(measured(*map(int, sys.argv[1:4]))))
