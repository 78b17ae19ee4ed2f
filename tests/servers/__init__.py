"""The real servers that the tests talk to: private ones, started when first asked for, gone at the end.

A *run* is one pytest command with all its xdist workers. It owns a temporary
folder, named by the process that ends it; whoever first needs a server starts it
there under a lock, and the others find its address in the folder. A later run
sweeps up after one that was killed.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

RUN = "THINKIA_TEST_RUN"
_PREFIX = "thinkia-tests-"
_PLACE = "/tmp" if os.geteuid() == 0 else tempfile.gettempdir()  # root's own may be closed to others


class Unavailable(Exception):
    """What cannot be had on this machine, and why, in one line."""


def begin() -> Path:
    """The folder of a new run. Workers learn of it from the environment."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=_PLACE))
    folder.chmod(0o711)  # PostgreSQL may run as another user, below this folder
    os.environ[RUN] = str(folder)
    return folder


def folder() -> Path:
    return Path(os.environ[RUN])


def once(name: str, start: Callable[[], str]) -> str:
    """What ``start`` returned the first time that any worker of the run asked for ``name``.

    A start that failed is not tried again: the others hear the same reason.
    """
    answer, failure = folder() / f"{name}.answer", folder() / f"{name}.failure"
    with locked(name):
        if failure.exists():
            raise Unavailable(failure.read_text())
        if not answer.exists():
            try:
                answer.write_text(start())
            except Unavailable as reason:
                failure.write_text(str(reason))
                raise
        return answer.read_text()


@contextlib.contextmanager
def locked(name: str) -> Iterator[None]:
    with (folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def launch(name: str, command: Sequence[str | Path], ready: Callable[[], bool], **options) -> None:
    """Start a server that lives until the run ends; return when it answers."""
    log = folder() / f"{name}.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True, **options)
    (folder() / f"{name}.pid").write_text(str(process.pid))
    process.returncode = 0  # no warning when this worker ends first: whoever ends the run ends it
    deadline = time.monotonic() + 30
    while not ready():
        if time.monotonic() > deadline or not _alive(process.pid):
            tail = " ".join(log.read_text().split()[-30:])
            raise Unavailable(f"{name} did not start: {tail}")
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end(run: Path) -> None:
    """Stop whatever the run started and remove its folder."""
    pids = [int(file.read_text()) for file in run.glob("*.pid")]
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)  # for PostgreSQL the fast shutdown
    deadline = time.monotonic() + 5
    while any(_alive(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    for pid in filter(_alive, pids):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(run, ignore_errors=True)


def _sweep() -> None:
    for run in Path(_PLACE).glob(f"{_PREFIX}*"):
        owner = run.name.removeprefix(_PREFIX).partition("-")[0]
        if run.stat().st_uid == os.geteuid() and not _alive(int(owner)):
            end(run)


def _alive(pid: int) -> bool:
    """Whether a process still runs; one that ended and waits for its parent does not."""
    with contextlib.suppress(OSError):
        os.waitpid(pid, os.WNOHANG)
    with contextlib.suppress(OSError):
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
