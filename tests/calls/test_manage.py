"""Organisers start, edit, look over, publish and cancel calls; nobody else does."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from tests import builders as given
from tests.browser import axe_violations
from tests.builders import DAY, both
from tests.queries import count_queries
from thinkia import clock
from thinkia.accounts.models import SignIn
from thinkia.accounts.queries import hashed
from thinkia.calls import hooks, services
from thinkia.calls.call_file import shipped_codes, write_bases
from thinkia.calls.queries import call_by_code, draft_version, published_versions
from thinkia.db import db
from thinkia.db.transaction import transaction
from thinkia.domain.bases import TieKey, TieKeyKind, Window
from thinkia.domain.lifecycle import CallState
from thinkia.organisations.models import Staff
from thinkia.policy.actor import StaffRole

SECTIONS = ("texts", "dates", "challenges", "people", "prizes", "partners", "faq")
READ = ("", "/rules", "/preview", "/file.yaml")
CHANGE = (*(f"/rules/{part}" for part in SECTIONS), "/file", "/publish")


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def host(app, now):
    return given.a_host("quito", "Municipio de Muestra", now=now)


@pytest.fixture
def ana(host, now):
    return given.an_organiser(host, now=now, language="en")


@pytest.fixture
def mine(browser, ana):
    """Ana's browser."""
    return given.sign_in(browser, ana)


@pytest.fixture
def draft(host, ana, now):
    return given.a_draft_call(given.some_bases("rios", now), host=host, organiser=ana, now=now)


@pytest.fixture
def call(host, ana, now):
    return given.a_call(given.some_bases("rios", now), host=host, organiser=ana, now=now)


# Who


def test_another_hosts_staff_cannot_tell_that_the_organisers_side_exists(new_browser, call, now):
    stranger = given.sign_in(new_browser(), given.an_organiser(given.a_host(now=now), now=now, language="en"))
    stranger.get("/calls/rios")
    for path in (*READ, *CHANGE, "/cancel"):
        stranger.get(f"/manage/calls/rios{path}", status=404)
    stranger.get("/manage/calls/new/quito", status=404)
    assert "Living rivers" not in stranger.get("/manage/calls").text


def test_a_draft_of_another_host_is_like_no_call_at_all(new_browser, draft, now):
    stranger = given.sign_in(new_browser(), given.an_organiser(given.a_host(now=now), now=now, language="en"))
    for path in (*READ, *CHANGE):
        real = stranger.get(f"/manage/calls/rios{path}", status=404)
        assert real.text == stranger.get(f"/manage/calls/nothing{path}", status=404).text


def test_a_reader_sees_and_cannot_change(new_browser, call, host, now):
    reader = given.sign_in(new_browser(), given.an_organiser(host, StaffRole.READER, now=now, language="en"))
    for path in READ:
        reader.get(f"/manage/calls/rios{path}")
    for path in (*CHANGE, "/cancel"):
        reader.get(f"/manage/calls/rios{path}", status=403)
    for path in ("/cancel", "/rules/texts", "/publish", "/change/discard"):
        reader.get("/manage/calls/rios")
        reader.post(f"/manage/calls/rios{path}", {"reason": "x", "title_es": "x"}, status=403)
    reader.get("/manage/calls/new/quito", status=403)
    assert "Start a call" not in reader.get("/manage/calls").text
    assert call_by_code("rios").state == CallState.PUBLISHED


def test_who_is_not_signed_in_is_asked_to(browser, call):
    for path in (*READ, *CHANGE):
        assert browser.get(f"/manage/calls/rios{path}", status=302, follow=False).status == 302


# Starting


@pytest.mark.parametrize("template", shipped_codes())
def test_a_template_becomes_a_draft_that_starts_in_two_weeks(mine, host, now, template):
    mine.get("/manage/calls/new")
    page = mine.submit(
        "Create the draft",
        start=f"template:{template}",
        code="mis-rios",
        title_es="Mis ríos",
        title_en="My rivers",
    )
    assert page.path == "/manage/calls/mis-rios/rules"

    bases = call_by_code("mis-rios").bases
    zone = ZoneInfo(bases.time_zone)
    first = min(bases.calendar.registration.opens, bases.calendar.submission.opens)
    assert first.astimezone(zone).date() == (now + 14 * DAY).date()
    assert (bases.title.es, bases.host.name, bases.source) == ("Mis ríos", "Municipio de Muestra", None)
    assert "Mis ríos" in mine.get("/manage/calls").text or "My rivers" in mine.page.text


