# SPDX-License-Identifier: MulanPSL-2.0
"""备考表: what is said of one box (DA/T 22 6.4): what is damaged, added, taken out; who packed it and who looked."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QWidget

from township_office.core.errors import Invalid, OfficeError
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.archive.box import ARCHIVE_BOX
from township_office.services.archive import boxing
from township_office.services.archive.boxing import Boxed
from township_office.services.office import Office
from township_office.ui.form.editors import Today, make_editor
from township_office.ui.form.record_form import FieldBlock
from township_office.ui.widgets import label, scrolling_box

WIDTH = 330
# name → place on two columns: row, column, columns it takes
_PLACES = {
    "title": (0, 0, 2), "arranged_by": (1, 0, 1), "arranged_on": (1, 1, 1), "checked_by": (2, 0, 1),
    "checked_on": (2, 1, 1), "place": (3, 0, 1), "thickness": (3, 1, 1),
}  # fmt: skip


class BoxNote(QFrame):
    """Each field is kept when the cursor leaves it; what is refused stays, said beside it."""

    saved = Signal(int)  # id of the box

    def __init__(self, office: Office, today: Today) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self._office, self._today = office, today
        self._box: Boxed | None = None
        self._start: dict[str, str] = {}
        self._title = label("", "section")
        self._hint = label("", "hint", wraps=True)
        self._fields = QWidget()
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        self.blocks: dict[str, FieldBlock] = {}
        for name, (line, column, columns) in _PLACES.items():
            editor = make_editor(ARCHIVE_BOX.field(name), office, ARCHIVE_BOX, today)
            self.blocks[name] = block = FieldBlock(editor)
            grid.addWidget(block, line, column, 1, columns)
            editor.left.connect(lambda: QTimer.singleShot(0, self, self._on_left))
            editor.entered.connect(lambda name=name: self._go_on(name))
        whole = scrolling_box(self)
        for widget in (self._title, self._hint, self._fields):
            whole.addWidget(widget)
        whole.addStretch()
        self.show_box(None)

    def show_box(self, box: Boxed | None) -> None:
        """Show what is said of a box; None: there is none to speak of."""
        self._box = box
        self._fields.setVisible(box is not None)
        self._fields.setEnabled(not self._office.is_readonly)
        self._title.setText(t("boxes.note", number=box.number) if box else t("boxes.note_none"))
        self._hint.setText(t("boxes.note_hint") if box else t("boxes.note_none_hint"))
        for name, block in self.blocks.items():
            block.show_problem("")
            block.editor.set_text(show(ARCHIVE_BOX.field(name), box.row[name]) if box else "")
            block.editor.settle()
        self._start = self._texts()

    def is_of(self, box: Boxed | None) -> bool:
        """Say whether this is the box that is shown."""
        shown = None if self._box is None else self._box.row["id"]
        return shown == (None if box is None else box.row["id"])

    def keep(self) -> bool:
        """Hand what was typed to the books; say whether they took it."""
        if self._box is None or self._office.is_readonly:
            return True
        for block in self.blocks.values():
            block.editor.settle()
            block.show_problem("")
        changed = {name: text for name, text in self._texts().items() if text != self._start[name]}
        if not changed:
            return True
        box_id = int(str(self._box.row["id"]))
        try:
            boxing.correct_box(self._office, box_id, changed, self._today())
        except Invalid as error:
            for problem in error.problems:
                if problem.field in self.blocks:
                    self.blocks[problem.field].show_problem(problem.message)
            return False
        except OfficeError as error:
            self.blocks["title"].show_problem(str(error))
            return False
        self._start = self._texts()
        self.saved.emit(box_id)
        return True

    def _texts(self) -> dict[str, str]:
        return {name: block.editor.text() for name, block in self.blocks.items()}

    def _on_left(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and not self.isAncestorOf(now):
            self.keep()

    def _go_on(self, name: str) -> None:
        """Enter keeps the field and leads to the next one."""
        names = list(self.blocks)
        if self.keep():
            self.blocks[names[(names.index(name) + 1) % len(names)]].editor.inner.setFocus()
