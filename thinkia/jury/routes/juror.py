"""A juror's way in: the invitation, the statement, the list of what is to be read."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.accounts.queries import account_by_email, hashed, own_account
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.calls.wording.dates import second_zone, time_left
from thinkia.domain.bases import PersonAttribute, WindowKind
from thinkia.domain.conflicts import ConflictScope, institution_key
from thinkia.domain.formation import alike, asked_of_people
from thinkia.domain.lifecycle import JurorState, ReviewState
from thinkia.domain.phases import grace_ends, open_windows
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.emails import MINUTES_EACH
from thinkia.jury.forms import Conflicts, DeclineForm, StatementForm
from thinkia.jury.forms.conflicts import WiderForm
from thinkia.jury.models import Juror
from thinkia.jury.queries.bids import takes_bids
from thinkia.jury.queries.conflicts import kept_from_proposals, subject_of
from thinkia.jury.queries.deliberation import waiting_for
from thinkia.jury.queries.panels import count_to_read
from thinkia.jury.queries.people import juror_invited, own_seat
from thinkia.jury.queries.proposals import hints_to, institutions_of_teams, statement_list
from thinkia.jury.queries.reviews import closed_counts, desk_rows
from thinkia.jury.routes import bidding, deliberation, entering, kept, profile, scoring, signing
from thinkia.jury.routes.door import asked, bp
from thinkia.jury.services import conflicts, invitations
from thinkia.jury.wording.conflicts import NOT_FOUND, hint_words
from thinkia.jury.wording.scoring import effort
from thinkia.policy import Action
from thinkia.web.devices import device
from thinkia.web.errors import sentence
from thinkia.web.forms import Form
from thinkia.web.pages import page
from thinkia.web.security import admit, current_actor, now, permit

__all__ = ["bidding", "bp", "deliberation", "entering", "kept", "profile", "scoring", "signing"]

MOST_UNREAD = 5  # deliberations with something new that the desk names; the others are on their own page


@bp.get("/jury-invitations/<token>")
@permit(Action.INVITATION_SEE, load=juror_invited)
def invitation(juror: Juror) -> ResponseReturnValue:
    """Who invites, what is asked, until when. Looking changes nothing: scanners look too."""
    return _invitation_page(juror)


@bp.post("/jury-invitations/<token>/acceptance")
@permit(Action.INVITATION_SEE, load=juror_invited)
def accept(juror: Juror) -> ResponseReturnValue:
    code = juror.call.code
    if _standing(juror) == "replaced":
        return _invitation_page(juror, status=409)
    try:
        token = invitations.accept(juror, current_actor(), device(), now())
    except Refused as refused:
        return _invitation_again(asked()["token"], refused)
    if token is not None:
        admit(token)
    flash(_("Thank you. You are on the jury."), "success")
    return redirect(url_for(".profile", code=code))


@bp.post("/jury-invitations/<token>/refusal")
@permit(Action.INVITATION_SEE, load=juror_invited)
def decline(juror: Juror) -> ResponseReturnValue:
    form = DeclineForm()
    if _standing(juror) == "replaced":
        return _invitation_page(juror, status=409)
    if not form.validate_on_submit():
        return _invitation_page(juror, status=422, form=form)
    try:
        invitations.decline(juror, form.reason.data or "", current_actor(), now(), instead=_suggested(form))
    except Refused as refused:
        return _invitation_again(asked()["token"], refused)
    return redirect(request.path.rsplit("/", 1)[0])


@bp.get("/calls/<code>/jury")
@permit(Action.CALL_JUDGE, load=call_by_code)
def desk(call: Call) -> ResponseReturnValue:
    """What is left, the next one, until when. Nobody else's marks, ever."""
    juror = own_seat(call.code, current_actor())
    if juror is None or juror.statement_at is None:
        return redirect(url_for(".statement", code=call.code))
    rows = desk_rows(juror)
    left = [row for row in rows if row.state is not ReviewState.FINAL]
    final = [row for row in rows if row.state is ReviewState.FINAL]
    begun = sorted((row for row in left if row.state is ReviewState.STARTED), key=lambda row: row.saved_at)
    shown: dict[str, Any] = {"call": call, "juror": juror, "left": left, "final": final, "rows": rows}
    shown |= {
        "next": begun[-1] if begun else left[0] if left else None,
        "effort": effort(len(left), MINUTES_EACH),
    }
    shown |= {"closed": closed_counts(juror), "conflicts": kept_from_proposals(juror), **_deadline(call)}
    shown["bidding"] = not rows and takes_bids(juror, now())
    deliberates = call.bases.jury.deliberation is not None
    shown |= {"unread": waiting_for(juror, MOST_UNREAD) if deliberates else ()}
    return page("jury/desk.html", **shown)


