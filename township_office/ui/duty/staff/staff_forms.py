# SPDX-License-Identifier: MulanPSL-2.0
"""A person, a line, two people who go together or never: the small forms of 人员和岗位."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers.duty.plan import DayKind
from township_office.registers.duty.staff import ALWAYS, LINE, NEVER, PERSON, SHIFT_WORDS, Line, Person
from township_office.services.office import Office
from township_office.services.roster import staffing
from township_office.ui.form.editors import make_editor
from township_office.ui.form.small_form import SmallForm
from township_office.ui.life.name_chips import NameChips
from township_office.ui.widgets import chip, label


class PersonForm(SmallForm):
    """Add somebody, or change what is known of somebody."""

    def __init__(
        self, office: Office, person: Person | None, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(t("duty_staff.person" if person else "duty_staff.new_person"), "", t("way.save"), parent)
        self._office, self._person, self._today = office, person, today
        self.person_id = person.id if person else 0
        said = _person_texts(person) if person else {}
        for field in PERSON.fields:
            editor = make_editor(field, office, PERSON, today)
            editor.set_text(said.get(field.name, ""))
            editor.settle()
            self.add(editor)
            if field.name == "groups":
                self.add_row(NameChips(editor, dict.fromkeys(_groups(office), ""), several=True))
        self.settle_down()

    def write(self) -> None:
        """Keep it."""
        known = self._person.id if self._person else None
        self.person_id = staffing.save_person(self._office, self.texts(), self._today(), known).id


class LineForm(SmallForm):
    """Add a line, or change one: how many, from which group, on which kinds of day."""

    def __init__(
        self, office: Office, line: Line | None, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(t("duty_staff.line" if line else "duty_staff.line_to_add"), "", t("way.save"), parent)
        self._office, self._line, self._today = office, line, today
        said = _line_texts(line) if line else _likely_line(office)
        for field in LINE.fields:
            editor = make_editor(field, office, LINE, today)
            if field.name in said:
                editor.set_text(said[field.name])
            editor.settle()
            self.add(editor)
            if field.name == "group_name":
                self.add_row(NameChips(editor, dict.fromkeys(staffing.groups(office), ""), several=False))
        self.kinds = {kind: chip(t(f"duty.kind_{kind}")) for kind in DayKind}
        kinds = line.kinds if line else frozenset(DayKind)
        row = QHBoxLayout()
        row.setSpacing(4)
        for kind, button in self.kinds.items():
            button.setChecked(kind in kinds)
            row.addWidget(button)
        row.addStretch()
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 4)
        box.setSpacing(2)
        box.addWidget(label(t("duty_staff.kinds"), "label"))
        box.addLayout(row)
        self.add_row(holder)
        self.settle_down()

    def write(self) -> None:
        """Keep it."""
        kinds = [kind for kind, button in self.kinds.items() if button.isChecked()]
        known = self._line.id if self._line else None
        staffing.save_line(self._office, self.texts(), self._today(), known, kinds)


class PairForm(SmallForm):
    """Two people who are never, or only together, on duty on the same day."""

    def __init__(self, office: Office, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(t("duty_staff.pair"), t("duty_staff.pair_about", name=person.name), t("way.save"), parent)
        self._office, self._person = office, person
        self.other = QComboBox()
        self.other.setAccessibleName(t("duty_staff.pair_other"))
        self.other.setMaxVisibleItems(14)
        for one in staffing.people(office):
            if one.id != person.id:
                self.other.addItem(f"{one.name}　{'、'.join(one.groups)}", one.id)
        self.rules: dict[str, QPushButton] = {rule: chip(t(f"duty_staff.pair_{rule}")) for rule in (NEVER, ALWAYS)}
        self.rules[NEVER].setChecked(True)
        group, row = QButtonGroup(self), QHBoxLayout()
        row.setSpacing(4)
        for button in self.rules.values():
            group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 4)
        box.setSpacing(8)
        box.addLayout(row)
        box.addWidget(self.other)
        self.add_row(holder)
        self.settle_down()
        self.other.setFocus()

    def write(self) -> None:
        """Keep it."""
        other = self.other.currentData()
        if not isinstance(other, int):
            raise OfficeError("duty.pair_of_one")
        rule = next(rule for rule, button in self.rules.items() if button.isChecked())
        staffing.save_pair(self._office, self._person.id, other, rule)


def line_words(line: Line) -> tuple[str, str, str, str, str]:
    """Return a line as the table says it: name, group, people, shift, kinds of day."""
    shift = next(word for word, key in SHIFT_WORDS.items() if key == line.shift)
    every = len(line.kinds) == len(DayKind)
    kinds = t("duty_staff.every_day") if every else "、".join(t(f"duty.kind_{k}") for k in DayKind if k in line.kinds)
    return line.name, line.group, str(line.people), shift, kinds


def _person_texts(person: Person) -> dict[str, str]:
    return {
        "name": person.name, "groups": "、".join(person.groups), "post": person.post, "phone": person.phone,
        "starts_on": person.starts_on.isoformat() if person.starts_on else "",
        "ends_on": person.ends_on.isoformat() if person.ends_on else "", "remarks": person.remarks,
    }  # fmt: skip


def _groups(office: Office) -> list[str]:
    """Return the groups there are; the two that every office has are offered until it has two of its own."""
    own = staffing.groups(office)
    usual = (t("duty_staff.leaders"), t("duty_staff.clerks"))
    return own if len(own) > 1 else list(dict.fromkeys([*own, *usual]))


def _likely_line(office: Office) -> dict[str, str]:
    """Return what a new line is likely to be: one for the first group that has none yet."""
    served = {line.group for line in staffing.lines(office)}
    group = next((group for group in staffing.groups(office) if group not in served), "")
    return {"name": group, "group_name": group} if group else {}


def _line_texts(line: Line) -> dict[str, str]:
    name, group, people, shift, _ = line_words(line)
    return {"name": name, "group_name": group, "people": people, "shift": shift}
