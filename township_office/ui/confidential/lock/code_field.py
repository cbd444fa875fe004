# SPDX-License-Identifier: MulanPSL-2.0
"""The recovery code: typed in groups as it stands on paper, checked against it, and shown to be written down."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.services.guarded import recovery
from township_office.services.guarded.vault import Vault, recovery_code
from township_office.services.settings import office_name
from township_office.ui.confidential.said import Said
from township_office.ui.widgets import card, label, plain_button

_GROUP, _DIGITS, _A_LINE = 6, 48, 4


class CodeField(QLineEdit):
    """Takes digits, of any width, and parts them into groups of six."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("recovery_code.title"))
        self.setObjectName("codeField")
        self.setPlaceholderText(t("recovery_code.place"))
        self.textEdited.connect(self._part)

    def _part(self, text: str) -> None:
        before = len(_digits(text[: self.cursorPosition()]))
        digits = _digits(text)[:_DIGITS]
        parted = " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
        if parted != text:
            self.setText(parted)
            self.setCursorPosition(min(before + max(before - 1, 0) // _GROUP, len(parted)))


class CodeCheck(QWidget):
    """核对恢复码: what is on paper is typed back; checked() says that it was right."""

    checked = Signal()

    def __init__(self, vault: Vault, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._vault, self._now = vault, now
        self.field, self.said = CodeField(), Said()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(label(t("recovery_code.title"), "label"))
        box.addWidget(self.field)
        box.addWidget(self.said)
        self.field.returnPressed.connect(self.check)
        self.field.textEdited.connect(lambda: self.said.say(""))

    def check(self) -> None:
        """Compare; a wrong group is named and what was typed stays, so that it can be put right."""
        if not _digits(self.field.text()):
            self.said.say(t("recovery_code.needed"))
            self.field.setFocus()
            return
        try:
            recovery.check(self._vault, self.field.text(), self._now())
        except OfficeError as error:
            self.said.say(str(error))
            self.field.setFocus()
            return
        self.field.clear()
        self.checked.emit()


class CodeSheet(QWidget):
    """The code in large groups, and its way onto paper; it reads the open vault and keeps nothing itself."""

    def __init__(self, vault: Vault, today: Callable[[], date]) -> None:
        super().__init__()
        self._vault, self._today = vault, today
        self.said = Said()
        sheet = card()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(20, 14, 20, 16)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(2)
        for place, group in enumerate(recovery.groups(recovery_code(vault))):
            row, column = divmod(place, _A_LINE)
            grid.addWidget(label(t("recovery_code.group", group=place + 1), "label"), 3 * row, column)
            grid.addWidget(label(group, "codeGroup"), 3 * row + 1, column)
        grid.setRowMinimumHeight(2, 10)
        self.button = plain_button(t("recovery_code.print"), "book_print")
        self.button.clicked.connect(self.print)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.button)
        foot.addWidget(self.said, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(sheet)
        box.addWidget(label(t("recovery_code.keep"), "muted", wraps=True))
        box.addLayout(foot)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def print(self) -> None:
        """打印恢复码: on paper, never into a file."""
        from township_office.services.guarded.memory_sheets import recovery as sheet
        from township_office.ui.confidential.one_sheet import print_sheet

        name, code, today = office_name(self._vault.office), recovery_code(self._vault), self._today()
        print_sheet(self, t("recovery_code.title"), lambda: sheet(name, code, today), self.said, paper_only=True)


def _digits(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign in "0123456789")
