# SPDX-License-Identifier: MulanPSL-2.0
"""Give a custodian a password: a new one for who takes over the post, another for who has one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.services.guarded.unlocking import prove_apart, set_password_apart
from township_office.services.guarded.vault import Vault, custodians, recovery_code
from township_office.services.settings import clerks
from township_office.ui.confidential.lock.name_line import NameLine
from township_office.ui.confidential.lock.new_password import NewPassword, password_field
from township_office.ui.confidential.said import Said
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.jobs import run_quietly
from township_office.ui.messages import words_for
from township_office.ui.widgets import label, plain_button, primary_button


class PasswordDialog(FramedDialog):
    """name: whose password it is; "" for a further custodian. Who changes their own gives the present one first."""

    def __init__(self, vault: Vault, name: str, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        title = t("secrecy.password_of", name=name) if name else t("secrecy.add")
        super().__init__(title, parent)
        self._vault, self._name, self._now = vault, name, now
        present = custodians(vault.office)
        self.name = NameLine(t("setup.name"), (one for one in clerks(vault.office) if one not in present))
        self.old = password_field(t("secrecy.old_password"))
        self.is_own = name == vault.custodian and not vault.is_by_code
        self.password, self.said = NewPassword(), Said()
        if not name:
            self.body.addWidget(label(t("secrecy.add_hint"), "muted", wraps=True))
            self.body.addWidget(self.name)
        elif self.is_own:
            self.body.addWidget(label(t("secrecy.old_password"), "label"))
            self.body.addWidget(self.old)
        self.body.addWidget(self.password)
        self.body.addWidget(self.said)
        self.body.addStretch()
        back, self.do = plain_button(t("ui.cancel")), primary_button(t("form.save"), "Ctrl+S")
        back.clicked.connect(self.reject)
        self.do.clicked.connect(self.save)
        self.add_to_foot(back, self.do)
        for field in (self.name.line, self.old):
            field.returnPressed.connect(self.password.first.setFocus)
        self.password.entered.connect(self.save)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        self.fit(QSize(580, self.sizeHint().height() + 12))
        (self.old if self.is_own else self.password.first if name else self.name.line).setFocus()

    def save(self) -> None:
        """Set the password in a thread; the vault itself stays here."""
        if not self.do.isEnabled():
            return
        self.password.owner = name = self._name or self.name.text()
        try:
            self._check_name(name)
        except OfficeError as error:
            self.said.say(str(error))
            return
        self.said.say("")
        password = self.password.password()
        if not password:
            return
        office, code, now = self._vault.office, recovery_code(self._vault), self._now()
        is_own, old = self.is_own, self.old.text()

        def work(_: object) -> None:
            if is_own:
                prove_apart(office, old, name, now)
            set_password_apart(office, code, name, password)

        self.do.setEnabled(False)
        self.said.say(t("setup.working"), "soft")
        run_quietly(self, work, lambda _: self.accept(), self._on_refused)

    def done(self, result: int) -> None:
        """Leave no password behind."""
        self.password.clear()
        self.old.clear()
        super().done(result)

    def _check_name(self, name: str) -> None:
        if not self._name and name in custodians(self._vault.office):
            raise OfficeError("secrecy.is_custodian", name=name)
        if self.is_own and not self.old.text():
            raise OfficeError("secrecy.old_needed")

    def _on_refused(self, error: BaseException) -> None:
        self.do.setEnabled(True)
        self.said.say(words_for(error))
        if self.is_own:
            self.old.clear()
            self.old.setFocus()
