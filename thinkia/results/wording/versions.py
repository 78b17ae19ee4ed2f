"""What a corrected version changed, in sentences: no more of it than the bases let everybody read."""

from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.domain.bases import PublicationLevel
from thinkia.domain.ranking.record import Line
from thinkia.domain.ranking.versions import Changes
from thinkia.results.wording.method import WITH_ORDER, WITH_PLACES

MOST = 12


def told_changes(changes: Changes, level: PublicationLevel, names: Mapping[str, str]) -> list[str]:
    """``names``: the titles that are public. Others are told by code where codes are public, or counted."""
    if level is PublicationLevel.VERDICT:
        return [_("Each team reads its own result again.")]
    found = [*_winners(changes, level, names), *_places(changes, level, names)]
    if level is PublicationLevel.SCORES and changes.rescored:
        found.append(
            ngettext(
                "%(num)d proposal keeps its place with another score.",
                "%(num)d proposals keep their places with other scores.",
                changes.rescored,
            )
        )
    if len(found) > MOST:
        more = len(found) - MOST
        found = found[:MOST]
        found.append(ngettext("… and %(num)d more change.", "… and %(num)d more changes.", more))
    return found or [_("Nothing that is public changed.")]


def _winners(changes: Changes, level: PublicationLevel, names: Mapping[str, str]) -> Iterator[str]:
    shown = [line for line in changes.entered if line.submission in names or level in WITH_ORDER]
    yield from (_("%(proposal)s wins now.", proposal=_called(line, names)) for line in shown)
    hidden = len(changes.entered) - len(shown)
    if hidden:
        yield ngettext("%(num)d proposal came to win.", "%(num)d proposals came to win.", hidden)
    if not changes.left:
        return
    if level in WITH_ORDER:
        yield from (
            _("%(proposal)s does not win any more.", proposal=line.submission) for line in changes.left
        )
    else:
        yield ngettext(
            "%(num)d proposal does not win any more.",
            "%(num)d proposals do not win any more.",
            len(changes.left),
        )


def _places(changes: Changes, level: PublicationLevel, names: Mapping[str, str]) -> Iterator[str]:
    if level not in WITH_PLACES:
        return
    if level in WITH_ORDER:
        yield from _in_and_out(changes.gone, changes.added)
    for before, after in changes.moved:
        if level in WITH_ORDER or (before.wins and after.wins and after.submission in names):
            proposal = _called(after, names)
            yield _(
                "%(proposal)s: from place %(before)s to place %(after)s.",
                proposal=proposal,
                before=before.place,
                after=after.place,
            )


def _in_and_out(gone: Sequence[Line], added: Sequence[Line]) -> Iterator[str]:
    yield from (_("%(proposal)s is not in the order any more.", proposal=line.submission) for line in gone)
    yield from (
        _("%(proposal)s is in the order now, in place %(place)s.", proposal=line.submission, place=line.place)
        for line in added
    )


def _called(line: Line, names: Mapping[str, str]) -> str:
    title = names.get(line.submission)
    return _("“%(title)s”", title=title) if title else line.submission
