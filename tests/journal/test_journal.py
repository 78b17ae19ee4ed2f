"""The journal: canonical, pseudonymous, only ever added to."""

import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests import builders as given
from tests.builders import NOON
from tests.queries import count_queries
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.journal.services import record


def test_a_line_says_who_did_what_under_a_pseudonym(app):
    call, account = given.a_call(), given.an_account("Ñusta Quilla")
    entry = record(
        "team.created", "team:ABC", actor=given.acting(account), now=NOON, call_id=call.id, data={"size": 3}
    )
    db.session.flush()

    body = json.loads(entry.body)
    assert body == {
        "action": "team.created",
        "actor": entry.actor_ref,
        "at": "2026-03-02T17:00:00.000000+00:00",
        "data": {"size": 3},
        "object": "team:ABC",
    }
    assert entry.actor_ref.startswith("p-")
    assert account.name not in entry.body
    assert account.email not in entry.body


def test_a_person_s_pseudonym_is_looked_up_once_however_many_lines_are_written(app):
    call, one, other = given.a_call(), given.an_account(), given.an_account()
    actors = [given.acting(one), given.acting(other)]
    lines = [("x", "y", actor) for actor in actors for _ in range(20)]
    with transaction():
        for action, about, actor in lines[::20]:
            record(action, about, actor=actor, now=NOON, call_id=call.id)
    db.session.expunge_all()
    with count_queries() as queries, transaction():
        entries = [
            record(action, about, actor=actor, now=NOON, call_id=call.id) for action, about, actor in lines
        ]
    assert len([each for each in queries if "FROM pseudonym" in each]) == 2, queries
    assert len({entry.actor_ref for entry in entries}) == 2


def test_a_person_has_one_pseudonym_in_a_call_and_another_in_the_next(app):
    account = given.an_account()
    calls = given.a_call(), given.a_call()
    refs = [
        record("x", "y", actor=given.acting(account), now=NOON, call_id=call.id).actor_ref
        for call in (*calls, calls[0])
    ]

    assert refs[0] == refs[2] != refs[1]


@pytest.mark.parametrize("change", ["UPDATE journal SET action = 'other'", "DELETE FROM journal"])
def test_nothing_in_it_can_be_changed_or_deleted(app, change):
    record("x", "y", actor=given.acting(given.an_account()), now=NOON)
    db.session.flush()

    with pytest.raises(DBAPIError, match="only ever added to"), db.session.begin_nested():
        db.session.execute(text(change))
