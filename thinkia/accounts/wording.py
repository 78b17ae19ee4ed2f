"""Words about accounts: refusals, purposes of consent, languages."""

from flask_babel import lazy_gettext as _l

from thinkia.accounts.models import Purpose
from thinkia.domain.reasons import Reason
from thinkia.web.errors import tell

tell(
    {
        Reason.WRONG_PASSWORD: _l("The e-mail address or the passphrase is not right."),
        Reason.WRONG_CODE: _l(
            "This code is not right, or works no longer. Look at the last letter, or ask for another code."
        ),
        Reason.LINK_EXPIRED: _l("This link was used already, or works no longer. Ask for another one."),
        Reason.TOO_YOUNG: _l(
            "You need to be 15 or older to have an account of your own. We cannot sign up younger people "
            "yet; we would be glad to see you later. Nothing of what you wrote was kept."
        ),
        Reason.COMMON_PASSWORD: _l(
            "This passphrase is easy to guess: it repeats itself, or is made of well-known phrases, of your "
            "name or of neighbouring keys. Choose a few words that do not usually go together."
        ),
        Reason.TOO_MANY_TRIES: _l(
            "Too many tries in a short time. Wait %(minutes)s min and try again, or sign in with a code sent "
            "by e-mail."
        ),
        Reason.ACCOUNT_UNKNOWN: _l("There is no account with this address, or it was never confirmed."),
    }
)

PURPOSES = {
    Purpose.PARTICIPATION: _l("I agree that Thinkia uses my data so that I can take part in calls"),
    Purpose.NEWS: _l("I want to be told by e-mail of new calls"),
    Purpose.FINDABLE: _l("I want teams that look for people to be able to find me"),
}
PURPOSE_HINTS = {
    Purpose.PARTICIPATION: _l(
        "Your name, address and birth date, to know who takes part and whether the rules of a call let you "
        "in. Without this there is no account."
    ),
    Purpose.NEWS: _l("Only announcements of calls. You can stop at any time."),
    Purpose.FINDABLE: _l(
        "Your name, skills, languages and province, to signed-in people of the same call. Never your address."
    ),
}
LANGUAGES = {
    "es": _l("Spanish"),
    "qu": _l("Kichwa"),
    "jiv": _l("Shuar"),
    "sgn": _l("Ecuadorian sign language"),
    "en": _l("English"),
    "pt": _l("Portuguese"),
    "fr": _l("French"),
}
