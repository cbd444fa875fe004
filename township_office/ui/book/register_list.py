# SPDX-License-Identifier: MulanPSL-2.0
"""The list of a register's tab: views as chips, the table, what was found, and kind words where there is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Field, Register
from township_office.core.progress import Progress
from township_office.core.searchkeys import is_warm, may_be_initials, warm_up
from township_office.core.text import t
from township_office.registers.watch import WATCHES
from township_office.services import browsing, settings
from township_office.services.browsing import View
from township_office.services.office import Office, twin
from township_office.services.search import Finder
from township_office.services.standing import standings
from township_office.ui.book.register_table import RegisterTable
from township_office.ui.book.search_box import SearchRun
from township_office.ui.book.table_columns import table_columns
from township_office.ui.book.table_model import RegisterTableModel
from township_office.ui.book.view_chips import ViewChips
from township_office.ui.jobs import run_quietly
from township_office.ui.widgets import (
    EmptyState,
    card,
    icon_button,
    label,
    link_button,
    plain_button,
)
from township_office.ui.words import short_title

_PATIENCE_MS = 200  # loading shorter than this is not worth a word
_COUNTED_ELSEWHERE = 1000


class RegisterList(QWidget):
    """Shows one view of a register (a year, a standing) or what is found in it, and knows the chosen row.

    head, with the views as chips, is a widget of its own: the tab lays it across the whole page.
    """

    chosen = Signal()  # another row, or none, is chosen
    opened = Signal()
    register_wanted = Signal()
    import_wanted = Signal()
    view_changed = Signal()  # year or standing were changed from here

    def __init__(self, office: Office, register: Register, today: Callable[[], date], toggle: QAction) -> None:
        super().__init__()
        self._office, self._register, self._today = office, register, today
        self.book = short_title(register)  # what the sentences call its rows
        self._view = View(year=today().year)
        self._text = ""
        self._finder: Finder | None = None
        self._is_loading = False
        self._is_learning = False
        self._run = SearchRun(self)
        self._run.more.connect(self._on_more)
        self._run.ended.connect(self._say_count)
        self._run.failed.connect(self._show_error)
        self.model = RegisterTableModel(office, register, today, self)
        self.table = RegisterTable(self.model)
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self.opened)
        self.table.widths_dragged.connect(partial(settings.keep_column_widths, office, register))
        self.chips = ViewChips()
        self.chips.chosen.connect(self.show_state)
        self._count = label("", "muted")
        self._wider = link_button(t("ui.find_all_years"))
        self._wider.clicked.connect(self.widen)
        self._counted: View | None = None  # what the chips tell of; None when they must be counted
        self._columns: tuple[list[Field], dict[str, int]] = [], {}
        self._is_typing = False
        self._is_all = True  # the chosen year holds everything there is
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count_views)
        self.head = self._build_head(toggle)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._build_sheet())
        self._show_columns()

    def _build_head(self, toggle: QAction) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.chips, 1)
        row.addWidget(self._count)
        row.addWidget(self._wider)
        self._wider.hide()
        row.addWidget(icon_button(toggle))
        return head

    def _build_sheet(self) -> QWidget:
        sheet = card()
        self._stack = QStackedLayout(sheet)
        self._stack.setContentsMargins(1, 1, 1, 7)
        self._stack.addWidget(self.table)
        return sheet

    # ---- what is shown ----

    @property
    def view(self) -> View:
        """The year and the standing that are shown."""
        return self._view

    @property
    def text(self) -> str:
        """What is looked for, "" when nothing is."""
        return self._text

    def _show_columns(self) -> None:
        """Take the office's columns and words, where they are others than those on screen."""
        states = {key: state.label for key, state in standings(self._office, self._register).items()}
        watches = {key: t(f"watch.{key}") for key in WATCHES[self._register.name]}
        self.chips.show_words({"": t("ui.all_rows")} | states | watches, watches)
        widths = settings.column_widths(self._office, self._register)
        columns = table_columns(self._office, self._register, is_typing=self._is_typing)
        if (columns, widths) != self._columns:
            self._columns = columns, widths
            self.table.show_columns(columns, widths)

    def show_year(self, year: int | None) -> None:
        """Show this year, or all of them."""
        self._view = replace(self._view, year=year)
        self.reload()

    def show_state(self, key: str) -> None:
        """Show the rows that stand so; "" means all."""
        self.show_view(replace(self._view, state=key))

    def show_view(self, view: View, text: str | None = None) -> None:
        """Show these rows, and look for text among them (None: as before)."""
        self._text = self._text if text is None else text
        if view.state in WATCHES[self._register.name]:
            self._counted = None  # a standing is counted with its year, a watch when it is looked at
        self._view = view
        self.chips.choose(view.state)
        self.reload()
        self.view_changed.emit()

    def widen(self) -> None:
        """Look through all years and standings."""
        self.show_view(View())

    def seek(self, text: str) -> None:
        """Show what is found for text; "" shows the whole view again."""
        self._text = text
        self.reload()

    def reload(self, keep: int | None = None) -> None:
        """Read again what is shown; the chosen row, or keep, is chosen where it is still there."""
        chosen = self.chosen_id() if keep is None else keep
        self._run.drop()
        if self._counted != replace(self._view, state=""):
            self._counting.start(0)
            is_year = self._view.year is not None and len(browsing.years(self._office, self._register)) > 1
            self._is_all = not (is_year or self._view.part)
        try:
            ids = self._find() if self._text else self._browse()
        except OfficeError as error:
            self._show_error(error)
            return
        if ids is None:
            return
        self.table.painter_of_rows.seek(self._text)
        self._learn_letters()
        self.model.show_ids(ids, self._view.year)
        self.table.follow_year()
        if len(ids) or self._is_typing:
            self._stack.setCurrentWidget(self.table)
            place = None if chosen is None else self.model.position_of(chosen)
            self.table.choose(place or 0)
        else:
            self._show_nothing()
        self._say_count()
        self.chosen.emit()

    def chosen_id(self) -> int | None:
        """Return the id of the chosen row."""
        place = self.table.position()
        return None if place is None else self.model.id_at(place)

    def reveal(self, row_id: int, year: int | None) -> bool:
        """Choose this row, leaving standing, search and year where they hide it; say whether the search was left."""
        place = self.model.position_of(row_id)
        left_search = False
        if place is None:
            left_search = bool(self._text)
            self._text = ""
            self._view = View(year if self._view.year is not None else None)
            self.chips.choose("")
            self.reload()
            self.view_changed.emit()
            place = self.model.position_of(row_id)
        if place is not None:
            self.table.choose(place)
        return left_search

    def take_in(self, row_id: int) -> None:
        """A row was added or changed: let the search know, and show it."""
        if self._finder is not None:  # also while it is being read: the row would be missed otherwise
            self._finder.refresh(row_id)
        self.read_anew()

    def take_in_cell(self, row_id: int) -> None:
        """A cell of a row was changed: it stays where it is, under the hand, until the list is read anew."""
        if self._finder is not None:
            self._finder.refresh(row_id)
        self.model.read_again(row_id)
        self._counted = None
        self._counting.start(0)

    def ask_for_typing(self, *, is_typing: bool) -> None:
        """A row is typed above the first: the table is there even when it is empty, with the columns that needs."""
        if self._is_typing != is_typing:
            self._is_typing = is_typing
            self._show_columns()
            self.reload()

    def forget_index(self) -> None:
        """Many rows came or went: the next search reads the register anew."""
        self._finder = None

    def read_anew(self) -> None:
        """Something was written: rows, counts and columns may have changed."""
        self._counted = None
        chosen = self.chosen_id()
        self._show_columns()
        self.reload(chosen)

    def _browse(self) -> Sequence[int]:
        return browsing.row_ids(self._office, self._register, self._view, self._today())

    # ---- finding ----

    def prepare(self) -> None:
        """Read the register's text in the background, if it was not yet."""
        if self._is_loading or (self._finder is not None and self._finder.is_ready):
            return
        finder = self._finder = Finder(self._office, self._register)
        self._is_loading = True
        run_quietly(self, lambda _: finder.load(), lambda _: self._on_prepared(), self._on_not_prepared)

    def _on_prepared(self) -> None:
        self._is_loading = False
        if self._text:
            self.reload()

    def _on_not_prepared(self, error: BaseException) -> None:
        self._is_loading = False
        self._on_failed(error)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, OfficeError):
            raise error
        self._show_error(error)

    def _find(self) -> list[int] | None:
        """Return the first hits; None while the index is still being read."""
        finder = self._finder
        if finder is None or not finder.is_ready:
            self.prepare()
            QTimer.singleShot(_PATIENCE_MS, self, self._say_loading)
            return None
        return self._run.begin(lambda: self._hits(finder, self._view))

    def _learn_letters(self) -> None:
        """Read the pinyin table in the background when letters are first looked for; then their hits are marked."""
        if self._is_learning or is_warm() or not any(may_be_initials(word) for word in self._text.split()):
            return
        self._is_learning = True
        run_quietly(self, lambda _: warm_up(), lambda _: self.table.viewport().update(), self._on_failed)

    def _hits(self, finder: Finder, view: View) -> Iterator[int]:
        return finder.hits(self._text, view, self._today())

    def _on_more(self, ids: list[int]) -> None:
        self.model.add_ids(ids)
        self._say_count()

    # ---- words about it ----

    def say(self, words: str) -> None:
        """Say something about what was just done, until the list changes."""
        self._count.setText(words)

    def _say_count(self) -> None:
        count = self.model.rowCount()
        key = "ui.found_so_far" if self._run.is_going_on else "ui.found"
        self._count.setText(t(key, count=f"{count:,}") if self._text else "")
        is_part = not self._is_all or bool(self._view.state)
        self._wider.setVisible(bool(self._text) and count > 0 and is_part)

    def _count_views(self) -> None:
        """Count in the background: with 100,000 rows it takes as long as several key strokes."""
        view, today = self._view, self._today()
        self._counted = counted = replace(view, state="")

        def work(_: Progress) -> dict[str, int]:
            with twin(self._office) as own:
                counts = browsing.counts(own, self._register, view.year, today, view.part)
                if view.state in WATCHES[self._register.name]:
                    counts[view.state] = len(browsing.row_ids(own, self._register, view, today))
                return counts

        def done(counts: dict[str, int]) -> None:
            if self._counted == counted:
                self.chips.show_counts(counts)

        run_quietly(self, work, done, self._on_failed)

    def _say_loading(self) -> None:
        if self._is_loading and self._text:
            self._show_page(EmptyState("loading", t("ui.loading_index"), ""))

    def _show_error(self, error: OfficeError) -> None:
        if error.key == "error.secret_search":  # no fault of the file: nothing to try again
            self._show_page(EmptyState("warning", str(error), ""))
            return
        page = EmptyState("warning", t("ui.unreadable"), str(error))
        page.add_button(plain_button(t("ui.again")), self.read_anew)
        self._show_page(page)

    def _show_nothing(self) -> None:
        """Say why there is nothing, and what can be done."""
        if self._text:
            self._show_page(self._no_match())
        elif self._view.state:
            state = self.chips.word(self._view.state)
            page = EmptyState("done", t("ui.none_of_state", book=self.book, state=state), "")
            page.add_button(plain_button(t("ui.show_all")), lambda: self.show_state(""))
            self._show_page(page)
        elif self._view.year is not None and browsing.years(self._office, self._register):
            page = EmptyState("empty_book", t("ui.none_of_year", book=self.book, year=self._view.year), "")
            page.add_button(plain_button(t("ui.all_years")), self.widen)
            self._show_page(page)
        else:
            self._show_page(self.empty_book())

    def _no_match(self) -> EmptyState:
        page = EmptyState("no_match", t("ui.no_match", text=self._text), t("ui.no_match_hint"))
        if self._view != View() and self._finder is not None:
            elsewhere = sum(1 for _ in islice(self._hits(self._finder, View()), _COUNTED_ELSEWHERE))
            if elsewhere:
                page.say(t("ui.no_match_here", text=self._text), "")
                page.add_button(plain_button(t("ui.found_elsewhere", count=elsewhere)), self.widen)
        return page

    def empty_book(self) -> EmptyState:
        """Return what is said where there is no row at all."""
        title = t("ui.empty_book", book=self.book)
        if self._office.is_readonly:
            return EmptyState("empty_book", title, "")
        page = EmptyState("empty_book", title, t("ui.empty_book_hint", book=self.book))
        page.add_button(plain_button(t("ui.first_row"), "record_new"), self.register_wanted.emit)
        page.add_button(plain_button(t("ui.from_excel"), "sheet_import"), self.import_wanted.emit)
        return page

    def _show_page(self, page: EmptyState) -> None:
        """Put this page in place of the table."""
        old = self._stack.widget(1)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
