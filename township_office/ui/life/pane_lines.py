# SPDX-License-Identifier: MulanPSL-2.0
"""Lines of the detail pane: a reader, a reminder, a recipient, a step, each in calm columns. Enter opens its menu."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from township_office.core.fields import Value
from township_office.core.text import t
from township_office.registers.circulation import READING
from township_office.registers.distribution import is_signed
from township_office.services import circulation
from township_office.ui.widgets import Button, ElidedLabel, label

Row = dict[str, Value]
_WHEN, _BACK = 72, 72  # pixels: 11-20 10:02; 在外 12 天
_HEIGHT = 26
_CIRCLED_ONE = 0x2460


class PaneLine(Button):
    """A line of columns: the first takes the room there is, the others have a width of their own (0: as they need)."""

    menu_wanted = Signal(QPoint)

    def __init__(self, cells: Sequence[tuple[str, str, int]]) -> None:
        """cells: text, tone of the note ("" ink), width."""
        super().__init__()
        self.setObjectName("paneLine")
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("　".join(text for text, _, _ in cells))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for place, (text, tone, width) in enumerate(cells):
            cell = ElidedLabel(text, f"note-{tone}" if tone else "") if place == 0 else label(text, f"note-{tone}")
            if place == len(cells) - 1:
                cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            cell.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            if width:
                cell.setFixedWidth(width)
            row.addWidget(cell, 1 if place == 0 else 0)
        self.clicked.connect(lambda: self.menu_wanted.emit(self.mapToGlobal(QPoint(0, self.height()))))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button and the menu key open what Enter opens."""
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.menu_wanted.emit(self.mapToGlobal(QPoint(0, self.height())) if is_by_key else event.globalPos())


def handover_line(row: Row, post: str, today: date, *, copies: int) -> PaneLine:
    """书记 孙志强　11-20 10:02　11-20 16:40."""
    who = f"{post} {row['reader']}".strip()
    what = "" if row["purpose"] == READING else str(row["purpose"])
    if copies > 1 and row["sent_at"] is not None:
        what += circled(int(str(row["copy_no"])))
    first = [(who, "soft" if row["sent_at"] is None else "", 0), *([(what, "faint", 0)] if what else [])]
    if row["sent_at"] is None:
        return PaneLine([*first, (t("way.waits"), "faint", _WHEN), ("—", "faint", _BACK)])
    sent = (short_moment(row["sent_at"], today), "soft", _WHEN)
    if not circulation.is_out(row):
        return PaneLine([*first, sent, (short_moment(row["returned_at"], today), "green", _BACK)])
    days = circulation.days_out(row, today)
    words = t("way.out_days", days=days) if days > 0 else t("way.out_today")
    return PaneLine([*first, sent, (words, "amber", _BACK)])


def chase_line(row: Row, today: date) -> PaneLine:
    """11-20 09:15 李向东."""
    return PaneLine([(str(row["chased"]), "", 0), (short_moment(row["chased_at"], today), "soft", _WHEN)])


def recipient_line(row: Row, today: date) -> PaneLine:
    """张家村　2 份　王五 11-21."""
    copies = (t("way.copies", count=row["copy_count"]), "soft", 0)
    if not is_signed(row):
        return PaneLine([(str(row["unit"]), "", 0), copies, (t("way.unsigned"), "amber", 100)])
    signed = " ".join(filter(None, (str(row["receiver"] or ""), short_moment(row["received_at"], today)[:5])))
    return PaneLine([(str(row["unit"]), "", 0), copies, (signed, "green", 100)])


def circled(count: int) -> str:
    """Return ① for 1, as far as there are such signs."""
    return chr(_CIRCLED_ONE + count - 1) if 1 <= count <= 20 else f"({count})"


def short_moment(value: Value, today: date) -> str:
    """Return 11-20 10:02 of this year, 25-11-20 of another; "" for nothing."""
    text = str(value or "")
    return text[5:16] if text[:4] == str(today.year) else text[2:10]
