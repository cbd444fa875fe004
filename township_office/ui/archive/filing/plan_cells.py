# SPDX-License-Identifier: MulanPSL-2.0
"""One cell of a year's filing, typed into as in Excel; what is typed is decided at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from township_office.core.fields import Draft, Field
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services.archive.scheme import Scheme
from township_office.services.office import Office
from township_office.ui.archive.filing.plan_model import COLUMNS, ITEM_NO, WHY, field_of
from township_office.ui.archive.filing.plan_table import PlanTable
from township_office.ui.entry.cell_editing import CellEditing
from township_office.ui.form.editors import Today


class PlanCells(CellEditing):
    """What is typed on an item of the filing; decide is asked to keep it, and raises OfficeError where it cannot."""

    def __init__(self, office: Office, today: Today, table: PlanTable, decide: Callable[[str, Draft], None]) -> None:
        super().__init__(office, ARCHIVE_ITEM, today, table, lambda key, draft, _day, _why: decide(key, draft))
        self._items = table
        self.scheme: Scheme | None = None
        table.cells = self

    def can_edit(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Say whether anything may be typed there: not over what the program numbers or explains."""
        is_ours = not index.isValid() or COLUMNS[index.column()].name in (ITEM_NO, WHY)
        return not (self._office.is_readonly or is_ours) and self._items.current_item() is not None

    def field_of(self, name: str) -> Field:
        """See CellEditing."""
        return field_of(name, self.scheme) if self.scheme is not None else super().field_of(name)
