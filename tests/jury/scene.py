"""A jury in the middle of its work, with texts of real length: for eyes and for axe."""

import hashlib
import textwrap
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from tests import builders as given
from tests.jury.world import NOW, a_final_review, a_proposal, a_reading_call, a_review, an_invited
from tests.submissions import samples
from thinkia.db import db
from thinkia.domain.bases import JuryRules, Question, QuestionKind, SectorQuota
from thinkia.domain.conflicts import ConflictScope
from thinkia.domain.lifecycle import JurorState, ReviewState
from thinkia.domain.rubric import Anchor, Rubric
from thinkia.jury.models import Mark
from thinkia.jury.queries.conflicts import Subject, team_subject
from thinkia.jury.services import conflicts, panels
from thinkia.policy.actor import JurorRole
from thinkia.submissions.models import Submission

CRITERIA = (
    ("via", "Solución y viabilidad", "¿Funciona, se puede hacer y se puede mantener?", 30, True),
    ("per", "Pertinencia del problema", "¿El problema existe, importa y está bien descrito?", 25, False),
    ("par", "Participación ciudadana", "¿Quien vive el problema participó en el diseño?", 20, False),
    ("imp", "Impacto y sostenibilidad", "¿A cuántas personas sirve y quién responde después?", 15, False),
    ("doc", "Claridad de los documentos", "¿Se entiende qué se hará, con qué y cuándo?", 10, False),
)
ANCHORS = (
    "No explica cómo funcionaría.",
    "Explica una parte y omite lo principal.",
    "Es posible, con dudas de costo o de plazo.",
    "Es posible con los recursos que declara.",
    "Es posible, está probada en pequeño y tiene responsable.",
)
TITLES = (
    "Un mapa de fugas que hace el barrio",
    "Guardianas del páramo",
    "El medidor que se entiende",
    "Agua clara en la escuela",
    "La cisterna compartida",
    "Juntas de agua con datos",
    "Reforestar desde el colegio",
    "Alertas por radio comunitaria",
)
TEXT = (
    "Cada noche, en 14 barrios altos, el agua llega sin presión. El vecindario sabe dónde se pierde, pero no "
    "tiene a quién decírselo. Proponemos un mapa que se llena con mensajes de voz.\n\n"
    "Entre enero y junio de 2025 la junta de agua anotó 312 avisos de fuga en un cuaderno. De ellos, 188 no "
    "recibieron respuesta. La empresa estima que se pierde el 41 % del agua tratada."
)
PEOPLE = {
    "public": ("Ana Lucía Cango", "Rumiñahui Morocho"),
    "academia": ("Mercedes Andrade", "Iván Chuquimarca"),
    "private": ("Fabián Toapanta", "Gabriela Loor"),
    "civil_society": ("Manuela Tsenkush", "José Luis Anchundia"),
    "cooperation": ("Ingrid Salvatierra",),
}
PDF = samples.written_pdf(
    ["Diagnóstico", "", *textwrap.wrap(TEXT * 3, 85)],
    ["Presupuesto", "", "Sensores: $ 4.200", "Radio: $ 800"],
)
FILE = {
    "id": "0f7d2c1e-54f9-4f2e-9a01-2f6d5ce0aa11",
    "name": "Diagnóstico y solución.pdf",
    "sha256": hashlib.sha256(PDF).hexdigest(),
    "size": len(PDF),
    "pages": 2,
    "media_type": "application/pdf",
}


