# SPDX-License-Identifier: MulanPSL-2.0
"""A new password, typed twice; beside each field whether it will do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.services.guarded.vault import LONGEST_PASSWORD, SHORTEST_PASSWORD, check_password
from township_office.ui.confidential.said import Said
from township_office.ui.widgets import label


class NewPassword(QWidget):
    """password() gives it once it will do, and says beside the field why not; clear() forgets it."""

    entered = Signal()  # Enter in the last field

    def __init__(self) -> None:
        super().__init__()
        self.owner = ""  # whose it will be: not to be their name
        self.first, self.second = password_field(t("vault_password.new")), password_field(t("vault_password.again"))
        self._first_said, self._second_said = Said(), Said()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for field, said in ((self.first, self._first_said), (self.second, self._second_said)):
            box.addWidget(label(field.accessibleName(), "label"))
            box.addWidget(field)
            box.addWidget(said)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.entered)
        for field in (self.first, self.second):
            field.textEdited.connect(self._follow)
        self.first.editingFinished.connect(self._judge)
        self._follow()

    def password(self) -> str:
        """Return the password; "" when it is too easy or the two differ: that is said, and the cursor put there."""
        if trouble := self._trouble():
            self._first_said.say(trouble)
            self.first.setFocus()
            return ""
        if self.first.text() != self.second.text():
            self._second_said.say(t("vault_password.differ"))
            self.second.setFocus()
            self.second.selectAll()
            return ""
        return self.first.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.second.clear()
        self._follow()

    def _follow(self) -> None:
        """While it is typed only what is right is said; what is wrong waits until the field is left."""
        if self._trouble():
            self._first_said.say(t("vault_password.hint", low=SHORTEST_PASSWORD), "faint")
        else:
            self._first_said.say(t("vault_password.good"), "green")
        is_same = bool(self.first.text()) and self.first.text() == self.second.text()
        self._second_said.say(t("vault_password.same") if is_same else "", "green")

    def _judge(self) -> None:
        if self.first.text() and (trouble := self._trouble()):
            self._first_said.say(trouble)

    def _trouble(self) -> str:
        try:
            check_password(self.first.text(), self.owner)
        except OfficeError as error:
            return str(error)
        return ""


def password_field(name: str) -> QLineEdit:
    """Return a field whose words nobody sees, and which neither copies nor undoes them."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(LONGEST_PASSWORD)
    field.setAccessibleName(name)
    return field
