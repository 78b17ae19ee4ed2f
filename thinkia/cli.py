"""The commands of every feature, in one list: ``flask --help`` shows them."""

from click import Group

from thinkia.calls.cli import calls_cli
from thinkia.results.cli import results_cli

COMMANDS: tuple[Group, ...] = (calls_cli, results_cli)
