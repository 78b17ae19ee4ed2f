"""Jurors, conflicts, plans of panels, reviews and marks."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.agreements.models import Agreement
from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.db.conditions import unique_where
from thinkia.db.rounds import OfRound
from thinkia.domain.assignment import BY_HAND, Pair
from thinkia.domain.ballot import Ballot, Given, missing, unjustified
from thinkia.domain.conflicts import LONGEST_KEY, ConflictScope
from thinkia.domain.lifecycle import JUROR, JurorState, PlanState, ReviewState, destination
from thinkia.domain.rubric import Criterion, Rubric
from thinkia.jury.models.sources import MarksSource
from thinkia.outside.outbox import OutboxTask
from thinkia.policy.actor import JurorRole
from thinkia.submissions.models import Receipt, Submission


class Juror(Base):
    """A seat on a call's jury, for a sector. The account is there once the invitation was accepted.

    Only the hash of the invitation's secret is kept, also after the answer, so that an old link can say
    what became of it.
    """

    __tablename__ = "juror"
    __table_args__ = (
        UniqueConstraint("call_id", "email"),
        UniqueConstraint("call_id", "account_id"),
        CheckConstraint("state <> 'accepted' OR account_id IS NOT NULL", name="account"),
        CheckConstraint("capacity IS NULL OR capacity >= 0", name="capacity"),
        unique_where(
            "uq_juror_chair", "call_id", where="role = 'chair' AND state IN ('invited', 'accepted')"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(200))
    sector: Mapped[str] = mapped_column(String(20))
    other_sectors: Mapped[list[str]] = mapped_column(JSON, default=list)  # for which he or she may sit too
    # The group of evaluators, where the call has any: it stays once there is a proposal to read.
    evaluators: Mapped[str] = mapped_column(String(64), default="", server_default="")
    institution: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[JurorRole] = mapped_column(default=JurorRole.MEMBER)
    capacity: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(2), default="es")
    state: Mapped[JurorState] = mapped_column(default=JurorState.INVITED)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    decline_reason: Mapped[str] = mapped_column(Text, default="")
    reminded_at: Mapped[datetime | None]
    statement_at: Mapped[datetime | None]  # confidentiality and conflicts stated
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)  # in which he or she reads
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)  # codes of the call's challenges
    expertise: Mapped[list[str]] = mapped_column(JSON, default=list)  # in his or her own words
    described_at: Mapped[datetime | None]  # when the juror filled this in
    sector_wish: Mapped[str] = mapped_column(String(20), default="")  # the sector that would be right
    sector_wish_reason: Mapped[str] = mapped_column(Text, default="")

    call: Mapped[Call] = link()
    account: Mapped[Account | None] = link()

    @property
    def juror_account_id(self) -> int | None:
        """What the policy reads."""
        return self.account_id

    @property
    def juror_state(self) -> JurorState:
        return self.state

    @property
    def sectors(self) -> tuple[str, ...]:
        """Every sector that he or she may sit for, the main one first. On a panel it is one of them."""
        return (self.sector, *self.other_sectors)

    @property
    def votes(self) -> bool:
        """A secretary has a voice and no vote: nobody assigns proposals to one."""
        return self.role != JurorRole.SECRETARY

    def is_lapsed(self, now: datetime) -> bool:
        """Whether the invitation was left without an answer for too long."""
        return self.state is JurorState.INVITED and now >= self.expires_at

    def can_be_invited(self, now: datetime) -> bool:
        """Whether somebody who was invited before may be invited again."""
        return self.is_lapsed(now) or destination(JUROR, "invite_again", self.state) is not None


class Conflict(Base):
    """A juror must not judge a proposal, whatever a team hands in, or anything of an institution.

    A register: nothing is erased, and taking one back is a date and a name. A team stands by its code,
    which outlives it; an institution by its name, and by what tells two spellings of it to be one.
    """

    __tablename__ = "conflict"
    __table_args__ = (
        CheckConstraint("(scope = 'submission') = (submission_id IS NOT NULL)", name="submission"),
        CheckConstraint("(scope = 'team') = (team_code IS NOT NULL)", name="team"),
        CheckConstraint("(scope = 'institution') = (institution_key IS NOT NULL)", name="institution"),
        CheckConstraint("(institution_key IS NULL) = (institution IS NULL)", name="named"),
        CheckConstraint("withdrawn_by_id IS NULL OR withdrawn_at IS NOT NULL", name="withdrawn"),
        unique_where("uq_conflict_standing", "juror_id", "submission_id", where="withdrawn_at IS NULL"),
        unique_where("uq_conflict_standing_team", "juror_id", "team_code", where="withdrawn_at IS NULL"),
        unique_where(
            "uq_conflict_standing_institution", "juror_id", "institution_key", where="withdrawn_at IS NULL"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), index=True)
    scope: Mapped[ConflictScope] = mapped_column(default=ConflictScope.SUBMISSION)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    team_code: Mapped[str | None] = mapped_column(String(10))
    institution: Mapped[str | None] = mapped_column(String(200))
    institution_key: Mapped[str | None] = mapped_column(String(LONGEST_KEY))
    reason: Mapped[str] = mapped_column(Text)
    by_organiser: Mapped[bool] = mapped_column(default=False)
    declared_at: Mapped[datetime]
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"))  # where marks were there
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    juror: Mapped[Juror] = link()
    submission: Mapped[Submission | None] = link()
    declared_by: Mapped[Account] = link(foreign_keys=[declared_by_id])
    withdrawn_by: Mapped[Account | None] = link(foreign_keys=[withdrawn_by_id])
    agreement: Mapped[Agreement | None] = link()

    @property
    def call(self) -> Call:
        """What the policy reads."""
        return self.juror.call


class Plan(OfRound, Base):
    """Panels as the platform proposed them, with the certificate; applied once, or discarded.

    ``pairs`` hold codes: submission, juror, and the sector that the juror sits for. ``causes`` say what
    the jury lacks, ``shortfall`` which seats stay empty; the words for both are in ``wording``.
    ``moved`` are pairs that stand and that this plan gives up: only a re-seat has any.
    ``prices`` of the jurors' time, by which the bound was proved, explain who sits where.
    ``input_sha256`` is the hash of everything the plan was made from: a plan whose input changed is stale.
    """

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        CheckConstraint("(state = 'applied') = (applied_at IS NOT NULL)", name="applied"),
        CheckConstraint("state IN ('computing', 'discarded') OR input_sha256 <> ''", name="computed"),
        unique_where("uq_plan_open", "call_id", where="state IN ('computing', 'proposed')"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    number: Mapped[int]
    state: Mapped[PlanState] = mapped_column(default=PlanState.COMPUTING)
    seed: Mapped[int] = mapped_column(BigInteger)
    input_sha256: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[int] = mapped_column(BigInteger, default=0)
    upper_bound: Mapped[int] = mapped_column(BigInteger, default=0)
    is_certified: Mapped[bool] = mapped_column(default=False)
    is_connected: Mapped[bool] = mapped_column(default=False)
    is_adjusted: Mapped[bool] = mapped_column(
        default=False
    )  # by hand: the certificate no longer speaks of it
    pairs: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    moved: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    shortfall: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    causes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    prices: Mapped[dict[str, int]] = mapped_column(JSON, default=dict, server_default="{}")
    outbox_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_task.id"))
    made_at: Mapped[datetime]
    applied_at: Mapped[datetime | None]

    call: Mapped[Call] = link()
    outbox: Mapped[OutboxTask | None] = link()

    @property
    def seats(self) -> tuple[Pair, ...]:
        """The pairs as the solver speaks of them."""
        return tuple(Pair(each["submission"], each["juror"], each["sector"]) for each in self.pairs)

    @property
    def given_up(self) -> frozenset[Pair]:
        """The pairs that stand and that this plan does not keep as they are."""
        return frozenset(self.loose) - frozenset(self.seats)

    @property
    def loose(self) -> tuple[Pair, ...]:
        """The pairs that stand and that this plan is free to give up."""
        return tuple(Pair(each["submission"], each["juror"], each["sector"]) for each in self.moved)

    @property
    def is_brought_in(self) -> bool:
        """Whether people wrote the pairs, and no solver was asked."""
        return self.version == BY_HAND


def seed_of(now: datetime, number: int) -> int:
    """The day and a plan's number: chosen by nobody, known to all."""
    return int(f"{now:%Y%m%d}{number:02d}")


