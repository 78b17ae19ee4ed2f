"""The ranking of marks a second time, from the text of the rules alone: it shares no line with the first.

A case is plain data: ``aggregate``, ``marks_to_score``, ``criteria``, ``method``, ``tie_break``, ``cut_off``
as in a call file, with numbers as text; ``rows`` (submission, juror, sector, criterion, mark); ``instants``
by submission; ``metrics`` by metric and submission; ``groups`` of evaluators by juror. In a round: ``share`` and ``brought``, by submission.
"""

import hashlib
from collections import defaultdict
from fractions import Fraction
from math import isqrt


class CannotRankError(Exception):
    """The rules give these marks no order."""


def ranking(case, *, exclude=False):
    """The lines of the ranking, as the command writes them in JSON."""
    values = _own_values(case, exclude=exclude)
    for code, known in values.items():
        known["score"] = case.get("share", 1) * known["score"] + case.get("brought", {}).get(code, 0)
    for step in case["tie_break"]:
        if step["key"] in {"fewer", "more"}:
            for code, known in values.items():
                known[name_of(step)] = case["metrics"].get((step["code"], code))
    for code in values:
        values[code] |= {"submitted_at": case["instants"].get(code)}
        values[code] |= {"lottery": _drawn(case, code)}
    chain = [name_of(step) for step in case["tie_break"] if step["key"] != "chair"]
    groups, parted_by = [sorted(values)], []
    for name in ["score", *chain]:
        groups = _parted(groups, name, values)
        parted_by.append((name, {code: at for at, tied in enumerate(groups) for code in tied}))
    return _lines(groups, values, parted_by, case)


def own_scores(case):
    """What the marks alone give, before anything is brought from earlier rounds."""
    return {code: known["score"] for code, known in _own_values(case, exclude=False).items()}


def _own_values(case, *, exclude):
    panels = _panels(case, exclude=exclude)
    _demand_sizes(case, panels)
    values = {code: _values(case, panel) for code, panel in panels.items()}
    for code, score in _compared(case, panels).items():
        values[code]["score"] = score
    return values


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
        measured = {one["code"]: case["metrics"].get((one["code"], submission)) for one in _measured(case)}
        marks |= {code: value for code, value in measured.items() if value is not None}
        if any(one["code"] not in marks for one in _measured(case) if one.get("required") != "no"):
            raise CannotRankError("a metric is needed")
        if all(one["code"] in marks for one in case["criteria"] if one.get("required") != "no"):
            panels[submission].append((juror, sectors[juror], marks))
        elif not exclude:
            raise CannotRankError("incomplete")
    if not all(panels.values()):
        raise CannotRankError("nothing left")
    return panels


def _measured(case):
    return [one for one in case["criteria"] if one.get("source") == "metric"]


def _of_groups(case, panel):
    """(weight, reviews) of what the method scores apart: each group of evaluators, or everybody."""
    weights = case["method"].get("evaluators")
    if not weights:
        return [(Fraction(1), panel)]
    if case["method"]["name"] == "sum":
        raise CannotRankError("sums have no shares")
    parts = {group: [one for one in panel if case["groups"][one[0]] == group] for group in weights}
    if not all(parts.values()) and case["method"].get("missing_evaluators") != "redistribute":
        raise CannotRankError("a group is missing")
    return [(Fraction(weights[group]), part) for group, part in parts.items() if part]


def _demand_sizes(case, panels):
    sizes = {len(part) for panel in panels.values() for _weight, part in _of_groups(case, panel)}
    name = case["method"]["name"]
    if name == "sum" and len(sizes) > 1:
        raise CannotRankError("some would have fewer")
    if name == "trimmed_mean" and min(sizes) <= 2 * int(case["method"].get("trim", 1)):
        raise CannotRankError("nothing would be left")


def _points(case, marks):
    """What a review is worth: by criterion in no group, and by group up to its cap."""
    total, held, groups = Fraction(0), Fraction(0), defaultdict(Fraction)
    every = sum(_weight(case, one) for one in case["criteria"])
    for one in case["criteria"]:
        if one["code"] not in marks:
            continue
        held += _weight(case, one)
        gained = _gained(case, one, marks[one["code"]])
        total += 0 if "group" in one else gained
        if "group" in one:
            groups[one["group"]] += gained
    fill = every / held if held else Fraction(1)
    most = {group: Fraction(cap) for group, cap in case.get("caps", {}).items()}
    kept = {group: min(gained * fill, most.get(group, gained * fill)) for group, gained in groups.items()}
    return total * fill + sum(kept.values()), kept


def _weight(case, criterion):
    if case["aggregate"] == "sum":
        return ends(criterion["scale"])[1]
    return Fraction(criterion["weight"]) if "weight" in criterion else Fraction(100, len(case["criteria"]))


def _gained(case, criterion, mark):
    if case["aggregate"] == "sum":
        return mark
    low, high = ends(criterion["scale"])
    place = mark / high if case["marks_to_score"] == "of_max" else (mark - low) / (high - low)
    return _weight(case, criterion) * place


def _total(case, marks):
    return _points(case, marks)[0]


