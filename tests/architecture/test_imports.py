"""Who may know whom. `docs/architecture.md` draws it; these tables decide it."""

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter

import pytest

from tests.architecture.house import FEATURES, Module, exists, house, module, offences

# Package → what of ours it may import. "" is create_app; features stand on all of the ground floor.
GROUND = {"domain", "policy", "clock", "db", "outside", "web"}
MAY_IMPORT = {
    "domain": {"domain"},
    "policy": {"domain", "policy"},
    "clock": set(),
    "db": {"db"},
    "outside": {"clock", "db", "outside"},
    "web": {"domain", "policy", "clock", "db", "outside", "web"},
    **{name: GROUND | set(FEATURES[: place + 1]) for place, name in enumerate(FEATURES)},
    "": GROUND | {*FEATURES, "cli", "config"},
    "cli": GROUND | {*FEATURES, "cli", "config"},
}
OFFERED = {
    "models",
    "queries",
    "services",
    "wording",
    "call_file",
    "hooks",
    "computation",
}  # what a feature shows to the ones above it

# Inside a feature: part → the parts it may import. There are no other parts but ELSE's.
FACE = {
    "": set(),
    "models": set(),
    "queries": {"models"},
    "wording": {"models"},
    "forms": {"models", "queries", "wording"},
    "emails": {"models", "queries", "wording"},
    "services": {"models", "queries", "emails"},
    "tasks": {"models", "queries", "emails", "services", "wording"},
    "reactions": {"models", "queries", "emails", "services"},
    "cli": {"models", "queries", "emails", "services", "tasks", "wording"},
    "routes": {"models", "queries", "emails", "services", "forms", "wording", "routes"},
}
# A part that only one feature has, with what it may import; all but its wording may import it.
ELSE: dict[str, set[str]] = {
    "calls.call_file": {"wording"},  # reads and writes a call as YAML or JSON, with all faults at once
    "accounts.hooks": set(),  # what the features above end when a consent is taken back
    "calls.hooks": set(),  # where the features above join a call: figures, readers, what a change entails
    "agreements.hooks": {"models"},  # where features above register acts that two persons decide
    "registration.hooks": set(),  # what the features above must see to before somebody withdraws
    "jury.hooks": set(),  # where results say whether an order of the proposals stands
    "teams.hooks": set(),  # what the features above must see to before a team ends
    "submissions.hooks": set(),  # what the features above must see to when a proposal leaves the competition
    "submissions.uploads": set(),  # what an uploaded file really is
    "submissions.page_images": set(),  # pages of a PDF as images, drawn in a process of their own
    "jury.guest_lists": set(),  # lists of people to invite: files and pasted lines, with all faults at once
    "results.marks_file": {"wording"},  # marks given elsewhere, for `flask results rank`
    "results.offline": {"marks_file"},  # the ranking of those marks
    "results.offline_rounds": {"marks_file", "offline"},  # the same in several rounds
    "results.rounds_document": {"wording", "offline_rounds"},  # written as JSON or CSV
    "results.study_question": set(),  # what a study is asked, from rules and ballots
    "results.offline_study": {"marks_file", "offline", "study_question"},  # the statistics of those marks
    "results.current_study": {"computation", "study_question"},  # those of the order that a call has
    "results.study_document": {"wording", "offline_study"},  # the same as one JSON document
    "jury.plan_files": set(),  # submissions, jurors and pairs given elsewhere, for `flask jury plan`
    "jury.plan_sheet": {"plan_files"},  # a plan as a sheet that organisers change and bring back
    "jury.mark_sheet": {"queries"},  # marks given elsewhere, as a sheet that is brought in
    "jury.offline": {"plan_files"},  # the panels of those
    "operations.report": set(),  # what `flask check` says: lines in the reader's language
    "operations.installation": {"queries", "report"},  # whether what Thinkia stands on is there
    "operations.invariants": {"queries", "report"},  # what must always hold of the data
    "jury.ballots": {"models", "queries", "wording"},  # ballots on paper, as PDF
    "submissions.acts": {"models", "queries", "services", "wording"},  # likewise
    "results.acts": {"models", "queries", "services", "wording"},  # those of results
    "jury.acts": {"models", "queries", "services", "wording"},  # those of its acts that two persons decide
    "feedback.hooks": set(),  # where a feature above says how a team asks for a review
    "feedback.explanation": {"queries", "wording"},  # what a team may read, for its page, PDF and preview
    "feedback.notices": {"queries", "wording"},  # what other pages say of comments
    "feedback.document": {"explanation"},  # the same as PDF
    "results.hooks": set(),  # where the features above say something on the public page of a result
    "appeals.acts": {"models", "queries", "services", "wording"},  # those that two persons decide
    "appeals.notices": {"models", "queries", "wording"},  # what other pages say of appeals
    "metrics.sheet": {"wording"},  # its values as a sheet that is filled in and brought back
    "metrics.acts": {"models", "queries", "services", "wording"},  # the act that two persons decide
    "results.computation": {"models", "queries"},  # from what is stored to an order, and its fingerprint
    "exports.tables": {"models", "queries", "wording"},  # what an export holds, column by column
    "demo.people": set(),  # sample people, institutions and proposals
    "demo.accounts": {"people"},  # their accounts
    "demo.calls": set(),  # the bases of the sample calls
    "demo.play": {"accounts", "calls", "people", "queries"},  # a sample call, played through the use cases
    "demo.seed": {"accounts", "calls", "people", "play", "queries"},  # which sample calls there are
    "demo.load": {"calls", "people", "queries", "load"},  # a large one, in bulk
    "certificates.documents": {"models", "queries", "wording"},  # the sheet, as PDF
    "exports.prizes": {"models", "queries"},  # what is public of prizes, as 360Giving JSON
    "exports.exporting": {
        "models",
        "queries",
        "services",
        "tables",
        "wording",
    },  # one snapshot of them in a file
}

