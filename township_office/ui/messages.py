# SPDX-License-Identifier: MulanPSL-2.0
"""The only file that opens a message box or a file dialog. Tests hand in a recorder instead.

Everything is opened, nothing is executed: what follows an answer is given as `then`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QDir, QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.ui import memory, theme
from township_office.ui.widgets import label, open_once, plain_button, primary_button

log = logging.getLogger(__name__)

_FOLDER = "folder.{title}"

# Qt's own translation leaves some of these in English.
_LABELS = {
    QFileDialog.DialogLabel.LookIn: "look_in",
    QFileDialog.DialogLabel.FileName: "name",
    QFileDialog.DialogLabel.FileType: "type",
    QFileDialog.DialogLabel.Accept: "accept",
    QFileDialog.DialogLabel.Reject: "reject",
}


class Asker(Protocol):
    """Whatever can tell the clerk something and ask the clerk something."""

    def report(self, error: BaseException) -> None:
        """Say what went wrong: an OfficeError in its own words, anything else is logged and admitted."""

    def tell(self, text: str) -> None:
        """Say something that needs no answer."""

    def confirm(self, text: str, yes: str, then: Callable[[], None]) -> None:
        """Ask before doing; yes is the word on the button that does it."""

    def open_file(self, title: str, filters: str, then: Callable[[Path], None]) -> None:
        """Ask for a file that is there; filters as Qt writes them: "Excel (*.xlsx *.xls);;…"."""

    def save_file(self, title: str, suggested: str, filters: str, then: Callable[[Path], None]) -> None:
        """Ask where to write a file; the system asks before one is overwritten."""

    def folder(self, title: str, then: Callable[[Path], None]) -> None:
        """Ask for a folder."""


def words_for(error: BaseException) -> str:
    """Return what the clerk reads about an error; a bug is logged with its trace."""
    if isinstance(error, OfficeError):
        return str(error)
    log.error("unexpected", exc_info=error)
    return t("ui.unexpected")


class BoxAsker:
    """Ask with boxes over a window. File dialogs open where the last one for the same purpose was left, on any day."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def report(self, error: BaseException) -> None:
        """See Asker."""
        Box(self._parent, "warning", "amber", words_for(error)).open()

    def tell(self, text: str) -> None:
        """See Asker."""
        Box(self._parent, "done", "green", text).open()

    def confirm(self, text: str, yes: str, then: Callable[[], None]) -> None:
        """See Asker."""
        box = Box(self._parent, "question", "accent", text, yes)
        box.accepted.connect(then)
        box.open()

    def open_file(self, title: str, filters: str, then: Callable[[Path], None]) -> None:
        """See Asker."""
        self._pick(QFileDialog(self._parent, title, _start(title), filters), QFileDialog.FileMode.ExistingFile, then)

    def save_file(self, title: str, suggested: str, filters: str, then: Callable[[Path], None]) -> None:
        """See Asker."""
        dialog = QFileDialog(self._parent, title, _start(title), filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(suggested)
        dialog.setDefaultSuffix(Path(suggested).suffix.lstrip("."))
        self._pick(dialog, QFileDialog.FileMode.AnyFile, then)

    def folder(self, title: str, then: Callable[[Path], None]) -> None:
        """See Asker."""
        dialog = QFileDialog(self._parent, title, _start(title))
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._pick(dialog, QFileDialog.FileMode.Directory, then)

    def _pick(self, dialog: QFileDialog, mode: QFileDialog.FileMode, then: Callable[[Path], None]) -> None:
        dialog.setFileMode(mode)
        for part, words in _LABELS.items():
            dialog.setLabelText(part, t(f"ui.file_{words}"))

        def on_chosen(chosen: str) -> None:
            folder = Path(chosen) if mode is QFileDialog.FileMode.Directory else Path(chosen).parent
            memory.remember(_FOLDER.format(title=dialog.windowTitle()), str(folder))
            then(Path(chosen))

        dialog.fileSelected.connect(on_chosen)
        open_once(dialog)


def _start(title: str) -> str:
    """Return the folder in which a file dialog of this title begins; a missing one would show as a file's name."""
    kept = memory.recall(_FOLDER.format(title=title))
    if isinstance(kept, str) and Path(kept).is_dir():
        return kept
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return documents if Path(documents).is_dir() else QDir.homePath()


class Box(QDialog):
    """A sentence, a picture that says its kind, and one button, or the one that does it and 取消 (which Esc means)."""

    def __init__(self, parent: QWidget | None, picture: str, tone: str, text: str, yes: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(t("ui.program"))
        image = QLabel()
        image.setPixmap(theme.picture(picture, tone, 28))
        self.words = label(text, "", wraps=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setMinimumWidth(380)
        said = QHBoxLayout()
        said.setSpacing(16)
        said.addWidget(image, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.words, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        if yes:
            no = plain_button(t("ui.cancel"))
            no.clicked.connect(self.reject)
            foot.addWidget(no)
        first = primary_button(yes or t("ui.understood"))
        first.setDefault(True)
        first.clicked.connect(self.accept)
        foot.addWidget(first)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 22, 24, 18)
        whole.setSpacing(20)
        whole.addLayout(said)
        whole.addLayout(foot)
        first.setFocus()
        self.finished.connect(self.deleteLater)
