"""What people may do with teams, and what each of these leaves behind."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import builders as given
from tests.teams.world import a_call, enter, fresh, join, names, start
from thinkia.db import db
from thinkia.domain.bases import TeamRules
from thinkia.domain.lifecycle import RequestState
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.outside.mail import Mail
from thinkia.policy.actor import MemberRole
from thinkia.registration import services as registration
from thinkia.registration.queries import own_registration_in
from thinkia.teams import services
from thinkia.teams.models import JoinRequest, Team
from thinkia.teams.queries import request_in, team_by_code

NOON = given.NOON


def refusal(act, *arguments, **options):
    with pytest.raises(Refused) as refused:
        act(*arguments, **options)
    return refused.value.reason


def role(team, account):
    return next(each.role for each in fresh(team).members if each.account_id == account.id)


def letters_to(account):
    return [
        mail.template.split("/")[-1]
        for mail in db.session.scalars(select(Mail).order_by(Mail.id))
        if mail.to == account.email
    ]


def journal_of(team):
    ref = f"team:{team.code}"
    lines = db.session.scalars(select(Entry).where(Entry.object_ref == ref).order_by(Entry.seq))
    return [line.action for line in lines]


@pytest.fixture
def call(app):
    return a_call()


@pytest.fixture
def team(call):
    return start(call)[0]


@pytest.fixture
def nina(team):
    return next(member.account for member in team.members)


def test_who_starts_a_team_represents_it(team, nina):
    assert [member.role for member in team.members] == [MemberRole.REPRESENTATIVE]
    assert team.members[0].account_id == nina.id
    assert journal_of(team) == ["team.created"]


@pytest.mark.parametrize("name", ["yaku wasi", "YAKÚ  WASI", "Yaku\u200bWasi", "Ｙaku Wasi", "Yаku Wаsi"])
def test_a_name_is_taken_whatever_the_case_the_accents_and_the_alphabet(call, team, name):
    other = given.acting(enter(call))
    assert refusal(services.create, call, name, other, NOON) is Reason.NAME_TAKEN


def test_a_name_is_free_in_another_call(team):
    other = a_call()
    again, _ = start(other, team.name)
    assert again.name == team.name


def test_a_name_that_unfolds_to_more_than_fits_is_still_one_name(call):
    endless = "\ufdfa" * 80  # one sign, eighteen letters once unfolded
    start(call, endless)
    assert refusal(services.create, call, endless, given.acting(enter(call)), NOON) is Reason.NAME_TAKEN


def test_whoever_is_not_registered_starts_nothing(call):
    stranger = given.acting(given.an_account())
    assert refusal(services.create, call, "Nueva", stranger, NOON) is Reason.NOT_REGISTERED


def test_one_person_starts_one_team(call, team, nina):
    assert refusal(services.create, call, "Otra", given.acting(nina), NOON) is Reason.ALREADY_IN_TEAM


def test_where_the_bases_allow_it_one_person_is_in_several_teams(app):
    call = a_call(team=TeamRules(max=4, one_team_per_person=False))
    one, nina = start(call, "Una")
    two, _ = start(call, "Dos", who=nina)
    assert names(one) == names(two)
    assert refusal(join, one, nina) is Reason.ALREADY_IN_TEAM


def test_a_person_of_another_call_does_not_fit(team):
    stranger = enter(a_call())
    assert refusal(join, team, stranger) is Reason.NOT_REGISTERED


def test_a_full_team_takes_nobody(call, team):
    for _ in range(3):
        join(team, enter(call))
    assert refusal(join, team, enter(call)) is Reason.TEAM_FULL


def test_nobody_joins_when_the_time_to_form_teams_is_over(call, team):
    late = NOON + timedelta(days=10)
    assert refusal(join, team, enter(call), late) is Reason.TEAM_CLOSED


def test_unless_the_bases_allow_changes_after_it(app):
    call = a_call(team=TeamRules(max=4, changes_after_close=True))
    team, _ = start(call)
    join(team, enter(call, "Tomás"), NOON + timedelta(days=11))
    assert "Tomás" in names(team)


def test_a_member_leaves_and_the_representative_is_told(call, team, nina):
    tomas = enter(call, "Tomás")
    join(team, tomas)
    services.leave(fresh(team), given.acting(tomas), NOON)
    assert names(team) == [nina.name]
    assert letters_to(nina) == ["left.txt"]


def test_who_represents_others_hands_over_before_leaving(call, team, nina):
    join(team, enter(call))
    assert refusal(services.leave, fresh(team), given.acting(nina), NOON) is Reason.HAND_OVER_FIRST


def test_the_last_one_ends_the_team_and_its_name_is_free(call, team, nina):
    services.leave(team, given.acting(nina), NOON)
    assert db.session.scalar(select(Team)) is None
    assert journal_of(team) == ["team.created", "team.ended"]
    assert start(call, "Yaku Wasi")[0].code != team.code


def test_a_draft_ends_with_its_team(call, team, nina):
    given.a_submission(team, call)
    services.leave(team, given.acting(nina), NOON)
    assert db.session.scalar(select(Team)) is None


def test_a_team_that_handed_in_does_not_end(call, team, nina):
    given.submitted(team, call)
    assert refusal(services.leave, team, given.acting(nina), NOON) is Reason.HAS_SUBMITTED
    assert names(team) == [nina.name]


def test_a_team_that_ended_meanwhile_takes_no_changes(call, team, nina):
    tomas = enter(call)
    services.leave(team, given.acting(nina), NOON)
    assert refusal(join, team, tomas) is Reason.TEAM_CLOSED


def test_the_representative_takes_a_member_out_who_is_told(call, team, nina):
    tomas = enter(call, "Tomás")
    member = join(team, tomas)
    services.remove(fresh(team), member, given.acting(nina), NOON)
    assert names(team) == [nina.name]
    assert letters_to(tomas) == ["removed.txt"]
    assert refusal(services.remove, fresh(team), member, given.acting(nina), NOON) is Reason.NOT_A_MEMBER


def test_nobody_takes_the_representative_out(call, team, nina):
    member = team.members[0]
    assert refusal(services.remove, team, member, given.acting(nina), NOON) is Reason.HAND_OVER_FIRST


def test_the_representation_changes_hands_when_the_other_accepts(call, team, nina):
    tomas = enter(call, "Tomás")
    services.offer_representation(fresh(team), join(team, tomas), given.acting(nina), NOON)
    assert (role(team, nina), role(team, tomas)) == (MemberRole.REPRESENTATIVE, MemberRole.MEMBER)
    assert letters_to(tomas) == ["representation_offered.txt"]
    services.take_over(fresh(team), given.acting(tomas), NOON)
    assert (role(team, nina), role(team, tomas)) == (MemberRole.MEMBER, MemberRole.REPRESENTATIVE)
    assert letters_to(nina) == ["handed_over.txt"]
    services.leave(fresh(team), given.acting(nina), NOON)
    assert names(team) == ["Tomás"]


def test_nobody_takes_over_what_was_not_offered_or_was_taken_back(call, team, nina):
    tomas, rosa = enter(call), enter(call)
    member = join(team, tomas)
    join(team, rosa)
    assert refusal(services.take_over, fresh(team), given.acting(tomas), NOON) is Reason.OFFER_GONE
    services.offer_representation(fresh(team), member, given.acting(nina), NOON)
    assert refusal(services.take_over, fresh(team), given.acting(rosa), NOON) is Reason.OFFER_GONE
    assert refusal(services.drop_offer, fresh(team), given.acting(rosa), NOON) is Reason.OFFER_GONE
    services.drop_offer(fresh(team), given.acting(nina), NOON)
    assert refusal(services.take_over, fresh(team), given.acting(tomas), NOON) is Reason.OFFER_GONE


def test_an_offer_ends_when_the_person_leaves(call, team, nina):
    tomas = enter(call)
    services.offer_representation(fresh(team), join(team, tomas), given.acting(nina), NOON)
    services.leave(fresh(team), given.acting(tomas), NOON)
    join(team, tomas)
    assert refusal(services.take_over, fresh(team), given.acting(tomas), NOON) is Reason.OFFER_GONE


def test_a_team_changes_its_name_but_not_to_anothers(call, team, nina):
    start(call, "Mapa Vivo")
    said = {"about": "Agua para el barrio", "is_looking": True}
    assert refusal(services.edit, team, "MAPA VIVO", given.acting(nina), NOON, **said) is Reason.NAME_TAKEN
    services.edit(fresh(team), "yaku WASI", given.acting(nina), NOON, **said)
    assert (fresh(team).name, fresh(team).is_looking) == ("yaku WASI", True)


def test_a_request_waits_for_the_representative(call, team, nina):
    tomas = enter(call, "Tomás")
    request = services.ask(team, "Sé de mapas.", given.acting(tomas), NOON)
    assert names(team) == [nina.name]
    assert letters_to(nina) == ["request_received.txt"]
    services.accept_request(request_in(team.code, request.code), given.acting(nina), NOON)
    assert names(team) == [nina.name, "Tomás"]
    assert letters_to(tomas) == ["request_accepted.txt"]


def test_asking_twice_changes_the_message_and_writes_one_letter(call, team, nina):
    tomas = given.acting(enter(call))
    first = services.ask(team, "Hola", tomas, NOON)
    second = services.ask(fresh(team), "Sé de mapas", tomas, NOON)
    assert (first.id, second.message) == (second.id, "Sé de mapas")
    assert letters_to(nina) == ["request_received.txt"]


def test_a_request_that_was_declined_or_withdrawn_lets_nobody_in(call, team, nina):
    tomas = enter(call)
    request = services.ask(team, "Hola", given.acting(tomas), NOON)
    services.decline_request(request_in(team.code, request.code), given.acting(nina), NOON)
    again = request_in(team.code, request.code)
    assert refusal(services.accept_request, again, given.acting(nina), NOON) is Reason.REQUEST_GONE
    assert letters_to(tomas) == ["request_declined.txt"]
    second = services.ask(fresh(team), "Otra vez", given.acting(tomas), NOON)
    services.withdraw_request(request_in(team.code, second.code), given.acting(tomas), NOON)
    again = request_in(team.code, second.code)
    assert refusal(services.accept_request, again, given.acting(nina), NOON) is Reason.REQUEST_GONE


def test_who_joins_one_team_stops_asking_the_others_of_that_call(call, team, nina):
    tomas = enter(call)
    services.ask(team, "Hola", given.acting(tomas), NOON)
    other, _ = start(call, "Mapa Vivo")
    elsewhere, _ = start(a_call(), "Tercero")
    given.registered(elsewhere.call, tomas)
    services.ask(elsewhere, "Hola", given.acting(tomas), NOON)
    join(other, tomas)
    db.session.expire_all()
    states = {each.team_id: each.state for each in db.session.scalars(select(JoinRequest))}
    assert states == {team.id: RequestState.WITHDRAWN, elsewhere.id: RequestState.OPEN}


def test_who_is_in_a_team_or_finds_it_full_asks_nothing(call, team, nina):
    assert refusal(services.ask, team, "Yo", given.acting(nina), NOON) is Reason.ALREADY_IN_TEAM
    for _ in range(3):
        join(team, enter(call))
    assert refusal(services.ask, fresh(team), "Yo", given.acting(enter(call)), NOON) is Reason.TEAM_FULL


def test_who_withdrew_from_the_call_is_not_let_in(call, team, nina):
    tomas = enter(call)
    request = services.ask(team, "Hola", given.acting(tomas), NOON)
    registration.withdraw(own_registration_in(call.code, given.acting(tomas)), given.acting(tomas), NOON)
    again = request_in(team.code, request.code)
    assert refusal(services.accept_request, again, given.acting(nina), NOON) is Reason.NOT_REGISTERED


def test_a_member_of_a_team_leaves_it_before_withdrawing_from_the_call(call, team, nina):
    actor = given.acting(nina)
    own = own_registration_in(call.code, actor)
    assert refusal(registration.withdraw, own, actor, NOON) is Reason.STILL_IN_TEAM
    services.leave(team_by_code(team.code), actor, NOON)
    registration.withdraw(own_registration_in(call.code, actor), actor, NOON)
    assert own_registration_in(call.code, actor) is None


def test_the_journal_tells_everything_and_names_nobody(call, team, nina):
    tomas = enter(call, "Tomás Vélez")
    member = join(team, tomas)
    services.ask(team, "Sé de mapas", given.acting(enter(call, "Rosa")), NOON)
    services.remove(fresh(team), member, given.acting(nina), NOON)
    bodies = [json.loads(line.body) for line in db.session.scalars(select(Entry).order_by(Entry.seq))]
    told = json.dumps(bodies, ensure_ascii=False)
    assert journal_of(team) == ["team.created", "team.asked", "team.removed"]
    for secret in (nina.name, "Tomás", "Rosa", "mapas", "@example.org", team.name):
        assert secret not in told
