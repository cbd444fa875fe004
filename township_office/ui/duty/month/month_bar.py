# SPDX-License-Identifier: MulanPSL-2.0
"""Above the month: what is done with it, the one button that carries it forward; which month, and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from township_office.core.text import t
from township_office.registers.status import State
from township_office.services.office import Office
from township_office.services.roster import months
from township_office.services.roster.months import Roster
from township_office.ui import actions, theme
from township_office.ui.duty.month.month_dialogs import month_words
from township_office.ui.widgets import Pill, action_button, plain_button

NOT_DRAWN = "none"
STATES = {NOT_DRAWN: "grey", "draft": "amber", "published": "green"}
MORE = (
    "duty_draw", "duty_year", "book_print", actions.SEPARATOR, "duty_changes", "duty_reopen", actions.SEPARATOR,
    "duty_calendar", "sheet_import",
)  # fmt: skip


class MonthChoice(QPushButton):
    """The month that is shown; pressed, every month of the years there are rosters of, to go far at once."""

    chosen = Signal(str)

    def __init__(self, office: Office, today: Callable[[], date]) -> None:
        super().__init__()
        self._office, self._today, self._shown = office, today, ""
        self.setMinimumWidth(128)
        self.years = QMenu(self)
        self.years.aboutToShow.connect(self._fill)
        self.setMenu(self.years)

    def show_month(self, name: str) -> None:
        """Say which month is shown."""
        self._shown = name
        self.setText(f"{month_words(name)} ▾")

    def _fill(self) -> None:
        self.years.clear()
        state = {one.month: t(f"duty_tab.state_{one.state}") for one in months.months(self._office)}
        this = self._today().year
        for year in sorted({int(name[:4]) for name in (*state, self._shown)} | {this, this + 1}, reverse=True):
            menu = self.years.addMenu(t("ui.year", year=year))
            for name in (f"{year}-{month:02}" for month in range(1, 13)):
                words = t("duty_tab.month_choice", month=int(name[5:]), state=state.get(name, ""))
                action = menu.addAction(words.strip(), partial(self.chosen.emit, name))
                action.setCheckable(True)
                action.setChecked(name == self._shown)


class MonthBar(QWidget):
    """Shows the state; the buttons are the actions of the page."""

    def __init__(self, commands: Mapping[str, QAction], menu: Callable[[], QMenu], month: MonthChoice) -> None:
        super().__init__()
        self.primary = {
            name: action_button(commands[name], is_primary=True, shortcut=actions.shown_shortcut(name))
            for name in ("duty_draw", "duty_publish", "book_print")
        }
        self.changes = action_button(commands["duty_changes"])
        self.calendar = action_button(commands["duty_calendar"])
        self.more = plain_button(t("duty_tab.more"))
        self.more.setMenu(menu())
        self.pill = Pill()
        self.month = month
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (*self.primary.values(), self.changes, self.calendar, self.more):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.pill)
        row.addSpacing(4)
        row.addWidget(_turn(commands["duty_previous"], "chevron_left"))
        row.addWidget(self.month)
        row.addWidget(_turn(commands["duty_next"], "chevron_right"))
        self._this = action_button(commands["duty_this_month"])
        keeps_its_room = self._this.sizePolicy()
        keeps_its_room.setRetainSizeWhenHidden(True)
        self._this.setSizePolicy(keeps_its_room)
        row.addWidget(self._this)

    def show_month(self, roster: Roster, *, is_this: bool) -> None:
        """Show which month it is and how it stands."""
        state = roster.month.state if roster.month else NOT_DRAWN
        self.month.show_month(roster.name)
        self.pill.show_state(State(state, t(f"duty_tab.state_{state}"), STATES[state]))
        self.primary["duty_draw"].setVisible(state == NOT_DRAWN)
        self.primary["duty_publish"].setVisible(state == "draft")
        self.primary["book_print"].setVisible(state == "published")
        self.changes.setVisible(state == "published")
        self._this.setVisible(not is_this)


def _turn(action: QAction, sign: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(theme.icon(sign))
    button.setToolTip(action.toolTip())
    button.setAccessibleName(action.text())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(action.trigger)
    return button
