"""``python -m benchmarks.highs SUBMISSIONS JURORS``: the same model for HiGHS, in one process.

Its dual simplex, on the model in full: a variable a pair, rows for panels, sectors and capacities. The
relaxation has whole solutions, so that its value is the plan's to the unit. Laying the model out counts on
both sides.
"""

import json
import sys
from time import process_time
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from benchmarks.juries import MOST, REQUIRED, SHARES, SIZE, a_call, tables
from thinkia.domain.assignment import Problem, solve


def linear_programme(problem: Problem) -> dict[str, Any]:
    """The arguments of ``linprog``: every panel full, sectors within their bounds, nobody over capacity."""
    weights, allowed, sectors = tables(problem)
    i, j = np.nonzero(allowed)
    rows, people, kinds = *weights.shape, len(SHARES)
    one, column = np.ones(len(i)), np.arange(len(i))
    panels = csr_array((one, (i, column)), shape=(rows, len(i)))
    place = i * kinds + sectors[j]
    by_sector = csr_array((one, (place, column)), shape=(rows * kinds, len(i)))
    required = np.tile([sector in REQUIRED for sector in SHARES], rows)
    loads = csr_array((one, (j, column)), shape=(people, len(i)))
    capacity = [slot.capacity for slot in problem.jurors]
    parts = [by_sector, -by_sector[np.flatnonzero(required)], loads]
    limits = [np.full(rows * kinds, MOST), np.full(int(required.sum()), -1), np.array(capacity)]
    return {
        "c": -weights[i, j].astype(float),
        "A_ub": vstack(parts, format="csr"),
        "b_ub": np.concatenate(limits).astype(float),
        "A_eq": panels,
        "b_eq": np.full(rows, float(SIZE)),
        "bounds": (0, 1),
    }


def measured(submissions: int, jurors: int) -> dict[str, Any]:
    problem = a_call(submissions, jurors)
    started = process_time()
    plan = solve(problem)
    middle = process_time()
    found = linprog(method="highs-ds", **linear_programme(problem))
    ended = process_time()
    return {
        "seconds": round(middle - started, 2),
        "highs_seconds": round(ended - middle, 2),
        "difference": plan.value - round(-found.fun),
        "seconds_to_highs": round((middle - started) / (ended - middle), 4),
    }


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))
