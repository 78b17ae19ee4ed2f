"""What a jury tells of itself on a call's pages, and whom a change of the call concerns."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from thinkia.calls import hooks
from thinkia.calls.models import Call
from thinkia.calls.wording.evaluators import group_title
from thinkia.domain.changes import (
    changes_groups,
    hides_names,
    order_differences,
    shows_more_marks,
    shows_names,
)
from thinkia.domain.lifecycle import CallState, JurorState
from thinkia.domain.phases import grace_ends
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury import acts
from thinkia.jury.models import Juror
from thinkia.jury.queries import jurors_of, public_seats, total_progress
from thinkia.jury.queries.panels import (
    count_to_read,
    count_unread,
    ever_drew_panels,
    open_plan,
    vacant_abstentions,
)
from thinkia.jury.queries.people import juror_readers, jurors_who_organise
from thinkia.jury.queries.reviews import has_marks
from thinkia.jury.services import conflicts
from thinkia.policy.actor import JurorRole
from thinkia.teams import hooks as team_hooks
from thinkia.teams.models import Team
from thinkia.web.locale import sector_name
from thinkia.web.navigation import way_to

acts.register()


@team_hooks.on_joining
def conflicts_follow(team: Team, now: datetime) -> None:
    """Somebody new in a team may be of an institution that a juror stepped aside from."""
    if now >= grace_ends(team.call.calendar):
        conflicts.follow(team.call, now)


@hooks.jury
def known_by_name(call: Call) -> Iterator[hooks.Seat]:
    """Who accepted, the chair first."""
    for seat in public_seats(call):
        role = {JurorRole.CHAIR: _("Chair"), JurorRole.SECRETARY: _("Secretary")}.get(seat.role, "")
        yield hooks.Seat(seat.sector, seat.name, role, seat.evaluators)


@hooks.on_change
def nobody_who_organises_reads_blind(change: hooks.Change) -> None:
    """Bases that hide names come into force only where nobody on the jury sees them as an organiser."""
    if hides_names(change.before, change.after):
        names = jurors_who_organise(change.call)
        if names:
            raise Refused(Reason.JURORS_ORGANISE, names=", ".join(names))


LOCKED_BY_MARKS = (
    (shows_names, Reason.NAMES_LOCKED),  # a juror could change marks with names in sight
    (shows_more_marks, Reason.DELIBERATION_LOCKED),  # marks were given unseen by others
    (order_differences, Reason.RULES_LOCKED),  # who knows some marks could choose the winner
)


@hooks.on_change
def marks_keep_what_was_announced(change: hooks.Change) -> None:
    """From the first mark on, what was announced of marks stays as it was when they were given."""
    for differs, reason in LOCKED_BY_MARKS:
        if differs(change.before, change.after) and has_marks(change.call):
            raise Refused(reason)


@hooks.on_change
def groups_stay_once_panels_are_drawn(change: hooks.Change) -> None:
    """Who reads for a group of evaluators reads for it to the end, so the group stays too."""
    if changes_groups(change.before, change.after) and ever_drew_panels(change.call):
        raise Refused(Reason.GROUPS_LOCKED)


@hooks.audience
def everybody_on_the_jury(call: Call) -> Iterator[hooks.Reader]:
    for row in juror_readers(call):
        yield hooks.Reader(row.account_id, row.email, row.language)


@hooks.on_cockpit
def jury_at_a_glance(call: Call, now: datetime) -> Iterator[hooks.CockpitPart]:
    """Seven SELECTs, however large the jury."""
    if call.state is not CallState.PUBLISHED:
        return
    jurors = [juror for juror in jurors_of(call) if juror.state is not JurorState.REVOKED]
    accepted = [juror for juror in jurors if juror.state is JurorState.ACCEPTED]
    progress, closed = total_progress(call), now >= grace_ends(call.calendar)
    yield hooks.Figure(
        len(accepted), _("jurors have accepted"), of=_("of %(num)s", num=len(jurors)), order=40
    )
    if progress.total:
        yield hooks.Figure(
            progress.final, _("reviews are final"), of=_("of %(num)s", num=progress.total), order=50
        )
    yield from _missing(call, accepted)
    if progress.total:
        yield from _left(call)
    if progress.total and call.round:
        yield from _moved_up(call)
    if closed and not progress.total:
        yield from _to_panels(call, accepted)
    if closed and now < call.calendar.evaluation.closes and progress.total:
        yield hooks.Step(
            "evaluation", _("%(final)s of %(total)s final", final=progress.final, total=progress.total)
        )


def _missing(call: Call, accepted: list[Juror]) -> Iterator[hooks.CockpitPart]:
    """Sectors without enough people, and a jury without a chair."""
    here = way_to("jury_manage.index", code=call.code)
    for title, group, sector, have, least in _seats_asked(call, accepted):
        if have < least:
            yield hooks.Alert(
                _("%(sector)s is missing on the jury", sector=title),
                _("%(have)s accepted; each panel needs %(least)s.", have=have, least=least),
                _("Invite a person"),
                way_to("jury_manage.invite", code=call.code, sector=sector, group=group),
                order=30,
            )
    if not any(juror.role is JurorRole.CHAIR for juror in accepted):
        yield hooks.Alert(
            _("The jury has no chair yet"),
            _("The chair confirms the result."),
            _("See the jury"),
            here,
            order=35,
        )


def _seats_asked(call: Call, accepted: list[Juror]) -> Iterator[tuple[str, str | None, str | None, int, int]]:
    """(title, group, sector, who accepted, what a panel needs), of each group of evaluators and sector."""
    rules = call.bases.jury
    for group, part in rules.parts.items():
        members = [juror for juror in accepted if juror.votes and group in ("", juror.evaluators)]
        title = group_title(rules, group) if group else ""
        if group:
            yield title, group, None, len(members), part.size
        for sector, quota in part.sectors.items():
            have = sum(1 for juror in members if sector in juror.sectors)
            name = sector_name(sector)
            yield f"{title}: {name}" if group else name, group or None, sector, have, quota.min


def _moved_up(call: Call) -> Iterator[hooks.CockpitPart]:
    """Proposals that took a seat once the panels of the round were drawn: nobody reads them yet."""
    if unread := count_unread(call):
        yield hooks.Alert(
            ngettext(
                "%(num)d proposal has nobody who reads it",
                "%(num)d proposals have nobody who reads them",
                unread,
            ),
            _("It took a seat that another one left."),
            _("Propose panels"),
            way_to("jury_manage.panels", code=call.code),
            order=15,
        )


def _left(call: Call) -> Iterator[hooks.CockpitPart]:
    """Jurors who could not judge a proposal, while nobody has taken their seats."""
    if left := len(vacant_abstentions(call)):
        yield hooks.Alert(
            ngettext(
                "%(num)d seat is empty: its juror could not judge the proposal",
                "%(num)d seats are empty: their jurors could not judge the proposal",
                left,
            ),
            _("Propose who reads instead."),
            _("Fill the seat") if left == 1 else _("Fill the seats"),
            way_to("jury_manage.panels", code=call.code),
            order=22,
        )


def _to_panels(call: Call, accepted: list[Juror]) -> Iterator[hooks.CockpitPart]:
    """Submissions are in and nobody reads yet: what the organisers do first."""
    count = count_to_read(call)
    if not count:
        return
    unsigned = [juror for juror in accepted if juror.votes and juror.statement_at is None]
    if unsigned:
        yield hooks.Alert(
            ngettext(
                "%(num)d juror has not signed the statement",
                "%(num)d jurors have not signed the statement",
                len(unsigned),
            ),
            _("Panels are drawn without them."),
            _("See the jury"),
            way_to("jury_manage.index", code=call.code),
            order=20,
        )
    waits = open_plan(call) is not None
    yield hooks.NextAction(
        _("A plan of panels waits for you") if waits else _("Nobody reads the proposals yet"),
        ngettext("%(num)d proposal was handed in.", "%(num)d proposals were handed in.", count),
        _("Look at the plan") if waits else _("Propose panels"),
        way_to("jury_manage.panels", code=call.code),
        order=20,
    )
