# SPDX-License-Identifier: MulanPSL-2.0
"""Who is named in the old 值班表, with how many turns, and what becomes of each; several can be decided at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from township_office.core.fields import Field
from township_office.core.text import t
from township_office.registers.duty.plan import DayKind
from township_office.services.office import Office
from township_office.services.roster import staffing
from township_office.services.roster.old_sheets import Fate, PlannedPerson
from township_office.ui.archive.care.plain_table import PlainLine, PlainTable
from township_office.ui.widgets import card, plain_button, rule

_FATES = (Fate.ADD, Fate.LEFT, Fate.OUT)  # by the keys 1, 2, 3


class PeoplePane(QWidget):
    """The table, and below it what can be done with the chosen ones."""

    said = Signal(object)  # name → id or Fate

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._listed = {one.id: one.name for one in staffing.people(office)}
        kinds = [Field(str(kind), t(f"old_roster.kind_{kind}"), width=5) for kind in DayKind]
        columns = (
            Field("name", t("old_roster.name"), width=9), Field("fate", t("old_roster.fate")),
            Field("groups", t("old_roster.groups"), width=12), *kinds, Field("turns", t("old_roster.sum"), width=5),
        )  # fmt: skip
        self.table = PlainTable(columns, "fate", several=True, least=("groups",))
        self.buttons = {fate: plain_button(t(f"old_roster.do_{fate}", number=at)) for at, fate in enumerate(_FATES, 1)}
        self.who = QComboBox()
        self.who.setPlaceholderText(t("old_roster.do_known"))
        self.who.setAccessibleName(t("old_roster.do_known"))
        self.who.addItems(list(self._listed.values()))
        self.who.setCurrentIndex(-1)
        self.who.setMinimumWidth(132)
        self.who.setVisible(bool(self._listed))
        self.who.activated.connect(self._on_who)
        self._put_together()

    def show_people(self, people: Sequence[PlannedPerson]) -> None:
        """Show these, those who need a decision first."""
        order = sorted(people, key=lambda one: (one.fate is Fate.KNOWN, one.fate is Fate.OUT))
        names = tuple(one.name for one in order)
        if set(names) == set(self._names):  # a decision moves nobody away from under the cursor
            place = {name: at for at, name in enumerate(self._names)}
            order.sort(key=lambda one: place[one.name])
        self._names = tuple(one.name for one in order)
        self.table.fill([self._line(at, one) for at, one in enumerate(order)])

    def decide(self, fate: int | Fate) -> None:
        """Let the chosen ones be that."""
        chosen = self.table.texts_of("name")
        if chosen:
            self.said.emit(dict.fromkeys(chosen, fate))

    def _line(self, key: int, person: PlannedPerson) -> PlainLine:
        fate = t(f"old_roster.fate_{person.fate}", name=self._listed.get(person.person_id or 0, ""))
        counts = [person.turns.get(kind, 0) for kind in DayKind]
        texts = (person.name, fate, "、".join(person.groups), *(str(count or "") for count in counts), str(sum(counts)))
        return PlainLine(texts, key=key)

    def _on_who(self, place: int) -> None:
        self.decide(list(self._listed)[place])
        self.who.setCurrentIndex(-1)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_together(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 10)
        foot.setSpacing(8)
        for at, (fate, button) in enumerate(self.buttons.items(), start=1):
            button.clicked.connect(lambda _=False, fate=fate: self.decide(fate))
            key = QShortcut(QKeySequence(str(at)), self.table)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)
            key.activated.connect(lambda fate=fate: self.decide(fate))
            foot.addWidget(button)
        foot.addWidget(self.who)
        foot.addStretch()
        around = card()
        inside = QVBoxLayout(around)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        inside.addWidget(rule())
        inside.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(around)
