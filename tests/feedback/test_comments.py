"""The jury's comments: each looked over before its team reads it, shown as it is or held back, never edited."""

import pytest

from tests import builders as given
from tests.feedback.scenes import WORDS, as_, look_over, review_of, with_words
from thinkia import clock
from thinkia.db import db
from thinkia.domain.reasons import Reason, Refused
from thinkia.feedback import queries, services
from thinkia.feedback.models import CommentCheck, Counts, Judgement
from thinkia.journal.models import Entry
from thinkia.outside.mail import Mail


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def scene(app, now):
    return with_words(now)


def page_of(scene):
    return f"{scene.url}/results/comments"


def read_by_team(scene, browser, now):
    as_(browser, scene.members["Inti"], now)
    return browser.get(f"/submissions/{scene.code('Inti')}/feedback").text


def test_what_nobody_looked_over_no_team_reads(scene, browser, now):
    scene.publish(now)
    text = read_by_team(scene, browser, now)
    assert not any(words in text for words in WORDS)
    assert "The organisers are still looking over 3 comments." in text


def test_an_organiser_publishes_one_and_holds_another_back_with_a_reason_to_the_chair(
    scene, new_browser, now
):
    organiser = as_(new_browser(), scene.organiser, now)
    page = organiser.get(page_of(scene))
    assert page.h1 == "0 of 3 comments looked over"
    assert not any(juror.name in page.text for juror in scene.jurors)
    good, bad = (review_of(scene, juror, "Inti").code for juror in scene.jurors[:2])
    saved = organiser.submit(
        "Save what I chose",
        **{f"choice:{good}": "show", f"choice:{bad}": "hold", f"reason:{bad}": "Nombra a otro equipo"},
    )
    assert saved.h1 == "2 of 3 comments looked over"
    assert [row.is_shown for row in db.session.query(CommentCheck).order_by(CommentCheck.is_shown)] == [
        False,
        True,
    ]
    (letter,) = db.session.query(Mail).filter_by(template="feedback/emails/held_back.txt")
    assert letter.to == scene.chair.email
    assert WORDS[1] not in letter.text
    scene.publish(now)
    text = read_by_team(scene, new_browser(), now)
    assert WORDS[0] in text
    assert WORDS[1] not in text
    chair = as_(new_browser(), scene.person(scene.chair), now)
    told = chair.get(f"/calls/{scene.call.code}/verdict/comments").text
    assert WORDS[1] in told
    assert "Nombra a otro equipo" in told
    assert WORDS[0] not in told
    as_(new_browser(), scene.person(scene.jurors[1]), now).get(
        f"/calls/{scene.call.code}/verdict/comments", status=404
    )


def test_holding_back_without_a_reason_keeps_all_that_was_chosen_and_saves_nothing(scene, new_browser, now):
    organiser = as_(new_browser(), scene.organiser, now)
    good, bad = (review_of(scene, juror, "Inti").code for juror in scene.jurors[:2])
    organiser.get(page_of(scene))
    page = organiser.submit(
        "Save what I chose", status=422, **{f"choice:{good}": "show", f"choice:{bad}": "hold"}
    )
    assert "Write to the chair why this comment is held back." in page.text
    assert {each["id"] for each in page.root.all("input") if "checked" in each} == {
        f"comment-{good}-show",
        f"comment-{bad}-hold",
    }
    assert db.session.query(CommentCheck).count() == 0


def test_one_button_publishes_the_others_of_the_page_that_was_read(scene, new_browser, now):
    organiser = as_(new_browser(), scene.organiser, now)
    organiser.get(page_of(scene))
    bad = review_of(scene, scene.jurors[1], "Inti").code
    unsure = review_of(scene, scene.jurors[2], "Inti").code
    button, said = (
        "Save, and publish the others of this page",
        {f"choice:{bad}": "hold", f"reason:{bad}": "Nombra"},
    )
    page = organiser.submit(button, status=422, **said, **{f"reason:{unsure}": "¿Quién es?"})
    assert "Choose whether to publish this comment or hold it back." in page.text
    saved = organiser.submit(button, **{f"reason:{unsure}": ""})
    assert saved.h1 == "3 of 3 comments looked over"
    assert queries.counts(scene.call) == Counts(total=3, shown=2, held=1)


