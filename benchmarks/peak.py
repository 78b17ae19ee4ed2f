"""``python -m benchmarks.peak CODE``: the most memory, in bytes, that exporting a call's reviews takes.

The process is warm when it is measured: its peak at the start, when everything is imported, is set back, so
that it cannot hide what the export takes. Linux alone keeps such a peak.
"""

import sys
from pathlib import Path

import thinkia
from config import Settings
from thinkia import clock
from thinkia.calls.queries import call_by_code
from thinkia.results.exporting import Wanted, make
from thinkia.web.export import Style

PROCESS = Path("/proc/self")
SET_PEAK_BACK = "5"
REVIEWS = Wanted(Style.CSV, ("reviews",))


def export(code: str) -> None:
    call = call_by_code(code)
    if call is None:
        sys.exit(f"there is no call {code}")
    make(call, REVIEWS, clock.now()).file.close()


def peak() -> int:
    lines = (PROCESS / "status").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    with thinkia.create_app(Settings.from_env()).app_context():
        export("demo-jury")
        (PROCESS / "clear_refs").write_text(SET_PEAK_BACK)
        export(sys.argv[1])
    print(peak())
