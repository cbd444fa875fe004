# SPDX-License-Identifier: MulanPSL-2.0
"""One column of the row that is typed: a place where the cursor stops."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QToolButton

from township_office.ui import theme
from township_office.ui.form.line_editor import Editor
from township_office.ui.widgets import tint


class Stop(QObject):
    """Its editor, whether it is held for the next paper, and what there is to say about it."""

    def __init__(self, editor: Editor, pin: QToolButton, parent: QObject) -> None:
        super().__init__(parent)
        self.editor, self.pin = editor, pin
        self.field = editor.field
        self.given = editor.text()  # what it says by itself
        self.problem = ""
        self.is_secret = False  # what is wrong is a state secret's mark
        self.warning = ""
        self.follow: Callable[[], object] = lambda: None  # where the warning leads

    def renew(self) -> None:
        """Say what a new paper says by itself; today is another day than when the row was made."""
        self.editor.set_text(self.field.default)
        self.editor.settle()
        self.given = self.editor.text()

    def is_held(self) -> bool:
        """Say whether what stands here stays for the next paper."""
        return self.pin.isChecked()

    def wants_something(self) -> bool:
        """Say whether Enter should stop here."""
        text = self.editor.text()
        return not self.is_held() and (not text.strip() or text != self.given)

    def words(self) -> tuple[str, str]:
        """Return the gravest thing there is to say, and its tone."""
        if self.problem:
            return self.problem, "red"
        if amber := self.warning or self.editor.doubt():
            return amber, "amber"
        return self.editor.note(), ""

    def mark(self) -> None:
        """Colour the edge of the editor, and its ground while it is held."""
        self.editor.set_tone("red" if self.problem else "amber" if self.warning or self.editor.doubt() else "")
        tint(self.editor.inner, "yes" if self.is_held() else "", of="held")
        self.pin.setIcon(theme.icon("pin", "accent" if self.is_held() else "void"))
