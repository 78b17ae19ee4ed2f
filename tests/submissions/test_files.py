"""Files through the web: taken in and refused, served to those who may, decided by when they began."""

import hashlib
import io
from datetime import timedelta

import pytest

from tests import builders as given
from tests.builders import NOON
from tests.submissions import samples
from tests.submissions.world import CLOSES, a_draft, actor_of, filled, fresh, hand_in
from thinkia.db import db
from thinkia.submissions.queries import every_file_of


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def draft(app):
    return a_draft()


def member(browser, draft, now=NOON):
    return given.sign_in(browser, fresh(draft).team.members[0].account, now)


def address(draft, part="/questions/plan"):
    return f"/submissions/{draft.code}{part}"


def send(browser, draft, content, name="plan.pdf", *, button="Upload the file", status=200):
    browser.get(address(draft))
    return browser.submit(button, answer=(io.BytesIO(content), name), status=status)


def test_types_size_and_pages_are_told_before_anything_is_chosen(browser, draft):
    page = member(browser, draft).get(address(draft))
    assert "A file (PDF or DOCX) of up to 10 pages and 200 kB." in page.text
    assert page.root.one("input", type="file")["accept"] == ".pdf,.docx"


def test_a_file_is_kept_by_its_hash_and_comes_back_as_an_attachment(app, browser, draft):
    content = samples.pdf(3)
    page = send(member(browser, draft), draft, content, "Plan de aplicación.pdf")
    assert "Plan de aplicación.pdf, 3 pages" in page.text
    (file,) = fresh(draft).files
    assert app.extensions["storage"].holds(hashlib.sha256(content).hexdigest())
    answer = browser.get(address(draft, f"/files/{file.id}")).response
    assert answer.data == content
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''Plan%20de%20aplicaci%C3%B3n.pdf" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (samples.EXE, "plan.pdf", "“plan.pdf” is not really a file of type PDF."),
        (samples.PNG, "foto.png", "“foto.png” is not of an accepted type. Accepted: PDF and DOCX."),
        (samples.pdf(11), "plan.pdf", "“plan.pdf” has 11 pages and the most is 10."),
        (samples.pdf(title="x" * 200_000), "plan.pdf", "the most is 200 kB"),
        (samples.pdf(password="x"), "plan.pdf", "“plan.pdf” has a password."),
        (samples.pdf()[:200], "plan.pdf", "“plan.pdf” cannot be opened"),
        (samples.bomb(), "plan.docx", "unpacked it is too large"),
        (b"", "plan.pdf", "“plan.pdf” is empty."),
        (samples.EXE, "<img src=x>.exe", "“img src=x.exe” is not of an accepted type."),
    ],
)
def test_a_refused_file_says_what_to_do_and_replaces_nothing(browser, draft, content, name, said):
    send(member(browser, draft), draft, samples.pdf())
    page = send(browser, draft, content, name, button="Replace the file", status=422)
    assert said in page.text
    assert [file.name for file in fresh(draft).files] == ["plan.pdf"]


def test_choosing_nothing_is_said(browser, draft):
    member(browser, draft).get(address(draft))
    page = browser.submit("Upload the file", status=422)
    assert "Choose a file first." in page.text


def test_a_file_is_replaced_and_removed_and_the_log_keeps_both(browser, draft):
    send(member(browser, draft), draft, samples.pdf(1), "uno.pdf")
    send(browser, draft, samples.pdf(2), "dos.pdf", button="Replace the file")
    browser.get(address(draft))
    page = browser.submit("Remove the file")
    assert "The file was removed. The log keeps it." in page.text
    assert fresh(draft).files == []
    page = browser.get(address(draft, "/log"))
    assert {"uno.pdf", "dos.pdf"} <= {each.text for each in page.root.all("a")}
    for file in every_file_of(draft):
        assert browser.get(address(draft, f"/files/{file.id}")).status == 200


class Slow(io.BytesIO):
    """A body whose reading takes a while."""

    def __init__(self, content, clock, until):
        super().__init__(content)
        self.clock, self.until = clock, until

    def read(self, *arguments):
        self.clock.move_to(self.until, tick=False)
        return super().read(*arguments)

    def readinto(self, buffer):
        self.clock.move_to(self.until, tick=False)
        return super().readinto(buffer)


