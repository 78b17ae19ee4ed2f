"""A published result as schema.org tells machines of it: that it is there, since when, by which rules."""

from typing import Any

from flask import url_for

from thinkia.calls.models import Call
from thinkia.results.models import Ranking
from thinkia.results.routes.result import Result
from thinkia.web.pages import plain


def structured(call: Call, ranking: Ranking, result: Result, version: int, language: str) -> dict[str, Any]:
    """No person, no proposal and no figure stands in it: those are on the page, as the bases allow."""
    address = url_for("results.show", code=call.code, _external=True)
    rules = url_for("calls.bases", code=call.code, number=result.version, _external=True)
    about = url_for("calls.show", code=call.code, _external=True)
    published = ranking.published_at
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": plain(result.bases.title),
        "url": address,
        "inLanguage": language,
        "version": str(version),
        "datePublished": published.isoformat() if published else "",
        "isBasedOn": rules,
        "about": {"@type": "Event", "url": about, "name": plain(result.bases.title)},
        "publisher": {"@type": "Organization", "name": call.host.name},
    }
