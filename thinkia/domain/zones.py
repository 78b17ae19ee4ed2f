"""Time zones by their IANA name, and local times as people write them."""

from datetime import UTC, datetime, time, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def zone_named(name: str) -> ZoneInfo | None:
    """The zone, or ``None`` where there is none of that name."""
    return ZoneInfo(name) if name in _known() else None


def readings(local: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    """The instants (UTC) that a naive local time may mean: one; none when clocks jump over it; two when
    they go back.
    """
    instants = {local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(
        sorted(instant for instant in instants if instant.astimezone(zone).replace(tzinfo=None) == local)
    )


def written(instant: datetime, zone: tzinfo) -> str:
    """The local time as ``2026-03-12 17:00``; with its offset where the same local time comes twice.
    Seconds are written only where there are some.
    """
    local = instant.astimezone(zone)
    precision = "auto" if local.second or local.microsecond else "minutes"
    naive = local.replace(tzinfo=None)
    twice = len(readings(naive, zone)) > 1
    return (local if twice else naive).replace(fold=local.fold).isoformat(" ", precision)


def day_began(zone: str, moment: datetime) -> datetime:
    """When the day of this moment began on the clocks of a zone."""
    there = ZoneInfo(zone)
    return datetime.combine(moment.astimezone(there).date(), time(), there)
