"""A team's pages, as its people walk them: begin, answer, see what is missing, hand in."""

import io
import re
from datetime import timedelta

import pytest

from tests import builders as given
from tests.builders import NOON
from tests.submissions import samples, world
from tests.submissions.world import (
    CLOSES,
    a_call,
    a_draft,
    a_team,
    answer,
    filled,
    fresh,
    hand_in,
    place,
    upload,
    visit,
)
from thinkia.calls import services as calls
from thinkia.db import db
from thinkia.domain.bases import CompositionRule, PersonAttribute, TeamRules
from thinkia.submissions.models import Submission

GRACE = CLOSES + timedelta(minutes=5)
AFTER = CLOSES + timedelta(minutes=20)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def draft(app):
    return a_draft()


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_member_begins_answers_and_hands_in(new_browser, language):
    say = {
        "en": {
            "start": "Start the proposal",
            "save": "Save and return",
            "upload": "Upload the file",
            "submit": "Submit the proposal",
            "done": "The proposal is handed in",
        },
        "es": {
            "start": "Empezar la propuesta",
            "save": "Guardar y volver",
            "upload": "Subir el archivo",
            "submit": "Enviar propuesta",
            "done": "La propuesta está enviada",
        },
    }[language]
    call = a_call()
    team, (nina, _) = a_team(call, language=language)
    browser = given.sign_in(new_browser(language), nina, NOON)
    browser.get(f"/teams/{team.code}/submissions/new")
    page = browser.submit(say["start"], title="Agua que cuenta")
    assert page.h1 == "Agua que cuenta"
    here = page.path
    for code, typed in {"resumen": "Un mapa", "etapa": "idea", "costo": "1234,5", "etica": "y"}.items():
        browser.get(f"{here}/questions/{code}")
        page = browser.submit(say["save"], answer=typed)
        assert page.path == here
    browser.get(f"{here}/questions/plan")
    browser.submit(say["upload"], answer=samples_file())
    page = browser.get(f"{here}/check")
    assert "1.234,5" in page.text if language == "es" else "1,234.5" in page.text
    page = browser.submit(say["submit"])
    assert page.h1 == say["done"]
    assert re.fullmatch(r"/receipts/T-\w{4}-\w{4}-\w", page.path)
    assert "a" * 64 not in page.text
    assert browser.get(here).status == 200


def samples_file(name="plan.pdf", **changes):
    return io.BytesIO(samples.pdf(**changes)), name


def test_the_task_list_says_what_is_done_and_what_is_missing(app, browser):
    women = CompositionRule(PersonAttribute.GENDER, value="woman", min=2)
    draft = a_draft(a_call(team=TeamRules(min=2, max=4, composition=(women,))))
    answer(draft, "resumen", "x" * 61, place=1)
    answer(draft, "etapa", "idea")
    upload(draft)
    page = visit(browser, draft).get(place(draft))
    assert "2 of 5 parts complete." in page.text
    assert "Closes in 10 days" in page.text
    assert "Thursday 12 March 2026, 12:00 (mainland Ecuador time, UTC−5)" in page.text
    assert "11:00 in Galápagos" in page.text
    tasks = {
        item.one("a").text: item.all("span", class_="st")[0].text
        for item in page.root.all("li")
        if item.all("span", class_="st")
    }
    assert tasks == {
        "Summary": "To correct",
        "Motto (optional)": "Optional",
        "Stage": "Completed",
        "Topics (optional)": "Optional",
        "Cost": "Not begun",
        "Code (optional)": "Optional",
        "Plan": "Completed",
        "Declaration of authorship": "Not begun",
    }
    assert "61 of 60 characters" in page.text
    assert "plan.pdf, 3 pages" in page.text
    assert "Jefferson" in page.text
    assert "4 things are missing:" in page.text
    assert page.link("Correct “Summary”") == place(draft, "/questions/resumen")
    assert "Team: 2 more women are missing." in [each.text for each in page.root.all("a")]
    assert page.link("Submit the proposal") == place(draft, "/check")


