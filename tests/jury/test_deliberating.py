"""Once final, jurors of a panel see how its marks lie, write to one another, and change marks of their own."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests import builders as given
from tests.jury.deliberating import (
    REASON,
    a_panel,
    account_of,
    acting,
    change,
    final,
    path,
    say,
    voice,
)
from tests.jury.world import DAY, NOW, a_proposal, a_review, person
from tests.queries import count_queries
from thinkia.accounts.models import Account
from thinkia.calls import services as calls
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.domain.bases import Deliberation, JuryRules
from thinkia.domain.lifecycle import JurorState, ReviewState
from thinkia.domain.reasons import Reason, Refused
from thinkia.journal.models import Entry
from thinkia.jury.models import DeliberationNote, Mark, Review
from thinkia.jury.queries.conflicts import proposal_subject, team_subject
from thinkia.jury.queries.deliberation import discussed_by, waiting_for
from thinkia.jury.queries.people import juror_by_code
from thinkia.jury.queries.reviews import review_by_code
from thinkia.jury.services import conflicts, deliberation
from thinkia.policy import Action, allowed
from thinkia.teams.models import Member


@pytest.fixture
def panel(app):
    return a_panel()


def why_not(act, *arguments, **options):
    with pytest.raises(Refused) as refused:
        act(*arguments, **options)
    return refused.value.reason


def sees(panel, name, now=NOW):
    found = voice(panel, name)
    return found is not None and allowed(Action.DELIBERATION_SEE, acting(panel, name), found, now)


def seat(panel, name):
    return juror_by_code(panel.call.code, panel.jurors[name].code)


# Who takes part


def test_who_is_final_takes_part_and_who_presides_and_nobody_else(panel):
    assert {name: sees(panel, name) for name in panel.jurors} == {
        "ana": True, "beto": True, "carla": True, "dora": False, "fausto": True, "gema": True,
    }  # fmt: skip


def test_who_was_final_and_is_so_no_more_is_out_again(panel):
    review = db.session.get(Review, panel.reviews["ana"].id)
    for state in (ReviewState.STARTED, ReviewState.EXCUSED, ReviewState.RECUSED):
        review.state, review.closed_reason, review.closed_at = state, "Por viaje", NOW
        db.session.flush()
        assert not sees(panel, "ana")


def test_a_chair_who_reads_the_proposal_waits_until_final(panel):
    review = a_review(panel.jurors["fausto"], panel.proposal)
    assert not sees(panel, "fausto")
    review.state, review.finished_at = ReviewState.FINAL, NOW
    db.session.flush()
    assert sees(panel, "fausto")


def test_a_chair_with_something_left_elsewhere_waits_too(panel):
    review = a_review(panel.jurors["fausto"], a_proposal(panel.call))
    assert not sees(panel, "fausto")
    review.state, review.finished_at = ReviewState.FINAL, NOW
    db.session.flush()
    assert sees(panel, "fausto")


def test_a_conflict_of_any_reach_and_a_seat_that_ended_close_it(panel):
    conflicts.declare(
        panel.jurors["ana"], proposal_subject(panel.proposal), "Es mi hermana", acting(panel, "ana"), NOW
    )
    conflicts.declare(
        panel.jurors["gema"], team_subject(panel.proposal), "Los asesoré", acting(panel, "gema"), NOW
    )
    panel.jurors["beto"].state = JurorState.REVOKED
    panel.jurors["carla"].statement_at = None
    db.session.flush()
    assert [sees(panel, name) for name in ("ana", "gema", "beto", "carla", "fausto")] == [*[False] * 4, True]


def test_nobody_takes_part_where_the_bases_do_not_say_so(app):
    panel = a_panel(None)
    assert not sees(panel, "ana")
    assert why_not(change, panel, "ana", 5, 5) is Reason.MARKS_FIXED


@pytest.mark.parametrize("name", ["dora", "nobody"])
def test_who_is_not_final_gets_the_404_of_what_does_not_exist(panel, new_browser, name):
    reader = person(new_browser(), account_of(panel, "dora"))
    reader.get(path(panel) if name == "dora" else path(panel)[:-3] + "XXX", status=404)
    assert panel.proposal.code not in reader.get("/calls/rios/jury/deliberations").text


def test_a_conflicted_juror_gets_404_and_is_named_nothing(panel, new_browser):
    reader = person(new_browser(), account_of(panel, "ana"))
    assert panel.proposal.code in reader.get("/calls/rios/jury/deliberations").text
    say(panel, "beto")
    conflicts.declare(
        panel.jurors["ana"], proposal_subject(panel.proposal), "Es mi hermana", acting(panel, "ana"), NOW
    )
    for page in ("/calls/rios/jury/deliberations", "/calls/rios/jury"):
        assert panel.proposal.code not in reader.get(page).text
    reader.post(path(panel), {"text": "Hola", "form_id": "x"}, status=404)
    reader.get("/calls/rios/jury")
    reader.post(f"{path(panel)}/reading", {"until": "1"}, status=404)
    reader.get(path(panel), status=404)


# How the marks lie


def test_a_juror_sees_how_the_marks_lie_without_names(panel, new_browser):
    page = person(new_browser(), account_of(panel, "ana")).get(path(panel))
    table = page.root.one("section", aria_labelledby="marks").one("table")
    assert [[cell.text for cell in row.all("td")] for row in table.all("tr")[1:]] == [
        ["4", "1 · 5", "4"],
        ["4", "3 · 4", "1"],
    ]
    assert "3 of 4 on the panel are final." in page.text
    assert "Beto" not in page.text


def test_with_names_where_the_bases_say_so(app, new_browser):
    panel = a_panel(Deliberation.NAMED)
    page = person(new_browser(), account_of(panel, "ana")).get(path(panel))
    assert "1 Beto Public" in page.root.one("section", aria_labelledby="marks").text


def test_two_others_have_to_be_final_first(panel, new_browser):
    review = db.session.get(Review, panel.reviews["carla"].id)
    review.state, review.note = ReviewState.STARTED, "Ojo con el presupuesto"
    change(panel, "beto", 2, 4)
    page = person(new_browser(), account_of(panel, "ana")).get(path(panel))
    assert "once 1 more person on the panel is final" in page.text
    assert page.root.one("section", aria_labelledby="marks").all("table") == []
    assert "Marks that were changed" not in page.text
    review.state = ReviewState.FINAL
    db.session.commit()
    page = person(new_browser(), account_of(panel, "ana")).get(path(panel))
    assert "Marks that were changed" in page.text
    assert "Ojo con el presupuesto" in page.text


# What the panel says


def test_what_one_says_the_others_read_escaped_and_nobody_else(panel, new_browser):
    ana = person(new_browser(), account_of(panel, "ana"))
    ana.get(path(panel))
    page = ana.submit("Send to the panel", text="¿Y <b>quién</b> paga?\n\n\u202eNadie lo dice.")
    assert "Sent to the panel." in page.text
    (note,) = db.session.query(DeliberationNote)
    assert (note.text, note.juror_id) == ("¿Y <b>quién</b> paga?\n\nNadie lo dice.", panel.jurors["ana"].id)
    for name in ("beto", "fausto", "gema"):
        page = person(new_browser(), account_of(panel, name)).get(path(panel))
        notes = page.root.one("section", aria_labelledby="notes").text
        assert "¿Y <b>quién</b> paga?" in notes
        assert "Ana" in notes
    entry = db.session.query(Entry).filter_by(action="deliberation.noted").one()
    assert "quién" not in entry.body


def test_the_secretary_has_a_voice(panel, new_browser):
    gema = person(new_browser(), account_of(panel, "gema"))
    page = gema.get("/calls/rios/jury")
    gema.get(page.link("Deliberate with my panels"))
    page = gema.get(path(panel))
    assert "Change my marks" not in page.text
    gema.submit("Send to the panel", text="Anoto que falta una firma.")
    page = person(new_browser(), account_of(panel, "ana")).get(path(panel))
    assert "Secretary: voice, no vote" in page.text


def test_an_empty_note_and_one_that_is_too_long_are_told_and_kept(panel, new_browser):
    ana = person(new_browser(), account_of(panel, "ana"))
    ana.get(path(panel))
    ana.submit("Send to the panel", text=" \n", status=422)
    page = ana.submit("Send to the panel", text="x" * 5001, status=422)
    assert page.root.one("textarea").text == "x" * 5001
    assert db.session.query(DeliberationNote).count() == 0


def test_what_is_sent_twice_is_said_once(panel):
    assert say(panel, "ana", form="uno").id == say(panel, "ana", form="uno").id
    say(panel, "beto", form="uno")
    assert db.session.query(DeliberationNote).count() == 2


def test_after_evaluation_the_panel_reads_and_no_longer_writes(panel, new_browser):
    say(panel, "beto")
    over = NOW + 10 * DAY
    assert sees(panel, "ana", over)
    assert why_not(say, panel, "ana", now=over) is Reason.DELIBERATION_CLOSED
    assert why_not(change, panel, "ana", 5, 5, now=over) is Reason.MARKS_FIXED


@pytest.mark.parametrize(
    "forbidden", ["UPDATE deliberation_note SET text = 'x'", "DELETE FROM deliberation_note"]
)
def test_what_was_said_stays_as_it_was_said(panel, forbidden):
    say(panel, "ana")
    with pytest.raises(DBAPIError, match="only ever added to"), db.session.begin_nested():
        db.session.execute(text(forbidden))


def test_the_desk_says_what_is_new_until_the_juror_says_to_have_read_it(panel, new_browser):
    ana = person(new_browser(), account_of(panel, "ana"))
    say(panel, "ana", form="mía")
    assert "New notes" not in ana.get("/calls/rios/jury").text
    say(panel, "beto", form="una")
    say(panel, "gema", "Otra cosa", form="otra")
    page = ana.get("/calls/rios/jury")
    assert "2 new" in page.root.one("section", aria_labelledby="unread").text
    ana.get(path(panel))
    assert "2 new" in ana.get("/calls/rios/jury").text  # looking changes nothing
    ana.get(path(panel))
    say(panel, "carla", "Y una más", form="más")
    page = ana.submit("I have read the 2 new notes")
    assert "1 new" in page.text
    ana.get(path(panel))
    ana.submit("I have read the 1 new note")
    assert "New notes" not in ana.get("/calls/rios/jury").text
    first = db.session.query(DeliberationNote).order_by(DeliberationNote.id).first()
    deliberation.mark_read(voice(panel, "ana"), first.id, acting(panel, "ana"), NOW)  # never back
    assert waiting_for(panel.jurors["ana"], 5) == []


def test_a_note_about_another_proposal_marks_nothing_as_read(panel):
    other = a_proposal(panel.call)
    for name in ("ana", "beto"):
        final(panel.jurors[name], other, 3, 3)
    say(panel, "beto")
    panel.proposal, here = other, panel.proposal
    elsewhere = say(panel, "beto", form="dos")
    panel.proposal = here
    deliberation.mark_read(voice(panel, "ana"), elsewhere.id, acting(panel, "ana"), NOW)
    assert {row.code: row.fresh for row in db.session.execute(discussed_by(seat(panel, "ana")))} == {
        here.code: 1,
        other.code: 1,
    }


# The organisers


def test_organisers_read_it_once_no_review_is_open_and_write_nothing(panel, new_browser):
    say(panel, "ana", "Falta quién repara")
    change(panel, "beto", 3, 4)
    rosa = person(new_browser(), panel.organiser)
    page = rosa.get("/manage/calls/rios/jury")
    page = rosa.get(page.link("Deliberations"))
    assert "3 of 4" in page.text
    here = page.link(panel.proposal.code)
    assert "Falta quién repara" not in rosa.get(here).text
    conflicts.excuse(review_by_code(panel.reviews["dora"].code), "No pudo", panel.actor, NOW)
    page = rosa.get(here)
    for words in ("Falta quién repara", "Impacto: 1 before, 3 since then", "Beto", REASON):
        assert words in page.text
    assert page.root.all("textarea") == []
    rosa.get(path(panel), status=404)
    former_page = rosa.get(f"/manage/calls/rios/jury/reviews/{panel.reviews['beto'].code}/former")
    assert REASON in former_page.text
    assert "Changed by the juror" in former_page.text


def test_a_team_reads_nothing_of_it(panel, new_browser):
    member = db.session.query(Member).filter_by(team_id=panel.proposal.team_id).one()
    team = person(new_browser(), db.session.get(Account, member.account_id))
    for address in (path(panel), "/calls/rios/jury/deliberations", "/manage/calls/rios/jury/deliberations"):
        team.get(address, status=404)


def test_a_call_says_whether_its_jury_deliberates(browser):
    for code, mode in (
        ("callado", None),
        ("hablado", Deliberation.ANONYMOUS),
        ("nombrado", Deliberation.NAMED),
    ):
        given.a_call(given.some_bases(code, NOW, jury=JuryRules(3, deliberation=mode)), now=NOW)
    assert "The jury deliberates" not in browser.get("/calls/callado").text
    assert "lie, without names" in browser.get("/calls/hablado").text
    assert "with the names of those who gave them" in browser.get("/calls/nombrado").text


def test_a_page_of_a_deliberation_asks_the_same_few_queries_however_long_it_is(panel, new_browser):
    ana = person(new_browser(), account_of(panel, "ana"))
    asked = {}
    for notes in (1, 20):
        for number in range(notes):
            say(panel, "beto", form=f"{notes}-{number}")
        for page in (path(panel), "/calls/rios/jury", f"/reviews/{panel.reviews['ana'].code}"):
            with count_queries() as queries:
                ana.get(page)
            asked.setdefault(page, []).append(len(queries))
    assert all(few == many <= 12 for few, many in asked.values()), asked


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        (None, Deliberation.ANONYMOUS, True),
        (Deliberation.ANONYMOUS, Deliberation.NAMED, True),
        (Deliberation.NAMED, Deliberation.ANONYMOUS, False),
        (Deliberation.ANONYMOUS, None, False),
    ],
)
def test_from_the_first_mark_on_nobody_is_seen_more_than_was_announced(app, before, after, refused):
    panel = a_panel(before)
    jury = replace(panel.call.bases.jury, deliberation=after)
    calls.save_draft(panel.call, replace(panel.call.bases, jury=jury), panel.actor, NOW)
    if refused:
        assert why_not(calls.publish, panel.call, panel.actor, NOW, reason="x") is Reason.DELIBERATION_LOCKED
        db.session.query(Mark).delete()
    calls.publish(call_by_code("rios"), panel.actor, NOW, reason="Nadie lo pidió")
    assert call_by_code("rios").bases.jury.deliberation is after
