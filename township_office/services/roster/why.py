# SPDX-License-Identifier: MulanPSL-2.0
"""为什么是他, in a sentence anybody can check: what he had had before, what the others had, and who could not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from township_office.core.text import t
from township_office.planning.why import why
from township_office.registers.duty.month import Shift
from township_office.registers.duty.plan import Rival, Why
from township_office.services.roster.months import Roster
from township_office.services.roster.weighing import Scale, slot_of

_NAMED = 4  # people named for one reason, before it is "and so many more"


def why_words(roster: Roster, scale: Scale, shift: Shift) -> str:
    """Return why somebody has a turn; "" where nobody has it."""
    slot = slot_of(roster, shift)
    if slot is None or shift.person_id is None or shift.person_id not in roster.cells.get(slot, ()):
        return ""
    found = why(roster.frame.task, roster.cells, slot, shift.person_id)
    kind = t(f"duty.kind_{slot.kind}")
    said = [_begin(roster, shift, found), t("duty_why.had", kind=kind, count=found.chosen.turns)]
    said.append(_compared(roster, found, kind))
    said.append(_unable(roster, scale, shift.day, found.unable))
    days = found.chosen.days_since(shift.day)
    if days is not None:
        said.append(t("duty_why.rested", days=days - 1))
    return "".join(one for one in said if one) + t("duty_why.end")


def _begin(roster: Roster, shift: Shift, found: Why) -> str:
    last = next((one for one in reversed(roster.changes) if one.shift_id == shift.id), None)
    if last is not None and last.from_id is not None:
        name = roster.frame.people[last.from_id].name
        return t(f"duty_why.by_{last.kind}", name=name, reason=last.reason.rstrip("。"))
    return t("duty_why.locked") if found.is_locked else ""


def _compared(roster: Roster, found: Why, kind: str) -> str:
    """Say how he stood among those who could have had the turn as well."""
    able = [*found.fuller, *found.others]
    if not able:
        return t("duty_why.alone")
    fewest, most = min(one.turns for one in able), max(one.turns for one in able)
    if found.others:
        less = [one for one in found.others if one.turns < found.chosen.turns]
        if less:
            counts = sorted(found.after.values())
            key = "evened" if counts[-1] - counts[0] <= 1 else "less"
            return t(f"duty_why.{key}", names=_names(roster, less), after=_range(counts), kind=kind)
        return t("duty_why.alike", names=_names(roster, found.others))
    if fewest == most == found.chosen.turns:
        return t("duty_why.least_load")
    return t("duty_why.least", fewest=fewest) if fewest > found.chosen.turns else t("duty_why.among_least")


def _range(counts: Sequence[int]) -> str:
    return str(counts[0]) if counts[0] == counts[-1] else t("duty_why.range", least=counts[0], most=counts[-1])


def _unable(roster: Roster, scale: Scale, day: date, unable: Sequence[Rival]) -> str:
    """Say who could not, each by the first thing that kept him from it."""
    by_rule: dict[str, list[Rival]] = {}
    for one in unable:
        by_rule.setdefault(one.rules[0], []).append(one)
    said = []
    for rule, those in by_rule.items():
        if rule == "away":
            said += _away(roster, scale, day, those)
        else:
            said.append(t(f"duty_why.not_{rule}", names=_names(roster, those)))
    return t("duty_why.unable", reasons=t("duty_why.joint").join(said)) if said else ""


def _away(roster: Roster, scale: Scale, day: date, those: Sequence[Rival]) -> list[str]:
    by_word: dict[str, list[Rival]] = {}
    for one in those:
        by_word.setdefault(scale.why_away(one.member, day), []).append(one)
    return [t("duty_why.not_away", names=_names(roster, some), why=word) for word, some in by_word.items()]


def _names(roster: Roster, those: Sequence[Rival]) -> str:
    names = [roster.frame.people[one.member].name for one in those]
    shown = t("duty_why.and").join(names[:_NAMED])
    return shown if len(names) <= _NAMED else t("duty_why.more", names=shown, count=len(names))
