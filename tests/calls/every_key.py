"""Sound bases that say something under every key of the call file."""

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from decimal import Decimal

from tests.builders import both, criterion, some_bases
from thinkia.domain.bases import (
    Appeals,
    Bases,
    Challenge,
    CompositionRule,
    Deliberation,
    Eligibility,
    Evaluators,
    Faq,
    JuryRules,
    Method,
    MethodName,
    MissingSector,
    Option,
    Partner,
    PersonAttribute,
    Prize,
    PublicationLevel,
    Question,
    QuestionKind,
    Round,
    SectorQuota,
    Source,
    TeamRules,
    TieKey,
    TieKeyKind,
    Window,
)
from thinkia.domain.bases_check.walk import parts
from thinkia.domain.rounds import Advance, AtLine, EarlierMarks, PoolBy, Pools
from thinkia.domain.rubric import Aggregate, Anchor, JustifyAt, MarkSource, MarksToScore, Rubric, Scale
from thinkia.domain.sectors import SECTORS

DAY = timedelta(days=1)
PLACES = Decimal("40.5")


def every_key(now) -> Bases:
    plain = some_bases("rios", now)
    calendar = plain.calendar
    submission = calendar.submission
    return replace(
        plain,
        description=both("Uno.\n\nDos.", "One.\n\nTwo."),
        host=Partner("Municipio", "public", "https://quito.example.org"),
        partners=(Partner("Universidad", "academia", "https://uni.example.org"),),
        calendar=replace(
            calendar,
            team_formation=Window(calendar.registration.opens, submission.closes),
            grace_seconds=61,
            hand_in_drafts=True,
        ),
        challenges=(Challenge("agua", both("Agua", "Water"), both("Qué.", "What."), both("Más.", "More.")),),
        eligibility=Eligibility(18, 29, ("17", "01"), True, (both("Nadie más.", "Nobody else."),)),
        team=TeamRules(2, 5, _composition(), one_team_per_person=False, changes_after_close=True),
        questions=_questions(),
        rubric=_rubric(),
        method=Method(
            MethodName.SECTOR_BALANCED,
            {code: Decimal("2.5") for code in SECTORS},
            MissingSector.REDISTRIBUTE,
            evaluators={"jurado": Decimal(50), "usuarios": Decimal(50)},
            missing_evaluators=MissingSector.REDISTRIBUTE,
        ),
        tie_break=_ties(calendar.results),
        cut_off=PLACES,
        jury=_jury(sectors={}, extra=0, groups=_groups()),
        rounds=_rounds(calendar.evaluation),
        prizes=(Prize(both("Piloto", "Pilot"), 1, PLACES, "USD", both("Todo.", "All.")),),
        winners=3,
        publication=PublicationLevel.ORDER,
        appeals=Appeals(5, working_days=False, holidays=("2026-12-25", "2027-01-01")),
        faq=(Faq(both("¿Cuándo?", "When?"), both("Ya.", "Now.")),),
        source=Source("Bases", "https://example.org", both("Nota", "Note"), ("tie_break",)),
    )


def _composition():
    return (
        CompositionRule(PersonAttribute.GENDER, "female", min=1, max=4),
        CompositionRule(PersonAttribute.DISCIPLINE, max_same=2),
        CompositionRule(PersonAttribute.INSTITUTION, min_different=2),
    )


def _questions():
    text, choice = QuestionKind.LONG_TEXT, QuestionKind.CHOICE
    languages = (Option("es", both("Castellano", "Spanish")), Option("qu", both("Kichwa", "Kichwa")))
    return (
        Question("resumen", text, both("Resumen", "Summary"), both("Breve", "Short"), max_characters=1500),
        Question("largo", text, both("Largo", "Long"), required=False, max_words=300, challenges=("agua",)),
        Question("idioma", choice, both("Idioma", "Language"), options=languages),
        Question("edad", QuestionKind.NUMBER, both("Edad", "Age"), min=Decimal(1), max=Decimal("9.5")),
        Question("enlace", QuestionKind.ADDRESS, both("Enlace", "Link"), hosts=("example.org",)),
        Question(
            "plan",
            QuestionKind.FILE,
            both("Plan", "Plan"),
            types=("pdf",),
            max_bytes=1000,
            max_pages=3,
            identifies=True,
        ),
        Question(
            "acepto", QuestionKind.DECLARATION, both("Acepto", "I accept"), statement=both("Sí.", "Yes.")
        ),
    )


