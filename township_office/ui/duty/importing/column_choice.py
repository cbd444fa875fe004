# SPDX-License-Identifier: MulanPSL-2.0
"""Where one column of an old 值班表 goes: one of the office's lines, a group alone, or nowhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.registers.duty.likeness import likely_group
from township_office.services.office import Office
from township_office.services.roster import staffing
from township_office.services.roster.old_sheets import PlannedColumn, Target, target_of
from township_office.ui.widgets import label


class ColumnChoice(QWidget):
    """The heading and how many turns stand below it; below it the choice."""

    decided = Signal()

    def __init__(self, office: Office, column: PlannedColumn) -> None:
        super().__init__()
        self.heading = column.label
        lines = staffing.lines(office)
        groups = [*staffing.groups(office), likely_group(column.label, lines)]
        targets = [target_of(line) for line in lines]
        targets += [Target(None, column.label, group) for group in dict.fromkeys(groups)]
        if column.target is not None and column.target not in targets:
            targets.append(column.target)
        self._targets: list[Target | None] = [*targets, None]
        self.box = _CalmBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        held = {line.id for line in lines}
        for target in self._targets:
            self.box.addItem(_words(target, is_held=target is not None and target.line_id in held))
        self.box.setAccessibleName(t("old_roster.column", column=column.label, count=column.turns))
        self.box.activated.connect(lambda _place: self.decided.emit())
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(label(t("old_roster.column", column=column.label, count=column.turns), "label"))
        inside.addWidget(self.box)
        self.show_target(column.target)

    def target(self) -> Target | None:
        """Return where the column goes."""
        return self._targets[self.box.currentIndex()]

    def show_target(self, target: Target | None) -> None:
        """Show where it goes."""
        if target in self._targets:
            self.box.setCurrentIndex(self._targets.index(target))


class _CalmBox(QComboBox):
    """The wheel scrolls the page and never the choice the pointer happens to rest on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _words(target: Target | None, *, is_held: bool) -> str:
    if target is None:
        return t("old_roster.no_column")
    return t("old_roster.to_line", line=target.name) if is_held else t("old_roster.to_group", group=target.group)
