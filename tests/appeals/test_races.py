"""Two members of a team, two officers, two second persons, all at once: one appeal, one answer."""

from functools import partial

from tests import builders as given
from tests.appeals.scenes import WHY, fresh, published
from tests.submissions.world import all_at_once
from thinkia import clock
from thinkia.agreements import services as agreements
from thinkia.agreements.models import Agreement
from thinkia.agreements.queries import agreement_by_code
from thinkia.appeals import services
from thinkia.appeals.models import Appeal
from thinkia.appeals.queries import appeal_by_number
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.appeals import Outcome
from thinkia.domain.lifecycle import AgreementState
from thinkia.domain.reasons import Reason, Refused
from thinkia.feedback.queries import submission_for_feedback
from thinkia.journal.models import Entry
from thinkia.outside.mail import Mail
from thinkia.policy.actor import StaffRole


def at_once(app, acts):
    db.session.remove()  # what this thread has read is of before
    return all_at_once(app, acts)


def told(outcomes):
    return sorted(str(each.reason) if isinstance(each, Refused) else type(each).__name__ for each in outcomes)


def lines(action):
    return db.session.query(Entry).filter_by(action=action).count()


def letters(name):
    return db.session.query(Mail).filter_by(template=f"appeals/emails/{name}.txt").count()


def test_one_appeal_and_one_answer_whoever_comes_at_once(committed_app):
    now = clock.now()
    with transaction():
        scene = published(now)
        team, code = given.acting(scene.members["Inti"]), scene.code("Inti")
        rosa = given.acting(scene.organiser)
        eva = given.an_organiser(scene.call.host, StaffRole.OWNER, now=now - given.DAY)
        seconds = [fresh(one, now) for one in (scene.luis, eva)]

    def file(grounds):
        return services.file_appeal(submission_for_feedback(code), grounds, "Que se sume", team, now)

    assert told(at_once(committed_app, [partial(file, words) for words in "abcd"])) == [
        "Appeal",
        *[str(Reason.APPEAL_WAITS)] * 3,
    ]
    (appeal,) = db.session.query(Appeal)
    number = appeal.number
    assert (lines("appeal.received"), letters("received")) == (1, 1)

    def propose(outcome):
        return services.propose_answer(appeal_by_number(number), outcome, WHY, rosa, now)

    asked = at_once(committed_app, [partial(propose, one) for one in (Outcome.ACCEPTED, Outcome.REJECTED)])
    assert told(asked) == ["Agreement", str(Reason.ASKED_ALREADY)]
    (waiting,) = db.session.query(Agreement).filter_by(state=AgreementState.ASKED)
    wanted, request = waiting.arguments["outcome"], waiting.code

    def confirm(actor):
        agreements.confirm(agreement_by_code(request), actor, now)

    acts = [*(partial(confirm, one) for one in seconds), partial(propose, Outcome.PARTLY)]
    first, second, third = at_once(committed_app, acts)
    assert told([first, second]) == ["NoneType", str(Reason.AGREEMENT_DECIDED)]
    assert third.reason in {Reason.ASKED_ALREADY, Reason.APPEAL_ANSWERED}
    answered = appeal_by_number(number)
    assert (answered.outcome, answered.answer) == (wanted, WHY)
    assert (lines("appeal.answered"), letters("answered")) == (1, 1)
    assert db.session.query(Agreement).filter_by(state=AgreementState.ASKED).count() == 0
