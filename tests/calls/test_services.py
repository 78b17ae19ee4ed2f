"""What people do with a call: drafts, versions, what the lists are told, cancelling."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from tests import builders as given
from tests.builders import DAY, NOON, both
from thinkia.calls import hooks, services
from thinkia.calls.call_file import CallFileErrors
from thinkia.calls.models import Call, CallWindow
from thinkia.calls.queries import (
    call_by_code,
    challenges_of,
    draft_version,
    published_versions,
    version_to_edit,
)
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import Challenge, Round, Window
from thinkia.domain.lifecycle import CallState
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.rounds import Advance
from thinkia.journal.models import Entry
from thinkia.organisations.queries import host_by_code
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask, run_task


@pytest.fixture
def host(app):
    return given.a_host()


@pytest.fixture
def ana(host):
    return given.an_organiser(host)


@pytest.fixture
def actor(ana):
    return given.acting(ana)


@pytest.fixture
def draft(host, ana):
    return given.a_draft_call(given.some_bases("rios"), host=host, organiser=ana)


@pytest.fixture
def call(host, ana):
    return given.a_call(given.some_bases("rios"), host=host, organiser=ana)


def refusal(action, *arguments, **options):
    """Why it was refused. The call is loaded again, because what is rolled back is forgotten."""
    with pytest.raises(Refused) as refused:
        action(*arguments, **options)
    call_by_code("rios")
    return refused.value.reason


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(draft, actor):
    seen = draft.version.sha256
    mine = replace(draft.bases, title=both("Mío"))
    services.save_draft(draft, replace(draft.bases, title=both("Suyo")), actor, NOON, seen=seen)

    assert refusal(services.save_draft, draft, mine, actor, NOON, seen=seen) == Reason.STALE_DRAFT
    assert draft_version(draft).content.count("Suyo") > 0
    services.save_draft(draft, mine, actor, NOON, seen=draft_version(draft).sha256)
    assert call_by_code("rios").bases.title.es == "Mío"


def test_the_code_never_changes(draft, actor):
    other = replace(draft.bases, code="lagos")
    assert refusal(services.save_draft, draft, other, actor, NOON) == Reason.CODE_FIXED


def test_a_code_is_taken_once_over_all_hosts(draft, actor, host):
    assert refusal(services.create_call, draft.bases, host, actor, NOON) == Reason.CODE_TAKEN


def test_a_published_call_stays_as_it_is_while_a_change_is_prepared(call, actor):
    changed = replace(call.bases, title=both("Otro"))
    services.save_draft(call, changed, actor, NOON)

    assert call_by_code("rios").bases.title.es == "Ríos vivos"
    assert version_to_edit(call).number == 2
    services.discard_change(call, actor, NOON)
    assert draft_version(call) is None
    assert refusal(services.discard_change, call, actor, NOON) == Reason.NOTHING_CHANGED


def test_saving_what_is_in_force_prepares_nothing(call, actor):
    services.save_draft(call, call.bases, actor, NOON)
    assert draft_version(call) is None


def test_a_change_needs_a_reason_and_something_that_changed(call, actor):
    assert refusal(services.publish, call, actor, NOON, reason="x") == Reason.NOTHING_CHANGED
    services.save_draft(call, replace(call.bases, title=both("Otro")), actor, NOON)
    assert refusal(services.publish, call, actor, NOON, reason="  ") == Reason.REASON_NEEDED
    seen = draft_version(call).sha256
    services.save_draft(call, replace(call.bases, title=both("Tercero")), actor, NOON)
    assert refusal(services.publish, call, actor, NOON, reason="x", seen=seen) == Reason.STALE_DRAFT

    services.publish(call, actor, NOON, reason="Se corrige el título.")
    assert [version.number for version in published_versions(call)] == [2, 1]
    actions = [entry.action for entry in db.session.query(Entry).order_by(Entry.seq)]
    assert actions[-1] == "call.published"


def test_bases_that_contradict_publishing_are_refused_whole(draft, actor):
    services.save_draft(draft, replace(draft.bases, challenges=(), questions=()), actor, NOON)
    with pytest.raises(CallFileErrors) as refused:
        services.publish(draft, actor, NOON)
    assert len(refused.value.errors) == 2
    assert call_by_code("rios").state == CallState.DRAFT


def test_lists_learn_the_windows_and_challenges_of_the_version_in_force(call, actor):
    closes = call.calendar.submission.closes
    later = replace(
        call.calendar, submission=Window(call.calendar.submission.opens, closes + timedelta(hours=5))
    )
    challenges = (Challenge("aire", both("Aire")),)
    services.save_draft(call, replace(call.bases, calendar=later, challenges=challenges), actor, NOON)

    def window():
        return db.session.query(CallWindow).filter_by(call_id=call.id, kind="submission").one().closes

    assert window() == closes
    services.publish(call, actor, NOON, reason="Cinco horas más y otro reto.")
    db.session.expire_all()
    assert window() == closes + timedelta(hours=5)
    assert [(one.code, one.is_open) for one in challenges_of(call)] == [("agua", False), ("aire", True)]


@pytest.fixture
def listening(monkeypatch):
    """What features above would hear, with an audience of two."""
    heard = []
    monkeypatch.setattr(hooks, "_changes", [heard.append])
    monkeypatch.setattr(hooks, "_cancellations", [heard.append])
    readers = [hooks.Reader(1, "ana@example.org", "es"), hooks.Reader(2, "ben@example.org", "en")]
    monkeypatch.setattr(hooks, "_audiences", [lambda call: readers, lambda call: readers[:1]])
    return heard


def run_everything():
    for each in db.session.query(OutboxTask).filter(OutboxTask.task.startswith("calls.")).all():
        assert run_task(each.id, lambda: NOON + DAY), db.session.get(OutboxTask, each.id).last_error


def letters():
    return [(mail.to, mail.subject, mail.text) for mail in db.session.query(Mail).order_by(Mail.to)]


def test_who_takes_part_is_told_once_that_dates_moved(call, actor, listening):
    longer = replace(
        call.calendar, submission=Window(call.calendar.submission.opens, NOON + timedelta(hours=251))
    )
    services.save_draft(call, replace(call.bases, calendar=longer), actor, NOON)
    services.publish(call, actor, NOON, reason="Falló el portal.")
    run_everything()
    services.tell_change(
        published_versions(call)[0], published_versions(call)[1], [*hooks.readers(call)], NOON
    )

    (ana, spanish, text), (ben, english, other) = letters()
    assert (ana, ben) == ("ana@example.org", "ben@example.org")
    assert spanish == "Ríos vivos: las fechas cambiaron"
    assert english == "Living rivers: the dates have changed"
    assert "Falló el portal." in text
    assert "/calls/rios" in text
    assert "Submission closes: Thursday 12 March 2026, 23:00" in other
    assert "It was: Thursday 12 March 2026, 12:00" in other
    assert "Evaluation" not in other
    assert [type(one) for one in listening] == [hooks.Change]


def test_who_takes_part_is_told_that_the_dates_of_a_round_moved(call, actor, listening):
    opens = call.calendar.evaluation.opens

    def publish(days):
        last = Round("final", both("Final"), evaluation=Window(opens, opens + days * DAY))
        two = (Round("local", both("Local"), advance=Advance(top=2)), last)
        services.save_draft(call, replace(call.announced, rounds=two), actor, NOON)
        return services.publish(call, actor, NOON, reason="Falta tiempo.")

    publish(1)
    run_everything()
    db.session.query(Mail).delete()
    db.session.query(OutboxTask).delete()
    publish(2)
    run_everything()
    (_, (_, _, text)) = letters()
    moved = [line for line in text.splitlines() if "It was" in line]
    assert len(moved) == 1
    assert "Final ends:" in moved[0]


def test_a_change_that_moves_no_date_sends_nothing(call, actor, listening):
    services.save_draft(call, replace(call.bases, title=both("Otro")), actor, NOON)
    services.publish(call, actor, NOON, reason="Se corrige el título.")
    run_everything()
    assert letters() == []
    assert len(listening) == 1


def test_a_cancelled_call_stays_public_with_its_reason_and_people_are_told(call, actor, listening):
    assert refusal(services.cancel, call, " ", actor, NOON) == Reason.REASON_NEEDED
    services.cancel(call, "No hay presupuesto.", actor, NOON)
    run_everything()

    assert (call.state, call.cancelled_reason) == (CallState.CANCELLED, "No hay presupuesto.")
    assert [subject for _, subject, _ in letters()] == [
        "Ríos vivos: la convocatoria se canceló",
        "Living rivers: the call is cancelled",
    ]
    assert refusal(services.cancel, call, "Otra vez", actor, NOON) == Reason.CANNOT_CANCEL
    assert [type(one) for one in listening] == [hooks.Cancellation]


def test_a_draft_or_a_decided_call_cannot_be_cancelled(draft, actor):
    assert refusal(services.cancel, draft, "x", actor, NOON) == Reason.CANNOT_CANCEL
    services.publish(draft, actor, NOON)
    draft.results_published_at = NOON
    db.session.flush()
    assert refusal(services.cancel, draft, "x", actor, NOON) == Reason.CANNOT_CANCEL


@pytest.mark.database("postgresql")
def test_of_many_who_take_one_code_at_once_one_gets_it(committed_app):
    with transaction():
        account = given.acting(given.an_organiser(given.a_host("quito")))
    start, outcomes = threading.Barrier(8), []

    def take():
        with committed_app.app_context():
            start.wait()
            try:
                services.create_call(given.some_bases("rios"), host_by_code("quito"), account, NOON)
                outcomes.append("made")
            except Refused as refused:
                outcomes.append(refused.reason)
            db.session.remove()

    threads = [threading.Thread(target=take) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(outcomes) == [Reason.CODE_TAKEN] * 7 + ["made"]
    assert db.session.query(Call).count() == 1
