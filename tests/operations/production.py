"""Thinkia as `docs/operations.md` has it run: real programs, started by the commands that people type."""

import contextlib
import http.client
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from tests import markup
from tests.operations.places import ROOT

HOST = "thinkia.example.org"
BIN = Path(sys.executable).parent
PATIENCE = 45


def web(port: int) -> list[str]:
    """The server of the documents' unit, on a port of its own."""
    unit = re.search(r"ExecStart=\S+/bin/(gunicorn .*)", (ROOT / "docs/operations.md").read_text())
    program, *options = shlex.split(unit[1])
    options[options.index("--bind") + 1] = f"127.0.0.1:{port}"
    return [str(BIN / program), *options]


def worker() -> list[str]:
    """The command of ``make worker``."""
    recipe = re.search(r"^worker:.*\n\t@exec \$\(BIN\)/(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    program, *options = shlex.split(recipe[1])
    return [str(BIN / program), *options]


def flask(*arguments: str) -> list[str]:
    return [str(BIN / "flask"), "--app", "wsgi", *arguments]


def environment(**settings: object) -> dict[str, str]:
    """Of this machine, with these settings of Thinkia and no others."""
    others = {
        name: value for name, value in os.environ.items() if not name.startswith(("THINKIA_", "FLASK_"))
    }
    return others | {f"THINKIA_{name.upper()}": str(value) for name, value in settings.items()}


def run(command: list[str], env: Mapping[str, str]) -> subprocess.CompletedProcess:
    """A command that ends by itself."""
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@contextlib.contextmanager
def running(command: list[str], env: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """A program that serves until it is told to stop; then it must end well."""
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
        try:
            yield process
            process.terminate()
            assert process.wait(timeout=PATIENCE) == 0, log.read_text()
        finally:
            process.kill()
            process.wait()


def wait_for(what: Callable[[], object], *logs: Path) -> object:
    """What comes about within a while, or the programs' own words."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("\n".join(log.read_text() for log in logs))


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str

    def token(self) -> str:
        root, _ = markup.parse(self.text)
        return root.all("input", name="csrf_token")[0]["value"]


@dataclass
class Person:
    """A browser on the other side of a proxy that speaks https to it and http to us."""

    port: int
    address: str = "203.0.113.7"
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def send(self, method: str, path: str, data: Mapping[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {
            "Host": HOST,
            "X-Forwarded-For": self.address,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": HOST,
            "Referer": f"https://{HOST}{path}",
            "Accept-Language": "es",
            "Cookie": "; ".join(f"{name}={each.value}" for name, each in self.cookies.items()),
        }
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with contextlib.closing(connection):
            connection.request(method, path, urlencode(data or {}), headers)
            response = connection.getresponse()
            for cookie in response.headers.get_all("Set-Cookie") or ():
                self.cookies.load(cookie)
            return Answer(response.status, response.headers, response.read().decode())

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def submit(self, path: str, **fields: str) -> Answer:
        """Open the page of a form, and send the form."""
        return self.send("POST", path, {"csrf_token": self.get(path).token(), **fields})

    def reaches(self) -> bool:
        """Whether the server answers at all."""
        try:
            return self.get("/health").status == 200
        except OSError:
            return False
