"""Every SELECT of every test is watched: rows of closed rounds are found only by who asks for them.

``thinkia/db/rounds.py`` adds the condition to what is selected. A table that is named in a mere condition, as
in ``exists().where(Review…)``, is not looked into: such a statement fails here, in whichever test it runs.
"""

import re
from functools import cache

from sqlalchemy import Engine, event

from thinkia.db.rounds import OfRound


@cache
def sources() -> re.Pattern[str]:
    tables = "|".join(sorted(table.__tablename__ for table in OfRound.__subclasses__()))
    return re.compile(rf"(?:FROM|JOIN|,)\s+({tables})(?:\s+AS\s+(\w+))?(?=[\s,)]|$)")


@cache
def unfiltered(statement: str) -> tuple[str, ...]:
    """The tables of rounds that a SELECT reads whole, by the names that it gives them."""
    if not statement.lstrip("( \n").startswith(("SELECT", "WITH")):
        return ()
    statement = statement.replace('"', "")
    named = [alias or table for table, alias in sources().findall(statement)]
    reloads = re.compile(r"WHERE (\w+)\.id = \S+\s*$").search(statement)
    return tuple(
        name
        for name in named
        if f"{name}.closed_round IS NULL" not in statement and not (reloads and reloads.group(1) == name)
    )


def watch_every_statement() -> None:
    event.listen(Engine, "before_cursor_execute", look)


def look(_connection, _cursor, statement, _parameters, context, _executemany):
    if context is None or context.compiled is None or context.execution_options.get("every_round"):
        return
    found = unfiltered(statement)
    assert not found, f"sees closed rounds of {', '.join(found)}:\n{statement}"
