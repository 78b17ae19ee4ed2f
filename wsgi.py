"""The application that a WSGI server or the ``flask`` command loads."""

import os
import sys

from config import Settings
from thinkia import create_app

settings = Settings.from_env()
if settings.missing and "FLASK_RUN_FROM_CLI" not in os.environ:
    sys.exit("Thinkia does not start: set " + ", ".join(settings.missing) + " (docs/operations.md)")
app = create_app(settings)
