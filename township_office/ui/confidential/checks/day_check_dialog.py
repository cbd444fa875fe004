# SPDX-License-Identifier: MulanPSL-2.0
"""今日归柜核对: tick every copy in its cabinet, by Space or by its 份号, and sign with a second name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Field, Kind
from township_office.core.text import t
from township_office.registers.custody import OUT
from township_office.services import settings
from township_office.services.guarded import day_check
from township_office.services.guarded.custody import Held, since_words
from township_office.services.guarded.day_check import Finished, key_of
from township_office.services.guarded.vault import Vault
from township_office.ui.confidential.checks.lines_table import LinesModel, LinesTable, TableLine
from township_office.ui.confidential.said import Said
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.form.record_form import Strip
from township_office.ui.form.suggest_editor import SuggestEditor, matching
from township_office.ui.messages import Asker, words_for
from township_office.ui.widgets import card, chip, label, plain_button, primary_button, rename

_HEADINGS = ("mark", "cabinet", "number", "serial", "level", "page", "where")
_WIDTHS = (64, 96, 124, 120, 72, 110, 180)
_REST_MS = 3000  # after the last tick: what was ticked is kept, so that no power cut costs it


class DayCheckDialog(FramedDialog):
    """Everything by keys: Space ticks and goes on, a 份号 typed or scanned ticks its copy, Del says 未见."""

    changed = Signal()  # the check was finished

    def __init__(self, vault: Vault, now: Callable[[], datetime], asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(t("day_check.title"), parent)
        self._vault, self._now, self._asker = vault, now, asker
        self._finished: Finished | None = None
        self._is_dirty = False
        self.check = day_check.begin(vault, now())
        self._rows: list[Held] = []
        self._cabinet: str | None = None
        self.progress = label("", "figure-accent")
        self.head.addWidget(self.progress)
        self.model = LinesModel([t(f"day_check.head_{name}") for name in _HEADINGS])
        self.table = LinesTable(self.model, _WIDTHS, _HEADINGS.index("where"))
        self.serial, self.said = QLineEdit(), Said()
        self.chips: dict[str | None, QPushButton] = {}
        self.all_here = plain_button(t("day_check.all_here"))
        self.advice, self.sure = Strip("red"), Strip("red")
        second = Field("second", t("day_check.second"), Kind.NAME, max_length=20)
        names = [*settings.clerks(vault.office), *settings.leaders(vault.office)]
        known = tuple(name for name in dict.fromkeys(names) if name != vault.custodian)
        self.second = SuggestEditor(second, lambda typed: matching(known, typed), is_list=True)
        self.finish_button = primary_button(t("day_check.finish"), "Ctrl+Enter")
        self.print_button = plain_button(t("day_check.print"), "book_print")
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._put_together()
        self._connect()
        self._show()
        self.table.selectRow(0)
        self.fit(QSize(900, 660))
        self.table.setFocus()

    # ---- ticking ----

    def tick(self) -> None:
        """在柜, or not looked for after all; the cursor goes on to the next."""
        self._mark_current(is_here=True)

    def lose(self) -> None:
        """未见: looked for and not there."""
        self._mark_current(is_here=False)

    def tick_serial(self) -> None:
        """Tick the copy whose 份号 was typed or scanned; several of one 份号 are told apart by the paper's number."""
        typed = self.serial.text().strip()
        found = day_check.matching(self.check, typed) if typed else []
        here = [held for held in found if held.copy.state not in OUT]
        self.serial.selectAll()
        if not found:
            self.said.say(t("day_check.no_such", serial=typed) if typed else "")
        elif not here:
            self.said.say(t("day_check.is_out", serial=found[0].copy.serial, holder=found[0].copy.holder))
        elif len(here) > 1:
            numbers = "、".join(held.paper.number for held in here)
            self.said.say(t("day_check.several", numbers=numbers, example=f"{_short(here[0])} {typed}"))
            self._go_to(here[0])
        else:
            self._mark([here[0]], is_here=True)
            self._go_to(here[0])
            self.said.say(t("day_check.ticked", number=here[0].paper.number, serial=here[0].copy.serial), "green")

    def tick_all(self) -> None:
        """全部在柜: every copy of the cabinet that is shown, of all cabinets while all are shown."""
        self._mark([held for held in self._rows if held.copy.state not in OUT], is_here=True)
        self.said.say("")

    def show_cabinet(self, cabinet: str | None) -> None:
        """Show one cabinet, None for all."""
        self._cabinet = cabinet
        self._show()
        self.table.selectRow(0)
        self.table.setFocus()

    # ---- the end of it ----

    def finish(self) -> None:
        """完成: signed by two; where something was not found, that is asked once more."""
        if self._finished or not self.finish_button.isEnabled():
            return
        try:
            day_check.checked_second(self._vault, self.second.text())
        except OfficeError as error:
            self.said.say(words_for(error))
            self.second.setFocus()
            return
        left = len(self.check.here) - len(self.check.seen)
        if not left:
            self.finish_indeed()
            return
        self.advice.say("")
        self.sure.say(t("day_check.sure", count=left))
        self.sure.buttons[0].setFocus()

    def finish_indeed(self) -> None:
        """Sign it: what was not found is 未见."""
        self.sure.say("")
        check = day_check.mark(self.check, self.check.open, is_here=False)
        try:
            self._finished = done = day_check.finish(self._vault, check, self._now(), self.second.text())
        except OfficeError as error:
            self.said.say(words_for(error))
            return
        self.check, self._is_dirty = check, False
        self._rest.stop()
        self._show()
        self.said.say(t("day_check.done", by=done.by, second=done.second), "green")
        self.print_button.setFocus()
        self.changed.emit()

    def print(self) -> None:
        """打印: the list to be ticked in ink, or as it was signed; made in memory."""
        from township_office.services.printing import drawn
        from township_office.ui.confidential.one_sheet import print_sheet

        page = day_check.sheet(self._vault, self.check, self._now(), self._finished)
        print_sheet(self, t("day_check.title"), lambda: drawn(page), self.said)

    def done(self, result: int) -> None:
        """However it closes, by the idle lock too: what was ticked is kept, nothing else stays."""
        self._keep()
        self._rest.stop()
        self.model.show_lines([])
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks or presses what has the focus; it never closes a check half-way."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    # ---- putting it together ----

    def _put_together(self) -> None:
        self.serial.setPlaceholderText(t("day_check.serial_hint"))
        self.serial.setAccessibleName(t("day_check.serial_hint"))
        self.serial.setFixedWidth(250)
        self.serial.setAcceptDrops(False)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.serial)
        line.addWidget(self.said, 1)
        self.body.addLayout(line)
        self.body.addLayout(self._build_chips())
        sheet = card()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        self.body.addWidget(sheet, 1)
        self.sure.add(plain_button(t("day_check.look_again")), self._look_again)
        rename(self.sure.add(plain_button(t("day_check.lost_indeed")), self.finish_indeed), "danger")
        for strip in (self.advice, self.sure):
            self.body.addWidget(strip)
        self.foot.insertWidget(0, label(t("day_check.keys"), "muted"))
        self.second.setFixedWidth(150)
        self.foot.addWidget(label(t("day_check.second"), "label"))
        self.foot.addWidget(self.second)
        self.foot.addSpacing(8)
        close = plain_button(t("form.close"))
        close.clicked.connect(self.reject)
        self.add_to_foot(close, self.print_button, self.finish_button)

    def _build_chips(self) -> QHBoxLayout:
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(4)
        cabinets = self.check.cabinets
        for cabinet in (None, *(cabinets if len(cabinets) > 1 else ())):
            button = self.chips[cabinet] = chip("")
            group.addButton(button)
            button.clicked.connect(lambda _=False, cabinet=cabinet: self.show_cabinet(cabinet))
            row.addWidget(button)
        self.chips[None].setChecked(True)
        row.addStretch()
        row.addWidget(self.all_here)
        return row

    def _connect(self) -> None:
        self.table.ticked.connect(self.tick)
        self.table.doubleClicked.connect(self.tick)
        self.table.lost.connect(self.lose)
        self.table.typed.connect(self._on_typed)
        self.serial.returnPressed.connect(self.tick_serial)
        self.all_here.clicked.connect(self.tick_all)
        self.finish_button.clicked.connect(self.finish)
        self.print_button.clicked.connect(self.print)
        self._rest.timeout.connect(self._keep)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.finish)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print)

    # ---- what follows ----

    def _mark_current(self, *, is_here: bool) -> None:
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._rows) or self._finished or self._rows[row].copy.state in OUT:
            return
        held = self._rows[row]
        is_so = key_of(held) in (self.check.seen if is_here else self.check.unseen)
        self._mark([held], is_here=None if is_so else is_here)
        self.said.say("")
        if not is_so and row + 1 < len(self._rows):
            self.table.selectRow(row + 1)

    def _mark(self, copies: list[Held], *, is_here: bool | None) -> None:
        if self._finished:
            return
        self.check = day_check.mark(self.check, copies, is_here=is_here)
        self._is_dirty = True
        self._rest.start()
        self.sure.say("")
        self._show()

    def _keep(self) -> None:
        """Keep what was ticked so far; where nothing can be written, finishing will say why."""
        if not self._is_dirty or not self._vault.is_writable:
            return
        try:
            self.check = day_check.keep(self._vault, self.check, self._now())
            self._is_dirty = False
        except OfficeError as error:
            self.said.say(words_for(error))

    def _look_again(self) -> None:
        self.sure.say("")
        self._show()
        self.table.setFocus()

    def _go_to(self, held: Held) -> None:
        if held not in self._rows:
            self.chips[None].setChecked(True)
            self._cabinet = None
            self._show()
        self.table.selectRow(self._rows.index(held))

    def _on_typed(self, text: str) -> None:
        self.serial.setFocus()
        self.serial.setText(text)

    def _show(self) -> None:
        check = self.check
        self._rows = [held for held in (*check.here, *check.out) if self._cabinet in (None, held.copy.cabinet_no)]
        self.model.show_lines([self._line(held) for held in self._rows])
        self.progress.setText(f"{check.done}/{len(check.here)}")
        rename(self.progress, f"figure-{'accent' if check.open else 'red' if check.unseen else 'green'}")
        for cabinet, button in self.chips.items():
            held = check.here if cabinet is None else check.cabinets.get(cabinet, ())
            words = {"done": len(held) - sum(one in check.open for one in held), "total": len(held)}
            name = t("day_check.all") if cabinet is None else cabinet or t("day_check.no_cabinet")
            button.setText(t("day_check.cabinet", name=name, **words))
        lost = t("day_check.advice", count=len(check.unseen)) if check.unseen else ""
        self.advice.say(lost)
        can_tick = self._finished is None and not self._vault.office.is_readonly
        for widget in (self.all_here, self.serial, self.second, self.finish_button):
            widget.setEnabled(can_tick)

    def _line(self, held: Held) -> TableLine:
        key, record = key_of(held), held.paper.record
        is_out = held.copy.state in OUT
        where = t("day_check.out_words", holder=held.copy.holder, since=since_words(held.copy)) if is_out else ""
        mark, tone = t("day_check.mark_open"), "faint"
        if is_out:
            mark, tone = t("day_check.mark_out"), "amber"
        elif key in self.check.seen:
            mark, tone = t("day_check.mark_here"), "green"
        elif key in self.check.unseen:
            mark, tone = t("day_check.mark_lost"), "red"
        cells = (mark, held.copy.cabinet_no, held.paper.number, held.copy.serial, str(record["secrecy_level"]),
                 str(record["book_page"] or ""), where)  # fmt: skip
        return TableLine(cells, "soft" if is_out else "red" if tone == "red" else "", tone)


def _short(held: Held) -> str:
    """Return a paper's number as it is typed: 3 for 涉2026-003."""
    return held.paper.number.rpartition("-")[2].lstrip("0")
