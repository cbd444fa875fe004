# SPDX-License-Identifier: MulanPSL-2.0
"""粘贴放假通知: the text at the left, at the right what was understood of it, to be looked over before it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QSize, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers.duty.calendar import YearCalendar
from township_office.registers.duty.notice import LONGEST, Notice, applied, unfit
from township_office.services.office import Office
from township_office.services.roster import calendar as calendars
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.duty.calendar.date_words import day_words, spans_words
from township_office.ui.form.record_form import Strip
from township_office.ui.widgets import card, label, plain_button, primary_button, rule, scrolling_box

_SIZE = QSize(1040, 620)
_PAUSE = 150  # milliseconds after the last key
_MOST_SHOWN = 4  # days that differ


class NoticeText(QPlainTextEdit):
    """Plain text; a whole file of it is refused."""

    too_much = Signal()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if len(source.text()) + self.document().characterCount() > LONGEST:
            self.too_much.emit()
        else:
            self.insertPlainText(source.text())


class NoticeDialog(FramedDialog):
    """Reads along while it is typed or pasted; nothing is used before 采用."""

    taken = Signal(object)  # the Notice

    def __init__(
        self, office: Office, year: int, calendar_of: Callable[[int], YearCalendar], parent: QWidget | None = None
    ) -> None:
        super().__init__(t("notice_dialog.title"), parent)
        self._office, self._year, self._calendar_of = office, year, calendar_of
        self._notice: Notice | None = None
        self._lines: list[str] = []
        self._put_together()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.read)
        self.text.textChanged.connect(self._on_typed)
        self.text.too_much.connect(lambda: self.trouble.say(t("notice_dialog.too_long")))
        self.read()
        self.fit(_SIZE)
        self.text.setFocus()

    def set_text(self, text: str) -> None:
        """Put a text in, and read it."""
        self.text.setPlainText(text)
        self.read()

    def read(self) -> None:
        """Read the text as it stands and show what was understood."""
        self._timer.stop()
        self.trouble.say("")
        text = self.text.toPlainText()
        self._notice = None
        if text.strip():
            try:
                self._notice = calendars.read_notice(self._office, text, self._year)
            except OfficeError as error:
                self.trouble.say(str(error))
        self._show()

    def take(self) -> None:
        """Hand on what was understood, as it was shown."""
        if self._timer.isActive():
            self.read()  # what was typed last has not been looked over
        elif self.keep.isEnabled():
            self.taken.emit(self._notice)
            self.accept()

    # ---- what was understood ----

    def lines(self) -> list[str]:
        """Return the words at the right, one a line."""
        return list(self._lines)

    def _show(self) -> None:
        while (item := self._found.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._lines.clear()
        notice = self._notice
        if notice is None:
            self._say(t("notice_dialog.nothing"), "muted")
            self.keep.setEnabled(False)
            return
        before = self._calendar_of(notice.year)
        doubts = [*notice.doubts, *unfit(before, notice)]
        self._say_list(t("notice_dialog.doubts", count=len(doubts)), doubts, "note-amber", "amberSection")
        if not notice.is_empty:
            self._say_holidays(notice)
        self._say_list(t("notice_dialog.remarks"), notice.remarks, "muted", "section")
        if not notice.is_empty:
            self._say(self._difference(before, notice), "muted")
        self.keep.setEnabled(not notice.is_empty)
        self.keep.setText(t("notice_dialog.take_checked" if doubts else "notice_dialog.take"))

    def _say_holidays(self, notice: Notice) -> None:
        off = sum(len(one.off) for one in notice.holidays)
        work = sum(len(one.work) for one in notice.holidays)
        counts = {"year": notice.year, "holidays": len(notice.holidays), "off": off, "work": work}
        self._say(t("notice_dialog.year", **counts), "strong")
        for one in notice.holidays:
            line = QFrame()
            words = [one.name, spans_words(one.off), t("duty_calendar.days", count=len(one.off))]
            words += [t("duty_calendar.worked", days=spans_words(one.work))] if one.work else []
            self._lines.append("　".join(words))
            box = QVBoxLayout(line)
            box.setContentsMargins(0, 3, 0, 3)
            box.setSpacing(1)
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(label(words[0], "strong"))
            row.addWidget(label(words[1]))
            row.addStretch()
            row.addWidget(label(words[2], "muted"))
            box.addLayout(row)
            for work_days in words[3:]:
                box.addWidget(label(work_days, "note-accent", wraps=True))
            self._found.addWidget(line)
        for name, until in notice.longer:
            self._say(t("notice_dialog.longer", name=name, day=day_words(until)), "strong")
        self._found.addWidget(rule())

    def _say_list(self, head: str, sentences: Sequence[str], tone: str, head_tone: str) -> None:
        if sentences:
            self._say(head, head_tone)
            for sentence in sentences:
                self._say(sentence, tone)
            self._found.addWidget(rule())

    def _say(self, words: str, tone: str) -> None:
        self._lines.append(words)
        self._found.addWidget(label(words, tone, wraps=True))

    def _difference(self, before: YearCalendar, notice: Notice) -> str:
        """Say which days of the year become another kind of day."""
        days = [
            calendars.days_of_year(self._office, notice.year, {notice.year: one})
            for one in (before, applied(before, notice))
        ]
        changed = [new.date for old, new in zip(*days, strict=True) if old.kind is not new.kind]
        if not changed:
            return t("notice_dialog.same")
        shown = t("duty_calendar.between").join(map(day_words, changed[:_MOST_SHOWN]))
        if len(changed) > _MOST_SHOWN:
            shown = t("notice_dialog.more", days=shown)
        return t("notice_dialog.differs", count=len(changed), days=shown)

    # ---- putting it together ----

    def _on_paste(self) -> None:
        self.text.paste()
        self.text.setFocus()

    def _on_typed(self) -> None:
        self.keep.setEnabled(False)
        self._timer.start()

    def _put_together(self) -> None:
        self.body.addWidget(label(t("notice_dialog.intro"), "muted", wraps=True))
        self.text = NoticeText()
        self.text.setObjectName("fieldArea")
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(t("notice_dialog.example"))
        self.text.setAccessibleName(t("notice_dialog.title"))
        right = card()
        whole = scrolling_box(right)
        self._found = QVBoxLayout()
        self._found.setSpacing(6)
        whole.addLayout(self._found)
        whole.addStretch()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.text, 6)
        row.addWidget(right, 5)
        self.body.addLayout(row, 1)
        self.trouble = Strip("red")
        self.body.addWidget(self.trouble)
        self.paste = plain_button(t("notice_dialog.from_clipboard"))
        self.paste.clicked.connect(self._on_paste)
        self.foot.insertWidget(0, self.paste)
        self.keep = primary_button(t("notice_dialog.take"))
        self.keep.clicked.connect(self.take)
        cancel = plain_button(t("ui.cancel"))
        cancel.clicked.connect(self.reject)
        self.add_to_foot(cancel, self.keep)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.take)
