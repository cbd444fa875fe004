# SPDX-License-Identifier: MulanPSL-2.0
"""The forms of the book kept while on duty: a day's page, 交接班, an emergency, its reports. No word typed is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from township_office.core.dates import parse_date
from township_office.core.errors import OfficeError
from township_office.core.fields import Book, Field, Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.duty.event import DUTY_EVENT, DUTY_REPORT
from township_office.registers.duty.log import DUTY_LOG, SIGNED, WEATHER, is_handed_over
from township_office.registers.steps import step
from township_office.services import children, numbers, records
from township_office.services.office import Office
from township_office.services.roster import events, log
from township_office.services.settings import leaders
from township_office.ui.form.editors import Editor, Today, make_editor
from township_office.ui.form.kept_form import KeptForm
from township_office.ui.life.name_chips import NameChips
from township_office.ui.words import number_words

WHY = "why"
_AT_FIRST = ("duty_on", "weather", "leader", "people", "begun_at", "ended_at", "open_items")
Row = Mapping[str, Value]


class _RowForm(KeptForm):
    """A row of one of the two books: a new one, or one that is corrected; saved(row id)."""

    saved = Signal(int)

    def __init__(
        self, office: Office, book: Book, row: Row | None, today: Today, parent: QWidget | None, title: str
    ) -> None:
        self._office, self._today, self._row = office, today, row
        row_id = None if row is None else int(str(row["id"]))
        about = "" if row is None else t("way.about", number=number_words(row), title=row["title"]).strip()
        super().__init__(title, about, t("form.save"), parent, (office, book, row_id))

    def say_number(self, book: Book) -> None:
        """Say which number a new row will get."""
        try:
            number = numbers.next_number(self._office, book, {}, self._today()).number  # type: ignore[arg-type]
        except OfficeError:
            return  # saving will say it
        self.about.show_text(t("form.will_be", number=number))
        self.about.setVisible(self._row is None)

    def put(self, book: Book, names: Sequence[str], said: Mapping[str, str]) -> None:
        """Put fields on the form, saying what said has for them, else what the row holds."""
        chosen: Editor | None = None
        for name in names:
            field = book.field(name)
            editor = make_editor(field, self._office, book, self._today)
            if name in said:
                editor.set_text(said[name])
            elif self._row is not None:
                editor.set_text(show(field, self._row[name]))
            editor.settle()
            self.add(editor)
            if name in ("weather", "leader"):
                chosen = editor
            if chosen is not None and not self.has_room:  # below its row, where that is full
                words = leaders(self._office) if chosen.field.name == "leader" else dict.fromkeys(WEATHER, "")
                self.add_row(NameChips(chosen, words, several=False, has_keys=chosen.field.name == "leader"))
                chosen = None

    def ask_why(self, book: Book) -> None:
        """What is done with is corrected with a reason."""
        field = Field(WHY, t("duty_log.why"), required=True, max_length=500)
        self.add(make_editor(field, self._office, book, self._today))

    def _changes(self) -> tuple[dict[str, str], str]:
        changed = self.changed()
        return changed, changed.pop(WHY, "")

    def _is_done(self) -> bool:
        book = DUTY_LOG if self._row is not None and "duty_on" in self._row else DUTY_EVENT
        return self._row is not None and records.is_done(book, self._row, self._today())


class LogForm(_RowForm):
    """A day's page: begun with what the roster and the day before know of it, or corrected."""

    def __init__(self, office: Office, row: Row | None, today: Today, parent: QWidget | None = None) -> None:
        day = log.day_to_begin(office, today())
        words = "duty_log.begin" if day == today() else "duty_log.catch_up"
        title = t(words) if row is None else t("form.correcting", number=number_words(row))
        super().__init__(office, DUTY_LOG, row, today, parent, title)
        names = list(_AT_FIRST)
        if row is not None:
            names = [field.name for field in DUTY_LOG.fields if is_handed_over(row) or field.name not in SIGNED]
        if self._is_done():
            self.ask_why(DUTY_LOG)
        said = log.prefilled(office, day) if row is None else {}
        self.put(DUTY_LOG, names, said)
        if row is None:
            self.blocks["duty_on"].editor.left.connect(self._follow_day)
            self.say_number(DUTY_LOG)
        self._told = said
        self.settle_down()

    def write(self) -> None:
        """See SmallForm."""
        if self._row is None:
            row = log.begin(self._office, self.texts(), self._today())
        else:
            changed, why = self._changes()
            row = records.correct(self._office, DUTY_LOG, int(str(self._row["id"])), changed, self._today(), why)
        self.saved.emit(int(str(row["id"])))

    def _follow_day(self) -> None:
        """Another day was typed: who is on duty then, from when to when, as long as nobody wrote something else."""
        try:
            day = parse_date(self.blocks["duty_on"].editor.text(), self._today())
        except ValueError:
            return
        said = log.prefilled(self._office, day)
        for name, text in said.items():
            if name in self.blocks and self.blocks[name].editor.text() == self._told.get(name):
                self.blocks[name].editor.set_text(text)
        self._told = said


