"""Invitations: to one address, once; by a link, for many; reading changes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import builders as given
from tests.teams.test_services import letters_to, refusal
from tests.teams.world import a_call, enter, fresh, join, names, start, tokens
from thinkia.accounts.queries import hashed
from thinkia.db import db
from thinkia.domain.lifecycle import InvitationState
from thinkia.domain.reasons import Reason
from thinkia.outside.mail import Mail
from thinkia.registration.models import Registration
from thinkia.teams import services
from thinkia.teams.models import Invitation
from thinkia.teams.queries import (
    invitation_by_token,
    invitation_in,
    open_invitations,
    people_looking,
    person_looking,
    request_in,
)

NOON = given.NOON
WEEK = timedelta(days=7)


@pytest.fixture
def call(app):
    return a_call()


@pytest.fixture
def team(call):
    return start(call)[0]


@pytest.fixture
def lead(team):
    return given.acting(team.members[0].account)


def accept(token, account, now=NOON):
    return services.accept(invitation_by_token(token), given.acting(account), now)


def state(token):
    db.session.expire_all()
    return invitation_by_token(token).state


def test_an_invitation_lets_its_address_in_once(call, team, lead):
    rosa = enter(call, "Rosa", gender="woman")
    services.invite(team, f"  {rosa.email.upper()} ", lead, NOON)
    (token,) = tokens()
    accept(token, rosa)
    assert "Rosa" in names(team)
    assert state(token) is InvitationState.ACCEPTED
    assert letters_to(team.members[0].account) == ["joined.txt"]
    accept(token, rosa)  # a double click
    services.leave(fresh(team), given.acting(rosa), NOON)
    assert refusal(accept, token, rosa) is Reason.INVITATION_GONE


def test_only_the_hash_of_its_secret_is_kept(call, team, lead):
    services.invite(team, "rosa@example.org", lead, NOON)
    (token,) = tokens()
    row = db.session.scalar(select(Invitation))
    assert row.token_hash == hashed(token)
    assert token not in str(vars(row))
    assert db.session.scalar(select(Mail.secret).where(Mail.to == "rosa@example.org"))


def test_a_forwarded_invitation_serves_nobody_else(call, team, lead):
    services.invite(team, "rosa@example.org", lead, NOON)
    (token,) = tokens()
    stranger = enter(call)
    assert refusal(accept, token, stranger) is Reason.OTHER_ADDRESS
    assert (
        refusal(services.decline, invitation_by_token(token), given.acting(stranger), NOON)
        is Reason.OTHER_ADDRESS
    )
    assert state(token) is InvitationState.OPEN


def test_it_lapses_after_seven_days(call, team, lead):
    rosa = enter(call)
    services.invite(team, rosa.email, lead, NOON)
    (token,) = tokens()
    assert refusal(accept, token, rosa, NOON + WEEK) is Reason.INVITATION_GONE
    accept(token, rosa, NOON + WEEK - timedelta(seconds=1))


def test_sending_it_again_gives_a_new_secret_and_ends_the_old_one(call, team, lead):
    rosa = enter(call)
    sent = services.invite(team, rosa.email, lead, NOON)
    services.resend(invitation_in(team.code, sent.code), lead, NOON + timedelta(days=6))
    old, new = tokens()
    assert invitation_by_token(old) is None
    accept(new, rosa, NOON + timedelta(days=8))
    assert len(fresh(team).members) == 2


def test_inviting_an_address_twice_is_sending_it_again(call, team, lead):
    services.invite(team, "rosa@example.org", lead, NOON)
    services.invite(fresh(team), "rosa@example.org", lead, NOON)
    old, new = tokens()
    assert (invitation_by_token(old), len(open_invitations(team))) == (None, 1)
    assert new != old


def test_a_withdrawn_invitation_opens_nothing(call, team, lead):
    rosa = enter(call)
    sent = services.invite(team, rosa.email, lead, NOON)
    services.revoke(invitation_in(team.code, sent.code), lead, NOON)
    services.revoke(invitation_in(team.code, sent.code), lead, NOON)  # a double click
    (token,) = tokens()
    assert refusal(accept, token, rosa) is Reason.INVITATION_GONE
    again = invitation_in(team.code, sent.code)
    assert refusal(services.resend, again, lead, NOON) is Reason.INVITATION_GONE


def test_a_declined_invitation_is_over(call, team, lead):
    rosa = enter(call)
    services.invite(team, rosa.email, lead, NOON)
    (token,) = tokens()
    services.decline(invitation_by_token(token), given.acting(rosa), NOON)
    assert refusal(accept, token, rosa) is Reason.INVITATION_GONE


def test_accepting_registers_nobody(call, team, lead):
    rosa = given.an_account("Rosa")
    services.invite(team, rosa.email, lead, NOON)
    (token,) = tokens()
    assert refusal(accept, token, rosa) is Reason.NOT_REGISTERED
    assert db.session.scalar(select(Registration).where(Registration.account_id == rosa.id)) is None
    given.registered(call, rosa)
    accept(token, rosa)
    assert "Rosa" in names(team)


def test_a_link_serves_many_until_the_places_end(call, team, lead):
    token = services.make_link(team, lead, NOON)
    for _ in range(3):
        accept(token, enter(call))
    assert state(token) is InvitationState.OPEN
    assert refusal(accept, token, enter(call)) is Reason.TEAM_FULL


def test_a_link_that_asks_for_approval_makes_a_request(call, team, lead):
    token = services.make_link(team, lead, NOON, needs_approval=True)
    rosa = enter(call, "Rosa")
    request = accept(token, rosa)
    assert "Rosa" not in names(team)
    services.accept_request(request_in(team.code, request.code), lead, NOON)
    assert "Rosa" in names(team)


def test_a_new_link_ends_the_one_before(call, team, lead):
    old = services.make_link(team, lead, NOON)
    new = services.make_link(fresh(team), lead, NOON)
    rosa = enter(call)
    assert refusal(accept, old, rosa) is Reason.INVITATION_GONE
    accept(new, rosa)


def test_a_link_is_withdrawn_lapses_and_is_nobodys_to_decline(call, team, lead):
    token, rosa = services.make_link(team, lead, NOON), enter(call)
    invitation = invitation_by_token(token)
    assert refusal(services.decline, invitation, given.acting(rosa), NOON) is Reason.INVITATION_GONE
    assert refusal(accept, token, rosa, NOON + WEEK) is Reason.INVITATION_GONE
    services.revoke(invitation_by_token(token), lead, NOON)
    assert refusal(accept, token, rosa) is Reason.INVITATION_GONE


def test_whoever_was_taken_out_does_not_come_back_by_the_link(call, team, lead):
    token, tomas = services.make_link(team, lead, NOON), enter(call)
    accept(token, tomas)
    member = next(each for each in fresh(team).members if each.account_id == tomas.id)
    services.remove(fresh(team), member, lead, NOON)
    assert refusal(accept, token, tomas) is Reason.INVITATION_GONE


def test_an_invitation_does_not_outlive_the_time_to_form_teams(call, team, lead):
    rosa = enter(call)
    services.invite(team, rosa.email, lead, NOON + timedelta(days=9))
    (token,) = tokens()
    assert refusal(accept, token, rosa, NOON + timedelta(days=10)) is Reason.TEAM_CLOSED


def test_members_and_full_teams_invite_nobody_anew(call, team, lead):
    rosa = enter(call)
    join(team, rosa)
    assert refusal(services.invite, fresh(team), rosa.email, lead, NOON) is Reason.MEMBER_ALREADY
    for _ in range(2):
        join(team, enter(call))
    assert refusal(services.invite, fresh(team), "otra@example.org", lead, NOON) is Reason.TEAM_FULL


def test_a_team_does_not_write_to_the_whole_country(call, team, lead):
    for number in range(30):
        services.invite(fresh(team), f"x{number}@example.org", lead, NOON)
    assert refusal(services.invite, fresh(team), "y@example.org", lead, NOON) is Reason.TOO_MANY_INVITATIONS


def test_a_person_who_looks_is_invited_without_showing_the_address(call, team, lead):
    rosa = given.an_account("Rosa")
    own = given.registered(call, rosa)
    assert (
        refusal(services.invite_person, team, person_looking(call.id, own.code), lead, NOON)
        is Reason.NOT_LOOKING
    )
    own.is_looking = True
    db.session.flush()
    sent = services.invite_person(fresh(team), person_looking(call.id, own.code), lead, NOON)
    assert sent.invitee_id == rosa.id
    (token,) = tokens()
    accept(token, rosa)
    assert db.session.scalars(people_looking(call)).all() == []


def test_a_person_of_another_call_is_not_invited_from_its_list(call, team, lead):
    elsewhere = given.registered(a_call())
    elsewhere.is_looking = True
    db.session.flush()
    found = person_looking(elsewhere.call_id, elsewhere.code)
    assert refusal(services.invite_person, team, found, lead, NOON) is Reason.OTHER_CALL


def test_the_letter_speaks_the_language_of_its_reader(call, team, lead):
    given.an_account(email="rosa@example.org", language="en")
    services.invite(team, "rosa@example.org", lead, NOON)
    services.invite(fresh(team), "nadie@example.org", lead, NOON)
    languages = dict(db.session.execute(select(Mail.to, Mail.language)).tuples().all())
    assert languages == {"rosa@example.org": "en", "nadie@example.org": "es"}