FRAMEWORK = {
    "flask": {"web", "", "cli"},
    "werkzeug": {"web", "", "cli"},
    "flask_login": {"web", "", "cli"},
    "flask_limiter": {"web", "", "cli"},
    "flask_compress": {"web", "", "cli"},
    "flask_wtf": {"web", "forms", ""},
    "flask_sqlalchemy": {"db"},
    "flask_migrate": {"db", "", "cli"},
}
BELONGS_TO_THE_EDGE = {"routes", "cli"}  # of a feature
TELLS_TIME = {"outside", "web", "", "routes", "cli", "tasks", "reactions"}
NUMERICAL = {"numpy", "scipy", "ortools"}
COMPUTES_IN_FLOATS = ("thinkia.domain.assignment", "thinkia.domain.ranking.study")
MAY_STUDY = (
    "thinkia.domain.ranking.study",
    "thinkia.results.study_question",
    "thinkia.results.offline_study",
    "thinkia.results.current_study",
    "thinkia.results.study_document",
)
TELLS_OF_STUDIES = (
    "thinkia.results.cli",
    "thinkia.results.tasks",
    "thinkia.results.wording.study",
    "thinkia.results.wording.jurors",
    "thinkia.results.routes.study",
    "thinkia.results.routes.jurors",
)
KNOWS_THE_APP = {
    "thinkia.outside.queue",
    "thinkia.outside.mail",
    "thinkia.submissions.tasks",  # finds the storage
    "thinkia.jury.tasks",  # the same
    "thinkia.exports.tasks",  # the same
    "thinkia.certificates.tasks",  # the same
}  # work with no request, in the app's context
LATE = {
    "thinkia.outside.queue": {"wsgi"},  # the worker's application exists only in the worker
    "thinkia.outside.storage": {
        "boto3",
        "botocore",
    },  # a third of a second that the embedded default never needs
    "thinkia.outside.documents": {"typst"},  # 8 MB that only who draws a document needs
    "thinkia.domain.assignment.problem": {"thinkia.domain.assignment.weights"},  # numpy, 15 MB; as are
    "thinkia.results.tasks": {"thinkia.results.current_study"},  # these,
    "thinkia.results.cli": {"thinkia.results.offline_study", "thinkia.results.study_document"},  # and these
    "thinkia.submissions.page_images.drawing": {"resource"},  # not there on Windows
}
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers"}


