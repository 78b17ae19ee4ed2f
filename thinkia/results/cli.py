"""``flask results …``: the ranking of marks given elsewhere."""

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import force_locale, gettext

from thinkia.calls.call_file import CallFileErrors, read_ranking_rules, read_winners
from thinkia.domain.bases import RankingRules
from thinkia.domain.ranking.figures import exact_text
from thinkia.domain.ranking.findings import CannotRankError, Fault, FaultKind, Note, Table
from thinkia.domain.ranking.order import Ranked
from thinkia.domain.ranking.table import Incomplete
from thinkia.results import rounds_document
from thinkia.results.offline import OfflineRanking, rank_files
from thinkia.results.offline_rounds import rank_files_in_rounds
from thinkia.results.wording import fault_sentence, note_sentence
from thinkia.results.wording.study import caveat_sentence
from thinkia.web.export import defused
from thinkia.web.locale import reader_language

FILE = click.Path(path_type=Path)
ON_INCOMPLETE = [choice.value for choice in Incomplete]
SHOWN = 200
COLUMNS = ("place", "submission", "score", "decided_by", "passes")

results_cli = AppGroup("results", help="Rank marks and export results.")


class UnreadableError(Exception):
    """A file that the command was given cannot be opened."""


@results_cli.command("rank")
@click.option(
    "--rules", required=True, type=FILE, help="A call file, or its rubric, method, ties and cut-off."
)
@click.option("--scores", required=True, type=FILE, help="CSV: submission, juror, sector, criterion, mark.")
@click.option("--submissions", type=FILE, help="CSV: submission, submitted_at (ISO 8601 with offset).")
@click.option("--metrics", type=FILE, help="CSV: submission, metric, value.")
@click.option("--chosen", type=FILE, help="CSV: round, submission, reason; who goes on by hand.")
@click.option("--incomplete", type=click.Choice(ON_INCOMPLETE), default="refuse", show_default=True)
@click.option("--sector-per-panel", is_flag=True, help="A juror may sit for another sector on another panel.")
@click.option("--seed", help="The lottery's recorded seed, where the rules name only its source.")
@click.option("--format", "style", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.option("--lang", type=click.Choice(["es", "en"]), help="Language of the messages.")
def rank_command(
    rules: Path,
    scores: Path,
    submissions: Path | None,
    metrics: Path | None,
    chosen: Path | None,
    incomplete: str,
    style: str,
    lang: str | None,
    **how: Any,
) -> None:
    """Rank marks given elsewhere. It needs no database and no secret.

    Messages go to the error stream. With an error there is no output and the exit code is 1.
    """
    language = lang or reader_language(os.environ)
    given = {
        Table.SCORES: scores,
        Table.SUBMISSIONS: submissions,
        Table.METRICS: metrics,
        Table.CHOSEN: chosen,
    }
    files = {table: path for table, path in given.items() if path is not None}
    with force_locale(language), _refusals(files, rules, language):
        declared = read_ranking_rules(_read(rules))
        texts = {table: _read(path) for table, path in files.items()}
        notes, written = _ranked(declared, texts, style, incomplete=Incomplete(incomplete), **how)
        _say([note_sentence(note) for note in notes])
    click.echo(written.encode(), nl=False)


def _ranked(
    rules: RankingRules, texts: Mapping[Table, bytes], style: str, **how: Any
) -> tuple[Sequence[Note], str]:
    """What has to be said, and the ranking as it is written."""
    if rules.rounds:
        rounds = rank_files_in_rounds(rules, texts, **how)
        write = rounds_document.as_json if style == "json" else rounds_document.as_csv
        return rounds.notes, write(rounds)
    if Table.CHOSEN in texts:
        raise CannotRankError([Fault(FaultKind.NO_ROUNDS, {}, Table.CHOSEN)])
    given = (texts.get(table) for table in (Table.SUBMISSIONS, Table.METRICS))
    result = rank_files(rules, texts[Table.SCORES], *given, **how)
    return result.notes, as_json(result) if style == "json" else as_csv(result)


@results_cli.command("study")
@click.option("--scores", required=True, type=FILE, help="CSV: submission, juror, sector, criterion, mark.")
@click.option("--rules", type=FILE, help="A call file, or its rubric, method and cut-off.")
@click.option("--round", "of_round", metavar="CODE", help="Which round, where the rules have several.")
@click.option("--places", type=click.IntRange(min=1), help="How many places win; otherwise as the call says.")
@click.option("--incomplete", type=click.Choice(ON_INCOMPLETE), default="refuse", show_default=True)
@click.option("--draws", type=click.IntRange(20, 10_000), default=400, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of the draws.")
@click.option("--format", "style", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option("--table", type=click.Choice(["submissions", "jurors"]), default="submissions", help="As CSV.")
@click.option("--lang", type=click.Choice(["es", "en"]), help="Language of the messages.")
def study_command(
    scores: Path,
    rules: Path | None,
    of_round: str | None,
    places: int | None,
    incomplete: str,
    lang: str | None,
    style: str,
    table: str,
    **how: Any,
) -> None:
    """Study marks given elsewhere: strict jurors, how sure the order is, what other methods would give.

    It is information: the order is that of “rank”. It needs no database and no secret.
    """
    from thinkia.results import study_document  # noqa: PLC0415 - numpy, which no other command needs
    from thinkia.results.offline_study import Chance, study_files  # noqa: PLC0415 - the same

    language = lang or reader_language(os.environ)
    with force_locale(language), _refusals({Table.SCORES: scores}, rules or scores, language):
        text = None if rules is None else _read(rules)
        found = study_files(
            _read(scores),
            None if text is None else read_ranking_rules(text),
            of_round=of_round,
            places=places,
            winners=None if text is None else read_winners(text),
            incomplete=Incomplete(incomplete),
            chance=Chance(**how),
        )
        _say([note_sentence(note) for note in found.notes])
        _say([caveat_sentence(caveat, found.study) for caveat in found.study.caveats])
        as_table = style == "csv"
        written = study_document.as_csv(found, table) if as_table else study_document.as_json(found)
    click.echo(written.encode(), nl=False)


def as_json(result: OfflineRanking) -> str:
    """``{"ranking": […]}``, and ``"notes"`` only where something has to be said."""
    document: dict[str, object] = {"ranking": [_fields(line) for line in result.ranking.lines]}
    if result.notes:
        document["notes"] = [
            {"note": note.kind, **note.params, "text": note_sentence(note)} for note in result.notes
        ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(result: OfflineRanking) -> str:
    """A row a submission. A code that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in result.ranking.lines:
        fields = _fields(line)
        passes = "" if line.passes is None else str(line.passes).lower()
        code = defused(line.submission)
        writer.writerow((line.place, code, fields["score"], line.decided_by or "", passes))
    return out.getvalue()


def _fields(line: Ranked) -> dict[str, object]:
    found: dict[str, object] = {
        "place": line.place,
        "submission": line.submission,
        "score": exact_text(line.score),
        "decided_by": line.decided_by,
        "passes": line.passes,
    }
    if line.panel.evaluators:
        found["evaluators"] = [
            {
                "group": one.group,
                "ballots": one.ballots,
                "score": exact_text(one.score),
                "share": exact_text(one.share),
            }
            for one in line.panel.evaluators
        ]
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(path.name) from error


@contextmanager
def _refusals(files: Mapping[Table, Path], rules: Path, language: str) -> Iterator[None]:
    """What is wrong with a file becomes sentences on the error stream and exit code 1."""
    try:
        yield
    except UnreadableError as error:
        _refuse([f"{error}: {fault_sentence(Fault(FaultKind.NOT_READABLE))}"])
    except CallFileErrors as errors:
        _refuse([f"{rules.name}: {one.in_language(language)}" for one in errors.errors])
    except CannotRankError as error:
        _refuse([fault_sentence(fault, files) for fault in error.faults])


def _refuse(sentences: list[str]) -> None:
    _say(sentences)
    raise click.exceptions.Exit(1)


def _say(sentences: list[str]) -> None:
    """On the error stream, and not so much that the first are lost to sight; JSON holds every note."""
    for sentence in sentences[:SHOWN]:
        click.echo(sentence, err=True)
    if len(sentences) > SHOWN:
        click.echo(gettext("… and %(number)s more.", number=len(sentences) - SHOWN), err=True)
