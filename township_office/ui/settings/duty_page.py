# SPDX-License-Identifier: MulanPSL-2.0
"""值班: how a roster is drawn and what stands on it; how long the county gives for each report of an emergency."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.registers.duty.plan import WEIGHTS, DayKind
from township_office.services.office import Office
from township_office.services.roster.weighing import figure
from township_office.ui.settings.settings_page import ValuesPage
from township_office.ui.widgets import NumberBox, label

_LIMITS = {"phone_minutes": 1440, "written_minutes": 1440, "followup_hours": 240}
_STARTS, _NIGHT, _GAP, _WEIGHTS = "duty.day_starts", "duty.night_starts", "duty.gap", "duty.weights"
_CALLED = ("duty.phone", "duty.fax")
_WIDTH, _LABEL = 140, 168
_KEYS = (*(f"duty.{name}" for name in _LIMITS), _STARTS, _NIGHT, _GAP, _WEIGHTS, *_CALLED)


class DutyPage(ValuesPage):
    """Sections of few lines each; see add_section for more."""

    def __init__(self, office: Office) -> None:
        super().__init__(t("duty_setting.page"), "", office, _KEYS)
        self.gap = NumberBox(0, 30, t("duty_setting.unit_days"))
        self.gap.setValue(int(self._old[_GAP]))
        self.gap.valueChanged.connect(self.edited)
        given = json.loads(self._old[_WEIGHTS])
        self.weights = {kind: self._line(str(given.get(kind, figure(WEIGHTS[kind])))) for kind in DayKind}
        self.called = {key: self._line(self._old[key], 60) for key in _CALLED}
        self.limits = {name: self._box(name, most) for name, most in _LIMITS.items()}
        self.starts, self.night = self._line(self._old[_STARTS], 5), self._line(self._old[_NIGHT], 5)
        self.add_section(
            t("duty_setting.drawing"),
            t("duty_setting.drawing_hint"),
            {t("duty_setting.gap"): self.gap}
            | {t("duty_setting.weight", kind=t(f"duty.kind_{kind}")): line for kind, line in self.weights.items()},
        )
        self.add_section(
            t("duty_setting.called"),
            t("duty_setting.called_hint"),
            {t(f"duty_setting.{key.partition('.')[2]}"): line for key, line in self.called.items()},
        )
        self.add_section(
            t("duty_setting.limits"),
            t("duty_setting.limits_hint"),
            {t(f"duty_setting.{name}"): box for name, box in self.limits.items()},
        )
        self.add_section(
            t("duty_setting.shift"),
            t("duty_setting.shift_hint"),
            {t("duty_setting.day_starts"): self.starts, t("duty_setting.night_starts"): self.night},
        )
        self.box.addStretch()

    def add_section(self, title: str, hint: str, lines: dict[str, QWidget]) -> None:
        """Put settings that belong together on the page, each with its words before it."""
        self.box.addWidget(label(title, "section"))
        self.box.addWidget(label(hint, "hint", wraps=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, _LABEL)
        grid.setColumnStretch(1, 1)
        for place, (words, widget) in enumerate(lines.items()):
            name = label(words, "label")
            name.setBuddy(widget)
            widget.setAccessibleName(words)
            widget.setFixedWidth(_WIDTH)
            grid.addWidget(name, place, 0)
            grid.addWidget(widget, place, 1, Qt.AlignmentFlag.AlignLeft)
        self.box.addLayout(grid)
        self.box.addSpacing(10)

    def values(self) -> dict[str, str]:
        """See ValuesPage."""
        said = {f"duty.{name}": str(box.value()) for name, box in self.limits.items()}
        said |= {key: clean_text(line.text()) for key, line in self.called.items()}
        return said | {
            _STARTS: clean_text(self.starts.text()), _NIGHT: clean_text(self.night.text()),
            _GAP: str(self.gap.value()), _WEIGHTS: self._weights(),
        }  # fmt: skip

    def _weights(self) -> str:
        """Return the weights as they are kept: those that are as usual are not."""
        typed = {kind: clean_text(line.text()) for kind, line in self.weights.items()}
        own = {kind.value: text for kind, text in typed.items() if text != figure(WEIGHTS[kind])}
        return self._old[_WEIGHTS] if own == json.loads(self._old[_WEIGHTS]) else json.dumps(own, ensure_ascii=False)

    def _line(self, text: str, most: int = 8) -> QLineEdit:
        line = QLineEdit(text)
        line.setMaxLength(most)
        line.textChanged.connect(self.edited)
        return line

    def _box(self, name: str, most: int) -> NumberBox:
        unit = "duty_setting.unit_hours" if name.endswith("hours") else "duty_setting.unit_minutes"
        box = NumberBox(0, most, t(unit))
        box.setSpecialValueText(t("duty_setting.none"))
        box.setValue(int(self._old[f"duty.{name}"]))
        box.valueChanged.connect(self.edited)
        return box
