"""What a conflict is about, and what only hints at one, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from thinkia.domain.conflicts import ConflictScope, Hint, HintKind

SCOPES = {
    ConflictScope.SUBMISSION: _l("A proposal"),
    ConflictScope.TEAM: _l("A team: whatever it hands in"),
    ConflictScope.INSTITUTION: _l("An institution: every team with somebody of it, now or later"),
}
NOT_FOUND = {
    ConflictScope.SUBMISSION: _l("No proposal of this call has that code."),
    ConflictScope.TEAM: _l("No team of this call has that name or code."),
    ConflictScope.INSTITUTION: _l("Write the name of an institution."),
}


def told(conflict: Any, team: str | None) -> str:
    """What a line of the register is about."""
    if conflict.scope is ConflictScope.TEAM:
        return _("team %(name)s", name=team or conflict.team_code)
    if conflict.scope is ConflictScope.INSTITUTION:
        return _("institution %(name)s", name=conflict.institution)
    return str(conflict.submission.code)


def hint_words(hint: Hint) -> str:
    """Something that joins a juror and a team: for people to look at."""
    if hint.kind is HintKind.INSTITUTION:
        return _("somebody of the team names the same institution: %(name)s", name=hint.what)
    if hint.kind is HintKind.MAIL_DOMAIN:
        return _(
            "somebody of the team has an e-mail address of the same organisation: %(name)s", name=hint.what
        )
    return _("somebody of the team was in one team with the juror in an earlier call")
