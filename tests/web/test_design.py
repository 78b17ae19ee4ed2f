"""The look: every component at once, in both languages, for those who see it and those who listen."""

import pytest
from flask import render_template_string
from wtforms import DecimalField, PasswordField, RadioField, SelectChoice, StringField, TextAreaField

from config import Settings
from tests.browser import axe_violations
from tests.markup import faults, parse
from thinkia import create_app
from thinkia.web.errors import PAGES
from thinkia.web.forms import Form


@pytest.fixture
def shop(tmp_path):
    return create_app(Settings(env="test", data=tmp_path))


class Sample(Form):
    email = StringField("E-mail", description="We never show it.")
    passphrase = PasswordField("Passphrase")
    summary = TextAreaField("Summary")
    sector = RadioField(
        "Sector", choices=[SelectChoice("public", "Public"), SelectChoice("academia", "Academia")]
    )
    budget = DecimalField("Budget")


def drawn(shop, source, errors=None):
    """A fragment of a template with ``form``, as a tree."""
    with shop.test_request_context("/?lang=en", environ_base={"thinkia.received_at": None}):
        form = Sample(formdata=None)
        for name, messages in (errors or {}).items():
            form[name].errors = messages
        html = render_template_string(source, form=form)
    assert faults(html) == []
    return parse(html)[0]


FIELD = '{% from "ui/field.html" import field %}'
FORM = '{% from "ui/form.html" import form as draw %}'


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("path", ["/_design", "/_design/scoring"])
def test_the_component_page_is_sound_markup(shop, path, language):
    answer = shop.test_client().get(f"{path}?lang={language}")
    assert answer.status_code == 200
    assert faults(answer.text) == []


def test_the_component_page_is_not_there_in_production(tmp_path):
    given = frozenset({"secret", "database_url", "redis_url", "base_url", "storage", "smtp_url", "mail_from"})
    live = create_app(Settings(env="production", data=tmp_path, given=given))
    assert [rule.rule for rule in live.url_map.iter_rules() if rule.rule.startswith("/_design")] == []


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("path", ["/_design", "/_design/scoring"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_components_are_accessible_and_never_scroll_sideways(new_page, address, path, language, width):
    tab = new_page(language)
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{address}{path}?lang={language}")
    assert axe_violations(tab) == []
    tab.emulate_media(color_scheme="dark")
    assert axe_violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("code", sorted(PAGES))
@pytest.mark.parametrize("language", ["es", "en"])
def test_an_error_page_needs_nothing_but_its_template(shop, code, language):
    with shop.test_request_context(f"/?lang={language}"):
        page = shop.jinja_env.get_template(f"errors/{code}.html")
        html = page.render(
            locale=language, reference="k7q2", message="", get_flashed_messages=None, current_actor=None
        )
    assert faults(html) == []
    assert "k7q2" in parse(html)[0].text


def test_a_field_tells_its_hint_and_its_error_to_those_who_listen(shop):
    tree = drawn(shop, FIELD + "{{ field(form.email) }}", {"email": ["Write a whole address."]})
    box = tree.one("input")
    told = [tree.one("p", id=name).text for name in box["aria-describedby"].split()]
    assert told == ["We never show it.", "Error: Write a whole address."]
    assert box["aria-invalid"] == "true"


def test_a_field_without_trouble_is_not_called_invalid(shop):
    box = drawn(shop, FIELD + "{{ field(form.email) }}").one("input")
    assert "aria-invalid" not in box
    assert box["aria-describedby"] == "email-hint"


def test_radios_are_a_group_with_a_name_and_none_is_chosen_beforehand(shop):
    tree = drawn(shop, FIELD + "{{ field(form.sector) }}", {"sector": ["Choose one."]})
    assert tree.one("fieldset").one("legend").text == "Sector"
    assert [each["value"] for each in tree.all("input", type="radio")] == ["public", "academia"]
    assert [each for each in tree.all("input") if "checked" in each] == []
    assert tree.one("fieldset")["aria-describedby"] == "sector-error"


def test_a_number_may_be_typed_with_a_comma_and_a_passphrase_pasted(shop):
    tree = drawn(shop, FIELD + "{{ field(form.budget) }}{{ field(form.passphrase) }}")
    assert (tree.one("input", name="budget")["type"], tree.one("input", name="budget")["inputmode"]) == (
        "text",
        "decimal",
    )
    assert tree.one("input", name="passphrase")["type"] == "password"
    assert "hidden" in tree.one("button")


def test_the_summary_leads_to_each_field_and_carries_what_belongs_to_none(shop):
    source = (
        FIELD
        + FORM
        + (
            "{% do form.form_errors.append('The team is full.') %}"
            "{% call draw(form, submit='Save') %}{{ field(form.email) }}{{ field(form.sector) }}{% endcall %}"
        )
    )
    tree = drawn(shop, source, {"email": ["Write a whole address."], "sector": ["Choose one."]})
    assert tree.one("h2").text == "There are 3 problems"
    assert [(each.text, each["href"]) for each in tree.all("a")] == [
        ("Write a whole address.", "#email"),
        ("Choose one.", "#sector"),
    ]
    assert next(each.text for each in tree.all("li")) == "The team is full."


def test_a_form_that_saves_as_one_goes_still_has_its_button(shop):
    tree = drawn(shop, FORM + "{% call draw(form, submit='Save', autosave='/draft') %}{% endcall %}")
    assert tree.one("form")["data-hx-post"] == "/draft"
    assert tree.one("button").text == "Save"


def test_a_criterion_is_never_marked_beforehand_and_ties_each_anchor_to_its_radio(shop):
    source = """{% from "ui/crit.html" import crit %}{{ crit("c", "c", "1. Use", [
      {"value": "0", "label": "0", "anchor": "Nobody uses it."}, {"value": "1", "label": "1", "anchor": "Many do."}]) }}"""
    tree = drawn(shop, source)
    radios = tree.all("input", type="radio")
    assert [each for each in radios if "checked" in each] == []
    assert [tree.one("span", id=each["aria-describedby"]).text for each in radios] == [
        "Nobody uses it.",
        "Many do.",
    ]
    assert tree.one("legend").text == "1. Use"


def test_a_mark_of_zero_is_a_mark(shop):
    source = """{% from "ui/crit.html" import crit %}{{ crit("c", "c", "1. Use", [
      {"value": "0", "label": "0"}, {"value": "1", "label": "1"}], value=0) }}"""
    radios = drawn(shop, source).all("input", type="radio")
    assert [each["value"] for each in radios if "checked" in each] == ["0"]


def test_the_words_of_people_are_never_mark_up(shop):
    source = (
        """{% from "ui/people.html" import people %}{{ people([{"name": "<b>Ana</b>", "initials": "A"}]) }}"""
    )
    assert drawn(shop, source).one("bdi").text == "<b>Ana</b>"
