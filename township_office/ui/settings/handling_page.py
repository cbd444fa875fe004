# SPDX-License-Identifier: MulanPSL-2.0
"""办理: how long a paper may be out, and how many documents the office allows itself in a year."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.services.office import Office
from township_office.services.yearly_total import yearly_total
from township_office.ui.form.editors import Today
from township_office.ui.settings.settings_page import ValuesPage
from township_office.ui.widgets import NumberBox, label

_DAYS, _LIMIT = "circulation.days", "dispatch.limit"


class HandlingPage(ValuesPage):
    """Two limits. They warn, and refuse nothing."""

    def __init__(self, office: Office, today: Today) -> None:
        super().__init__(t("volume.page"), "", office, (_DAYS, _LIMIT))
        self.days = NumberBox(0, 366, t("setting.days_only"))
        self.days.setValue(int(self._old[_DAYS]))
        self.days.valueChanged.connect(self.edited)
        self.days.setFixedWidth(140)
        self.add_named(t("volume.days"), self.days, t("volume.days_hint"))
        self.box.addSpacing(8)
        self.limit = QLineEdit(self._old[_LIMIT])
        self.limit.setMaxLength(5)
        self.limit.setFixedWidth(140)
        self.limit.textChanged.connect(self.edited)
        self.limit.setAccessibleName(t("volume.limit"))
        year = today().year
        total = yearly_total(office, year)
        proposed = None if total.is_set else total.limit
        if proposed:
            self.limit.setPlaceholderText(t("volume.proposed", limit=proposed))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.limit)
        row.addWidget(label(t("volume.so_far", year=year, count=total.count), f"note-{total.tone(total.count)}"))
        row.addStretch()
        self.box.addWidget(label(t("volume.limit"), "label"))
        self.box.addLayout(row)
        self.box.addWidget(label(t("volume.limit_hint"), "hint", wraps=True))
        self.box.addStretch()

    def values(self) -> dict[str, str]:
        """See ValuesPage."""
        return {_DAYS: str(self.days.value()), _LIMIT: clean_text(self.limit.text())}
