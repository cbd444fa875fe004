# SPDX-License-Identifier: MulanPSL-2.0
"""撤销导入: take a whole import out of the register again. Asks why first, in place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.core.text import t
from township_office.services import sheets
from township_office.services.office import Office, twin
from township_office.services.sheets import Batch
from township_office.ui.form import begun
from township_office.ui.jobs import run_job
from township_office.ui.messages import Asker
from township_office.ui.widgets import label, plain_button

_LONGEST = 500


class RevokeBar(QFrame):
    """Says what revoking does, asks why, and does it in a job."""

    revoked = Signal(object)  # the Batch as it stands now
    closed = Signal()  # gone again, revoked or not
    verb, busy = "import.revoke", "import.revoking"

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self.setObjectName("revokeBar")
        self._office, self._today, self._asker = office, today, asker
        self._asked: tuple[Register, Batch] | None = None
        self._words = label("", "", wraps=True)
        self.reason = QLineEdit()
        self.reason.setMaxLength(_LONGEST)
        self.reason.setPlaceholderText(t("import.revoke_why"))
        self.reason.setAccessibleName(t("import.revoke_why"))
        self.go = plain_button(t(self.verb))
        self.go.setObjectName("danger")
        self.go.clicked.connect(self.on_revoke)
        self.reason.textChanged.connect(self._on_typed)
        keep = plain_button(t("import.revoke_keep"))
        keep.clicked.connect(self._close)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.reason, 1)
        line.addWidget(self.go)
        line.addWidget(keep)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 12)
        box.setSpacing(8)
        box.addWidget(self._words)
        box.addLayout(line)
        self.hide()

    def ask(self, register: Register, batch: Batch) -> None:
        """Ask why this import is to be revoked."""
        self._asked = (register, batch)
        self._words.setText(self.question(batch))
        self.reason.setText(begun.words(self._office, self.verb, batch.id))
        self.go.setEnabled(bool(self.reason.text()))
        self.show()
        self.reason.setFocus()

    def question(self, batch: Batch) -> str:
        """Return what revoking does, and the question."""
        return t("import.revoke_ask", source=batch.source, count=f"{batch.taken:,}")

    def take_back(self, own: Office, register: Register, batch: Batch, why: str, today: date) -> Batch:
        """Revoke it, on a connection of the job's own."""
        return sheets.revoke_batch(own, register, batch.id, why, today)

    def on_revoke(self) -> None:
        """Revoke with the reason given."""
        why = self.reason.text().strip()
        if self._asked is None or not why or not self.go.isEnabled():
            return
        self.go.setEnabled(False)
        register, batch = self._asked
        office, today = self._office, self._today()

        def work(_: object) -> Batch:
            with twin(office) as own:
                return self.take_back(own, register, batch, why, today)

        run_job(self, t(self.busy), work, self._on_revoked, self._on_failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.on_revoke()
        else:
            super().keyPressEvent(event)

    def _on_typed(self, text: str) -> None:
        self.go.setEnabled(bool(text.strip()))
        if self._asked is not None:
            begun.keep(self._office, self.verb, self._asked[1].id, text.strip())

    def _on_revoked(self, batch: Batch) -> None:
        begun.keep(self._office, self.verb, batch.id, "")
        self._close()
        self.revoked.emit(batch)

    def _on_failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if not isinstance(error, OfficeError):
            self._close()
        self._asker.report(error)

    def _close(self) -> None:
        self.hide()
        self._asked = None
        self.closed.emit()
