# SPDX-License-Identifier: MulanPSL-2.0
"""What the detail pane says of a paper's way: 拟办, 传阅, 批示, 催办, 关联发文; 流转, 分发. Empty ones are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from township_office.core.fields import Child, Register, Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.registers.chase import CHASE
from township_office.registers.circulation import CIRCULATION, INSTRUCTION
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION, is_signed
from township_office.registers.receipt import RECEIPT
from township_office.services import distribution
from township_office.services.dossier import Dossier
from township_office.ui.life.pane_lines import PaneLine, chase_line, handover_line, recipient_line
from township_office.ui.widgets import label, rule
from township_office.ui.words import number_words, short_day

Row = dict[str, Value]
_LATEST, _MOST_UNITS = 3, 8
# The stations of an outgoing document: word, who (first that is filled), when. See 条例 art. 25.
_FLOW = (
    ("way.drafted", ("drafter", "drafting_dept"), "drafted_on"),
    ("step.review", ("draft_reviewer",), "reviewed_on"),
    ("step.sign", ("signer",), "signed_on"),
    ("step.print", ("reviewer", "proofreader"), "printed_on"),
    ("step.release", ("distributor",), "dispatched_on"),
)
_SAID = {"proposed_action", "proposer", "proposed_on", "leader_instruction"}  # of a receipt
_SAID_OF_DISPATCH = {name for _, who, when in _FLOW for name in (*who, when)}


def said_in_sections(row: Mapping[str, Value], dossier: Dossier) -> set[str]:
    """Return the fields that the sections say, and that need no line of their own."""
    if "reply_to" in row:
        return _SAID_OF_DISPATCH | ({"reply_to"} if dossier.related else set())
    is_linked = any(one["number"] == row["reply_number"] for one in dossier.related)
    return _SAID | ({"reply_number"} if is_linked else set())


class PaneSections(QWidget):
    """The sections, made anew for each row; they ask nobody and change nothing."""

    line_wanted = Signal(object, int, QPoint)  # child, id of its row, where a menu may open
    row_wanted = Signal(str, int)  # name of a register, id of its row

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._inside: QWidget | None = None

    def show_row(self, register: Register, row: Row, dossier: Dossier, today: date) -> None:
        """Say what there is to say of this row."""
        self.begin()
        if register is DISPATCH:
            self._show_dispatch(row, dossier, today)
        else:
            self._show_receipt(row, dossier, today)
        self.end()

    def begin(self) -> None:
        """Forget what was said of another row."""
        old, self._inside = self._inside, QWidget()
        if old is not None:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._inside.setObjectName("clear")
        self._within = QVBoxLayout(self._inside)
        self._within.setContentsMargins(0, 0, 0, 0)
        self._within.setSpacing(3)

    def end(self) -> None:
        """Everything was said: show it."""
        assert self._inside is not None
        self._box.addWidget(self._inside)
        self.setVisible(self._within.count() > 0)

    # ---- receipts ----

    def _show_receipt(self, row: Row, dossier: Dossier, today: date) -> None:
        if row["proposed_action"] is not None:
            day = row["proposed_on"]
            by = " ".join(
                filter(None, (str(row["proposer"] or ""), short_day(day, today.year) if isinstance(day, date) else ""))
            )
            self.head(t("way.section_proposed"), by)
            self.text(str(row["proposed_action"]))
        if dossier.handovers:
            self.head(t("way.section_circulation"))
            copies = int(str(row["copy_count"] or 1))
            for one in dossier.handovers:
                post = dossier.posts.get(str(one["reader"]), "")
                self.choosable(handover_line(one, post, today, copies=copies), CIRCULATION, one)
                if one["opinion"] is not None and one["purpose"] != INSTRUCTION:
                    self.text(str(one["opinion"]), "muted")
        if row["leader_instruction"] is not None:
            self.head(t("way.section_instruction"))
            self.text(str(row["leader_instruction"]))
        self._show_chases(dossier.chases, today)
        self._show_related("way.section_related_receipt", DISPATCH, dossier)

    def _show_chases(self, chases: Sequence[Row], today: date) -> None:
        if not chases:
            return
        self.head(t("way.section_chase"))
        for one in reversed(chases[-_LATEST:]):
            self.choosable(chase_line(one, today), CHASE, one)
            if one["answer"] is not None:
                self.text(str(one["answer"]), "muted")
        if len(chases) > _LATEST:
            self.text(t("way.more_chases", count=len(chases) - _LATEST), "hint")

    # ---- dispatches ----

    def _show_dispatch(self, row: Row, dossier: Dossier, today: date) -> None:
        self.head(t("way.section_flow"))
        if row["entry"] == "imported" and row["signed_on"] is None:
            stations = [one for one in _FLOW if row[one[2]] is not None]
        else:
            stations = list(_FLOW)
        self._within.addLayout(self._flow(row, stations, today))
        if dossier.recipients:
            units, copies, signed = distribution.totals(dossier.recipients)
            self.head(t("way.section_recipients"), t("way.recipients_sum", units=units, copies=copies, signed=signed))
            shown = sorted(dossier.recipients, key=is_signed)[:_MOST_UNITS]
            for one in shown:
                self.choosable(recipient_line(one, today), DISTRIBUTION, one)
            if len(dossier.recipients) > len(shown):
                self.text(t("way.recipients_more", count=len(dossier.recipients) - len(shown)), "hint")
        self._show_related("way.section_related_dispatch", RECEIPT, dossier)

    def _flow(self, row: Row, stations: Sequence[tuple[str, tuple[str, ...], str]], today: date) -> QGridLayout:
        """拟稿 刘敏 11-18, done ones green, the next one in the accent."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        done = [row[when] is not None or any(row[one] is not None for one in who[:1]) for _, who, when in stations]
        last = max((place for place, is_done in enumerate(done) if is_done), default=-1)
        for place, (word, who, when) in enumerate(stations):
            is_next = place == last + 1 and row["voided_on"] is None and row["filed_on"] is None
            tone = "green" if done[place] else "accent" if is_next else "faint"
            mark = "✓" if done[place] else "●" if is_next else "–" if place < last else "○"
            grid.addWidget(label(mark, f"note-{tone}"), place, 0, Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(label(t(word), f"note-{tone}"), place, 1)
            name = next((str(row[one]) for one in who if row[one] is not None), "")
            grid.addWidget(label(name, "note-soft"), place, 2)
            day = row[when]
            words = short_day(day, today.year) if isinstance(day, date) else ""
            grid.addWidget(label(words, "note-soft"), place, 3, Qt.AlignmentFlag.AlignRight)
        return grid

    # ---- pieces ----

    def way_to(self, register: Register, one: Row, note: tuple[str, str, int]) -> None:
        """Lead to a row: its number, and a note (text, tone, width) behind it."""
        row_id = int(str(one["id"]))
        words = number_words(one) or show(register.field("title"), one["title"])
        button = PaneLine([(words, "accent", 0), note])
        button.setToolTip(str(one["title"] or ""))
        button.clicked.connect(lambda _=False: self.row_wanted.emit(register.name, row_id))
        self.add_line(button)

    def add_line(self, line: QWidget) -> None:
        """Put a line below what was said."""
        self._within.addWidget(line)

    def _show_related(self, title: str, register: Register, dossier: Dossier) -> None:
        if dossier.related:
            self.head(t(title))
        for one in dossier.related:
            row_id = int(str(one["id"]))
            state = dossier.standings[row_id]
            self.way_to(register, one, (state.label, state.tone, 0))

    def head(self, words: str, note: str = "") -> None:
        """Begin a section."""
        self._within.addSpacing(2)
        self._within.addWidget(rule())
        self._within.addSpacing(2)
        line = QWidget()
        box = QGridLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(label(words, "section"), 0, 0)
        box.addWidget(label(note, "hint"), 0, 1, Qt.AlignmentFlag.AlignRight)
        self._within.addWidget(line)

    def text(self, words: str, name: str = "value") -> None:
        """Say some words, on as many lines as they need."""
        text = label(words, name, wraps=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._within.addWidget(text)

    def choosable(self, line: PaneLine, child: Child, one: Row) -> None:
        """Put a line below what was said that stands for a row of a child; Enter opens its menu."""
        row_id = int(str(one["id"]))
        line.menu_wanted.connect(lambda where: self.line_wanted.emit(child, row_id, where))
        self.add_line(line)
