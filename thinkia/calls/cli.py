"""``flask calls …``: call files in and out, for operators and scripts, with one person's rights."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import gettext as _

from thinkia import clock
from thinkia.accounts.models import Account
from thinkia.accounts.queries import account_by_email, actor_of
from thinkia.calls import services
from thinkia.calls.call_file import CallFileErrors
from thinkia.calls.call_file.sentences import path_in_words
from thinkia.calls.call_file.sentences import sentence as error_sentence
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code, every_call
from thinkia.calls.wording import STATES
from thinkia.db.transaction import end_reading
from thinkia.domain.reasons import Refused
from thinkia.organisations.models import Host
from thinkia.organisations.queries import host_by_code
from thinkia.policy import Action, Denied, check
from thinkia.web.errors import sentence

FILE = click.Path(path_type=Path)
LANGUAGE = click.Choice(["es", "en"])

calls_cli = AppGroup("calls", help="Import, export and publish calls as call files.")


@calls_cli.command("import")
@click.argument("file", type=FILE)
@click.option("--host", "host_code", required=True, help="Code of the host that runs the call.")
@click.option("--as", "email", required=True, help="E-mail of the person of its staff who does this.")
@click.option("--reason", default="", help="Why a published call changes; it is published too.")
@click.option("--lang", type=LANGUAGE, help="Language of the messages; that of the account if left out.")
def import_command(file: Path, host_code: str, email: str, reason: str, lang: str | None) -> None:
    """Read a call file: a new code makes a draft, a draft is replaced, a published call gets a new version.

    With an error nothing changes, every error is told with its place, and the exit code is 1.
    """
    account = account_by_email(email)
    with force_locale(_language(lang, account)), _refusals(str(file)):
        person, host = _known_person(account, email), _known_host(host_code)
        actor, now = actor_of(person), clock.now()
        call = services.import_call(_read(file), host, actor, now, reason=reason)
        _report(call)
        if call.version and call.version.published_at and call.version.published_at < now:
            click.echo(_("Nothing has changed: the file holds the bases in force."), err=True)


@calls_cli.command("export")
@click.argument("code")
@click.option("--out", type=FILE, help="Where to write; the terminal if left out.")
@click.option("--lang", type=LANGUAGE, help="Language of the messages.")
def export_command(code: str, out: Path | None, lang: str | None) -> None:
    """Write the call file of a call: the bases in force, or a draft call's draft."""
    with force_locale(_language(lang, None)):
        call = _known_call(code)
        content = call.version.content if call.version else ""
        if out is None:
            click.echo(content.encode(), nl=False)
        else:
            _write(out, content.encode())


@calls_cli.command("publish")
@click.argument("code")
@click.option("--as", "email", required=True, help="E-mail of the person of its staff who does this.")
@click.option("--reason", default="", help="Why a published call changes; it is published too.")
@click.option("--lang", type=LANGUAGE, help="Language of the messages; that of the account if left out.")
def publish_command(code: str, email: str, reason: str, lang: str | None) -> None:
    """Publish a draft call, or the change that was prepared for a published one."""
    account = account_by_email(email)
    with force_locale(_language(lang, account)), _refusals(code):
        actor, call, now = actor_of(_known_person(account, email)), _known_call(code), clock.now()
        check(Action.CALL_PUBLISH, actor, call, now)
        services.publish(call, actor, now, reason=reason)
        _report(call)


@calls_cli.command("list")
@click.option("--lang", type=LANGUAGE, help="Language of the words.")
def list_command(lang: str | None) -> None:
    """Every call: code, host, state, title."""
    language = _language(lang, None)
    with force_locale(language):
        for call in every_call():
            title = " ".join(call.bases.title.in_language(language)[0].split())
            click.echo("\t".join((call.code, call.host.code, str(STATES[call.state]), title)))


def _report(call: Call) -> None:
    version = call.version.number if call.version else 0
    told = {"code": call.code, "state": STATES[call.state], "version": version}
    click.echo(_("%(code)s: %(state)s, version %(version)s", **told))


@contextmanager
def _refusals(what: str) -> Iterator[None]:
    """Say why, change nothing, and end with 1."""
    try:
        yield
    except CallFileErrors as errors:
        for error in errors.errors:
            place = f"{what}:{error.line}:{error.column}" if error.line else what
            steps = [place, path_in_words(error.path), error_sentence(error)]
            click.echo(": ".join(step for step in steps if step), err=True)
        _end()
    except Refused as refused:
        _fail(f"{what}: {sentence(refused)}")
    except Denied:
        _fail(_("%(what)s: this person may not do this. Ask an organiser of the host.", what=what))


def _known_person(account: Account | None, email: str) -> Account:
    if account is None or account.verified_at is None:
        _fail(_("There is no verified account with the address %(email)s.", email=email))
    return account


def _known_host(code: str) -> Host:
    host = host_by_code(code)
    if host is None:
        _fail(_("There is no host with the code %(code)s.", code=code))
    return host


def _known_call(code: str) -> Call:
    call = call_by_code(code)
    if call is None:
        _fail(_("There is no call with the code %(code)s.", code=code))
    return call


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        _fail(_("The file %(file)s cannot be read. Check its name and its permissions.", file=file))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError:
        _fail(_("The file %(file)s cannot be written. Check its folder and its permissions.", file=file))


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    _end()


def _end() -> NoReturn:
    end_reading()
    raise SystemExit(1)


def _language(asked: str | None, account: Account | None) -> str:
    """What was asked for, the account's, or what the terminal speaks."""
    if asked or account:
        return asked or account.language  # type: ignore[union-attr]
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "es" if next((name for name in names if name), "").lower().startswith("es") else "en"
