"""Several rounds as ``flask results rank`` writes them: JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterator

from thinkia.domain.ranking.figures import exact_text
from thinkia.results.offline_rounds import OfflineRounds, PlayedRound
from thinkia.results.wording import note_sentence
from thinkia.web.export import defused

COLUMNS = (
    *("round", "pool", "place", "submission", "score", "own_score", "decided_by", "passes"),
    *("outcome", "why", "turn", "reason"),
)


def as_json(found: OfflineRounds) -> str:
    """``{"rounds": [{"round", "ranking"}]}``, notes only where something has to be said."""
    rounds = [
        {"round": one.code, "ranking": [_without_round(row) for row in _rows(one)]} for one in found.rounds
    ]
    document: dict[str, object] = {"rounds": rounds}
    if found.notes:
        document["notes"] = [
            {"note": note.kind, **note.params, "text": note_sentence(note)} for note in found.notes
        ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(found: OfflineRounds) -> str:
    """A row a submission and round. What a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found.rounds:
        writer.writerows([_cell(row[column]) for column in COLUMNS] for row in _rows(one))
    return out.getvalue()


def _rows(one: PlayedRound) -> Iterator[dict[str, object]]:
    fates = {fate.submission: fate for fate in one.closed.fates} if one.closed else {}
    for pool, ranking in one.rankings.items():
        for line in ranking.lines:
            fate = fates.get(line.submission)
            yield {
                "round": one.code,
                "pool": pool or None,
                "place": line.place,
                "submission": line.submission,
                "score": exact_text(line.score),
                "own_score": exact_text(line.panel.score),
                "decided_by": line.decided_by,
                "passes": line.passes,
                "outcome": fate and fate.outcome,
                "why": fate and fate.why,
                "turn": fate and fate.turn,
                "reason": (fate and fate.reason) or None,
            }


def _without_round(row: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if key != "round"}


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return defused(str(value)) if isinstance(value, str) else "" if value is None else value
