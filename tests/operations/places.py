"""An installation for the checks to look at."""

from pathlib import Path

from config import Settings
from thinkia.operations.report import Place, State
from thinkia.outside.storage import storage_of

ROOT = Path(__file__).parents[2]


def a_place(now, data=Path("/nowhere"), *, environment=(), root=ROOT, **settings) -> Place:
    """With these settings, all of them given."""
    given = Settings(data=data, **settings, given=frozenset(settings))
    return Place(
        settings=given,
        storage=storage_of(given),
        root=root,
        environment=dict.fromkeys(environment, "x"),
        now=now,
    )


def wrongs(check, place) -> list[str]:
    """What a check has against the installation."""
    return [line.sentence for line in check(place) if line.state is State.WRONG]


def words(check, place) -> list[str]:
    return [line.sentence for line in check(place)]