class Review(OfRound, Base):
    """A juror reads a submission, sitting for a sector. ``version`` and ``saved_…`` settle two tabs.

    ``drafts`` keeps what was begun on criteria without a mark: reasons, and items of a checklist that was
    not answered whole. A review that is excused or recused keeps what it had.
    """

    __tablename__ = "review"
    __table_args__ = (
        unique_where("uq_review_standing", "juror_id", "submission_id", where="closed_round IS NULL"),
        UniqueConstraint("juror_id", "submission_id", "closed_round"),
        CheckConstraint("state <> 'final' OR finished_at IS NOT NULL", name="finished"),
        CheckConstraint("state NOT IN ('excused', 'recused') OR closed_reason IS NOT NULL", name="reason"),
        CheckConstraint("(closed_reason IS NULL) = (closed_at IS NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    receipt_id: Mapped[int] = mapped_column(ForeignKey("receipt.id"))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    sector: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.ASSIGNED)
    version: Mapped[int] = mapped_column(default=1)
    saved_by: Mapped[str] = mapped_column(String(24), default="")  # the window that saved last
    saved_edit: Mapped[int] = mapped_column(default=0)  # how many edits that window had made by then
    drafts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    feedback: Mapped[str] = mapped_column(Text, default="")  # the team reads it after publication
    note: Mapped[str] = mapped_column(Text, default="")  # the jury reads it
    assigned_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str | None] = mapped_column(Text)
    is_abstention: Mapped[bool] = mapped_column(default=False)  # excused by the juror, not the organisers
    source: Mapped[MarksSource] = mapped_column(default=MarksSource.JUROR, server_default="juror")

    call: Mapped[Call] = link()
    juror: Mapped[Juror] = link()
    submission: Mapped[Submission] = link()
    receipt: Mapped[Receipt] = link()
    marks: Mapped[list["Mark"]] = link(back_populates="review", cascade="all, delete-orphan")

    # Whether a conflict stands between juror and proposal: whoever loads it for its juror fills it in.
    kept_out = False

    @property
    def is_from_paper(self) -> bool:
        return self.source is MarksSource.PAPER

    @property
    def is_imported(self) -> bool:
        return self.source is MarksSource.IMPORTED

    @property
    def juror_account_id(self) -> int | None:
        """What the policy reads."""
        return self.juror.account_id

    @property
    def juror_state(self) -> JurorState:
        return self.juror.state

    @property
    def statement_signed(self) -> bool:
        return self.juror.statement_at is not None

    @property
    def has_content(self) -> bool:
        """Whether the juror has marked or written anything."""
        return bool(self.marks or self.drafts or self.note or self.feedback)

    @property
    def micro_marks(self) -> dict[str, int]:
        """The marks as the journal and a signature name them: whole millionths, by criterion."""
        return {mark.criterion: micro(mark.value) for mark in self.marks}

    def is_complete(self, rubric: Rubric) -> bool:
        """Whether nothing that the bases ask for is missing."""
        ballot = self.ballot(rubric)
        return not missing(rubric, ballot) and not unjustified(rubric, ballot)

    def ballot(self, rubric: Rubric) -> Ballot:
        """What is kept of the juror's ballot, by this rubric."""
        marks = {mark.criterion: mark for mark in self.marks}
        given = {
            one.code: _given(one, marks.get(one.code), self.drafts.get(one.code, {})) for one in rubric.judged
        }
        return Ballot(given, self.note, self.feedback)


class FormerReview(Base):
    """A final review as it stood until two persons reopened it, or its juror changed a mark for a reason.

    Rows are only ever added (a trigger). ``content`` is canonical JSON: the marks in millionths with their
    items and reasons, the note and the comment, the version.
    """

    __tablename__ = "former_review"
    __table_args__ = (
        UniqueConstraint("review_id", "number"),
        CheckConstraint("(agreement_id IS NULL) = (reason <> '')", name="why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    number: Mapped[int]
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text, default="")  # the juror's own; an agreement has its own
    finished_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    content: Mapped[str] = mapped_column(Text)
    content_sha256: Mapped[str] = mapped_column(String(64))

    review: Mapped[Review] = link()
    agreement: Mapped[Agreement | None] = link()

    @property
    def micro_marks(self) -> dict[str, int]:
        """As of a review: whole millionths, by criterion."""
        return {code: one["micro"] for code, one in json.loads(self.content)["marks"].items()}


class Mark(Base):
    """A mark on one criterion, exact. No row: not marked. A 0 is a mark."""

    __tablename__ = "mark"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Decimal]
    items: Mapped[list[int] | None] = mapped_column(JSON)  # a checklist's items that are met
    reason: Mapped[str] = mapped_column(Text, default="")

    review: Mapped[Review] = link(back_populates="marks")


class Signature(Base):
    """A juror stands by every mark given until this moment. A later change of them asks for another one.

    ``content_sha256`` is the hash of the canonical list of those marks: what was signed can be shown again.
    """

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("juror_id", "content_sha256"),
        CheckConstraint("reviews > 0", name="reviews"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"))
    signed_at: Mapped[datetime]
    round: Mapped[int] = mapped_column(default=0, server_default="0")  # that the call was in, from 0
    reviews: Mapped[int]
    content_sha256: Mapped[str] = mapped_column(String(64))


def micro(mark: Decimal) -> int:
    """A mark in whole millionths, which are exact: a mark has six places at most."""
    return int(mark * 1_000_000)


def _given(criterion: Criterion, mark: Mark | None, draft: dict[str, Any]) -> Given:
    """A mark, or what was begun of one."""
    if mark is None:
        items = {int(index): yes for index, yes in draft.get("items", {}).items()}
        return Given(items=items, reason=draft.get("reason", ""))
    count = len(criterion.scale.checklist or ())
    items = {index: index in (mark.items or ()) for index in range(count)}
    return Given(mark.value, items, mark.reason)
