"""How evenly the readings are shared: how many people read how many, as a picture and its table show it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask_babel import ngettext

MOST_BARS = 16


def load_bins(loads: Sequence[int]) -> list[dict[str, Any]]:
    """How many people have each load, from the lightest to the heaviest; wide ranges in equal steps."""
    if not loads:
        return []
    counts, low, high = Counter(loads), min(loads), max(loads)
    step = -(-(high - low + 1) // MOST_BARS)
    return [_bin(counts, start, step, high) for start in range(low, high + 1, step)]


def _bin(counts: Counter[int], start: int, step: int, high: int) -> dict[str, Any]:
    last = min(start + step - 1, high)
    told = ngettext("%(num)d review", "%(num)d reviews", start)
    if last > start:
        most = ngettext("%(num)d review", "%(num)d reviews", last)
        told = f"{start}–{most}"
    count = sum(counts[load] for load in range(start, last + 1))
    return {"low": start if step == 1 else f"{start}–{last}", "count": count, "words": told}
