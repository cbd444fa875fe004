# SPDX-License-Identifier: MulanPSL-2.0
"""误录处置: what to do now, each step to tick; the clock of the 24 hours in which it must be reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers.mishap import MEASURES, Measure
from township_office.services.guarded import mishap
from township_office.services.guarded.mishap import Mishap, Tick
from township_office.services.office import Office
from township_office.services.settings import office_name
from township_office.ui.confidential.said import Said
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.messages import Asker, words_for
from township_office.ui.widgets import card, chip, label, plain_button, primary_button, rename, rule
from township_office.ui.words import moment

_CLOCK_MS = 5000
_SOON = timedelta(hours=6)


class MishapDialog(FramedDialog):
    """Works while the register is locked. It keeps facts, never what was typed, and offers no way to wipe anything."""

    changed = Signal()

    def __init__(
        self, office: Office, now: Callable[[], datetime], asker: Asker, parent: QWidget | None = None
    ) -> None:
        super().__init__(t("mishap.title"), parent)
        self._office, self._now, self._asker = office, now, asker
        self._case: Mishap | None = mishap.latest(office)
        self.clock = label("", "figure-red")
        self.deadline = label("", "muted")
        self.head.addWidget(self.clock)
        self.found, self.said = QLineEdit(mishap.shown(now())), Said()
        self.begin_button = primary_button(t("mishap.begin"))
        self.ticks = {measure.key: chip(t("mishap.done")) for measure in MEASURES}
        self.whom = QLineEdit()
        self.end_button, self.print_button = (
            plain_button(t("mishap.end")),
            plain_button(t("mishap.print"), "book_print"),
        )
        self._begin_row, self._end_row = QWidget(), QWidget()
        self._put_together()
        self._connect()
        self._timer = QTimer(self, interval=_CLOCK_MS)
        self._timer.timeout.connect(self._show_clock)
        self._timer.start()
        self._show()
        self.fit(QSize(780, 700))
        self.found.setFocus()

    def begin(self) -> None:
        """开始计时, from the moment it was found."""
        self._do(lambda: mishap.begin(self._office, self.found.text(), self._now()))

    def tick(self, key: str) -> None:
        """A measure was done, or was not after all."""
        is_done = self.ticks[key].isChecked()
        self._do(lambda: mishap.tick(self._office, key, self._now(), is_done=is_done))

    def end(self) -> None:
        """结束: it was reported, and to whom."""
        self._do(lambda: mishap.end(self._office, self.whom.text(), self._now()))

    def print(self) -> None:
        """打印处置单: the steps and what was ticked, on one page."""
        from township_office.services.guarded.memory_sheets import mishap as sheet
        from township_office.ui.confidential.one_sheet import print_sheet

        name, case, today = office_name(self._office), self._case, self._now().date()
        print_sheet(self, t("mishap.sheet"), lambda: sheet(name, case, today), self.said)

    # ---- what follows ----

    def _do(self, deed: Callable[[], Mishap]) -> None:
        try:
            self._case = deed()
        except OfficeError as error:
            self.said.say(words_for(error))
        else:
            self.said.say("")
            self.changed.emit()
        self._show()

    def _show(self) -> None:
        case = self._case
        is_running = case is not None and case.is_running
        can_write = not self._office.is_readonly
        self._begin_row.setVisible(not is_running)
        self._end_row.setVisible(is_running)
        self.begin_button.setEnabled(can_write)
        self.end_button.setEnabled(can_write)
        for key, button in self.ticks.items():
            done = case.ticks.get(key) if case else None
            self._show_tick(key, done)
            button.setVisible(is_running or done is not None)
            button.setEnabled(is_running and can_write)
        self._show_clock()

    def _show_tick(self, key: str, done: Tick | None) -> None:
        button = self.ticks[key]
        button.setChecked(done is not None)
        words = t("mishap.done")
        if done:
            at = moment(done.at.replace(" ", "T"), self._now().date())
            words = t("mishap.done_by", at=at, by=done.by)
        button.setText(words)

    def _show_clock(self) -> None:
        case = self._case
        if case is None:
            self.clock.clear()
            self.deadline.setText(t("mishap.not_begun"))
        elif case.is_running:
            left = case.deadline - self._now()
            minutes = max(int(left.total_seconds() // 60), 0)
            words = t("mishap.left", hours=minutes // 60, minutes=f"{minutes % 60:02d}")
            self.clock.setText(words if left > timedelta(0) else t("mishap.over"))
            rename(self.clock, "figure-red" if left < _SOON else "figure-amber")
            found, until = mishap.shown(case.found_at), mishap.shown(case.deadline)
            self.deadline.setText(t("mishap.deadline", found=found, deadline=until))
        else:
            self.clock.setText(t("mishap.ended"))
            rename(self.clock, "figure-green")
            found = mishap.shown(case.found_at)
            self.deadline.setText(t("mishap.ended_words", found=found, at=case.ended_at, whom=case.reported_to))

    # ---- putting it together ----

    def _connect(self) -> None:
        self.begin_button.clicked.connect(self.begin)
        self.found.returnPressed.connect(self.begin)
        self.end_button.clicked.connect(self.end)
        self.whom.returnPressed.connect(self.end)
        self.print_button.clicked.connect(self.print)
        for key, button in self.ticks.items():
            button.clicked.connect(lambda _=False, key=key: self.tick(key))

    def _put_together(self) -> None:
        self.deadline.setWordWrap(True)
        self.body.addWidget(self.deadline)
        self.body.addWidget(self._steps(), 1)
        for row, name, field, button in (
            (self._begin_row, "found", self.found, self.begin_button),
            (self._end_row, "whom", self.whom, self.end_button),
        ):
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            field.setAccessibleName(t(f"mishap.{name}"))
            field.setPlaceholderText(t(f"mishap.{name}_place"))
            line.addWidget(label(t(f"mishap.{name}"), "label"))
            line.addWidget(field, 1)
            line.addWidget(button)
            self.body.addWidget(row)
        self.found.setMaxLength(40)
        self.whom.setMaxLength(40)
        self.body.addWidget(self.said)
        close = plain_button(t("form.close"))
        close.clicked.connect(self.reject)
        self.foot.insertWidget(0, self.print_button)
        self.add_to_foot(close)

    def _steps(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("clear")
        grid = QGridLayout(inside)
        grid.setContentsMargins(16, 8, 12, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for place, measure in enumerate(MEASURES):
            grid.addWidget(label(str(place + 1), "number"), 2 * place, 0)
            grid.addLayout(_words(measure), 2 * place, 1)
            grid.addWidget(self.ticks[measure.key], 2 * place, 2)
            if measure is not MEASURES[-1]:
                grid.addWidget(rule(), 2 * place + 1, 0, 1, 3)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        sheet = card()
        around = QVBoxLayout(sheet)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(scroll)
        return sheet


def _words(measure: Measure) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setContentsMargins(0, 7, 0, 7)
    box.setSpacing(1)
    box.addWidget(label(measure.do, "strong", wraps=True))
    box.addWidget(label(measure.note, "muted", wraps=True))
    return box
