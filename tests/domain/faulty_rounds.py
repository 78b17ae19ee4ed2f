"""Every contradiction of several rounds: its place, and the rounds that make it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from tests.builders import both, criterion, some_bases
from thinkia.domain.bases import (
    JuryRules,
    Method,
    MethodName,
    Question,
    QuestionKind,
    Round,
    SectorQuota,
    TieKey,
    TieKeyKind,
    Window,
)
from thinkia.domain.bases_check import ProblemKind as K
from thinkia.domain.rounds import Advance, EarlierMarks, PoolBy, Pools
from thinkia.domain.rubric import Aggregate, Rubric

SOUND = some_bases()
DAY = timedelta(days=1)
OPENS = SOUND.calendar.evaluation.opens
LOCAL = Round("local", both("Local"), advance=Advance(top=2))
FINAL = Round("final", both("Final"))
BY_CHALLENGE, CARRIED = Pools(PoolBy.CHALLENGE), EarlierMarks.CARRIED
NOBODY, REST = SectorQuota(0, 0), ("private", "civil_society", "cooperation")
OTHER_RUBRIC = Rubric((criterion("pitch", 100),))


def days(opens, closes):
    return Window(OPENS + opens * DAY, OPENS + closes * DAY)


def local(**changes):
    """Two rounds, the first one changed."""
    return {"rounds": (replace(LOCAL, **changes), FINAL)}


def final(**changes):
    return {"rounds": (LOCAL, replace(FINAL, **changes))}


def going_on(**changes):
    return local(advance=Advance(**changes))


CONTRADICTIONS_OF_ROUNDS = [
    (K.ROUNDS_TOO_FEW, "rounds", {"rounds": (FINAL,)}),
    (K.DUPLICATE_ROUND, "rounds.1.code", final(code="local")),
    (K.CODE, "rounds.0.code", local(code="a b")),
    (K.ADVANCE_MISSING, "rounds.0.advance", local(advance=None)),
    (K.ADVANCE_KIND, "rounds.0.advance", going_on()),
    (K.ADVANCE_KIND, "rounds.0.advance", going_on(top=2, by_hand=True)),
    (K.ADVANCE_KIND, "rounds.0.advance", going_on(by_hand=True, cut_off=Decimal(60))),
    (K.ADVANCE_NUMBER, "rounds.0.advance.top", going_on(top=0)),
    (K.NOT_IN_LAST_ROUND, "rounds.1.advance", final(advance=Advance(top=1))),
    (K.NOT_IN_LAST_ROUND, "rounds.1.pools", final(pools=BY_CHALLENGE)),
    (K.NOT_IN_LAST_ROUND, "rounds.1.waiting", final(waiting=1)),
    (K.POOLS_MISSING, "rounds.0.advance.top_per_pool", going_on(top_per_pool=1)),
    (K.POOLS_WITH_TOP, "rounds.0.pools", local(pools=BY_CHALLENGE)),
    (
        K.POOL_QUESTION,
        "rounds.0.pools.question",
        local(advance=Advance(top_per_pool=1), pools=Pools(PoolBy.QUESTION, "resumen")),
    ),
    (K.POOL_QUESTION, "rounds.0.pools", local(advance=Advance(top_per_pool=1), pools=Pools(PoolBy.QUESTION))),
    (K.WAITING_NUMBER, "rounds.0.waiting", local(waiting=-1)),
    (K.WAITING_AT_CUT_OFF, "rounds.0.waiting", local(advance=Advance(cut_off=Decimal(60)), waiting=1)),
    (K.CUT_OFF, "rounds.0.advance.cut_off", going_on(top=2, cut_off=Decimal(101))),
    (K.SHARE_POSITIVE, "rounds.1.share", final(marks=CARRIED, share=Decimal(0))),
    (K.CARRIED_IN_FIRST, "rounds.0.marks", local(marks=CARRIED)),
    (K.CARRIED_SCALES, "rounds.1.marks", final(marks=CARRIED, method=Method(MethodName.Z_SCORE))),
    (
        K.CARRIED_SCALES,
        "rounds.1.marks",
        {"rounds": (replace(LOCAL, method=Method(MethodName.SUM)), replace(FINAL, marks=CARRIED))},
    ),
    (
        K.WEIGHTS_IN_SUM,
        "rounds.0.rubric.criteria.0.weight",
        local(rubric=Rubric((criterion("impacto", 100),), Aggregate.SUM)),
    ),
    (K.TIE_UNKNOWN_CRITERION, "rounds.1", final(rubric=OTHER_RUBRIC)),  # the call's chain asks for another
    (K.JURY_SIZE, "rounds.1.jury.size", final(jury=JuryRules(0))),
    (
        K.LANGUAGE_QUESTION,
        "rounds.1.jury.language_question",
        final(jury=JuryRules(3, language_question="lengua")),
    ),
    (K.TRIM_TAKES_ALL, "rounds.0.method.trim", local(method=Method(MethodName.TRIMMED_MEAN))),
    (K.ROUND_OUTSIDE_EVALUATION, "rounds.0.evaluation", local(evaluation=days(-1, 2))),
    (K.ROUND_OUTSIDE_EVALUATION, "rounds.0.evaluation", local(evaluation=days(2, 2))),
    (
        K.ROUNDS_OVERLAP,
        "rounds.1.evaluation.opens",
        {"rounds": (replace(LOCAL, evaluation=days(0, 2)), replace(FINAL, evaluation=days(1, 3)))},
    ),
]

GAPS_OF_ROUNDS = [
    (
        K.POOLS_LISTED,
        "rounds.0.pools.by",
        local(advance=Advance(top_per_pool=1), pools=Pools(PoolBy.LIST)),
    )
]

A_FILE = Question("q", QuestionKind.FILE, both("Archivo"), types=("pdf",), max_bytes=9)
BALANCED = Method(MethodName.SECTOR_BALANCED, {"public": Decimal(1), "academia": Decimal(0)})
READ_BY_THE_PUBLIC_SECTOR, READ_BY_OTHERS = (
    JuryRules(2, {"public": SectorQuota(least), "academia": SectorQuota(1)} | dict.fromkeys(REST, NOBODY))
    for least in (1, 0)
)

ADVICE_OF_ROUNDS = [
    (
        *(K.BLIND_FILE, "questions.0"),
        final(jury=replace(SOUND.jury, blind=True)) | {"questions": (A_FILE,)},
    ),
    (
        *(K.SECTOR_MAY_LACK, "rounds.1.jury.sectors.public"),
        final(jury=READ_BY_OTHERS) | {"method": BALANCED, "jury": READ_BY_THE_PUBLIC_SECTOR},
    ),
]

FINE = [
    local(waiting=3, evaluation=days(0, 1)),
    local(advance=Advance(top=2, cut_off=Decimal(60)), waiting=1),
    local(advance=Advance(cut_off=Decimal(60))),
    local(advance=Advance(by_hand=True), pools=BY_CHALLENGE, waiting=2),
    local(advance=Advance(top_per_pool=1), pools=BY_CHALLENGE),
    final(marks=CARRIED, share=Decimal("1.5")),
    final(
        rubric=OTHER_RUBRIC,
        tie_break=(TieKey(TieKeyKind.CRITERION, code="pitch"), TieKey(TieKeyKind.SUBMITTED_AT)),
    ),
    final(jury=JuryRules(5)),
]
