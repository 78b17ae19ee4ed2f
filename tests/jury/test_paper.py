"""Marks from paper fill an empty place, by two persons, and never touch what a juror has given."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tests import builders as given
from tests.agreements.world import fresh, letters_to
from tests.jury.paper_world import TODAY, TYPED, WHY, a_ballot, a_paper_scene, asked
from tests.jury.world import DAY, NOW, a_proposal, a_review, letters, marks, person, send
from tests.queries import count_queries
from thinkia.agreements import services
from thinkia.agreements.models import Agreement
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.domain.ballot import Typed
from thinkia.domain.lifecycle import AgreementState, ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.exports.tables import tables_of
from thinkia.journal.models import Entry
from thinkia.jury import emails
from thinkia.jury.models import FormerReview, Mark, MarksSource, Review
from thinkia.jury.queries.conflicts import proposal_subject
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import conflicts, excuse, reopening
from thinkia.operations.queries import reviews_from_paper_alone
from thinkia.outside.mail import Mail, rendered
from thinkia.policy.actor import StaffRole

ENTRY = "/manage/calls/rios/jury/reviews/{}/paper"
LIST = "/manage/calls/rios/progress/open?unmarked=1"


@pytest.fixture
def scene(app):
    return a_paper_scene()


@pytest.fixture
def entered(scene):
    services.confirm(asked(scene), fresh(scene.luis), NOW)
    return scene


def state(scene):
    return db.session.get(Review, scene.review.id, populate_existing=True).state


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reason


def test_nothing_counts_before_a_second_person_confirms(scene):
    asked(scene)
    assert (state(scene), marks(scene.review)) == (ReviewState.ASSIGNED, {})
    assert letters("from_paper") == []


def test_once_confirmed_it_is_a_final_review_from_paper(entered):
    review = review_by_code(entered.review.code)
    assert (review.state, review.source, review.finished_at) == (ReviewState.FINAL, MarksSource.PAPER, NOW)
    assert marks(review) == {"impacto": 4, "viabilidad": 2}
    assert {mark.criterion: mark.reason for mark in review.marks}["viabilidad"] == "Faltan permisos"
    assert review.feedback == "Muy claro"
    assert list(reviews_from_paper_alone()) == []


def test_the_journal_has_both_people_and_the_marks_as_of_any_final_review(entered):
    lines = db.session.query(Entry).filter_by(object_ref=f"review:{entered.review.code}").order_by(Entry.seq)
    bodies = [json.loads(line.body) for line in lines]
    assert [one["action"] for one in bodies] == ["review.entered_from_paper", "review.finished"]
    expected = {"impacto": 4_000_000, "viabilidad": 2_000_000}
    assert [one["data"]["marks"] for one in bodies] == [expected, expected]
    waits = db.session.query(Agreement).one()
    typed, confirmed = (
        json.loads(db.session.query(Entry).filter_by(action=name).one().body)
        for name in ("agreement.asked", "agreement.confirmed")
    )
    assert bodies[0]["data"]["asked_by"] == typed["actor"] == confirmed["data"]["asked_by"]
    assert bodies[0]["actor"] == confirmed["actor"] != typed["actor"]
    assert bodies[0]["data"]["agreement"] == waits.code
    assert bodies[0]["data"]["signed_on"] == TODAY.isoformat()
    assert "Faltan permisos" not in "".join(line.body for line in lines)


def test_the_juror_has_one_letter_that_leads_to_what_was_entered_and_says_how_to_object(entered):
    (mail,) = letters("from_paper")
    assert mail.to == entered.reader.email
    assert mail.subject == "Ríos vivos: se ingresó su papeleta en papel"
    assert "Impacto" not in mail.text, "no mark stands in a letter"
    assert f"/reviews/{entered.review.code}" in mail.text
    assert entered.host.name in mail.text
    assert entered.call.bases.contact_email in mail.text
    assert letters_to(entered.reader) == ["from_paper.txt"]


def test_the_letter_is_written_in_the_language_of_the_juror(scene):
    scene.juror.language = "en"
    db.session.flush()
    services.confirm(asked(scene), fresh(scene.luis), NOW)
    (mail,) = letters("from_paper")
    assert mail.subject == "Living rivers: your paper ballot was entered"
    assert "object now" in mail.text


def test_whoever_typed_it_does_not_confirm_it(scene):
    waits = asked(scene)
    assert refusal(lambda: services.confirm(waits, fresh(scene.rosa), NOW)) is Reason.NOT_A_SECOND
    assert state(scene) is ReviewState.ASSIGNED


def test_confirming_twice_enters_it_once(entered):
    waits = db.session.query(Agreement).one()
    again = agreement_by_code(waits.code)
    assert refusal(lambda: services.confirm(again, fresh(entered.luis), NOW)) is Reason.AGREEMENT_DECIDED
    assert len(letters("from_paper")) == 1
    assert db.session.get(Review, entered.review.id).version == 3


def _marks(scene):
    scene.review.state, scene.review.saved_at = ReviewState.STARTED, NOW
    db.session.add(Mark(review_id=scene.review.id, criterion="impacto", value=Decimal(1)))


def _writes(scene):
    scene.review.state, scene.review.saved_at, scene.review.note = ReviewState.STARTED, NOW, "Lo pensaré"


def _abstains(scene):
    own = given.acting(scene.reader)
    conflicts.abstain(review_by_code(scene.review.code), "No es mi tema", own, NOW)


def _declares(scene):
    own = given.acting(scene.reader)
    conflicts.declare(scene.juror, proposal_subject(scene.proposal), "Es mi primo", own, NOW)


def _is_excused(scene):
    excuse(review_by_code(scene.review.code), "Está de viaje", given.acting(scene.luis), NOW)


def _published(scene):
    scene.call.results_published_at = NOW


MEANWHILE = [
    (_marks, Reason.PAPER_MARKS_THERE),
    (_writes, Reason.PAPER_MARKS_THERE),
    (_abstains, Reason.PAPER_CLOSED),
    (_declares, Reason.PAPER_CLOSED),
    (_is_excused, Reason.PAPER_CLOSED),
    (_published, Reason.PAPER_NOT_NOW),
]


@pytest.mark.parametrize(("happens", "reason"), MEANWHILE)
def test_what_happened_before_it_was_typed_refuses_it(scene, happens, reason):
    happens(scene)
    db.session.flush()
    assert refusal(lambda: asked(scene)) is reason


@pytest.mark.parametrize(("happens", "reason"), MEANWHILE)
def test_what_happened_meanwhile_refuses_the_confirmation(scene, happens, reason):
    waits = asked(scene)
    happens(scene)
    db.session.flush()
    before = marks(scene.review)
    waits = agreement_by_code(waits.code)
    assert refusal(lambda: services.confirm(waits, fresh(scene.luis), NOW)) is reason
    db.session.expire_all()
    assert (marks(scene.review), letters("from_paper")) == (before, [])
    assert db.session.query(Agreement).one().state is AgreementState.ASKED


def test_a_review_that_was_final_once_is_never_entered_from_paper(entered):
    reopening.ask_to_reopen(
        review_by_code(entered.review.code), "Se tecleó mal", given.acting(entered.rosa), NOW
    )
    again = db.session.query(Agreement).filter_by(kind="review.reopen").one()
    services.confirm(agreement_by_code(again.code), fresh(entered.luis), NOW)
    db.session.query(Mark).delete()
    entered.review.feedback = ""
    db.session.flush()
    db.session.expire_all()
    assert refusal(lambda: asked(entered)) is Reason.PAPER_MARKS_THERE


def test_a_reopened_ballot_is_the_jurors_own_once_finished_again(entered, new_browser):
    reopening.ask_to_reopen(
        review_by_code(entered.review.code), "Se tecleó mal", given.acting(entered.rosa), NOW
    )
    again = db.session.query(Agreement).filter_by(kind="review.reopen").one()
    services.confirm(agreement_by_code(again.code), fresh(entered.luis), NOW)
    kept = json.loads(db.session.query(FormerReview).one().content)
    assert (kept["source"], kept["marks"]["impacto"]["micro"]) == ("paper", 4_000_000)
    juror = person(new_browser(), entered.reader)
    juror.get(f"/reviews/{entered.review.code}")
    send(juror, press="final", **{"mark:impacto": "5"})
    review = db.session.get(Review, entered.review.id, populate_existing=True)
    assert (review.state, review.source) == (ReviewState.FINAL, MarksSource.JUROR)


@pytest.mark.parametrize("day", [-10, 1])
def test_a_ballot_counts_by_the_day_of_its_signature(scene, day):
    ballot = a_ballot(signed_on=TODAY + timedelta(days=day))
    assert refusal(lambda: asked(scene, ballot)) is Reason.PAPER_DAY


def test_paper_that_was_signed_in_time_is_entered_after_evaluation(scene):
    late = scene.call.calendar.evaluation.closes + DAY
    waits = asked(scene, now=late)
    luis = replace(fresh(scene.luis), signed_in_at=late)
    services.confirm(waits, luis, late)
    assert state(scene) is ReviewState.FINAL
    other = a_review(scene.juror, a_proposal(scene.call))
    scene.review = other
    too_late = a_ballot(signed_on=late.date())
    assert refusal(lambda: asked(scene, too_late, now=late)) is Reason.PAPER_DAY


def test_nothing_is_entered_before_evaluation_begins(scene):
    early = scene.call.calendar.evaluation.opens - timedelta(minutes=1)
    assert refusal(lambda: asked(scene, now=early)) is Reason.PAPER_NOT_NOW


@pytest.mark.parametrize(
    "typed",
    [{**TYPED, "impacto": Typed("")}, {**TYPED, "impacto": Typed("9")}, {**TYPED, "impacto": Typed("x")}],
)
def test_a_ballot_that_is_not_whole_is_not_entered(scene, typed):
    assert refusal(lambda: asked(scene, a_ballot(typed=typed))) is Reason.PAPER_INCOMPLETE


def test_who_reads_the_same_proposal_neither_types_nor_confirms_nor_sees_the_marks(scene, new_browser):
    given.a_juror(scene.call, "public", account=scene.luis, now=NOW - DAY)
    beside = db.session.query(type(scene.juror)).filter_by(account_id=scene.luis.id).one()
    a_review(beside, scene.proposal)
    waits = asked(scene)
    assert refusal(lambda: services.confirm(waits, fresh(scene.luis), NOW)) is Reason.NOT_A_SECOND
    luis = person(new_browser(), scene.luis)
    assert "Faltan permisos" not in luis.get(f"/agreements/{waits.code}").text
    services.withdraw(waits, given.acting(scene.rosa), NOW)
    assert refusal(lambda: asked(scene, by=scene.luis)) is Reason.PAPER_OWN


def test_the_chair_confirms_and_reads_the_marks_in_words_while_a_reader_of_the_host_does_not(
    scene, new_browser
):
    waits = asked(scene)
    chair = person(new_browser(), scene.chair)
    page = chair.get(f"/agreements/{waits.code}")
    assert "Impact 4 of 5" in page.text.replace("Impacto", "Impact")
    assert "Faltan permisos" in page.text
    reader = given.an_organiser(scene.host, StaffRole.READER, now=NOW)
    seen = person(new_browser(), reader).get(f"/agreements/{waits.code}")
    assert ("Enter marks from paper" in seen.text, "Faltan permisos" in seen.text) == (True, False)


def test_two_officers_walk_from_the_list_to_the_final_review(scene, new_browser):
    rosa = person(new_browser(), scene.rosa)
    page = rosa.get(LIST)
    page = rosa.get(page.link(f"Enter from paper Nina Guamán, {scene.proposal.code}"))
    assert (scene.proposal.code in page.h1, scene.review.code in page.text) == (True, True)
    fields = {"mark:impacto": "4", "mark:viabilidad": "2", "signed_on": TODAY.isoformat()}
    page = rosa.submit("Ask to enter it", status=422, **{**fields, "mark:viabilidad": ""}, reason=WHY)
    assert "Mark “2. Viabilidad”." in page.text
    page = rosa.submit("Ask to enter it", status=422, **{**fields, "mark:viabilidad": "2"}, reason="")
    page = rosa.submit("Ask to enter it", reason=WHY)
    assert "It waits for a second person" in page.text
    assert "Waits for a second person" in rosa.get(LIST).text
    assert "See what waits" in rosa.get(ENTRY.format(scene.review.code)).text
    services.confirm(agreement_by_code(db.session.query(Agreement).one().code), fresh(scene.luis), NOW)
    assert "From paper" in rosa.get(f"/manage/calls/rios/jury/{scene.juror.code}/readings").text
    assert "1 from paper" in rosa.get("/manage/calls/rios/progress").text
    assert "(1 from paper)" in rosa.get("/manage/calls/rios/results").text
    juror = person(new_browser(), scene.reader)
    assert "two people, on behalf of" in juror.get(f"/reviews/{scene.review.code}").text
    assert "From paper" in juror.get("/calls/rios/jury").text


def test_the_code_on_a_ballot_leads_to_its_page(scene, new_browser):
    rosa = person(new_browser(), scene.rosa)
    rosa.get(LIST)
    page = rosa.submit("Go to its page", ballot=f" {scene.review.code.lower()} ")
    assert page.path == ENTRY.format(scene.review.code)
    rosa.get(LIST)
    page = rosa.submit("Go to its page", ballot="NADA2345")
    assert "No ballot of this call has this code." in page.text


def test_whoever_comes_to_read_the_proposal_later_sees_the_marks_no_more(scene, new_browser):
    waits, rosa = asked(scene), person(new_browser(), scene.rosa)
    assert "Faltan permisos" in rosa.get(f"/agreements/{waits.code}").text
    beside = given.a_juror(scene.call, "public", account=scene.rosa, now=NOW)
    a_review(beside, scene.proposal)
    assert "Faltan permisos" not in rosa.get(f"/agreements/{waits.code}").text


def test_bad_input_keeps_what_was_typed_and_says_what_is_wrong(scene, new_browser):
    rosa = person(new_browser("es"), scene.rosa)
    rosa.get(ENTRY.format(scene.review.code))
    page = rosa.submit(
        "Pedir que se ingrese", status=422, reason=WHY, feedback="Bien", signed_on="2031-02-03",
        **{"mark:impacto": "4", "mark:viabilidad": "5"},
    )  # fmt: skip
    assert "Escriba la fecha que está junto a la firma." in page.text
    assert page.root.one("input", name="signed_on")["value"] == "2031-02-03"
    assert (WHY in page.text, "Bien" in page.text) == (True, True)
    checked = [one["value"] for one in page.root.all("input", type="radio") if "checked" in one]
    assert checked == ["4", "5"]


def test_a_page_for_a_review_with_marks_says_so_and_has_no_form(scene, new_browser):
    _marks(scene)
    db.session.flush()
    rosa = person(new_browser(), scene.rosa)
    page = rosa.get(ENTRY.format(scene.review.code))
    assert "the juror alone goes on" in page.text
    assert page.root.all("input", type="radio") == []
    rosa.post(ENTRY.format(scene.review.code), {"mark:impacto": "5"}, status=422)
    assert marks(scene.review) == {"impacto": 1}


@pytest.mark.parametrize(("who", "status"), [("reader", 404), ("chair", 404), ("staff", 403), ("far", 404)])
def test_only_those_who_organise_the_call_open_it(scene, new_browser, who, status):
    people = {"reader": scene.reader, "chair": scene.chair}
    if who == "staff":
        people["staff"] = given.an_organiser(scene.host, StaffRole.READER, now=NOW)
    if who == "far":
        people["far"] = given.an_organiser(given.a_host(now=NOW), now=NOW)
    person(new_browser(), people[who]).get(ENTRY.format(scene.review.code), status=status)


def test_the_list_has_what_is_empty_alone_in_constant_queries(scene, new_browser):
    begun = a_review(
        scene.juror, a_proposal(scene.call, "Con marcas"), state=ReviewState.STARTED, saved_at=NOW
    )
    db.session.add(Mark(review_id=begun.id, criterion="impacto", value=Decimal(3)))
    kept_out = a_proposal(scene.call, "De su primo")
    a_review(scene.juror, kept_out)
    conflicts.declare(scene.juror, proposal_subject(kept_out), "Primo", given.acting(scene.reader), NOW)
    rosa = person(new_browser(), scene.rosa)
    with count_queries() as one:
        page = rosa.get(LIST)
    assert page.h1.endswith("1 review without marks")
    for _ in range(4):
        a_review(scene.juror, a_proposal(scene.call))
    db.session.flush()
    with count_queries() as five:
        page = rosa.get(LIST)
    assert page.h1.endswith("5 reviews without marks")
    assert len(one) == len(five)


def test_exports_say_where_marks_come_from(entered):
    reviews, wide = tables_of(entered.call, ["reviews", "reviews_wide"])
    column = reviews.header.index("source")
    assert {row[column] for row in reviews.rows()} == {"paper"}
    assert [row[wide.header.index("source")] for row in wide.rows()] == ["paper"]


def test_a_letter_and_its_mail_are_whole_in_both_languages(entered):
    for language, words in (("es", "papeleta"), ("en", "ballot")):
        entered.juror.language = language
        db.session.flush()
        subject, text, html = rendered(emails.from_paper(review_by_code(entered.review.code)))
        assert (words in subject, words in text, words in html) == (True, True, True)
    assert db.session.query(Mail).filter(Mail.template.endswith("from_paper.txt")).count() == 1
