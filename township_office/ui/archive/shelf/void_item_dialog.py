# SPDX-License-Identifier: MulanPSL-2.0
"""作废 of an archive item: its 档号 is never given again, its documents wait for another filing."""

from __future__ import annotations

from township_office.core.text import t
from township_office.ui.dialogs.void_dialog import VoidDialog


class VoidItemDialog(VoidDialog):
    """The dialog of any register, with the words of the archive."""

    reasons = "void.item_reasons"

    def effect(self) -> str:
        """See VoidDialog."""
        return t("lent.void_effect" if self._row["number"] else "lent.void_effect_unnumbered")

    def usual(self) -> list[str]:
        """See VoidDialog."""
        return [t(f"lent.void_usual_{place}") for place in (1, 2, 3)]
