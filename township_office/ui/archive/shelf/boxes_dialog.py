# SPDX-License-Identifier: MulanPSL-2.0
"""装盒: the boxes of a class, those its other items would fill, and the 备考表 of each (DA/T 22 6.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers.archive.packing import THICKNESSES, Box
from township_office.registers.watch import PAGELESS
from township_office.services.archive import boxing, shelf
from township_office.services.archive.boxing import Boxed, Row
from township_office.services.archive.scheme import scheme_of
from township_office.services.archive.shelf import ArchiveClass, Branch
from township_office.services.office import Office, twin
from township_office.services.settings import get_setting
from township_office.ui.archive.shelf.box_note import BoxNote
from township_office.ui.archive.shelf.box_table import BoxModel, Line, box_view, packed_line
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.form.chips import ChipRow
from township_office.ui.form.editors import Today
from township_office.ui.jobs import run_job
from township_office.ui.messages import Asker
from township_office.ui.widgets import EmptyState, card, label, link_button, plain_button, primary_button

_WANTED = QSize(1000, 600)


class BoxesDialog(FramedDialog):
    """One class at a time; what would be packed is shown before it is, and boxes are taken apart from one on."""

    changed = Signal()  # items were packed or taken out
    view_wanted = Signal(object)  # a View: items whose pages must be counted first

    def __init__(
        self,
        office: Office,
        branch: Branch | None,
        chosen: tuple[object, object],
        today: Today,
        asker: Asker,
        parent: QWidget | None = None,
    ) -> None:
        """branch: whose classes are offered; chosen: series and year of the one to begin with."""
        super().__init__(t("action.archive_boxes").removesuffix("…"), parent)
        self._office, self._today, self._asker = office, today, asker
        leaves = branch.leaves if branch else ()
        self._classes = [(leaf.view, one) for leaf in leaves for one in leaf.classes if one.last]
        self._boxes: list[Boxed] = []
        self._proposed: list[Box] = []
        self._shown = 0  # the place of the line whose note is shown
        self.classes = QComboBox()
        self.model = BoxModel(self)
        self.table = box_view(self.model)
        self.note = BoxNote(office, today)
        self.thickness = ChipRow(tuple(t("shelf.mm", mm=mm) for mm in THICKNESSES))
        self._nothing = EmptyState("archive_boxes", "", "")
        self.words = label("", "", wraps=True)
        self.count_pages = link_button(t("boxes.count_pages"))
        self.following = link_button("")
        self._unpacked = {one for _, one in self._classes if one.unboxed}
        self.apart, self.do = plain_button(t("boxes.apart")), primary_button(t("boxes.pack"), "Ctrl+S")
        self._build()
        self._connect()
        self._offer(chosen)
        self.fit(_WANTED)
        self.table.setFocus()

    def _build(self) -> None:
        self.classes.setAccessibleName(t("boxes.class"))
        self.classes.setMinimumWidth(300)
        self.head.addWidget(self.classes)
        sheet = card()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 1)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._nothing)
        inside.addWidget(self._lists)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(sheet, 1)
        middle.addWidget(self.note)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.words, 1)
        below.addWidget(self.count_pages)
        below.addWidget(self.following)
        self._spine = label(t("boxes.thickness"), "label")
        below.addWidget(self._spine)
        below.addWidget(self.thickness)
        self.body.addLayout(middle, 1)
        self.body.addLayout(below)
        leave = plain_button(t("form.close"))
        leave.clicked.connect(self.reject)
        self.foot.insertWidget(0, self.apart)
        self.add_to_foot(leave, self.do)

    def _connect(self) -> None:
        self.classes.activated.connect(lambda _: self.reload())
        self.thickness.changed.connect(self._propose)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        self.note.saved.connect(lambda _: self._read_again())
        self.count_pages.clicked.connect(self._on_count_pages)
        self.following.clicked.connect(self.on_following)
        self.apart.clicked.connect(self.on_take_apart)
        self.do.clicked.connect(self.on_pack)
        QShortcut(QKeySequence("Ctrl+S"), self, self.on_pack)

    def _offer(self, chosen: tuple[object, object]) -> None:
        """Offer the classes; begin with the chosen one, else with the first that has items in no box."""
        scheme = scheme_of(self._office)
        for _, one in self._classes:
            self.classes.addItem(t("boxes.of", words=shelf.words_of(scheme, one), series=one.series))
        places = [at for at, (_, one) in enumerate(self._classes) if (one.series, one.year) == chosen]
        places += [at for at, (_, one) in enumerate(self._classes) if one.unboxed]
        self.classes.setCurrentIndex((places or [0])[0])
        self.thickness.choose(t("shelf.mm", mm=get_setting(self._office, "archive.box_mm")))
        self.reload()

    # ---- what is shown ----

    def shown_class(self) -> ArchiveClass | None:
        """Return the class whose boxes are shown."""
        place = self.classes.currentIndex()
        return self._classes[place][1] if 0 <= place < len(self._classes) else None

    def reload(self) -> None:
        """Read the boxes of the class anew, and what its other items would fill."""
        one = self.shown_class()
        self.note.show_box(None)
        try:
            self._boxes = boxing.boxes(self._office, one.series, one.year) if one else []
        except OfficeError as error:
            self._asker.report(error)
            self._boxes = []
        self._propose()

    def _propose(self) -> None:
        one, self._proposed, words = self.shown_class(), [], ""
        is_pageless = False
        if one is not None and not self._office.is_readonly:
            try:
                self._proposed = boxing.propose_boxes(self._office, one.series, one.year, self._mm())
            except OfficeError as error:
                is_pageless, words = error.key == "boxing.pageless", str(error)
        lines = [packed_line(box) for box in self._boxes]
        numbers = [int(str(row["sequence"])) for row in self._waiting(one)]
        lines += [Line(box, sum(box.first <= n <= box.last for n in numbers)) for box in self._proposed]
        if self._proposed:
            items = sum(line.items for line in lines if line.boxed is None)
            pages = sum(box.pages for box in self._proposed)
            words = t("boxes.would", items=items, pages=f"{pages:,}", boxes=len(self._proposed))
        self.model.show_lines(lines)
        self._lists.setCurrentIndex(0 if lines else 1)
        self._nothing.say(t("boxes.pages_first" if is_pageless else "boxes.none"), t("boxes.none_hint"))
        self.words.setText(words)
        self.count_pages.setVisible(is_pageless)
        self._show_following(one)
        for widget in (self._spine, self.thickness):
            widget.setVisible(bool(self._proposed))
        self.do.setEnabled(bool(self._proposed))
        if lines:
            self.table.selectRow(min(self._shown, len(lines) - 1))
        self._on_row()

    def _show_following(self, one: ArchiveClass | None) -> None:
        """Nothing to pack in this class: the next one that has something is a key away."""
        if one is not None:
            is_waiting = self._proposed or self.count_pages.isVisibleTo(self)
            (self._unpacked.add if is_waiting else self._unpacked.discard)(one)
        waiting = len(self._next_places())
        self.following.setText(t("lent.next_class", count=waiting))
        self.following.setVisible(waiting > 0 and not self._proposed and not self._office.is_readonly)

    def _next_places(self) -> list[int]:
        """Return the places of the other classes that have items in no box, the next ones first."""
        here, count = self.classes.currentIndex(), len(self._classes)
        places = [(here + step) % count for step in range(1, count)]
        return [at for at in places if self._classes[at][1] in self._unpacked]

    def on_following(self) -> None:
        """Show the next class that has items in no box."""
        if (places := self._next_places()) and self.note.keep():
            self.classes.setCurrentIndex(places[0])
            self.reload()
            self.table.setFocus()

    def _waiting(self, one: ArchiveClass | None) -> Sequence[Row]:
        return boxing.unboxed(self._office, one.series, one.year) if one and self._proposed else []

    def _mm(self) -> int:
        words = [t("shelf.mm", mm=mm) for mm in THICKNESSES]
        chosen = self.thickness.chosen()
        return THICKNESSES[words.index(chosen)] if chosen in words else 0

    def _on_row(self) -> None:
        """Another line: what was typed of the last one is kept first; refused, it stays in view."""
        row = self.table.currentIndex().row()
        line = self.model.line(row)
        self.apart.setEnabled(line is not None and line.boxed is not None and not self._office.is_readonly)
        if row == self._shown and self.note.is_of(line.boxed if line else None):
            return
        if not self.note.keep():
            self.table.selectRow(self._shown)
            return
        self._shown = max(row, 0)
        self.note.show_box(line.boxed if line else None)

    def _read_again(self) -> None:
        """What is said of a box was kept: the table tells of it too, and the cursor stays in its field."""
        one = self.shown_class()
        if one is not None:
            self._boxes = boxing.boxes(self._office, one.series, one.year)
            lines = [packed_line(box) for box in self._boxes]
            self.model.take(lines)

    # ---- what is done ----

    def on_pack(self) -> None:
        """装盒: as it is proposed."""
        one, mm, today = self.shown_class(), self._mm(), self._today()
        if one is None or not self.do.isEnabled() or not self.note.keep():
            return
        self.do.setEnabled(False)

        def work(_: Progress) -> int:
            with twin(self._office) as own:
                return len(boxing.commit_boxes(own, one.series, one.year, today, mm))

        run_job(self, t("boxes.packing"), work, lambda _: self._on_changed(), self._on_failed)

    def on_take_apart(self) -> None:
        """拆盒: the chosen box and those behind it, so that they can be packed anew."""
        line = self.model.line(self.table.currentIndex().row())
        if line is None or line.boxed is None or not self.note.keep():
            return
        number = line.box.number
        count = sum(1 for box in self._boxes if box.number >= number)
        self._asker.confirm(t("boxes.apart_ask", number=number, count=count), t("boxes.apart_do"),
                            lambda: self._take_apart(number))  # fmt: skip

    def _take_apart(self, number: int) -> None:
        one, today = self.shown_class(), self._today()
        if one is None:
            return

        def work(_: Progress) -> int:
            with twin(self._office) as own:
                return boxing.unbox(own, one.series, one.year, number, today)

        run_job(self, t("boxes.apart_do"), work, lambda _: self._on_changed(), self._on_failed)

    def _on_changed(self) -> None:
        self.reload()
        (self.following if self.following.isVisibleTo(self) else self.table).setFocus()
        self.changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.do.setEnabled(bool(self._proposed))
        self._asker.report(error)

    def _on_count_pages(self) -> None:
        place = self.classes.currentIndex()
        self.view_wanted.emit(replace(self._classes[place][0], state=PAGELESS))
        self.accept()

    def reject(self) -> None:
        """Close; what was typed of a box is kept first, and refused it stays."""
        if self.note.keep():
            super().reject()
