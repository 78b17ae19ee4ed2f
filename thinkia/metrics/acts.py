"""The act about metrics that two persons decide: their values.

Neither who takes part in the call nor a juror who still has something to mark sees or confirms it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from thinkia.agreements import hooks
from thinkia.agreements.hooks import Told
from thinkia.agreements.models import Agreement
from thinkia.metrics import services
from thinkia.metrics.queries import accounts_kept_from, metric_in_call
from thinkia.metrics.wording import change_words, metric_title
from thinkia.web.export import Column, Table


def register() -> None:
    """Entering values."""
    hooks.act(
        services.ENTER,
        _l("Enter values of a metric"),
        perform=services.enter,
        told=of_values,
        barred=whom_it_touches,
    )


def whom_it_touches(agreements: Sequence[Agreement]) -> Iterator[tuple[int, int]]:
    of: dict[int, list[int]] = {}
    for agreement in agreements:
        of.setdefault(agreement.call_id, []).append(agreement.id)
    for call_id, account_id in accounts_kept_from(list(of)):
        yield from ((agreement_id, account_id) for agreement_id in of[call_id])


def of_values(agreement: Agreement) -> Told:
    """Which metric and how many values; each change between the two."""
    code, values, was = (agreement.arguments[name] for name in ("metric", "values", "was"))
    metric = metric_in_call(agreement.call, code)
    words = _(
        "These values were measured outside of the platform. Compare them with their source. Once you "
        "confirm, they count for the order; what they replace is kept."
    )
    count = ngettext("%(num)d proposal", "%(num)d proposals", len(values))
    facts = [(_("Metric"), metric_title(metric) if metric else code), (_("Values"), count)]
    table = Table(
        code[:31],
        tuple(map(Column, (_("Proposal"), _("Value so far"), _("New value")))),
        lambda: ((one, _exact(was[one]), _exact(values[one])) for one in values),
    )
    return Told(words, facts, [(one, change_words(was[one], values[one])) for one in values], table)


def _exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
