# SPDX-License-Identifier: MulanPSL-2.0
"""A month's roster from the first drawing to the day it is given out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.core.progress import Progress, silent
from township_office.registers.duty.calendar import FIRST_YEAR, LAST_YEAR
from township_office.registers.duty.month import (
    DRAFT,
    DRAWN,
    PUBLISHED,
    Change,
    Month,
    Shift,
    days_of,
    first_of,
    month_of,
)
from township_office.registers.duty.plan import Cells, Drawn, Half, Outcome
from township_office.services import tripwire
from township_office.services.office import Office, change
from township_office.services.records import checked_reason
from township_office.services.roster.tasks import Frame, cells_of, frame_of
from township_office.store import duty
from township_office.store.changelog import Pen

MOST_MONTHS = 12  # drawn at once


@dataclass(frozen=True)
class Roster:
    """A month as the screen, the paper and the verbs show it. month is None while nothing is drawn."""

    name: str  # 2026-10
    month: Month | None
    frame: Frame
    shifts: tuple[Shift, ...]
    changes: tuple[Change, ...]

    @cached_property
    def cells(self) -> Cells:
        """Return who stands where."""
        return cells_of(self.shifts, self.frame.task.slots, self.frame.lines)

    @property
    def outcome(self) -> Mapping[str, Any]:
        """Return what was proven when it was drawn: status, goals with reached and bound; {} for a hand-made one."""
        kept = self.month.outcome if self.month else None
        return json.loads(kept) if kept else {}


def checked_month(name: str) -> str:
    """Return the name of a month as it is kept (2026-10); raise OfficeError for anything else.

    A mistyped century is refused as well: what everybody brings along is counted from the first month there is.
    """
    try:
        first = first_of(clean_text(name))
    except ValueError:
        raise OfficeError("duty.bad_month") from None
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise OfficeError("duty.far_month", first=FIRST_YEAR, last=LAST_YEAR)
    return month_of(first)


def roster_of(office: Office, name: str) -> Roster:
    """Return a month's roster as it is now."""
    name = checked_month(name)
    days = days_of(name)
    month = duty.month(office.db, name)
    shifts = duty.shifts(office.db, days[0], days[-1]) if month else []
    changes = duty.changes(office.db, days[0], days[-1]) if month else []
    return Roster(name, month, frame_of(office, [name]), tuple(shifts), tuple(changes))


def months(office: Office) -> list[Month]:
    """Return every month there is a roster of, oldest first."""
    return duty.months(office.db)


def draw(office: Office, names: Sequence[str], progress: Progress = silent, seconds: float = 60.0) -> Drawn:
    """Draw the fairest roster of months that follow each other and keep it as a draft; locked cells stay.

    Nothing is written when nobody can fill it: the answer then holds the conflict. Raise OfficeError when a month is
    given out already, when there are no lines or no people; Cancelled.
    """
    from township_office.planning.drawing import draw as fairest

    names = [checked_month(name) for name in names][:MOST_MONTHS]
    frame = frame_of(office, names)
    _check_ready(office, frame)
    drawn = fairest(frame.task, progress, seconds)
    if drawn.outcome is Outcome.BOUND and not drawn.cells:
        raise OfficeError("duty.out_of_time")
    if drawn.outcome is not Outcome.INFEASIBLE:
        keep(office, frame, drawn)
    return drawn


def keep(office: Office, frame: Frame, drawn: Drawn) -> None:
    """Write a drawn roster as the draft of its months, in one transaction."""
    with change(office) as pen:
        for name in frame.months:
            outcome = json.dumps(outcome_of(drawn) | {"months": list(frame.months)}, ensure_ascii=False)
            _fill(pen, _month(pen, name, outcome), frame, drawn.cells)


def publish(office: Office, name: str, signed_by: str, today: date) -> Month:
    """Give a month's roster out: from now on it is changed with a reason only. Raise OfficeError while cells are empty.

    A roster that is given out twice stays as it was.
    """
    roster = roster_of(office, name)
    if roster.month is None:
        raise OfficeError("duty.nothing_drawn", month=roster.name)
    if roster.month.is_published:
        raise OfficeError("duty.published_already", month=roster.name)
    empty = next((slot for slot in roster.frame.task.slots if len(roster.cells.get(slot, ())) < slot.people), None)
    if empty is not None:
        raise OfficeError("duty.cell_empty", day=empty.day, line=empty.name)
    signed_by = clean_text(signed_by)
    tripwire.refuse("duty.signed_by", signed_by, clerk=office.clerk)
    if len(signed_by) > 20:
        raise OfficeError("error.clerk_name")
    values = {
        "state": PUBLISHED, "signed_by": signed_by, "published_at": datetime.now().isoformat(timespec="seconds"),
        "published_by": office.clerk,
    }  # fmt: skip
    with change(office) as pen:
        keep_places(pen, roster.month, _places_seen(roster), "publish")
        duty.change(pen, "month", roster.month.id, values, verb="publish")
    return _known(office, roster.name)


