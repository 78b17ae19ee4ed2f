"""Letters about a result. No mark, no place and no score ever stands in one: they lead to a page."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Row

from thinkia.accounts.models import Account
from thinkia.calls.hooks import Reader
from thinkia.calls.models import Call
from thinkia.domain.bases import Round
from thinkia.domain.ranking.rounds import Outcome
from thinkia.domain.reasons import Reason
from thinkia.jury.models import Juror
from thinkia.outside.mail import Letter, address
from thinkia.results.models import Publication, Ranking, RoundClosing


def published(call: Call, to: Reader, *, corrects: bool = False, voids: bool = False) -> Letter:
    """The result is public; or a corrected one is."""
    title = _title(call, to.language)
    subject = (
        _l("%(call)s: the corrected result is published", call=title)
        if corrects
        else _l("%(call)s: the result is published", call=title)
    )
    context = {
        "title": title,
        "corrects": corrects,
        "voids": voids,
        "link": address("results.show", code=call.code),
    }
    return _letter(call, to.email, to.language, "published", subject, context)


def taken_back(ranking: Ranking, to: Reader) -> Letter:
    """The result that was public was taken back: why, as everybody reads it."""
    call = ranking.call
    title = _title(call, to.language)
    subject = _l("%(call)s: the result was taken back", call=title)
    context = {
        "title": title,
        "published_at": ranking.published_at,
        "zone": call.bases.time_zone,
        "reason": ranking.taken_back_reason,
        "link": address("results.show", code=call.code),
    }
    return _letter(call, to.email, to.language, "taken_back", subject, context)


def not_published(call: Call, publication: Publication, officer: Account) -> Letter:
    """The hour came and the result did not become public: why, and what to do."""
    title = _title(call, officer.language)
    subject = _l("%(call)s: the result was NOT published", call=title)
    context = {
        "title": title,
        "moment_due": publication.goes_at,
        "zone": call.bases.time_zone,
        "changed": publication.refusal == Reason.RANKING_STALE,
        "link": address("results_manage.desk", code=call.code),
    }
    return _letter(call, officer.email, officer.language, "not_published", subject, context)


def round_closed(
    call: Call,
    closing: RoundClosing,
    to: Row[Any],
    outcome: Outcome,
    *,
    turn: int | None = None,
    moved_up: bool = False,
) -> Letter:
    """What the end of a round is for a proposal of the reader's team: it goes on, waits, or does not go on.

    ``turn``: on the waiting list; ``moved_up``: it waited, and somebody left.
    """
    bases, title = call.announced, _title(call, to.language)
    following = bases.in_round(closing.number + 1).calendar.evaluation
    subject = {
        Outcome.ADVANCES: _l("%(call)s: your proposal goes on", call=title),
        Outcome.WAITS: _l("%(call)s: your proposal is on the waiting list", call=title),
        Outcome.STAYS: _l("%(call)s: what became of your proposal in this round", call=title),
    }[outcome]
    context = {
        "title": title,
        "proposal": to.title,
        "outcome": outcome.value,
        "turn": turn,
        "moved_up": moved_up,
        "ended": _round(bases.rounds[closing.number], to.language),
        "next": _round(bases.rounds[closing.number + 1], to.language),
        "opens": following.opens,
        "closes": following.closes,
        "zone": bases.time_zone,
        "contact": bases.contact_email,
        "link": address("submissions.show", code=to.code),
    }
    return _letter(call, to.email, to.language, "round_closed", subject, context)


def verdict_asked(call: Call, chair: Juror) -> Letter:
    """The order is computed and waits for the chair."""
    title = _title(call, chair.language)
    subject = _l("%(call)s: the order waits for your verdict", call=title)
    context = {
        "name": chair.name,
        "title": title,
        "host": call.host.name,
        "closes_round": call.closes_rounds,
        "link": address("results_manage.chair", code=call.code),
    }
    return _letter(call, chair.email, chair.language, "verdict_asked", subject, context)


def _title(call: Call, language: str) -> str:
    return call.bases.title.in_language(language)[0]


def _round(one: Round, language: str) -> str:
    return one.title.in_language(language)[0] or one.code


def _letter(call: Call, to: str, language: str, name: str, subject: Any, context: dict[str, Any]) -> Letter:
    return Letter(to, language, subject, f"results/emails/{name}.txt", context, call_id=call.id)
