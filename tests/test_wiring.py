"""The wiring, seen from the door."""

from tests import builders as given
from tests.builders import NOON
from thinkia.accounts.queries import signed_in_by_token
from thinkia.calls.queries import call_by_code, open_calls
from thinkia.db import db
from thinkia.journal.models import Entry
from thinkia.policy import Action, TieKind, allowed
from thinkia.policy.actor import StaffRole


def test_an_actor_knows_its_hosts_calls_teams_and_juries(app):
    host = given.a_host()
    organiser = given.an_organiser(host, StaffRole.OWNER)
    call = given.a_call(host=host, organiser=organiser)
    member, juror = given.an_account(), given.an_account()
    team = given.a_team(call, member)
    given.a_juror(call, account=juror)

    assert given.acting(organiser).role(TieKind.STAFF, host.id) == "owner"
    assert given.acting(member).role(TieKind.MEMBER, team.id) == "representative"
    assert given.acting(member).places(TieKind.REGISTERED) == {call.id}
    assert given.acting(juror).role(TieKind.JUROR, call.id) == "member"


def test_a_draft_is_known_to_its_host_alone(app):
    host = given.a_host()
    organiser, stranger = given.an_organiser(host), given.an_organiser(given.a_host())
    draft = given.a_draft_call(host=host, organiser=organiser)

    assert allowed(Action.CALL_SEE, given.acting(organiser), draft, NOON)
    assert not allowed(Action.CALL_SEE, given.acting(stranger), draft, NOON)


def test_an_open_call_is_listed_and_its_publication_is_in_the_journal(app):
    call = given.a_call()
    db.session.expire_all()

    assert db.session.scalars(open_calls(NOON)).all() == [call_by_code(call.code)]
    actions = [entry.action for entry in db.session.query(Entry).order_by(Entry.seq)]
    assert actions == ["call.created", "call.published"]


def test_an_unknown_token_is_nobody(app):
    assert signed_in_by_token("nothing") is None
