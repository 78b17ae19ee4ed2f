"""The predicates of the policy. They read the actor, the thing and the moment, and never query.

A thing is a call or knows its call (``thing.call``); a thing of a team knows ``team_id``; a thing of a
juror knows ``juror_account_id``; a host knows ``host_id`` (itself).
"""

from datetime import datetime
from typing import Any

from thinkia.domain.bases import WindowKind
from thinkia.domain.lifecycle import (
    AgreementState,
    CallState,
    JurorState,
    RankingState,
    ReviewState,
    SubmissionState,
)
from thinkia.domain.phases import grace_ends, open_windows, windows
from thinkia.policy.actor import Actor, JurorRole, MemberRole, StaffRole, TieKind
from thinkia.policy.rule import Rule, rule

DECIDING = frozenset({StaffRole.OWNER.value, StaffRole.ORGANISER.value})


def call_of(thing: Any) -> Any:
    """The call that a thing belongs to: itself when it is one."""
    return getattr(thing, "call", thing)


@rule
def anyone(_actor: Actor, _thing: Any, _now: datetime) -> bool:
    return True


@rule
def signed_in(actor: Actor, _thing: Any, _now: datetime) -> bool:
    return actor.account_id is not None


@rule
def is_own(actor: Actor, thing: Any, _now: datetime) -> bool:
    """The thing is about the actor's own account."""
    return actor.account_id is not None and thing.account_id == actor.account_id


@rule
def reads_blind(actor: Actor, thing: Any, _now: datetime) -> bool:
    """Sits on a jury that still reads without names. Whatever else this person is, no page tells them.

    A host is no call, and hides none.
    """
    call = call_of(thing)
    judges = actor.role(TieKind.JUROR, getattr(call, "id", 0)) is not None
    return judges and bool(getattr(call, "hides_names", False))


def staff_as(*roles: StaffRole) -> Rule:
    names = {role.value for role in roles}

    def is_staff(actor: Actor, thing: Any, now: datetime) -> bool:
        works = actor.is_system or actor.role(TieKind.STAFF, call_of(thing).host_id) in names
        return works and not reads_blind.holds(actor, thing, now)

    return Rule("staff:" + "/".join(sorted(names)), is_staff)


oversees = staff_as(StaffRole.OWNER, StaffRole.ORGANISER, StaffRole.READER)
organises = staff_as(StaffRole.OWNER, StaffRole.ORGANISER)
owns = staff_as(StaffRole.OWNER)


@rule
def is_staff_somewhere(actor: Actor, _thing: Any, _now: datetime) -> bool:
    return bool(actor.places(TieKind.STAFF))


@rule
def is_public(_actor: Actor, thing: Any, _now: datetime) -> bool:
    """Published, and still public after it was cancelled or archived."""
    return bool(call_of(thing).state != CallState.DRAFT)


@rule
def is_live(_actor: Actor, thing: Any, _now: datetime) -> bool:
    return bool(call_of(thing).state == CallState.PUBLISHED)


@rule
def is_draft_call(_actor: Actor, thing: Any, _now: datetime) -> bool:
    return bool(call_of(thing).state == CallState.DRAFT)


def window(kind: WindowKind) -> Rule:
    def is_open(_actor: Actor, thing: Any, now: datetime) -> bool:
        return kind in open_windows(call_of(thing).calendar, now)

    return Rule(f"open:{kind}", is_open)


registration_open = window(WindowKind.REGISTRATION)
formation_open = window(WindowKind.TEAM_FORMATION)
submission_open = window(WindowKind.SUBMISSION)
evaluation_open = window(WindowKind.EVALUATION)


@rule
def team_changes_open(_actor: Actor, thing: Any, now: datetime) -> bool:
    """While teams form; and after it, until the results are public, where the bases say so."""
    call = call_of(thing)
    if WindowKind.TEAM_FORMATION in open_windows(call.calendar, now):
        return True
    begun = now >= windows(call.calendar)[WindowKind.TEAM_FORMATION].opens
    return bool(begun and call.bases.team.changes_after_close and call.results_published_at is None)


@rule
def submission_opened(_actor: Actor, thing: Any, now: datetime) -> bool:
    """From the opening on, for ever: what comes after the deadline is decided act by act."""
    return bool(now >= call_of(thing).calendar.submission.opens)


@rule
def submission_closed(_actor: Actor, thing: Any, now: datetime) -> bool:
    return now >= grace_ends(call_of(thing).calendar)


@rule
def is_registered(actor: Actor, thing: Any, _now: datetime) -> bool:
    return call_of(thing).id in actor.places(TieKind.REGISTERED)


@rule
def belongs(actor: Actor, thing: Any, _now: datetime) -> bool:
    """A member of the thing's team."""
    return actor.role(TieKind.MEMBER, thing.team_id) is not None


@rule
def represents(actor: Actor, thing: Any, _now: datetime) -> bool:
    return actor.role(TieKind.MEMBER, thing.team_id) == MemberRole.REPRESENTATIVE


