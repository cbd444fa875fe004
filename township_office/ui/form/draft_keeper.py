# SPDX-License-Identifier: MulanPSL-2.0
"""What is typed into a small form outlives the power cut: written through, and offered when the form opens again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from township_office.core.text import t
from township_office.ui.form.drafts import Drafts, is_secret, new_id
from township_office.ui.form.record_form import Strip
from township_office.ui.form.small_form import SmallForm
from township_office.ui.widgets import plain_button

WRITE_THROUGH_MS = 300
_LONGEST = 24  # characters of what was typed, to know it again by


class DraftKeeper(QObject):
    """Follows a form that has settled down. row: the one it is about, None for a new one."""

    def __init__(self, form: SmallForm, kept: Drafts, row: int | None) -> None:
        super().__init__(form)
        self._form, self._drafts, self._row = form, kept, row
        self._id = new_id()
        self._soon = QTimer(self, interval=WRITE_THROUGH_MS, singleShot=True)
        self._soon.timeout.connect(self._keep)
        self.begun = Strip("accent")
        self.begun.add(plain_button(t("form.go_on")), self._on_go_on)
        self.begun.add(plain_button(t("form.not_wanted")), self._on_not_wanted)
        form.body.insertWidget(0, self.begun)
        for block in form.blocks.values():
            block.editor.edited.connect(self._on_edited)
        form.finished.connect(lambda _: self.begin_anew())
        self._offer()

    def begin_anew(self) -> None:
        """What was typed is in the books, or not wanted: whatever comes now is another one."""
        self._soon.stop()
        self._drafts.drop(self._id)
        self._id = new_id()

    def _on_edited(self) -> None:
        if not self._soon.isActive():  # not put off by every further key: a fast hand never pauses
            self._soon.start()

    def _keep(self) -> None:
        changed = self._form.changed()
        if not changed:
            self._drafts.drop(self._id)
        elif not self._drafts.keep(self._id, self._row, changed):
            self._form.trouble.say(t("form.draft_refused"))
        elif is_secret(changed):
            self._form.trouble.say(t("form.draft_secret"))
        self._form.fit_soon()

    def _offer(self) -> None:
        self._offered = self._drafts.last(self._row)
        if self._offered is None:
            self.begun.say("")
        else:
            typed = "　".join(" ".join(text.split()) for text in self._offered.texts.values() if text.strip())
            when = self._offered.at[5:16].replace("T", " ")
            self.begun.say(t("keeper.begun", what=typed[:_LONGEST] or t("form.begun_untitled"), at=when))
        self._form.fit_soon()

    def _on_go_on(self) -> None:
        if self._offered is None:
            return
        self._id = self._offered.id
        for name, text in self._offered.texts.items():
            if name in self._form.blocks:
                self._form.blocks[name].editor.set_text(text)
        self.begun.say("")
        self._form.focus_first_empty()

    def _on_not_wanted(self) -> None:
        if self._offered is not None:
            self._drafts.drop(self._offered.id)
        self._offer()
        self._form.focus_first_empty()
