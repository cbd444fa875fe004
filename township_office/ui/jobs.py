# SPDX-License-Identifier: MulanPSL-2.0
"""Long work off the screen's thread, with a calm progress dialog and 取消.

A job gets plain data, a path, or opens its own connection (services.office.twin):
never the Office of the screen. What it returns or raises comes back on the screen's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from township_office.core.errors import Cancelled
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.ui.widgets import label, plain_button

T = TypeVar("T")

SHOW_AFTER_MS = 400
_BETWEEN_REPORTS_S = 0.05


class Job(QObject):
    """One piece of work on its way. run_job and run_quietly make it; keep it only to cancel it."""

    progressed = Signal(int, int)
    ended = Signal()
    _came_back = Signal(object, object)

    def __init__(self, owner: QWidget, work: Callable[[Progress], Any]) -> None:
        # The application is the parent: a job outlives the dialog that asked for it, never the program.
        super().__init__(QApplication.instance())
        self._owner = owner
        self._work = work
        self._is_stopping = False
        self._last_report = 0.0
        self._done: Callable[[Any], None] | None = None
        self._failed: Callable[[BaseException], None] | None = None
        self._came_back.connect(self._on_came_back, Qt.ConnectionType.QueuedConnection)

    def start(self, done: Callable[[Any], None], failed: Callable[[BaseException], None]) -> None:
        """Queue the work; exactly one of done and failed is called, or none when it was cancelled."""
        self._done, self._failed = done, failed
        QThreadPool.globalInstance().start(_Task(self._run))

    def cancel(self) -> None:
        """Ask the work to stop at its next report; nothing is called afterwards."""
        self._is_stopping = True

    def _report(self, done: int, total: int) -> None:
        if self._is_stopping:
            raise Cancelled
        now = monotonic()
        if now - self._last_report >= _BETWEEN_REPORTS_S or done == total:
            self._last_report = now
            self.progressed.emit(done, total)

    def _run(self) -> None:
        try:
            result = self._work(self._report)
        except Exception as error:  # noqa: BLE001 - carried to the screen's thread, judged there
            self._came_back.emit(None, error)
        else:
            self._came_back.emit(result, None)

    @Slot(object, object)
    def _on_came_back(self, result: object, error: BaseException | None) -> None:
        done, failed, owner_lives = self._done, self._failed, shiboken6.isValid(self._owner)
        self._done = self._failed = None
        self.ended.emit()
        self.deleteLater()
        if self._is_stopping or not owner_lives or isinstance(error, Cancelled):
            return
        if error is not None:
            if failed is not None:
                failed(error)
        elif done is not None:
            done(result)


def run_job(
    parent: QWidget,
    title: str,
    work: Callable[[Progress], T],
    done: Callable[[T], None],
    failed: Callable[[BaseException], None],
) -> Job:
    """Run work in a thread; a dialog with progress and 取消 appears over parent after 0.4 s.

    done gets the result, failed the error, both on the screen's thread; after 取消 neither is called.
    """
    job = Job(parent, work)
    dialog = JobDialog(parent, title, job)
    QTimer.singleShot(SHOW_AFTER_MS, dialog, dialog.show_unless_over)
    job.start(done, failed)
    return job


def run_quietly(
    owner: QWidget,
    work: Callable[[Progress], T],
    done: Callable[[T], None],
    failed: Callable[[BaseException], None],
) -> Job:
    """Run work in a thread without a dialog, for what the clerk did not ask for (loading, counting)."""
    job = Job(owner, work)
    job.start(done, failed)
    return job


def stop_all() -> None:
    """Cancel every job and wait for it: before the office is closed under its feet."""
    app = QApplication.instance()
    for job in app.findChildren(Job) if app else []:
        job.cancel()
    QThreadPool.globalInstance().waitForDone()


class JobDialog(QDialog):
    """What the clerk sees of a job: its name, how far it is, and 取消."""

    def __init__(self, parent: QWidget, title: str, job: Job) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setObjectName("jobDialog")
        self._job = job
        self._is_over = False
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._words = label(t("ui.job_working"), "muted")
        self._stop = plain_button(t("ui.job_cancel"))
        self._stop.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._words, 1)
        foot.addWidget(self._stop)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 16)
        box.setSpacing(12)
        box.addWidget(label(title, "title"))
        box.addWidget(self._bar)
        box.addLayout(foot)
        self.setMinimumWidth(420)
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_ended)

    def show_unless_over(self) -> None:
        """Appear, if the work is still going on."""
        if not self._is_over:
            self.open()

    def reject(self) -> None:
        """取消, Esc and the window's cross all ask the work to stop; the dialog stays until it has."""
        self._job.cancel()
        self._stop.setEnabled(False)
        self._words.setText(t("ui.job_stopping"))

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_over:
            event.ignore()
            self.reject()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        if not self._stop.isEnabled():
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if total:
            self._words.setText(t("ui.job_progress", done=f"{done:,}", total=f"{total:,}"))

    @Slot()
    def _on_ended(self) -> None:
        self._is_over = True
        self.hide()
        self.deleteLater()


class _Task(QRunnable):
    """The smallest runnable: calls one function in the pool."""

    def __init__(self, function: Callable[[], None]) -> None:
        super().__init__()
        self._function = function

    def run(self) -> None:
        """Called by the pool."""
        self._function()
