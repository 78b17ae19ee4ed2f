"""``flask organisations …`` and ``flask accounts …``: hosts, and the people who run them."""

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup

from thinkia import clock
from thinkia.domain.codes import is_call_code
from thinkia.domain.reasons import Refused
from thinkia.domain.sectors import SECTORS
from thinkia.organisations import services
from thinkia.organisations.models import Host
from thinkia.organisations.queries import every_host, host_by_code, staff_of
from thinkia.outside.mail import address
from thinkia.policy import Actor
from thinkia.policy.actor import StaffRole
from thinkia.web.errors import sentence

accounts_cli = AppGroup("accounts", help="Make accounts for the people who run calls.")
organisations_cli = AppGroup("organisations", help="Hosts of calls and their staff.")

ROLES = click.Choice([role.value for role in StaffRole])


@accounts_cli.command("create-organiser")
@click.option("--email", required=True, help="Where the link to choose a passphrase is sent.")
@click.option("--name", required=True, help="Name and surname.")
@click.option("--host", "code", required=True, help="Code of the host that the person works for.")
@click.option("--host-name", default="", help="Its name: makes the host if there is none of that code.")
@click.option("--role", type=ROLES, default=StaffRole.ORGANISER.value, show_default=True)
@click.option("--lang", type=click.Choice(["es", "en"]), default="es", show_default=True)
def create_organiser(email: str, name: str, code: str, host_name: str, role: str, lang: str) -> None:
    """Let a person organise calls of a host, with an account if there is none, and write to that person."""
    actor, now = Actor.system(), clock.now()
    wanted = services.NewStaff(email=_whole(email), role=StaffRole(role), name=name, language=lang)
    try:
        host = host_by_code(code) or _new_host(code, host_name, "public")
        secret = services.add_staff(host, wanted, actor, now)
    except Refused as refused:
        raise click.ClickException(sentence(refused)) from refused
    click.echo(f"{wanted.email}: {role}, {host.code}")
    if secret and not current_app.config["SETTINGS"].production:
        click.echo(address("accounts.reset_with_link", token=secret))


@organisations_cli.command("add-host")
@click.argument("code")
@click.argument("name")
@click.option("--sector", type=click.Choice(SECTORS), default="public", show_default=True)
def add_host(code: str, name: str, sector: str) -> None:
    """Add an organisation that runs calls."""
    try:
        host = _new_host(code, name, sector)
    except Refused as refused:
        raise click.ClickException(sentence(refused)) from refused
    click.echo(f"{host.code}: {host.name}")


@organisations_cli.command("list")
def list_hosts() -> None:
    """The hosts, with their staff."""
    for host in every_host():
        click.echo(f"{host.code}: {host.name}")
        for staff in staff_of(host):
            click.echo(f"  {staff.account.email}  {staff.role.value}")


def _new_host(code: str, name: str, sector: str) -> Host:
    if not name:
        raise click.UsageError(f"There is no host {code}. Say --host-name to make it.")
    if not is_call_code(code):
        raise click.BadParameter(f"{code}: small letters and digits, in words joined by hyphens.")
    return services.add_host(code, name, sector, Actor.system(), clock.now())


def _whole(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False).normalized.lower()
    except EmailNotValidError as problem:
        raise click.BadParameter(f"{email}: {problem}") from problem
