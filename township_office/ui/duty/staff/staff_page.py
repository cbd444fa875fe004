# SPDX-License-Identifier: MulanPSL-2.0
"""人员和岗位: the people above, the lines below, what is to be known of the chosen person beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Field
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers.duty.staff import ABSENT, Away, Line, Person
from township_office.registers.status import State
from township_office.services.office import Office, twin
from township_office.services.roster import lists, months, staffing
from township_office.services.roster.lists import Taken
from township_office.ui import actions
from township_office.ui.archive.care.plain_table import PlainLine, PlainTable
from township_office.ui.duty.staff.person_pane import PersonPane, span_words
from township_office.ui.duty.staff.staff_forms import LineForm, PairForm, PersonForm, line_words
from township_office.ui.form.small_form import SmallForm
from township_office.ui.jobs import run_job
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import EmptyState, action_button, card, label, plain_button

COMMANDS = (
    "record_new", "sheet_import", "duty_lines", "record_edit", "record_void", "duty_days", "duty_pair", "duty_up",
    "duty_down",
)  # fmt: skip
_LINES_IN_SIGHT, _TALL = 5, 480  # of a page so high


class StaffPage(Tab):
    """F2 and Del mean the table that has the keyboard; Alt+↑↓ moves its line."""

    drawing_wanted = Signal()

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self._office, self._today, self._asker = office, today, asker
        self._people: dict[int, Person] = {}
        self._lines: dict[int, Line] = {}
        self._aways: list[Away] = []
        self.commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in COMMANDS}
        self.commands["record_new"].setText(t("duty_staff.new_person"))
        self.commands["sheet_import"].setText(t("duty_staff.import"))
        self.commands["duty_lines"].setText(t("duty_staff.new_line"))
        self.people = PlainTable(_columns(("name", 16), ("groups", 16), ("post", 16), ("phone", 14), ("status", 18)),
                                 "post", several=False, least=("phone",))  # fmt: skip
        self.people.setAccessibleName(t("duty_staff.people"))
        self.lines = PlainTable(_columns(("line", 12), ("group", 12), ("count", 8), ("shift", 12), ("kinds", 20)),
                                "kinds", several=False)  # fmt: skip
        self.lines.setAccessibleName(t("duty_staff.lines"))
        self.pane = PersonPane(office, today)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        keys = actions.shown_shortcut("record_new")
        head.addWidget(action_button(self.commands["record_new"], is_primary=True, shortcut=keys))
        for name in ("sheet_import", "duty_lines"):
            head.addWidget(action_button(self.commands[name]))
        self.go_on = plain_button(t("duty_staff.go_on"))
        self.go_on.clicked.connect(self.drawing_wanted)
        head.addWidget(self.go_on)
        head.addStretch()
        self._order = label(t("duty_staff.order"), "muted")
        head.addWidget(self._order)
        self._empty = EmptyState("empty_book", t("duty_staff.nobody"), t("duty_staff.nobody_hint"))
        self._empty.add_button(action_button(self.commands["record_new"]), lambda: None)
        self._empty.add_button(action_button(self.commands["sheet_import"]), lambda: None)
        self._no_lines = label(t("duty_staff.no_lines"), "muted", wraps=True)
        self._no_lines.setContentsMargins(16, 14, 16, 14)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(_sheet(self.people, self._empty), 1)
        left.addWidget(_sheet(self.lines, self._no_lines))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self.pane)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 2, 0, 4)
        box.setSpacing(10)
        box.addLayout(head)
        box.addLayout(row, 1)

    def _connect(self) -> None:
        self.people.chosen.connect(self._on_chosen)
        self.people.opened.connect(self.on_record_edit)
        self.people.menu_wanted.connect(lambda at: self._show_menu(at, is_person=True))
        self.lines.opened.connect(self.on_record_edit)
        self.lines.menu_wanted.connect(lambda at: self._show_menu(at, is_person=False))
        self.pane.changed.connect(self._on_written)
        self.pane.edit_wanted.connect(self._edit_person)
        self.pane.pair_wanted.connect(self.on_duty_pair)

    # ---- what the window asks ----

    def enter(self) -> None:
        """See Tab."""
        self.refresh()
        self.people.setFocus()

    def refresh(self) -> None:
        """See Tab."""
        try:
            self._people = {one.id: one for one in staffing.people(self._office)}
            self._lines = {one.id: one for one in staffing.lines(self._office)}
            self._aways = staffing.aways(self._office, self._today())
        except OfficeError as error:
            self._asker.report(error)
            return
        self.people.fill([self._person_line(one) for one in self._people.values()])
        self.lines.fill([PlainLine(line_words(one), key=one.id) for one in self._lines.values()])
        self.people.setVisible(bool(self._people))
        self._empty.setVisible(not self._people)
        self.lines.setVisible(bool(self._lines))
        self._no_lines.setVisible(not self._lines)
        self._fit_lines()
        self.go_on.setVisible(bool(self._people and self._lines) and not months.months(self._office))
        self._order.setVisible(len(self._people) > 1 or len(self._lines) > 1)
        self._on_chosen()

    def status_words(self) -> str:
        """See Tab."""
        here = sum(one.is_here(self._today()) for one in self._people.values())
        return t("duty_staff.status", people=here, lines=len(self._lines))

    def reveal(self, row_id: int) -> None:
        """See Tab: a person, and what is said of the days; 0: somebody new."""
        if row_id:
            self.people.choose_keys([row_id])
            self.people.setFocus()
        else:
            self.on_record_new()

    def show_view(self, year: int | None, state: str) -> None:
        """See Tab: the lines; with the form open where there is none yet."""
        self.lines.setFocus()
        if not self._lines:
            self.on_duty_lines()

    # ---- commands ----

    def on_record_new(self) -> None:
        """添加人员."""
        form = PersonForm(self._office, None, self._today, self.window())
        self._open(form)
        form.accepted.connect(lambda: self.people.choose_keys([form.person_id]))

    def on_sheet_import(self) -> None:
        """从表格导入: names, groups, phones out of an Excel sheet or a CSV file."""
        self._asker.open_file(t("duty_staff.import"), t("duty_staff.import_filter"), self._take)

    def on_duty_lines(self) -> None:
        """添加岗位."""
        self._open(LineForm(self._office, None, self._today, self.window()))

    def on_record_edit(self) -> None:
        """修改: the person, or the line, that is chosen."""
        if self.lines.hasFocus():
            line = self._lines.get(_key(self.lines))
            if line is not None and not self._office.is_readonly:
                self._open(LineForm(self._office, line, self._today, self.window()))
        else:
            self._edit_person()

    def on_record_void(self) -> None:
        """删去: a person who was entered wrongly, or a line that is no longer kept."""
        if self.lines.hasFocus():
            line = self._lines.get(_key(self.lines))
            if line is not None:
                words = t("duty_staff.retire_sure", name=line.name)
                do = lambda: staffing.retire_line(self._office, line.id, self._today())  # noqa: E731
                self._asker.confirm(words, t("duty_staff.retire_do"), lambda: self._try(do))
        elif self.pane.person is not None:
            person = self.pane.person
            words = t("duty_staff.void_sure", name=person.name)
            void = lambda: staffing.void_person(self._office, person.id, self._today())  # noqa: E731
            self._asker.confirm(words, t("duty_staff.void_do"), lambda: self._try(void))

    def on_duty_days(self) -> None:
        """请假、指定和希望: type the days of the chosen person."""
        self.pane.spans.setFocus()

    def on_duty_pair(self) -> None:
        """搭配."""
        if self.pane.person is not None and not self._office.is_readonly:
            self._open(PairForm(self._office, self.pane.person, self.window()))

    def on_duty_up(self) -> None:
        """上移: the order of the list is the order in print."""
        self._move(-1)

    def on_duty_down(self) -> None:
        """下移."""
        self._move(1)

    # ---- what follows ----

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_lines()

    def _fit_lines(self) -> None:
        most = _LINES_IN_SIGHT if self.height() >= _TALL else _LINES_IN_SIGHT // 2
        self.lines.setFixedHeight(self.lines.height_of(most) + 4)

    def _edit_person(self) -> None:
        if self.pane.person is not None and not self._office.is_readonly:
            self._open(PersonForm(self._office, self.pane.person, self._today, self.window()))

    def _move(self, by: int) -> None:
        table, what = (self.lines, "line") if self.lines.hasFocus() else (self.people, "person")
        ids = [table.lines.line(row).key for row in range(table.lines.rowCount())]
        key = _key(table)
        place = ids.index(key) + by if key in ids else -1
        if 0 <= place < len(ids):
            ids.remove(key)
            ids.insert(place, key)
            self._try(lambda: staffing.arrange(self._office, what, ids))

    def _take(self, path: Path) -> None:
        def work(_: Progress) -> Taken:
            with twin(self._office) as own:
                return lists.take_people(own, path, self._today())

        def done(taken: Taken) -> None:
            self._on_written()
            self._asker.tell(t("duty_staff.imported", added=taken.added, changed=taken.changed))

        run_job(self, t("duty_staff.import"), work, done, self._asker.report)

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except OfficeError as error:
            self._asker.report(error)
        else:
            self._on_written()

    def _on_written(self) -> None:
        self.refresh()
        self.changed.emit()

    def _open(self, form: SmallForm) -> None:
        form.accepted.connect(self._on_written)
        form.finished.connect(form.deleteLater)
        form.open()

    def _on_chosen(self) -> None:
        person = self._people.get(_key(self.people))
        own = [one for one in self._aways if person is not None and one.person_id == person.id]
        pairs = [
            one
            for one in staffing.pairs(self._office)
            if person is not None and person.id in (one.first_id, one.second_id)
        ]
        self.pane.show_person(person, own, pairs, {one.id: one.name for one in self._people.values()})
        for name in ("duty_days", "duty_pair"):
            self.commands[name].setEnabled(person is not None)
        if self._office.is_readonly:
            actions.forbid_writing(self.commands)

    def _person_line(self, person: Person) -> PlainLine:
        state = self._state(person)
        texts = person.name, "、".join(person.groups), person.post, person.phone, state.label
        return PlainLine(texts, state, person.id)

    def _state(self, person: Person) -> State:
        today = self._today()
        if not person.is_here(today):
            is_gone = person.ends_on is not None and person.ends_on < today
            return State("", t("duty_staff.gone" if is_gone else "duty_staff.coming"), "grey")
        own = [one for one in self._aways if one.person_id == person.id and one.kind in ABSENT]
        now = next((one for one in own if one.first_on <= today), None)
        if now is not None:
            until = span_words(now.last_on, now.last_on, today.year)
            return State("", t("duty_staff.away_until", kind=now.kind, day=until), "amber")
        return State("", t("duty_staff.here"), "green")

    def _show_menu(self, at: QPoint, *, is_person: bool) -> None:
        own = ("duty_days", "duty_pair", actions.SEPARATOR) if is_person else ()
        menu = QMenu(self)
        ids = ("record_edit", *own, "duty_up", "duty_down", actions.SEPARATOR, "record_void")
        actions.fill_menu(menu, ids, self.commands)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)


def _columns(*named: tuple[str, int]) -> tuple[Field, ...]:
    return tuple(Field(name, t(f"duty_staff.col_{name}"), width=width) for name, width in named)


def _key(table: PlainTable) -> int:
    keys = table.chosen_keys()
    return keys[0] if keys else 0


def _sheet(*inside: QWidget) -> QWidget:
    sheet = card()
    box = QVBoxLayout(sheet)
    box.setContentsMargins(1, 1, 1, 1)
    for widget in inside:
        box.addWidget(widget)
    return sheet
