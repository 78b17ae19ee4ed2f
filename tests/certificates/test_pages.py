"""The organisers' page, the page that confirms a certificate, and one's own space."""

import gzip
import io
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest

from tests import builders as given
from tests.certificates.world import all_certificates, draw_all, one_of, published, the_call
from tests.queries import count_queries
from tests.results.scenes import judged
from thinkia.certificates.queries import DRAW
from thinkia.db import db
from thinkia.journal.models import Entry
from thinkia.outside.outbox import OutboxTask, TaskState
from thinkia.results.services import take_back


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def scene(app, now):
    return published(now)


def page_of(scene):
    return f"{scene.url}/certificates"


def officer(browser, scene):
    scene.organiser.language = "en"
    return given.sign_in(browser, scene.organiser)


def make(browser, scene, now):
    officer(browser, scene).get(page_of(scene))
    page = browser.submit("Make 4 certificates")
    draw_all(now)
    return page


def test_an_officer_makes_them_and_sees_how_far_they_are(scene, browser, now):
    page = officer(browser, scene).get(page_of(scene))
    assert [row.text for row in page.root.all("tr")][1:] == [
        "Certificate of a winning proposal Members of teams that won 1 0",
        "Certificate of participation Other members of teams whose proposal the jury read 1 0",
        "Certificate of jury service Jurors who finished a review, or who preside 2 0",
    ]
    page = browser.submit("Make 4 certificates")
    assert "Drawing the certificates: 0 of 4." in page.text
    assert "Make " not in page.text
    draw_all(now)
    assert "4 certificates are ready." in browser.client.get(f"{page_of(scene)}/progress").text
    page = browser.get(page_of(scene))
    assert ("Drawing" in page.text, "Download all as a ZIP" in page.text) == (False, True)
    (row,) = db.session.query(OutboxTask).filter_by(task=DRAW).all()
    first = all_certificates()[0]
    first.es_sha256 = first.en_sha256 = None
    row.state = TaskState.FAILED
    db.session.flush()
    assert "3 of 4 are drawn; the others could not be." in browser.get(page_of(scene)).text


def test_the_cockpit_leads_to_them_until_there_are_some(scene, browser, now):
    page = officer(browser, scene).get(scene.url)
    assert page.link("Go to the certificates") == page_of(scene)
    make(browser, scene, now)
    assert "Make the certificates" not in browser.get(scene.url).text


def test_after_a_result_is_taken_back_the_cockpit_says_which_no_longer_hold(scene, browser, now):
    make(browser, scene, now)
    take_back(the_call(scene), "Faltó una acta", given.acting(scene.organiser), now)
    page = browser.get(scene.url)
    assert "1 certificate no longer says what the result says" in page.text
    browser.get(page.link("Go to the certificates"))
    page = browser.get(f"{page_of(scene)}/revocation")
    browser.submit("Revoke them", reason="El resultado se retiró")
    assert [each.kind for each in all_certificates() if each.revoked_at] == ["winner"]
    assert "no longer says" not in browser.get(scene.url).text


def test_before_the_result_is_public_the_page_shows_who_and_how_and_makes_none(app, browser, now):
    scene = judged({"Yaku": ((5, 4), (4, 4))}, now=now)
    page = officer(browser, scene).get(page_of(scene))
    assert ("They can be made once the result is public." in page.text, "Make " in page.text) == (True, False)
    page = browser.post(page_of(scene))
    assert "Certificates are made once the result is public." in page.text
    for language, words in (("es", "en español"), ("en", "in English")):
        picture = browser.client.get(f"{page_of(scene)}/sample/{language}/picture")
        assert (picture.mimetype, words) == ("image/png", words)
        assert browser.client.get(f"{page_of(scene)}/sample/{language}").mimetype == "application/pdf"
    browser.get(f"{page_of(scene)}/sample/fr", status=404)


def test_all_of_them_come_as_one_archive_and_the_journal_says_so(scene, browser, now):
    make(browser, scene, now)
    browser.get(page_of(scene))
    answer = browser.post(f"{page_of(scene)}/archive").response
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names)) == 8
        assert names[0] == "es/JUDGED-0001 Persona de Yaku.pdf"
        assert archive.read(names[0]).startswith(b"%PDF")
    line = db.session.query(Entry).order_by(Entry.seq.desc()).first()
    assert (line.action, '"certificates":4' in line.body) == ("certificates.downloaded", True)


