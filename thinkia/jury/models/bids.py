"""What jurors said they would like to read."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from thinkia.db import Base
from thinkia.domain.bids import Liking


class Bid(Base):
    """How gladly a juror would read a proposal. No row: nothing was said of it."""

    __tablename__ = "bid"

    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"), primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True, index=True)
    liking: Mapped[Liking]
