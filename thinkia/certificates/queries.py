"""Every SELECT about certificates: who is due one, which there are, how far they are drawn."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import joinedload

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.certificates.models import Certificate
from thinkia.db import db
from thinkia.db.rounds import EVERY_ROUND
from thinkia.domain.bases import Bases, Prize, PublicationLevel
from thinkia.domain.certificates import CertificateKind, Due, for_teams
from thinkia.domain.lifecycle import LEFT_BEHIND, JurorState, ReviewState, SubmissionState
from thinkia.domain.ranking.record import read
from thinkia.jury.models import Juror, Review
from thinkia.outside.outbox import OutboxTask, TaskState
from thinkia.policy import Actor
from thinkia.policy.actor import JurorRole
from thinkia.results.queries import bases_of_ranking, handed_in_title, published_ranking
from thinkia.results.wording.method import WITH_PLACES
from thinkia.submissions.models import Receipt, Submission
from thinkia.teams.models import Member, Team

DRAW = "certificates.draw"
WITH_CALL = (
    joinedload(Certificate.call).joinedload(Call.version),
    joinedload(Certificate.call).joinedload(Call.host),
)
WITH_PEOPLE = (*WITH_CALL, joinedload(Certificate.account))
PRESIDE = (JurorRole.CHAIR, JurorRole.SECRETARY)


def due(call: Call) -> list[Due]:
    """Who is due a certificate by what is public now: winners first, then other members, then the jury.

    Who won gets one as a winner alone. Before the result is public nobody has won.
    """
    won, took_part = [], []
    prizes = _won(call)
    for account_id, name, work in _members(call):
        if (gained := prizes.get(work.pop("code"))) is not None:
            won.append((account_id, name, work | gained))
        else:
            took_part.append((account_id, name, work))
    winners = for_teams(won, won=True)
    known = {each.account_id for each in winners}
    others = for_teams((each for each in took_part if each[0] not in known), won=False)
    return [*winners, *others, *_jurors(call)]


def standing(call: Call) -> Sequence[Certificate]:
    """Those that were given and not revoked."""
    return db.session.scalars(
        select(Certificate)
        .where(Certificate.call_id == call.id, Certificate.revoked_at.is_(None))
        .order_by(Certificate.number)
    ).all()


def of_an_earlier_result(call: Call) -> bool:
    """Whether any that stands was given before the result that is public now, or there is none any more."""
    known = exists().where(Certificate.call_id == call.id, Certificate.revoked_at.is_(None))
    if call.results_published_at is not None:
        known = known.where(Certificate.issued_at < call.results_published_at)
    return bool(db.session.scalar(select(known)))


def last_number(call: Call) -> int:
    return db.session.scalar(select(func.max(Certificate.number)).where(Certificate.call_id == call.id)) or 0


def certificates(call: Call) -> Select[tuple[Certificate]]:
    """All of a call by number, revoked ones too."""
    return (
        select(Certificate)
        .where(Certificate.call_id == call.id)
        .options(*WITH_CALL)
        .order_by(Certificate.number)
    )


def to_draw(call_id: int, first: int, last: int) -> Sequence[Certificate]:
    """Those of these numbers that have no file yet, with call, bases, host and person."""
    return db.session.scalars(
        select(Certificate)
        .where(
            Certificate.call_id == call_id,
            Certificate.number.between(first, last),
            Certificate.es_sha256.is_(None),
            Certificate.revoked_at.is_(None),
        )
        .options(*WITH_PEOPLE)
        .order_by(Certificate.number)
    ).all()


def drawn_of_all(call: Call) -> tuple[int, int]:
    """How many of those that stand have their files, and how many there are."""
    row = db.session.execute(
        select(func.count(Certificate.es_sha256), func.count()).where(
            Certificate.call_id == call.id, Certificate.revoked_at.is_(None)
        )
    ).one()
    return row[0], row[1]


def failed_draws(call: Call) -> Sequence[OutboxTask]:
    """Work of this call that failed for good."""
    return db.session.scalars(
        select(OutboxTask).where(
            OutboxTask.dedupe_key.like(f"{DRAW}:{call.id}:%"), OutboxTask.state == TaskState.FAILED
        )
    ).all()


def drawn(call: Call) -> Sequence[Certificate]:
    """What an archive of all of them holds: neither revoked ones, nor those without a file."""
    return db.session.scalars(
        certificates(call).where(Certificate.es_sha256.is_not(None), Certificate.revoked_at.is_(None))
    ).all()


def certificate_by_code(code: str) -> Certificate | None:
    """One that has its files, or was revoked, with call, bases, host and person."""
    found = db.session.scalar(select(Certificate).where(Certificate.code == code).options(*WITH_PEOPLE))
    waits = found is not None and found.es_sha256 is None and found.revoked_at is None
    return None if waits else found


def certificate_with_files(code: str) -> Certificate | None:
    """The same, where it stands and can be handed over."""
    found = certificate_by_code(code)
    return found if found is not None and found.revoked_at is None and found.es_sha256 else None


def certificate_in_call(code: str, certificate: str) -> Certificate | None:
    """One by the codes of its call and its own."""
    found = certificate_by_code(certificate)
    return found if found is not None and found.call.code == code else None


def certificates_of(actor: Actor) -> Sequence[Certificate]:
    """A person's own, the newest first, revoked ones too, with call and bases."""
    return db.session.scalars(
        select(Certificate)
        .where(
            Certificate.account_id == actor.account_id,
            Certificate.es_sha256.is_not(None) | Certificate.revoked_at.is_not(None),
        )
        .options(joinedload(Certificate.call).joinedload(Call.version))
        .order_by(Certificate.issued_at.desc(), Certificate.id)
    ).all()


