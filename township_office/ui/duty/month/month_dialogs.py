# SPDX-License-Identifier: MulanPSL-2.0
"""发布, 退回草稿, and 调班记录: the small windows of a month that is given out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Child, Field
from township_office.core.text import t
from township_office.registers.duty.month import SUBSTITUTE, Change
from township_office.registers.status import State
from township_office.services import settings
from township_office.services.office import Office
from township_office.services.roster import changing, months
from township_office.services.roster.months import Roster
from township_office.ui.archive.care.plain_table import PlainLine, PlainTable
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.form.editors import make_editor
from township_office.ui.form.record_form import Strip
from township_office.ui.form.small_form import SmallForm
from township_office.ui.life.name_chips import NameChips
from township_office.ui.widgets import EmptyState, label, plain_button, primary_button

_SIZE = QSize(880, 520)
_FORM = Child("duty_month", "", "", ())


class PublishDialog(SmallForm):
    """发布: who signs the sheet; from then on a change says why."""

    def __init__(self, office: Office, roster: Roster, today: Callable[[], date], parent: QWidget | None) -> None:
        title = t("duty_month.publish_title", month=month_words(roster.name))
        super().__init__(title, "", t("duty_month.publish_do"), parent)
        self._office, self._name, self._today = office, roster.name, today
        field = Field("signed_by", t("duty_month.signed_by"), max_length=20)
        editor = make_editor(field, office, _FORM, today)
        self.add(editor)
        self.add_row(NameChips(editor, settings.leaders(office), several=False))
        self.add_row(label(t("duty_month.publish_effect"), "muted", wraps=True))
        self.settle_down()

    def write(self) -> None:
        """Give it out."""
        months.publish(self._office, self._name, self.texts()["signed_by"], self._today())


class ReopenDialog(SmallForm):
    """退回草稿: for a reason, as long as nothing was changed since it was given out."""

    def __init__(self, office: Office, name: str, today: Callable[[], date], parent: QWidget | None) -> None:
        title = t("duty_month.reopen_title", month=month_words(name))
        super().__init__(title, "", t("duty_month.reopen_do"), parent)
        self._office, self._name = office, name
        field = Field("why", t("duty_month.reopen_why"), required=True, max_length=500)
        self.add(make_editor(field, office, _FORM, today))
        self.add_row(label(t("duty_month.reopen_effect"), "muted", wraps=True))
        self.settle_down()

    def write(self) -> None:
        """Make it a draft again."""
        months.reopen(self._office, self._name, self.texts()["why"])


class ChangesDialog(FramedDialog):
    """调班记录: every change of the month, and whether the turn that is owed for it has been given back."""

    changed = Signal()

    def __init__(self, office: Office, name: str, today: Callable[[], date], parent: QWidget | None) -> None:
        super().__init__(t("duty_month.changes_title", month=month_words(name)), parent)
        self._office, self._name, self._today = office, name, today
        self._changes: dict[int, Change] = {}
        columns = (
            Field("changed_on", t("duty_month.col_changed"), width=11),
            Field("kind", t("duty_month.col_kind"), width=6),
            Field("turn", t("duty_month.col_turn"), width=18),
            Field("people", t("duty_month.col_people"), width=26),
            Field("reason", t("duty_month.col_reason"), width=20),
            Field("approved_by", t("duty_month.col_approved"), width=9),
            Field("status", t("duty_month.col_owed"), width=9),
        )
        self.table = PlainTable(columns, "reason", several=False, least=("approved_by",))
        self.table.setAccessibleName(t("action.duty_changes"))
        self._empty = EmptyState("done", t("duty_month.no_changes"), t("duty_month.no_changes_hint"))
        self.trouble = Strip("red")
        for widget in (self.table, self._empty, self.trouble):
            self.body.addWidget(widget)
        self.give_back = primary_button(t("duty_month.give_back"), "Ctrl+S")
        close = plain_button(t("duty_month.close"))
        close.clicked.connect(self.accept)
        self.give_back.clicked.connect(self.on_give_back)
        self.table.opened.connect(self.on_give_back)
        self.table.chosen.connect(self._on_chosen)
        QShortcut(QKeySequence("Ctrl+S"), self, self.on_give_back)
        self.add_to_foot(close, self.give_back)
        self._fill()
        self.fit(_SIZE)
        self.table.setFocus()

    def on_give_back(self) -> None:
        """已还: the turn that is owed was given back."""
        keys = self.table.chosen_keys()
        change = self._changes.get(keys[0]) if keys else None
        if change is None or not _is_owed(change) or self._office.is_readonly:
            return
        try:
            changing.give_back(self._office, change.id, self._today())
        except OfficeError as error:
            self.trouble.say(str(error))
            return
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        roster = months.roster_of(self._office, self._name)
        self._changes = {one.id: one for one in roster.changes}
        shifts, lines = {one.id: one for one in roster.shifts}, {one.id: one.name for one in roster.frame.lines}
        people, made = roster.frame.people, []
        for one in roster.changes:
            shift = shifts.get(one.shift_id)
            turn = ""
            if shift is not None:
                line = lines.get(shift.line_id, "")
                turn = t("duty.day_line", month=shift.day.month, day=shift.day.day, line=line)
            names = [people[who].name if who else t("duty_tab.empty") for who in (one.from_id, one.to_id)]
            texts = (
                one.changed_on.isoformat(), t(f"duty_month.kind_{one.kind}"), turn, " → ".join(names), one.reason,
                one.approved_by, _owed_words(one).label,
            )  # fmt: skip
            made.append(PlainLine(texts, _owed_words(one), one.id))
        self.table.fill(made)
        self.table.setVisible(bool(made))
        self._empty.setVisible(not made)
        self._on_chosen()

    def _on_chosen(self) -> None:
        keys = self.table.chosen_keys()
        change = self._changes.get(keys[0]) if keys else None
        self.give_back.setVisible(any(_is_owed(one) for one in self._changes.values()))
        self.give_back.setEnabled(change is not None and _is_owed(change) and not self._office.is_readonly)


def month_words(name: str) -> str:
    """Return 2026-10 as 2026年10月."""
    return t("duty_tab.month", year=int(name[:4]), month=int(name[5:]))


def _is_owed(change: Change) -> bool:
    return change.kind == SUBSTITUTE and change.returned_on is None


def _owed_words(change: Change) -> State:
    if change.kind != SUBSTITUTE:
        return State("", t("duty_month.owes_nothing"), "grey")
    return (
        State("", t("duty_month.owed"), "amber") if _is_owed(change) else State("", t("duty_month.returned"), "green")
    )
