# SPDX-License-Identifier: MulanPSL-2.0
"""打印值班表: a month, one holiday or the tally of a year as on paper; then a printer, PDF, Word or Excel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers.duty.month import first_of
from township_office.registers.duty.sheet import AT_FOOT, IN_CELL, NOWHERE
from township_office.services.office import Office, twin
from township_office.services.printing import Printed
from township_office.services.roster import printing
from township_office.services.settings import get_setting, set_setting
from township_office.ui.jobs import run_job, run_quietly
from township_office.ui.messages import Asker
from township_office.ui.printing.pages_dialog import UPRIGHT, PagesDialog
from township_office.ui.widgets import chip, label, rule

_WANTED = QSize(1080, 780)
_LEFT = 296
_FORMATS = ("pdf", "docx", "xlsx")
MONTH, HOLIDAY, TALLY = "month", "holiday", "tally"
PHONES = (IN_CELL, AT_FOOT, NOWHERE)

Writer = Callable[[Progress], Printed]


class RosterPrintDialog(PagesDialog):
    """What is printed at the left, its page at the right: the very file that is printed."""

    def __init__(
        self, office: Office, today: Callable[[], date], asker: Asker, parent: QWidget | None = None,
        month: str = "",
    ) -> None:  # fmt: skip
        """Begin with a month (2026-10), or the latest there is."""
        super().__init__(asker, UPRIGHT, _FORMATS, parent, folder="township-duty-")
        self._office, self._today, self._made = office, today, 0
        self.kinds = {kind: chip(t(f"duty_print.kind_{kind}")) for kind in (MONTH, HOLIDAY, TALLY)}
        self.which = QComboBox()
        self.phones = {where: chip(t(f"duty_print.phones_{where}")) for where in PHONES}
        self._notes = label("", "note-amber", wraps=True)
        self._month = month
        self._put_together()
        for kind, button in self.kinds.items():
            button.clicked.connect(partial(self.show_kind, kind))
        for where, button in self.phones.items():
            button.clicked.connect(partial(self._on_phones, where))
        self.which.currentIndexChanged.connect(lambda _: self.make())
        self.fit(_WANTED)
        self.show_kind(MONTH)
        self.which.setFocus()

    @property
    def kind(self) -> str:
        """Which of MONTH, HOLIDAY, TALLY is chosen."""
        return next((kind for kind, button in self.kinds.items() if button.isChecked()), MONTH)

    def show_kind(self, kind: str, *_: object) -> None:
        """Offer what there is of a kind, and show the first of it."""
        self.kinds[kind].setChecked(True)
        with QSignalBlocker(self.which):
            self.which.clear()
            for words, data in self._offered(kind):
                self.which.addItem(words, data)
            if kind == MONTH:
                self.which.setCurrentIndex(max(self.which.findData(self._month), 0))
        self.which.setEnabled(self.which.count() > 0)
        self._phone_box.setVisible(kind != TALLY)
        self.make()

    # ---- the pages ----

    def make(self) -> None:
        """Make the page of what is chosen, in a thread."""
        if self._making is not None:
            self._making.cancel()
        self._printed = None
        self._notes.hide()
        self.setWindowTitle(self.print_name())
        if not self.which.count():
            self.wait(t("duty_print.nothing"), t(f"duty_print.nothing_{self.kind}"))
            return
        self._made += 1
        self.wait(t("print.making"))
        assert self._folder is not None
        path = Path(self._folder.name) / f"{self._made}.pdf"
        self._making = run_quietly(self, self._writer(path), self._on_made, self.show_refusal)

    def on_save(self, kind: str, *_: object) -> None:
        """Ask where to, then write the page as PDF, Word or Excel."""
        if self._printed is None or not self.saves[kind].isEnabled():
            return

        def save(path: Path) -> None:
            run_job(self, t("print.saving"), self._writer(self.with_suffix(path, kind)), done, self._asker.report)

        def done(printed: Printed) -> None:
            self.state.setText(t("print.saved", path=printed.path))

        suggested = f"{self.print_name()}.{kind}"
        self._asker.save_file(t(f"print.save_{kind}"), suggested, t(f"print.filter_{kind}"), save)

    def print_name(self) -> str:
        """See PagesDialog."""
        return t(f"duty_print.name_{self.kind}", which=self.which.currentText())

    # ---- what follows ----

    def _offered(self, kind: str) -> list[tuple[str, object]]:
        """Return what there is of a kind, in words and as data, latest first."""
        months = printing.drawn_months(self._office)
        if kind == MONTH:
            return [(_month_words(name), name) for name in months]
        years = sorted({first_of(name).year for name in months}, reverse=True)
        if kind == TALLY:
            return [(t("print.year", year=year), year) for year in years]
        spans = [span for year in years for span in reversed(printing.drawn_holidays(self._office, year))]
        return [(t("duty_print.holiday", year=span.year, name=span.name), span) for span in spans]

    def _writer(self, path: Path) -> Writer:
        """Return the work of writing what is chosen to path, for a thread."""
        office, today, chosen, kind = self._office, self._today(), self.which.currentData(), self.kind

        def work(progress: Progress) -> Printed:
            with twin(office) as own:
                if kind == TALLY:
                    return printing.print_tally(own, chosen, path, today, progress)
                if kind == HOLIDAY:
                    return printing.print_holiday(own, chosen, path, today, progress)
                return printing.print_roster(own, chosen, path, today, progress)

        return work

    def _on_made(self, printed: Printed) -> None:
        self.show_printed(printed)
        if self.kind == TALLY:
            self.view.fit_width()
        else:
            self.view.fit_page()
        if printed.missing:
            self._notes.setText(t("print.missing", signs=printed.missing[:20]))
            self._notes.show()

    def _on_phones(self, where: str, *_: object) -> None:
        set_setting(self._office, "duty.phones", where)
        self.make()

    # ---- putting it together ----

    def _put_together(self) -> None:
        left = QWidget()
        left.setObjectName("printLeft")
        left.setFixedWidth(_LEFT)
        outer = QVBoxLayout(left)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        options = QFrame()
        options.setObjectName("printOptions")
        box = QVBoxLayout(options)
        box.setContentsMargins(18, 16, 18, 12)
        box.setSpacing(8)
        box.addWidget(label(t("duty_print.what"), "section"))
        self._row_of(box, self.kinds)
        self.which.setAccessibleName(t("duty_print.what"))
        box.addWidget(self.which)
        self._phone_box = QWidget()
        inner = QVBoxLayout(self._phone_box)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(rule())
        inner.addWidget(label(t("duty_print.phones"), "section"))
        self._row_of(inner, self.phones)
        inner.addWidget(label(t("duty_print.phones_hint"), "hint", wraps=True))
        self.phones[get_setting(self._office, "duty.phones")].setChecked(True)
        for button in self.phones.values():
            button.setEnabled(not self._office.is_readonly)
        box.addWidget(self._phone_box)
        box.addWidget(self._notes)
        box.addStretch()
        outer.addWidget(options, 1)
        outer.addWidget(self._foot())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(left)
        whole.addWidget(self.right, 1)

    def _foot(self) -> QFrame:
        """Return what is done with the page."""
        foot = QFrame()
        foot.setObjectName("printFoot")
        below = QVBoxLayout(foot)
        below.setContentsMargins(18, 12, 18, 14)
        below.setSpacing(8)
        below.addWidget(self.state)
        below.addWidget(self.print)
        below.addLayout(self.saves_row())
        return foot

    def _row_of(self, box: QVBoxLayout, chips: dict[str, QPushButton]) -> None:
        """Put chips side by side, one of them chosen."""
        group, row = QButtonGroup(self), QHBoxLayout()
        row.setSpacing(6)
        for button in chips.values():
            group.addButton(button)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        box.addLayout(row)


def _month_words(name: str) -> str:
    day = first_of(name)
    return t("duty_print.month", year=day.year, month=day.month)
