# SPDX-License-Identifier: MulanPSL-2.0
"""Start the program on a screen: the log, the look, the office last used, and a calm word when something is wrong."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEventLoop, QSize, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.services import settings
from township_office.services.logbook import keep_log
from township_office.services.office import Office, close_office, open_office
from township_office.ui import memory, theme
from township_office.ui.messages import Box, words_for
from township_office.ui.window import MainWindow

_PICTURE = QSize(1366, 768)
_PAUSE_MS = 600
_TRY = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"


def run(path: Path | None = None) -> int:
    """Open the window on path, or on the office last used, or ask; return the exit code when it is closed."""
    keep_log()
    app = dressed_application()
    program = Program()
    app.aboutToQuit.connect(program.close)
    sys.excepthook = program.on_bug
    QTimer.singleShot(0, lambda: program.begin(path))
    return app.exec()


def has_screen() -> bool:
    """Return whether a window can be shown here. Qt ends its process on a display that is gone, so another tries."""
    if sys.platform in ("win32", "darwin"):
        return True
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    tried = subprocess.run([sys.executable, "-c", _TRY], capture_output=True, check=False)
    return tried.returncode == 0


def save_pictures(path: Path) -> int:
    """Save a picture of each tab of the office at path beside it; return the exit code. Needs no screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    keep_log()
    # Offscreen, Qt says at every window what it cannot do.
    qInstallMessageHandler(lambda _kind, _where, words: logging.getLogger(__name__).info("%s", words))
    folder = path.parent / t("tour.pictures_folder")
    folder.mkdir(exist_ok=True)
    dressed_application()
    with open_office(path, "") as office:
        office.clerk = settings.clerks(office)[0]
        window = MainWindow(office, date.today)
        window.resize(_PICTURE)
        window.show()
        for place in range(window.tabs.count()):
            window.tabs.setCurrentIndex(place)
            pause = QEventLoop()  # the counts and the chosen row come from the background
            QTimer.singleShot(_PAUSE_MS, pause.quit)
            pause.exec()
            window.grab().save(str(folder / f"{place + 1} {window.tabs.tabText(place)}.png"))
        window.close()
    sys.stdout.write(t("tour.pictures", path=folder) + "\n")
    return 0


def dressed_application() -> QApplication:
    """Return the one application in its look, making it when there is none."""
    app = QApplication.instance() or QApplication([*sys.argv[:1], *theme.ARGUMENTS])
    assert isinstance(app, QApplication)
    app.setApplicationName(t("ui.program"))
    theme.apply(app)
    return app


class Program:
    """The one window and the office behind it."""

    def __init__(self) -> None:
        self.office: Office | None = None
        self.window: MainWindow | None = None
        self._complaint: Box | None = None  # the sentence about a bug that is on screen

    def begin(self, path: Path | None) -> None:
        """Go straight to the office last used by the clerk last seen; ask when either is not known, and say why."""
        path = path.absolute() if path else next(iter(memory.recent_offices()), None)
        office = seat(path) if path else None
        if office is not None:
            self.show(office)
            return
        # Loaded only now: on most days the window comes up without it, 25 ms sooner.
        from township_office.ui.dialogs.start_dialog import StartDialog

        self.start = StartDialog(date.today)
        self.start.opened.connect(self.show)
        self.start.open()
        if path is not None:
            self.start.open_file(path)

    def show(self, office: Office) -> None:
        """Show the window on an open office, which is this program's from now on."""
        memory.remember_office(office.path)
        self.office = office
        self.window = MainWindow(office, date.today)
        self.window.show()
        QTimer.singleShot(0, lambda: QApplication.setWindowIcon(theme.icon("empty_book", "accent")))

    def close(self) -> None:
        """Give the office back; the last thing the program does."""
        if self.office is not None:
            close_office(self.office)
            self.office = None

    def on_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log what nobody caught and say so in one calm sentence; the window and everything typed stay."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        words = words_for(error.with_traceback(trace))
        if self._complaint is None:  # a fault in what is painted again and again is told once
            self._complaint = Box(QApplication.activeModalWidget() or self.window, "warning", "amber", words)
            self._complaint.finished.connect(self._on_read)
            self._complaint.open()

    def _on_read(self) -> None:
        self._complaint = None


def seat(path: Path) -> Office | None:
    """Open path for the clerk last seen there or its only clerk.

    None when somebody must choose, or has to be told first: the file will not open, or not for writing.
    """
    try:
        office = open_office(path, memory.last_clerk(path))
    except OfficeError:
        return None
    try:
        names = settings.clerks(office)
        if office.clerk not in names and len(names) == 1:
            office.clerk = names[0]
        if office.clerk in names and not office.is_readonly:
            return office
    except OfficeError:
        pass  # the first screen opens it again, and says why it cannot be read
    close_office(office)
    return None
