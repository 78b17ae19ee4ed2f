"""Rules that cross are no flow: an institution whose jurors sit for different sectors.

Then the panels are a mixed-integer programme, given to HiGHS in two questions: how few
seats must stay empty, and what is the best plan that leaves no more. Its own bound
counts where it was given every pair; in any case the prices of its relaxation give one.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from math import floor
from typing import Any

import numpy as np

from thinkia.domain.assignment.instance import Bools, Instance, Ints
from thinkia.domain.assignment.network import Ties, gates_of
from thinkia.domain.assignment.pruning import likely_pairs

_PATIENCE = timedelta(minutes=2)  # for each question
_ROUNDING = 1e-4
_FEW_PAIRS = 30_000


def crossing_seats(instance: Instance, ties: Ties) -> tuple[Ints, Ints, int | None]:
    """The seats (row, column, sector), the jurors' prices, and the most a plan can be worth, if known."""
    everything = instance.allowed.sum() <= _FEW_PAIRS
    open_pairs = instance.allowed if everything else likely_pairs(instance, ties)
    programme = _Programme(instance, open_pairs)
    fewest, proved = programme.fewest_empty()
    seats, bound = programme.best_seats(fewest)
    return seats, programme.prices(), floor(bound + _ROUNDING) if everything and proved else None


@dataclass(slots=True)
class _Groups:
    """Variables by the rule they stand in."""

    place: dict[tuple[int, int], list[Any]] = field(default_factory=lambda: defaultdict(list))
    juror: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    once: dict[tuple[int, int], list[Any]] = field(default_factory=lambda: defaultdict(list))
    pinned: dict[tuple[int, int], list[Any]] = field(default_factory=lambda: defaultdict(list))


class _Programme:
    """The same model as ``network``, with institutions across sectors."""

    def __init__(self, instance: Instance, open_pairs: Bools) -> None:
        # a second of start that only rules that cross need
        from ortools.math_opt.python import mathopt  # noqa: PLC0415

        self.of, self.mathopt, self.model = instance, mathopt, mathopt.Model()
        self.total = mathopt.fast_sum
        self.exact = mathopt.SolveParameters(relative_gap_tolerance=0.0, time_limit=_PATIENCE, random_seed=1)
        self.seat: list[tuple[int, int, int, Any]] = []
        self.worth: list[tuple[int, Any]] = []
        self.empty: list[tuple[int, Any]] = []  # what is left unfilled, in steps
        self.groups = _Groups()
        self._lay_seats(open_pairs)
        self._lay_panels()
        self.loads = [self._lay_load(j) for j in range(len(instance.jurors))]

    def _variable(self, most: int = 1) -> Any:
        return self.model.add_integer_variable(lb=0, ub=most)

    def _lay_seats(self, open_pairs: Bools) -> None:
        of, groups = self.of, self.groups
        gates = gates_of(of)
        for i, j in np.argwhere(open_pairs).tolist():
            for x in self._sitting(i, j):
                self.worth.append((int(of.weights[i, j]), x))
                groups.juror[j].append(x)
                groups.once[i, int(gates[j]) if gates[j] >= 0 else -1 - j].append(x)
        for i, j in of.free.tolist():
            groups.pinned[i, j] += self._sitting(i, j)
        for variables in groups.once.values():
            if len(variables) > 1:
                self.model.add_linear_constraint(self.total(variables) <= 1)
        for variables in groups.pinned.values():
            self.model.add_linear_constraint(self.total(variables) == 1)

    def _sitting(self, i: int, j: int) -> list[Any]:
        """This juror on this panel, a variable for each sector."""
        variables = []
        for c in np.flatnonzero(self.of.sits[j]).tolist():
            x = self._variable()
            self.seat.append((i, j, c, x))
            self.groups.place[i, c].append(x)
            variables.append(x)
        return variables

    def _lay_panels(self) -> None:
        of = self.of
        dearest = 1 + int(of.open_seats.sum() * (2 + of.extra.max(initial=0)) + of.wanted.sum())
        for i in range(len(of.submissions)):
            opened = []
            for c in range(len(of.sectors)):
                kept, most = int(of.reserved[i, c]), int(of.most[i, c])
                short, more = self._variable(kept), self._variable(most - kept)
                opened.append(more)
                self.empty.append((dearest, short))
                here = self.total(self.groups.place[i, c])
                self.model.add_linear_constraint(here + short - more == kept)
            costs = of.empty_costs(i)
            left = [self._variable() for _ in costs]
            units = [dearest if cost == of.required_cost else cost // of.step for cost in costs]
            self.empty += zip(units, left, strict=True)
            self.model.add_linear_constraint(self.total(opened + left) == len(costs))

    def _lay_load(self, j: int) -> Any:
        of, variables = self.of, self.groups.juror[j]
        most = min(int(of.capacity[j]), len(variables))
        steps = [self._variable() for _ in range(most if of.balance or of.wanted[j] else 0)]
        for n, step in enumerate(steps):
            self.worth.append((-of.balance * (int(of.load[j]) + n), step))
            if n < of.wanted[j]:
                self.empty.append((-1, step))
        read = self.total(variables)
        return self.model.add_linear_constraint(read == self.total(steps) if steps else read <= most)

    def fewest_empty(self) -> tuple[int, bool]:
        """The weight of what must stay unfilled, in steps; and whether that is proved."""
        self.model.minimize(_weighed(self.mathopt, self.empty))
        result = self.mathopt.solve(self.model, self.mathopt.SolverType.HIGHS, params=self.exact)
        proved = result.termination.reason == self.mathopt.TerminationReason.OPTIMAL
        return round(result.objective_value()), proved

    def best_seats(self, fewest: int) -> tuple[Ints, float]:
        """The best plan that leaves no more unfilled, and the most that one can be worth."""
        self.model.add_linear_constraint(_weighed(self.mathopt, self.empty) <= fewest)
        self.model.maximize(_weighed(self.mathopt, self.worth))
        result = self.mathopt.solve(self.model, self.mathopt.SolverType.HIGHS, params=self.exact)
        values = result.variable_values()
        taken = sorted((i, j, c) for i, j, c, x in self.seat if values[x] > 0.5)
        bound = result.best_objective_bound() + self.of.settled_value
        return np.array(taken, np.int64).reshape(len(taken), 3), bound

    def prices(self) -> Ints:
        """The dual prices of the jurors' time in the relaxation."""
        for variable in self.model.variables():
            variable.integer = False
        result = self.mathopt.solve(self.model, self.mathopt.SolverType.GLOP)
        duals = result.dual_values()
        return np.maximum(0, np.rint([duals[load] for load in self.loads])).astype(np.int64)


def _weighed(mathopt: Any, terms: list[tuple[int, Any]]) -> Any:
    return mathopt.fast_sum(weight * x for weight, x in terms if weight)
