"""Letters about what teams read."""

from flask_babel import lazy_gettext as _l

from thinkia.calls.models import Call
from thinkia.jury.models import Juror
from thinkia.outside.mail import Letter, address


def held_back(call: Call, chair: Juror, count: int) -> Letter:
    """Comments to teams were held back; why stands on the chair's page and not here."""
    title = call.bases.title.in_language(chair.language)[0]
    subject = _l("%(call)s: comments to teams are held back", call=title)
    context = {
        "name": chair.name,
        "title": title,
        "count": count,
        "link": address("feedback_manage.held", code=call.code),
    }
    template = "feedback/emails/held_back.txt"
    return Letter(chair.email, chair.language, subject, template, context, call_id=call.id)
