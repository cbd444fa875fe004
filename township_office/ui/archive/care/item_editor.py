# SPDX-License-Identifier: MulanPSL-2.0
"""A line for 档号: typed in any form, or found by a few characters of the title; several are parted by 、."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from township_office.core.errors import OfficeError
from township_office.core.fields import Field
from township_office.core.text import t
from township_office.registers.archive.care import codes_in
from township_office.services.archive import care
from township_office.services.archive.care import ItemFinder
from township_office.services.office import Office
from township_office.ui.form.suggest_editor import SuggestEditor

_APART = "　"  # between a 档号 and its title in a proposal
_JOINT = "、"


class ItemEditor(SuggestEditor):
    """Proposes items of the archive; whatever is proposed is meant, for three characters are no 档号."""

    named = Signal()  # 档号 were taken from the list, or typed and left

    def __init__(self, field: Field, office: Office, finder: ItemFinder, today: Callable[[], date]) -> None:
        super().__init__(field, self._propose, is_list=False)
        self._office, self._finder, self._today = office, finder, today
        self.left.connect(self.named)

    def codes(self) -> list[str]:
        """Return the 档号 in the line, as they stand there."""
        return codes_in(self.text())

    def settle(self) -> None:
        """z109-ws.2011-y-bgs-1 becomes Z109-WS·2011-Y-BGS-0001; what no catalogue knows stays as it is."""
        try:
            known = ((code, care.item_of(self._office, code)) for code in self.codes())
            text = _JOINT.join(dict.fromkeys(str(item["number"]) if item else code for code, item in known))
        except OfficeError:
            return  # saving will say what is wrong with the file
        if text != self.text():
            self.set_text(text)

    def note(self) -> str:
        """How to find one, while the line is empty."""
        return "" if self.text().strip() else t("care.code_hint")

    def _propose(self, typed: str) -> list[str]:
        return [f"{found.code}{_APART}{found.title}" for found in self._finder.proposals(typed, self._today())]

    def _show(self, proposals: list[str], *, first_is_meant: bool) -> None:
        super()._show(proposals, first_is_meant=bool(proposals))

    def _take(self, name: str) -> None:
        super()._take(name.partition(_APART)[0])
        self.named.emit()
