# SPDX-License-Identifier: MulanPSL-2.0
"""涉密: closed until a custodian unlocks it; locked, nothing of the register is on the screen or in the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.services.guarded import recovery
from township_office.services.guarded.daily_notice import acknowledge, is_acknowledged
from township_office.services.guarded.vault import Vault, is_made, recovery_code
from township_office.services.office import Office
from township_office.services.settings import get_setting
from township_office.ui import actions
from township_office.ui.confidential.book.custody_book import CustodyBook
from township_office.ui.confidential.guard import Guard
from township_office.ui.confidential.lock.card_page import CardPage
from township_office.ui.confidential.lock.code_field import CodeCheck
from township_office.ui.confidential.lock.hand_in import close_dialogs
from township_office.ui.confidential.lock.idle_lock import IdleLock
from township_office.ui.confidential.lock.lock_page import LockPage
from township_office.ui.confidential.lock.open_page import OpenPage
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import label, link_button, open_once, plain_button, primary_button

NEW, LOCKED, CHECK, NOTICE, OPEN = "new", "locked", "check", "notice", "open"  # the pages, one at a time


class ConfidentialTab(Tab):
    """One page at a time; a page that is left is thrown away with everything that stood on it."""

    def __init__(self, office: Office, guard: Guard, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self._office, self._guard, self._today, self._asker = office, guard, today, asker
        self._stage, self._has_read = "", False
        self.page: QWidget = QWidget()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.page)
        self._lock = actions.make("vault_lock", self, self.on_vault_lock)
        self._settings = actions.make("vault_settings", self, self.on_vault_settings)
        self.idle = IdleLock(guard, self)
        guard.opened.connect(self._on_opened)
        guard.closing.connect(self._on_closing)
        guard.closed.connect(self._on_closed)
        self.show_stage()

    def enter(self) -> None:
        """See Tab."""
        self.refresh()
        self.page.setFocus()

    def refresh(self) -> None:
        """See Tab."""
        self.show_stage()
        if isinstance(self.page, OpenPage):
            self.page.book.refresh()

    def reveal(self, row_id: int) -> None:
        """Show a paper of the book, while it is open."""
        if isinstance(self.page, OpenPage):
            self.page.book.reveal(row_id)

    def status_words(self) -> str:
        """See Tab. Never a word of the register."""
        vault = self._guard.vault
        if vault is None:
            return t("lock.status_new" if self._stage == NEW else "lock.status_locked")
        return t("lock.status_open", name=vault.custodian)

    def show_stage(self) -> None:
        """Show the page that the register is at; the one that is there stays."""
        stage = self._stage_now()
        self._guard.show(is_shown=stage == OPEN)
        self._lock.setEnabled(self._guard.vault is not None)
        self._settings.setEnabled(stage == OPEN)
        if stage == self._stage:
            return
        self._stage = stage
        old, self.page = self.page, self._build(stage)
        self._box.replaceWidget(old, self.page)
        old.hide()
        old.setParent(None)
        old.deleteLater()
        if self.isVisible():
            self.page.setFocus()
        self.changed.emit()

    # ---- commands ----

    def on_vault_lock(self) -> None:
        """锁定, at once."""
        self._guard.close()

    def on_vault_settings(self) -> None:
        """保密设置."""
        if self._stage != OPEN:
            return
        from township_office.ui.confidential.lock.secrecy_dialog import SecrecyDialog

        dialog = SecrecyDialog(self._guard.vault, self._today, self._now, self._asker, self)
        dialog.changed.connect(self._on_settings_changed)
        open_once(dialog)

    def set_up(self) -> None:
        """启用."""
        from township_office.ui.confidential.lock.setup_dialog import SetupDialog

        dialog = SetupDialog(self._office, self._guard, self._today, self._now, self)
        dialog.finished.connect(self.show_stage)
        open_once(dialog)

    # ---- what follows ----

    def _stage_now(self) -> str:
        vault: Vault | None = self._guard.vault
        if vault is None:
            return LOCKED if is_made(self._office) else NEW
        if vault.is_writable and recovery.checked_on(vault) is None:
            return CHECK
        return OPEN if self._has_read or is_acknowledged(vault, self._today()) else NOTICE

    def _on_opened(self) -> None:
        self.idle.set_minutes(int(get_setting(self._office, "confidential.idle_minutes")))
        self._has_read = False
        vault: Vault = self._guard.vault
        if vault.is_by_code:  # typed from paper a moment ago: it is right, and that it was used is kept
            try:
                recovery.check(vault, recovery_code(vault), self._now())
            except OfficeError as error:
                self._asker.report(error)
        self.show_stage()

    def _on_closing(self) -> None:
        close_dialogs(self.window(), self._guard.vault, is_shown=self.isVisible())
        if isinstance(self.page, OpenPage):
            self.page.book.forget()

    def _on_closed(self) -> None:
        self.show_stage()

    def _on_read(self) -> None:
        acknowledge(self._guard.vault, self._today())
        self._has_read = True
        self.show_stage()

    def _on_settings_changed(self) -> None:
        self.idle.set_minutes(int(get_setting(self._office, "confidential.idle_minutes")))
        self.refresh()
        self._guard.changed.emit()

    def _now(self) -> datetime:
        return datetime.combine(self._today(), datetime.now().time())

    # ---- the pages ----

    def _build(self, stage: str) -> QWidget:
        match stage:
            case "new":
                return self._build_new()
            case "locked":
                return self._build_lock()
            case "check":
                return self._build_check()
            case "notice":
                return self._build_notice()
            case _:
                return self._build_open()

    def _build_lock(self) -> LockPage:
        page = LockPage(self._office, self._now)
        page.unlocked.connect(self._guard.open)
        page.mishap_wanted.connect(self.mishap_wanted)
        return page

    def _build_open(self) -> OpenPage:
        book = CustodyBook(self._guard.vault, self._today, self._now, self._asker)
        book.changed.connect(self._guard.changed)
        page = OpenPage(self._guard.vault, (self._lock, self._settings), book)
        page.mishap_wanted.connect(self.mishap_wanted)
        self.idle.counting.connect(page.count_down)
        return page

    def _build_new(self) -> CardPage:
        page = CardPage("vault_lock", t("setup.welcome"), t("setup.what"))
        page.box.addWidget(label(t("setup.how"), "muted", wraps=True))
        page.box.addWidget(label(t("lock.notice"), "note-amber", wraps=True))
        do = primary_button(t("setup.begin"))
        do.clicked.connect(self.set_up)
        do.setEnabled(not self._office.is_readonly)
        mishap = link_button(t("action.mishap"))
        mishap.clicked.connect(self.mishap_wanted)
        page.add_buttons(do, mishap)
        page.setFocusProxy(do)
        return page

    def _build_check(self) -> CardPage:
        page = CardPage("recovery_code", t("recovery_code.check"), t("recovery_code.check_first"))
        check = CodeCheck(self._guard.vault, self._now)
        check.checked.connect(self.show_stage)
        page.box.addWidget(check)
        do, lock, show = (
            primary_button(t("recovery_code.compare"), "Enter"),
            plain_button(t("action.vault_lock")),
            link_button(t("recovery_code.show_again")),
        )
        do.clicked.connect(check.check)
        lock.clicked.connect(self._guard.close)
        show.clicked.connect(self._show_code)
        page.add_buttons(do, lock, show)
        page.setFocusProxy(check.field)
        return page

    def _build_notice(self) -> CardPage:
        page = CardPage("warning", t("lock.notice_title"), "")
        page.box.addWidget(label(t("lock.notice"), "noticeLarge", wraps=True))
        page.box.addWidget(label(t("lock.notice_who", name=self._guard.vault.custodian), "muted", wraps=True))
        do, lock = primary_button(t("lock.notice_read"), "Enter"), plain_button(t("action.vault_lock"))
        do.clicked.connect(self._on_read)
        lock.clicked.connect(self._guard.close)
        page.add_buttons(do, lock)
        page.setFocusProxy(do)
        return page

    def _show_code(self) -> None:
        from township_office.ui.confidential.lock.code_dialogs import CodeDialog

        dialog = CodeDialog(self._guard.vault, self._today, self._now, self)
        open_once(dialog)
