# SPDX-License-Identifier: MulanPSL-2.0
"""Step one of an import: which file. Dropped, picked from the folder used last, or looked for."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.ui import memory, theme
from township_office.ui.messages import Asker
from township_office.ui.widgets import Banner, LineButton, label, primary_button, tint
from township_office.ui.words import moment

KINDS = (".xlsx", ".xls", ".et", ".ods", ".csv", ".xlsm", ".txt")
FOLDERS = "import.folders"
_FOLDERS_KEPT = 5
_MOST_SHOWN = 8
_MOST_LOOKED_AT = 3000  # entries of a folder: a Downloads folder may hold very many


class ChoosePage(QWidget):
    """A place to drop a file on, and the tables of the folder used last."""

    chosen = Signal(Path)

    def __init__(self, asker: Asker, today: date, here: str = "") -> None:
        """Here says what is to be dropped, where it is no ledger."""
        super().__init__()
        self._asker = asker
        self._today = today
        self.problem = Banner("", "red")
        self.problem.hide()
        self.pick = primary_button(t("import.pick_file"), "Ctrl+O")
        self.pick.clicked.connect(self.on_pick)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        drop = DropArea(self.pick, here or t("import.drop_here"))
        drop.dropped.connect(self._take)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.problem)
        box.addWidget(drop, 2)
        box.addWidget(self._recent_card(), 5)
        self.reload()

    def on_pick(self) -> None:
        """Ask for a file."""
        filters = t("import.kinds", patterns=" ".join(f"*{kind}" for kind in KINDS)) + ";;" + t("import.all_files")
        self._asker.open_file(t("import.pick_title"), filters, self._take)

    def refuse(self, words: str) -> None:
        """Say beside the choice why the last file cannot be taken; another can be chosen at once."""
        self.problem.say(words)
        self.problem.show()
        self.pick.setFocus()

    def reload(self) -> None:
        """List the tables of the folders used last, the newest first."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        files = recent_files()
        for path, changed in files:
            line = LineButton(path.name, t("import.recent_line", folder=path.parent.name, when=self._when(changed)))
            line.setToolTip(str(path))
            line.clicked.connect(lambda _=False, path=path: self._take(path))
            self._recent.addWidget(line)
        if not files:
            nothing = label(t("import.no_recent"), "muted", wraps=True)
            nothing.setContentsMargins(8, 0, 8, 0)
            self._recent.addWidget(nothing)
        self._recent.addStretch()

    def _when(self, changed: float) -> str:
        return moment(datetime.fromtimestamp(changed).isoformat(timespec="seconds"), self._today)

    def _take(self, path: Path) -> None:
        self.problem.hide()
        memory.remember_first(FOLDERS, str(path.parent), _FOLDERS_KEPT)
        self.chosen.emit(path)

    def _recent_card(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 12, 12, 8)
        inside.setSpacing(6)
        head = label(t("import.recent"), "section")
        head.setContentsMargins(8, 0, 0, 0)
        inside.addWidget(head)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lines = QWidget()
        lines.setObjectName("clear")
        lines.setLayout(self._recent)
        self._recent.setContentsMargins(0, 0, 0, 0)
        scroll.setWidget(lines)
        inside.addWidget(scroll)
        return card


class DropArea(QFrame):
    """The place a file is dropped on; it lights up while a file hangs over it."""

    dropped = Signal(Path)

    def __init__(self, button: QWidget, here: str) -> None:
        super().__init__()
        self.setObjectName("dropArea")
        self.setAcceptDrops(True)
        self.setMinimumHeight(120)
        image = QLabel()
        image.setPixmap(theme.picture("sheet_import", "accent", 40))
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addStretch()
        words.addWidget(label(here, "title"))
        words.addWidget(label(t("import.drop_hint"), "muted", wraps=True))
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(20)
        row.addWidget(image)
        row.addLayout(words, 1)
        row.addWidget(button)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            self._light(is_over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(is_over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(is_over=False)
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(Path(files[0]))

    def _light(self, *, is_over: bool) -> None:
        tint(self, is_over, of="over")


def recent_files() -> list[tuple[Path, float]]:
    """Return the tables in the folders used last (at first: desktop, downloads, documents), newest first, and when."""
    where = QStandardPaths.StandardLocation
    usual = (where.DesktopLocation, where.DownloadLocation, where.DocumentsLocation)
    kept = memory.recall_texts(FOLDERS)
    folders = [Path(folder) for folder in (kept or [QStandardPaths.writableLocation(place) for place in usual])]
    found = {path: changed for folder in folders for path, changed in _tables_in(folder)}
    return sorted(found.items(), key=lambda pair: -pair[1])[:_MOST_SHOWN]


def _tables_in(folder: Path) -> list[tuple[Path, float]]:
    found = []
    try:
        for number, path in enumerate(folder.iterdir()):
            if number >= _MOST_LOOKED_AT:
                break
            # "~$" begins the lock file Excel leaves beside an open workbook.
            if path.suffix.lower() in KINDS[:-1] and not path.name.startswith(("~$", ".")) and path.is_file():
                found.append((path, path.stat().st_mtime))
    except OSError:
        return found
    return found
