"""The pages of accounts and staff in a real browser: nothing in the way of anybody, on a small screen."""

import pytest

from tests import builders as given
from tests.accounts.letters import last_letter, link_in
from tests.accounts.people import PASSPHRASE
from tests.browser import axe_violations
from thinkia.db import db
from thinkia.policy.actor import StaffRole
from thinkia.web import passwords

OUTSIDE = ["/sign-in", "/sign-in/code", "/sign-in/code/enter", "/reset", "/reset/sent", "/sign-up", "/_mail"]
INSIDE = [
    "/account",
    "/account/password",
    "/account/consents",
    "/account/sign-ins",
    "/manage/hosts",
    "/manage/hosts/muestra",
]
SUBMIT = "form.form button[type=submit]"


@pytest.mark.parametrize("language", ["es", "en"])
def test_everybody_can_use_them(committed_app, new_page, language):
    owner = given.an_organiser(given.a_host("muestra"), StaffRole.OWNER, language=language)
    owner.password_hash = passwords.chosen(PASSPHRASE)
    db.session.commit()
    page, found = new_page(language), {}
    page.set_viewport_size({"width": 320, "height": 700})

    def look(what):
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[what] = axe_violations(page) + (["scrolls sideways"] if wide else [])

    for path in OUTSIDE:
        page.goto(path)
        look(path)
    page.goto("/sign-up")
    page.click(SUBMIT)
    look("what is wrong with a sign-up")
    page.fill("#name", "Nina Quispe")
    page.fill("#email", "nina@example.org")
    page.fill("#password", PASSPHRASE)
    for part, typed in {"day": "17", "month": "5", "year": "1998"}.items():
        page.fill(f"[name=birth_date_{part}]", typed)
    page.check("#participation")
    page.click(SUBMIT)
    look("a letter is on its way")
    page.goto(link_in(last_letter("nina@example.org")))
    look("a link of a letter")
    page.goto("/sign-in")
    page.fill("#email", owner.email)
    page.fill("#password", PASSPHRASE)
    page.click(SUBMIT)
    for path in INSIDE:
        page.goto(path)
        look(path)
    assert len(found) == len(OUTSIDE) + len(INSIDE) + 3
    assert {what: faults for what, faults in found.items() if faults} == {}


def test_who_changes_the_language_keeps_what_was_typed_but_never_the_passphrase(committed_app, new_page):
    page = new_page("en")
    page.goto("/sign-up")
    page.fill("#name", "Ñusta Yaku'pak")
    page.fill("#email", "nusta@example.org")
    page.fill("#password", PASSPHRASE)
    page.check("#findable")
    page.click(".site a[hreflang=es]")
    page.wait_for_selector("html[lang=es]")

    assert page.inner_text("h1") == "Crear una cuenta"
    assert page.input_value("#name") == "Ñusta Yaku'pak"
    assert page.input_value("#email") == "nusta@example.org"
    assert page.is_checked("#findable")
    assert not page.is_checked("#news")
    assert page.input_value("#password") == ""

    page.reload()
    assert page.input_value("#name") == ""
