"""A juror's list and scoring page: what is seen, what is kept, who is kept out (F02, F24, F43)."""

import re
import threading
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import update

from tests import builders as given
from tests.jury.world import (
    DAY,
    NOW,
    a_final_review,
    a_proposal,
    a_reading_call,
    a_review,
    checked,
    everything_in_the_journal,
    journal,
    loaded,
    marks,
    path,
    person,
    send,
)
from tests.queries import count_queries
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.ballot import Typed, read
from thinkia.domain.lifecycle import ReviewState
from thinkia.domain.reasons import Refused
from thinkia.domain.rubric import Aggregate, Anchor, JustifyAt, Rubric, Scale
from thinkia.jury.models import Mark, Review
from thinkia.jury.services import scoring

HALVES = Scale(min=Decimal(0), max=Decimal("2.5"), step=Decimal("0.5"))
TWENTY = Scale(min=Decimal(0), max=Decimal(20), step=Decimal("0.5"))
LIST = Scale(checklist=(Decimal(1), Decimal(2)))
EVERY_SCALE = Rubric(
    (
        given.criterion("uno", justify=True, anchors=(Anchor((Decimal(1),), given.both("Nada", "Nothing")),)),
        given.criterion("medios", scale=HALVES),
        given.criterion("veinte", scale=TWENTY),
        given.criterion(
            "lista", scale=LIST, items=(given.both("Carta", "Letter"), given.both("Plan", "Plan"))
        ),
    ),
    aggregate=Aggregate.SUM,
)


def every_scale(new_browser):
    reading = a_reading_call("escalas", rubric=EVERY_SCALE, tie_break=given.some_bases().tie_break[1:])
    reading.juror = given.a_juror(reading.call, "academia", now=NOW)
    reading.review = a_review(reading.juror, a_proposal(reading.call))
    return reading, person(new_browser(), reading.juror.account)


# The list


def test_the_desk_says_how_many_are_left_and_which_is_next(reading, juror):
    done = a_proposal(reading.call, "La cisterna")
    a_final_review(reading.juror, done)
    page = juror.get("/calls/rios/jury")

    assert page.h1.startswith("1 of 2 left")
    assert "about 20 min, at 20 minutes a proposal" in page.text
    assert page.link(f"Begin with {reading.review.submission.code}") == path(reading)
    assert "Marked as final: 1" in page.text
    assert "La cisterna" in page.text


@pytest.mark.parametrize("count", [1, 5])
def test_the_desk_and_the_scoring_page_ask_as_much_for_one_as_for_five(reading, juror, count):
    for number in range(count - 1):
        a_review(reading.juror, a_proposal(reading.call, f"Propuesta {number}"))
    address = path(reading)
    juror.get("/help")
    with count_queries() as queries:
        juror.get("/calls/rios/jury")
    assert len(queries) == 6, queries
    with count_queries() as queries:
        juror.get(address)
    assert len(queries) == 5, queries


def test_the_scoring_page_says_for_which_sector_the_juror_sits(reading, juror):
    reading.review.sector = "cooperation"  # this seat's, which an old plan may have given otherwise
    db.session.flush()
    page = juror.get(path(reading))
    assert "On this panel you sit for: Cooperation" in page.text


def test_saving_one_mark_takes_few_queries(reading, juror):
    address = path(reading)
    juror.get(address)
    with count_queries() as queries:
        send(juror, follow=False, status=302, **{"mark:impacto": "4"})
    assert len(queries) <= 10, queries


# Marks


def test_nothing_is_marked_beforehand_and_what_is_saved_stays(reading, juror):
    page = juror.get(path(reading))
    assert checked(page) == ["t-prop"]
    assert "Un mapa de fugas" in page.text
    assert "Segundo <b>no</b>." in page.text  # what people wrote is text (F43)

    page = send(juror, press="stay", **{"mark:impacto": "4", "note": "Ojo", "feedback": "Muy claro"})
    assert checked(page) == ["t-rub", "c1-4"]
    assert "Your mark: 4 of 5" in page.text
    assert "Rubric: 1 of 2 criteria marked" in page.text
    review = db.session.get(Review, reading.review.id)
    assert (review.state, review.note, review.feedback) == (ReviewState.STARTED, "Ojo", "Muy claro")
    assert journal()[-1] == "review.saved"
    assert '"marks":{"impacto":4000000}' in everything_in_the_journal()
    assert "Ojo" not in everything_in_the_journal()