def reopen(office: Office, name: str, why: str) -> Month:
    """Make a month that was given out a draft again, for a reason; refused once a shift of it was changed."""
    month, days = _known(office, name), days_of(name)
    reason = checked_reason(why, office.clerk)
    if not reason:
        raise OfficeError("error.void_needs_reason")
    if duty.changes(office.db, days[0], days[-1]):
        raise OfficeError("duty.changed_since", month=name)
    with change(office) as pen:
        values = {"state": DRAFT, "published_at": None, "published_by": None}
        duty.change(pen, "month", month.id, values, verb="reopen", why=reason)
    return _known(office, name)


def outcome_of(drawn: Drawn) -> dict[str, Any]:
    """Return what was proven of a roster as it is kept beside it."""
    goals = {
        goal.name: {"reached": float(goal.reached), "bound": float(goal.bound), "is_proven": goal.is_proven}
        for goal in drawn.goals
    }
    return {"status": str(drawn.outcome), "goals": goals, "gaps": dict(drawn.gaps)}


def _check_ready(office: Office, frame: Frame) -> None:
    for name in frame.months:
        month = duty.month(office.db, name)
        if month is not None and month.is_published:
            raise OfficeError("duty.published_already", month=name)
    if not frame.lines:
        raise OfficeError("duty.no_lines")
    if not frame.task.members:
        raise OfficeError("duty.no_people")


def _month(pen: Pen, name: str, outcome: str) -> Month:
    month = duty.month(pen.db, name)
    if month is None:
        duty.add(
            pen,
            "month",
            {"month": name, "state": DRAFT, "entry": DRAWN, "outcome": outcome},
        )
    else:
        duty.change(pen, "month", month.id, {"outcome": outcome, "entry": DRAWN})
    kept = duty.month(pen.db, name)
    assert kept is not None
    return kept


def _fill(pen: Pen, month: Month, frame: Frame, cells: Cells) -> None:
    """Write the cells of a month as they were drawn; who was locked in one stays so."""
    wanted: dict[tuple[date, int, Half, int], dict[str, object]] = {}
    for slot, people in cells.items():
        if slot.day.strftime("%Y-%m") != month.month:
            continue
        for seat, person_id in enumerate(people, start=1):
            place = (slot.day, frame.lines[slot.line].id, slot.half, seat)
            is_kept = person_id in frame.task.locked.get(slot, ())
            wanted[place] = {"person_id": person_id, "kind": slot.kind, "is_locked": is_kept, "is_void": False}
    keep_places(pen, month, wanted)


def _places_seen(roster: Roster) -> dict[tuple[date, int, Half, int], dict[str, object]]:
    """Return the places that the lines and the calendar of today want: what was drawn before they changed is gone."""
    slots = roster.frame.places
    return {
        (one.day, one.line_id, one.half, one.seat): {
            "person_id": one.person_id, "kind": slot.kind, "is_locked": one.is_locked, "is_void": False,
        }
        for one in roster.shifts
        if (slot := slots.get((one.day, one.line_id, one.half))) is not None and one.seat <= slot.people
    }  # fmt: skip


def keep_places(
    pen: Pen, month: Month, wanted: Mapping[tuple[date, int, Half, int], Mapping[str, object]], verb: str = "draw"
) -> None:
    """Write a month's places by day, line, half and seat; those no longer wanted stay in the file, empty and unseen."""
    held = duty.all_of_month(pen.db, month.id)
    changed = {
        shift.id: wanted.get(place, {"person_id": None, "kind": shift.kind, "is_locked": False, "is_void": True})
        for place, shift in held.items()
    }
    duty.change_shifts(pen, changed, verb=verb)
    new = [place for place in wanted if place not in held]
    if new:
        columns: dict[str, list[object]] = {
            "month_id": [month.id] * len(new), "day": [place[0] for place in new],
            "line_id": [place[1] for place in new], "half": [place[2] for place in new],
            "seat": [place[3] for place in new], "person_id": [wanted[place]["person_id"] for place in new],
            "kind": [wanted[place]["kind"] for place in new],
            "is_locked": [wanted[place]["is_locked"] for place in new], "is_void": [False] * len(new),
        }  # fmt: skip
        duty.add_shifts(pen, columns, verb)


def _known(office: Office, name: str) -> Month:
    month = duty.month(office.db, checked_month(name))
    if month is None:
        raise OfficeError("duty.nothing_drawn", month=name)
    return month