@rule
def takes_people(_actor: Actor, thing: Any, _now: datetime) -> bool:
    """The team shows itself to people who look for one."""
    return bool(thing.is_looking)


@rule
def is_editable(_actor: Actor, thing: Any, _now: datetime) -> bool:
    return thing.state in {SubmissionState.DRAFT, SubmissionState.SUBMITTED}


@rule
def is_in_competition(_actor: Actor, thing: Any, _now: datetime) -> bool:
    """It was handed in, and is judged or waits for a seat."""
    return thing.state in {SubmissionState.SUBMITTED, SubmissionState.WAITING}


@rule
def is_withdrawn(_actor: Actor, thing: Any, _now: datetime) -> bool:
    return bool(thing.state == SubmissionState.WITHDRAWN)


@rule
def was_handed_in(_actor: Actor, thing: Any, _now: datetime) -> bool:
    """What a team did not hand in is its own."""
    return thing.state not in {SubmissionState.DRAFT, SubmissionState.WITHDRAWN}


@rule
def sits_on_jury(actor: Actor, thing: Any, _now: datetime) -> bool:
    return actor.role(TieKind.JUROR, call_of(thing).id) is not None


@rule
def chairs(actor: Actor, thing: Any, _now: datetime) -> bool:
    return actor.role(TieKind.JUROR, call_of(thing).id) == JurorRole.CHAIR


@rule
def is_juror_in_question(actor: Actor, thing: Any, _now: datetime) -> bool:
    """The juror, or the review, is the actor's own, and he or she is still on the jury."""
    own = actor.account_id is not None and thing.juror_account_id == actor.account_id
    return bool(own and thing.juror_state == JurorState.ACCEPTED)


@rule
def is_readable_review(_actor: Actor, thing: Any, _now: datetime) -> bool:
    """A conflict, or being excused, closes the proposal to that juror at once."""
    ended = thing.kept_out or thing.state in {ReviewState.RECUSED, ReviewState.EXCUSED}
    return not ended and thing.statement_signed


@rule
def is_unfinished_review(_actor: Actor, thing: Any, _now: datetime) -> bool:
    return thing.state in {ReviewState.ASSIGNED, ReviewState.STARTED}


@rule
def is_final_review(_actor: Actor, thing: Any, _now: datetime) -> bool:
    return bool(thing.state == ReviewState.FINAL)


@rule
def has_voice(_actor: Actor, thing: Any, _now: datetime) -> bool:
    """On what a panel talks over: final on it, or presiding; no conflict, and the statement signed."""
    return bool(thing.has_voice and thing.statement_signed)


@rule
def jury_deliberates(_actor: Actor, thing: Any, _now: datetime) -> bool:
    """The bases say so."""
    return call_of(thing).bases.jury.deliberation is not None


@rule
def may_be_second(actor: Actor, thing: Any, _now: datetime) -> bool:
    """Named by the host for acts that two persons decide. Never who asked, nor who is barred."""
    if actor.account_id is None or actor.account_id in {thing.asked_by_id, *thing.barred}:
        return False
    call = call_of(thing)
    host, seat = call.host, actor.role(TieKind.JUROR, call.id)
    return (
        (host.second_by_staff and actor.role(TieKind.STAFF, call.host_id) in DECIDING)
        or (host.second_by_chair and seat == JurorRole.CHAIR)
        or (host.second_by_secretary and seat == JurorRole.SECRETARY)
        or actor.role(TieKind.SECOND, call.host_id) is not None
    )


@rule
def asked_it(actor: Actor, thing: Any, _now: datetime) -> bool:
    return actor.account_id is not None and actor.account_id == thing.asked_by_id


@rule
def waits(_actor: Actor, thing: Any, now: datetime) -> bool:
    """Asked for, and neither decided nor lapsed."""
    return bool(thing.standing(now) == AgreementState.ASKED)


@rule
def results_are_public(_actor: Actor, thing: Any, _now: datetime) -> bool:
    return call_of(thing).results_published_at is not None


@rule
def results_were_taken_back(_actor: Actor, thing: Any, _now: datetime) -> bool:
    """They were public, and no corrected ones are yet: the note that says so is public."""
    return call_of(thing).results_taken_back_at is not None


@rule
def takes_appeals(_actor: Actor, thing: Any, _now: datetime) -> bool:
    """The bases let teams ask for a review. Until when is told with what they wrote kept."""
    return call_of(thing).bases.appeals is not None


@rule
def is_proposed_ranking(_actor: Actor, thing: Any, _now: datetime) -> bool:
    """Proposed; or confirmed already, so that a second click finds what the first one did."""
    return thing.state in {RankingState.PROPOSED, RankingState.CONFIRMED}


@rule
def is_confirmed_ranking(_actor: Actor, thing: Any, _now: datetime) -> bool:
    """Confirmed; or published already, so that a second click finds what the first one did."""
    return thing.state in {RankingState.CONFIRMED, RankingState.PUBLISHED}


@rule
def is_public_ranking(_actor: Actor, thing: Any, _now: datetime) -> bool:
    return bool(thing.state == RankingState.PUBLISHED)
