# SPDX-License-Identifier: MulanPSL-2.0
"""One cell of the table, typed into as in Excel: an editor over it, below it what is wrong or what is still asked.

Not a delegate's editor: Qt would close that one with a refused text in it, and whenever the list is read anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Draft, Field, Kind, Register
from township_office.core.text import t
from township_office.core.values import show
from township_office.services import records
from township_office.services.office import Office
from township_office.ui.book.cell_table import CellRows, CellTable, Index
from township_office.ui.form.editors import Today, make_editor
from township_office.ui.form.line_editor import ENTER, Editor
from township_office.ui.widgets import label, tint

Step = tuple[int, int]  # rows down, columns to the right
Correct = Callable[[Any, Draft, date, str], object]  # id of the row, what was typed, today, why

# An editor narrower than this shows too little of what is typed; wider than its cell it lies over the next.
_LEAST_WIDTH = {
    Kind.TEXT: 120, Kind.LONG_TEXT: 320, Kind.NAME: 200, Kind.DOC_NUMBER: 190, Kind.DATE: 126, Kind.MOMENT: 160,
    Kind.INTEGER: 64, Kind.CHOICE: 110, Kind.YES_NO: 80,
}  # fmt: skip
_WORDS_WIDTH = 216  # what a sentence below a narrow cell needs
_STAY, _DOWN, _UP, _RIGHT, _LEFT = (0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)


class CellFrame(QFrame):
    """The editor of one cell with the words below it, laid over the table."""

    moved_on = Signal(object)  # a Step: Enter, Tab, Shift+Tab
    given_up = Signal()  # Esc
    above_wanted = Signal()  # Ctrl+D, Ctrl+'

    def __init__(self, editor: Editor, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("cellFrame")
        self.editor = editor
        self.problem = label("", "problem", wraps=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(t("entry.reason"))
        self.reason.setAccessibleName(t("entry.reason"))
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(2)
        for widget in (editor, self.problem, self.reason):
            box.addWidget(widget)
        for widget in (self.problem, self.reason):
            widget.hide()
        editor.inner.setAccessibleName(editor.field.label)
        editor.entered.connect(lambda: self.moved_on.emit(_DOWN))
        self.reason.returnPressed.connect(lambda: self.moved_on.emit(_DOWN))

    def say(self, words: str) -> None:
        """Say what is wrong; "" is nothing, and then what deserves a second look."""
        tone = "red" if words else "amber" if self.editor.doubt() else ""
        words = words or self.editor.doubt()
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        tint(self.problem, tone)
        self.editor.set_tone(tone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys the editor has no use for; none of them reaches the table below."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif is_from_above(event):
            self.above_wanted.emit()
        elif event.key() in ENTER:
            self.moved_on.emit(_UP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _DOWN)
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        self.moved_on.emit(_RIGHT if forward else _LEFT)
        return True

    def event(self, event: QEvent) -> bool:
        """Grow with the text and the words; keep Ctrl+D from the commands of the row."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and is_from_above(event):
            event.accept()
            return True
        return super().event(event)

    def fit(self) -> None:
        """Be as high as what is inside, and stay above the lower edge of the table."""
        is_tied = self._box.hasHeightForWidth()  # the total is with the frame's own edge
        height = self._box.totalHeightForWidth(self.width()) if is_tied else self._box.totalSizeHint().height()
        self.resize(self.width(), height)
        self.move(self.x(), max(0, min(self.y(), self._lowest() - height)))

    def _lowest(self) -> int:
        table = self.parentWidget()
        return table.height() if table is not None else 0