class HandOverForm(KeptForm):
    """交接班: both names and the minute; what is open goes on to the next page."""

    def __init__(self, office: Office, row: Row, now: datetime, today: Today, parent: QWidget | None = None) -> None:
        about = t("way.about", number=number_words(row), title=show(DUTY_LOG.field("duty_on"), row["duty_on"]))
        words, row_id = t("step.hand_over"), int(str(row["id"]))
        super().__init__(words, about.strip(), words, parent, (office, DUTY_LOG, -row_id))
        self._office, self._id, self._today = office, row_id, today
        one, said = step(DUTY_LOG.name, "hand_over"), log.proposed_handover(office, row, now)
        for name in one.fields:
            field = DUTY_LOG.field(name)
            is_needed = name in one.required
            wanted = Field(
                name, field.label, field.kind, required=is_needed, max_length=field.max_length, width=field.width
            )
            editor = make_editor(wanted, office, DUTY_LOG, today)
            editor.set_text(said.get(name, ""))
            self.add(editor)
        self.settle_down()

    def write(self) -> None:
        """See SmallForm."""
        log.hand_over(self._office, self._id, self.texts(), self._today())


class EventForm(_RowForm):
    """An emergency: what is known of it now; the clock runs from 接报时间."""

    def __init__(self, office: Office, row: Row | None, today: Today, parent: QWidget | None = None) -> None:
        title = t("duty_event.new") if row is None else t("form.correcting", number=number_words(row))
        super().__init__(office, DUTY_EVENT, row, today, parent, title)
        if self._is_done():
            self.ask_why(DUTY_EVENT)
        order = ("title", "received_at", "happened_at", "place", "source", "nature", "losses", "scope", "trend",
                 "measures", "leaders", "advice", "handled_by", "remarks")  # fmt: skip
        names = [name for name in order if row is not None or name != "remarks"]
        self.put(DUTY_EVENT, names, {"handled_by": office.clerk} if row is None else {})
        if row is None:
            self.say_number(DUTY_EVENT)
        self.settle_down()

    def write(self) -> None:
        """See SmallForm."""
        if self._row is None:
            row = events.enter(self._office, self.texts(), self._today())
        else:
            changed, why = self._changes()
            row = events.correct(self._office, int(str(self._row["id"])), changed, self._today(), why)
        self.saved.emit(int(str(row["id"])))


class ReportForm(KeptForm):
    """初报, 续报 or 终报: when, how, to whom, by whom, what."""

    def __init__(self, office: Office, event: Row, today: Today, parent: QWidget | None = None) -> None:
        about = t("way.about", number=number_words(event), title=event["title"]).strip()
        row_id = int(str(event["id"]))
        super().__init__(t("duty_event.report"), about, t("duty_event.report"), parent, (office, DUTY_REPORT, row_id))
        self._office, self._id, self._today = office, row_id, today
        said = events.proposed_report(office, event)
        for field in DUTY_REPORT.fields:
            editor = make_editor(field, office, DUTY_REPORT, today)
            if field.name in said:
                editor.set_text(said[field.name])
            self.add(editor)
        self.settle_down()

    def write(self) -> None:
        """See SmallForm."""
        children.add_child(self._office, DUTY_REPORT, self._id, self.texts(), self._today())
