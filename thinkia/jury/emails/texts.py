"""The words of the letters that organisers may adapt: ours, until they write their own."""

from collections.abc import Mapping

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from thinkia.calls.models import Call
from thinkia.calls.wording.numbers import listed
from thinkia.domain.letter_text import Blank, blank, filled
from thinkia.jury.models import Juror, LetterKind
from thinkia.jury.queries.letters import letter_text
from thinkia.web.locale import moment, moment_short, sector_name

_ALWAYS = (Blank.NAME, Blank.CALL, Blank.HOST, Blank.SECTOR, Blank.OPENS, Blank.CLOSES)
ALLOWED: Mapping[LetterKind, tuple[Blank, ...]] = {
    LetterKind.INVITATION: (*_ALWAYS, Blank.UNTIL),
    LetterKind.ANSWER: (*_ALWAYS, Blank.UNTIL),
    LetterKind.SIGN: _ALWAYS,
    LetterKind.READING: (*_ALWAYS, Blank.LEFT),
}


def usual(kind: LetterKind, language: str) -> str:
    """Our words, with the blanks as that language writes them."""
    with force_locale(language):
        names = {each.value: blank(each, language) for each in Blank}
        hello = _("Hello, %(name)s:", name=names["name"])
        return "\n\n".join((hello, *_paragraphs(kind, names)))


def body(kind: LetterKind, juror: Juror, call: Call, *, left: int = 0, own: str | None = None) -> str:
    """The words for one reader: ``own`` if given, the organisers' if they wrote any, else ours."""
    if own is None:
        kept = letter_text(call, kind, juror.language)
        own = kept.body if kept else ""
    with force_locale(juror.language):
        return filled(own or usual(kind, juror.language), _values(juror, call, left))


def _paragraphs(kind: LetterKind, names: Mapping[str, str]) -> tuple[str, ...]:
    if kind is LetterKind.INVITATION:
        return (
            _("%(host)s invites you to sit on the jury of “%(call)s”, for the sector %(sector)s.", **names),
            _("The jury reads from %(opens)s to %(closes)s.", **names),
        )
    if kind is LetterKind.ANSWER:
        return (
            _(
                "%(host)s invited you to sit on the jury of “%(call)s”, for the sector %(sector)s. We have "
                "not had your answer yet.",
                **names,
            ),
            _("A no helps too: then somebody else can be asked in time."),
        )
    if kind is LetterKind.SIGN:
        return (
            _(
                "The proposals of “%(call)s” are in. Before reading any, please sign the confidentiality and "
                "conflict statement.",
                **names,
            ),
            _("It takes five minutes. Panels are drawn among the people who have signed."),
        )
    return (
        _("Still to read and mark as final, of “%(call)s”: %(left)s.", **names),
        _("You can read and mark them until %(closes)s.", **names),
    )


def _values(juror: Juror, call: Call, left: int) -> dict[Blank, str]:
    zone, evaluation = call.bases.time_zone, call.calendar.evaluation
    return {
        Blank.NAME: juror.name,
        Blank.CALL: call.bases.title.in_language(juror.language)[0],
        Blank.HOST: call.host.name,
        Blank.SECTOR: listed(map(sector_name, juror.sectors), style="or").unescape(),
        Blank.OPENS: moment_short(evaluation.opens, zone),
        Blank.CLOSES: moment(evaluation.closes, zone),
        Blank.UNTIL: moment_short(juror.expires_at, zone),
        Blank.LEFT: ngettext("%(num)d proposal", "%(num)d proposals", left),
    }
