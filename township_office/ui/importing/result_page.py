# SPDX-License-Identifier: MulanPSL-2.0
"""The last step of an import: what came in, under which numbers, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.core.text import t
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import numbers
from township_office.services.office import Office
from township_office.services.sheets import Batch, Plan, names_left_out
from township_office.ui import theme
from township_office.ui.importing.revoke import RevokeBar
from township_office.ui.messages import Asker
from township_office.ui.widgets import label, plain_button

_WIDTH = 640
_MOST_LINES = 4  # of number ranges; a file of ten years says the rest as a count


class ResultPage(QWidget):
    """Says it is done, as a receipt would: file, rows, numbers, next number."""

    revoked = Signal()

    def __init__(self, office: Office, register: Register, today: Callable[[], date], asker: Asker) -> None:
        super().__init__()
        self._office, self._register, self._today = office, register, today
        self._batch: Batch | None = None
        self._image = QLabel()
        self.title = label("", "pageTitle")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.undo = plain_button(t("import.revoke_this"))
        self.undo.clicked.connect(self._on_undo)
        self.bar = RevokeBar(office, today, asker)
        self.bar.revoked.connect(self._on_revoked)
        self.bar.closed.connect(self._on_kept)
        inside = QWidget()
        inside.setObjectName("clear")
        # Stretches, not an alignment: a card that is only aligned does not grow with the words that wrap in it.
        across = QHBoxLayout()
        across.addStretch()
        across.addWidget(self._make_card())
        across.addStretch()
        down = QVBoxLayout(inside)
        down.setContentsMargins(0, 0, 0, 0)
        down.addStretch(1)
        down.addLayout(across)
        down.addStretch(2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)

    def show_result(self, batch: Batch, plan: Plan) -> None:
        """Show what an import came to."""
        self._batch = batch
        self._image.setPixmap(theme.picture("done", "green", 44))
        self.title.setText(t("import.done_title", count=f"{batch.taken:,}"))
        self._clear()
        self._say(t("import.done_file"), batch.source)
        ranges = number_ranges(plan)
        for text in ranges[:_MOST_LINES]:
            self._say(self._register.number_label, text)
        if len(ranges) > _MOST_LINES:
            self._say("", t("import.done_more_ranges", count=len(ranges) - _MOST_LINES))
        loose = sum(1 for planned in plan.taken if planned.values["sequence"] is None)
        if loose:
            key = "catalogue.done_loose" if self._register is ARCHIVE_ITEM else "import.done_loose"
            self._say("" if ranges else self._register.number_label, t(key, count=f"{loose:,}"))
        if batch.not_taken:
            self._say(t("import.count_not_taken"), t("import.rows", count=f"{batch.not_taken:,}"))
        if plan.choices.left_out:
            self._say(t("import.done_left_out"), names_left_out(plan.choices))
        following = self._next_number()
        if following:
            self._say(t("import.done_next"), following, "number")
        self.undo.show()

    def _next_number(self) -> str:
        today = self._today()
        try:
            return numbers.next_number(
                self._office, self._register, {self._register.dated_by: str(today)}, today
            ).number
        except OfficeError:
            return ""

    def _on_undo(self) -> None:
        if self._batch is not None:
            self.undo.hide()
            self.bar.ask(self._register, self._batch)

    def _on_kept(self) -> None:
        self.undo.setVisible(self._can_undo())
        self.undo.setFocus()

    def _can_undo(self) -> bool:
        return self._batch is not None and self._batch.revoked_on is None

    def _on_revoked(self, batch: Batch) -> None:
        self._batch = batch
        self.undo.hide()
        self._image.setPixmap(theme.picture("import_history", "grey", 44))
        self.title.setText(t("import.revoked_title"))
        self._clear()
        self._say(t("import.done_file"), batch.source)
        self._say(t("import.head_reason"), batch.revoke_reason or "")
        self.revoked.emit()

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()

    def _say(self, name: str, text: str, style: str = "") -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(label(name, "label"), row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(label(text, style, wraps=True), row, 1)

    def _make_card(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(_WIDTH)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._image)
        head.addWidget(self.title, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.undo)
        foot.addStretch()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(28, 24, 28, 20)
        inside.setSpacing(18)
        inside.addLayout(head)
        inside.addLayout(self._grid)
        inside.addWidget(self.bar)
        inside.addLayout(foot)
        return card


def number_ranges(plan: Plan) -> list[str]:
    """Return the running numbers of an import as ranges, one for each series and year: "2023-0001 至 2023-0239"."""
    groups: dict[tuple[object, object], list[tuple[int, str]]] = {}
    for planned in plan.taken:
        sequence = planned.values["sequence"]
        if isinstance(sequence, int):
            key = (planned.values["series"], planned.values["period"])
            groups.setdefault(key, []).append((sequence, str(planned.values["number"])))
    texts = []
    for group in groups.values():
        first, last = min(group)[1], max(group)[1]
        texts.append(first if first == last else t("import.number_range", first=first, last=last, count=len(group)))
    return texts
