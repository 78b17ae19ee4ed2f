"""The jury of a large sample call and what it read."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import insert

from thinkia.accounts.models import Account
from thinkia.calls.models import Call
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.demo.load.applicants import Paper
from thinkia.demo.load.rows import Row, account_rows, insert_rows
from thinkia.demo.people import FEEDBACK
from thinkia.domain.lifecycle import JurorState, ReviewState
from thinkia.domain.sectors import SECTORS
from thinkia.jury.models import Juror, Mark, Review
from thinkia.policy.actor import JurorRole


@dataclass(frozen=True, slots=True)
class Reading:
    """When the jury reads, and whether it is through."""

    at: datetime
    all_final: bool = False


def chair_email(call: Call) -> str:
    return f"{call.code}-jurado0@example.org"


def write_jury(call: Call, papers: Sequence[Paper], count: int, final: int, reading: Reading) -> None:
    """So many jurors of the five sectors in turn, the first in the chair, with ``final`` final reviews each
    and a fifth more that are only assigned; or, where all is read, as many as leave no submission unread.
    Their addresses are ``<code>-jurado<n>@example.org``.
    """
    if reading.all_final:
        final = max(final, -(-len(papers) // count))
    people = account_rows(f"{call.code}-jurado", count, reading.at)
    for number, person in enumerate(people):
        person["name"] = f"Jurado {number + 1} de Muestra"
    accounts = insert_rows(Account, people)
    seats = insert_rows(Juror, _seats(call, people, accounts, reading.at))
    each = min(final if reading.all_final else final + final // 5, len(papers))
    rows = list(_reviews(call, papers, seats, reading.at, each=each, final=final))
    reviews = insert_rows(Review, rows)
    finished = [review for review, row in zip(reviews, rows, strict=True) if row["finished_at"]]
    if finished:
        db.session.execute(insert(Mark), list(_marks(call, finished)))


def _seats(call: Call, people: Sequence[Row], accounts: Sequence[int], at: datetime) -> Iterator[Row]:
    for number, (person, account) in enumerate(zip(people, accounts, strict=True)):
        yield {
            "code": new_code(),
            "call_id": call.id,
            "account_id": account,
            "email": person["email"],
            "name": person["name"],
            "sector": SECTORS[number % len(SECTORS)],
            "institution": person["institution"],
            "role": JurorRole.MEMBER if number else JurorRole.CHAIR,
            "state": JurorState.ACCEPTED,
            **dict.fromkeys(("invited_at", "expires_at", "answered_at", "statement_at"), at),
        }


def _reviews(
    call: Call, papers: Sequence[Paper], seats: Sequence[int], at: datetime, *, each: int, final: int
) -> Iterator[Row]:
    """Each juror reads a run of submissions, the runs overlapping; the first ``final`` are finished."""
    for number, juror in enumerate(seats):
        start = number * len(papers) // len(seats)
        for place in range(each):
            submission, receipt = papers[(start + place) % len(papers)]
            is_final = place < final
            yield {
                "code": new_code(),
                "call_id": call.id,
                "juror_id": juror,
                "submission_id": submission,
                "receipt_id": receipt,
                "sector": SECTORS[number % len(SECTORS)],
                "position": place,
                "state": ReviewState.FINAL if is_final else ReviewState.ASSIGNED,
                "feedback": FEEDBACK[place % len(FEEDBACK)] if is_final else "",
                "assigned_at": at,
                "saved_at": at if is_final else None,
                "finished_at": at if is_final else None,
            }


def _marks(call: Call, reviews: Sequence[int]) -> Iterator[Row]:
    chance = random.Random(2026)  # noqa: S311 - sample data, the same each time
    for review in reviews:
        for criterion in call.bases.rubric.judged:
            mark = Decimal(chance.randint(1, 5))
            yield {"review_id": review, "criterion": criterion.code, "value": mark}
