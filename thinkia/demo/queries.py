"""What the sample data asks of the database."""

from sqlalchemy import delete, select

from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.feedback.models import Judgement, Show
from thinkia.feedback.queries import comments_to
from thinkia.jury.models import Juror, JurorLetter, Review
from thinkia.jury.queries.people import WITH_CALL as JUROR_WITH_CALL
from thinkia.jury.queries.reviews import WITH_ALL as REVIEW_WITH_ALL
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask
from thinkia.results.models import RankingStudy
from thinkia.submissions.models import Submission
from thinkia.submissions.queries import WHOLE


def juror_at(call: Call, email: str) -> Juror:
    """The seat of this address, with its call."""
    statement = select(Juror).where(Juror.call_id == call.id, Juror.email == email)
    return db.session.scalars(statement.options(*JUROR_WITH_CALL)).one()


def submission_with_rules(code: str) -> Submission:
    """A submission with all that handing it in looks at."""
    statement = select(Submission).where(Submission.code == code).options(*WHOLE)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def reviews_in_order(call: Call) -> list[Review]:
    """Every review of a call with its juror, submission and marks, juror by juror."""
    statement = select(Review).where(Review.call_id == call.id).options(*REVIEW_WITH_ALL)
    return list(db.session.scalars(statement.order_by(Review.position, Review.id)))


def comments_as_they_are(call: Call) -> dict[str, Judgement]:
    """Every comment to a team, to be published as it is."""
    rows = db.session.execute(comments_to(call, Show.WAITING))
    return {row.code: Judgement(row.version, is_shown=True) for row in rows}


def call_exists(code: str) -> bool:
    return db.session.scalar(select(Call.id).where(Call.code == code)) is not None


def forget_letters() -> None:
    """Throw away the letters and tasks of a past that never was. Studies are asked for on the desk."""
    db.session.execute(delete(JurorLetter))
    db.session.execute(delete(Mail))
    db.session.execute(delete(RankingStudy))
    db.session.execute(delete(OutboxTask))
