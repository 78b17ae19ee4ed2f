"""F09: no room for files. Uploads are refused in words, texts are saved, and nothing half is left behind."""

import errno
import shutil
from io import BytesIO

import pytest

from tests import builders as given
from tests.submissions import samples, world
from thinkia import clock
from thinkia.db import db
from thinkia.outside.storage import Folder, NotStored, digest
from thinkia.submissions.models import Answer, SubmittedFile


def no_room(source, target, length):
    target.write(source.read(3))
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_folder_keeps_nothing_of_a_file(tmp_path, monkeypatch):
    content = b"a plan for the river"
    sha256, _ = digest(BytesIO(content))
    with monkeypatch.context() as disk:
        disk.setattr(shutil, "copyfileobj", no_room)
        with pytest.raises(NotStored, match="No space left"):
            Folder(tmp_path).put(BytesIO(content), sha256)
    assert not Folder(tmp_path).holds(sha256)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    Folder(tmp_path).put(BytesIO(content), sha256)
    assert b"".join(Folder(tmp_path).chunks(sha256)) == content


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path):
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(NotStored):
        Folder(tmp_path / "files").put(BytesIO(b"x"), "ab" * 32)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "there is no room for them"), ("es", "no hay espacio para ellos")]
)
def test_an_upload_is_refused_in_words_and_a_text_is_saved(app, new_browser, monkeypatch, language, words):
    now = clock.now()
    call = world.a_call(calendar=given.a_calendar(now))
    team, (nina, *_) = world.a_team(call, language=language)
    draft = world.a_draft(call, team, now)
    browser = given.sign_in(new_browser(language), nina)
    monkeypatch.setattr(shutil, "copyfileobj", no_room)

    questions = f"/submissions/{draft.code}/questions"
    browser.get(f"{questions}/plan")
    plan = (BytesIO(samples.pdf()), "plan.pdf")
    assert words in browser.post(f"{questions}/plan", {"answer": plan}, status=422).text
    assert db.session.query(SubmittedFile).count() == 0

    browser.get(f"{questions}/resumen")
    browser.post(f"{questions}/resumen", {"answer": "Un mapa de fugas."})
    assert db.session.query(Answer).filter_by(question="resumen").one().value == "Un mapa de fugas."
