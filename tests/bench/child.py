# SPDX-License-Identifier: MulanPSL-2.0
"""One process of a measurement: an empty window, or ours on an office; prints its figures as JSON and ends at once."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from pathlib import Path

STARTED = time.perf_counter()


def resident_mb() -> float:
    """Return the memory this process holds now, in MB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def finish(**figures: object) -> None:
    """Say the figures and leave without tearing down: only the way to the usable window counts."""
    print(json.dumps(figures), flush=True)
    os._exit(0)


def empty(*, is_weighed: bool = False) -> None:
    """The least a PySide6 program can do: one window, painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()

    def painted() -> None:
        window.repaint()
        finish(memory=resident_mb() if is_weighed else 0)

    QTimer.singleShot(0, painted)
    app.exec()


def start(path: Path) -> None:
    """Our program the way a clerk starts it, until the first page is painted and answers."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from township_office.ui import application

    def look() -> None:
        for widget in QApplication.topLevelWidgets():
            if widget.inherits("QMainWindow") and widget.isVisible():
                widget.repaint()
                finish()
        QTimer.singleShot(0, look)

    QTimer.singleShot(0, look)
    application.run(path)


def scroll(path: Path) -> None:
    """Every year of the register on screen: jump about, and measure each frame and the memory held afterwards."""
    from datetime import date

    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from township_office.services.office import open_office
    from township_office.ui import theme
    from township_office.ui.window import MainWindow

    app = QApplication(["township-office", *theme.ARGUMENTS])
    theme.apply(app)
    office = open_office(path, "王春燕")
    window = MainWindow(office, lambda: date(2026, 11, 20))
    window.resize(1366, 768)
    window.show()
    began = time.perf_counter()
    window.tabs.setCurrentIndex(1)
    window.repaint()
    first_look = time.perf_counter() - began
    books = window.tab(1).list
    books.show_year(None)
    wait = QEventLoop()
    books.prepare()
    QTimer.singleShot(6000, wait.quit)  # the index is read in the background meanwhile
    wait.exec()
    for text in ("防", "防汛", "石桥村防", "zzb", "青应急[2026]83号", ""):
        books.seek(text)
        books.table.viewport().repaint()
    table, count = books.table, books.table.model().rowCount()
    bar = table.verticalScrollBar()
    frames = []
    for step in range(300):
        began = time.perf_counter()
        bar.setValue(step * 7919 % bar.maximum() if step % 3 else bar.value() + 3)
        table.viewport().repaint()
        frames.append(time.perf_counter() - began)
    finish(rows=count, frames=frames, first_look=first_look, memory=resident_mb())


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["empty"]:
            empty()
        case ["weigh"]:
            empty(is_weighed=True)
        case ["start", path]:
            start(Path(path))
        case ["scroll", path]:
            scroll(Path(path))