def test_a_call_of_the_host_can_be_copied(mine, call, host):
    mine.get("/manage/calls/new")
    mine.submit("Create the draft", start="call:rios", code="rios-dos", title_es="Ríos dos")
    copy = call_by_code("rios-dos").bases
    assert copy.rubric == call.bases.rubric
    length = call.calendar.submission.closes - call.calendar.submission.opens
    assert copy.calendar.submission.closes - copy.calendar.submission.opens == length


def test_another_hosts_call_cannot_be_copied(mine, host, now):
    given.a_call(given.some_bases("ajena", now), now=now)
    page = mine.get("/manage/calls/new")
    assert "call:ajena" not in page.response.text
    mine.submit("Create the draft", start="call:ajena", code="robada", title_es="x", status=422)
    assert call_by_code("robada") is None


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("rios", "“rios” is already in use"),
        ("Ríos 2026", "cannot be the code of a call"),
        ("", "This is needed."),
    ],
)
def test_a_code_that_cannot_be_keeps_what_was_typed(mine, call, code, sentence):
    mine.get("/manage/calls/new")
    page = mine.submit("Create the draft", code=code, title_es="Mis ríos", status=422)
    assert sentence in page.text
    assert page.root.one("input", name="title_es")["value"] == "Mis ríos"


def test_a_call_file_is_uploaded_or_all_its_errors_are_listed(mine, host, now):
    text = write_bases(given.some_bases("rios", now))
    broken = text.replace("weight: 40", "weight: 10").replace("max: 4\n", "max: 0\n")
    mine.get("/manage/calls/new")
    page = mine.submit("Upload the file", file=(BytesIO(broken.encode()), "x.yaml"), status=422)
    errors = [each.text for each in page.root.one("div", role="alert").all("li")]
    assert len(errors) == 2
    assert all(error.startswith("Line ") for error in errors)
    assert call_by_code("rios") is None

    page = mine.submit("Upload the file", file=(BytesIO(text.encode()), "x.yaml"))
    assert page.path == "/manage/calls/rios/rules"
    mine.get("/manage/calls/new")
    assert (
        "already in use"
        in mine.submit("Upload the file", file=(BytesIO(text.encode()), "x"), status=422).text
    )


def test_nothing_uploaded_is_said(mine, host):
    mine.get("/manage/calls/new")
    assert "The file is empty." in mine.submit("Upload the file", status=422).text


def test_who_works_for_two_hosts_chooses(mine, ana, host, now):
    other = given.a_host("loja", "GAD de Muestra", now=now)
    db.session.add(Staff(host_id=other.id, account_id=ana.id, role=StaffRole.ORGANISER, since=now))
    db.session.flush()
    page = mine.get("/manage/calls/new")
    assert page.link("GAD de Muestra") == "/manage/calls/new/loja"
    assert "GAD de Muestra" in mine.get("/manage/calls").text


# Editing


def test_every_part_saved_as_it_is_shown_changes_nothing(mine, draft, now):
    before = draft.version.content
    for part in SECTIONS:
        mine.get(f"/manage/calls/rios/rules/{part}")
        mine.submit("Save")
    mine.get("/manage/calls/rios/file")
    mine.submit("Save the rules")
    assert call_by_code("rios").version.content == before


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


# Publishing


def test_a_draft_is_looked_over_and_published_by_a_button(mine, draft, new_browser):
    new_browser().get("/calls/rios", status=404)
    page = mine.get("/manage/calls/rios/publish")
    assert "Nothing is missing" in page.text
    assert "60%" in page.text
    page = mine.submit("Publish the call")
    assert page.path == "/manage/calls/rios"
    assert new_browser().get("/calls/rios").h1 == "Living rivers"


