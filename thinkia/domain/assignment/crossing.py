"""Rules that cross are no flow: an institution whose jurors sit for different sectors.

Then the panels are a mixed-integer programme, given to HiGHS in two questions: how few
seats must stay empty, and what is the best plan that leaves no more. Its own bound
counts where it was given every pair; in any case the prices of its relaxation give one.
"""

from dataclasses import dataclass, field
from math import floor
from typing import Any

import numpy as np

from thinkia.domain.assignment.instance import Bools, Instance, Ints
from thinkia.domain.assignment.network import Ties
from thinkia.domain.assignment.pruning import likely_pairs

_PATIENCE = 120_000  # milliseconds for each question
_FEW_PAIRS = 30_000


def crossing_seats(instance: Instance, ties: Ties) -> tuple[Ints, Ints, int | None]:
    """The seats (row, column, sector), the jurors' prices, and the most a plan can be worth, if known."""
    everything = instance.allowed.sum() <= _FEW_PAIRS
    open_pairs = instance.allowed if everything else likely_pairs(instance, ties)
    programme = _Programme(instance, open_pairs, "HIGHS")
    fewest, proved = programme.fewest_empty()
    bound = programme.best_value(fewest)
    seats = programme.seats()
    relaxed = _Programme(instance, open_pairs, "GLOP")
    relaxed.best_value(fewest)
    return seats, relaxed.prices(), floor(bound + 1e-4) if everything and proved else None


@dataclass(slots=True)
class _Rows:
    """Variables by the row of the programme they stand in."""

    place: dict[tuple[int, int], list[Any]] = field(default_factory=dict)
    juror: dict[int, list[Any]] = field(default_factory=dict)
    once: dict[tuple[int, int], list[Any]] = field(default_factory=dict)
    pinned: dict[tuple[int, int], list[Any]] = field(default_factory=dict)

    @staticmethod
    def add(rows: dict[Any, list[Any]], key: Any, variable: Any) -> None:
        rows.setdefault(key, []).append(variable)


class _Programme:
    """The same model as ``network``, with institutions across sectors."""

    def __init__(self, instance: Instance, open_pairs: Bools, solver: str) -> None:
        # 20 ms that only rules that cross need
        from ortools.linear_solver import pywraplp

        self.instance, self.solver = instance, pywraplp.Solver.CreateSolver(solver)
        self.parameters = pywraplp.MPSolverParameters()
        self.parameters.SetDoubleParam(pywraplp.MPSolverParameters.RELATIVE_MIP_GAP, 0.0)
        self.whole = solver == "HIGHS"
        self.solver.set_time_limit(_PATIENCE)
        self.seat: list[tuple[int, int, int, Any]] = []
        self.worth: list[tuple[int, Any]] = []
        self.empty: list[tuple[int, Any]] = []  # in steps
        self.rows = _Rows()
        self._lay_seats(open_pairs)
        self._lay_panels()
        self.loads = [self._lay_load(j) for j in range(len(instance.jurors))]

    def _variable(self, most: int = 1) -> Any:
        return self.solver.IntVar(0, most, "") if self.whole else self.solver.NumVar(0, most, "")

    def _lay_seats(self, open_pairs: Bools) -> None:
        of, house = self.instance, self.instance.house
        for i, j in np.argwhere(open_pairs).tolist():
            for c in np.flatnonzero(of.sits[j]).tolist():
                x = self._variable()
                self.seat.append((i, j, c, x))
                self.worth.append((int(of.weights[i, j]), x))
                self.rows.add(self.rows.place, (i, c), x)
                self.rows.add(self.rows.juror, j, x)
                gate = int(house[j]) if house[j] >= 0 else -1 - j
                self.rows.add(self.rows.once, (i, gate), x)
        for i, j in of.free.tolist():
            for c in np.flatnonzero(of.sits[j]).tolist():
                x = self._variable()
                self.seat.append((i, j, c, x))
                self.rows.add(self.rows.place, (i, c), x)
                self.rows.add(self.rows.pinned, (i, j), x)
        for variables in self.rows.once.values():
            if len(variables) > 1:
                self.solver.Add(sum(variables) <= 1)
        for variables in self.rows.pinned.values():
            self.solver.Add(sum(variables) == 1)

    def _lay_panels(self) -> None:
        of = self.instance
        dearest = 1 + int(of.open_seats.sum() * (2 + of.extra.max(initial=0)) + of.wanted.sum())
        for i in range(len(of.submissions)):
            opened = []
            for c in range(len(of.sectors)):
                kept, most = int(of.reserved[i, c]), int(of.most[i, c])
                short, more = self._variable(kept), self._variable(most - kept)
                opened.append(more)
                self.empty.append((dearest, short))
                self.solver.Add(sum(self.rows.place.get((i, c), [])) + short == kept + more)
            costs = of.empty_costs(i)
            left = [self._variable() for _ in costs]
            units = [dearest if cost == of.required_cost else cost // of.step for cost in costs]
            self.empty += zip(units, left, strict=True)
            self.solver.Add(sum(opened) + sum(left) == len(costs))

    def _lay_load(self, j: int) -> Any:
        of, variables = self.instance, self.rows.juror.get(j, [])
        most = min(int(of.capacity[j]), len(variables))
        if not of.balance and not of.wanted[j]:
            return self.solver.Add(sum(variables) <= most)
        steps = [self._variable() for _ in range(most)]
        for n, step in enumerate(steps):
            self.worth.append((-of.balance * (int(of.load[j]) + n), step))
            if n < of.wanted[j]:
                self.empty.append((-1, step))
        return self.solver.Add(sum(variables) - sum(steps) <= 0)

    def fewest_empty(self) -> tuple[int, bool]:
        """The weight of the seats that must stay empty, in steps; and whether that is proved."""
        self.solver.Minimize(sum(weight * x for weight, x in self.empty))
        status = self.solver.Solve(self.parameters)
        return round(self.solver.Objective().Value()), status == self.solver.OPTIMAL

    def best_value(self, fewest: int) -> float:
        """Find the best plan that leaves no more empty; the most that one can be worth."""
        if self.empty:
            self.solver.Add(sum(weight * x for weight, x in self.empty) <= fewest)
        self.solver.Maximize(sum(weight * x for weight, x in self.worth))
        self.solver.Solve(self.parameters)
        pinned = self.instance.settled_value
        return float(self.solver.Objective().BestBound()) + pinned if self.whole else 0.0

    def seats(self) -> Ints:
        """Who sits where in the plan that was found."""
        taken = sorted((i, j, c) for i, j, c, x in self.seat if x.solution_value() > 0.5)
        return np.array(taken, np.int64).reshape(len(taken), 3)

    def prices(self) -> Ints:
        """The dual prices of the jurors' time."""
        return np.maximum(0, np.rint([load.dual_value() for load in self.loads])).astype(np.int64)
