"""Two ways to visit Thinkia: a client that checks each page it gets, and a real browser.

The client behaves like a person without JavaScript: it follows redirects, keeps
cookies, and sends the forms it sees with what was already in them.

    page = browser.get("/calls/demo-open")
    page = browser.submit("Save the draft", title="A river that talks")
    assert page.h1 == "…"
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit

from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, sync_playwright
from playwright.sync_api import Page as Tab
from sqlalchemy import inspect
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.test import TestResponse

from tests import markup
from tests.servers import chromium
from thinkia.db import db

UNREACHABLE = ("Failed to load resource", "htmx: htmx:error: Failed to fetch")  # no fault of the page
AXE = Path(__file__).parent / "vendor/axe.min.js"

SHOTS = os.environ.get("SHOTS")  # a folder for pictures, when somebody wants to look at them
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def shoot(tab, name):
    """Keep a picture when somebody asked for pictures."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        tab.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@dataclass(frozen=True)
class Page:
    """An answer that was checked: the markup if it is HTML, whatever its status."""

    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        return self.response.request.path

    @cached_property
    def root(self) -> markup.Element:
        return markup.parse(self.response.text)[0]

    @property
    def text(self) -> str:
        """What a person reads."""
        return self.root.text

    @property
    def h1(self) -> str:
        return self.root.one("h1").text

    @property
    def title(self) -> str:
        return self.root.all("title")[0].text

    def form(self, action_or_button: str = "") -> markup.Element:
        """The form that goes to this address or has a button of this name; the only one if none is said."""
        forms = self.root.all("form")
        if not action_or_button:
            forms = [each for each in forms if each["method"].lower() == "post"]
        else:
            forms = [each for each in forms if action_or_button in {each["action"], *_buttons(each)}]
        assert len(forms) == 1, (
            f"{len(forms)} forms with {action_or_button!r} on {self.path}: {self.text[:300]}"
        )
        return forms[0]

    def link(self, text: str) -> str:
        """Where the link of this name leads."""
        found = {each["href"] for each in self.root.all("a") if each.text == text}
        assert len(found) == 1, f"{len(found)} links {text!r} on {self.path}"
        return found.pop()


@dataclass
class Browser:
    """Visits one application, checks what it gets. ``language`` is what it prefers: en or es."""

    app: Flask
    language: str = "en"
    page: Page | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def get(self, path: str, *, status: int = 200, follow: bool = True, **options: Any) -> Page:
        """A page. Fails when it is faulty or comes with another status."""
        return self._visit("GET", path, status=status, follow=follow, **options)

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, status: int = 200, **options: Any
    ) -> Page:
        """Send what no form on a page would send. The token of the page in hand goes with it."""
        follow = options.pop("follow", True)
        data = {"csrf_token": self._token(), **(data or {})}
        return self._visit("POST", path, status=status, follow=follow, data=data, **options)

    def submit(
        self, action_or_button: str = "", *, status: int = 200, follow: bool = True, **fields: Any
    ) -> Page:
        """Fill in a form of the page in hand and send it, as a person would; what is not named stays.

        A field's value may be a list; ``None`` unticks or leaves out. A file is ``(BytesIO, "name.pdf")``.
        """
        form = self.page.form(action_or_button)
        filled = _filled_in(form)
        unknown = set(fields) - {each["name"] for each in form.all("input", "select", "textarea", "button")}
        assert not unknown, f"no field {sorted(unknown)} in the form"
        filled.update(fields)
        for button in form.all("button", "input"):
            if (
                action_or_button in {button.text, button["value"]}
                and button["name"]
                and button["type"] != "hidden"
            ):
                filled[button["name"]] = button["value"]
        data = {name: value for name, value in filled.items() if value is not None}
        method = form["method"].upper() or "GET"
        sent = {"data": data} if method == "POST" else {"query_string": data}
        here = self.page.response.request
        address = urljoin(here.full_path.rstrip("?") if method == "POST" else here.path, form["action"])
        return self._visit(method, address, status=status, follow=follow, **sent)

    def _visit(self, method: str, path: str, *, status: int, follow: bool, **options: Any) -> Page:
        headers = {"Accept-Language": self.language, **options.pop("headers", {})}
        response = self._open(method, path, headers=headers, **options)
        hops = 0
        while follow and response.status_code in {301, 302, 303, 307, 308}:
            hops += 1
            assert hops < 10, f"{path} redirects for ever"
            again = method if response.status_code in {307, 308} else "GET"
            response = self._open(again, urljoin(path, response.location), headers=headers)
        page = Page(response)
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 307, 308}:
            assert markup.faults(response.text) == [], f"{method} {path}"
            self.page = page
        assert page.status == status, f"{method} {path} answered {page.status}: {_start(response)}"
        return page

    def _open(self, method: str, path: str, **options: Any) -> TestResponse:
        """One request in a context of its own: the test's would lend it its session and its ``g``."""
        with self.app.app_context():
            response = self.client.open(path, method=method, **options)
        _forget_what_may_have_changed()
        return response

    def _token(self) -> str:
        tokens = self.page.root.all("input", name="csrf_token") if self.page else []
        return tokens[0]["value"] if tokens else ""


