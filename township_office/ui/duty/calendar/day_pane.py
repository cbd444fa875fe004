# SPDX-License-Identifier: MulanPSL-2.0
"""Beside the year: what the chosen days are, and every holiday of the year in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.registers.duty.calendar import HOLIDAY_KINDS, LONGEST_NAME, Day, stretches
from township_office.registers.duty.plan import DayKind
from township_office.ui.duty.calendar.date_words import day_title, kind_words, span_words, spans_words
from township_office.ui.form.chips import ChipRow
from township_office.ui.widgets import ElidedLabel, LineButton, label, link_button, rule, scrolling_box

WIDTH = 300  # px


class DayPane(QFrame):
    """The kind of the chosen days as chips, the name of a holiday below; then the year's holidays."""

    set_to = Signal(DayKind)
    named = Signal(str)
    taken_back = Signal()
    wanted = Signal(date)  # a holiday of the list was pressed

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self._kinds = {t(f"duty_calendar.kind_{kind.value}"): kind for kind in DayKind}
        self.title, self.words = label("", "title"), ElidedLabel("", "muted")
        self.kind_label = label("", "label")
        self.kinds = ChipRow(tuple(self._kinds))
        self.name_label = label(t("duty_calendar.name"), "label")
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(t("duty_calendar.name_hint"))
        self.name.setAccessibleName(t("duty_calendar.name"))
        self.back = link_button(t("duty_calendar.back"))
        self.sum = label("", "muted")
        self._put_together()
        self.kinds.changed.connect(self._on_kind)
        self.name.textEdited.connect(self.named)
        self.back.clicked.connect(self.taken_back)

    def show_chosen(self, days: Sequence[Day]) -> None:
        """Show what these days are; a word that is typed at the moment stays under the hand."""
        first, last = days[0], days[-1]
        if len(days) == 1:
            self.title.setText(day_title(first.date))
        else:
            span = span_words(first.date, last.date)
            self.title.setText(t("duty_calendar.range_title", span=span, count=len(days)))
        self.words.show_text(t("duty_calendar.between").join(dict.fromkeys(map(kind_words, days))))
        self.kind_label.setText(t("duty_calendar.kind_label" if len(days) == 1 else "duty_calendar.kinds_label"))
        kinds = {day.kind for day in days}
        with QSignalBlocker(self.kinds):
            only = next(iter(kinds)) if len(kinds) == 1 else None
            self.kinds.choose(next((word for word, kind in self._kinds.items() if kind is only), ""))
        is_named = kinds <= set(HOLIDAY_KINDS)
        self.name_label.setVisible(is_named)
        self.name.setVisible(is_named)
        names = {day.name for day in days}
        if not self.name.hasFocus() or not is_named:
            self.name.setText(names.pop() if is_named and len(names) == 1 else "")
        self.back.setVisible(any(day.is_own for day in days))

    def show_year(self, days: Sequence[Day]) -> None:
        """List the holidays of a year, and how many days of each kind it has."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        found = stretches(days)
        for one in found:
            count = t("duty_calendar.days", count=len(one.off)) if one.off else ""
            name = one.name or t("duty_calendar.plain_makeup" if one.work else "duty_calendar.unnamed")
            line = LineButton(f"{name}　{spans_words(one.off)}", count)
            line.clicked.connect(partial(self.wanted.emit, min(one.off or one.work)))
            self._lines.addWidget(line)
            if one.work:
                self._lines.addWidget(_indented(t("duty_calendar.worked", days=spans_words(one.work))))
        if not found:
            self._lines.addWidget(_indented(t("duty_calendar.none")))
        counts = Counter(day.kind.value for day in days)
        self.sum.setText(t("duty_calendar.sum", **{kind.value: counts[kind.value] for kind in DayKind}))

    def forbid(self) -> None:
        """Only look: the file is read-only."""
        for widget in (self.kinds, self.name, self.back):
            widget.setEnabled(False)

    def _on_kind(self) -> None:
        kind = self._kinds.get(self.kinds.chosen())
        if kind is None:
            self.taken_back.emit()
        else:
            self.set_to.emit(kind)

    def _put_together(self) -> None:
        box = scrolling_box(self)
        box.setContentsMargins(16, 12, 12, 8)
        box.setSpacing(5)
        for widget in (self.title, self.words):
            box.addWidget(widget)
        box.addSpacing(4)
        parts: tuple[QWidget, ...] = (self.kind_label, self.kinds, self.name_label, self.name)
        for part in parts:
            box.addWidget(part)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(rule())
        box.addWidget(label(t("duty_calendar.holidays"), "section"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        box.addLayout(self._lines)
        box.addStretch()
        box.addWidget(rule())
        box.addWidget(self.sum)
        box.addWidget(label(t("duty_calendar.keys"), "hint", wraps=True))


def _indented(words: str) -> QWidget:
    line = label(words, "hint", wraps=True)
    line.setContentsMargins(9, 0, 8, 4)
    return line
