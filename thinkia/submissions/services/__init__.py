"""What people do with a submission: start it, answer, hand it in, withdraw; what organisers decide of it."""

from thinkia.submissions.services.deciding import EXCLUDE, ask_to_exclude, exclude, follow_bases, forget
from thinkia.submissions.services.drafting import leave, log, reopen, save, start, withdraw
from thinkia.submissions.services.files import attach, remove_file
from thinkia.submissions.services.handing_in import await_close, hand_in_draft, submit
from thinkia.submissions.services.pages import (
    KeptPage,
    ask_for_drawings,
    ask_for_pages,
    keep_fault,
    keep_pages,
)

__all__ = [
    "EXCLUDE",
    "KeptPage",
    "ask_for_drawings",
    "ask_for_pages",
    "ask_to_exclude",
    "attach",
    "await_close",
    "exclude",
    "follow_bases",
    "forget",
    "hand_in_draft",
    "keep_fault",
    "keep_pages",
    "leave",
    "log",
    "remove_file",
    "reopen",
    "save",
    "start",
    "submit",
    "withdraw",
]
