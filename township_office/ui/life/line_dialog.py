# SPDX-License-Identifier: MulanPSL-2.0
"""One line that belongs to a paper (a reader, a reminder, a recipient): add it, correct it, or take it out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from township_office.core.errors import Invalid
from township_office.core.fields import Child, Field, Problem, Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.services import children
from township_office.services.office import Office
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.form.drafts import Drafts
from township_office.ui.form.editors import make_editor
from township_office.ui.life.paper_form import PaperForm
from township_office.ui.widgets import label

WHY = "why"
Row = dict[str, Value]


class LineDialog(PaperForm):
    """Every field of a child. A line of the book is corrected; anything else is what a new one says at first."""

    def __init__(
        self,
        office: Office,
        child: Child,
        paper: Row,
        today: Callable[[], date],
        line: Row,
        parent: QWidget | None = None,
    ) -> None:
        self._is_new = "id" not in line
        title = child.title if self._is_new else t("way.correct", what=child.title)
        super().__init__(title, paper, t("way.save"), parent)
        self._office, self._child, self._today, self._line = office, child, today, line
        is_alone = int(str(paper.get("copy_count") or 1)) < 2
        for field in child.fields:
            if field.name == "copy_no" and is_alone:
                continue
            editor = make_editor(field, office, child, today)
            if field.name in line:
                editor.set_text(show(field, line[field.name]))
            editor.settle()
            self.add(editor)
        if not self._is_new:
            self.add(make_editor(Field(WHY, t("way.correct_why"), max_length=500), office, child, today))
        self.settle_down()
        row_id = None if self._is_new else int(str(line["id"]))
        DraftKeeper(self, Drafts(office.path, child, str(paper["id"])), row_id)

    def write(self) -> None:
        """Add, or correct what was changed; what had been filled in is changed with a reason."""
        paper_id, today = int(str(self.paper["id"])), self._today()
        if self._is_new:
            children.add_child(self._office, self._child, paper_id, self.texts(), today)
            return
        changed = self.changed()
        why = changed.pop(WHY, "").strip()
        if not why and any(self._line[name] is not None for name in changed):
            raise Invalid([Problem(WHY, t("way.needs_why"))])
        if changed:
            children.correct_child(self._office, self._child, int(str(self._line["id"])), changed, today, why)


class VoidLineDialog(PaperForm):
    """Takes a wrong line out of sight; the reason is asked and kept."""

    def __init__(
        self,
        office: Office,
        child: Child,
        paper: Row,
        line: Row,
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(t("way.void_line", what=child.title), paper, t("way.void_do"), parent)
        self._office, self._child, self._line, self._today = office, child, line, today
        said = [show(field, line[field.name]) for field in child.fields if field.name != "copy_no"]
        self.add_row(label("　".join(filter(None, said)), "title", wraps=True))
        why = Field(WHY, t("way.void_why"), required=True, max_length=500)
        self.add(make_editor(why, office, child, today))
        self.add_row(label(t("way.void_effect"), "muted", wraps=True))
        self.settle_down()
        DraftKeeper(self, Drafts(office.path, child, "void"), int(str(line["id"])))

    def write(self) -> None:
        """Take it out."""
        why = self.texts()[WHY].strip()
        if not why:
            raise Invalid([Problem(WHY, t("error.void_needs_reason"))])
        children.void_child(self._office, self._child, int(str(self._line["id"])), why, self._today())
