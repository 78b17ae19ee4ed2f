"""The jury's acts that two persons decide, and whom of the jury a host may name to confirm them.

What a page tells of one names codes and the juror: no title, no mark, since a chair who reads proposals may
be the one to confirm. Marks from paper are the exception, since who confirms compares them: nobody who reads
the same proposal may, and nobody else sees them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.agreements import hooks
from thinkia.agreements.hooks import Second, Told
from thinkia.agreements.models import Agreement, SecondRole
from thinkia.calls.models import Call
from thinkia.calls.wording.ranking import criterion_title
from thinkia.domain.paper import read_back, read_typed
from thinkia.jury.models import Review
from thinkia.jury.queries.conflicts import accounts_kept_from, accounts_with_a_conflict
from thinkia.jury.queries.one_more import accounts_of_jurors
from thinkia.jury.queries.paper import accounts_kept_from_marks
from thinkia.jury.queries.people import juror_by_code, presiding
from thinkia.jury.queries.reviews import review_of_any_round
from thinkia.jury.queries.sheets import accounts_kept_from_sheet, sheet_rows
from thinkia.jury.services import conflicts, one_more, paper, reopening, sheets
from thinkia.jury.wording.paper import paper_lines
from thinkia.policy.actor import JurorRole
from thinkia.submissions.services import EXCLUDE
from thinkia.web.export import Column, Table
from thinkia.web.locale import sector_name

PREFIX = "review:"
ROLES = {JurorRole.CHAIR: SecondRole.CHAIR, JurorRole.SECRETARY: SecondRole.SECRETARY}


def register() -> None:
    """The acts about reviews, and the seats of those who preside."""
    hooks.seconds(who_presides)
    hooks.also_bars(EXCLUDE, who_has_a_conflict)
    _register_closing_and_opening()
    _register_giving()


def _register_closing_and_opening() -> None:
    about = {"barred": whom_it_touches}
    hooks.act(
        reopening.REOPEN,
        _l("Reopen a review that is final"),
        perform=reopening.reopen,
        told=of_reopening,
        **about,
    )
    hooks.act(
        conflicts.RECUSE,
        _l("Keep a juror from a proposal that he or she has marked"),
        perform=conflicts.perform_recusal,
        told=of_recusal,
        **about,
    )
    hooks.act(
        conflicts.EXCUSE,
        _l("Excuse a review that was final once"),
        perform=conflicts.perform_excuse,
        told=of_excuse,
        **about,
    )


def _register_giving() -> None:
    hooks.act(
        one_more.ONE_MORE,
        _l("Ask one more juror to read a proposal"),
        perform=one_more.seat,
        told=of_one_more,
        barred=whom_one_more_touches,
    )
    hooks.act(
        paper.FROM_PAPER,
        _l("Enter marks from paper"),
        perform=paper.enter,
        told=of_paper,
        barred=whom_marks_touch,
    )
    hooks.act(
        sheets.FROM_SHEET,
        _l("Bring in marks with a sheet"),
        perform=sheets.bring_in,
        told=of_sheet,
        barred=whom_a_sheet_touches,
    )


def who_presides(call: Call) -> Iterator[Second]:
    for juror in presiding(call):
        account = juror.account
        if account is not None and juror.answered_at is not None:
            role = ROLES[juror.role]
            yield Second(account.id, juror.name, account.email, account.language, role, juror.answered_at)


def whom_it_touches(agreements: Sequence[Agreement]) -> Iterable[tuple[int, int]]:
    """Whose review it is, and whoever has a conflict with its proposal: they neither decide nor see it."""
    return _kept_from(agreements, accounts_kept_from)


def whom_marks_touch(agreements: Sequence[Agreement]) -> Iterable[tuple[int, int]]:
    """The same people, and everybody who reads the same proposal."""
    return _kept_from(agreements, accounts_kept_from_marks)


def whom_a_sheet_touches(agreements: Sequence[Agreement]) -> Iterator[tuple[int, int]]:
    """Everybody of the jury who reads or has a conflict, and whoever takes part."""
    of: dict[int, list[int]] = {}
    for agreement in agreements:
        of.setdefault(agreement.call_id, []).append(agreement.id)
    for call_id, account_id in accounts_kept_from_sheet(list(of)):
        yield from ((agreement_id, account_id) for agreement_id in of[call_id])


def whom_one_more_touches(agreements: Sequence[Agreement]) -> Iterator[tuple[int, int]]:
    """The juror who is to read it, and whoever has a conflict with the proposal."""
    yield from who_has_a_conflict(agreements)
    of: dict[str, list[int]] = {}
    for agreement in agreements:
        of.setdefault(agreement.arguments["juror"], []).append(agreement.id)
    for code, account_id in accounts_of_jurors(list(of)):
        yield from ((agreement_id, account_id) for agreement_id in of[code])


def _kept_from(
    agreements: Sequence[Agreement], people: Callable[[Sequence[str]], Iterable[Any]]
) -> Iterator[tuple[int, int]]:
    of: dict[str, list[int]] = {}
    for agreement in agreements:
        for code in _reviews(agreement):
            of.setdefault(code, []).append(agreement.id)
    for code, account_id in people(list(of)):
        yield from ((agreement_id, account_id) for agreement_id in of[code])


def who_has_a_conflict(agreements: Sequence[Agreement]) -> Iterator[tuple[int, int]]:
    """The jurors whom a conflict keeps from the proposal that an act is about."""
    of: dict[str, list[int]] = {}
    for agreement in agreements:
        of.setdefault(agreement.label, []).append(agreement.id)
    for code, account_id in accounts_with_a_conflict(list(of)):
        yield from ((agreement_id, account_id) for agreement_id in of[code])


def of_reopening(agreement: Agreement) -> Told:
    words = _(
        "The review goes back to its juror as a draft. What it was stays as it was, in a record of its own; "
        "the juror is told, and marks it as final again."
    )
    return Told(words, _facts(agreement))


def of_recusal(agreement: Agreement) -> Told:
    words = _(
        "The proposal leaves the reach of this juror, and the review with its marks counts no more. Both are "
        "kept, with the reason. Somebody else can take the seat."
    )
    return Told(words, _facts(agreement))


def of_excuse(agreement: Agreement) -> Told:
    words = _("The review will not be given. The order goes on without it and without the marks that it had.")
    return Told(words, _facts(agreement))


def of_one_more(agreement: Agreement) -> Told:
    words = _(
        "This person reads the proposal beside its panel. No mark and nobody's seat changes; the order is "
        "computed again once the review is in, and the chair confirms it anew."
    )
    asked = agreement.arguments
    juror = juror_by_code(agreement.call.code, asked["juror"])
    seat = _(
        "%(name)s, for %(sector)s", name=juror.name if juror else "", sector=sector_name(asked["sector"])
    )
    return Told(words, [(_("Proposal"), agreement.label), (_("Juror"), seat)])


def of_paper(agreement: Agreement) -> Told:
    words = _(
        "The juror signed a ballot on paper and has marked nothing on the platform. Compare what was typed "
        "with the paper in your hands. Once you confirm, it is the juror's final review, shown as from "
        "paper, and the juror is told."
    )
    typed, found = read_back(agreement.arguments), _found(agreement)
    facts = [*_facts(agreement), (_("Date beside the signature"), typed.signed_on.isoformat())]
    rubric = agreement.call.bases_in(found[0].closed_round if found else None).rubric
    return Told(words, facts, list(paper_lines(typed, rubric)))


def of_sheet(agreement: Agreement) -> Told:
    """How many reviews of how many jurors; between the two, the marks of each."""
    call, kept = agreement.call, agreement.arguments["reviews"]
    whose = {row.review: row for row in sheet_rows(call, every_round=True) if row.review in kept}
    rubric = call.bases_in(next((row.closed_round for row in whose.values()), None)).rubric
    words = _(
        "These marks were given outside of the platform, by jurors who have marked nothing here. Compare "
        "them with what the jurors handed in. Once you confirm, each becomes the juror's final review, shown "
        "as imported, and each juror is told."
    )
    jurors = {row.juror for row in whose.values()}
    facts = [(_("Reviews"), str(len(kept))), (_("Jurors"), str(len(jurors)))]
    found = [(whose[code], read_typed(one)) for code, one in kept.items() if code in whose]
    lines = [
        (f"{row.submission} · {row.name}", "; ".join(": ".join(each) for each in paper_lines(typed, rubric)))
        for row, typed in found
    ]
    titles = [criterion_title(one) for one in rubric.judged]
    columns = (_("Proposal"), _("Juror"), _("Name"), *titles)

    def rows() -> Iterator[Sequence[Any]]:
        for row, typed in found:
            given = typed.ballot(rubric).given
            yield row.submission, row.juror, row.name, *(given[one.code].mark for one in rubric.judged)

    return Told(words, facts, lines, Table("marks", tuple(map(Column, columns)), rows))


def _reviews(agreement: Agreement) -> list[str]:
    """The codes of the reviews that an act touches: one, or all that a recusal takes away."""
    codes: list[str] = agreement.arguments.get("reviews") or [agreement.object_ref.removeprefix(PREFIX)]
    return codes


def _found(agreement: Agreement) -> list[Review]:
    """The same reviews as they are kept: of the round in which it was asked for, which may be over."""
    return [found for code in _reviews(agreement) if (found := review_of_any_round(code)) is not None]


def _facts(agreement: Agreement) -> list[tuple[str, str]]:
    found = _found(agreement)
    if not found:
        return []
    seat = _("%(name)s, for %(sector)s", name=found[0].juror.name, sector=sector_name(found[0].sector))
    codes = ", ".join(review.submission.code for review in found)
    return [(_("Proposals") if len(found) > 1 else _("Proposal"), codes), (_("Juror"), seat)]
