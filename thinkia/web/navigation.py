"""Where one can go from a page: the site's links, the reader's own, and an organiser's within a call."""

from typing import Any

from flask import Flask, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from thinkia.policy import Action
from thinkia.web.pages import page, plain
from thinkia.web.security import current_actor, may

Entry = tuple[str, str, bool]


def manage_page(template: str, call: Any, **context: Any) -> ResponseReturnValue:
    """A page of the organisers' side of a call: with the call's own navigation."""
    return page(template, call=call, subnav=subnav(call), subnav_title=plain(call.bases.title), **context)


def subnav(call: Any) -> list[Entry]:
    """The parts of a call that its organisers work on."""
    parts = (
        (_("Overview"), "calls_manage.cockpit"),
        (_("Rules and dates"), "calls_manage.edit"),
        (_("People and teams"), "teams_manage.index"),
        (_("Submissions"), "submissions_manage.index"),
        (_("Jury and panels"), "jury_manage.index"),
        (_("Progress"), "results_manage.progress"),
        (_("Results"), "results_manage.desk"),
        (_("Certificates"), "certificates_manage.index"),
        (_("Exports"), "exports.index"),
    )
    entries = [_entry(label, endpoint, code=call.code) for label, endpoint in parts if _exists(endpoint)]
    if any(current for _label, _url, current in entries):
        return entries
    overview, *others = entries  # a page below one of the parts: that part is where the reader is
    return [overview, *((label, url, request.path.startswith(f"{url}/")) for label, url, _current in others)]


def way_to(endpoint: str, **values: Any) -> str:
    """The address of a page that another feature may bring; empty where there is none of that name."""
    return url_for(endpoint, **values) if _exists(endpoint) else ""


def _nav() -> list[Entry]:
    entries = [_entry(_("Calls"), "home.index")]
    actor = current_actor()
    if not actor.is_anonymous:
        entries.append(_entry(_("My space"), "home.desk"))
    if may(Action.HOSTS_SEE):
        entries.append(_entry(_("Organise"), "calls_manage.index"))
    entries.append(_entry(_("Help"), "home.help_page"))
    return [entry for entry in entries if entry[1]]


def _account_links() -> list[tuple[str, str]]:
    links = [(_("My account"), "accounts.profile"), (_("My sign-ins"), "accounts.sign_ins")]
    if may(Action.HOSTS_SEE):
        links.append((_("My organisations"), "organisations.index"))
    return [(label, url_for(endpoint)) for label, endpoint in links if _exists(endpoint)]


def _site_links() -> dict[str, str]:
    endpoints = {
        "home": "home.index",
        "sign_in": "accounts.sign_in",
        "sign_up": "accounts.sign_up",
        "sign_out": "accounts.sign_out",
        "help": "home.help_page",
        "accessibility": "home.accessibility",
        "privacy": "home.privacy",
    }
    return {name: url_for(endpoint) for name, endpoint in endpoints.items() if _exists(endpoint)}


def _exists(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def _entry(label: str, endpoint: str, **values: Any) -> Entry:
    url = url_for(endpoint, **values) if _exists(endpoint) else ""
    return label, url, request.endpoint == endpoint


def init_navigation(app: Flask) -> None:
    """Give every page its ways out."""
    app.jinja_env.globals["way_to"] = way_to

    @app.context_processor
    def _ways_out() -> dict[str, Any]:
        return {"nav": _nav(), "account_links": _account_links(), "site_links": _site_links()}