def test_every_scale_has_its_field_and_takes_a_decimal_comma(app, new_browser):
    reading, juror = every_scale(new_browser)
    page = juror.get(path(reading))
    assert page.root.one("input", name="mark:veinte")["type"] == "text"
    assert len(page.root.all("input", name="mark:medios")) == 6
    assert "Nothing" in page.text

    page = send(
        juror,
        press="stay",
        **{"mark:uno": "1", "mark:medios": "2.5", "mark:veinte": "4,5", "item:lista:0": "yes"},
    )
    assert marks(reading.review) == {"uno": 1, "medios": Decimal("2.5"), "veinte": Decimal("4.5")}
    assert "1 answer is missing" in page.text
    assert [each["value"] for each in page.root.all("input", name="item:lista:0") if "checked" in each] == [
        "yes"
    ]
    page = send(juror, press="stay", **{"item:lista:1": "no"})
    assert marks(reading.review)["lista"] == 1
    assert page.root.one("input", name="mark:veinte")["value"] == "4.5"


def test_a_mark_that_is_not_on_the_scale_is_told_and_nothing_is_half_done(app, new_browser):
    reading, juror = every_scale(new_browser)
    juror.get(path(reading))
    page = juror.post(
        path(reading),
        {"mark:uno": "6", "mark:veinte": "veinte", "note": "Mi nota", "version": "1"},
        status=422,
    )

    assert "6 is not on the scale. It goes: from 1 to 5." in page.text
    assert "“veinte” is not a number." in page.text
    assert page.root.one("input", name="mark:veinte")["value"] == "veinte"
    assert page.root.one("textarea", name="note").text == "Mi nota"
    assert (marks(reading.review), db.session.get(Review, reading.review.id).version) == ({}, 1)


def test_a_reason_without_a_mark_is_kept_too(app, new_browser):
    reading, juror = every_scale(new_browser)
    juror.get(path(reading))
    page = send(juror, press="stay", **{"reason:uno": "Todavía dudo"})
    assert page.root.one("textarea", name="reason:uno").text == "Todavía dudo"
    assert marks(reading.review) == {}


def test_final_needs_every_mark_and_every_reason_and_keeps_what_is_there(app, new_browser):
    reading, juror = every_scale(new_browser)
    juror.get(path(reading))
    page = send(juror, press="final", status=422, **{"mark:uno": "5", "mark:veinte": "20"})
    assert "Saved, but not final yet" in page.text
    assert "Mark “2. Medios”." in page.text
    assert "Write the reason of “1. Uno”." in page.text
    assert marks(reading.review) == {"uno": 5, "veinte": 20}

    page = send(
        juror,
        press="final",
        **{"reason:uno": "Está probada", "mark:medios": "0", "item:lista:0": "yes", "item:lista:1": "yes"},
    )
    assert page.path == "/calls/escalas/jury/summary"
    review = db.session.get(Review, reading.review.id)
    assert review.state is ReviewState.FINAL
    assert marks(review) == {"uno": 5, "medios": 0, "veinte": 20, "lista": 3}
    assert journal()[-1] == "review.finished"


def test_a_final_mark_does_not_change_by_any_route(reading, juror):
    juror.get(path(reading))
    send(juror, press="final", **{"mark:impacto": "4", "mark:viabilidad": "3"})
    page = juror.get(path(reading))
    assert "Final since" in page.text
    assert page.root.all("button", form="review") == []

    page = juror.post(path(reading), {"mark:impacto": "1", "version": "3", "note": "Cambio"}, status=409)
    assert "a final mark does not change" in page.text
    page = juror.post(path(reading), {"final": "1", "version": "3"}, status=409)
    assert marks(reading.review) == {"impacto": 4, "viabilidad": 3}


