# SPDX-License-Identifier: MulanPSL-2.0
"""档案打印: how catalogues are bound, and the measures the standard leaves to the office and its county archive."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QHBoxLayout, QWidget

from township_office.core.text import t
from township_office.services.office import Office
from township_office.ui import theme
from township_office.ui.settings.settings_page import ValuesPage
from township_office.ui.widgets import NumberBox, label

_AREA = "archive.print."
_CHOICES = {
    "binding": ("retention", "class", "year"),
    "box_front": ("a4", "box"),
    "stamp_colour": ("black", "red"),
}
_LENGTHS = {
    "front_top": (40, 250), "spine_length": (150, 310), "label_left": (0, 100), "label_top": (0, 100),
    "label_gap_across": (0, 50), "label_gap_down": (0, 50), "stamp_top": (0, 250), "stamp_shift": (-80, 80),
}  # fmt: skip
_NAMES = ("binding", "remark_length", *_CHOICES, *_LENGTHS)
_A4, _STAMP = (210, 297), (45, 16)  # mm


class ArchivePrintPage(ValuesPage):
    """The settings of the archive's printed sheets, with a sheet of labels in small."""

    def __init__(self, office: Office) -> None:
        keys = tuple(dict.fromkeys(_AREA + name for name in _NAMES))
        super().__init__(t("archive_paper.page"), t("archive_paper.hint"), office, keys)
        self.choices = {name: self._choice(name) for name in _CHOICES}
        self.remark_length = NumberBox(1, 200, t("archive_paper.characters"))
        self.remark_length.setValue(int(self._old[f"{_AREA}remark_length"]))
        self.remark_length.valueChanged.connect(self._on_edited)
        self.lengths = {name: self._length(name) for name in _LENGTHS}
        self.picture = _LabelSheet()
        self._section("catalogue", ("binding", self.choices["binding"]), ("remark_length", self.remark_length))
        self._section(
            "box", ("box_front", self.choices["box_front"]), ("front_top", self.lengths["front_top"]),
            ("spine_length", self.lengths["spine_length"]),
        )  # fmt: skip
        self._section(
            "stamp", ("stamp_top", self.lengths["stamp_top"]), ("stamp_shift", self.lengths["stamp_shift"]),
            ("stamp_colour", self.choices["stamp_colour"]),
        )  # fmt: skip
        names = ("label_left", "label_top", "label_gap_across", "label_gap_down")
        self._section("labels", *((name, self.lengths[name]) for name in names), beside=self.picture)
        self.box.addStretch()
        self._on_edited()

    def values(self) -> dict[str, str]:
        """See ValuesPage."""
        said = {name: str(box.currentData()) for name, box in self.choices.items()}
        said |= {"remark_length": str(self.remark_length.value())}
        said |= {name: f"{round(box.value(), 1):g}" for name, box in self.lengths.items()}
        return {_AREA + name: value for name, value in said.items()}

    def _choice(self, name: str) -> QComboBox:
        box = _CalmChoice()
        for value in _CHOICES[name]:
            box.addItem(t(f"archive_paper.{name}_{value}"), value)
        box.setCurrentIndex(box.findData(self._old[_AREA + name]))
        box.currentIndexChanged.connect(lambda _: self._on_edited())
        return box

    def _length(self, name: str) -> QDoubleSpinBox:
        box = _MillimetreBox(*_LENGTHS[name])
        box.setValue(float(self._old[_AREA + name]))
        box.valueChanged.connect(self._on_edited)
        return box

    def _section(self, name: str, *lines: tuple[str, QWidget], beside: QWidget | None = None) -> None:
        """Put settings that belong together on the page: name, control, and what the standard says of it."""
        self.box.addSpacing(6)
        self.box.addWidget(label(t(f"archive_paper.section_{name}"), "section"))
        if hint := t(f"archive_paper.section_{name}_hint"):
            self.box.addWidget(label(hint, "hint", wraps=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for place, (key, widget) in enumerate(lines):
            words = label(t(f"archive_paper.{key}"), "label")
            words.setBuddy(widget)
            widget.setAccessibleName(words.text())
            widget.setFixedWidth(248 if isinstance(widget, QComboBox) else 140)
            grid.addWidget(words, place, 0)
            grid.addWidget(widget, place, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, 168)
        grid.setRowStretch(len(lines), 1)
        row = QHBoxLayout()
        row.addLayout(grid, 1)
        if beside is not None:
            row.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(row)

    def _on_edited(self) -> None:
        names = ("label_left", "label_top", "label_gap_across", "label_gap_down")
        self.picture.draw(*(self.lengths[name].value() for name in names))
        self.edited.emit()


class _CalmChoice(QComboBox):
    """A choice that the wheel does not change: it scrolls the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _MillimetreBox(QDoubleSpinBox):
    """A length with one decimal; the wheel scrolls the page."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__()
        self.setDecimals(1)
        self.setRange(low, high)
        self.setSuffix(t("setting.mm"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(8, 0, 0, 0)

    def textFromValue(self, value: float) -> str:
        return f"{round(value, 1):g}"

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _LabelSheet(QWidget):
    """A sheet of labels in small, to scale."""

    def __init__(self) -> None:
        super().__init__()
        self._lies = (12.0, 13.0, 2.0, 2.0)
        self.setFixedSize(QSize(140, 198))

    def draw(self, left: float, top: float, across: float, down: float) -> None:
        """Show these measures."""
        self._lies = left, top, across, down
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        scale = (self.width() - 1) / _A4[0]
        left, top, across, down = self._lies
        painter = QPainter(self)
        painter.setPen(theme.colour("edge"))
        painter.setBrush(theme.colour("paper"))
        painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, _A4[1] * scale - 0.5))
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("accent-soft"))
        y = top
        while y + _STAMP[1] <= _A4[1]:
            x = left
            while x + _STAMP[0] <= _A4[0]:
                painter.drawRect(QRectF(x * scale, y * scale, _STAMP[0] * scale, _STAMP[1] * scale))
                x += _STAMP[0] + across
            y += _STAMP[1] + down
        painter.end()
