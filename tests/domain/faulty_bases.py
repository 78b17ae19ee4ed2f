"""Every contradiction, every gap and every piece of advice: its place, and the change to sound bases that makes it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from tests.builders import both, criterion, some_bases
from tests.domain.faulty_rounds import ADVICE_OF_ROUNDS, CONTRADICTIONS_OF_ROUNDS, GAPS_OF_ROUNDS
from thinkia.domain.bases import (
    Appeals,
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
    Question,
    QuestionKind,
    SectorQuota,
    Source,
    TeamRules,
    TieKey,
    TieKeyKind,
    Window,
)
from thinkia.domain.bases_check import ProblemKind as K
from thinkia.domain.rubric import Aggregate, Anchor, Rubric, Scale
from thinkia.domain.text import Bilingual

SOUND = some_bases()
CALENDAR = SOUND.calendar
DAY = timedelta(days=1)
SUBMITTED, CHAIR = TieKey(TieKeyKind.SUBMITTED_AT), TieKey(TieKeyKind.CHAIR)
LOTTERY = TieKey(
    TieKeyKind.LOTTERY, source=both("Lotería Nacional"), drawn_at=CALENDAR.submission.closes + DAY
)
FIVE = ("public", "academia", "private", "civil_society", "cooperation")


def numbers(*values):
    return tuple(Decimal(str(value)) for value in values)


def scale(low, high, step=None):
    return Scale(*(None if one is None else Decimal(str(one)) for one in (low, high, step)))


def rubric(**changes):
    """One criterion, changed."""
    return {"rubric": Rubric((criterion("uno", **changes),)), "tie_break": (SUBMITTED,)}


def capped(aggregate=Aggregate.SUM, **caps):
    """One criterion in the group g."""
    most = {group: Decimal(points) for group, points in caps.items()}
    return {
        "rubric": Rubric((criterion("uno", group="g"),), aggregate, caps=most),
        "tie_break": (SUBMITTED,),
    }


def evaluators(name=MethodName.MEAN, **weights):
    return {"method": Method(name, evaluators={group: Decimal(weight) for group, weight in weights.items()})}


def grouped(size=3, jury=2, users=1, **changes):
    """A panel of these groups, weighed the same, and what is changed in its jury."""
    groups = {"jury": jury, "users": users}
    groups = {
        code: one if isinstance(one, Evaluators) else Evaluators(one, both(code))
        for code, one in groups.items()
    }
    return evaluators(jury=1, users=1) | {"jury": JuryRules(size, groups=groups, **changes)}


def question(kind, **changes):
    return {"questions": (Question("q", QuestionKind(kind), both("Pregunta"), **changes),)}


def calendar(**changes):
    return {"calendar": replace(CALENDAR, **changes)}


def jury(size, **quotas):
    return {"jury": JuryRules(size, {sector: SectorQuota(*quota) for sector, quota in quotas.items()})}


def balanced(missing=MissingSector.REFUSE, **weights):
    sectors = {sector: Decimal(weight) for sector, weight in weights.items()}
    return {"method": Method(MethodName.SECTOR_BALANCED, sectors, missing)}


def ties(*chain):
    return {"tie_break": chain}


def composition(**changes):
    return {"team": TeamRules(1, 4, (CompositionRule(PersonAttribute.GENDER, **changes),))}


def window(opens, closes):
    """By days after the close of submission."""
    return Window(CALENDAR.submission.closes + opens * DAY, CALENDAR.submission.closes + closes * DAY)


CONTRADICTIONS = [
    (K.VERSION_UNKNOWN, "schema_version", {"schema_version": 2}),
    (K.CALL_CODE, "code", {"code": "Ríos Vivos"}),
    (K.CALL_CODE, "code", {"code": "a" * 41}),
    (K.CALL_CODE, "code", {"code": "../a"}),
    (K.EMAIL, "contact_email", {"contact_email": "x@"}),
    (K.UNKNOWN_TIME_ZONE, "time_zone", {"time_zone": "America/Guayaqil"}),
    (K.UNKNOWN_TIME_ZONE, "time_zone", {"time_zone": "../etc/passwd"}),
    (K.TEXT_TOO_LONG, "summary.es", {"summary": Bilingual(es="x" * 20_001)}),
    (K.CONTROL_CHARACTER, "faq.0.answer.en", {"faq": (Faq(both("a"), Bilingual("a", "b\x07")),)}),
    (K.CONTROL_CHARACTER, "title.es", {"title": Bilingual(es="a\x00")}),
    (K.EMPTY_NAME, "host.name", {"host": Partner(" ", "public")}),
    (K.UNKNOWN_SECTOR, "partners.0.sector", {"partners": (Partner("A", "press"),)}),
    (K.ADDRESS, "partners.0.url", {"partners": (Partner("A", "public", "javascript:alert(1)"),)}),
    (K.ADDRESS, "source.url", {"source": Source("A", "https://me@evil.example")}),
    (K.ADDRESS, "source.url", {"source": Source("A", "https://[")}),
    (K.CLOSES_BEFORE_OPENING, "calendar.evaluation.closes", calendar(evaluation=window(2, 2))),
    (
        K.SUBMISSION_OPENS_BEFORE_REGISTRATION,
        "calendar.submission.opens",
        calendar(registration=window(-14, -1)),
    ),
    (
        K.SUBMISSION_CLOSES_BEFORE_REGISTRATION,
        "calendar.submission.closes",
        calendar(registration=window(-16, 0.5)),
    ),
    (K.TEAMS_BEFORE_REGISTRATION, "calendar.team_formation.opens", calendar(team_formation=window(-16, -1))),
    (K.TEAMS_AFTER_SUBMISSION, "calendar.team_formation.closes", calendar(team_formation=window(-15, 1))),
    (K.EVALUATION_BEFORE_CLOSE, "calendar.evaluation.opens", calendar(evaluation=window(-1, 5))),
    (K.RESULTS_BEFORE_EVALUATION, "calendar.results", calendar(evaluation=window(1, 16))),
    (K.GRACE, "calendar.grace_seconds", calendar(grace_seconds=-1)),
    (K.DUPLICATE_CHALLENGE, "challenges.1.code", {"challenges": (Challenge("a", both("A")),) * 2}),
    (K.CODE, "challenges.0.code", {"challenges": (Challenge("a b", both("A")),)}),
    (K.AGE, "eligibility.min_age", {"eligibility": Eligibility(min_age=-1)}),
    (K.AGES_OUT_OF_ORDER, "eligibility.max_age", {"eligibility": Eligibility(min_age=30, max_age=18)}),
    (K.UNKNOWN_PROVINCE, "eligibility.provinces.1", {"eligibility": Eligibility(provinces=("17", "25"))}),
    (K.UNKNOWN_PROVINCE, "eligibility.provinces.0", {"eligibility": Eligibility(provinces=("1",))}),
    (K.DUPLICATE_PROVINCE, "eligibility.provinces.1", {"eligibility": Eligibility(provinces=("17", "17"))}),
    (K.TEAM_MIN, "team.min", {"team": TeamRules(0)}),
    (K.TEAM_SIZES_OUT_OF_ORDER, "team.max", {"team": TeamRules(4, 3)}),
    (K.COMPOSITION_KIND, "team.composition.0", composition()),
    (K.COMPOSITION_KIND, "team.composition.0", composition(value="woman")),
    (K.COMPOSITION_KIND, "team.composition.0", composition(min=2)),
    (K.COMPOSITION_KIND, "team.composition.0", composition(max_same=1, min_different=2)),
    (K.COMPOSITION_NUMBER, "team.composition.0", composition(max_same=0)),
    (K.COMPOSITION_OUT_OF_ORDER, "team.composition.0", composition(value="woman", min=3, max=2)),
    (K.COMPOSITION_OVER_TEAM, "team.composition.0", composition(value="woman", min=5)),
    (
        K.UNKNOWN_PROVINCE,
        "team.composition.0.value",
        {"team": TeamRules(composition=(CompositionRule(PersonAttribute.PROVINCE, "Azuay", min=1),))},
    ),
    (K.DUPLICATE_QUESTION, "questions.1.code", {"questions": question("number")["questions"] * 2}),
    (
        K.CODE,
        "questions.0.code",
        {"questions": (Question("a:b", QuestionKind.NUMBER, both("A")),)},
    ),
    (K.KEY_NOT_FOR_KIND, "questions.0.max_words", question("number", max_words=5)),
    (K.KEY_NOT_FOR_KIND, "questions.0.min", question("short_text", min=Decimal(0))),
    (K.LIMIT, "questions.0.max_words", question("long_text", max_words=0)),
    (K.NUMBERS_OUT_OF_ORDER, "questions.0.max", question("number", min=Decimal(2), max=Decimal(1))),
    (K.OPTIONS_MISSING, "questions.0", question("choice", options=(Option("a", both("A")),))),
    (
        K.DUPLICATE_OPTION,
        "questions.0.options.1.code",
        question("multiple_choice", options=(Option("a", both("A")),) * 2),
    ),
    (
        K.CODE,
        "questions.0.options.0.code",
        question("choice", options=(Option("", both("A")), Option("b", both("B")))),
    ),
    (K.HOST_NAME, "questions.0.hosts.0", question("address", hosts=("https://github.com",))),
    (K.FILE_TYPES_MISSING, "questions.0", question("file", max_bytes=10)),
    (K.FILE_SIZE_MISSING, "questions.0", question("file", types=("pdf",))),
    (K.LIMIT, "questions.0.max_bytes", question("file", types=("pdf",), max_bytes=10**9)),
    (K.UNKNOWN_FILE_TYPE, "questions.0.types.0", question("file", types=("exe",), max_bytes=10)),
    (
        K.PAGES_WITHOUT_PDF,
        "questions.0.max_pages",
        question("file", types=("png",), max_bytes=10, max_pages=2),
    ),
    (K.UNKNOWN_CHALLENGE, "questions.0.challenges", question("number", challenges=("fuego",))),
    (K.NO_CRITERIA, "rubric.criteria", {"rubric": Rubric(()), **ties(SUBMITTED)}),
    (
        K.DUPLICATE_CRITERION,
        "rubric.criteria.1.code",
        {"rubric": Rubric((criterion("impacto"), criterion("impacto")))},
    ),
    (K.CODE, "rubric.criteria.0.group", rubric(group="a b")),
    (
        K.WEIGHTS_TOTAL,
        "rubric.criteria",
        {"rubric": Rubric((criterion("impacto", 45), criterion("b", 40), criterion("c", 10)))},
    ),
    (K.WEIGHTS_PARTLY, "rubric.criteria", {"rubric": Rubric((criterion("impacto", 100), criterion("b")))}),
    (
        K.WEIGHT_NEGATIVE,
        "rubric.criteria.1.weight",
        {"rubric": Rubric((criterion("impacto", 110), criterion("b", -10)))},
    ),
    (
        K.WEIGHTS_IN_SUM,
        "rubric.criteria.0.weight",
        {"rubric": Rubric((criterion("impacto", 100),), Aggregate.SUM)},
    ),
    (K.NOTHING_REQUIRED, "rubric.criteria", rubric(required=False)),
    (K.CAPS_WITHOUT_SUM, "rubric.caps.g", capped(Aggregate.WEIGHTED_MEAN, g=3)),
    (K.CAP_UNKNOWN_GROUP, "rubric.caps.h", capped(h=3)),
    (K.CAP_POSITIVE, "rubric.caps.g", capped(g=0)),
    (K.SCALE_KIND, "rubric.criteria.0.scale", rubric(scale=Scale())),
    (K.SCALE_KIND, "rubric.criteria.0.scale", rubric(scale=Scale(min=Decimal(1), values=numbers(1, 3)))),
    (K.SCALE_ENDS, "rubric.criteria.0.scale", rubric(scale=scale(1, None))),
    (K.SCALE_OUT_OF_ORDER, "rubric.criteria.0.scale", rubric(scale=scale(5, 5))),
    (K.STEP_POSITIVE, "rubric.criteria.0.scale.step", rubric(scale=scale(1, 5, 0))),
    (K.STEP_DOES_NOT_DIVIDE, "rubric.criteria.0.scale.step", rubric(scale=scale(1, 5, 3))),
    (K.VALUES_TOO_FEW, "rubric.criteria.0.scale.values", rubric(scale=Scale(values=numbers(1)))),
    (K.VALUES_NOT_ASCENDING, "rubric.criteria.0.scale.values", rubric(scale=Scale(values=numbers(1, 5, 3)))),
    (K.CHECKLIST_EMPTY, "rubric.criteria.0.scale.checklist", rubric(scale=Scale(checklist=()))),
    (K.CHECKLIST_POINTS, "rubric.criteria.0.scale.checklist", rubric(scale=Scale(checklist=numbers(1, 0)))),
    (
        K.CHECKLIST_TOO_FINE,
        "rubric.criteria.0.scale.checklist",
        rubric(scale=Scale(checklist=numbers(*(2**k / 64 for k in range(40))))),
    ),
    (K.OF_MAX_NEEDS_POSITIVE, "rubric.criteria.0.scale", rubric(scale=scale(-1, 1))),
    (
        K.ANCHOR_OFF_SCALE,
        "rubric.criteria.0.anchors.0.marks",
        rubric(anchors=(Anchor(numbers(1, 1.5), both("A")),)),
    ),
    (
        K.ANCHOR_TWICE,
        "rubric.criteria.0.anchors.1.marks",
        rubric(anchors=(Anchor(numbers(1), both("A")), Anchor(numbers(1, 2), both("B")))),
    ),
    (K.ITEMS_COUNT, "rubric.criteria.0.items", rubric(items=(both("A"),))),
    (K.SECTORS_WITHOUT_BALANCE, "method.sectors", {"method": Method(sectors={"public": Decimal(1)})}),
    (K.TRIM, "method.trim", {"method": Method(MethodName.TRIMMED_MEAN, trim=0)} | jury(3)),
    (K.TRIM_WITHOUT_TRIMMED, "method.trim", {"method": Method(trim=2)}),
    (K.TRIM_TAKES_ALL, "method.trim", {"method": Method(MethodName.TRIMMED_MEAN, trim=2)} | jury(4)),
    (K.EVALUATORS_FEW, "method.evaluators", evaluators(jury=1)),
    (K.EVALUATORS_WEIGHT, "method.evaluators.users", evaluators(jury=1, users=0)),
    (K.EVALUATORS_WITH_SUM, "method.evaluators", evaluators(MethodName.SUM, jury=1, users=1)),
    (K.UNKNOWN_SECTOR, "method.sectors.press", balanced(**dict.fromkeys((*FIVE, "press"), 1)) | jury(5)),
    (
        K.SECTOR_WEIGHT_NEGATIVE,
        "method.sectors.public",
        balanced(public=-1, academia=1),
    ),
    (K.SECTOR_WEIGHTS_MISSING, "method.sectors", balanced(public=1)),
    (K.SECTOR_WEIGHTS_ZERO, "method.sectors", balanced(public=0, academia=0)),
    (K.SECTOR_CANNOT_SIT, "method.sectors.private", balanced(public=1, academia=1, private=1)),
    (K.DUPLICATE_TIE_KEY, "tie_break.1", ties(SUBMITTED, SUBMITTED)),
    (K.TIE_CODE_MISSING, "tie_break.0", ties(TieKey(TieKeyKind.GROUP), SUBMITTED)),
    (K.TIE_CODE_UNEXPECTED, "tie_break.0.code", ties(TieKey(TieKeyKind.CHAIR, "impacto"), SUBMITTED)),
    (
        K.TIE_UNKNOWN_CRITERION,
        "tie_break.0.code",
        ties(TieKey(TieKeyKind.CRITERION, "precio"), SUBMITTED),
    ),
    (K.TIE_UNKNOWN_GROUP, "tie_break.0.code", ties(TieKey(TieKeyKind.GROUP, "impacto"), SUBMITTED)),
    (K.LOTTERY_KEYS_UNEXPECTED, "tie_break.0", ties(replace(SUBMITTED, seed="1"))),
    (K.LOTTERY_SEED_EMPTY, "tie_break.0.seed", ties(TieKey(TieKeyKind.LOTTERY, seed=""))),
    (K.AFTER_LOTTERY, "tie_break.1", ties(LOTTERY, SUBMITTED)),
    (
        K.DRAW_BEFORE_CLOSE,
        "tie_break.0.drawn_at",
        ties(replace(LOTTERY, drawn_at=CALENDAR.submission.closes + timedelta(minutes=15))),
    ),
    (K.DRAW_AFTER_RESULTS, "tie_break.0.drawn_at", ties(replace(LOTTERY, drawn_at=CALENDAR.results + DAY))),
    (K.CUT_OFF, "cut_off", {"cut_off": Decimal("100.000001")}),
    (
        K.CUT_OFF,
        "cut_off",
        {"rubric": Rubric((criterion("impacto"),), Aggregate.SUM), "cut_off": Decimal("5.5")},
    ),
    (K.CUT_OFF, "cut_off", {"method": Method(MethodName.SUM), "cut_off": Decimal(201)}),
    (K.CUT_OFF_OF_Z, "cut_off", {"method": Method(MethodName.Z_SCORE), "cut_off": Decimal(1)}),
    (K.JURY_SIZE, "jury.size", jury(0)),
    (K.JURY_SIZE, "jury.size", jury(26)),
    (K.JURY_BALANCE, "jury.balance", {"jury": JuryRules(3, balance=-1)}),
    (K.LANGUAGE_QUESTION, "jury.language_question", {"jury": JuryRules(3, language_question="idioma")}),
    (K.JURY_EXTRA, "jury.extra", {"jury": JuryRules(3, extra=-1)}),
    (K.JURY_EXTRA, "jury.extra", {"jury": JuryRules(3, extra=23)}),
    (
        K.EXTRA_TOO_MANY,
        "jury.extra",
        {"jury": JuryRules(4, dict.fromkeys(FIVE, SectorQuota(0, 1)), extra=2)},
    ),
    (K.DELIBERATION_SIZE, "jury.deliberation", {"jury": JuryRules(2, deliberation=Deliberation.NAMED)}),
    (K.GROUPS_SIZE, "jury.size", grouped(size=4)),
    (K.GROUPS_HAVE_OWN, "jury.extra", grouped(extra=1)),
    (K.GROUPS_HAVE_OWN, "jury.sectors", grouped(sectors={"public": SectorQuota(0, 1)})),
    (K.GROUP_UNKNOWN, "jury.groups.users", grouped() | evaluators(jury=1, press=1)),
    (K.GROUPS_MISSING, "jury.groups", grouped() | evaluators(jury=1, users=1, press=1)),
    (K.JURY_SIZE, "jury.groups.users.size", grouped(size=2, users=0)),
    (
        K.QUOTAS_TOO_MANY,
        "jury.groups.users.sectors",
        grouped(users=Evaluators(1, both("users"), {"public": SectorQuota(2)})),
    ),
    (
        K.TRIM_TAKES_ALL,
        "method.trim",
        grouped(size=4, jury=3) | evaluators(MethodName.TRIMMED_MEAN, jury=1, users=1),
    ),
    (
        K.SECTOR_CANNOT_SIT,
        "method.sectors.public",
        grouped(users=Evaluators(1, both("users"), {"public": SectorQuota(0, 0)}))
        | {
            "method": Method(
                MethodName.SECTOR_BALANCED,
                dict.fromkeys(FIVE, Decimal(1)),
                evaluators={"jury": Decimal(1), "users": Decimal(1)},
            )
        },
    ),
    (K.UNKNOWN_SECTOR, "jury.sectors.press", jury(3, press=(0, 1))),
    (K.QUOTA_NEGATIVE, "jury.sectors.public", jury(3, public=(-1, 1))),
    (K.QUOTA_OUT_OF_ORDER, "jury.sectors.public", jury(3, public=(2, 1))),
    (K.QUOTAS_TOO_MANY, "jury.sectors", jury(3, public=(2, None), academia=(2, None))),
    (K.QUOTAS_TOO_FEW, "jury.sectors", jury(6, **dict.fromkeys(FIVE, (0, 1)))),
    (
        K.DUPLICATE_PLACE,
        "prizes.2.place",
        {"prizes": (Prize(both("A"), 1), Prize(both("B")), Prize(both("C"), 1))},
    ),
    (K.PLACE, "prizes.0.place", {"prizes": (Prize(both("A"), 0),)}),
    (K.AMOUNT_NEGATIVE, "prizes.0.amount", {"prizes": (Prize(both("A"), 1, Decimal(-1), "USD"),)}),
    (K.CURRENCY, "prizes.0.currency", {"prizes": (Prize(both("A"), 1, Decimal(1)),)}),
    (K.CURRENCY, "prizes.0.currency", {"prizes": (Prize(both("A"), 1, Decimal(1), "USS"),)}),
    (K.WINNERS, "winners", {"winners": 0}),
    (K.APPEAL_DAYS, "appeals.days", {"appeals": Appeals(0)}),
    (K.APPEAL_DAYS, "appeals.days", {"appeals": Appeals(61)}),
    (K.HOLIDAY, "appeals.holidays.1", {"appeals": Appeals(5, holidays=("2026-12-25", "25 de diciembre"))}),
    *CONTRADICTIONS_OF_ROUNDS,
]

GAPS = [
    (K.NO_TITLE, "title", {"title": Bilingual()}),
    (K.NO_TITLE, "challenges.0.title", {"challenges": (Challenge("a", Bilingual()),)}),
    (K.NO_TITLE, "questions.0.title", {"questions": (Question("q", QuestionKind.NUMBER, Bilingual()),)}),
    (K.NO_CHALLENGES, "challenges", {"challenges": ()}),
    (K.NO_QUESTIONS, "questions", {"questions": ()}),
    (
        K.DRAFTS_WITHOUT_DECLARATION,
        "calendar.hand_in_drafts",
        {"calendar": replace(CALENDAR, hand_in_drafts=True)},
    ),
    (K.NO_STATEMENT, "questions.0", question("declaration")),
    (K.GROUPS_MISSING, "jury.groups", evaluators(jury=1, users=1)),
    (K.NO_TITLE, "jury.groups.users.title", grouped(users=Evaluators(1))),
    (K.NO_TIE_BREAK, "tie_break", ties()),
    (K.NO_DECIDER, "tie_break", ties(SUBMITTED, CHAIR)),
    (K.LOTTERY_SEED_LITERAL, "tie_break.0.seed", ties(replace(LOTTERY, seed="20260113"))),
    (K.LOTTERY_SOURCE_MISSING, "tie_break.1", ties(SUBMITTED, replace(LOTTERY, source=Bilingual()))),
    (K.LOTTERY_INSTANT_MISSING, "tie_break.0", ties(replace(LOTTERY, drawn_at=None))),
    *GAPS_OF_ROUNDS,
]

ADVICE = [
    (K.NOT_TRANSLATED, "title.en", {"title": Bilingual(es="Ríos")}),
    (K.NOT_TRANSLATED, "rubric.criteria.0.question.es", rubric(question=Bilingual(en="Why?"))),
    (
        K.SECTOR_MAY_LACK,
        "jury.sectors.public",
        balanced(public=1, academia=0)
        | jury(2, academia=(1,), private=(0, 0), civil_society=(0, 0), cooperation=(0, 0)),
    ),
    (K.METHOD_COMPARES, "method.name", {"method": Method(MethodName.BORDA)}),
    (K.NO_SUMMARY, "summary", {"summary": Bilingual()}),
    (K.NO_CONTACT, "contact_email", {"contact_email": ""}),
    (
        *(K.BLIND_FILE, "questions.0"),
        {"jury": replace(SOUND.jury, blind=True), **question("file", types=("pdf",), max_bytes=9)},
    ),
    (
        *(K.IDENTIFIES_IN_VAIN, "questions.0.identifies"),
        {"questions": (replace(SOUND.questions[0], identifies=True),)},
    ),
    *ADVICE_OF_ROUNDS,
]
