# SPDX-License-Identifier: MulanPSL-2.0
"""Step two: which months come in, where each column goes, whose the turns are, and what was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from township_office.core.dates import EARLIEST, LATEST
from township_office.core.fields import Field
from township_office.core.text import t
from township_office.services.office import Office
from township_office.services.roster.old_sheets import Choices, OldPlan, PlannedMonth, Problem, Source, Target
from township_office.ui.archive.care.plain_table import PlainLine, PlainTable
from township_office.ui.duty.importing.column_choice import ColumnChoice
from township_office.ui.duty.importing.people_pane import PeoplePane
from township_office.ui.widgets import Banner, NumberBox, card, chip, label, plain_button, rule, scrolling_box

_LEFT = 300


class CountPage(QWidget):
    """Left the months and columns, right the people or what was not understood."""

    chosen = Signal(object)  # Choices
    year_said = Signal(int)

    def __init__(self, office: Office, today: date) -> None:
        super().__init__()
        self._office, self._today = office, today
        self._choices = Choices()
        self.year = NumberBox(EARLIEST.year, LATEST.year)
        self.use_year = plain_button(t("old_roster.use_year"))
        self.use_year.clicked.connect(lambda: self.year_said.emit(self.year.value()))
        self.replaces = QCheckBox(t("old_roster.replace"))
        self.replaces.toggled.connect(lambda on: self._say(replace(self._choices, replaces=on)))
        self.people = PeoplePane(office)
        self.people.said.connect(self._on_people)
        self.problems = PlainTable(
            (Field("place", t("old_roster.place"), width=14), Field("why", t("old_roster.why"))), "why", several=True
        )
        self.problem = label("", wraps=True)  # the chosen one, whole
        self.problem.setContentsMargins(12, 8, 12, 8)
        self.problems.selectionModel().selectionChanged.connect(lambda: self._show_problem())
        self.doubtful = Banner("", "amber", t("old_roster.look"))
        self.doubtful.pressed.connect(lambda: self.show_problems(is_on=True))
        self._months, self._columns = QGridLayout(), QVBoxLayout()
        self.column_choices: list[ColumnChoice] = []
        self._put_together()

    def begin(self, sources: Sequence[Source]) -> None:
        """Show what was read anew: the year is asked for where a sheet does not say it."""
        rosters = [roster for source in sources for roster in source.rosters]
        is_open = [roster for roster in rosters if roster.year is None or roster.is_guessed]
        self._year_row.setVisible(bool(is_open))
        self.year.setValue(next((one.year for one in is_open if one.year), self._today.year))
        self.show_problems(is_on=False)

    def show_plan(self, plan: OldPlan) -> None:
        """Show what would come in."""
        self._choices = plan.choices
        _clear(self._months)
        for row, month in enumerate(plan.months):
            self._show_month(row, month)
        with QSignalBlocker(self.replaces):
            self.replaces.setChecked(plan.choices.replaces)
        self.replaces.setVisible(any(month.standing == "imported" for month in plan.months))
        self._show_columns(plan)
        self.people.show_people(plan.people)
        self._people_chip.setText(t("old_roster.people", count=len(plan.people)))
        self._problem_chip.setText(t("old_roster.problems", count=len(plan.problems)))
        self._problem_chip.setVisible(bool(plan.problems))
        self.problems.fill([PlainLine((_place(one), one.why), key=at) for at, one in enumerate(plan.problems)])
        words = t("old_roster.needs_year") if plan.needs_year else t("old_roster.doubtful", count=len(plan.problems))
        self.doubtful.say(words)
        self.doubtful.setVisible(bool(plan.problems) and not self.stack.currentIndex())

    def show_problems(self, *, is_on: bool) -> None:
        """Show what was not understood, or the people."""
        self.stack.setCurrentIndex(int(is_on))
        (self._problem_chip if is_on else self._people_chip).setChecked(True)
        if is_on:
            self.doubtful.hide()
            self.problems.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- what the clerk decides ----

    def _say(self, choices: Choices) -> None:
        self._choices = choices
        self.chosen.emit(choices)

    def _on_people(self, said: object) -> None:
        assert isinstance(said, dict)
        self._say(replace(self._choices, people={**self._choices.people, **said}))

    def _on_column(self, heading: str, target: Target | None) -> None:
        self._say(replace(self._choices, columns={**self._choices.columns, heading: target}))

    # ---- what is shown ----

    def _show_problem(self) -> None:
        texts = zip(self.problems.texts_of("place"), self.problems.texts_of("why"), strict=True)
        self.problem.setText("\n".join("　".join(filter(None, pair)) for pair in texts))

    def _show_month(self, row: int, month: PlannedMonth) -> None:
        year, number = month.name.split("-")
        state = "taken" if month.is_taken else str(month.standing)
        self._months.addWidget(label(t("old_roster.month", year=year, month=int(number))), row, 0)
        count = label(t("old_roster.turns", count=month.turns), "number")
        count.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._months.addWidget(count, row, 1)
        self._months.addWidget(label(t(f"old_roster.state_{state}"), "muted" if month.is_taken else "problem"), row, 2)

    def _show_columns(self, plan: OldPlan) -> None:
        if [one.heading for one in self.column_choices] == [one.label for one in plan.columns]:
            for choice, column in zip(self.column_choices, plan.columns, strict=True):
                choice.show_target(column.target)
            return
        _clear(self._columns)
        self.column_choices = [ColumnChoice(self._office, column) for column in plan.columns]
        for choice in self.column_choices:
            choice.decided.connect(lambda choice=choice: self._on_column(choice.heading, choice.target()))
            self._columns.addWidget(choice)

    def _put_together(self) -> None:
        left = card()
        left.setFixedWidth(_LEFT)
        inside = scrolling_box(left)
        inside.addWidget(self._make_year_row())
        inside.addWidget(label(t("old_roster.months"), "section"))
        self._months.setHorizontalSpacing(14)
        self._months.setVerticalSpacing(6)
        self._months.setColumnStretch(2, 1)
        inside.addLayout(self._months)
        inside.addWidget(self.replaces)
        inside.addSpacing(10)
        inside.addWidget(label(t("old_roster.columns"), "section"))
        self._columns.setSpacing(10)
        inside.addLayout(self._columns)
        inside.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addLayout(self._make_right(), 1)

    def _make_year_row(self) -> QWidget:
        self._year_row = QWidget()
        row = QHBoxLayout(self._year_row)
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(8)
        row.addWidget(label(t("old_roster.year"), "label"))
        row.addWidget(self.year)
        row.addWidget(self.use_year)
        row.addStretch()
        return self._year_row

    def _make_right(self) -> QVBoxLayout:
        self._people_chip, self._problem_chip = chip(""), chip("")
        group = QButtonGroup(self)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for place, one in enumerate((self._people_chip, self._problem_chip)):
            group.addButton(one)
            one.clicked.connect(lambda _=False, is_on=bool(place): self.show_problems(is_on=is_on))
            chips.addWidget(one)
        chips.addStretch()
        self.stack = QStackedWidget()
        around = card()
        inside = QVBoxLayout(around)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.problems, 1)
        inside.addWidget(rule())
        inside.addWidget(self.problem)
        self.stack.addWidget(self.people)
        self.stack.addWidget(around)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.doubtful)
        right.addLayout(chips)
        right.addWidget(self.stack, 1)
        return right


def _place(problem: Problem) -> str:
    row = t("old_roster.row", row=problem.row) if problem.row else ""
    return "　".join(part for part in (problem.file, problem.sheet, row) if part)


def _clear(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
