"""The rules of a call, part by part and as a file; two people at once."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from tests import builders as given
from tests.builders import DAY, both
from tests.calls.every_key import every_key, unsaid
from thinkia.calls import services
from thinkia.calls.call_file import bases_of, write_bases
from thinkia.calls.forms.sections import SECTIONS
from thinkia.calls.queries import call_by_code
from thinkia.domain.bases import Faq, Prize


def test_every_part_saved_as_it_is_shown_changes_nothing(mine, draft, ana, now):
    plain = draft.version.content
    services.save_draft(draft, every_key(now), given.acting(ana), now)
    full = call_by_code("rios").version.content
    assert unsaid(every_key(now)) == {"Bases.schema_version"}  # there is one version
    for before in (full, plain):
        services.save_draft(draft, bases_of(before), given.acting(ana), now)
        for part in SECTIONS:
            mine.get(f"/manage/calls/rios/rules/{part}")
            mine.submit("Save")
            assert call_by_code("rios").version.content == before, part
        mine.get("/manage/calls/rios/file")
        mine.submit("Save the rules")
        assert call_by_code("rios").version.content == before


def test_characters_that_nobody_sees_are_no_change(mine, draft, ana, now):
    nasty = both("  Primero\n\nSegundo \u202eal revés\u202c\n", "e\u0301 \ufeffEnd\n\n")
    changes = {
        "description": nasty,
        "prizes": (Prize(nasty, place=1), Prize(both("Otro"))),
        "faq": (Faq(nasty, nasty),),
    }
    services.save_draft(draft, replace(draft.bases, **changes), given.acting(ana), now)
    before = draft.version.content
    for part in ("texts", "prizes", "faq"):
        mine.get(f"/manage/calls/rios/rules/{part}")
        mine.submit("Save")
    assert call_by_code("rios").version.content == before

    mine.get("/manage/calls/rios/rules/prizes")
    mine.submit("Save", **{"prizes-1-title_es": "Otro más"})
    titles = [prize.title.es for prize in call_by_code("rios").bases.prizes]
    assert titles == [nasty.es, "Otro más"]


def test_texts_are_edited_in_both_languages(mine, draft):
    mine.get("/manage/calls/rios/rules/texts")
    page = mine.submit("Save", title_es="Ríos de todos", title_en="Rivers for all", summary_en="")
    assert "Saved." in page.text
    bases = call_by_code("rios").bases
    assert (bases.title.es, bases.title.en, bases.summary.en) == ("Ríos de todos", "Rivers for all", "")


def test_dates_are_read_on_the_calls_clock(mine, draft):
    name = "submission_closes"
    page = mine.get("/manage/calls/rios/rules/dates")
    assert "Galápagos time, UTC−6" in page.text
    day = (draft.calendar.submission.closes + DAY).astimezone(ZoneInfo("America/Guayaquil")).date()
    moved = {f"{name}-day": day.isoformat(), f"{name}-hour": "23:59"}
    later = {"evaluation_opens-day": (day + DAY).isoformat(), "evaluation_opens-hour": "08:00"}
    mine.submit("Save", **moved, **later)
    closes = call_by_code("rios").calendar.submission.closes
    assert closes.astimezone(ZoneInfo("America/Guayaquil")).isoformat() == f"{day}T23:59:00-05:00"


def test_a_date_that_contradicts_another_is_told_on_its_field_and_kept(mine, draft):
    before = draft.version.content
    mine.get("/manage/calls/rios/rules/dates")
    page = mine.submit("Save", **{"submission_closes-day": "2020-01-01"}, status=422)
    assert "before it opens" in page.root.one("p", id="submission_closes-day-error").text
    assert page.root.one("input", id="submission_closes-day")["value"] == "2020-01-01"
    for wrong in ("", "2026-13-45", "tomorrow"):
        page = mine.submit("Save", **{"submission_closes-day": wrong}, status=422)
        assert page.root.one("p", id="submission_closes-day-error")
    assert call_by_code("rios").version.content == before


def test_team_formation_may_be_left_out_and_not_by_half(mine, draft):
    mine.get("/manage/calls/rios/rules/dates")
    assert draft.calendar.team_formation is None
    page = mine.submit("Save", **{"team_formation_opens-day": "2030-01-01"}, status=422)
    assert page.root.one("p", id="team_formation_closes-day-error")


def test_challenges_are_added_changed_and_removed(mine, draft):
    mine.get("/manage/calls/rios/rules/challenges")
    mine.submit("Save", **{"challenges-1-code": "aire", "challenges-1-title_es": "Aire"})
    assert [one.code for one in call_by_code("rios").bases.challenges] == ["agua", "aire"]
    mine.get("/manage/calls/rios/rules/challenges")
    mine.submit("Save", **{"challenges-0-remove": "y", "challenges-1-title_es": "Aire limpio"})
    (only,) = call_by_code("rios").bases.challenges
    assert (only.code, only.title.es) == ("aire", "Aire limpio")


def test_two_challenges_of_one_code_are_told_on_the_second(mine, draft):
    mine.get("/manage/calls/rios/rules/challenges")
    page = mine.submit("Save", **{"challenges-1-code": "agua", "challenges-1-title_es": "x"}, status=422)
    assert "Two challenges have the code" in page.root.one("p", id="challenges-1-code-error").text


def test_prizes_partners_people_and_questions_are_edited(mine, draft):
    mine.get("/manage/calls/rios/rules/prizes")
    money = {"prizes-0-amount": "4000", "prizes-0-currency": "usd"}
    mine.submit("Save", winners="3", **{"prizes-0-title_es": "Piloto"}, **money)
    mine.get("/manage/calls/rios/rules/partners")
    mine.submit("Save", **{"partners-0-name": "Universidad", "partners-0-sector": "academia"})
    mine.get("/manage/calls/rios/rules/people")
    mine.submit("Save", team_min="3", team_max="5", eligibility_min_age="18", team_one_team_per_person=None)
    mine.get("/manage/calls/rios/rules/faq")
    mine.submit("Save", **{"faq-0-question_es": "¿Cuándo?", "faq-0-answer_es": "Ya."})

    bases = call_by_code("rios").bases
    assert (bases.winners, bases.prizes[0].amount, bases.prizes[0].currency) == (3, Decimal(4000), "USD")
    assert (bases.partners[0].name, bases.partners[0].sector) == ("Universidad", "academia")
    assert (bases.team.min, bases.team.max, bases.team.one_team_per_person) == (3, 5, False)
    assert bases.eligibility.min_age == 18
    assert bases.faq[0].answer.es == "Ya."


@pytest.mark.parametrize(
    ("part", "typed", "field", "sentence"),
    [
        ("people", {"team_min": "5", "team_max": "2"}, "team_max", "smaller than the smallest"),
        ("people", {"team_min": "three"}, "team_min", ""),
        (
            "prizes",
            {"prizes-0-title_es": "x", "prizes-0-amount": "-1", "prizes-0-currency": "USD"},
            "prizes-0-amount",
            "",
        ),
        (
            "partners",
            {"partners-0-name": "x", "partners-0-sector": "private", "partners-0-url": "javascript:x"},
            "partners-0-url",
            "web address",
        ),
        ("texts", {"contact_email": "x@"}, "contact_email", "not an e-mail address"),
    ],
)
def test_what_contradicts_itself_is_told_on_its_field(mine, draft, part, typed, field, sentence):
    before = draft.version.content
    mine.get(f"/manage/calls/rios/rules/{part}")
    page = mine.submit("Save", **typed, status=422)
    assert sentence in page.root.one("p", id=f"{field}-error").text
    assert call_by_code("rios").version.content == before


def test_what_two_people_edit_at_once_is_not_lost(mine, draft, ana, now):
    mine.get("/manage/calls/rios/rules/texts")
    other = replace(draft.bases, title=both("De otra persona", "Somebody else's"))
    services.save_draft(draft, other, given.acting(ana), now)

    page = mine.submit("Save", title_es="Lo mío", status=422)
    assert "Somebody else saved these rules" in page.text
    assert page.root.one("input", name="title_es")["value"] == "Lo mío"
    assert "De otra persona" in page.root.one("table").text
    assert call_by_code("rios").bases.title.es == "De otra persona"
    mine.submit("Save")
    assert call_by_code("rios").bases.title.es == "Lo mío"


def test_the_whole_file_is_edited_with_errors_in_their_place(mine, draft):
    text = draft.version.content
    mine.get("/manage/calls/rios/file")
    page = mine.submit("Save the rules", text=text.replace("weight: 40", "weight: 10"), status=422)
    assert page.root.one("div", role="alert").one("li").text.startswith("Line ")
    assert "weight: 10" in page.root.one("textarea").children[0]

    mine.submit(
        "Save the rules", text=text.replace("weight: 40", "weight: 30").replace("weight: 60", "weight: 70")
    )
    assert [one.weight for one in call_by_code("rios").bases.rubric.criteria] == [70, 30]


def test_a_file_uploaded_over_the_text_wins_and_the_code_stays(mine, draft, now):
    mine.get("/manage/calls/rios/file")
    other = write_bases(given.some_bases("lagos", now))
    page = mine.submit("Save the rules", file=(BytesIO(other.encode()), "x.yaml"), status=422)
    assert "never changes" in page.text
    mine.submit("Save the rules", file=(BytesIO(write_bases(replace(draft.bases, winners=4)).encode()), "x"))
    assert call_by_code("rios").bases.winners == 4


def test_the_file_that_is_downloaded_is_what_is_edited(mine, call, ana, now):
    changed = replace(call.bases, winners=5)
    services.save_draft(call, changed, given.acting(ana), now)
    response = mine.get("/manage/calls/rios/file.yaml").response
    assert response.text == write_bases(changed)
    assert "attachment" in response.headers["Content-Disposition"]


def test_the_preview_shows_the_change_and_says_that_it_is_one(mine, new_browser, call, ana, now):
    services.save_draft(call, replace(call.bases, title=both("Nuevo", "New one")), given.acting(ana), now)
    page = mine.get("/manage/calls/rios/preview")
    assert page.h1 == "New one"
    assert "This is a preview" in page.text
    assert mine.get(page.link("Español")).h1 == "Nuevo"
    assert new_browser().get("/calls/rios").h1 == "Living rivers"


def test_a_part_that_does_not_exist_is_not_there(mine, draft):
    mine.get("/manage/calls/rios/rules/secrets", status=404)
