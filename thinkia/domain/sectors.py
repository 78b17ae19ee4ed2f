"""The five sectors of an innovation ecosystem, in the order of the ring (clockwise from the top)."""

from enum import StrEnum


class Sector(StrEnum):
    PUBLIC = "public"
    ACADEMIA = "academia"
    PRIVATE = "private"
    CIVIL_SOCIETY = "civil_society"
    COOPERATION = "cooperation"


SECTORS = tuple(sector.value for sector in Sector)
