# SPDX-License-Identifier: MulanPSL-2.0
"""The commands about the archive as a whole, or a branch of it: 归档, 装盒, 打印, 导入, 导出, 归档记录."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from township_office.services.archive.shelf import Branch
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.ui import actions
from township_office.ui.archive.shelf import doors
from township_office.ui.archive.shelf.item_list import ItemList
from township_office.ui.messages import Asker
from township_office.ui.widgets import open_once

_COMMANDS = ("archive_file", "archive_boxes", "book_print", "sheet_import", "sheet_export", "archive_filings")


class ArchiveWay(QObject):
    """Opens each dialog over the window; written when something may have come of it."""

    written = Signal()
    view_wanted = Signal(object)  # a View: what was filed, or items whose pages must be counted first

    def __init__(
        self, books: ItemList, office: Office, today: Callable[[], date], asker: Asker,
        branch: Callable[[], Branch | None],
    ) -> None:  # fmt: skip
        """branch: the part of the tree that is chosen."""
        super().__init__(books)
        self._list, self._office, self._today, self._asker, self._branch = books, office, today, asker, branch
        self.commands = {name: actions.make(name, books, getattr(self, f"on_{name}")) for name in _COMMANDS}
        self.commands["archive_file"].setShortcut(QKeySequence())  # its keys are the window's: 归档 begins on every tab

    def on_archive_file(self) -> None:
        """归档: a year's documents into the archive."""
        self.open_filing(None)

    def open_filing(self, year: int | None) -> None:
        """归档 of a year (None: the one that is due)."""
        open_once(doors.filing(*self._place(), year, self._on_filed))

    def on_archive_boxes(self) -> None:
        """装盒: the boxes of the chosen class."""
        from township_office.ui.archive.shelf.boxes_dialog import BoxesDialog

        place = self._list.table.position()
        row = {} if place is None else self._list.model.line(place).row
        chosen = (row.get("series"), row.get("year"))
        dialog = BoxesDialog(self._office, self._branch(), chosen, self._today, self._asker, self._list.window())
        dialog.changed.connect(self.written)
        dialog.view_wanted.connect(self.view_wanted)
        open_once(dialog)

    def on_book_print(self) -> None:
        """打印: catalogue, covers, spines, labels of a year or a class."""
        branch = self._branch()
        year = branch.view.year if branch else None
        series = branch.classes[0].series if branch and len(branch.classes) == 1 else ""
        open_once(doors.printing(*self._place(), year, series))

    def on_sheet_import(self) -> None:
        """导入旧目录: the 归档文件目录 of former years."""
        open_once(doors.taking_in(*self._place(), self.written.emit))

    def on_sheet_export(self) -> None:
        """导出: what the view shows, in the county's columns."""
        open_once(doors.giving_out(*self._place(), self._list.view))

    def on_archive_filings(self) -> None:
        """归档记录: every filing and every catalogue taken in, and taking one back."""
        from township_office.ui.archive.shelf.filings_dialog import FilingsDialog

        dialog = FilingsDialog(self._office, self._today, self._asker, self._list.window())
        dialog.revoked.connect(self.written)
        open_once(dialog)

    def _on_filed(self, year: int) -> None:
        """Show what was filed, when the wizard is closed."""
        self.written.emit()
        self.view_wanted.emit(View(year))

    def _place(self) -> doors.Place:
        return self._office, self._today, self._asker, self._list.window()
