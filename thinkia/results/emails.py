"""Letters about a result. No mark, no place and no score ever stands in one: they lead to a page."""

from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.accounts.models import Account
from thinkia.calls.hooks import Reader
from thinkia.calls.models import Call
from thinkia.domain.reasons import Reason
from thinkia.jury.models import Juror
from thinkia.outside.mail import Letter, address
from thinkia.results.models import Publication, Ranking


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


def verdict_asked(call: Call, chair: Juror) -> Letter:
    """The order is computed and waits for the chair."""
    title = _title(call, chair.language)
    subject = _l("%(call)s: the order waits for your verdict", call=title)
    context = {
        "name": chair.name,
        "title": title,
        "host": call.host.name,
        "link": address("results_manage.chair", code=call.code),
    }
    return _letter(call, chair.email, chair.language, "verdict_asked", subject, context)


def _title(call: Call, language: str) -> str:
    return call.bases.title.in_language(language)[0]


def _letter(call: Call, to: str, language: str, name: str, subject: Any, context: dict[str, Any]) -> Letter:
    return Letter(to, language, subject, f"results/emails/{name}.txt", context, call_id=call.id)
