"""``flask demo …``: sample data to look at, never in production."""

import shutil

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import downgrade, upgrade

from thinkia import clock
from thinkia.accounts.queries import actor_of
from thinkia.demo.accounts import PASSPHRASE, sample_account
from thinkia.demo.calls import Sample
from thinkia.demo.load import Size
from thinkia.demo.load import load as load_call
from thinkia.demo.queries import call_exists
from thinkia.demo.seed import ACCOUNTS, OWNER
from thinkia.demo.seed import seed as seed_calls
from thinkia.organisations.queries import host_by_code

demo_cli = AppGroup("demo", help="Sample data: never in production.")


def _refuse_in_production() -> None:
    if current_app.config["SETTINGS"].production:
        raise click.ClickException("Sample data is refused where THINKIA_ENV is production.")


@demo_cli.command()
def seed() -> None:
    """Add the sample calls that are not there yet."""
    _refuse_in_production()
    for code in seed_calls(clock.now()):
        click.echo(f"  added the sample call {code}")


@demo_cli.command()
@click.confirmation_option(prompt="This deletes everything in the database. Go on?")
def reset() -> None:
    """Delete everything, files and mail too, and add the sample calls anew."""
    _refuse_in_production()
    downgrade(revision="base")
    upgrade()
    for folder in ("files", "mail"):
        shutil.rmtree(current_app.config["SETTINGS"].data / folder, ignore_errors=True)
    for code in seed_calls(clock.now()):
        click.echo(f"  added the sample call {code}")


@demo_cli.command()
def accounts() -> None:
    """Print as whom to sign in."""
    _refuse_in_production()
    click.echo("\n  Sample accounts:\n")
    for who, email in ACCOUNTS:
        click.echo(f"    {who:<30} {email}")
    click.echo(f"    {'the public':<30} (no account is needed)")
    click.echo(f"\n  The passphrase of all of them:  {PASSPHRASE}")
    click.echo("  Mail is not sent: read it at /_mail\n")


@demo_cli.command()
@click.option("--submissions", default=2000, show_default=True)
@click.option("--jurors", default=100, show_default=True)
@click.option("--reviews", default=10_000, show_default=True, help="Final ones, over all jurors.")
@click.option("--code", default="demo-load", show_default=True)
@click.option(
    "--like",
    type=click.Choice([sample.value for sample in Sample]),
    default=Sample.JURY.value,
    show_default=True,
    help="How far it has come: as this sample call.",
)
def load(submissions: int, jurors: int, reviews: int, code: str, like: str) -> None:
    """Add a large sample call, for the benchmarks."""
    _refuse_in_production()
    seed_calls(clock.now())
    host = host_by_code("lab-muestra")
    if host is None or call_exists(code):
        raise click.ClickException(f"The call {code} is there already.")
    now = clock.now()
    actor = actor_of(sample_account(OWNER, now))
    size = Size(submissions, jurors, reviews)
    load_call(host, actor, now, code=code, size=size, like=Sample(like))
    click.echo(f"  added {code}: {submissions} submissions, {jurors} jurors, {reviews} final reviews")
