"""The values of metrics, each as two persons entered it."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.agreements.models import Agreement
from thinkia.calls.models import Call
from thinkia.db import Base, link
from thinkia.submissions.models import Submission


class MetricValue(Base):
    """A value of a metric for a submission, exact. The one of the highest ``number`` counts.

    Rows are only ever added (a trigger): a correction is another row, and one without a value takes back
    what stood. Who asked and who confirmed stand in the agreement.
    """

    __tablename__ = "metric_value"
    __table_args__ = (
        UniqueConstraint("submission_id", "metric", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("metric <> ''", name="metric"),
        CheckConstraint("number > 1 OR value IS NOT NULL", name="first"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    metric: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    value: Mapped[Decimal | None]
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    entered_at: Mapped[datetime]

    call: Mapped[Call] = link()
    submission: Mapped[Submission] = link()
    agreement: Mapped[Agreement] = link()
