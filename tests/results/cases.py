"""Rules and marks made up by chance, of every kind that a call file knows, with many ties."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from tests.results.oracle import CannotRankError, ends, ranking

SECTORS = ("public", "academia", "private", "civil_society", "cooperation")
CODES = ("A", "B", "a", "Z9", "equipo-1", "Ñandú", "río 7", "S10", "S2", "S02", "k'uychi", "Z😀", "0", "10")
SCALES = (
    {"min": "0", "max": "2", "step": "1"},
    {"min": "1", "max": "5", "step": "1"},
    {"min": "0", "max": "2.5", "step": "0.5"},
    {"values": ["1", "3", "5"]},
    {"values": ["0", "0.333333", "1"]},
    {"min": "0", "max": "1"},
    {"checklist": ["1", "2", "1"]},
    {"checklist": ["0.5", "3"]},
)
WEIGHTS = {
    1: (["100"],),
    2: (["60", "40"], ["99.5", "0.5"], ["100", "0"]),
    3: (["45", "40", "15"], ["33.333333", "33.333333", "33.333334"]),
}
SEEDS = ("20260113", "0012", "no", "1e3", "é:ñ")
CLOSE = datetime(2026, 1, 13, 17, tzinfo=UTC)
GROUPS = ("jury", "users")
COLUMNS = ("submission", "juror", "sector", "criterion", "mark")


def a_case(chance, *, grouped=True):
    """Rules and marks, as plain data (see ``oracle``); evaluators may come in groups if they are ``grouped``."""
    case = {"aggregate": chance.choice(["sum", "weighted_mean", "weighted_mean"]), "cut_off": None}
    case["marks_to_score"] = chance.choice(["of_max", "min_max"])
    case["criteria"] = _criteria(chance, weighted=case["aggregate"] != "sum" and chance.random() < 0.6)
    if case["aggregate"] == "sum" and chance.random() < 0.4:
        groups = sorted({one["group"] for one in case["criteria"] if "group" in one})
        case["caps"] = {group: chance.choice(["0.5", "1", "2", "4.25"]) for group in groups}
    case["method"] = _method(chance)
    if grouped and case["method"]["name"] != "sum" and chance.random() < 0.35:
        case["method"] |= _evaluators(chance)
    for criterion in case["criteria"][1:]:
        if chance.random() < 0.15:
            criterion["source"] = "metric"
    case["rows"] = _rows(chance, case)
    case["groups"] = {juror: chance.choice(GROUPS) for juror in sorted({row[1] for row in case["rows"]})}
    case["tie_break"] = _chain(chance, case["criteria"])
    submissions = sorted({row[0] for row in case["rows"]})
    case["instants"] = {
        code: CLOSE + timedelta(microseconds=chance.choice([0, 0, 1, 10**6]))
        for code in submissions
        if chance.random() < 0.97
    }
    case["metrics"] = _metrics(chance, case, submissions)
    if case["method"]["name"] != "z_score" and chance.random() < 0.5:
        case["cut_off"] = _cut_off(chance, case)
    return case


def marks_of(scale):
    """Every mark of a scale, or some of one without steps."""
    if "values" in scale:
        return list(map(Fraction, scale["values"]))
    if "checklist" in scale:
        points = list(map(Fraction, scale["checklist"]))
        sets = (some for size in range(len(points) + 1) for some in combinations(points, size))
        return sorted({sum(some, Fraction(0)) for some in sets})
    low, high = ends(scale)
    if "step" not in scale:
        return [low, high, (low + high) / 2, low + Fraction(1, 10**6), high - Fraction(123457, 10**6)]
    step = Fraction(scale["step"])
    return [low + step * at for at in range(int((high - low) / step) + 1)]


def rules_file(chance, case):
    """The case's rules as a file: YAML of one line a key, or JSON, with numbers in quotes or not."""
    rubric = {
        name: case[name] for name in ("aggregate", "marks_to_score", "criteria", "caps") if name in case
    }
    document = {"rubric": rubric, "method": case["method"], "tie_break": case["tie_break"]}
    if case["cut_off"] is not None:
        document["cut_off"] = case["cut_off"]
    if chance.random() < 0.3:
        return json.dumps(document, ensure_ascii=chance.random() < 0.5)
    return "".join(f"{key}: {_flow(chance, value)}\n" for key, value in document.items())


def scores_file(chance, case):
    """The marks as CSV of some spreadsheet: delimiter, line ends, order of columns, byte order mark."""
    if "evaluators" not in case["method"]:
        return _sheet(chance, COLUMNS, case["rows"])
    rows = [[*row, case["groups"][row[1]]] for row in case["rows"]]
    return _sheet(chance, (*COLUMNS, "group"), rows)


def submissions_file(chance, case):
    zones = [timezone(timedelta(minutes=minutes)) for minutes in (0, -300, 330)]
    rows = [(code, at.astimezone(chance.choice(zones)).isoformat()) for code, at in case["instants"].items()]
    return _sheet(chance, ("submission", "submitted_at"), rows)


def metrics_file(chance, case):
    """Every value, in no order."""
    rows = [(code, metric, _decimal(value)) for (metric, code), value in case["metrics"].items()]
    return _sheet(chance, ("submission", "metric", "value"), chance.sample(rows, len(rows)))


