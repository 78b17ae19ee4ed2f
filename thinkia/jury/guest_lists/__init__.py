"""Lists of people to invite, as organisers keep them: pasted lines, CSV files, spreadsheets.

``read`` makes entries out of the rows of a sheet: whom each row names, and everything that is wrong with it.
"""

from thinkia.jury.guest_lists.entries import Entry, Guest, GuestList, Known, as_text, read
from thinkia.jury.guest_lists.faults import LIMITS, Fault, RowFault
from thinkia.jury.guest_lists.sample import sample

__all__ = ["LIMITS", "Entry", "Fault", "Guest", "GuestList", "Known", "RowFault", "as_text", "read", "sample"]