def _members(call: Call) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """(account, name, proposal) of every member of a team that competed."""
    rows = db.session.execute(
        select(
            Account.id,
            Account.name,
            Submission.code,
            Submission.title,
            Team.name.label("team"),
            Receipt.content,
        )
        .join(Member, Member.account_id == Account.id)
        .join(Team, Team.id == Member.team_id)
        .join(Submission, Submission.team_id == Team.id)
        .join(Receipt, Receipt.id == Submission.receipt_id)
        .where(Submission.call_id == call.id, Submission.state.in_((SubmissionState.SUBMITTED, *LEFT_BEHIND)))
        .order_by(Account.name, Account.id, Submission.code)
    )
    for row in rows:
        yield row.id, row.name, {"code": row.code, "title": handed_in_title(row), "team": row.team}


def _won(call: Call) -> Mapping[str, dict[str, Any]]:
    """Submission → place and prizes of the winners, as far as the bases let them be public."""
    ranking = published_ranking(call)
    if ranking is None:
        return {}
    bases = bases_of_ranking(ranking)
    if bases.publication is PublicationLevel.VERDICT:
        return {}
    return {line.submission: _gained(line.place, bases) for line in read(ranking.content).winners}


def _gained(place: int, bases: Bases) -> dict[str, Any]:
    if bases.publication not in WITH_PLACES:
        return {"place": None, "prizes": []}
    return {"place": place, "prizes": [_prize(each) for each in bases.prizes if each.place == place]}


def _prize(prize: Prize) -> dict[str, str]:
    amount = "" if prize.amount is None else f"{prize.amount:f}"
    return {"es": prize.title.es, "en": prize.title.en, "amount": amount, "currency": prize.currency}


def _jurors(call: Call) -> list[Due]:
    """Who accepted and finished a review in any round, or presides."""
    read_one = (
        select(Review.id).where(Review.juror_id == Juror.id, Review.state == ReviewState.FINAL).exists()
    )
    rows: Sequence[Row[Any]] = db.session.execute(
        select(Account.id, Account.name, Juror.sector, Juror.role)
        .join(Juror, Juror.account_id == Account.id)
        .where(
            Juror.call_id == call.id,
            Juror.state == JurorState.ACCEPTED,
            read_one | Juror.role.in_(PRESIDE),
        )
        .order_by(Account.name, Account.id),
        execution_options=EVERY_ROUND,
    ).all()
    return [
        Due(row.id, row.name, CertificateKind.JUROR, {"sector": row.sector, "role": row.role.value})
        for row in rows
    ]
