"""The ranking of marks a second time, from the text of the rules alone: it shares no line with the first.

A case is plain data: ``aggregate``, ``marks_to_score``, ``criteria``, ``method``, ``tie_break``, ``cut_off``
as in a call file, with numbers as text; ``rows`` (submission, juror, sector, criterion, mark); ``instants``
by submission.
"""

import hashlib
from collections import defaultdict
from fractions import Fraction
from math import isqrt


class CannotRankError(Exception):
    """The rules give these marks no order."""


def ranking(case, *, exclude=False):
    """The lines of the ranking, as the command writes them in JSON."""
    panels = _panels(case, exclude=exclude)
    _demand_sizes(case, panels)
    values = {code: _values(case, panel) for code, panel in panels.items()}
    for code, score in _compared(case, panels).items():
        values[code]["score"] = score
    for code in values:
        values[code] |= {"submitted_at": case["instants"].get(code)}
        values[code] |= {"lottery": _drawn(case, code)}
    chain = [name_of(step) for step in case["tie_break"] if step["key"] != "chair"]
    groups = _parted([sorted(values)], "score", values)
    for name in chain:
        groups = _parted(groups, name, values)
    return _lines(groups, values, chain, case)


def name_of(step):
    return f"{step['key']}:{step['code']}" if "code" in step else step["key"]


def ends(scale):
    """The lowest and the highest mark."""
    if "values" in scale:
        return Fraction(scale["values"][0]), Fraction(scale["values"][-1])
    if "checklist" in scale:
        return Fraction(0), sum(map(Fraction, scale["checklist"]))
    return Fraction(scale["min"]), Fraction(scale["max"])


def written(number):
    """Every decimal where they end, and one at least; otherwise six, half to even."""
    places = next((n for n in range(1, 60) if (number * 10**n).denominator == 1), 6)
    units = round(number * 10**places)
    digits = str(abs(units)).zfill(places + 1)
    return f"{'-' * (units < 0)}{digits[:-places]}.{digits[-places:]}"


def _panels(case, *, exclude):
    """The complete reviews of each submission: (juror, sector, marks)."""
    reviews = defaultdict(dict)
    sectors = {}
    for submission, juror, sector, criterion, mark in case["rows"]:
        sectors[juror] = sector
        reviews[submission, juror] |= {criterion: Fraction(mark)} if mark else {}
    panels = {submission: [] for submission, _juror in reviews}
    for (submission, juror), marks in reviews.items():
        if len(marks) == len(case["criteria"]):
            panels[submission].append((juror, sectors[juror], marks))
        elif not exclude:
            raise CannotRankError("incomplete")
    if not all(panels.values()):
        raise CannotRankError("nothing left")
    return panels


def _demand_sizes(case, panels):
    sizes = {len(panel) for panel in panels.values()}
    name = case["method"]["name"]
    if name == "sum" and len(sizes) > 1:
        raise CannotRankError("some would have fewer")
    if name == "trimmed_mean" and min(sizes) <= 2 * int(case["method"].get("trim", 1)):
        raise CannotRankError("nothing would be left")


def _total(case, marks):
    return sum((_points(case, one, marks[one["code"]]) for one in case["criteria"]), Fraction(0))


