"""Two who press "Enviar", twenty who do, two who begin: one receipt, one draft. With the fault unguarded."""

from functools import partial

import pytest
from sqlalchemy import func, select

from tests.builders import NOON
from tests.submissions.world import a_call, a_draft, a_team, actor_of, all_at_once, answer, filled, question
from thinkia.calls.models import Challenge
from thinkia.calls.queries import challenges_of
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.reasons import Reason, Refused
from thinkia.outside.mail import Mail
from thinkia.submissions import services
from thinkia.submissions.models import Attempt, Receipt, Seen
from thinkia.submissions.queries import submission_by_code, submissions_of_team
from thinkia.submissions.services import handing_in
from thinkia.teams.queries import team_by_code

pytestmark = pytest.mark.database("postgresql")
MANY = 20


def how_many(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def ready(committed_app):
    """A whole draft of a team of two, and its people."""
    with transaction():
        draft = filled(a_draft())
        people = [actor_of(draft.team, 0), actor_of(draft.team, 1)]
    code = draft.code
    db.session.remove()
    return code, people


def press(code, actor):
    return services.submit(submission_by_code(code), actor, NOON).receipt.number


def test_f24_twenty_who_hand_in_at_once_get_one_receipt(committed_app, ready):
    code, people = ready
    numbers = all_at_once(committed_app, [partial(press, code, people[n % 2]) for n in range(MANY)])
    assert [each for each in numbers if isinstance(each, Exception)] == []
    assert len(set(numbers)) == 1
    assert (how_many(Receipt), how_many(Attempt), how_many(Mail)) == (1, MANY, 2)


def test_without_the_lock_some_of_the_twenty_would_fail(committed_app, ready, monkeypatch):
    code, people = ready
    monkeypatch.setattr(handing_in, "lock", lambda row, *_options: row)
    numbers = all_at_once(committed_app, [partial(press, code, people[n % 2]) for n in range(MANY)])
    assert any(isinstance(each, Exception) for each in numbers)


def test_one_double_click_begins_one_draft(committed_app):
    with transaction():
        call = a_call()
        team, _ = a_team(call)
        actor = actor_of(team)
        challenge_id = challenges_of(call)[0].id
    team_code = team.code
    db.session.remove()

    def begin(title):
        found = team_by_code(team_code)
        challenge = db.session.get_one(Challenge, challenge_id)
        return services.start(found, challenge, title, actor, NOON).code

    codes = all_at_once(committed_app, [partial(begin, "Agua")] * 5)
    assert len(set(codes)) == 1
    others = all_at_once(committed_app, [partial(begin, f"Otra {n}") for n in range(5)])
    assert [each.reason for each in others if isinstance(each, Refused)] == [Reason.CHALLENGE_TAKEN] * 5
    assert len(submissions_of_team(team_by_code(team_code))) == 1


def test_of_twenty_who_save_from_one_version_one_wins_and_nothing_is_overwritten(committed_app, ready):
    code, people = ready

    def save(number):
        submission = submission_by_code(code)
        seen = Seen(1, 0, f"page{number}")
        asked = question(submission, "resumen")
        return services.save(submission, asked, f"Texto {number}", people[number % 2], NOON, seen=seen).value

    outcomes = all_at_once(committed_app, [partial(save, number) for number in range(MANY)])
    refused = [each.reason for each in outcomes if isinstance(each, Refused)]
    assert refused == [Reason.ANSWER_CHANGED_ELSEWHERE] * (MANY - 1)
    (won,) = [each for each in outcomes if isinstance(each, str)]
    assert submission_by_code(code).values["resumen"] == won


def test_handing_in_while_somebody_saves_hands_in_one_of_both_whole(committed_app, ready):
    code, people = ready

    def save():
        answer(submission_by_code(code), "resumen", "Cambiado", place=1)

    outcomes = all_at_once(committed_app, [save, partial(press, code, people[0])] * 3)
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    submission = submission_by_code(code)
    assert submission.receipt.handed_in["answers"]["resumen"] in {
        "Cambiado",
        "Un mapa de fugas que hace el barrio.",
    }
