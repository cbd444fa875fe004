# SPDX-License-Identifier: MulanPSL-2.0
"""值班: how long the county gives for each report of an emergency, and when one shift takes over from the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.services.office import Office
from township_office.ui.settings.settings_page import ValuesPage
from township_office.ui.widgets import NumberBox, label

_LIMITS = {"phone_minutes": 1440, "written_minutes": 1440, "followup_hours": 240}
_STARTS = "duty.day_starts"
_WIDTH, _LABEL = 140, 168


class DutyPage(ValuesPage):
    """Sections of few lines each; see add_section for more."""

    def __init__(self, office: Office) -> None:
        super().__init__(t("duty_setting.page"), "", office, [*(f"duty.{name}" for name in _LIMITS), _STARTS])
        self.limits = {name: self._box(name, most) for name, most in _LIMITS.items()}
        self.starts = QLineEdit(self._old[_STARTS])
        self.starts.setMaxLength(5)
        self.starts.textChanged.connect(self.edited)
        self.add_section(
            t("duty_setting.limits"),
            t("duty_setting.limits_hint"),
            {t(f"duty_setting.{name}"): box for name, box in self.limits.items()},
        )
        self.add_section(
            t("duty_setting.shift"), t("duty_setting.shift_hint"), {t("duty_setting.day_starts"): self.starts}
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
        return said | {_STARTS: clean_text(self.starts.text())}

    def _box(self, name: str, most: int) -> NumberBox:
        unit = "duty_setting.unit_hours" if name.endswith("hours") else "duty_setting.unit_minutes"
        box = NumberBox(0, most, t(unit))
        box.setSpecialValueText(t("duty_setting.none"))
        box.setValue(int(self._old[f"duty.{name}"]))
        box.valueChanged.connect(self.edited)
        return box
