# SPDX-License-Identifier: MulanPSL-2.0
"""Old 值班表 by a verb: what would come in, what came in, what was not understood."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from township_office.cli.call import pair_of
from township_office.cli.verbs import Answer
from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers.duty.staff import Line
from township_office.services.office import Office
from township_office.services.roster import importing, old_sheets, staffing
from township_office.services.roster.old_sheets import Choices, OldPlan, Target


def take_sheets(options: argparse.Namespace, office: Office) -> Answer:
    """Take old sheets in, or say what would come of it."""
    sources = old_sheets.read_sheets(office, options.sources, date.today(), options.year)
    columns = dict(_column(words, staffing.lines(office)) for words in options.column or ())
    plan = old_sheets.plan_import(office, sources, Choices(columns=columns, replaces=options.replace))
    if plan.needs_year and options.year is None:
        raise OfficeError("old_roster_cli.needs_year")
    unknown = next((label for label in columns if label not in [one.label for one in plan.columns]), None)
    if unknown is not None:
        raise OfficeError("old_roster_cli.no_column", column=unknown, known="、".join(c.label for c in plan.columns))
    if options.dry_run:
        words = t("old_roster_cli.planned", count=len(plan.turns), months=_months(plan))
    else:
        taken = importing.run_import(office, plan, date.today())
        words = t("old_roster_cli.taken", count=taken.turns, months="、".join(taken.months), people=len(taken.people))
    said = [_problem_words(one) for one in as_plain(plan)["problems"]]
    return as_plain(plan) | {"dry_run": options.dry_run}, "\n".join([words, *said])


def as_plain(plan: OldPlan) -> dict[str, Any]:
    """Return a plan under its names of JSON."""
    return {
        "turns": len(plan.turns),
        "months": [
            {"month": one.name, "turns": one.turns, "standing": str(one.standing), "taken": one.is_taken}
            for one in plan.months
        ],
        "columns": [
            {"heading": one.label, "turns": one.turns, "line": one.target.name if one.target else None,
             "group": one.target.group if one.target else None,
             "is_new": one.target is not None and one.target.line_id is None}
            for one in plan.columns
        ],
        "people": [
            {"name": one.name, "fate": str(one.fate), "groups": list(one.groups), "turns": sum(one.turns.values()),
             "kinds": {str(kind): count for kind, count in one.turns.items()}}
            for one in plan.people
        ],
        "problems": [
            {"file": one.file, "sheet": one.sheet, "row": one.row or None, "why": one.why} for one in plan.problems
        ],
    }  # fmt: skip


def _column(words: str, lines: Sequence[Line]) -> tuple[str, Target | None]:
    """Read HEADING=LINE, HEADING=GROUP (a line that is kept no more), or HEADING= for one that is left out."""
    heading, name = pair_of(words)
    line = next((one for one in lines if one.name == name.strip()), None)
    if line is not None:
        return heading, old_sheets.target_of(line)
    return heading, Target(None, heading, name.strip()) if name.strip() else None


def _months(plan: OldPlan) -> str:
    return "、".join(one.name for one in plan.months if one.is_taken)


def _problem_words(problem: dict[str, Any]) -> str:
    place = "　".join(str(one) for one in (problem["file"], problem["sheet"]) if one)
    row = t("old_roster_cli.row", row=problem["row"]) if problem["row"] else ""
    return f"{place}{row}　{problem['why']}".strip("　")
