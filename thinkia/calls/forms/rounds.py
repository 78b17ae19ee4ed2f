"""The rounds of a call. Rubric, method, ties and jury of a round's own stay in the call file."""

from dataclasses import replace
from decimal import Decimal
from itertools import starmap
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, IntegerField, SelectChoice, SelectField
from wtforms.validators import Optional

from thinkia.calls.forms.parts import (
    ExactField,
    Row,
    add_error,
    both_data,
    both_of,
    kept,
    moment_data,
    moment_field,
    short,
    whole_number,
    with_blanks,
)
from thinkia.calls.forms.section import Section, with_items
from thinkia.calls.wording.changes import NAMES, own_rules
from thinkia.calls.wording.rounds import pools_of
from thinkia.domain.bases import Bases, Round, Window
from thinkia.domain.bases_check.rounds import parts_everybody
from thinkia.domain.rounds import Advance, AtLine, EarlierMarks, PoolBy, Pools

COUNTED = ("top", "top_per_pool")
ADVANCES = [
    SelectChoice("", _l("Nobody: this is the last round")),
    SelectChoice("top", _l("The first ones, so many in all")),
    SelectChoice("top_per_pool", _l("The first ones, so many of each pool")),
    SelectChoice("cut_off", _l("Whoever reaches the cut-off")),
    SelectChoice("by_hand", _l("Whom people name, each with a reason")),
]
MOST = 100_000


class RoundRow(Row):
    """A round; ``was`` is the code of the one that it was, whose other rules stay."""

    code = short(_l("Code"))
    title_es = short()
    title_en = short()
    evaluation_opens = moment_field()
    evaluation_closes = moment_field()
    pools = SelectField(_l("Pools"))
    advance = SelectField(_l("Who goes on"), choices=ADVANCES)
    advance_top = IntegerField(_l("How many"), [Optional(), whole_number(1, MOST)])
    advance_cut_off = ExactField(_l("Cut-off"), [Optional()])
    at_line = SelectField(
        _l("A place shared at the line"),
        choices=[SelectChoice(one.value, NAMES[one]) for one in AtLine],
        default=AtLine.REFUSE.value,
    )
    waiting = IntegerField(_l("Waiting list"), [Optional(), whole_number(0, MOST)])
    marks = SelectField(
        _l("Earlier marks"),
        choices=[SelectChoice(one.value, NAMES[one]) for one in EarlierMarks],
        default=EarlierMarks.RESET.value,
    )
    share = ExactField(_l("Share of the round"), [Optional()])
    place = IntegerField(_l("Order"), [Optional(), whole_number(1, 99)])
    was = HiddenField()

    @property
    def order(self) -> tuple[int, ...]:
        """By the number: what is new or moves up comes before what stands there; what moves down, after."""
        shown, typed = self.place.object_data, self.place.data
        if typed is None:
            return (MOST, 0)
        return (typed, 0 if typed == shown else -1 if shown is None or typed < shown else 1)

    @property
    def is_kept(self) -> bool:
        typed = (self.was, self.code, self.title_es, self.title_en, self.advance, self.pools)
        return not self.remove.data and any(field.data for field in typed)

    def check(self, zone: ZoneInfo) -> bool:
        """Whether the window is whole, and what is typed belongs to the way in which proposals go on."""
        moments = [self.evaluation_opens.form, self.evaluation_closes.form]
        wanted = any(each.is_typed for each in moments)
        whole = [each.check(zone, required=wanted) for each in moments]
        way, number, line = self.advance.data, self.advance_top, self.advance_cut_off
        if way in COUNTED and number.data is None:
            add_error(number, _l("Write how many go on."))
        if way == "cut_off" and line.data is None:
            add_error(line, _l("Write the score to reach."))
        if way not in COUNTED and number.data is not None:
            add_error(number, _l("Leave this empty: nobody is counted in this way."))
        if way in {"", "by_hand"} and line.data is not None:
            add_error(line, _l("Leave this empty: no score decides in this way."))
        return all(whole) and not (number.errors or line.errors)

    def typed(self, saved: Round, zone: ZoneInfo) -> Round:
        """The round with what was typed; what has no field here is as in ``saved``."""
        opens, closes = (
            self[f"evaluation_{edge}"].form.instant(zone, getattr(saved.evaluation, edge, None))
            for edge in ("opens", "closes")
        )
        share = self.share.data
        return replace(
            saved,
            code=self.code.data or "",
            title=both_of(self, "title"),
            evaluation=Window(opens, closes) if opens else None,
            pools=_pools(self.pools.data),
            advance=self._advance(),
            at_line=AtLine(self.at_line.data),
            waiting=self.waiting.data or 0,
            marks=EarlierMarks(self.marks.data),
            share=Decimal(1) if share is None else share,
        )

    def _advance(self) -> Advance | None:
        way = self.advance.data
        if not way:
            return None
        number: dict[str, Any] = {way: self.advance_top.data} if way in COUNTED else {}
        return Advance(**number, cut_off=self.advance_cut_off.data, by_hand=way == "by_hand")


