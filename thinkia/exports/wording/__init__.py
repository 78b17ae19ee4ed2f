"""What an export holds, in words: for the page where it is asked for and for the README beside the tables."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _

from thinkia.exports.wording.tables import TABLES


def title(call: str, code: str) -> str:
    return _("Export of “%(call)s” (%(code)s)", call=call, code=code)


def about(
    tables: Iterable[str],
    at: datetime,
    head: tuple[int, str | None] | None,
    *,
    semicolons: bool = False,
    with_marks: bool = True,
) -> str:
    """What to know before reading the tables."""
    lines = [
        _(
            "All tables are of one moment: %(moment)s. What was saved after it is not in them.",
            moment=at.isoformat(timespec="seconds"),
        )
    ]
    if head is not None:
        lines.append(_last_line(*head))
    lines += ["", *(f"{name}: {TABLES[name]}" for name in tables), ""]
    if not with_marks:
        lines.append(_("Some reviews were open: no mark and no words of a review are in this file."))
    lines += [
        _("Moments are ISO 8601 with their offset from UTC; in XLSX, the time of the call's place."),
        _("Columns are separated by semicolons and decimals have a comma. Text is UTF-8.")
        if semicolons
        else _("Decimals have a point. Text is UTF-8."),
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


def _last_line(number: int, fingerprint: str | None) -> str:
    line = _("Last line of the call's journal: %(number)s.", number=number)
    return f"{line} {fingerprint or ''}".rstrip()
