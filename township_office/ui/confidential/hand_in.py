# SPDX-License-Identifier: MulanPSL-2.0
"""What happens to open dialogs when the guarded register locks: half-typed words are sealed, and nothing stays."""

from __future__ import annotations

import logging
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QDialog, QWidget

from township_office.core.errors import OfficeError
from township_office.services.guarded_drafts import keep
from township_office.services.vault import Vault

log = logging.getLogger(__name__)

_OURS = "township_office.ui.confidential."
_WORKS_LOCKED = "township_office.ui.confidential.mishap_dialog"
_BOXES = ("township_office.ui.messages", "PySide6.")  # told or asked over one of ours


@runtime_checkable
class HalfTyped(Protocol):
    """A dialog whose words outlive the lock: services.guarded_drafts.take gives them back under draft_name."""

    draft_name: str

    def half_typed(self) -> dict[str, str]:
        """Return what was typed and not saved; {} when there is nothing."""


def close_dialogs(window: QWidget, vault: Vault, *, is_shown: bool) -> None:
    """Close every dialog of this register in window, with what stands over it.

    is_shown: the register's tab is in front, so that a box over the window is one of its own.
    """
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible() and _is_ours(dialog, is_shown=is_shown):
            _keep_words(dialog, vault)
            dialog.done(QDialog.DialogCode.Rejected)
            dialog.deleteLater()


def _is_ours(dialog: QDialog, *, is_shown: bool) -> bool:
    room = type(dialog).__module__
    if room == _WORKS_LOCKED:
        return False
    if room.startswith(_OURS):
        return True
    above = dialog.parentWidget()
    over = above.window() if above else None
    stands_over_ours = isinstance(over, QDialog) and _is_ours(over, is_shown=is_shown)
    return stands_over_ours or (is_shown and room.startswith(_BOXES))


def _keep_words(dialog: QDialog, vault: Vault) -> None:
    """Locking never fails: what cannot be sealed is lost."""
    if not isinstance(dialog, HalfTyped):
        return
    try:
        if texts := dialog.half_typed():
            keep(vault, dialog.draft_name, texts)
    except OfficeError as error:
        log.warning("a half-typed form was not kept: %s", error.key)
