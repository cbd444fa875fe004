# SPDX-License-Identifier: MulanPSL-2.0
"""The unlocked tab: the standing notice above the book, what was found wrong, how soon it locks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.services.guarded.drafts import is_kept
from township_office.services.guarded.vault import Vault
from township_office.ui.confidential.book.custody_book import CustodyBook
from township_office.ui.confidential.book.paper_dialog import NEW_PAPER
from township_office.ui.form.record_form import Strip
from township_office.ui.widgets import Banner, label, link_button, plain_button

_COUNT_WIDTH = 118


class OpenPage(QWidget):
    """book is what is shown below; keys are 锁定 and 保密设置."""

    mishap_wanted = Signal()

    def __init__(self, vault: Vault, keys: Sequence[QAction], book: CustodyBook) -> None:
        super().__init__()
        self.book = book
        self.count = label("", "note-red")
        self.count.setFixedWidth(_COUNT_WIDTH)  # kept free: nothing moves when it speaks
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 10, 20, 0)
        box.setSpacing(8)
        box.addWidget(self._notice(keys))
        for finding in vault.findings:
            box.addWidget(Banner(finding, "red"))
        if vault.findings:
            box.addWidget(label(t("lock.tampered"), "note-red", wraps=True))
        self.failures = Strip("amber")
        self.failures.add(plain_button(t("ui.understood")), lambda: self.failures.say(""))
        if vault.failures:
            self.failures.say(t("lock.failures", count=vault.failures))
        self.half_typed = Strip("accent")
        self.half_typed.add(plain_button(t("lock.go_on")), self._go_on)
        if is_kept(vault, NEW_PAPER):
            self.half_typed.say(t("lock.half_typed"))
        box.addWidget(self.failures)
        box.addWidget(self.half_typed)
        box.addWidget(book, 1)
        self.setFocusProxy(book if self.half_typed.isHidden() else self.half_typed.buttons[0])

    def count_down(self, seconds: int) -> None:
        """Say that it locks soon; 0: somebody is there."""
        self.count.setText(t("lock.counting", seconds=seconds) if seconds else "")

    def _go_on(self) -> None:
        self.setFocusProxy(self.book)
        self.half_typed.say("")
        self.book.on_record_new()

    def _notice(self, keys: Sequence[QAction]) -> QFrame:
        line = QFrame()
        line.setObjectName("banner-amber")
        row = QHBoxLayout(line)
        row.setContentsMargins(12, 5, 6, 5)
        row.setSpacing(8)
        row.addWidget(label(t("lock.notice"), "note-amber", wraps=True), 1)
        row.addWidget(self.count)
        mishap = link_button(t("action.mishap"))
        mishap.clicked.connect(self.mishap_wanted)
        row.addWidget(mishap)
        for key in keys:
            button = plain_button(key.text())  # no action_button: the key stays when this page is thrown away
            button.setToolTip(key.toolTip())
            button.clicked.connect(key.trigger)
            row.addWidget(button)
        return line