def test_an_answer_over_the_limit_is_kept_and_the_page_says_so(browser, draft):
    visit(browser, draft).get(place(draft, "/questions/resumen"))
    page = browser.submit("Save and return", answer="x" * 70, status=422)
    assert "It has 10 characters too many; the most is 60." in page.text
    assert "x" * 70 in page.response.text
    assert fresh(draft).values["resumen"] == "x" * 70
    browser.submit("Save and return", answer="x" * 60)
    assert fresh(draft).lines[1].is_complete


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        ("costo", "1.500", "This can be read as 1500"),
        ("costo", "muchos", "Write a number in digits"),
        ("costo", "60000", "The number must be 50,000 or less."),
        ("codigo", "javascript:alert(1)", "Only web addresses are accepted"),
        ("codigo", "https://evil.org", "Only addresses of these sites are accepted: github.com."),
        ("lema", "una dos tres cuatro", "It has 1 word too many"),
    ],
)
def test_what_does_not_count_is_kept_with_a_sentence(browser, draft, code, typed, said):
    visit(browser, draft).get(place(draft, f"/questions/{code}"))
    page = browser.submit("Save and return", answer=typed, status=422)
    assert said in page.text
    assert fresh(draft).values[code] == typed
    assert f'value="{typed}"' in page.response.text


def test_a_text_beyond_all_measure_is_refused_and_stays_in_the_form(browser, draft):
    visit(browser, draft).get(place(draft, "/questions/resumen"))
    page = browser.submit("Save and return", answer="x" * 100_001, status=422)
    assert "This is far too long to be kept." in page.text
    assert "resumen" not in fresh(draft).values


def test_two_people_who_edit_at_once_see_both_texts(new_browser, draft):
    nina, jeff = visit(new_browser(), draft), visit(new_browser(), draft, 1)
    nina.get(place(draft, "/questions/resumen"))
    jeff.get(place(draft, "/questions/resumen"))
    nina.submit("Save and return", answer="Lo de Nina")
    page = jeff.submit("Save and return", answer="Lo de Jefferson", status=409)
    assert "Lo de Nina" in page.text
    assert "Lo de Jefferson" in page.root.one("textarea").text
    assert "Saved 2 Mar 2026, 12:00 by Nina" in page.text
    assert fresh(draft).values["resumen"] == "Lo de Nina"
    jeff.submit("Save mine over it", answer="Lo de los dos")
    assert fresh(draft).values["resumen"] == "Lo de los dos"


def test_autosave_answers_with_the_time_and_what_the_page_has_seen(browser, new_browser, draft, clock):
    page = visit(browser, draft).get(place(draft, "/questions/resumen"))
    seen = page.root.one("input", name="seen")["value"]
    address, token = page.path, page.root.all("input", name="csrf_token")[0]["value"]

    def type_in(text, status=200):
        sent = {"answer": text, "seen": seen, "csrf_token": token}
        return browser.post(address, sent, headers={"HX-Request": "true"}, status=status)

    saved = type_in("Uno")
    assert saved.response.headers["X-Saved-At"] == "12:00"
    assert saved.root.one("input", name="seen")["value"].startswith("1.0.")
    again = type_in("Dos")
    assert again.root.one("input", name="seen")["value"].startswith("2.0.")
    assert "does not count" not in again.text
    assert fresh(draft).values["resumen"] == "Dos"
    type_in("x" * 70)
    assert fresh(draft).values["resumen"] == "x" * 70
    answer(draft, "resumen", "De otra página", place=1)
    assert type_in("Tres", 409)
    clock.move_to(GRACE, tick=False)
    later = visit(new_browser(), draft, now=GRACE)
    token = later.get(address).root.all("input", name="csrf_token")[0]["value"]
    sent = {"answer": "Tarde", "seen": seen, "csrf_token": token}
    late = later.post(address, sent, headers={"HX-Request": "true"})
    assert "does not count" in late.text


