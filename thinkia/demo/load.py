"""A large sample call, written in bulk: what the benchmarks of pages and exports run on.

It goes around the use cases for speed and ends in the same rows: teams of one, one submission each with
its receipt, every juror with the same number of assigned reviews, most of them final.
"""

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import insert

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.calls.queries import challenges_of
from thinkia.calls.services import create_call, publish
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.db.transaction import atomic
from thinkia.demo.calls import Sample, sample_bases
from thinkia.demo.people import FEEDBACK, PROPOSALS, Proposal, people
from thinkia.domain.lifecycle import JurorState, ReviewState, SubmissionState
from thinkia.domain.sectors import SECTORS
from thinkia.jury.models import Juror, Mark, Review
from thinkia.organisations.models import Host
from thinkia.policy import Actor
from thinkia.policy.actor import JurorRole, MemberRole
from thinkia.registration.models import Registration
from thinkia.submissions.models import Answer, Receipt, Submission
from thinkia.teams.models import Member, Team

Row = dict[str, Any]


@atomic
def load(
    host: Host, actor: Actor, now: datetime, *, code: str, submissions: int, jurors: int, reviews: int
) -> Call:
    """A published call in evaluation with so many submissions, jurors and final reviews.

    A juror is assigned a fifth more reviews than he or she has finished.
    """
    bases = replace(sample_bases(Sample.JURY, now.date()), code=code)
    opened, handed_in = now - timedelta(days=46), bases.calendar.submission.closes - timedelta(hours=3)
    call = create_call(bases, host, actor, opened)
    publish(call, actor, opened)
    papers = _write_applicants(call, submissions, handed_in)
    seats = _write_jury(call, jurors, now)
    _write_reviews(call, papers, seats, now, final=reviews // jurors)
    return call


def _write_applicants(call: Call, count: int, at: datetime) -> list[tuple[int, int]]:
    """Accounts, registrations, teams of one, submissions with receipt: the ids of the last two."""
    accounts = _insert(Account, _accounts(count, call.code, at))
    entries = _insert(
        Registration, [{"call_id": call.id, "account_id": each, "registered_at": at} for each in accounts]
    )
    teams = _insert(Team, _teams(call, count, at))
    _insert(Member, _members(call, teams, accounts, entries, at))
    submissions = _insert(Submission, _submissions(call, teams, at))
    _insert(Answer, list(_answers(submissions, accounts, at)))
    receipts = _insert(Receipt, list(_receipts(call, submissions, at)))
    papers = list(zip(submissions, receipts, strict=True))
    handed_in = {"state": SubmissionState.SUBMITTED, "submitted_at": at}
    links = [{"id": submission, "receipt_id": receipt, **handed_in} for submission, receipt in papers]
    db.session.bulk_update_mappings(Submission.__mapper__, links)
    return papers


def _accounts(count: int, prefix: str, at: datetime) -> list[Row]:
    moments = {"created_at": at, "verified_at": at}
    return [
        {
            "email": f"{prefix}-{number}@example.org",
            "name": person.name,
            "province": person.province,
            **moments,
        }
        for number, person in zip(range(count), people(), strict=False)
    ]


def _teams(call: Call, count: int, at: datetime) -> list[Row]:
    names = (f"Equipo {number + 1}" for number in range(count))
    return [
        {"code": new_code(), "call_id": call.id, "name": name, "name_key": name.casefold(), "created_at": at}
        for name in names
    ]


def _members(
    call: Call, teams: Sequence[int], accounts: Sequence[int], entries: Sequence[int], at: datetime
) -> list[Row]:
    common = {"call_id": call.id, "role": MemberRole.REPRESENTATIVE, "joined_at": at}
    return [
        {"team_id": team, "account_id": account, "registration_id": entry, **common}
        for team, account, entry in zip(teams, accounts, entries, strict=True)
    ]


def _submissions(call: Call, teams: Sequence[int], at: datetime) -> list[Row]:
    challenges = [challenge.id for challenge in challenges_of(call)]
    common = {"call_id": call.id, "bases_version_id": call.version_id, "started_at": at, "saved_at": at}
    return [
        {
            "code": new_code(),
            "challenge_id": challenges[number % len(challenges)],
            "team_id": team,
            "title": _title(number),
            **common,
        }
        for number, team in enumerate(teams)
    ]


def _proposal(number: int) -> Proposal:
    return PROPOSALS[number % len(PROPOSALS)]


def _title(number: int) -> str:
    return f"{_proposal(number).title} {number + 1}"


def _texts(number: int) -> dict[str, str]:
    proposal = _proposal(number)
    texts = {"resumen": proposal.summary, "solucion": proposal.problem, "aplicacion": proposal.plan}
    return {**texts, "etapa": "prototipo"}


def _answers(submissions: Sequence[int], accounts: Sequence[int], at: datetime) -> Iterator[Row]:
    for number, (submission, account) in enumerate(zip(submissions, accounts, strict=True)):
        saved = {"submission_id": submission, "saved_at": at, "saved_by_id": account}
        for question, value in _texts(number).items():
            yield {"question": question, "value": value, **saved}


def _receipts(call: Call, submissions: Sequence[int], at: datetime) -> Iterator[Row]:
    for number, submission in enumerate(submissions):
        answers = {**_texts(number), "autoria": True}
        content = {"answers": answers, "challenge": "comercio", "files": {}, "title": _title(number)}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        yield {
            "number": f"L-{new_code(12)}",
            "submission_id": submission,
            "bases_version_id": call.version_id,
            "received_at": at,
            "content": text,
            "content_sha256": hashlib.sha256(text.encode()).hexdigest(),
        }


def _write_jury(call: Call, count: int, now: datetime) -> list[int]:
    """Jurors of the five sectors in turn, all accepted and signed; the first is the chair."""
    names = [f"Jurado {number + 1} de Muestra" for number in range(count)]
    emails = [f"{call.code}-jurado{number}@example.org" for number in range(count)]
    moments = {"created_at": now, "verified_at": now}
    accounts = _insert(
        Account,
        [{"email": email, "name": name, **moments} for email, name in zip(emails, names, strict=True)],
    )
    signed = {"invited_at": now, "expires_at": now, "answered_at": now, "statement_at": now}
    return _insert(
        Juror,
        [
            {
                "code": new_code(),
                "call_id": call.id,
                "account_id": account,
                "email": emails[number],
                "name": names[number],
                "sector": SECTORS[number % len(SECTORS)],
                "institution": f"Institución de Muestra {number + 1}",
                "role": JurorRole.MEMBER if number else JurorRole.CHAIR,
                "state": JurorState.ACCEPTED,
                **signed,
            }
            for number, account in enumerate(accounts)
        ],
    )


def _write_reviews(
    call: Call, papers: Sequence[tuple[int, int]], seats: Sequence[int], now: datetime, *, final: int
) -> None:
    """Each juror reads a run of submissions, the runs overlapping; the first ``final`` are finished."""
    each = min(final + final // 5, len(papers))
    done = {"state": ReviewState.FINAL, "saved_at": now, "finished_at": now}
    waiting = {"state": ReviewState.ASSIGNED, "saved_at": None, "finished_at": None}
    rows: list[Row] = []
    for number, juror in enumerate(seats):
        start = number * len(papers) // len(seats)
        for place in range(each):
            submission, receipt = papers[(start + place) % len(papers)]
            rows.append({
                "code": new_code(),
                "call_id": call.id,
                "juror_id": juror,
                "submission_id": submission,
                "receipt_id": receipt,
                "sector": SECTORS[number % len(SECTORS)],
                "position": place,
                "assigned_at": now,
                "feedback": FEEDBACK[place % len(FEEDBACK)] if place < final else "",
                **(done if place < final else waiting),
            })  # fmt: skip
    reviews = _insert(Review, rows)
    finished = [review for review, row in zip(reviews, rows, strict=True) if row["finished_at"]]
    db.session.execute(insert(Mark), list(_marks(call, finished)))


def _marks(call: Call, reviews: Sequence[int]) -> Iterator[Row]:
    chance = random.Random(2026)  # noqa: S311 - sample data, the same each time
    for review in reviews:
        for criterion in call.bases.rubric.criteria:
            mark = Decimal(chance.randint(1, 5))
            yield {"review_id": review, "criterion": criterion.code, "value": mark}


def _insert(model: Any, rows: Sequence[Row]) -> list[int]:
    """Write rows in batches; their ids in the same order."""
    statement = insert(model).returning(model.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, rows)) if rows else []
