"""Letters to jurors. No title of a proposal and no mark ever stands in one."""

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.calls.models import Call
from thinkia.jury.models import Juror, Review
from thinkia.outside.mail import Letter, address

MINUTES_EACH = 20  # what reading and marking one proposal usually takes; said as an estimate


def invitation(juror: Juror, call: Call, secret: str) -> Letter:
    """Sit on this jury? The link opens a page with two buttons."""
    context = {"link": address("jury.invitation", token=secret), "until": juror.expires_at}
    subject = _l("%(call)s: invitation to the jury", call=_title(call, juror.language))
    return _letter(juror, call, "invitation", subject, context, secret=True)


def sign_statement(juror: Juror, call: Call) -> Letter:
    """The proposals are in: state conflicts, then panels are drawn."""
    context = {"link": address("jury.statement", code=call.code)}
    subject = _l("%(call)s: sign your statement before reading", call=_title(call, juror.language))
    return _letter(juror, call, "sign_statement", subject, context)


def assignment(juror: Juror, call: Call, count: int) -> Letter:
    """So many proposals are yours to read, until then."""
    context = {
        "link": address("jury.desk", code=call.code),
        "count": count,
        "effort": timedelta(minutes=count * MINUTES_EACH),
    }
    subject = _l("%(call)s: your proposals to read", call=_title(call, juror.language))
    return _letter(juror, call, "assignment", subject, context)


def reminder(juror: Juror, call: Call, left: int) -> Letter:
    """So many are left."""
    context = {"link": address("jury.desk", code=call.code), "left": left}
    subject = _l("%(call)s: proposals left to read", call=_title(call, juror.language))
    return _letter(juror, call, "reminder", subject, context)


def reopened(juror: Juror, call: Call, review: Review) -> Letter:
    """Something that you had finished is yours to finish again."""
    context = {"link": address("jury.review", code=review.code), "code": review.submission.code}
    subject = _l("%(call)s: a proposal is open to you again", call=_title(call, juror.language))
    return _letter(juror, call, "reopened", subject, context)


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
