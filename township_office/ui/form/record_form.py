# SPDX-License-Identifier: MulanPSL-2.0
"""The sheet of a form: fields in their order on three columns, each with its label above and its words below."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from township_office.core.fields import Field, Kind
from township_office.ui import theme
from township_office.ui.form.editors import FEW_CHOICES
from township_office.ui.form.field_past import PastLine
from township_office.ui.form.line_editor import Editor
from township_office.ui.widgets import Button, label, link_button, rule, tint

COLUMNS = 3
_GAP = 16
_WHOLE_ROW = 30  # a LONG_TEXT this wide (标题) has a row of its own
_STRETCHABLE = 12  # a field this wide takes the rest of its row
_CHIP_PADDING = 28
_COLUMN_WIDTH = 240  # of the form at its usual width


class FieldBlock(QWidget):
    """A label, its editor, and one line below for what was understood, what is wrong and the way out."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self.field = editor.field
        self._problem = ""
        self._name = label(editor.field.label, "label")
        self._name.setBuddy(editor)
        self._note = label("", "fieldNote", wraps=True)
        self.link: QPushButton | None = None  # few fields ever need one, and 25 of them cost the form 20 ms
        self._follow: Callable[[], object] = lambda: None
        self._below = QHBoxLayout()
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(6)
        self._below.addWidget(self._note, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(self._name)
        box.addWidget(editor)
        box.addLayout(self._below)
        editor.inner.setAccessibleName(editor.field.label)
        editor.refused.connect(self.show_problem)
        editor.edited.connect(self._on_edited)
        editor.noted.connect(self.refresh)
        editor.arrived.connect(self.refresh)
        editor.left.connect(self.refresh)
        self.refresh()

    def show_past(self, past: PastLine) -> None:
        """Say below what the field said before; while it is typed in, what was understood takes that place."""
        self._past = past
        self._below.addWidget(past, 1)
        self.refresh()

    def show_problem(self, words: str) -> None:
        """Say what is wrong, in red, until the text changes."""
        self._problem = words
        self.refresh()

    def problem(self) -> str:
        """Return what is being said to be wrong, "" when nothing is."""
        return self._problem

    def warn(self, words: str, way_out: str = "", follow: Callable[[], object] | None = None) -> None:
        """Say in amber what deserves a second look, with a link that leads there; "" takes the warning away."""
        self._warning = words
        if self.link is None and way_out:
            self.link = link_button("")
            self.link.setObjectName("fieldLink")
            self.link.clicked.connect(lambda: self._follow())
            self._below.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        if self.link is not None:
            self.link.setText(way_out)
            self.link.setVisible(bool(words and way_out))
        self._follow = follow or (lambda: None)
        self.refresh()

    def below(self) -> str:
        """Return the words that stand below the editor now."""
        return self._note.text()

    def refresh(self) -> None:
        """Show the gravest thing there is to say: a problem, a warning, a note."""
        if self._problem:
            tone, words = "red", self._problem
        elif doubt := self._warning or self.editor.doubt():
            tone, words = "amber", doubt
        else:
            tone, words = "", self._quiet_note()
        self.editor.set_tone(tone)
        if self._past is not None:
            is_quiet = not tone and not self.editor.inner.hasFocus()
            words = "" if is_quiet else words
            self._past.words.setVisible(not words)
            self._note.setVisible(bool(words))
        self._note.setText(words)
        tint(self._note, tone)

    _warning = ""
    _past: PastLine | None = None

    def _quiet_note(self) -> str:
        """A hint for an empty field only while the cursor is in it: a form full of hints is noise."""
        if not self.editor.text().strip() and not self.editor.inner.hasFocus():
            return ""
        return self.editor.note()

    def _on_edited(self) -> None:
        self._problem = ""
        self.refresh()


class Fold(QWidget):
    """A quiet line that opens and closes what is under it."""

    toggled = Signal(bool)

    def __init__(self, words: str, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self._button = Button(words)
        self._button.setObjectName("quiet")
        self._button.setCheckable(True)
        self._button.setIconSize(QSize(16, 16))
        self._button.toggled.connect(self._on_toggled)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(inside)
        self._on_toggled(is_open=False)

    def is_open(self) -> bool:
        """Say whether the inside can be seen."""
        return self._button.isChecked()

    def open(self, *, is_open: bool = True) -> None:
        """Open or close it."""
        self._button.setChecked(is_open)

    def _on_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signature
        self._inside.setVisible(is_open)
        self._button.setIcon(theme.icon("chevron_down" if is_open else "chevron_right"))
        self.toggled.emit(is_open)


class Strip(QFrame):
    """A calm line with words and answers, inside the dialog: no box over a box."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self.setObjectName(f"banner-{tone}")
        self._words = label("", "", wraps=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self._words, 1)
        self.buttons: list[QPushButton] = []
        self.hide()

    def add(self, button: QPushButton, on_clicked: Callable[[], object]) -> QPushButton:
        """Offer an answer; Enter on it gives it."""
        button.clicked.connect(lambda: on_clicked())
        self._row.addWidget(button)
        self.buttons.append(button)
        return button

    def say(self, words: str) -> None:
        """Show words; "" hides the strip."""
        self._words.setText(words)
        self.setVisible(bool(words))

    def words(self) -> str:
        """Return what is being said."""
        return self._words.text()


def place(fields: Sequence[Field]) -> list[list[tuple[Field, int]]]:
    """Return rows of (field, columns it takes), in the order of fields; what a row leaves over its widest text gets."""
    rows: list[list[tuple[Field, int]]] = []
    left = 0
    for field in fields:
        span = _span(field)
        if span > left:
            rows.append([])
            left = COLUMNS
        rows[-1].append((field, span))
        left -= span
    return [_filled(row) for row in rows]


def lay_out_stages(blocks: dict[str, FieldBlock], stages: Sequence[tuple[str, Sequence[Field]]]) -> QVBoxLayout:
    """Return the fields of each stage under its heading; a single stage needs none."""
    box = QVBoxLayout()
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(6)
    for place, (title, fields) in enumerate(stages):
        if len(stages) > 1:
            if place:
                box.addWidget(rule())
            heading = label(title, "section")
            heading.setContentsMargins(0, 2, 0, 0)
            box.addWidget(heading)
        box.addLayout(lay_out(blocks, fields))
    return box


def lay_out(blocks: dict[str, FieldBlock], fields: Sequence[Field]) -> QGridLayout:
    """Return a grid with the block of each field in its place."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(_GAP)
    grid.setVerticalSpacing(6)
    for column in range(COLUMNS):
        grid.setColumnStretch(column, 1)
        grid.setColumnMinimumWidth(column, 120)
    for line, row in enumerate(place(fields)):
        column = 0
        for field, span in row:
            grid.addWidget(blocks[field.name], line, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
    return grid


def _span(field: Field) -> int:
    if field.kind is Kind.LONG_TEXT and field.width >= _WHOLE_ROW:
        return COLUMNS
    if field.kind is Kind.CHOICE and len(field.choices) <= FEW_CHOICES:
        metrics = 15 * sum(map(len, field.choices)) + _CHIP_PADDING * len(field.choices)
        return 2 if metrics > _COLUMN_WIDTH else 1
    return 1


def _filled(row: list[tuple[Field, int]]) -> list[tuple[Field, int]]:
    """Give what is left over to the widest field that can use it."""
    over = COLUMNS - sum(span for _, span in row)
    texts = [field for field, _ in row if field.kind not in (Kind.DATE, Kind.INTEGER, Kind.CHOICE, Kind.YES_NO)]
    widest = max(texts, key=lambda field: field.width, default=None)
    if widest is None or widest.width < _STRETCHABLE:
        return row
    return [(field, span + over if field is widest else span) for field, span in row]
