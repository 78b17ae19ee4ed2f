"""``flask results export …``: the tables of a call, from the terminal."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click
from flask_babel import force_locale, gettext

from thinkia import clock
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.exports import services
from thinkia.exports.exporting import Wanted, left_of, make
from thinkia.exports.tables import NAMES
from thinkia.policy import Actor
from thinkia.web.export import Style
from thinkia.web.locale import reader_language

STYLES = [style.value for style in Style]  # click would take the names of an enum


@click.command("export")
@click.argument("code")
@click.option("--format", "style", type=click.Choice(STYLES), default="csv", show_default=True)
@click.option("--table", "tables", multiple=True, metavar="NAME", help=f"One of: {', '.join(NAMES)}.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; otherwise the output.")
@click.option("--with-emails", is_flag=True, help="Include e-mail addresses.")
@click.option("--purpose", default="command line", help="What the addresses are for; kept in the log.")
@click.option("--bom", is_flag=True, help="Mark CSV as UTF-8 for older spreadsheets.")
@click.option("--lang", type=click.Choice(["es", "en"]), help="Language of the README and the messages.")
def export_command(
    code: str, style: str, tables: tuple[str, ...], out: Path | None, lang: str | None, **how: Any
) -> None:
    """Export the tables of a call: all of them if none is named. Several CSV tables come as a ZIP."""
    with force_locale(lang or reader_language(os.environ)):
        call = call_by_code(code)
        if call is None:
            raise click.ClickException(gettext("There is no call “%(code)s”.", code=code))
        _demand_known(tables)
        purpose = how.pop("purpose")
        purpose = purpose if how["with_emails"] else ""
        wanted = Wanted(
            Style(style), [name for name in NAMES if not tables or name in tables], purpose=purpose, **how
        )
        with _output(out) as target:
            target.writelines(_exported(call, wanted, clock.now()))
            target.flush()


def _demand_known(tables: Sequence[str]) -> None:
    unknown = next((name for name in tables if name not in NAMES), None)
    if unknown is not None:
        known = ", ".join(NAMES)
        raise click.ClickException(
            gettext("There is no table “%(table)s”. These exist: %(known)s.", table=unknown, known=known)
        )


def _exported(call: Call, wanted: Wanted, now: datetime) -> Iterator[bytes]:
    """The export's bytes, once it is written down."""
    made = make(call, wanted, now)
    with made.file:
        services.note_export(call, left_of(made, wanted), Actor.system(), now)
        yield from made.chunks()


@contextmanager
def _output(out: Path | None) -> Iterator[IO[bytes]]:
    """A file of this name, or the terminal's output."""
    if out is None:
        yield sys.stdout.buffer
        return
    try:
        file = out.open("wb")
    except OSError as error:
        raise click.ClickException(
            gettext("The file %(file)s cannot be written. Check its folder and its permissions.", file=out)
        ) from error
    with file:
        yield file
