"""A team asks for a review in time, gets a receipt, and two persons answer it; the public reads the count."""

import hashlib
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from tests import builders as given
from tests.appeals.scenes import GROUNDS, WANTED, WHY, filed, fresh, proposed, published
from tests.feedback.scenes import MARKS, as_
from tests.queries import count_queries
from thinkia import clock
from thinkia.agreements import services as agreements
from thinkia.agreements.queries import agreement_by_code
from thinkia.appeals.models import Appeal
from thinkia.appeals.queries import appeal_by_number, counts
from thinkia.db import db
from thinkia.domain.appeals import Outcome, closes
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.receipts import is_well_typed
from thinkia.journal.models import Entry
from thinkia.outside.mail import Mail


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def scene(app, now):
    return published(now)


def letters(name):
    return sorted(to for (to,) in db.session.query(Mail.to).filter_by(template=f"appeals/emails/{name}.txt"))


def answered(scene, appeal, now, outcome=Outcome.ACCEPTED):
    waiting = agreement_by_code(proposed(scene, appeal, now, outcome).code)
    agreements.confirm(waiting, fresh(scene.luis, now), now)
    return appeal_by_number(appeal.number)


def test_a_team_appeals_from_its_page_and_gets_a_receipt(scene, new_browser, now):
    browser = as_(new_browser(), scene.members["Inti"], now)
    page = browser.get(f"/submissions/{scene.code('Inti')}/feedback")
    assert "A team may ask for a review of its result until" in page.text
    form = browser.get(page.link("Ask for a review"))
    empty = browser.submit("Send the appeal", status=422, grounds=GROUNDS, wanted=" ")
    assert "Write what you ask for." in empty.text
    assert GROUNDS in empty.root.one("textarea", name="grounds").text
    assert form.h1 == "Ask for a review of your result"
    receipt = browser.submit("Send the appeal", wanted=WANTED)
    assert receipt.h1 == "Your appeal was received"
    appeal = db.session.query(Appeal).one()
    assert is_well_typed(appeal.number)
    assert appeal.number in receipt.text
    content = browser.client.get(f"/appeals/{appeal.number}/content").data
    assert hashlib.sha256(content).hexdigest() == appeal.content_sha256
    assert letters("received") == [scene.members["Inti"].email]
    again = browser.get(f"/submissions/{scene.code('Inti')}/feedback")
    assert "Your team's appeal waits for its answer:" in again.text
    browser.get(f"/submissions/{scene.code('Inti')}/appeal")
    twice = browser.submit("Send the appeal", status=422, grounds="Otra vez", wanted=WANTED)
    assert "One at a time." in twice.text
    assert "Otra vez" in twice.text
    entry = db.session.query(Entry).filter_by(action="appeal.received").one()
    assert GROUNDS not in entry.body


def test_after_the_window_nothing_is_sent_and_what_was_written_stays(scene, new_browser, now):
    last = closes(scene.call.bases.appeals, scene.call.bases.time_zone, now)
    with time_machine.travel(last - timedelta(seconds=1), tick=False):
        browser = as_(new_browser(), scene.members["Inti"], clock.now())
        browser.get(f"/submissions/{scene.code('Inti')}/appeal")
    with time_machine.travel(last, tick=False):
        page = browser.submit("Send the appeal", status=422, grounds=GROUNDS, wanted=WANTED)
        assert "The time for appeals is over." in page.text
        assert GROUNDS in page.text
        assert db.session.query(Appeal).count() == 0
        told = browser.get(f"/submissions/{scene.code('Inti')}/feedback").text
        assert "Appeals closed on" in told
        assert "Ask for a review of" not in told


def test_only_who_represents_the_team_appeals_and_nobody_else_reads_it(scene, new_browser, now):
    appeal = filed(scene, now)
    for name in ("Yaku", "Sumak"):
        other = as_(new_browser(), scene.members[name], now)
        other.get(f"/submissions/{scene.code('Inti')}/appeal", status=404)
        other.get(f"/appeals/{appeal.number}", status=404)
        other.get(f"/appeals/{appeal.number}/content", status=404)
    as_(new_browser(), scene.person(scene.jurors[0]), now).get(f"/appeals/{appeal.number}", status=404)


def test_where_the_bases_take_no_appeals_there_is_no_form(app, new_browser, now):
    scene = published(now, appeals=None)
    browser = as_(new_browser(), scene.members["Inti"], now)
    browser.get(f"/submissions/{scene.code('Inti')}/appeal", status=403)
    text = browser.get(f"/submissions/{scene.code('Inti')}/feedback").text
    assert "dudas@example.org" in text
    assert "Ask for a review" not in text
    assert "Appeals" not in browser.get(f"/calls/{scene.call.code}/results").text


