# SPDX-License-Identifier: MulanPSL-2.0
"""A window for a piece of work of several steps: a head with the steps, a page for each, a foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.ui.importing.steps import StepBar
from township_office.ui.jobs import Job, run_job
from township_office.ui.widgets import ElidedLabel, label, plain_button, primary_button

T = TypeVar("T")

GO = "Ctrl+Enter"
_WANTED = QSize(1180, 720)
_SCREEN_EDGE = 56  # of the system's title bar and task bar


class StepWindow(QDialog):
    """One button carries the work forward, 上一步 back; while a job runs no step can be taken."""

    def __init__(self, title: str, step_names: Sequence[str], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.setWindowTitle(title)
        self.steps = StepBar(step_names)
        self.pages = QStackedWidget()
        self.file = ElidedLabel("", "muted")
        self.state = ElidedLabel("", "muted")
        self.save = plain_button(t("import.save_problems"))
        self.back = plain_button(t("import.back"))
        self.leave = plain_button(t("import.close"))
        self.go = primary_button(t("import.go_check"), GO)
        self._put_together(title)
        screen = self.screen().availableGeometry().size()
        self.resize(_WANTED.boundedTo(QSize(screen.width() - 16, screen.height() - _SCREEN_EDGE)))

    def reject(self) -> None:
        """Close; work under way is stopped, and nothing of it stays."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def say_state(self) -> None:
        """Let the foot follow what is so: while a job runs nothing can be pressed."""
        self.go.setEnabled(self._job is None)
        self.back.setEnabled(self._job is None)

    def run(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run work in a job, unless one is running."""
        if self._job is not None:
            return
        self._job = run_job(self, title, work, done, failed)
        self._job.ended.connect(self._on_job_ended)
        self.say_state()

    def connect_steps(self, go: Callable[[], None], back: Callable[[], None], pick: Callable[[], None]) -> None:
        """Connect the buttons and the keys of the steps; pick chooses a file."""
        self.go.clicked.connect(go)
        self.back.clicked.connect(back)
        self.leave.clicked.connect(self.reject)
        for key, slot in (("Ctrl+Return", go), (GO, go), ("Alt+Left", back), ("Ctrl+O", pick)):
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def _on_job_ended(self) -> None:
        self._job = None
        self.say_state()

    def _put_together(self, title: str) -> None:
        head = QFrame()
        head.setObjectName("header")
        head.setFixedHeight(52)
        top = QHBoxLayout(head)
        top.setContentsMargins(20, 0, 20, 0)
        top.setSpacing(20)
        self.file.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(label(title, "title"))
        top.addWidget(self.steps)
        top.addWidget(self.file, 1)
        self.foot = foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.save)
        foot.addWidget(self.state, 1)
        for button in (self.back, self.leave, self.go):
            foot.addWidget(button)
        body = QVBoxLayout()
        body.setContentsMargins(20, 14, 20, 14)
        body.setSpacing(12)
        body.addWidget(self.pages, 1)
        body.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(body, 1)
