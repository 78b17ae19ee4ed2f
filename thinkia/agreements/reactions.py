"""What waits for a second person, on a call's cockpit."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.agreements.queries import how_many_wait
from thinkia.calls import hooks
from thinkia.calls.models import Call
from thinkia.domain.lifecycle import CallState
from thinkia.web.navigation import way_to


@hooks.on_cockpit
def waiting(call: Call, now: datetime) -> Iterator[hooks.CockpitPart]:
    """One SELECT, and none for a draft."""
    count = how_many_wait(call, now) if call.state is not CallState.DRAFT else 0
    if count:
        yield hooks.Alert(
            ngettext("%(num)d act waits for a second person", "%(num)d acts wait for a second person", count),
            _("Somebody else than who asked confirms it."),
            _("See what waits"),
            way_to("agreements_manage.index", code=call.code),
            symbol="clock",
            order=10,
        )
