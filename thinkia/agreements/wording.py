"""Words about acts that two persons decide."""

from flask_babel import lazy_gettext as _l

from thinkia.agreements.models import SecondRole
from thinkia.domain.lifecycle import AgreementState
from thinkia.domain.reasons import Reason
from thinkia.web.errors import tell

tell(
    {
        Reason.ASKED_ALREADY: _l("The same was asked for already, and waits for a second person."),
        Reason.NOBODY_TO_CONFIRM: _l(
            "This needs a second person, and nobody is there who could confirm it. On the page of your "
            "organisation, whoever is in charge adds an organiser, or names somebody of another organisation."
        ),
        Reason.NOT_A_SECOND: _l(
            "You cannot decide this one: whoever asks never confirms, nor does whom it concerns, nor "
            "somebody who came after it was asked for."
        ),
        Reason.SIGN_IN_AGAIN: _l(
            "Sign in again to confirm: write your passphrase, or a code sent by e-mail."
        ),
        Reason.TYPED_OTHERWISE: _l(
            "This is not what the other person wrote. Look at the source once more. If you are sure, do not "
            "confirm it, and say in the reason what you read."
        ),
        Reason.AGREEMENT_DECIDED: _l("This was decided already, so nothing was changed."),
        Reason.AGREEMENT_LAPSED: _l("The time to confirm this is over. Whoever asked can ask again."),
        Reason.ROUND_OVER: _l(
            "This was asked for in a round of the call that is closed, where nothing changes any more. It "
            "can only be taken back, or not confirmed."
        ),
    }
)

STATES = {
    AgreementState.ASKED: _l("Waits"),
    AgreementState.CONFIRMED: _l("Confirmed"),
    AgreementState.REFUSED: _l("Not confirmed"),
    AgreementState.WITHDRAWN: _l("Taken back"),
    AgreementState.LAPSED: _l("Lapsed"),
}
TAGS = {
    AgreementState.ASKED: "",
    AgreementState.CONFIRMED: "ink",
    AgreementState.REFUSED: "error",
    AgreementState.WITHDRAWN: "off",
    AgreementState.LAPSED: "off",
}
ROLES = {
    SecondRole.STAFF: _l("of the organisation"),
    SecondRole.CHAIR: _l("chair of the jury"),
    SecondRole.SECRETARY: _l("secretary of the jury"),
    SecondRole.NAMED: _l("named by the organisation"),
}
