"""What a juror must not reach, what a conflict takes away, and what results read (F13, F14, F18)."""

import io
import json
from decimal import Decimal
from uuid import uuid4

import pytest

from tests import builders as given
from tests.jury.world import (
    NOW,
    a_final_review,
    a_proposal,
    a_review,
    everything_in_the_journal,
    loaded,
    marks,
    path,
    person,
    send,
)
from tests.queries import count_queries
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState, SubmissionState
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import Conflict, Mark, Review
from thinkia.jury.queries import (
    progress_by_juror,
    progress_by_sector,
    progress_by_submission,
    reviews_for_ranking,
)
from thinkia.jury.queries.conflicts import proposal_subject
from thinkia.jury.services import conflicts, excuse
from thinkia.outside.storage import digest

# Who is kept out (F13, F14)


def test_another_jurors_review_is_as_unknown(reading, new_browser):
    other = given.a_juror(reading.call, "public", now=NOW)
    browser = person(new_browser(), other.account)
    browser.get("/calls/rios/jury")
    token, texts = {"csrf_token": browser.page.root.all("input", name="csrf_token")[0]["value"]}, set()
    for address in (path(reading), "/reviews/ZZZZZZZZ"):
        texts.add(browser.get(address, status=404).text)
        texts.add(browser.post(address, {**token, "mark:impacto": "1"}, status=404).text)
        browser.get(f"{address}/conflict", status=404)
        browser.get(f"{address}/files/{uuid4()}", status=404)
    assert len(texts) == 1
    for account in (reading.organiser, given.an_account(now=NOW)):
        person(new_browser(), account).get(path(reading), status=404)
    assert new_browser().get(path(reading), follow=False, status=302).response.location.startswith("/sign-in")
    assert browser.get("/calls/rios/jury").h1 == "Your proposals will be here"


def test_a_conflict_takes_the_proposal_out_of_every_page(reading, juror):
    canary = a_proposal(
        reading.call, "Canario Azul", answers={"resumen": "canario azul", "enlace": "https://canario.example"}
    )
    review = a_review(reading.juror, canary)
    juror.get(f"/reviews/{review.code}")
    send(juror, note="A medias", **{"mark:impacto": "5"})
    assert "Canario Azul" in juror.get("/calls/rios/jury").text  # it could have been there
    assert juror.get("/calls/rios/jury").h1.startswith("2 of 2 left")

    juror.get(f"/reviews/{review.code}/conflict")
    juror.submit("Declare the conflict", status=422, reason=" ")
    juror.submit("Declare the conflict", reason="Trabajé con el equipo")

    for address in ("/calls/rios/jury", "/calls/rios/jury/statement", path(reading), "/desk"):
        seen = juror.get(address).response.text.lower()
        assert "canario" not in seen, address
        assert canary.code.lower() not in seen, address
        assert review.code.lower() not in seen, address
    assert juror.get("/calls/rios/jury").h1.startswith("1 of 1 left")
    assert "1 proposal, because of a conflict." in juror.get("/calls/rios/jury").text
    juror.get(f"/reviews/{review.code}", status=404)
    kept = db.session.get(Review, review.id)
    assert (kept.state, kept.note, kept.closed_reason) == (
        ReviewState.RECUSED,
        "A medias",
        "Trabajé con el equipo",
    )
    assert marks(review) == {"impacto": 5}
    rows = {row.submission: row for row in reviews_for_ranking(loaded(reading.juror).call)}
    assert rows[canary.code].state is ReviewState.RECUSED
    assert "Trabaj" not in everything_in_the_journal()


def test_a_recusal_by_the_organisers_excludes_a_final_review_and_keeps_it(reading, new_browser):
    done = a_proposal(reading.call, "La cisterna")
    review = a_final_review(reading.juror, done)
    organiser = person(new_browser(), reading.organiser)
    address = f"/manage/calls/rios/jury/{reading.juror.code}"
    organiser.get(f"{address}/conflicts")
    page = organiser.submit("Record the recusal", status=422, name="NADA", reason="Socio")
    assert "No proposal of this call has that code." in page.text
    page = organiser.submit("Record the recusal", name=done.code.lower(), reason="Socio del equipo")
    assert "Socio del equipo" in page.text
    assert db.session.get(Review, review.id).state is ReviewState.RECUSED
    assert db.session.get(Review, review.id).finished_at is not None
    page = organiser.submit(f"Withdraw {done.code}")
    assert "withdrawn on" in page.text
    assert db.session.query(Conflict).one().withdrawn_at is not None
    assert db.session.get(Review, review.id).state is ReviewState.RECUSED


