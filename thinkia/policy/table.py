"""Action → rule: the whole of who may do what, and when."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from thinkia.policy.actor import Actor
from thinkia.policy.rule import Denied, Rule
from thinkia.policy.rules import (
    anyone,
    asked_it,
    belongs,
    chairs,
    evaluation_open,
    formation_open,
    has_voice,
    is_confirmed_ranking,
    is_draft_call,
    is_editable,
    is_final_review,
    is_in_competition,
    is_juror_in_question,
    is_live,
    is_own,
    is_proposed_ranking,
    is_public,
    is_public_ranking,
    is_readable_review,
    is_registered,
    is_staff_somewhere,
    is_unfinished_review,
    is_withdrawn,
    jury_deliberates,
    may_be_second,
    organises,
    oversees,
    owns,
    reads_blind,
    registration_open,
    represents,
    results_are_public,
    results_were_taken_back,
    signed_in,
    sits_on_jury,
    submission_closed,
    submission_open,
    submission_opened,
    takes_appeals,
    takes_people,
    team_changes_open,
    waits,
    was_handed_in,
)


class Action(StrEnum):
    """``noun.verb``. ``noun.see`` decides whether a refusal says 403 or 404."""

    DESK_SEE = "desk.see"
    ACCOUNT_SEE = "account.see"  # thing: an account
    ACCOUNT_EDIT = "account.edit"

    HOST_SEE = "host.see"  # thing: a host
    HOST_STAFF = "host.staff"
    HOST_OPEN_CALL = "host.open_call"
    HOSTS_SEE = "hosts.see"  # the list of one's own hosts

    CALL_SEE = "call.see"  # thing: a call
    CALL_OVERSEE = "call.oversee"  # the organisers' side of it
    CALL_EDIT = "call.edit"
    CALL_PUBLISH = "call.publish"
    CALL_CANCEL = "call.cancel"
    CALL_REGISTER = "call.register"
    CALL_EDIT_ENTRY = "call.edit_entry"  # what one said when registering
    CALL_WITHDRAW = "call.withdraw"
    CALL_START_TEAM = "call.start_team"
    CALL_FIND_TEAM = "call.find_team"
    CALL_JUDGE = "call.judge"  # the juror's desk
    CALL_EXPORT = "call.export"
    EXPORT_SEE = "export.see"  # thing: an export that somebody had made

    AGREEMENT_SEE = "agreement.see"  # thing: an act that waits for, or had, a second person
    AGREEMENT_DECIDE = "agreement.decide"
    AGREEMENT_WITHDRAW = "agreement.withdraw"

    TEAM_SEE = "team.see"  # thing: a team, or a thing of a team
    TEAM_BELONG = "team.belong"  # what only members read
    TEAM_LEAD = "team.lead"  # name, invitations, requests, handing over
    TEAM_ASK = "team.ask"  # ask to join
    TEAM_LEAVE = "team.leave"
    TEAM_TAKE_OVER = "team.take_over"  # become its representative, as offered
    TEAM_START_SUBMISSION = "team.start_submission"

    REQUEST_SEE = "request.see"  # thing: a request to join, of the person who asks
    REQUEST_WITHDRAW = "request.withdraw"

    INVITATION_SEE = "invitation.see"  # whoever holds the link
    INVITATION_READ = "invitation.read"  # the same, of a team's: it names the team
    INVITATION_ANSWER = "invitation.answer"

    SUBMISSION_SEE = "submission.see"  # thing: a submission, with its call
    SUBMISSION_BELONG = "submission.belong"  # what only the team reads
    SUBMISSION_READ = "submission.read"  # the content: a draft is its team's own
    SUBMISSION_EDIT = "submission.edit"  # save answers: late ones are kept apart
    SUBMISSION_SUBMIT = "submission.submit"
    SUBMISSION_WITHDRAW = "submission.withdraw"
    SUBMISSION_LEAVE = "submission.leave"  # after the deadline, for good
    SUBMISSION_REOPEN = "submission.reopen"
    SUBMISSION_EXCLUDE = "submission.exclude"
    SUBMISSION_FEEDBACK = "submission.feedback"
    SUBMISSION_APPEAL = "submission.appeal"  # ask for a review of its result

    JURY_SEE = "jury.see"  # thing: a call
    JURY_MANAGE = "jury.manage"
    JUROR_SEE = "juror.see"  # thing: a juror (his or her own seat)
    JUROR_SIGN = "juror.sign"
    JUROR_CONCLUDE = "juror.conclude"  # sign all of one's marks
    REVIEW_SEE = "review.see"  # thing: a review
    REVIEW_SAVE = "review.save"
    REVIEW_RECUSE = "review.recuse"
    REVIEW_ABSTAIN = "review.abstain"
    REVIEW_CHANGE = "review.change"  # one's own final marks, in deliberation
    DELIBERATION_SEE = "deliberation.see"  # thing: how a juror stands to what a panel talks over
    DELIBERATION_WRITE = "deliberation.write"

    APPEAL_SEE = "appeal.see"  # thing: an appeal of a team
    APPEAL_ANSWER = "appeal.answer"

    RESULTS_SEE = "results.see"  # thing: a call
    RESULTS_OVERSEE = "results.oversee"
    RESULTS_PROPOSE = "results.propose"
    RESULTS_MODERATE = "results.moderate"  # which of the jury's comments the teams read
    RESULTS_DECIDE = "results.decide"  # the chair's desk: ties and confirmation
    RANKING_SEE = "ranking.see"  # thing: a ranking
    RANKING_CONFIRM = "ranking.confirm"
    RANKING_PUBLISH = "ranking.publish"
    RANKING_TAKE_BACK = "ranking.take_back"  # asking for it: another person confirms

    CERTIFICATES_SEE = "certificates.see"  # thing: a call, from the organisers' side
    CERTIFICATES_MANAGE = "certificates.manage"
    CERTIFICATE_SEE = "certificate.see"  # whoever has its address
    CERTIFICATE_OPEN = "certificate.open"  # the sheet
    CERTIFICATE_REVOKE = "certificate.revoke"


POLICY: dict[Action, Rule] = {
    Action.DESK_SEE: signed_in,
    Action.ACCOUNT_SEE: is_own,
    Action.ACCOUNT_EDIT: is_own,
    Action.HOSTS_SEE: is_staff_somewhere,
    Action.HOST_SEE: oversees,
    Action.HOST_STAFF: owns,
    Action.HOST_OPEN_CALL: organises,
    Action.CALL_SEE: is_public | oversees,
    Action.CALL_OVERSEE: oversees,
    Action.CALL_EDIT: organises & (is_draft_call | is_live),
    Action.CALL_PUBLISH: organises & (is_draft_call | is_live),
    Action.CALL_CANCEL: organises & is_live,
    Action.CALL_REGISTER: signed_in & is_live & (registration_open | is_registered),
    Action.CALL_EDIT_ENTRY: is_registered & is_live & team_changes_open,
    Action.CALL_WITHDRAW: is_registered & is_public,
    Action.CALL_START_TEAM: is_registered & is_live & formation_open,
    Action.CALL_FIND_TEAM: is_registered & is_live,
    Action.CALL_JUDGE: sits_on_jury,
    Action.CALL_EXPORT: organises,
    Action.EXPORT_SEE: is_own & organises,
    Action.AGREEMENT_SEE: oversees | may_be_second,
    Action.AGREEMENT_DECIDE: may_be_second & waits & is_live,
    Action.AGREEMENT_WITHDRAW: asked_it & waits,
    Action.TEAM_SEE: belongs | oversees | (is_registered & takes_people),
    Action.TEAM_BELONG: belongs,
    Action.TEAM_LEAD: represents & is_live & team_changes_open,
    Action.TEAM_ASK: is_registered & ~belongs & takes_people & is_live & team_changes_open,
    Action.TEAM_LEAVE: belongs & is_live & team_changes_open,
    Action.TEAM_TAKE_OVER: belongs & is_live & team_changes_open,
    Action.TEAM_START_SUBMISSION: belongs & is_live & submission_open,
    Action.REQUEST_SEE: is_own,
    Action.REQUEST_WITHDRAW: is_own,
    Action.INVITATION_SEE: anyone,
    Action.INVITATION_READ: ~reads_blind,
    Action.INVITATION_ANSWER: signed_in & ~reads_blind,
    Action.SUBMISSION_SEE: belongs | oversees,
    Action.SUBMISSION_BELONG: belongs,
    Action.SUBMISSION_READ: belongs | (oversees & was_handed_in),
    Action.SUBMISSION_EDIT: belongs & is_editable & is_live & submission_opened,
    Action.SUBMISSION_SUBMIT: belongs & is_editable & is_live & submission_opened,
    Action.SUBMISSION_WITHDRAW: represents & is_editable & is_live & submission_open,
    Action.SUBMISSION_REOPEN: represents & is_withdrawn & is_live & submission_open,
    Action.SUBMISSION_LEAVE: represents
    & is_in_competition
    & is_live
    & submission_closed
    & ~results_are_public,
    Action.SUBMISSION_EXCLUDE: organises & is_in_competition & submission_closed,
    Action.SUBMISSION_FEEDBACK: belongs & results_are_public,
    Action.SUBMISSION_APPEAL: represents & was_handed_in & takes_appeals & results_are_public,
    Action.APPEAL_SEE: belongs | oversees,
    Action.APPEAL_ANSWER: organises & is_live,
    Action.JURY_SEE: oversees,
    Action.JURY_MANAGE: organises & is_live,
    Action.JUROR_SEE: is_juror_in_question,
    Action.JUROR_SIGN: is_juror_in_question & is_live,
    Action.JUROR_CONCLUDE: is_juror_in_question & is_live & evaluation_open,
    Action.REVIEW_SEE: is_juror_in_question & is_readable_review,
    Action.REVIEW_SAVE: is_juror_in_question
    & is_readable_review
    & is_unfinished_review
    & is_live
    & evaluation_open,
    Action.REVIEW_RECUSE: is_juror_in_question & is_readable_review & is_live,
    Action.REVIEW_ABSTAIN: is_juror_in_question
    & is_readable_review
    & is_unfinished_review
    & is_live
    & ~results_are_public,
    Action.REVIEW_CHANGE: is_juror_in_question
    & is_readable_review
    & is_final_review
    & jury_deliberates
    & is_live
    & evaluation_open
    & ~results_are_public,
    Action.DELIBERATION_SEE: is_juror_in_question & has_voice & jury_deliberates,
    Action.DELIBERATION_WRITE: is_juror_in_question
    & has_voice
    & jury_deliberates
    & is_live
    & evaluation_open
    & ~results_are_public,
    Action.RESULTS_SEE: results_are_public | results_were_taken_back,
    Action.RESULTS_OVERSEE: oversees,
    Action.RESULTS_PROPOSE: organises & is_live,
    Action.RESULTS_MODERATE: organises & is_live,
    Action.RESULTS_DECIDE: chairs,
    Action.RANKING_SEE: oversees | chairs,
    Action.RANKING_CONFIRM: chairs & is_proposed_ranking & is_live,
    Action.RANKING_PUBLISH: organises & is_confirmed_ranking & is_live,
    Action.RANKING_TAKE_BACK: organises & is_public_ranking & is_live,
    Action.CERTIFICATES_SEE: oversees,
    Action.CERTIFICATES_MANAGE: organises,
    Action.CERTIFICATE_SEE: anyone,
    Action.CERTIFICATE_OPEN: is_own | oversees,
    Action.CERTIFICATE_REVOKE: organises,
}

# What a visitor may do without signing in. For everything else the door asks first, before it looks
# whether the thing exists.
OPEN_TO_ALL = frozenset(
    {
        Action.CALL_SEE,
        Action.RESULTS_SEE,
        Action.INVITATION_SEE,
        Action.INVITATION_READ,
        Action.CERTIFICATE_SEE,
    }
)

# That a call has an organisers' side is known to those who may see it; to others its pages are not there,
# although the call itself is public.
KNOWN_BY = {
    Action.CALL_OVERSEE: Action.CALL_OVERSEE,
    Action.CALL_EDIT: Action.CALL_OVERSEE,
    Action.CALL_PUBLISH: Action.CALL_OVERSEE,
    Action.CALL_CANCEL: Action.CALL_OVERSEE,
    Action.CALL_EXPORT: Action.CALL_OVERSEE,
    Action.RESULTS_OVERSEE: Action.RESULTS_OVERSEE,
    Action.RESULTS_PROPOSE: Action.RESULTS_OVERSEE,
    Action.RESULTS_MODERATE: Action.RESULTS_OVERSEE,
    Action.SUBMISSION_FEEDBACK: Action.SUBMISSION_FEEDBACK,  # before the result is public it is not there
    Action.SUBMISSION_APPEAL: Action.SUBMISSION_FEEDBACK,
    Action.RESULTS_DECIDE: Action.RESULTS_DECIDE,
    Action.CERTIFICATE_OPEN: Action.CERTIFICATE_OPEN,
    Action.CERTIFICATE_REVOKE: Action.CERTIFICATE_REVOKE,
}


def allowed(action: Action, actor: Actor, thing: Any, now: datetime) -> bool:
    """Whether the actor may do this to that, now."""
    return POLICY[action].holds(actor, thing, now)


def check(action: Action, actor: Actor, thing: Any, now: datetime) -> None:
    """Raise ``Denied`` unless the actor may; ``hidden`` when he may not even see the thing."""
    if allowed(action, actor, thing, now):
        return
    seen = KNOWN_BY.get(action, Action(action.split(".")[0] + ".see"))
    raise Denied(action, POLICY[action].name, hidden=not allowed(seen, actor, thing, now))
