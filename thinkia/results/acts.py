"""The act about results that two persons decide."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.agreements import hooks
from thinkia.agreements.hooks import Told
from thinkia.agreements.models import Agreement
from thinkia.results import services
from thinkia.results.queries.publications import whose_result


def register() -> None:
    """Taking a published result back. Nobody confirms who is in a team of the call."""
    hooks.act(
        services.TAKE_BACK,
        _l("Take a published result back"),
        perform=services.take_back_as_agreed,
        told=of_taking_back,
        barred=whose_result,
    )


def of_taking_back(agreement: Agreement) -> Told:
    words = _(
        "The result is public no more. Its address says that it was taken back, when and why, with this "
        "reason word for word; everybody who had the letter of it gets another one. The order is kept as it "
        "was and can be computed again, confirmed and published as a corrected version."
    )
    return Told(words, [(_("Order"), agreement.object_ref.rpartition(":")[2])])
