"""What a process has in memory before anybody asks for anything."""

import json
import subprocess
import sys

from tests.architecture.house import ROOT

SPARED = ("ortools", "numpy", "scipy", "typst", "boto3", "openpyxl")
LISTED = """
import json, sys, thinkia, thinkia.outside.queue
from config import Settings
thinkia.create_app(Settings(env="test", cheap_passwords=True))
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_what_only_some_work_needs_is_not_loaded_by_every_process():
    told = subprocess.run(
        [sys.executable, "-c", LISTED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = json.loads(told.stdout)

    assert {"flask", "xlsxwriter", "redis"} <= set(loaded)
    assert [name for name in SPARED if name in loaded] == []
