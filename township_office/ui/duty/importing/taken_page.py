# SPDX-License-Identifier: MulanPSL-2.0
"""The last step: what came in, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.services.office import Office
from township_office.services.roster import importing
from township_office.services.roster.importing import TakenIn
from township_office.ui import theme
from township_office.ui.messages import Asker
from township_office.ui.widgets import card, label, plain_button, scrolling_box

_WIDTH = 640


class TakenPage(QWidget):
    """A receipt; emits revoked when the months went out again."""

    revoked = Signal()

    def __init__(self, office: Office, asker: Asker) -> None:
        super().__init__()
        self._office, self._asker = office, asker
        self._taken: TakenIn | None = None
        self._image, self.title = QLabel(), label("", "pageTitle")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.undo = plain_button(t("old_roster.revoke"))
        self.undo.clicked.connect(self._on_undo)
        self._put_together()

    def show_taken(self, taken: TakenIn) -> None:
        """Show what an import came to."""
        self._taken = taken
        self._image.setPixmap(theme.picture("done", "green", 44))
        self.title.setText(t("old_roster.done", count=f"{taken.turns:,}"))
        said = [
            ("months", "、".join(taken.months)),
            ("new_people", "、".join(taken.people)),
            ("old_lines", "、".join(taken.lines)),
        ]
        for row, (name, text) in enumerate((name, text) for name, text in said if text):
            self._grid.addWidget(label(t(f"old_roster.{name}"), "label"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(text, wraps=True), row, 1)
        self.hint.setText(t("old_roster.done_hint"))
        self.undo.show()

    def _on_undo(self) -> None:
        if self._taken is not None:
            self._asker.confirm(t("old_roster.revoke_question"), t("old_roster.revoke"), self._revoke)

    def _revoke(self) -> None:
        assert self._taken is not None
        try:
            for month in self._taken.months:
                importing.revoke_import(self._office, month)
        except OfficeError as error:
            self._asker.report(error)
            return
        self._image.setPixmap(theme.picture("import_history", "grey", 44))
        self.title.setText(t("old_roster.revoked"))
        self.hint.setText(t("old_roster.revoked_hint"))
        self.undo.hide()
        self.revoked.emit()

    def _put_together(self) -> None:
        sheet = card()
        sheet.setFixedWidth(_WIDTH)
        self.hint = label("", "muted", wraps=True)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._image)
        head.addWidget(self.title, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.undo)
        foot.addStretch()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(28, 24, 28, 20)
        inside.setSpacing(18)
        inside.addLayout(head)
        inside.addLayout(self._grid)
        inside.addWidget(self.hint)
        inside.addLayout(foot)
        across = QHBoxLayout()
        across.addStretch()
        across.addWidget(sheet)
        across.addStretch()
        down = scrolling_box(self)
        down.addStretch(1)
        down.addLayout(across)
        down.addStretch(2)
