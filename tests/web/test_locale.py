"""Sentences of templates follow the language of the moment, also when it changes within one request."""

import pytest
from flask_babel import force_locale

ONE = "{{ _('Calls') }}"
MANY = "{{ ngettext('%(call)s: %(num)d winning team', '%(call)s: %(num)d winning teams', 2, call='A') }}"


def words(app, template):
    return app.jinja_env.from_string(template).render()


@pytest.mark.database("sqlite")
def test_a_letter_in_another_language_leaves_the_page_in_its_own(app):
    with app.test_request_context("/?lang=es"):
        assert words(app, ONE) == "Convocatorias"
        with force_locale("en"):
            assert words(app, ONE) == "Calls"
            assert words(app, MANY) == "A: 2 winning teams"
        assert words(app, ONE) == "Convocatorias"
        assert words(app, MANY) == "A: 2 equipos ganadores"
