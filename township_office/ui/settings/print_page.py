# SPDX-License-Identifier: MulanPSL-2.0
"""打印: the binding margin, the height of a row and who signs, with a small sheet that shows what they do."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.services.office import Office
from township_office.ui import theme
from township_office.ui.settings.settings_page import ValuesPage
from township_office.ui.widgets import NumberBox, label

_SIGNS = re.compile(r"\s*[、，,;；]\s*")
_A4 = (297, 210)  # mm, landscape: the register book
_KEYS = ("print.binding_mm", "print.row_mm", "print.signatures")


class PrintPage(ValuesPage):
    """Three settings of the printed register book."""

    def __init__(self, office: Office) -> None:
        super().__init__(t("setting.print"), t("setting.print_hint"), office, _KEYS)
        self.binding = self._millimetres(10, 60, self._old["print.binding_mm"])
        self.row = self._millimetres(6, 30, self._old["print.row_mm"])
        self.signatures = QLineEdit("、".join(_SIGNS.split(self._old["print.signatures"])))
        self.signatures.textChanged.connect(self._on_edited)
        self.picture = _Sheet()
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        for line, (name, widget) in enumerate(
            (
                (t("setting.binding"), self.binding),
                (t("setting.row_height"), self.row),
                (t("setting.signatures"), self.signatures),
            )
        ):
            widget.setAccessibleName(name)
            grid.addWidget(label(name, "label"), 2 * line, 0)
            grid.addWidget(widget, 2 * line + 1, 0)
        grid.setRowStretch(6, 1)
        row = QHBoxLayout()
        row.setSpacing(28)
        row.addLayout(grid, 2)
        row.addWidget(self.picture, 3, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(row)
        self.box.addStretch()
        self._on_edited()

    def values(self) -> dict[str, str]:
        """See ValuesPage."""
        names = [name for name in _SIGNS.split(clean_text(self.signatures.text())) if name]
        return {
            "print.binding_mm": str(self.binding.value()),
            "print.row_mm": str(self.row.value()),
            "print.signatures": ",".join(names),
        }

    def _millimetres(self, low: int, high: int, value: str) -> NumberBox:
        box = NumberBox(low, high, t("setting.mm"))
        box.setValue(int(value))
        box.valueChanged.connect(self._on_edited)
        return box

    def _on_edited(self) -> None:
        names = [name for name in self.values()["print.signatures"].split(",") if name]
        self.picture.draw(self.binding.value(), self.row.value(), names)
        self.edited.emit()


class _Sheet(QWidget):
    """The page in small, to scale."""

    def __init__(self) -> None:
        super().__init__()
        self._binding, self._row, self._names = 25, 9, list[str]()
        self.setFixedSize(QSize(330, 234))

    def draw(self, binding: int, row: int, names: list[str]) -> None:
        """Show these settings."""
        self._binding, self._row, self._names = binding, row, names
        self.setAccessibleName("、".join(names))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        scale = self.width() / _A4[0]
        painter = QPainter(self)
        painter.setPen(theme.colour("edge"))
        painter.setBrush(theme.colour("paper"))
        painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, _A4[1] * scale - 1))
        left, right, top = self._binding * scale, self.width() - 12 * scale, 30 * scale
        painter.fillRect(QRectF(1, 1, left - 1, _A4[1] * scale - 2), theme.colour("accent-soft"))
        painter.setPen(theme.colour("soft"))
        painter.setFont(theme.screen_font(11))
        heading = QRectF(left, 8 * scale, right - left, 16 * scale)
        painter.drawText(heading, Qt.AlignmentFlag.AlignCenter, t("setting.sheet"))
        painter.setPen(theme.colour("line"))
        bottom = (_A4[1] - 26) * scale
        line = top
        while line <= bottom:
            painter.drawLine(int(left), int(line), int(right), int(line))
            line += self._row * scale
        for share in (0, 0.1, 0.22, 0.38, 0.74, 0.86, 1):
            across = int(left + (right - left) * share)
            painter.drawLine(across, int(top), across, int(line - self._row * scale))
        painter.setPen(theme.colour("soft"))
        foot = QRectF(left, bottom + 2 * scale, right - left, 16 * scale)
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, "　　　　".join(f"{name}：" for name in self._names))
        painter.end()