class CellEditing(QObject):
    """Opens a cell, hands what was typed to the books, and moves on; what the books refuse stays open.

    Other rows than those of a register say in field_of() what may be typed.
    """

    saved = Signal(object)  # id of the row

    def __init__(
        self, office: Office, register: Register, today: Today, table: CellTable, correct: Correct | None = None
    ) -> None:
        """correct: what a changed cell of a register is handed to, else services.records.correct."""
        super().__init__(table)
        self._correct = correct or partial(records.correct, office, register)
        self._office, self._register, self._today, self._table = office, register, today, table
        self._rows: CellRows = table.rows
        self._row_id: Any = None
        self._start = ""
        self.frame: CellFrame | None = None
        for bar in (table.verticalScrollBar(), table.horizontalScrollBar()):
            bar.valueChanged.connect(self._place)
        table.horizontalHeader().sectionResized.connect(self._place)
        self._rows.modelReset.connect(self._place)

    def begin(self, index: Index, *, is_empty: bool) -> QWidget | None:
        """Open the editor of a cell, empty or with what it says; None when another cell is still to be put right."""
        if not self._leave():
            return None
        field = self.field_of(self._rows.columns[index.column()].name)
        self._row_id = self._rows.id_at(index.row())
        editor = make_editor(field, self._office, self._register, self._today, in_cell=True)
        editor.set_text(show(field, self._rows.value(index.row(), field.name)))
        editor.settle()
        self._start = editor.text()
        if is_empty:
            editor.set_text("")
        elif isinstance(editor.inner, QLineEdit):
            editor.inner.end(False)  # noqa: FBT003 - Qt's signature
        frame = self.frame = CellFrame(editor, self._table.viewport())
        frame.moved_on.connect(self.commit)
        frame.given_up.connect(self._give_up)
        frame.above_wanted.connect(self._take_from_above)
        editor.edited.connect(lambda: frame.say(""))
        editor.refused.connect(frame.say)
        editor.left.connect(lambda: QTimer.singleShot(0, frame, self._on_left))
        frame.show()  # dressed now, it knows how high it is
        frame.raise_()
        self._place()
        return editor.inner

    def commit(self, step: Step) -> bool:
        """Hand the text to the books and go a step further; say whether they took it."""
        frame = self.frame
        if frame is None:
            return True
        frame.editor.settle()
        text = frame.editor.text()
        if text.strip() != self._start:
            try:
                self._correct(self._row_id, {frame.editor.field.name: text}, self._today(), frame.reason.text())
            except Invalid as error:
                self._refuse(frame, error)
                return False
            except OfficeError as error:
                frame.say(str(error))
                self._place()
                return False
        self._close(frame)
        if text.strip() != self._start:
            self.saved.emit(self._row_id)
        if step != _STAY:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._table.step(*step)
        return True

    def field_of(self, name: str) -> Field:
        """Return what is typed into a column."""
        return self._register.field(name)

    def cancel(self) -> None:
        """Close the editor; the cell says what it said."""
        if self.frame is not None:
            self._close(self.frame)

    def _refuse(self, frame: CellFrame, error: Invalid) -> None:
        """Say what is wrong below the cell. A row that is done with asks for the reason there."""
        is_reason = any(problem.field == "why" for problem in error.problems)
        frame.say("".join(problem.message for problem in error.problems))
        where: QWidget = frame.editor.inner
        if is_reason:
            frame.editor.set_tone("")
            frame.reason.show()
            where = frame.reason
        self._place()
        now = QApplication.focusWidget()
        if is_reason or (now is not None and frame.isAncestorOf(now)):
            where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> bool:
        """Put away the cell that is open; when the books refuse it, go back to it."""
        if self.frame is None or self.commit(_STAY):
            return True
        if self.frame is not None:
            self.frame.editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _on_left(self) -> None:
        """The clerk clicked elsewhere: as in Excel that is as good as Enter. Another window is no elsewhere."""
        now = QApplication.focusWidget()
        if self.frame is not None and now is not None and not self.frame.isAncestorOf(now):
            self.commit(_STAY)

    def _give_up(self) -> None:
        self.cancel()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_from_above(self) -> None:
        place = self._rows.position_of(self._row_id)
        if self.frame is not None and place:
            field = self.frame.editor.field
            self.frame.editor.set_text(show(field, self._rows.value(place - 1, field.name)))

    def _close(self, frame: CellFrame) -> None:
        self.frame = None
        frame.hide()
        frame.deleteLater()

    def _place(self) -> None:
        """Lie over the cell, wherever the table has moved it; a row that is no longer listed keeps the last place."""
        place = None if self.frame is None else self._rows.position_of(self._row_id)
        if self.frame is None or place is None:
            return
        field = self.frame.editor.field
        column = next((i for i, shown in enumerate(self._rows.columns) if shown.name == field.name), 0)
        box = self._table.visualRect(self._rows.index(place, column))
        room = self._table.viewport().width()
        least = _LEAST_WIDTH[field.kind if self.frame.reason.isHidden() else Kind.LONG_TEXT]
        if self.frame.problem.text():
            least = max(least, _WORDS_WIDTH)
        width = min(max(box.width(), least), room)
        self.frame.setGeometry(max(0, min(box.x(), room - width)), box.y(), width, self.frame.height())
        if 0 <= box.y() < self._table.viewport().height():
            self.frame.fit()


def is_from_above(event: QKeyEvent) -> bool:
    """Say whether a key takes the field from the row above, as in Excel: Ctrl+D and Ctrl+'."""
    keys = (Qt.Key.Key_D, Qt.Key.Key_Apostrophe)
    return event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in keys
