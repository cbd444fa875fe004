# SPDX-License-Identifier: MulanPSL-2.0
"""The unlocked part of 涉密: which copy of which paper is where, one line per 份号; sister of ui.book.register_tab."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QToolTip, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers.custody import State
from township_office.services.guarded import confidential, drafts
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.custody import Held
from township_office.services.guarded.vault import Vault
from township_office.ui import actions
from township_office.ui.book.register_bar import lay_out_bar
from township_office.ui.book.search_box import SearchBox
from township_office.ui.book.side_pane import SidePane
from township_office.ui.book.year_choice import YearBox
from township_office.ui.confidential.book.copies_list import CopiesList
from township_office.ui.confidential.book.custody_pane import CustodyPane
from township_office.ui.confidential.book.custody_way import TAKE_BACK, WAY, CustodyWay
from township_office.ui.confidential.book.paper_dialog import PaperDialog
from township_office.ui.messages import Asker
from township_office.ui.widgets import Banner, action_button, open_once, plain_button

_COMMANDS = (
    "record_new", "record_edit", "record_void", "record_history", "sheet_import", "day_check", "clearance_check",
    "book_print", "find", "detail_toggle", "reload",
)  # fmt: skip
_OF_A_PAPER = ("record_edit", "record_void", "record_history")
_MINUTE_MS = 60_000


class CustodyBook(QWidget):
    """Browse, find, register, and take every step of custody, while the vault is open; forget() when it closes."""

    changed = Signal()

    def __init__(self, vault: Vault, today: Callable[[], date], now: Callable[[], datetime], asker: Asker) -> None:
        super().__init__()
        self._vault, self._today, self._now, self._asker = vault, today, now, asker
        self._dialogs: list[QDialog] = []
        self._minutes = QTimer(self, interval=_MINUTE_MS)
        self._minutes.timeout.connect(self._on_minute)
        self._minutes.start()
        self._commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in _COMMANDS}
        self.way = CustodyWay(self, vault, now, asker, self._chosen, self.open)
        self._commands |= self.way.commands
        self._word_commands()
        self.list = CopiesList(vault, now, self._commands["detail_toggle"])
        self.pane = CustodyPane(self._commands, self.line_menu)
        self.side = SidePane(self.list, self.pane, "custody_pane")
        self.search = SearchBox(t("custody_book.find_placeholder", keys=actions.shown_shortcut("find")))
        self.search.setAcceptDrops(False)
        self.years = YearBox()
        self._build()
        self._connect()
        self.setFocusProxy(self.list)
        self.refresh()

    def _word_commands(self) -> None:
        self._commands["record_new"].setText(t("custody_book.register"))
        self._commands["book_print"].setText(t("custody_book.print"))
        if self._vault.office.is_readonly:
            actions.forbid_writing(self._commands)

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 2, 0, 16)  # the page around it has the others
        box.setSpacing(12)
        if self._vault.office.is_readonly:
            box.addWidget(Banner(t("ui.read_only_banner")))
        new_keys = actions.shown_shortcut("record_new")
        buttons = [action_button(self._commands["record_new"], is_primary=True, shortcut=new_keys)]
        buttons += [action_button(self._commands[name]) for name in ("sheet_import", "day_check", "clearance_check")]
        box.addLayout(lay_out_bar([*buttons, self._print_button()], self.search, self.years))
        box.addWidget(self.list.head)
        box.addWidget(self.side, 1)

    def _print_button(self) -> QPushButton:
        """Which sheets there are is read when the menu opens: it needs all that prints."""
        button = plain_button(t("custody_book.print") + " ▾")
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill_print_menu(menu))
        button.setMenu(menu)
        return button

    def _fill_print_menu(self, menu: QMenu) -> None:
        from township_office.services.guarded.custody_printing import SHEETS

        menu.clear()
        for key, sheet in SHEETS.items():
            menu.addAction(sheet.title).triggered.connect(partial(self._print, key))

    def _connect(self) -> None:
        table = self.list.table
        actions.confine(self._commands["record_void"], table)
        self.search.sought.connect(self.list.seek)
        self.search.left_downwards.connect(table.setFocus)
        table.left_upwards.connect(self.search.setFocus)
        table.menu_wanted.connect(lambda place: self.line_menu().popup(place))
        table.opened.connect(self._on_opened)
        self.list.chosen.connect(self._on_chosen)
        self.list.register_wanted.connect(self.on_record_new)
        self.list.view_changed.connect(lambda: self.years.show_year(self.list.year))
        self.years.chosen.connect(self.list.show_year)
        self.way.written.connect(self._on_step_taken)
        self.side.due.connect(self._read_chosen)
        self.pane.copy_wanted.connect(self.reveal)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.tell_time()

    # ---- what the tab asks ----

    def refresh(self) -> None:
        """Read everything anew."""
        self.list.read_anew()
        self.years.offer(self.list.years(), self.list.year)

    def reveal(self, paper_id: int, serial: str = "") -> None:
        """Show this copy (without serial the paper's first), whatever was shown before."""
        if self.list.reveal(paper_id, serial):
            with QSignalBlocker(self.search):
                self.search.clear()
        self.list.table.setFocus()

    def show_state(self, key: str) -> None:
        """Show the copies of every year that stand so: one of services.guarded.custody_lists.STANDINGS, "" for all."""
        with QSignalBlocker(self.search):
            self.search.clear()
        self.list.text = ""
        self.list.widen()
        self.list.show_state(key)
        self.list.table.setFocus()

    def forget(self) -> None:
        """The vault closes: no word of it stays on screen, in a dialog, in the search box or in a tooltip."""
        self.side.reading.stop()
        self._minutes.stop()
        for dialog in [*self._dialogs]:
            dialog.done(int(QDialog.DialogCode.Rejected))  # without asking
        QToolTip.hideText()
        with QSignalBlocker(self.search):
            self.search.setText("")  # clear() could be undone
        self.list.forget()
        self.pane.clear()
        with QSignalBlocker(self.years):
            self.years.clear()

    def open(self, dialog: QDialog) -> None:
        """Open a dialog of this register: it closes when the register does."""
        self._dialogs.append(dialog)
        dialog.finished.connect(lambda _: self._dialogs.remove(dialog))
        open_once(dialog)

    # ---- commands ----

    def on_record_new(self) -> None:
        """登记: an empty form."""
        self._open_form(None)

    def on_record_edit(self) -> None:
        """修改: the form of the chosen paper, or why there is none."""
        paper = self._chosen_paper()
        if paper is not None and self._may("record_edit", paper):
            self._open_form(paper)

    def on_record_void(self) -> None:
        """作废: the chosen paper was entered wrongly."""
        from township_office.ui.confidential.book.reason_dialog import VoidPaperDialog

        paper = self._chosen_paper()
        if paper is None or not self._may("record_void", paper):
            return
        dialog = VoidPaperDialog(self._vault, paper, self._today, self.window())
        dialog.accepted.connect(lambda: self._on_written(paper.id, t("custody_book.voided", number=paper.number)))
        self.open(dialog)

    def on_record_history(self) -> None:
        """历史: everything that was done to the chosen paper and its copies."""
        from township_office.ui.confidential.book.paper_past_dialog import PaperPastDialog

        paper = self._chosen_paper()
        if paper is not None:
            self.open(PaperPastDialog(self._vault, paper, self.window()))

    def on_sheet_import(self) -> None:
        """导入: the list of classified paper that was kept until now, without what this PC must not hold."""
        from township_office.ui.confidential.checks.ledger_import import import_ledger

        words = t("custody_book.taken_in")
        import_ledger(self, self._vault, self._today(), self._asker, lambda: self._on_step_taken(words))

    def on_day_check(self) -> None:
        """归柜核对: at the end of the day each copy is in its cabinet, or it is known with whom."""
        from township_office.ui.confidential.checks.day_check_dialog import DayCheckDialog

        dialog = DayCheckDialog(self._vault, self._now, self._asker, self.window())
        dialog.changed.connect(self.changed)
        self.open(dialog)

    def on_clearance_check(self) -> None:
        """清退核对: the superior's list against what is here."""
        from township_office.ui.confidential.checks.clearance_dialog import ClearanceDialog

        dialog = ClearanceDialog(self._vault, self._today, self._asker, self.window())
        dialog.changed.connect(lambda: self._on_step_taken(t("custody_book.cleared")))
        self.open(dialog)

    def on_book_print(self) -> None:
        """打印: any sheet of custody, of a time or of the chosen copies."""
        self._print("")

    def on_find(self) -> None:
        """Lead to the search box."""
        self.search.lead_here()

    def on_detail_toggle(self) -> None:
        """Show or hide the pane beside the table."""
        self.side.toggle()

    def on_reload(self) -> None:
        """刷新."""
        self.refresh()

    def line_menu(self) -> QMenu:
        """Return what can be done with the chosen copies, as a menu."""
        helds, menu = self._chosen(), QMenu(self)
        possible = self.way.look_at(helds)
        steps = tuple(name for name in (*WAY, TAKE_BACK) if name in possible)
        paper = self._chosen_paper()
        of_paper = [
            name
            for name in _OF_A_PAPER
            if paper is not None and (name == "record_history" or self._objection(name, paper) is None)
        ]
        actions.fill_menu(menu, (*steps, actions.SEPARATOR, *of_paper), self._commands)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    # ---- what follows ----

    def _open_form(self, paper: Paper | None) -> PaperDialog:
        dialog = PaperDialog(self._vault, paper, self._today, self.window())
        if texts := drafts.take(self._vault, dialog.draft_name):
            dialog.fill(texts)  # the register locked under the hand
        dialog.saved.connect(lambda saved: self._on_saved(saved, is_new=paper is None))
        self.open(dialog)
        return dialog

    def _print(self, form: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        from township_office.ui.confidential.checks.custody_print_dialog import CustodyPrintDialog

        chosen = [(held.paper.id, held.copy.serial) for held in self._chosen()]
        chosen = chosen if len(chosen) > 1 else []  # one is always chosen, and says nothing of what is to be printed
        self.open(CustodyPrintDialog(self._vault, self._today, self._asker, self.window(), form, chosen))

    def _on_saved(self, paper: Paper | None, *, is_new: bool) -> None:
        if paper is None:
            self._on_written(None, t("paper_dialog.counted"))
        else:
            key = "custody_book.registered" if is_new else "custody_book.corrected"
            self._on_written(paper.id, t(key, number=paper.number))

    def _on_written(self, paper_id: int | None, words: str) -> None:
        self.refresh()
        if paper_id is not None:
            self.reveal(paper_id)
        self.list.say(words)
        self.changed.emit()

    def _on_step_taken(self, words: str) -> None:
        """The copies stay chosen; where they left the view, the next ones move up, and the words say what was done."""
        self.refresh()
        self.list.say(words)
        self.changed.emit()

    def _objection(self, name: str, paper: Paper) -> OfficeError | None:
        """Return why a command cannot be given to a paper, as the services would say it."""
        if paper.void is not None:
            return OfficeError("confidential.is_void", number=paper.number)
        if name == "record_edit" and any(copy.state is State.DESTROYED for copy in paper.copies.values()):
            return OfficeError("confidential.destroyed_stays", number=paper.number)
        if name == "record_void" and paper.steps:
            return OfficeError("confidential.has_steps", number=paper.number)
        return None

    def _may(self, name: str, paper: Paper) -> bool:
        """Say why a command cannot be given to a paper, where it cannot."""
        objection = self._objection(name, paper)
        if objection is not None:
            self._asker.report(objection)
        return objection is None

    def _on_opened(self) -> None:
        if self._commands["record_edit"].isEnabled():
            self.on_record_edit()

    def _on_minute(self) -> None:
        """Time goes by: at the office's hour what is out turns red by itself."""
        if self.isVisible():
            self.list.tell_time()

    # ---- the chosen copies ----

    def _chosen(self) -> list[Held]:
        return self.list.table.chosen_copies()

    def _chosen_paper(self) -> Paper | None:
        held = self.list.table.current_copy()
        return None if held is None else held.paper

    def _on_chosen(self) -> None:
        for name in _OF_A_PAPER:
            is_allowed = not (self._vault.office.is_readonly and actions.action_of(name).writes)
            self._commands[name].setEnabled(is_allowed and self.list.table.selectionModel().hasSelection())
        self.side.read()

    def _read_chosen(self) -> None:
        helds = self._chosen()
        possible = set() if self._vault.office.is_readonly else self.way.look_at(helds)
        self.pane.foot.offer(possible)
        if not helds:
            self.pane.clear()
        elif len(helds) > 1:
            self.pane.show_many(helds, self.list.clock, can_go_on=bool(possible))
        else:
            is_strict = confidential.mode(self._vault).is_strict
            self.pane.show_copy(helds[0], self.list.clock, is_strict=is_strict)
