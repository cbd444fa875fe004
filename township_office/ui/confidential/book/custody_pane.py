# SPDX-License-Identifier: MulanPSL-2.0
"""Beside the table: the paper of the chosen copy, where each of its copies is, what happened to this one, what can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from township_office.core.fields import Kind
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.confidential import CONFIDENTIAL, shown_record, title_place
from township_office.registers.custody import OUT
from township_office.registers.status import State
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.custody import Held
from township_office.ui.book.detail_pane import WIDTH
from township_office.ui.confidential.book.copies_model import Clock, level_words, standing_pill
from township_office.ui.confidential.book.custody_foot import CustodyFoot
from township_office.ui.confidential.book.custody_line import chain_of
from township_office.ui.life.pane_lines import PaneLine
from township_office.ui.widgets import EmptyState, Pill, label, rule

_LABEL_WIDTH = 64
_MOST_COPIES, _MOST_CHOSEN = 24, 40  # lines; the table has the others
_LABELS = {"source_class": t("custody_book.source"), "book_page": t("custody_book.book_page")}
_SAID_ELSEWHERE = (
    "secrecy_level", "secrecy_period", "copy_count", "copy_serial", "title", "is_title_cleared", "cabinet_no",
)  # fmt: skip


class CustodyPane(QFrame):
    """Reads one copy, or several chosen ones, to the custodian. It asks nobody: the book hands it everything."""

    copy_wanted = Signal(int, str)  # id of a paper, 份号 of one of its copies

    def __init__(self, commands: Mapping[str, QAction], menu: Callable[[], QMenu]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self._pill = Pill()
        self._number = label("", "number")
        self.foot = CustodyFoot(commands, menu)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 1)
        self._stack.addWidget(EmptyState("detail_toggle", "", t("ui.detail_none")))
        self._stack.addWidget(self._build())

    def _build(self) -> QWidget:
        head = QHBoxLayout()
        head.setContentsMargins(18, 14, 18, 6)
        head.addWidget(self._number)
        head.addStretch()
        head.addWidget(self._pill)
        whole = QWidget()
        whole.setObjectName("clear")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(rule())
        column.addWidget(self.foot)
        return whole

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 200)

    def clear(self) -> None:
        """Nothing is chosen: what was read is gone from the screen and from the widgets."""
        self._number.clear()
        self._pill.show_state(State("", "", "grey"))
        self._scroll.setWidget(QWidget())
        self._stack.setCurrentIndex(0)

    def show_copy(self, held: Held, clock: Clock, *, is_strict: bool) -> None:
        """Read this copy and its paper."""
        paper, copy = held.paper, held.copy
        self._number.setText(paper.number)
        self._pill.show_state(standing_pill(paper, copy, clock))
        self._pill.show()
        inside, box = _page()
        box.addWidget(_prose(title_place(paper.record, is_strict=is_strict), "title"))
        box.addSpacing(2)
        box.addLayout(_fields(paper, is_strict=is_strict))
        self._add_copies(box, paper, copy.serial, clock)
        _head(box, t("custody_book.chain"), copy.serial)
        box.addLayout(chain_of(paper, copy.serial, clock.now.date()))
        box.addStretch()
        self._show(inside)

    def show_many(self, helds: Sequence[Held], clock: Clock, *, can_go_on: bool) -> None:
        """Several copies are chosen: say which, so that nobody sends out one too many, and whether a step fits all."""
        self._number.setText(t("custody_book.many", count=len(helds)))
        self._pill.hide()
        inside, box = _page()
        box.addWidget(_prose(t("custody_book.many_hint" if can_go_on else "custody_book.many_none"), "muted"))
        box.addSpacing(4)
        for held in helds[:_MOST_CHOSEN]:
            state = standing_pill(held.paper, held.copy, clock)
            line = PaneLine([(f"{held.paper.number}　{held.copy.serial}", "", 0), (state.label, state.tone, 0)])
            self._lead(line, held.paper.id, held.copy.serial)
            box.addWidget(line)
        if len(helds) > _MOST_CHOSEN:
            box.addWidget(label(t("custody_book.more", count=len(helds) - _MOST_CHOSEN), "hint"))
        box.addStretch()
        self._show(inside)

    def _add_copies(self, box: QVBoxLayout, paper: Paper, chosen: str, clock: Clock) -> None:
        if len(paper.copies) < 2:
            return
        out = sum(copy.state in OUT for copy in paper.copies.values())
        words = t("custody_book.copies_out", count=len(paper.copies), out=out) if out else ""
        _head(box, t("custody_book.copies"), words or t("custody_book.copies_all", count=len(paper.copies)))
        for copy in list(paper.copies.values())[:_MOST_COPIES]:
            state = standing_pill(paper, copy, clock)
            tone = "accent" if copy.serial == chosen else ""
            line = PaneLine([(copy.serial, tone, 0), (state.label, state.tone, 0)])
            self._lead(line, paper.id, copy.serial)
            box.addWidget(line)
        if len(paper.copies) > _MOST_COPIES:
            box.addWidget(label(t("custody_book.more", count=len(paper.copies) - _MOST_COPIES), "hint"))

    def _lead(self, line: PaneLine, paper_id: int, serial: str) -> None:
        line.clicked.connect(lambda: self.copy_wanted.emit(paper_id, serial))

    def _show(self, inside: QWidget) -> None:
        self._scroll.setWidget(inside)
        self._stack.setCurrentIndex(1)


def _fields(paper: Paper, *, is_strict: bool) -> QGridLayout:
    """Every field that is filled in, level and period in one line, what goes without saying left out."""
    record = shown_record(paper.record, is_strict=is_strict)
    texts = [(CONFIDENTIAL.field("secrecy_level").label, level_words(paper))]
    texts += [
        (_LABELS.get(field.name, field.label), show(field, record[field.name]))
        for field in CONFIDENTIAL.fields
        if field.name not in _SAID_ELSEWHERE
        and not (field.kind is Kind.CHOICE and record[field.name] == field.default)
        and not (field.name == "source_class" and record["sender"])
        and not (field.name == "book_page" and not record["title"])  # said in place of the title
    ]
    cabinets = dict.fromkeys(copy.cabinet_no for copy in paper.copies.values() if copy.cabinet_no)
    texts.append((CONFIDENTIAL.field("cabinet_no").label, "、".join(cabinets)))
    if paper.void is not None:
        words = t("custody_book.void_words", why=paper.void["why"], by=paper.void["by"], day=paper.void["on"])
        texts.append((t("ui.detail_void"), words))
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
    for line, (name, text) in enumerate((name, text) for name, text in texts if text):
        grid.addWidget(label(name, "label"), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_prose(text, "value"), line, 1)
    return grid


def _page() -> tuple[QWidget, QVBoxLayout]:
    inside = QWidget()
    inside.setObjectName("clear")
    box = QVBoxLayout(inside)
    box.setContentsMargins(18, 0, 18, 14)
    box.setSpacing(4)
    box.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)
    return inside, box


def _head(box: QVBoxLayout, words: str, note: str) -> None:
    box.addSpacing(4)
    box.addWidget(rule())
    box.addSpacing(2)
    line = QHBoxLayout()
    line.addWidget(label(words, "section"))
    line.addStretch()
    line.addWidget(label(note, "hint"))
    box.addLayout(line)


def _prose(text: str, name: str) -> QWidget:
    """A text that wraps. It cannot be marked: what stands here does not go to the clipboard."""
    words = label(text, name, wraps=True)
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return words
