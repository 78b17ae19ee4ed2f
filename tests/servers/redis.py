"""A Redis of the run's own, one numbered database per xdist worker."""

import os
import secrets
import shutil
import socket

from tests import servers

_GIVEN = "THINKIA_TEST_REDIS_URL"


def url(database: int = 0) -> str:
    server = os.environ.get(_GIVEN) or servers.once("redis", _start)
    return f"{server.rstrip('/')}/{database}"


def available() -> bool:
    return bool(os.environ.get(_GIVEN) or shutil.which("redis-server"))


def _start() -> str:
    program = shutil.which("redis-server")
    if not program:
        raise servers.Unavailable("Redis: no redis-server on PATH")
    data, password, port = servers.folder() / "redis", secrets.token_hex(16), servers.free_port()
    data.mkdir(mode=0o700)
    settings = data / "redis.conf"
    settings.write_text(
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {data}\nsave ""\nappendonly no\n'
    )
    servers.launch("redis", [program, settings], lambda: _answers(port))
    return f"redis://:{password}@127.0.0.1:{port}"


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
