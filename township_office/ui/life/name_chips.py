# SPDX-License-Identifier: MulanPSL-2.0
"""The office's leaders as chips under a line for a name, in rank order; Alt+1 … Alt+9 are the first nine."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from township_office.ui.form.editors import Editor
from township_office.ui.widgets import chip

_PIECES = re.compile(r"\s*[、，,；;]\s*")
_ROOM = 30  # characters that fit beside each other
_JOINT = "、"


class NameChips(QWidget):
    """A chip puts its name into the editor, or takes it out again; several names are joined, one name is replaced."""

    def __init__(self, editor: Editor, names: Mapping[str, str], *, several: bool, has_keys: bool = True) -> None:
        """has_keys: Alt+1 … Alt+9 are of these chips; of two rows in one form only one can have them."""
        super().__init__()
        self._editor, self._several = editor, several
        self._chips: dict[str, QPushButton] = {}
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 4)
        lines.setSpacing(0)
        room = 0
        for place, (name, post) in enumerate(names.items(), start=1):
            button = chip(f"{post} {name}".strip())
            button.clicked.connect(partial(self.toggle, name))
            room -= len(button.text()) + 2
            if room < 0:
                line = QHBoxLayout()
                line.setSpacing(2)
                line.addStretch()
                lines.addLayout(line)
                room = _ROOM - len(button.text()) - 2
            line.insertWidget(line.count() - 1, button)
            self._chips[name] = button
            if place <= 9 and has_keys:
                key = QKeySequence(f"Alt+{place}")
                button.setToolTip(key.toString(QKeySequence.SequenceFormat.NativeText))
                QShortcut(key, self, partial(self.toggle, name))
        self.setVisible(bool(names))
        editor.edited.connect(self._show)
        self._show()

    def toggle(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signature
        """Put name in, or take it out."""
        present = names_in(self._editor.text(), self._chips) if self._several else []
        if name in present:
            present.remove(name)
        elif self._several or self._editor.text().strip() != name:
            present.append(name)
        self._editor.set_text(_JOINT.join(present))
        self._show()

    def _show(self) -> None:
        present = names_in(self._editor.text(), self._chips)
        for name, button in self._chips.items():
            button.setChecked(name in present)


def names_in(text: str, known: Container[str] = ()) -> list[str]:
    """Return the names in a line, in order, each once; a blank parts those that are known, elsewhere it is a name's."""
    names: list[str] = []
    for piece in _PIECES.split(text.strip()):
        parts = piece.split()
        names += parts if all(part in known for part in parts) else [piece]
    return list(dict.fromkeys(names))
