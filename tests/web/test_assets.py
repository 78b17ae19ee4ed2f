"""Static files: kept for ever under an address of their content, small, and nothing but what lies there."""

import gzip

import brotli
import pytest

from config import Settings
from thinkia import create_app
from thinkia.web.assets import Shelf, static_url


@pytest.fixture
def shop(tmp_path):
    return create_app(Settings(env="test", data=tmp_path))


def address(shop, name):
    with shop.test_request_context():
        return static_url(name)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf/page.css").write_text("p { color: black }")
    return tmp_path / "shelf"


def test_a_file_is_kept_for_a_year_under_the_address_of_its_content(shop):
    answer = shop.test_client().get(address(shop, "thinkia.css"))
    assert answer.status_code == 200
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in answer.headers


def test_an_old_address_gives_what_there_is_and_is_not_kept(shop):
    now = address(shop, "thinkia.css")
    answer = shop.test_client().get("/static/0123456789ab/thinkia.css")
    assert "0123456789ab" not in now
    assert answer.data == shop.test_client().get(now).data
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "sent", "opened"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_text_goes_out_in_the_smallest_form_that_the_browser_takes(shop, accepted, sent, opened):
    plain = shop.test_client().get(address(shop, "thinkia.js")).data
    answer = shop.test_client().get(address(shop, "thinkia.js"), headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == sent
    assert opened(answer.data) == plain
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_a_browser_that_has_it_is_told_so(shop):
    client = shop.test_client()
    first = client.get(address(shop, "icons.svg"))
    again = client.get(address(shop, "icons.svg"), headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


@pytest.mark.parametrize("name", ["../config.py", "..%2f..%2fconfig.py", "vendor", "nothing.css", ""])
def test_nothing_but_the_files_of_the_folder_can_be_had(shop, name):
    assert shop.test_client().get(address(shop, "thinkia.css")).status_code == 200
    assert shop.test_client().get(f"/static/0123456789ab/{name}").status_code == 404


def test_a_page_that_names_a_file_that_is_not_there_fails(shop):
    with shop.test_request_context(), pytest.raises(KeyError):
        static_url("thinkia.less")


def test_the_address_changes_with_the_content(folder):
    before = Shelf(folder)["page.css"].digest
    (folder / "page.css").write_text("p { color: teal }")
    assert Shelf(folder)["page.css"].digest != before


@pytest.mark.parametrize(("watch", "seen"), [(True, b"p {}"), (False, b"p { color: black }")])
def test_a_change_on_the_disk_is_seen_at_once_only_where_people_develop(folder, watch, seen):
    shelf = Shelf(folder, watch=watch)
    assert shelf["page.css"].body == b"p { color: black }"
    (folder / "page.css").write_text("p {}")
    assert shelf["page.css"].body == seen


@pytest.mark.parametrize(
    ("names", "limit"), [(("thinkia.css",), 12_000), (("thinkia.js", "vendor/htmx.min.js"), 17_000)]
)
def test_style_and_scripts_stay_light(shop, names, limit):
    """Compressed. A citizen's first page may weigh 100 KB, of which 35 of style and 25 of scripts."""
    shelf = shop.extensions["shelf"]
    assert sum(len(shelf[name].brotli) for name in names) < limit
