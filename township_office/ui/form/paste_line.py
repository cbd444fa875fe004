# SPDX-License-Identifier: MulanPSL-2.0
"""One line into which a whole "标题（文号）" is pasted; it falls apart into the two fields."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from township_office.core.docnumber import find_doc_number
from township_office.core.text import t

_LONGEST = 2000  # characters; more is not one line of a heading
_AROUND = " 　，,。.;；:："


class PasteLine(QLineEdit):
    """Splits on paste and on Enter."""

    split = Signal(str, str)  # title, 文号 ("" when there is none in the line)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pasteLine")
        self.setPlaceholderText(t("form.paste_hint"))
        self.setMaxLength(_LONGEST)

    def take_clipboard(self) -> None:
        """Split what lies in the clipboard."""
        self._take(QGuiApplication.clipboard().text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A paste into the empty line is split at once, a typed line with Enter."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self.text():
            self.take_clipboard()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.text())
        else:
            super().keyPressEvent(event)

    def _take(self, text: str) -> None:
        if len(text) > _LONGEST:
            self.refused.emit(t("form.too_much", limit=_LONGEST))
        elif text.strip():
            self.clear()
            self.split.emit(*split_line(text))


def split_line(text: str) -> tuple[str, str]:
    """Return (title, 文号) of a pasted line; the 文号 is "" unless it stands before or after the title.

    A number in the middle belongs to another paper that the title speaks of: 转发×政发〔2026〕3号文件的通知.
    """
    line = " ".join(text.split())
    found = find_doc_number(line)
    if found is None:
        return _bare(line), ""
    start, end, number = found
    before, after = line[:start].strip(_AROUND), line[end:].strip(_AROUND)
    if before and after:
        return _bare(line), ""
    return _bare(before or after), number.text


def _bare(title: str) -> str:
    """Return title without 《》 that stand around the whole of it."""
    title = title.strip(_AROUND)
    inside = title[1:-1]
    if title[:1] == "《" and title[-1:] == "》" and "《" not in inside and "》" not in inside:
        return inside.strip()
    return title
