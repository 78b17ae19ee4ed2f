"""`docs/operations.md` says what is: settings with their defaults, commands, limits."""

import re
from dataclasses import MISSING, fields

from config import Settings
from tests.operations.places import ROOT

TEXT = (ROOT / "docs/operations.md").read_text()
ROWS = dict(re.findall(r"^\| `(THINKIA_\w+)` \| (.*?) \|", TEXT, re.MULTILINE))
SETTINGS = {f"THINKIA_{each.name.upper()}": each for each in fields(Settings) if each.name != "given"}
IN_WORDS = {"", "THINKIA_DATA"}  # defaults that the table puts in words: none, or a place


def as_written(setting) -> str:
    if setting.default is MISSING:
        return ""
    return str(int(setting.default)) if isinstance(setting.default, bool) else str(setting.default)


def test_the_table_has_every_setting_in_the_order_of_the_code():
    assert list(ROWS) == list(SETTINGS)


def test_every_default_is_the_one_of_the_code():
    for name, setting in SETTINGS.items():
        default = as_written(setting)
        if default not in IN_WORDS and name not in IN_WORDS:
            assert ROWS[name] == f"`{default}`", name


def test_what_production_needs_is_marked():
    needed = set(re.findall(r"^\| `(THINKIA_\w+)` \|[^|]*\| \*\*needed", TEXT, re.MULTILINE))
    bare = Settings(env="production", storage="s3://files")
    assert needed == set(bare.missing)
    listed = re.findall(r"^   (THINKIA_\w+)=", TEXT, re.MULTILINE)
    assert set(Settings(env="production").missing) <= set(listed)


def test_the_worker_s_unit_is_make_worker():
    recipe = re.search(r"\n\t@exec \$\(BIN\)/(rq worker .*)\n", (ROOT / "Makefile").read_text())
    assert f".venv/bin/{recipe[1]}\n" in TEXT


def test_nginx_takes_bodies_as_large_as_thinkia_does(app):
    megabytes = app.config["MAX_CONTENT_LENGTH"] // 1024**2
    assert f"client_max_body_size {megabytes}m;" in TEXT
    assert "proxy_request_buffering off;" in TEXT


def test_every_command_it_names_exists(app):
    named = set(re.findall(r"`thinkia ([a-z-]+(?: [a-z-]+)?)", TEXT))
    commands = app.cli.commands
    for each in named - {"db upgrade"}:
        first, _, second = each.partition(" ")
        assert first in commands, each
        if second and not second.startswith("-"):
            assert second in commands[first].commands, each
