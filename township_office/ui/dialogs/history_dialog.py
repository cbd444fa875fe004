# SPDX-License-Identifier: MulanPSL-2.0
"""历史: everything that was done to one row, newest first: who, when, why, and each field from what to what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Register, Value
from township_office.core.text import t
from township_office.services import records
from township_office.services.office import Office
from township_office.services.records import Change, FieldChange
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.widgets import card, label, plain_button
from township_office.ui.words import number_words

_SIDE_BY_SIDE = 36  # characters, old and new together


class ChangesDialog(FramedDialog):
    """Only for reading: every change of one thing, whole or one field of it alone. read brings them, oldest first."""

    def __init__(self, number: str, title: str, read: Callable[[], list[Change]], parent: QWidget | None) -> None:
        super().__init__(t("form.history", number=number), parent)
        self._changes: list[Change] = []
        try:
            self._changes = read()
        except OfficeError as error:
            self.body.addWidget(label(str(error), "problem", wraps=True))
        if title:
            self.body.addWidget(label(title, "muted", wraps=True))
        self.field = self._build_filter()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(self._scroll, 1)
        close = plain_button(t("form.close"))
        close.clicked.connect(self.accept)
        self.add_to_foot(close)
        height = self._show().sizeHint().height()
        self.fit(QSize(640, min(236 + height, 640)))
        self._scroll.setFocus()  # ↑ ↓ and the page keys read on

    def _build_filter(self) -> QComboBox:
        """A choice of the fields that were ever changed; put away where there is nothing to choose."""
        choice = QComboBox()
        choice.setAccessibleName(t("past.filter"))
        choice.addItem(t("past.every_field"))
        choice.addItems(list(dict.fromkeys(_named(change, one) for change in self._changes for one in change.fields)))
        choice.currentIndexChanged.connect(self._show)
        row = QHBoxLayout()
        row.setSpacing(10)
        words = label(t("past.filter"), "label")
        row.addWidget(words)
        row.addWidget(choice)
        row.addStretch()
        self.body.addLayout(row)
        for widget in (words, choice):
            widget.setVisible(len(self._changes) > 1)
        return choice

    def _show(self) -> QWidget:
        """Show the changes of the chosen field, or all of them, newest first."""
        sought = self.field.currentText() if self.field.currentIndex() > 0 else ""
        inside = QWidget()
        inside.setObjectName("clear")
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 4, 0)
        box.setSpacing(12)
        for place, change in reversed(list(enumerate(self._changes))):
            fields = [one for one in change.fields if sought in ("", _named(change, one))]
            if fields or not sought:
                box.addWidget(_card(replace(change, fields=tuple(fields)), is_first=place == 0))
        if not box.count():
            box.addWidget(label(t("form.history_none"), "muted"))
        box.addStretch()
        self._scroll.setWidget(inside)
        return inside


class HistoryDialog(ChangesDialog):
    """The changes of a row and of all that belongs to it."""

    def __init__(
        self, office: Office, register: Register, row: Mapping[str, Value], parent: QWidget | None = None
    ) -> None:
        row_id, title = int(str(row["id"])), str(row["title"] or "")
        super().__init__(
            number_words(row) or title, title, lambda: records.whole_story(office, register, row_id), parent
        )


def _named(change: Change, one: FieldChange) -> str:
    """Return the name of a field, with the part of the paper it belongs to."""
    return f"{change.part}　{one.label}" if change.part else one.label


def _card(change: Change, *, is_first: bool) -> QWidget:
    sheet = card()
    box = QVBoxLayout(sheet)
    box.setContentsMargins(16, 12, 16, 12)
    box.setSpacing(8)
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(label(change.verb, "changeVerb"))
    if change.part:
        head.addWidget(label(change.whose))
        head.addStretch()
        head.addWidget(label(change.clerk, "muted"))
    else:
        head.addWidget(label(change.clerk))
        head.addStretch()
    head.addWidget(label(change.at.replace("T", " "), "muted"))
    box.addLayout(head)
    if change.why:
        box.addWidget(label(change.why, "", wraps=True))
    fields = [field for field in change.fields if field.old or field.new]
    if (is_first or change.part) and fields and not any(field.old for field in fields):
        if is_first:
            box.addWidget(label(t("form.history_first"), "label"))
        box.addLayout(_values(fields))
    elif fields:
        box.addLayout(_differences(fields))
    return sheet


def _values(fields: list[FieldChange]) -> QGridLayout:
    grid = _grid()
    for line, field in enumerate(fields):
        grid.addWidget(label(field.label, "label"), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(field.new, "", wraps=True), line, 1)
    return grid


def _differences(fields: list[FieldChange]) -> QGridLayout:
    """From what to what: side by side where it is short, one below the other where it is not."""
    grid = _grid()
    line = 0
    for field in fields:
        old, new = field.old or t("form.history_empty"), field.new or t("form.history_empty")
        is_short = len(old) + len(new) <= _SIDE_BY_SIDE and "\n" not in old + new
        grid.addWidget(label(field.label, "label"), line, 0, Qt.AlignmentFlag.AlignTop)
        before, after = (label(text, name, wraps=not is_short) for text, name in ((old, "oldValue"), (new, "")))
        arrow = label("→", "label")
        if is_short:
            row = QHBoxLayout()
            row.setSpacing(10)
            for widget in (before, arrow, after):
                row.addWidget(widget)
            row.addStretch()
            grid.addLayout(row, line, 1)
        else:
            grid.addWidget(before, line, 1)
            line += 1
            grid.addWidget(arrow, line, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(after, line, 1)
        line += 1
    return grid


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(5)
    grid.setColumnMinimumWidth(0, 64)
    grid.setColumnStretch(1, 1)
    return grid
