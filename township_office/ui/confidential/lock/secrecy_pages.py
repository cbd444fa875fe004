# SPDX-License-Identifier: MulanPSL-2.0
"""The pages of 保密设置."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.services.guarded import confidential, recovery
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.confidential import RELAXED, STRICT
from township_office.services.guarded.vault import Vault
from township_office.services.settings import get_setting, set_setting
from township_office.ui.confidential.lock.code_dialogs import CheckDialog, CodeDialog
from township_office.ui.confidential.lock.password_dialog import PasswordDialog
from township_office.ui.confidential.said import Said
from township_office.ui.messages import Asker
from township_office.ui.widgets import NumberBox, label, link_button, open_once, plain_button, rule

_HOUR, _IDLE = "confidential.return_hour", "confidential.idle_minutes"
_FIELDS = ("sender", "number", "title")  # what the two modes differ in


class SecrecyPage(QWidget):
    """What every page has: a title, a box, a sentence at its end, and changed when something was done."""

    changed = Signal()

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self.title, self.said = title, Said()
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(20, 16, 20, 12)
        self.box.setSpacing(8)
        self.box.addWidget(label(title, "title"))
        self.box.addWidget(label(hint, "muted", wraps=True))
        self.box.addSpacing(4)

    def ask(self, dialog: QDialog, then: Callable[[], None]) -> None:
        """Open a dialog over the page; then, when it ended well."""
        dialog.accepted.connect(then)
        open_once(dialog)

    def note(self, words: str) -> None:
        """Say what was done, and let everybody know."""
        self.said.say(words, "green")
        self.changed.emit()


class CustodiansPage(SecrecyPage):
    """保密员: add one, give one another password, close the slot of who left the post."""

    def __init__(self, vault: Vault, today: Callable[[], date], now: Callable[[], datetime], asker: Asker) -> None:
        super().__init__(t("secrecy.custodians"), t("secrecy.custodians_hint"))
        self._vault, self._today, self._now, self._asker = vault, today, now, asker
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.box.addLayout(self._lines)
        self.add = plain_button(t("secrecy.add"))
        self.add.clicked.connect(lambda: self._on_password(""))
        self.box.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self.said)
        self.box.addStretch()
        self._show_lines()

    def remove(self, name: str) -> None:
        """离岗: close the slot; the last one cannot go."""
        try:
            vaults.remove_custodian(self._vault, name, self._today())
        except OfficeError as error:
            self.said.say(str(error))
            return
        self._show_lines()
        self.note(t("secrecy.removed", name=name))

    def _show_lines(self) -> None:
        while (old := self._lines.takeAt(0)) is not None:
            if widget := old.widget():
                widget.hide()
                widget.deleteLater()
        for name in vaults.custodians(self._vault.office):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 6, 0, 6)
            row.setSpacing(12)
            is_here = name == self._vault.custodian and not self._vault.is_by_code
            row.addWidget(label(name))
            row.addWidget(label(t("secrecy.you") if is_here else "", "muted"), 1)
            password, remove = link_button(t("secrecy.password")), link_button(t("secrecy.remove"))
            password.clicked.connect(lambda _=False, name=name: self._on_password(name))
            remove.clicked.connect(lambda _=False, name=name: self._on_remove(name))
            row.addWidget(password)
            row.addWidget(remove)
            self._lines.addWidget(line)
            self._lines.addWidget(rule())

    def _on_password(self, name: str) -> None:
        dialog = PasswordDialog(self._vault, name, self._now, self.window())

        def done() -> None:
            self._show_lines()
            self.note(t("secrecy.password_set", name=name) if name else t("secrecy.added"))

        self.ask(dialog, done)

    def _on_remove(self, name: str) -> None:
        self._asker.confirm(t("secrecy.remove_sure", name=name), t("secrecy.remove"), lambda: self.remove(name))


class ModePage(SecrecyPage):
    """登记模式: strict, or relaxed with who signed it off; what the difference is, column by column."""

    def __init__(self, vault: Vault, today: Callable[[], date]) -> None:
        super().__init__(t("secrecy.mode"), t("secrecy.mode_hint"))
        self._vault, self._today = vault, today
        self.state = label("", "note-accent", wraps=True)
        self.box.addWidget(self.state)
        self.box.addLayout(self._differences())
        self.by, self.on = QLineEdit(), QLineEdit()
        self.by.setPlaceholderText(t("secrecy.signed_by_place"))
        self.on.setPlaceholderText(t("secrecy.signed_on_place"))
        self._form = QWidget()
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column, (name, field) in enumerate((("signed_by", self.by), ("signed_on", self.on))):
            field.setAccessibleName(t(f"secrecy.{name}"))
            grid.addWidget(label(t(f"secrecy.{name}"), "label"), 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 3 - 2 * column)
        self.box.addWidget(self._form)
        self.do = plain_button("")
        self.do.clicked.connect(self.turn)
        self.box.addWidget(self.do, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self.said)
        self.box.addStretch()
        self._show()

    def turn(self) -> None:
        """Go to the other mode; relaxed needs who signed it off, and when."""
        wanted = RELAXED if confidential.mode(self._vault).is_strict else STRICT
        try:
            confidential.set_mode(self._vault, wanted, self.by.text(), self.on.text(), self._today())
        except OfficeError as error:
            self.said.say(str(error))
            return
        self._show()
        self.note(t(f"secrecy.turned_{wanted}"))

    def _differences(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for column, head in enumerate(("", "strict", "relaxed")):
            grid.addWidget(label(t(f"secrecy.{head}") if head else "", "section"), 0, column)
        for line, name in enumerate(_FIELDS, start=1):
            grid.addWidget(label(t(f"secrecy.{name}"), "label"), line, 0)
            for column, mode in enumerate((STRICT, RELAXED), start=1):
                grid.addWidget(label(t(f"secrecy.{name}_{mode}"), "", wraps=True), line, column)
        grid.addWidget(label(t("secrecy.never"), "label"), len(_FIELDS) + 1, 0)
        grid.addWidget(label(t("secrecy.never_words"), "", wraps=True), len(_FIELDS) + 1, 1, 1, 2)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        return grid

    def _show(self) -> None:
        mode = confidential.mode(self._vault)
        words = t("secrecy.is_strict")
        if not mode.is_strict:
            words = t("secrecy.is_relaxed", by=mode.signed_off_by, on=mode.signed_off_on)
        self.state.setText(words)
        self._form.setVisible(mode.is_strict)
        self.do.setText(t("secrecy.to_relaxed" if mode.is_strict else "secrecy.to_strict"))
        self.by.clear()
        self.on.clear()


class HoursPage(SecrecyPage):
    """归柜和锁定: by when every copy is back in the cabinet, and how long the register stays open untouched."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(t("secrecy.hours"), t("secrecy.hours_hint"))
        self._office = vault.office
        self.hour = QLineEdit(get_setting(self._office, _HOUR))
        self.hour.setMaxLength(5)
        self.idle = NumberBox(1, 5, t("secrecy.minutes"))
        self.idle.setValue(int(get_setting(self._office, _IDLE)))
        for name, field in (("return_hour", self.hour), ("idle", self.idle)):
            field.setFixedWidth(140)
            field.setAccessibleName(t(f"secrecy.{name}"))
            self.box.addWidget(label(t(f"secrecy.{name}"), "label"))
            self.box.addWidget(field)
            self.box.addWidget(label(t(f"secrecy.{name}_hint"), "hint", wraps=True))
            self.box.addSpacing(4)
        self.do = plain_button(t("form.save"))
        self.do.clicked.connect(self.save)
        self.hour.returnPressed.connect(self.save)
        self.box.addWidget(self.do, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addWidget(self.said)
        self.box.addStretch()

    def save(self) -> None:
        """Keep both."""
        hour = clean_text(self.hour.text()).replace("：", ":")
        try:
            set_setting(self._office, _HOUR, hour.zfill(5) if ":" in hour else hour)
            set_setting(self._office, _IDLE, str(self.idle.value()))
        except OfficeError as error:
            self.said.say(str(error))
            return
        self.hour.setText(get_setting(self._office, _HOUR))
        self.note(t("secrecy.saved"))


class CodePage(SecrecyPage):
    """恢复码: print it again, or prove that the sheet in the safe is right."""

    def __init__(self, vault: Vault, today: Callable[[], date], now: Callable[[], datetime]) -> None:
        super().__init__(t("recovery_code.title"), t("recovery_code.what"))
        self._vault, self._today, self._now = vault, today, now
        self.last = label("", "muted")
        self.box.addWidget(self.last)
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, slot in (("show_again", self._on_show), ("check", self._on_check)):
            button = plain_button(t(f"recovery_code.{words}"))
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch()
        self.box.addLayout(row)
        self.box.addWidget(self.said)
        self.box.addStretch()
        self._show_last()

    def _show_last(self) -> None:
        day = recovery.checked_on(self._vault)
        self.last.setText(t("recovery_code.checked_on", day=day.isoformat()) if day else t("recovery_code.unchecked"))

    def _on_show(self) -> None:
        self.ask(CodeDialog(self._vault, self._today, self._now, self.window()), lambda: None)

    def _on_check(self) -> None:
        def done() -> None:
            self._show_last()
            self.note(t("recovery_code.right"))

        self.ask(CheckDialog(self._vault, self._now, self.window()), done)
