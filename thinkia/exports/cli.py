"""``flask exports make …``: the tables of a call, from the terminal."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale, gettext

from thinkia import clock
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.exports import services
from thinkia.exports.exporting import left_of, make
from thinkia.exports.models import Group, Wanted
from thinkia.exports.prizes import prizes_of
from thinkia.exports.tables import NAMES, PRESETS
from thinkia.exports.wording.asking import EMPTY_PURPOSES
from thinkia.outside.mail import address
from thinkia.policy import Actor
from thinkia.web.export import Style, Writing
from thinkia.web.locale import reader_language

STYLES = [style.value for style in Style]  # click would take the names of an enum


exports_cli = AppGroup("exports", help="Take the data of a call.")


@exports_cli.command("make")
@click.argument("code")
@click.option("--preset", type=click.Choice(list(PRESETS)), help="A set of tables; otherwise all.")
@click.option("--table", "tables", multiple=True, metavar="NAME", help=f"One of: {', '.join(NAMES)}.")
@click.option("--format", "style", type=click.Choice(STYLES), default="csv", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; otherwise the output.")
@click.option(
    "--with",
    "purposes",
    multiple=True,
    metavar="GROUP=PURPOSE",
    help=f"Columns about persons, and what for. Groups: {', '.join(Group)}. The purpose is kept in the log.",
)
@click.option("--bom", is_flag=True, help="Mark CSV as UTF-8 for older spreadsheets.")
@click.option("--semicolons", is_flag=True, help="CSV with “;” and a decimal comma.")
@click.option("--lang", type=click.Choice(["es", "en"]), help="Language of the dictionary and the messages.")
def make_command(
    code: str, preset: str | None, tables: tuple[str, ...], style: str, purposes: tuple[str, ...], **how: Any
) -> None:
    """Export the tables of a call. Several CSV tables come as a ZIP; files go with “--format zip”."""
    with force_locale(how.pop("lang") or reader_language(os.environ)):
        call = call_by_code(code)
        if call is None:
            raise click.ClickException(gettext("There is no call “%(code)s”.", code=code))
        _demand_known(tables)
        out = how.pop("out")
        wanted = Wanted(
            Style(style),
            [name for name in NAMES if name in (tables or PRESETS[preset or "all"])],
            purposes=dict(map(_purpose, purposes)),
            writing=Writing(**how),
        )
        with _output(out) as target:
            target.writelines(_exported(call, wanted, clock.now()))
            target.flush()


@exports_cli.command("prizes")
@click.argument("code")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; otherwise the output.")
@click.option("--lang", type=click.Choice(["es", "en"]), help="Language of the texts.")
def prizes_command(code: str, out: Path | None, lang: str | None) -> None:
    """Write the prizes of a published result as 360Giving JSON, as anybody can take them from the web."""
    reader = lang or reader_language(os.environ)
    with force_locale(reader):
        call = call_by_code(code)
        if call is None:
            raise click.ClickException(gettext("There is no call “%(code)s”.", code=code))
        found = prizes_of(call, reader, address)
        if found is None:
            raise click.ClickException(gettext("No prize of this call is public."))
        with _output(out) as target:
            target.write(f"{json.dumps(found, ensure_ascii=False, indent=2)}\n".encode())


def _purpose(text: str) -> tuple[Group, str]:
    """``contact=Invite to the ceremony``."""
    name, _equals, purpose = text.partition("=")
    if name not in list(Group):
        known = ", ".join(Group)
        raise click.ClickException(
            gettext("There is no group “%(group)s”. These exist: %(known)s.", group=name, known=known)
        )
    if not purpose.strip():
        raise click.ClickException(str(EMPTY_PURPOSES[Group(name)]))
    return Group(name), purpose.strip()


def _demand_known(tables: Sequence[str]) -> None:
    unknown = next((name for name in tables if name not in NAMES), None)
    if unknown is not None:
        known = ", ".join(NAMES)
        raise click.ClickException(
            gettext("There is no table “%(table)s”. These exist: %(known)s.", table=unknown, known=known)
        )


def _exported(call: Call, wanted: Wanted, now: datetime) -> Iterator[bytes]:
    """The export's bytes, once it is written down."""
    made = make(call, wanted, now, current_app.extensions["storage"])
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
