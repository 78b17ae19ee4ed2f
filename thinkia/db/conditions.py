"""Rules that hold for some rows only, on both databases."""

from sqlalchemy import Index, text


def unique_where(name: str, *columns: str, where: str) -> Index:
    """At most one row with these values among those that satisfy ``where``."""
    condition = text(where)
    return Index(name, *columns, unique=True, sqlite_where=condition, postgresql_where=condition)
