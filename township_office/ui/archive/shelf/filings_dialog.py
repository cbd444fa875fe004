# SPDX-License-Identifier: MulanPSL-2.0
"""归档记录: every filing of a year and every catalogue taken in, each revocable until its sheets are printed."""

from __future__ import annotations

from datetime import date

from township_office.core.fields import Register
from township_office.core.text import t
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services.archive import committing
from township_office.services.office import Office
from township_office.services.sheets import Batch
from township_office.ui.importing.batches_dialog import BatchesDialog, BatchModel, Line
from township_office.ui.importing.revoke import RevokeBar
from township_office.ui.messages import Asker
from township_office.ui.widgets import EmptyState

_HEADS = ("when", "kind", "what", "clerk", "items", "left_out", "state")


class FilingsDialog(BatchesDialog):
    """The list of imports, with the words and the rules of filing."""

    action = "archive_filings"

    def lines_now(self) -> list[Line]:
        """See BatchesDialog."""
        lines = [Line(ARCHIVE_ITEM, batch) for batch in committing.filings(self._office)]
        self.printed = {one.batch.id for one in lines if committing.printed_year(self._office, one.batch.id)}
        return lines

    def make_model(self) -> BatchModel:
        """See BatchesDialog."""
        return _FilingModel(self._today, self)

    def make_empty(self) -> EmptyState:
        """See BatchesDialog."""
        return EmptyState("archive_filings", t("shelf.no_filings"), t("shelf.no_filings_hint"))

    def make_bar(self, asker: Asker) -> RevokeBar:
        """See BatchesDialog."""
        return _FilingBar(self._office, self._today, asker)

    def can_revoke(self, line: Line) -> bool:
        """See BatchesDialog."""
        return super().can_revoke(line) and line.batch.id not in self.printed

    def about(self, line: Line) -> str:
        """See BatchesDialog."""
        is_held = line.batch.revoked_on is None and line.batch.id in self.printed
        return t("shelf.filing_printed") if is_held else super().about(line)


class _FilingModel(BatchModel):
    """归档 or 导入, and how each stands."""

    def heads(self) -> list[str]:
        """See BatchModel."""
        return [t(f"shelf.filing_{head}") for head in _HEADS]

    def kind(self, line: Line) -> str:
        """A filing bears the words the program gave it, a catalogue the name of its file."""
        return t("shelf.filing_import" if "." in line.batch.source else "shelf.filing_year")

    def state(self, line: Line) -> str:
        """See BatchModel."""
        dialog = self.parent()
        is_held = isinstance(dialog, FilingsDialog) and line.batch.id in dialog.printed
        return t("shelf.filing_on_paper") if is_held and line.batch.revoked_on is None else super().state(line)


class _FilingBar(RevokeBar):
    """Revoking a filing frees its 档号 and its documents are unfiled again."""

    verb, busy = "shelf.filing_revoke", "shelf.filing_revoking"

    def question(self, batch: Batch) -> str:
        """See RevokeBar."""
        return t("shelf.filing_ask", source=batch.source, count=f"{batch.taken:,}")

    def take_back(self, own: Office, register: Register, batch: Batch, why: str, today: date) -> Batch:
        """See RevokeBar."""
        committing.revoke(own, batch.id, why, today)
        return next(one for one in committing.filings(own) if one.id == batch.id)
