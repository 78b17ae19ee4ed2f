"""The ten main pages on a call of 2,000 submissions: queries, bytes, first visit, processor time.

    .venv/bin/python benchmarks/pages.py

Two installations are served side by side, alike but for the number of submissions, and asked in turns: what
the machine does meanwhile falls on both. Processor time is a ratio to a bare Flask route in the same run.
"""

import argparse
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # started as a file, or with -m

from benchmarks import exports, sites, visits
from benchmarks.report import Check, tell
from benchmarks.sites import Site
from benchmarks.visits import Answer, FirstVisit, ask, whole
from thinkia.demo.load import Size

BARE = "/-bare"
KB = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what it may cost. ``path`` is filled in with the codes of a site."""

    name: str
    path: str
    role: str = ""
    queries: int = 12
    first_visit: int = 100 * KB
    requests: int = 8

    def at(self, site: Site) -> str:
        return self.path.format(**site.codes)

    def cookie(self, site: Site) -> str:
        return site.cookies.get(self.role, "")


FOR_WORK = {"first_visit": 150 * KB, "requests": 12}
PAGES = (
    Page("home", "/"),
    Page("call", "/calls/large-open"),
    Page("results", "/calls/large-results/results"),
    Page("sign-in", "/sign-in"),
    Page("team", "/teams/{team}", "citizen"),
    Page("task list", "/submissions/{submission}", "citizen"),
    Page("juror's desk", "/calls/large-jury/jury", "juror", **FOR_WORK),
    Page("scoring page", "/reviews/{review}", "juror", **FOR_WORK),
    Page("organiser's progress", "/manage/calls/large-jury/progress", "organiser", queries=20, **FOR_WORK),
)
SAVE = Page("save of one mark", "/reviews/{review}", "juror", queries=10)
MOST_HTML = 30 * KB
MOST_GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs on the larger site, and how its processor time grew from the smaller one."""

    queries: int
    cpu_to_bare: float
    cpu_growth: float


@dataclass(frozen=True, slots=True)
class Turns:
    """How often each page is asked of each site: first for nothing, then measured."""

    warm_ups: int
    requests: int


def main() -> None:
    asked = _arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    size = Size(asked.submissions, asked.jurors, asked.reviews)
    smaller = Size(asked.smaller, asked.jurors, min(asked.reviews, asked.jurors * asked.smaller))
    with sites.running():
        settings = [sites.prepare("smaller", smaller), sites.prepare("larger", size)]
        both = [sites.serve(each.data.name, each) for each in settings]
        turns = Turns(asked.warm_ups, asked.requests)
        pages = {page.name: _measured(page, both, turns) for page in PAGES}
        saved = asdict(_cost(partial(_saves, SAVE), both, turns))
        first = _first_visits(both[1])
        export = exports.measured(settings[1], size)
    figures = {page.name: {**pages[page.name], **asdict(first[page.name])} for page in PAGES}
    told = {"size": asdict(size), "smaller": asdict(smaller), "pages": {**figures, SAVE.name: saved}}
    tell("pages", {**told, "export": export}, [*_page_checks(told["pages"]), *exports.checks(export)])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--submissions", type=int, default=2000)
    parser.add_argument("--smaller", type=int, default=200, help="submissions of the smaller installation")
    parser.add_argument("--jurors", type=int, default=100)
    parser.add_argument("--reviews", type=int, default=10_000, help="final ones, over all jurors")
    parser.add_argument("--requests", type=int, default=30, help="of each page, after warming up")
    parser.add_argument("--warm-ups", type=int, default=6, help="requests of each page before")
    asked = parser.parse_args()
    if asked.reviews < 5 * asked.jurors:
        parser.error("a juror needs five final reviews to have one that is still open")
    return asked


def _measured(page: Page, both: list[Site], turns: Turns) -> dict[str, Any]:
    cost = _cost(partial(_visits, page), both, turns)
    larger = both[1]
    sent = whole(ask(larger.address, page.at(larger), cookie=page.cookie(larger)), page.name)
    plain = ask(larger.address, page.at(larger), cookie=page.cookie(larger), accept="identity")
    return {**asdict(cost), "html_bytes": len(plain.body), "html_compressed": len(sent.body)}


def _visits(page: Page, site: Site) -> Callable[[], Answer]:
    """A visit by a person whose browser keeps the cookie it is given."""
    path, jar = page.at(site), {"cookie": page.cookie(site)}

    def visit() -> Answer:
        answer = whole(ask(site.address, path, cookie=jar["cookie"]), path)
        jar["cookie"] = answer.cookie
        return answer

    return visit


def _saves(page: Page, site: Site) -> Callable[[], Answer]:
    """An autosave of the scoring page, with another mark each time."""
    path = page.at(site)
    opened = whole(ask(site.address, path, cookie=page.cookie(site), accept="identity"), path)
    fields, turn = visits.hidden_fields(opened.body), {"mark": 0}
    criterion = opened.body.partition(b'name="mark:')[2].partition(b'"')[0].decode()

    def save() -> Answer:
        turn["mark"] = turn["mark"] % 5 + 1
        data = {**fields, f"mark:{criterion}": str(turn["mark"])}
        headers = {"HX-Request": "true"}
        return whole(ask(site.address, path, cookie=opened.cookie, data=data, headers=headers), "the save")

    return save


def _cost(visiting: Callable[[Site], Callable[[], Answer]], both: list[Site], turns: Turns) -> Cost:
    """The middle of so many requests to each site, each beside one to the bare route."""
    visit = [visiting(site) for site in both]
    spent: list[list[int]] = [[], []]
    bare: list[int] = []
    queries = 0
    for turn in range(turns.warm_ups + turns.requests):
        for place, site in enumerate(both):
            unit, answer = ask(site.address, BARE), visit[place]()
            if turn >= turns.warm_ups:
                bare.append(unit.cpu)
                spent[place].append(answer.cpu)
                queries = max(queries, answer.queries)
    smaller, larger = map(median, spent)
    return Cost(queries, round(larger / median(bare), 1), round(larger / smaller, 2))


def _first_visits(site: Site) -> dict[str, FirstVisit]:
    with visits.browser() as running:
        return {
            page.name: visits.first_visit(running, site.address, page.at(site), page.cookie(site))
            for page in PAGES
        }


def _page_checks(found: Mapping[str, Mapping[str, Any]]) -> list[Check]:
    checks = []
    for page in (*PAGES, SAVE):
        cost = found[page.name]
        checks += [
            Check(f"{page.name}: queries", cost["queries"], page.queries),
            Check(f"{page.name}: growth of processor time", cost["cpu_growth"], MOST_GROWTH),
        ]
        if page is not SAVE:
            checks += [
                Check(f"{page.name}: bytes of HTML, compressed", cost["html_compressed"], MOST_HTML),
                Check(f"{page.name}: bytes of a first visit", cost["first_visit_bytes"], page.first_visit),
                Check(f"{page.name}: requests of a first visit", cost["first_visit_requests"], page.requests),
            ]
    return checks


if __name__ == "__main__":
    main()
