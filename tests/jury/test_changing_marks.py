"""In deliberation a juror gives other marks than those that are final: the old ones and the reason stay."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests import builders as given
from tests.jury.deliberating import REASON, a_panel, account_of, acting, ballot, change, later, path
from tests.jury.world import NOW, journal, marks, person
from thinkia.db import db
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.domain.rubric import Rubric
from thinkia.journal.models import Entry
from thinkia.jury.models import FormerReview, Review, Signature
from thinkia.jury.queries.people import juror_by_code
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import conflicts, scoring, signing
from thinkia.results import services as results


@pytest.fixture
def panel(app):
    return a_panel()


def why_not(act, *arguments, **options):
    with pytest.raises(Refused) as refused:
        act(*arguments, **options)
    return refused.value.reason


def former():
    return db.session.query(FormerReview).order_by(FormerReview.id).all()


def seat(panel, name):
    return juror_by_code(panel.call.code, panel.jurors[name].code)


def test_old_values_and_reasons_remain_after_two_changes(panel, new_browser):
    change(panel, "beto", 3, 4, reason="Primero", now=later(1))
    change(panel, "beto", 4, 2, reason="Segundo <i>después</i>", now=later(2))
    review = db.session.get(Review, panel.reviews["beto"].id)
    assert (review.state, review.finished_at, review.version) == (ReviewState.FINAL, later(2), 3)
    assert marks(review) == {"impacto": 4, "viabilidad": 2}
    kept = [(one.number, one.reason, one.ended_at, one.micro_marks) for one in former()]
    assert kept == [
        (1, "Primero", later(1), {"impacto": 1_000_000, "viabilidad": 4_000_000}),
        (2, "Segundo <i>después</i>", later(2), {"impacto": 3_000_000, "viabilidad": 4_000_000}),
    ]
    assert len({one.content_sha256 for one in former()}) == 2
    page = person(new_browser(), account_of(panel, "ana")).get(path(panel))
    changes = page.root.one("section", aria_labelledby="changes").text
    for words in ("Impacto: 1 before, 3 since then", "Impacto: 3 before, 4 since then", "Segundo <i>después"):
        assert words in changes
    assert "Viabilidad: 4 before, 2 since then" in changes
    assert "Beto" not in changes


def test_the_journal_has_both_values_and_the_hash_and_no_word_of_the_reason(panel):
    change(panel, "beto", 3, 4)
    entry = db.session.query(Entry).filter_by(action="review.changed").one()
    (kept,) = former()
    assert json.loads(entry.body)["data"] == {
        "version": 2,
        "former": 1,
        "former_sha256": kept.content_sha256,
        "was": {"impacto": 1_000_000},
        "marks": {"impacto": 3_000_000},
    }


@pytest.mark.parametrize("forbidden", ["UPDATE former_review SET reason = 'x'", "DELETE FROM former_review"])
def test_what_a_mark_was_cannot_be_erased(panel, forbidden):
    change(panel, "beto", 3, 4)
    with pytest.raises(DBAPIError, match="only ever added to"), db.session.begin_nested():
        db.session.execute(text(forbidden))


def test_a_former_version_has_a_reason_or_an_agreement(panel):
    change(panel, "beto", 3, 4)
    copied = "review_id, 9, agreement_id, '', finished_at, ended_at, content, content_sha256"
    names = copied.replace("9", "number").replace("''", "reason")
    with pytest.raises(DBAPIError, match="why"), db.session.begin_nested():
        db.session.execute(text(f"INSERT INTO former_review ({names}) SELECT {copied} FROM former_review"))


def test_only_ones_own_final_marks_change(panel):
    others = ballot(panel, impacto=5, viabilidad=5)
    for name in ("ana", "fausto"):
        review = review_by_code(panel.reviews["beto"].code)
        refused = why_not(scoring.change, review, others, REASON, acting(panel, name), NOW, version=1)
        assert refused is Reason.MARKS_FIXED
    assert why_not(change, panel, "dora", 5, 5) is Reason.MARKS_FIXED
    assert former() == []


def test_what_is_incomplete_off_the_scale_or_the_same_changes_nothing(panel):
    assert why_not(change, panel, "beto", 3, "") is Reason.REVIEW_INCOMPLETE
    assert why_not(change, panel, "beto", 3, 9) is Reason.MARK_NOT_ON_SCALE
    assert why_not(change, panel, "beto", 1, 4) is Reason.MARKS_UNCHANGED
    assert (former(), journal().count("review.changed")) == ([], 0)


def test_an_optional_mark_comes_and_goes(app):
    criteria = (given.criterion("impacto", 60), given.criterion("viabilidad", 40))
    panel = a_panel(rubric=Rubric((criteria[0], replace(criteria[1], required=False))))
    for mark in ("", 2):
        change(panel, "beto", 1, mark)
    entries = db.session.query(Entry).filter_by(action="review.changed").order_by(Entry.seq)
    assert [
        [json.loads(one.body)["data"][key]["viabilidad"] for key in ("was", "marks")] for one in entries
    ] == [[4_000_000, None], [None, 2_000_000]]
    assert [one.micro_marks.get("viabilidad") for one in former()] == [4_000_000, None]


def test_another_window_wins_and_the_same_sent_twice_is_one_change(panel):
    change(panel, "beto", 3, 4, version=1)
    change(panel, "beto", 3, 4, version=1)
    assert why_not(change, panel, "beto", 5, 5, version=1) is Reason.REVIEW_CHANGED
    assert len(former()) == 1


def test_a_juror_who_had_signed_is_asked_to_sign_again(panel, new_browser):
    signing.sign(seat(panel, "beto"), acting(panel, "beto"), NOW)
    beto = person(new_browser(), account_of(panel, "beto"))
    beto.get(f"/reviews/{panel.reviews['beto'].code}/change")
    page = beto.submit("Change my marks", **{"mark:impacto": "3"}, why=REASON)
    assert "look them over and sign again" in page.text
    page = beto.submit("Sign my marks")
    assert "You signed 1 proposals" in page.text
    assert db.session.query(Signature).count() == 2


def test_nobody_changes_a_mark_once_an_order_was_computed(panel, new_browser):
    change(panel, "beto", 3, 4)
    conflicts.excuse(review_by_code(panel.reviews["dora"].code), "No pudo", panel.actor, NOW)
    rosa = person(new_browser(), panel.organiser)
    assert "Once the order is computed, nobody changes a mark" in rosa.get("/manage/calls/rios/results").text
    results.propose(panel.call, panel.actor, NOW)
    assert why_not(change, panel, "ana", 5, 5) is Reason.MARKS_ORDERED
    ana = person(new_browser(), account_of(panel, "ana"))
    assert "The order of the proposals has been computed" in ana.get(path(panel)).text
    ana.submit("Send to the panel", text="Todavía se puede hablar")


def test_a_change_between_computing_and_confirming_is_never_silent(panel):
    conflicts.excuse(review_by_code(panel.reviews["dora"].code), "No pudo", panel.actor, NOW)
    ranking = results.propose(panel.call, panel.actor, NOW)
    db.session.execute(text("UPDATE mark SET value = 2000000 WHERE criterion = 'impacto'"))
    assert why_not(results.confirm, ranking, "", acting(panel, "fausto"), NOW) is Reason.RANKING_STALE


# The pages of a change


def test_a_juror_changes_a_mark_with_a_reason(panel, new_browser):
    beto = person(new_browser(), account_of(panel, "beto"))
    page = beto.get(f"/reviews/{panel.reviews['beto'].code}")
    beto.get(page.link("See how the panel marked it"))
    beto.get(beto.page.link("Change my marks"))
    page = beto.submit("Change my marks", **{"mark:impacto": "3"}, why=" ", status=422)
    assert [each["value"] for each in page.root.all("input", type="radio") if "checked" in each] == ["3", "4"]
    page = beto.submit("Change my marks", **{"mark:impacto": "3"}, why=REASON)
    assert "The former marks are kept, with your reason." in page.text
    assert "Impacto: 1 before, 3 since then" in page.text
    assert "You" in page.root.one("section", aria_labelledby="changes").text
    assert db.session.get(Review, panel.reviews["beto"].id).note == ""


def test_two_windows_of_a_change_show_what_is_different(panel, new_browser):
    beto = person(new_browser(), account_of(panel, "beto"))
    beto.get(f"/reviews/{panel.reviews['beto'].code}/change")
    change(panel, "beto", 2, 4)
    page = beto.submit("Change my marks", **{"mark:impacto": "3"}, why=REASON, status=409)
    assert "2" in page.root.one("table").text
    assert page.root.one("textarea", id="why").text == REASON
    beto.submit("Change my marks", why=REASON)
    assert marks(panel.reviews["beto"])["impacto"] == 3


def test_what_was_typed_is_kept_when_it_comes_too_late(panel, new_browser):
    beto = person(new_browser(), account_of(panel, "beto"))
    beto.get(f"/reviews/{panel.reviews['beto'].code}/change")
    review = db.session.get(Review, panel.reviews["beto"].id)
    review.state = ReviewState.STARTED
    db.session.commit()
    page = beto.submit("Change my marks", **{"mark:impacto": "3"}, why=REASON, status=409)
    assert "Final marks change only while the panel deliberates" in page.text
    assert page.root.one("textarea", id="why").text == REASON
    beto.get(f"/reviews/{panel.reviews['beto'].code}/change", status=403)
