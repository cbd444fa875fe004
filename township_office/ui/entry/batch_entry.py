# SPDX-License-Identifier: MulanPSL-2.0
"""批量登记: a bundle of papers typed one below the other, without a dialog between them.

Like the form it loses nothing: every change is written through to a draft, and what the books refuse stays typed.
"""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Field, Register
from township_office.core.text import t
from township_office.core.values import SecretMark, parse, show
from township_office.services import numbers, records, tripwire
from township_office.services.office import Office, warm_up
from township_office.ui.book.register_list import RegisterList
from township_office.ui.entry.entry_row import EntryRow
from township_office.ui.entry.series_choice import SeriesChoice
from township_office.ui.form import drafts
from township_office.ui.form.alike_watch import PAUSE_MS, find_alike
from township_office.ui.form.editors import Today, make_editor
from township_office.ui.form.line_editor import Editor
from township_office.ui.form.proposals import Proposals
from township_office.ui.form.record_sheet import SERIES, carried
from township_office.ui.jobs import run_quietly

_WRITE_THROUGH_MS = 300


class BatchEntry(QObject):
    """Stands between the row that is typed and the books."""

    saved = Signal(int)  # id of the new row
    row_wanted = Signal(int)  # the paper this one may be the double of
    toggled = Signal()
    confidential_wanted = Signal()  # a state secret was typed; the row has forgotten it
    mishap_wanted = Signal()

    def __init__(self, office: Office, register: Register, today: Today, books: RegisterList) -> None:
        super().__init__(books)
        self._office, self._register, self._today, self._list = office, register, today, books
        self._table = books.table
        self._drafts = drafts.Drafts(office.path, register)
        self._draft_id = drafts.new_id()
        self._noted: set[str] = set()  # fields of this sitting in which a state secret was typed
        self._more: dict[str, str] = {}  # what was typed in the form and has no column here
        self._numbered_for: dict[str, str] | None = None
        self._proposals: Proposals | None = None
        books.ask_for_typing(is_typing=True)
        self.row = EntryRow(self._table, self._make_editor, SeriesChoice(numbers.all_series(office, register)))
        self._watch_columns()
        self._write_through = QTimer(self, interval=_WRITE_THROUGH_MS, singleShot=True)
        self._write_through.timeout.connect(self._keep_draft)
        self._alike = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._alike.timeout.connect(self._look_for_alike)
        self._connect()
        run_quietly(books, lambda _: warm_up(), lambda _: None, lambda _: None)

    def _connect(self) -> None:
        row = self.row
        row.finished.connect(self.register)
        row.given_up.connect(self.close)
        row.edited.connect(self._on_edited)
        row.left.connect(self._judge)
        row.same_wanted.connect(self._take_same)
        row.above_wanted.connect(self._take_one)
        row.pinned.connect(self._keep_draft)
        row.series.chosen.connect(self._refresh_number)
        row.confidential_wanted.connect(lambda: self._leave_for(self.confidential_wanted))
        row.mishap_wanted.connect(lambda: self._leave_for(self.mishap_wanted))
        self._table.rows.modelReset.connect(self._on_reset)

    def is_open(self) -> bool:
        """Say whether the row is there."""
        return self.row.isVisibleTo(self._table.heads)

    def open(self) -> None:
        """Show the row, with what was begun and not registered; the cursor goes where the next word belongs."""
        if not self.is_open():
            self._list.ask_for_typing(is_typing=True)
            self._table.is_typing = True
            self.row.show()
            self._table.fit_columns()
            self.row.resume()
            self._find_draft()
            self.toggled.emit()
        self._numbered_for = None
        self._refresh_number()
        self.row.go_on()

    def close(self) -> None:
        """Put the row away; what was typed is a draft until it is registered."""
        self.row.settle()
        self._keep_draft()
        self._alike.stop()
        self.row.hide()
        self._table.is_typing = False
        self._table.leave_room(0)
        self.row.place()
        self._list.ask_for_typing(is_typing=False)
        self._table.fit_columns()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.toggled.emit()

    def _leave_for(self, wanted: SignalInstance) -> None:
        """Forget the paper and go where it belongs."""
        self._more = {}
        self.row.begin_next()
        self.close()
        wanted.emit()

    def draft(self) -> dict[str, str]:
        """Return the paper as it stands, unchecked: what is typed, and what a new one says by itself."""
        texts = {field.name: field.default for field in self._register.fields}
        return texts | self._more | self.row.texts() | {SERIES: self.row.series.code()}

    def register(self) -> None:
        """Hand the paper to the books; what they refuse is said at its field, and nothing is lost."""
        self.row.settle()
        self.row.object_to_nothing()
        try:
            row = records.register_document(self._office, self._register, self.draft(), self._today())
        except Invalid as error:
            self._show_problems(error)
            return
        except OfficeError as error:
            self.row.tell(str(error), "red")
            return
        self._write_through.stop()
        self._alike.stop()
        self._drafts.drop(self._draft_id)
        self._draft_id = drafts.new_id()
        self._more = {}
        self.saved.emit(int(str(row["id"])))
        self.row.begin_next()
        self._alike.stop()
        self._write_through.stop()
        self._numbered_for = None
        self._refresh_number()
        self.row.tell(t("form.saved", number=row["number"] or t("ui.no_number")), "green")

    def _show_problems(self, error: Invalid) -> None:
        here = [problem for problem in error.problems if problem.field in self.row.stops]
        for problem in here:
            self.row.object_to(problem.field, problem.message, is_secret=problem.is_secret)
        if here:
            self.row.go_to(here[0].field)
        else:
            self.row.tell("".join(problem.message for problem in error.problems), "red")

    # ---- columns ----

    def _make_editor(self, field: Field) -> Editor:
        real = self._register.field(field.name)  # the table's own differs in its width
        return make_editor(real, self._office, self._register, self._today, in_cell=True)

    def _watch_columns(self) -> None:
        """Propose for the editors that are there now."""
        if self._proposals is not None:
            self._proposals.deleteLater()
        editors = {name: stop.editor for name, stop in self.row.stops.items()}
        self._proposals = Proposals(self._office, self._register, self._today, editors, self)
        self._proposals.split.connect(self._on_split)

    def _on_reset(self) -> None:
        """The list was read anew, perhaps with other columns; what was typed in one that went is kept."""
        before, typed = set(self.row.stops), self.row.typed()
        self.row.resume()
        if set(self.row.stops) != before:
            self._more |= {name: text for name, text in typed.items() if name not in self.row.stops}
            self._watch_columns()

    def _on_split(self, title: str, number: str) -> None:
        self.row.fill({"title": title, "doc_number": number})
        self.row.go_on()

    # ---- while the clerk types ----

    def _on_edited(self, name: str) -> None:
        if drafts.is_secret({name: self.row.stops[name].editor.text()}):
            self._judge(name)
            if name not in self._noted:
                self._noted.add(name)
                tripwire.note(f"{self._register.name}.{name}", self._office.clerk)
        if not self._write_through.isActive():
            self._write_through.start()
        self._alike.start()
        self._refresh_number()

    def _judge(self, name: str) -> None:
        """Say what is wrong with one field; that a required one is empty can wait."""
        text = self.row.stops[name].editor.text()
        if text.strip():
            try:
                parse(self._register.field(name), text, self._today())
            except ValueError as error:
                self.row.object_to(name, str(error), is_secret=isinstance(error, SecretMark))

    def _refresh_number(self) -> None:
        """Show the number to come, worked out anew when the day or the series has changed."""
        dated, draft = self._register.dated_by, self.draft()
        names = (SERIES, dated, self._register.number_name)
        decisive = {name: text for name, text in draft.items() if name in names}
        if decisive == self._numbered_for:
            return
        self._numbered_for = decisive
        number = ""
        if draft[dated].strip() or self._register.field(dated).required:
            try:
                number = numbers.next_number(self._office, self._register, decisive, self._today()).number
            except OfficeError as error:
                self.row.tell(str(error), "red")
        self.row.series.show_number(number)

    def _look_for_alike(self) -> None:
        self.row.warn_of_nothing()
        try:
            alike = find_alike(self._office, self._register, self.row.texts(), self._today())
        except OfficeError:
            return  # the warning is a courtesy; registering will say what is wrong
        if alike is not None:
            field = alike.field if alike.field in self.row.stops else next(iter(self.row.stops))
            self.row.warn(field, alike.words, lambda: self.row_wanted.emit(alike.row_id))

    # ---- from the paper before ----

    def _take_same(self) -> None:
        """同上一件: names and choices of the paper registered last, wherever nothing stands yet."""
        last = records.last_row(self._office, self._register)
        if last is None:
            self.row.tell(t("form.no_last"))
            return
        for name, text in carried(self._register, last).items():
            stop = self.row.stops.get(name)
            if stop is not None and stop.editor.text() in ("", stop.given):
                stop.editor.set_text(text)
        self.row.tell(t("form.as_last", number=last["number"] or t("ui.no_number")))
        self.row.go_on()

    def _take_one(self, name: str) -> None:
        """Take one field, whatever it is, from the paper registered last."""
        last = records.last_row(self._office, self._register)
        if last is None:
            self.row.tell(t("form.no_last"))
        else:
            self.row.stops[name].editor.set_text(show(self._register.field(name), last[name]))

    # ---- drafts ----

    def _keep_draft(self) -> None:
        self._write_through.stop()
        typed = self.row.typed()
        if not typed:
            self._more = {}
            self._drafts.drop(self._draft_id)
            return
        typed = self._more | typed
        if not self._drafts.keep(self._draft_id, None, typed):
            self.row.tell(t("form.draft_refused"), "red")
        elif drafts.is_secret(typed):
            self.row.tell(t("form.draft_secret"), "amber")

    def _find_draft(self) -> None:
        """Go on with what was left a moment ago; offer what was begun at another time, or in the form."""
        begun = self._drafts.last(None)
        if begun is not None and begun.id == self._draft_id:
            self.row.tell(t("entry.taken_up"))
            return
        self._more = {}
        self.row.begin_next()
        if begun is not None:
            what = next((text for name in ("title", "sender") if (text := begun.texts.get(name, ""))), "")
            words = t("form.begun", what=what[:20] or t("form.begun_untitled"), at=begun.at[5:16].replace("T", " "))
            self.row.tell(words, "", t("form.go_on"), lambda: self._take_up(begun))

    def _take_up(self, begun: drafts.Begun) -> None:
        self._draft_id = begun.id
        self._more = {name: text for name, text in begun.texts.items() if name not in self.row.stops}
        with suppress(OfficeError):
            self.row.series.choose(numbers.pick_series(self._office, self._register, self._more.pop(SERIES, "")).code)
        self.row.fill({name: text for name, text in begun.texts.items() if not self.row.holds(name)})
        self.row.tell("")
        self.row.go_on()
