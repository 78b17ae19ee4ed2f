"""How many statements a piece of work sends to the database, whatever application or database it is.

    with count_queries() as queries:
        browser.get("/calls/rios/teams")
    assert len(queries) == 4, queries

Lists are asked with 1 and with 5 rows under the same literal number. Savepoints, which only the tests'
rolled-back transactions need, do not count.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

NOT_COUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "BEGIN", "PRAGMA")


class Queries(list[str]):
    """The statements, in order. Written as a failing assertion should show them."""

    def __repr__(self) -> str:
        return "\n" + "\n".join(
            f"{number}. {' '.join(each.split())[:300]}" for number, each in enumerate(self, 1)
        )


@contextmanager
def count_queries() -> Iterator[Queries]:
    """Every statement that is sent inside the block, also by other threads."""
    seen = Queries()

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(NOT_COUNTED):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
