"""Letters to jurors. No title of a proposal and no mark stands in one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.calls.models import Call
from thinkia.jury.emails import texts
from thinkia.jury.models import Juror, LetterKind, Review
from thinkia.outside.mail import Letter, address

MINUTES_EACH = 20  # what reading and marking one proposal usually takes; said as an estimate


def invitation(juror: Juror, call: Call, secret: str, *, own: str | None = None) -> Letter:
    """Sit on this jury? The link opens a page with two buttons."""
    subject = _l("%(call)s: invitation to the jury", call=_title(call, juror.language))
    return _asking(LetterKind.INVITATION, subject, juror, call, secret, own)


def answer_reminder(juror: Juror, call: Call, secret: str, *, own: str | None = None) -> Letter:
    """Your answer is missing. A link of its own; the invitation lapses when it did before."""
    subject = _l("%(call)s: your answer to the invitation", call=_title(call, juror.language))
    return _asking(LetterKind.ANSWER, subject, juror, call, secret, own)


def sign_statement(juror: Juror, call: Call, secret: str = "", *, own: str | None = None) -> Letter:
    """The proposals are in: state conflicts, then panels are drawn."""
    context = {
        "link": _way_in(secret, "jury.statement", call),
        "body": texts.body(LetterKind.SIGN, juror, call, own=own),
    }
    subject = _l("%(call)s: sign your statement before reading", call=_title(call, juror.language))
    return _letter(juror, call, "sign_statement", subject, context, secret=bool(secret))


def assignment(juror: Juror, call: Call, count: int, secret: str = "") -> Letter:
    """So many proposals are yours to read, until then."""
    context = {
        "link": _way_in(secret, "jury.desk", call),
        "count": count,
        "effort": timedelta(minutes=count * MINUTES_EACH),
    }
    subject = _l("%(call)s: your proposals to read", call=_title(call, juror.language))
    return _letter(juror, call, "assignment", subject, context, secret=bool(secret))


def reminder(juror: Juror, call: Call, left: int, secret: str = "", *, own: str | None = None) -> Letter:
    """So many are left."""
    context = {
        "link": _way_in(secret, "jury.desk", call),
        "body": texts.body(LetterKind.READING, juror, call, left=left, own=own),
    }
    subject = _l("%(call)s: proposals left to read", call=_title(call, juror.language))
    return _letter(juror, call, "reminder", subject, context, secret=bool(secret))


def reopened(juror: Juror, call: Call, review: Review) -> Letter:
    """Something that you had finished is yours to finish again."""
    context = {"link": address("jury.review", code=review.code), "code": review.submission.code}
    subject = _l("%(call)s: a proposal is open to you again", call=_title(call, juror.language))
    return _letter(juror, call, "reopened", subject, context)


def from_paper(review: Review) -> Letter:
    """Marks were entered from your ballot; look at them, and if they are not what you wrote, say so."""
    juror, call = review.juror, review.call
    context = {"link": address("jury.review", code=review.code), "code": review.submission.code}
    subject = _l("%(call)s: your paper ballot was entered", call=_title(call, juror.language))
    return _letter(juror, call, "from_paper", subject, context)


def imported(juror: Juror, call: Call, reviews: Sequence[Review]) -> Letter:
    """Marks that you gave elsewhere were brought in; look at them, and if they are not yours, say so."""
    codes = ", ".join(sorted(review.submission.code for review in reviews))
    context = {"link": address("jury.desk", code=call.code), "codes": codes}
    subject = _l("%(call)s: your marks were brought in", call=_title(call, juror.language))
    return _letter(juror, call, "imported", subject, context)


def access(juror: Juror, call: Call, secret: str) -> Letter:
    """A new link to the desk; the earlier ones have ended."""
    subject = _l("%(call)s: your new link to the jury", call=_title(call, juror.language))
    context = {"link": _way_in(secret, "jury.desk", call)}
    return _letter(juror, call, "access", subject, context, secret=True)


def revoked(juror: Juror, call: Call) -> Letter:
    """The seat is no longer yours."""
    context = {"link": address("calls.show", code=call.code)}
    subject = _l("%(call)s: you are no longer on the jury", call=_title(call, juror.language))
    return _letter(juror, call, "revoked", subject, context)


def named_chair(juror: Juror, call: Call) -> Letter:
    """You preside from now on."""
    context = {"link": address("jury.desk", code=call.code)}
    subject = _l("%(call)s: you chair the jury", call=_title(call, juror.language))
    return _letter(juror, call, "named_chair", subject, context)


def _asking(kind: LetterKind, subject: Any, juror: Juror, call: Call, secret: str, own: str | None) -> Letter:
    """A letter with the link that accepts or declines."""
    context = {
        "link": address("jury.invitation", token=secret),
        "until": juror.expires_at,
        "body": texts.body(kind, juror, call, own=own),
    }
    return _letter(juror, call, "invitation", subject, context, secret=True)


def _way_in(secret: str, page: str, call: Call) -> str:
    """The juror's own link to the desk, or the page itself, which asks to sign in."""
    return address("jury.enter", token=secret) if secret else address(page, code=call.code)


def _title(call: Call, language: str) -> str:
    return call.bases.title.in_language(language)[0]


def _letter(
    juror: Juror, call: Call, name: str, subject: Any, more: dict[str, Any], *, secret: bool = False
) -> Letter:
    context = {
        "name": juror.name,
        "title": _title(call, juror.language),
        "host": call.host.name,
        "contact": call.bases.contact_email,
        "zone": call.bases.time_zone,
        "evaluation": call.calendar.evaluation,
        "sector": juror.sector,
        **more,
    }
    template = f"jury/emails/{name}.txt"
    return Letter(juror.email, juror.language, subject, template, context, call_id=call.id, secret=secret)
