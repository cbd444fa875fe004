# SPDX-License-Identifier: MulanPSL-2.0
"""收回: the copy is back on the desk, with what the reader wrote; and out again to the next one in the same step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from township_office.core.fields import Field, Kind, Value
from township_office.core.text import t
from township_office.registers.circulation import CIRCULATION, INSTRUCTION
from township_office.services import circulation, settings
from township_office.services.office import Office
from township_office.ui.form.editors import make_editor
from township_office.ui.life.name_chips import NameChips, names_in
from township_office.ui.life.paper_form import PaperForm, now_on

Row = dict[str, Value]
WHICH, NEXT = "which", "next_reader"


class TakeBackDialog(PaperForm):
    """What the reader wrote, when it came back, who gets it next: the planned one stands there already.

    handover_id: the copy that was pointed at; 0: the one that is out longest.
    """

    def __init__(
        self,
        office: Office,
        paper: Row,
        today: Callable[[], date],
        handover_id: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        rows = circulation.handovers(office, int(str(paper["id"])))
        self._out = [row for row in rows if circulation.is_out(row)]
        self._out.sort(key=lambda row: row["id"] != handover_id)
        readers = "、".join(str(row["reader"]) for row in self._out)
        super().__init__(t("way.take_back", reader=readers), paper, t("way.take_back_do"), parent)
        self._office, self._today = office, today
        self._add_fields(circulation.next_reader(rows))
        self.settle_down()
        self.blocks["opinion"].editor.inner.setFocus()
        self._say_what_follows()

    def write(self) -> None:
        """Take it back, and pass it on when somebody is named."""
        texts, now = self.texts(), now_on(self._today())
        handover, readers = int(str(self._chosen()["id"])), names_in(texts[NEXT], settings.leaders(self._office))
        if readers:
            circulation.pass_round(self._office, handover, texts["opinion"], readers, now, texts["returned_at"])
        else:
            circulation.take_back(self._office, handover, texts["opinion"], now, texts["returned_at"])

    def _add_fields(self, next_one: Row | None) -> None:
        if len(self._out) > 1:
            names = tuple(dict.fromkeys(self._name(row) for row in self._out))
            which = Field(WHICH, t("way.which_back"), Kind.CHOICE, choices=names, default=names[0], max_length=500)
            editor = make_editor(which, self._office, CIRCULATION, self._today)
            editor.edited.connect(self._say_what_follows)
            self.add(editor)
        is_instruction = self._out[0]["purpose"] == INSTRUCTION
        opinion = replace(CIRCULATION.field("opinion"), label=t("way.instruction" if is_instruction else "way.opinion"))
        self.add(make_editor(opinion, self._office, CIRCULATION, self._today))
        back = make_editor(CIRCULATION.field("returned_at"), self._office, CIRCULATION, self._today)
        back.set_text(f"{now_on(self._today()):%Y-%m-%d %H:%M}")
        self.add(back)
        reader = Field("reader", t("way.next_reader"), Kind.NAME)
        editor = make_editor(reader, self._office, CIRCULATION, self._today)
        editor.set_text(str(next_one["reader"]) if next_one else "")
        editor.edited.connect(self._say_what_follows)
        self.add(editor, NEXT)
        self.add_row(NameChips(editor, settings.leaders(self._office), several=False))

    def _name(self, row: Row) -> str:
        copies = int(str(self.paper["copy_count"] or 1))
        return f"{row['reader']} {t('way.no_copy_but', copy=row['copy_no'])}" if copies > 1 else str(row["reader"])

    def _chosen(self) -> Row:
        if WHICH not in self.blocks:
            return self._out[0]
        word = self.blocks[WHICH].editor.text()
        return next((row for row in self._out if self._name(row) == word), self._out[0])

    def _say_what_follows(self) -> None:
        """The button says where the paper goes."""
        if NEXT in self.blocks:
            reader = self.blocks[NEXT].editor.text().strip()
            words = t("way.take_back_and_send", reader=reader[:8]) if reader else t("way.take_back_do")
            self.do.setText(f"{words}  Ctrl+S")
