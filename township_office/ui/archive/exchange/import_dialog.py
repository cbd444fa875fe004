# SPDX-License-Identifier: MulanPSL-2.0
"""导入归档文件目录: an old catalogue into the archive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers.archive.catalogue import CATALOGUE
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services.archive import importing
from township_office.services.archive.importing import CataloguePlan
from township_office.services.office import Office
from township_office.services.sheets import Batch, Choices, Plan, Planned, Source
from township_office.ui.importing.choices import Decisions, begin
from township_office.ui.importing.step_dialog import StepDialog
from township_office.ui.messages import Asker


class CatalogueImportDialog(StepDialog):
    """What is in the archive already never comes in twice, so that is not offered."""

    def __init__(self, office: Office, today: Callable[[], date], asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(office, ARCHIVE_ITEM, today, asker, parent)
        self.setObjectName("catalogueImportDialog")
        self.check.may_take_known = False

    def begin(self, own: Office, source: Source) -> Decisions:
        """Take the catalogues of the visible sheets."""
        return begin(own, CATALOGUE, source, importing.tables_of)

    def plan(self, own: Office, source: Source, choices: Choices, progress: Progress) -> Plan:
        """Try the catalogue dry."""
        return importing.plan_import(own, source, choices, self._today(), progress)

    def write(self, own: Office, plan: Plan, progress: Progress) -> Batch:
        """Take the catalogue in."""
        return importing.run_import(own, _own(plan), self._today(), progress)

    def rival(self, plan: Plan, planned: Planned) -> Planned | str:
        """A 档号 given to two: the dry run knows who keeps it."""
        return _own(plan).rivals[planned.row.sheet, planned.row.row]

    def side_words(self) -> str:
        """Return what stands above an item of the archive."""
        return t("catalogue.side_archive")

    def drop_words(self) -> str:
        """Return what is to be dropped here."""
        return t("catalogue.drop_here")

    def check_words(self, plan: Plan) -> str:
        """Say that nothing is written yet, and what is to be said of the catalogue as a whole."""
        return "".join([t("import.nothing_yet"), *importing.notes_of(_own(plan))])

    def done_words(self) -> str:
        """Return what the last button says."""
        return t("catalogue.go_archive")


def _own(plan: Plan) -> CataloguePlan:
    assert isinstance(plan, CataloguePlan)
    return plan
