# SPDX-License-Identifier: MulanPSL-2.0
"""The recovery code once more: shown and printed after the password was given again; typed back from paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from township_office.core.text import t
from township_office.services.guarded.unlocking import prove_apart
from township_office.services.guarded.vault import Vault
from township_office.ui.confidential.lock.code_field import CodeCheck, CodeSheet
from township_office.ui.confidential.lock.new_password import password_field
from township_office.ui.confidential.said import Said
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.jobs import run_quietly
from township_office.ui.messages import words_for
from township_office.ui.widgets import label, plain_button, primary_button


class CodeDialog(FramedDialog):
    """Asks for the custodian's password, unless the code itself opened the register; then shows the code."""

    def __init__(
        self, vault: Vault, today: Callable[[], date], now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(t("recovery_code.title"), parent)
        self._vault, self._today, self._now = vault, today, now
        self.password, self.said = password_field(t("lock.password")), Said()
        self.password.returnPressed.connect(self.prove)
        self._asked = (label(t("recovery_code.prove", name=vault.custodian), "muted", wraps=True), self.password)
        for widget in (*self._asked, self.said):
            self.body.addWidget(widget)
        self.body.addStretch()
        self.back, self.do = plain_button(t("ui.cancel")), primary_button(t("recovery_code.show"))
        self.back.clicked.connect(self.reject)
        self.do.clicked.connect(self.prove)
        self.add_to_foot(self.back, self.do)
        self.sheet: CodeSheet | None = None
        self.fit(QSize(560, 240))
        if vault.is_by_code:
            self._show_code(None)
        else:
            self.password.setFocus()

    def prove(self) -> None:
        """Try the password in a thread."""
        office, name, password, now = self._vault.office, self._vault.custodian, self.password.text(), self._now()
        if not password or not self.do.isEnabled():
            return
        self.password.clear()
        self.do.setEnabled(False)
        self.said.say(t("lock.working"), "soft")
        run_quietly(self, lambda _: prove_apart(office, password, name, now), self._show_code, self._on_refused)

    def done(self, result: int) -> None:
        """Leave no password behind."""
        self.password.clear()
        super().done(result)

    def _show_code(self, _: object) -> None:
        for widget in (*self._asked, self.said, self.do):
            widget.hide()
        self.back.setText(t("form.close"))
        self.sheet = CodeSheet(self._vault, self._today)
        self.body.insertWidget(0, self.sheet)
        self.fit(QSize(620, 380))
        self.sheet.button.setFocus()

    def _on_refused(self, error: BaseException) -> None:
        self.do.setEnabled(True)
        self.said.say(words_for(error))
        self.password.setFocus()


class CheckDialog(FramedDialog):
    """核对恢复码: is the sheet in the safe still the right one?"""

    def __init__(self, vault: Vault, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(t("recovery_code.check"), parent)
        self.check = CodeCheck(vault, now)
        self.check.checked.connect(self.accept)
        self.body.addWidget(label(t("recovery_code.check_hint"), "muted", wraps=True))
        self.body.addWidget(self.check)
        self.body.addStretch()
        back, do = plain_button(t("ui.cancel")), primary_button(t("recovery_code.compare"), "Enter")
        back.clicked.connect(self.reject)
        do.clicked.connect(self.check.check)
        self.add_to_foot(back, do)
        self.fit(QSize(580, 260))
        self.check.field.setFocus()
