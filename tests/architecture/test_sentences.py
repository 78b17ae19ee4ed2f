"""Every sentence that a person reads goes through the catalogue: none stands bare in a template or in code."""

import ast
import re
from collections.abc import Iterator

import pytest
from jinja2 import Environment

from tests.architecture.house import ROOT, Module, calls, module, offences
from tests.architecture.test_files import templates

WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = {"Thinkia", "CSV", "XLSX", "JSON", "ZIP", "PDF", "YAML", "MB", "kB", "UTC", "https"}
READ_ALOUD = re.compile(r"\b(?:aria-label|alt|title|placeholder|content)=\"([^\"{}]*)\"")
META = re.compile(r"<meta\b[^>]*>")
HANDED_ON = re.compile(
    r"(?:(?<=\x00) form=\"\w+\")? ?\b(?:data-[a-z-]+)(?:=\"[^\"<]*\")?"
)  # attributes for a tag elsewhere
TAG = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
CLASSES = {"link", "btn"}
FOR_DEVELOPERS = {"development", "design.html", "design_scoring.html"}


def bare_words(source: str) -> list[str]:
    """The words of a template that no translation reaches."""
    text = "".join(
        value if kind == "data" else "\x00" if kind.endswith("_begin") else ""
        for _line, kind, value in Environment(autoescape=True).lex(source)
    )
    text = META.sub("", HANDED_ON.sub("", text))
    shown = TAG.sub("\n", text)
    pieces = [*shown.replace("\x00", "\n").splitlines(), *READ_ALOUD.findall(text)]
    return [
        piece.strip() for piece in pieces if set(WORD.findall(piece)) - NAMES and piece.strip() not in CLASSES
    ]


def bare_in_code(each: Module) -> Iterator[str]:
    """A literal handed to what people read: a flash, a field's label, a validator's message."""
    for call, name in calls(each.tree):
        last = name.rpartition(".")[2]
        said = [value.value for value in call.keywords if value.arg in {"message", "label", "description"}]
        if call.args and (last in {"flash", "Markup"} or last.endswith("Field")):
            said.append(call.args[0])
        for value in said:
            if bare_words(_literal(value)):
                yield each.at(call, f"{name}({ast.unparse(value)}): say it through the catalogue")


SAYS = {"_", "_l", "gettext", "ngettext", "lazy_gettext", "lazy_ngettext"}


def lost_in_a_string(each: Module) -> Iterator[str]:
    """A sentence inside an f-string: what gathers sentences for the catalogue does not look there."""
    for node in ast.walk(each.tree):
        if isinstance(node, ast.JoinedStr):
            for call, name in calls(node):
                if name in SAYS:
                    yield each.at(node, f"{ast.unparse(call)} stands in an f-string: name it first")


def _literal(value: ast.expr) -> str:
    """What is written there and then, as markup."""
    parts = value.values if isinstance(value, ast.JoinedStr) else [value]
    return "".join(
        part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def test_no_template_says_anything_in_one_language_alone():
    found = {
        str(path.relative_to(ROOT)): bare_words(path.read_text())
        for path in templates()
        if not FOR_DEVELOPERS & set(path.parts)
    }
    assert {path: words for path, words in found.items() if words} == {}


def test_no_code_does():
    assert offences(bare_in_code) == []


def test_no_sentence_is_hidden_from_the_catalogue():
    assert offences(lost_in_a_string) == []


def test_a_hidden_sentence_is_seen():
    source = 'told = f"{count} {_(\'Ask us.\')}"\nsaid = _("Ask us.")'
    assert len(list(lost_in_a_string(module("thinkia.home.routes", source)))) == 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Ask us.</p>", ["Ask us."]),
        ("<p>{{ total }} calls</p>", ["calls"]),
        ('<img alt="A river">', ["A river"]),
        ('<p>{{ _("Ask us.") }} · 12</p>', []),
        ('<p title="{{ words }}">Thinkia</p>', []),
        ('<meta content="width=device-width">', []),
    ],
)
def test_a_bare_sentence_is_seen(source, words):
    assert bare_words(source) == words


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ('flash("Saved.")', 1),
        ('flash(f"Saved at {now}")', 1),
        ('name = StringField("Name")', 1),
        ('Length(max=3, message="Too long")', 1),
        ('Markup("<b>Saved</b>")', 1),
        ('Markup("<b>{}</b>")', 0),
        ('flash(_("Saved."))', 0),
        ('name = StringField(_l("Name"))', 0),
    ],
)
def test_a_bare_literal_is_seen(source, seen):
    assert len(list(bare_in_code(module("thinkia.calls.routes", source)))) == seen