def _compared(case, panels):
    """The scores of methods that look at all that a juror read; otherwise none."""
    name = case["method"]["name"]
    if name not in {"borda", "z_score"}:
        return {}
    sheets = defaultdict(dict)
    for code, panel in panels.items():
        for juror, _sector, marks in panel:
            sheets[juror][code] = _total(case, marks)
    gained = defaultdict(list)
    for sheet in sheets.values():
        mean = sum(sheet.values()) / len(sheet)
        square = sum((one - mean) ** 2 for one in sheet.values())
        for code, own in sheet.items():
            rest = [other for name_, other in sheet.items() if name_ != code]
            if name == "borda":
                won = sum(2 * (own > other) + (own == other) for other in rest)
                gained[code].append(Fraction(50 * won, len(rest)) if rest else Fraction(50))
            elif square:
                exact = square / len(rest)
                root = Fraction(isqrt(exact.numerator * 10**120 // exact.denominator), 10**60)
                gained[code].append((own - mean) / root)
            else:
                gained[code].append(Fraction(0))
    means = {code: sum(some) / len(some) for code, some in gained.items()}
    return (
        means if name == "borda" else {code: Fraction(round(z * 10**9), 10**9) for code, z in means.items()}
    )


def _values(case, panel):
    """The jury's score of a submission and its value for each key of the chain."""
    criteria = case["criteria"]

    def points(marks, some):
        return sum((_points(case, one, marks[one["code"]]) for one in some), Fraction(0))

    found = {"score": _of_the_jury(case, panel, lambda marks: points(marks, criteria))}
    if case["method"]["name"] == "sum":
        found["score"] *= len(panel)
    for step in case["tie_break"]:
        if step["key"] == "criterion":
            found[name_of(step)] = _of_the_jury(case, panel, lambda marks, step=step: marks[step["code"]])
        if step["key"] == "group":
            some = [one for one in criteria if one.get("group") == step["code"]]
            found[name_of(step)] = _of_the_jury(case, panel, lambda marks, some=some: points(marks, some))
    return found


def _points(case, criterion, mark):
    if case["aggregate"] == "sum":
        return mark
    low, high = ends(criterion["scale"])
    share = Fraction(criterion["weight"]) if "weight" in criterion else Fraction(100, len(case["criteria"]))
    return share * (mark / high if case["marks_to_score"] == "of_max" else (mark - low) / (high - low))


def _of_the_jury(case, panel, value):
    method = case["method"]
    if method["name"] == "trimmed_mean":
        return _without_extremes(case, panel, value)
    if method["name"] != "sector_balanced":
        return sum(value(marks) for _juror, _sector, marks in panel) / len(panel)
    by_sector = defaultdict(list)
    for _juror, sector, marks in panel:
        by_sector[sector].append(value(marks))
    weights = {sector: Fraction(weight) for sector, weight in method["sectors"].items()}
    lacking = [sector for sector, weight in weights.items() if weight and sector not in by_sector]
    total = sum(weights[sector] for sector in by_sector)
    if not total or (lacking and method.get("missing_sector") != "redistribute"):
        raise CannotRankError("a sector is missing")
    return sum(weights[sector] * sum(some) / len(some) for sector, some in by_sector.items()) / total


def _without_extremes(case, panel, value):
    """Equals stand for one another: each gives the mean of all of them."""
    alike = defaultdict(list)
    for _juror, _sector, marks in panel:
        alike[_total(case, marks)].append(value(marks))
    row = [sum(some) / len(some) for _score, some in sorted(alike.items()) for _one in some]
    out = int(case["method"].get("trim", 1))
    return sum(row[out:-out]) / len(row[out:-out])


def _drawn(case, code):
    seed = next((step["seed"] for step in case["tie_break"] if step["key"] == "lottery"), "")
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def _parted(groups, name, values):
    """Each tie in the order of one key, its equals together."""
    found = []
    for tied in groups:
        held = {code: values[code][name] for code in tied}
        if len(tied) > 1 and None in held.values():
            raise CannotRankError("an instant is needed")
        higher_first = name not in {"submitted_at", "lottery"}
        for value in sorted(set(held.values()), reverse=higher_first) if len(tied) > 1 else held.values():
            found.append([code for code in tied if held[code] == value])
    return found


def _lines(groups, values, chain, case):
    order = [(code, sum(map(len, groups[:at])) + 1) for at, tied in enumerate(groups) for code in tied]
    lines = []
    for (code, place), following in zip(order, [*(code for code, _ in order[1:]), None], strict=True):
        mine, score = values[code], values[code]["score"]
        equal = following is not None and values[following]["score"] == score
        decided = [name for name in chain if equal and values[following][name] != mine[name]]
        passes = None if case["cut_off"] is None else score >= Fraction(case["cut_off"])
        lines.append(
            {
                "place": place,
                "submission": code,
                "score": written(score),
                "decided_by": decided[0] if decided else None,
                "passes": passes,
            }
        )
    return lines
