"""What the organisers have to look over before the teams read it, on a call's cockpit."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls import hooks
from thinkia.feedback import notices, queries
from thinkia.feedback.hooks import Way, way_to_ask
from thinkia.results.hooks import on_preview
from thinkia.results.queries import marks_wait_for
from thinkia.web.navigation import way_to

on_preview(notices.before_publication)


@hooks.on_cockpit
def comments_to_look_over(call: Any, now: datetime) -> Iterator[hooks.CockpitPart]:
    """Once every review is in, before publication and after it."""
    waiting = queries.counts(call).waiting if now >= call.calendar.evaluation.opens else 0
    if waiting and not marks_wait_for(call):
        yield hooks.Alert(
            ngettext(
                "%(num)d comment to a team to look over", "%(num)d comments to teams to look over", waiting
            ),
            _("A team reads no comment that nobody has looked over."),
            _("Look the comments over"),
            way_to("feedback_manage.comments", code=call.code),
            order=40,
        )


@way_to_ask
def by_letter(submission: Any, _now: datetime) -> Iterator[Way]:
    """To the contact of the call, whatever else its bases offer."""
    contact = submission.call.bases.contact_email
    if contact:
        yield Way(_("Questions about the result:"), contact, f"mailto:{contact}")