def imports(each: Module, within: ast.AST | None = None) -> Iterator[tuple[ast.stmt, str]]:
    """Each import with the module it names: ``from thinkia.calls import queries`` → ``thinkia.calls.queries``."""
    for node in ast.walk(within or each.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            for alias in node.names:
                inner = f"{origin}.{alias.name}"
                yield node, inner if origin.startswith("thinkia") and exists(inner) else origin


def wrong_floor(each: Module) -> Iterator[str]:
    for node, target in imports(each):
        package, part = ([*target.split("."), "", ""])[1:3]
        if target.startswith("."):
            yield each.at(node, "imports relatively: say thinkia.…")
        elif target.split(".")[0] == "thinkia" and package not in MAY_IMPORT[each.package]:
            yield each.at(node, f"may not know {target}")
        elif package in FEATURES and package != each.package and each.is_feature and part not in OFFERED:
            yield each.at(node, f"may not reach into {target}: a feature shows {sorted(OFFERED)}")


def wrong_room(each: Module) -> Iterator[str]:
    if not each.is_feature:
        return
    own = {name.split(".")[1] for name in ELSE if name.startswith(f"{each.package}.")}
    if each.part not in set(FACE) | own:
        yield f"{each.name} is not part of a feature's face"
        return
    below = ELSE[f"{each.package}.{each.part}"] if each.part in own else FACE[each.part]
    below = below | {each.part}  # a part may be a folder of its own
    if each.part not in {"", "wording"}:
        below = below | own
    for node, target in imports(each):
        _, package, part = ([*target.split("."), "", ""])[:3]
        if target.startswith("thinkia") and package == each.package and part not in below:
            yield each.at(node, f"{each.part} may not import {part} of its own feature")


def framework(each: Module) -> Iterator[str]:
    room = each.part if each.is_feature else each.package
    for node, target in imports(each):
        root = target.split(".")[0]
        known = room in FRAMEWORK.get(root, {room}) | BELONGS_TO_THE_EDGE or each.name in KNOWS_THE_APP
        if not known:
            yield each.at(node, f"may not know {root}")
        if target.startswith("thinkia.clock") and room not in TELLS_TIME:
            yield each.at(node, "is told the time by its caller")
        numerical = root in NUMERICAL and each.name.startswith(COMPUTES_IN_FLOATS)
        pure = root in sys.stdlib_module_names or root == "thinkia" or numerical
        if each.package in {"domain", "policy", "clock"} and not pure:
            yield each.at(node, f"knows the standard library only, not {root}")


def official(each: Module) -> Iterator[str]:
    """An order that is kept or published is exact: no statistics and no binary fraction goes into it."""
    for node, target in imports(each):
        if target.startswith(MAY_STUDY) and not each.name.startswith((*MAY_STUDY, *TELLS_OF_STUDIES)):
            yield each.at(node, f"may not know {target}: it is information beside the order")
    if each.name.startswith("thinkia.domain.ranking") and not each.name.startswith(COMPUTES_IN_FLOATS):
        for node in ast.walk(each.tree):
            written = isinstance(node, ast.Constant) and isinstance(node.value, float)
            if written or (isinstance(node, ast.Name) and node.id == "float"):
                yield each.at(node, "is exact: say it with Decimal or Fraction")


def hidden(each: Module) -> Iterator[str]:
    """Imports inside functions: only create_app, numerical libraries and LATE, with the reason beside."""
    lines = each.source.splitlines()
    for function in ast.walk(each.tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) or each.name == "thinkia":
            continue
        for node, target in imports(each, function):
            beside = lines[node.lineno - 1] + lines[node.lineno - 2]
            known = NUMERICAL | LATE.get(each.name, set())
            if not known & {target, target.split(".")[0]} or "#" not in beside:
                yield each.at(node, f"imports {target} inside a function")


def badly_named(each: Module) -> Iterator[str]:
    if FORBIDDEN & set(each.name.split(".")):
        yield f"{each.name} says nothing about what is in it"


GUARDS = (wrong_floor, wrong_room, framework, official, hidden, badly_named)


@pytest.mark.parametrize("guard", GUARDS)
def test_the_house_imports_downwards(guard):
    assert offences(guard) == []


@pytest.mark.parametrize(
    ("guard", "name", "source"),
    [
        (wrong_floor, "thinkia.domain.x", "from thinkia.db import db"),
        (wrong_floor, "thinkia.web.x", "from thinkia.accounts import queries"),
        (wrong_floor, "thinkia.calls.queries", "from thinkia.teams.models import Team"),
        (wrong_floor, "thinkia.teams.routes", "from thinkia.accounts import routes"),
        (wrong_floor, "thinkia.teams.routes", "from thinkia.accounts.routes import bp"),
        (wrong_floor, "thinkia.teams.routes", "from . import services"),
        (wrong_floor, "thinkia.clock", "import thinkia.db"),
        (wrong_room, "thinkia.calls.models", "from thinkia.calls import queries"),
        (wrong_room, "thinkia.calls.services", "from thinkia.calls.forms import CallForm"),
        (wrong_room, "thinkia.calls.tools", ""),
        (framework, "thinkia.calls.services", "from flask import session"),
        (framework, "thinkia.outside.storage", "import flask"),
        (framework, "thinkia.domain.x", "import sqlalchemy"),
        (framework, "thinkia.domain.x", "import numpy"),
        (framework, "thinkia.domain.ranking.order", "import numpy"),
        (official, "thinkia.domain.ranking.order", "from thinkia.domain.ranking.study import model"),
        (official, "thinkia.results.computation", "from thinkia.domain.ranking.study.study import study"),
        (official, "thinkia.results.services.order", "from thinkia.results import offline_study"),
        (official, "thinkia.domain.ranking.order", "half = 0.5"),
        (official, "thinkia.domain.ranking.order", "half = float(score)"),
        (framework, "thinkia.jury.services", "from thinkia import clock"),
        (hidden, "thinkia.calls.services", "def f():\n    import json"),
        (hidden, "thinkia.domain.assignment.flow", "def f():\n\n    import numpy"),
        (badly_named, "thinkia.calls.utils", ""),
    ],
)
def test_an_import_that_climbs_is_seen(guard, name, source):
    assert len(list(guard(module(name, source)))) == 1


@pytest.mark.parametrize(
    ("guard", "name", "source"),
    [
        (wrong_floor, "thinkia.teams.routes", "from thinkia.accounts import queries"),
        (wrong_room, "thinkia.calls.routes.manage", "from thinkia.calls import forms, services"),
        (framework, "thinkia.calls.routes.manage", "from flask import g"),
        (framework, "thinkia.domain.assignment.flow", "import numpy"),
        (framework, "thinkia.domain.ranking.study.model", "import numpy"),
        (official, "thinkia.domain.ranking.study.model", "half = 0.5"),
        (official, "thinkia.results.offline_study", "from thinkia.domain.ranking.study.study import study"),
        (
            hidden,
            "thinkia.domain.assignment.flow",
            "def f():\n    # 80 ms that most commands never need\n    import numpy",
        ),
    ],
)
def test_an_import_that_the_tables_allow_passes(guard, name, source):
    assert list(guard(module(name, source))) == []


def test_no_two_modules_need_each_other():
    names = {each.name for each in house()}
    graph = {
        each.name: {target for _, target in imports(each) if target in names} - {each.name}
        for each in house()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle
