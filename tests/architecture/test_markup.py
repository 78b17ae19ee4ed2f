"""The checks that every page passes in tests see what they are for."""

import pytest

from tests.markup import faults, parse

GOOD = """<!doctype html>
<html lang="en"><head><title>Calls</title><script src="/x.js"></script></head><body><h1>Calls</h1>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="abc">
<label for="name">Name</label><input id="name" name="name"><label>Age <input name="age"></label>
<button>Save</button></form><img src="/x.svg" alt=""><a href="#name">To the name</a></body></html>"""


def test_a_good_page_has_no_faults():
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("there", "instead", "fault"),
    [
        (' lang="en"', "", "no lang"),
        ("<title>Calls</title>", "", "titles: []"),
        ("<h1>Calls</h1>", "", "h1: []"),
        ("<h1>Calls</h1>", "<h1>A</h1><h1>B</h1>", "h1: ['A', 'B']"),
        ('<label for="name">Name</label>', "", "<input name=name> has no label"),
        ('href="#name"', 'href="#nom"', "<a> points at #nom, which is not there"),
        ("<h1>", '<h1 id="name">', "#name is there 2 times"),
        ("<h1>", '<h1 style="color: red">', "inline style in <h1>"),
        (' src="/x.js"', "", "inline script"),
        ("<button>", '<button onclick="go()">', "onclick in <button>"),
        ('name="csrf_token" value="abc"', 'name="csrf_token"', "form /x without csrf_token"),
        (' alt=""', "", "<img src=/x.svg> without alt"),
        ("Calls</h1>", "Calls of %(host)s</h1>", "left over: %(host)s"),
        ("</button>", "", "</form> closes <button>"),
    ],
)
def test_a_fault_is_seen(there, instead, fault):
    assert there in GOOD
    assert faults(GOOD.replace(there, instead)) == [fault]


def test_a_fragment_needs_no_head_but_keeps_the_rest():
    assert faults("<p>Saved.</p>") == []
    assert faults('<form method="post" action="/x"></form>') == ["form /x without csrf_token"]


def test_text_is_what_a_person_reads():
    root, _ = parse("<p>One  <b>two</b>,\n three</p><p>four</p>")
    assert root.text == "One two, three four"
