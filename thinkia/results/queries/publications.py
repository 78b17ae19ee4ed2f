"""Publications that have an hour, the versions of a result that were public, and who was told of them."""

from collections.abc import Sequence

from sqlalchemy import Select, String, cast, literal, select
from sqlalchemy.orm import joinedload

from thinkia.accounts.models import Account
from thinkia.agreements.models import Agreement
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.domain.lifecycle import PublicationState
from thinkia.outside.outbox import OutboxTask
from thinkia.results.models import Publication, Ranking
from thinkia.results.queries import WITH_CALL
from thinkia.submissions.models import Submission
from thinkia.teams.models import Member

WITH_RANKING = (joinedload(Publication.ranking).options(*WITH_CALL),)


def waiting_publication(call: Call) -> Publication | None:
    """The one whose hour is to come, with its order. There is one at most."""
    return db.session.scalar(
        select(Publication)
        .where(Publication.call_id == call.id, Publication.state == PublicationState.WAITING)
        .options(*WITH_RANKING)
    )


def newest_publication(call: Call) -> Publication | None:
    """The last one that was given an hour, whatever became of it; with its order."""
    return db.session.scalar(
        select(Publication)
        .where(Publication.call_id == call.id)
        .order_by(Publication.id.desc())
        .limit(1)
        .options(*WITH_RANKING)
    )


def publication_by_id(publication_id: int) -> Publication | None:
    """One of them, with its order and call, for work that is done later."""
    return db.session.scalar(
        select(Publication).where(Publication.id == publication_id).options(*WITH_RANKING)
    )


def published_versions(call: Call) -> list[Ranking]:
    """Every order of a call that was ever public, oldest first. The last one is, unless it was taken back."""
    return list(
        db.session.scalars(
            select(Ranking)
            .where(Ranking.call_id == call.id, Ranking.published_at.is_not(None))
            .order_by(Ranking.number)
        )
    )


def was_public(code: str, number: int) -> Ranking | None:
    """One of them by the number of the order, with its call."""
    return db.session.scalar(
        select(Ranking)
        .join(Call, Call.id == Ranking.call_id)
        .where(Call.code == code, Ranking.number == number, Ranking.published_at.is_not(None))
        .options(*WITH_CALL)
    )


def is_correction(ranking: Ranking) -> bool:
    """Whether an order of the same call was public before this one."""
    before = select(Ranking.id).where(
        Ranking.call_id == ranking.call_id,
        Ranking.published_at.is_not(None),
        Ranking.number < ranking.number,
    )
    return db.session.scalar(before.limit(1)) is not None


def people_told(ranking: Ranking) -> Select[tuple[int, str, str]]:
    """(account_id, email, language) of those who had the letter that this order is public."""
    key = literal(f"results.published:{ranking.id}:") + cast(Account.id, String)
    return (
        select(Account.id, Account.email, Account.language)
        .join(OutboxTask, OutboxTask.dedupe_key == key)
        .order_by(Account.id)
    )


def whose_result(agreements: Sequence[Agreement]) -> list[tuple[int, int]]:
    """(request, account) of everybody whose team handed something in to the call that a request is about."""
    calls = {one.call_id for one in agreements}
    statement = (
        select(Submission.call_id, Member.account_id)
        .join(Member, Member.team_id == Submission.team_id)
        .where(Submission.call_id.in_(calls), Submission.receipt_id.is_not(None))
        .distinct()
    )
    found = db.session.execute(statement).all()
    return [(one.id, account) for one in agreements for call_id, account in found if call_id == one.call_id]
