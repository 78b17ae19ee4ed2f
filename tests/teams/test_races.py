"""The last place, and one team a person, when many act at once. Each with the fault that the guard prevents."""

import time
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from tests import builders as given
from tests.teams.world import a_call, all_at_once, call_again, enter, fresh, start, tokens
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import TeamRules
from thinkia.domain.reasons import Reason, Refused
from thinkia.registration import services as registration
from thinkia.registration.queries import entry_of, own_registration_in
from thinkia.teams import services
from thinkia.teams.models import Member
from thinkia.teams.queries import invitation_by_token, request_in, size_of, team_by_code

pytestmark = pytest.mark.database("postgresql")
MANY = 20


def reasons(outcomes):
    """Why those who did not get through did not; anything but a refusal is a fault."""
    faults = [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, Refused)]
    assert faults == []
    return [each.reason for each in outcomes if isinstance(each, Refused)]


def without_guard(code, account_id, *, slot=0):
    """What joining would be without the lock: look, find a place, take it."""
    with transaction():
        team = team_by_code(code)
        if size_of(team) >= team.call.bases.team.max:
            raise Refused(Reason.TEAM_FULL)
        time.sleep(0.2)
        registration = entry_of(team.call_id, account_id)
        db.session.add(
            Member(
                team_id=team.id,
                call_id=team.call_id,
                account_id=account_id,
                registration_id=registration.id,
                slot=slot,
                joined_at=given.NOON,
            )
        )


def with_guard(token, actor):
    services.accept(invitation_by_token(token), actor, given.NOON)


@pytest.fixture
def crowd(committed_app):
    """A team with one place left, and twenty people with an invitation each."""
    with transaction():
        call = a_call(team=TeamRules(min=1, max=2))
        team, representative = start(call)
        people = [enter(call) for _ in range(MANY)]
        for each in people:
            services.invite(team, each.email, given.acting(representative), given.NOON)
        actors = [given.acting(each) for each in people]
        secrets = tokens()
    db.session.remove()
    return team.code, secrets, actors


def test_the_last_place_is_given_once(committed_app, crowd):
    code, secrets, actors = crowd
    acts = [partial(with_guard, token, actor) for token, actor in zip(secrets, actors, strict=True)]
    assert reasons(all_at_once(committed_app, acts)) == [Reason.TEAM_FULL] * (MANY - 1)
    assert len(team_by_code(code).members) == 2


def test_without_the_guard_the_last_place_would_be_given_many_times(committed_app, crowd):
    code, _, actors = crowd
    acts = [partial(without_guard, code, each.account_id) for each in actors]
    reasons(all_at_once(committed_app, acts))
    assert len(team_by_code(code).members) > 2


def test_a_link_in_a_crowd_gives_the_last_place_once(committed_app, crowd):
    code, _, actors = crowd
    with transaction():
        team = team_by_code(code)
        lead = given.acting(team.members[0].account)
        token = services.make_link(team, lead, given.NOON)
    db.session.remove()
    refused = reasons(all_at_once(committed_app, [partial(with_guard, token, each) for each in actors]))
    assert refused == [Reason.TEAM_FULL] * (MANY - 1)


@pytest.fixture
def wanted(committed_app):
    """One person, and twenty teams each of which would take her."""
    with transaction():
        call = a_call(team=TeamRules(min=1, max=5))
        teams, links = [], []
        for number in range(MANY):
            team, representative = start(call, f"Team {number}")
            teams.append(team.code)
            links.append(services.make_link(team, given.acting(representative), given.NOON))
        actor = given.acting(enter(call, "Nina"))
    db.session.remove()
    return teams, links, actor


def places_of(actor):
    return db.session.scalar(select(func.count(Member.id)).where(Member.account_id == actor.account_id))


def test_a_person_who_joins_twenty_teams_at_once_is_in_one(committed_app, wanted):
    _, links, actor = wanted
    acts = [partial(with_guard, token, actor) for token in links]
    refused = reasons(all_at_once(committed_app, acts))
    assert refused == [Reason.ALREADY_IN_TEAM] * (MANY - 1)
    assert places_of(actor) == 1


def test_without_the_constraint_that_person_would_be_in_many(committed_app, wanted):
    teams, _, actor = wanted
    ids = [team_by_code(code).id for code in teams]
    db.session.remove()
    acts = [
        partial(without_guard, code, actor.account_id, slot=team_id)
        for code, team_id in zip(teams, ids, strict=True)
    ]
    reasons(all_at_once(committed_app, acts))
    assert places_of(actor) == MANY


def test_one_double_click_makes_one_team(committed_app):
    with transaction():
        call = a_call()
        actor = given.acting(enter(call))
    db.session.remove()

    def create():
        return services.create(call_again(call), "Yaku Wasi", actor, given.NOON).code

    codes = all_at_once(committed_app, [create] * 5)
    assert reasons(codes) == []
    assert len(set(codes)) == 1


def test_two_people_who_choose_one_name_at_once_get_one_team_of_it(committed_app):
    with transaction():
        call = a_call()
        actors = [given.acting(enter(call)) for _ in range(5)]
    db.session.remove()

    def create(actor):
        return services.create(call_again(call), "Yaku Wasi", actor, given.NOON)

    outcomes = all_at_once(committed_app, [partial(create, each) for each in actors])
    assert reasons(outcomes) == [Reason.NAME_TAKEN] * 4


def test_an_accepted_request_and_a_link_at_once_make_one_member(committed_app):
    """The representative lets Nina in while Nina accepts another team's link."""
    with transaction():
        call = a_call(team=TeamRules(min=1, max=5))
        one, first = start(call, "One")
        other, second = start(call, "Other")
        nina = given.acting(enter(call, "Nina"))
        request = services.ask(one, "", nina, given.NOON)
        token = services.make_link(other, given.acting(second), given.NOON)
        leads = given.acting(first)
    codes = one.code, request.code
    db.session.remove()

    def let_in():
        services.accept_request(request_in(*codes), leads, given.NOON)

    refused = reasons(all_at_once(committed_app, [let_in, partial(with_guard, token, nina)]))
    assert refused in ([Reason.ALREADY_IN_TEAM], [Reason.REQUEST_GONE])
    assert places_of(nina) == 1


def test_who_withdraws_from_the_call_while_joining_is_in_or_out_and_never_both(committed_app):
    with transaction():
        call = a_call(team=TeamRules(min=1, max=5))
        team, representative = start(call)
        nina = given.acting(enter(call, "Nina"))
        token = services.make_link(team, given.acting(representative), given.NOON)
    db.session.remove()

    def withdraw():
        registration.withdraw(own_registration_in(call.code, nina), nina, given.NOON + timedelta(seconds=1))

    refused = reasons(all_at_once(committed_app, [withdraw, partial(with_guard, token, nina)]))
    assert len(refused) == 1
    is_in = "Nina" in [member.account.name for member in fresh(team).members]
    assert refused == [Reason.STILL_IN_TEAM if is_in else Reason.NOT_REGISTERED]
