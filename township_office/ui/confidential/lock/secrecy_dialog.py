# SPDX-License-Identifier: MulanPSL-2.0
"""保密设置: who may unlock, what may be kept, when all copies are back, how soon it locks, the recovery code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.services.guarded.vault import Vault
from township_office.ui.confidential.lock.secrecy_pages import (
    CodePage,
    CustodiansPage,
    HoursPage,
    ModePage,
    SecrecyPage,
)
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.messages import Asker
from township_office.ui.widgets import card, plain_button

_LINE = 36


class SecrecyDialog(FramedDialog):
    """Pages left, the page right. Each change is a deed of its own, with its own button: there is nothing to save."""

    changed = Signal()

    def __init__(
        self,
        vault: Vault,
        today: Callable[[], date],
        now: Callable[[], datetime],
        asker: Asker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(t("action.vault_settings"), parent)
        self.custodians = CustodiansPage(vault, today, now, asker)
        self.mode = ModePage(vault, today)
        self.hours = HoursPage(vault)
        self.code = CodePage(vault, today, now)
        self.pages: tuple[SecrecyPage, ...] = (self.custodians, self.mode, self.hours, self.code)
        self.list = QListWidget()
        self.list.setObjectName("settingsPages")
        self.list.setFixedWidth(132)
        stack = QStackedWidget()
        for page in self.pages:
            self.list.addItem(page.title)
            self.list.item(self.list.count() - 1).setSizeHint(QSize(0, _LINE))
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            page.setObjectName("clear")
            scroll.setWidget(page)
            stack.addWidget(scroll)
            page.changed.connect(self.changed)
        self.list.currentRowChanged.connect(stack.setCurrentIndex)
        sheet = card()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(stack)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(sheet, 1)
        self.body.addLayout(row, 1)
        close = plain_button(t("form.close"))
        close.clicked.connect(self.accept)
        self.add_to_foot(close)
        self.list.setCurrentRow(0)
        self.fit(QSize(820, 580))
