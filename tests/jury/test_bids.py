"""What jurors would like to read: said before panels are drawn, weighed by rank (F14)."""

from dataclasses import replace

import pytest

from tests import builders as given
from tests.jury.world import DAY, NOW, a_proposal, a_reading_call, everything_in_the_journal, loaded, person
from tests.queries import count_queries
from thinkia.accounts.models import Account
from thinkia.db import db
from thinkia.domain.bases import JuryRules, SectorQuota
from thinkia.domain.bids import Liking, levels
from thinkia.domain.reasons import Reason, Refused
from thinkia.jury.models import Bid
from thinkia.jury.queries.conflicts import proposal_subject
from thinkia.jury.queries.panels import plan_of, problem_of
from thinkia.jury.services import conflicts, panels
from thinkia.jury.services.bids import bid
from thinkia.policy.actor import JurorRole

ONE_OF_ACADEMIA = JuryRules(size=1, sectors={"academia": SectorQuota(min=1)}, bids=True)
HERE = "/calls/rios/jury/preferences"
GLADLY, RATHER_NOT = Liking.GLADLY, Liking.RATHER_NOT


@pytest.fixture
def reading(app):
    """Four proposals for two people of academia, each of which one reads."""
    reading = a_reading_call(jury=ONE_OF_ACADEMIA)
    reading.proposals = [a_proposal(reading.call, f"Propuesta {n}") for n in range(4)]
    reading.codes = [one.code for one in reading.proposals]
    reading.jurors = [
        given.a_juror(reading.call, "academia", account=given.an_account(name, now=NOW), now=NOW)
        for name in ("Mercedes", "Iván")
    ]
    reading.juror = reading.jurors[0]
    return reading


@pytest.fixture
def juror(reading, new_browser):
    return person(new_browser(), reading.juror.account)


def say(juror, now=NOW, **likings):
    """A juror's bids, by the service."""
    bid(loaded(juror), likings, given.acting(db.session.get(Account, juror.account_id)), now)


def said(juror):
    return {row.submission_id: row.liking for row in db.session.query(Bid).filter_by(juror_id=juror.id)}


def reads(reading, juror):
    """What a plan that is drawn now gives to a juror; the plan is given up again."""
    panels.propose(reading.call, reading.actor, NOW)
    plan = plan_of("rios")
    found = {pair["submission"] for pair in plan.pairs if pair["juror"] == juror.code}
    panels.discard(plan, reading.actor, NOW)
    return found


# On the page


def test_the_desk_leads_to_the_choice_and_the_choice_is_kept(reading, juror):
    page = juror.get("/calls/rios/jury")
    juror.get(page.link("Say what you would like to read"))
    first, second, *_ = reading.codes
    page = juror.submit("Save", **{f"bid:{first}": "gladly", f"bid:{second}": "rather_not"})

    assert page.path == "/calls/rios/jury"
    assert said(reading.juror) == {reading.proposals[0].id: GLADLY, reading.proposals[1].id: RATHER_NOT}
    page = juror.get(HERE)
    assert "You said “gladly” of 1 and “rather not” of 1 of 4 proposals." in page.text
    ticked = {one["name"]: one["value"] for one in page.root.all("input", type="radio") if "checked" in one}
    assert ticked == {
        **{f"bid:{code}": "either" for code in reading.codes},
        f"bid:{first}": "gladly",
        f"bid:{second}": "rather_not",
    }

    juror.submit("Save", **{f"bid:{first}": "either", f"bid:{second}": "gladly"})
    assert said(reading.juror) == {reading.proposals[1].id: GLADLY}


def test_a_proposal_is_shown_by_title_and_challenge_and_its_team_is_not(reading, juror):
    a_proposal(reading.call, "Propuesta 4", name="Las Nutrias")
    assert "Las Nutrias" in juror.get("/calls/rios/jury/statement").text
    page = juror.get(HERE)
    assert "Propuesta 4" in page.text
    assert "Clean water" in page.text
    assert "Las Nutrias" not in page.text


