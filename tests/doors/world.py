"""One of everything, for tests that knock at every door: see `test_doors.py`."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

from flask import current_app

from tests import builders as given
from thinkia.accounts.models import Account, Token, TokenPurpose
from thinkia.accounts.queries import hashed
from thinkia.agreements.models import Agreement
from thinkia.calls.models import Call
from thinkia.certificates.models import Certificate
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.domain.bases import Deliberation, Question, QuestionKind, TieKey, TieKeyKind
from thinkia.domain.certificates import CertificateKind
from thinkia.domain.lifecycle import JurorState, ReviewState
from thinkia.exports.models import Export
from thinkia.jury.models import Review
from thinkia.jury.services.access import new_access
from thinkia.outside.outbox import OutboxTask
from thinkia.outside.storage import digest
from thinkia.policy.actor import JurorRole, StaffRole
from thinkia.registration.models import Registration
from thinkia.submissions.models import SubmittedFile
from thinkia.teams.models import Invitation


@dataclass
class World:
    """A call in evaluation, and everybody around it. `parts` fills in addresses."""

    now: datetime
    people: dict[str, Account] = field(default_factory=dict)
    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    call: Call | None = None

    def address(self, rule) -> str | None:
        """The address of a rule with this world's codes; fails for a part that it does not know."""
        values = {}
        for name in rule.arguments:
            known = self.parts.get(name) or {}
            found = next((known[start] for start in known if rule.rule.startswith(start)), None)
            assert found is not None, f"tests/doors/world.py does not know <{name}> of {rule.rule}"
            values[name] = found
        return rule.build(values)[1]


def a_world(calendar=given.in_evaluation, code="doors", **rules) -> World:
    """The call is in evaluation, or where another calendar puts it; ``rules`` change its bases."""
    now = datetime.now(UTC)
    host = given.a_host(now=now)
    owner = given.an_organiser(host, StaffRole.OWNER, now=now)
    call = given.a_call(_bases(code, calendar(now), **rules), host=host, organiser=owner)
    member, other = given.an_account(now=now), given.an_account(now=now)
    alone = given.registered(call, now=now)
    alone.is_looking = True
    team = given.a_team(call, member, other, now=now, is_looking=True)
    submission = given.submitted(team, call, now=now, title="CANARY")
    stored = _stored(submission, member, now)
    juror = given.a_juror(call, role=JurorRole.CHAIR, now=now)
    review = Review(
        code=new_code(), call_id=call.id, juror_id=juror.id, submission_id=submission.id,
        receipt_id=submission.receipt_id, sector="public", state=ReviewState.STARTED, assigned_at=now, saved_at=now,
    )  # fmt: skip
    db.session.add(review)
    finished = given.a_juror(call, "academia", now=now)
    done = given.a_review(finished, submission, now=now, impacto=3, viabilidad=3)
    agreement = Agreement(
        code=new_code(), call_id=call.id, kind="review.reopen", object_ref=f"review:{review.code}", reason="CANARY",
        asked_by_id=owner.id, asked_at=now, expires_at=now + timedelta(days=3),
    )  # fmt: skip
    db.session.add(agreement)
    certificate = Certificate(
        call_id=call.id, account_id=member.id, kind=CertificateKind.PARTICIPATION, number=1, name="CANARY",
        details={"works": [{"title": "CANARY", "team": "CANARY"}]}, issued_at=now, es_sha256="0" * 64,
        en_sha256="0" * 64,
    )  # fmt: skip
    db.session.add(certificate)
    export = being_made(call, owner, now)
    far_host = given.a_host(now=now)
    stranger = given.an_organiser(far_host, StaffRole.OWNER, now=now)
    far_call = given.a_call(given.some_bases(f"{code}-far", now), host=far_host, organiser=stranger, now=now)
    given.a_team(far_call, stranger, now=now)
    given.a_juror(far_call, account=stranger, now=now)
    db.session.flush()
    people = {
        "owner": owner,
        "organiser": given.an_organiser(host, now=now),
        "reader": given.an_organiser(host, StaffRole.READER, now=now),
        "representative": member,
        "member": other,
        "chair": db.session.get(Account, juror.account_id),
        "finished": db.session.get(Account, finished.account_id),
        "citizen": given.an_account(now=now),
        "alone": db.session.get(Account, alone.account_id),
        "stranger": stranger,
    }
    parts = {
        "code": {
            "/manage/calls/new/": host.code,
            "/manage/calls/": call.code,
            "/manage/hosts/": host.code,
            "/calls/": call.code,
            "/teams/": team.code,
            "/submissions/": submission.code,
            "/reviews/<code>/change": done.code,
            "/reviews/": review.code,
            "/agreements/": agreement.code,
            "/certificates/": certificate.code,
            "/": call.code,
        },
        "number": {
            "/receipts/": submission.receipt.number,
            "/appeals/": "NOSUCH",
            "/manage/calls/<code>/results/appeals/": "NOSUCH",
            "/": "1",
        },
        "question": {"/": "resumen"},
        "file_id": {"/": stored},
        "token": {"/jury-access/": new_access(juror, now), **_links(call, team, member, code, now)},
        "submission": {"/": submission.code},
        "juror": {"/": juror.code},
        "certificate": {"/": certificate.code},
        "export": {"/": export.code},
        "language": {"/": "es"},
        "review": {"/": review.code},
        "person": {"/": db.session.query(Registration).filter_by(account_id=other.id).one().code},
        "invitation": {"/": "NOSUCH"},
        "request": {"/": "NOSUCH"},
        "conflict": {"/": "1"},
        "suggestion": {"/": "NOSUCH"},
        "letter": {"/": "NOSUCH"},
        "browser": {"/": "1"},
        "kind": {"/": "invitation"},
        "part": {"/": "texts"},
        "purpose": {"/": "news"},
        "digest": {"/": "0"},
        "name": {"/": "thinkia.css"},
        "metric": {"/": "costo"},
        "place": {"/": "1"},
        "ending": {"/": "csv"},
    }
    return World(now, people, parts, call)