def _metrics(chance, case, submissions):
    asked = {one["code"]: marks_of(one["scale"]) for one in case["criteria"] if one.get("source") == "metric"}
    asked |= {
        step["code"]: [Fraction(-1), Fraction(0), Fraction(5, 2)]
        for step in case["tie_break"]
        if step["key"] in {"fewer", "more"}
    }
    return {
        (metric, code): chance.choice(values)
        for metric, values in asked.items()
        for code in submissions
        if chance.random() < 0.97
    }


def _criteria(chance, *, weighted):
    number = chance.randint(1, 3)
    shared = chance.choice(SCALES) if chance.random() < 0.5 else None
    weights = chance.choice(WEIGHTS[number])
    criteria = []
    for at in range(number):
        criterion = {"code": f"c{at}", "scale": shared or chance.choice(SCALES)}
        criterion |= {"group": chance.choice("gh")} if chance.random() < 0.5 else {}
        criterion |= {"weight": weights[at]} if weighted else {}
        criteria.append(criterion | ({"required": "no"} if at and chance.random() < 0.25 else {}))
    return criteria


def _method(chance):
    if chance.random() < 0.6:
        name = chance.choice(["mean", "mean", "trimmed_mean", "sum", "borda", "z_score"])
        trim = {"trim": chance.choice(["1", "1", "2"])} if name == "trimmed_mean" else {}
        return {"name": name, **trim}
    sectors = chance.sample(SECTORS, chance.randint(1, 5))
    weights = {sector: chance.choice(["0", "1", "1", "2", "0.5"]) for sector in sectors} | {sectors[0]: "1"}
    missing = {"missing_sector": chance.choice(["redistribute", "refuse"])} if chance.random() < 0.7 else {}
    return {"name": "sector_balanced", "sectors": weights, **missing}


def _evaluators(chance):
    weights = {group: chance.choice(["1", "50", "0.5"]) for group in GROUPS}
    missing = {"missing_evaluators": chance.choice(["redistribute", "redistribute", "refuse"])}
    return {"evaluators": weights} | (missing if chance.random() < 0.8 else {})


def _rows(chance, case):
    seats = list(case["method"].get("sectors", SECTORS))
    jurors = {f"J{at}": chance.choice(seats[at:] or seats) for at in range(chance.randint(1, 5))}
    alike = all(one["scale"] == case["criteria"][0]["scale"] for one in case["criteria"])
    panels = {}
    for code in chance.sample(CODES, chance.randint(1, 7)):
        fresh = {
            juror: {one["code"]: chance.choice(marks_of(one["scale"])) for one in case["criteria"]}
            for juror in jurors
        }
        copied = panels and chance.random() < 0.6
        like = panels[chance.choice(list(panels))] if copied else None
        panels[code] = _shuffled(chance, like, alike=alike) if like else fresh
    rows = [
        [code, juror, jurors[juror], criterion, _decimal(mark)]
        for code, panel in panels.items()
        for juror, marks in panel.items()
        for criterion, mark in marks.items()
    ]
    chance.shuffle(rows)
    if chance.random() < 0.1:
        rows[0][4] = ""
    measured = {one["code"] for one in case["criteria"] if one.get("source") == "metric"}
    rows = [row for row in rows if row[3] not in measured]
    optional = {one["code"] for one in case["criteria"] if "required" in one}
    for row in rows:
        if row[3] in optional and chance.random() < 0.4:
            row[4] = ""
    return rows


def _shuffled(chance, panel, *, alike):
    """The same marks given by other jurors; where one scale serves all criteria (``alike``), on others
    too. Often that is the same score.
    """
    given = list(panel.values())
    chance.shuffle(given)
    if alike:
        order = chance.sample(list(given[0]), len(given[0]))
        given = [dict(zip(marks, (marks[code] for code in order), strict=True)) for marks in given]
    return dict(zip(panel, given, strict=True))


def _chain(chance, criteria):
    groups = sorted({one["group"] for one in criteria if "group" in one})
    steps = [{"key": "criterion", "code": one["code"]} for one in criteria]
    steps += [{"key": "group", "code": code} for code in groups] + [{"key": "chair"}, {"key": "submitted_at"}]
    steps += [{"key": chance.choice(["fewer", "more"]), "code": "costo"}]
    chain = chance.sample(steps, chance.randint(0, len(steps)))
    return chain + ([{"key": "lottery", "seed": chance.choice(SEEDS)}] if chance.random() < 0.4 else [])


def _cut_off(chance, case):
    """A score that somebody has, or a millionth above or below it."""
    try:
        score = Fraction(chance.choice(ranking(case))["score"])
    except CannotRankError:
        return "1"
    millionths = round(score * 10**6) + chance.choice([0, 0, 1, -1])
    highest = 100 if case["aggregate"] != "sum" else sum(ends(one["scale"])[1] for one in case["criteria"])
    return _decimal(min(max(Fraction(millionths, 10**6), Fraction(0)), Fraction(highest)))


def _decimal(number):
    return f"{Decimal(number.numerator) / Decimal(number.denominator):f}"


def _flow(chance, value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(chance, held)}" for key, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(chance, held) for held in value) + "]"
    return value if chance.random() < 0.8 and ":" not in value else json.dumps(value, ensure_ascii=False)


def _sheet(chance, columns, rows):
    delimiter, end = chance.choice(",;\t"), chance.choice(["\n", "\r\n"])
    order = chance.sample(range(len(columns)), len(columns))
    lines = [columns, *rows]
    text = end.join(delimiter.join(line[at] for at in order) for line in lines) + end
    return text.encode(chance.choice(["utf-8", "utf-8-sig"]))
