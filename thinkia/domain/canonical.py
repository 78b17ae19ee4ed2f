"""One text for one document, so that a hash of it can be computed again."""

import hashlib
import json


def canonical_json(document: object) -> str:
    """JSON with keys sorted and no spaces: as RFC 8785 writes ASCII text, whole numbers, lists and maps."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def fingerprint(document: object) -> str:
    """SHA-256 of the canonical text in UTF-8, in hexadecimal."""
    return sha256_of(canonical_json(document))


def sha256_of(text: str) -> str:
    """The same of a text that is canonical already."""
    return hashlib.sha256(text.encode()).hexdigest()
