# SPDX-License-Identifier: MulanPSL-2.0
"""The desk of a year's filing: views, table, the chosen item, and the keys that decide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from township_office.core.searchkeys import is_warm
from township_office.core.text import t
from township_office.services.archive.desk import needs_look
from township_office.services.archive.proposal import Plan, Proposed
from township_office.services.office import Office
from township_office.ui.archive.filing import plan_views
from township_office.ui.archive.filing.filing_keys import PERIOD_KEYS, FilingKeys
from township_office.ui.archive.filing.filing_way import FilingWay
from township_office.ui.archive.filing.item_pane import ItemPane
from township_office.ui.archive.filing.plan_cells import PlanCells
from township_office.ui.archive.filing.plan_keeper import PlanKeeper
from township_office.ui.archive.filing.plan_model import ORG, PAGES, PERIOD, WHY, PlanModel
from township_office.ui.archive.filing.plan_table import PlanTable
from township_office.ui.archive.filing.plan_views import ALL, LOOK, PAGELESS, REPLIES, WORK_LISTS, PlanRow
from township_office.ui.book.matching import find_heard, find_match
from township_office.ui.book.view_chips import ViewChips
from township_office.ui.form.editors import Today
from township_office.ui.form.record_form import Strip
from township_office.ui.widgets import EmptyState, card, primary_button

_LOW = 560  # pixels: a desk lower than this leaves more of it to the table
_COLUMN_OF = {PAGELESS: PAGES, LOOK: PERIOD}  # where the first key of a list of work belongs


class FilingDesk(QWidget):
    """Everything is decided here; the dialog around it chooses the year and files."""

    find_wanted = Signal()
    view_opened = Signal()  # nothing is looked for any more
    changed = Signal()  # another plan is shown
    said = Signal(str)  # what was done, to be said quietly

    def __init__(self, office: Office, today: Today, keeper: PlanKeeper) -> None:
        super().__init__()
        self._keeper = keeper
        self._view, self._sought = ALL, ""
        self._rows: list[PlanRow] = []
        self._following = ""  # the item the cursor goes on to
        self.chips, self.model, self.pane = ViewChips(), PlanModel(), ItemPane()
        self.table = PlanTable(self.model)
        self.way = FilingWay(office, today, keeper, self)
        self.cells = PlanCells(office, today, self.table, self.way.set_cell)
        self.keys = FilingKeys(self, self.table)
        self.trouble, self.pairs = Strip("red"), Strip("accent")
        self.nothing = EmptyState("no_match", "", "")
        self._sheet = QStackedWidget()
        self._put_together()
        self._connect()

    # ---- what is shown ----

    @property
    def view(self) -> str:
        """The view that is shown."""
        return self._view

    def show_view(self, key: str) -> None:
        """Open a view: a list of work as it stands now, the cursor on its first item."""
        if self._keeper.plan is None or not self._let_go():
            return
        self._view = key
        self._rows = plan_views.rows_of(self._keeper.plan, key)
        self.seek("")
        self.view_opened.emit()
        self.chips.choose(key)
        self._fill()
        if (column := _COLUMN_OF.get(key)) is not None:
            self.table.go_to_column(column)
        self._choose_place(self.table.near(-1, 1))
        self.table.scrollToTop()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def seek(self, text: str) -> None:
        """Show only the items in which text stands, wherever they are; "" goes back to the view."""
        self._sought = text
        self.table.painter_of_rows.seek(text)
        self._fill()
        if text:
            self._choose_place(self.table.near(-1, 1))

    def begin(self) -> None:
        """Another year: everything of it, from the top."""
        self.way.forget()
        self._rows = []
        self.trouble.say("")
        self.show_view(ALL)

    def refresh(self) -> None:
        """The plan is another one: a list of work keeps its lines, every other view stands anew."""
        plan = self._keeper.plan
        if plan is None:
            return
        if self._view not in WORK_LISTS:
            self._rows = plan_views.rows_of(plan, self._view)
        self._fill()

    def find_item(self, key: str) -> None:
        """Put the cursor on an item as soon as it is listed."""
        self._following = key
        self._go_on()

    def _fill(self) -> None:
        plan = self._keeper.plan
        if plan is None:
            return
        # Made anew from the lines the view was opened with: what was joined and is split again is back in its place.
        rows = self._found(plan) if self._sought else plan_views.refreshed(self._rows, plan)
        chosen, current = [one.key for one in self.table.chosen_items()], self.table.current_item()
        at = self.table.currentIndex().row()
        above = at - self.table.verticalScrollBar().value()
        key = self._following or (current.key if current is not None else "")
        is_anew = not self._is_as_shown(rows)
        self.model.show_rows(rows, plan.scheme)
        self.cells.scheme = plan.scheme
        self._sheet.setCurrentIndex(0 if rows else 1)
        self.nothing.say(*self._nothing_words())
        if is_anew:
            self._choose_again(chosen, key, at, above)
        self._say_around(plan)

    def _is_as_shown(self, rows: Sequence[PlanRow]) -> bool:
        shown = [one.key for _, one in self.model.items()]
        return shown == [row.key for row in rows if isinstance(row, Proposed)] and len(rows) == self.model.rowCount()

    def _choose_again(self, chosen: list[str], key: str, at: int, above: int) -> None:
        """The lines stand elsewhere: choose what was chosen, at the same height on the screen."""
        place = self.model.position_of(key)
        if place is None:  # gone: what stands in its place now
            place = self.table.near(at - 1, 1) if at >= 0 else None
            place = self.table.near(at, -1) if place is None and at >= 0 else place
            chosen = []
        if place is None:
            return
        self.table.choose_keys(chosen if self.model.id_at(place) in chosen else [], self.model.id_at(place))
        if at >= 0:
            self.table.verticalScrollBar().setValue(max(0, place - above))
            self.table.scrollTo(self.table.currentIndex())
        if self.model.id_at(place) == self._following:
            self._following = ""

    def _say_around(self, plan: Plan) -> None:
        found = plan_views.counts(plan)
        self.chips.show_counts(found)
        needless = [ORG] if len(plan.scheme.orgs) < 2 else []
        self.table.leave_out(*needless, *([WHY] if self._view == LOOK and not self._sought else []))
        self.keys.show_orgs(plan.scheme.orgs)
        left = found[REPLIES] // 2 if self._view == REPLIES and not self._sought else 0
        self.pairs.say(t("filing_desk.pairs_about", count=left) if left else "")
        self._show_chosen()
        self.changed.emit()

    def _nothing_words(self) -> tuple[str, str]:
        if self._sought:
            return t("filing_desk.not_found"), t("filing_desk.not_found_hint")
        return t("filing_desk.none_of_view"), t("filing_desk.none_of_view_hint")

    def _found(self, plan: Plan) -> list[PlanRow]:
        def holds(one: Proposed) -> bool:
            texts = (one.number, one.doc_number, one.title, one.responsible_body, one.components)
            return all(
                any(find_match(text, word) for text in texts) or (is_warm() and find_heard(one.title, word))
                for word in self._sought.split()
            )

        return [one for one in plan.all if holds(one)]

    # ---- the cursor ----

    def next_to_look_at(self) -> None:
        """F8: the next item that should be looked at, from here on and then from the top."""
        plan = self._keeper.plan
        if plan is None:
            return
        here = self.table.currentIndex().row()
        wanted = {one.key for one in plan.items if needs_look(one)}
        waiting = [at for at, one in self.model.items() if one.key in wanted]
        at = next((at for at in waiting if at > here), waiting[0] if waiting else None)
        if at is not None:
            self._choose_place(at)
            self.table.go_to_column(PERIOD)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif wanted:
            self.show_view(LOOK)
        else:
            self.tell(t("filing_desk.all_looked_at"))

    def _on_left(self, keys: list[str]) -> None:
        """These are decided: the cursor goes on to the item below the last of them."""
        places = [place for key in keys if (place := self.model.position_of(key)) is not None]
        following = self.table.near(max(places), 1) if places else None
        if following is None and places:
            following = max(places)
        if following is not None:
            self._following = ""
            self._choose_place(following)

    def _go_on(self) -> None:
        place = self.model.position_of(self._following) if self._following else None
        if place is not None:
            self._following = ""
            self._choose_place(place)

    def _choose_place(self, place: int | None) -> None:
        if place is None:
            return
        index = self.model.index(place, max(0, self.table.currentIndex().column()))
        if not self.table.currentIndex().isValid():
            self.table.choose(place)
        else:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(index, flags)
            self.table.scrollTo(index)

    def _show_chosen(self) -> None:
        self.pane.show_items(self.table.chosen_items())
        self.keys.allow_writing(is_allowed=self.way.can_write)

    # ---- commands ----

    def tell(self, words: str) -> None:
        """Say quietly what was done."""
        self.said.emit(words)

    def _let_go(self) -> bool:
        """Keep the cell that is open; False where it is refused."""
        return self.cells.commit((0, 0))

    def on_key(self, name: str) -> None:
        """Do what a key or a button says."""
        if not self._let_go():
            return
        self.trouble.say("")
        chosen, way = self.table.chosen_items(), self.way
        if name in PERIOD_KEYS:
            if chosen:
                way.set_period(chosen, PERIOD_KEYS[name])
            return
        match name:
            case "agree" if chosen:
                way.agree(chosen)
            case "group" if chosen:
                self.table.choose_group(self.table.currentIndex().row())
            case "fill":
                self._fill_down(chosen)
            case "reset" if chosen:
                way.reset(chosen, self.table.current_column())
            case "join":
                if len(chosen) == 1 and self._view == REPLIES:
                    self.table.choose_group(self.table.currentIndex().row())
                way.join(self.table.chosen_items())
            case "split":
                way.split(chosen)
            case "up" | "down":
                way.move(chosen, -1 if name == "up" else 1)
            case _:
                self._on_other_key(name)

    def _on_other_key(self, name: str) -> None:
        match name:
            case "edit":
                self.way.edit(self.table.current_item())
            case "add":
                self.way.add()
            case "undo":
                self.way.undo()
            case "redo":
                self.way.redo()
            case "next":
                self.next_to_look_at()
            case "find":
                self.find_wanted.emit()
            case _:
                self._step_view(-1 if name == "view_previous" else 1)

    def _fill_down(self, chosen: list[Proposed]) -> None:
        """As in Excel: the first of several fills the others; one alone takes from the line above."""
        source = chosen[0] if chosen else None
        if len(chosen) == 1:
            above = self.table.near(self.table.currentIndex().row(), -1)
            source = self.model.item(above) if above is not None else None
            self.way.fill(source, chosen, self.table.current_column())
        else:
            self.way.fill(source, chosen[1:], self.table.current_column())

    def _step_view(self, by: int) -> None:
        plan = self._keeper.plan
        if plan is not None:
            found = plan_views.counts(plan)
            offered = [key for key in plan_views.words() if found.get(key) or key in (ALL, self._view)]
            self.show_view(offered[(offered.index(self._view) + by) % len(offered)])

    # ---- putting it together ----

    def _put_together(self) -> None:
        self.chips.show_words(plan_views.words())
        self.chips.choose(ALL)
        self.pairs.add(primary_button(t("filing_desk.join_pairs")), self.way.join_pairs)
        sheet = card()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._sheet)
        self._sheet.addWidget(self.table)
        self._sheet.addWidget(self.nothing)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.chips)
        box.addWidget(self.pairs)
        box.addWidget(sheet, 1)
        box.addWidget(self.pane)
        box.addWidget(self.trouble)

    def _connect(self) -> None:
        self.chips.chosen.connect(self.show_view)
        self.table.chosen.connect(self._show_chosen)
        self.table.doubleClicked.connect(lambda _: self.on_key("edit"))
        self.table.left_upwards.connect(self.find_wanted)
        self.table.menu_wanted.connect(self._open_menu)
        self.keys.given.connect(self.on_key)
        self.keys.org_given.connect(lambda code: self.way.set_org(self.table.chosen_items(), code))
        self.way.patched.connect(self._fill)
        self.way.refused.connect(self.trouble.say)
        self.way.said.connect(self.tell)
        self.way.left.connect(self._on_left)
        self.way.found.connect(self.find_item)
        self._keeper.came.connect(self.refresh)

    def _open_menu(self, where: QPoint) -> None:
        self.keys.menu.popup(where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pane.be_low(is_low=self.height() < _LOW)
