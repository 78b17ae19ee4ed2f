"""Letters about one's account."""

from flask_babel import lazy_gettext as _l

from thinkia.accounts.models import Account
from thinkia.outside.mail import Letter, address


def verify(account: Account, secret: str) -> Letter:
    """Prove that the address is yours. No name: whoever typed the address also typed that."""
    link = address("accounts.verify", token=secret)
    context = {"link": link}
    return _letter(account, _l("Thinkia: confirm your e-mail address"), "verify", context, secret=True)


def known_address(account: Account) -> Letter:
    """Somebody signed up with an address that has an account."""
    context = {"name": account.name, "link": address("accounts.sign_in")}
    return _letter(account, _l("Thinkia: you already have an account"), "known_address", context)


def code(account: Account, digits: str) -> Letter:
    """Six digits that let the browser in that asked for them."""
    context = {"name": account.name, "digits": digits}
    return _letter(account, _l("Thinkia: your code to sign in"), "code", context, secret=True)


def reset(account: Account, secret: str) -> Letter:
    """A link to choose a passphrase; it also proves the address."""
    link = address("accounts.reset_with_link", token=secret)
    context = {"name": account.name, "link": link, "is_new": account.verified_at is None}
    return _letter(account, _l("Thinkia: choose a passphrase"), "reset", context, secret=True)


def no_account(email: str, language: str) -> Letter:
    """Somebody asked for a code or a link with an address that has no account."""
    subject, context = (
        _l("Thinkia: there is no account with this address"),
        {"link": address("accounts.sign_up")},
    )
    return Letter(email, language, subject, "accounts/emails/no_account.txt", context)


def password_changed(account: Account) -> Letter:
    """Said to the owner, in case somebody else did it."""
    context = {"name": account.name, "link": address("accounts.reset")}
    return _letter(account, _l("Thinkia: your passphrase was changed"), "password_changed", context)


def new_device(account: Account, device: str) -> Letter:
    """Somebody signed in with something never seen before."""
    context = {"name": account.name, "device": device, "link": address("accounts.sign_ins")}
    return _letter(account, _l("Thinkia: a new device signed in"), "new_device", context)


def _letter(account: Account, subject: object, name: str, context: dict, *, secret: bool = False) -> Letter:
    return Letter(
        account.email, account.language, subject, f"accounts/emails/{name}.txt", context, secret=secret
    )
