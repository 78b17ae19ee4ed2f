"""Lists of people to invite, as organisers keep them: pasted lines, CSV files, spreadsheets.

``opened`` makes rows of text out of a file or of pasted lines, and refuses what is no list. ``read``
makes entries out of the rows: whom each row names, and everything that is wrong with it.
"""

from thinkia.jury.guest_lists.entries import Entry, Guest, GuestList, as_text, read
from thinkia.jury.guest_lists.faults import LARGEST_FILE, MOST_ROWS, Fault, ListFault, RowFault, Unreadable
from thinkia.jury.guest_lists.opening import Sheet, opened, pasted
from thinkia.jury.guest_lists.sample import sample

__all__ = [
    "LARGEST_FILE",
    "MOST_ROWS",
    "Entry",
    "Fault",
    "Guest",
    "GuestList",
    "ListFault",
    "RowFault",
    "Sheet",
    "Unreadable",
    "as_text",
    "opened",
    "pasted",
    "read",
    "sample",
]
