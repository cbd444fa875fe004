# SPDX-License-Identifier: MulanPSL-2.0
"""One step of a paper: 拟办, 交承办, 核稿, 签发 … with the step's own few fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from township_office.core.fields import Field, Kind, Register, Value
from township_office.core.text import t
from township_office.registers.steps import Step
from township_office.services import numbers, settings, steps
from township_office.services.office import Office
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.form.drafts import Drafts
from township_office.ui.form.editors import Editor, make_editor
from township_office.ui.form.number_head import NumberHead
from township_office.ui.life.name_chips import NameChips
from township_office.ui.life.paper_form import PaperForm

SIGN, SERIES = "sign", "series"
_BY_LEADERS = ("signer", "draft_reviewer")
_BY_THE_CLERK = ("proposer", "distributor")


class StepDialog(PaperForm):
    """Fills in the fields of a step. For 签发 it shows the number the document gets, and the choice of series."""

    def __init__(
        self,
        office: Office,
        register: Register,
        row: dict[str, Value],
        one: Step,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        words = t(f"step.{one.key}")
        super().__init__(words, row, words, parent)
        self._office, self._register, self._step, self._today = office, register, one, today
        self._head = self._add_number(str(row["series"] or "")) if one.key == SIGN else None
        said = steps.draft_of(register, row, one)
        leaders = settings.leaders(office)
        by_leader: Editor | None = None
        for name in one.fields:
            field = replace(register.field(name), required=name in one.required)
            editor = make_editor(field, office, register, today)
            editor.set_text(said[name] or (office.clerk if name in _BY_THE_CLERK else ""))
            editor.settle()
            self.add(editor)
            by_leader = editor if name in _BY_LEADERS else by_leader
            if by_leader is not None and not self.has_room:  # below its row, where that is full
                self.add_row(NameChips(by_leader, leaders, several=False))
                by_leader = None
        self._refresh_number()
        for name in (SERIES, register.dated_by):
            if name in self.blocks and self._head is not None:
                self.blocks[name].editor.edited.connect(self._refresh_number)
        self.settle_down()
        DraftKeeper(self, Drafts(office.path, register, one.key), int(str(row["id"])))

    def write(self) -> None:
        """Take the step."""
        draft = self._draft()
        steps.take_step(self._office, self._register, int(str(self.paper["id"])), self._step.key, draft, self._today())

    def coming(self) -> str:
        """Return the words about the number to come, "" for a step that takes none."""
        return self._head.coming() if self._head else ""

    def _add_number(self, code: str) -> NumberHead:
        head = NumberHead(self._office, self._register, "")
        head.named.connect(self._refresh_number)
        self.add_row(head)
        every = numbers.all_series(self._office, self._register)
        names = {series.name if self._is_alone(series.name) else series.code: series.code for series in every}
        default = next((name for name, known in names.items() if known == code), next(iter(names)))
        field = Field(SERIES, t("form.series"), Kind.CHOICE, choices=tuple(names), default=default, max_length=500)
        self.add(make_editor(field, self._office, self._register, self._today))
        return head

    def _is_alone(self, name: str) -> bool:
        return sum(series.name == name for series in numbers.all_series(self._office, self._register)) == 1

    def _draft(self) -> dict[str, str]:
        draft = self.texts()
        if self._head is not None and self._head.number():
            draft[self._register.number_name] = self._head.number()
        return draft

    def _refresh_number(self) -> None:
        if self._head is not None and self._register.dated_by in self.blocks:
            self._head.refresh(self._draft(), self._today())
            self.fit_soon()
