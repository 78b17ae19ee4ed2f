"""A jury that reads without names: they are nowhere that one of its people can look, until the result is public.

Each test that looks for names and finds none stands beside one that finds them where nothing is hidden.
"""

import io
from dataclasses import replace
from decimal import Decimal

import pypdf
import pytest

from tests import builders as given
from tests.jury.named import (
    EMAILS,
    FILE,
    FORMER,
    HIDDEN_FILE,
    INSTITUTION,
    KEPT,
    TEAM,
    TOLD,
    WHO,
    a_named_world,
    a_recusal,
    an_exclusion,
    conclude,
    knock,
    letters_to,
    told,
    walk,
)
from tests.jury.world import an_invited, person
from thinkia.calls import services as calls
from thinkia.calls.queries import call_by_code
from thinkia.db import db
from thinkia.jury.ballots import ballots
from thinkia.jury.models import Mark, Review
from thinkia.jury.queries.paper import ballots_of
from thinkia.jury.queries.people import juror_by_code

EVERY_NAME = (*TOLD, *KEPT, *EMAILS)
READ = {  # what the chair of a jury that reads gets to see, so that the walk is known to have walked
    "/calls/<code>/jury",
    "/calls/<code>/jury/deliberations",
    "/calls/<code>/jury/preferences",
    "/calls/<code>/jury/statement",
    "/calls/<code>/jury/summary",
    "/reviews/<code>",
    "/reviews/<code>/conflict",
    "/reviews/<code>/abstention",
    "/reviews/<code>/files/<uuid:file_id>",
    "/reviews/<code>/pages/<uuid:file_id>/<int:number>",
    "/agreements/<code>",
    "/receipts/<number>",
}
DECIDED = {
    "/calls/<code>/jury/deliberations/<submission>",
    "/calls/<code>/verdict",
    "/calls/<code>/verdict/ties/<int:number>",
}


def names_in(answers, names=EVERY_NAME):
    """(address, name) wherever one stands, whatever its case."""
    return [
        (where, name)
        for where, (_status, text) in answers.items()
        for name in names
        if name.casefold() in text.casefold()
    ]


def opened(answers):
    return {where for where, (status, _text) in answers.items() if status == 200}


def test_no_name_is_anywhere_that_a_juror_can_look(app):
    named = a_named_world(app, blind=True)
    a_recusal(named)

    answers = walk(app, named)

    assert opened(answers) >= READ
    assert answers["the file that identifies"][0] == 404
    assert names_in(answers) == []


def test_the_same_walk_finds_them_where_nothing_is_hidden(app):
    named = a_named_world(app, blind=False)
    a_recusal(named)

    answers = walk(app, named)

    assert opened(answers) >= {*READ, "the file that identifies", "/team-invitations/<token>"}
    assert set(names_in(answers, TOLD)) >= {
        ("/calls/<code>/jury/statement", TEAM),
        ("/calls/<code>/jury/statement", INSTITUTION),
        ("/calls/<code>/jury/statement", FORMER),
        ("/reviews/<code>", FILE),
        ("/reviews/<code>", HIDDEN_FILE),
        ("/reviews/<code>", WHO),
        ("/reviews/<code>/files/<uuid:file_id>", FILE),
        ("the file that identifies", HIDDEN_FILE),
        ("/team-invitations/<token>", TEAM),
        ("/desk", TEAM),
    }


def test_whoever_reads_without_names_is_no_organiser_of_that_call(app):
    named = a_named_world(app, blind=True)

    answers = walk(app, named, named.organising)

    assert {where for where in opened(answers) if where.startswith("/manage/calls/<code>")} == set()
    assert names_in(answers) == []
    page = named.browser(app, named.organising).get("/manage/calls")
    assert "You sit on its jury, which reads without names" in page.text
    assert 'href="/manage/calls/named"' not in page.response.text + answers["/desk"][1]


