"""The act about appeals that two persons decide."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.agreements import hooks
from thinkia.agreements.hooks import Told
from thinkia.agreements.models import Agreement
from thinkia.appeals import services
from thinkia.appeals.queries import appeal_by_number, whom_it_concerns
from thinkia.appeals.wording import OUTCOMES
from thinkia.domain.appeals import Outcome


def register() -> None:
    """Answering one."""
    hooks.act(
        services.ANSWER,
        _l("Answer an appeal"),
        perform=services.answer_as_agreed,
        told=of_answer,
        barred=whom_it_concerns,
    )


def of_answer(agreement: Agreement) -> Told:
    """What the team asked stands beside what would be answered."""
    words = _(
        "The team reads this answer with its reasons, word for word. It moves no mark and no place: if the "
        "result has to be corrected, it is taken back and published again."
    )
    found = appeal_by_number(agreement.label)
    asked = (
        [(_("What is wrong, and why"), found.grounds), (_("What it asks for"), found.wanted)] if found else []
    )
    outcome = OUTCOMES[Outcome(agreement.arguments["outcome"])]
    return Told(words, [(_("Appeal"), agreement.label), *asked, (_("Answer"), outcome)])
