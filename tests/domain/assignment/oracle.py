"""The best panels by another road: the rules as a mixed-integer programme for SciPy, one question after the other."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


def oracle_standing(problem):
    """(−required seats empty, −seats empty, −extra seats and minimum loads missed, value) of the best plan."""
    model = _Model(problem)
    answers = [model.least(model.required), model.least(model.empty), model.least(model.missed)]
    return (*(-answer for answer in answers), model.most_value())


def standing_of(problem, pairs):
    """The same four figures of these pairs, by counting."""
    required = empty = extra_missed = 0
    for request in problem.submissions:
        rule = problem.rule_of(request)
        here = [pair.sector for pair in pairs if pair.submission == request.submission]
        missing = sum(max(0, q.least - here.count(q.sector)) for q in rule.quotas)
        required, empty = required + missing, empty + max(missing, rule.size - len(here))
        left = min(rule.extra, max(0, rule.size + rule.extra - len(here) - missing))
        extra_missed += left * (left + 1) // 2
    loads = {slot.juror: sum(pair.juror == slot.juror for pair in pairs) for slot in problem.jurors}
    short = sum(max(0, min(slot.least, _room(problem, slot)) - loads[slot.juror]) for slot in problem.jurors)
    value = sum(int(10_000 * problem.affinities.get((p.submission, p.juror), 0)) for p in pairs)
    value -= sum(problem.balance * n * (n - 1) // 2 for n in loads.values())
    return -required, -empty, -extra_missed - short, value


def _room(problem, slot):
    return len(problem.submissions) if slot.capacity is None else min(slot.capacity, len(problem.submissions))


def _may(problem, request, slot):
    key = (request.submission, slot.juror)
    if key in problem.conflicts or key in problem.bans:
        return False
    if any((pin.submission, pin.juror) == key for pin in problem.pins):
        return True
    if request.language and slot.languages and request.language not in slot.languages:
        return False
    if request.track and slot.tracks and request.track not in slot.tracks:
        return False
    return not request.institution or request.institution != slot.institution


class _Model:
    def __init__(self, problem):
        self.problem, self.costs, self.rows, self.limits, self.most = problem, [], [], [], []
        self.value, self.required, self.empty, self.missed = {}, {}, {}, {}
        self.seats = {
            (request.submission, slot.juror, sector): self.variable(1)
            for request in problem.submissions
            for slot in problem.jurors
            if _may(problem, request, slot)
            for sector in slot.sectors
        }
        for (s, j, _), x in self.seats.items():
            self.value[x] = int(10_000 * problem.affinities.get((s, j), 0))
        for request in problem.submissions:
            self.panel(request)
        for slot in problem.jurors:
            self.juror(slot)

    def variable(self, most):
        self.most.append(most)
        return len(self.most) - 1

    def row(self, terms, low, high):
        self.rows.append(dict(terms))
        self.limits.append((low, high))

    def of(self, submission=None, juror=None, sector=None):
        return [
            x
            for (s, j, c), x in self.seats.items()
            if submission in (None, s) and juror in (None, j) and sector in (None, c)
        ]

    def panel(self, request):
        name, rule = request.submission, self.problem.rule_of(request)
        short = []
        for sector in self.problem.sectors:
            least, most = rule.bounds(sector)
            lacking = self.variable(least)
            short.append(lacking)
            self.required[lacking] = self.empty[lacking] = 1
            here = dict.fromkeys(self.of(name, None, sector), 1)
            self.row(here | {lacking: 1}, least, most)
        left, extras = self.variable(rule.size), [self.variable(1) for _ in range(rule.extra)]
        self.empty[left] = 1
        self.missed |= {x: n + 1 for n, x in enumerate(extras)}
        everybody = dict.fromkeys(self.of(name), 1) | dict.fromkeys([*short, left, *extras], 1)
        self.row(everybody, rule.size + rule.extra, rule.size + rule.extra)
        pinned = {pin.juror for pin in self.problem.held_pins() if pin.submission == name}
        for institution in {slot.institution for slot in self.problem.jurors} - {""}:
            members = [slot.juror for slot in self.problem.jurors if slot.institution == institution]
            fixed = sum(juror in pinned for juror in members)
            self.row({x: 1 for juror in members for x in self.of(name, juror)}, 0, max(1, fixed))
        for slot in self.problem.jurors:
            self.row(dict.fromkeys(self.of(name, slot.juror), 1), slot.juror in pinned, 1)
        for pin in self.problem.held_pins():
            if pin.submission == name and pin.sector:
                self.row(dict.fromkeys(self.of(name, pin.juror, pin.sector), 1), 1, 1)

    def juror(self, slot):
        mine = self.of(None, slot.juror)
        pinned = sum(pin.juror == slot.juror for pin in self.problem.held_pins())
        room = max(pinned, _room(self.problem, slot))
        self.row(dict.fromkeys(mine, 1), 0, room)
        lacking = self.variable(slot.least)
        self.missed[lacking] = 1
        self.row(dict.fromkeys(mine, 1) | {lacking: 1}, min(slot.least, _room(self.problem, slot)), np.inf)
        if self.problem.balance:
            steps = [self.variable(1) for _ in mine]
            self.value |= {x: -self.problem.balance * n for n, x in enumerate(steps)}
            self.row(dict.fromkeys(mine, 1) | dict.fromkeys(steps, -1), -np.inf, 0)

    def answer(self, cost):
        table = np.zeros((len(self.rows), len(self.most)))
        for n, terms in enumerate(self.rows):
            for x, factor in terms.items():
                table[n, x] = factor
        low, high = np.array(self.limits, float).reshape(-1, 2).T
        vector = np.zeros(len(self.most))
        for x, factor in cost.items():
            vector[x] = factor
        found = milp(
            vector,
            constraints=LinearConstraint(table, low, high),
            integrality=np.ones(len(vector)),
            bounds=Bounds(0, np.array(self.most, float)),
            options={"mip_rel_gap": 0},
        )
        assert found.success, found.message
        return round(found.fun)

    def least(self, terms):
        """How few of these there have to be; from here on there are no more."""
        fewest = self.answer(terms)
        self.row(terms, 0, fewest)
        return fewest

    def most_value(self):
        return -self.answer({x: -factor for x, factor in self.value.items()})
