# SPDX-License-Identifier: MulanPSL-2.0
"""The ways out of the tab 档案: its wizards, its sheets, the pages of its care; each loaded when it is opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from township_office.registers.archive.care import CARE
from township_office.registers.archive.disposal import APPRAISAL, TRANSFER
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.ui.messages import Asker
from township_office.ui.tabs.tab import Tab

STATISTICS = "statistics"
# In the order of the sidebar, each by the name of its register, with its icon.
PAGES = {
    "access_log": "shelf_access_log", "stack_in_out": "shelf_stack_in_out", "climate_log": "shelf_climate_log",
    "stack_check": "shelf_stack_check", "appraisal": "shelf_appraisal", "transfer": "shelf_transfer",
    STATISTICS: "shelf_statistics",
}  # fmt: skip
_CARE = {register.name: register for register in CARE}
Today = Callable[[], date]
Place = tuple[Office, Today, Asker, QWidget]  # where a dialog opens


def filing(
    office: Office, today: Today, asker: Asker, parent: QWidget, year: int | None, done: Callable[[int], object]
) -> QDialog:
    """归档: a year's documents into the archive; done gets the year."""
    from township_office.ui.archive.filing.filing_dialog import FilingDialog

    dialog = FilingDialog(office, today, asker, parent, year)
    dialog.filed.connect(done)
    return dialog


def printing(office: Office, today: Today, asker: Asker, parent: QWidget, year: int | None, series: str) -> QDialog:
    """打印: the set of a year, or of one class."""
    from township_office.ui.archive.printing.print_dialog import ArchivePrintDialog

    return ArchivePrintDialog(office, today, asker, parent, year, series)


def taking_in(office: Office, today: Today, asker: Asker, parent: QWidget, done: Callable[[], object]) -> QDialog:
    """导入旧目录: catalogues of former years."""
    from township_office.ui.archive.exchange.import_dialog import CatalogueImportDialog

    dialog = CatalogueImportDialog(office, today, asker, parent)
    dialog.imported.connect(lambda *_: done())
    return dialog


def giving_out(office: Office, today: Today, asker: Asker, parent: QWidget, view: View) -> QDialog:
    """导出: what a view shows, in the county's columns."""
    from township_office.ui.archive.exchange.export_dialog import CatalogueExportDialog

    return CatalogueExportDialog(office, view, today, asker, parent)


def page(name: str, office: Office, today: Today, asker: Asker) -> Tab:
    """Return one of PAGES."""
    if name in _CARE:
        from township_office.ui.archive.care.care_page import CarePage

        return CarePage(office, _CARE[name], today, asker)
    if name == APPRAISAL.name:
        from township_office.ui.archive.care.appraisal_page import AppraisalPage

        return AppraisalPage(office, today, asker)
    if name == TRANSFER.name:
        from township_office.ui.archive.care.transfer_page import TransferPage

        return TransferPage(office, today, asker)
    from township_office.ui.archive.care.statistics_page import StatisticsPage

    return StatisticsPage(office, today, asker)
