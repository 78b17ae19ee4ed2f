"""Sheets that people bring: CSV files, XLSX files, pasted lines. Out come rows of text, numbered as in them.

``opened`` makes rows out of a file and refuses what is no sheet; ``columns_of`` finds the columns by their
headings. What the cells mean is for whoever asked.
"""

from thinkia.web.sheets.columns import Columns, columns_of, plain
from thinkia.web.sheets.faults import Limits, SheetFault, Unreadable
from thinkia.web.sheets.opening import Sheet, opened, pasted
from thinkia.web.sheets.sentences import SHEET_FAULTS, unreadable

__all__ = [
    "SHEET_FAULTS",
    "Columns",
    "Limits",
    "Sheet",
    "SheetFault",
    "Unreadable",
    "columns_of",
    "opened",
    "pasted",
    "plain",
    "unreadable",
]
