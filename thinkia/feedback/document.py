"""What a team reads of its result, as a PDF to keep: the same sentences as on its page."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from thinkia.feedback.explanation import Explanation
from thinkia.feedback.hooks import Way
from thinkia.outside.documents import pdf
from thinkia.outside.mail import address
from thinkia.submissions.models import Submission
from thinkia.web.locale import language, moment
from thinkia.web.pages import plain

TEMPLATE = "feedback/templates/explanation.typ"


def as_pdf(
    submission: Submission, told: Explanation, ways: list[Way], published_at: datetime, now: datetime
) -> bytes:
    """In the reader's language. The submission comes with its call."""
    call = submission.call
    title = plain(call.bases.title)
    data: dict[str, Any] = {
        "title": f"{told.headline}: {submission.title or submission.code}",
        "call": title,
        "headline": told.headline,
        "proposal": f"{submission.code} · {submission.title}",
        "published": _("Published on %(moment)s.", moment=moment(published_at, call.bases.time_zone)),
        "under": list(told.under),
        "excluded": told.excluded_reason,
        "criteria": [[one.title, one.own or "–", one.middle or "–", one.highest] for one in told.criteria],
        "no_criteria": told.no_criteria,
        "in_competition": told.in_competition,
        "comments": list(told.comments),
        "no_comments": told.no_comments,
        "method": list(told.method),
        "ways": [_on_paper(way) for way in ways],
        "address": address("feedback.show", code=submission.code),
        "words": _words(),
    }
    return pdf(TEMPLATE, data, language(), now)


def _on_paper(way: Way) -> str:
    """Where a sentence leads up to its link, the link's words; a button of the page is none on paper."""
    return f"{way.words} {way.link}" if way.words.endswith(":") else way.words


def _words() -> dict[str, Any]:
    return {
        "why": _("Why"),
        "criteria": _("By criterion"),
        "columns": [_("Criterion"), _("Yours"), _("Middle of all"), _("Highest mark")],
        "comments": _("What the jury wrote"),
        "unnamed": _("Without names, in no particular order."),
        "method": _("How it was decided"),
        "review": _("How to ask for a review"),
        "page": _("page {n} of {m}"),
    }
