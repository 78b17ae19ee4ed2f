"""An empty sheet to fill in: headings, lists to choose from, and an example apart."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from thinkia.jury.guest_lists.faults import LIMITS


def sample(
    titles: tuple[str, str],
    headings: Sequence[str],
    choices: Mapping[int, Sequence[str]],
    example: Sequence[Sequence[str]],
) -> bytes:
    """An XLSX file. ``titles`` name its two sheets; ``choices`` are what the cells of a column offer."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        for title in titles:
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for place, name in enumerate(headings):
                sheet.set_column(place, place, 26)
                sheet.write_string(0, place, name, bold)
        to_fill, shown = book.worksheets()
        for place, offered in choices.items():
            to_fill.data_validation(
                1,
                place,
                LIMITS.rows,
                place,
                {"validate": "list", "source": list(offered), "ignore_blank": True},
            )
        for number, row in enumerate(example, start=1):
            for place, cell in enumerate(row):
                shown.write_string(number, place, cell)
    return file.getvalue()
