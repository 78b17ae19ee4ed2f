"""Everybody who takes part in a large sample call, and what their teams wrote."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

import rfc8785
from sqlalchemy import update

from thinkia.accounts.models import Account
from thinkia.calls.models import Call, Challenge
from thinkia.calls.queries import challenges_of
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.demo.load.rows import Row, account_rows, insert_rows
from thinkia.demo.people import PROPOSALS, people
from thinkia.domain.answers import asked, sheet
from thinkia.domain.formation import alike
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.receipts import content, new_number
from thinkia.policy.actor import MemberRole
from thinkia.registration.models import Registration
from thinkia.submissions.models import Answer, Attempt, Receipt, Submission, sha256_of
from thinkia.submissions.services.handing_in import SUBMITTED
from thinkia.teams.models import Member, Team

TEAM_SIZE = 3
LEFT_FOR_LATER = "aplicacion"  # the answer that a draft still lacks

Paper = tuple[int, int]
"""The ids of a submission and of its receipt."""


def write_applicants(call: Call, count: int, at: datetime, *, handed_in: bool = True) -> list[Paper]:
    """So many teams of three, each with a submission: handed in at that moment, or a draft.

    The representative of team ``n`` is ``<code>-<3n>@example.org``.
    """
    accounts = insert_rows(Account, account_rows(f"{call.code}-", count * TEAM_SIZE, at))
    entries = insert_rows(Registration, _registrations(call, accounts, at))
    teams = insert_rows(Team, _teams(call, count, at))
    insert_rows(Member, _members(call, teams, list(zip(accounts, entries, strict=True)), at))
    challenges = challenges_of(call)
    submissions = insert_rows(Submission, _submissions(call, teams, challenges, at))
    leads = accounts[::TEAM_SIZE]
    insert_rows(Answer, _answers(submissions, leads, at, () if handed_in else (LEFT_FOR_LATER,)))
    return _hand_in(call, submissions, leads, challenges, at) if handed_in else []


def _hand_in(
    call: Call,
    submissions: Sequence[int],
    leads: Sequence[int],
    challenges: Sequence[Challenge],
    at: datetime,
) -> list[Paper]:
    receipts = insert_rows(Receipt, _receipts(call, submissions, challenges, at))
    papers = list(zip(submissions, receipts, strict=True))
    insert_rows(Attempt, _attempts(papers, leads, at))
    state = {"state": SubmissionState.SUBMITTED, "submitted_at": at}
    db.session.execute(
        update(Submission), [{"id": one, "receipt_id": proof, **state} for one, proof in papers]
    )
    return papers


def _registrations(call: Call, accounts: Sequence[int], at: datetime) -> Iterator[Row]:
    """With the one thing that some sample calls ask of people."""
    asks = bool(call.bases.team.composition)
    for account, person in zip(accounts, islice(people(), len(accounts)), strict=True):
        said = {"gender": person.gender} if asks else {}
        yield {"call_id": call.id, "account_id": account, "attributes": said, "registered_at": at}


def _teams(call: Call, count: int, at: datetime) -> Iterator[Row]:
    for name in (f"Equipo {number + 1}" for number in range(count)):
        yield {"call_id": call.id, "name": name, "name_key": alike(name), "created_at": at}


def _members(call: Call, teams: Sequence[int], people: Sequence[Paper], at: datetime) -> Iterator[Row]:
    for place, (account, entry) in enumerate(people):
        yield {
            "call_id": call.id,
            "team_id": teams[place // TEAM_SIZE],
            "account_id": account,
            "registration_id": entry,
            "role": MemberRole.MEMBER if place % TEAM_SIZE else MemberRole.REPRESENTATIVE,
            "joined_at": at,
        }


def _submissions(
    call: Call, teams: Sequence[int], challenges: Sequence[Challenge], at: datetime
) -> Iterator[Row]:
    for number, team in enumerate(teams):
        yield {
            "code": new_code(),
            "call_id": call.id,
            "challenge_id": challenges[number % len(challenges)].id,
            "team_id": team,
            "bases_version_id": call.version_id,
            "title": _title(number),
            "started_at": at,
            "saved_at": at,
        }


def _title(number: int) -> str:
    return f"{PROPOSALS[number % len(PROPOSALS)].title} {number + 1}"


def _values(number: int) -> dict[str, Any]:
    """What a team answers to the questions of the sample calls."""
    proposal = PROPOSALS[number % len(PROPOSALS)]
    return {
        "resumen": proposal.summary,
        "solucion": f"{proposal.problem} {proposal.plan}",
        "aplicacion": proposal.plan,
        "etapa": ("idea", "prototipo", "en-uso")[number % 3],
        "autoria": True,
    }


def _answers(
    submissions: Sequence[int], leads: Sequence[int], at: datetime, without: Sequence[str]
) -> Iterator[Row]:
    for number, (submission, account) in enumerate(zip(submissions, leads, strict=True)):
        saved = {"submission_id": submission, "saved_at": at, "saved_by_id": account}
        for question, value in _values(number).items():
            if question not in without:
                yield {"question": question, "value": value, **saved}


def _receipts(
    call: Call, submissions: Sequence[int], challenges: Sequence[Challenge], at: datetime
) -> Iterator[Row]:
    for number, submission in enumerate(submissions):
        challenge = challenges[number % len(challenges)].code
        lines = sheet(asked(call.bases.questions, challenge), _values(number))
        text = rfc8785.dumps(content(_title(number), challenge, lines)).decode()
        yield {
            "number": new_number(secrets.choice),
            "submission_id": submission,
            "bases_version_id": call.version_id,
            "received_at": at,
            "content": text,
            "content_sha256": sha256_of(text),
        }


def _attempts(papers: Sequence[Paper], leads: Sequence[int], at: datetime) -> Iterator[Row]:
    for (submission, receipt), account in zip(papers, leads, strict=True):
        yield {
            "submission_id": submission,
            "at": at,
            "outcome": SUBMITTED,
            "receipt_id": receipt,
            "account_id": account,
        }