def test_after_the_window_the_page_is_to_read_and_nothing_typed_is_lost(reading, new_browser):
    closes = reading.call.calendar.evaluation.closes
    with time_machine.travel(closes - 0.0001 * DAY, tick=False):
        juror = person(new_browser(), reading.juror.account)
        juror.get(path(reading))
    with time_machine.travel(closes, tick=False):
        page = send(juror, status=409, note="Lo escribí a tiempo", **{"mark:impacto": "4"})
        assert "Evaluation is not open now" in page.text
        assert "Lo escribí a tiempo" in page.root.one("textarea", name="note").text
        page = juror.get(path(reading))
        assert "Evaluation ended on" in page.text
        assert page.root.all("button", form="review") == []
        assert "Evaluation is over" in juror.get("/calls/rios/jury").text
    assert marks(reading.review) == {}


# Two windows (F02)


def test_the_second_window_is_told_and_sees_both_texts(reading, new_browser):
    first, second = (person(new_browser(), reading.juror.account) for _ in range(2))
    first.get(path(reading))
    second.get(path(reading))
    send(first, note="De la primera", **{"mark:impacto": "5"})
    page = send(second, status=409, note="De la segunda", **{"mark:impacto": "2"})

    assert "marked in another window" in page.text
    row = next(each for each in page.root.all("tr") if "Note to the jury" in each.text)
    assert [cell.text for cell in row.all("td")] == ["De la primera", "De la segunda"]
    assert page.root.one("textarea", name="note").text == "De la segunda"  # own text kept
    assert marks(reading.review) == {"impacto": 5}

    page = send(second, press="stay")
    assert marks(reading.review) == {"impacto": 2}
    assert db.session.get(Review, reading.review.id).note == "De la segunda"


def test_without_the_version_the_first_window_would_be_lost(reading):
    """The negative control: the same two saves, by identity alone."""
    review = reading.review
    for note in ("De la primera", "De la segunda"):
        db.session.execute(update(Review).where(Review.id == review.id).values(note=note))
    db.session.expire_all()
    assert db.session.get(Review, review.id).note == "De la segunda"  # silently


def test_an_autosave_answers_with_the_new_version_and_a_clash_with_a_way_to_compare(reading, new_browser):
    first, second = (person(new_browser(), reading.juror.account) for _ in range(2))
    first.get(path(reading))
    second.get(path(reading))
    htmx = {"headers": {"HX-Request": "true"}}
    fields = {
        name: first.page.root.all("input", name=name)[0]["value"]
        for name in ("window", "version", "csrf_token")
    }
    answer = first.post(path(reading), {**fields, "mark:impacto": "3"}, **htmx)
    assert re.search(r'name="version"[^>]*value="2"', answer.response.text)
    assert "Rubric: 1 of 2 criteria marked" in answer.text
    assert answer.response.headers["X-Saved-At"]
    # The answer was lost on the way: the same window says it again, with the version it knows.
    first.post(path(reading), {**fields, "mark:impacto": "4"}, **htmx)
    assert marks(reading.review) == {"impacto": 4}

    fields = {
        name: second.page.root.all("input", name=name)[0]["value"]
        for name in ("window", "version", "csrf_token")
    }
    answer = second.post(path(reading), {**fields, "mark:impacto": "1"}, status=409, **htmx)
    assert "Compare both" in answer.text
    assert marks(reading.review) == {"impacto": 4}


def test_the_same_ballot_twice_is_one_save(reading, juror):
    """Double click, refresh, back (F24)."""
    juror.get(path(reading))
    fields = {
        name: juror.page.root.all("input", name=name)[0]["value"]
        for name in ("window", "version", "csrf_token")
    }
    for _ in range(2):
        juror.post(path(reading), {**fields, "mark:impacto": "3"})
    juror.post(path(reading), {**fields, "window": "another", "mark:impacto": "3"})
    assert db.session.get(Review, reading.review.id).version == 2
    assert journal().count("review.saved") == 1


