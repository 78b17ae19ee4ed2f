"""``python -m benchmarks.juries SUBMISSIONS JURORS``: one call's panels, solved, repaired and compared.

Prints one JSON: processor seconds, the process's peak memory, and what greedy and chance would have made of
the same call. The call is drawn from a seed: five sectors, three of them required on every panel.
"""

import gc
import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from thinkia.domain.assignment import (
    AffinityTable,
    JurorSlot,
    PanelRequest,
    PanelRule,
    Plan,
    Problem,
    Quota,
    repair,
    solve,
    verify,
)

SHARES = {"public": 0.25, "academia": 0.25, "civil_society": 0.2, "private": 0.2, "cooperation": 0.1}
REQUIRED = ("public", "academia", "civil_society")
SIZE, MOST, SLACK, CONFLICTS = 4, 2, 1.3, 0.015
RULE = PanelRule(SIZE, tuple(Quota(sector, int(sector in REQUIRED), MOST) for sector in SHARES))


def a_call(submissions: int, jurors: int, seed: int = 1) -> Problem:
    """Affinities mostly low and a few high, as topics give them; capacity for 1.3 times what is asked."""
    draw = np.random.default_rng(seed)
    names = [f"s{n:05}" for n in range(submissions)]
    people = [f"j{n:04}" for n in range(jurors)]
    bounds = np.rint(np.cumsum(list(SHARES.values())) * jurors)
    sectors = [list(SHARES)[int(place)] for place in np.searchsorted(bounds, np.arange(jurors), side="right")]
    capacity = int(np.ceil(submissions * SIZE * SLACK / jurors))
    weights, conflicts = np.empty((submissions, jurors), np.int16), set()
    for i, name in enumerate(names):
        weights[i] = 10_000 * draw.random(jurors) ** 4
        conflicts |= {(name, people[j]) for j in np.flatnonzero(draw.random(jurors) < CONFLICTS)}
    return Problem(
        rule=RULE,
        submissions=tuple(PanelRequest(name) for name in names),
        jurors=tuple(JurorSlot(p, (sector,), capacity) for p, sector in zip(people, sectors, strict=True)),
        affinities=AffinityTable(names, people, weights),
        conflicts=frozenset(conflicts),
    )


def tables(problem: Problem) -> tuple[NDArray[np.int16], NDArray[np.bool_], NDArray[np.int64]]:
    """Weights, who may read what, and the number of each juror's sector."""
    affinities = cast("AffinityTable", problem.affinities)
    allowed = np.ones(affinities.weights.shape, bool)
    row = {name: i for i, name in enumerate(affinities.submissions)}
    column = {name: j for j, name in enumerate(affinities.jurors)}
    for submission, juror in problem.conflicts:
        allowed[row[submission], column[juror]] = False
    sectors = np.array([list(SHARES).index(slot.sectors[0]) for slot in problem.jurors])
    return affinities.weights, allowed, sectors


def one_by_one(problem: Problem, wishes: NDArray[Any]) -> tuple[int, int]:
    """The best free juror by ``wishes``, submission by submission, required sectors first.

    Returns the value and the required seats left empty.
    """
    weights, allowed, sectors = tables(problem)
    room = np.array([slot.capacity for slot in problem.jurors])
    required = [list(SHARES).index(sector) for sector in REQUIRED]
    value = empty = 0
    for i in range(len(weights)):
        free = allowed[i] & (room > 0)
        sitting: Counter[int] = Counter()
        for wanted in (*required, *[None] * (SIZE - len(required))):
            open_to = free & (sectors == wanted) if wanted is not None else free
            if not open_to.any():
                empty += wanted is not None
                continue
            j = int(np.where(open_to, wishes[i], -1).argmax())
            free[j], room[j], value = False, room[j] - 1, value + int(weights[i, j])
            sitting[int(sectors[j])] += 1
            if sitting[int(sectors[j])] == MOST:
                free &= sectors != sectors[j]
    return value, empty


def repaired(problem: Problem, plan: Plan) -> dict[str, float]:
    """The busiest juror leaves: the vacant seats refilled, beside everything solved again."""
    gone = max(sorted(plan.loads), key=lambda juror: plan.loads[juror])
    left = replace(problem, jurors=tuple(slot for slot in problem.jurors if slot.juror != gone))
    taken = []
    for _ in range(3):  # so short a time needs a second look
        started = process_time()
        after = repair(left, plan.pairs)
        taken.append(process_time() - started)
    started = process_time()
    again = solve(left)
    resolved = process_time() - started
    kept = {pair for pair in plan.pairs if pair.juror != gone}
    return {
        "vacated": plan.loads[gone],
        "moved": len(kept - set(after.pairs)),
        "empty": len(after.shortfall),
        "value_to_resolved": round(after.value / again.value, 6),
        "seconds_to_resolved": round(min(taken) / resolved, 4),
    }


def measured(submissions: int, jurors: int) -> dict[str, Any]:
    """Everything about one size."""
    problem = a_call(submissions, jurors)
    gc.collect()
    started = process_time()
    plan = solve(problem)
    seconds = process_time() - started
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    greedy, left_empty = one_by_one(problem, tables(problem)[0])
    chance, _ = one_by_one(problem, np.random.default_rng(2).random((submissions, jurors), np.float32))
    return {
        "seconds": round(seconds, 2),
        "peak_mb": round(int(peak.split()[1]) * 1024 / 1e6),
        "value": plan.value,
        "gap": plan.upper_bound - plan.value,
        "certified": plan.certified,
        "connected": plan.connected,
        "violations": len(verify(problem, plan.pairs)),
        "required_empty": sum(row.sector is not None for row in plan.shortfall),
        "required_empty_greedy": left_empty,
        "value_to_greedy": round(plan.value / greedy, 4),
        "value_to_random": round(plan.value / chance, 4),
        "repair": repaired(problem, plan),
    }


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]), int(sys.argv[2]))))
