"""Teams, their members, and the two ways in: an invitation or a request.

Things of a team carry what the policy reads (``team_id``, ``call``, ``is_looking``): a query that loads
one for a route loads its team with the call and its bases.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.db.codes import new_code
from thinkia.db.conditions import unique_where
from thinkia.domain.lifecycle import InvitationState, RequestState
from thinkia.policy.actor import MemberRole
from thinkia.registration.models import Registration


class Team(Base):
    """A team of one call. Its name is unique there, whatever the case and the accents.

    ``successor_id`` is the member to whom the representation is offered, until he or she answers.
    """

    __tablename__ = "team"
    __table_args__ = (
        UniqueConstraint("call_id", "name_key"),
        UniqueConstraint("id", "call_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True, default=new_code)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"))
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(160))  # what makes two names the same: `formation.alike`
    about: Mapped[str] = mapped_column(String(500), default="")
    is_looking: Mapped[bool] = mapped_column(default=False)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]

    call: Mapped[Call] = link()
    members: Mapped[list["Member"]] = link(back_populates="team", order_by="Member.joined_at, Member.id")

    @property
    def team_id(self) -> int:
        """What the policy reads: a team is its own team."""
        return self.id


class Member(Base):
    """A person in a team. Leaving deletes the row; the journal remembers.

    ``slot`` is 0 where the bases allow one team a person, the team's id where they allow several: the
    unique constraint then says exactly that, also to two requests at once.
    """

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("call_id", "account_id", "slot"),
        UniqueConstraint("team_id", "account_id"),
        ForeignKeyConstraint(["team_id", "call_id"], ["team.id", "team.call_id"]),
        unique_where("uq_member_representative", "team_id", where="role = 'representative'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(index=True)
    call_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    role: Mapped[MemberRole] = mapped_column(default=MemberRole.MEMBER)
    slot: Mapped[int] = mapped_column(default=0)
    joined_at: Mapped[datetime]

    team: Mapped[Team] = link(back_populates="members", overlaps="members")
    account: Mapped[Account] = link()
    registration: Mapped[Registration] = link()

    @property
    def call(self) -> Call:
        return self.team.call

    @property
    def is_looking(self) -> bool:
        return self.team.is_looking


class Invitation(Base):
    """A way into a team that its representative gave away: to one address, or as a link for many.

    Only the hash of its secret is kept. A link (no ``email``) stays open until it is revoked or lapses; a
    team has one at a time. ``invitee`` is there when the invitation went to somebody found on the
    platform: then the team reads that person's name and not the address.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("(state = 'accepted') = (accepted_by_id IS NOT NULL)", name="accepted"),
        CheckConstraint("email IS NOT NULL OR state IN ('open', 'revoked')", name="link"),
        CheckConstraint("invitee_id IS NULL OR email IS NOT NULL", name="invitee"),
        unique_where("uq_invitation_open_email", "team_id", "email", where="state = 'open'"),
        unique_where("uq_invitation_open_link", "team_id", where="state = 'open' AND email IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True, default=new_code)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    email: Mapped[str | None] = mapped_column(String(320))
    invitee_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    needs_approval: Mapped[bool] = mapped_column(default=False)  # of a link: whoever uses it asks to join
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.OPEN)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    team: Mapped[Team] = link()
    invitee: Mapped[Account | None] = link(foreign_keys=[invitee_id])
    invited_by: Mapped[Account] = link(foreign_keys=[invited_by_id])

    @property
    def call(self) -> Call:
        return self.team.call

    @property
    def is_looking(self) -> bool:
        return self.team.is_looking

    def is_open(self, now: datetime) -> bool:
        """Whether it may still be answered."""
        return self.state == InvitationState.OPEN and now < self.expires_at


class JoinRequest(Base):
    """A person asks to join a team; the representative decides."""

    __tablename__ = "join_request"
    __table_args__ = (unique_where("uq_join_request_open", "team_id", "account_id", where="state = 'open'"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True, default=new_code)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    message: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[RequestState] = mapped_column(default=RequestState.OPEN)
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    team: Mapped[Team] = link()
    account: Mapped[Account] = link()
    registration: Mapped[Registration] = link()

    @property
    def call(self) -> Call:
        return self.team.call

    @property
    def is_looking(self) -> bool:
        return self.team.is_looking
