"""``python -m tests.servers``: what ``make test`` runs first."""

import sys

from tests.servers.install import main

sys.exit(main())
