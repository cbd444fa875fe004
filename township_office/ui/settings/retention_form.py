# SPDX-License-Identifier: MulanPSL-2.0
"""One line of the retention table, to be typed into; and a title to try the table with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.registers.archive.retention import (
    NOT_FILED,
    ORIGINS,
    RETENTIONS,
    SUPERIOR,
    Rule,
    propose,
    retention_of,
)
from township_office.ui.form.chips import ChipRow
from township_office.ui.widgets import ElidedLabel, chip, label, link_button

_SPLIT = re.compile(r"[\s、,，;；]+")
_SEPARATOR = "、"
_MATTER_HEIGHT, _WORDS_HEIGHT = 54, 92  # px
_LONGEST = 100  # characters of a group or a source
_LONGEST_TITLE = 500


class RetentionForm(QWidget):
    """The chosen line; edited says that it reads otherwise now, regrouped that it was put into another group."""

    edited = Signal()
    regrouped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.group, group_line = QComboBox(), QLineEdit()
        self.group.setEditable(True)
        self.group.setLineEdit(group_line)
        self.group.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        group_line.setMaxLength(_LONGEST)
        self.matter, self.words = _area(_MATTER_HEIGHT), _area(_WORDS_HEIGHT)
        self.period = ChipRow((*(one.word for one in RETENTIONS), NOT_FILED))
        self.origins = {origin: chip(t(f"retention.origin_{origin}")) for origin in ORIGINS}
        self.source = QLineEdit()
        self.source.setMaxLength(_LONGEST)
        self.is_checked = QCheckBox(t("retention.checked"))
        self._put_together()
        self.group.editTextChanged.connect(lambda _text: self.edited.emit())
        self.group.activated.connect(lambda _place: self.regrouped.emit())
        group_line.editingFinished.connect(self.regrouped)
        for area in (self.matter, self.words):
            area.textChanged.connect(self.edited)
        self.period.changed.connect(self.edited)
        self.source.textChanged.connect(self.edited)
        self.is_checked.toggled.connect(self.edited)
        for button in self.origins.values():
            button.toggled.connect(self.edited)

    def show_rule(self, rule: Rule, groups: Sequence[str]) -> None:
        """Show a line, silently; groups are those there are."""
        with QSignalBlocker(self), QSignalBlocker(self.group):
            self.group.clear()
            self.group.addItems(list(groups))
            self.group.setEditText(rule.group)
            self.matter.setPlainText(rule.matter)
            self.words.setPlainText(_SEPARATOR.join(rule.words))
            self.period.choose(rule.retention.word if rule.retention else NOT_FILED)
            for origin, button in self.origins.items():
                button.setChecked(origin in rule.origins)
            self.source.setText(rule.source)
            self.is_checked.setChecked(rule.is_certain)

    def field(self, name: str) -> QWidget:
        """Return what a part of the line is typed into."""
        parts: dict[str, QWidget] = {
            "group": self.group, "matter": self.matter, "source": self.source, "origins": self.origins[ORIGINS[0]],
        }  # fmt: skip
        return parts[name]

    def rule(self) -> Rule:
        """Return the line as it stands on the form."""
        return Rule(
            group=clean_text(self.group.currentText()), matter=clean_text(self.matter.toPlainText()),
            retention=None if self.period.chosen() == NOT_FILED else retention_of(self.period.chosen()),
            words=tuple(dict.fromkeys(filter(None, _SPLIT.split(clean_text(self.words.toPlainText(), lines=True))))),
            origins=tuple(origin for origin, button in self.origins.items() if button.isChecked()),
            source=clean_text(self.source.text()), is_certain=self.is_checked.isChecked(),
        )  # fmt: skip

    def _put_together(self) -> None:
        chips = QWidget()
        row = QHBoxLayout(chips)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in self.origins.values():
            row.addWidget(button)
        row.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(4)
        for name, widget in (
            ("group", self.group), ("matter", self.matter), ("period", self.period), ("origins", chips),
            ("words", self.words),
        ):  # fmt: skip
            self._add(box, name, widget)
        box.addWidget(label(t("retention.words_hint"), "hint", wraps=True))
        self._add(box, "source", self.source)
        box.addWidget(self.is_checked)
        box.addStretch()

    def _add(self, box: QVBoxLayout, name: str, widget: QWidget) -> None:
        words = t(f"retention.field_{name}")
        box.addWidget(label(words, "label"))
        box.addWidget(widget)
        box.addSpacing(2)
        widget.setAccessibleName(words)


class TrialLine(QWidget):
    """试一试: a title and where it came from; which line of the table decides."""

    wanted = Signal(int)  # place of the line that decides

    def __init__(self) -> None:
        super().__init__()
        self._rules: Sequence[Rule] = ()
        self._place = -1
        self.title = QLineEdit()
        self.title.setMaxLength(_LONGEST_TITLE)
        self.title.setPlaceholderText(t("retention.trial_example"))
        self.title.setAccessibleName(t("retention.trial"))
        self._origin_of = {t(f"retention.origin_{origin}"): origin for origin in ORIGINS}
        self.origin = ChipRow(tuple(self._origin_of))
        self.origin.choose(t(f"retention.origin_{SUPERIOR}"))
        self.origin.setAccessibleName(t("retention.field_origins"))
        self.answer = ElidedLabel("", "muted")
        self.show_line: QPushButton = link_button(t("retention.show_line"))
        self.show_line.clicked.connect(lambda: self.wanted.emit(self._place))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(t("retention.trial"), "label"), 0, 0)
        grid.addWidget(self.title, 0, 1)
        grid.addWidget(self.origin, 0, 2)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self.answer)
        said.addWidget(self.show_line)
        said.addStretch()
        grid.addLayout(said, 1, 1, 1, 2)
        self.title.textChanged.connect(lambda _text: self._try())
        self.origin.changed.connect(self._try)
        self._try()

    def try_with(self, rules: Sequence[Rule]) -> None:
        """Say what these lines say of the title."""
        self._rules = rules
        self._try()

    def _try(self) -> None:
        title = clean_text(self.title.text())
        found = propose(self._rules, title, self._origin_of.get(self.origin.chosen(), SUPERIOR)) if title else None
        self._place = -1 if found is None else next(p for p, rule in enumerate(self._rules) if rule is found.rule)
        self.show_line.setVisible(found is not None)
        if found is None:
            self.answer.show_text(t("retention.trial_nothing") if title else t("retention.trial_hint"))
            return
        period = found.rule.retention.word if found.rule.retention else NOT_FILED
        why = t("retention.trial_word", word=found.word) if found.word else t("retention.trial_last")
        self.answer.show_text(t("retention.trial_answer", period=period, matter=found.rule.matter, why=why))


def _area(height: int) -> QPlainTextEdit:
    area = QPlainTextEdit()
    area.setTabChangesFocus(True)
    area.setFixedHeight(height)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    return area
