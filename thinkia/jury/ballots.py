"""Ballots on paper: what the page of a proposal asks of a juror, to be filled in with a pen.

One ballot a juror and proposal, in the juror's language: the proposal by code and title, as the juror's own
list names it, and never its team. The QR holds the address of the page where an officer types that ballot;
there is no secret in it, and whoever opens it has to be signed in.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from thinkia.calls.wording.numbers import listed, number
from thinkia.calls.wording.ranking import criterion_title, scale_words
from thinkia.domain.ballot import is_chosen
from thinkia.domain.marks import allowed_marks
from thinkia.domain.rubric import Criterion, JustifyAt, Rubric
from thinkia.jury.models import Juror, Review
from thinkia.jury.wording.scoring import reason_words, weight_words
from thinkia.outside.documents import pdf, qr_drawing
from thinkia.outside.mail import address
from thinkia.web.locale import moment, sector_name
from thinkia.web.pages import plain

TEMPLATE = "jury/templates/ballot.typ"


def ballots(juror: Juror, reviews: Sequence[Review], now: datetime) -> bytes:
    """The ballots of one juror as one PDF, each from a page of its own. The juror comes with its call."""
    call = juror.call
    with force_locale(juror.language):
        weights = weight_words(call.bases.rubric)
        criteria = [
            _criterion(place, one, weights[one.code]) for place, one in enumerate(call.bases.rubric.judged, 1)
        ]
        data = {
            "title": _("Ballots of %(name)s: %(call)s", name=juror.name, call=plain(call.bases.title)),
            "call": plain(call.bases.title),
            "instructions": _instructions(call.bases.rubric),
            "words": _words(),
            "criteria": criteria,
            "ballots": [_ballot(juror, review) for review in reviews],
        }
        return pdf(TEMPLATE, data, juror.language, now)


def entry_address(review: Review, juror: Juror) -> str:
    """Where an officer types this ballot."""
    return address("jury_manage.enter_paper", code=juror.call.code, review=review.code)


def _ballot(juror: Juror, review: Review) -> dict[str, Any]:
    bases, code = juror.call.bases, review.submission.code
    title = json.loads(review.receipt.content).get("title") or review.submission.title
    facts = (
        (_("Juror"), juror.name),
        (_("Sits for"), sector_name(review.sector)),
        (_("Fill it in until"), moment(juror.call.calendar.evaluation.closes, bases.time_zone)),
    )
    return {
        "title": f"{code} · {title}",
        "proposal": code,
        "juror": juror.name,
        "code": review.code,
        "facts": [{"label": label, "value": value} for label, value in facts],
        "qr": qr_drawing(entry_address(review, juror)),
        "qr_words": _("QR of the page where an officer types ballot %(code)s", code=review.code),
    }


def _criterion(place: int, one: Criterion, weight: str) -> dict[str, Any]:
    question, checklist = plain(one.question), one.scale.checklist
    kind = "checklist" if checklist is not None else "choice" if is_chosen(one.scale) else "number"
    asked = one.justify or one.justify_at is JustifyAt.EXTREMES
    named = f"{place}. {criterion_title(one)}"
    return {
        "title": named if one.required else " ".join([named, _("(optional)")]),
        "hint": f"{weight} · {question}" if question else weight,
        "kind": kind,
        "scale": scale_words(one.scale),
        "options": _options(one) if kind == "choice" else [],
        "bands": _bands(one) if kind == "number" else [],
        "items": _items(one),
        "reason": _("Why %(asked)s", asked=reason_words(one)) if asked else "",
    }


def _options(one: Criterion) -> list[dict[str, str]]:
    anchors: dict[Decimal, str] = {mark: plain(each.text) for each in one.anchors for mark in each.marks}
    return [
        {"mark": number(mark), "anchor": anchors.get(mark, "")} for mark in allowed_marks(one.scale) or ()
    ]


def _bands(one: Criterion) -> list[dict[str, str]]:
    return [
        {
            "marks": str(listed((number(mark) for mark in each.marks), style="or")),
            "text": plain(each.text),
        }
        for each in one.anchors
    ]


def _items(one: Criterion) -> list[dict[str, str]]:
    return [
        {
            "text": plain(one.items[place]) if place < len(one.items) else _("Item %(num)d", num=place + 1),
            "points": number(points),
        }
        for place, points in enumerate(one.scale.checklist or ())
    ]


def _instructions(rubric: Rubric) -> str:
    told = _(
        "Give one mark for each criterion: tick one box, or write the number. What you leave empty is not a "
        "zero: then the ballot is not complete and cannot be entered. Sign it and write the date. Two "
        "people enter it, and you get a letter with what was entered. If you mark this proposal on the "
        "platform yourself, that counts and this ballot does not."
    )
    if all(one.required for one in rubric.judged):
        return told
    return " ".join([told, _("You may leave a criterion empty where it says that it is optional.")])


def _words() -> dict[str, str]:
    return {
        "tick": _("Tick"),
        "mark": _("Mark"),
        "meaning": _("What it means"),
        "item": _("Item"),
        "points": _("Points"),
        "yes": _("Yes"),
        "no": _("No"),
        "your_mark": _("Your mark:"),
        "feedback": _("Comment to the team"),
        "feedback_hint": _("The team reads it after publication, without your name."),
        "note": _("Note to the jury"),
        "note_hint": _("Only jurors and organisers read it."),
        "abstain": _("I cannot judge this proposal"),
        "abstain_hint": _("I leave it without marks. Why:"),
        "name": _("Name"),
        "signature": _("Signature"),
        "date": _("Date"),
        # The template puts the numbers in: only there is it known how many pages there are.
        "page": _("page {n} of {m}"),
    }
