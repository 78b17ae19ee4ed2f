"""A page as a tree, and what no page of ours may do to its reader.

The standard library's parser is enough: our templates close what they open, and
a page that does not is itself a fault.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.pofile import read_po

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
POINTERS = (
    "for",
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "aria-errormessage",
    "popovertarget",
)
CATALOGUE = Path(__file__).parents[1] / "translations/es/LC_MESSAGES/messages.po"


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    @property
    def text(self) -> str:
        """What a person reads, with the spaces as they are seen."""
        return " ".join("".join(self._strings()).split())

    def all(self, *tags: str, **attributes: str) -> "list[Element]":
        """The elements below of these tags (any, when none is named) that have these attributes."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            each
            for each in self._below()
            if (not tags or each.tag in tags) and all(each[name] == value for name, value in wanted.items())
        ]

    def one(self, *tags: str, **attributes: str) -> "Element":
        """The only such element; fails when there is none or another."""
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}"
        return found[0]

    def ancestors(self) -> "Iterator[Element]":
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def _below(self) -> "Iterator[Element]":
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._below()

    def _strings(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in {"script", "style", "template"}:
                yield from child._strings()
                yield " " if child.tag not in {"a", "b", "bdi", "em", "i", "span", "strong", "abbr"} else ""


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("")
        self.unbalanced: list[str] = []

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)

    def handle_endtag(self, tag):
        if self.here.tag != tag:
            self.unbalanced.append(f"</{tag}> closes <{self.here.tag}>")
        while self.here.parent and self.here.tag != tag:
            self.here = self.here.parent
        self.here = self.here.parent or self.root

    def handle_data(self, data):
        self.here.children.append(data)


def parse(source: str) -> tuple[Element, list[str]]:
    """The tree of a page or fragment, and where its tags do not match."""
    builder = _Builder()
    builder.feed(source)
    builder.close()
    return builder.root, builder.unbalanced


def faults(source: str) -> list[str]:
    """Everything that is wrong with a page, or with a fragment of one."""
    root, found = parse(source)
    rules = (PAGE_RULES if root.all("html") else ()) + RULES
    return found + [fault for rule in rules for fault in rule(root)]


def _has_lang(root: Element) -> Iterator[str]:
    if root.one("html")["lang"] not in {"es", "en"}:
        yield "no lang"


def _has_one_title(root: Element) -> Iterator[str]:
    titles = [each.text for each in root.all("title") if each.parent.tag == "head"]
    if len(titles) != 1 or not titles[0]:
        yield f"titles: {titles}"


def _has_one_heading(root: Element) -> Iterator[str]:
    headings = [each.text for each in root.all("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"h1: {headings}"


def _points_at_what_is_there(root: Element) -> Iterator[str]:
    ids = {each["id"] for each in root.all()}
    for each in root.all():
        pointed = [name for pointer in POINTERS for name in each[pointer].split()]
        if each.tag == "a" and each["href"].startswith("#"):
            pointed.append(each["href"].removeprefix("#"))
        yield from (
            f"<{each.tag}> points at #{name}, which is not there" for name in pointed if name not in ids
        )


def _speaks_its_language(root: Element) -> Iterator[str]:
    if root.one("html")["lang"] == "es":
        for each in root.all():
            for child in each.children:
                if isinstance(child, str) and child.strip() in _untranslated() and not _is_foreign(each):
                    yield f"English in Spanish: {child.strip()}"


def _ids_are_unique(root: Element) -> Iterator[str]:
    ids = Counter(each["id"] for each in root.all() if "id" in each)
    yield from (f"#{name} is there {count} times" for name, count in ids.items() if count > 1 or not name)


def _controls_have_labels(root: Element) -> Iterator[str]:
    labelled = {each["for"] for each in root.all("label") if each.text}
    for each in root.all("input", "select", "textarea"):
        named = each["aria-label"] or each["aria-labelledby"] or each["id"] in labelled
        inside = any(above.tag == "label" and above.text for above in each.ancestors())
        if each["type"] not in {"hidden", "submit", "button", "reset"} and not (named or inside):
            yield f"<{each.tag} name={each['name']}> has no label"


def _nothing_is_inline(root: Element) -> Iterator[str]:
    for each in root.all():
        if each.tag == "style" or "style" in each:
            yield f"inline style in <{each.tag}>"
        if each.tag == "script" and "src" not in each and each["type"] != "application/ld+json":
            yield "inline script"
        yield from (f"{name} in <{each.tag}>" for name in each.attributes if name.startswith("on"))
        if each["href"].startswith("javascript:"):
            yield "javascript: in a link"


def _posts_carry_their_token(root: Element) -> Iterator[str]:
    for form in root.all("form"):
        if form["method"].lower() == "post" and not any(
            token["value"] for token in form.all(name="csrf_token")
        ):
            yield f"form {form['action']} without csrf_token"


def _images_have_words(root: Element) -> Iterator[str]:
    yield from (f"<img src={each['src']}> without alt" for each in root.all("img") if "alt" not in each)


def _nothing_is_left_over(root: Element) -> Iterator[str]:
    yield from (f"left over: {rest}" for rest in re.findall(r"%\(\w+\)\w|{{.*?}}|{%.*?%}", root.text))


def _is_foreign(element: Element) -> bool:
    """Inside something that says that it is in another language."""
    return any(above["lang"] not in {"", "es"} for above in (element, *element.ancestors()))


@cache
def _untranslated() -> frozenset[str]:
    """English sentences that Spanish says otherwise."""
    if not CATALOGUE.exists():
        return frozenset()
    with CATALOGUE.open("rb") as file:
        messages = [each for each in read_po(file) if isinstance(each.id, str) and each.id]
    spanish = {each.string for each in messages}
    return frozenset(each.id for each in messages if each.id not in spanish)


Rule = Callable[[Element], Iterator[str]]
PAGE_RULES: tuple[Rule, ...] = (
    _has_lang,
    _has_one_title,
    _has_one_heading,
    _points_at_what_is_there,
    _speaks_its_language,
)
RULES: tuple[Rule, ...] = (
    _ids_are_unique,
    _controls_have_labels,
    _nothing_is_inline,
    _posts_carry_their_token,
    _images_have_words,
    _nothing_is_left_over,
)
