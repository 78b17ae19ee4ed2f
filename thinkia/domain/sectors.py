"""The five sectors of an innovation ecosystem, in the order of the ring (clockwise from the top)."""

from collections.abc import Iterable
from enum import StrEnum


class Sector(StrEnum):
    PUBLIC = "public"
    ACADEMIA = "academia"
    PRIVATE = "private"
    CIVIL_SOCIETY = "civil_society"
    COOPERATION = "cooperation"


SECTORS = tuple(sector.value for sector in Sector)


def in_ring_order(codes: Iterable[str]) -> list[str]:
    """The five as they stand in the ring, then a call's own by name."""
    return sorted(codes, key=lambda code: (SECTORS.index(code) if code in SECTORS else len(SECTORS), code))
