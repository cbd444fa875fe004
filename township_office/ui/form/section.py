# SPDX-License-Identifier: MulanPSL-2.0
"""Fields of a form that matter for some papers only: in sight where they do, out of the way where they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from township_office.core.fields import Field
from township_office.registers.stages import Stage
from township_office.ui.form.record_form import FieldBlock, lay_out
from township_office.ui.widgets import label


class Section(QWidget):
    """The fields of one stage under its heading."""

    def __init__(self, stage: Stage, fields: Sequence[Field], blocks: dict[str, FieldBlock]) -> None:
        super().__init__()
        self._stage = stage
        self.names = frozenset(field.name for field in fields)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(label(stage.title, "section"))
        box.addLayout(lay_out(blocks, fields))

    def follow(self, texts: Mapping[str, str]) -> None:
        """Come into sight when the form says it is such a paper, or holds anything here; stay while it is typed in."""
        is_meant = any(texts.get(name, "").strip() == word for name, word in self._stage.when)
        is_filled = any(texts.get(name, "").strip() for name in self.names)
        self.setHidden(not (is_meant or is_filled or self._has_keyboard()))

    def _has_keyboard(self) -> bool:
        focused = self.window().focusWidget()
        return not self.isHidden() and focused is not None and self.isAncestorOf(focused)
