# SPDX-License-Identifier: MulanPSL-2.0
"""今日: what the clerk must know on opening the program, each line the way to its row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Value
from township_office.core.text import t
from township_office.registers.receipt import RECEIPT
from township_office.services.office import Office
from township_office.services.today import Summary, today_summary
from township_office.ui import actions
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import (
    Banner,
    EmptyState,
    LineButton,
    action_button,
    card,
    label,
    link_button,
    plain_button,
)
from township_office.ui.words import backup_words, days_ago, short_title, weekday

_LINES = 12
_WIDE = 1000
_HEAD = 30  # of a card, so that the lines of all cards begin at one height
Row = dict[str, Value]


class TodayTab(Tab):
    """The first page. It reads anew whenever it is shown, and writes nothing."""

    row_wanted = Signal(str, int)  # register name, row id
    late_wanted = Signal()
    new_wanted = Signal()
    import_wanted = Signal()
    backup_wanted = Signal()

    def __init__(self, office: Office, today: Callable[[], date]) -> None:
        super().__init__()
        self._office, self._today = office, today
        self._cards: list[QWidget] = []
        self._status = ""
        self._date, self._line = label("", "pageTitle"), label("", "muted")
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._grid.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        inside.setObjectName("clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(4)
        if office.is_readonly:
            column.addWidget(Banner(t("ui.read_only_banner")))
            column.addSpacing(8)
        column.addLayout(self._build_head())
        column.addSpacing(10)
        column.addLayout(self._grid, 1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.refresh()

    def _build_head(self) -> QHBoxLayout:
        new = actions.make("record_new", self, self.on_record_new)
        new.setText(t("ui.register_document", book=short_title(RECEIPT)))
        new.setEnabled(not self._office.is_readonly)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._date)
        words.addWidget(self._line)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(action_button(new, is_primary=True, shortcut=actions.shown_shortcut("record_new")))
        return head

    def on_record_new(self) -> None:
        """登记收文, from here too."""
        self.new_wanted.emit()

    def enter(self) -> None:
        """See Tab."""
        self.refresh()

    def refresh(self) -> None:
        """See Tab."""
        today = self._today()
        self._date.setText(t("today.date", month=today.month, day=today.day, weekday=weekday(today)))
        for old in self._cards:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        try:
            summary = today_summary(self._office, today)
        except OfficeError as error:
            self._cards = [EmptyState("warning", t("ui.unreadable"), str(error))]
            self._line.clear()
        else:
            self._line.setText(_first_line(summary))
            self._status = _status_line(summary, today)
            self._cards = [
                self._due_card(summary, today),
                self._latest_card(summary, today),
                self._figures_card(summary, today),
                self._backup_card(summary, today),
            ]
        self._arrange()

    def status_words(self) -> str:
        """See Tab."""
        return self._status

    # ---- cards ----

    def _due_card(self, summary: Summary, today: date) -> QWidget:
        tone = "red" if summary.late_count else "amber" if summary.due else "green"
        frame, box = _card(t("today.due"), str(max(len(summary.due), summary.late_count)), tone)
        for row in summary.due[:_LINES]:
            self._add_line(box, row, f"{row['sender'] or ''}　{row['title'] or ''}", _due_note(row, today))
        if not summary.due:
            box.addWidget(_indented(t("today.nothing_due")))
        elif len(summary.due) > _LINES:
            more = link_button(t("today.due_more"))
            more.clicked.connect(self.late_wanted)
            foot = QHBoxLayout()
            foot.setContentsMargins(4, 2, 0, 0)
            foot.addWidget(more)
            foot.addStretch()
            box.addLayout(foot)
        box.addStretch()
        return frame

    def _latest_card(self, summary: Summary, today: date) -> QWidget:
        frame, box = _card(t("today.latest"))
        for row in summary.latest[:_LINES]:
            entered = date.fromisoformat(str(row["entered_at"])[:10])
            note = days_ago((today - entered).days), "faint"
            self._add_line(box, row, f"{row['number'] or t('ui.no_number')}　{row['title'] or ''}", note)
        if not summary.latest:
            box.addWidget(_indented(t("today.nothing_yet")))
            if not self._office.is_readonly:
                for words, wanted in (("ui.first_row", self.new_wanted), ("ui.from_excel", self.import_wanted)):
                    way = LineButton(t(words), "›")
                    way.clicked.connect(wanted)
                    box.addWidget(way)
        box.addStretch()
        return frame

    def _figures_card(self, summary: Summary, today: date) -> QWidget:
        frame, box = _card(t("today.figures"))
        grid = QGridLayout()
        grid.setContentsMargins(8, 0, 8, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        pairs = (
            (t("today.this_month", month=today.month), summary.receipts.this_month, summary.dispatches.this_month),
            (t("ui.year", year=today.year), summary.receipts.this_year, summary.dispatches.this_year),
        )
        for column, words in enumerate((t("today.receipts"), t("today.dispatches")), 1):
            grid.addWidget(label(words, "label"), 0, column)
        for line, (words, receipts, dispatches) in enumerate(pairs, 1):
            grid.addWidget(label(words), line, 0)
            grid.addWidget(label(f"{receipts:,}", "figure"), line, 1)
            grid.addWidget(label(f"{dispatches:,}", "figure"), line, 2)
        box.addLayout(grid)
        box.addStretch()
        return frame

    def _backup_card(self, summary: Summary, today: date) -> QWidget:
        frame, box = _card(t("today.backup"))
        words, tone = backup_words(summary.last_backup, today)
        box.setContentsMargins(8, 0, 8, 0)
        box.setSpacing(8)
        box.addWidget(label(words, f"note-{tone}"))
        box.addWidget(label(t("today.backup_hint"), "muted", wraps=True))
        button = plain_button(t("today.backup_now"), "office_backup")
        button.clicked.connect(self.backup_wanted)
        box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch()
        return frame

    def _add_line(self, box: QVBoxLayout, row: Row, words: str, note: tuple[str, str]) -> None:
        line = LineButton(" ".join(words.split("\n")), *note)
        row_id = int(str(row["id"]))
        line.clicked.connect(lambda: self.row_wanted.emit(RECEIPT.name, row_id))
        box.addWidget(line)

    # ---- room ----

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.size().width() >= _WIDE) != (event.oldSize().width() >= _WIDE):
            self._arrange()

    def _arrange(self) -> None:
        """Two broad columns and a narrow one; where it is narrow, two by two."""
        for one in self._cards:
            self._grid.removeWidget(one)
        if len(self._cards) != 4:
            places = [(0, 0, 1, 1)]
        elif self.width() >= _WIDE:
            places = [(0, 0, 3, 1), (0, 1, 3, 1), (0, 2, 1, 1), (1, 2, 1, 1)]
        else:
            places = [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]
        for column, stretch in enumerate((4, 4, 3 if self.width() >= _WIDE else 0)):
            self._grid.setColumnStretch(column, stretch)
        self._grid.setRowStretch(2, 1)  # the cards at the left go down to the foot
        for one, place in zip(self._cards, places, strict=True):
            self._grid.addWidget(one, *place)


def _card(title: str, figure: str = "", tone: str = "soft") -> tuple[QWidget, QVBoxLayout]:
    """Return a card with its heading, and the box for its lines."""
    frame = card()
    box = QVBoxLayout(frame)
    box.setContentsMargins(10, 14, 10, 14)
    box.setSpacing(2)
    head = QHBoxLayout()
    head.setContentsMargins(8, 0, 8, 4)
    head.addStrut(_HEAD)
    head.addWidget(label(title, "title"))
    head.addStretch()
    if figure:
        head.addWidget(_figure(figure, tone))
    box.addLayout(head)
    inside = QVBoxLayout()
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(2)
    box.addLayout(inside, 1)
    return frame, inside


def _figure(text: str, tone: str) -> QLabel:
    return label(text, f"figure-{tone}")


def _indented(text: str) -> QLabel:
    """Return words that stand where the lines of a card begin."""
    words = label(text, "muted")
    words.setContentsMargins(8, 4, 8, 4)
    return words


def _status_line(summary: Summary, today: date) -> str:
    return t(
        "today.status",
        year=today.year,
        receipts=f"{summary.receipts.this_year:,}",
        dispatches=f"{summary.dispatches.this_year:,}",
        month_receipts=f"{summary.receipts.this_month:,}",
        month_dispatches=f"{summary.dispatches.this_month:,}",
    )


def _due_note(row: Row, today: date) -> tuple[str, str]:
    """Return how late or how soon, and its tone."""
    due = row["due_on"]
    days = (due - today).days if isinstance(due, date) else 0
    if days < 0:
        return t("today.late", days=-days), "red"
    if days == 0:
        return t("today.due_today"), "amber"
    return (t("today.due_tomorrow") if days == 1 else t("today.days_left", days=days)), "amber"


def _first_line(summary: Summary) -> str:
    """Return the one sentence under the date."""
    soon = len(summary.due) - summary.late_count
    if summary.late_count:
        return t("today.line_late", late=summary.late_count, soon=soon)
    return t("today.line_soon", soon=soon) if soon else t("today.line_clear")
