# SPDX-License-Identifier: MulanPSL-2.0
"""A small form of which no word is lost: written through while it is typed, offered again at the next opening."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from township_office.core.fields import Book
from township_office.core.text import t
from township_office.services.office import Office
from township_office.ui.form import drafts
from township_office.ui.form.record_form import Strip
from township_office.ui.form.small_form import SmallForm
from township_office.ui.widgets import plain_button

_WRITE_THROUGH_MS = 300


class KeptForm(SmallForm):
    """See SmallForm. kept_as: the row it is about, by which what was begun is found again; None for a new one."""

    def __init__(
        self, title: str, about: str, do: str, parent: QWidget | None, kept: tuple[Office, Book, int | None]
    ) -> None:
        super().__init__(title, about, do, parent)
        office, book, self._kept_as = kept
        self._drafts = drafts.Drafts(office.path, book)
        self._draft_id = drafts.new_id()
        self._begun = Strip("accent")
        self._begun.add(plain_button(t("form.go_on")), self._go_on_with_it)
        self._begun.add(plain_button(t("form.not_wanted")), self._forget_it)
        self.body.insertWidget(1, self._begun)
        self._writing = QTimer(self, interval=_WRITE_THROUGH_MS, singleShot=True)
        self._writing.timeout.connect(self.keep)

    def settle_down(self) -> None:
        """See SmallForm; from now on what is typed is kept."""
        super().settle_down()
        for block in self.blocks.values():
            block.editor.edited.connect(self._writing.start)
        found = self._drafts.last(self._kept_as)
        if found is not None:
            words = next((text.strip() for text in found.texts.values() if text.strip()), t("form.begun_untitled"))
            self._begun.say(t("form.begun", what=words[:40], at=found.at[5:16].replace("T", " ")))
            self.fit_soon()

    def keep(self) -> None:
        """Write through what was typed, as long as it differs from what the form said at first."""
        changed = self.changed()
        if changed:
            self._drafts.keep(self._draft_id, self._kept_as, changed)
        else:
            self._drafts.drop(self._draft_id)

    def accept(self) -> None:
        """Saved: nothing is kept beside the books."""
        self._drop_kept()
        super().accept()

    def _drop(self) -> None:
        self._drop_kept()
        super()._drop()

    def done(self, result: int) -> None:
        """However it ends, it writes no more."""
        self._writing.stop()
        super().done(result)

    def _drop_kept(self) -> None:
        self._writing.stop()
        self._drafts.drop(self._draft_id)

    def _go_on_with_it(self) -> None:
        found = self._drafts.last(self._kept_as)
        if found is not None:
            self._draft_id = found.id
            for name, text in found.texts.items():
                if name in self.blocks:
                    self.blocks[name].editor.set_text(text)
        self._begun.say("")
        self.focus_first_empty()

    def _forget_it(self) -> None:
        found = self._drafts.last(self._kept_as)
        if found is not None:
            self._drafts.drop(found.id)
        self._begun.say("")
        self.focus_first_empty()
