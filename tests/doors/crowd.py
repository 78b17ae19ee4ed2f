"""One more of everything around the call of `world.py`: lists must not cost more queries for it."""

from datetime import timedelta
from uuid import uuid4

from tests import builders as given
from tests.doors.world import being_made
from thinkia.accounts.models import Account
from thinkia.certificates.models import Certificate
from thinkia.certificates.queries import last_number
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.domain.certificates import CertificateKind
from thinkia.domain.lifecycle import JurorState, ReviewState
from thinkia.exports.models import Export, ExportPurpose, Group
from thinkia.jury.emails import reminder
from thinkia.jury.models import (
    AccessUse,
    Conflict,
    DeliberationNote,
    Juror,
    KnownBrowser,
    LetterKind,
    Proof,
    Suggestion,
)
from thinkia.jury.services.former import keep
from thinkia.jury.services.letters import send
from thinkia.policy.actor import StaffRole
from thinkia.submissions.models import Answer, Attempt, Receipt, Submission, SubmittedFile
from thinkia.teams.models import Invitation, JoinRequest, Member, Team


def one_more_of_each(world):
    """Another of everything that stands in a list somewhere."""
    now, call = world.now, world.call
    first = db.session.query(Team).filter_by(call_id=call.id).order_by(Team.id).first()
    representative, chair = world.people["representative"], world.people["chair"]
    submission = _handed_in(world)
    seat = db.session.query(Juror).filter_by(call_id=call.id, account_id=chair.id).one()
    _readings(seat, submission, world)
    _deliberations(submission, world)
    _people_at(first, representative, world)
    _log_of(first, representative, now)
    given.an_organiser(call.host, StaffRole.READER, now=now)
    db.session.add(
        Export(
            call_id=call.id,
            style="csv",
            tables=["teams"],
            rows=1,
            asked_at=now,
            purposes=[ExportPurpose(group=Group.CONTACT, purpose="Invitar al acto")],
            read_at=now,
            sha256="0" * 64,
        )
    )
    db.session.add(
        Certificate(
            call_id=call.id,
            account_id=given.an_account(now=now).id,
            kind=CertificateKind.JUROR,
            number=last_number(call) + 1,
            name="Eva Loor",
            details={"sector": "public", "role": "member"},
            issued_at=now,
            es_sha256="0" * 64,
            en_sha256="0" * 64,
        )
    )
    being_made(call, world.people["owner"], now)
    for person in world.people.values():
        token = uuid4().hex + uuid4().hex
        db.session.add(given.SignIn(account_id=person.id, token_hash=token, created_at=now, seen_at=now))
    _another_call(world)
    db.session.flush()


def _handed_in(world):
    """A team of two whose proposal has a file-less receipt of its own, and a person who looks for a team."""
    team = given.a_team(
        world.call, given.an_account(now=world.now), given.an_account(now=world.now), now=world.now
    )
    team.is_looking = True
    submission = given.submitted(team, world.call, now=world.now)
    looking = given.registered(world.call, now=world.now)
    looking.is_looking, looking.about = True, "Sé de mapas"
    return submission


def _readings(seat, submission, world):
    """The chair reads it, somebody else has; both have a conflict elsewhere."""
    now = world.now
    given.a_review(seat, submission, state=ReviewState.STARTED, now=now).saved_at = now
    other = given.a_juror(world.call, "academia", now=now)
    given.a_review(other, submission, now=now, impacto=4, viabilidad=3)
    invited = given.a_juror(world.call, "private", now=now)
    invited.state, invited.answered_at, invited.statement_at = JurorState.INVITED, None, None
    _letters_and_ways_in(world.call, seat, now)
    unread = _handed_in(world)
    for juror in (seat, other):
        db.session.add(
            Conflict(
                juror_id=juror.id, submission_id=unread.id, reason="Es mi hermana", declared_at=now,
                declared_by_id=juror.account_id,
            )
        )  # fmt: skip


