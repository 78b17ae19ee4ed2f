"""What an export holds, in words: for the page where it is asked for and for the README beside the tables."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.domain.reasons import Reason
from thinkia.web.errors import tell

tell(
    {
        Reason.PURPOSE_NEEDED: _l("Write what the e-mail addresses are for. It is kept with the export."),
        Reason.NO_TABLE: _l("Choose at least one table."),
    }
)

TABLES = {
    "teams": _l("Teams: name, how many people, who represents them."),
    "members": _l("People in teams: name, role, sector, institution, territory."),
    "submissions": _l("Proposals that were handed in: a row each, a column for each question."),
    "jurors": _l("Jurors: code, name, sector, institution, role, state."),
    "reviews": _l("Marks: a row each, with juror's code, sector, proposal, criterion, mark and reason."),
    "reviews_wide": _l(
        "Reviews: a row each, of every state, with the marks side by side and the written words."
    ),
    "mark_changes": _l(
        "Marks that were final and became others: a row each, with both values, when, how and why."
    ),
    "deliberations": _l("What the panels said of each proposal: a row a note, with who wrote it and when."),
    "conflicts": _l("Conflicts of interest: a row each, also those taken back, with who, when and why."),
    "ranking": _l("The order: place, exact score, what decided ties, mean mark on each criterion."),
}


def title(call: str, code: str) -> str:
    return _("Export of “%(call)s” (%(code)s)", call=call, code=code)


def about(
    tables: Iterable[str], at: datetime, last: tuple[int, str | None] | None, *, with_marks: bool = True
) -> str:
    """What to know before reading the tables."""
    lines = [
        _(
            "All tables are of one moment: %(moment)s. What was saved after it is not in them.",
            moment=at.isoformat(timespec="seconds"),
        )
    ]
    if last is not None:
        number, fingerprint = last
        lines.append(
            _("Last line of the call's journal: %(number)s.", number=number)
            + f" {fingerprint or ''}".rstrip()
        )
    lines += ["", *(f"{name}: {TABLES[name]}" for name in tables), ""]
    if not with_marks:
        lines.append(_("Some reviews were open: no mark and no words of a review are in this file."))
    lines += [
        _("Moments are ISO 8601 with their offset from UTC. Decimals have a point. Text is UTF-8."),
        _(
            "In CSV, an apostrophe stands before text that a spreadsheet would run as a formula. "
            "Very long texts are cut in XLSX and marked with […]."
        ),
        _(
            "The table “reviews” holds the marks that count, or still may: those of excused and recused "
            "reviews, and of excluded or withdrawn proposals, are in “reviews_wide” alone."
        ),
        _("The marks and words of a review that is not final are its juror's own and in no table."),
        _("To compute the order again:")
        + " flask results rank --rules CALL.yaml --scores reviews.csv --submissions ranking.csv",
    ]
    return "\n".join(lines)
