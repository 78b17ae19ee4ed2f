"""Words about hosts and their staff."""

from flask_babel import lazy_gettext as _l

from thinkia.domain.reasons import Reason
from thinkia.policy.actor import StaffRole
from thinkia.web.errors import tell

tell(
    {
        Reason.STAFF_ALREADY: _l("This person is already part of the staff. Change the role in the list."),
        Reason.LAST_OWNER: _l("A host needs somebody in charge. Put another person in charge first."),
        Reason.SECOND_UNKNOWN: _l(
            "Nobody with this address decides for another organisation here. Name somebody who organises the "
            "calls of another one, with a confirmed account."
        ),
        Reason.SECOND_ALREADY: _l("This person is already named."),
        Reason.SECOND_NEEDED: _l(
            "Somebody has to be left who can confirm. Tick at least one, or name a person first."
        ),
    }
)

ROLES = {
    StaffRole.OWNER: _l("In charge"),
    StaffRole.ORGANISER: _l("Organises calls"),
    StaffRole.READER: _l("Reads only"),
}
ROLE_HINTS = {
    StaffRole.OWNER: _l("Everything, and decides who else is part of the staff."),
    StaffRole.ORGANISER: _l("Prepares, publishes and runs the calls."),
    StaffRole.READER: _l("Sees the calls and everything in them, and changes nothing."),
}