def _buttons(form: markup.Element) -> set[str]:
    return {each.text or each["value"] or each["aria-label"] for each in form.all("button", "input")}


def _filled_in(form: markup.Element) -> dict[str, Any]:
    """What a browser would send if nothing were touched."""
    values: dict[str, Any] = {}
    for each in form.all("input", "textarea", "select"):
        name = each["name"]
        if not name or "disabled" in each or each["type"] in {"submit", "button", "file"}:
            continue
        if each["type"] in {"checkbox", "radio"}:
            if "checked" in each:
                values.setdefault(name, []).append(each["value"] or "on")
        elif each.tag == "select":
            values[name] = _selected(each)
        else:
            values[name] = "".join(each.children) if each.tag == "textarea" else each["value"]
    return values


def _selected(select: markup.Element) -> str | list[str] | None:
    options = select.all("option")
    chosen = [option.attributes.get("value", option.text) for option in options if "selected" in option]
    if "multiple" in select:
        return chosen
    return (
        chosen[-1]
        if chosen
        else next((option.attributes.get("value", option.text) for option in options), None)
    )


def _forget_what_may_have_changed() -> None:
    """Let the test's objects be read anew; relations that were loaded on purpose stay."""
    with contextlib.suppress(RuntimeError):  # no context: the test holds no objects
        for each in list(db.session.identity_map.values()):
            db.session.expire(each, [column.key for column in inspect(each).mapper.column_attrs])


def _start(response: TestResponse) -> str:
    if response.mimetype == "text/html":
        return markup.parse(response.text)[0].text[:600]
    return response.get_data()[:200].decode(errors="replace")


def _then_the_page(act: Callable[..., Any]) -> Callable[..., Any]:
    """An act of the library that returns when the page it brought can be read.

    By itself it returns as soon as the new page begins to come, when there may be no element to ask yet.
    """

    @wraps(act)
    def complete(self: Any, *args: Any, **options: Any) -> Any:
        done = act(self, *args, **options)
        getattr(self, "page", self).wait_for_load_state("domcontentloaded")
        return done

    return complete


@contextlib.contextmanager
def _patient() -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        for owner, act in ((Tab, "click"), (Locator, "click"), (Locator, "press")):
            stack.enter_context(patch.object(owner, act, _then_the_page(getattr(owner, act))))
        yield


@contextlib.contextmanager
def launched() -> Iterator[Chromium]:
    """A real browser, without a window."""
    program = chromium.program()
    with _patient(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(chromium.FLAGS))
        yield browser
        browser.close()


def watch(tab: Tab, address: str) -> list[str]:
    """A list that fills with what no page may do: break, be blocked by its own policy, call third parties."""
    found: list[str] = []
    own = urlsplit(address).netloc

    def on_console(message: Any) -> None:
        if message.type == "error" and not message.text.startswith(UNREACHABLE):
            found.append(f"console: {message.text}")

    def on_request(request: Any) -> None:
        there = urlsplit(request.url)
        if there.scheme.startswith("http") and there.netloc != own:
            found.append(f"request to {there.netloc}")

    tab.on("console", on_console)
    tab.on("pageerror", lambda error: found.append(f"script: {error}"))
    tab.on("request", on_request)
    tab.on("response", lambda it: it.status >= 500 and found.append(f"{it.status} {it.url}"))
    return found


def axe_violations(tab: Tab) -> list[str]:
    """What axe-core finds on the page as it stands, one line each; none is what we want."""
    tab.wait_for_load_state()
    tab.evaluate(_axe())
    found = tab.evaluate(
        "() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"
    )
    return [f"{each['id']}: {', '.join(node['target'][0] for node in each['nodes'])}" for each in found]


def fits(tab, name, audit=lambda _tab: []):
    """Both sizes: a picture, and no way sideways."""
    for size, width in ((DESKTOP, 1280), (PHONE, 390)):
        tab.set_viewport_size(size)
        shoot(tab, f"{name}-{width}")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
        assert audit(tab) == [], name


def looked_at(tab, name):
    """The same, and nothing for axe."""
    fits(tab, name, axe_violations)


@cache
def _axe() -> str:
    return AXE.read_text()


class _Silent(WSGIRequestHandler):
    timeout = 5  # seconds: a browser opens connections that it may never use

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@contextlib.contextmanager
def served(app: Flask, port: int) -> Iterator[str]:
    """The application on a port of this machine, with threads; its address.

    Every answer under way is ended before this is over: the next test makes the database anew.
    """
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Silent)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
