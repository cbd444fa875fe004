# SPDX-License-Identifier: MulanPSL-2.0
"""The way from an appraisal or a transfer to its sheets on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from township_office.services.office import Office
from township_office.ui.messages import Asker

DESTRUCTION, HANDED_OVER = "destruction", "transfer_list"  # of services.archive.printing.SHEETS


def sheet_of(
    sheet: str, row_id: int, office: Office, today: Callable[[], date], asker: Asker, parent: QWidget
) -> QDialog:
    """Return the print dialog with the sheet of one row: 销毁清册 of an appraisal, 移交清单 of a transfer."""
    from township_office.services.archive.printing import SheetRequest
    from township_office.ui.archive.printing.print_dialog import ArchivePrintDialog

    dialog = ArchivePrintDialog(office, today, asker, parent)
    dialog.show_request(SheetRequest(sheet, row_id=row_id))
    return dialog
