# SPDX-License-Identifier: MulanPSL-2.0
"""Send the pages of a PDF to a printer, one after the other, while the window stays alive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any

from PySide6.QtCore import QMarginsF, QObject, QRect, QSizeF, Signal
from PySide6.QtGui import QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from township_office.core.errors import OfficeError
from township_office.services import printing
from township_office.ui.jobs import Job, run_quietly
from township_office.ui.printing.page_view import Size

DOTS_AN_INCH = 300

# The library that draws pages knows one thread at a time; the preview and a print may want one at the same moment.
drawing = Lock()


def choose_printer(
    parent: QWidget,
    name: str,
    paper: QPageLayout,
    pages: int,
    then: Callable[[Any], object],
    *,
    paper_only: bool = False,
) -> None:
    """Ask for a printer of such sheets; then gets the QPrinter as it was set up, when one was chosen.

    paper_only: what must not become a file is not offered to be printed into one.
    """
    # QtPrintSupport looks for printers as it loads: not before somebody prints.
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(max(DOTS_AN_INCH, printer.resolution()))
    printer.setDocName(name)
    printer.setPageLayout(paper)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, not paper_only)
    dialog.accepted.connect(lambda: then(printer))
    dialog.finished.connect(dialog.deleteLater)
    # QPrintDialog hides the plain open() behind one of its own that wants a slot.
    QDialog.open(dialog)


def paper_of(sheet: Size) -> QPageLayout:
    """Return the paper for a sheet, without margins; it has its name, as A4 has, where it has one."""
    upright = QSizeF(min(sheet), max(sheet))
    size = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    is_across = sheet[0] > sheet[1]
    way = QPageLayout.Orientation.Landscape if is_across else QPageLayout.Orientation.Portrait
    layout = QPageLayout(size, way, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def has_printer() -> bool:
    """Say whether this PC knows any printer at all."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def draw_page(source: Path | bytes, page: int, dots_an_inch: float) -> QImage:
    """Return a page (from 0) of a PDF, a file or in memory, as a picture; may be called in any thread."""
    with drawing:
        picture = printing.render_page(source, page + 1, dots_an_inch)
    image = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888)
    # A copy: the QImage above only looks into the bytes, which go with this function.
    return image.copy()


def draw_for_paper(source: Path | bytes, page: int) -> QImage:
    """Return a page as a printer wants it: fine, and without colours where there are none (a third of the spool)."""
    image = draw_page(source, page, DOTS_AN_INCH)
    return image.convertToFormat(QImage.Format.Format_Grayscale8) if image.allGray() else image


class PrintRun(QObject):
    """Draws page after page in a thread and puts each on the printer; ends with finished or failed."""

    progressed = Signal(int, int)
    finished = Signal()
    failed = Signal(object)

    def __init__(self, owner: QWidget, source: Path | bytes, pages: list[int]) -> None:
        """pages: which to print, from 0, in order (a page may come twice, for printers that make no copies)."""
        super().__init__(owner)
        self._owner, self._source, self._pages = owner, source, pages
        self._painter = QPainter()
        self._printer: QPagedPaintDevice | None = None  # lives as long as it is drawn on
        self._place = QRect()
        self._done = 0
        self._job: Job | None = None
        self._is_over = False

    def start(self, printer: QPagedPaintDevice, sheet: QRect) -> None:
        """Begin; sheet is the whole paper in the printer's dots."""
        self._place = sheet
        self._printer = printer
        if not self._pages or not self._painter.begin(printer):
            self._end(OfficeError("print.printer_refused"))
            return
        self._next()

    def cancel(self) -> None:
        """Stop after the page in work; what the printer has is on paper."""
        if not self._is_over:
            self._is_over = True
            if self._job is not None:
                self._job.cancel()
            self._painter.end()

    def _next(self) -> None:
        source, page = self._source, self._pages[self._done]
        self._job = run_quietly(self._owner, lambda _: draw_for_paper(source, page), self._on_drawn, self._end)

    def _on_drawn(self, picture: QImage) -> None:
        if self._is_over:
            return
        if self._done and self._printer is not None and not self._printer.newPage():
            self._end(OfficeError("print.printer_refused"))
            return
        self._painter.drawImage(self._place, picture)
        self._done += 1
        self.progressed.emit(self._done, len(self._pages))
        if self._done < len(self._pages):
            self._next()
        else:
            self._end(None)

    def _end(self, error: BaseException | None) -> None:
        if self._is_over:
            return
        self._is_over = True
        if self._painter.isActive() and not self._painter.end() and error is None:
            error = OfficeError("print.printer_refused")
        if error is None:
            self.finished.emit()
        else:
            self.failed.emit(error)
