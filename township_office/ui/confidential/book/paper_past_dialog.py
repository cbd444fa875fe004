# SPDX-License-Identifier: MulanPSL-2.0
"""历史 of a classified paper: its entry, each correction, each step of each copy, each step taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from township_office.registers.confidential import show_serials
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.custody_past import paper_story
from township_office.services.guarded.vault import Vault
from township_office.ui.dialogs.history_dialog import ChangesDialog


class PaperPastDialog(ChangesDialog):
    """Only for reading, out of the sealed log."""

    def __init__(self, vault: Vault, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(paper.number, show_serials(paper.copies), lambda: paper_story(vault, paper.id), parent)
