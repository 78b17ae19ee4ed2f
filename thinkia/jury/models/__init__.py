"""The tables of a jury: people with their conflicts, plans, reviews; how people come to sit on it."""

from thinkia.jury.models.access import AccessLink, AccessUse, KnownBrowser, Proof
from thinkia.jury.models.bids import Bid
from thinkia.jury.models.deliberation import DeliberationNote, DeliberationReading
from thinkia.jury.models.invitations import FormerInvitation, Suggestion
from thinkia.jury.models.jury import (
    Conflict,
    FormerReview,
    Juror,
    Mark,
    Plan,
    Review,
    Signature,
    micro,
    seed_of,
)
from thinkia.jury.models.letters import JurorLetter, LetterKind, LetterText, Sending, SentKind, sending
from thinkia.jury.models.sources import BroughtIn, MarksSource

__all__ = [
    "AccessLink",
    "AccessUse",
    "Bid",
    "BroughtIn",
    "Conflict",
    "DeliberationNote",
    "DeliberationReading",
    "FormerInvitation",
    "FormerReview",
    "Juror",
    "JurorLetter",
    "KnownBrowser",
    "LetterKind",
    "LetterText",
    "Mark",
    "MarksSource",
    "Plan",
    "Proof",
    "Review",
    "Sending",
    "SentKind",
    "Signature",
    "Suggestion",
    "micro",
    "seed_of",
    "sending",
]
