# SPDX-License-Identifier: MulanPSL-2.0
"""Register a classified paper, or correct one. What is half typed is on no disk: the vault may keep it, sealed.

Nothing can be attached, dropped or pasted as a picture: an ordinary PC holds where the paper is, never what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Problem
from township_office.core.text import t
from township_office.services.guarded import confidential
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.vault import Vault
from township_office.ui.confidential.book.paper_sheet import WHY, PaperSheet
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.form.editors import Today
from township_office.ui.form.record_form import Strip
from township_office.ui.widgets import label, plain_button, primary_button, tint

NEW_PAPER = "paper"  # what an empty form is kept under, half typed
_WIDTH = 856
_SLACK = 12


class PaperDialog(FramedDialog):
    """Stays open until the book accepts what is typed; saved comes after each paper, with None for a counted one."""

    saved = Signal(object)

    def __init__(self, vault: Vault, paper: Paper | None, today: Today, parent: QWidget | None = None) -> None:
        title = t("paper_dialog.new") if paper is None else t("form.correcting", number=paper.number)
        super().__init__(title, parent)
        self.setAcceptDrops(False)
        self._vault, self._paper, self._today = vault, paper, today
        self.coming = label("", "number")
        self.head.addWidget(self.coming)
        self.counting = Strip("amber")
        self.sheet = PaperSheet(vault, paper, today)
        self.trouble = Strip("red")
        self.leaving = Strip("accent")
        self.leaving.add(primary_button(t("way.save")), self.save)
        self.leaving.add(plain_button(t("way.drop")), super().reject)
        self.leaving.add(plain_button(t("way.stay")), self.reject)
        self._state = label("", "formState")
        self._put_together()
        self._start = self.texts()
        self.sheet.edited.connect(self._on_edited)
        self.sheet.finished.connect(self.save)
        self._on_edited()
        self.sheet.focus_first_empty()

    @property
    def draft_name(self) -> str:
        """What a half-typed form is kept under, sealed, when the register locks."""
        return NEW_PAPER if self._paper is None else f"{NEW_PAPER}.{self._paper.id}"

    def half_typed(self) -> dict[str, str]:
        """Return what was typed and not saved, {} when nothing was."""
        return self.texts() if self.is_changed() else {}

    def texts(self) -> dict[str, str]:
        """Return everything typed that may be kept, unchecked."""
        return self.sheet.texts()

    def fill(self, texts: Mapping[str, str]) -> None:
        """Put texts back where they were typed; afterwards they count as not saved yet."""
        self.sheet.fill(texts)
        self.sheet.focus_first_empty()

    def is_changed(self) -> bool:
        """Say whether anything was typed that is not saved."""
        return self.texts() != self._start

    def save(self, *, then_next: bool = False) -> None:
        """Hand what is typed to the book; what it refuses is said beside its field and nothing is lost."""
        self.sheet.settle()
        for strip in (self.trouble, self.leaving):
            strip.say("")
        try:
            paper = self._write()
        except Invalid as error:
            homeless = self.sheet.show_problems(error.problems)
            self.trouble.say("".join(dict.fromkeys(problem.message for problem in homeless)))
        except OfficeError as error:
            self.trouble.say(str(error))
        else:
            words = t("custody_book.registered", number=paper.number) if paper else t("paper_dialog.counted")
            self.saved.emit(paper)
            if then_next:
                self._begin_next(words)
            else:
                self.accept()
        self._fit()

    def reject(self) -> None:
        """Esc and the window's cross: ask when something typed would be lost; a second Esc goes back to the form."""
        if self.leaving.isVisible():
            self.leaving.say("")
            self.sheet.focus_first_empty()
        elif self.is_changed():
            self.leaving.say(t("paper_dialog.leaving"))
            self.leaving.buttons[0].setFocus()
            self._fit()
        else:
            super().reject()

    # ---- putting it together ----

    def _put_together(self) -> None:
        self.body.addWidget(self.counting)
        self.body.addWidget(self.sheet, 1)
        self.body.addWidget(self.trouble)
        self.body.addWidget(self.leaving)
        self.foot.insertWidget(0, self._state, 1)
        keys: list[tuple[str, Callable[[], object]]] = [("Ctrl+S", self.save)]
        if self._paper is None:
            back = self._button(plain_button(f"{t('form.save')}  Ctrl+S"), self.save)
            do = self._button(primary_button(t("form.save_and_next"), "Ctrl+Enter"), self._save_and_next)
            keys += [("Ctrl+Return", self._save_and_next), ("Ctrl+Enter", self._save_and_next)]
        else:
            back = self._button(plain_button(t("ui.cancel")), self.reject)
            do = self._button(primary_button(t("form.save_correction"), "Ctrl+S"), self.save)
        self.add_to_foot(back, do)
        for key, slot in keys:
            QShortcut(QKeySequence(key), self, slot)

    @staticmethod
    def _button(button: QPushButton, slot: Callable[[], object]) -> QPushButton:
        button.clicked.connect(lambda: slot())
        return button

    def _fit(self) -> None:
        """As high as the sheet; on a low screen the sheet scrolls and the buttons stay."""
        around = self.sizeHint().height() - self.sheet.sizeHint().height()
        wanted = QSize(_WIDTH, around + self.sheet.wanted_height() + _SLACK)
        self.fit(wanted.expandedTo(QSize(0, self.height() if self.isVisible() else 0)))

    # ---- what follows ----

    def _write(self) -> Paper | None:
        texts = self.texts()
        why = texts.pop(WHY, "")
        if self._paper is None:
            return confidential.register_paper(self._vault, texts, self._today())
        changed = {name: text for name, text in texts.items() if text != self._start.get(name)}
        if not changed:
            return self._paper
        if "title" in changed:  # cleared anew, though the answer is the same
            changed["is_title_cleared"] = texts["is_title_cleared"]
        if not why:
            raise Invalid([Problem(WHY, t("reason_dialog.choose"))])
        return confidential.correct_paper(self._vault, self._paper.id, changed, self._today(), why)

    def _save_and_next(self) -> None:
        self.save(then_next=True)

    def _begin_next(self, words: str) -> None:
        """An empty form for the next paper of the bundle; the day stays."""
        day = self.texts()["received_on"]
        self.sheet.empty()
        self.sheet.fill({"received_on": day})
        self._start = self.texts()
        self._state.setText(words)
        tint(self._state, "green")
        self.sheet.focus_first_empty()

    def _on_edited(self) -> None:
        """Say the number to come; of 绝密 and 密码电报 say why there is so little to fill in."""
        if self.is_changed():
            self._state.setText("")
        is_counted = self.sheet.is_counted()
        if self._paper is None:
            number = confidential.next_number(self._vault, self.sheet.received().year)
            self.coming.setText(t("paper_dialog.no_number") if is_counted else t("form.will_be", number=number))
        was_counted = self.counting.isVisibleTo(self)
        self.counting.say(t("paper_dialog.counting") if is_counted else "")
        if is_counted != was_counted or not self.isVisible():
            self._fit()
