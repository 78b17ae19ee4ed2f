"""Letters about teams. Nothing that people wrote freely is in them: that stays on the page."""

from typing import Any

from flask_babel import lazy_gettext as _l

from thinkia.accounts.models import Account
from thinkia.outside.mail import Letter, address
from thinkia.teams.models import Invitation, Team


def invitation(team: Team, invitation: Invitation, inviter: str, *, language: str, token: str) -> Letter:
    """Somebody invites you; the link is yours alone."""
    said = {"inviter": inviter, "expires": invitation.expires_at, "zone": team.call.bases.time_zone}
    return _letter(
        team,
        invitation.email or "",
        language,
        _l("%(call)s: %(name)s invites you to a team", call=_title(team, language), name=inviter),
        "invitation",
        link=address("teams.invitation", token=token),
        secret=True,
        **said,
    )


def request_received(team: Team, reader: Account, asker: str) -> Letter:
    """Somebody asks to join; please answer."""
    subject = _l("%(call)s: %(name)s asks to join your team", call=_title(team, reader.language), name=asker)
    return _to(reader, team, subject, "request_received", asker=asker)


def request_accepted(team: Team, reader: Account) -> Letter:
    """You are in."""
    subject = _l("%(call)s: you are in the team %(team)s", call=_title(team, reader.language), team=team.name)
    return _to(reader, team, subject, "request_accepted")


def request_declined(team: Team, reader: Account) -> Letter:
    """Not this time; here are others."""
    subject = _l("%(call)s: the team %(team)s answered", call=_title(team, reader.language), team=team.name)
    others = address("teams.find", code=team.call.code)
    return _to(reader, team, subject, "request_declined", link=others)


def joined(team: Team, reader: Account, newcomer: Account) -> Letter:
    """Somebody accepted your invitation."""
    subject = _l(
        "%(call)s: %(name)s joined your team", call=_title(team, reader.language), name=newcomer.name
    )
    return _to(reader, team, subject, "joined", newcomer=newcomer.name)


def left(team: Team, reader: Account, leaver: Account) -> Letter:
    """Somebody left your team."""
    subject = _l("%(call)s: %(name)s left your team", call=_title(team, reader.language), name=leaver.name)
    return _to(reader, team, subject, "left", leaver=leaver.name)


def removed(team: Team, reader: Account) -> Letter:
    """You are no longer in the team."""
    subject = _l(
        "%(call)s: you are no longer in the team %(team)s",
        call=_title(team, reader.language),
        team=team.name,
    )
    others = address("teams.find", code=team.call.code)
    return _to(reader, team, subject, "removed", link=others)


def representation_offered(team: Team, reader: Account, before: Account) -> Letter:
    """Would you represent the team?"""
    subject = _l(
        "%(call)s: %(name)s asks you to represent the team",
        call=_title(team, reader.language),
        name=before.name,
    )
    return _to(reader, team, subject, "representation_offered", before=before.name)


def handed_over(team: Team, reader: Account, successor: Account) -> Letter:
    """Another member represents the team from now on."""
    subject = _l(
        "%(call)s: %(name)s represents your team now",
        call=_title(team, reader.language),
        name=successor.name,
    )
    return _to(reader, team, subject, "handed_over", successor=successor.name)


def _to(reader: Account, team: Team, subject: Any, template: str, *, link: str = "", **said: Any) -> Letter:
    link = link or address("teams.show", code=team.code)
    return _letter(
        team, reader.email, reader.language, subject, template, link=link, name=reader.name, **said
    )


def _letter(
    team: Team,
    to: str,
    language: str,
    subject: Any,
    template: str,
    *,
    link: str,
    secret: bool = False,
    **said: Any,
) -> Letter:
    return Letter(
        to=to,
        language=language,
        subject=subject,
        template=f"teams/emails/{template}.txt",
        context={"team": team.name, "title": _title(team, language), "link": link, **said},
        call_id=team.call_id,
        secret=secret,
    )


def _title(team: Team, language: str) -> str:
    return team.call.bases.title.in_language(language)[0]
