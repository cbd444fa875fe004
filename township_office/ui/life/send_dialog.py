# SPDX-License-Identifier: MulanPSL-2.0
"""送阅: a copy goes to a reader; who else shall see it waits in line (传阅范围; 条例 art. 24 (五))."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from township_office.core.errors import Invalid
from township_office.core.fields import Problem, Value
from township_office.core.text import t
from township_office.registers.circulation import CIRCULATION
from township_office.services import circulation, settings
from township_office.services.dossier import likely_purpose
from township_office.services.office import Office
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.form.drafts import Drafts
from township_office.ui.form.editors import make_editor
from township_office.ui.life.name_chips import NameChips, names_in
from township_office.ui.life.paper_form import PaperForm, now_on
from township_office.ui.widgets import label, plain_button

_SEVERAL = 2000  # characters: a line for several names
Row = dict[str, Value]


class SendDialog(PaperForm):
    """Names in a line: the first one gets the paper now, the others are planned. Or all are only planned.

    handover_id: whose turn it is; 0: the first that waits.
    """

    def __init__(
        self,
        office: Office,
        paper: Row,
        today: Callable[[], date],
        handover_id: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(t("way.send"), paper, t("way.send_do"), parent)
        self._office, self._today = office, today
        self._is_plan = False
        rows = circulation.handovers(office, int(str(paper["id"])))
        out = [str(row["reader"]) for row in rows if circulation.is_out(row)]
        waiting = sorted((row for row in rows if row["sent_at"] is None), key=lambda row: row["id"] != handover_id)
        self._copies = int(str(paper["copy_count"] or 1))
        self._add_fields(rows, waiting[0] if waiting else None)
        if len(waiting) > 1:
            self.add_row(label(t("way.waiting", readers="、".join(str(row["reader"]) for row in waiting)), "muted"))
        plan = plain_button(f"{t('way.plan_do')}  Ctrl+L")
        plan.clicked.connect(self.plan)
        QShortcut(QKeySequence("Ctrl+L"), self, self.plan)
        self.foot.insertWidget(1, plan)
        self._is_only_plan = len(out) >= self._copies
        if self._is_only_plan:
            self.add_row(label(t("way.all_out", readers="、".join(out)), "note-amber", wraps=True))
            self.do.setText(f"{t('way.plan_do')}  Ctrl+S")
            plan.hide()
        self.settle_down()
        DraftKeeper(self, Drafts(office.path, CIRCULATION, "send"), int(str(paper["id"])))
        self.blocks["reader"].editor.inner.setFocus()

    def plan(self) -> None:
        """传阅范围: note the names and send to nobody yet."""
        self._is_plan = True
        self.save()
        self._is_plan = False

    def write(self) -> None:
        """Send to the first and plan the others, or plan all."""
        draft, today = self.texts(), self._today()
        readers = names_in(draft.pop("reader"), settings.leaders(self._office))
        if not readers:
            raise Invalid([Problem("reader", t("way.nobody"))])
        paper_id = int(str(self.paper["id"]))
        if self._is_plan or self._is_only_plan:
            circulation.plan(self._office, paper_id, readers, draft["purpose"], today)
        else:
            circulation.send_round(self._office, paper_id, readers, draft, now_on(today))

    def _add_fields(self, rows: Sequence[Row], next_one: Row | None) -> None:
        reader = replace(CIRCULATION.field("reader"), label=t("way.send_reader"), max_length=_SEVERAL, required=False)
        editor = make_editor(reader, self._office, CIRCULATION, self._today)
        editor.set_text(str(next_one["reader"]) if next_one else "")
        self.add(editor)
        self.add_row(NameChips(editor, settings.leaders(self._office), several=True))
        purpose = str(next_one["purpose"]) if next_one else likely_purpose(self.paper, rows)
        names = ("purpose", "sent_at") if self._copies < 2 else ("purpose", "sent_at", "copy_no")
        said = {"purpose": purpose, "sent_at": f"{now_on(self._today()):%Y-%m-%d %H:%M}", "copy_no": self._free(rows)}
        for name in names:
            one = make_editor(CIRCULATION.field(name), self._office, CIRCULATION, self._today)
            one.set_text(said[name])
            self.add(one)

    def _free(self, rows: Sequence[Row]) -> str:
        """Return the first copy that is in the house."""
        out = {row["copy_no"] for row in rows if circulation.is_out(row)}
        return str(next((copy for copy in range(1, self._copies + 1) if copy not in out), 1))
