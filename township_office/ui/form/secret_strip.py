# SPDX-License-Identifier: MulanPSL-2.0
"""What a form says when a state secret is typed into it: where such a paper belongs, and what to do now."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from township_office.core.fields import Register
from township_office.core.text import t
from township_office.services import tripwire
from township_office.services.office import Office
from township_office.ui.form import drafts
from township_office.ui.form.record_form import Strip
from township_office.ui.widgets import plain_button


class SecretStrip(Strip):
    """There while the form bears a secret; each fact is noted once, the text never."""

    confidential_wanted = Signal()
    mishap_wanted = Signal()
    moved = Signal()  # it came or went

    def __init__(self, office: Office, register: Register) -> None:
        super().__init__("red")
        self._office, self._register = office, register
        self._noted: set[str] = set()
        self.add(plain_button(t("secret.to_confidential")), self.confidential_wanted.emit)
        self.add(plain_button(t("secret.what_to_do")), self.mishap_wanted.emit)

    def follow(self, texts: Mapping[str, str]) -> None:
        """Show or go, as the texts of the form are now."""
        found = {name for name, text in texts.items() if drafts.is_secret({name: text})}
        for name in sorted(found - self._noted):
            tripwire.note(f"{self._register.name}.{name}", self._office.clerk)
        self._noted |= found
        if bool(found) == self.isHidden():
            self.say(t("secret.strip") if found else "")
            self.moved.emit()
