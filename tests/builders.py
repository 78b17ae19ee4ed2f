"""Plain builders: they say what a test is about and fill in the rest.

Everything is written in the transaction under way (``app``), or committed when the test commits
(``committed_app``: wrap them in ``transaction()``). Moments are given; ``NOON`` is a good one.
"""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from thinkia.accounts.models import Account, SignIn
from thinkia.accounts.queries import actor_of, hashed
from thinkia.calls import services as calls
from thinkia.calls.models import Call, Challenge
from thinkia.db import db
from thinkia.db.codes import new_code
from thinkia.domain.bases import (
    Bases,
    Calendar,
    JuryRules,
    Method,
    Question,
    QuestionKind,
    SectorQuota,
    TeamRules,
    TieKey,
    TieKeyKind,
    Window,
)
from thinkia.domain.bases import (
    Challenge as ChallengeText,
)
from thinkia.domain.formation import alike
from thinkia.domain.lifecycle import JurorState, ReviewState, SubmissionState
from thinkia.domain.rubric import Criterion, Rubric, Scale
from thinkia.domain.text import Bilingual
from thinkia.jury.models import Juror, Mark, Review
from thinkia.organisations.models import Host, Staff
from thinkia.policy import Actor
from thinkia.policy.actor import JurorRole, MemberRole, StaffRole
from thinkia.registration.models import Registration
from thinkia.submissions.models import Receipt, Submission
from thinkia.teams.models import Member, Team

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)  # noon on the mainland
DAY = timedelta(days=1)
_numbers = count(1)


def both(es: str, en: str | None = None) -> Bilingual:
    return Bilingual(es, en or es)


def a_calendar(now=NOON, **changes) -> Calendar:
    """Open for registration and submissions at ``now``; closes in 10 days; evaluation for 10 more."""
    usual = {
        "registration": Window(now - 5 * DAY, now + 9 * DAY),
        "submission": Window(now - 5 * DAY, now + 10 * DAY),
        "evaluation": Window(now + 11 * DAY, now + 21 * DAY),
        "results": now + 25 * DAY,
    }
    return Calendar(**{**usual, **changes})


def in_evaluation(now=NOON) -> Calendar:
    """Submissions closed yesterday; the jury reads."""
    return Calendar(
        registration=Window(now - 30 * DAY, now - 3 * DAY),
        submission=Window(now - 30 * DAY, now - DAY),
        evaluation=Window(now - DAY + timedelta(hours=1), now + 9 * DAY),
        results=now + 12 * DAY,
    )


def after_evaluation(now=NOON) -> Calendar:
    """The jury's window closed yesterday; the result is due tomorrow."""
    return Calendar(
        registration=Window(now - 30 * DAY, now - 13 * DAY),
        submission=Window(now - 30 * DAY, now - 12 * DAY),
        evaluation=Window(now - 11 * DAY, now - DAY),
        results=now + DAY,
    )


def criterion(code: str, weight: int | None = None, **changes) -> Criterion:
    scale = changes.pop("scale", Scale(min=Decimal(1), max=Decimal(5), step=Decimal(1)))
    weighted = None if weight is None else Decimal(weight)
    return Criterion(code, scale, weight=weighted, title=both(code.title()), **changes)


def some_bases(code: str = "rios", now=NOON, **changes) -> Bases:
    """Complete bases that can be published: two questions, two criteria, a jury of two sectors."""
    usual = {
        "code": code,
        "title": both("Ríos vivos", "Living rivers"),
        "summary": both("Ideas para cuidar los ríos.", "Ideas to care for the rivers."),
        "time_zone": "America/Guayaquil",
        "calendar": a_calendar(now),
        "contact_email": "rios@example.org",
        "challenges": (
            ChallengeText("agua", both("Agua limpia", "Clean water"), both("Qué hacer.", "What to do.")),
        ),
        "team": TeamRules(min=1, max=4),
        "questions": (
            Question("resumen", QuestionKind.LONG_TEXT, both("Resumen", "Summary"), max_characters=1500),
            Question("enlace", QuestionKind.ADDRESS, both("Enlace", "Link"), required=False),
        ),
        "rubric": Rubric((criterion("impacto", 60), criterion("viabilidad", 40))),
        "method": Method(),
        "tie_break": (TieKey(TieKeyKind.CRITERION, code="impacto"), TieKey(TieKeyKind.SUBMITTED_AT)),
        "jury": JuryRules(size=2, sectors={"public": SectorQuota(min=1), "academia": SectorQuota(min=1)}),
    }
    return Bases(**{**usual, **changes})


def an_account(name: str = "", *, email: str = "", now=NOON, **changes) -> Account:
    """A verified person of age, of Pichincha."""
    number = next(_numbers)
    usual = {
        "email": email or f"person{number}@example.org",
        "name": name or f"Person {number}",
        "language": "es",
        "birth_date": datetime(1995, 5, 17, tzinfo=UTC).date(),
        "province": "17",
        "canton": "1701",
        "created_at": now,
        "verified_at": now,
    }
    account = Account(**{**usual, **changes})
    db.session.add(account)
    db.session.flush()
    return account


def a_host(code: str = "", name: str = "", now=NOON) -> Host:
    host = Host(code=code or f"host-{next(_numbers)}", name=name or "Municipio de Muestra", created_at=now)
    db.session.add(host)
    db.session.flush()
    return host


