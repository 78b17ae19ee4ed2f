"""A call as the public sees it: for a minister, a citizen on a phone, a calendar and a machine."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar as ICalendar

from tests import builders
from tests.browser import axe_violations
from tests.builders import DAY, both
from tests.queries import count_queries
from thinkia import clock
from thinkia.calls import hooks, services
from thinkia.calls.models import Call
from thinkia.calls.queries import call_by_code, is_open
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import (
    CompositionRule,
    Eligibility,
    Faq,
    JuryRules,
    Method,
    MethodName,
    Partner,
    PersonAttribute,
    Prize,
    Question,
    QuestionKind,
    SectorQuota,
    TeamRules,
    TieKey,
    TieKeyKind,
    Window,
    WindowKind,
)
from thinkia.domain.phases import open_windows
from thinkia.domain.rubric import Aggregate, Rubric, Scale
from thinkia.organisations.queries import host_by_code


@pytest.fixture
def now():
    return clock.now()


def full_bases(code, now, **changes):
    """Bases that use everything that a page has to put into words."""
    usual = {
        "description": both("## Por qué\n\nEl río **vive**.", "## Why\n\nThe river **lives**."),
        "partners": (Partner("Universidad de Muestra", "academia", "https://example.org/"),),
        "eligibility": Eligibility(18, 29, ("01", "20"), notes=(both("Sin parientes.", "No relatives."),)),
        "team": TeamRules(
            3,
            5,
            (
                CompositionRule(PersonAttribute.GENDER, "woman", min=2),
                CompositionRule(PersonAttribute.INSTITUTION, max_same=1),
            ),
        ),
        "questions": (
            Question("resumen", QuestionKind.LONG_TEXT, both("Resumen", "Summary"), max_characters=1500),
            Question(
                "plan",
                QuestionKind.FILE,
                both("Plan"),
                types=("pdf",),
                max_bytes=10_000_000,
                max_pages=10,
                required=False,
            ),
            Question("video", QuestionKind.ADDRESS, both("Video"), hosts=("vimeo.com", "youtube.com")),
        ),
        "rubric": Rubric(
            (
                builders.criterion("f1", scale=Scale(min=Decimal(0), max=Decimal(1))),
                builders.criterion("docs", group="p2", scale=Scale(checklist=(Decimal(4), Decimal(6)))),
            ),
            aggregate=Aggregate.SUM,
        ),
        "method": Method(MethodName.SECTOR_BALANCED, {"public": Decimal(1), "academia": Decimal(2)}),
        "tie_break": (
            TieKey(TieKeyKind.GROUP, code="p2"),
            TieKey(TieKeyKind.LOTTERY, source=both("La lotería.", "The lottery."), drawn_at=now + 22 * DAY),
        ),
        "cut_off": Decimal("6.5"),
        "prizes": (Prize(both("para el piloto", "for the pilot"), 1, Decimal(4000), "USD"),),
        "faq": (Faq(both("¿Y si llueve?", "And if it rains?"), both("Igual.", "All the same.")),),
        "jury": JuryRules(2, {"public": SectorQuota(1, 1), "academia": SectorQuota(1)}),
    }
    return builders.some_bases(code, now, **{**usual, **changes})


def test_the_page_says_everything_that_the_rules_say(browser, now):
    builders.a_call(full_bases("rios", now), now=now)
    page = browser.get("/calls/rios")

    assert page.h1 == "Living rivers"
    for words in (
        "Closes in 9 days",
        "mainland Ecuador time, UTC−5",
        "Galápagos time, UTC−6",
        "Teams of 3 to 5 people.",
        "At least 2 women.",
        "At most 1 person of the same institution.",
        "People from 18 to 29 years of age.",
        "Azuay and Galápagos",
        "No relatives.",
        "Clean water",
        "Text of up to 1500 characters.",
        "A file (PDF) of up to 10 pages and 10 MB.",
        "A web address of vimeo.com or youtube.com.",
        "any decimal from 0 to 1",
        "a checklist of 2 items, up to 10 points",
        "9.1%",
        "90.9%",
        "Public 1 and Academia 2",
        "The higher sum of “p2” (Docs).",
        "Its seed comes from: The lottery. It is drawn on",
        "A proposal needs a score of 6.5 or more.",
        "USD 4,000",
        "Universidad de Muestra",
        "And if it rains?",
        "rios@example.org",
        "Version 1, in force since",
        call_by_code("rios").version.sha256[:4],
    ):
        assert words in page.text, words
    assert page.root.one("a", href="/calls/rios.ics")


def test_the_same_page_in_spanish(new_browser, now):
    builders.a_call(full_bases("rios", now), now=now)
    page = new_browser("es").get("/calls/rios")

    assert page.h1 == "Ríos vivos"
    for words in (
        "Cierra en 9 días",
        "Equipos de 3 a 5 personas.",
        "Al menos 2 mujeres.",
        "Azuay y Galápagos",
        "9,1 %",
        "vimeo.com o youtube.com",
        "6,5",
    ):
        assert words in page.text, words


def test_the_language_switch_keeps_the_page(browser, now):
    builders.a_call(builders.some_bases("rios", now), now=now)
    page = browser.get("/calls/rios")
    assert browser.get(page.link("Español")).h1 == "Ríos vivos"
    assert browser.page.path == "/calls/rios"
    assert browser.get("/calls/rios").h1 == "Ríos vivos"


def test_what_has_no_translation_is_shown_and_marked(browser, now):
    bases = builders.some_bases("rios", now)
    builders.a_call(replace(bases, summary=replace(bases.summary, en="")), now=now)
    summary = browser.get("/calls/rios").root.one("p", class_="lead")
    assert summary.one("span", lang="es").text == "Ideas para cuidar los ríos."


PHASES = [
    (-6 * DAY, "Announced", "Opens in 24 hours", "Add the dates to my calendar"),
    (timedelta(0), "Open", "Closes in 10 days", "Register to apply"),
    (10.5 * DAY, "Between phases", "Evaluation begins in 12 hours", None),
    (12 * DAY, "In evaluation", "The jury is reading", None),
    (22 * DAY, "Result to come", "The result is to come", None),
]


@pytest.mark.parametrize(("moment", "tag", "big", "button"), PHASES)
def test_the_band_says_where_the_call_stands(browser, now, moment, tag, big, button):
    builders.a_call(builders.some_bases("rios", now - moment), now=now - moment)
    page = browser.get("/calls/rios")
    assert page.root.all("span", class_="tag")[0].text == tag
    band = page.root.one("section", aria_label="Where the call stands")
    assert band.one("p", class_="band__big").text in {
        big,
        big.replace("24", "23").replace("10 d", "9 d").replace("12 h", "11 h"),
    }
    buttons = [each.text for each in band.all("a", class_="btn btn--big")]
    assert buttons in ([], [button] if button else [])


def test_the_button_fits_the_reader(browser, new_browser, now):
    host = builders.a_host(now=now)
    organiser = builders.an_organiser(host, now=now, language="en")
    builders.a_call(builders.some_bases("rios", now), host=host, organiser=organiser, now=now)
    builders.sign_in(browser, organiser)
    page = browser.get("/calls/rios")
    assert page.link("Organise this call") == "/manage/calls/rios"


def test_a_cancelled_call_says_so_and_why(browser, now):
    organiser = builders.an_organiser(builders.a_host("quito", now=now), now=now)
    call = builders.a_call(
        builders.some_bases("rios", now), host=host_by_code("quito"), organiser=organiser, now=now
    )
    services.cancel(call, "No hay presupuesto.", builders.acting(organiser), now)
    page = browser.get("/calls/rios")
    assert "This call is cancelled" in page.text
    assert "No hay presupuesto." in page.text
    assert "EventCancelled" in page.response.text


def test_a_draft_is_there_for_its_host_alone(browser, new_browser, now):
    host = builders.a_host(now=now)
    organiser = builders.an_organiser(host, now=now, language="en")
    builders.a_draft_call(builders.some_bases("rios", now), host=host, organiser=organiser, now=now)
    browser.get("/calls/rios", status=404)
    browser.get("/calls/rios.ics", status=404)
    stranger = builders.sign_in(new_browser(), builders.an_organiser(builders.a_host(now=now), now=now))
    stranger.get("/calls/rios", status=404)
    own = builders.sign_in(new_browser(), organiser)
    assert "This is a preview" in own.get("/calls/rios").text


def test_every_version_stays_with_its_reason_and_what_changed(browser, now):
    host = builders.a_host(now=now)
    organiser = builders.an_organiser(host, now=now)
    bases = full_bases("rios", now)
    call = builders.a_call(bases, host=host, organiser=organiser, now=now)
    longer = replace(bases.calendar, submission=Window(bases.calendar.submission.opens, now + 10.5 * DAY))
    changed = replace(
        bases, calendar=longer, cut_off=Decimal(7), team=replace(bases.team, max=6), prizes=bases.prizes * 2
    )
    changed = replace(changed, prizes=(bases.prizes[0], replace(bases.prizes[0], place=2)))
    services.save_draft(call, changed, builders.acting(organiser), now)
    services.publish(call, builders.acting(organiser), now, reason="El portal falló <dos> horas.")

    head = browser.get("/calls/rios").root.one("div", class_="note stack-s")
    assert head.text.startswith("The rules changed on")
    assert "El portal falló <dos> horas. See what changed" in head.text
    page = browser.get("/calls/rios/bases/2")
    assert "El portal falló <dos> horas." in page.text
    rows = [
        [cell.text for cell in row.all("th", "td")]
        for row in page.root.one("section", aria_labelledby="changes").all("tr")[1:]
    ]
    assert [row[0] for row in rows] == [
        "Dates › Submission › closes",
        "Teams › Most",
        "Cut-off",
        "Prizes › for the pilot",
    ]
    assert rows[1][1:] == ["5", "6"]
    assert rows[2][1:] == ["6.5", "7"]
    assert rows[3][1:] == ["(nothing)", "for the pilot"]
    assert "no longer in force" in browser.get("/calls/rios/bases/1").text
    browser.get("/calls/rios/bases/3", status=404)

    file = browser.get("/calls/rios/bases/1.yaml").response
    assert "attachment" in file.headers["Content-Disposition"]
    assert "cut_off: 6.5" in file.text
    assert len(browser.get("/calls/rios").root.one("section", aria_labelledby="versions").all("li")) == 2


def test_a_version_being_prepared_is_nobodys_business(browser, now):
    organiser = builders.an_organiser(builders.a_host("quito", now=now), now=now)
    call = builders.a_call(
        builders.some_bases("rios", now), host=host_by_code("quito"), organiser=organiser, now=now
    )
    services.save_draft(call, replace(call.bases, title=both("Secreto")), builders.acting(organiser), now)
    browser.get("/calls/rios/bases/2", status=404)
    assert "Secreto" not in browser.get("/calls/rios").text


def test_the_dates_go_to_a_calendar_as_instants(browser, now):
    builders.a_call(builders.some_bases("rios", now), now=now)
    response = browser.get("/calls/rios.ics").response
    assert response.mimetype == "text/calendar"
    events = {str(event["uid"]): event for event in ICalendar.from_ical(response.data).walk("VEVENT")}
    closes = events["rios.submission.closes@thinkia"]
    assert abs(closes.decoded("dtstart") - (now + 10 * DAY)) < timedelta(minutes=1)
    assert closes.decoded("dtstart").utcoffset() == timedelta(0)
    assert str(closes["summary"]) == "Living rivers: Submission closes"
    assert closes["sequence"] == 1
    assert len(events) == 6


def test_machines_read_the_call_too(browser, now):
    title = both("</script><b>Ríos</b> & lagos")
    builders.a_call(builders.some_bases("rios", now, title=title), now=now)
    page = browser.get("/calls/rios")
    script = page.root.one("script", type="application/ld+json")
    data = json.loads("".join(script.children))
    assert data["name"] == "</script><b>Ríos</b> & lagos"
    assert data["@type"] == "Event"
    assert datetime.fromisoformat(data["offers"]["validThrough"]).tzinfo == UTC
    assert page.root.one("meta", property="og:title")["content"].startswith("</script>")
    assert page.root.one("link", rel="canonical")["href"].endswith("/calls/rios")


def test_jurors_have_names_only_where_the_rules_publish_them(browser, now, monkeypatch):
    monkeypatch.setattr(hooks, "_juries", [lambda call: [hooks.Seat("public", "Rosa Elena Guamán")]])
    bases = builders.some_bases("rios", now)
    builders.a_call(bases, now=now)
    hidden = builders.some_bases("lagos", now, jury=replace(bases.jury, published=False))
    builders.a_call(hidden, now=now)
    assert "Rosa Elena Guamán" in browser.get("/calls/rios").text
    assert "Rosa Elena Guamán" not in browser.get("/calls/lagos").text


def test_a_sector_that_the_rules_do_not_name_may_fill_what_the_others_leave(browser, now):
    jury = JuryRules(
        3, {"public": SectorQuota(1, 1), "academia": SectorQuota(1), "private": SectorQuota(max=0)}
    )
    builders.a_call(builders.some_bases("rios", now, jury=jury), now=now)
    rows = browser.get("/calls/rios").root.one("section", aria_labelledby="jury").all("tr")[1:]
    assert [[cell.text for cell in row.all("th", "td")] for row in rows] == [
        ["Public", "1", "1"],
        ["Academia", "1", "2"],
        ["Private", "0", "0"],
        ["Civil society", "0", "1"],
        ["Cooperation", "0", "1"],
    ]


def test_what_people_write_is_text(browser, now):
    bases = full_bases("rios", now, description=both("<script>alert(1)</script> [x](javascript:alert(1))"))
    builders.a_call(replace(bases, summary=both("<img src=x>")), now=now)
    page = browser.get("/calls/rios")
    assert "<img src=x>" in page.text
    assert page.root.all("img") == []
    assert [each["href"] for each in page.root.all("a") if "javascript" in each["href"]] == []


def test_a_call_page_asks_little_of_the_database_and_of_the_line(browser, now):
    host = builders.a_host(now=now)
    organiser = builders.an_organiser(host, now=now)
    call = builders.a_call(full_bases("rios", now), host=host, organiser=organiser, now=now)
    with count_queries() as queries:
        page = browser.get("/calls/rios")  # the call with its rules, its versions, its jurors
    assert len(queries) == 3, queries
    assert len(gzip.compress(page.response.data)) < 30_000
    for number in range(4):
        services.save_draft(call, replace(call.bases, winners=number + 2), builders.acting(organiser), now)
        services.publish(call, builders.acting(organiser), now, reason="x")
    with count_queries() as queries:
        browser.get("/calls/rios")
    assert len(queries) == 3, queries


@pytest.mark.parametrize("calls", [1, 5])
def test_the_list_of_all_calls_asks_the_same_for_many(browser, now, calls):
    for number in range(calls):
        builders.a_call(builders.some_bases(f"rios-{number}", now), now=now)
    builders.a_draft_call(builders.some_bases("secreta", now, title=both("Secreta")), now=now)
    with count_queries() as queries:
        page = browser.get("/calls")
    assert len(queries) == 2, queries
    assert len(page.root.all("article")) == calls


INSTANTS = st.integers(min_value=-3, max_value=3)


@given(st.sampled_from(["opens", "closes"]), st.sampled_from(list(WindowKind)[:4]), INSTANTS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_sql_and_python_agree_on_every_boundary(app, edge, kind, microseconds):
    call = call_by_code("frontera") or builders.a_call(builders.some_bases("frontera"))
    formation = Window(call.calendar.registration.opens, call.calendar.submission.closes)
    window = formation if kind == WindowKind.TEAM_FORMATION else getattr(call.calendar, kind)
    moment = getattr(window, edge) + timedelta(microseconds=microseconds)
    found = db.session.query(Call).filter(Call.code == "frontera", is_open(kind, moment)).count() == 1
    assert found == (kind in open_windows(call.calendar, moment))


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_pages_have_no_barriers_and_obey_their_own_policy(new_page, committed_app, language):
    """The structured data is a block of data: the strict policy of content lets it be."""
    now = clock.now()
    with transaction():
        builders.a_call(full_bases("rios", now), now=now)
    page, requests = new_page(language), []
    page.on("request", lambda request: requests.append(request.url))
    page.goto("/calls/rios")
    assert len(requests) <= 8
    for path in ("/calls/rios", "/calls/rios/bases/1", "/calls"):
        page.goto(path)
        assert axe_violations(page) == []
    data = page.goto("/calls/rios") and page.inner_text("script[type='application/ld+json']")
    assert json.loads(data)["@type"] == "Event"
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
