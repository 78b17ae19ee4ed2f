"""``flask check``: a sound installation passes, and each thing that can break turns its own line."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import text, update

from tests import builders as given
from tests.builders import NOON, criterion
from tests.results import scenes_of_rounds
from tests.results.scenes import judged
from thinkia import clock
from thinkia.agreements.models import Agreement
from thinkia.calls.models import BasesVersion, CallWindow
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.domain.bases import TieKey, TieKeyKind
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.rubric import Rubric
from thinkia.jury.models import Conflict, Mark, MarksSource
from thinkia.metrics.models import MetricValue
from thinkia.operations.invariants import RULES
from thinkia.operations.report import enumerated
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask, TaskState
from thinkia.outside.storage import digest
from thinkia.submissions.models import Receipt, SubmittedFile

MARKS = {"Yaku": ((5, 4), (4, 4)), "Sumak": ((3, 3), (3, 3))}


@pytest.fixture
def check(app):
    def run(*arguments, code=0):
        db.session.commit()
        result = app.test_cli_runner().invoke(args=["check", "--lang", "en", *arguments])
        assert result.exit_code == code, result.output
        return result.output

    return run


@pytest.fixture
def the_wrong_line(check):
    """The one line that is wrong now."""

    def run(*arguments):
        (line,) = [each for each in check(*arguments, code=1).splitlines() if each.startswith("WRONG")]
        return line

    return run


@pytest.fixture
def scene(app):
    scene = judged(MARKS)
    scene.publish()
    for task in db.session.query(OutboxTask):
        task.state = TaskState.DONE
    return scene


def a_task(state, *, run_at, task="mail.deliver"):
    row = OutboxTask(task=task, args={}, state=state, run_at=run_at, created_at=run_at)
    db.session.add(row)
    db.session.flush()
    return row


def a_letter(task, *, written_at):
    db.session.add(
        Mail(
            to="ana@example.org",
            language="es",
            template="accounts/emails/code.txt",
            subject="Hola",
            text="",
            html="",
            secret=True,
            message_id=f"<{uuid4()}@thinkia>",
            outbox_id=task.id,
            written_at=written_at,
        )
    )
    db.session.flush()


def a_file(app, submission, content=b"a plan"):
    sha256, size = digest(BytesIO(content))
    app.extensions["storage"].put(BytesIO(content), sha256)
    db.session.add(
        SubmittedFile(
            id=uuid4(),
            submission_id=submission.id,
            question="resumen",
            sha256=sha256,
            name="plan.txt",
            media_type="text/plain",
            size=size,
            begun_at=NOON,
            saved_at=NOON,
            saved_by_id=given.an_account().id,
        )
    )
    db.session.flush()
    return sha256


def test_a_sound_installation_passes_with_a_line_for_each_thing(check, scene, app):
    a_file(app, scene.submissions["Yaku"])
    output = check()

    assert output.splitlines()[-1] == "All is well."
    assert "WRONG" not in output
    assert [line for line in output.splitlines() if line.startswith("–")] == [
        "–      Redis: not used. Work runs in a thread of the web process, without RQ."
    ]
    assert len([line for line in output.splitlines() if line.startswith("ok")]) > len(RULES)


def test_several_rounds_with_their_own_rubric_and_windows_are_sound(check, app):
    own = Rubric((criterion("pitch", 100),))
    told = {"last": {"rubric": own, "tie_break": (TieKey(TieKeyKind.CHAIR), TieKey(TieKeyKind.SUBMITTED_AT))}}
    scene = scenes_of_rounds.scene_of(MARKS | {"Inti": ((2, 2), (2, 2))}, **told)
    scenes_of_rounds.closed(scene)
    review = given.a_review(scene.jurors[0], scene.submissions["Yaku"], pitch=5, now=NOON)
    db.session.query(OutboxTask).update({"state": TaskState.DONE})

    assert "WRONG" not in check()

    db.session.execute(update(Mark).where(Mark.review_id == review.id).values(criterion="impacto"))
    (line,) = [each for each in check(code=1).splitlines() if each.startswith("WRONG")]
    assert f"{review.code} (impacto: 5)" in line


def test_it_speaks_spanish(app):
    output = app.test_cli_runner().invoke(args=["check", "--lang", "es"]).output

    assert "bien   Todo lo entregado tiene su comprobante." in output
    assert output.splitlines()[-1] == "Todo está bien."


def drop_the_guard(scene):
    kind = db.engine.dialect.name
    statement = {
        "sqlite": "DROP TRIGGER journal_no_delete",
        "postgresql": "DROP TRIGGER journal_only_grows ON journal",
    }
    db.session.execute(text(statement[kind]))
    return "its trigger is not there"


def fail_a_task(scene):
    return f"{a_task(TaskState.FAILED, run_at=clock.now()).id} mail.deliver"


def stop_the_relay(scene):
    late = a_task(TaskState.WAITING, run_at=clock.now() - timedelta(minutes=61), task="calls.tell_change")
    a_task(TaskState.WAITING, run_at=clock.now() - timedelta(minutes=59))
    return f"{late.id} calls.tell_change"


def keep_a_letter(scene):
    again_soon = a_task(TaskState.WAITING, run_at=clock.now() + timedelta(minutes=5))
    a_letter(again_soon, written_at=clock.now() - timedelta(minutes=61))
    return "accounts/emails/code.txt"


def take_another_s_receipt(scene):
    one, other = scene.submissions.values()
    one.receipt_id = other.receipt_id
    return f"receipt: {one.code}"


def change_a_receipt(scene):
    receipt = scene.submissions["Yaku"].receipt
    db.session.execute(update(Receipt).where(Receipt.id == receipt.id).values(content='{"more": 1}'))
    return receipt.number


def change_the_bases(scene):
    other = scene.call.version.content.replace("Ríos vivos", "Ríos muertos")
    db.session.execute(
        update(BasesVersion).where(BasesVersion.call_id == scene.call.id).values(content=other)
    )
    db.session.expire_all()
    return "judged (1)"


def move_a_window(scene):
    window = db.session.query(CallWindow).filter_by(call_id=scene.call.id, kind="evaluation").one()
    window.closes += timedelta(minutes=1)
    return "bases: judged"


def mark_off_the_scale(scene):
    mark = a_mark(scene, state=ReviewState.RECUSED)
    mark.value = Decimal(6)
    return "(impacto: 6)"


def mark_on_nothing(scene):
    mark = a_mark(scene, state=ReviewState.RECUSED)
    mark.criterion = "simpatia"
    return "(simpatia: 4)"


def a_mark(scene, state):
    """Of a review that counts for nothing, so that only the mark itself is wrong."""
    juror = given.a_juror(scene.call)
    review = given.a_review(juror, scene.submissions["Yaku"], state=state, impacto=4)
    return db.session.query(Mark).filter_by(review_id=review.id).one()


def hide_a_conflict(scene):
    review = given.a_review(given.a_juror(scene.call), scene.submissions["Yaku"], state=ReviewState.ASSIGNED)
    db.session.add(
        Conflict(
            juror_id=review.juror_id,
            submission_id=review.submission_id,
            reason="Es mi hermana",
            declared_at=NOON,
            declared_by_id=scene.organiser.id,
        )
    )
    return review.code


def say_it_is_from_paper(scene):
    review = given.a_review(given.a_juror(scene.call), scene.submissions["Yaku"], state=ReviewState.RECUSED)
    review.source = MarksSource.PAPER
    return review.code


def say_it_is_imported(scene):
    review = given.a_review(given.a_juror(scene.call), scene.submissions["Yaku"], state=ReviewState.RECUSED)
    review.source = MarksSource.IMPORTED
    return review.code


def measure_alone(scene):
    waits = a_waiting_agreement(scene)
    db.session.add(
        MetricValue(
            call_id=scene.call.id, submission_id=scene.submissions["Yaku"].id, metric="f1", number=1,
            value=Decimal(1), agreement_id=waits.id, entered_at=NOON,
        )
    )  # fmt: skip
    return f"{scene.code('Yaku')} (f1)"


def a_waiting_agreement(scene):
    asked = Agreement(
        code=new_code(), call_id=scene.call.id, kind="metric.enter", object_ref="metric:1:f1", reason="Medido",
        asked_by_id=scene.organiser.id, asked_at=NOON, expires_at=NOON + timedelta(days=3),
    )  # fmt: skip
    db.session.add(asked)
    db.session.flush()
    return asked


def crowd_a_team(scene):
    return given.a_team(scene.call, *(given.an_account() for _ in range(5))).code


def change_a_final_mark(scene):
    mark = db.session.query(Mark).filter_by(criterion="impacto", value=Decimal(5)).one()
    mark.value = Decimal(4)
    return "now: judged"


@pytest.mark.parametrize(
    "break_it",
    [
        drop_the_guard,
        fail_a_task,
        stop_the_relay,
        keep_a_letter,
        take_another_s_receipt,
        change_a_receipt,
        move_a_window,
        crowd_a_team,
        change_a_final_mark,
    ],
)
def test_what_breaks_is_named_in_its_line_alone(scene, the_wrong_line, break_it):
    named = break_it(scene)
    assert named in the_wrong_line()


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (change_the_bases, "Bases whose text is not what their hash says"),
        (mark_off_the_scale, "Marks outside their scale"),
        (mark_on_nothing, "Marks outside their scale"),
        (hide_a_conflict, "Reviews that stand although their juror has a conflict"),
        (say_it_is_from_paper, "Reviews from paper that no two people entered"),
        (say_it_is_imported, "Imported reviews that no two people brought in"),
        (measure_alone, "Measured values that no two people entered"),
    ],
)
def test_what_breaks_is_named_in_its_line_also_when_the_order_changes_with_it(
    scene, check, break_it, sentence
):
    named = break_it(scene)
    (line,) = [each for each in check(code=1).splitlines() if sentence in each]
    assert named in line


def test_a_file_that_is_gone_is_missed(app, scene, the_wrong_line):
    sha256 = a_file(app, scene.submissions["Yaku"])
    app.extensions["storage"].remove(sha256)

    assert f"{scene.submissions['Yaku'].code} ({sha256[:12]})" in the_wrong_line()


def test_a_file_that_was_changed_is_found_when_files_are_read(app, scene, check, the_wrong_line):
    sha256 = a_file(app, scene.submissions["Yaku"])
    app.extensions["storage"].path(sha256).write_bytes(b"another plan")

    check()
    assert sha256[:12] in the_wrong_line("--files")


def test_a_result_without_its_order_is_seen(scene, the_wrong_line):
    for table in ("ranking_study", "ranking"):
        db.session.execute(text(f"DELETE FROM {table}"))
    assert "now: judged" in the_wrong_line()


def test_a_letter_that_was_given_up_is_no_longer_waited_for(scene, check):
    settled = a_task(TaskState.DONE, run_at=NOON)
    a_letter(settled, written_at=NOON)
    check()


def test_a_check_that_stumbles_is_a_line_and_the_others_still_run(scene, check):
    db.session.execute(text("ALTER TABLE call_window RENAME TO elsewhere"))
    output = check(code=1)

    assert "Cannot be checked: “Lists know the dates of the bases.”" in output
    assert "Every file of an answer is there." in output


def test_only_the_first_few_are_named():
    assert enumerated(iter("ABCDE")) == "A, B, C, D, E"
    assert enumerated(str(number) for number in range(1000)).startswith("0, 1, 2, 3, 4 ")
    assert "995" in enumerated(str(number) for number in range(1000))
