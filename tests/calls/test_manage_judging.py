"""The forms of those who judge: the panel, the rounds, what is published and appealed."""

from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests import builders as given
from tests.builders import both
from tests.calls.every_key import every_key
from thinkia.calls import services
from thinkia.calls.queries import call_by_code
from thinkia.domain.bases import Appeals, Option, Question, QuestionKind
from thinkia.domain.rounds import Advance, AtLine, EarlierMarks, PoolBy, Pools

LANGUAGE = Question(
    "idioma",
    QuestionKind.CHOICE,
    both("Idioma", "Language"),
    options=(Option("es", both("Castellano", "Spanish")), Option("qu", both("Kichwa"))),
)
LOCAL = {"rounds-0-code": "local", "rounds-0-title_es": "Local", "rounds-0-advance": "top"}
FINAL = {"rounds-1-code": "final", "rounds-1-title_es": "Final"}


@pytest.fixture
def asking(draft, ana, now):
    """The draft, which asks for the language too."""
    changed = replace(draft.announced, questions=(*draft.announced.questions, LANGUAGE))
    services.save_draft(draft, changed, given.acting(ana), now)
    return draft


def saved():
    return call_by_code("rios").announced


def error(page, field):
    return page.root.one("p", id=f"{field}-error").text


def test_a_panel_has_its_size_its_extra_seats_and_its_language(mine, asking):
    mine.get("/manage/calls/rios/rules/jury")
    chosen = {"jury_bids": "y", "jury_language_question": "idioma", "jury_blind": "y", "jury_published": None}
    page = mine.submit("Save", jury_deliberation="named", jury_extra="24", **chosen, status=422)
    assert "at most 25 jurors" in error(page, "jury_extra")
    assert page.root.one("input", id="jury_extra")["value"] == "24"
    page = mine.submit("Save", jury_extra="1", status=422)
    assert "at least 3" in error(page, "jury_deliberation")
    for wrong, words in (("0", "from 1 to 25"), ("", "needed"), ("two", "")):
        assert words in error(mine.submit("Save", jury_size=wrong, status=422), "jury_size")
    mine.submit("Save", jury_size="3")

    jury = saved().jury
    assert (jury.size, jury.extra, jury.bids, jury.language_question) == (3, 1, True, "idioma")
    assert (jury.deliberation, jury.blind, jury.published) == ("named", True, False)
    assert jury.sectors == asking.bases.jury.sectors
    assert "Jurors read without names" in mine.get("/manage/calls/rios/preview").text
    mine.get("/manage/calls/rios/rules/jury")
    mine.submit("Save", jury_deliberation="", jury_language_question="", jury_extra="", jury_bids=None)
    jury = saved().jury
    assert (jury.deliberation, jury.language_question, jury.extra, jury.bids) == (None, "", 0, False)


def test_a_call_takes_appeals_for_so_many_days(mine, draft):
    address = "/manage/calls/rios/rules/result"
    assert mine.get(address).root.one("input", id="appeals_days")["value"] == ""
    for days, words in (("61", "1 to 60"), ("0", "1 to 60"), ("", "take the holidays out")):
        page = mine.submit("Save", appeals_days=days, appeals_holidays="2026-12-25", status=422)
        assert words in error(page, "appeals_days")
    page = mine.submit("Save", appeals_days="5", appeals_holidays="2026-12-25\n25/12/2026", status=422)
    assert "“25/12/2026” is no day" in error(page, "appeals_holidays")
    assert "25/12/2026" in page.root.one("textarea").children[0]
    mine.submit("Save", appeals_holidays="2026-12-25\n\n2027-01-01\n", publication="winners")
    assert saved().appeals == Appeals(5, working_days=True, holidays=("2026-12-25", "2027-01-01"))
    assert saved().publication == "winners"

    mine.get(address)
    mine.submit("Save", appeals_working_days=None, appeals_holidays="")
    assert saved().appeals == Appeals(5, working_days=False)
    mine.get(address)
    mine.submit("Save", appeals_days="")
    assert saved().appeals is None


def test_a_call_gets_its_rounds_and_loses_them_again(mine, asking, now):
    address = "/manage/calls/rios/rules/rounds"
    mine.get(address)
    mine.submit("Save")
    assert saved().rounds == ()
    mine.get(address)
    page = mine.submit("Save", **LOCAL, status=422)
    assert "Write how many go on" in error(page, "rounds-0-advance_top")
    page = mine.submit("Save", **{"rounds-0-advance_top": "3"}, status=422)
    assert "Rounds are two or more" in page.root.one("div", role="alert").text

    mine.submit("Save", **FINAL, **{"rounds-1-marks": "carried", "rounds-1-share": "60,5"})
    first, last = saved().rounds
    assert (first.code, first.title.es, first.advance) == ("local", "Local", Advance(top=3))
    assert (last.advance, last.marks, last.share) == (None, EarlierMarks.CARRIED, Decimal("60.5"))

    mine.get(address)
    opens = asking.calendar.evaluation.opens.astimezone(ZoneInfo("America/Guayaquil"))
    window = {
        "rounds-0-evaluation_opens-day": opens.date().isoformat(),
        "rounds-0-evaluation_opens-hour": opens.strftime("%H:%M"),
    }
    page = mine.submit("Save", **window, status=422)
    assert "Write a day" in error(page, "rounds-0-evaluation_closes-day")
    closes = {
        "rounds-0-evaluation_closes-day": "2020-01-01",
        "rounds-0-evaluation_closes-hour": "08:00",
    }
    page = mine.submit("Save", **closes, status=422)
    assert "inside the call's evaluation" in error(page, "rounds-0-evaluation_opens-day")
    assert page.root.one("input", id="rounds-0-evaluation_closes-day")["value"] == "2020-01-01"
    closes = dict.fromkeys({**window, **closes}, "")
    pools = {"rounds-0-advance": "top_per_pool", "rounds-0-pools": "question:idioma", "rounds-0-waiting": "2"}
    mine.submit("Save", **closes, **pools, **{"rounds-0-at_line": "take_all"})
    first = saved().rounds[0]
    assert (first.advance, first.waiting) == (Advance(top_per_pool=3), 2)
    assert (first.pools, first.at_line) == (Pools(PoolBy.QUESTION, "idioma"), AtLine.TAKE_ALL)

    mine.get(address)
    mine.submit("Save", **{"rounds-0-remove": "y", "rounds-1-remove": "y"})
    assert saved().rounds == ()


