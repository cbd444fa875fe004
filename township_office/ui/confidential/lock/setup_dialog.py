# SPDX-License-Identifier: MulanPSL-2.0
"""启用涉密登记: who is the custodian, the password, the recovery code on paper, and typed back from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.services.guarded.unlocking import make_apart
from township_office.services.guarded.vault import Vault
from township_office.services.office import Office
from township_office.services.settings import clerks
from township_office.ui.confidential.guard import Guard
from township_office.ui.confidential.lock.code_field import CodeCheck, CodeSheet
from township_office.ui.confidential.lock.name_line import NameLine
from township_office.ui.confidential.lock.new_password import NewPassword
from township_office.ui.confidential.said import Said
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.form.record_form import Strip
from township_office.ui.jobs import run_quietly
from township_office.ui.messages import words_for
from township_office.ui.widgets import label, plain_button, primary_button

_SIZE = QSize(620, 470)


class SetupDialog(FramedDialog):
    """Three steps. The guard is opened after the first; who leaves then is asked for the code at the next opening."""

    def __init__(
        self, office: Office, guard: Guard, today: Callable[[], date], now: Callable[[], datetime], parent: QWidget
    ) -> None:
        super().__init__(t("setup.title"), parent)
        self._office, self._guard, self._today, self._now = office, guard, today, now
        self._is_working = False
        self._step = label("", "muted")
        self.head.addWidget(self._step)
        self.name = NameLine(t("setup.name"), clerks(office))
        self.name.line.setText(office.clerk)
        self.password, self.said = NewPassword(), Said()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._first_page())
        self.check: CodeCheck | None = None
        self.leaving = Strip("amber")
        self.leaving.add(plain_button(t("setup.leave")), self._leave)
        self.leaving.add(plain_button(t("setup.stay")), lambda: self.leaving.say(""))
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.leaving)
        self.back, self.do = plain_button(t("ui.cancel")), primary_button(t("setup.do"))
        self.back.clicked.connect(self._on_back)
        self.do.clicked.connect(self._on_do)
        self.add_to_foot(self.back, self.do)
        self.name.line.returnPressed.connect(self.password.first.setFocus)
        self.password.entered.connect(self._on_do)
        self._say_step(1)
        self.fit(_SIZE)
        self.password.first.setFocus()

    def make(self) -> None:
        """Make the register and open it; then show its recovery code, this once."""
        self.password.owner = self.name.text()
        office, name, password = self._office, self.name.text(), self.password.password()
        if not password:
            return
        self._work(is_working=True)
        self.said.say(t("setup.working"), "soft")
        run_quietly(self, lambda _: make_apart(office, name, password), self._on_made, self._on_not_made)

    def reject(self) -> None:
        """Esc: before the register is made it simply closes; after it, say what is still to be done."""
        if self._is_working:
            return
        if self._stack.count() == 1:
            super().reject()
        elif self.leaving.isHidden():
            self.leaving.say(t("setup.leaving"))
            self.leaving.buttons[1].setFocus()
        else:
            self.leaving.say("")

    def done(self, result: int) -> None:
        """Leave no password behind."""
        self.password.clear()
        super().done(result)

    def _first_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        for widget in (label(t("setup.who"), "muted", wraps=True), self.name, self.password, self.said):
            box.addWidget(widget)
        box.addStretch()
        return page

    def _on_made(self, vault: Vault) -> None:
        self._work(is_working=False)
        self.password.clear()
        self._guard.open(vault)
        self.check = CodeCheck(vault, self._now)
        self.check.checked.connect(self.accept)
        sheet = CodeSheet(vault, self._today)
        self._stack.addWidget(_page(t("setup.write_down"), sheet))
        self._stack.addWidget(_page(t("setup.type_back"), self.check))
        self._go_to(1)
        sheet.button.setFocus()

    def _on_not_made(self, error: BaseException) -> None:
        self._work(is_working=False)
        self.said.say(words_for(error))

    def _on_do(self) -> None:
        match self._stack.currentIndex():
            case 0 if self.do.isEnabled():
                self.make()
            case 1:
                self._go_to(2)
            case 2 if self.check is not None:
                self.check.check()

    def _on_back(self) -> None:
        """Before the register is made: 取消; from the check back to the code; from the code: later."""
        if self._stack.currentIndex() == 2:
            self._go_to(1)
        else:
            self.reject()

    def _go_to(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.leaving.say("")
        self.do.setText(t(f"setup.do_{place + 1}"))
        self.back.setText(t(f"setup.back_{place + 1}"))
        self._say_step(place + 1)
        if place == 2 and self.check is not None:
            self.check.field.setFocus()

    def _say_step(self, step: int) -> None:
        self._step.setText(t("setup.step", step=step))

    def _work(self, *, is_working: bool) -> None:
        self._is_working = is_working
        self.do.setEnabled(not is_working)
        self.back.setEnabled(not is_working)

    def _leave(self) -> None:
        super().reject()


def _page(words: str, inside: QWidget) -> QWidget:
    page = QWidget()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(10)
    box.addWidget(label(words, "muted", wraps=True))
    box.addWidget(inside)
    box.addStretch()
    return page
