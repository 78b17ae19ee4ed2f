"""Publishing, changing in public, cancelling."""

from dataclasses import replace

from tests import builders as given
from tests.builders import DAY, both
from thinkia.calls import services
from thinkia.calls.queries import call_by_code, draft_version, published_versions
from thinkia.db import db
from thinkia.domain.bases import Round, TieKey, TieKeyKind, Window
from thinkia.domain.lifecycle import CallState
from thinkia.domain.rounds import Advance


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


def test_names_that_were_to_be_hidden_show_only_when_somebody_owns_it(mine, call, ana, now):
    hidden = replace(call.bases, jury=replace(call.bases.jury, blind=True))
    services.save_draft(call, hidden, given.acting(ana), now)
    page = mine.get("/manage/calls/rios/publish")
    assert "Jurors would see who applies" not in page.text
    page = mine.submit("Publish the change", reason="Para leer sin nombres.")
    db.session.expire_all()
    assert call_by_code("rios").bases.jury.blind

    call = call_by_code("rios")
    shown = replace(call.bases, jury=replace(call.bases.jury, blind=False))
    services.save_draft(call, shown, given.acting(ana), now)
    page = mine.get("/manage/calls/rios/publish")
    assert "Jury › The jury reads without names" in page.text
    assert "Jurors would see who applies" in page.text
    page = mine.submit("Publish the change", reason="Nadie lo pidió.", status=422)
    assert "Tick this to go on" in page.root.one("p", id="names-error").text
    mine.submit("Publish the change", names="y")
    db.session.expire_all()
    assert not call_by_code("rios").bases.jury.blind


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


def test_a_round_that_would_end_earlier_or_show_names_has_to_be_owned(mine, call, ana, now):
    opens = call.calendar.evaluation.opens

    def prepare(ends, *, blind):
        last = Round(
            "final",
            both("Final"),
            evaluation=Window(opens, opens + ends),
            jury=replace(call.bases.jury, blind=blind),
        )
        two = (Round("local", both("Local"), advance=Advance(top=2)), last)
        services.save_draft(call, replace(call.bases, rounds=two), given.acting(ana), now)

    prepare(2 * DAY, blind=True)
    services.publish(call, given.acting(ana), now, reason="En dos rondas.")
    prepare(1 * DAY, blind=False)
    page = mine.get("/manage/calls/rios/publish")
    assert "Final would close 24 hours earlier" in page.text
    page = mine.submit("Publish the change", reason="Falta tiempo.", status=422)
    assert page.root.one("p", id="shorter-error")
    assert page.root.one("p", id="names-error")
    mine.submit("Publish the change", shorter="y", names="y")
    assert len(published_versions(call)) == 3
