# SPDX-License-Identifier: MulanPSL-2.0
"""Before and after 归档: what each class gets, what should be known first; what was done, and what can follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from township_office.core.text import t
from township_office.services.archive.committing import Committed
from township_office.services.archive.desk import needs_look
from township_office.services.archive.proposal import Plan, Proposed, segments
from township_office.services.archive.scheme import class_words
from township_office.ui import theme
from township_office.ui.archive.filing.plan_views import LOOK, PAGELESS, UNFINISHED, WAITING, open_ones
from township_office.ui.widgets import card, label, link_button, plain_button, rule, scrolling_box

_WIDTH = 760


@dataclass(frozen=True, slots=True)
class ClassLine:
    """What one lowest class gets: items, 件号 from and to, pages as far as counted, items that are not."""

    words: str
    items: int
    first: int
    last: int
    pages: int
    pageless: int


def class_lines(plan: Plan) -> list[ClassLine]:
    """Return what each class of a plan gets, in the order of their 档号."""
    lines = []
    for place, inside in groupby(plan.items, key=lambda one: segments(plan.scheme, one, 0)):
        items = list(inside)
        pages, pageless = sum(one.page_count or 0 for one in items), sum(one.page_count is None for one in items)
        words = class_words(plan.scheme, place)
        lines.append(ClassLine(words, len(items), items[0].item_no, items[-1].item_no, pages, pageless))
    return lines


def incomplete(plan: Plan) -> list[Proposed]:
    """Return the items that cannot be filed yet: without title or 责任者."""
    return [one for one in plan.items if not one.title or not one.responsible_body]


class SummaryPage(QWidget):
    """Everything the filing will do, on one page; a link leads back to what should be seen to."""

    view_wanted = Signal(str)
    item_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "pageTitle")
        self.unfinished = UnfinishedChoice()
        self.unfinished.look_wanted.connect(lambda: self.view_wanted.emit(UNFINISHED))
        self._grid = _table()
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        sheet = card()
        sheet.setFixedWidth(_WIDTH)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(28, 22, 28, 22)
        inside.setSpacing(16)
        inside.addWidget(self.title)
        inside.addWidget(self.unfinished)  # however many classes there are, what is asked is seen
        inside.addLayout(self._grid)
        inside.addWidget(rule())
        inside.addLayout(self._notes)
        _in_the_middle(self, sheet)

    def show_plan(self, plan: Plan) -> None:
        """Show what would be filed."""
        _clear(self._notes)
        self.unfinished.show_plan(plan)
        lines = class_lines(plan)
        self.title.setText(t("filing_commit.title", year=plan.year, count=len(plan.items)))
        _fill(self._grid, lines, ("class", "items", "numbers", "pages", "pageless"))
        self._say_notes(plan, lines)

    def _say_notes(self, plan: Plan, lines: list[ClassLine]) -> None:
        if lacking := incomplete(plan):
            one = lacking[0]
            words = t("filing_commit.incomplete", count=len(lacking))
            self._note(words, "red", t("filing_commit.go_there"), lambda: self.item_wanted.emit(one.key))
        if looks := sum(map(needs_look, plan.items)):
            words = t("filing_commit.to_look_at", count=looks)
            self._note(words, "amber", t("filing_commit.go_look"), lambda: self.view_wanted.emit(LOOK))
        if pageless := sum(line.pageless for line in lines):
            words = t("filing_commit.pageless", count=pageless)
            self._note(words, "amber", t("filing_commit.go_count"), lambda: self.view_wanted.emit(PAGELESS))
        if not plan.scheme.fonds_no:
            self._note(t("filing_commit.no_fonds"), "amber")
        if plan.waiting:
            words = t("filing_commit.waiting", count=len(plan.waiting))
            self._note(words, "amber", t("filing_commit.go_waiting"), lambda: self.view_wanted.emit(WAITING))
        self._note(_account(plan), "soft")
        if plan.filed:
            self._note(t("filing_commit.filed_before", count=plan.filed), "soft")
        self._note(t("filing_commit.can_be_revoked"), "soft")

    def _note(self, words: str, tone: str, link: str = "", follow: Callable[[], object] | None = None) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(words, f"note-{tone}", wraps=True), 1)
        if follow is not None:
            button = link_button(link)
            button.clicked.connect(lambda: follow())
            row.addWidget(button)
        self._notes.addWidget(line)


class UnfinishedChoice(QWidget):
    """What is not done with: left for another day, or filed with the rest."""

    chosen = Signal(bool)  # whether it is filed now
    look_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "note-red", wraps=True)
        self.later, self.now = QRadioButton(t("filing_commit.unfinished_later")), QRadioButton()
        self._group = QButtonGroup(self)
        look = link_button(t("filing_commit.go_waiting"))
        look.clicked.connect(self.look_wanted)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.words, 1)
        head.addWidget(look)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 4)
        box.setSpacing(8)
        box.addLayout(head)
        for choice in (self.later, self.now):
            self._group.addButton(choice)
            line = QHBoxLayout()
            line.setContentsMargins(18, 0, 0, 0)
            line.addWidget(choice)
            box.addLayout(line)
        self._group.buttonClicked.connect(lambda one: self.chosen.emit(one is self.now))

    def show_plan(self, plan: Plan) -> None:
        """Ask while there is something to ask."""
        count = len(open_ones(plan))
        self.setVisible(bool(count))
        self.words.setText(t("filing_commit.unfinished", count=count))
        self.now.setText(t("filing_commit.unfinished_now"))
        (self.now if plan.with_unfinished else self.later).setChecked(True)


def _account(plan: Plan) -> str:
    """Say what becomes of every document of the year: 份, of which several may be one 件."""
    parts = {"items": plan.items, "unfinished": plan.unfinished, "waiting": plan.waiting, "left_out": plan.left_out}
    papers = {name: sum(1 + len(one.members) for one in part) for name, part in parts.items()}
    said = [
        t(f"filing_commit.account_{name}", papers=f"{papers[name]:,}")
        if papers[name] == len(part) or name != "items"
        else t("filing_commit.account_joined", papers=f"{papers[name]:,}", items=f"{len(part):,}")
        for name, part in parts.items()
        if part
    ]
    return t("filing_commit.account", papers=f"{sum(papers.values()):,}", parts="；".join(said))


class DonePage(QWidget):
    """Says it is done, and what can follow."""

    next_wanted = Signal(int)  # another year waits to be filed

    def __init__(self) -> None:
        super().__init__()
        self._next_year = 0
        image = QLabel()
        image.setPixmap(theme.picture("done", "green", 44))
        self.title = label("", "pageTitle")
        self.words, self.follow = label("", "", wraps=True), label("", "muted", wraps=True)
        self._grid = _table()
        self.further = plain_button("")
        self.further.clicked.connect(lambda: self.next_wanted.emit(self._next_year))
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(image)
        head.addWidget(self.title, 1)
        sheet = card()
        sheet.setFixedWidth(_WIDTH - 120)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(28, 24, 28, 22)
        inside.setSpacing(14)
        inside.addLayout(head)
        inside.addWidget(self.words)
        inside.addLayout(self._grid)
        inside.addWidget(rule())
        inside.addWidget(self.follow)
        inside.addWidget(self.further, 0, Qt.AlignmentFlag.AlignLeft)
        _in_the_middle(self, sheet)

    def show_result(self, done: Committed, lines: list[ClassLine], next_year: int | None) -> None:
        """Show what a filing came to; next_year is the one that waits next, None for none."""
        self.title.setText(t("filing_commit.done", year=done.year, count=f"{done.items:,}"))
        words = [t("filing_commit.done_documents", count=f"{done.documents:,}")]
        if done.left_out:
            words.append(t("filing_commit.done_left_out", count=done.left_out))
        if done.unfinished:
            words.append(t("filing_commit.done_unfinished", count=done.unfinished))
        self.words.setText("".join(words))
        _fill(self._grid, lines, ("class", "items", "numbers"))
        self.follow.setText(t("filing_commit.what_follows"))
        self._next_year = next_year or 0
        self.further.setVisible(next_year is not None)
        self.further.setText(t("filing_commit.next_year", year=self._next_year))


def _table() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(28)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(0, 1)
    return grid


def _fill(grid: QGridLayout, lines: list[ClassLine], columns: tuple[str, ...]) -> None:
    """Put one line for each class below the headings of these columns."""
    _clear(grid)
    heads = {name: t(f"filing_commit.head_{name}") for name in columns}
    for row, texts in enumerate([heads, *map(_texts, lines)]):
        for column, name in enumerate(columns):
            style = "label" if row == 0 else {"class": "strong", "pageless": "note-amber"}.get(name, "")
            words = label(texts[name], style, wraps=name == "class")
            side = Qt.AlignmentFlag.AlignLeft if name in ("class", "numbers") else Qt.AlignmentFlag.AlignRight
            words.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(words, row, column)


def _texts(line: ClassLine) -> dict[str, str]:
    return {
        "class": line.words, "items": f"{line.items:,}", "numbers": f"{line.first:04d}—{line.last:04d}",
        "pages": f"{line.pages:,}", "pageless": f"{line.pageless:,}" if line.pageless else "",
    }  # fmt: skip


def _in_the_middle(outside: QWidget, sheet: QFrame) -> None:
    box = scrolling_box(outside)
    box.setContentsMargins(0, 0, 0, 0)
    across = QHBoxLayout()
    across.addStretch()
    across.addWidget(sheet)
    across.addStretch()
    box.addStretch(1)
    box.addLayout(across)
    box.addStretch(2)


def _clear(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
