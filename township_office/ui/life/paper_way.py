# SPDX-License-Identifier: MulanPSL-2.0
"""The commands of a paper's way on a register's tab: each step, each reader, the reply; one key for what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QMenu

from township_office.core.errors import OfficeError
from township_office.core.fields import Child, Register, Value
from township_office.core.text import t
from township_office.registers import status
from township_office.registers.chase import CHASE
from township_office.registers.circulation import CIRCULATION
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION, is_signed
from township_office.registers.steps import step
from township_office.services import children, circulation, replies, steps
from township_office.services.dossier import Dossier, dossier_of, likely_purpose
from township_office.services.office import Office
from township_office.ui import actions
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import open_once

Row = dict[str, Value]
# In the order the paper goes; the menu of a row is made from it.
WAY = {
    "receipt": (
        "step_next", "step_return_to_sender", "step_propose", "reader_send", "reader_back", "step_instruct",
        "step_assign", "step_supervise", "chase_add", "reply_draft", "step_reply", "record_finish", "step_file",
    ),
    "dispatch": (
        "step_next", "step_review", "step_sign", "step_print", "step_seal", "distribute", "record_finish", "step_file",
    ),
}  # fmt: skip
FORMS = {
    "receipt": ("form_handling_sheet", "form_circulation_slip"),
    "dispatch": ("form_draft_sheet", "form_distribution_list"),
}
_FINISH = {"receipt": "finish", "dispatch": "release"}
_NAME = 5  # characters of a reader on the button
_AWAY = (status.FILED.key, status.RETURNED.key, status.VOIDED.key)


class PaperWay(QObject):
    """Made by a tab for its register; `chosen` is the row the commands are about. Where it leads, the tab says."""

    written = Signal(int)  # id of the row that was changed

    def __init__(
        self,
        tab: Tab,
        office: Office,
        register: Register,
        today: Callable[[], date],
        asker: Asker,
        chosen: Callable[[], Row | None],
    ) -> None:
        super().__init__(tab)
        self._tab, self._office, self._register = tab, office, register
        self._today, self._asker, self._chosen = today, asker, chosen
        self.names, self.forms = WAY[register.name], FORMS[register.name]
        every = (*self.names, *self.forms)
        self.commands = {name: actions.make(name, tab, getattr(self, f"on_{name}")) for name in every}
        finish, word = self.commands["record_finish"], t(f"step.{_FINISH[register.name]}")
        finish.setText(word)
        finish.setToolTip(t("ui.finish_hint", what=word, keys=actions.shown_shortcut("record_finish")))

    # ---- what can be done ----

    def look_at(self, row: Row | None) -> None:
        """Enable what can be done with row."""
        possible = set()
        if row is not None and not self._office.is_readonly:
            possible = {f"step_{one.key}" for one in steps.possible_steps(self._register, row, self._today())}
            standing = status.state_of(self._register, row, self._today()).key
            if f"step_{_FINISH[self._register.name]}" in possible:
                possible.add("record_finish")
            possible |= self._verbs(row, standing)
        for name in self.names:
            self.commands[name].setEnabled(name in possible)
        self.commands["step_next"].setEnabled(bool(possible))
        for name in self.forms:
            self.commands[name].setEnabled(row is not None)

    def tell(self, dossier: Dossier) -> None:
        """Name the next step; none is offered where nothing is left to do."""
        command = self.commands["step_next"]
        command.setEnabled(bool(dossier.following) and not self._office.is_readonly)
        if not dossier.following:
            return
        waiting = circulation.next_reader(dossier.handovers)
        words = t(f"way.primary_{dossier.following}")
        if dossier.following == "send" and waiting is not None:
            words = t("way.primary_send_to", reader=str(waiting["reader"])[:_NAME])
        elif dossier.following == "send" and not dossier.handovers:
            words = t("way.primary_send_for" if self._is_for_instruction(dossier) else "way.primary_send")
        command.setText(words)
        command.setToolTip(t("way.next_tooltip", what=words, keys=actions.shown_shortcut("step_next")))

    def possible(self) -> tuple[str, ...]:
        """Return what can be done now, in the order the paper goes."""
        return tuple(name for name in self.names if name != "step_next" and self.commands[name].isEnabled())

    def menu(self) -> tuple[str, ...]:
        """Return the part of a row's menu that is about its way: what can be done, and its forms."""
        return (*self.possible(), actions.SEPARATOR, *self.forms, actions.SEPARATOR)

    def _verbs(self, row: Row, standing: str) -> set[str]:
        if self._register is DISPATCH:
            return set() if standing == status.VOIDED.key else {"distribute"}
        if standing in _AWAY:
            return set()
        verbs = {"reader_send", "chase_add"} | ({"reply_draft"} if row["number"] else set())
        return verbs | {"reader_back"} if row["holder"] else verbs

    def _is_for_instruction(self, dossier: Dossier) -> bool:
        row = self._chosen()
        return row is not None and likely_purpose(row, dossier.handovers) == CIRCULATION.field("purpose").choices[0]

    # ---- readers ----

    def on_step_next(self) -> None:
        """下一步: whatever most likely comes next for the chosen row."""
        row = self._chosen()
        if row is None:
            return
        following = dossier_of(self._office, self._register, row, self._today()).following
        match following:
            case "send":
                self.on_reader_send()
            case "take_back" | "pass_on":
                self.on_reader_back()
            case "":
                pass
            case _:
                self._open_step(following)

    def on_reader_send(self, handover_id: int = 0) -> None:
        """送阅: hand a copy to a reader, and plan who comes after."""
        from township_office.ui.life.send_dialog import SendDialog

        row = self._chosen()
        if row is not None:
            self._open(SendDialog(self._office, row, self._today, handover_id, self._tab.window()), row)

    def on_reader_back(self, handover_id: int = 0) -> None:
        """收回: the copy came back; pass it on to the next."""
        from township_office.ui.life.take_back_dialog import TakeBackDialog

        row = self._chosen()
        if row is not None and row["holder"]:
            self._open(TakeBackDialog(self._office, row, self._today, handover_id, self._tab.window()), row)

    def on_chase_add(self) -> None:
        """催办: note who was reminded and what was answered."""
        from township_office.ui.life.line_dialog import LineDialog

        row = self._chosen()
        if row is not None:
            whom = next((str(row[name]) for name in ("holder", "handler", "lead_dept") if row[name]), "")
            new: Row = {"chased": whom}
            self._open(LineDialog(self._office, CHASE, row, self._today, new, self._tab.window()), row)

    # ---- steps ----

    def on_step_return_to_sender(self) -> None:
        """初审退回: back to the sender, with the reason."""
        self._open_step("return_to_sender")

    def on_step_propose(self) -> None:
        """拟办: what the office proposes to do with the paper."""
        self._open_step("propose")

    def on_step_instruct(self) -> None:
        """记批示: what a leader wrote on the paper."""
        self._open_step("instruct")

    def on_step_assign(self) -> None:
        """交承办: who handles it, until when."""
        self._open_step("assign")

    def on_step_supervise(self) -> None:
        """纳入督办."""
        self._open_step("supervise")

    def on_step_reply(self) -> None:
        """记复文号: the number of the answer."""
        self._open_step("reply")

    def on_step_file(self) -> None:
        """归档: to be kept, and where."""
        self._open_step("file")

    def on_step_review(self) -> None:
        """核稿: who read the draft."""
        self._open_step("review")

    def on_step_sign(self) -> None:
        """签发: signed, and numbered in the same moment."""
        self._open_step("sign")

    def on_step_print(self) -> None:
        """印制: checked before printing, how many copies."""
        self._open_step("print")

    def on_step_seal(self) -> None:
        """用印."""
        self._open_step("seal")

    def on_record_finish(self) -> None:
        """办结 (发出): done today, on one key; a copy that is out is named and nothing is written."""
        row, key = self._chosen(), _FINISH[self._register.name]
        if row is None:
            return
        row_id, draft = int(str(row["id"])), steps.draft_of(self._register, row, step(self._register.name, key))
        try:
            steps.take_step(self._office, self._register, row_id, key, draft, self._today())
        except OfficeError as error:
            self._asker.report(error)
            return
        self.written.emit(row_id)

    # ---- replies and recipients ----

    def on_reply_draft(self) -> None:
        """起草复函: the form of an outgoing document, filled in as far as the paper says; or the one there is."""
        from township_office.ui.form.record_dialog import RecordDialog

        row = self._chosen()
        if row is None or not row["number"]:
            return
        present = replies.replies_to(self._office, row)
        if present:
            self._tab.row_wanted.emit(DISPATCH.name, int(str(present[0]["id"])))
            return
        dialog = RecordDialog(self._office, DISPATCH, self._today, self._asker, parent=self._tab.window())
        dialog.sheet.fill(replies.draft_of_reply(self._office, row))
        dialog.sheet.blocks["title"].editor.inner.setFocus()
        receipt_id = int(str(row["id"]))
        dialog.saved.connect(lambda _: self.written.emit(receipt_id))  # it is linked, and may be numbered already
        dialog.saved.connect(lambda reply_id: self._tab.row_wanted.emit(DISPATCH.name, reply_id))
        open_once(dialog)

    def on_distribute(self) -> None:
        """分发: units and copies, and who signed."""
        from township_office.ui.life.distribute_dialog import DistributeDialog

        row = self._chosen()
        if row is not None:
            dialog = DistributeDialog(self._office, row, self._today, self._tab.window())
            dialog.written.connect(lambda: self.written.emit(int(str(row["id"]))))
            open_once(dialog)

    # ---- forms ----

    def on_form_handling_sheet(self) -> None:
        """文件处理单."""
        self._open_form("handling_sheet")

    def on_form_circulation_slip(self) -> None:
        """传阅单."""
        self._open_form("circulation_slip")

    def on_form_draft_sheet(self) -> None:
        """发文稿纸."""
        self._open_form("draft_sheet")

    def on_form_distribution_list(self) -> None:
        """分发表."""
        self._open_form("distribution_list")

    def _open_form(self, form: str) -> None:
        from township_office.ui.printing.form_dialog import FormDialog

        row = self._chosen()
        if row is not None:
            dialog = FormDialog(self._office, row, form, self._today, self._asker, self._tab.window())
            open_once(dialog)

    # ---- lines of the pane ----

    def line_menu(self, child: Child, row_id: int) -> QMenu:
        """Return what can be done with one line: a reader, a reminder, a recipient."""
        menu = QMenu(self._tab)
        line = children.get_child(self._office, child, row_id)
        if child is CIRCULATION and circulation.is_out(line):
            menu.addAction(t("way.line_back"), lambda: self.on_reader_back(row_id))
        elif child is CIRCULATION and line["sent_at"] is None:
            menu.addAction(t("way.line_send"), lambda: self.on_reader_send(row_id))
        elif child is DISTRIBUTION and not is_signed(line):
            menu.addAction(t("way.line_sign"), self.on_distribute)
        menu.addAction(t("way.correct_line"), lambda: self.correct_line(child, row_id))
        menu.addAction(t("way.undo_line"), lambda: self.void_line(child, row_id))
        menu.setEnabled(not self._office.is_readonly)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def correct_line(self, child: Child, row_id: int) -> None:
        """改正: the form of one line."""
        from township_office.ui.life.line_dialog import LineDialog

        row = self._chosen()
        if row is not None:
            line = children.get_child(self._office, child, row_id)
            dialog = LineDialog(self._office, child, row, self._today, line, self._tab.window())
            self._open(dialog, row)

    def void_line(self, child: Child, row_id: int) -> None:
        """作废: take one line out of sight, with the reason."""
        from township_office.ui.life.line_dialog import VoidLineDialog

        row = self._chosen()
        if row is not None:
            line = children.get_child(self._office, child, row_id)
            self._open(VoidLineDialog(self._office, child, row, line, self._today, self._tab.window()), row)

    # ---- what follows ----

    def _open_step(self, key: str) -> None:
        from township_office.ui.life.step_dialog import StepDialog

        row, one = self._chosen(), step(self._register.name, key)
        if row is not None and one in steps.possible_steps(self._register, row, self._today()):
            dialog = StepDialog(self._office, self._register, row, one, self._today, self._tab.window())
            self._open(dialog, row)

    def _open(self, dialog: QDialog, row: Row) -> None:
        row_id = int(str(row["id"]))
        dialog.accepted.connect(lambda: self.written.emit(row_id))
        open_once(dialog)
