"""The act about submissions that two persons decide."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.agreements import hooks
from thinkia.agreements.hooks import Told
from thinkia.agreements.models import Agreement
from thinkia.submissions import services
from thinkia.submissions.queries import whose_proposal


def register() -> None:
    """Excluding one."""
    hooks.act(
        services.EXCLUDE,
        _l("Exclude a proposal"),
        perform=services.exclude,
        told=of_exclusion,
        barred=whose_proposal,
    )


def of_exclusion(agreement: Agreement) -> Told:
    """By its code alone: whoever confirms may be somebody who reads without names."""
    words = _(
        "The proposal leaves the evaluation: no jury reads it and it takes no part in the order. Marks that "
        "it has are kept. Every member of its team is told, with the reason word for word."
    )
    return Told(words, [(_("Proposal"), agreement.label)])