def test_the_same_person_finds_every_name_where_nothing_is_hidden(app):
    named = a_named_world(app, blind=False)

    found = names_in(walk(app, named, named.organising))

    assert {name for _where, name in found} >= {*KEPT, TEAM, INSTITUTION, FILE, WHO}


@pytest.mark.parametrize("ask", [a_recusal, an_exclusion])
def test_an_act_that_the_chair_may_confirm_says_codes(app, ask):
    named = a_named_world(app, blind=True)
    ask(named)
    browser = named.browser(app)

    pages = {at: told(browser.get(at).response) for at in ("/desk", named.act)}

    assert named.world.parts["submission"]["/"] in pages[named.act][1]
    assert named.act in pages["/desk"][1]
    assert names_in(pages) == []


@pytest.mark.parametrize("who", ["chair", "organising"])
def test_what_is_sent_without_being_filled_in_says_no_name_either(app, who):
    named = a_named_world(app, blind=True)
    account = named.organising if who == "organising" else None

    answers = knock(app, named, account)

    assert answers["/calls/<code>/jury/conflicts"][0] == 422
    assert names_in(answers) == []


def test_the_chair_decides_ties_and_confirms_without_names(app):
    named = a_named_world(app, blind=True, calendar=given.after_evaluation)
    conclude(named)

    answers = walk(app, named)

    assert opened(answers) >= DECIDED
    assert "Un mapa de fugas" in answers["/calls/<code>/verdict/ties/<int:number>"][1]
    assert names_in(answers) == []


def test_names_show_once_the_result_is_public(app):
    named = a_named_world(app, blind=True, calendar=given.after_evaluation)
    conclude(named, publish=True)

    found = set(names_in(walk(app, named)))

    assert found >= {
        ("/calls/<code>/results", TEAM),
        ("/calls/<code>/jury/statement", TEAM),
        ("/reviews/<code>", WHO),
        ("/reviews/<code>/files/<uuid:file_id>", FILE),
    }
    assert ("/manage/calls/<code>/people", TEAM) in names_in(walk(app, named, named.organising))


def test_no_letter_to_the_jury_says_a_name(app):
    named = a_named_world(app, blind=True)

    letters = {name: (0, text) for name, text in letters_to(named).items()}

    assert len(letters) > 12
    assert names_in(letters) == []


def test_a_file_is_called_by_the_codes_of_proposal_and_question(app):
    named = a_named_world(app, blind=True)
    browser = named.browser(app)
    code = browser.get(f"/reviews/{named.review.code}").h1.split(" ")[0]

    page = browser.get(f"/reviews/{named.review.code}")
    answer = browser.get(page.link(f"{code}-plan.pdf"))

    assert answer.response.headers["Content-Disposition"].startswith(
        f'attachment; filename="{code}-plan.pdf"'
    )


def test_a_ballot_on_paper_says_the_code_and_the_title(app):
    named = a_named_world(app, blind=True)
    chair = juror_by_code("named", named.chair.code)

    content = ballots(chair, ballots_of(chair), named.world.now)
    text = " ".join(
        " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split()
    )

    assert named.world.parts["submission"]["/"] in text
    assert "Un mapa de fugas" in text
    assert names_in({"ballot": (0, text)}) == []


def test_a_juror_steps_aside_from_a_name_and_is_shown_none(app):
    named = a_named_world(app, blind=True)
    browser = named.browser(app)
    for scope, typed, spelled in (
        ("team", "colibri ZAFIRO", TEAM),
        ("institution", "instituto WAYRAPUNGO", INSTITUTION),
    ):
        page = browser.get("/calls/named/jury/statement")
        page = browser.submit("Step aside from it", scope=scope, name=typed, why="Asesoré ahí")
        assert "Conflict declared" in page.text
        assert "No proposals were handed in." in page.text
        assert spelled not in told(page.response)[1]
        page = browser.get("/calls/named/jury/statement")
        page = browser.submit("Step aside from it", scope=scope, name=typed, why="Otra vez", status=422)
        assert spelled not in told(page.response)[1]


