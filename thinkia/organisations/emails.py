"""Letters to the staff of a host."""

from flask_babel import lazy_gettext as _l

from thinkia.accounts.models import Account
from thinkia.organisations.models import Host
from thinkia.outside.mail import Letter, address


def added(account: Account, host: Host) -> Letter:
    """You now work for a host."""
    link = address("organisations.show", code=host.code)
    subject = _l("%(host)s: you are part of its staff", host=host.name)
    context = {"name": account.name, "host": host.name, "link": link}
    return Letter(account.email, account.language, subject, "organisations/emails/added.txt", context)


def named_second(account: Account, host: Host) -> Letter:
    """Another host names you for acts that two persons decide."""
    context = {"name": account.name, "host": host.name, "link": address("home.desk")}
    subject = _l("%(host)s: you may confirm what its organisers ask for", host=host.name)
    return Letter(account.email, account.language, subject, "organisations/emails/named_second.txt", context)


def invited(account: Account, host: Host, secret: str) -> Letter:
    """The same to somebody who has no account yet: the link makes it usable."""
    link = address("accounts.reset_with_link", token=secret)
    subject = _l("%(host)s: an invitation to its staff", host=host.name)
    context = {"host": host.name, "link": link}
    template = "organisations/emails/invited.txt"
    return Letter(account.email, account.language, subject, template, context, secret=True)
