"""The application that a WSGI server or the ``flask`` command loads."""

import os

from config import Settings
from thinkia import create_app

settings = Settings.from_env()
if "FLASK_RUN_FROM_CLI" not in os.environ:  # `flask check` says what is missing
    settings.stop_if_missing()
app = create_app(settings)
