# SPDX-License-Identifier: MulanPSL-2.0
"""状态用词: what the office calls the standings of its documents. The 条例 names none."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit

from township_office.core.fields import Register
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.registers.status import STATES, VOIDED
from township_office.services import settings
from township_office.services.office import Office
from township_office.services.standing import status_words
from township_office.ui.settings.settings_page import LISTS, SettingsPage
from township_office.ui.widgets import Pill, label


class StatusPage(SettingsPage):
    """A line for each standing, the usual word beside it; an empty line keeps the usual word."""

    def __init__(self, office: Office) -> None:
        super().__init__(t("status.page"), t("status.hint"))
        self._office = office
        self._old = {register.name: status_words(office, register) for register in LISTS}
        self.lines: dict[tuple[str, str], QLineEdit] = {}
        self.add_registers(self._show, LISTS)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self._rows: dict[str, list[tuple[Pill, QLineEdit]]] = {}
        for register in LISTS:
            self._rows[register.name] = self._add_lines(register, grid)
        self.box.addLayout(grid)
        self.box.addWidget(label(t("status.voided_hint", word=VOIDED.label), "hint", wraps=True))
        self.box.addStretch()
        self._show(LISTS[0])

    def words(self) -> dict[str, dict[str, str]]:
        """Return the words as they stand on the page, by register and standing; usual ones left out."""
        usual = {(register.name, state.key): state.label for register in LISTS for state in STATES[register.name]}
        found: dict[str, dict[str, str]] = {register.name: {} for register in LISTS}
        for (name, key), line in self.lines.items():
            word = clean_text(line.text())
            if word not in ("", usual[name, key]):
                found[name][key] = word
        return found

    def is_changed(self) -> bool:
        """See SettingsPage."""
        return self.words() != self._old

    def apply(self) -> None:
        """See SettingsPage."""
        for name, words in self.words().items():
            if words != self._old[name]:
                value = ",".join(f"{key}={word}" for key, word in words.items())
                settings.set_setting(self._office, f"{name}.status_words", value)
                self._old[name] = words

    def _add_lines(self, register: Register, grid: QGridLayout) -> list[tuple[Pill, QLineEdit]]:
        made = []
        for state in STATES[register.name]:
            if state is VOIDED:
                continue
            pill, line = Pill(), QLineEdit(self._old[register.name].get(state.key, ""))
            pill.show_state(state)
            line.setMaxLength(settings.LONGEST_STATUS)
            line.setPlaceholderText(state.label)
            line.setAccessibleName(state.label)
            line.textChanged.connect(self.edited)
            row = grid.rowCount()
            grid.addWidget(pill, row, 0)
            grid.addWidget(line, row, 1)
            self.lines[register.name, state.key] = line
            made.append((pill, line))
        return made

    def _show(self, register: Register) -> None:
        for name, rows in self._rows.items():
            for widget in (widget for row in rows for widget in row):
                widget.setVisible(name == register.name)
