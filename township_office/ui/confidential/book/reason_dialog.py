# SPDX-License-Identifier: MulanPSL-2.0
"""误记更正 and 作废: what was entered wrongly is voided with a reason from the list; there is no free text here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from township_office.core.errors import Invalid
from township_office.core.fields import Field, Kind, Problem
from township_office.core.text import t
from township_office.registers.confidential import REASONS, show_serials
from township_office.registers.custody import STEPS
from township_office.services.guarded import confidential, custody
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.custody import Held
from township_office.services.guarded.vault import Vault
from township_office.ui.confidential.book.custody_line import step_words
from township_office.ui.confidential.book.guarded_editors import guarded_editor
from township_office.ui.form.small_form import SmallForm
from township_office.ui.widgets import label

WHY = "why"


class ReasonDialog(SmallForm):
    """Says what is about to be voided and what that means, and asks why."""

    def __init__(self, vault: Vault, title: str, about: str, effect: str, parent: QWidget | None) -> None:
        super().__init__(title, about, t("reason_dialog.do"), parent)
        self._vault = vault
        why = Field(WHY, t("reason_dialog.why"), Kind.CHOICE, required=True, choices=REASONS)
        self.add(guarded_editor(vault, why, date.today))
        self.add_row(label(effect, "muted", wraps=True))
        self.settle_down()

    def reason(self) -> str:
        """Return the chosen reason; raise Invalid while there is none."""
        why = self.texts()[WHY]
        if not why:
            raise Invalid([Problem(WHY, t("reason_dialog.choose"))])
        return why


class TakeBackStepDialog(ReasonDialog):
    """误记更正: the last step of a copy is void, and the copy is where it was before."""

    def __init__(self, vault: Vault, held: Held, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        last = next(step for step in held.paper.steps if step.id == held.copy.steps[-1])
        title = t("reason_dialog.take_back", step=STEPS[last.key].title)
        about = t("reason_dialog.step", number=held.paper.number, serial=held.copy.serial, words=step_words(last))
        super().__init__(vault, title, about, t("reason_dialog.take_back_effect"), parent)
        self._held, self._now = held, now

    def write(self) -> None:
        """Void the step."""
        custody.take_back_step(self._vault, self._held.paper.id, self._held.copy.serial, self.reason(), self._now())


class VoidPaperDialog(ReasonDialog):
    """作废: a wrong entry stays visible with its number."""

    def __init__(self, vault: Vault, paper: Paper, today: Callable[[], date], parent: QWidget | None = None) -> None:
        about = t("reason_dialog.paper", number=paper.number, serials=show_serials(paper.copies))
        effect = t("reason_dialog.void_effect", number=paper.number)
        super().__init__(vault, t("form.void", number=paper.number), about, effect, parent)
        self._paper, self._today = paper, today

    def write(self) -> None:
        """Void the paper."""
        confidential.void_paper(self._vault, self._paper.id, self.reason(), self._today())
