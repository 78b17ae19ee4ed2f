"""What certificates tell the pages of a call: that the result is public and nobody has one yet."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from thinkia.calls import hooks
from thinkia.certificates.queries import last_number
from thinkia.domain.lifecycle import CallState
from thinkia.web.navigation import way_to


@hooks.on_cockpit
def certificates_of_call(call: Any, _now: datetime) -> Iterator[hooks.NextAction]:
    """Once the result is public, until the first ones are made."""
    if call.results_published_at is None or call.state != CallState.PUBLISHED or last_number(call):
        return
    yield hooks.NextAction(
        _("Make the certificates"),
        _("The result is public. Whoever took part or judged can have one."),
        _("Go to the certificates"),
        way_to("certificates_manage.index", code=call.code),
        order=70,
    )
