"""Prizes as open data: 360Giving JSON, of what is public already and of nothing else."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from thinkia.calls.models import Call
from thinkia.domain.bases import Bases, Prize, PublicationLevel
from thinkia.domain.ranking.record import Line, read
from thinkia.exports.queries.submissions import prized
from thinkia.results.queries import bases_of_ranking, handed_in_title, published_ranking

VERSION = "1.4"
WITH_PLACES = frozenset({PublicationLevel.SCORES, PublicationLevel.ORDER, PublicationLevel.WINNERS})


def prizes_of(call: Call, language: str, address: Callable[..., str]) -> dict[str, Any] | None:
    """A package of grants, one a prize in money that somebody won; ``None`` where nothing of it is public.

    Bases that publish no places publish no prizes either: which prize it is would give the place away.
    """
    ranking = published_ranking(call) if call.results_published_at else None
    bases = bases_of_ranking(ranking) if ranking else None
    if ranking is None or bases is None or bases.publication not in WITH_PLACES:
        return None
    page = address("results.show", code=call.code)
    grants = list(_grants(call, bases, read(ranking.content).winners, language, page))
    at = _moment(call.results_published_at, bases)
    return (
        {
            "version": VERSION,
            "title": bases.title.in_language(language)[0],
            "issued": at[:10],
            "modified": at,
            "identifier": f"{call.host.code}-{call.code}-prizes",
            "publisher": {"identifier": call.host.code, "name": call.host.name},
            "downloadURL": address("exports.prizes", code=call.code),
            "accessURL": page,
            "grants": grants,
        }
        if grants
        else None
    )


def _grants(
    call: Call, bases: Bases, winners: tuple[Line, ...], language: str, page: str
) -> Iterator[dict[str, Any]]:
    names = {row.code: row for row in prized(call, [line.submission for line in winners])}
    at = _moment(call.results_published_at, bases)
    for line in winners:
        row = names[line.submission]
        for number, prize in enumerate(bases.prizes, 1):
            if prize.place == line.place and prize.amount is not None and prize.currency:
                yield {
                    "id": f"{call.host.code}-{call.code}-{line.submission}-{number}",
                    **_told(prize, handed_in_title(row), language),
                    "awardDate": at[:10],
                    "fromOpenCall": "Yes",
                    "url": page,
                    "recipientOrganization": [
                        {"id": f"{call.host.code}-team-{row.team}", "name": row.team_name}
                    ],
                    "fundingOrganization": [{"id": call.host.code, "name": call.host.name}],
                    "grantProgramme": [{"code": call.code, "title": bases.title.in_language(language)[0]}],
                    "dateModified": at,
                    "dataSource": page,
                }


def _told(prize: Prize, title: str, language: str) -> dict[str, Any]:
    name = prize.title.in_language(language)[0]
    amount = prize.amount or 0
    return {
        "title": name,
        "description": prize.description.in_language(language)[0] or f"{name}: {title}",
        "currency": prize.currency,
        "amountAwarded": int(amount) if amount == int(amount) else float(amount),
    }


def _moment(at: datetime | None, bases: Bases) -> str:
    return "" if at is None else at.astimezone(ZoneInfo(bases.time_zone)).isoformat(timespec="seconds")
