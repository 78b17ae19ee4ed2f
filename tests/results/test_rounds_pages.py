"""The pages of rounds: who would go on, closing one, and what its end was for everybody."""

from dataclasses import replace

import pytest

from tests import builders as given
from tests.queries import count_queries
from tests.results.scenes_of_rounds import MARKS, closed, mark_again, scene_of, states
from thinkia import clock
from thinkia.agreements import services as agreements
from thinkia.agreements.queries import agreement_by_code
from thinkia.db import db
from thinkia.domain.lifecycle import SubmissionState
from thinkia.domain.rounds import Advance, PoolBy, Pools
from thinkia.organisations.models import Host
from thinkia.results import services
from thinkia.submissions import services as submissions
from thinkia.submissions.queries import submission_by_code


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def scene(app, now):
    return scene_of(now=now)


def as_(browser, account, now):
    account.language = browser.language
    given.sign_in(browser, account, now)


def test_an_organiser_looks_over_who_goes_on_and_closes_the_round_once(scene, browser, now):
    as_(browser, scene.organiser, now)
    page = browser.get(f"{scene.url}/results")
    assert page.link("Round 1 of 2: who goes on") == f"{scene.url}/results/round"
    assert "There is no order yet." in browser.get(f"{scene.url}/results/round").text
    scene.propose(now)
    page = browser.get(f"{scene.url}/results/round")
    assert "2 go on, 1 waits, 1 does not go on. Each team gets a letter." in page.text
    assert "has not confirmed this order yet" in page.text
    assert "Close the round" not in page.text

    scene.confirm(scene.ranking, now=now)
    page = browser.get(f"{scene.url}/results")
    assert page.h1 == "The chair confirmed the order. The round can be closed"
    assert browser.get(f"{scene.url}/results/preview").path == f"{scene.url}/results/round"
    page = browser.submit("Close the round")
    assert (page.path, page.h1) == (f"{scene.url}/results/rounds/1", "Round: Preliminary")
    assert "Waits, number 1" in page.text
    again = browser.post(f"{scene.url}/results/round", {"round": "1"})
    assert again.path == f"{scene.url}/results/rounds/1"
    assert states(scene)["Killa"] is SubmissionState.OUT

    page = browser.get(f"{scene.url}/results/round")
    assert page.h1 == "Round: Final"
    assert page.link("Preliminary") == f"{scene.url}/results/rounds/1"
    desk = browser.get(f"{scene.url}/results")
    assert "2 in the competition + 2 out or waiting since an earlier round" in desk.text
    public = browser.get(f"/calls/{scene.call.code}")
    assert "“Preliminary” is over: 2 proposals go on" in public.text
    assert scene.code("Yaku") in public.text


def test_people_name_who_goes_on_and_what_was_typed_is_kept(app, browser, now):
    scene = scene_of(now=now, first={"advance": Advance(by_hand=True), "waiting": 0})
    scene.confirm(now=now)
    as_(browser, scene.organiser, now)
    browser.get(f"{scene.url}/results/round")
    code = scene.code("Killa")
    page = browser.submit("Ask that the round is closed", names=f"{code}:", reason="Acta 3", status=422)
    assert f"{code}:" in page.root.all("textarea")[0].text
    page = browser.submit(
        "Ask that the round is closed", names=f"{code.lower()}: la única de su zona", reason="Acta 3"
    )
    assert page.path.startswith("/agreements/")
    assert "la única de su zona" in page.text

    second = given.an_organiser(db.session.get(Host, scene.call.host_id), now=now)
    asked = page.path.split("/")[-1]
    actor = replace(given.acting(second), signed_in_at=now)
    agreements.confirm(agreement_by_code(asked), actor, now)
    page = browser.get(f"{scene.url}/results/rounds/1")
    assert "It was named by hand. la única de su zona" in page.text


def test_pools_are_named_on_the_desk_and_where_the_round_is_closed(app, browser, now):
    first = {"advance": Advance(top_per_pool=2), "pools": Pools(PoolBy.CHALLENGE), "waiting": 0}
    scene = scene_of(now=now, first=first)
    scene.confirm(now=now)
    as_(browser, scene.organiser, now)
    for path in ("", "/round"):
        assert "Pool: Clean water" in browser.get(f"{scene.url}/results{path}").text


def test_a_team_that_stayed_behind_reads_so_and_why_once_the_result_is_public(scene, new_browser, now):
    closed(scene, now)
    team = new_browser()
    as_(team, scene.members["Killa"], now)
    page = team.get(f"/submissions/{scene.code('Killa')}")
    assert page.h1 == "Your proposal did not go on to the next round"
    mark_again(scene, {"Yaku": (3, 3), "Inti": (5, 5)}, now)
    services.publish(scene.confirm(now=now), given.acting(scene.organiser), now)
    page = team.get(f"/submissions/{scene.code('Killa')}/feedback")
    assert "Your proposal did not go on from “Preliminary”" in page.text
    assert "Place 4 of 4 in that round." in page.text
    assert "to say who goes on" in page.text
    winner = new_browser()
    as_(winner, scene.members["Inti"], now)
    assert "Place 1 of 2" in winner.get(f"/submissions/{scene.code('Inti')}/feedback").text


def test_a_representative_leaves_for_good_and_the_next_one_moves_up(scene, browser, now):
    closed(scene, now)
    as_(browser, scene.members["Yaku"], now)
    page = browser.get(f"/submissions/{scene.code('Yaku')}")
    page = browser.get(page.link("Leave the competition"))
    assert "the next one takes yours" in page.text
    page = browser.submit("Leave the competition")
    assert page.h1 == "This proposal was withdrawn"
    assert states(scene)["Sumak"] is SubmissionState.SUBMITTED


def test_the_organisers_see_that_nobody_reads_what_moved_up_and_the_public_no_longer_who_left(
    scene, new_browser, now
):
    closed(scene, now)
    mark_again(scene, {"Yaku": (3, 3), "Inti": (5, 5)}, now)
    desk = new_browser()
    as_(desk, scene.organiser, now)
    assert "nobody who reads it" not in desk.get(scene.url).text
    submissions.leave(submission_by_code(scene.code("Inti")), given.acting(scene.members["Inti"]), now)
    assert "1 proposal has nobody who reads it" in desk.get(scene.url).text
    public = desk.get(f"/calls/{scene.call.code}").text
    assert scene.code("Sumak") in public
    assert scene.code("Inti") not in public


@pytest.mark.parametrize("more", [0, 4])
def test_the_pages_cost_the_same_however_many_proposals_there_are(app, browser, now, more):
    marks = MARKS | {f"Otra {number}": ((1, 1), (1, 1)) for number in range(more)}
    scene = scene_of(marks, now=now)
    as_(browser, scene.organiser, now)
    scene.confirm(now=now)
    with count_queries() as queries:
        browser.get(f"{scene.url}/results/round")
    assert len(queries) == 17, queries
    closed(scene, now)
    db.session.commit()
    with count_queries() as queries:
        browser.get(f"{scene.url}/results/rounds/1")
    assert len(queries) == 5, queries