def test_anybody_with_the_address_reads_whether_it_is_valid_and_nothing_else(scene, new_browser, now):
    make(new_browser(), scene, now)
    certificate = one_of(scene.members["Yaku"])
    where = f"/certificates/{certificate.code}"
    page = new_browser("en").get(where)
    assert page.h1 == "This certificate is valid"
    for fact in ("Persona de Yaku", "JUDGED-0001", "won first place in the open call", "Living rivers"):
        assert fact in page.text
    kept_apart = ("Idea de Yaku", scene.members["Yaku"].email, "Mentoring", "Download")
    assert [words for words in kept_apart if words in page.response.text] == []
    assert '<meta name="robots" content="noindex">' in page.response.text
    assert len(gzip.compress(page.response.data)) < 5_000
    assert new_browser("es").get(where).h1 == "Este certificado es válido"
    assert (
        new_browser()
        .get(f"{where}/document/es", follow=False, status=302)
        .response.location.startswith("/sign-in")
    )


def test_an_unknown_one_and_one_that_is_not_drawn_answer_the_same_404(scene, new_browser):
    officer(new_browser(), scene).get(page_of(scene))
    browser = officer(new_browser(), scene)
    browser.get(page_of(scene))
    browser.submit("Make 4 certificates")
    code, reader = all_certificates()[0].code, new_browser("en")
    waiting = reader.get(f"/certificates/{code}", status=404).response.text
    unknown = reader.get("/certificates/22222222222222222222", status=404).response.text
    assert waiting.replace(code, "-") == unknown.replace("22222222222222222222", "-")


def test_a_person_finds_it_in_his_or_her_space_and_nobody_else_opens_the_sheet(scene, new_browser, now):
    make(new_browser(), scene, now)
    owner, certificate = scene.members["Yaku"], one_of(scene.members["Yaku"])
    owner.language = "en"
    browser = given.sign_in(new_browser(), owner)
    sheet = browser.get("/desk").link("Download in English Living rivers")
    assert sheet == f"/certificates/{certificate.code}/document/en"
    answer = browser.get(sheet).response
    assert (answer.mimetype, answer.data[:4]) == ("application/pdf", b"%PDF")
    assert "JUDGED-0001%20Persona%20de%20Yaku.pdf" in answer.headers["Content-Disposition"]
    browser.get(sheet.replace("/en", "/fr"), status=404)
    other = given.sign_in(new_browser(), scene.members["Sumak"])
    other.get(sheet, status=404)


def test_one_is_revoked_with_a_reason_that_its_owner_alone_reads(scene, new_browser, now):
    make(new_browser(), scene, now)
    certificate = one_of(scene.members["Yaku"])
    browser = officer(new_browser(), scene)
    way = f"{page_of(scene)}/{certificate.code}/revocation"
    browser.get(way)
    page = browser.submit("Revoke it", reason="", status=422)
    assert "Write the reason." in page.text
    page = browser.submit("Revoke it", reason="El nombre tiene un error")
    assert "The certificate is no longer valid." in page.text
    public = new_browser("en").get(f"/certificates/{certificate.code}")
    assert (public.h1, "error" in public.text) == ("This certificate is not valid", False)
    owner = scene.members["Yaku"]
    owner.language = "en"
    desk = given.sign_in(new_browser(), owner).get("/desk")
    assert ("El nombre tiene un error" in desk.text, "Download in" in desk.text) == (True, False)
    browser.get(f"/certificates/{certificate.code}/document/es", status=404)


def test_after_a_correction_the_page_leads_to_revoking_those_that_say_otherwise(scene, browser, now):
    make(browser, scene, now)
    scene.ranking.content = scene.ranking.content.replace('"place":1', '"place":2', 1)
    db.session.flush()
    page = browser.get(page_of(scene))
    assert "1 certificate no longer says what the result says" in page.text
    browser.get(page.link("Revoke them"))
    page = browser.submit("Revoke them", reason="Se corrigió el orden")
    assert ("1 certificate is no longer valid." in page.text, "Make 1 certificate" in page.text) == (
        True,
        True,
    )
    assert "There is nothing to revoke" in browser.get(f"{page_of(scene)}/revocation").text


def test_a_reader_of_the_host_sees_and_makes_none_and_others_find_nothing(scene, new_browser, now):
    reader = given.an_organiser(scene.call.host, given.StaffRole.READER, language="en")
    browser = given.sign_in(new_browser(), reader)
    assert "Make " not in browser.get(page_of(scene)).text
    browser.post(page_of(scene), status=403)
    far = given.sign_in(new_browser(), given.an_organiser(given.a_host(), language="en"))
    far.get(page_of(scene), status=404)
    assert all_certificates() == []


@pytest.mark.parametrize("teams", [1, 5])
def test_the_page_costs_the_same_however_many_there_are(app, browser, now, teams):
    scene = judged({f"Equipo {n}": ((5 - n / 5, 4), (4, 4)) for n in range(teams)}, now=now)
    scene.publish(now)
    officer(browser, scene).get(page_of(scene))
    browser.submit(f"Make {teams + 2} certificates")
    draw_all(now)
    with count_queries() as queries:
        browser.get(page_of(scene))
    assert len(queries) == 9, queries