def an_organiser(host: Host, role: StaffRole = StaffRole.ORGANISER, now=NOON, **changes) -> Account:
    account = an_account(now=now, **changes)
    db.session.add(Staff(host_id=host.id, account_id=account.id, role=role, since=now))
    db.session.flush()
    return account


def acting(account: Account) -> Actor:
    """The actor that this account is now."""
    db.session.flush()
    return actor_of(account)


def a_draft_call(
    bases: Bases | None = None, *, host: Host | None = None, organiser: Account | None = None, now=NOON
) -> Call:
    host = host or a_host(now=now)
    organiser = organiser or an_organiser(host, now=now)
    return calls.create_call(bases or some_bases(f"call-{next(_numbers)}", now), host, acting(organiser), now)


def a_call(
    bases: Bases | None = None, *, host: Host | None = None, organiser: Account | None = None, now=NOON
) -> Call:
    """A published call."""
    host = host or a_host(now=now)
    organiser = organiser or an_organiser(host, now=now)
    call = a_draft_call(bases, host=host, organiser=organiser, now=now)
    calls.publish(call, acting(organiser), now)
    return call


def registered(call: Call, account: Account | None = None, now=NOON, **attributes) -> Registration:
    account = account or an_account(now=now)
    registration = Registration(
        call_id=call.id, account_id=account.id, account=account, attributes=attributes, registered_at=now
    )
    db.session.add(registration)
    db.session.flush()
    return registration


def a_team(call: Call, *people: Account, name: str = "", now=NOON, **changes) -> Team:
    """A team of these people, the first representing; of one new person when none is named."""
    number = next(_numbers)
    name = name or f"Team {number}"
    team = Team(
        code=new_code(),
        call_id=call.id,
        call=call,
        name=name,
        name_key=alike(name),
        created_at=now,
        **changes,
    )
    db.session.add(team)
    db.session.flush()
    for place, account in enumerate(people or (an_account(now=now),)):
        registration = registered(call, account, now)
        role = MemberRole.MEMBER if place else MemberRole.REPRESENTATIVE
        db.session.add(
            Member(
                team_id=team.id,
                call_id=call.id,
                account_id=account.id,
                registration_id=registration.id,
                role=role,
                joined_at=now + place * timedelta(seconds=1),
            )
        )
    db.session.flush()
    return team


def a_submission(
    team: Team, call: Call, *, challenge: str = "", title: str = "Una propuesta", now=NOON
) -> Submission:
    """A draft of this team."""
    wanted = db.session.query(Challenge).filter_by(call_id=call.id).order_by(Challenge.position).all()
    chosen = next(each for each in wanted if not challenge or each.code == challenge)
    submission = Submission(
        code=new_code(),
        call_id=call.id,
        call=call,
        challenge_id=chosen.id,
        team_id=team.id,
        bases_version_id=call.version_id,
        title=title,
        started_at=now,
    )
    db.session.add(submission)
    db.session.flush()
    return submission


def submitted(team: Team, call: Call, *, at=None, now=NOON, **changes) -> Submission:
    """A submission that was handed in, with its receipt."""
    submission = a_submission(team, call, now=now, **changes)
    receipt = Receipt(
        number=f"T-{next(_numbers):08d}",
        submission_id=submission.id,
        bases_version_id=call.version_id,
        received_at=at or now,
        content="{}",
        content_sha256=hashlib.sha256(b"{}").hexdigest(),
    )
    db.session.add(receipt)
    db.session.flush()
    submission.receipt_id, submission.receipt = receipt.id, receipt
    submission.state, submission.submitted_at = SubmissionState.SUBMITTED, at or now
    db.session.flush()
    return submission


def a_juror(
    call: Call, sector: str = "public", *, account: Account | None = None, now=NOON, **changes
) -> Juror:
    """Somebody who accepted to sit on the jury and signed the statement."""
    account = account or an_account(now=now)
    usual = {"role": JurorRole.MEMBER, "state": JurorState.ACCEPTED, "statement_at": now, "answered_at": now}
    juror = Juror(
        code=new_code(),
        call_id=call.id,
        call=call,
        account_id=account.id,
        account=account,
        email=account.email,
        name=account.name,
        sector=sector,
        invited_at=now,
        expires_at=now + 14 * DAY,
        **{**usual, **changes},
    )
    db.session.add(juror)
    db.session.flush()
    return juror


def a_review(
    juror: Juror, submission: Submission, *, state: ReviewState = ReviewState.FINAL, now=NOON, **marks
) -> Review:
    """A review by this juror, final unless another state is said, with these marks by criterion."""
    closed = state in {ReviewState.EXCUSED, ReviewState.RECUSED}
    review = Review(
        code=new_code(),
        call_id=submission.call_id,
        juror_id=juror.id,
        juror=juror,
        submission_id=submission.id,
        receipt_id=submission.receipt_id,
        sector=juror.sector,
        state=state,
        assigned_at=now,
        finished_at=now if state is ReviewState.FINAL else None,
        closed_at=now if closed else None,
        closed_reason="Por viaje" if closed else None,
        marks=[Mark(criterion=code, value=Decimal(str(value))) for code, value in marks.items()],
    )
    db.session.add(review)
    db.session.flush()
    return review


def sign_in(browser, account: Account, now=None):
    """Let this client be that person, without the sign-in page."""
    token = secrets.token_urlsafe(32)
    moment = now or datetime.now(UTC)
    db.session.add(SignIn(account_id=account.id, token_hash=hashed(token), created_at=moment, seen_at=moment))
    db.session.commit()
    with browser.client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return browser
