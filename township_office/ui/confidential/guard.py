# SPDX-License-Identifier: MulanPSL-2.0
"""Whether the guarded register is open, for everybody on screen who wants to know."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal


class Guard(QObject):
    """Holds the one open vault; closing says so first, so that nothing readable is left on screen when it is gone."""

    opened = Signal()
    closing = Signal()  # hide and forget what was read; a half-typed form can still be kept in the vault
    closed = Signal()
    changed = Signal()  # something was written in the register

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vault: Any = None
        self._is_shown = False

    @property
    def vault(self) -> Any:
        """The open services.guarded.vault.Vault, None while the register is locked.

        Any, because the window makes a guard at its start and that module is loaded with the first use of the tab.
        """
        return self._vault

    @property
    def shown_vault(self) -> Any:
        """The open vault once its custodian has read the day's notice; before that other pages show none of it."""
        return self._vault if self._is_shown else None

    def open(self, vault: Any) -> None:
        """A custodian unlocked the register."""
        self.close()
        self._is_shown = False
        self._vault = vault
        self.opened.emit()

    def show(self, *, is_shown: bool = True) -> None:
        """The day's notice was read, or another day has begun: other pages may show the register, or no longer."""
        if is_shown != self._is_shown and self._vault is not None:
            self._is_shown = is_shown
            self.changed.emit()

    def close(self) -> None:
        """Lock: at the clerk's wish, after some idle minutes, when somebody else sits down, when the window closes."""
        if self._vault is None:
            return
        from township_office.services.guarded.vault import lock

        self.closing.emit()
        lock(self._vault)
        self._vault = None
        self.closed.emit()
