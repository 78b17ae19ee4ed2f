"""The browser: one that is installed here, or else the one that playwright downloads."""

import os
import shutil
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import sync_playwright

from tests import servers

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def program() -> str:
    """The path of a browser that can be driven."""
    if not driver_runs():
        raise servers.Unavailable("Browser: playwright's driver does not start; it needs libatomic1")
    found = _installed() or servers.once("chromium", _downloaded)
    if not found:
        raise servers.Unavailable("Browser: no chromium on PATH, none downloaded by playwright")
    return found


def available() -> bool:
    return bool(_installed() or _downloaded())


def driver_runs() -> bool:
    """Whether playwright's own Node starts: small systems lack a library that it needs."""
    node, _ = compute_driver_executable()
    return subprocess.run([node, "--version"], capture_output=True, check=False).returncode == 0


def _installed() -> str:
    given = os.environ.get("THINKIA_TEST_CHROMIUM")
    paths = [given] if given else filter(None, map(shutil.which, _NAMES))
    return next((path for path in paths if not _is_snap(Path(path))), "")


def _is_snap(path: Path) -> bool:
    """Ubuntu's chromium is a snap, which cannot see temporary folders."""
    if "snap" in path.resolve().parts or path.resolve().name == "snap":
        return True
    with path.open("rb") as file:
        start = file.read(4096)
    return start.startswith(b"#!") and b"/snap/bin/" in start


def _downloaded() -> str:
    if not driver_runs():
        return ""
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else ""
