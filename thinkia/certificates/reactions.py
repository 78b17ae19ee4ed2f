"""What certificates tell the pages of a call: nobody has one yet, or some say what is no more so."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls import hooks
from thinkia.certificates.queries import due, last_number, of_an_earlier_result, standing
from thinkia.domain.certificates import unfounded
from thinkia.domain.lifecycle import CallState
from thinkia.web.navigation import way_to


@hooks.on_cockpit
def certificates_of_call(call: Any, _now: datetime) -> Iterator[hooks.CockpitPart]:
    """Once the result is public, until there are some; after another result, until all agree with it."""
    if call.results_published_at is None and call.results_taken_back_at is None:
        return
    here = way_to("certificates_manage.index", code=call.code)
    if of_an_earlier_result(call):
        yield from _to_revoke(len(unfounded(due(call), standing(call))), here)
    elif call.results_published_at and call.state == CallState.PUBLISHED and not last_number(call):
        told = _("The result is public. Whoever took part or judged can have one.")
        button = _("Go to the certificates")
        yield hooks.NextAction(_("Make the certificates"), told, button, here, order=70)


def _to_revoke(count: int, here: str) -> Iterator[hooks.Alert]:
    if count:
        title = ngettext(
            "%(num)d certificate no longer says what the result says",
            "%(num)d certificates no longer say what the result says",
            count,
        )
        yield hooks.Alert(title, link=_("Go to the certificates"), href=here, order=30)
