"""Each person gets the certificate that is due, once, whatever is pressed twice and whoever is killed."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from tests import builders as given
from tests.builders import DAY, NOON
from tests.certificates.world import acting, all_certificates, draw_all, one_of, published, the_call
from tests.results.scenes import judged
from thinkia.certificates import services, tasks
from thinkia.certificates.models import Certificate
from thinkia.certificates.queries import DRAW, due
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import PublicationLevel
from thinkia.domain.certificates import CertificateKind
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.outside.mail import Mail
from thinkia.outside.outbox import OutboxTask, TaskState, run_task
from thinkia.policy.actor import JurorRole

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def made(scene, now=NOON):
    return services.make(the_call(scene), acting(scene), now)


def kinds():
    return [(each.name, each.kind) for each in all_certificates()]


def letters(name="ready"):
    template = f"certificates/emails/{name}.txt"
    return sorted(to for (to,) in db.session.query(Mail.to).filter_by(template=template))


def test_winners_other_members_and_those_who_judged_get_one_each(app):
    scene = published(NOON)
    given.a_juror(scene.call, "private", account=given.an_account("Nadie"))  # read nothing
    secretary = given.a_juror(scene.call, account=given.an_account("Zoila"), role=JurorRole.SECRETARY)
    alone = given.registered(scene.call)  # registered, in no team
    assert made(scene) == 5
    jurors = sorted([*(scene.person(each).name for each in scene.jurors), secretary.name])
    assert kinds() == [
        ("Persona de Yaku", "winner"),
        ("Persona de Sumak", "participation"),
        *((name, "juror") for name in jurors),
    ]
    assert alone.account_id not in {each.account_id for each in all_certificates()}
    winner = one_of(scene.members["Yaku"])
    assert winner.details == {
        "works": [
            {
                "title": "Idea de Yaku",
                "team": "Yaku",
                "place": 1,
                "prizes": [{"es": "Acompañamiento", "en": "Mentoring", "amount": "5000", "currency": "USD"}],
            }
        ]
    }
    assert len({each.code for each in all_certificates()}) == 5
    assert {len(each.code) for each in all_certificates()} == {20}


def test_who_was_excluded_gets_none(app):
    scene = judged({"Yaku": ((5, 4), (4, 4)), "Sumak": ((3, 3), (3, 3))})
    out = scene.submissions["Sumak"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, NOON, "Copiada"
    db.session.flush()
    scene.publish()
    made(scene)
    assert "Persona de Sumak" not in dict(kinds())


@pytest.mark.parametrize(
    ("level", "kind", "place"),
    [
        (PublicationLevel.WINNERS, "winner", 1),
        (PublicationLevel.ALPHABETICAL, "winner", None),
        (PublicationLevel.VERDICT, "participation", "-"),
    ],
)
def test_a_certificate_says_no_more_of_the_result_than_the_bases_let_be_public(app, level, kind, place):
    scene = published(NOON, publication=level)
    made(scene)
    certificate = one_of(scene.members["Yaku"])
    assert (certificate.kind, certificate.details["works"][0].get("place", "-")) == (kind, place)


def test_none_is_made_before_the_result_is_public(app):
    scene = judged({"Yaku": ((5, 4), (4, 4))})
    scene.confirm()
    with pytest.raises(Refused) as caught:
        made(scene)
    assert caught.value.reason is Reason.RESULT_NOT_PUBLIC
    assert {one.kind for one in due(the_call(scene))} == {"participation", "juror"}


def test_each_is_drawn_once_and_told_once_whatever_is_pressed_or_run_twice(app):
    scene = published(NOON)
    assert (made(scene), made(scene, NOON + DAY)) == (4, 0)
    assert draw_all(NOON) == [True]
    before = [(each.es_sha256, each.en_sha256) for each in all_certificates()]
    tasks.draw(scene.call.id, 1, 4)
    assert [(each.es_sha256, each.en_sha256) for each in all_certificates()] == before
    assert all(storage_holds(app, sha256) for pair in before for sha256 in pair)
    people = [*scene.members.values(), *(scene.person(each) for each in scene.jurors)]
    assert letters() == sorted(person.email for person in people)


def storage_holds(app, sha256):
    return app.extensions["storage"].holds(sha256)


def test_a_worker_killed_midway_leaves_the_rest_to_another(app, monkeypatch):
    scene = published(NOON)
    made(scene)
    keep, kept = services.keep, []

    def killed(certificate, files, now):
        if len(kept) == 2:
            raise KeyboardInterrupt
        kept.append(certificate.number)
        keep(certificate, files, now)

    (row,) = db.session.query(OutboxTask).filter_by(task=DRAW).all()
    with monkeypatch.context() as broken:
        broken.setattr(services, "keep", killed)
        with pytest.raises(KeyboardInterrupt):
            run_task(row.id, lambda: NOON)
    assert sum(each.es_sha256 is not None for each in all_certificates()) == 2
    assert run_task(row.id, lambda: NOON + timedelta(minutes=5)) is False  # the lease of the lost one
    assert run_task(row.id, lambda: NOON + timedelta(minutes=11)) is True
    assert row.outcome == {"drawn": 2}
    assert (len(all_certificates()), len(letters())) == (4, 4)


def test_drawing_that_failed_for_good_begins_again_when_asked(app):
    scene = published(NOON)
    made(scene)
    (row,) = db.session.query(OutboxTask).filter_by(task=DRAW).all()
    row.state = TaskState.FAILED
    db.session.flush()
    made(scene)
    assert row.state is TaskState.WAITING


def test_a_name_stays_as_it_was(app):
    scene = published(NOON)
    made(scene)
    scene.members["Yaku"].name = "Otro nombre"
    db.session.flush()
    assert (made(scene), one_of(scene.members["Yaku"]).name) == (0, "Persona de Yaku")


def test_a_revoked_one_is_told_with_its_reason_once_and_makes_room_for_another(app):
    scene = published(NOON)
    made(scene)
    draw_all(NOON)
    wrong = one_of(scene.members["Yaku"])
    for _ in range(2):
        services.revoke(wrong, "El nombre está mal escrito", acting(scene), NOON)
    scene.members["Yaku"].name = "Ñusta Guamán"
    db.session.flush()
    assert letters("revoked") == [scene.members["Yaku"].email]
    assert made(scene, NOON + DAY) == 1
    draw_all(NOON + DAY)
    new = one_of(scene.members["Yaku"])
    assert (new.name, new.number, new.code != wrong.code) == ("Ñusta Guamán", 5, True)
    assert letters().count(scene.members["Yaku"].email) == 2
    with pytest.raises(Refused):
        services.revoke(new, " ", acting(scene), NOON)


def test_after_a_corrected_result_those_that_say_otherwise_are_revoked_and_the_others_stand(app):
    scene = published(NOON)
    made(scene)
    scene.ranking.content = scene.ranking.content.replace('"place":1', '"place":2', 1)
    db.session.flush()
    assert services.revoke_unfounded(the_call(scene), "Se corrigió el orden", acting(scene), NOON) == 1
    assert [each.kind for each in all_certificates() if each.revoked_at] == [CertificateKind.WINNER]
    assert made(scene, NOON + DAY) == 1
    assert services.revoke_unfounded(the_call(scene), "Otra vez", acting(scene), NOON) == 0


def test_the_journal_knows_no_name(app):
    scene = published(NOON)
    made(scene)
    services.revoke(one_of(scene.members["Yaku"]), "Nombre mal escrito", acting(scene), NOON)
    lines = db.session.query(Entry).filter(Entry.action.like("certificates.%")).all()
    assert [line.action for line in lines] == ["certificates.issued", "certificates.revoked"]
    words = " ".join(line.body for line in lines)
    assert '"juror":2,"participation":1,"winner":1' in words
    assert [name for name in ("Persona", "escrito", "Yaku") if name in words] == []


def test_the_database_refuses_a_second_one_of_a_kind(app):
    scene = published(NOON)
    made(scene)
    known = all_certificates()[0]
    twice = Certificate(
        call_id=known.call_id, account_id=known.account_id, kind=known.kind, number=99, name="-",
        details={}, issued_at=NOON,
    )  # fmt: skip
    db.session.add(twice)
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.database("postgresql")
def test_two_officers_who_press_at_once_make_each_one_once(committed_app):
    with transaction():
        scene = published(NOON)
    code, actor, counts = scene.call.code, acting(scene), []
    db.session.rollback()
    start = threading.Barrier(2)

    def press():
        with committed_app.app_context():
            call = the_call(scene)
            start.wait()
            counts.append(services.make(call, actor, NOON))
            db.session.remove()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(counts), len(all_certificates()), code) == ([0, 4], 4, scene.call.code)
