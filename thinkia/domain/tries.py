"""How long somebody waits after wrong passphrases.

Tries for one account from one place are few: five, then each doubles the wait. Tries for one account from
everywhere only slow down, and never for long: otherwise whoever knows an address could lock its owner out.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
FREE_HERE, FREE_EVERYWHERE = 5, 20
LONGEST_HERE, LONGEST_EVERYWHERE = timedelta(minutes=15), timedelta(seconds=30)


def ready_at(here: Sequence[datetime], everywhere: Sequence[datetime]) -> datetime | None:
    """When the next try is heard, or ``None`` for at once. Both lists: what failed within ``WINDOW``."""
    times = [
        max(tries) + min(first * 2 ** min(len(tries) - free, 10), longest)
        for tries, free, first, longest in (
            (here, FREE_HERE, timedelta(minutes=1), LONGEST_HERE),
            (everywhere, FREE_EVERYWHERE, timedelta(seconds=1), LONGEST_EVERYWHERE),
        )
        if len(tries) >= free
    ]
    return max(times, default=None)
