# SPDX-License-Identifier: MulanPSL-2.0
"""年度统计: everybody's turns of a year by kind of day, what they weigh, and who owes whom a turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout

from township_office.core.errors import OfficeError
from township_office.core.fields import Field
from township_office.core.text import t
from township_office.registers.duty.plan import DayKind
from township_office.registers.status import State
from township_office.services.office import Office
from township_office.services.roster import months, tally
from township_office.services.roster.tally import Line
from township_office.services.roster.weighing import figure
from township_office.ui.archive.care.plain_table import PlainLine, PlainTable
from township_office.ui.book.year_choice import YearBox
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab
from township_office.ui.widgets import EmptyState, card, chip, label, plain_button

_FIGURES = ("turns", "load", "lifetime")


class YearPage(Tab):
    """What is given out counts; drafts do not, unless the clerk wants to see them too."""

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self._office, self._today, self._asker = office, today, asker
        self._found: list[Line] = []
        self._group = ""
        self.years = YearBox()
        self.years.chosen.connect(lambda _: self._count())
        self.drafts = chip(t("duty_year.drafts"))
        self.drafts.toggled.connect(lambda _: self._count())
        self._note = label("", "muted")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(4)
        self._group_buttons = QButtonGroup(self)
        columns = [Field("name", t("duty_year.name"), width=12), Field("group", t("duty_year.group"), width=12)]
        columns += [Field(kind.value, t(f"duty.kind_{kind}"), width=10) for kind in DayKind]
        columns += [Field(name, t(f"duty_year.{name}"), width=10) for name in _FIGURES]
        columns.append(Field("status", t("duty_year.owes"), width=14))
        self.table = PlainTable(columns, "status", several=True, least=("load", "group"))
        self.table.least_room = 112
        self.table.setAccessibleName(t("duty_tab.page_year"))
        self.table.is_for_reading = True
        self._empty = EmptyState("shelf_statistics", t("duty_year.nothing"), t("duty_year.nothing_hint"))
        self._build()
        self.refresh()

    def _build(self) -> None:
        copy = plain_button(t("duty_year.copy"))
        copy.clicked.connect(self.copy)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.years)
        head.addLayout(self._chips)
        head.addWidget(self.drafts)
        head.addStretch()
        head.addWidget(self._note)
        head.addWidget(copy)
        sheet = card()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.table)
        inside.addWidget(self._empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 2, 0, 4)
        box.setSpacing(10)
        box.addLayout(head)
        box.addWidget(sheet, 1)

    # ---- what the window asks ----

    def enter(self) -> None:
        """See Tab."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """See Tab."""
        shown = self._year()
        known = {int(one.month[:4]) for one in months.months(self._office)} | {self._today().year}
        self.years.clear()
        for year in sorted(known, reverse=True):
            self.years.addItem(t("ui.year", year=year), year)
        self.years.show_year(shown if shown in known else self._today().year)
        self._count()

    def status_words(self) -> str:
        """See Tab."""
        return t("duty_year.status")

    def copy(self) -> None:
        """复制: the table as a sheet takes it."""
        heads = [column.label for column in self.table.lines.columns]
        rows = [self.table.lines.line(row).texts for row in range(self.table.lines.rowCount())]
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in [heads, *rows]))
        self._note.setText(t("duty_year.copied"))

    # ---- counting ----

    def _year(self) -> int:
        year = self.years.currentData()
        return year if isinstance(year, int) else self._today().year

    def _count(self) -> None:
        try:
            self._found = tally.tally_of(self._office, self._year(), drafts=self.drafts.isChecked())
        except OfficeError as error:
            self._asker.report(error)
            return
        self._offer_groups(list(dict.fromkeys(one.group for one in self._found)))
        self._show()

    def _offer_groups(self, groups: Sequence[str]) -> None:
        if self._group not in groups:
            self._group = ""
        while (item := self._chips.takeAt(0)) is not None:
            button = item.widget()
            if button is not None:
                self._group_buttons.removeButton(button)  # type: ignore[arg-type]
                button.hide()
                button.deleteLater()
        for group in ("", *groups) if len(groups) > 1 else ():
            button = chip(group or t("duty_year.all_groups"))
            button.setChecked(group == self._group)
            button.clicked.connect(lambda _=False, group=group: self._choose(group))
            self._group_buttons.addButton(button)
            self._chips.addWidget(button)

    def _choose(self, group: str) -> None:
        self._group = group
        self._show()

    def _show(self) -> None:
        lines = [one for one in self._found if self._group in ("", one.group)]
        self.table.fill([_line(one, key) for key, one in enumerate(lines, start=1)])
        has_any = any(one.turns for one in self._found)
        self.table.setVisible(has_any)
        self._empty.setVisible(not has_any)
        self._note.setText(_spread(lines) if self._group and has_any else "")


def _line(one: Line, key: int) -> PlainLine:
    counts = [str(one.year.get(kind, 0) or "") for kind in DayKind]
    texts = (one.person.name, one.group, *counts, str(one.turns), figure(one.load), figure(one.lifetime_load))
    state = _owed(one)
    return PlainLine((*texts, state.label), state, key)


def _owed(one: Line) -> State:
    if one.owes:
        return State("", t("duty_year.he_owes", count=one.owes), "amber")
    if one.is_owed:
        return State("", t("duty_year.is_owed", count=one.is_owed), "green")
    return State("", t("duty_year.even"), "grey")


def _spread(lines: Sequence[Line]) -> str:
    loads = [one.lifetime_load for one in lines]
    return t("duty_year.spread", least=figure(min(loads)), most=figure(max(loads)))
