# SPDX-License-Identifier: MulanPSL-2.0
"""The way from an appraisal or a transfer to its sheets on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from township_office.services.office import Office
from township_office.ui.messages import Asker

DESTRUCTION, HANDED_OVER = "destruction", "transfer_list"  # of services.archive.printing.SHEETS


def sheet_of(
    sheet: str, of: int | Sequence[int], office: Office, today: Callable[[], date], asker: Asker, parent: QWidget
) -> QDialog:
    """Return the print dialog with 销毁清册 or 移交清单: of one row of a register, or of items that are in none yet."""
    from township_office.services.archive.printing import SheetRequest
    from township_office.ui.archive.printing.print_dialog import ArchivePrintDialog

    dialog = ArchivePrintDialog(office, today, asker, parent)
    dialog.show_request(SheetRequest(sheet, row_id=of) if isinstance(of, int) else SheetRequest(sheet, items=tuple(of)))
    return dialog