def _deliberations(submission, world):
    """The juror who has finished is final on it too, with others who wrote; of the first, one changed a mark."""
    now, first = world.now, db.session.query(Submission).filter_by(code=world.parts["submission"]["/"]).one()
    finished = db.session.query(Juror).filter_by(account_id=world.people["finished"].id).one()
    given.a_review(finished, submission, now=now, impacto=2, viabilidad=3)
    for about in (first, submission):
        other = given.a_juror(world.call, "academia", now=now)
        review = given.a_review(other, about, now=now, impacto=5, viabilidad=3)
        keep(review, now, reason="Lo he leído otra vez")
        db.session.add(
            DeliberationNote(
                submission_id=about.id, juror_id=other.id, text="¿Quién repara?", written_at=now, form="uno"
            )
        )


def _letters_and_ways_in(call, seat, now):
    """A letter to the chair, a browser that is known, a use of a link; and somebody who was suggested."""
    host = given.acting(given.an_organiser(call.host, now=now))
    send(seat, LetterKind.READING, reminder(seat, call, 1), host, now)
    db.session.add_all(
        [
            KnownBrowser(juror_id=seat.id, token_hash=uuid4().hex, device="Firefox, Android", made_at=now),
            AccessUse(juror_id=seat.id, at=now, device="Firefox, Android", proof=Proof.CODE),
            Suggestion(
                code=new_code(), call_id=call.id, juror_id=seat.id, sector="public", name="Eva Loor", made_at=now
            ),
        ]
    )  # fmt: skip


def _people_at(team, representative, world):
    """A member, an invitation and a request more in the first team."""
    now = world.now
    member = given.registered(world.call, now=now)
    db.session.add(
        Member(
            team_id=team.id, call_id=world.call.id, account_id=member.account_id, registration_id=member.id,
            joined_at=now + timedelta(minutes=1),
        )
    )  # fmt: skip
    asks = given.registered(world.call, now=now)
    db.session.add(
        JoinRequest(
            team_id=team.id,
            account_id=asks.account_id,
            registration_id=asks.id,
            message="Hola",
            created_at=now,
        )
    )
    db.session.add(
        Invitation(
            team_id=team.id, email=f"{new_code()}@example.org", token_hash=uuid4().hex, created_at=now,
            expires_at=now + timedelta(days=7), invited_by_id=representative.id,
        )
    )  # fmt: skip


def _log_of(team, account, now):
    """The first team's proposal: handed in again, tried once more, a file replaced, an answer saved."""
    submission = db.session.query(Submission).filter_by(team_id=team.id).one()
    number = f"R-{new_code()}"
    receipt = Receipt(
        number=number, submission_id=submission.id, bases_version_id=submission.bases_version_id, received_at=now,
        content="{}", content_sha256=uuid4().hex + uuid4().hex,
    )  # fmt: skip
    db.session.add(receipt)
    db.session.flush()
    db.session.add_all(
        [
            Attempt(submission_id=submission.id, at=now, outcome="submitted", receipt_id=receipt.id, account_id=account.id),
            Answer(submission_id=submission.id, question=f"otra-{number}", value="x", saved_at=now, saved_by_id=account.id),
            SubmittedFile(
                id=uuid4(), submission_id=submission.id, question="plan", sha256="0" * 64, name="viejo.pdf",
                media_type="application/pdf", size=1, begun_at=now, saved_at=now, saved_by_id=account.id,
                replaced_at=now,
            ),
        ]
    )  # fmt: skip


def _another_call(world):
    """A call of the same host in which everybody has a part."""
    now = world.now
    bases = given.some_bases(f"otra-{new_code().lower()}", now)
    call = given.a_call(bases, host=world.call.host, organiser=world.people["owner"], now=now)
    team = given.a_team(call, world.people["representative"], world.people["member"], now=now)
    given.a_submission(team, call, now=now)
    given.a_juror(call, account=db.session.get(Account, world.people["chair"].id), now=now)
    given.registered(call, world.people["citizen"], now=now)