@pytest.mark.parametrize(
    ("begins", "ends", "status", "marked"),
    [
        (CLOSES - timedelta(seconds=1), CLOSES - timedelta(microseconds=1), 302, False),
        (CLOSES - timedelta(seconds=1), CLOSES + timedelta(minutes=14), 302, True),
        (CLOSES - timedelta(seconds=1), CLOSES + timedelta(minutes=15), 422, None),
        (CLOSES, CLOSES + timedelta(minutes=1), 422, None),
    ],
)
def test_f03_the_deadline_passes_during_an_upload(browser, draft, clock, begins, ends, status, marked):
    clock.move_to(begins, tick=False)
    token = (
        member(browser, draft, begins).get(address(draft)).root.all("input", name="csrf_token")[0]["value"]
    )
    boundary, content = "limit", samples.pdf()
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="seen"\r\n\r\n\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="answer"; filename="plan.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    page = browser._visit(
        "POST",
        address(draft),
        status=status,
        follow=False,
        input_stream=Slow(body, clock, ends),
        content_length=len(body),
        content_type=f"multipart/form-data; boundary={boundary}",
    )
    assert [file.in_grace for file in fresh(draft).files] == ([] if marked is None else [marked])
    if marked is None:
        assert "The file was not accepted" in page.text


def test_after_the_deadline_the_page_says_so_and_keeps_what_was_there(new_browser, draft, clock):
    send(member(new_browser(), draft), draft, samples.pdf(1), "uno.pdf")
    clock.move_to(CLOSES, tick=False)
    browser = member(new_browser(), draft, CLOSES)
    page = send(browser, draft, samples.pdf(2), "dos.pdf", button="Replace the file", status=422)
    assert "The deadline has passed: files are not accepted any more." in page.text
    assert page.link("uno.pdf")
    token = page.root.all("input", name="csrf_token")[0]["value"]
    removal = browser.post(address(draft, "/questions/plan/removal"), {"csrf_token": token}, status=422)
    assert "The deadline and the time of grace are over." in removal.text


def test_f16_a_file_is_served_to_its_team_and_once_handed_in_to_organisers(new_browser, draft):
    filled(draft, file=False)
    browser = member(new_browser(), draft)
    send(browser, draft, samples.pdf())
    (file,) = fresh(draft).files
    at = address(draft, f"/files/{file.id}")
    organiser = given.sign_in(new_browser(), given.an_organiser(draft.call.host), NOON)
    assert new_browser().get(at).path == "/sign-in"
    organiser.get(at, status=403)
    hand_in(draft)
    organiser.get(at)
    other = given.a_team(draft.call, name="Others")
    outsider = db.session.get_one(given.Account, actor_of(other).account_id)
    given.sign_in(new_browser(), outsider, NOON).get(at, status=404)
    given.sign_in(new_browser(), given.an_organiser(given.a_host()), NOON).get(at, status=404)
    theirs = a_draft(draft.call, other)
    browser.get(address(theirs, f"/files/{file.id}"), status=404)
    member(new_browser(), theirs).get(address(theirs, f"/files/{file.id}"), status=404)
    db.session.query(given.Member).filter_by(team_id=draft.team_id).delete()
    browser.get(at, status=404)


def test_f40_a_body_beyond_the_limit_is_refused_in_words(app, browser, draft, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100_000)
    page = send(member(browser, draft), draft, b"%PDF-" + b"x" * 150_000, status=413)
    assert page.h1 == "The file is too large"


def test_f40_a_form_of_ten_thousand_fields_is_refused(browser, draft):
    member(browser, draft).get(address(draft, "/questions/resumen"))
    fields = {f"f{number}": "x" for number in range(10_000)}
    at = address(draft, "/questions/resumen")
    parts = dict(list(fields.items())[:2_100])
    browser.post(at, parts, status=413, content_type="multipart/form-data")
    member(browser, draft).get(at)
    assert "fields that it does not have" in browser.post(at, fields, status=422).text


def test_a_question_that_takes_no_file_takes_none(browser, draft):
    page = member(browser, draft).get(address(draft, "/questions/resumen"))
    token = page.root.all("input", name="csrf_token")[0]["value"]
    sent = {"csrf_token": token, "seen": "", "answer": (io.BytesIO(samples.EXE), "x.exe")}
    browser.post(address(draft, "/questions/resumen"), sent, status=422)
    assert "resumen" not in fresh(draft).values
    browser.post(address(draft, "/questions/resumen/removal"), {"csrf_token": token}, status=404)
