# SPDX-License-Identifier: MulanPSL-2.0
"""What a change by hand costs, before it is made: how even the group was and would be, and which rules it would break.

Nothing is forbidden but two turns on one day: an office knows more than a program. It is only told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from township_office.core.text import t
from township_office.planning.measuring import measure
from township_office.registers.duty.month import Shift
from township_office.registers.duty.plan import Breach, Cells, DayKind, Fairness, Half, Slot, Standing
from township_office.registers.duty.staff import ABSENT, Away, Line
from township_office.services.office import Office
from township_office.services.roster.months import Roster
from township_office.services.roster.tasks import cells_of, frame_of
from township_office.store import duty

ONE_A_DAY = "one_a_day"
_SEATS = ("seats", "locked")  # said by the empty cell itself; a hand may do what a lock keeps the program from
_LONGEST = 3  # rules said in one line


@dataclass(frozen=True, slots=True)
class Cost:
    """What a change does to one group. broken: what it breaks beyond what is broken now, in words."""

    group: str
    before: Standing
    after: Standing
    broken: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def is_forbidden(self) -> bool:
        """Whether somebody would have two turns on one day."""
        return ONE_A_DAY in self.rules

    @property
    def worth(self) -> tuple[int, int, Fraction, int]:
        """Return what changes are ranked by: rules first, then as a roster is judged."""
        wide = sum(max(spread - 1, 0) for spread in self.after.spread.values())
        return len(self.rules), wide, self.after.load_spread, sum(self.after.spread.values())

    @property
    def tone(self) -> str:
        """Return the tone it is said in: amber where it breaks a rule or is less even, green where it is more even."""
        more, less = _evenness(self.after), _evenness(self.before)
        if self.rules or more > less:
            return "amber"
        return "green" if more < less else "soft"


class Scale:
    """Weighs changes of one roster; made anew when the roster has changed."""

    def __init__(self, roster: Roster, aways: Sequence[Away]) -> None:
        self._roster, self._aways = roster, aways
        self.now = fairness_of(roster)
        self._broken = {_key(one) for one in self.now.breaches}

    def cost(self, changed: Mapping[int, int | None], line: Line) -> Cost:
        """Return what it costs the group of a line to have these people in these shifts."""
        after = fairness_of(self._roster, changed)
        new = [one for one in after.breaches if _key(one) not in self._broken and one.rule not in _SEATS]
        words = tuple(dict.fromkeys(self.words(one) for one in new))
        rules = tuple(one.rule for one in new)
        if self._is_twice(changed) and ONE_A_DAY not in rules:  # both on the same line
            rules = (*rules, ONE_A_DAY)
        nothing, group = Standing((), {}, {}, 0, Fraction(0), None), line.group
        return Cost(group, self.now.groups.get(group, nothing), after.groups.get(group, nothing), words, rules)

    def exchange(self, first: Shift, second: Shift) -> Cost:
        """Return what it costs to let two turns change their people."""
        line = next(one for one in self._roster.frame.lines if one.id == first.line_id)
        return self.cost({first.id: second.person_id, second.id: first.person_id}, line)

    def _is_twice(self, changed: Mapping[int, int | None]) -> bool:
        """Say whether somebody would have two turns on a day that is changed."""
        days = {one.day for one in self._roster.shifts if one.id in changed}
        there = [(one.day, changed.get(one.id, one.person_id)) for one in self._roster.shifts if one.day in days]
        taken = [place for place in there if place[1] is not None]
        return len(set(taken)) < len(taken)

    def doubts(self) -> dict[int, str]:
        """Return which shifts break a rule as they are now, in words."""
        said: dict[int, list[str]] = {}
        for breach in self.now.breaches:
            slot, line = breach.slot, self._roster.frame.lines[breach.slot.line].id
            for shift in self._roster.shifts:
                is_here = (shift.day, shift.line_id, shift.half) == (slot.day, line, slot.half)
                if is_here and breach.member is not None and shift.person_id == breach.member:
                    said.setdefault(shift.id, []).append(self.words(breach))
        return {shift_id: "\n".join(words) for shift_id, words in said.items()}

    def words(self, breach: Breach) -> str:
        """Return a rule that is broken in words: 李向东 10月3日请假."""
        slot, people = breach.slot, self._roster.frame.people
        name = people[breach.member].name if breach.member is not None else t("duty.nobody")
        said = {"name": name, "month": slot.day.month, "day": slot.day.day, "group": slot.group}
        if breach.rule == "away":
            return t("duty_weigh.away", **said, why=self.why_away(breach.member, slot.day))
        return t(f"duty_weigh.{breach.rule}", **said)

    def why_away(self, person_id: int | None, day: date) -> str:
        """Return why somebody is not there on a day: 请假, 培训 …"""
        mine = (one for one in self._aways if one.person_id == person_id and one.kind in ABSENT)
        kind = next((one.kind for one in mine if one.first_on <= day <= one.last_on), None)
        return kind or t("duty_weigh.not_here")


def scale_of(office: Office, roster: Roster) -> Scale:
    """Return the scale of a roster."""
    days = roster.frame.days
    return Scale(roster, duty.aways(office.db, days[0].date, days[-1].date))


def fairness_of(roster: Roster, changed: Mapping[int, int | None] | None = None) -> Fairness:
    """Return how even a roster is, or would be with these people in these shifts."""
    return measure(roster.frame.task, cells_with(roster, changed or {}))


def cells_with(roster: Roster, changed: Mapping[int, int | None]) -> Cells:
    """Return who stands where once these people are in these shifts."""
    shifts = [replace(one, person_id=changed[one.id]) if one.id in changed else one for one in roster.shifts]
    return cells_of(shifts, roster.frame.task.slots, roster.frame.lines)


def slot_of(roster: Roster, shift: Shift) -> Slot | None:
    """Return the slot that a shift is a place of."""
    return roster.frame.places.get((shift.day, shift.line_id, Half(shift.half)))


def cost_words(cost: Cost) -> str:
    """Return a cost in one line: what becomes wider or closer, and what is broken."""
    said = []
    if cost.before.load_spread != cost.after.load_spread:
        before, after = figure(cost.before.load_spread), figure(cost.after.load_spread)
        said.append(t("duty_weigh.load", before=before, after=after))
    for kind in DayKind:
        had, has = cost.before.spread.get(kind, 0), cost.after.spread.get(kind, 0)
        if had != has:
            said.append(t("duty_weigh.kind", kind=t(f"duty.kind_{kind}"), before=had, after=has))
    said += cost.broken[:_LONGEST]
    return t("duty_weigh.joint").join(said) if said else t("duty_weigh.same")


def figure(load: Fraction) -> str:
    """Return a load as it is read: 27, 27.5."""
    return f"{float(load):.2f}".rstrip("0").rstrip(".")


def proof_of(office: Office, roster: Roster) -> tuple[str, str]:
    """Return how far it is proven that nothing is fairer than the roster as it is now, in words, and their tone.

    What was proven when it was drawn is compared with the roster of today: a hand may have changed it since.
    """
    outcome = roster.outcome
    if roster.month is None or not outcome.get("goals"):
        return ("", "soft") if roster.month is None else (t("duty_weigh.by_hand"), "soft")
    now, goals = _now_of_all(office, roster, outcome.get("months", ())), outcome["goals"]
    over = [
        max(reached - goals[name]["bound"], 0)
        for name, reached in (("guard", float(now.guard)), ("load", float(now.load)), ("kinds", float(now.kinds)))
        if name in goals
    ]
    if not any(over):
        return t("duty_weigh.proven"), "green"
    drawn = [goals[name]["reached"] - goals[name]["bound"] for name in ("guard", "load", "kinds") if name in goals]
    if over == drawn:
        return t("duty_weigh.bound", most=figure(Fraction(over[1]).limit_denominator(100))), "amber"
    return t("duty_weigh.less_even"), "amber"


def _now_of_all(office: Office, roster: Roster, months: Iterable[str]) -> Fairness:
    """Return how even all the months are that were drawn together."""
    names = list(months)
    if names in ([], [roster.name]):
        return fairness_of(roster)
    frame = frame_of(office, names)
    shifts = duty.shifts(office.db, frame.days[0].date, frame.days[-1].date)
    return measure(frame.task, cells_of(shifts, frame.task.slots, frame.lines))


def _key(breach: Breach) -> tuple[object, ...]:
    return breach.member, breach.slot.day, breach.slot.line, breach.slot.half, breach.rule


def _evenness(standing: Standing) -> tuple[int, Fraction, int]:
    wide = sum(max(spread - 1, 0) for spread in standing.spread.values())
    return wide, standing.load_spread, sum(standing.spread.values())
