"""The words around letters to jurors: kinds, how far one is, what is wrong with a text."""

from flask_babel import lazy_gettext as _l

from thinkia.domain.letter_text import LONGEST, TextFault, TextFaultKind
from thinkia.jury.models import LetterKind, Proof, Sending, SentKind

KINDS = {
    LetterKind.INVITATION: _l("Invitation"),
    LetterKind.ANSWER: _l("Reminder to answer"),
    LetterKind.SIGN: _l("Request to sign the statement"),
    LetterKind.READING: _l("Reminder to read"),
}
SENT_KINDS = {
    **{SentKind(kind): name for kind, name in KINDS.items()},
    SentKind.ASSIGNMENT: _l("New proposals to read"),
    SentKind.ACCESS: _l("New link"),
    SentKind.REOPENED: _l("Review reopened"),
    SentKind.FROM_PAPER: _l("Marks entered from paper"),
    SentKind.IMPORTED: _l("Marks brought in with a sheet"),
    SentKind.CHAIR: _l("Named chair"),
    SentKind.REVOKED: _l("Seat taken back"),
}
WAITS_FOR = {
    LetterKind.ANSWER: _l("Have not answered"),
    LetterKind.SIGN: _l("Have to sign the statement"),
    LetterKind.READING: _l("Have proposals to finish"),
}
SENDINGS = {
    Sending.SENT: _l("Sent"),
    Sending.WAITING: _l("Waiting to be sent"),
    Sending.FAILED: _l("Failed"),
}
PROOFS = {
    Proof.BROWSER: _l("a browser that we know"),
    Proof.CODE: _l("a code by e-mail"),
}
TEXT_FAULTS = {
    TextFaultKind.UNKNOWN_BLANK: _l("{%(name)s} stands for nothing in this letter. Use: %(known)s."),
    TextFaultKind.LONE_BRACE: _l("A brace stands alone. Write both, as in %(example)s, or none."),
    TextFaultKind.LONG: _l("Write at most %(most)s characters."),
    TextFaultKind.ADDRESS: _l("Leave out addresses of pages: the letter ends with its own link."),
}


def text_fault(fault: TextFault, known: list[str]) -> str:
    """What is wrong with a text, and what may stand in it."""
    details = {"name": fault.name[:40], "known": ", ".join(known), "example": known[0], "most": LONGEST}
    return str(TEXT_FAULTS[fault.kind]) % details
