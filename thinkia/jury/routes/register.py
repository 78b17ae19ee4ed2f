"""The organisers' register of conflicts: recorded, taken back, looked for; nothing is ever erased from it."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code
from thinkia.domain.conflicts import ConflictScope, institution_key
from thinkia.domain.formation import alike
from thinkia.domain.reasons import Refused
from thinkia.jury.forms.conflicts import RecusalForm
from thinkia.jury.models import Conflict, Juror
from thinkia.jury.queries.conflicts import (
    Subject,
    conflict_of,
    conflicted_pairs,
    hints_of,
    proposals_by_team,
    register_of,
    subject_of,
)
from thinkia.jury.queries.people import juror_by_code, jurors_of
from thinkia.jury.routes.door import asked
from thinkia.jury.routes.door import manage as bp
from thinkia.jury.services import conflicts
from thinkia.jury.wording.conflicts import NOT_FOUND, hint_words, told
from thinkia.policy import Action
from thinkia.web.errors import sentence
from thinkia.web.listing import PER_PAGE, Listing, listing, page_number
from thinkia.web.navigation import manage_page
from thinkia.web.security import current_actor, now, permit


@bp.get("/conflicts")
@permit(Action.JURY_SEE, load=call_by_code)
def register(call: Call) -> ResponseReturnValue:
    """Every conflict of the call, the newest first, with who said it and what became of it."""
    standing = request.args.get("show") == "standing"
    return manage_page(
        "jury/manage/register.html",
        call,
        found=listing(register_of(call, standing=standing), page_number()),
        standing=standing,
        told=told,
        hints=len(unsaid_hints(call)),
        page_address=lambda at: url_for(
            ".register", code=call.code, page=at, show="standing" if standing else None
        ),
    )


@bp.get("/conflicts/hints")
@permit(Action.JURY_SEE, load=call_by_code)
def hints(call: Call) -> ResponseReturnValue:
    """What joins jurors and teams as the platform sees it, to look at: it decides nothing."""
    rows, number = unsaid_hints(call), page_number()
    start = (number - 1) * PER_PAGE
    return manage_page(
        "jury/manage/hints.html",
        call,
        found=Listing(rows[start : start + PER_PAGE], len(rows), number, PER_PAGE),
        hint_words=hint_words,
        page_address=lambda at: url_for(".hints", code=call.code, page=at),
    )


@bp.route("/<juror>/conflicts", methods=["GET", "POST"])
@permit(Action.JURY_MANAGE, load=juror_by_code)
def record_conflict(juror: Juror) -> ResponseReturnValue:
    """Keep a juror from a proposal, a team or an institution, with the reason."""
    form, call = RecusalForm(), juror.call
    if not form.is_submitted():
        form.scope.data = request.args.get("scope") or ConflictScope.SUBMISSION.value
        form.name.data = request.args.get("name", "")
    if form.validate_on_submit():
        scope = ConflictScope(form.scope.data)
        subject = named(call, scope, form.name.data or "")
        if subject is not None:
            return _recuse(juror, subject, form.reason.data or "")
        form.name.errors = [NOT_FOUND[scope]]
    status = 422 if form.is_submitted() else 200
    shown: dict[str, Any] = {"juror": juror, "form": form, "proposals": proposals_by_team(call)}
    return manage_page("jury/manage/recuse.html", call, status=status, **shown)


@bp.post("/<juror>/conflicts/<int:conflict>/withdrawal")
@permit(Action.JURY_MANAGE, load=conflict_of)
def withdraw_conflict(conflict: Conflict) -> ResponseReturnValue:
    place = {"code": asked()["code"], "juror": asked()["juror"]}
    conflicts.withdraw(conflict, current_actor(), now())
    flash(_("The conflict is withdrawn. It stays in the register with its dates."), "success")
    return redirect(url_for(".juror", **place))


def named(call: Call, scope: ConflictScope, name: str) -> Subject | None:
    """What somebody means who writes this."""
    key = institution_key(name) if scope is ConflictScope.INSTITUTION else alike(name)
    return subject_of(call, scope, name.strip(), key)


def _recuse(juror: Juror, subject: Subject, reason: str) -> ResponseReturnValue:
    """At once; or, where marks are there, by a second person: then to the page of what waits."""
    try:
        waits = conflicts.recuse(juror, subject, reason, current_actor(), now())
    except Refused as refused:
        flash(sentence(refused), "error")
    else:
        if waits is not None:
            flash(
                _("Marks are there, so a second person has to confirm this. We have written to them."), "info"
            )
            return redirect(url_for("agreements.show", code=waits.code))
        flash(_("Recorded. It is out of that person's reach."), "success")
    return redirect(url_for(".juror", code=asked()["code"], juror=asked()["juror"]))


def unsaid_hints(call: Call) -> list[tuple[Juror, Any, list[Any]]]:
    """(juror, proposal, hints) where something joins the two and no conflict is said."""
    found = hints_of(call)
    if not found:
        return []
    people = {juror.id: juror for juror in jurors_of(call)}
    said, teams = conflicted_pairs(call), {team for _juror, team in found}
    proposals = [row for row in proposals_by_team(call) if row.team_id in teams]
    return [
        (people[juror], row, found[juror, row.team_id])
        for juror in sorted({juror for juror, _team in found}, key=lambda one: people[one].name)
        for row in proposals
        if (juror, row.team_id) in found and (row.code, people[juror].code) not in said
    ]
