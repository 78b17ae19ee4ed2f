"""Letters about submissions: the receipt, a draft that was left out, and an exclusion with its reason."""

from flask_babel import lazy_gettext as _l

from thinkia.accounts.models import Account
from thinkia.domain.answers import TITLE
from thinkia.outside.mail import Letter, address
from thinkia.submissions.models import Attempt, Receipt, Submission


def receipt(submission: Submission, receipt: Receipt, reader: Account) -> Letter:
    """The team's proposal was handed in: number, moment, hash, and until when it can change."""
    bases = submission.call.bases
    title = bases.title.in_language(reader.language)[0]
    return Letter(
        to=reader.email,
        language=reader.language,
        subject=_l("%(call)s: receipt %(number)s", call=title, number=receipt.number),
        template="submissions/emails/receipt.txt",
        context={
            "title": submission.title,
            "team": submission.team.name,
            "number": receipt.number,
            "received_at": receipt.received_at,
            "in_grace": receipt.in_grace,
            "by_itself": receipt.by_itself,
            "sha256": receipt.content_sha256,
            "closes": bases.calendar.submission.closes,
            "zone": bases.time_zone,
            "link": address("submissions.receipt", number=receipt.number),
        },
        call_id=submission.call_id,
    )


def not_handed_in(submission: Submission, attempt: Attempt, reader: Account) -> Letter:
    """The draft was to be handed in by itself at the close, and could not: what was missing."""
    bases = submission.call.bases
    title = bases.title.in_language(reader.language)[0]
    asked = {TITLE.code: TITLE.title} | {one.code: one.title for one in submission.questions}
    missing = [asked[code].in_language(reader.language)[0] for code in attempt.missing if code in asked]
    return Letter(
        to=reader.email,
        language=reader.language,
        subject=_l("%(call)s: your team's proposal was not handed in", call=title),
        template="submissions/emails/not_handed_in.txt",
        context={
            "title": submission.title,
            "team": submission.team.name,
            "missing": missing,
            "closes": bases.calendar.submission.closes,
            "zone": bases.time_zone,
            "contact": bases.contact_email,
            "link": address("submissions.show", code=submission.code),
        },
        call_id=submission.call_id,
    )


def excluded(submission: Submission, reader: Account) -> Letter:
    """The proposal leaves the evaluation, and why."""
    bases = submission.call.bases
    title = bases.title.in_language(reader.language)[0]
    return Letter(
        to=reader.email,
        language=reader.language,
        subject=_l("%(call)s: your team's proposal was excluded", call=title),
        template="submissions/emails/excluded.txt",
        context={
            "title": submission.title,
            "team": submission.team.name,
            "reason": submission.excluded_reason,
            "appeals": submission.call.bases.appeals,
            "contact": bases.contact_email,
            "link": address("submissions.show", code=submission.code),
        },
        call_id=submission.call_id,
    )
