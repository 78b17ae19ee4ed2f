"""``flask jury …``: panels drawn from files, for organisers who live in spreadsheets."""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import click
from flask.cli import AppGroup
from flask_babel import force_locale, gettext

from thinkia.calls.call_file import CallFileErrors, read_jury_rules
from thinkia.domain import assignment
from thinkia.domain.assignment import Cause, Plan, Problem, ShortfallReason, verify
from thinkia.domain.bases import JuryRules
from thinkia.jury.offline import planned, read_problem
from thinkia.jury.plan_files import CannotPlanError, FaultKind, File
from thinkia.jury.wording.panels import broken_words, cause_words
from thinkia.jury.wording.plan_files import fault_sentence, lack_words, unused_sentence
from thinkia.web.export import defused
from thinkia.web.locale import reader_language

FILE = click.Path(path_type=Path)
SHOWN = 200  # sentences
COLUMNS = ("submission", "juror", "sector")

jury_cli = AppGroup("jury", help="Draw panels from files.")


@jury_cli.command("plan")
@click.option(
    "--submissions", required=True, type=FILE, help="CSV: submission, track, language, topics, institution."
)
@click.option(
    "--jurors",
    required=True,
    type=FILE,
    help="CSV: juror, sector, capacity, min_load, institution, topics, languages, group.",
)
@click.option("--rules", required=True, type=FILE, help="A call file, or its jury: size, sectors, balance.")
@click.option("--affinity", type=FILE, help="CSV: submission, juror, affinity (0 to 1).")
@click.option("--conflicts", type=FILE, help="CSV: submission, juror.")
@click.option("--pins", type=FILE, help="CSV: submission, juror. Pairs that stay.")
@click.option("--seed", type=int, default=0, show_default=True, help="Chooses among equally good plans.")
@click.option("--format", "style", type=click.Choice(["json", "csv"]), default="json", show_default=True)
@click.option("--lang", type=click.Choice(["es", "en"]), help="Language of the messages.")
def plan_command(rules: Path, seed: int, style: str, lang: str | None, **given: Path | None) -> None:
    """Draw the best panels from files. It needs no database and no secret.

    Messages go to the error stream. With an error there is no output and the exit code is 1.
    """
    language = lang or reader_language(os.environ)
    files = {File(name): path for name, path in given.items() if path is not None}
    with force_locale(language), _refusals(files):
        jury = _rules(rules, language)
        problem, unused = read_problem(jury, files, seed)
        started = perf_counter()
        plan = planned(problem)
        seconds = perf_counter() - started
        for file, columns in unused.items():
            click.echo(unused_sentence(files[file], ", ".join(columns)), err=True)
        _tell_what_is_missing(problem, plan)
        written = as_json(problem, plan, seconds) if style == "json" else as_csv(plan)
    click.echo(written.encode(), nl=False)


def as_json(problem: Problem, plan: Plan, seconds: float) -> str:
    """The plan as one document; each empty seat with its reason in both languages."""
    document = {
        "pairs": [
            {"submission": pair.submission, "juror": pair.juror, "sector": pair.sector} for pair in plan.pairs
        ],
        "shortfall": list(_shortfall(problem, plan)),
        "value": plan.value,
        "affinity_value": plan.affinity_value,
        "upper_bound": plan.upper_bound,
        "certified": plan.certified,
        "loads": dict(plan.loads),
        "connected": plan.connected,
        "seconds": round(seconds, 3),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(plan: Plan) -> str:
    """A row a pair. A code that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for pair in plan.pairs:
        writer.writerow([defused(cell) for cell in (pair.submission, pair.juror, pair.sector)])
    return out.getvalue()


def _shortfall(problem: Problem, plan: Plan) -> Iterator[dict[str, object]]:
    """The empty seats. A sector can read what the plan has it read of the seats reserved to it."""
    asked: Counter[tuple[str, str | None]] = Counter()
    for group, part in problem.parts.items():
        for request in part.submissions:
            rule = part.rule_of(request)
            asked[group, None] += rule.size
            asked.update({(group, quota.sector): rule.bounds(quota.sector)[0] for quota in rule.quotas})
    empty = Counter((row.group, row.sector) for row in plan.shortfall)
    for group in problem.parts:
        empty[group, None] = sum(row.group == group for row in plan.shortfall)
    words: dict[tuple[str, str | None, ShortfallReason], dict[str, str]] = {}
    for row in plan.shortfall:
        key, seats = (row.group, row.sector, row.reason), (row.group, row.sector)
        if key not in words:
            words[key] = _in_both(row.sector, asked[seats] - empty[seats], asked[seats], row.reason)
        seat: dict[str, object] = {
            "submission": row.submission,
            "sector": row.sector,
            "reason": row.reason.value,
            **({"group": row.group} if row.group else {}),
        }
        yield seat | words[key]


def _in_both(sector: str | None, can: int, needed: int, reason: ShortfallReason) -> dict[str, str]:
    told = {}
    for language in ("es", "en"):
        with force_locale(language):
            told[language] = lack_words(sector, can, needed, reason)
    return told


def _tell_what_is_missing(problem: Problem, plan: Plan) -> None:
    """On the error stream: why seats stay empty, and minimum loads that are not reached."""
    causes = assignment.preflight(problem) if plan.shortfall else ()
    told = [cause_words(_facts(cause), {}) for cause in causes]
    broken = verify(problem, plan.pairs)
    told += [broken_words(each, {}) for each in broken if each.submission is None or not each.is_gap]
    _echo(told)


def _facts(cause: Cause) -> dict[str, object]:
    return {
        "kind": cause.kind.value,
        "sectors": cause.sectors,
        "needed": cause.needed,
        "available": cause.available,
        "submission": cause.submission,
        "juror": cause.juror,
        "group": cause.group,
    }


def _rules(path: Path, language: str) -> JuryRules:
    try:
        return read_jury_rules(path.read_bytes())
    except OSError:
        _refuse([fault_sentence(FaultKind.NOT_READABLE, {}, path)])
    except CallFileErrors as errors:
        _refuse([f"{path.name}: {one.in_language(language)}" for one in errors.errors])
    raise AssertionError


@contextmanager
def _refusals(files: Mapping[File, Path]) -> Iterator[None]:
    """What is wrong with the files becomes sentences on the error stream and exit code 1."""
    try:
        yield
    except CannotPlanError as error:
        _refuse(
            [
                fault_sentence(each.kind, each.params, files[each.file] if each.file else None, each.row)
                for each in error.faults
            ]
        )


def _refuse(sentences: list[str]) -> None:
    _echo(sentences)
    raise click.exceptions.Exit(1)


def _echo(sentences: list[str]) -> None:
    for sentence in sentences[:SHOWN]:
        click.echo(sentence, err=True)
    if len(sentences) > SHOWN:
        click.echo(gettext("… and %(number)s more.", number=len(sentences) - SHOWN), err=True)
