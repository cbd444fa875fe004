# SPDX-License-Identifier: MulanPSL-2.0
"""备注: why something is decided of one item of an appraisal."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from township_office.core.text import t
from township_office.registers.archive.disposal import APPRAISAL_LINE
from township_office.services.archive import appraisal
from township_office.services.archive.appraisal import Judged
from township_office.services.office import Office
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.form.drafts import Drafts
from township_office.ui.form.editors import Today, make_editor
from township_office.ui.form.small_form import SmallForm


class NoteForm(SmallForm):
    """One line of text beside one item."""

    def __init__(self, office: Office, one: Judged, today: Today, parent: QWidget) -> None:
        super().__init__(t("disposal.note"), f"{one.item['number']}　{one.item['title']}", t("form.save"), parent)
        self._office, self._line_id, self._today = office, int(str(one.line["id"])), today
        editor = make_editor(APPRAISAL_LINE.field("remarks"), office, APPRAISAL_LINE, today)
        editor.set_text(str(one.line["remarks"] or ""))
        self.add(editor)
        self.settle_down()
        DraftKeeper(self, Drafts(office.path, APPRAISAL_LINE), self._line_id)

    def write(self) -> None:
        """Keep it."""
        appraisal.note(self._office, self._line_id, self.texts()["remarks"], self._today())
