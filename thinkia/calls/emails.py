"""Letters to the people of a call: its dates moved, it was cancelled."""

from flask_babel import lazy_gettext as _l

from thinkia.calls.hooks import Reader
from thinkia.calls.models import Call
from thinkia.calls.wording.dates import moved_dates
from thinkia.domain.bases import Bases
from thinkia.outside.mail import Letter, address


def calendar_changed(call: Call, before: Bases, after: Bases, reason: str, to: Reader) -> Letter:
    """New dates, the old ones beside them, and the published reason."""
    title = after.title.in_language(to.language)[0]
    return Letter(
        to=to.email,
        language=to.language,
        subject=_l("%(call)s: the dates have changed", call=title),
        template="calls/emails/calendar_changed.txt",
        context={
            "title": title,
            "dates": lambda: moved_dates(before, after),
            "reason": reason,
            "link": address("calls.show", code=call.code),
        },
        call_id=call.id,
    )


def cancelled(call: Call, to: Reader) -> Letter:
    """The call ends, and why."""
    title = call.bases.title.in_language(to.language)[0]
    return Letter(
        to=to.email,
        language=to.language,
        subject=_l("%(call)s: the call is cancelled", call=title),
        template="calls/emails/cancelled.txt",
        context={
            "title": title,
            "reason": call.cancelled_reason,
            "contact": call.bases.contact_email,
            "link": address("calls.show", code=call.code),
        },
        call_id=call.id,
    )
