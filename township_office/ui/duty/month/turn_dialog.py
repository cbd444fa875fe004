# SPDX-License-Identifier: MulanPSL-2.0
"""换人, 换班, 替班, 改派: who else, or which other turn, the best first, each with what it costs; and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from township_office.core.fields import Field
from township_office.core.text import t
from township_office.registers.duty.month import Shift
from township_office.registers.duty.staff import CHANGED
from township_office.registers.status import State
from township_office.services import settings
from township_office.services.office import Office
from township_office.services.roster import changing
from township_office.services.roster.months import Roster
from township_office.services.roster.options import Option, line_of, turns_to_swap, who_could
from township_office.services.roster.weighing import Scale, cost_words
from township_office.ui.archive.care.plain_table import PLAIN, PlainLine, PlainTable
from township_office.ui.form.editors import make_editor
from township_office.ui.form.small_form import SmallForm
from township_office.ui.life.name_chips import NameChips
from township_office.ui.widgets import label
from township_office.ui.words import weekday

PUT, SWAP, SUBSTITUTE, REASSIGN = "put", "swap", "substitute", "reassign"
_LINES = 7
_COLUMNS = (
    Field("day_on", "", width=19),
    Field("name", "", width=10),
    Field("title", "", width=40),
)


class ChangeForm(SmallForm):
    """What is written down of a change once the month is given out: why, and by whose leave (D3)."""

    def add_reasons(self, office: Office, today: Callable[[], date]) -> None:
        """Put the fields on the form."""
        chips = None
        for field in CHANGED.fields:
            editor = make_editor(field, office, CHANGED, today)
            editor.settle()
            self.add(editor)
            if field.name == "approved_by":
                chips = NameChips(editor, settings.leaders(office), several=False)
        if chips is not None:
            self.add_row(chips)


class TurnDialog(ChangeForm):
    """One turn is given to somebody else. ↑ ↓ choose, Enter or Ctrl+S does it."""

    def __init__(
        self, office: Office, roster: Roster, scale: Scale, turn: tuple[Shift, str], today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """turn: the shift, and what is done with it: one of PUT, SWAP, SUBSTITUTE, REASSIGN."""
        self._shift, self._what = turn
        self._office, self._today = office, today
        shift, line = self._shift, line_of(roster, self._shift)
        name = roster.frame.people[shift.person_id].name if shift.person_id else t("duty_tab.empty")
        about = t("duty_turn.about", month=shift.day.month, day=shift.day.day, line=line.name, name=name)
        super().__init__(t(f"duty_turn.title_{self._what}"), about, t(f"duty_turn.do_{self._what}"), parent)
        self.options: list[Option] = (
            turns_to_swap(roster, scale, shift, today())
            if self._what == SWAP
            else who_could(roster, scale, shift, changing.owed(office) if self._what == SUBSTITUTE else ())
        )
        self.table = self._build_table()
        self.add_row(self.table)
        if roster.month is not None and roster.month.is_published:
            self.add_reasons(office, today)
        self.settle_down()
        self.resize(self.size().expandedTo(QSize(720, 0)))
        self.table.setFocus()

    def _build_table(self) -> PlainTable:
        """Return the table of who, or which turn, and what it costs."""
        labels = {"day_on": t("duty_turn.day"), "name": t("duty_turn.name"), "title": t("duty_turn.cost")}
        columns = [
            Field(one.name, labels[one.name], width=one.width)
            for one in _COLUMNS
            if one.name != "day_on" or self._what == SWAP
        ]
        table = PlainTable(columns, "title", several=False)
        table.setAccessibleName(t(f"duty_turn.title_{self._what}"))
        table.fill(_lines(self.options, is_swap=self._what == SWAP))
        table.setFixedHeight(table.height_of(_LINES) + 4)
        table.opened.connect(self._on_opened)
        return table

    def chosen(self) -> Option | None:
        """Return what is chosen in the table."""
        keys = self.table.chosen_keys()
        return next((one for one in self.options if keys and one.key == keys[0]), None)

    def write(self) -> None:
        """Give the turn to somebody else."""
        option, office, shift = self.chosen(), self._office, self._shift
        if option is None:
            return
        match self._what:
            case "put":
                changing.put(office, shift.id, option.key)
            case "swap" if not self.blocks:
                changing.exchange(office, shift.id, option.key)
            case "swap":
                changing.swap(office, shift.id, option.key, self.texts(), self._today())
            case "substitute":
                changing.substitute(office, shift.id, option.key, self.texts(), self._today())
            case _:
                changing.reassign(office, shift.id, option.key, self.texts(), self._today())

    def _on_opened(self) -> None:
        """Enter on somebody goes on to the reason, or does it where none is asked."""
        if self.blocks:
            self.focus_first_empty()
        else:
            self.save()


class DropDialog(ChangeForm):
    """换班 of two turns that are given out: a name was dragged onto another. Why, and by whose leave."""

    def __init__(
        self, office: Office, roster: Roster, shifts: tuple[Shift, Shift], cost: str, today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        first, second = shifts
        people = roster.frame.people
        said = [
            t("duty_turn.about", month=one.day.month, day=one.day.day, line=line_of(roster, one).name,
              name=people[one.person_id or 0].name)
            for one in shifts
        ]  # fmt: skip
        super().__init__(t("duty_turn.title_swap"), " ⇄ ".join(said), t("duty_turn.do_swap"), parent)
        self._office, self._today, self._ids = office, today, (first.id, second.id)
        self.add_row(label(cost, "note-soft", wraps=True))
        self.add_reasons(office, today)
        self.settle_down()

    def write(self) -> None:
        """Let them change."""
        changing.swap(self._office, *self._ids, self.texts(), self._today())


def _lines(options: Sequence[Option], *, is_swap: bool) -> list[PlainLine]:
    lines = []
    for one in options:
        words = cost_words(one.cost)
        if one.is_debtor:
            words = t("duty_turn.debtor", cost=words)
        day = t("duty_turn.on", month=one.day.month, day=one.day.day, weekday=weekday(one.day)) if one.day else ""
        texts = (day, one.name, words) if is_swap else (one.name, words)
        lines.append(PlainLine(texts, State("", "", one.cost.tone) if one.cost.tone != "soft" else PLAIN, one.key))
    return lines
