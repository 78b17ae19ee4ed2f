"""What appeals tell other pages, and what the organisers do next."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.appeals import acts, notices, queries
from thinkia.calls import hooks
from thinkia.feedback.hooks import way_to_ask
from thinkia.results.hooks import on_result
from thinkia.web.navigation import way_to

acts.register()
way_to_ask(notices.of_team)
on_result(notices.of_result)


@hooks.on_cockpit
def appeals_to_answer(call: Any, _now: datetime) -> Iterator[hooks.CockpitPart]:
    """One SELECT, and none where the bases take no appeals."""
    waiting = queries.counts(call).get(None, 0) if call.bases.appeals is not None else 0
    if waiting:
        yield hooks.Alert(
            ngettext("%(num)d appeal to answer", "%(num)d appeals to answer", waiting),
            _("Each gets a reasoned answer that two persons agree on."),
            _("See the appeals"),
            way_to("appeals_manage.index", code=call.code),
            order=15,
        )
