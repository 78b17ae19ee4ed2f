"""Install what the tests need and this machine lacks, where we may; say so before, and say what is left out.

Debian's and Ubuntu's packages, as root or by a ``sudo`` that asks nothing. No
service is left running: PostgreSQL makes no cluster of its own, and a policy
that was not there before keeps the packages from starting anything.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.servers import chromium, postgres, redis

_POLICY = Path("/usr/sbin/policy-rc.d")
_CLUSTERS = "/etc/postgresql-common/createcluster.conf"
_NEEDED: dict[str, tuple[str, Callable[[], bool]]] = {
    "postgresql": ("PostgreSQL", postgres.available),
    "redis-server": ("Redis", redis.available),
    "libatomic1": ("a browser", chromium.driver_runs),
    "chromium": ("a browser", chromium.available),
}


def main() -> int:
    """Leave the machine able to run every test, or say in one line each what it cannot run."""
    missing = [package for package, (_, there) in _NEEDED.items() if not there()]
    if missing:
        _install(missing)
    left = [package for package in missing if not _NEEDED[package][1]()]
    for package in left:
        print(f"Skipping the tests that need {_NEEDED[package][0]}: {_why(package)}")
    return 1 if left and os.environ.get("CI") == "true" else 0


def _install(missing: list[str]) -> None:
    rights = _rights()
    if shutil.which("apt-get") is None or rights is None:
        return
    ubuntu = _is_ubuntu()  # there, chromium is a snap
    packages = [package for package in missing if not (ubuntu and package == "chromium")]
    if packages:
        _install_packages(packages, rights)
    if ubuntu and not chromium.available():
        print("Downloading playwright's browser and installing the libraries it asks for", flush=True)
        _try([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"])


def _install_packages(packages: list[str], rights: list[str]) -> None:
    print("Installing Debian packages for the tests:", " ".join(packages), flush=True)
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-qq"]
    install = [*apt, "-o", "Dpkg::Use-Pty=0", "install", "--no-install-recommends"]
    silenced = not _POLICY.exists()
    if silenced:
        _write(_POLICY, "#!/bin/sh\nexit 101\n", rights)
        _try([*rights, "chmod", "755", str(_POLICY)])
    try:
        _try([*apt, "update"])
        if "postgresql" in packages:
            _try([*install, "postgresql-common"], quiet=True)
            change = r"s/^#\?create_main_cluster *=.*/create_main_cluster = false/"
            _try([*rights, "sed", "-i", change, _CLUSTERS])
        _try([*install, *packages], quiet=True)
    finally:
        if silenced:
            _try([*rights, "rm", "-f", str(_POLICY)])


def _rights() -> list[str] | None:
    """What to put before a command so that it runs as root; ``None`` where we may not."""
    if os.geteuid() == 0:
        return []
    may = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if may and may.returncode == 0 else None


def _why(package: str) -> str:
    if shutil.which("apt-get") is None:
        return f"install it by hand ({package})"
    if _rights() is None:
        return f"installing it needs root or a sudo without password (apt-get install {package})"
    return f"apt-get install {package} failed, see above"


def _write(path: Path, text: str, rights: list[str]) -> None:
    subprocess.run([*rights, "tee", str(path)], input=text.encode(), stdout=subprocess.DEVNULL, check=True)


def _try(command: list[str], *, quiet: bool = False) -> None:
    """Run it; what failed shows on the error output, and the next look decides whether it matters."""
    output = subprocess.DEVNULL if quiet else None
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, check=False)


def _is_ubuntu() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "ID=ubuntu" in release.read_text().splitlines()
