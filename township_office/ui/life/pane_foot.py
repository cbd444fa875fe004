# SPDX-License-Identifier: MulanPSL-2.0
"""The foot of the detail pane: the most likely next step, one or two plain ones, and 更多 for everything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from township_office.core.text import t
from township_office.registers.archive.care import CARE
from township_office.ui.widgets import plain_button, primary_button

# Offered beside the next step, as far as there is room and they can be done.
PLAIN = {
    "receipt": ("form_handling_sheet", "record_finish", "record_edit"),
    "dispatch": ("distribute", "record_finish", "form_draft_sheet", "record_edit"),
    **{book.name: ("record_edit", "record_history") for book in CARE},
    "duty_event": ("duty_sheet", "record_edit"),
}
_ROOM = 2  # plain buttons beside the primary one


class PaneFoot(QWidget):
    """One primary button (step_next), plain ones out of `plain` that can be pressed, and a menu."""

    def __init__(self, commands: Mapping[str, QAction], plain: Sequence[str], menu: Callable[[], QMenu] | None) -> None:
        super().__init__()
        self.setObjectName("paneFoot")
        self._commands = commands
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 12, 18, 14)
        row.setSpacing(6)
        self.next = primary_button("")
        self.next.clicked.connect(lambda: commands["step_next"].trigger())
        row.addWidget(self.next, 1)
        self.plain: dict[str, QPushButton] = {}
        for name in plain:
            button = plain_button(commands[name].text().removesuffix("…"))
            button.clicked.connect(commands[name].trigger)
            commands[name].changed.connect(self.follow)
            row.addWidget(button, 1)
            self.plain[name] = button
        self.more = plain_button("⋯")
        self.more.setToolTip(t("way.more"))
        self.more.setAccessibleName(t("way.more"))
        if menu is not None:
            self.more.clicked.connect(lambda: menu().popup(self.more.mapToGlobal(self.more.rect().topLeft())))
        row.addWidget(self.more)
        commands["step_next"].changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Show what the commands say now: a step that cannot be taken is no button."""
        following = self._commands["step_next"]
        self.next.setText(following.text())
        self.next.setToolTip(following.toolTip())
        self.next.setVisible(following.isEnabled())
        room = _ROOM
        for name, button in self.plain.items():
            command = self._commands[name]
            words = command.text().removesuffix("…")
            is_said = following.isEnabled() and following.text() == words
            is_offered = room > 0 and command.isEnabled() and not is_said
            room -= is_offered
            button.setText(words)
            button.setToolTip(command.toolTip())
            button.setVisible(is_offered)