def test_what_is_missing_is_listed_with_the_way_there_and_no_button(mine, draft, ana, now):
    bases = replace(draft.bases, challenges=(), tie_break=(TieKey(TieKeyKind.CHAIR),))
    services.save_draft(draft, bases, given.acting(ana), now)
    page = mine.get("/manage/calls/rios/publish")
    items = page.root.one("section", aria_labelledby="missing").all("li")
    assert [item.one("a")["href"] for item in items] == [
        "/manage/calls/rios/rules/challenges",
        "/manage/calls/rios/file",
    ]
    assert "Publish the call" not in {each.text for each in page.root.all("button")}
    seen = draft_version(draft).sha256
    page = mine.post("/manage/calls/rios/publish", {"seen": seen}, status=422)
    assert call_by_code("rios").state == CallState.DRAFT
    overview = mine.get("/manage/calls/rios/rules")
    assert overview.text.count("1 thing is missing") == 2


def test_a_published_call_changes_with_a_reason(mine, call):
    page = mine.get("/manage/calls/rios/rules")
    assert "in force and frozen" in page.text
    assert "nothing to publish" in mine.get("/manage/calls/rios/publish").text

    mine.get("/manage/calls/rios/rules/people")
    assert "A change is being prepared" in mine.submit("Save", team_max="6").text
    page = mine.get("/manage/calls/rios/publish")
    assert "Teams › Most" in page.text
    page = mine.submit("Publish the change", status=422)
    assert "Write the reason" in page.root.one("p", id="reason-error").text
    mine.submit("Publish the change", reason="Caben más personas.")
    assert [one.reason for one in published_versions(call)] == ["Caben más personas.", ""]


def test_a_change_can_be_discarded(mine, call):
    mine.get("/manage/calls/rios/rules/people")
    mine.submit("Save", team_max="6")
    page = mine.submit("Discard the change")
    assert "The rules in force stay." in page.text
    assert draft_version(call) is None


def test_a_shorter_deadline_is_warned_about_and_has_to_be_owned(mine, call, ana, now):
    shorter = replace(
        call.calendar,
        registration=Window(call.calendar.registration.opens, now + 4 * DAY),
        submission=Window(call.calendar.submission.opens, now + 5 * DAY),
    )
    services.save_draft(call, replace(call.bases, calendar=shorter), given.acting(ana), now)
    page = mine.get("/manage/calls/rios/publish")
    assert "People lose time that was announced" in page.text
    assert "Submission would close 5 days earlier" in page.text
    page = mine.submit("Publish the change", reason="Error en la fecha.", status=422)
    assert page.root.one("p", id="shorter-error")
    assert page.root.one("textarea", name="reason").children[0].strip() == "Error en la fecha."
    mine.submit("Publish the change", shorter="y")
    db.session.expire_all()
    assert call_by_code("rios").calendar.submission.closes == now + 5 * DAY


def test_a_longer_deadline_needs_no_owning(mine, call, ana, now):
    longer = replace(call.calendar, submission=Window(call.calendar.submission.opens, now + 10.5 * DAY))
    services.save_draft(call, replace(call.bases, calendar=longer), given.acting(ana), now)
    page = mine.get("/manage/calls/rios/publish")
    assert "People lose time" not in page.text
    mine.submit("Publish the change", reason="El portal falló.")
    assert len(published_versions(call)) == 2


def test_what_somebody_else_changed_is_not_published_unread(mine, draft, ana, now):
    mine.get("/manage/calls/rios/publish")
    services.save_draft(draft, replace(draft.bases, winners=9), given.acting(ana), now)
    assert "Somebody else saved" in mine.submit("Publish the call", status=422).text
    assert call_by_code("rios").state == CallState.DRAFT
    mine.submit("Publish the call")
    assert call_by_code("rios").bases.winners == 9