def a_whole_jury():
    """Eight proposals; a juror with a final, a begun and a fresh one; a plan that waits with empty seats."""
    reading = _call()
    jurors = {
        sector: [
            given.a_juror(reading.call, sector, account=given.an_account(name, now=NOW), now=NOW, capacity=8)
            for name in names
        ]
        for sector, names in PEOPLE.items()
    }
    jurors["public"][0].role = JurorRole.CHAIR
    jurors["cooperation"][0].capacity = 5
    given.a_juror(
        reading.call,
        "private",
        account=given.an_account("Wilmer Zambrano", now=NOW),
        now=NOW,
        statement_at=None,
    )
    given.a_juror(
        reading.call,
        "cooperation",
        account=given.an_account("Yolanda Espín", now=NOW),
        now=NOW,
        state=JurorState.DECLINED,
    )
    an_invited(reading.call, "cooperation", name="Marco Benalcázar")
    proposals = [
        a_proposal(
            reading.call,
            title,
            answers={"resumen": TEXT, "enlace": "https://example.org/mapa"},
            files={"plan": FILE},
        )
        for title in TITLES
    ]
    mercedes = jurors["academia"][0]
    final = a_final_review(mercedes, proposals[7])
    begun = a_review(
        mercedes,
        proposals[0],
        state=ReviewState.STARTED,
        saved_at=NOW,
        feedback="El mapa se entiende muy bien. Ayudaría saber quién repara la fuga.",
    )
    fresh = a_review(mercedes, proposals[1])
    a_review(mercedes, proposals[2])
    reason = "El municipio ya tiene los sensores y la junta de agua firmó la carta."
    values = {"via": 5, "per": 4, "par": 3}
    db.session.add_all(
        Mark(review_id=begun.id, criterion=code, value=Decimal(value), reason=reason if code == "via" else "")
        for code, value in values.items()
    )
    db.session.add_all(Mark(review_id=final.id, criterion=code, value=Decimal(4)) for code, *_ in CRITERIA)
    db.session.flush()
    _conflicts(reading, jurors["public"][1], proposals)
    plan = panels.propose(reading.call, reading.actor, NOW)
    return SimpleNamespace(
        organiser=reading.organiser,
        juror=mercedes,
        final=final,
        begun=begun,
        fresh=fresh,
        gap=plan.shortfall[0]["submission"] if plan.shortfall else db.session.query(Submission).first().code,
        criteria=[code for code, *_ in CRITERIA],
    )


def _conflicts(reading, juror, proposals):
    """One about a team, by the juror; one about an institution, recorded, and taken back."""
    own = given.acting(juror.account)
    conflicts.declare(juror, team_subject(proposals[6]), "Asesoré a este equipo en su diagnóstico", own, NOW)
    water = Subject(ConflictScope.INSTITUTION, "Empresa Pública de Agua", "empresapublicadeagua")
    line = conflicts.declare(juror, water, "Trabajó ahí hasta enero de este año", reading.actor, NOW)
    conflicts.withdraw(line, reading.actor, NOW)


def _call():
    rubric = Rubric(
        tuple(
            replace(
                given.criterion(code, weight, justify=justify),
                title=given.both(title),
                question=given.both(question),
                anchors=tuple(
                    Anchor((Decimal(mark),), given.both(text)) for mark, text in enumerate(ANCHORS, 1)
                ),
            )
            for code, title, question, weight, justify in CRITERIA
        )
    )
    questions = (
        Question("resumen", QuestionKind.LONG_TEXT, given.both("Resumen", "Summary"), max_characters=1500),
        Question("enlace", QuestionKind.ADDRESS, given.both("Video", "Video"), required=False),
        Question(
            "plan",
            QuestionKind.FILE,
            given.both("Diagnóstico", "Diagnosis"),
            types=("pdf",),
            max_bytes=10_000_000,
        ),
    )
    sectors = {sector: SectorQuota(min=1, max=1) for sector in PEOPLE}
    calendar = replace(
        given.in_evaluation(NOW),
        evaluation=replace(given.in_evaluation(NOW).evaluation, closes=NOW + timedelta(days=10)),
    )
    return a_reading_call(
        "agua",
        title=given.both("Agua que cuenta", "Water that counts"),
        calendar=calendar,
        rubric=rubric,
        questions=questions,
        tie_break=given.some_bases().tie_break[1:],
        jury=JuryRules(size=5, sectors=sectors),
    )