def test_handing_in_too_early_says_what_is_missing_and_is_written_down(browser, draft):
    visit(browser, draft).get(place(draft, "/check"))
    page = browser.submit("Submit the proposal", status=422)
    assert "The proposal was not handed in" in page.text
    assert page.link("Answer “Summary”") == place(draft, "/questions/resumen")
    page = browser.get(place(draft, "/log"))
    assert "Not handed in: something was missing" in page.text
    assert "Missing: Summary, Stage, Cost, Plan, and Declaration of authorship" in page.text


def test_the_language_can_be_changed_where_handing_in_was_refused(browser, draft):
    before = place(draft, "/check")
    visit(browser, draft).get(before)
    came_from = {"Referer": f"http://localhost{before}"}
    page = browser.post(place(draft, "/receipts"), status=422, headers=came_from)
    page = browser.get(page.link("Español"))
    assert (page.path, page.h1) == (before, "Revise sus respuestas")


def test_f24_a_second_click_leads_to_the_same_receipt(browser, draft):
    filled(draft)
    visit(browser, draft).get(place(draft, "/check"))
    first = browser.post(place(draft, "/receipts"))
    assert browser.post(place(draft, "/receipts")).path == first.path
    assert browser.get(first.path).status == 200


def test_a_change_that_was_not_sent_is_said_in_words(browser, draft):
    filled(draft)
    number = hand_in(draft).receipt.number
    visit(browser, draft)
    assert "You can change it and hand it in again until the deadline" in browser.get(place(draft)).text
    answer(draft, "resumen", "Otro")
    page = browser.get(place(draft))
    assert "You have changes that are not handed in" in page.text
    assert number in page.text
    browser.get(place(draft, "/check"))
    assert browser.submit("Submit the proposal again").h1 == "The proposal is handed in"
    page = browser.get(f"/receipts/{number}")
    assert "A later receipt counts" in page.text


def test_f04_an_answer_that_arrives_late_is_kept_apart_and_said(browser, draft, clock):
    answer(draft, "resumen", "A tiempo")
    visit(browser, draft, now=CLOSES - timedelta(minutes=1))
    clock.move_to(CLOSES - timedelta(minutes=1), tick=False)
    browser.get(place(draft, "/questions/resumen"))
    clock.move_to(CLOSES, tick=False)
    page = browser.submit("Save and return", answer="Un minuto tarde")
    assert "Kept as a late draft: it arrived after the deadline and does not count." in page.text
    assert "Late drafts do not count" in page.text
    assert fresh(draft).values["resumen"] == "A tiempo"
    page = browser.get(place(draft, "/questions/resumen"))
    assert page.root.one("textarea").text == "Un minuto tarde"
    assert "This is your late draft." in page.text


def test_in_the_grace_what_was_saved_in_time_can_be_handed_in(browser, draft, clock):
    filled(draft)
    clock.move_to(GRACE, tick=False)
    page = visit(browser, draft, now=GRACE).get(place(draft))
    assert "Time of grace: until 12:15 you can hand in what was saved before the deadline." in page.text
    browser.get(place(draft, "/check"))
    page = browser.submit("Submit the proposal")
    assert "In the time of grace" in page.text
    assert browser.get(place(draft)).h1 == "Your proposal is with the jury"


def test_after_the_grace_it_is_refused_with_the_log(browser, draft, clock):
    filled(draft)
    clock.move_to(AFTER, tick=False)
    page = visit(browser, draft, now=AFTER).get(place(draft))
    assert page.h1 == "This proposal was not handed in"
    assert "Un mapa de fugas que hace el barrio." in page.text
    browser.get(place(draft, "/check"))
    page = browser.submit("Submit the proposal", status=422)
    assert "The deadline and the time of grace are over." in page.text
    assert "Not handed in: it arrived after the deadline and the time of grace" in page.text


