"""Every sentence is said in Spanish too: none missing, left over, empty, fuzzy or with another placeholder."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.architecture.house import ROOT

SPANISH = ROOT / "translations/es/LC_MESSAGES/messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|{\w*}")
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sentences() -> Catalog:
    """What the code says now."""
    with (ROOT / "translations/babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    for _, _, message, comments, context in extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, comment_tags=(), directory_filter=_is_ours
    ):
        found.add(message, auto_comments=comments, context=context)
    return found


def in_spanish() -> Catalog:
    with SPANISH.open("rb") as file:
        return read_po(file)


def faults(code: Catalog, spanish: Catalog) -> list[str]:
    said = {(each.id, each.context): each for each in spanish if each.id}
    found = [f"missing: {each.id}" for each in code if each.id and (each.id, each.context) not in said]
    found += [f"left over: {known}" for known, context in said if code.get(_first(known), context) is None]
    found += [f"left over: {each.id}" for each in spanish.obsolete.values()]
    for each in said.values():
        strings = each.string if isinstance(each.string, tuple) else (each.string,)
        if not all(strings):
            found.append(f"empty: {each.id}")
        elif each.fuzzy:
            found.append(f"fuzzy: {each.id}")
        elif any(_placeholders(string) - _placeholders(each.id) for string in strings):
            found.append(f"another placeholder: {each.id}")
        elif _placeholders(_last(each.id)) - _placeholders(strings[-1]):
            found.append(f"lost placeholder: {each.id}")
    return found


def _is_ours(path: str) -> bool:
    """Only thinkia/ speaks; walking the environment would take minutes."""
    return path == str(ROOT) or path.startswith(str(ROOT / "thinkia"))


def _first(sentence) -> str:
    return sentence[0] if isinstance(sentence, tuple) else sentence


def _last(sentence) -> str:
    return sentence[-1] if isinstance(sentence, tuple) else sentence


def _placeholders(sentence) -> set[str]:
    return set(PLACEHOLDER.findall(" ".join(sentence) if isinstance(sentence, tuple) else sentence))


@pytest.mark.skipif(not Path(SPANISH).exists(), reason="no catalogue yet")
def test_spanish_is_whole():
    code = sentences()
    assert len(code) > 10
    assert faults(code, in_spanish()) == []


@pytest.mark.parametrize(
    ("sentence", "string", "fault"),
    [
        ("Save", "Guardar", None),
        ("Sign out", "", "empty: Sign out"),
        ("Closes %(date)s", "Cierra %(fecha)s", "another placeholder: Closes %(date)s"),
        ("Closes %(date)s", "Cierra", "lost placeholder: Closes %(date)s"),
        (("%(num)d day", "%(num)d days"), ("un día", "%(num)d días"), None),
        (("%(num)d day", "%(num)d days"), ("%(num)d día", ""), "empty: ('%(num)d day', '%(num)d days')"),
    ],
)
def test_a_faulty_translation_is_seen(sentence, string, fault):
    code, spanish = Catalog(), Catalog(locale="es")
    code.add(sentence)
    spanish.add(sentence, string)
    assert faults(code, spanish) == ([fault] if fault else [])


def test_a_sentence_that_only_one_side_knows_is_seen():
    code, spanish = Catalog(), Catalog(locale="es")
    code.add("New")
    spanish.add("Old", "Viejo")
    spanish.add("Known", "Sabido", flags=["fuzzy"])
    code.add("Known")
    assert faults(code, spanish) == ["missing: New", "left over: Old", "fuzzy: Known"]
