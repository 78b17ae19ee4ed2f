"""A study as one JSON document, with figures of six decimals and sentences in both languages, or as CSV."""

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from flask_babel import force_locale

from thinkia.domain.ranking.findings import NoteKind
from thinkia.domain.ranking.study.posterior import LEVEL
from thinkia.domain.ranking.study.record import reads
from thinkia.domain.ranking.study.reliability import Intraclass
from thinkia.domain.ranking.study.study import Study
from thinkia.domain.ranking.study.variants import kendall_tau
from thinkia.results.offline_study import OfflineStudy
from thinkia.results.wording import note_sentence
from thinkia.results.wording.study import caveat_sentence
from thinkia.web.export import defused

PLACES = 6
LANGUAGES = ("es", "en")
Document = dict[str, Any]
OF_SUBMISSIONS = (
    *("submission", "part", "reviews", "score", "declared_place", "adjusted", "place"),
    *("interval_low", "interval_high", "p_cut", "tied", "band", "quality"),
)
OF_JURORS = (
    *("juror", "sectors", "part", "reviews", "excluded", "mean", "severity", "severity_error", "reads"),
    *("spread", "consistency", "noise", "drift", "drift_error", "far", "alike", "same_score"),
)


def as_json(found: OfflineStudy) -> str:
    """The same bytes for the same files, draws and seed. ``docs/results-study.md`` says what each key is."""
    study = found.study
    document: Document = {
        "reviews": len(study.scores.value),
        "criteria": list(found.criteria),
        "cut": asdict(study.cut),
        "draws": asdict(found.chance) | {"interval": LEVEL},
        "caveats": _caveats(study),
        "connectivity": _connectivity(study),
        "variances": None if study.estimates is None else asdict(study.estimates.variances),
        "jurors": _jurors(found),
        "sectors": [asdict(each) for each in study.sectors],
        "submissions": _submissions(study),
        "reliability": None if study.reliability is None else asdict(study.reliability),
        "icc": _icc(study.intraclass),
        "alpha": dict(study.alpha) | {"by_criterion": dict(study.alpha_by_criterion)},
        "sensitivity": _sensitivity(study),
        "leave_one_juror_out": _without_juror(study),
    }
    if found.notes:
        document["notes"] = [
            {"note": note.kind, **note.params, "text": note_sentence(note)} for note in found.notes
        ]
    return json.dumps(rounded(document), ensure_ascii=False, indent=2) + "\n"


def as_csv(found: OfflineStudy, table: str = "submissions") -> str:
    """A row a submission, or a juror: the same figures as in the document, each in a column.

    What could not be said is empty, and several codes in one cell have a space between them. What a
    spreadsheet would take for a formula gets an apostrophe.
    """
    of_jurors = table == "jurors"
    columns: Sequence[str] = OF_JURORS if of_jurors else OF_SUBMISSIONS
    rows = _jurors(found) if of_jurors else [_flat(row) for row in _submissions(found.study)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return out.getvalue()


def _flat(row: Document) -> Document:
    low, high = row["interval"] or (None, None)
    return row | {
        "declared_place": row["places"]["declared"],
        "interval_low": low,
        "interval_high": high,
    }


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return _cell(" ".join(value))
    return defused(value) if isinstance(value, str) else rounded(value)


def rounded(value: Any) -> Any:
    """Every float in a document with six decimals at most, and no minus before a 0."""
    if isinstance(value, float):
        return round(value, PLACES) + 0.0
    if isinstance(value, Mapping):
        return {key: rounded(held) for key, held in value.items()}
    return [rounded(held) for held in value] if isinstance(value, list | tuple) else value


def _caveats(study: Study) -> list[Document]:
    told: list[Document] = [{"caveat": caveat.value} for caveat in study.caveats]
    for language in LANGUAGES:
        with force_locale(language):
            for each, caveat in zip(told, study.caveats, strict=True):
                each[language] = caveat_sentence(caveat, study)
    return told


def _connectivity(study: Study) -> Document:
    parts = [
        {"part": number, "submissions": len(part.submissions), "jurors": len(part.jurors)}
        for number, part in enumerate(study.parts)
    ]
    return {"connected": len(parts) == 1, "parts": parts}


def _jurors(found: OfflineStudy) -> list[Document]:
    scores = found.study.scores
    excluded = Counter(note.params["juror"] for note in found.notes if note.kind is NoteKind.REVIEW_EXCLUDED)
    return [
        asdict(each)
        | {
            "reads": None if each.severity is None else reads(each.severity, each.severity_error),
            "part": int(part),
            "alike": each.alike if len(found.criteria) > 1 else None,
            "excluded": excluded[each.juror],
        }
        for each, part in zip(found.study.jurors, scores.juror_part, strict=True)
    ]


def _submissions(study: Study) -> list[Document]:
    """In the adjusted order, part by part; without one, in that of the method."""
    scores, declared = study.scores, study.outcomes[0]
    standings = {each.submission: each for each in study.standings}
    in_order = list(standings) or [scores.submissions[n] for n in np.lexsort((declared.places,))]
    number = {code: n for n, code in enumerate(scores.submissions)}
    rows = []
    for code in in_order:
        n, standing = number[code], standings.get(code)
        rows.append(
            {
                "submission": code,
                "part": int(scores.part[n]),
                "reviews": int(scores.panel_sizes[n]),
                "score": float(declared.score[n]),
                "adjusted": standing and standing.adjusted,
                "place": standing and standing.place,
                "interval": standing and list(standing.ranks),
                "p_cut": standing and standing.inside,
                "tied": standing and standing.tied,
                "band": standing and standing.band,
                "quality": standing and standing.quality,
                "places": {each.name: int(each.places[n]) or None for each in study.outcomes},
            }
        )
    return rows


def _icc(found: Intraclass | None) -> Document | None:
    if found is None:
        return None
    single = {f"{form},1": value for form, value in enumerate(found.single, 1)}
    mean = {f"{form},k": value for form, value in enumerate(found.mean, 1)}
    return single | mean | {"k": found.k, "mean_squares": asdict(found.squares)}


def _sensitivity(study: Study) -> list[Document]:
    declared = study.outcomes[0]
    rows = []
    for each in study.outcomes:
        both = (declared.places > 0) & (each.places > 0)
        rows.append(
            {
                "variant": each.name,
                "inside": sorted(each.inside),
                **_changes(declared.inside, each.inside),
                "tau": kendall_tau(declared.score[both], each.score[both]),
            }
        )
    return rows


def _without_juror(study: Study) -> list[Document]:
    inside = {each.name: each.inside for each in study.outcomes}
    rows: list[Document] = []
    for juror in study.scores.jurors:
        changes = {
            name: _changes(inside[name], without[juror]) for name, without in study.without_juror.items()
        }
        changed = any(each["enter"] or each["leave"] for each in changes.values())
        rows.append({"juror": juror, "changes": changed, "declared": None, "adjusted": None} | changes)
    return rows


def _changes(before: frozenset[str], after: frozenset[str]) -> dict[str, list[str]]:
    return {"enter": sorted(after - before), "leave": sorted(before - after)}
