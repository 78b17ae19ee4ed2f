"""The files that are not Python: templates, tests, locks, what was brought from elsewhere."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.house import HOUSE, ROOT

VENDORS = (ROOT / "tests/vendor", HOUSE / "static/vendor", HOUSE / "outside/documents/vendor")
MANIFESTS = [path for path in VENDORS if (path / "manifest.json").exists()]
_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)


def faults_of_a_template(source: str) -> Iterator[str]:
    """What a strict policy of content would block, or a reader's software would stumble over."""
    source = _COMMENT.sub("", source)
    for tag in re.findall(r"<html\b[^>]*>", source):
        if " lang=" not in tag:
            yield "<html> without lang"
    for tag in re.findall(r"<script\b[^>]*>", source):
        if " src=" not in tag and "application/ld+json" not in tag:
            yield "inline script"
    if re.search(r"<style\b", source):
        yield "inline stylesheet"
    if re.search(r"<[a-z][^>]*\sstyle=", source):
        yield "style attribute"
    if re.search(r"<[a-z][^>]*\son[a-z]+=", source):
        yield "event attribute"
    if re.search(r"<(?:img|script|link|iframe|source)\b[^>]*(?:src|href)=[\"']https?:", source):
        yield "something of another site"
    if re.search(r"(?<!['\"])(?<!['\"] )\|\s*safe\b", source):
        yield "|safe: return Markup from code that is tested for it"


def templates() -> list[Path]:
    return [path for path in sorted(HOUSE.rglob("templates/**/*.html")) if "emails" not in path.parts]


def test_templates_obey_the_strict_policy_of_content():
    found = {
        str(path.relative_to(ROOT)): list(faults_of_a_template(path.read_text())) for path in templates()
    }
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<html>", "<html> without lang"),
        ("<script>go()</script>", "inline script"),
        ("<style>p { color: red }</style>", "inline stylesheet"),
        ('<p style="color: red">', "style attribute"),
        ('<a onclick="go()">', "event attribute"),
        ('<img src="https://example.org/x.png">', "something of another site"),
        ("{{ call.text | safe }}", "|safe: return Markup from code that is tested for it"),
    ],
)
def test_a_faulty_template_is_seen(source, fault):
    assert list(faults_of_a_template(source)) == [fault]
    assert list(faults_of_a_template("{# " + source + " #}")) == []


def test_test_files_stay_readable():
    limits = {ROOT / "tests/conftest.py": 200}
    lengths = {path: path.read_text().count("\n") for path in (ROOT / "tests").rglob("*.py")}
    assert [str(path) for path, lines in lengths.items() if lines > limits.get(path, 400)] == []


@pytest.mark.parametrize("folder", MANIFESTS, ids=str)
def test_what_was_brought_from_elsewhere_is_what_its_manifest_says(folder):
    entries = json.loads((folder / "manifest.json").read_text()).values()
    for entry in entries:
        content = (folder.parent / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file"]
        assert entry["version"], entry["file"]
        assert (folder.parent / entry["licence_file"]).exists(), entry["licence"]
    listed = {entry[key] for entry in entries for key in ("file", "licence_file")} | {"vendor/manifest.json"}
    assert {f"vendor/{path.name}" for path in folder.iterdir()} <= listed


@pytest.mark.parametrize("lock", ["requirements.txt", "tests/requirements.txt"])
def test_a_lock_has_hashes_and_names_no_index(lock):
    text = (ROOT / lock).read_text()
    packages = re.findall(r"^[a-z0-9].*==.*$", text, re.MULTILINE)
    assert len(packages) > 20
    assert [line for line in packages if not line.endswith("\\")] == []
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links", text) == []
