# SPDX-License-Identifier: MulanPSL-2.0
"""作废 of an appraisal or a transfer that was begun by mistake: what it was about is free again."""

from __future__ import annotations

from township_office.core.text import t
from township_office.services.archive import appraisal, transfer
from township_office.ui.dialogs.void_dialog import VoidDialog


class DropDialog(VoidDialog):
    """Of an appraisal: its items wait for another one."""

    def write(self, row_id: int, reason: str) -> None:
        """See VoidDialog."""
        appraisal.drop(self._office, row_id, reason, self._today())

    def effect(self) -> str:
        """See VoidDialog."""
        return t("disposal.drop_effect") + super().effect()


class TakeBackDialog(VoidDialog):
    """Of a transfer: its items stand in the store again."""

    def write(self, row_id: int, reason: str) -> None:
        """See VoidDialog."""
        transfer.take_back(self._office, row_id, reason, self._today())

    def effect(self) -> str:
        """See VoidDialog."""
        return t("handing.take_back_effect") + super().effect()
