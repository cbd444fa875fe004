# SPDX-License-Identifier: MulanPSL-2.0
"""放假安排: a year at a glance, changed day by day, by a pasted notice or by a file. Nothing is kept before 保存."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers.duty.calendar import FIRST_YEAR, HOLIDAY_KINDS, LAST_YEAR, Day, YearCalendar
from township_office.registers.duty.notice import Notice, applied
from township_office.registers.duty.plan import DayKind
from township_office.services.office import Office
from township_office.services.roster import calendar as calendars
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.duty.calendar.day_pane import DayPane
from township_office.ui.duty.calendar.legend import Legend
from township_office.ui.duty.calendar.notice_dialog import NoticeDialog
from township_office.ui.duty.calendar.year_view import YearView
from township_office.ui.form.record_form import Strip
from township_office.ui.messages import Asker
from township_office.ui.widgets import Banner, card, label, plain_button, primary_button

_SIZE = QSize(1260, 704)


class CalendarDialog(FramedDialog):
    """The year left, the chosen days right; several years may be changed before they are kept together."""

    changed = Signal()  # something was kept

    def __init__(self, office: Office, year: int, today: date, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(t("duty_calendar.title"), parent)
        self._office, self._asker = office, asker
        self._year = year
        self._changed: dict[int, YearCalendar] = {}
        self._pasted = ""  # what was typed as a notice and not used
        self.view, self.pane, self._legend = YearView(today), DayPane(), Legend()
        self._put_together()
        self.view.moved.connect(self._on_moved)
        self.view.left_year.connect(self._on_left_year)
        self.pane.wanted.connect(self._on_wanted)
        self.pane.named.connect(self.name)
        for part in (self.view, self.pane):
            part.set_to.connect(self.set_kind)
            part.taken_back.connect(self.take_back)
        if office.is_readonly:
            self.pane.forbid()
            self.trouble.say(t("error.read_only"))
        self.show_year(year)
        if self.view.cursor_day().year != today.year:
            self.view.go_to(date(year, 1, 1))
        self.fit(_SIZE)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- the year ----

    def year(self) -> int:
        """Return the year that is shown."""
        return self._year

    def calendar_of(self, year: int) -> YearCalendar:
        """Return a year as it stands here, kept or not."""
        return self._changed.get(year) or calendars.calendar_of(self._office, year)

    def show_year(self, year: int) -> None:
        """Show a year."""
        self._year = min(max(year, FIRST_YEAR), LAST_YEAR)
        self._quieten()
        self._refresh()

    def set_kind(self, kind: DayKind) -> None:
        """Let the chosen days be of this kind; a holiday keeps its name, or has that of the day beside it."""
        self._set([(day.date, kind, self._name_for(day, kind)) for day in self.view.chosen()])

    def name(self, name: str) -> None:
        """Give the chosen holidays this name."""
        self._set([(day.date, day.kind, name) for day in self.view.chosen() if day.kind in HOLIDAY_KINDS])

    def take_back(self) -> None:
        """Let the chosen days be what the notice says."""
        calendar = self.calendar_of(self._year)
        for day in self.view.chosen():
            calendar = calendar.without_day(day.date)
        self._stage(calendar)

    def _set(self, days: list[tuple[date, DayKind, str]]) -> None:
        """What a day is without the office's doing needs no entry of its own."""
        calendar = self.calendar_of(self._year)
        for at, kind, name in days:
            without = calendar.without_day(at)
            (usual,) = calendars.days_of(self._office, at, at, self._changed | {self._year: without})
            is_usual = (usual.kind, usual.name if kind in HOLIDAY_KINDS else "") == (kind, name.strip())
            calendar = without if is_usual else without.with_day(at, kind, name)
        self._stage(calendar)

    def on_restore(self) -> None:
        """Ask, then show the year as it came with the program."""
        shipped = calendars.shipped(self._year)
        key = "restore" if shipped.is_known else "empty"
        yes = t("duty_calendar.restore" if shipped.is_known else "duty_calendar.empty_year")
        question = t(f"duty_calendar.{key}_question", year=self._year)
        self._asker.confirm(question, yes, lambda: self._stage(shipped))

    # ---- a new year comes in ----

    def on_paste(self) -> None:
        """Open the window in which a notice is pasted."""
        if self._office.is_readonly:
            return
        dialog = NoticeDialog(self._office, self._year, self.calendar_of, self)
        dialog.set_text(self._pasted)
        dialog.taken.connect(self._take)
        dialog.finished.connect(lambda: self._on_noticed(dialog))
        dialog.open()

    def on_load(self) -> None:
        """Ask for a file: a calendar is shown, a notice is read as if it were pasted."""
        self._asker.open_file(t("duty_calendar.load"), t("duty_calendar.files"), self._load)

    def on_write(self) -> None:
        """Ask where to, and write the year as it stands."""
        suggested = t("duty_calendar.file_name", year=self._year)
        self._asker.save_file(t("duty_calendar.write"), suggested, t("duty_calendar.table_files"), self._write)

    def _on_noticed(self, dialog: NoticeDialog) -> None:
        self._pasted = "" if dialog.result() else dialog.text.toPlainText()
        dialog.deleteLater()

    def _take(self, notice: Notice) -> None:
        after = applied(self.calendar_of(notice.year), notice)
        self._turn_to(notice.year)
        self._stage(after)
        count = len(after.own_days)
        key = "duty_calendar.taken_own" if count else "duty_calendar.taken"
        self.done_words.say(t(key, year=notice.year, count=count))

    def _load(self, path: Path) -> None:
        try:
            if path.suffix.lower() == ".txt":
                self._pasted = calendars.load_notice(self._office, path)
                self.on_paste()
                return
            found = calendars.load_calendar(self._office, path)
        except OfficeError as error:
            self.trouble.say(str(error))
            return
        self._turn_to(found.year)
        self._stage(found)
        self.done_words.say(t("duty_calendar.loaded", name=path.name, year=found.year, count=len(found.holidays)))

    def _write(self, path: Path) -> None:
        try:
            calendars.write_calendar(self._office, self.calendar_of(self._year), path)
        except OfficeError as error:
            self.trouble.say(str(error))
            return
        self.done_words.say(t("duty_calendar.written", name=path.name))

    # ---- keeping ----

    def is_changed(self) -> bool:
        """Whether anything would be lost by leaving."""
        return any(one != calendars.calendar_of(self._office, year) for year, one in self._changed.items())

    def save(self) -> None:
        """Keep every year that was changed."""
        if not self.keep.isEnabled():
            return
        try:
            calendars.save_calendars(self._office, self._changed.values())
        except OfficeError as error:
            self.trouble.say(str(error))
            return
        self._changed = {}
        self.changed.emit()
        self.accept()

    def reject(self) -> None:
        """Esc and the window's cross: ask when something was changed."""
        if self.is_changed() and not self.leaving.isVisible():
            self._quieten()
            self.leaving.say(t("duty_calendar.leaving"))
            self.leaving.buttons[1].setFocus()
        elif self.leaving.isVisible():
            self.leaving.say("")
        else:
            super().reject()

    def _drop(self) -> None:
        super().reject()

    # ---- what follows ----

    def _name_for(self, day: Day, kind: DayKind) -> str:
        """The name it has, that of a holiday beside it, or a word that says what it is."""
        if kind not in HOLIDAY_KINDS:
            return ""
        named = [one.name for one in (day, *self.view.beside(day.date)) if one.kind is kind and one.name]
        return next(iter(named), t("duty_calendar.unnamed" if kind is DayKind.HOLIDAY else "duty_calendar.spring"))

    def _stage(self, calendar: YearCalendar) -> None:
        if self._office.is_readonly:
            return
        self._changed[calendar.year] = calendar
        self._quieten()
        self._refresh()

    def _turn_to(self, year: int) -> None:
        """Go to another year with the cursor."""
        if FIRST_YEAR <= year <= LAST_YEAR and year != self._year:
            self.show_year(year)

    def _on_left_year(self, day: date) -> None:
        self._turn_to(day.year)
        if day.year == self._year:
            self.view.go_to(day)

    def _on_wanted(self, day: date) -> None:
        self.view.go_to(day)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_moved(self) -> None:
        chosen = self.view.chosen()
        if chosen:
            self.pane.show_chosen(chosen)
            self._reach()

    def _reach(self) -> None:
        box = self.view.rect_of(self.view.cursor_day())
        self._scroll.ensureVisible(box.center().x(), box.center().y(), 40, 60)

    def showEvent(self, event: QShowEvent) -> None:
        """Where there is no room for a year, the chosen day is reached once the room is known."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._reach)

    def _refresh(self) -> None:
        days = calendars.days_of_year(self._office, self._year, self._changed)
        self.view.show_days(days)
        self.pane.show_year(days)
        self._on_moved()
        calendar = self.calendar_of(self._year)
        self.year_words.setText(t("duty_calendar.year", year=self._year))
        self.unknown.setVisible(not calendar.is_known)
        self.unknown.say(t("duty_calendar.unknown", year=self._year))
        is_shipped = calendar == calendars.shipped(self._year)
        self.state.setText(self._state_words(calendar, is_shipped=is_shipped))
        may_write = not self._office.is_readonly
        known = calendars.shipped(self._year).is_known
        self.restore.setText(t("duty_calendar.restore" if known else "duty_calendar.empty_year"))
        self.restore.setEnabled(may_write and not is_shipped)
        self.keep.setEnabled(may_write and self.is_changed())

    def _state_words(self, calendar: YearCalendar, *, is_shipped: bool) -> str:
        if calendar != calendars.calendar_of(self._office, self._year):
            return t("duty_calendar.changed")
        if is_shipped:
            return t("duty_calendar.shipped") if calendar.is_known else ""
        return t("duty_calendar.own")

    def _quieten(self) -> None:
        for strip in (self.done_words, self.leaving):
            strip.say("")
        if not self._office.is_readonly:
            self.trouble.say("")

    # ---- putting it together ----

    def _put_together(self) -> None:
        self._fill_head()
        sheet = card()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setObjectName("clear")
        self._scroll.setWidget(self.view)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(18, 12, 12, 10)
        inside.addWidget(self._scroll)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(sheet, 1)
        row.addWidget(self.pane)
        self.unknown = Banner("", "amber", t("duty_calendar.paste"))
        self.unknown.pressed.connect(self.on_paste)
        self.body.addWidget(self.unknown)
        self.body.addLayout(row, 1)
        self.trouble, self.done_words, self.leaving = Strip("red"), Strip("accent"), Strip("accent")
        self.leaving.add(plain_button(t("duty_calendar.drop")), self._drop)
        self.leaving.add(plain_button(t("duty_calendar.stay")), lambda: self.leaving.say(""))
        for strip in (self.trouble, self.done_words, self.leaving):
            self.body.addWidget(strip)
        self.foot.insertWidget(0, self._legend)
        self.keep = primary_button(t("form.save"), "Ctrl+S")
        self.keep.clicked.connect(self.save)
        self.add_to_foot(_button(t("ui.cancel"), self.reject), self.keep)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        QShortcut(QKeySequence("Ctrl+N"), self, self.on_paste)
        QShortcut(QKeySequence("Alt+Left"), self, lambda: self.show_year(self._year - 1))
        QShortcut(QKeySequence("Alt+Right"), self, lambda: self.show_year(self._year + 1))

    def _fill_head(self) -> None:
        self.year_words, self.state = label("", "title"), label("", "muted")
        before, after = (
            _button("‹", lambda: self.show_year(self._year - 1)),
            _button("›", lambda: self.show_year(self._year + 1)),
        )
        for button, words in ((before, "previous"), (after, "next")):
            button.setToolTip(t(f"duty_calendar.{words}"))
            button.setAccessibleName(t(f"duty_calendar.{words}"))
            button.setFixedWidth(36)
        self.head.insertSpacing(1, 6)
        for place, widget in enumerate((before, self.year_words, after, self.state), start=2):
            self.head.insertWidget(place, widget)
        self.paste = _button(t("duty_calendar.paste_button"), self.on_paste)
        self.load = _button(t("duty_calendar.load"), self.on_load)
        self.write = _button(t("duty_calendar.write"), self.on_write)
        self.restore = _button(t("duty_calendar.restore"), self.on_restore)
        for button in (self.paste, self.load):
            button.setEnabled(not self._office.is_readonly)
        for button in (self.paste, self.load, self.write, self.restore):
            self.head.addWidget(button)


def _button(words: str, slot: Callable[[], object]) -> QPushButton:
    button = plain_button(words)
    button.clicked.connect(lambda: slot())
    return button