def test_an_excluded_team_may_appeal_too(app, new_browser, now):
    scene = published(now, {**MARKS, "Fuera": ((5, 5),) * 3})
    out = scene.submissions["Fuera"]
    out.state, out.excluded_at, out.excluded_reason = SubmissionState.EXCLUDED, now, "Llegó con nombres"
    db.session.flush()
    browser = as_(new_browser(), scene.members["Fuera"], now)
    page = browser.get(f"/submissions/{scene.code('Fuera')}/feedback")
    browser.get(page.link("Ask for a review"))
    assert browser.submit("Send the appeal", grounds=GROUNDS, wanted=WANTED).h1 == "Your appeal was received"


def test_two_persons_answer_and_the_team_reads_why(scene, new_browser, now):
    appeal = filed(scene, now)
    rosa = as_(new_browser(), scene.organiser, now)
    assert "1 appeal to answer" in rosa.get(scene.url).text
    desk = rosa.get(f"{scene.url}/results/appeals")
    page = rosa.get(desk.link(appeal.number))
    assert GROUNDS in page.text
    lacking = rosa.submit("Ask to give this answer", status=422, answer=WHY)
    assert "Choose an answer." in lacking.text
    assert WHY in lacking.text
    rosa.submit("Ask to give this answer", outcome="partly")
    member = as_(new_browser(), scene.members["Inti"], now)
    assert WHY not in member.get(f"/appeals/{appeal.number}").text
    code = rosa.page.path.rsplit("/", 1)[1]
    waiting = agreement_by_code(code)
    assert GROUNDS in rosa.page.text
    with pytest.raises(Refused) as caught:
        agreements.confirm(waiting, fresh(scene.organiser, now), now)
    assert caught.value.reason is Reason.NOT_A_SECOND
    agreements.confirm(agreement_by_code(code), fresh(scene.luis, now), now)
    told = member.get(f"/appeals/{appeal.number}")
    assert told.h1 == "Your appeal has an answer"
    assert "Accepted in part" in told.text
    assert WHY in told.text
    assert "No corrected result is published yet." in told.text
    assert letters("answered") == [scene.members["Inti"].email]
    for letter in db.session.query(Mail).filter(Mail.template.like("appeals/%")):
        assert not any(words in letter.text for words in (WHY, GROUNDS, WANTED))
    after = rosa.get(f"{scene.url}/results/appeals/{appeal.number}")
    assert "What to do now" in after.text
    public = new_browser().get(f"/calls/{scene.call.code}/results")
    assert "1 appeal received · 1 accepted in part" in public.text
    assert not any(words in public.text for words in (WHY, GROUNDS, appeal.number))
    assert counts(scene.call) == {Outcome.PARTLY: 1}


def test_an_answer_does_not_change_any_more(scene, now):
    appeal = filed(scene, now)
    waiting = agreement_by_code(proposed(scene, appeal, now).code)
    agreements.confirm(waiting, fresh(scene.luis, now), now)
    with pytest.raises(Refused) as caught:
        proposed(scene, appeal, now, Outcome.REJECTED)
    assert caught.value.reason is Reason.APPEAL_ANSWERED


def test_a_juror_who_read_the_proposal_does_not_confirm_the_answer(scene, now):
    """The chair read it, so the chair is no second person here."""
    appeal = filed(scene, now)
    waiting = agreement_by_code(proposed(scene, appeal, now).code)
    with pytest.raises(Refused) as caught:
        agreements.confirm(waiting, fresh(scene.person(scene.chair), now), now)
    assert caught.value.reason is Reason.NOT_A_SECOND


def test_a_rejected_appeal_asks_for_nothing_more(scene, new_browser, now):
    appeal = answered(scene, filed(scene, now), now, Outcome.REJECTED)
    page = as_(new_browser(), scene.organiser, now).get(f"{scene.url}/results/appeals/{appeal.number}")
    assert "Rejected" in page.text
    assert "What to do now" not in page.text
    assert filed(scene, now).number != appeal.number  # another one may follow while the window is open


def test_the_database_takes_one_open_appeal_a_team(scene, now):
    first = filed(scene, now)
    second = Appeal(
        number="T-2222-2222-2", call_id=first.call_id, submission_id=first.submission_id, grounds="x", wanted="x",
        ranking_id=first.ranking_id, content_sha256="0" * 64, received_at=now, filed_by_id=first.filed_by_id,
    )  # fmt: skip
    db.session.add(second)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_desk_of_appeals_costs_the_same_for_one_and_for_many(scene, new_browser, now):
    rosa = as_(new_browser(), scene.organiser, now)
    asked, address = [], f"{scene.url}/results/appeals"
    for names in (("Inti",), ("Yaku", "Sumak")):
        for name in names:
            filed(scene, now, name)
        with count_queries() as queries:
            page = rosa.get(address)
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert len(page.root.all("tbody")[0].all("tr")) == 3
    reader = given.an_organiser(scene.call.host, given.StaffRole.READER, now=now)
    number = db.session.query(Appeal.number).first()[0]
    seen = as_(new_browser(), reader, now).get(f"{address}/{number}")
    assert "Ask to give this answer" not in seen.text
