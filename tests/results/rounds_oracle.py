"""Rounds a second time, from scores and places alone: it shares no line with the first.

A tournament is plain data: ``rounds``, each a case of ``oracle`` with ``code``, ``advance``, ``waiting``,
``take_all``, ``carried``, ``share``, ``pooled`` and ``chosen``; ``pools`` by submission; ``withdrawn``, by
submission the round after which it left. Marks are asked of it: ``mark(round, submission)``.
"""

from fractions import Fraction

from tests.results.oracle import own_scores, ranking, written


def outcomes(tournament):
    """By round and submission: (pool, place, score, own score, outcome, turn); and whether the last of them
    is refused, because of a place that is shared.
    """
    taking_part = set(tournament["pools"])
    own, found = [], {}
    for number, one in enumerate(tournament["rounds"]):
        case = one["case"] | {"rows": [row for row in one["case"]["rows"] if row[0] in taking_part]}
        if not case["rows"]:
            break
        brought, share = _carried(tournament, number, own)
        pool_of = {code: tournament["pools"][code] if one["pooled"] else "" for code in taking_part}
        own.append({})
        going = set()
        found |= {(one["code"], code): None for code in taking_part}
        for pool in sorted(set(pool_of.values())):
            mine = case | {"rows": [row for row in case["rows"] if pool_of[row[0]] == pool]}
            own[-1] |= own_scores(mine)
            lines = ranking(mine | {"share": share, "brought": brought})
            last = number + 1 == len(tournament["rounds"])
            fates = {} if last else _fates(lines, one, tournament)
            if fates is None:
                return found, True
            going |= {code for code, (outcome, _turn) in fates.items() if outcome == "advances"}
            for line in lines:
                code = line["submission"]
                told = (pool or None, line["place"], line["score"], written(own[-1][code]))
                found[one["code"], code] = (*told, *fates.get(code, (None, None)))
        taking_part = going
    return found, False


def _carried(tournament, number, own):
    """What each brings, and the share of this round."""
    rounds = tournament["rounds"]
    counted = [number]
    while counted[0] and rounds[counted[0]]["carried"]:
        counted.insert(0, counted[0] - 1)
    whole = sum(Fraction(rounds[at]["share"]) for at in counted)
    brought = {}
    for at in counted[:-1]:
        for code, score in own[at].items():
            brought[code] = brought.get(code, 0) + score * Fraction(rounds[at]["share"]) / whole
    return brought, Fraction(rounds[number]["share"]) / whole


def _fates(lines, one, tournament):
    """What becomes of each; ``None`` where a place is shared that must not be."""
    place = {line["submission"]: line["place"] for line in lines}
    fit = [line["submission"] for line in lines if line["passes"] is not False]
    rule = one["advance"]
    number = rule.get("top", rule.get("top_per_pool"))
    if "by_hand" in rule:
        going = [code for code in place if code in one["chosen"]]
        if not going:
            return {}
    elif number is None:
        going = list(fit)
    else:
        going = [code for code in fit if place[code] <= number]
        if len(going) > number and not one["take_all"]:
            return None
    left = [code for code in fit if code not in going]
    waits = {}
    for code in left:
        before = [other for other in left if place[other] < place[code]]
        if len(before) < one["waiting"]:
            if not one["take_all"] and sum(place[other] == place[code] for other in left) > 1:
                return None
            waits[code] = len(before) + 1
    return _after(
        going, waits, place, {c for c, after in tournament["withdrawn"].items() if after == one["code"]}
    )


def _after(going, waits, place, gone):
    seats, inside = len(going), [code for code in going if code not in gone]
    for turn in sorted(set(waits.values())):
        if len(inside) < seats:
            inside += [code for code in waits if waits[code] == turn and code not in gone]
    fates = {}
    for code in place:
        if code in inside:
            fates[code] = ("advances", waits.get(code))
        elif code in waits and code not in gone:
            fates[code] = ("waits", waits[code])
        else:
            fates[code] = ("stays", None)
    return fates
