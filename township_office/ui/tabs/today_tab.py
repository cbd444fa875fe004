# SPDX-License-Identifier: MulanPSL-2.0
"""今日: what the clerk must know on opening the program, each line the way to its row, each heading to its list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers.archive.care import ACCESS_LOG
from township_office.registers.dispatch import DISPATCH
from township_office.registers.duty.event import DUTY_EVENT
from township_office.registers.receipt import RECEIPT
from township_office.registers.watch import DUE, IN_HAND, INSTRUCT, MEETING, READ, UNFILED
from township_office.services.office import Office
from township_office.services.roster.today import OnDuty, on_duty
from township_office.services.settings import office_name
from township_office.services.standing import standings
from township_office.services.today import Summary, today_summary
from township_office.ui import actions
from township_office.ui.confidential.guard import Guard
from township_office.ui.tabs import today_lines as lines
from township_office.ui.tabs.duty_card import DutyCard
from township_office.ui.tabs.guarded_card import GuardedCard, Said, say
from township_office.ui.tabs.tab import Tab
from township_office.ui.tabs.today_card import Card
from township_office.ui.widgets import Banner, Button, EmptyState, action_button, label, link_button, plain_button
from township_office.ui.words import backup_words, short_title, weekday

_GAP, _MARGIN = 12, 20
_WIDE, _NARROW = 1000, 700  # logical pixels: two small cards beside the others; not even three columns
_COLUMNS = 12
_MINUTE = 60_000  # ms
_USUAL = 7  # cards of an office without 涉密 that has lent no archives


class TodayTab(Tab):
    """The first page. It reads anew whenever it is shown, and writes nothing."""

    row_wanted = Signal(str, int)  # register name, row id
    view_wanted = Signal(str, object, str)  # register name, year or None, standing or watch
    new_wanted = Signal()
    import_wanted = Signal()
    backup_wanted = Signal()
    day_check_wanted = Signal()
    filing_wanted = Signal(int)  # 归档 of this year
    duty_wanted = Signal()

    def __init__(
        self,
        office: Office,
        today: Callable[[], date],
        guard: Guard | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self._office, self._today, self._guard, self._now = office, today, guard, now
        self._said: Said | None = None  # of the guarded register
        self._checked_on: date | None = None
        self._cards: list[QWidget] = []
        self._on_duty: list[list[OnDuty]] = []  # today, tomorrow
        self._status = ""
        self._date, self._line = label("", "pageTitle"), label("", "muted")
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for at in range(_COLUMNS):
            self._grid.setColumnStretch(at, 1)
        self._inside = inside = QWidget()
        inside.setObjectName("clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        column.setSpacing(10)
        if office.is_readonly:
            column.addWidget(Banner(t("ui.read_only_banner")))
        column.addLayout(self._build_head())
        column.addLayout(self._grid, 1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._watch()
        self.refresh()

    def _watch(self) -> None:
        """Follow the guarded register; its hour may pass while the page is shown."""
        if self._guard is None:
            return
        for signal in (self._guard.opened, self._guard.closed, self._guard.changed):
            signal.connect(self.refresh)
        self._guard.closing.connect(self._forget)
        self._clock = QTimer(self, interval=_MINUTE)
        self._clock.timeout.connect(self._on_minute)
        self._clock.start()

    def _build_head(self) -> QHBoxLayout:
        new = actions.make("record_new", self, self.on_record_new)
        new.setText(t("ui.register_document", book=short_title(RECEIPT)))
        new.setEnabled(not self._office.is_readonly)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._date, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self._line, 1, Qt.AlignmentFlag.AlignBottom)
        self._line.setContentsMargins(0, 0, 0, 5)  # on the foot of the larger words beside it
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
            self._remove(old)
        try:
            summary = today_summary(self._office, today)
            self._on_duty = self._duty_days(today)
            self._said = self._say(has_register=summary.has_confidential)
        except OfficeError as error:
            self._cards = [EmptyState("warning", t("ui.unreadable"), str(error))]
            self._line.clear()
        else:
            self._line.setText(lines.first_line(summary))
            self._status = lines.status_line(summary, today)
            has_more = self._said is not None or bool(summary.events.count or self._on_duty)
            is_greeting = summary.is_empty and not has_more
            self._cards = [self._greeting()] if is_greeting else self._build_cards(summary, today)
        self._arrange()
        for button in self._inside.findChildren(Button):
            button.installEventFilter(self)

    def status_words(self) -> str:
        """See Tab."""
        return self._status

    # ---- cards ----

    def _greeting(self) -> QWidget:
        page = EmptyState("empty_book", t("today.empty_title"), "" if self._office.is_readonly else t("today.empty"))
        if not self._office.is_readonly:
            page.add_button(plain_button(t("ui.first_row"), "record_new"), self.new_wanted.emit)
            page.add_button(plain_button(t("ui.from_excel"), "sheet_import"), self.import_wanted.emit)
        return page

    def _build_cards(self, summary: Summary, today: date) -> list[QWidget]:
        return [
            *([self._events_card(summary)] if summary.events.count else []),
            *self._receipt_cards(summary, today),
            self._in_hand_card(summary, today),
            *([self._lent_card(summary, today)] if summary.lent.count else []),
            *([self._guarded_card(self._said)] if self._said else []),
            *([self._duty_card()] if self._on_duty else []),
            self._unfiled_card(summary, today),
            self._backup_card(summary, today),
        ]

    def _receipt_cards(self, summary: Summary, today: date) -> list[QWidget]:
        """Return 到期, 传阅, 批示, 会议."""
        name, limit = RECEIPT.name, summary.circulation_days
        due = self._card(t("today.due"), summary.due.count, "red" if summary.late_count else "amber", DUE)
        here = office_name(self._office)
        urgent = [self._to_row(name, lines.due_line(row, today, here), row["id"]) for row in summary.due.lines]
        due.show_lines(urgent, summary.due.more)
        reading = self._card(t("today.reading"), summary.reading.count, lines.out_tone(summary.reading, limit), READ)
        instruction = self._card(
            t("today.instruction"), summary.instruction.count, lines.out_tone(summary.instruction, limit), INSTRUCT
        )
        for card, found in ((reading, summary.reading), (instruction, summary.instruction)):
            made = [
                self._to_row(name, lines.out_line(out, limit, summary.posts), out.paper["id"]) for out in found.lines
            ]
            card.show_lines(made, found.more)
        meetings = self._card(t("today.meetings"), summary.meetings.count, "accent", MEETING)
        meetings.show_lines(
            [self._to_row(name, lines.meeting_line(row, today), row["id"]) for row in summary.meetings.lines],
            summary.meetings.more,
        )
        return [due, reading, instruction, meetings]

    def _in_hand_card(self, summary: Summary, today: date) -> Card:
        card = self._card(t("today.in_hand"), summary.in_hand.count, "accent", IN_HAND)
        states = standings(self._office, DISPATCH)
        found = ((lines.in_hand_line(one, states, today), one.row["id"]) for one in summary.in_hand.lines)
        card.show_lines([self._to_row(DISPATCH.name, line, row_id) for line, row_id in found], summary.in_hand.more)
        return card

    def _events_card(self, summary: Summary) -> Card:
        """Emergencies that wait for a report come before everything else; loaded only when there is one."""
        from township_office.ui.tabs.events_card import EventsCard

        card = EventsCard(summary.events, self._now)
        card.row_wanted.connect(lambda row_id: self.row_wanted.emit(DUTY_EVENT.name, row_id))
        return card

    def _lent_card(self, summary: Summary, today: date) -> Card:
        """Archives that should be back; the card is there only while there are any."""
        first = summary.lent.lines[0]
        card = Card(t("today.lent"), summary.lent.count, lines.lent_tone(first, today), "")
        made = [self._to_row(ACCESS_LOG.name, lines.lent_line(row, today), row["id"]) for row in summary.lent.lines]
        card.opened.connect(lambda: self.row_wanted.emit(ACCESS_LOG.name, int(str(first["id"]))))
        card.show_lines(made, summary.lent.more)
        return card

    def _unfiled_card(self, summary: Summary, today: date) -> Card:
        card = self._card(t("today.unfiled"), summary.unfiled.count, lines.unfiled_tone(summary, today), UNFILED)
        made: list[Button] = []
        for one in summary.unfiled.lines:
            line = lines.unfiled_line(one, today)
            line.clicked.connect(lambda _=False, one=one: self.view_wanted.emit(one.register.name, one.year, UNFILED))
            made.append(line)
        card.show_lines(made, 0)
        due = [one.year for one in summary.unfiled.lines if one.year < today.year]
        if due and not self._office.is_readonly:
            file = link_button(t("today.file_year", year=due[-1]))
            file.clicked.connect(lambda: self.filing_wanted.emit(due[-1]))
            card.add_below(file)
        return card

    def _backup_card(self, summary: Summary, today: date) -> Card:
        words, tone = backup_words(summary.last_backup, today)
        card = Card(t("today.backup"), 0, "soft", "")
        card.add_below(label(words, f"note-{tone}", wraps=True))
        card.add_below(label(t("today.backup_hint"), "muted", wraps=True))
        button = plain_button(t("today.backup_now"))
        button.clicked.connect(self.backup_wanted)
        card.add_below(button)
        return card

    def _duty_days(self, today: date) -> list[list[OnDuty]]:
        """Return who is on duty today and tomorrow; nothing in an office that keeps no roster here."""
        days = [on_duty(self._office, day) for day in (today, today + timedelta(1))]
        return days if any(days) else []

    def _duty_card(self) -> DutyCard:
        card = DutyCard(self._on_duty)
        card.opened.connect(self.duty_wanted)
        return card

    def _guarded_card(self, said: Said) -> GuardedCard:
        card = GuardedCard(said)
        card.row_wanted.connect(self.confidential_wanted)
        card.check_wanted.connect(self.day_check_wanted)
        card.mishap_wanted.connect(self.mishap_wanted)
        return card

    def _say(self, *, has_register: bool) -> Said | None:
        is_checked = self._checked_on == self._today()
        said = say(self._office, self._guard, self._now(), has_register=has_register, is_checked=is_checked)
        if said and said.is_checked:
            self._checked_on = self._today()
        return said

    def _forget(self) -> None:
        """The register is about to lock: nothing of it stays on the page."""
        for card in [card for card in self._cards if isinstance(card, GuardedCard)]:
            self._cards.remove(card)
            self._remove(card)
        self._said = None

    def _on_minute(self) -> None:
        if self.isVisible() and self._said is not None and self._say(has_register=True) != self._said:
            self.refresh()

    def _remove(self, card: QWidget) -> None:
        self._grid.removeWidget(card)
        card.hide()
        card.setParent(None)
        card.deleteLater()

    def _card(self, title: str, count: int, tone: str, watch: str) -> Card:
        """Return an empty card whose heading leads to the rows it watches over."""
        card = Card(title, count, tone, t(f"today.{_EMPTY[watch]}"))
        register = DISPATCH if watch == IN_HAND else RECEIPT
        card.opened.connect(lambda: self.view_wanted.emit(register.name, None, watch))
        return card

    def _to_row(self, register_name: str, line: Button, row_id: object) -> Button:
        line.clicked.connect(lambda: self.row_wanted.emit(register_name, int(str(row_id))))
        return line

    # ---- room ----

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus()  # so that ↓ leads into the cards, and not through the tabs

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if _columns(event.size().width()) != _columns(event.oldSize().width()):
            self._arrange()

    def _arrange(self) -> None:
        """Three columns on two rows; where it is wide, 备份 beside 未归档 (the window's head tells of it always).

        With 涉密, or archives that should be back, they are eight or nine: four columns; on three, the window's foot
        tells of 未归档 too.
        """
        for one in self._cards:
            self._grid.removeWidget(one)
        columns = _columns(self.width())
        span = _COLUMNS // min(columns, 3)
        places = [(at // min(columns, 3), at % min(columns, 3) * span, 1, span) for at in range(6)]
        is_more = len(self._cards) > _USUAL
        if is_more and columns != 3:
            span = _COLUMNS // columns
            shown = min(len(self._cards), 2 * columns) if columns == 4 else len(self._cards)  # 备份 stands in the head
            places = [(at // columns, at % columns * span, 1, span) for at in range(shown)]
        elif len(self._cards) > _USUAL + 1:  # on three columns as well, what is late has its place
            shown = len(self._cards) - 2
            places = [(at // 3, at % 3 * span, 1, span) for at in range(shown)]
            if shown == _USUAL:  # four in the second row: nothing has to be scrolled
                places[3:] = [(1, at * 3, 1, 3) for at in range(4)]
        elif columns == 4:
            places[5:] = [(1, 8, 1, 2), (1, 10, 1, 2)]
        if len(self._cards) == 1:
            places = [(0, 0, 1, _COLUMNS)]
        for row in range(5):
            self._grid.setRowStretch(row, int(any(place[0] == row for place in places)))
        for at, one in enumerate(self._cards):
            one.setVisible(at < len(places))
            if at < len(places):
                self._grid.addWidget(one, *places[at])

    # ---- keys ----

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ goes from the page into the first card."""
        first = next((one for card in self._in_sight() for one in card.buttons()), None)
        if event.key() == Qt.Key.Key_Down and first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """← and → go to the card beside, at the same height; ↑, ↓ and Tab go through the lines by themselves."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            if by and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self._go_beside(watched, by)
                return True
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, Button):
            self._scroll.ensureWidgetVisible(watched, 0, 24)
        return super().eventFilter(watched, event)

    def _go_beside(self, from_here: QObject, by: int) -> None:
        cards = [card.buttons() for card in self._in_sight() if card.buttons()]
        place = next(at for at, buttons in enumerate(cards) if from_here in buttons)
        beside = cards[(place + by) % len(cards)]
        height = cards[place].index(from_here)  # type: ignore[arg-type]
        beside[min(height, len(beside) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def _in_sight(self) -> list[Card]:
        return [card for card in self._cards if isinstance(card, Card) and not card.isHidden()]


_EMPTY = {
    DUE: "nothing_due", READ: "nothing_out", INSTRUCT: "nothing_to_instruct", MEETING: "no_meetings",
    IN_HAND: "nothing_in_hand", UNFILED: "nothing_to_file",
}  # fmt: skip


def _columns(width: int) -> int:
    return 4 if width >= _WIDE else 3 if width >= _NARROW else 2