class Rounds(Section):
    """One round after the other: when, in which pools, who goes on, and what earlier marks count."""

    keys = ("rounds",)
    rounds = FieldList(FormField(RoundRow))

    def offer(self, bases: Bases) -> None:
        self.zone = ZoneInfo(bases.time_zone)
        self.own = {one.code: own_rules(bases, one) for one in bases.rounds}
        known = [Pools(PoolBy.QUESTION, one.code) for one in bases.questions if parts_everybody(one)]
        known += [one.pools for one in bases.rounds if one.pools and one.pools.by is PoolBy.LIST]
        words = {_pools_code(one): pools_of(bases, one) for one in [Pools(PoolBy.CHALLENGE), *known]}
        choices = [SelectChoice("", _l("None: all in one order")), *starmap(SelectChoice, words.items())]
        for entry in self.rounds:
            entry.form.pools.choices = choices

    @classmethod
    def data_of(cls, bases: Bases) -> dict[str, Any]:
        zone = ZoneInfo(bases.time_zone)
        rows = with_blanks([{"place": n, **_row_data(one, zone)} for n, one in enumerate(bases.rounds, 1)])
        return {"rounds": rows if bases.rounds else with_blanks(rows)}  # one round alone is none

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        checks = [row.check(self.zone) for row in kept(self.rounds)]
        return sound and all(checks)

    def typed(self, bases: Bases) -> Bases:
        known = {one.code: one for one in bases.rounds}
        rows = (
            row.typed(known.get(row.was.data) or known.get(row.code.data) or Round(""), self.zone)
            for row in kept(self.rounds)
        )
        return with_items(bases, "rounds", rows)


def _row_data(one: Round, zone: ZoneInfo) -> dict[str, Any]:
    rule = one.advance or Advance()
    ways = {"top": rule.top, "top_per_pool": rule.top_per_pool, "by_hand": rule.by_hand, "cut_off": True}
    return {
        "code": one.code,
        "was": one.code,
        **both_data("title", one.title),
        "evaluation_opens": moment_data(getattr(one.evaluation, "opens", None), zone),
        "evaluation_closes": moment_data(getattr(one.evaluation, "closes", None), zone),
        "pools": _pools_code(one.pools) if one.pools else "",
        "advance": next(way for way, chosen in ways.items() if chosen) if one.advance else "",
        "advance_top": rule.top or rule.top_per_pool,
        "advance_cut_off": rule.cut_off,
        "at_line": one.at_line.value,
        "waiting": one.waiting,
        "marks": one.marks.value,
        "share": one.share,
    }


def _pools_code(pools: Pools) -> str:
    return f"{pools.by.value}:{pools.question}"


def _pools(code: str) -> Pools | None:
    by, _colon, question = code.partition(":")
    return Pools(PoolBy(by), question) if by else None