def test_a_choice_is_saved_in_passing_too(reading, juror):
    juror.get(HERE)
    code = reading.codes[0]
    answer = juror.post(HERE, {f"bid:{code}": "gladly"}, headers={"HX-Request": "true"}, status=204)
    assert answer.response.headers["X-Saved-At"]
    assert said(reading.juror) == {reading.proposals[0].id: GLADLY}


def test_what_was_not_sent_stays_as_it_was(reading, juror):
    say(reading.juror, **{reading.codes[1]: GLADLY})
    juror.get(HERE)
    juror.post(HERE, {f"bid:{reading.codes[0]}": "gladly", f"bid:{reading.codes[2]}": "<script>"})
    assert said(reading.juror) == {one.id: GLADLY for one in reading.proposals[:2]}


def test_a_long_list_comes_in_pages_and_saving_leads_to_the_next(reading, juror):
    for number in range(21):
        a_proposal(reading.call, f"Otra {number}")
    page = juror.get(HERE)
    assert len(page.root.all("fieldset")) == 20
    page = juror.submit("Save and go on")
    assert page.response.request.full_path == f"{HERE}?page=2"
    assert len(page.root.all("fieldset")) == 5
    assert juror.submit("Save").path == "/calls/rios/jury"


def test_the_page_asks_the_same_few_questions_however_long_the_list(reading, juror):
    def asked():
        juror.get("/help")
        with count_queries() as queries:
            juror.get(HERE)
        return len(queries)

    few = asked()
    for number in range(12):
        a_proposal(reading.call, f"Otra {number}")
    assert asked() == few <= 12


def test_the_page_is_there_only_where_the_bases_take_bids(app, new_browser):
    reading = a_reading_call("mudos")
    juror = given.a_juror(reading.call, "academia", now=NOW)
    a_proposal(reading.call)
    browser = person(new_browser(), juror.account)
    assert "would like to read" not in browser.get("/calls/mudos/jury").text
    browser.get("/calls/mudos/jury/preferences", status=404)


def test_a_secretary_and_strangers_find_no_such_page(reading, new_browser):
    secretary = given.a_juror(reading.call, "public", role=JurorRole.SECRETARY, now=NOW)
    for account in (secretary.account, reading.organiser, given.an_account(now=NOW)):
        person(new_browser(), account).get(HERE, status=404)


def test_whoever_has_not_signed_is_sent_to_the_statement(reading, juror):
    reading.juror.statement_at = None
    db.session.flush()
    assert juror.get(HERE).path == "/calls/rios/jury/statement"
    with pytest.raises(Refused):
        say(reading.juror, **{reading.codes[0]: GLADLY})


def test_a_conflict_takes_a_proposal_out_of_the_list_and_of_every_count(reading, juror):
    say(reading.juror, **dict.fromkeys(reading.codes[:2], GLADLY))
    assert reading.codes[0] in juror.get(HERE).text
    own = given.acting(reading.juror.account)
    conflicts.declare(
        loaded(reading.juror), proposal_subject(reading.proposals[0]), "Es mi hermana", own, NOW
    )
    page = juror.get(HERE)
    assert reading.codes[0] not in page.text
    assert "You said “gladly” of 1 and “rather not” of 0 of 3 proposals." in page.text

    say(reading.juror, **{reading.codes[0]: RATHER_NOT})  # by hand: passed over
    assert said(reading.juror)[reading.proposals[0].id] is GLADLY


def test_once_panels_are_proposed_nothing_changes_until_they_are_given_up(reading, juror):
    say(reading.juror, **{reading.codes[0]: GLADLY})
    juror.get(HERE)
    panels.propose(reading.call, reading.actor, NOW)
    page = juror.submit("Save", status=409, **{f"bid:{reading.codes[1]}": "gladly"})
    assert "Panels have been proposed, so nothing was changed" in page.text
    assert said(reading.juror) == {reading.proposals[0].id: GLADLY}
    assert not juror.get(HERE).root.all("input", type="radio")

    panels.discard(plan_of("rios"), reading.actor, NOW)
    juror.get(HERE)
    juror.submit("Save", **{f"bid:{reading.codes[1]}": "gladly"})
    assert len(said(reading.juror)) == 2