def test_after_the_close_the_team_reads_what_counts(browser, draft, clock):
    filled(draft)
    receipt = hand_in(draft).receipt
    answer(draft, "resumen", "No enviado")
    clock.move_to(AFTER, tick=False)
    page = visit(browser, draft, now=AFTER).get(place(draft))
    assert page.h1 == "Your proposal is with the jury"
    assert receipt.number in page.text
    assert "Un mapa de fugas que hace el barrio." in page.text
    assert "No enviado" not in page.text


def test_a_representative_withdraws_and_takes_up_again(browser, draft):
    visit(browser, draft).get(place(draft, "/withdrawal"))
    page = browser.submit("Withdraw the proposal")
    assert page.h1 == "This proposal was withdrawn"
    browser.get(place(draft, "/check"), status=403)
    browser.get(place(draft))
    page = browser.submit("Take the proposal up again")
    assert page.h1 == "Agua que cuenta"


def test_a_member_who_does_not_represent_the_team_cannot_withdraw(browser, draft):
    visit(browser, draft, 1).get(place(draft, "/withdrawal"), status=403)


def test_new_bases_are_told_on_the_task_list(browser, draft):
    call = fresh(draft).call
    organiser = given.acting(given.an_organiser(call.host))
    fewer = given.some_bases("rios", questions=world.QUESTIONS[:3], team=call.bases.team)
    calls.save_draft(call, fewer, organiser, NOON)
    calls.publish(call, organiser, NOON + timedelta(minutes=1), reason="Menos preguntas")
    page = visit(browser, draft).get(place(draft))
    assert "The rules of the call have changed" in page.text
    assert "Menos preguntas" in page.text
    assert "0 of 2 parts complete." in page.text


def test_a_team_begins_only_while_submissions_are_open(new_browser, clock):
    call = a_call()
    team, (nina, _) = a_team(call)
    clock.move_to(CLOSES, tick=False)
    given.sign_in(new_browser(), nina, CLOSES).get(f"/teams/{team.code}/submissions/new", status=403)
    assert db.session.query(Submission).count() == 0


def test_a_team_chooses_among_the_challenges_that_are_left(browser):
    challenges = tuple(
        given.ChallengeText(code, given.both(code.title()), given.both("?")) for code in ("agua", "aire")
    )
    call = a_call(challenges=challenges)
    team, (nina, _) = a_team(call)
    browser = given.sign_in(browser, nina, NOON)
    page = browser.get(f"/teams/{team.code}/submissions/new")
    assert [each["value"] for each in page.root.all("input", type="radio") if "checked" in each] == []
    page = browser.submit("Start the proposal", title="", status=422)
    assert "Choose the challenge." in page.text
    assert "Give the proposal a title." in page.text
    browser.submit("Start the proposal", title="Uno", challenge="aire")
    page = browser.get(f"/teams/{team.code}/submissions/new")
    assert page.root.all("input", type="radio") == []
    browser.submit("Start the proposal", title="Dos")
    page = browser.get(f"/teams/{team.code}/submissions/new")
    assert "Your team has a proposal for every challenge of this call." in page.text


def test_a_cancelled_call_is_said_and_nothing_can_be_changed(browser, draft):
    organiser = given.acting(given.an_organiser(draft.call.host))
    calls.cancel(draft.call, "No hay fondos este año.", organiser, NOON)
    page = visit(browser, draft).get(place(draft))
    assert page.h1 == "This call is cancelled"
    assert "No hay fondos este año." in page.text
    browser.get(place(draft, "/questions/resumen"), status=403)


def test_the_page_of_the_team_leads_to_its_proposals(browser):
    call = a_call()
    team, (nina, _) = a_team(call)
    given.sign_in(browser, nina, NOON)
    page = browser.get(f"/teams/{team.code}")
    assert page.link("Start a proposal") == f"/teams/{team.code}/submissions/new"
    draft = a_draft(call, team)
    page = browser.get(f"/teams/{team.code}")
    assert page.link("Go on with the proposal") == place(draft)
    assert "Start a proposal" not in page.text
    filled(draft)
    hand_in(draft)
    assert browser.get(f"/teams/{team.code}").link("See the proposal") == place(draft)
