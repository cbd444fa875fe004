# SPDX-License-Identifier: MulanPSL-2.0
"""A month's roster as plain data and as lines of text, for the command line and for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from township_office.core.text import t
from township_office.planning.measuring import measure
from township_office.registers.duty.plan import Conflict, DayKind, Drawn, Fairness, Outcome
from township_office.services.roster.months import Roster, outcome_of


def as_plain(roster: Roster, drawn: Drawn | None = None) -> dict[str, Any]:
    """Return a roster under its names of JSON; drawn: what has just come of drawing it."""
    people, lines = roster.frame.people, {line.id: line for line in roster.frame.lines}
    changed = {one.shift_id for one in roster.changes}
    cells: dict[tuple[Any, ...], dict[str, Any]] = {}
    for shift in roster.shifts:
        line = lines.get(shift.line_id)
        if line is None or shift.person_id is None:
            continue
        cell = cells.setdefault((shift.day, roster.frame.lines.index(line), shift.half), {
            "date": shift.day.isoformat(), "kind": str(shift.kind), "line": line.name, "shift": str(shift.half),
            "people": [], "phones": [], "locked": False, "changed": False,
        })  # fmt: skip
        cell["people"].append(people[shift.person_id].name)
        cell["phones"].append(people[shift.person_id].phone)
        cell["locked"] |= shift.is_locked
        cell["changed"] |= shift.id in changed
    outcome = outcome_of(drawn) if drawn else roster.outcome
    conflict = drawn.conflict if drawn else None
    fairness = measure(roster.frame.task, roster.cells)
    return {
        "month": roster.name, "state": roster.month.state if roster.month else None,
        "status": outcome.get("status"), "goals": outcome.get("goals", {}), "gaps": outcome.get("gaps", {}),
        "cells": [cells[place] for place in sorted(cells)] if roster.month else [],
        "broken": _broken(roster, fairness) if roster.month else [], **_spread(fairness),
        "conflict": _conflict(roster, conflict) if conflict else None,
    }  # fmt: skip


def _broken(roster: Roster, fairness: Fairness) -> list[dict[str, Any]]:
    """Return the rules that do not hold: leave noted after the month was drawn, places that are empty."""
    people = roster.frame.people
    return [
        {
            "date": one.slot.day.isoformat(), "line": one.slot.name, "rule": one.rule,
            "person": people[one.member].name if one.member is not None else None,
        }
        for one in fairness.breaches
    ]  # fmt: skip


def _spread(fairness: Fairness) -> dict[str, Any]:
    """The widest spread of any group by kind: of this month's cells, and with the turns of former months."""

    def widest(spreads: Iterable[Mapping[DayKind, int]]) -> dict[str, int]:
        several = list(spreads)
        return {str(kind): max((one.get(kind, 0) for one in several), default=0) for kind in DayKind}

    groups = fairness.groups.values()
    return {
        "spread": widest(one.own for one in groups), "spread_carried": widest(one.spread for one in groups),
        "groups": {
            name: {
                "spread": widest([one.own]), "spread_carried": widest([one.spread]),
                "load_spread": float(one.load_spread), "shortest_gap": one.gap,
            }
            for name, one in fairness.groups.items()
        },
    }  # fmt: skip


def _conflict(roster: Roster, conflict: Conflict) -> dict[str, Any]:
    names = [roster.frame.people[one].name for one in conflict.members]
    dates = sorted({slot.day.isoformat() for slot in conflict.slots})
    return {"people": names, "dates": dates, "lines": sorted({slot.name for slot in conflict.slots}),
            "rules": list(conflict.rules), "words": conflict_words(roster.frame.people, conflict)}  # fmt: skip


def conflict_words(people: Mapping[int, Any], conflict: Conflict) -> str:
    """Return the smallest conflict as one sentence and what to do about it."""
    names = "、".join(people[one].name for one in conflict.members)
    said = (t("duty.day_line", month=one.day.month, day=one.day.day, line=one.name) for one in conflict.slots)
    days = "、".join(dict.fromkeys(said))  # the day and the night of one line are said once
    rules = "、".join(t(f"duty.rule_{rule}") for rule in conflict.rules)
    if not names:  # fewer in the group than a turn needs: nobody stands in the way
        return t("duty.conflict_few", days=days)
    return t("duty.conflict", names=names, days=days, rules=rules)


def words_of(roster: Roster, drawn: Drawn | None = None) -> str:
    """Return the roster as people read it on a terminal: a line a day."""
    if drawn is not None and drawn.outcome is Outcome.INFEASIBLE and drawn.conflict is not None:
        return conflict_words(roster.frame.people, drawn.conflict)
    days: dict[str, list[str]] = {}
    for cell in as_plain(roster)["cells"]:
        said = f"{cell['line']} {'、'.join(cell['people'])}"
        days.setdefault(f"{cell['date']} {t('duty.kind_' + cell['kind'])}", []).append(said)
    return "\n".join("\t".join([day, *said]) for day, said in days.items())
