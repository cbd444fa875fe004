# SPDX-License-Identifier: MulanPSL-2.0
"""分发: units and copies typed by the dozen or taken from a saved group; who signed for them is noted on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Field, Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.distribution import DISTRIBUTION
from township_office.services import children, distribution, settings
from township_office.services.office import Office
from township_office.ui import actions
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.form.editors import make_editor
from township_office.ui.form.record_form import FieldBlock, Strip
from township_office.ui.life.line_dialog import LineDialog, VoidLineDialog
from township_office.ui.life.name_chips import names_in
from township_office.ui.life.paper_form import now_on
from township_office.ui.widgets import ElidedLabel, card, chip, label, open_once, plain_button, primary_button, rename
from township_office.ui.words import number_words

Row = dict[str, Value]
_SIZE = QSize(720, 620)
_COLUMNS = ("unit", "copy_count", "receiver", "received_at")
_WIDTHS = {"copy_count": 64, "receiver": 120, "received_at": 150}
_ROW_HEIGHT = 32


class DistributeDialog(FramedDialog):
    """Writes at once: 加入 adds units, 记签收 signs for the chosen lines. Closing it loses nothing."""

    written = Signal()  # on closing, when anything was

    def __init__(self, office: Office, paper: Row, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(t("way.distribute"), parent)
        self._office, self._paper, self._today = office, paper, today
        self._paper_id = int(str(paper["id"]))
        self._has_written = False
        words = t("way.about", number=number_words(paper), title=paper["title"] or t("ui.no_title"))
        self.body.addWidget(ElidedLabel(words.strip(), "muted"))
        unit = replace(DISTRIBUTION.field("unit"), label=t("way.distribute_units"), max_length=5000, required=False)
        count = replace(DISTRIBUTION.field("copy_count"), label=t("way.distribute_each"))
        self.units, self.copies = self._block(unit), self._block(count)
        self.receiver = self._block(replace(DISTRIBUTION.field("receiver"), label=t("way.sign_for")))
        self.received_at = self._block(replace(DISTRIBUTION.field("received_at"), label=t("way.sign_at")))
        self.table = self._make_table()
        self.sum = label("", "muted")
        self.trouble = Strip("red")
        self.leaving = Strip("accent")
        self.leaving.add(primary_button(t("way.save")), self._save_and_close)
        self.leaving.add(plain_button(t("way.drop")), super().reject)
        self.leaving.add(plain_button(t("way.stay")), self.reject)
        self._put_together()
        self._fill()
        self.fit(_SIZE)
        self.units.editor.inner.setFocus()

    def add_units(self) -> None:
        """加入: put the named units on the list."""
        names, copies = names_in(self.units.editor.text()), self.copies.editor.text()
        if self._try(lambda: distribution.distribute(self._office, self._paper_id, names, copies, self._today())):
            self.units.editor.set_text("")
            self.units.editor.inner.setFocus()

    def sign(self) -> None:
        """记签收: the chosen lines were signed for."""
        ids = [int(str(row["id"])) for row in self.chosen()]
        if not ids:
            self.trouble.say(t("way.sign_choose"))
            return
        for block in (self.receiver, self.received_at):
            block.editor.settle()
        draft = {"receiver": self.receiver.editor.text(), "received_at": self.received_at.editor.text()}
        if self._try(lambda: distribution.sign_for(self._office, ids, draft, self._today())):
            self.receiver.editor.set_text("")
            self.table.setFocus()

    def chosen(self) -> list[Row]:
        """Return the chosen lines."""
        places = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self._rows[place] for place in places]

    def reject(self) -> None:
        """关闭, Esc and the window's cross: ask when units or a receiver were named and are not on the list yet."""
        if self.leaving.isVisible():
            self.leaving.say("")
            self.units.editor.inner.setFocus()
        elif self._has_unsaved():
            self.leaving.say(t("way.leaving"))
            self.leaving.buttons[0].setFocus()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Say that something was written, once."""
        super().done(result)
        if self._has_written:
            self.written.emit()

    def _has_unsaved(self) -> bool:
        return any(block.editor.text().strip() for block in (self.units, self.receiver))

    def _save_and_close(self) -> None:
        self.leaving.say("")
        if self.units.editor.text().strip():
            self.add_units()
        elif self.receiver.editor.text().strip():
            self.sign()
        if not self._has_unsaved():
            super().reject()

    # ---- putting it together ----

    def _block(self, field: Field) -> FieldBlock:
        return FieldBlock(make_editor(field, self._office, DISTRIBUTION, self._today))

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS))
        table.setHorizontalHeaderLabels([DISTRIBUTION.field(name).label for name in _COLUMNS])
        heads = table.horizontalHeader()
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place, name in enumerate(_COLUMNS[1:], start=1):
            table.setColumnWidth(place, _WIDTHS[name])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_menu)
        table.doubleClicked.connect(lambda _: self.correct_line())
        rename(table, "ledger")
        for key, slot in (("F2", self.correct_line), ("Del", self.void_line)):
            actions.on_key(table, key, slot)
        return table

    def _put_together(self) -> None:
        add = plain_button(t("way.distribute_add"))
        add.clicked.connect(self.add_units)
        self.copies.setFixedWidth(88)
        self.body.addLayout(_line(self.units, self.copies, add))
        self.body.addLayout(self._groups())
        sheet = card()
        within = QVBoxLayout(sheet)
        within.setContentsMargins(1, 1, 1, 1)
        self._empty = label(t("way.distribute_empty"), "muted", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(24)
        within.addWidget(self._empty, 1)
        within.addWidget(self.table, 1)
        self.body.addWidget(sheet, 1)
        self.head.addWidget(self.sum)
        done = plain_button(t("way.sign_do"))
        done.clicked.connect(self.sign)
        self.received_at.editor.set_text(f"{now_on(self._today()):%Y-%m-%d %H:%M}")
        self.signing = QWidget()
        self.signing.setLayout(_line(self.receiver, self.received_at, done))
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.leaving)
        close = plain_button(t("way.close"))
        close.clicked.connect(self.reject)
        self.foot.insertWidget(0, self.signing, 1)
        self.foot.addLayout(_beside(close))
        self.units.editor.entered.connect(self.add_units)
        self.copies.editor.entered.connect(self.add_units)
        self.receiver.editor.entered.connect(self.sign)
        self.received_at.editor.entered.connect(self.sign)

    def _groups(self) -> QHBoxLayout:
        """The office's saved groups as chips; one click names all their units."""
        row = QHBoxLayout()
        row.setSpacing(2)
        for name, units in settings.unit_groups(self._office).items():
            button = chip(t("way.group", name=name, count=len(units)))
            button.setCheckable(False)
            button.clicked.connect(partial(self._take_group, units))
            row.addWidget(button)
        row.addStretch()
        return row

    def _take_group(self, units: Sequence[str], _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        named = [*names_in(self.units.editor.text()), *units]
        self.units.editor.set_text("、".join(dict.fromkeys(named)))
        self.units.editor.inner.setFocus()

    # ---- what follows ----

    def correct_line(self) -> None:
        """改正: the form of the first chosen line."""
        for row in self.chosen()[:1]:
            self._open(LineDialog(self._office, DISTRIBUTION, self._paper, self._today, row, self))

    def void_line(self) -> None:
        """作废: take the first chosen line out, with a reason."""
        for row in self.chosen()[:1]:
            self._open(VoidLineDialog(self._office, DISTRIBUTION, self._paper, row, self._today, self))

    def _on_menu(self, place: QPoint) -> None:
        if self.chosen():
            menu = QMenu(self)
            menu.addAction(t("way.correct_line"), self.correct_line)
            menu.addAction(t("way.undo_line"), self.void_line)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.table.viewport().mapToGlobal(place))

    def _open(self, dialog: QDialog) -> None:
        dialog.accepted.connect(self._on_written)
        open_once(dialog)

    def _on_written(self) -> None:
        self._has_written = True
        self._fill()

    def _try(self, work: Callable[[], object]) -> bool:
        """Write; a refusal is said beside its field, else below, and nothing typed is lost."""
        self.trouble.say("")
        places = {"unit": self.units, "copy_count": self.copies, "receiver": self.receiver,
                  "received_at": self.received_at}  # fmt: skip
        try:
            work()
        except Invalid as error:
            for problem in error.problems:
                places[problem.field].show_problem(problem.message)
        except OfficeError as error:
            self.trouble.say(str(error))
        else:
            self._on_written()
            return True
        return False

    def _fill(self) -> None:
        self._rows = children.children(self._office, DISTRIBUTION, self._paper_id)
        self.table.setRowCount(len(self._rows))
        for place, row in enumerate(self._rows):
            for column, name in enumerate(_COLUMNS):
                self.table.setItem(place, column, QTableWidgetItem(show(DISTRIBUTION.field(name), row[name])))
        has_rows = bool(self._rows)
        for widget in (self.table, self.sum, self.signing):
            widget.setVisible(has_rows)
        self._empty.setVisible(not has_rows)
        self._say_sum()

    def _say_sum(self) -> None:
        """How many in all; amber when more are given out than were printed."""
        units, copies, signed = distribution.totals(self._rows)
        printed = self._paper["copy_count"]
        is_over = isinstance(printed, int) and copies > printed
        words = t("way.distribute_sum", units=units, copies=copies, signed=signed)
        if isinstance(printed, int) and is_over:
            words = t("way.distribute_over", printed=printed, copies=copies, over=copies - printed)
        self.sum.setText(words)
        rename(self.sum, "note-amber" if is_over else "muted")


def _line(*widgets: QWidget) -> QHBoxLayout:
    """Return fields beside each other, and at their end a button in line with what is typed."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    *fields, button = widgets
    for place, field in enumerate(fields):
        row.addWidget(field, 1 if place == 0 else 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(_beside(button))
    return row


def _beside(button: QWidget) -> QVBoxLayout:
    """Return a button at the height of the lines beside it, which have a label above."""
    beside = QVBoxLayout()
    beside.setSpacing(3)
    beside.addWidget(label(" ", "label"))
    beside.addWidget(button)
    beside.addStretch()
    return beside
