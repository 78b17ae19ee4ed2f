"""The words of calls: refusals, states and phases here; rules in the modules beside, a subject each."""

from flask_babel import lazy_gettext as _l

from thinkia.domain.bases import WindowKind
from thinkia.domain.lifecycle import CallState
from thinkia.domain.phases import Phase
from thinkia.domain.reasons import Reason
from thinkia.web.errors import tell

tell(
    {
        Reason.NOT_A_DRAFT: _l("This call is no longer a draft. Prepare a change of its rules instead."),
        Reason.CODE_TAKEN: _l("The code “%(code)s” is already in use. Choose another one."),
        Reason.CODE_FIXED: _l(
            "The code of a call never changes, because links and receipts use it. Write “%(code)s”."
        ),
        Reason.REASON_NEEDED: _l("Write the reason. It is published beside the change."),
        Reason.NOT_READY: _l("These rules cannot be published yet. Put right what the list below names."),
        Reason.NOTHING_CHANGED: _l("Nothing has changed since the version in force. Edit the rules first."),
        Reason.STALE_DRAFT: _l(
            "Somebody else saved these rules while you were writing. What you typed is kept here. "
            "Look at the differences, then save again to keep yours."
        ),
        Reason.CANNOT_CANCEL: _l("Only a published call without a result can be cancelled."),
    }
)

STATES = {
    CallState.DRAFT: _l("Draft"),
    CallState.PUBLISHED: _l("Published"),
    CallState.CANCELLED: _l("Cancelled"),
    CallState.ARCHIVED: _l("Archived"),
}
PHASES = {
    Phase.ANNOUNCED: _l("Announced"),
    Phase.OPEN: _l("Open"),
    Phase.REGISTRATION: _l("Registration open"),
    Phase.BETWEEN: _l("Between phases"),
    Phase.EVALUATION: _l("In evaluation"),
    Phase.DECIDING: _l("Result to come"),
    Phase.RESULTS: _l("Result published"),
}
WINDOWS = {
    WindowKind.REGISTRATION: _l("Registration"),
    WindowKind.TEAM_FORMATION: _l("Team formation"),
    WindowKind.SUBMISSION: _l("Submission"),
    WindowKind.EVALUATION: _l("Evaluation"),
    WindowKind.RESULTS: _l("Results"),
}
