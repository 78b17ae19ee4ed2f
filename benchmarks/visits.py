"""Requests and what they cost: one at a time, or all that a first visit brings a browser."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, sync_playwright

from tests.servers import chromium

BROWSERS_ACCEPT = "gzip, deflate, br, zstd"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: id="[^"]*")? value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its body as it came over the wire, and what it cost."""

    status: int
    body: bytes
    queries: int
    cpu: int  # nanoseconds
    cookie: str


def ask(
    address: str,
    path: str,
    *,
    cookie: str = "",
    data: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    accept: str = BROWSERS_ACCEPT,
) -> Answer:
    """One request on a connection of its own, so that both workers have their share."""
    sent = {"Accept-Encoding": accept, "Accept-Language": "es", "Connection": "close", **(headers or {})}
    if cookie:
        sent["Cookie"] = cookie
    if data is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection = HTTPConnection(address, timeout=120)
    body = None if data is None else urlencode(data)
    connection.request("GET" if data is None else "POST", path, body=body, headers=sent)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    new = (response.getheader("Set-Cookie") or "").partition(";")[0]
    cost = (int(response.getheader(name) or 0) for name in ("X-Queries", "X-CPU-ns"))
    return Answer(response.status, content, *cost, cookie=new or cookie)


def whole(answer: Answer, path: str) -> Answer:
    """The same, if it succeeded: a page that refuses is cheap and proves nothing."""
    if answer.status not in {200, 204}:
        raise RuntimeError(f"{path} answered {answer.status}")
    return answer


def hidden_fields(page: bytes) -> dict[str, str]:
    """What a form sends besides what people type."""
    return dict(HIDDEN.findall(page.decode()))


@dataclass(frozen=True, slots=True)
class FirstVisit:
    """All that a browser with nothing kept fetches for one page: bytes as transferred, with headers."""

    first_visit_bytes: int
    first_visit_requests: int


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium.program(), args=list(chromium.FLAGS))
        yield running
        running.close()


def first_visit(running: Browser, address: str, path: str, cookie: str = "") -> FirstVisit:
    """A new visitor, or a person whose browser has only the cookie."""
    context = running.new_context(locale="es-EC", viewport={"width": 390, "height": 844})
    name, _, value = cookie.partition("=")
    if cookie:
        context.add_cookies([{"name": name, "value": value, "url": f"http://{address}"}])
    tab = context.new_page()
    watch = context.new_cdp_session(tab)
    asked: dict[str, str] = {}
    received: dict[str, int] = {}
    watch.on("Network.requestWillBeSent", lambda it: asked.update({it["requestId"]: it["request"]["url"]}))
    watch.on(
        "Network.loadingFinished",
        lambda it: received.update({it["requestId"]: int(it["encodedDataLength"])}),
    )
    watch.send("Network.enable")
    tab.goto(f"http://{address}{path}", wait_until="networkidle")
    icon = tab.evaluate("document.querySelector('link[rel~=icon]')?.href")
    context.close()
    sizes = [received.get(key, 0) for key, url in asked.items() if url.startswith("http")]
    if icon and icon not in asked.values():  # without a window there is no place for an icon
        sizes.append(len(ask(address, urlsplit(icon).path).body))
    return FirstVisit(sum(sizes), len(sizes))
