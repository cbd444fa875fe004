# SPDX-License-Identifier: MulanPSL-2.0
"""What the window asks of every tab, so that it need not know, nor load, the tabs that are not shown yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Tab(QWidget):
    """One page of the window. changed says that it wrote something."""

    changed = Signal()
    row_wanted = Signal(str, int)  # lead to a row: name of its register, its id
    confidential_wanted = Signal(int)  # lead to the tab 涉密: the id of a paper, 0 for the tab itself
    mishap_wanted = Signal()  # a state secret was typed: what to do now
    settings_wanted = Signal()
    moved = Signal()  # another page of the tab is shown
    row_touched = Signal(str, int)  # a row of another register was changed along

    def enter(self) -> None:
        """The tab came to the front: take the keyboard, read anew what may have changed elsewhere."""

    def refresh(self) -> None:
        """Read everything anew: settings were changed, or many rows came or went."""

    def status_words(self) -> str:
        """Return the line for the window's foot."""
        return ""

    def on_record_new(self) -> None:
        """登记: an empty form, where the tab has rows."""

    def on_sheet_import(self) -> None:
        """导入: the office's own Excel ledger, where the tab has rows."""

    def reveal(self, row_id: int) -> None:
        """Show this row, where the tab has rows."""

    def take_in(self, row_id: int, *, is_shown: bool) -> None:
        """A row was changed by another hand than the tab's own: read it anew, and lead to it where the tab is shown."""

    def show_row(self, register_name: str, row_id: int) -> None:
        """Show a row of one of several registers, where the tab has more than one."""

    def show_filing(self, year: int | None) -> None:
        """归档 of a year (None: the one that is due), where the tab is of the archive."""

    def show_view(self, year: int | None, state: str) -> None:
        """Show the rows of a year (None: all) that stand so, where the tab has rows."""
