"""The reader's language and the call's clock, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale
from babel.support import NullTranslations
from flask import Flask, has_request_context, request, session, url_for
from flask_babel import Babel, format_date, format_datetime, get_locale, get_translations
from flask_babel import gettext as _

from thinkia.domain.text import LANGUAGES
from thinkia.web.security import current_actor

GALAPAGOS = ZoneInfo("Pacific/Galapagos")
MAINLAND = "America/Guayaquil"


def language() -> str:
    """``es`` or ``en``: what the page is written in."""
    return str(get_locale() or "es")[:2]


def chosen_language() -> str:
    """The address asks first, then what was chosen before, the account, the browser; Spanish otherwise."""
    if not has_request_context():
        return "es"
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        if session.get("lang") != asked:
            session["lang"] = asked
        return asked
    known = session.get("lang") or current_actor().language
    return known if known in LANGUAGES else request.accept_languages.best_match(LANGUAGES, "es")


def other_locale_url() -> str:
    """This same page in the other language; where forms alone are sent, the page of the form."""
    other = "en" if language() == "es" else "es"
    if request.endpoint is None or request.url_rule is None:
        return f"/?lang={other}"
    if "GET" not in (request.url_rule.methods or ()):
        return f"{_came_from()}?lang={other}"
    arguments = {key: value for key, value in request.args.items(multi=False) if key != "lang"}
    return url_for(request.endpoint, **{**arguments, **(request.view_args or {})}, lang=other)


def _came_from() -> str:
    """The path of the page that sent this form, where it is one of ours."""
    before = urlsplit(request.referrer or "")
    return before.path if before.netloc == request.host and before.path.startswith("/") else "/"


def zone_name(zone: str, moment: datetime) -> str:
    """As in "hora de Ecuador continental, UTC−5": the zone in words with its offset at that moment."""
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    utc = f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
    if zone == MAINLAND:
        return _("mainland Ecuador time, %(utc)s", utc=utc)
    if zone == GALAPAGOS.key:
        return _("Galápagos time, %(utc)s", utc=utc)
    return _("%(zone)s time, %(utc)s", zone=zone.rsplit("/", maxsplit=1)[-1].replace("_", " "), utc=utc)


def hours(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def day(moment: datetime, zone: str = MAINLAND) -> str:
    """As in "jueves 12 de marzo de 2026"."""
    local = moment.astimezone(ZoneInfo(zone))
    pattern = "EEEE d 'de' MMMM 'de' y" if language() == "es" else "EEEE d MMMM y"
    return format_date(local.date(), pattern)


def day_short(moment: datetime, zone: str = MAINLAND) -> str:
    """As in "12 mar"."""
    local = moment.astimezone(ZoneInfo(zone))
    return format_date(local.date(), "d MMM").replace(".", "")


def moment(value: datetime, zone: str = MAINLAND) -> str:
    """As in "jueves 12 de marzo de 2026, 17:00 (hora de Ecuador continental, UTC−5)"."""
    return f"{day(value, zone)}, {hours(value, zone)} ({zone_name(zone, value)})"


def moment_short(value: datetime, zone: str = MAINLAND) -> str:
    """As in "12 mar 2026, 17:00"."""
    local = value.astimezone(ZoneInfo(zone))
    return format_datetime(local.replace(tzinfo=None), "d MMM y, HH:mm", rebase=False).replace(".", "")


def galapagos(value: datetime) -> str:
    """As in "16:00 Galápagos"."""
    return _("%(hours)s in Galápagos", hours=hours(value, GALAPAGOS.key))


def sector_name(code: str) -> str:
    """A sector in the reader's words; a sector of a call's own keeps its code."""
    words = {
        "public": _("Public"),
        "academia": _("Academia"),
        "private": _("Private"),
        "civil_society": _("Civil society"),
        "cooperation": _("Cooperation"),
    }
    return words.get(code, code.replace("_", " "))


def reader_language(environment: Mapping[str, str]) -> str:
    """The language that a terminal asks for: Spanish if it says so, English otherwise."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "es" if next((name for name in names if name), "").lower().startswith("es") else "en"


def init_locale(app: Flask) -> None:
    """Wire Flask-Babel and the filters."""
    Babel(app, locale_selector=chosen_language, default_locale="es")
    _keep_catalogues(app)
    for function in (day, day_short, moment, moment_short, galapagos, hours, sector_name):
        app.jinja_env.filters[function.__name__] = function


def _keep_catalogues(app: Flask) -> None:
    """Flask-Babel looks for the catalogue anew for each sentence of a page, and a page has hundreds."""
    kept: dict[Locale | None, NullTranslations] = {}

    def catalogue() -> NullTranslations:
        locale = get_locale()
        if locale not in kept:
            kept[locale] = get_translations()
        return kept[locale]

    templates: Any = app.jinja_env  # with jinja2.ext.i18n, which Flask-Babel adds
    templates.install_gettext_callables(
        gettext=lambda one: catalogue().ugettext(one),
        ngettext=lambda one, more, number: catalogue().ungettext(one, more, number),
        newstyle=True,
        pgettext=lambda context, one: catalogue().upgettext(context, one),
        npgettext=lambda context, one, more, number: catalogue().unpgettext(context, one, more, number),
    )