def test_a_call_is_cancelled_with_a_reason_and_a_button(mine, call):
    mine.get("/manage/calls/rios/cancel")
    assert "Write the reason" in mine.submit("Cancel the call for good", status=422).text
    page = mine.submit("Cancel the call for good", reason="No hay presupuesto.")
    assert "No hay presupuesto." in page.text
    assert call_by_code("rios").state == CallState.CANCELLED
    mine.get("/manage/calls/rios/cancel", status=403)
    mine.get("/manage/calls/rios/rules/texts", status=403)


def test_a_get_changes_nothing(mine, call, ana, now):
    services.save_draft(call, replace(call.bases, winners=2), given.acting(ana), now)
    mine.get("/manage/calls/rios/change/discard", status=405)
    for path in (*READ, *CHANGE, "/cancel"):
        mine.get(f"/manage/calls/rios{path}")
    assert draft_version(call) is not None
    assert call_by_code("rios").state == CallState.PUBLISHED


# The cockpit and the list


def test_the_cockpit_shows_what_features_above_bring(mine, call, monkeypatch):
    def people(of_call, _now):
        yield hooks.Figure(212, "people registered", "of 14 provinces", order=1)
        yield hooks.Alert("2 proposals disagree", link="See them", href="/x")
        yield hooks.Task("Propose panels", href="/y")
        yield hooks.NextAction("Remind 3 jurors", "26 readings", "Look at it", "/z", order=5)
        yield hooks.Step("submission", "48 submitted")

    monkeypatch.setattr(
        hooks, "_cockpit", [people, lambda call, now: [hooks.Figure(n, "x") for n in range(9)]]
    )
    page = mine.get("/manage/calls/rios")
    figures = page.root.one("ul", class_="figures").all("li")
    assert len(figures) == 6
    assert "212" in figures[0].text
    assert page.link("Look at it") == "/z"
    assert page.link("See them") == "/x"
    assert page.link("Propose panels") == "/y"
    assert "48 submitted" in page.root.one("ol", class_="phases").text


def test_the_cockpit_of_a_draft_leads_to_publishing(mine, draft):
    page = mine.get("/manage/calls/rios")
    assert page.link("Look it over and publish") == "/manage/calls/rios/publish"


@pytest.mark.parametrize("calls", [1, 5])
def test_the_list_asks_the_same_for_many(mine, host, ana, now, calls):
    for number in range(calls):
        given.a_draft_call(given.some_bases(f"rios-{number}", now), host=host, organiser=ana, now=now)
    with count_queries() as queries:
        page = mine.get("/manage/calls")
    assert len(queries) == 4, queries
    assert len(page.root.all("article")) == calls


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_organisers_pages_have_no_barriers(new_page, committed_app, language):
    now = clock.now()
    with transaction():
        host = given.a_host("quito", now=now)
        ana = given.an_organiser(host, now=now, language=language)
        given.a_draft_call(given.some_bases("rios", now, questions=()), host=host, organiser=ana, now=now)
        call = given.a_call(given.some_bases("lagos", now), host=host, organiser=ana, now=now)
        services.save_draft(call, replace(call.bases, winners=2), given.acting(ana), now)
        token = _token(ana, now)
    page = new_page(language)
    _enter(page, committed_app, token)
    paths = ["/manage/calls", "/manage/calls/new/quito"]
    paths += [f"/manage/calls/rios{path}" for path in ("", "/rules", *CHANGE)]
    paths += ["/manage/calls/lagos/publish", "/manage/calls/lagos/cancel", "/manage/calls/lagos"]
    for path in paths:
        assert page.goto(path).status == 200, path
        assert axe_violations(page) == [], path
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.set_viewport_size({"width": 1280, "height": 900})


def _token(account, now):
    db.session.add(SignIn(account_id=account.id, token_hash=hashed("token"), created_at=now, seen_at=now))
    return "token"


def _enter(page, app, token):
    """The cookie that signing in would have given."""
    serializer = app.session_interface.get_signing_serializer(app)
    cookie = {
        "name": app.config["SESSION_COOKIE_NAME"],
        "value": serializer.dumps({"_user_id": token, "_fresh": True}),
    }
    page.context.add_cookies([{**cookie, "url": app.config["SETTINGS"].base_url}])