def test_excusing_needs_a_reason_and_never_touches_what_is_final(reading):
    with pytest.raises(Refused) as refused:
        excuse(reading.review, "  ", reading.actor, NOW)
    assert refused.value.reason is Reason.REASON_NEEDED
    excuse(reading.review, "Enfermó", reading.actor, NOW)
    assert db.session.get(Review, reading.review.id).state is ReviewState.EXCUSED
    final = a_final_review(reading.juror, a_proposal(reading.call))
    with pytest.raises(Refused) as refused:
        excuse(final, "Porque sí", reading.actor, NOW)
    assert refused.value.reason is Reason.REVIEW_CLOSED


def test_an_excluded_proposal_is_in_no_list_and_takes_no_marks(reading, juror):
    juror.get(path(reading))
    submission = reading.review.submission
    submission.state, submission.excluded_at, submission.excluded_reason = (
        SubmissionState.EXCLUDED,
        NOW,
        "Fuera",
    )
    db.session.flush()
    page = send(juror, status=409, **{"mark:impacto": "4"})
    assert "no longer in your list" in page.text
    assert juror.get("/calls/rios/jury").h1 == "Your proposals will be here"
    assert reviews_for_ranking(loaded(reading.juror).call) == []


# Files


def test_files_come_to_their_reader_alone_and_always_as_attachments(reading, juror, app, new_browser):
    content, file_id = io.BytesIO(b"%PDF-1.7 <script>"), str(uuid4())
    sha256, size = digest(content)
    app.extensions["storage"].put(content, sha256)
    name = 'plan "final"\u202e.pdf'
    kept = {
        "id": file_id,
        "name": name,
        "sha256": sha256,
        "size": size,
        "pages": 8,
        "media_type": "application/pdf",
    }
    reading.review.receipt.content = reading.review.receipt.content.replace(
        '"files": {}', f'"files": {{"resumen": {json.dumps(kept)}}}'
    )
    db.session.flush()
    page = juror.get(path(reading))
    assert "PDF, 8 pages" in page.text

    answer = juror.get(f"{path(reading)}/files/{file_id}").response
    assert answer.data == b"%PDF-1.7 <script>"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    juror.get(f"{path(reading)}/files/{uuid4()}", status=404)
    other = given.a_juror(reading.call, "public", now=NOW)
    person(new_browser(), other.account).get(f"{path(reading)}/files/{file_id}", status=404)


# What results read


def test_results_get_every_mark_and_the_progress_in_constant_queries(reading):
    other = given.a_juror(reading.call, "public", now=NOW)
    done = a_final_review(other, reading.review.submission)
    db.session.add_all(
        [
            Mark(review_id=done.id, criterion="impacto", value=Decimal("4.5")),
            Mark(review_id=done.id, criterion="viabilidad", value=Decimal(0)),
        ]
    )
    db.session.flush()
    call = loaded(reading.juror).call
    with count_queries() as queries:
        rows = {row.juror: row for row in reviews_for_ranking(call)}
    assert len(queries) == 2, queries
    assert rows[other.code].marks == {"impacto": Decimal("4.5"), "viabilidad": 0}
    assert (rows[reading.juror.code].marks, rows[reading.juror.code].state) == ({}, ReviewState.ASSIGNED)
    assert progress_by_juror(call)[other.code].final == 1
    assert progress_by_sector(call)["academia"].left == 1
    assert progress_by_submission(call)[reading.review.submission.code].total == 2


def test_declaring_twice_is_said(reading):
    juror, submission = loaded(reading.juror), reading.review.submission
    conflicts.declare(
        juror, proposal_subject(submission), "Es mi hermana", given.acting(reading.juror.account), NOW
    )
    with pytest.raises(Refused) as refused:
        conflicts.declare(juror, proposal_subject(submission), "Otra vez", reading.actor, NOW)
    assert refused.value.reason is Reason.CONFLICT_KNOWN
