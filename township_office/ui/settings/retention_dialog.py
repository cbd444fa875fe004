# SPDX-License-Identifier: MulanPSL-2.0
"""保管期限表: the office's own table, line by line; tried with a title; as a file that townships hand on.

Nothing is kept before 保存. What the county approves is this table (档案法 art. 19).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.registers.archive.retention import ORIGINS, OWN, TEN, Rule, read_table
from township_office.services.archive import retention_file, scheme
from township_office.services.office import Office
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.form.record_form import Strip
from township_office.ui.messages import Asker
from township_office.ui.settings.retention_form import RetentionForm, TrialLine
from township_office.ui.settings.retention_list import RetentionList
from township_office.ui.widgets import card, chip, label, plain_button, primary_button

_SIZE = QSize(1160, 700)
_FORM_WIDTH = 372  # px


class RetentionDialog(FramedDialog):
    """The table left, the chosen line right, a title to try it with below."""

    saved = Signal()

    def __init__(self, office: Office, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(t("retention.title"), parent)
        self._office, self._asker = office, asker
        self._old = in_groups(scheme.retention_table(office))
        self._rules = list(self._old)
        self._gone: tuple[int, Rule] | None = None
        self.list, self.form, self.trial = RetentionList(), RetentionForm(), TrialLine()
        self._put_together()
        self.list.chosen.connect(self._on_chosen)
        self.list.moved.connect(self.move_line)
        self.form.edited.connect(self._on_edited)
        self.form.regrouped.connect(self._on_regrouped)
        self.trial.wanted.connect(self.go_to)
        self._show(0)
        if office.is_readonly:
            self.trouble.say(t("error.read_only"))
        self.fit(_SIZE)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- the lines ----

    def rules(self) -> list[Rule]:
        """Return the table as it stands."""
        return list(self._rules)

    def go_to(self, place: int) -> None:
        """Show a line of the table."""
        if self.doubts.isChecked() and self._rules[place].is_certain:
            self.doubts.setChecked(False)
        self._show(place)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_line(self) -> None:
        """Put a new line behind the chosen one, in its group."""
        here = self.list.place()
        group = self._rules[here].group if here >= 0 else ""
        self._rules.insert(here + 1, Rule(group, "", TEN, (), (OWN,), "", is_certain=False))
        self._show(here + 1)
        self.form.matter.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_line(self) -> None:
        """Take the chosen line off; it can be put back until something else is done."""
        here = self.list.place()
        if here < 0:
            return
        self._gone = here, self._rules.pop(here)
        self._show(min(here, len(self._rules) - 1))
        self.removed.say(t("retention.removed", matter=self._gone[1].matter or t("retention.unnamed")))

    def put_back(self) -> None:
        """Put the line that was taken off where it was."""
        if self._gone is not None:
            place, rule = self._gone
            self._rules.insert(place, rule)
            self._show(place)

    def move_line(self, step: int) -> None:
        """Change places with the next line of the same group; where two words are as long, the line above decides."""
        here = self.list.place()
        there = here + step
        is_inside = here >= 0 and 0 <= there < len(self._rules)
        if is_inside and self._rules[there].group == self._rules[here].group:
            self._rules[here], self._rules[there] = self._rules[there], self._rules[here]
            self._show(there)

    def take_base(self) -> None:
        """Ask, then show the table that comes with the program."""
        words = t("retention.base_question")
        self._asker.confirm(words, t("retention.base_yes"), lambda: self._replace(read_table(scheme.BASE_TABLE)))

    # ---- files ----

    def on_load(self) -> None:
        """Ask for a table file, and show its lines."""
        self._asker.open_file(t("retention.load"), t("retention.files"), self._load)

    def on_save_file(self) -> None:
        """Ask where to, and write the lines as they stand."""
        if not self._find_fault():
            self._asker.save_file(t("retention.save_file"), t("retention.file_name"), t("retention.files"), self._write)

    def _load(self, path: Path) -> None:
        try:
            rules = retention_file.load_table(self._office, path)
        except OfficeError as error:
            self.trouble.say(str(error))
            return
        self._replace(rules)
        self.done_words.say(t("retention.loaded", name=path.name, count=len(rules)))

    def _write(self, path: Path) -> None:
        try:
            retention_file.save_table(self._office, self._rules, path)
        except OfficeError as error:
            self.trouble.say(str(error))
            return
        self.done_words.say(t("retention.written", name=path.name))

    # ---- keeping ----

    def save(self) -> None:
        """Keep the table; a line that cannot be so comes into sight with the sentence."""
        if not self.keep.isEnabled() or self._find_fault():
            return
        try:
            scheme.save_retention_table(self._office, self._rules)
        except OfficeError as error:
            self.trouble.say(str(error))
            return
        self._old = list(self._rules)
        self.saved.emit()
        self.accept()

    def reject(self) -> None:
        """Esc and the window's cross: ask when something was changed."""
        if self._rules != self._old and not self.leaving.isVisible():
            self._quieten()
            self.leaving.say(t("setting.leaving"))
            self.leaving.buttons[1].setFocus()
        elif self.leaving.isVisible():
            self.leaving.say("")
        else:
            super().reject()

    def _drop(self) -> None:
        super().reject()

    def _find_fault(self) -> bool:
        """Go to the first line that cannot be so and say why; return whether there is one."""
        for place, rule in enumerate(self._rules):
            for name in ("group", "matter", "source", "origins"):
                if not getattr(rule, name):
                    self.go_to(place)
                    self._go_to_field(self.form.field(name))
                    self.trouble.say(t("retention.lacks", what=t(f"retention.field_{name}")))
                    return True
        return False

    def _go_to_field(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self._sheet, lambda: self._sheet.ensureWidgetVisible(widget))  # once the strip is there

    # ---- putting it together ----

    def _put_together(self) -> None:
        self.counts = label("", "muted")
        self.doubts = chip("")
        self.doubts.toggled.connect(lambda _is: self._show(self.list.place()))
        self.head.insertWidget(1, self.counts)
        self.head.insertWidget(2, self.doubts)
        for words, slot in (("load", self.on_load), ("save_file", self.on_save_file), ("base", self.take_base)):
            self.head.addWidget(_button(t(f"retention.{words}"), slot))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list, 1)
        row.addWidget(self._right())
        self.body.addLayout(row, 1)
        self.body.addWidget(self.trial)
        self.trouble, self.done_words, self.removed, self.leaving = (
            Strip("red"), Strip("accent"), Strip("accent"), Strip("accent"),
        )  # fmt: skip
        self.removed.add(plain_button(t("retention.put_back")), self.put_back)
        self.leaving.add(plain_button(t("setting.drop")), self._drop)
        self.leaving.add(plain_button(t("retention.stay")), lambda: self.leaving.say(""))
        for strip in (self.trouble, self.done_words, self.removed, self.leaving):
            self.body.addWidget(strip)
        for place, (words, slot) in enumerate((
            ("add", self.add_line), ("remove", self.remove_line), ("up", lambda: self.move_line(-1)),
            ("down", lambda: self.move_line(1)),
        )):  # fmt: skip
            self.foot.insertWidget(place, _button(t(f"retention.{words}"), slot))
        self.keep = primary_button(t("form.save"), "Ctrl+S")
        self.keep.clicked.connect(self.save)
        self.add_to_foot(_button(t("ui.cancel"), self.reject), self.keep)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)

    def _right(self) -> QFrame:
        sheet = card()
        sheet.setFixedWidth(_FORM_WIDTH)
        self._sheet = QScrollArea()
        self._sheet.setWidgetResizable(True)
        self._sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form.setObjectName("clear")
        self._sheet.setWidget(self.form)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self._sheet)
        return sheet

    # ---- what follows ----

    def _replace(self, rules: Sequence[Rule]) -> None:
        self._rules = in_groups(rules)
        self._show(0)

    def _show(self, chosen: int) -> None:
        """Show the lines that are to be seen, and the chosen one of them on the form."""
        self._quieten()
        shown = [place for place, rule in enumerate(self._rules) if not self.doubts.isChecked() or not rule.is_certain]
        chosen = min(shown, key=lambda place: abs(place - chosen)) if shown else -1
        self.list.show_rules(self._rules, shown, chosen)
        self.form.setEnabled(chosen >= 0)
        if chosen >= 0:
            self.form.show_rule(self._rules[chosen], groups_of(self._rules))
        self._on_changed()

    def _on_chosen(self, place: int) -> None:
        self.form.show_rule(self._rules[place], groups_of(self._rules))

    def _on_edited(self) -> None:
        here = self.list.place()
        if here >= 0:
            self._quieten()
            self._rules[here] = self.form.rule()
            self.list.refresh(here, self._rules[here])
            self._on_changed()

    def _on_regrouped(self) -> None:
        """A line with another group goes to the end of that group."""
        here = self.list.place()
        if here < 0:
            return
        if in_groups(self._rules) != self._rules:
            rule = self._rules.pop(here)
            others = [place for place, one in enumerate(self._rules) if one.group == rule.group]
            there = others[-1] + 1 if others else len(self._rules)
            self._rules.insert(there, rule)
            self._show(there)

    def _on_changed(self) -> None:
        doubts = sum(not rule.is_certain for rule in self._rules)
        self.counts.setText(t("retention.counts", count=len(self._rules)))
        self.doubts.setText(t("retention.doubts", count=doubts))
        self.trial.try_with(self._rules)
        self.keep.setEnabled(not self._office.is_readonly and self._rules != self._old)

    def _quieten(self) -> None:
        for strip in (self.done_words, self.removed, self.leaving):
            strip.say("")
        if not self._office.is_readonly:
            self.trouble.say("")


def in_groups(rules: Sequence[Rule]) -> list[Rule]:
    """Return the lines with those of one group together, their origins in the order of the form."""
    groups = groups_of(rules)
    lines = (replace(rule, origins=tuple(one for one in ORIGINS if one in rule.origins)) for rule in rules)
    return sorted(lines, key=lambda rule: groups.index(rule.group))


def groups_of(rules: Sequence[Rule]) -> list[str]:
    """Return the groups in the order of their first lines."""
    return list(dict.fromkeys(rule.group for rule in rules))


def _button(words: str, slot: object) -> QPushButton:
    button = plain_button(words)
    button.clicked.connect(lambda: slot())  # type: ignore[operator]
    return button
