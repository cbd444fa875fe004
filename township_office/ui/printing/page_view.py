# SPDX-License-Identifier: MulanPSL-2.0
"""Pages of paper on the screen, one below the other. Only the pages in sight are drawn, in a thread."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import accumulate

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from township_office.core.text import t
from township_office.ui import theme
from township_office.ui.jobs import run_quietly

MARGIN = 20
GAP = 16
ZOOM_STEP = 1.2
SMALLEST, LARGEST = 0.3, 4.0
_KEEP_BYTES = 96 * 1024 * 1024

Size = tuple[float, float]  # of a page, in points of 1/72 inch
Draw = Callable[[int, float], QImage]  # page from 0, pixels per point → its picture; called in a thread


class PageView(QAbstractScrollArea):
    """Shows pages fitted to the width or zoomed: Ctrl+wheel, Ctrl + and −, Ctrl+0; PgUp and PgDn turn pages."""

    moved = Signal(int, int)  # the page in view from 1, pages in all
    zoomed = Signal(float)  # pixels per point: 1.0 is 72 dots an inch
    failed = Signal(object)  # the error of a page that could not be drawn

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageView")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # Always there: a bar that comes and goes would change the width that is fitted to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._sizes: tuple[Size, ...] = ()
        self._draw: Draw | None = None
        self._zoom: float | None = None  # None: fitted to the width
        self._tops: list[int] = [0]
        self._pictures: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._is_drawing = False
        self._round = 0
        self._page = 0

    def show_pages(self, sizes: Sequence[Size], draw: Draw) -> None:
        """Show another set of pages, staying at the same page number where there is one."""
        page = min(self._page, max(len(sizes) - 1, 0))
        self._sizes, self._draw = tuple(sizes), draw
        self._pictures.clear()
        self._round += 1
        self._is_drawing = False
        self._lay_out(page, 0.0)
        self.zoomed.emit(self.scale())

    def forget(self) -> None:
        """Show nothing any more, and keep no picture of what was shown."""
        self._sizes, self._draw = (), None
        self._pictures.clear()
        self._round += 1
        self._lay_out(0, 0.0)

    def page_count(self) -> int:
        """Return how many pages there are."""
        return len(self._sizes)

    def page(self) -> int:
        """Return the page in view, from 0."""
        return self._page

    def scale(self) -> float:
        """Return the logical pixels per point in use."""
        if self._zoom is not None or not self._sizes:
            return self._zoom or 1.0
        widest = max(width for width, _ in self._sizes)
        return max((self.viewport().width() - 2 * MARGIN) / widest, 0.1)

    def is_drawn(self, page: int) -> bool:
        """Return whether the picture of page, as large as it is wanted now, is there."""
        return page in self._pictures and self._pictures[page][0] == self._pixel_scale()

    def picture(self, page: int) -> QImage:
        """Return the picture of a page that is_drawn."""
        return self._pictures[page][1]

    def go_to(self, page: int) -> None:
        """Bring page (from 0) to the top of the view."""
        if self._sizes:
            page = min(max(page, 0), len(self._sizes) - 1)
            self.verticalScrollBar().setValue(self._tops[page] - GAP)

    def zoom_in(self) -> None:
        """One step larger."""
        self._zoom_to(self.scale() * ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step smaller."""
        self._zoom_to(self.scale() / ZOOM_STEP)

    def fit_width(self) -> None:
        """As wide as the view again."""
        self._zoom_to(None)

    def fit_page(self) -> None:
        """As large as a whole page can be seen."""
        tallest = max((height for _, height in self._sizes), default=1.0)
        self._zoom_to((self.viewport().height() - 2 * MARGIN) / tallest)

    def _zoom_to(self, zoom: float | None) -> None:
        self._zoom = None if zoom is None else min(max(zoom, SMALLEST), LARGEST)
        top, height = self._tops[self._page], max(self._height(self._page), 1)
        self._lay_out(self._page, (self.verticalScrollBar().value() - top) / height)
        self.zoomed.emit(self.scale())

    def _height(self, page: int) -> int:
        return round(self._sizes[page][1] * self.scale()) if self._sizes else 0

    def _lay_out(self, page: int, into: float) -> None:
        """Work out where each page lies and stay at the part of page we are at."""
        heights = [self._height(number) + GAP for number in range(len(self._sizes))]
        self._tops = list(accumulate(heights, initial=MARGIN))
        view = self.viewport().size()
        widest = max((width for width, _ in self._sizes), default=0.0) * self.scale()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(self._tops[-1] - GAP + MARGIN - view.height(), 0))
        bar.setPageStep(view.height())
        bar.setSingleStep(40)
        side = self.horizontalScrollBar()
        side.setRange(0, max(round(widest) + 2 * MARGIN - view.width(), 0))
        side.setPageStep(view.width())
        at = self._tops[page] + into * self._height(page) if into else self._tops[page] - MARGIN
        bar.setValue(round(at))
        self._look_where()
        self.viewport().update()

    def _look_where(self) -> None:
        bar = self.verticalScrollBar()
        # The line looked at wanders from the top of the view to its bottom, so that each page has its turn.
        line = bar.value() + self.viewport().height() * bar.value() // max(bar.maximum(), 1)
        page = min(max(bisect_right(self._tops, line) - 1, 0), max(len(self._sizes) - 1, 0))
        self._page = page
        self.moved.emit(page + 1 if self._sizes else 0, len(self._sizes))
        self._draw_next()

    def _in_sight(self) -> range:
        top = self.verticalScrollBar().value()
        first = max(bisect_right(self._tops, top) - 1, 0)
        last = bisect_right(self._tops, top + self.viewport().height())
        return range(first, min(last, len(self._sizes)))

    def _wanted(self) -> list[int]:
        """The pages to have drawn: those in sight, then the next and the one before."""
        sight = self._in_sight()
        around = [sight.stop, sight.start - 1]
        return [*sight, *(page for page in around if 0 <= page < len(self._sizes))]

    def _pixel_scale(self) -> float:
        return round(self.scale() * self.viewport().devicePixelRatioF(), 4)

    def _draw_next(self) -> None:
        """Draw the first wanted page that is missing; one at a time, so that scrolling on overtakes what was left."""
        draw, scale, number = self._draw, self._pixel_scale(), self._round
        missing = next((page for page in self._wanted() if not self.is_drawn(page)), None)
        if draw is None or missing is None or self._is_drawing or not self.isVisible():
            return
        page = missing
        self._is_drawing = True

        def on_drawn(picture: QImage) -> None:
            if number == self._round:
                self._is_drawing = False
                self._keep(page, scale, picture)
                self._draw_next()

        def on_failed(error: BaseException) -> None:
            if number == self._round:
                self.failed.emit(error)

        run_quietly(self, lambda _: draw(page, scale), on_drawn, on_failed)

    def _keep(self, page: int, scale: float, picture: QImage) -> None:
        picture.setDevicePixelRatio(self.viewport().devicePixelRatioF())
        self._pictures[page] = (scale, picture)
        self._pictures.move_to_end(page)
        wanted = set(self._wanted())
        for old in list(self._pictures):
            if sum(kept.sizeInBytes() for _, kept in self._pictures.values()) <= _KEEP_BYTES:
                break
            if old not in wanted:
                del self._pictures[old]
        self.viewport().update()

    def _place(self, page: int) -> QRect:
        """Where page lies in the viewport."""
        width, height = (round(length * self.scale()) for length in self._sizes[page])
        free = self.viewport().width() - width
        left = free // 2 if free > 0 else MARGIN - self.horizontalScrollBar().value()
        return QRect(left, self._tops[page] - self.verticalScrollBar().value(), width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_sight():
            place = self._place(page)
            painter.setPen(QPen(theme.colour("edge"), 1))
            painter.fillRect(place.translated(0, 2), theme.colour("line"))
            painter.fillRect(place, theme.colour("paper"))
            if page in self._pictures:
                painter.drawImage(QRectF(place), self._pictures[page][1])
            else:
                painter.setPen(theme.colour("faint"))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, t("print.drawing_page", page=page + 1))
                painter.setPen(QPen(theme.colour("edge"), 1))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._zoom_to(self._zoom)

    def showEvent(self, event: object) -> None:
        self._draw_next()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._look_where()
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned: QPoint = event.angleDelta()
            self._zoom_to(self.scale() * ZOOM_STEP ** (turned.y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar = event.key(), self.verticalScrollBar()
        if key == Qt.Key.Key_PageDown:
            self.go_to(bisect_right(self._tops, max(bar.value() + GAP, MARGIN)))
        elif key == Qt.Key.Key_PageUp:
            self.go_to(bisect_left(self._tops, bar.value() + GAP) - 1)
        elif key == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._zoom_key(key):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _zoom_key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            return False
        return True