def _rubric():
    steps = Scale(Decimal(0), Decimal(5), Decimal("0.5"))
    listed, ticked = Scale(values=(Decimal(1), Decimal(3))), Scale(checklist=(Decimal(2), Decimal(3)))
    anchors = (Anchor((Decimal(0), Decimal(1)), both("Nada", "Nothing")),)
    items = (both("Uno", "One"), both("Dos", "Two"))
    texts = {"title": both("Título", "Title"), "question": both("¿Qué?", "What?")}
    return Rubric(
        (
            replace(criterion("impacto", 40), scale=steps, group="a", anchors=anchors, justify=True, **texts),
            replace(criterion("equipo", 30), scale=listed, justify_at=JustifyAt.EXTREMES, required=False),
            replace(criterion("lista", 20), scale=ticked, items=items),
            replace(criterion("costo", 10), source=MarkSource.METRIC),
        ),
        marks_to_score=MarksToScore.MIN_MAX,
    )


def _ties(results):
    return (
        TieKey(TieKeyKind.CRITERION, code="impacto"),
        TieKey(TieKeyKind.CHAIR),
        TieKey(TieKeyKind.LOTTERY, source=both("Sorteo", "Draw"), drawn_at=results - DAY),
    )


def _groups():
    of_the_jury = Evaluators(3, both("Jurado", "Jury"), {"public": SectorQuota(1, 3)}, extra=1)
    return {"jurado": of_the_jury, "usuarios": Evaluators(2, both("Usuarios", "Users"))}


def _jury(**changes):
    quotas = {"public": SectorQuota(1, 3), "academia": SectorQuota(1)}
    usual = {
        "size": 5,
        "sectors": quotas,
        "balance": 2,
        "published": False,
        "bids": True,
        "extra": 1,
        "language_question": "idioma",
        "blind": True,
        "deliberation": Deliberation.NAMED,
    }
    return JuryRules(**{**usual, **changes})


def _rounds(evaluation):
    half = evaluation.opens + (evaluation.closes - evaluation.opens) / 2 + timedelta(seconds=7)
    points = Rubric(
        (
            replace(criterion("a", None), group="g", scale=Scale(Decimal(0), Decimal(9))),
            replace(criterion("b", None), group="g", scale=Scale(Decimal(0), Decimal(9))),
        ),
        Aggregate.SUM,
        caps={"g": Decimal(12)},
    )
    drawn = (TieKey(TieKeyKind.LOTTERY, seed="río"),)
    return (
        Round(
            "local",
            both("Local", "Local"),
            Window(evaluation.opens, half),
            points,
            Method(MethodName.TRIMMED_MEAN, trim=2),
            drawn,
            _jury(size=7),
            Pools(PoolBy.QUESTION, "idioma"),
            Advance(top_per_pool=2, cut_off=Decimal("10.5")),
            AtLine.TAKE_ALL,
            waiting=2,
        ),
        Round("media", both("Media", "Middle"), advance=Advance(cut_off=PLACES)),
        Round("dedo", both("Dedo", "Hand"), pools=Pools(PoolBy.LIST), advance=Advance(by_hand=True)),
        Round("reto", both("Reto", "Challenge"), advance=Advance(top=3), share=PLACES),
        Round("final", both("Final", "Final"), Window(half, evaluation.closes), marks=EarlierMarks.CARRIED),
    )


def unsaid(bases: Bases) -> set[str]:
    """Keys that the schema has and the bases nowhere say: new ones belong above."""
    said, known = set(), set()
    _look(bases, said, known)
    return {f"{kind.__name__}.{key}" for kind, key in known - said}


def _look(value, said, known):
    if is_dataclass(value):
        for one in fields(value):
            known.add((type(value), one.name))
            held = getattr(value, one.name)
            if held != one.default and (not isinstance(held, (tuple, dict)) or held):
                said.add((type(value), one.name))
    for _key, part in parts(value):
        _look(part, said, known)
