"""Web addresses that people give: told apart, never fetched."""

import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

SCHEMES = ("https", "http")
MOST_CHARACTERS = 2_000
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_NO_SCHEME = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#].*)?")


def completed(text: str) -> str:
    """The address with ``https://`` before it when it names a site and no scheme."""
    return f"https://{text}" if _NO_SCHEME.fullmatch(text) else text


def scheme_of(text: str) -> str:
    """What stands before the first colon, in lower case."""
    return text.partition(":")[0].lower() if ":" in text else ""


def host_of(text: str) -> str | None:
    """The host of a usable address, in ASCII; ``None`` for anything else.

    Usable: http or https, a host with a dot, no name or password in it, nothing that readers and
    browsers understand differently (spaces, controls, backslashes).
    """
    if len(text) > MOST_CHARACTERS or "\\" in text or any(_is_unseen(letter) for letter in text):
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or "@" in parts.netloc:
        return None
    return _ascii_host(parts)


def is_of(host: str, allowed: tuple[str, ...]) -> bool:
    """Whether the host is one of these, or below one of them. None named: every host is."""
    names = [name.lower() for name in allowed]
    return not names or any(host == name or host.endswith(f".{name}") for name in names)


def _ascii_host(parts: SplitResult) -> str | None:
    try:
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = host.split(".")
    return host if len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels) else None


def _is_unseen(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter)[0] == "C"