def test_the_page_says_so_once_panels_stand(reading, juror):
    say(reading.juror, **{reading.codes[0]: GLADLY})
    panels.propose(reading.call, reading.actor, NOW)
    panels.apply(plan_of("rios"), reading.actor, NOW)
    page = juror.get(HERE)
    assert "it no longer changes" in page.text
    with pytest.raises(Refused) as refused:
        say(reading.juror, **{reading.codes[1]: GLADLY})
    assert refused.value.reason is Reason.BIDS_CLOSED


def test_nothing_is_said_of_proposals_that_are_still_being_written(reading):
    with pytest.raises(Refused):
        say(reading.juror, NOW - 10 * DAY, **{reading.codes[0]: GLADLY})


def test_the_journal_counts_and_names_no_proposal(reading):
    say(reading.juror, **{reading.codes[0]: GLADLY, reading.codes[1]: RATHER_NOT})
    assert '"gladly":1' in everything_in_the_journal()
    assert reading.codes[0] not in everything_in_the_journal().split("juror.bid")[1]


# In the plan


def test_a_juror_reads_what_he_or_she_would_gladly_read(reading):
    wanted = set(reading.codes[1:3])
    say(reading.juror, **dict.fromkeys(wanted, GLADLY))
    assert reads(reading, reading.juror) == wanted
    say(reading.juror, **dict.fromkeys(wanted) | dict.fromkeys(set(reading.codes) - wanted, GLADLY))
    assert reads(reading, reading.juror) == set(reading.codes) - wanted


def test_whoever_says_only_rather_not_is_spared_those(reading):
    spared = set(reading.codes[1:3])
    say(reading.juror, **dict.fromkeys(spared, RATHER_NOT))
    assert reads(reading, reading.juror) == set(reading.codes) - spared


def test_liking_everything_gains_nothing(reading):
    """Iván wants two; whether Mercedes is silent or greedy, he reads them, and she reads no more than before."""
    mercedes, ivan = reading.jurors
    wanted = set(reading.codes[:2])
    say(ivan, **dict.fromkeys(wanted, GLADLY))
    silent = reads(reading, mercedes)
    say(mercedes, **dict.fromkeys(reading.codes, GLADLY))
    assert reads(reading, ivan) == wanted
    assert reads(reading, mercedes) == silent
    greedy = problem_of(reading.call, 1).affinities
    assert {greedy[code, mercedes.code] for code in reading.codes} == {
        greedy[reading.codes[0], mercedes.code]
    }


def test_loads_stay_even_whatever_is_wanted(reading):
    say(reading.juror, **dict.fromkeys(reading.codes, RATHER_NOT))
    assert len(reads(reading, reading.juror)) == 2


@pytest.mark.parametrize("takes", [True, False])
def test_bids_are_weighed_where_the_bases_say_so(app, takes):
    """Also where they were given under earlier bases."""
    reading = a_reading_call("antes", jury=replace(ONE_OF_ACADEMIA, bids=takes))
    juror, proposal = given.a_juror(reading.call, "academia", now=NOW), a_proposal(reading.call)
    db.session.add(Bid(juror_id=juror.id, submission_id=proposal.id, liking=GLADLY))
    assert bool(problem_of(reading.call, 1).affinities) is takes


def test_levels_are_of_those_who_spoke_alone():
    assert levels({"a": {"x": RATHER_NOT}, "b": {"gone": GLADLY}, "c": {}}, ["x", "y"]) == {
        "a": {"x": -1, "y": 0}
    }


def test_the_organisers_read_how_many_spoke_and_what_was_said_of_a_panel(reading, new_browser):
    organiser = person(new_browser(), reading.organiser)
    here = "/manage/calls/rios/jury/panels"
    assert "0 people have said what they would like to read" in organiser.get(here).text
    say(reading.juror, **{reading.codes[0]: GLADLY})
    assert "1 person has said what he or she would like to read" in organiser.get(here).text

    organiser.submit("Propose panels")
    page = organiser.get(f"{here}/{reading.codes[0]}")
    assert "Said that he or she would read it gladly." in page.text
    assert "Mercedes suits this proposal better" in page.text or "shared less evenly" in page.text
