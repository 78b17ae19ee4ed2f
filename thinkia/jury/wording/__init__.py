"""The words of juries: refusals and states here; what panels lack and what a mark may be, beside."""

from flask_babel import lazy_gettext as _l

from thinkia.domain.lifecycle import JurorState, ReviewState
from thinkia.domain.reasons import Reason
from thinkia.policy.actor import JurorRole
from thinkia.web.errors import tell

tell(
    {
        Reason.JUROR_KNOWN: _l(
            "%(email)s is already on this jury, or invited. Send the invitation again from its page."
        ),
        Reason.JUROR_IS_APPLICANT: _l(
            "Whoever has this address takes part in the call, and nobody judges a call and takes part in it."
        ),
        Reason.JUROR_ORGANISES: _l(
            "Whoever has this address works for the host and sees who applies, and the jury of this call "
            "reads without names. Somebody else has to sit on it."
        ),
        Reason.JURORS_ORGANISE: _l(
            "The jury cannot read without names while people of the host sit on it or are invited, because "
            "they see who applies: %(names)s. Take those seats back first."
        ),
        Reason.JUROR_INVITATION_GONE: _l(
            "This invitation has been answered, has lapsed or was taken back. Ask the "
            "organisers for a new one."
        ),
        Reason.JUROR_OTHER_ACCOUNT: _l(
            "The invitation was sent to another address than that of your account. Sign out, "
            "then open the link again."
        ),
        Reason.JUROR_SIGN_IN_FIRST: _l("This address has an account. Sign in with it, then accept."),
        Reason.PROFILE_FIXED: _l(
            "Panels have been drawn from what you said, so nothing was changed. Write to the organisers."
        ),
        Reason.NOTHING_TO_MOVE: _l(
            "No change of hands fills more seats than can be filled without one, so nothing is proposed."
        ),
        Reason.BIDS_CLOSED: _l(
            "Panels have been proposed, so nothing was changed: they take into account what was said before."
        ),
        Reason.NO_GROUP: _l("Choose the group of evaluators that this person sits in."),
        Reason.GROUP_FIXED: _l(
            "This person has or had proposals to read, and stays in the same group of evaluators."
        ),
        Reason.GROUPS_LOCKED: _l(
            "Panels have been drawn by groups of evaluators: which groups there are stays as it is."
        ),
        Reason.SAME_SECTOR: _l("You sit for that sector already. Choose the one that is right."),
        Reason.SECTOR_FIXED: _l(
            "This person has proposals to read for the sector of now, so the sector stays as it is."
        ),
        Reason.ACCESS_GONE: _l("This link no longer works: a newer one replaced it, or the seat has ended."),
        Reason.LETTER_TEXT: _l("Something in the text has to be put right, so nothing was saved."),
        Reason.LETTER_NOT_FAILED: _l("This letter has not failed: it was delivered, or is on its way."),
        Reason.LIST_NOT_SOUND: _l("Nobody was invited: something on the list has to be put right first."),
        Reason.CHAIR_TAKEN: _l("This jury already has a chair, or one is invited. Revoke that seat first."),
        Reason.TOO_EARLY_TO_SIGN: _l(
            "The statement names proposals, so it is signed once submissions have closed. We "
            "will write to you."
        ),
        Reason.TOO_EARLY_FOR_PANELS: _l(
            "Panels are proposed once submissions have closed and their grace is over."
        ),
        Reason.NOTHING_TO_ASSIGN: _l("No proposal was handed in, so there is nothing to assign."),
        Reason.NOBODY_TO_READ: _l(
            "Nobody can read yet: no juror has accepted and signed the statement. Send them a reminder."
        ),
        Reason.PLAN_OPEN: _l("A plan already waits for a decision. Apply it or discard it first."),
        Reason.PLAN_STALE: _l(
            "Jurors, conflicts or proposals have changed since this plan was made. Discard "
            "it and propose again."
        ),
        Reason.NOT_PROPOSED: _l("Somebody else has already applied or discarded this plan."),
        Reason.PANEL_RULE: _l("That change would break a rule of this panel, so nothing was changed."),
        Reason.CONFLICT_KNOWN: _l("A conflict about %(subject)s is already recorded."),
        Reason.MARK_NOT_ON_SCALE: _l("A mark is not on its scale. Look at the marked criterion."),
        Reason.NOTHING_TO_SIGN: _l("There is nothing to sign yet: no proposals are assigned to you."),
        Reason.MARKS_MISSING: _l(
            "Not signed yet: something is missing in %(codes)s. Everything you marked is saved."
        ),
        Reason.RULES_LOCKED: _l(
            "Jurors have given marks, so what becomes of them is fixed: criteria, scales, weights, method, "
            "ties, cut-off and winners stay as they were announced. Their words may still be corrected."
        ),
        Reason.NAMES_LOCKED: _l(
            "Jurors have given marks without names, so names stay hidden from them until the result is "
            "public."
        ),
        Reason.REVIEW_INCOMPLETE: _l("Saved, but not final yet: something is missing. It is marked below."),
        Reason.REVIEW_CHANGED: _l(
            "This proposal was marked in another window after you opened it here. Nothing "
            "was lost: compare both."
        ),
        Reason.REVIEW_FINAL: _l("This proposal is final, and a final mark does not change."),
        Reason.REVIEW_CLOSED: _l("This proposal is no longer in your list, so nothing was saved."),
        Reason.NO_MARKS_NOW: _l(
            "Evaluation is not open now, so nothing was saved. What you typed is below: you can copy it."
        ),
        Reason.NOBODY_FREE: _l(
            "No vacated seat could be filled: nobody of the sector is free who has no conflict. Invite more "
            "people, or raise how much somebody reads."
        ),
        Reason.REVIEW_WAS_FINAL: _l(
            "You had finished this proposal, and it was given back to you. Write to the organisers: leaving "
            "it now needs a second person, because marks go with it."
        ),
        Reason.MARKS_FIXED: _l(
            "Final marks change only while the panel deliberates: where the rules of the call say so, and "
            "until evaluation closes. Nothing was changed."
        ),
        Reason.MARKS_ORDERED: _l(
            "The order of the proposals has been computed, so marks no longer change. Nothing was changed."
        ),
        Reason.MARKS_UNCHANGED: _l("These are the marks that you have given already. Change one of them."),
        Reason.DELIBERATION_CLOSED: _l(
            "The panel no longer deliberates on this proposal, so nothing was sent. What you wrote is below: "
            "you can copy it."
        ),
        Reason.DELIBERATION_LOCKED: _l(
            "Jurors have given marks, so who sees them stays as it was announced: deliberation cannot begin "
            "now, nor show names. It can end."
        ),
        Reason.REVIEW_NOT_FINAL: _l(
            "A review is reopened while it is final, evaluation is open and no result is published. When "
            "evaluation is over, extend it first, in the rules and dates of the call."
        ),
        Reason.NOT_FREE: _l("This person cannot read this proposal any more. Choose somebody of the list."),
        Reason.ONE_MORE_NOT_NOW: _l(
            "One more review can be asked for while evaluation is open and no result is published. When "
            "evaluation is over, extend it first, in the rules and dates of the call."
        ),
        Reason.ONE_MORE_ADDS: _l(
            "The rules add up the scores of each proposal, so all need the same number of reviews. "
            "Nobody can be asked for one more."
        ),
        Reason.PAPER_NOT_NOW: _l(
            "Ballots on paper are entered once evaluation has begun, and until a result is published."
        ),
        Reason.PAPER_CLOSED: _l(
            "This review is final or has ended: its juror finished it, could not judge the proposal, was "
            "excused, or has a conflict. Nothing is entered from paper."
        ),
        Reason.PAPER_CONFLICT: _l(
            "This juror may not judge the proposal: a conflict keeps him or her from it, or the statement is "
            "not signed. Nothing is entered from paper."
        ),
        Reason.PAPER_MARKS_THERE: _l(
            "The juror has marked or written something here on the platform. That stands: the juror alone "
            "goes on, and nothing is entered from paper."
        ),
        Reason.PAPER_OWN: _l(
            "You are this juror, read the same proposal, or have a conflict with it. Somebody else has to "
            "enter this ballot."
        ),
        Reason.PAPER_DAY: _l(
            "Write the date beside the signature. It has to lie within evaluation, from %(first)s to "
            "%(last)s: a ballot that was signed on another day does not count."
        ),
        Reason.PAPER_INCOMPLETE: _l(
            "Nothing was asked yet: something is missing, or is not on its scale. It is marked below."
        ),
        Reason.SHEET_EMPTY: _l("No row of the sheet has a mark, so there is nothing to bring in."),
        Reason.SHEET_STALE: _l(
            "Reviews or rules have changed since this was asked for: a juror marked something, or a review "
            "ended. Take it back and bring the sheet in again."
        ),
        Reason.SHEET_OWN: _l(
            "You read proposals of this call, have a conflict, or take part. Somebody else has to bring in "
            "marks that jurors gave."
        ),
        Reason.REOPENED_WAITS: _l(
            "A review of this person was final, and was reopened. Excuse it first, on the page of his or her "
            "reviews: that needs a second person, because marks go with it."
        ),
    }
)

ROLES = {
    JurorRole.CHAIR: _l("Chair"),
    JurorRole.MEMBER: _l("Jury member"),
    JurorRole.SECRETARY: _l("Secretary: voice, no vote"),
}
JUROR_STATES = {
    JurorState.INVITED: _l("Invited"),
    JurorState.ACCEPTED: _l("Accepted"),
    JurorState.DECLINED: _l("Declined"),
    JurorState.REVOKED: _l("Left the jury"),
}
REVIEW_STATES = {
    ReviewState.ASSIGNED: _l("Not begun"),
    ReviewState.STARTED: _l("Draft"),
    ReviewState.FINAL: _l("Final"),
    ReviewState.EXCUSED: _l("Excused"),
    ReviewState.RECUSED: _l("Conflict"),
}
