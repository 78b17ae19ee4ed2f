"""A team's submission: begin it, see what is missing, withdraw it, its log."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.calls.queries import challenges_of
from thinkia.domain.lifecycle import CallState
from thinkia.domain.reasons import Refused
from thinkia.domain.standing import Standing
from thinkia.policy import Action
from thinkia.submissions import queries, services
from thinkia.submissions.forms import EmptyForm, StartForm
from thinkia.submissions.models import Submission
from thinkia.submissions.routes import answering, files, handing_in  # noqa: F401 - on the same blueprint
from thinkia.submissions.routes.door import bp, feedback_address, file_address, whole
from thinkia.submissions.wording import question_title
from thinkia.teams.models import Team
from thinkia.teams.queries import team_by_code
from thinkia.web.pages import page
from thinkia.web.security import current_actor, now, permit

CLOSED = frozenset(Standing) - {Standing.OPEN, Standing.HANDED_IN_OPEN, Standing.GRACE}


@bp.route("/teams/<code>/submissions/new", methods=["GET", "POST"])
@permit(Action.TEAM_START_SUBMISSION, load=team_by_code)
def new(team: Team) -> ResponseReturnValue:
    """Choose a challenge, give a title, begin."""
    own = {one.challenge_id: one for one in queries.submissions_of_team(team)}
    every = [one for one in challenges_of(team.call) if one.is_open]
    free = [one for one in every if one.id not in own]
    form = StartForm()
    form.offer(team.call.bases, free or every)
    if form.validate_on_submit():
        code = form.challenge.data if form.challenge else (free or every)[0].code
        challenge = next(one for one in every if one.code == code)
        try:
            submission = services.start(team, challenge, form.title.data, current_actor(), now())
        except Refused as refused:
            form.refuse(refused, "challenge" if form.challenge else None)
        else:
            return redirect(url_for(".show", code=submission.code))
    status = 422 if form.is_submitted() else 200
    return page("submissions/new.html", status=status, team=team, form=form, free=free, own=own.values())


@bp.get("/submissions/<code>")
@permit(Action.SUBMISSION_BELONG, load=queries.submission_by_code)
def show(submission: Submission) -> ResponseReturnValue:
    """The task list; once nothing can change, what was handed in and what became of it."""
    late = [answer for answer in submission.answers if answer.is_late]
    shown = whole(submission) | {"late": late, "file_address": file_address(submission)}
    shown["feedback_address"] = feedback_address(submission)
    is_over = shown["standing"] in CLOSED or submission.call.state != CallState.PUBLISHED
    template = "closed" if is_over else "show"
    return page(f"submissions/{template}.html", **shown)


@bp.get("/submissions/<code>/log")
@permit(Action.SUBMISSION_BELONG, load=queries.submission_by_code)
def log(submission: Submission) -> ResponseReturnValue:
    """Every attempt to hand in, every receipt, every file that was ever given."""
    titles = {line.question.code: question_title(line.question) for line in submission.lines}
    return page(
        "submissions/log.html",
        **whole(submission),
        titles=titles,
        attempts=queries.attempts_of(submission),
        receipts=queries.receipts_of(submission),
        every_file=queries.every_file_of(submission),
    )


@bp.route("/submissions/<code>/withdrawal", methods=["GET", "POST"])
@permit(Action.SUBMISSION_WITHDRAW, load=queries.submission_by_code)
def withdraw(submission: Submission) -> ResponseReturnValue:
    """Say what withdrawing means, then do it."""
    form = EmptyForm()
    if form.validate_on_submit():
        services.withdraw(submission, current_actor(), now())
        flash(_("The proposal was withdrawn. You can take it up again until the deadline."), "success")
        return redirect(url_for(".show", code=submission.code))
    return page("submissions/withdraw.html", form=form, **whole(submission))


@bp.route("/submissions/<code>/leaving", methods=["GET", "POST"])
@permit(Action.SUBMISSION_LEAVE, load=queries.submission_by_code)
def leave(submission: Submission) -> ResponseReturnValue:
    """Say what leaving the competition means, then do it."""
    form = EmptyForm()
    if form.validate_on_submit():
        try:
            services.leave(submission, current_actor(), now())
        except Refused as refused:
            form.refuse(refused)
        else:
            flash(_("Your proposal left the competition."), "success")
            return redirect(url_for(".show", code=submission.code))
    status = 422 if form.is_submitted() else 200
    return page("submissions/leave.html", status=status, form=form, **whole(submission))


@bp.post("/submissions/<code>/reopening")
@permit(Action.SUBMISSION_REOPEN, load=queries.submission_by_code)
def reopen(submission: Submission) -> ResponseReturnValue:
    services.reopen(submission, current_actor(), now())
    flash(_("The proposal is a draft again. Hand it in before the deadline."), "success")
    return redirect(url_for(".show", code=submission.code))
