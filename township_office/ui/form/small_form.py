# SPDX-License-Identifier: MulanPSL-2.0
"""A small form about one thing: a few fields, Enter goes on, Ctrl+S saves, a refusal stays beside its field."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QWidget

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Kind
from township_office.core.text import t
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.form.editors import Editor
from township_office.ui.form.record_form import FieldBlock, Strip
from township_office.ui.widgets import ElidedLabel, plain_button, primary_button

_WIDTH = 560
_SLACK = 8
_GAP = 16
_SHORT_LIST = 500  # characters: a few names still fit half a line
_ONE_COLUMN = (Kind.DATE, Kind.MOMENT, Kind.INTEGER)


class SmallForm(FramedDialog):
    """Fields on two columns. A subclass adds them, calls settle_down() and says in write() what saving does."""

    def __init__(self, title: str, about: str, do: str, parent: QWidget | None) -> None:
        """about: the thing it is about, in one line; do: the word on the button."""
        super().__init__(title, parent)
        self.blocks: dict[str, FieldBlock] = {}
        self._start: dict[str, str] = {}
        self._fitting = QTimer(self, interval=0, singleShot=True)
        self._fitting.timeout.connect(self._fit)
        self.about = ElidedLabel(about, "muted")
        self.about.setVisible(bool(about))
        self.body.addWidget(self.about)
        self._inside = QWidget()
        self._inside.setObjectName("clear")
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(4)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        self.has_room = False  # beside the last field
        self._sheet = QScrollArea()  # a low screen scrolls the fields, and the buttons stay
        self._sheet.setWidgetResizable(True)
        self._sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet.setWidget(self._inside)
        self._sheet.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.body.addWidget(self._sheet, 1)
        self.trouble = Strip("red")
        self.leaving = Strip("accent")
        self.leaving.add(primary_button(t("way.save")), self.save)
        self.leaving.add(plain_button(t("way.drop")), self._drop)
        self.leaving.add(plain_button(t("way.stay")), self.reject)
        back = plain_button(t("ui.cancel"))
        back.clicked.connect(self.reject)
        self.do: QPushButton = primary_button(do, "Ctrl+S")
        self.do.clicked.connect(self.save)
        self.add_to_foot(back, self.do)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)

    # ---- putting it together ----

    def add(self, editor: Editor, name: str = "") -> FieldBlock:
        """Put a field on the form, after those that are there; name: what texts() calls it, else as the field."""
        block = FieldBlock(editor)
        field = editor.field
        self.blocks[name or field.name] = block
        is_half = field.kind in _ONE_COLUMN or (field.kind is not Kind.LONG_TEXT and not self.is_wide(editor))
        line = self._grid.rowCount() - (1 if is_half and self.has_room else 0)
        self._grid.addWidget(
            block, line, 1 if is_half and self.has_room else 0, 1, 1 if is_half else 2, Qt.AlignmentFlag.AlignTop
        )
        self.has_room = is_half and not self.has_room
        editor.entered.connect(lambda: self._go_on(block))
        editor.arrived.connect(lambda: self._sheet.ensureWidgetVisible(block, 0, 8))
        if field.kind is Kind.LONG_TEXT:  # it grows with what is typed
            editor.edited.connect(self.fit_soon)
        return block

    def add_row(self, widget: QWidget) -> None:
        """Put anything else on the form, across both columns."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)
        self.has_room = False

    def settle_down(self) -> None:
        """Everything is on the form: take its size, remember what it says, put the cursor where a word is missing."""
        for strip in (self.trouble, self.leaving):
            self.body.addWidget(strip)
        self._start = self.texts()
        self.resize(_WIDTH, 0)
        self._fit()
        self.focus_first_empty()

    def focus_first_empty(self) -> None:
        """Put the cursor where a word is missing."""
        in_sight = [block for block in self.blocks.values() if not block.isHidden()]
        empty = [block for block in in_sight if not block.editor.text().strip()]
        for block in (empty or in_sight)[:1]:
            block.editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_wide(self, editor: Editor) -> bool:
        """Say whether a field of one line needs both columns."""
        field = editor.field
        several = field.kind is Kind.NAME and field.max_length > _SHORT_LIST
        return several or sum(map(len, field.choices)) > 10 or (field.kind is Kind.TEXT and field.max_length > 200)

    def fit_soon(self) -> None:
        """Something on the form came or went: take the size it needs, once everything is in place."""
        self._fitting.start()

    def _fit(self) -> None:
        """As high as what is on it, never higher than the screen; it grows and does not shrink under the hand."""
        self._grid.activate()
        around = self.sizeHint().height() - self._sheet.sizeHint().height()
        wanted = QSize(_WIDTH, around + self._inside.sizeHint().height() + _SLACK)
        self.fit(wanted.expandedTo(self.size()))
        lowest = self.screen().availableGeometry().bottom() - self.frameGeometry().height()
        if self.isVisible() and self.y() > lowest:
            self.move(self.x(), max(lowest, 0))

    def _on_range(self, _least: int, most: int) -> None:
        """The scroll bar takes its room from the fields; a pasted text is as high as it is only once it was painted."""
        bar = self._sheet.verticalScrollBar().sizeHint().width() if most > 0 else 0
        self._grid.setContentsMargins(0, 0, bar, 0)
        if most > 0:
            self.fit_soon()

    # ---- what is typed ----

    def texts(self) -> dict[str, str]:
        """Return everything typed, unchecked."""
        return {name: block.editor.text() for name, block in self.blocks.items()}

    def changed(self) -> dict[str, str]:
        """Return the texts that differ from the form as it was opened."""
        return {name: text for name, text in self.texts().items() if text != self._start.get(name)}

    def write(self) -> None:
        """Do what the form is for; raise OfficeError where the books refuse."""
        raise NotImplementedError

    def save(self) -> None:
        """Write and close; what is refused is said and nothing typed is lost."""
        for block in self.blocks.values():
            block.editor.settle()
        self.trouble.say("")
        self.leaving.say("")
        try:
            self.write()
        except Invalid as error:
            self.show_problems(error)
        except OfficeError as error:
            self.trouble.say(str(error))
            self.fit_soon()
        else:
            self.accept()

    def reject(self) -> None:
        """Esc and the window's cross: ask when something typed would be lost; a second Esc goes back to the form."""
        if self.leaving.isVisible():
            self.leaving.say("")
        elif self.changed():
            self.leaving.say(t("way.leaving"))
            self.fit_soon()
            self.leaving.buttons[0].setFocus()
        else:
            super().reject()

    def _drop(self) -> None:
        super().reject()

    def show_problems(self, error: Invalid) -> None:
        """Say each problem beside its field, the others below, and go to the first."""
        here = [problem for problem in error.problems if problem.field in self.blocks]
        for block in self.blocks.values():  # what was wrong before need not be so now
            block.show_problem("")
        for problem in here:
            self.blocks[problem.field].show_problem(problem.message)
        if here:
            self.blocks[here[0].field].editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)
        self.trouble.say("".join(problem.message for problem in error.problems if problem not in here))
        self.fit_soon()

    def _go_on(self, block: FieldBlock) -> None:
        """Enter leads to the next field, after the last one to the button."""
        order = [one for one in self.blocks.values() if not one.isHidden()]
        following = order[order.index(block) + 1 :]
        target = following[0].editor.inner if following else self.do
        target.setFocus(Qt.FocusReason.TabFocusReason)
