"""What other pages say of the jury's comments."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from thinkia.feedback import queries
from thinkia.feedback.wording import checked_sentence


def before_publication(call: Any, _now: datetime) -> Iterator[str]:
    """As in "12 of 40 comments looked over": what nobody looked over, no team will read."""
    counts = queries.counts(call)
    if counts.total:
        counted = checked_sentence(counts)
        yield _("%(counted)s: a team reads only those that are published.", counted=counted)