def test_a_comment_that_its_juror_changes_has_to_be_looked_over_again(scene, browser, now):
    look_over(scene, now)
    review = review_of(scene, scene.jurors[0], "Inti")
    review.feedback, review.version = "Otra cosa", review.version + 1
    db.session.flush()
    scene.publish(now)
    text = read_by_team(scene, browser, now)
    assert "Otra cosa" not in text
    assert WORDS[1] in text
    assert queries.counts(scene.call) == Counts(total=3, shown=2, held=0)


def test_a_comment_that_changed_while_it_was_read_is_not_published(scene, new_browser, now):
    review = review_of(scene, scene.jurors[0], "Inti")
    seen = {review.code: Judgement(review.version, is_shown=True)}
    review.version += 1
    db.session.flush()
    with pytest.raises(Refused) as caught:
        services.look_over(scene.call, seen, given.acting(scene.organiser), now)
    assert caught.value.reason is Reason.COMMENT_CHANGED
    organiser = as_(new_browser(), scene.organiser, now)
    organiser.get(page_of(scene))
    review_of(scene, scene.jurors[0], "Inti").version += 1
    db.session.flush()
    page = organiser.submit("Save what I chose", status=422, **{f"choice:{review.code}": "show"})
    assert "A comment changed meanwhile." in page.text
    assert db.session.query(CommentCheck).count() == 0


def test_while_a_review_is_open_organisers_read_no_comment(scene, new_browser, now):
    review = review_of(scene, scene.jurors[2], "Sumak")
    review.state, review.finished_at = given.ReviewState.STARTED, None
    db.session.flush()
    page = as_(new_browser(), scene.organiser, now).get(page_of(scene))
    assert "1 review is still open" in page.text
    assert WORDS[0] not in page.text
    with pytest.raises(Refused) as caught:
        look_over(scene, now)
    assert caught.value.reason is Reason.COMMENTS_WAIT


def test_it_may_be_decided_otherwise_after_publication_and_the_journal_names_no_word(scene, new_browser, now):
    look_over(scene, now, hold=WORDS[:1])
    scene.publish(now)
    browser = new_browser()
    text = read_by_team(scene, browser, now)
    assert WORDS[0] not in text
    assert "1 comment is held back. The chair of the jury knows why." in text
    review = review_of(scene, scene.jurors[0], "Inti")
    again = {review.code: Judgement(review.version, is_shown=True)}
    services.look_over(scene.call, again, given.acting(scene.organiser), now)
    assert WORDS[0] in read_by_team(scene, browser, now)
    assert db.session.query(Mail).filter_by(template="feedback/emails/held_back.txt").count() == 1
    entries = db.session.query(Entry).filter_by(action="results.comment_checked").all()
    assert len(entries) == 4
    assert not any(words in str(entry.body) for entry in entries for words in (*WORDS, "Nombra"))


def test_a_juror_of_another_call_cannot_be_decided_about(scene, now):
    other = with_words(now, code="other")
    review = review_of(other, other.jurors[0], "Inti")
    foreign = {review.code: Judgement(review.version, is_shown=True)}
    with pytest.raises(Refused):
        services.look_over(scene.call, foreign, given.acting(scene.organiser), now)


def test_the_cockpit_says_how_many_wait(scene, new_browser, now):
    organiser = as_(new_browser(), scene.organiser, now)
    assert "3 comments to teams to look over" in organiser.get(scene.url).text
    look_over(scene, now)
    assert "to look over" not in organiser.get(scene.url).text


def test_no_text_of_a_juror_changes_whoever_decides(scene, now):
    before = [review_of(scene, juror, "Inti").feedback for juror in scene.jurors]
    look_over(scene, now, hold=WORDS[1:2])
    db.session.expire_all()
    assert [review_of(scene, juror, "Inti").feedback for juror in scene.jurors] == before
