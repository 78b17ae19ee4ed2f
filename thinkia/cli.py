"""The commands of every feature, in one list: ``flask --help`` shows them."""

from click import Command

from thinkia.calls.cli import calls_cli
from thinkia.demo.cli import demo_cli
from thinkia.exports.cli import exports_cli, make_command
from thinkia.jury.cli import jury_cli
from thinkia.operations.cli import check_command, outbox_cli
from thinkia.organisations.cli import accounts_cli, organisations_cli
from thinkia.results.cli import results_cli

results_cli.add_command(make_command, "export")  # what it was called before

COMMANDS: tuple[Command, ...] = (
    accounts_cli,
    organisations_cli,
    calls_cli,
    jury_cli,
    results_cli,
    exports_cli,
    check_command,
    outbox_cli,
    demo_cli,
)
