"""``flask check``: is this installation whole, are its data sound? ``flask outbox …``: work that failed."""

import os
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale
from flask_babel import gettext as _

from thinkia import clock
from thinkia.db.transaction import end_reading, snapshot
from thinkia.operations import installation, invariants, queries, services, wording
from thinkia.operations.report import Check, Line, Place, State, short, wrong
from thinkia.policy import Actor

LANGUAGE = click.Choice(["es", "en"])
ROOT = Path(__file__).parents[2]
AROUND = (
    (installation.redis, "Redis"),
    (installation.mail, "SMTP"),
    (installation.storage, "THINKIA_STORAGE"),
    (installation.room, "THINKIA_DATA"),
    (installation.catalogues, "translations"),
)


@click.command("check")
@click.option(
    "--files", is_flag=True, help="Read every file to its end and compare its hash, as after a restore."
)
@click.option("--lang", type=LANGUAGE, help="Language of the sentences; that of the terminal if left out.")
@with_appcontext
def check_command(files: bool, lang: str | None) -> None:  # noqa: FBT001 - click gives flags by name
    """Say what is missing and what is wrong, a line each. The exit code is 1 when something is wrong."""
    with force_locale(lang or _terminal_language()):
        found = [_told(line) for line in lines(_place(read_files=files))]
        number = found.count(State.WRONG)
        click.echo(_("Lines that need somebody: %(number)s.", number=number) if number else _("All is well."))
    end_reading()
    raise SystemExit(1 if number else 0)


outbox_cli = AppGroup("outbox", help="Work that failed for good: see it, try it again, give it up.")


@outbox_cli.command("failed")
def failed_command() -> None:
    """List the tasks that nobody tries any more: number, name, when it was asked for, last error."""
    for task in queries.failed_tasks():
        error = (task.last_error or "").strip().rpartition("\n")[2]
        click.echo("\t".join((str(task.id), task.task, task.created_at.isoformat(timespec="minutes"), error)))
    end_reading()


@outbox_cli.command("retry")
@click.argument("numbers", nargs=-1, type=int)
def retry_command(numbers: tuple[int, ...]) -> None:
    """Try failed tasks again, with all their tries: those numbers, or all."""
    _tell_numbers(services.try_again(numbers, Actor.system(), clock.now()))


@outbox_cli.command("give-up")
@click.argument("numbers", nargs=-1, type=int, required=True)
def give_up_command(numbers: tuple[int, ...]) -> None:
    """Settle failed tasks whose work nobody needs any more: a letter to an address that does not exist."""
    _tell_numbers(services.give_up(numbers, Actor.system(), clock.now()))


def lines(place: Place) -> Iterator[Line]:
    """Everything that is looked at, in the order in which a person would repair it."""
    yield from installation.settings_given(place)
    base = list(_guarded(installation.database, place, _("the database")))
    yield from base
    for check, name in AROUND:
        yield from _guarded(check, place, name)
    if any(line.state is State.WRONG for line in base):
        return
    with snapshot():
        for rule in invariants.RULES:
            yield from _guarded(rule.lines, place, f"“{rule.holds}”")


def _guarded(check: Check, place: Place, name: str) -> Iterator[Line]:
    """What a check finds; one that stumbles is itself a finding, and the others still run."""
    try:
        yield from check(place)
    except Exception as error:  # noqa: BLE001 - whatever is broken out there is told in one line
        end_reading()
        reason = f"{type(error).__name__}: {short(error)}"
        yield wrong(_("Cannot be checked: %(name)s (%(error)s).", name=name, error=reason))


def _place(*, read_files: bool) -> Place:
    return Place(
        settings=current_app.config["SETTINGS"],
        storage=current_app.extensions["storage"],
        root=ROOT,
        environment=os.environ,
        now=clock.now(),
        read_files=read_files,
    )


def _told(line: Line) -> State:
    words = {State.WELL: wording.WELL, State.WRONG: wording.WRONG, State.UNUSED: wording.UNUSED}
    click.echo(f"{words[line.state]!s:<6} {line.sentence}")
    return line.state


def _tell_numbers(numbers: list[int]) -> None:
    click.echo(" ".join(str(number) for number in numbers) or "–")
    if not numbers:
        raise SystemExit(1)


def _terminal_language() -> str:
    """Spanish where the terminal speaks it, English otherwise."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "es" if next((name for name in names if name), "").lower().startswith("es") else "en"
