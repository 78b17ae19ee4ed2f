"""A judged call in which every text that somebody may write says the same words."""

import json
from decimal import Decimal

from tests import builders as given
from tests.builders import NOON
from thinkia.agreements.models import Agreement
from thinkia.appeals.models import Appeal
from thinkia.certificates.models import Certificate
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.domain.appeals import Outcome
from thinkia.domain.certificates import CertificateKind
from thinkia.domain.lifecycle import AgreementState, ReviewState, SubmissionState
from thinkia.jury.models import Conflict, DeliberationNote
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services.former import keep
from thinkia.metrics.models import MetricValue
from thinkia.outside.mail import Mail
from thinkia.registration.models import Registration

FREE = {
    *("registrations.name", "registrations.institution", "registrations.about"),
    *("registrations.attribute:institution", "teams.name", "teams.about", "teams.representative"),
    *("members.team_name", "members.name", "members.institution"),
    *("submissions.title", "submissions.team_name", "submissions.excluded_reason"),
    *("submissions.answer:resumen", "submissions.answer:enlace", "files.name"),
    *("jurors.name", "jurors.institution"),
    *("panels.title", "panels.juror_name", "panels.closed_reason"),
    *("reviews.reason", "reviews_wide.feedback", "reviews_wide.note", "reviews_wide.closed_reason"),
    *("mark_changes.reason", "deliberations.name", "deliberations.note"),
    *("conflicts.reason", "conflicts.about", "conflicts.declared_by"),
    *("ranking.title", "ranking.team_name", "mails.subject"),
    *("metrics.entered_by", "metrics.confirmed_by", "appeals.grounds", "appeals.wanted"),
    *("appeals.filed_by", "appeals.answer", "certificates.name", "certificates.revoked_reason"),
}
"""Every column in which people's words stand."""


def more_of(scene):
    """What a judged call has not yet: conflicts, letters, exclusions, files."""
    call, yaku = scene.call, scene.submissions["Yaku"]
    now = NOON
    away = given.a_juror(call, "private")
    given.a_review(away, yaku, state=ReviewState.RECUSED)
    out = scene.submissions["Killa"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, now, "Tarde"
    db.session.add_all(
        [
            Conflict(
                juror_id=away.id, scope="institution", institution="U", institution_key="u", reason="Allí",
                declared_at=now, declared_by_id=scene.members["Yaku"].id,
            ),
            Mail(
                to="alguien@example.org", language="es", template="x.txt", subject="S", text="t", html="h",
                secret=False, message_id="<1>", call_id=call.id, written_at=now,
            ),
        ]
    )  # fmt: skip
    db.session.flush()


def say_everywhere(scene, words):
    """Put these words wherever somebody may write some."""
    for submission in scene.submissions.values():
        submission.team.name = submission.team.about = submission.title = words
        submission.receipt.content = json.dumps(
            {
                "title": words,
                "answers": {"resumen": words, "enlace": words},
                "files": {"plan": {"name": words, "sha256": "ab" * 32, "size": 3, "media_type": "x/y"}},
            }
        )
    scene.submissions["Killa"].excluded_reason = words
    for person in db.session.query(given.Account):
        person.name = person.institution = words
    for entry in db.session.query(Registration):
        entry.about, entry.attributes = words, {"institution": words}
    for juror in db.session.query(given.Juror):
        juror.name = juror.institution = words
    for review in db.session.query(given.Review):
        review.feedback = review.note = words
        review.closed_reason = words if review.closed_at else None
    for mark in db.session.query(given.Mark):
        mark.reason = words
    for column in (Conflict.reason, Conflict.institution, Mail.subject):
        db.session.execute(column.class_.__table__.update().values({column.key: words}))
    _add_to_what_never_changes(scene, words)
    db.session.flush()


def _add_to_what_never_changes(scene, words):
    _add_beside_the_order(scene, words)
    juror, yaku = scene.jurors[0], scene.submissions["Yaku"]
    (review,) = db.session.query(given.Review).filter_by(juror_id=juror.id, submission_id=yaku.id)
    keep(review_by_code(review.code), NOON, reason=words)
    review.marks[0].value = 6 - review.marks[0].value
    note = {"submission_id": yaku.id, "juror_id": juror.id, "written_at": NOON, "form": new_code()}
    db.session.add(DeliberationNote(text=words, **note))


def _add_beside_the_order(scene, words):
    """A measured value, an answered appeal and a revoked certificate; once more each time."""
    yaku, who = scene.submissions["Yaku"], scene.members["Yaku"]
    again = db.session.query(Certificate).count() + 1
    asked = Agreement(
        code=new_code(10), call_id=scene.call.id, kind="metrics.enter", object_ref=f"call:{again}", reason="R",
        state=AgreementState.CONFIRMED, asked_by_id=scene.organiser.id, asked_at=NOON, expires_at=NOON + given.DAY,
        decided_by_id=who.id, decided_at=NOON,
    )  # fmt: skip
    db.session.add(asked)
    db.session.flush()
    of_call = {"call_id": scene.call.id}
    db.session.add_all(
        [
            MetricValue(
                **of_call, submission_id=yaku.id, metric="f1", number=again, value=Decimal("0.5"),
                agreement_id=asked.id, entered_at=NOON,
            ),
            Appeal(
                **of_call, number=new_code(), submission_id=yaku.id, ranking_id=scene.ranking.id, grounds=words,
                wanted=words, content_sha256="ab" * 32, received_at=NOON, filed_by_id=who.id,
                outcome=Outcome.REJECTED, answer=words, answered_at=NOON,
            ),
            Certificate(
                **of_call, account_id=who.id, kind=CertificateKind.WINNER, number=again, name=words, details={},
                issued_at=NOON, revoked_at=NOON, revoked_reason=words,
            ),
        ]
    )  # fmt: skip
