"""A call whose jury has read everything, and whose rules measure: F1 as a criterion, false negatives in a tie."""

from decimal import Decimal

from tests import builders as given
from tests.agreements.world import fresh
from tests.builders import DAY, NOON, both
from tests.results.scenes import bases, judged
from thinkia.agreements import services as agreements
from thinkia.agreements.queries import agreement_by_code
from thinkia.calls.queries import call_by_code
from thinkia.domain.bases import TieKey, TieKeyKind
from thinkia.domain.rubric import Criterion, MarkSource, Rubric, Scale
from thinkia.metrics import services
from thinkia.policy.actor import StaffRole

F1 = Criterion(
    "f1",
    Scale(Decimal(0), Decimal(1)),
    Decimal(40),
    title=both("Puntaje F1", "F1 score"),
    source=MarkSource.METRIC,
)
MEASURED = Rubric((given.criterion("impacto", 30), given.criterion("viabilidad", 30), F1))
CHAIN = (TieKey(TieKeyKind.FEWER, code="falsos_negativos"), TieKey(TieKeyKind.SUBMITTED_AT))
SOURCE = "Medido por el equipo técnico"


def measured(marks, now=NOON, **changes):
    """The scene of results with those rules, and Luis, who may confirm."""
    rules = bases(now=now, **{"rubric": MEASURED, "tie_break": CHAIN, **changes})
    scene = judged(marks, rules=rules, now=now)
    scene.luis = given.an_organiser(scene.call.host, StaffRole.OWNER, now=now - DAY, name="Luis Tipán")
    return scene


def ask(scene, values, metric="f1", by=None, now=NOON):
    """Ask for values by the name of the team."""
    call = call_by_code(scene.call.code)
    by_code = {scene.code(name): value if value is None else Decimal(value) for name, value in values.items()}
    waits = services.ask_to_enter(call, metric, by_code, SOURCE, given.acting(by or scene.organiser), now)
    return agreement_by_code(waits.code)


def enter(scene, values, metric="f1", now=NOON):
    """Both persons have entered them."""
    agreements.confirm(ask(scene, values, metric, now=now), fresh(scene.luis, now), now)