@pytest.mark.parametrize(("blind", "status", "found"), [(True, 404, False), (False, 200, True)])
def test_whoever_reads_without_names_takes_no_table_of_them(app, blind, status, found):
    named = a_named_world(app, blind=blind)
    browser = named.browser(app, named.organising)
    browser.get("/desk")
    wanted = {"style": "csv", "tables": "members", "contact": "y", "purpose_contact": "Invitarlos"}

    answer = browser.post("/manage/calls/named/exports", wanted, status=status).response

    assert [email in told(answer)[1] for email in EMAILS] == [found, found]


def test_nobody_of_the_host_sits_on_a_jury_that_reads_without_names(app, new_browser):
    named = a_named_world(app, blind=True)
    owner, reader = named.world.people["owner"], named.world.people["reader"]
    browser = named.browser(app, owner)
    browser.get("/manage/calls/named/jury/invite")
    page = browser.submit("Send the invitation", status=422, name="Eva", email=reader.email, sector="public")
    assert "works for the host and sees who applies" in page.text
    browser.get("/manage/calls/named/jury/invite/list")
    page = browser.submit("Look the list over", status=422, lines=f"Eva;{reader.email};público")
    assert "this person works for the host and sees the names" in page.text

    an_invited(named.call, email=reader.email, secret="para-eva", now=named.world.now)
    browser = person(new_browser(), reader)
    browser.get("/jury-invitations/para-eva")
    page = browser.submit("Accept the invitation", status=409)
    assert "works for the host and sees who applies" in page.text


def test_names_are_not_hidden_from_a_jury_on_which_the_host_sits(app):
    named = a_named_world(app, blind=False)
    call, owner = named.call, given.acting(named.world.people["owner"])
    calls.save_draft(
        call, replace(call.bases, jury=replace(call.bases.jury, blind=True)), owner, named.world.now
    )
    db.session.commit()
    browser = named.browser(app, named.world.people["owner"])
    browser.get("/manage/calls/named/publish")

    page = browser.submit("Publish the change", reason="Para leer sin nombres.", status=422)

    assert f"because they see who applies: {named.organising.name}." in page.text
    assert not call_by_code("named").bases.jury.blind


@pytest.mark.parametrize(("mark", "shown"), [(True, False), (False, True)])
def test_names_are_shown_before_the_first_mark_or_not_at_all(app, mark, shown):
    named = a_named_world(app, blind=True)
    call, owner = named.call, named.world.people["owner"]
    db.session.query(Mark).delete()
    if mark:
        db.session.add(Mark(review_id=named.review.id, criterion="impacto", value=Decimal(1)))
    changed = replace(call.bases, jury=replace(call.bases.jury, blind=False))
    calls.save_draft(call, changed, given.acting(owner), named.world.now)
    db.session.commit()
    browser = named.browser(app, owner)
    browser.get("/manage/calls/named/publish")

    page = browser.submit(
        "Publish the change", reason="Nadie lo pidió.", names="y", status=200 if shown else 422
    )

    db.session.expire_all()
    assert ("Jurors have given marks without names" in page.text) is not shown
    assert call_by_code("named").bases.jury.blind is not shown


@pytest.mark.parametrize("blind", [True, False])
def test_the_organisers_are_told_that_jurors_do_not_see_what_joins_them_to_a_team(app, blind):
    named = a_named_world(app, blind=blind)

    page = named.browser(app, named.world.people["owner"]).get("/manage/calls/named/jury/conflicts/hints")

    assert FORMER in page.text
    assert ("Jurors do not see these pairs" in page.text) is blind
    db.session.query(Mark).delete()
    db.session.query(Review).delete()
    db.session.commit()
    page = named.browser(app, named.world.people["owner"]).get("/manage/calls/named/jury/panels")
    assert ("Something joins 1 pair of juror and team" in page.text) is blind
