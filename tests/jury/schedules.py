"""Connections that come and go at random while a juror marks, and what is left of the marks in the end."""

import contextlib
import random
from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Error

from tests.jury.devices import (
    CRITERIA,
    download,
    open_page,
    revisions,
    saved,
    waiting,
)
from thinkia.db import db
from thinkia.jury.models import Mark

EDITS = 20
MOMENT = 250  # ms between the last key and the hand that closes the window
PATIENCE = 60  # times half a second, until all has arrived


@dataclass
class Outcome:
    """What a schedule came to."""

    seed: int
    edits: int = 0
    lost: int = 0  # fields whose last value did not arrive
    doubled: int = 0  # revisions beyond one an edit
    undecided: int = 0  # drafts that wait for a choice although one person used one window at a time
    left: int = 0  # drafts that were not sent in the end
    acts: Counter = field(default_factory=Counter)


class Schedule:
    """One juror, one window at a time, twenty edits; before each, something may happen to the connection."""

    def __init__(self, context, juror, seed: int, edits: int = EDITS) -> None:
        self.context, self.juror, self.edits = context, juror, edits
        self.random = random.Random(seed)
        self.outcome = Outcome(seed)
        self.tab, self.place, self.offline = context.new_page(), 0, False
        self.typed = [{} for _ in juror.reviews]

    def run(self) -> Outcome:
        download(self.tab, self.juror.desk)
        self._open()
        for number in range(self.edits):
            self._happen()
            self._edit(number)
        self._come_back()
        self._compare()
        return self.outcome

    def _happen(self) -> None:
        acts = ("nothing", "toggle", "reload", "move", "close", "lose", "wait")
        act = self.random.choices(acts, weights=(20, 30, 8, 16, 8, 10, 8))[0]
        self.outcome.acts[act] += 1
        if act in {"reload", "move", "close"}:
            self.tab.wait_for_timeout(MOMENT)
        if act == "toggle":
            self._connection(offline=not self.offline)
        elif act == "move":
            self.place = self.random.randrange(len(self.juror.reviews))
            self._open()
        elif act == "close":
            self.tab.close()
            self.tab = self.context.new_page()
            self._open()
        elif act == "reload":
            self._open()
        elif act == "lose":
            self.tab.route("**/reviews/*", _lose, times=1)
        elif act == "wait":
            self.tab.wait_for_timeout(self.random.choice((50, 1300)))

    def _edit(self, number: int) -> None:
        kind = self.random.choice(("mark", "mark", "note", "feedback", "reason"))
        criterion = self.random.choice(CRITERIA)
        name = f"{kind}:{criterion}" if kind in {"mark", "reason"} else kind
        if kind == "mark":
            value = str(self.random.randint(1, 5))
            self.tab.locator(f'input[name="{name}"][value="{value}"]').click()
        else:
            value = f"{number} {self.random.randrange(10**6)}"
            self.tab.locator(f'[name="{name}"]').fill(value)
            if self.random.random() < 0.5:
                self.tab.locator(f'[name="{name}"]').blur()
        self.typed[self.place][name] = value
        self.outcome.edits += 1

    def _open(self) -> None:
        open_page(self.tab, f"/reviews/{self.juror.reviews[self.place].code}")

    def _connection(self, *, offline: bool) -> None:
        self.context.set_offline(offline)
        self.offline = offline

    def _come_back(self) -> None:
        """The connection is there; the page is left open, then the list, until nothing waits."""
        self.tab.wait_for_timeout(MOMENT)
        self._connection(offline=False)
        self.tab.unroute_all(behavior="ignoreErrors")
        self.tab.wait_for_timeout(1500)
        open_page(self.tab, self.juror.desk)
        for _ in range(PATIENCE):
            if not any(state == "kept" for _, state in waiting(self.tab)):
                break
            self.tab.evaluate("window.dispatchEvent(new Event('online'))")
            self.tab.wait_for_timeout(500)
        states = Counter(state for _, state in waiting(self.tab))
        self.outcome.left, self.outcome.undecided = states["kept"], states["decide"]

    def _compare(self) -> None:
        for review, typed in zip(self.juror.reviews, self.typed, strict=True):
            on_server = _on_server(review)
            self.outcome.lost += sum(on_server.get(name) != value for name, value in typed.items())
        allowed = self.outcome.edits
        self.outcome.doubled = max(0, sum(map(revisions, self.juror.reviews)) - allowed)


def _lose(route) -> None:
    """The server gets what was sent; the answer is lost on its way."""
    if route.request.method != "POST":
        route.continue_()
        return
    with contextlib.suppress(Error):  # no connection: it did not get there either
        route.fetch()
    route.abort("connectionreset")


def _on_server(review) -> dict[str, str]:
    found = saved(review)
    given = db.session.query(Mark).filter_by(review_id=review.id).all()
    values = {f"reason:{code}": draft["reason"] for code, draft in (found.drafts or {}).items()}
    values |= {f"mark:{mark.criterion}": str(int(mark.value)) for mark in given}
    values |= {f"reason:{mark.criterion}": mark.reason for mark in given if mark.reason}
    return values | {"note": found.note, "feedback": found.feedback}
