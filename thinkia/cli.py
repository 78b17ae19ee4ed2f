"""The commands of every feature, in one list: ``flask --help`` shows them."""

from click import Group

from thinkia.results.cli import results_cli

COMMANDS: tuple[Group, ...] = (results_cli,)
