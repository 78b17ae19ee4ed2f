"""Pictures: the first bytes say what they are."""

from typing import IO

import puremagic

from thinkia.domain.reasons import Reason, Refused

SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}


def demand(stream: IO[bytes], name: str, ending: str) -> None:
    """Refuse a picture that is something else."""
    starts_so = stream.read(len(SIGNATURES[ending])) == SIGNATURES[ending]
    stream.seek(0)
    if not starts_so or f".{ending}" not in kinds(stream):
        raise Refused(Reason.FILE_CONTENT, name=name, ending=ending)


def kinds(stream: IO[bytes]) -> frozenset[str]:
    """Every ending that the content may have, as far as it can be recognised."""
    stream.seek(0)
    try:
        return frozenset(match.extension for match in puremagic.magic_stream(stream))
    except puremagic.PureError:
        return frozenset()
