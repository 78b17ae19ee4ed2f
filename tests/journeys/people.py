"""People in front of a real browser, who know the pages by what is written on them."""

import gettext
import re
from email import message_from_bytes, policy
from pathlib import Path

from tests.browser import axe_violations

CATALOGUES = Path(__file__).parents[2] / "translations"


class Words:
    """What the pages say in one language."""

    def __init__(self, language):
        self.language = language
        self.catalogue = gettext.translation(
            "messages", CATALOGUES, languages=[language], fallback=language == "en"
        )

    def __call__(self, sentence, **values):
        said = self.catalogue.gettext(sentence)
        return said % values if values else said


class Person:
    """One tab. Every page that the person sees is held to the accessibility rules, once each."""

    def __init__(self, tab, words, name="", email=""):
        tab.set_default_timeout(30_000)
        self.tab, self.words, self.name, self.email = tab, words, name, email
        self.passphrase = "una frase larga del páramo"
        self.checked = set()

    def go(self, path):
        answer = self.tab.goto(path)
        assert answer.status < 400, f"{path}: {answer.status}"
        return self.look()

    def look(self):
        """The page in hand: its text. Fails on accessibility faults the first time a kind of page is seen."""
        self.tab.wait_for_load_state()
        kind = re.sub(r"/[^/]*\d[^/]*|/[A-Za-z0-9_-]{20,}", "/…", self.tab.url.split("?")[0])
        kind += self.tab.locator("h1").inner_text()[:20]
        if kind not in self.checked:
            self.checked.add(kind)
            assert axe_violations(self.tab) == [], self.tab.url
        assert self.tab.locator("html").get_attribute("lang") == self.words.language, self.tab.url
        return self.text

    @property
    def text(self):
        return self.tab.locator("main").inner_text()

    @property
    def path(self):
        return "/" + self.tab.url.split("/", 3)[3].split("?")[0]

    def press(self, label, **values):
        """A button, or a link that looks like one."""
        name = self.words(label, **values)
        button = self.tab.get_by_role("button", name=name, exact=True)
        link = self.tab.get_by_role("link", name=name, exact=True)
        button.or_(link).first.wait_for()  # a link just followed may still be bringing the page
        found = button if button.count() else link
        with self.tab.expect_navigation():
            found.first.click()
            confirm = self.tab.locator("dialog[open]")
            if confirm.count():
                confirm.locator("button").first.click()
        self.tab.locator(".htmx-request").first.wait_for(state="detached")  # a page that htmx brings
        return self.look()

    def fill(self, **fields):
        for name, value in fields.items():
            self.tab.fill(f"main [name={name}]", value)
        return self

    def choose(self, name, value):
        self.tab.check(f"main input[name='{name}'][value='{value}']")
        return self

    def tick(self, *names):
        for name in names:
            self.tab.check(f"main input[name='{name}']")
        return self

    def sign_in(self):
        """By passphrase; who still is signed in is led past the door."""
        self.go("/sign-in")
        if self.path == "/sign-in":
            self.fill(email=self.email, password=self.passphrase).press("Sign in")
        return self


class Post:
    """The folder where letters go when nothing sends them."""

    def __init__(self, app):
        self.app = app
        self.folder = app.config["SETTINGS"].data / "mail"

    def letters(self, to):
        """What somebody was sent, the oldest first: the text of each."""
        found = [
            message_from_bytes(path.read_bytes(), policy=policy.default) for path in self.folder.glob("*.eml")
        ]
        sent = [
            (each["Date"].datetime, each.get_body(("plain",)).get_content())
            for each in found
            if each["To"] == to
        ]
        return [text for _, text in sorted(sent)]

    def link(self, to, holding):
        """The path of the last link of this kind that somebody was sent."""
        texts = self.letters(to)
        links = [
            line.strip()
            for text in texts
            for line in text.splitlines()
            if line.startswith("http") and holding in line
        ]
        assert links, f"no letter to {to} with {holding}: {texts}"
        return "/" + links[-1].split("/", 3)[3]

    def code(self, to):
        """The last code of six digits that somebody was sent."""
        codes = [
            code for text in self.letters(to) for code in re.findall(r"^\s*(\d{6})\s*$", text, re.MULTILINE)
        ]
        assert codes, self.letters(to)
        return codes[-1]
