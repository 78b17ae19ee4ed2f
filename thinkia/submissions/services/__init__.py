"""What people do with a submission: start it, answer, hand it in, withdraw; what organisers decide of it."""

from thinkia.submissions.services.deciding import exclude, follow_bases, forget
from thinkia.submissions.services.drafting import reopen, save, start, withdraw
from thinkia.submissions.services.files import attach, remove_file
from thinkia.submissions.services.handing_in import submit

__all__ = [
    "attach",
    "exclude",
    "follow_bases",
    "forget",
    "remove_file",
    "reopen",
    "save",
    "start",
    "submit",
    "withdraw",
]
