"""A PostgreSQL of the run's own: binaries that are here, data in the run's folder, no fsync."""

import os
import secrets
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from tests import servers

_GIVEN = "THINKIA_TEST_DATABASE_URL"
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # A table that was looked at while all its rows were rolled back is planned for as if it were empty for
    # ever, and a join over what is left of them then takes minutes. Without figures the planner goes by size.
    "autovacuum": "off",
    "max_connections": 100,
}


def url() -> str:
    """The address of a server on which the tests may create databases."""
    return os.environ.get(_GIVEN) or servers.once("postgres", _start)


def binary(name: str) -> Path | None:
    """A server's program: on PATH, or where Debian keeps each version's own."""
    found = [Path(path) for path in [shutil.which(name)] if path]
    found += sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version, reverse=True)
    return found[0] if found else None


def available() -> bool:
    return bool(os.environ.get(_GIVEN) or (binary("initdb") and binary("postgres")))


def create(name: str, *, template: str = "template0") -> str:
    """A new database, replacing one of that name; its address."""
    with _admin() as connection:
        connection.execute(_drop(name))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    return address(name)


def drop(name: str) -> None:
    with _admin() as connection:
        connection.execute(_drop(name))


def address(name: str) -> str:
    server, _, _ = url().rpartition("/")
    return f"{server}/{name}"


def _admin() -> psycopg.Connection:
    return psycopg.connect(url(), autocommit=True)


def _drop(name: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))


def _version(path: Path) -> int:
    version = path.parent.parent.name
    return int(version) if version.isdigit() else 0


def _start() -> str:
    initdb, postgres = binary("initdb"), binary("postgres")
    if not (initdb and postgres):
        raise servers.Unavailable("PostgreSQL: no initdb on PATH nor in /usr/lib/postgresql")
    data, password, port = servers.folder() / "postgres", secrets.token_hex(16), servers.free_port()
    data.mkdir(mode=0o700)
    (data / "password").write_text(password)
    if os.geteuid() == 0:  # initdb refuses root
        for path in (data, data / "password"):
            shutil.chown(path, "postgres", "postgres")
    cluster = data / "cluster"
    how = ["-U", "thinkia", "--auth=scram-sha-256", f"--pwfile={data / 'password'}"]
    encoding = ["--no-sync", "--locale=C", "--encoding=UTF8"]
    initialise = [*_as_its_user(), initdb, "-D", cluster, *how, *encoding]
    made = subprocess.run(initialise, capture_output=True, text=True, cwd="/", check=False)
    if made.returncode:
        raise servers.Unavailable(f"PostgreSQL: initdb failed: {made.stderr.strip()}")
    options = [f"--{name}={value}" for name, value in {**_SETTINGS, "port": port}.items()]
    server = f"postgresql://thinkia:{password}@127.0.0.1:{port}/postgres"
    servers.launch(
        "postgres", [*_as_its_user(), postgres, "-D", cluster, *options], lambda: _answers(server), cwd="/"
    )
    return server


def _as_its_user() -> list[str]:
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv"):
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    return ["runuser", "-u", "postgres", "--"]


def _answers(server: str) -> bool:
    """Its port is open a moment before it takes anybody in."""
    try:
        psycopg.connect(server, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True
