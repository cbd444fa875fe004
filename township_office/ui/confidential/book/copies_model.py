# SPDX-License-Identifier: MulanPSL-2.0
"""The copies of classified papers in a table: one line per 份号, in words made when they are first looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QObject, Qt

from township_office.core.fields import Field
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.confidential import CONFIDENTIAL, shown_record, title_place
from township_office.registers.custody import OUT, Copy
from township_office.registers.custody import State as Place
from township_office.registers.status import VOIDED, State
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.custody import Held, is_late
from township_office.ui.book.line_delegate import Index
from township_office.ui.book.table_model import NUMBER, STATUS
from township_office.ui.words import short_day

SERIAL, LEVEL, RECEIVED, SOURCE, CABINET, PAGE = "serial", "level", "received_on", "source", "cabinet_no", "title"
_TONES = {Place.IN_HAND: "green", Place.READING: "amber", Place.LENT: "amber"}


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One copy as the table shows it."""

    held: Held
    state: State
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """What a standing depends on besides the copy: now, and the office's hour by which papers are back."""

    now: datetime
    hour: str


class CopiesModel(QAbstractTableModel):
    """Shows the copies it was given, in their order. It hands out texts for painting only, none for copying away."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._helds: Sequence[Held] = ()
        self._lines: dict[int, CopyLine] = {}
        self._clock = Clock(datetime.min, "")
        self._year: int | None = None
        self._is_strict = True

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns from left to right."""
        return COLUMNS

    def show_copies(self, helds: Sequence[Held], clock: Clock, year: int | None, *, is_strict: bool) -> None:
        """Show these copies and nothing else; year: the one they were all received in, None for several."""
        self.beginResetModel()
        self._helds, self._clock, self._year, self._is_strict = helds, clock, year, is_strict
        self._lines = {}
        self.endResetModel()

    def take_time(self, clock: Clock) -> None:
        """Say anew how the copies stand."""
        self._clock, self._lines = clock, {}
        if self._helds:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._helds) - 1, len(COLUMNS) - 1))

    def forget(self) -> None:
        """Hold nothing any more."""
        self.show_copies((), Clock(datetime.min, ""), None, is_strict=True)

    def held(self, position: int) -> Held:
        """Return the copy at a place in the table."""
        return self._helds[position]

    def position_of(self, paper_id: int, serial: str = "") -> int | None:
        """Return where a copy stands (without serial the first of the paper), None when it is not among those shown."""
        for place, held in enumerate(self._helds):
            if held.paper.id == paper_id and serial in ("", held.copy.serial):
                return place
        return None

    def line(self, position: int) -> CopyLine:
        """Return the copy at a place in the table, in words."""
        line = self._lines.get(position)
        if line is None:
            line = self._lines[position] = self._line(self._helds[position])
        return line

    def _line(self, held: Held) -> CopyLine:
        paper, copy = held.paper, held.copy
        record = shown_record(paper.record, is_strict=self._is_strict)
        received = record["received_on"]
        assert isinstance(received, date)
        state = standing_pill(paper, copy, self._clock)
        texts = {
            NUMBER: paper.number,
            SERIAL: copy.serial,
            LEVEL: level_words(paper),
            RECEIVED: short_day(received, self._year) if self._year else received.isoformat(),
            SOURCE: str(record["sender"] or record["source_class"] or ""),
            CABINET: copy.cabinet_no,
            PAGE: short_title_place(paper, is_strict=self._is_strict),
            STATUS: state.label,
        }
        return CopyLine(held, state, tuple(texts[column.name] for column in COLUMNS))

    # ---- what Qt asks ----

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._helds)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.line(index.row()).texts[index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].label
        return None


def _columns() -> tuple[Field, ...]:
    label = {field.name: field.label for field in CONFIDENTIAL.fields}
    return (
        Field(NUMBER, CONFIDENTIAL.number_label, width=11),
        Field(SERIAL, label["copy_serial"], width=10),
        Field(LEVEL, t("custody_book.level"), width=12),
        Field(RECEIVED, label["received_on"], width=10),
        Field(SOURCE, t("custody_book.source"), width=6),
        Field(CABINET, label["cabinet_no"], width=7),
        Field(PAGE, t("custody_book.page"), width=16),
        Field(STATUS, t("custody_book.place"), width=24),
    )


COLUMNS = _columns()


def standing_pill(paper: Paper, copy: Copy, clock: Clock) -> State:
    """Return where a copy is, as its pill says it: 在柜, 传阅 孙志强 09:15, 借出 何文斌 至11-25, 已清退 …"""
    if paper.void is not None:
        return VOIDED
    key, words = copy.state.value, t(f"custody_book.{copy.state}")
    if copy.state in OUT:
        late = is_late(copy, clock.now, clock.hour)
        words = t(f"custody_book.pill_{copy.state}", holder=copy.holder, when=_when(copy, clock.now))
        return State(key, words, "red" if late else "amber")
    return State(key, words, _TONES.get(copy.state, "grey"))


def short_title_place(paper: Paper, *, is_strict: bool) -> str:
    """Return what stands for the title without its brackets and the words that are the same in every line."""
    words = title_place(paper.record, is_strict=is_strict)
    return words.removeprefix(t("custody_book.title_begins")).removesuffix(t("custody_book.title_ends"))


def level_words(paper: Paper) -> str:
    """Return level and period: 机密 10年."""
    fields = ("secrecy_level", "secrecy_period")
    return " ".join(filter(None, (show(CONFIDENTIAL.field(name), paper.record[name]) for name in fields)))


def _when(copy: Copy, now: datetime) -> str:
    """Of a copy given to read: the time, its day where that is not today. Of one that was lent: when it is due."""
    if copy.state is Place.LENT:
        return short_day(date.fromisoformat(copy.due_on), now.year)
    day = date.fromisoformat(copy.since[:10])
    return copy.since[11:16] if day == now.date() else short_day(day, now.year)
