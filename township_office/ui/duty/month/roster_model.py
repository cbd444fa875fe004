# SPDX-License-Identifier: MulanPSL-2.0
"""A month as a table: a row is a day, a column one place of a line; a line for two people has two columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from township_office.core.text import t
from township_office.registers.duty.calendar import Day
from township_office.registers.duty.month import Shift
from township_office.registers.duty.plan import Half
from township_office.services.roster.months import Roster
from township_office.ui.words import weekday

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SHORT = 4  # characters: a name that every column has room for


@dataclass(frozen=True, slots=True)
class Place:
    """One column: a seat of a line's turn."""

    line_id: int
    half: Half
    seat: int
    title: str  # of the line's turn: 值班员, 值班员（夜班）


class RosterModel(QAbstractTableModel):
    """Shows a roster; what is changed is changed in the file and shown anew."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.roster: Roster | None = None
        self.places: tuple[Place, ...] = ()
        self.days: tuple[Day, ...] = ()
        self._shifts: dict[tuple[date, int, Half, int], Shift] = {}
        self._wanted: dict[tuple[date, int, Half], int] = {}
        self._names: Mapping[int, str] = {}
        self._changed: frozenset[int] = frozenset()
        self.doubts: Mapping[int, str] = {}  # which rule a shift breaks, in words

    def show_roster(self, roster: Roster, doubts: Mapping[int, str]) -> None:
        """Show a roster; the table keeps its shape, and so what is chosen, when only people changed."""
        places, days = _places(roster), roster.frame.days
        is_same = (places, [one.date for one in days]) == (self.places, [one.date for one in self.days])
        if not is_same:
            self.beginResetModel()
        self.roster, self.places, self.days, self.doubts = roster, places, days, doubts
        self._names = {one.id: one.name for one in roster.frame.people.values()}
        self._shifts = {(one.day, one.line_id, one.half, one.seat): one for one in roster.shifts}
        lines = roster.frame.lines
        self._wanted = {(s.day, lines[s.line].id, s.half): s.people for s in roster.frame.task.slots}
        self._changed = frozenset(one.shift_id for one in roster.changes)
        if is_same:
            self.dataChanged.emit(self.index(0, 0), self.index(len(days) - 1, len(places) - 1))
        else:
            self.endResetModel()

    # ---- what a cell is ----

    def shift(self, index: Index) -> Shift | None:
        """Return the shift of a cell, None while nothing is drawn or the line is not wanted that day."""
        if not index.isValid():
            return None
        place = self.places[index.column()]
        found = self._shifts.get((self.days[index.row()].date, place.line_id, place.half, place.seat))
        return found if self.is_wanted(index) else None

    def is_wanted(self, index: Index) -> bool:
        """Say whether somebody is needed there."""
        place = self.places[index.column()]
        return self._wanted.get((self.days[index.row()].date, place.line_id, place.half), 0) >= place.seat

    def name(self, person_id: int | None) -> str:
        """Return somebody's name."""
        return self._names.get(person_id or 0, "")

    def is_changed(self, shift: Shift) -> bool:
        """Say whether it was changed after the month was given out: 调."""
        return shift.id in self._changed

    def index_of(self, shift_id: int) -> QModelIndex:
        """Return the cell of a shift, an invalid one where it is not in this month."""
        for (day, line_id, half, seat), shift in self._shifts.items():
            if shift.id == shift_id:
                for column, place in enumerate(self.places):
                    if (place.line_id, place.half, place.seat) == (line_id, half, seat):
                        return self.index(day.day - 1, column)
        return QModelIndex()

    # ---- what Qt asks ----

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.days)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shift = self.shift(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(shift.person_id) if shift else ""
        if role == Qt.ItemDataRole.ToolTipRole and shift is not None:
            name = self.name(shift.person_id)
            said = name if len(name) > _SHORT else "", self.doubts.get(shift.id, "")
            return "\n".join(filter(None, said)) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            day, place = self.days[index.row()].date, self.places[index.column()]
            name = self.name(shift.person_id) if shift else ""
            return t("duty_tab.cell", month=day.month, day=day.day, line=place.title, name=name or t("duty_tab.empty"))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self.places[section].title if section < len(self.places) else None
        return f"{self.days[section].date.day} {weekday(self.days[section].date)}" if section < len(self.days) else None


def _places(roster: Roster) -> tuple[Place, ...]:
    """Return the columns: as many seats as the month has, which a line that was changed since may not have any more."""
    lines, seats = roster.frame.lines, dict[tuple[int, Half], int]()
    for at, line in enumerate(lines):
        turns = {(slot.half, slot.people) for slot in roster.frame.task.slots if slot.line == at}
        for half, people in sorted(turns or {(half, line.people) for half in line.halves}):
            seats[at, half] = people  # sorted: the most of a half is the last
    alone = Counter(at for at, _ in seats)
    return tuple(
        Place(lines[at].id, half, seat, _title(lines[at].name, half, is_alone=alone[at] == 1 or half is Half.WHOLE))
        for (at, half), people in seats.items()
        for seat in range(1, people + 1)
    )


def _title(name: str, half: Half, *, is_alone: bool) -> str:
    return name if is_alone else t(f"duty_tab.title_{half}", name=name)
