"""What a certificate says, on the sheet and on the page that confirms it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from thinkia.calls.wording.numbers import listed, money
from thinkia.domain.certificates import CertificateKind
from thinkia.domain.reasons import Reason
from thinkia.domain.text import Bilingual
from thinkia.policy.actor import JurorRole
from thinkia.web.errors import tell
from thinkia.web.locale import sector_name
from thinkia.web.pages import plain

tell(
    {
        Reason.RESULT_NOT_PUBLIC: _l("Certificates are made once the result is public."),
    }
)

KINDS = {
    CertificateKind.PARTICIPATION: _l("Certificate of participation"),
    CertificateKind.WINNER: _l("Certificate of a winning proposal"),
    CertificateKind.JUROR: _l("Certificate of jury service"),
}
WHO = {
    CertificateKind.WINNER: _l("Members of teams that won"),
    CertificateKind.PARTICIPATION: _l("Other members of teams whose proposal the jury read"),
    CertificateKind.JUROR: _l("Jurors who finished a review, or who preside"),
}
MOST_LINES = 4  # proposals on a sheet


def did(kind: CertificateKind, details: Mapping[str, Any]) -> str:
    """What the person did, between the name and the title of the call."""
    if kind is CertificateKind.PARTICIPATION:
        return _("took part in the open call")
    if kind is CertificateKind.JUROR:
        return _served(details["role"])
    places = sorted({work["place"] for work in details["works"] if work["place"] is not None})
    if not places:
        return _("is among the winners of the open call")
    return _("won %(place)s in the open call", place=listed(_place(each) for each in places))


def lines(kind: CertificateKind, details: Mapping[str, Any]) -> list[str]:
    """What stands below the title of the call: each proposal with its team and prizes, or the seat."""
    if kind is CertificateKind.JUROR:
        return [_("for the sector: %(sector)s", sector=sector_name(details["sector"]))]
    works = details["works"]
    told = [line for work in works[:MOST_LINES] for line in _work(work)]
    if (more := len(works) - MOST_LINES) > 0:
        told.append(ngettext("and %(num)d proposal more", "and %(num)d proposals more", more))
    return told


def _work(work: Mapping[str, Any]) -> list[str]:
    told = [_("with the proposal “%(title)s”, of the team %(team)s", title=work["title"], team=work["team"])]
    prizes = [_prize(each) for each in work.get("prizes", ())]
    return told + ([_("Prize: %(prizes)s", prizes=", ".join(prizes))] if prizes else [])


def _prize(prize: Mapping[str, str]) -> str:
    title = plain(Bilingual(prize["es"], prize["en"]))
    amount = money(Decimal(prize["amount"]), prize["currency"]) if prize["amount"] else ""
    return f"{title} ({amount})" if amount else title


def _place(number: int) -> str:
    words = {1: _("first place"), 2: _("second place"), 3: _("third place")}
    return words.get(number) or _("place %(number)s", number=number)


def _served(role: str) -> str:
    return {
        JurorRole.CHAIR.value: _("chaired the jury of the open call"),
        JurorRole.SECRETARY.value: _("was secretary of the jury of the open call"),
    }.get(role) or _("served on the jury of the open call")
