"""From where to where: the moves that people make, as tables. What the calendar decides is no state."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class CallState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class SubmissionState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    EXCLUDED = "excluded"
    WAITING = "waiting"  # on the waiting list of a round that is closed
    OUT = "out"  # a round ended, and it did not go on


class JurorState(StrEnum):
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"


class ReviewState(StrEnum):
    ASSIGNED = "assigned"
    STARTED = "started"
    FINAL = "final"
    EXCUSED = "excused"  # will not be given, with a recorded reason of the organisers or the juror
    RECUSED = "recused"  # a conflict was stated


class PlanState(StrEnum):
    COMPUTING = "computing"
    PROPOSED = "proposed"
    APPLIED = "applied"
    DISCARDED = "discarded"


class InvitationState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"


class RequestState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class RankingState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    TAKEN_BACK = "taken_back"  # it was public; two persons took it back with a reason


class PublicationState(StrEnum):
    """A publication that was given an hour."""

    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    REFUSED = "refused"  # its hour came and the order could not be made public


class AgreementState(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # written down when the same is asked anew; until then the calendar says it


@dataclass(frozen=True, slots=True)
class Move:
    """One named step a person may take: from any of ``origins`` to ``to``."""

    name: str
    origins: frozenset[StrEnum]
    to: StrEnum


def move(name: str, origins: Iterable[StrEnum], to: StrEnum) -> Move:
    return Move(name, frozenset(origins), to)


CALL = (
    move("publish", {CallState.DRAFT}, CallState.PUBLISHED),
    move("cancel", {CallState.PUBLISHED}, CallState.CANCELLED),
    move("archive", {CallState.PUBLISHED, CallState.CANCELLED}, CallState.ARCHIVED),
)
SUBMISSION = (
    move("submit", {SubmissionState.DRAFT, SubmissionState.SUBMITTED}, SubmissionState.SUBMITTED),
    move("withdraw", {SubmissionState.DRAFT, SubmissionState.SUBMITTED}, SubmissionState.WITHDRAWN),
    move("leave", {SubmissionState.SUBMITTED, SubmissionState.WAITING}, SubmissionState.WITHDRAWN),
    move("reopen", {SubmissionState.WITHDRAWN}, SubmissionState.DRAFT),
    move("exclude", {SubmissionState.SUBMITTED, SubmissionState.WAITING}, SubmissionState.EXCLUDED),
    move("wait", {SubmissionState.SUBMITTED}, SubmissionState.WAITING),
    move("drop_out", {SubmissionState.SUBMITTED, SubmissionState.WAITING}, SubmissionState.OUT),
    move("move_up", {SubmissionState.WAITING}, SubmissionState.SUBMITTED),
)
LEFT_BEHIND = (SubmissionState.WAITING, SubmissionState.OUT)
"""In a round that is closed: what waits or did not go on."""
GONE = (SubmissionState.WITHDRAWN, SubmissionState.EXCLUDED)
COMPETED = (SubmissionState.SUBMITTED, SubmissionState.EXCLUDED, *LEFT_BEHIND)
"""What was handed in and not taken back."""
JUROR = (
    move("accept", {JurorState.INVITED, JurorState.DECLINED}, JurorState.ACCEPTED),
    move("decline", {JurorState.INVITED}, JurorState.DECLINED),
    move("revoke", {JurorState.INVITED, JurorState.ACCEPTED}, JurorState.REVOKED),
    move("invite_again", {JurorState.DECLINED, JurorState.REVOKED}, JurorState.INVITED),
)
REVIEW = (
    move("save", {ReviewState.ASSIGNED, ReviewState.STARTED}, ReviewState.STARTED),
    move("finish", {ReviewState.STARTED}, ReviewState.FINAL),
    move("excuse", {ReviewState.ASSIGNED, ReviewState.STARTED}, ReviewState.EXCUSED),
    move("abstain", {ReviewState.ASSIGNED, ReviewState.STARTED}, ReviewState.EXCUSED),
    move("recuse", {ReviewState.ASSIGNED, ReviewState.STARTED, ReviewState.FINAL}, ReviewState.RECUSED),
    move("reopen", {ReviewState.FINAL}, ReviewState.STARTED),  # two persons, never one
)
PLAN = (
    move("finish", {PlanState.COMPUTING}, PlanState.PROPOSED),
    move("apply", {PlanState.PROPOSED}, PlanState.APPLIED),
    move("discard", {PlanState.COMPUTING, PlanState.PROPOSED}, PlanState.DISCARDED),
)
RANKING = (
    move("confirm", {RankingState.PROPOSED}, RankingState.CONFIRMED),
    move("publish", {RankingState.CONFIRMED}, RankingState.PUBLISHED),
    move("supersede", {RankingState.PROPOSED, RankingState.CONFIRMED}, RankingState.SUPERSEDED),
    move("take_back", {RankingState.PUBLISHED}, RankingState.TAKEN_BACK),
)
PUBLICATION = (
    move("carry_out", {PublicationState.WAITING}, PublicationState.DONE),
    move("cancel", {PublicationState.WAITING}, PublicationState.CANCELLED),
    move("refuse", {PublicationState.WAITING}, PublicationState.REFUSED),
)
INVITATION = (
    move("accept", {InvitationState.OPEN}, InvitationState.ACCEPTED),
    move("decline", {InvitationState.OPEN}, InvitationState.DECLINED),
    move("revoke", {InvitationState.OPEN}, InvitationState.REVOKED),
)
JOIN_REQUEST = (
    move("accept", {RequestState.OPEN}, RequestState.ACCEPTED),
    move("decline", {RequestState.OPEN}, RequestState.DECLINED),
    move("withdraw", {RequestState.OPEN}, RequestState.WITHDRAWN),
)
AGREEMENT = (
    move("confirm", {AgreementState.ASKED}, AgreementState.CONFIRMED),
    move("refuse", {AgreementState.ASKED}, AgreementState.REFUSED),
    move("withdraw", {AgreementState.ASKED}, AgreementState.WITHDRAWN),
    move("lapse", {AgreementState.ASKED}, AgreementState.LAPSED),
)


def destination(table: Iterable[Move], name: str, origin: StrEnum) -> StrEnum | None:
    """Where the move leads from ``origin``, or ``None`` when it may not start there."""
    for step in table:
        if step.name == name:
            return step.to if origin in step.origins else None
    raise KeyError(name)
