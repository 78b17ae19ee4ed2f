"""Appeals of teams."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.db.conditions import unique_where
from thinkia.domain.appeals import Outcome
from thinkia.domain.canonical import canonical_json
from thinkia.results.models import Ranking
from thinkia.submissions.models import Submission


class Appeal(Base):
    """What a team asked about one version of the result, and the answer. One without an answer at a time.

    ``content_sha256`` is the hash of ``content`` in UTF-8, as the receipt says it.
    """

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint("grounds <> '' AND wanted <> ''", name="said"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint("(outcome IS NULL) = (answer = '')", name="reasoned"),
        unique_where("uq_appeal_open", "submission_id", where="outcome IS NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"))
    grounds: Mapped[str] = mapped_column(Text)  # what the team thinks is wrong
    wanted: Mapped[str] = mapped_column(Text)  # what it asks for
    content_sha256: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    outcome: Mapped[Outcome | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]

    call: Mapped[Call] = link()
    submission: Mapped[Submission] = link()
    ranking: Mapped[Ranking] = link()

    @property
    def team_id(self) -> int:
        """What the policy reads."""
        return self.submission.team_id

    @property
    def ref(self) -> str:
        """How the journal and requests to a second person name it."""
        return f"appeal:{self.number}"

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    @property
    def asks_for_correction(self) -> bool:
        """Whether its answer says that the result was wrong, in all or in part."""
        return self.outcome in {Outcome.ACCEPTED, Outcome.PARTLY}

    @property
    def content(self) -> str:
        """The exact text that the receipt's fingerprint is of."""
        return content_of(self.submission.code, self.ranking.number, self.grounds, self.wanted)


def content_of(submission: str, ranking: int, grounds: str, wanted: str) -> str:
    """Canonical JSON of an appeal against that version of the result."""
    document = {"submission": submission, "result": ranking, "grounds": grounds, "wanted": wanted}
    return canonical_json(document)
