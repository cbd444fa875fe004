# SPDX-License-Identifier: MulanPSL-2.0
"""The fields of a classified paper: only those that this office's mode may hold; of 绝密 and 密码电报 only a count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from township_office.core.fields import Field, Kind, Problem
from township_office.core.text import t
from township_office.core.values import parse, show
from township_office.registers.confidential import CONFIDENTIAL, REASONS, RELAXED_ONLY, declassified_on
from township_office.services.guarded.confidential import Paper, is_counted, mode
from township_office.services.guarded.vault import Vault
from township_office.ui.confidential.book.guarded_editors import HintedEditor, SerialEditor, closed_off, guarded_editor
from township_office.ui.form.editors import DateEditor, Editor, Today
from township_office.ui.form.record_form import FieldBlock, lay_out
from township_office.ui.widgets import label, rule

WHY, ISSUED, CLEARED = "why", "issued_on", "is_title_cleared"
COUNTED = ("received_on", "secrecy_level", "carrier_kind", "copy_count")  # the counter form: nothing else is kept
_BESIDE = ("copy_serial", "cabinet_no")  # on the rows of those
_GROUPS = (
    ("origin", ("source_class", "doc_number", "book_page", "deliverer", "clear_due_on", "sender", "title",
                "is_title_cleared")),
    ("period", ("secrecy_period", ISSUED, "declassify_on")),
)  # fmt: skip


class PaperSheet(QScrollArea):
    """Speaks plain texts by field name, as typed. 制发日期 only helps to reckon: it is in no text that leaves here."""

    edited = Signal()
    finished = Signal()  # Enter on the last field in sight

    def __init__(self, vault: Vault, paper: Paper | None, today: Today) -> None:
        super().__init__()
        self._vault, self._paper, self._today = vault, paper, today
        self._is_strict = mode(vault).is_strict
        self._proposed = ""
        self.blocks: dict[str, FieldBlock] = {}
        self._rest = QWidget()
        self._build()
        for block in self.blocks.values():
            block.editor.edited.connect(self._on_edited)
            block.editor.entered.connect(lambda block=block: self._on_entered(block))
            block.editor.left.connect(lambda block=block: self._judge(block))
            block.editor.arrived.connect(lambda block=block: self.ensureWidgetVisible(block, 0, 8))
        if "title" in self.blocks:
            self.blocks["title"].editor.edited.connect(self._doubt_title)
        self._on_edited()

    # ---- texts ----

    def is_counted(self) -> bool:
        """Say whether this is a new paper of which only the number of copies is kept."""
        return self._paper is None and is_counted(self._typed())

    def texts(self) -> dict[str, str]:
        """Return everything typed that may be kept, unchecked: of a counted paper the counter's fields only."""
        typed = self._typed()
        names = COUNTED if self.is_counted() else [name for name in typed if name != ISSUED]
        return {name: typed[name] for name in names}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into their fields."""
        for name in sorted(texts, key=lambda name: name == CLEARED):  # a title that comes after it would take it back
            if name in self.blocks:
                self.blocks[name].editor.set_text(texts[name])

    def empty(self) -> None:
        """Begin anew: every field says what a new paper says at first."""
        for block in self.blocks.values():
            block.editor.set_text(block.field.default)
            block.editor.settle()

    def settle(self) -> None:
        """Bring every text into its usual form."""
        for block in self.blocks.values():
            block.editor.settle()

    def received(self) -> date:
        """Return the day of receipt that is typed, today while it cannot be read."""
        editor = self.blocks["received_on"].editor
        return (editor.day() if isinstance(editor, DateEditor) else None) or self._today()

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Say each problem beside its field and go to the first; return those that have no field in sight."""
        here = [problem for problem in problems if problem.field in self.blocks and self._is_shown(problem.field)]
        for block in self.blocks.values():  # what was wrong before need not be so now
            block.show_problem("")
        for problem in here:
            self.blocks[problem.field].show_problem(problem.message)
        if here:
            self.blocks[here[0].field].editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)
        return [problem for problem in problems if problem not in here]

    def focus_first_empty(self) -> None:
        """Put the cursor where the next word belongs; of a correction nobody knows where that is."""
        shown = [block for name, block in self.blocks.items() if self._is_shown(name) and name != WHY]
        empty = [block for block in shown if not block.editor.text().strip() and self._paper is None]
        (empty or shown)[0].editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)

    def wanted_height(self) -> int:
        """Return the height at which nothing has to scroll."""
        return self._inside.sizeHint().height()

    def sizeHint(self) -> QSize:
        """As small as it may be; the dialog asks wanted_height."""
        return QSize(600, 120)

    def _typed(self) -> dict[str, str]:
        return {name: block.editor.text() for name, block in self.blocks.items()}

    # ---- putting it together ----

    def _build(self) -> None:
        self._inside = QWidget()
        self._inside.setObjectName("clear")
        box = QVBoxLayout(self._inside)
        box.setContentsMargins(0, 2, 4, 4)
        box.setSpacing(6)
        if self._paper is not None:
            why = Field(WHY, t("paper_dialog.why"), Kind.CHOICE, required=True, choices=REASONS)
            self.blocks[WHY] = FieldBlock(guarded_editor(self._vault, why, self._today))
        first = self._fields((*COUNTED, *_BESIDE))
        for field in first:
            self._add(field)
        box.addLayout(lay_out(self.blocks, first))
        rest = QVBoxLayout(self._rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(6)
        for title, names in _GROUPS:
            fields = self._fields(names)
            for field in fields:
                self._add(field)
            rest.addWidget(rule())
            rest.addWidget(label(t(f"paper_dialog.{title}"), "section"))
            rest.addLayout(lay_out(self.blocks, fields))
        box.addWidget(self._rest)
        if WHY in self.blocks:
            box.addWidget(rule())
            box.addWidget(self.blocks[WHY])
        box.addStretch()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(False)
        self.setWidget(self._inside)

    def _fields(self, names: Sequence[str]) -> list[Field]:
        """Return the fields that may be filled in; strict mode shows no sender and no title, except to empty them."""
        issued = Field(ISSUED, t("paper_dialog.issued"), Kind.DATE, width=10)
        record = self._paper.record if self._paper else {}
        return [
            issued if name == ISSUED else CONFIDENTIAL.field(name)
            for name in names
            if not self._is_strict or name not in RELAXED_ONLY or record.get(name)
        ]

    def _add(self, field: Field) -> None:
        editor = self._make(field)
        if self._paper is not None and field.name != ISSUED:
            editor.set_text(show(field, self._paper.record[field.name]))
            editor.settle()
        self.blocks[field.name] = FieldBlock(editor)

    def _make(self, field: Field) -> Editor:
        if field.name == "copy_serial":
            return closed_off(SerialEditor(field, self._count))
        hints = {"secrecy_period": "period_hint", "book_page": "page_hint", ISSUED: "issued_hint"}
        if self._is_strict:
            hints["doc_number"] = "number_hint"
        if field.name in hints and field.kind is not Kind.DATE:
            return closed_off(HintedEditor(field, t(f"paper_dialog.{hints[field.name]}")))
        return guarded_editor(self._vault, field, self._today)

    # ---- while the clerk types ----

    def _on_edited(self) -> None:
        for part in (self._rest, *(self.blocks[name] for name in _BESIDE)):
            part.setVisible(not self.is_counted())
        self.blocks["copy_serial"].refresh()
        self._propose_end()
        self.edited.emit()

    def _doubt_title(self) -> None:
        """Each title is cleared by itself (domain 4.3): what was said of another does not hold for this one."""
        if CLEARED in self.blocks:
            self.blocks[CLEARED].editor.set_text("")

    def _count(self) -> int | None:
        with suppress(ValueError, KeyError):
            count = parse(CONFIDENTIAL.field("copy_count"), self.blocks["copy_count"].editor.text(), self._today())
            return int(str(count)) if count is not None else None
        return None

    def _propose_end(self) -> None:
        """解密日期 follows from 制发日期 and period (实施条例 art. 19) until the clerk types another."""
        issued, end = self.blocks[ISSUED].editor, self.blocks["declassify_on"].editor
        if end.text() not in ("", self._proposed) or not isinstance(issued, DateEditor):
            return
        day = issued.day()
        level, period = (self.blocks[name].editor.text() for name in ("secrecy_level", "secrecy_period"))
        until = None if day is None else declassified_on(day, level, period)
        proposed = until.isoformat() if until else ""
        if proposed != end.text():
            self._proposed = proposed
            end.set_text(proposed)

    def _judge(self, block: FieldBlock) -> None:
        """Say what is wrong with one field; that a required one is empty can wait until the form is saved."""
        if block.editor.text().strip() and block.field.name not in ("copy_serial", "secrecy_period"):
            try:
                parse(block.field, block.editor.text(), self._today())
            except ValueError as error:
                block.show_problem(str(error))

    def _on_entered(self, block: FieldBlock) -> None:
        order = [one for name, one in self.blocks.items() if self._is_shown(name)]
        if WHY in self.blocks:
            order = [*order[1:], order[0]]  # the reason stands last
        following = order[order.index(block) + 1 :]
        if following:
            following[0].editor.inner.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def _is_shown(self, name: str) -> bool:
        return name in (*COUNTED, WHY) or not self.is_counted()
