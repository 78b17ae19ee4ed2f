"""What a juror signs: the list of every mark given, in one canonical form that gives one hash."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from thinkia.domain.canonical import fingerprint


class SignedReview(NamedTuple):
    """A review's code, its submission's, and its marks by criterion in whole millionths."""

    review: str
    submission: str
    marks: Mapping[str, int]


def seal(call: str, juror: str, reviews: Iterable[SignedReview]) -> str:
    """SHA-256 of the marks, in hexadecimal; the order of the reviews means nothing.

    The text that is hashed is JSON as RFC 8785 writes it (keys sorted, no spaces, UTF-8): codes are plain
    ASCII and marks are integers, so that any program can write it again.
    """
    listed = [
        {**one._asdict(), "marks": dict(one.marks)} for one in sorted(reviews, key=lambda one: one.review)
    ]
    content = {"call": call, "juror": juror, "reviews": listed}
    return fingerprint(content)
