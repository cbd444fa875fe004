# SPDX-License-Identifier: MulanPSL-2.0
"""值班表: the month, how even it is beside it, and every change by hand with what it costs before it is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers.duty.month import Shift, after, month_of
from township_office.registers.duty.plan import Conflict
from township_office.services.office import Office
from township_office.services.roster import changing, months, weighing
from township_office.services.roster.months import Roster
from township_office.services.roster.options import line_of
from township_office.services.roster.weighing import Scale, cost_words
from township_office.services.roster.why import why_words
from township_office.ui import actions
from township_office.ui.duty.month.conflict_panel import ConflictPanel
from township_office.ui.duty.month.first_steps import FirstSteps
from township_office.ui.duty.month.month_bar import MORE, MonthBar, MonthChoice
from township_office.ui.duty.month.month_way import MonthWay
from township_office.ui.duty.month.roster_model import RosterModel
from township_office.ui.duty.month.roster_view import RosterView
from township_office.ui.duty.month.side_panel import SidePanel
from township_office.ui.duty.month.turn_dialog import PUT, REASSIGN, SUBSTITUTE, SWAP, DropDialog, TurnDialog
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import Banner, card

_ROOM = 860  # logical pixels; below, the panel beside the month is hidden and Ctrl+Alt+W shows it
_MONTH = (
    "duty_draw", "duty_publish", "duty_year", "duty_reopen", "duty_changes", "duty_calendar", "duty_previous",
    "duty_next", "duty_this_month", "book_print", "sheet_import",
)  # fmt: skip
_TURN = ("duty_swap", "duty_substitute", "duty_reassign", "duty_put", "duty_lock", "duty_clear", "duty_why")
COMMANDS = (*_MONTH, *_TURN)


class MonthPage(Tab):
    """A draft is changed at once and undone with Ctrl+Z; a month that is given out asks why."""

    staff_wanted = Signal(int)  # the id of a person, 0 for a new one
    import_wanted = Signal()  # of people
    lines_wanted = Signal()

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self._office, self._today, self._asker = office, today, asker
        self._name = month_of(today())
        self.commands = {name: actions.make(name, self, getattr(self, f"on_{name}")) for name in COMMANDS}
        self.commands["book_print"].setText(t("duty_tab.print"))
        self.commands["sheet_import"].setText(t("duty_tab.take_old"))
        self.roster: Roster = months.roster_of(office, self._name)
        self._scale: Scale | None = None
        self._is_panel_wanted: bool | None = None  # None: as there is room
        self.model = RosterModel(self)
        self.view, self.side = RosterView(self.model), SidePanel()
        self.bar = MonthBar(self.commands, self._more_menu, MonthChoice(office, today))
        self.way = MonthWay(self, office, today, asker, lambda: self.roster)
        self.unknown = Banner("", "amber", t("action.duty_calendar"))
        self.conflict = ConflictPanel()
        self.steps = FirstSteps()
        self._build()
        self._connect()
        self._read()

    def _build(self) -> None:
        sheet = card()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.view)
        self._body = QStackedWidget()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(sheet, 1)
        row.addWidget(self.side)
        month = card("clear")
        whole = QVBoxLayout(month)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        self._whole = whole
        whole.addWidget(self.bar)
        whole.addWidget(self.unknown)
        whole.addWidget(self.conflict)
        whole.addLayout(row, 1)
        self._body.addWidget(month)
        self._body.addWidget(self.steps)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._body)

    def _connect(self) -> None:
        self.view.chosen.connect(self._on_chosen)
        self.view.aimed.connect(self._on_aimed)
        self.view.dropped.connect(self._on_dropped)
        self.view.asked.connect(self.on_duty_put)
        self.view.cleared.connect(self.on_duty_clear)
        self.view.turned.connect(self._turn)
        self.view.menu_wanted.connect(self._show_menu)
        self.bar.month.chosen.connect(self.show_month)
        self.side.person_chosen.connect(self._on_person)
        self.way.written.connect(self._on_written)
        self.way.stuck.connect(self._on_stuck)
        self.unknown.pressed.connect(self.on_duty_calendar)
        self.conflict.person_wanted.connect(self.staff_wanted)
        self.conflict.line_wanted.connect(self.lines_wanted)
        self.conflict.day_wanted.connect(self.view.choose_day)
        self.steps.people_wanted.connect(lambda: self.staff_wanted.emit(0))
        self.steps.lines_wanted.connect(self.lines_wanted)
        self.steps.import_wanted.connect(self.import_wanted)
        self.steps.old_wanted.connect(self.way.take_old)

    # ---- what the window asks ----

    def enter(self) -> None:
        """See Tab."""
        self._read()
        self.view.setFocus()

    def refresh(self) -> None:
        """See Tab."""
        self._read()

    def status_words(self) -> str:
        """See Tab."""
        frame = self.roster.frame
        return t("duty_tab.status", lines=len(frame.lines), people=len(frame.task.members), gap=frame.task.gap)

    def has_month(self) -> bool:
        """Say whether there is a month to show, and not the first steps."""
        return self._body.currentIndex() == 0

    def take_bar(self) -> None:
        """Have the bar above the month again: there was no room for it elsewhere."""
        self._whole.insertWidget(0, self.bar)
        self.bar.show()

    def show_month(self, name: str) -> None:
        """Show a month."""
        self._name = name
        self.view.let_go()
        self.conflict.hide()
        self._read()
        self.moved.emit()

    # ---- what is shown ----

    def _read(self) -> None:
        try:
            self.roster = months.roster_of(self._office, self._name)
            self._scale = weighing.scale_of(self._office, self.roster)
            proof = weighing.proof_of(self._office, self.roster)
        except OfficeError as error:
            self._asker.report(error)
            return
        frame, today = self.roster.frame, self._today()
        is_ready = bool(frame.lines and frame.task.members)
        self._body.setCurrentIndex(0 if is_ready or self.roster.month is not None else 1)
        self.steps.show_steps(people=len(frame.task.members), lines=len(frame.lines))
        is_first = not self.view.currentIndex().isValid()
        self.view.days.today = today
        self.model.show_roster(self.roster, self._scale.doubts())
        self.view.is_movable = not self._office.is_readonly
        self.bar.show_month(self.roster, is_this=self._name == month_of(today))
        self.unknown.say(t("duty_tab.unknown_year", year=self._name[:4]))
        self.unknown.setVisible(not all(day.is_known for day in frame.days))
        self.side.show_roster(self.roster, self._scale, proof)
        if is_first or not self.view.currentIndex().isValid():
            self.view.choose_day(today if self._name == month_of(today) else frame.days[0].date)
        self._allow()
        self._on_chosen()

    def _allow(self) -> None:
        """Let each command be there when it can be done."""
        month, shift = self.roster.month, self.view.shift()
        is_draft, is_out = month is not None and not month.is_published, month is not None and month.is_published
        has_person = shift is not None and shift.person_id is not None
        can = {
            "duty_draw": not is_out, "duty_publish": is_draft, "duty_year": not is_out, "duty_reopen": is_out,
            "book_print": month is not None,
            "duty_changes": month is not None, "duty_swap": has_person, "duty_substitute": is_out and has_person,
            "duty_reassign": is_out and shift is not None, "duty_put": shift is not None,
            "duty_lock": is_draft and has_person, "duty_clear": is_draft and has_person, "duty_why": has_person,
        }  # fmt: skip
        for name, is_able in can.items():
            self.commands[name].setEnabled(bool(is_able))
        is_locked = shift is not None and shift.is_locked
        self.commands["duty_lock"].setText(t("duty_tab.unlock") if is_locked else t("action.duty_lock"))
        if self._office.is_readonly:
            actions.forbid_writing(self.commands)

    def _on_chosen(self) -> None:
        shift = self.view.shift()
        person = shift.person_id if shift else None
        self.view.painter_of_cells.person_id = person
        self.view.viewport().update()
        self._allow()
        if self.view.held() is None:
            self._say_why(shift)
            self.side.mark(person)

    def _say_why(self, shift: Shift | None) -> None:
        self.side.preview(None)
        if shift is None or self._scale is None:
            key = "not_drawn" if self.roster.month is None else "nobody_needed"
            self.side.say(t(f"duty_tab.{key}"), t(f"duty_tab.{key}_hint"))
            return
        line = line_of(self.roster, shift)
        self.side.show_group(line.group)
        said = {"month": shift.day.month, "day": shift.day.day, "line": line.name}
        if shift.person_id is None:
            self.side.say(t("duty_tab.why_empty", **said), t("duty_tab.why_empty_hint"), "amber")
            return
        doubt = self.model.doubts.get(shift.id, "")
        words = why_words(self.roster, self._scale, shift)
        name = self.model.name(shift.person_id)
        self.side.say(
            t("duty_tab.why", **said, name=name), "\n".join(filter(None, (doubt, words))), "amber" if doubt else "soft"
        )

    def _on_aimed(self, held: Shift | None, there: Shift | None) -> None:
        """Somebody is held over another's turn: say what it would cost."""
        if held is None:
            self._say_why(self.view.shift())
        elif there is None or there.id == held.id or self._scale is None:
            self.side.preview(None)
            self.side.say(t("duty_tab.held", name=self.model.name(held.person_id)), t("duty_tab.held_hint"))
        else:
            names = [self.model.name(one.person_id) or t("duty_tab.empty") for one in (held, there)]
            days = [t("duty_tab.short_day", month=one.day.month, day=one.day.day) for one in (held, there)]
            title = t("duty_tab.would", name=names[0], day=days[0], other=names[1], other_day=days[1])
            self.side.show_cost(title, self._scale.exchange(held, there))

    def _on_dropped(self, held: Shift, there: Shift) -> None:
        if self._scale is None:
            return
        if self.roster.month is not None and self.roster.month.is_published:
            cost = cost_words(self._scale.exchange(held, there))
            if there.person_id is not None and there.person_id != held.person_id:
                shifts = held, there
                self.way.open(DropDialog(self._office, self.roster, shifts, cost, self._today, self.window()))
            return
        self._try(lambda: changing.exchange(self._office, held.id, there.id))

    def _try(self, do: Callable[[], object]) -> None:
        """Change the draft; what is refused is said beside the month."""
        try:
            do()
        except OfficeError as error:
            self._on_chosen()
            self.side.say(t("duty_tab.refused"), str(error), "red")
        else:
            self._on_written()

    def _on_written(self) -> None:
        self.conflict.hide()
        self._read()
        self.changed.emit()

    def _on_stuck(self, conflict: Conflict | None) -> None:
        if conflict is not None:
            self.conflict.show_conflict(self.roster, conflict)

    def _on_person(self, person_id: int) -> None:
        """Somebody's bar was clicked: lead to the first of his turns."""
        shift = next((one for one in self.roster.shifts if one.person_id == person_id), None)
        if shift is not None:
            self.view.choose(self.model.index_of(shift.id))
        self.view.painter_of_cells.person_id = person_id
        self.side.mark(person_id)
        self.view.viewport().update()

    def _turn(self, count: int) -> None:
        self.show_month(after(self._name, count))

    # ---- menus and room ----

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        actions.fill_menu(menu, MORE, self.commands)
        return menu

    def _show_menu(self, at: QPoint) -> None:
        is_out = self.roster.month is not None and self.roster.month.is_published
        turn = ("duty_swap", "duty_substitute", "duty_reassign") if is_out else ("duty_put", "duty_swap")
        draft = () if is_out else ("duty_lock", "duty_clear", actions.SEPARATOR)
        menu = QMenu(self)
        actions.fill_menu(menu, (*turn, actions.SEPARATOR, *draft, "duty_why"), self.commands)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._is_panel_wanted
        self.side.setVisible(self.width() >= _ROOM if wanted is None else wanted)

    # ---- commands of the month ----

    def on_duty_draw(self) -> None:
        """排班."""
        self.conflict.hide()
        self.way.draw()

    def on_duty_year(self) -> None:
        """排全年."""
        self.conflict.hide()
        self.way.draw_year()

    def on_duty_publish(self) -> None:
        """发布."""
        self.way.publish()

    def on_duty_reopen(self) -> None:
        """退回草稿."""
        self.way.reopen()

    def on_duty_changes(self) -> None:
        """调班记录."""
        self.way.show_changes()

    def on_duty_calendar(self) -> None:
        """放假安排."""
        self.way.show_calendar()

    def on_duty_previous(self) -> None:
        """上个月."""
        self._turn(-1)

    def on_duty_next(self) -> None:
        """下个月."""
        self._turn(1)

    def on_duty_this_month(self) -> None:
        """本月."""
        self.show_month(month_of(self._today()))
        self.view.choose_day(self._today())

    def on_book_print(self) -> None:
        """打印: the month on one sheet."""
        self.way.print()

    def on_sheet_import(self) -> None:
        """导入旧值班表: what was served before counts."""
        self.way.take_old()

    # ---- commands of a turn ----

    def on_duty_put(self) -> None:
        """换人: whoever else could; once given out, as 改派."""
        is_out = self.roster.month is not None and self.roster.month.is_published
        self._open_turn(SUBSTITUTE if is_out else PUT)

    def on_duty_swap(self) -> None:
        """换班."""
        self._open_turn(SWAP)

    def on_duty_substitute(self) -> None:
        """替班."""
        self._open_turn(SUBSTITUTE)

    def on_duty_reassign(self) -> None:
        """改派."""
        self._open_turn(REASSIGN)

    def on_duty_lock(self) -> None:
        """锁定, or not any longer."""
        shift = self.view.shift()
        if shift is not None:
            self._try(lambda: changing.lock(self._office, [shift.id], is_locked=not shift.is_locked))

    def on_duty_clear(self) -> None:
        """空出."""
        shift = self.view.shift()
        if shift is not None and self.commands["duty_clear"].isEnabled():
            self._try(lambda: changing.put(self._office, shift.id, None))

    def on_duty_why(self) -> None:
        """为什么是他: the panel beside the month, where there was no room for it."""
        self._is_panel_wanted = True if self.width() < _ROOM and not self.side.isVisible() else None
        self._fit()

    def _open_turn(self, what: str) -> None:
        shift = self.view.shift()
        if shift is None or self._scale is None or self._office.is_readonly:
            return
        self.way.open(TurnDialog(self._office, self.roster, self._scale, (shift, what), self._today, self.window()))
