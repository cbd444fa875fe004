# SPDX-License-Identifier: MulanPSL-2.0
"""The locked tab: who you are, your password, Enter. Wrong passwords and waiting times are told beside the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QStackedWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.services.guarded.unlocking import unlock_apart, unlock_with_code_apart
from township_office.services.guarded.vault import Vault, custodians
from township_office.services.office import Office
from township_office.ui.confidential.lock.card_page import CardPage
from township_office.ui.confidential.lock.code_field import CodeField
from township_office.ui.confidential.lock.new_password import password_field
from township_office.ui.confidential.said import Said
from township_office.ui.jobs import run_quietly
from township_office.ui.messages import words_for
from township_office.ui.widgets import chip, label, link_button, primary_button

_A_LINE = 5  # names beside each other


class LockPage(CardPage):
    """unlocked(vault) when somebody came in; nothing of the register is on this page."""

    unlocked = Signal(object)
    mishap_wanted = Signal()

    def __init__(self, office: Office, now: Callable[[], datetime]) -> None:
        super().__init__("vault_lock", t("lock.title"), t("lock.hint"))
        self._office, self._now = office, now
        self._left = 0
        self._waiting = QTimer(self, interval=1000)
        self._waiting.timeout.connect(self._count_down)
        self.names = QButtonGroup(self)
        self._build_names()
        self._kind = label(t("lock.password"), "label")
        self.password, self.code = password_field(t("lock.password")), CodeField()
        self._fields = QStackedWidget()
        self._fields.setFixedHeight(self.password.sizeHint().height())
        for field in (self.password, self.code):
            self._fields.addWidget(field)
            field.returnPressed.connect(self.unlock)
            field.textEdited.connect(self._on_typed)
        self.said = Said()
        for widget in (self._kind, self._fields, self.said):
            self.box.addWidget(widget)
        self.do = primary_button(t("lock.unlock"), "Enter")
        self.do.clicked.connect(self.unlock)
        self.other = link_button(t("lock.by_code"))
        self.other.clicked.connect(self._turn)
        mishap = link_button(t("action.mishap"))
        mishap.clicked.connect(self.mishap_wanted)
        self.add_buttons(self.do, self.other, mishap)
        self.setFocusProxy(self.password)

    def unlock(self) -> None:
        """Try what was typed, in a thread; the button waits for the answer."""
        if not self.do.isEnabled():
            return
        text, office, now = self._field().text(), self._office, self._now()
        if not text:
            self.said.say(t("recovery_code.needed" if self._is_by_code() else "lock.needed"))
            self._field().setFocus()
            return
        button = self.names.checkedButton()
        name = button.text() if button else ""
        by_code = self._is_by_code()

        def work(_: object) -> Vault:
            return unlock_with_code_apart(office, text) if by_code else unlock_apart(office, text, name, now)

        if not by_code:
            self.password.clear()
        self.do.setEnabled(False)
        self.said.say(t("lock.working"), "soft")
        run_quietly(self, work, self._on_open, self._on_refused)

    def _build_names(self) -> None:
        """A chip for every custodian; who sits here is chosen, else the first."""
        names = custodians(self._office)
        chosen = self._office.clerk if self._office.clerk in names else names[0]
        for place, name in enumerate(names):
            if place % _A_LINE == 0:
                row = QHBoxLayout()
                row.setSpacing(2)
                row.addStretch()
                self.box.addLayout(row)
            button = chip(name)
            button.setChecked(name == chosen)
            button.clicked.connect(lambda: self.password.setFocus())
            self.names.addButton(button)
            row.insertWidget(row.count() - 1, button)

    def _field(self) -> QLineEdit:
        return self.code if self._is_by_code() else self.password

    def _is_by_code(self) -> bool:
        return self._fields.currentWidget() is self.code

    def _turn(self) -> None:
        """用恢复码打开, and back to the password."""
        by_code = not self._is_by_code()
        self._fields.setCurrentWidget(self.code if by_code else self.password)
        self._kind.setText(t("recovery_code.title" if by_code else "lock.password"))
        self.other.setText(t("lock.by_password" if by_code else "lock.by_code"))
        for button in self.names.buttons():
            button.setEnabled(not by_code)
        self.setFocusProxy(self._field())
        self._field().setFocus()
        self._on_typed()

    def _on_open(self, vault: Vault) -> None:
        self.password.clear()
        self.code.clear()
        self.said.say("")
        self.unlocked.emit(vault)

    def _on_refused(self, error: BaseException) -> None:
        self.said.say(words_for(error))
        if isinstance(error, OfficeError) and error.key == "vault.wait":
            self._left = int(str(error.words["seconds"]))
            self._waiting.start()
        else:
            self.do.setEnabled(True)
        self._field().setFocus()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left > 0:
            self.said.say(t("vault.wait", seconds=self._left))
            return
        self._waiting.stop()
        self.said.say("")
        self.do.setEnabled(True)

    def _on_typed(self) -> None:
        if self.do.isEnabled():
            self.said.say("")