def _compared(case, panels):
    """The scores of methods that look at all that a juror read; otherwise none."""
    name = case["method"]["name"]
    if name not in {"borda", "z_score"}:
        return {}
    sheets = defaultdict(dict)
    for code, panel in panels.items():
        for juror, _sector, marks in panel:
            sheets[juror][code] = _total(case, marks)
    gained = defaultdict(dict)
    for juror, sheet in sheets.items():
        mean = sum(sheet.values()) / len(sheet)
        square = sum((one - mean) ** 2 for one in sheet.values())
        for code, own in sheet.items():
            rest = [other for name_, other in sheet.items() if name_ != code]
            if name == "borda":
                won = sum(2 * (own > other) + (own == other) for other in rest)
                gained[code][juror] = Fraction(50 * won, len(rest)) if rest else Fraction(50)
            elif square:
                exact = square / len(rest)
                root = Fraction(isqrt(exact.numerator * 10**120 // exact.denominator), 10**60)
                gained[code][juror] = (own - mean) / root
            else:
                gained[code][juror] = Fraction(0)
    means = {code: _weighed(case, panels[code], some) for code, some in gained.items()}
    return (
        means if name == "borda" else {code: Fraction(round(z * 10**9), 10**9) for code, z in means.items()}
    )


def _weighed(case, panel, gained):
    """The mean of each group's mean, by their weights."""
    parts = [
        (weight, sum(gained[juror] for juror, _sector, _marks in part) / len(part))
        for weight, part in _of_groups(case, panel)
    ]
    return sum(weight * mean for weight, mean in parts) / sum(weight for weight, _mean in parts)


def _values(case, panel):
    """The jury's score of a submission and its value for each key of the chain."""
    found = {"score": _of_the_jury(case, panel, lambda marks: _total(case, marks))}
    if case["method"]["name"] == "sum":
        found["score"] *= len(panel)
    for step in case["tie_break"]:
        if step["key"] == "criterion":
            found[name_of(step)] = _of_the_jury(case, panel, lambda marks, step=step: marks.get(step["code"]))
        if step["key"] == "group":
            found[name_of(step)] = _of_the_jury(
                case, panel, lambda marks, step=step: _points(case, marks)[1].get(step["code"], Fraction(0))
            )
    return found


def _of_the_jury(case, panel, value):
    """The mean of those who gave a value; nothing where nobody who counts did."""
    given = []
    for weight, part in _of_groups(case, panel):
        shares = _shares(case, part)
        for share, (_juror, _sector, marks) in zip(shares, part, strict=True):
            if value(marks) is not None:
                given.append((weight * share / sum(shares), value(marks)))
    held = sum(share for share, _value in given)
    return sum(share * one for share, one in given) / held if held else None


def _shares(case, panel):
    """How much each review counts, in any unit."""
    method = case["method"]
    if method["name"] == "trimmed_mean":
        scores = [_total(case, marks) for _juror, _sector, marks in panel]
        out, row = int(method.get("trim", 1)), sorted(scores)
        kept = [at for at in range(len(row)) if out <= at < len(row) - out]
        return [Fraction(sum(row[at] == one for at in kept), row.count(one)) for one in scores]
    if method["name"] != "sector_balanced":
        return [Fraction(1)] * len(panel)
    sectors = [sector for _juror, sector, _marks in panel]
    weights = {sector: Fraction(weight) for sector, weight in method["sectors"].items()}
    lacking = [sector for sector, weight in weights.items() if weight and sector not in sectors]
    total = sum(weights[sector] for sector in set(sectors))
    if not total or (lacking and method.get("missing_sector") != "redistribute"):
        raise CannotRankError("a sector is missing")
    return [weights[sector] / sectors.count(sector) for sector in sectors]


def _drawn(case, code):
    seed = next((step["seed"] for step in case["tie_break"] if step["key"] == "lottery"), "")
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def _parted(groups, name, values):
    """Each tie in the order of one key, its equals together."""
    found = []
    for tied in groups:
        held = {code: values[code][name] for code in tied}
        if len(tied) > 1 and None in held.values():
            if name.partition(":")[0] in {"submitted_at", "fewer", "more"}:
                raise CannotRankError("an instant or a metric is needed")
            held = dict.fromkeys(tied, 0)  # an optional criterion that nobody marked on one of them
        higher_first = name.partition(":")[0] not in {"submitted_at", "lottery", "fewer"}
        for value in sorted(set(held.values()), reverse=higher_first) if len(tied) > 1 else held.values():
            found.append([code for code in tied if held[code] == value])
    return found


def _lines(groups, values, parted_by, case):
    order = [(code, sum(map(len, groups[:at])) + 1) for at, tied in enumerate(groups) for code in tied]
    lines = []
    for (code, place), following in zip(order, [*(code for code, _ in order[1:]), None], strict=True):
        score = values[code]["score"]
        parted = [name for name, rung in parted_by if following and rung[code] != rung[following]]
        passes = None if case["cut_off"] is None else score >= Fraction(case["cut_off"])
        lines.append(
            {
                "place": place,
                "submission": code,
                "score": written(score),
                "decided_by": parted[0] if parted and parted[0] != "score" else None,
                "passes": passes,
            }
        )
    return lines
