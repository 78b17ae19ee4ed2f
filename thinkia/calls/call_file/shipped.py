"""The real calls that come with the platform, as call files: templates that an organiser clones."""

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "shipped"


def shipped_codes() -> tuple[str, ...]:
    """The codes of the shipped calls, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def shipped_text(code: str) -> str:
    """The canonical call file of a shipped call: for ``bases_of``. ``KeyError`` where there is none."""
    if code not in shipped_codes():
        raise KeyError(code)
    return (FOLDER / f"{code}.yaml").read_text(encoding="utf-8")
