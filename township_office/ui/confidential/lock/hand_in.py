# SPDX-License-Identifier: MulanPSL-2.0
"""What happens to open dialogs when the guarded register locks: half-typed words are sealed, and nothing stays."""

from __future__ import annotations

import logging
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from township_office.core.errors import OfficeError
from township_office.services.guarded.drafts import keep
from township_office.services.guarded.vault import Vault

log = logging.getLogger(__name__)

_OURS = "township_office.ui.confidential."
_WORKS_LOCKED = "township_office.ui.confidential.lock.mishap_dialog"
_BOXES = ("township_office.ui.messages", "PySide6.")  # told or asked over one of ours


@runtime_checkable
class HalfTyped(Protocol):
    """A dialog whose words outlive the lock: services.guarded.drafts.take gives them back under draft_name."""

    draft_name: str

    def half_typed(self) -> dict[str, str]:
        """Return what was typed and not saved; {} when there is nothing."""


def close_dialogs(window: QWidget, vault: Vault, *, is_shown: bool) -> None:
    """Close every dialog of this register in window, and what stands over it: boxes, menus, tooltips.

    is_shown: the register's tab is in front, so that a box over the window is one of its own.
    """
    open_now = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    ours = [dialog for dialog in open_now if _is_ours(dialog)]
    boxes = [dialog for dialog in open_now if type(dialog).__module__.startswith(_BOXES)] if ours or is_shown else []
    for dialog in dict.fromkeys([*ours, *boxes]):
        _keep_words(dialog, vault)
        dialog.done(QDialog.DialogCode.Rejected)
        dialog.deleteLater()
    if ours or is_shown:
        QToolTip.hideText()
        if popup := QApplication.activePopupWidget():
            popup.close()


def _is_ours(dialog: QDialog) -> bool:
    """A dialog of this register, or any that stands over one."""
    room = type(dialog).__module__
    if room == _WORKS_LOCKED:
        return False
    above = dialog.parentWidget()
    over = above.window() if above else None
    return room.startswith(_OURS) or (isinstance(over, QDialog) and _is_ours(over))


def _keep_words(dialog: QDialog, vault: Vault) -> None:
    """Locking never fails: what cannot be sealed is lost."""
    if not isinstance(dialog, HalfTyped):
        return
    try:
        if texts := dialog.half_typed():
            keep(vault, dialog.draft_name, texts)
    except OfficeError as error:
        log.warning("a half-typed form was not kept: %s", error.key)