def test_what_contradicts_itself_in_a_round_is_told_on_its_field(mine, asking):
    mine.get("/manage/calls/rios/rules/rounds")
    mine.submit("Save", **LOCAL, **FINAL, **{"rounds-0-advance_top": "3"})
    before = call_by_code("rios").version.content
    for typed, field, words in (
        ({"0-code": "a b"}, "0-code", "code"),
        ({"1-code": "local"}, "1-code", "Two rounds have the code"),
        ({"0-advance": "", "0-advance_top": ""}, "0-advance", "does not say who goes on"),
        ({"0-advance": "by_hand"}, "0-advance_top", "nobody is counted"),
        ({"0-advance": "by_hand", "0-advance_cut_off": "60"}, "0-advance_cut_off", "no score decides"),
        ({"0-advance": "cut_off", "0-advance_top": ""}, "0-advance_cut_off", "score to reach"),
        ({"0-advance_cut_off": "101"}, "0-advance_cut_off", "between 0 and 100"),
        ({"0-advance_cut_off": "1.500"}, "0-advance_cut_off", "may be two numbers"),
        ({"0-advance_cut_off": "sixty"}, "0-advance_cut_off", "in digits"),
        ({"0-advance_top": "0"}, "0-advance_top", "from 1"),
        ({"0-advance": "top_per_pool"}, "0-advance", "Nothing says what parts"),
        ({"0-pools": "challenge:"}, "0-pools", "With pools"),
        ({"0-waiting": "-1"}, "0-waiting", "from 0"),
        ({"1-advance": "top", "1-advance_top": "1"}, "1-advance", "Nobody goes on from the last"),
        ({"1-waiting": "1"}, "1-waiting", "Nobody goes on from the last"),
        ({"0-marks": "carried"}, "0-marks", "first round has no earlier"),
        ({"1-share": "0"}, "1-share", "above 0"),
    ):
        mine.get("/manage/calls/rios/rules/rounds")
        page = mine.submit("Save", **{f"rounds-{key}": value for key, value in typed.items()}, status=422)
        assert words in error(page, f"rounds-{field}"), typed
        for key, value in typed.items():
            shown = page.root.all("input", id=f"rounds-{key}")
            assert not shown or shown[0]["value"] == value
    assert call_by_code("rios").version.content == before


def test_what_a_round_has_of_its_own_is_shown_and_stays_under_a_new_code(mine, draft, ana, now):
    full = every_key(now)
    services.save_draft(draft, full, given.acting(ana), now)
    page = mine.get("/manage/calls/rios/rules/rounds")
    own = page.root.one("fieldset", id="rounds-0").text
    assert "mean without the extremes" in own
    assert "7 people read each proposal" in own
    mine.submit("Save", **{"rounds-0-code": "inicio", "rounds-1-remove": "y"})

    first, second, *rest = saved().rounds
    assert first == replace(full.rounds[0], code="inicio")
    assert second == full.rounds[2]
    assert len(rest) == 2


def test_rounds_move_with_what_they_have_of_their_own(mine, draft, ana, now):
    full = every_key(now)
    services.save_draft(draft, full, given.acting(ana), now)
    codes = [one.code for one in full.rounds]
    new = {"rounds-5-code": "nueva", "rounds-5-advance": "top", "rounds-5-advance_top": "2"}
    for moved, expected in (
        ({"rounds-2-place": "2"}, [codes[0], codes[2], codes[1], *codes[3:]]),
        ({"rounds-1-place": "3"}, [*codes[:1], codes[2], codes[1], *codes[3:]]),
        ({**new, "rounds-5-place": "2"}, [codes[0], "nueva", *codes[1:]]),
    ):
        services.save_draft(call_by_code("rios"), full, given.acting(ana), now)
        mine.get("/manage/calls/rios/rules/rounds")
        mine.submit("Save", **moved)
        assert [one.code for one in saved().rounds] == expected
        assert saved().rounds[0] == full.rounds[0]

    mine.get("/manage/calls/rios/rules/rounds")
    page = mine.submit("Save", **{"rounds-1-place": "4", "rounds-2-share": "0"}, status=422)
    assert "above 0" in error(page, "rounds-2-share")  # it is the second now, and told where it stands


def test_what_somebody_else_gave_a_round_meanwhile_stays(mine, draft, ana, now):
    full = every_key(now)
    services.save_draft(draft, full, given.acting(ana), now)
    mine.get("/manage/calls/rios/rules/rounds")
    first, second, *rest = full.rounds
    second = replace(second, tie_break=first.tie_break)
    other = replace(full, rounds=(first, second, *rest))
    services.save_draft(call_by_code("rios"), other, given.acting(ana), now)
    page = mine.submit("Save", **{"rounds-0-waiting": "3"}, status=422)
    assert "Somebody else saved these rules" in page.text
    mine.submit("Save")
    assert saved().rounds == (replace(first, waiting=3), second, *rest)
