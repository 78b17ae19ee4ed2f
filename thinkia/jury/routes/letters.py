"""Letters to jurors as their organisers see them: reminders, the log, the words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.letter_text import blank
from thinkia.jury import emails
from thinkia.jury.emails.texts import ALLOWED, usual
from thinkia.jury.forms.letters import RemindForm, TextForm
from thinkia.jury.models import Juror, JurorLetter, LetterKind, sending
from thinkia.jury.queries.letters import letter_by_code, letter_texts, letters_sent
from thinkia.jury.routes.door import asked
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.services import letters, reminders
from thinkia.jury.services.reminders import NO_SECRET, Waiting
from thinkia.jury.wording.letters import KINDS, SENDINGS, SENT_KINDS, WAITS_FOR
from thinkia.outside.mail import Letter, rendered
from thinkia.policy import Action
from thinkia.web.buttons import pressed
from thinkia.web.listing import listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.route("/reminders", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=call_by_code)
def remind(call: Call) -> ResponseReturnValue:
    """Whom to remind of what, as they will read it; then write."""
    people = _asked_for(reminders.waiting(call, now()))
    form = RemindForm().offer(
        [(each.juror.code, each.juror.name) for each in people],
        [each.juror.code for each in people if not each.reminded_today],
    )
    if form.validate_on_submit() and form.jurors.data:
        again = bool(form.again.data)
        told = reminders.remind(call, form.jurors.data, current_actor(), now(), again=again)
        _tell(told)
        return redirect(url_for(".letters_log", code=asked()["code"]))
    if form.is_submitted():
        form.jurors.errors = [_("Choose at least one person.")]
    shown: dict[str, Any] = {"people": people, "form": form, "kinds": WAITS_FOR}
    shown["letters"] = _previews(people, call)
    status = 422 if form.is_submitted() else 200
    return manage_page("jury/manage/reminders.html", call, status=status, **shown)


@bp.get("/letters")
@permit(Action.JURY_SEE, load=call_by_code)
def letters_log(call: Call) -> ResponseReturnValue:
    """Who was written what, when, by whom, and whether it arrived at the mail server."""
    found = listing(letters_sent(call), page_number())
    texts = letter_texts(call)
    shown: dict[str, Any] = {
        "found": found,
        "kinds": KINDS,
        "sent_kinds": SENT_KINDS,
        "sendings": SENDINGS,
        "sending": sending,
    }
    shown["own"] = {kind: [lang for lang in ("es", "en") if (kind, lang) in texts] for kind in LetterKind}
    shown["page_address"] = lambda number: url_for(".letters_log", code=call.code, page=number)
    return manage_page("jury/manage/letters.html", call, **shown)


@bp.post("/letters/<letter>/delivery")
@permit(Action.JURY_MANAGE, load=letter_by_code)
def send_again(letter: JurorLetter) -> ResponseReturnValue:
    """Deliver what failed, once more."""
    then, said = url_for(".letters_log", code=letter.juror.call.code), _("The letter is on its way again.")
    return pressed(lambda: letters.send_again(letter, current_actor(), now()), said, then)


@bp.route("/letters/words/<kind>", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=call_by_code)
def letter_words(call: Call, kind: str) -> ResponseReturnValue:
    """The organisers' words for a letter, beside what a juror will read."""
    if kind not in set(LetterKind):
        abort(404)
    which, code = LetterKind(kind), call.code
    known = letter_texts(call)
    kept = {lang: row.body for lang in ("es", "en") if (row := known.get((which, lang)))}
    form = TextForm(**{lang: kept.get(lang) or usual(which, lang) for lang in ("es", "en")})
    form.allowed = ALLOWED[which]
    sound = form.validate_on_submit()
    if sound and "look" not in request.form:
        letters.save_texts(call, which, form.bodies, current_actor(), now())
        flash(_("The words are saved. The next letters carry them."), "success")
        return redirect(url_for(".letters_log", code=code))
    seen = {}
    if sound or not form.is_submitted():
        seen = {lang: rendered(_example(call, which, lang, form)) for lang in ("es", "en")}
    shown: dict[str, Any] = {"form": form, "kind": KINDS[which], "seen": seen}
    shown["blanks"] = {lang: [blank(each, lang) for each in ALLOWED[which]] for lang in ("es", "en")}
    return manage_page("jury/manage/letter_words.html", call, status=200 if seen else 422, **shown)


def _asked_for(people: Sequence[Waiting]) -> list[Waiting]:
    """Everybody, or those whom the address asks for: a kind of waiting, one person."""
    kind, juror = request.args.get("to", ""), request.args.get("juror", "")
    return [
        each for each in people if (not kind or each.kind == kind) and (not juror or each.juror.code == juror)
    ]


def _previews(people: Sequence[Waiting], call: Call) -> list[tuple[Waiting, tuple[str, str, str]]]:
    """One letter of each kind in each language that somebody reads, as the first of them will."""
    first: dict[tuple[LetterKind, str], Waiting] = {}
    for each in people:
        first.setdefault((each.kind, each.juror.language), each)
    return [(each, rendered(reminders.preview(each, call))) for each in first.values()]


def _tell(told: reminders.Told) -> None:
    if told.written:
        sentence = ngettext("We wrote to %(num)d person.", "We wrote to %(num)d people.", told.written)
        flash(sentence, "success")
    if told.spared:
        flash(
            ngettext(
                "%(num)d person was reminded today already and was not written to.",
                "%(num)d people were reminded today already and were not written to.",
                told.spared,
            ),
            "info",
        )
    if not told.written and not told.spared:
        flash(_("Nothing waits for these people any more, so no reminder was sent."), "info")


def _example(call: Call, kind: LetterKind, language: str, form: TextForm) -> Letter:
    """The letter to a person who does not exist."""
    juror = Juror(
        name="Ana Ejemplo" if language == "es" else "Ana Example",
        email="ana@example.org",
        language=language,
        sector=next(iter(call.bases.jury.sectors), "academia"),
        other_sectors=[],
        expires_at=_in_a_fortnight(now()),
    )
    own = form.bodies[language] or usual(kind, language)
    if kind is LetterKind.INVITATION:
        return emails.invitation(juror, call, NO_SECRET, own=own)
    if kind is LetterKind.ANSWER:
        return emails.answer_reminder(juror, call, NO_SECRET, own=own)
    if kind is LetterKind.SIGN:
        return emails.sign_statement(juror, call, NO_SECRET, own=own)
    return emails.reminder(juror, call, 3, NO_SECRET, own=own)


def _in_a_fortnight(moment: datetime) -> datetime:
    return moment + letters.LASTS
