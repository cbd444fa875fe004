# SPDX-License-Identifier: MulanPSL-2.0
"""One appraisal: its items, what is decided of each, the approval, and the end of those that go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.archive.disposal import APPRAISAL
from township_office.registers.archive.retention import PERMANENT, THIRTY
from township_office.registers.status import APPRAISING, APPROVED
from township_office.services import records
from township_office.services.archive import appraisal
from township_office.services.archive.appraisal import Judged
from township_office.services.office import Office
from township_office.services.standing import standing_of
from township_office.ui import actions
from township_office.ui.archive.care.fields_form import FieldsForm, Wanted
from township_office.ui.archive.care.item_lines import items_table, judged_lines
from township_office.ui.archive.care.sheets import DESTRUCTION, sheet_of
from township_office.ui.messages import Asker
from township_office.ui.widgets import (
    ElidedLabel,
    Pill,
    action_button,
    card,
    label,
    link_button,
    open_once,
    plain_button,
)

Row = dict[str, Value]
_COMMANDS = ("record_finish", "record_edit", "record_history", "book_print")
_EDITED = ("begun_on", "title", "head", "members", "opinion", "remarks")
_KEYS = ("1", "2", "3", "Del")
_FACTS = ("begun_on", "head", "members", "approver", "approved_on", "witness_one", "witness_two", "destroyed_on")


class AppraisalSheet(QWidget):
    """Shows one appraisal at a time and takes it one step further; changed when it wrote, left to go back."""

    changed = Signal()
    left = Signal()

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self._office, self._today, self._asker = office, today, asker
        self._row: Row = {}
        self._every: list[Judged] = []
        self._commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in _COMMANDS}
        self._commands["book_print"].setText(t("disposal.print_list"))
        self.table = items_table(is_judged=True)
        self._number, self._title, self._pill = label("", "number"), ElidedLabel("", "title"), Pill()
        self._facts, self._sum = label("", "hint", wraps=True), label("", "muted", wraps=True)
        self.next = action_button(self._commands["record_finish"], is_primary=True)
        self.deciding = self._build_deciding()
        self.more = plain_button(t("status.more"))
        self.more.setMenu(self._build_menu())
        self._build()
        self.table.opened.connect(self.on_note)
        self.setFocusProxy(self.table)

    def show_appraisal(self, appraisal_id: int) -> bool:
        """Show this one as it stands now; say whether it does, for one that is void does not."""
        row = self._row = records.get(self._office, APPRAISAL, appraisal_id)
        self._every = appraisal.judged(self._office, appraisal_id)
        state = standing_of(self._office, APPRAISAL, row, self._today())
        self._number.setText(str(row["number"]))
        self._title.show_text(" ".join(str(row["title"]).split("\n")))
        self._pill.show_state(state)
        said = ((APPRAISAL.field(name), row[name]) for name in _FACTS)
        self._facts.setText("　".join(f"{field.label} {show(field, value)}" for field, value in said if value))
        kept = sum(one.is_kept for one in self._every)
        pages = sum(int(str(one.item["page_count"] or 0)) for one in self._every if not one.is_kept)
        words = {"count": len(self._every), "kept": kept, "gone": len(self._every) - kept, "pages": f"{pages:,}"}
        self._sum.setText(t("disposal.sum", **words))
        self.table.fill(judged_lines(self._every))
        is_open, may_write = state.key == APPRAISING.key, not self._office.is_readonly
        self.deciding.setVisible(is_open and may_write)
        self.reopen.setVisible(state.key == APPROVED.key and may_write)
        self.drop.setVisible(state.key in (APPRAISING.key, APPROVED.key) and may_write)
        finish = self._commands["record_finish"]
        words_of = "approve" if is_open else "destroy" if kept < len(self._every) else "conclude"
        finish.setText(f"{t(f'disposal.{words_of}')}  {actions.shown_shortcut('record_finish')}")
        finish.setEnabled(state.key in (APPRAISING.key, APPROVED.key) and may_write)
        self.next.setText(finish.text())
        self.next.setVisible(finish.isEnabled())
        self._commands["record_edit"].setEnabled(finish.isEnabled())
        self._commands["book_print"].setEnabled(kept < len(self._every))
        return row["voided_on"] is None

    def refresh(self) -> bool:
        """Read it anew; say whether it still stands."""
        return self.show_appraisal(self._id())

    # ---- commands ----

    def decide(self, period: str) -> None:
        """Say of the chosen items that they stay for period, or go where it is ""."""
        self._write(lambda keys: appraisal.decide(self._office, self._id(), keys, period, self._today()))

    def on_take_out(self) -> None:
        """不列入: leave the chosen items out."""
        self._write(lambda keys: appraisal.take_out(self._office, self._id(), keys, self._today()))

    def on_note(self) -> None:
        """备注: why this is decided of the chosen item."""
        keys = self.table.chosen_keys()
        if not keys or self.deciding.isHidden():
            return
        one = next(one for one in self._every if one.line["id"] == keys[0])
        from township_office.ui.archive.care.note_form import NoteForm

        self._open(NoteForm(self._office, one, self._today, self.window()))

    def on_record_finish(self) -> None:
        """The next step: 批准, then 销毁, or 办结 where everything is kept."""
        if self._commands["record_finish"].isEnabled():
            is_open = not self.deciding.isHidden()
            self._open(self._approving() if is_open else self._ending())

    def on_record_edit(self) -> None:
        """修改: who appraised, what was looked at, what the group says."""
        said = {name: show(APPRAISAL.field(name), self._row[name]) for name in _EDITED}
        wanted = Wanted(
            t("disposal.edit"), str(self._row["number"]), t("form.save"), _EDITED,
            lambda own, draft, _: appraisal.correct(own, self._id(), draft, self._today()), row_id=self._id(),
        )  # fmt: skip
        self._open(FieldsForm(self._office, APPRAISAL, wanted, said, self._today, self.window()))

    def on_record_history(self) -> None:
        """历史: everything that was done to it."""
        from township_office.ui.dialogs.history_dialog import HistoryDialog

        row = records.get(self._office, APPRAISAL, self._id())
        self._open(HistoryDialog(self._office, APPRAISAL, row, self.window()))

    def on_book_print(self) -> None:
        """打印清册: the list of what goes, or went."""
        self._open(sheet_of(DESTRUCTION, self._id(), self._office, self._today, self._asker, self.window()))

    def on_reopen(self) -> None:
        """退回鉴定: take the approval back."""
        self._try(lambda: appraisal.reopen(self._office, self._id(), self._today()))

    def on_drop(self) -> None:
        """作废: this appraisal was begun by mistake."""
        from township_office.ui.archive.care.taking_back import DropDialog

        row = records.get(self._office, APPRAISAL, self._id())
        dialog = DropDialog(self._office, APPRAISAL, row, self._today, self.window())
        dialog.voided.connect(lambda _: self.left.emit())
        dialog.voided.connect(lambda _: self.changed.emit())
        open_once(dialog)

    # ---- putting it together ----

    def _build(self) -> None:
        back = link_button(t("disposal.back"))
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setSpacing(10)
        for widget in (back, self._number, self._pill):
            head.addWidget(widget)
        head.addWidget(self._title, 1)
        head.addWidget(self.more)
        head.addWidget(action_button(self._commands["book_print"]))
        head.addWidget(self.next)
        sheet = card()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 7)
        inside.addWidget(self.table)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(head)
        box.addWidget(self._sum)
        box.addWidget(self._facts)
        box.addWidget(sheet, 1)
        box.addWidget(self.deciding)

    def _build_deciding(self) -> QWidget:
        """What can be said of the chosen items, each with its key on it."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        periods = ("", THIRTY.word, PERMANENT.word)
        words = [t("disposal.let_go"), *(t("disposal.kept", period=period) for period in periods[1:])]
        slots: list[Callable[[], None]] = [lambda period=period: self.decide(period) for period in periods]  # type: ignore[misc]
        self.periods: dict[str, QPushButton] = {}
        for word, key, slot in zip([*words, t("disposal.leave_out")], _KEYS, [*slots, self.on_take_out], strict=True):
            button = plain_button(f"{word}  {key}")
            button.clicked.connect(lambda _=False, slot=slot: slot())
            actions.on_key(self.table, key, slot)
            row.addWidget(button)
            self.periods[word] = button
        row.addWidget(ElidedLabel(t("disposal.choose_hint"), "hint"), 1)
        return whole

    def _build_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self._commands["record_edit"])
        menu.addAction(self._commands["record_history"])
        menu.addSeparator()
        self.reopen = menu.addAction(t("disposal.reopen"), self.on_reopen)
        self.drop = menu.addAction(t("disposal.drop"), self.on_drop)
        return menu

    # ---- what follows ----

    def _approving(self) -> QDialog:
        wanted = Wanted(
            t("disposal.approve"), self._about(), t("disposal.approve"), appraisal.APPROVAL,
            lambda own, draft, _: appraisal.approve(own, self._id(), draft, self._today()),
            demanded=appraisal.APPROVAL, note=t("disposal.approve_note"), row_id=self._id(),
        )  # fmt: skip
        said = {"approved_on": show(APPRAISAL.field("approved_on"), self._today())}
        return FieldsForm(self._office, APPRAISAL, wanted, said, self._today, self.window())

    def _ending(self) -> QDialog:
        going = len(self._every) - sum(one.is_kept for one in self._every)
        words = "destroy" if going else "conclude"
        note = t("disposal.destroy_note", count=going) if going else t("disposal.conclude_note")
        wanted = Wanted(
            t(f"disposal.{words}"), self._about(), t(f"disposal.{words}_do"),
            appraisal.DESTRUCTION if going else (),
            lambda own, draft, progress: appraisal.destroy(own, self._id(), draft, self._today(), progress),
            demanded=appraisal.DESTRUCTION, note=note, sure=t("disposal.destroy_sure", count=going) if going else "",
            row_id=self._id(),
        )  # fmt: skip
        said = {"destroyed_on": show(APPRAISAL.field("destroyed_on"), self._today())}
        return FieldsForm(self._office, APPRAISAL, wanted, said, self._today, self.window())

    def _about(self) -> str:
        return f"{self._row['number']}　{self._sum.text()}"

    def _write(self, work: Callable[[list[int]], object]) -> None:
        keys = self.table.chosen_keys()
        if keys and not self.deciding.isHidden():
            self._try(lambda: work(keys))

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except OfficeError as error:
            self._asker.report(error)
            return
        self._on_written()

    def _open(self, dialog: QDialog) -> None:
        dialog.accepted.connect(self._on_written)
        open_once(dialog)

    def _on_written(self) -> None:
        self.show_appraisal(self._id())
        self.table.setFocus()
        self.changed.emit()

    def _id(self) -> int:
        return int(str(self._row["id"]))