def being_made(call, person, now):
    """An export that waits for the background."""
    task = OutboxTask(task="exports.make", args={"code": "NOSUCH"}, run_at=now, created_at=now)
    db.session.add(task)
    db.session.flush()
    export = Export(
        call_id=call.id, style="zip", tables=["teams"], asked_at=now, made_by_id=person.id, outbox_id=task.id
    )
    db.session.add(export)
    db.session.flush()
    return export


def _bases(code, calendar, **rules):
    questions = (
        Question("resumen", QuestionKind.LONG_TEXT, given.both("Resumen")),
        Question(
            "plan", QuestionKind.FILE, given.both("Plan"), types=("pdf",), max_bytes=1000, required=False
        ),
    )
    jury = replace(given.some_bases(code).jury, size=3, bids=True, deliberation=Deliberation.NAMED)
    chain = (TieKey(TieKeyKind.FEWER, code="costo"), *given.some_bases(code).tie_break)
    return given.some_bases(
        code, **{"calendar": calendar, "questions": questions, "jury": jury, "tie_break": chain, **rules}
    )


def _links(call, team, member, code, now) -> dict[str, str]:
    """A link of each kind that a letter carries, by the address it leads to. Nobody has followed one."""
    soon, guest = now + given.DAY, given.an_account(now=now, verified_at=None)
    links = {kind: f"{code}-{kind}" for kind in ("verify", "reset", "team", "jury")}
    invited = given.a_juror(call, now=now, account=guest, state=JurorState.INVITED, answered_at=None)
    invited.account_id, invited.statement_at, invited.token_hash = None, None, hashed(links["jury"])
    db.session.add(
        Invitation(
            team_id=team.id, token_hash=hashed(links["team"]), created_at=now, expires_at=soon,
            invited_by_id=member.id,
        )
    )  # fmt: skip
    for purpose in (TokenPurpose.VERIFY, TokenPurpose.RESET):
        secret = hashed(links[purpose.value])
        db.session.add(
            Token(account_id=guest.id, purpose=purpose, token_hash=secret, created_at=now, expires_at=soon)
        )
    return {
        "/team-invitations/": links["team"],
        "/jury-invitations/": links["jury"],
        "/verify/": links["verify"],
        "/reset/": links["reset"],
    }


def _stored(submission, account, now) -> str:
    """A file of the submission, named in its receipt, so that whoever reads the proposal can open it."""
    content = BytesIO(b"%PDF-1.4 sample")
    sha256, size = digest(content)
    current_app.extensions["storage"].put(content, sha256)
    file = SubmittedFile(
        id=uuid4(), submission_id=submission.id, question="plan", sha256=sha256, name="plan.pdf",
        media_type="application/pdf", size=size, begun_at=now, saved_at=now, saved_by_id=account.id,
    )  # fmt: skip
    db.session.add(file)
    entry = {"id": str(file.id), "name": file.name, "sha256": sha256, "size": size, "pages": 1,
             "media_type": file.media_type}  # fmt: skip
    submission.receipt.content = json.dumps(
        {
            "answers": {"resumen": "CANARY"},
            "challenge": "agua",
            "files": {"plan": entry},
            "title": "CANARY",
        }
    )
    return str(file.id)
