"""The acts about results that two persons decide."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.agreements import hooks
from thinkia.agreements.hooks import Again, Told
from thinkia.agreements.models import Agreement
from thinkia.domain.lifecycle import AgreementState
from thinkia.results import services
from thinkia.results.computation import lottery_of
from thinkia.results.queries.publications import whose_result
from thinkia.web.locale import moment
from thinkia.web.pages import plain


def register() -> None:
    """Recording the lottery's seed; closing a round by hand, and taking a published result back, which nobody
    in a team of the call confirms.
    """
    hooks.act(
        services.SEED,
        _l("Record the lottery's seed"),
        perform=services.record_seed,
        told=of_seed,
        again=Again(
            _l("What the source published"),
            _l(
                "Read it there yourself and copy it, digit by digit. "
                "What the other person wrote is not shown."
            ),
            is_same,
        ),
    )
    hooks.act(
        services.TAKE_BACK,
        _l("Take a published result back"),
        perform=services.take_back_as_agreed,
        told=of_taking_back,
        barred=whose_result,
    )
    hooks.act(
        services.CLOSE_BY_HAND,
        _l("Close a round, and name who goes on"),
        perform=services.close_as_agreed,
        told=of_closing,
        barred=whose_result,
    )


def is_same(agreement: Agreement, typed: str) -> bool:
    same: bool = agreement.arguments["seed"] == typed.strip()
    return same


def of_seed(agreement: Agreement) -> Told:
    """Without the seed, until it is decided: the second person reads it at its source."""
    words = _(
        "It decides the last ties, and is recorded once. The reason says where the other person read it: "
        "look there yourself."
    )
    lottery, facts = lottery_of(agreement.call.bases.ranking_rules), []
    if lottery is not None and lottery.drawn_at is not None:
        at = moment(lottery.drawn_at, agreement.call.bases.time_zone)
        facts = [(_("Source"), plain(lottery.source)), (_("It counts from"), at)]
    if agreement.state is not AgreementState.ASKED:
        facts.append((_("What was typed first"), agreement.arguments["seed"]))
    return Told(words, facts)


def of_closing(agreement: Agreement) -> Told:
    """Who was named, and why: the second person reads all of it."""
    words = _(
        "The round ends. Those named here go on to the next one, and every team is written to. This cannot "
        "be undone."
    )
    chosen: dict[str, str] = agreement.arguments["chosen"]
    return Told(words, [(code, why) for code, why in sorted(chosen.items())])


def of_taking_back(agreement: Agreement) -> Told:
    words = _(
        "The result is public no more. Its address says that it was taken back, when and why, with this "
        "reason word for word; everybody who had the letter of it gets another one. The order is kept as it "
        "was and can be computed again, confirmed and published as a corrected version."
    )
    return Told(words, [(_("Order"), agreement.object_ref.rpartition(":")[2])])
