# SPDX-License-Identifier: MulanPSL-2.0
"""Beside the list of items: what is described of the chosen one, the papers in it, its box, what was done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from township_office.core.dates import show_date
from township_office.core.fields import Register, Value
from township_office.core.text import t
from township_office.registers.archive.codes import category_name
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.status import State
from township_office.services.archive.care import holder_words
from township_office.services.archive.scheme import Scheme
from township_office.services.archive.shelf import Inside
from township_office.services.records import Change
from township_office.ui.book.detail_pane import DetailPane, Row
from township_office.ui.life.pane_lines import PaneLine
from township_office.ui.life.pane_sections import PaneSections
from township_office.ui.widgets import action_button, plain_button
from township_office.ui.words import short_title

# Said by the 档号 above, or in the sections.
_SAID = ("fonds_no", "archive_year", "volume_no", "components", "box_no")


class ItemSections(PaneSections):
    """Who has it; 件内文件 and 档案盒."""

    box_wanted = Signal()

    def show_item(self, row: Row, found: Inside, today: date) -> None:
        """Say what lies in an item and where it lies."""
        self.begin()
        if found.out is not None:
            register, entry = found.out
            self.head(t("lent.head"))
            self.add_line(self._out_line(register, entry, today))
        if found.sources or row["components"]:
            self.head(t("shelf.components"))
            for register, one in found.sources:
                self.way_to(register, one, (short_title(register), "soft", 0))
            if row["components"]:
                self.text(str(row["components"]), "muted")
        self.head(t("shelf.box"))
        self.add_line(self._box_line(row, found))
        self.end()

    def _out_line(self, register: Register, entry: Row, today: date) -> PaneLine:
        """Who has it, until when; it leads to the entry, where it is given back."""
        due = entry.get("due_on")
        note = t("lent.due", day=show_date(due)) if isinstance(due, date) else t(f"shelf.page_{register.name}")
        tone = "red" if isinstance(due, date) and due < today else "amber"
        line = PaneLine([(holder_words(entry), "accent", 0), (note, tone, 0)])
        line.setToolTip(t("lent.lead"))
        line.clicked.connect(lambda _=False: self.row_wanted.emit(register.name, int(str(entry["id"]))))
        return line

    def _box_line(self, row: Mapping[str, Value], found: Inside) -> PaneLine:
        note = ""
        if row["box_no"] is None:
            words, tone = t("shelf.unboxed"), "accent" if row["voided_on"] is None else "faint"
        else:
            words = t("shelf.box_line", number=row["box_no"], first=found.first, last=found.last)
            tone = "accent"
            if found.box is not None:
                note = t("shelf.mm", mm=found.box["thickness"])
        line = PaneLine([(words, tone, 0), (note, "soft", 0)])
        line.clicked.connect(self.box_wanted)
        return line


class ItemPane(DetailPane):
    """The pane of any register, with the words of an item."""

    sections: ItemSections

    def __init__(self, commands: Mapping[str, QAction], menu: Callable[[], QMenu]) -> None:
        self._scheme: Scheme | None = None
        super().__init__(ARCHIVE_ITEM, commands, menu)

    def show_item(self, row: Row, story: list[Change], today: date, told: tuple[Inside, Scheme], state: State) -> None:
        """Read this item; told: what lies in it, and how the office divides its archive."""
        found, self._scheme = told
        self.show_row(row, story, today, state=state)
        self.sections.show_item(row, found, today)
        for name, button in self._buttons.items():
            button.setVisible((name == "archive_again") == (row["voided_on"] is not None) or name == "record_history")

    def texts_of(self, row: Row) -> dict[str, str]:
        """See DetailPane."""
        texts = {name: text for name, text in super().texts_of(row).items() if name not in _SAID}
        if texts.get("category"):
            texts["category"] = category_name(texts["category"])
        if texts.get("org_or_subject") and self._scheme is not None:
            texts["org_or_subject"] = self._scheme.org_name(texts["org_or_subject"])
        return texts

    def build_sections(self) -> ItemSections:
        """See DetailPane."""
        return ItemSections()

    def build_foot(self, actions: Mapping[str, QAction]) -> QWidget:
        """See DetailPane."""
        foot = QWidget()
        foot.setObjectName("paneFoot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(18, 12, 18, 14)
        row.setSpacing(6)
        names = ("record_edit", "archive_again", "record_history")
        self._buttons = {name: action_button(actions[name]) for name in names}
        for button in self._buttons.values():
            row.addWidget(button, 1)
        more = plain_button("⋯")
        more.setToolTip(t("way.more"))
        more.setAccessibleName(t("way.more"))
        more.clicked.connect(
            lambda: self._menu().popup(more.mapToGlobal(more.rect().topLeft())) if self._menu else None
        )
        row.addWidget(more)
        return foot
