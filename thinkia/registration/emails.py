"""Letters to those who enter a call."""

from flask_babel import lazy_gettext as _l

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.outside.mail import Letter, address


def welcome(call: Call, account: Account) -> Letter:
    """You are in; here is what comes next."""
    title, _ = call.bases.title.in_language(account.language)
    return Letter(
        to=account.email,
        language=account.language,
        subject=_l("%(call)s: you are registered", call=title),
        template="registration/emails/welcome.txt",
        context={
            "name": account.name,
            "title": title,
            "closes": call.calendar.submission.closes,
            "zone": call.bases.time_zone,
            "size": call.bases.team,
            "link": address("registration.new", code=call.code),
        },
        call_id=call.id,
    )
