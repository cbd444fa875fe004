# SPDX-License-Identifier: MulanPSL-2.0
"""The part of the form that scrolls: the fields the office shows, the rest behind a fold, the reason for a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Field, Kind, Problem, Register, Value
from township_office.core.text import t
from township_office.core.values import parse, show
from township_office.registers.stages import by_stage
from township_office.services import numbers, records, settings
from township_office.services.office import Office
from township_office.services.standing import standing_of
from township_office.ui import memory
from township_office.ui.form import drafts
from township_office.ui.form.editors import DateEditor, Today, make_editor
from township_office.ui.form.field_past import PastLine
from township_office.ui.form.proposals import Proposals
from township_office.ui.form.record_form import FieldBlock, Fold, lay_out, lay_out_stages
from township_office.ui.form.section import Section

SERIES = "series"
MARGIN = 24
_CARRIED = (Kind.NAME, Kind.CHOICE, Kind.YES_NO)  # what 同上一件 brings along


class RecordSheet(QScrollArea):
    """Every field of a register as a block; speaks plain texts by field name, as typed."""

    edited = Signal()
    finished = Signal()  # Enter on the last field in sight
    resized = Signal()  # the fold was opened or closed

    def __init__(self, office: Office, register: Register, today: Today, row: Mapping[str, Value] | None) -> None:
        super().__init__()
        self._office, self._register, self._today = office, register, today
        self.blocks: dict[str, FieldBlock] = {}
        self.why: FieldBlock | None = None
        self._is_done = False  # what is corrected: then its reason comes first
        every = numbers.all_series(office, register) if row is None or records.awaits_number(row) else []
        are_names_unique = len({series.name for series in every}) == len(every)
        self._series = {series.name if are_names_unique else series.code: series for series in every}
        self._is_new = row is None
        self._proposed_time = ""
        self._shown, rest = self._columns()
        self._stages = by_stage(register, rest)
        self._rest = [field for stage, fields in self._stages if not stage.when for field in fields]
        self._sections: list[Section] = []
        self._build(row)
        self._show_sections()
        for block in self.blocks.values():
            self._connect(block)
        if row is None:
            editors = {name: block.editor for name, block in self.blocks.items()}
            Proposals(office, register, today, editors, self).split.connect(self.split)

    def texts(self) -> dict[str, str]:
        """Return everything typed so far, unchecked."""
        return {name: block.editor.text() for name, block in self.blocks.items()}

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts into their fields; names that are no fields (an older program's) are left out."""
        for name, text in texts.items():
            if name in self.blocks:
                self.blocks[name].editor.set_text(text)
        self._show_sections()

    def unfold_filled(self, texts: Mapping[str, str]) -> None:
        """Open the fold when any of these texts lies in it."""
        if any(texts.get(field.name, "") for field in self._rest):
            self._fold.open()

    def propose_time(self) -> dict[str, str]:
        """签收时间 (条例 art. 24): now, for a paper that comes in today; of another day only the clerk knows it.

        What was typed stays. Return what was proposed, by field.
        """
        if not self._is_new or "received_at" not in self.blocks:
            return {}
        editor, day = self.blocks["received_at"].editor, self.blocks[self._register.dated_by].editor
        if editor.text() in ("", self._proposed_time):
            is_today = isinstance(day, DateEditor) and day.day() == self._today()
            self._proposed_time = f"{self._today()} {datetime.now():%H:%M}" if is_today else ""
            editor.set_text(self._proposed_time)
        return {"received_at": editor.text()}

    def fill_blanks(self, row: Mapping[str, Value]) -> None:
        """同上一件: bring names and choices of row into every field that holds nothing of its own yet."""
        for name, text in carried(self._register, row).items():
            editor = self.blocks[name].editor
            if editor.text() in ("", editor.field.default):
                editor.set_text(text)
        if SERIES in self.blocks:
            self.blocks[SERIES].editor.set_text(self._name_of(str(row["series"])))

    def split(self, title: str, number: str) -> None:
        """Put a pasted line's two halves into 标题 and 文号; an empty half leaves its field alone."""
        for name, text in (("title", title), ("doc_number", number)):
            if text and name in self.blocks:
                self.blocks[name].editor.set_text(text)
        self.focus_first_empty()

    def settle(self) -> None:
        """Bring every text into its usual form."""
        for block in self.blocks.values():
            block.editor.settle()

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Say each problem beside its field and go to the first; return those that belong to no field here."""
        blocks = self.blocks | ({"why": self.why} if self.why else {})
        here = [problem for problem in problems if problem.field in blocks]
        for block in blocks.values():  # what was wrong before need not be so now
            block.show_problem("")
        for problem in here:
            blocks[problem.field].show_problem(problem.message)
        if here:
            first = blocks[here[0].field]
            if first.field in self._rest:
                self._fold.open()
            first.editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(first, 0, 8)
        return [problem for problem in problems if problem not in here]

    def focus_first_empty(self) -> None:
        """Put the cursor where the next word belongs."""
        empty = [block for block in self._in_sight() if not block.editor.text().strip()]
        if not self._register.field(self._register.dated_by).required:  # a draft has no day, and is not asked for it
            empty = [block for block in empty if block.field.name != self._register.dated_by]
        (empty or self._in_sight())[0].editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Put the cursor into the first field, for a form that is full already."""
        order = self._in_sight()
        order[1 if order[0] is self.why else 0].editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_fold(self) -> None:
        """更多字段: open the rest and go there (on a low screen it would open unseen), or close it."""
        self._fold.open(is_open=not self._fold.is_open())
        if self._fold.is_open() and self._rest:
            # The fields get their places in the next round of events, and only then can be scrolled to.
            first = self.blocks[self._rest[0].name].editor.inner
            QTimer.singleShot(0, first, lambda: first.setFocus(Qt.FocusReason.OtherFocusReason))

    def reason(self) -> str:
        """Return the reason of a correction."""
        return self.why.editor.text() if self.why else ""

    def wanted_height(self) -> int:
        """Return the height at which nothing has to scroll."""
        return self._box.sizeHint().height()

    def sizeHint(self) -> QSize:
        """As small as it may be; the dialog asks wanted_height."""
        return QSize(600, 120)

    def _columns(self) -> tuple[list[Field], list[Field]]:
        """Return the fields the office shows, in its order, and the others; required ones are always in sight."""
        try:
            names = [field.name for field in settings.columns(self._office, self._register)]
        except OfficeError:
            names = [field.name for field in self._register.fields if field.shown]
        missing = [field.name for field in self._register.fields if field.required and field.name not in names]
        shown = [self._register.field(name) for name in (*missing, *names)]
        return shown, [field for field in self._register.fields if field not in shown]

    def _build(self, row: Mapping[str, Value] | None) -> None:
        names = tuple(self._series)
        choice = Field(SERIES, t("form.series"), Kind.CHOICE, choices=names, default="".join(names[:1]))
        first = [choice] if len(names) > 1 else []
        special = [(stage, fields) for stage, fields in self._stages if stage.when]
        in_sections = [field for _, fields in special for field in fields]
        for field in (*first, *self._shown, *in_sections, *self._rest):
            self.blocks[field.name] = self._make_block(field, row)
        body = QWidget()
        body.setObjectName("clear")
        self._box = box = QVBoxLayout(body)
        box.setContentsMargins(MARGIN, 2, MARGIN, 4)
        box.setSpacing(4)
        box.addLayout(lay_out(self.blocks, [*first, *self._shown]))
        for stage, fields in special:
            self._sections.append(Section(stage, fields, self.blocks))
            box.addWidget(self._sections[-1])
        inside = QWidget()
        groups = [(stage.title, fields) for stage, fields in self._stages if not stage.when]
        inside.setLayout(lay_out_stages(self.blocks, groups))
        self._fold = Fold(t("form.more", count=len(self._rest)), inside)
        self._fold.open(is_open=memory.recall(self._fold_key()) is True)
        self._fold.toggled.connect(self._on_fold)
        self._fold.setVisible(bool(self._rest))
        box.addWidget(self._fold)
        if row is not None:
            self._add_past(row)
        box.addStretch()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(body)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)

    def _add_past(self, row: Mapping[str, Value]) -> None:
        """What is corrected says what it was before; a paper that is done with asks for the reason first of all."""
        today, row_id = self._today(), int(str(row["id"]))
        self._is_done = records.is_done(self._register, row, today)
        self.why = self._make_block(Field("why", t("past.reason_needed" if self._is_done else "form.reason")), None)
        self.why.editor.edited.connect(self.edited)
        self.why.editor.entered.connect(lambda: self._on_entered(self.why))
        if self._is_done:
            self.why.warn(t("past.reason_why", standing=standing_of(self._office, self._register, row, today).label))
        self._box.insertWidget(0 if self._is_done else self._box.count(), self.why)
        for name, past in records.field_history(self._office, self._register, row_id).items():
            self.blocks[name].show_past(PastLine(self.blocks[name].field.label, past, today))

    def _on_range(self, _least: int, most: int) -> None:
        """The scroll bar comes out of the margin: the fields stay in line with what stands above them."""
        bar = self.verticalScrollBar().sizeHint().width() if most > 0 else 0
        self._box.setContentsMargins(MARGIN, 2, MARGIN - bar, 4)

    def _make_block(self, field: Field, row: Mapping[str, Value] | None) -> FieldBlock:
        editor = make_editor(field, self._office, self._register, self._today)
        if row is not None:
            is_series = field.name == SERIES
            editor.set_text(self._name_of(str(row[SERIES])) if is_series else show(field, row[field.name]))
            editor.settle()
        return FieldBlock(editor)

    def _connect(self, block: FieldBlock) -> None:
        editor = block.editor
        editor.edited.connect(lambda: self._on_edited(block))
        editor.entered.connect(lambda: self._on_entered(block))
        editor.left.connect(lambda: self._judge(block))
        editor.arrived.connect(lambda: self.ensureWidgetVisible(block, 0, 8))

    def _on_edited(self, block: FieldBlock) -> None:
        """A state-secret mark is said at once: it must not even be kept as a draft."""
        if drafts.is_secret({block.field.name: block.editor.text()}):
            self._judge(block)
        if block.field.name == self._register.dated_by:
            self.propose_time()
        self._show_sections()
        self.edited.emit()

    def _on_entered(self, block: FieldBlock | None) -> None:
        """Enter goes to the next field in sight; after the last one the form is finished."""
        order = self._in_sight()
        following = order[order.index(block) + 1 :] if block in order else []
        if following:
            following[0].editor.inner.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def _judge(self, block: FieldBlock) -> None:
        """Say what is wrong with one field; that a required one is empty can wait until the form is saved."""
        text = block.editor.text()
        if block.field.name == SERIES:
            known = {word for series in self._series.values() for word in (series.name, series.code)}
            if text.strip() not in known:
                block.show_problem(t("form.unknown_series"))
        elif text.strip():
            try:
                parse(block.field, text, self._today())
            except ValueError as error:
                block.show_problem(str(error))

    def _in_sight(self) -> list[FieldBlock]:
        hidden = set() if self._fold.is_open() else {field.name for field in self._rest}
        hidden |= {name for section in self._sections if section.isHidden() for name in section.names}
        blocks = [block for name, block in self.blocks.items() if name not in hidden]
        if self.why is None:
            return blocks
        return [self.why, *blocks] if self._is_done else [*blocks, self.why]

    def _show_sections(self) -> None:
        """Show what matters for this paper: the fields of a meeting for a meeting."""
        before = [section.isHidden() for section in self._sections]
        for section in self._sections:
            section.follow(self.texts())
        if before != [section.isHidden() for section in self._sections]:
            self.resized.emit()

    def _name_of(self, code: str) -> str:
        return next((words for words, series in self._series.items() if series.code == code), next(iter(self._series)))

    def _on_fold(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signature
        memory.remember(self._fold_key(), is_open)
        self.resized.emit()

    def _fold_key(self) -> str:
        return f"form.{self._register.name}.more"


def carried(register: Register, row: Mapping[str, Value]) -> dict[str, str]:
    """Return what 同上一件 brings along from row: names and choices, as the clerk would have typed them."""
    return {
        field.name: show(field, row[field.name])
        for field in register.fields
        if field.kind in _CARRIED and row[field.name] is not None
    }


def inset(widget: QWidget) -> QHBoxLayout:
    """Return widget with the form's margins left and right; the sheet between has its own, for the scroll bar."""
    row = QHBoxLayout()
    row.setContentsMargins(MARGIN, 0, MARGIN, 0)
    row.addWidget(widget)
    return row