@bp.route("/calls/<code>/jury/statement", methods=["GET", "POST"])
@permit(Action.JUROR_SEE, load=own_seat)
def statement(juror: Juror) -> ResponseReturnValue:
    """Confidentiality, and the proposals in which the juror has an interest. Before reading anything."""
    ready = now() >= grace_ends(juror.call.calendar)
    rows = statement_list(juror) if ready else []
    form = StatementForm() if juror.statement_at is None else Form()
    ticked = Conflicts([row.code for row in rows], request.form)
    if form.validate_on_submit() and not ticked.without_reason:
        try:
            invitations.sign_statement(juror, ticked.found, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
            juror = own_seat(asked()["code"], current_actor()) or abort(404)
        else:
            flash(_("Signed. Thank you."), "success")
            return redirect(url_for(".desk", code=asked()["code"]))
    status = 422 if form.is_submitted() else 200
    return _statement_page(juror, rows, status=status, form=form, conflicts=ticked)


@bp.post("/calls/<code>/jury/conflicts")
@permit(Action.JUROR_SIGN, load=own_seat)
def step_aside(juror: Juror) -> ResponseReturnValue:
    """From a team, or from an institution with every team that has somebody of it, now or later."""
    form, ready = WiderForm(), now() >= grace_ends(juror.call.calendar)
    if form.validate_on_submit():
        scope = ConflictScope(form.scope.data)
        key = institution_key(form.name.data) if scope is ConflictScope.INSTITUTION else alike(form.name.data)
        subject = subject_of(juror.call, scope, form.name.data, key)
        if subject is None:
            form.name.errors = [NOT_FOUND[scope]]
        else:
            try:
                conflicts.declare(juror, subject, form.why.data or "", current_actor(), now())
            except Refused as refused:
                form.refuse(refused, "name")
                juror = own_seat(asked()["code"], current_actor()) or abort(404)
            else:
                flash(_("Conflict declared. What it reaches is no longer in your list."), "success")
                return redirect(url_for(".statement", code=asked()["code"]))
    rows = statement_list(juror) if ready else []
    plain = StatementForm(formdata=None) if juror.statement_at is None else Form(formdata=None)
    ticked = Conflicts([row.code for row in rows], {})
    return _statement_page(juror, rows, status=422, form=plain, conflicts=ticked, wider=form)


def _statement_page(
    juror: Juror, rows: Sequence[Any], *, status: int, wider: WiderForm | None = None, **more: Any
) -> ResponseReturnValue:
    found = hints_to(juror) if rows else {}
    hints = {team: [hint_words(hint) for hint in those] for team, those in found.items()}
    shown: dict[str, Any] = {"juror": juror, "call": juror.call, "rows": rows, "hints": hints, **more}
    shown |= {"ready": now() >= grace_ends(juror.call.calendar), "wider": wider or WiderForm(formdata=None)}
    shown |= {"institutions": _institutions(juror, rows), "declared": kept_from_proposals(juror)}
    return page("jury/statement.html", status=status, **shown)


def _invitation_again(token: str, refused: Refused) -> ResponseReturnValue:
    """The page says by itself what became of the invitation, and who has to sign in."""
    juror = juror_invited(token, current_actor())  # as it is after what was refused
    if juror is None:
        abort(404)
    known = {Reason.JUROR_INVITATION_GONE, Reason.JUROR_OTHER_ACCOUNT, Reason.JUROR_SIGN_IN_FIRST}
    problem = None if refused.reason in known else sentence(refused)
    return _invitation_page(juror, status=409, problem=problem)


def _invitation_page(juror: Juror, *, status: int = 200, **more: Any) -> ResponseReturnValue:
    shown: dict[str, Any] = {"juror": juror, "call": juror.call, "standing": _standing(juror)}
    shown |= {
        "effort": _effort(juror),
        "form": more.get("form") or DeclineForm(),
        "problem": more.get("problem"),
    }
    return page("jury/invitation.html", status=status, **shown)


def _suggested(form: DeclineForm) -> invitations.Suggested:
    return invitations.Suggested(
        form.other_name.data or "", form.other_email.data or "", form.other_institution.data or ""
    )


def _standing(juror: Juror) -> str:
    """How the reader stands to this invitation: what the page offers."""
    token = asked()["token"]
    if token != juror.code and juror.token_hash != hashed(token):  # the code opens it from one's own desk
        return "replaced"
    if juror.state is not JurorState.INVITED:
        return juror.state.value
    if juror.is_lapsed(now()):
        return "lapsed"
    mine = own_account(current_actor())
    if mine is not None:
        return "open" if mine.email == juror.email else "other_account"
    named = account_by_email(juror.email)
    return "sign_in" if named is not None and named.verified_at is not None else "open"


def _effort(juror: Juror) -> str:
    """How much reading it may be, once it is known how many proposals there are."""
    count = juror.capacity or 0
    if not count and now() >= grace_ends(juror.call.calendar):
        count = count_to_read(juror.call)
    return effort(count, MINUTES_EACH) if count else ""


def _deadline(call: Call) -> dict[str, Any]:
    """The band of the desk: how long, until when, or that it is over."""
    window = call.calendar.evaluation
    reading = WindowKind.EVALUATION in open_windows(call.calendar, now())
    until = window.closes if reading or now() >= window.closes else window.opens
    return {
        "reading": reading,
        "over": now() >= window.closes,
        "until": until,
        "time_left": time_left(until - now()),
        "second_zone": second_zone(call.bases.time_zone),
    }


def _institutions(juror: Juror, rows: Sequence[Any]) -> dict[int, list[str]]:
    """Institutions help to see a conflict; they are known where the bases ask applicants for them."""
    asked = PersonAttribute.INSTITUTION in asked_of_people(juror.call.bases.team)
    return institutions_of_teams(juror.call) if rows and asked else {}