@pytest.mark.database("postgresql")
def test_of_two_windows_that_save_at_once_one_is_refused(committed_app):
    with transaction():
        reading = a_reading_call()
        reading.juror = given.a_juror(reading.call, "academia", now=NOW)
        review = a_review(reading.juror, a_proposal(reading.call))
    actor, barrier, results = given.acting(reading.juror.account), threading.Barrier(8), []

    def save(number):
        with committed_app.app_context():
            mine = loaded(db.session.get(Review, review.id))
            rubric = mine.call.bases.rubric
            ballot = read(rubric, {"impacto": Typed("4")}, note=f"Ventana {number}")
            barrier.wait()
            try:
                results.append(scoring.save(mine, ballot, actor, NOW, version=1, window=f"w{number}"))
            except Refused as refused:
                results.append(refused.reason.value)

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, results)) == ["2", *["jury.review_changed"] * 7]


# One's own other marks


def test_own_marks_on_the_same_criterion_stand_closed_under_it_and_nobody_elses(reading, juror):
    assert "What you gave in other proposals" not in juror.get(path(reading)).text
    mine = a_final_review(reading.juror, a_proposal(reading.call, "La cisterna"))
    draft = a_review(
        reading.juror, a_proposal(reading.call, "El páramo"), state=ReviewState.STARTED, saved_at=NOW
    )
    gone = a_review(
        reading.juror,
        a_proposal(reading.call, "Canario"),
        state=ReviewState.RECUSED,
        saved_at=NOW,
        closed_at=NOW,
        closed_reason="Socio",
    )
    other = a_final_review(given.a_juror(reading.call, "public", now=NOW), mine.submission)
    values = ((mine, "impacto", 2), (draft, "impacto", 4), (gone, "impacto", 1), (other, "impacto", 5))
    for review, code, value in values:
        db.session.add(Mark(review_id=review.id, criterion=code, value=Decimal(value)))
    db.session.flush()

    page = juror.get(path(reading))
    (details,) = [each for each in page.root.all("details") if "class" in each and "others" in each["class"]]
    assert "open" not in details
    assert [" ".join(line.text.split()) for line in details.all("li")] == [
        f"4 {draft.submission.code} El páramo",
        f"2 {mine.submission.code} La cisterna",
    ]


def test_of_many_other_marks_the_ten_last_are_shown(reading, juror):
    for number in range(12):
        review = a_review(
            reading.juror,
            a_proposal(reading.call, f"Propuesta {number}"),
            state=ReviewState.STARTED,
            saved_at=NOW + number * DAY / 24,
        )
        db.session.add(Mark(review_id=review.id, criterion="impacto", value=Decimal(number % 5 + 1)))
    db.session.flush()
    text = juror.get(path(reading)).text
    assert "Propuesta 2" in text
    assert "Propuesta 11" in text
    assert "Propuesta 1 " not in text
    assert "Propuesta 0" not in text


def test_where_the_bases_ask_for_reasons_at_the_ends_of_the_scale_the_middle_needs_none(app, new_browser):
    criteria = tuple(
        given.criterion(code, 50, justify_at=JustifyAt.EXTREMES) for code in ("impacto", "viabilidad")
    )
    reading = a_reading_call("extremos", rubric=Rubric(criteria))
    reading.juror = given.a_juror(reading.call, "academia", now=NOW)
    reading.review = a_review(reading.juror, a_proposal(reading.call))
    juror = person(new_browser(), reading.juror.account)
    page = juror.get(path(reading))
    assert "(the rules ask for it with a 1 or a 5: 1 to 3 sentences)" in page.text

    page = send(juror, press="final", status=422, **{"mark:impacto": "5", "mark:viabilidad": "3"})
    assert page.text.count("Write the reason that the rules ask for.") == 1
    assert "Write the reason of “1. " in page.text
    send(juror, press="final", **{"reason:impacto": "Está probado en dos barrios."})
    assert db.session.get(Review, reading.review.id).state is ReviewState.FINAL


def test_what_a_window_sent_earlier_and_arrives_later_undoes_nothing(reading):
    mine, actor = loaded(reading.review), given.acting(reading.juror.account)
    rubric = mine.call.bases.rubric
    first, second = (read(rubric, {}, note=words, feedback="") for words in ("antes", "después"))
    scoring.save(mine, second, actor, NOW, version=1, window="w", edit=7)
    with pytest.raises(Refused, match="review_changed"):
        scoring.save(mine, first, actor, NOW, version=1, window="w", edit=6)
    assert loaded(reading.review).note == "después"
