# SPDX-License-Identifier: MulanPSL-2.0
"""The form of any register: register a new document, or correct one that is in the book.

Nothing typed is ever lost: every change is written through to a draft on this PC, which is offered when the form
is opened again. A refusal of the books leaves the form open with the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QSize, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Register, Value
from township_office.core.text import t
from township_office.services import records
from township_office.services.office import Office, warm_up
from township_office.ui.form import drafts
from township_office.ui.form.alike_watch import AlikeWatch
from township_office.ui.form.editors import Today
from township_office.ui.form.number_head import NumberHead, is_unsigned
from township_office.ui.form.paste_line import PasteLine
from township_office.ui.form.record_form import Strip
from township_office.ui.form.record_sheet import MARGIN, SERIES, RecordSheet, inset
from township_office.ui.form.secret_strip import SecretStrip
from township_office.ui.jobs import run_quietly
from township_office.ui.messages import Asker
from township_office.ui.widgets import label, plain_button, primary_button, tint
from township_office.ui.words import number_words, short_title

WRITE_THROUGH_MS = 300
_WIDTH = 856
_NARROWEST = 640
_SLACK = 10  # for a note that runs to a second line
_SCREEN_EDGE = 64  # the system's title bar and task bar


class RecordDialog(QDialog):
    """A form built from a register; it stays open until the books accept the draft.

    saved(row id) comes after every saved document; the others when a state secret was typed and the form has gone.
    """

    saved = Signal(int)
    confidential_wanted = Signal()
    mishap_wanted = Signal()

    def __init__(
        self,
        office: Office,
        register: Register,
        today: Today,
        asker: Asker,
        row: Mapping[str, Value] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recordDialog")
        self._office, self._register, self._today, self._asker = office, register, today, asker
        self._row = row
        self._row_id = None if row is None else int(str(row["id"]))
        self._drafts = drafts.Drafts(office.path, register)
        self._draft_id = drafts.new_id()
        self._is_done = False
        self._numbered_for: dict[str, str] | None = None
        self._write_through = QTimer(self, interval=WRITE_THROUGH_MS, singleShot=True)
        self._write_through.timeout.connect(self._keep_draft)
        self._build()
        # What 起草 fills in: kept with an unfinished form, it says of which sort it is.
        self._given: dict[str, str] = {}
        self.sheet.propose_time()
        self._start = self._empty = self.draft()
        self.sheet.edited.connect(self._on_edited)
        self._head.named.connect(self._on_named)
        self._offer_draft()
        self._refresh_number()
        self._fit()
        run_quietly(self, lambda _: warm_up(), lambda _: None, self._asker.report)
        if row is None:
            self.sheet.focus_first_empty()
        else:
            self.sheet.focus_first()

    def begin_draft(self) -> None:
        """起草: a document that is not signed yet, without a number."""
        title = t("action.record_draft")
        self.setWindowTitle(title)
        self._head.entitle(title)
        self._given = records.first_draft(self._office, self._register, self._today())
        self.sheet.fill(self._given)
        self._start = self.draft()
        self.sheet.focus_first_empty()

    def draft(self) -> dict[str, str]:
        """Return everything typed so far, unchecked."""
        texts = self.sheet.texts()
        if self._head.number():
            texts[self._register.number_name] = self._head.number()
        return texts

    def save(self, *, then_next: bool = False) -> None:
        """Hand the draft to the books; what they refuse is said beside its field and nothing is closed."""
        self.sheet.settle()
        self._trouble.say("")
        self._leaving.say("")
        try:
            row = self._write()
        except Invalid as error:
            self._show_problems(error)
            return
        except OfficeError as error:
            self._trouble.say(str(error))
            return
        self._write_through.stop()
        self._drafts.drop(self._draft_id)
        if row is not None:
            self.saved.emit(int(str(row["id"])))
        if then_next and row is not None:
            number = row["number"]
            self._begin_next(t("form.saved", number=number) if number else t("draft.saved"))
        else:
            self._is_done = True
            self.accept()

    def reject(self) -> None:
        """Esc and the window's cross: ask when something typed is not saved; a second Esc goes back to the form."""
        if self._is_done or not (self._changed() or self.alike.beside.isVisible()):
            self._drafts.drop(self._draft_id)
            super().reject()
        elif not self.alike.beside.isHidden():
            self.alike.close_pane()
        elif self._leaving.isVisible():
            self._leaving.say("")
            self.sheet.focus_first_empty()
        else:
            self._keep_draft()
            is_secret = drafts.is_secret(self._changed())
            self._leaving.say(t("form.leaving_secret" if is_secret else "form.leaving"))
            self._leaving.buttons[0].setFocus()

    def done(self, result: int) -> None:
        """However the form ends, nothing of it works on: the office may be closed next."""
        self._write_through.stop()
        self.alike.stop()
        super().done(result)

    # -- putting it together

    def _build(self) -> None:
        self._head = NumberHead(self._office, self._register, self._title())
        self._paste = PasteLine()
        self._begun = Strip("accent")
        self._begun.add(plain_button(t("form.go_on")), self._on_go_on)
        self._begun.add(plain_button(t("form.not_wanted")), self._on_not_wanted)
        self.sheet = RecordSheet(self._office, self._register, self._today, self._row)
        self.sheet.finished.connect(self.save)
        self.sheet.resized.connect(self._fit)
        self.alike = AlikeWatch(self._office, self._register, self._today, self.sheet, self._row_id)
        self.alike.moved.connect(self._fit)
        self._paste.split.connect(self.sheet.split)
        self._trouble = Strip("red")
        self._paste.refused.connect(self._trouble.say)
        self._secret = SecretStrip(self._office, self._register)
        self._secret.confidential_wanted.connect(lambda: self._leave_for(self.confidential_wanted))
        self._secret.mishap_wanted.connect(lambda: self._leave_for(self.mishap_wanted))
        self._secret.moved.connect(self._fit)
        self._leaving = Strip("accent")
        self._leaving.add(primary_button(t("form.keep_draft")), self._on_leave)
        self._leaving.add(plain_button(t("form.not_wanted")), self._on_leave_dropping)
        self._leaving.add(plain_button(t("form.stay")), self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 16, 0, 14)
        whole.setSpacing(10)
        for widget in (self._head, self._begun, self._paste):
            whole.addLayout(inset(widget))
        self._middle = self._build_middle()
        whole.addLayout(self._middle, 1)
        for strip in (self._trouble, self._secret, self._leaving):
            whole.addLayout(inset(strip))
        whole.addLayout(self._foot())
        if self._row is not None and not records.awaits_number(self._row):
            self._head.forbid_naming()
        self._paste.setVisible(self._row is None and "doc_number" in self.sheet.blocks)
        self._add_shortcuts()

    def _build_middle(self) -> QHBoxLayout:
        """The sheet, and beside it the paper it is alike with, when that is asked for."""
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.sheet, 1)
        middle.addWidget(self.alike.beside)
        return middle

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(MARGIN, 0, MARGIN, 0)
        foot.setSpacing(8)
        self._state = label("", "formState")
        foot.addWidget(self._state, 1)
        buttons: list[tuple[QPushButton, Callable[[], object]]]
        if self._row is None:
            self._save_button = plain_button(f"{t('form.save')}  Ctrl+S")
            self._next_button = primary_button(t("form.save_and_next"), "Ctrl+Enter")
            buttons = [
                (plain_button(f"{t('form.same_as_last')}  F4"), self._on_same_as_last),
                (self._save_button, self.save),
                (self._next_button, self._save_and_next),
            ]
        else:
            buttons = [
                (plain_button(t("ui.cancel")), self.reject),
                (primary_button(t("form.save_correction"), "Ctrl+S"), self.save),
            ]
        for button, slot in buttons:
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
            foot.addWidget(button)
        return foot

    def _add_shortcuts(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [("Ctrl+S", self.save), ("Ctrl+M", self.sheet.toggle_fold)]
        if self._row is None:
            keys += [
                ("Ctrl+Return", self._save_and_next),
                ("Ctrl+Enter", self._save_and_next),
                ("F4", self._on_same_as_last),
                ("Ctrl+Shift+V", self._paste.take_clipboard),
            ]
        for key, slot in keys:
            QShortcut(QKeySequence(key), self, slot)

    def _title(self) -> str:
        if self._row is None:
            title = t("form.new", register=short_title(self._register))
        else:
            title = t("form.correcting", number=number_words(self._row) or self._row["title"])
        self.setWindowTitle(title)
        return title

    def _fit(self) -> None:
        """As high as the sheet, never higher than the screen: then the sheet scrolls and the buttons stay."""
        screen = self.screen().availableGeometry()
        highest = screen.height() - _SCREEN_EDGE
        around = self.sizeHint().height() - self._middle.sizeHint().height()
        beside = 0 if self.alike.beside.isHidden() else self.alike.beside.sizeHint().width()
        self.setMinimumSize(QSize(min(_NARROWEST, screen.width() - 16), min(360, highest)))
        height = min(around + self.sheet.wanted_height() + _SLACK, highest)
        width = min(_WIDTH + beside, screen.width() - 16)
        if self.isVisible():  # grows to both sides, so that it stays over the window
            self.move(max(self.x() - (width - self.width()) // 2, screen.left() + 8), self.y())
        self.resize(width, height)

    # -- saving

    def _write(self) -> Mapping[str, Value] | None:
        """Register or correct; None when nothing was changed."""
        if self._row_id is None:
            return records.register_document(self._office, self._register, self.draft(), self._today())
        changed = self._changed()
        changed.pop("why", None)
        if not changed:
            return None
        return records.correct(self._office, self._register, self._row_id, changed, self._today(), self.sheet.reason())

    def _save_and_next(self) -> None:
        self.save(then_next=True)

    def _begin_next(self, words: str) -> None:
        """An empty form for the next paper of the bundle; the series and a date chosen by hand stay."""
        stays = {SERIES: self.draft().get(SERIES, "")}
        dated = self._register.dated_by
        if self.draft()[dated] != self._start[dated]:
            stays[dated] = self.draft()[dated]
        self._head.name("")
        self.sheet.fill({**self._start, **stays})
        self._start |= self.sheet.propose_time()
        self._draft_id = drafts.new_id()
        self._write_through.stop()
        self.alike.stop()
        self._numbered_for = None
        self._refresh_number()
        self._say(words, "green")
        self.sheet.focus_first_empty()

    def _show_problems(self, error: Invalid) -> None:
        homeless = self.sheet.show_problems(error.problems)
        for problem in homeless:
            if problem.field == self._register.number_name:
                self._head.show_problem(problem.message)
            else:
                self._trouble.say(problem.message)

    # -- drafts

    def _changed(self) -> dict[str, str]:
        """Return what the clerk typed: the texts that differ from the form as it was opened."""
        now = self.draft()
        if self.sheet.reason():
            now["why"] = self.sheet.reason()
        return {name: text for name, text in now.items() if text != self._start.get(name, "")}

    def _keep_draft(self) -> None:
        self._write_through.stop()
        changed = self._changed()
        if not changed:
            self._drafts.drop(self._draft_id)
            self._say("")
        elif not self._drafts.keep(self._draft_id, self._row_id, self._given | changed):
            self._say(t("form.draft_refused"), "red")
        elif drafts.is_secret(changed):
            self._say(t("form.draft_secret"), "amber")
        else:
            self._say(t("form.draft_kept", time=datetime.now().strftime("%H:%M:%S")))

    def _offer_draft(self) -> None:
        begun = self._drafts.last(self._row_id)
        self._offered = begun
        if begun is None:
            self._begun.say("")
            return
        words = [begun.texts.get(name, "").strip() for name in ("title", "sender", "main_recipient", "doc_number")]
        what = next((text for text in words if text), t("form.begun_untitled"))
        self._begun.say(t("form.begun", what=what[:40], at=begun.at[5:16].replace("T", " ")))

    def _on_go_on(self) -> None:
        if self._offered is None:
            return
        texts = dict(self._offered.texts)
        self._draft_id = self._offered.id
        self._head.name(texts.pop(self._register.number_name, "") if self._row is None else "")
        self.sheet.fill((self._empty if self._row is None else {}) | texts)
        self.sheet.unfold_filled(texts)
        if self.sheet.why:
            self.sheet.why.editor.set_text(texts.get("why", ""))
        self._begun.say("")
        self.sheet.focus_first_empty()

    def _on_not_wanted(self) -> None:
        if self._offered is not None:
            self._drafts.drop(self._offered.id)
        self._offer_draft()
        self.sheet.focus_first_empty()

    def _on_leave(self) -> None:
        self._is_done = True
        self._keep_draft()
        super().reject()

    def _on_leave_dropping(self) -> None:
        self._is_done = True
        self._write_through.stop()
        self._drafts.drop(self._draft_id)
        super().reject()

    def _leave_for(self, wanted: SignalInstance) -> None:
        self._on_leave_dropping()
        wanted.emit()

    # -- while the clerk types

    def _on_edited(self) -> None:
        self._secret.follow(self._changed())
        if not self._write_through.isActive():  # not put off by every further key: a fast hand never pauses
            self._write_through.start()
        self.alike.look_soon()
        self._refresh_number()

    def _on_named(self) -> None:
        self._numbered_for = None
        self._on_edited()
        self._fit()

    def _refresh_number(self) -> None:
        names = (SERIES, self._register.dated_by, self._register.number_name)
        decisive = {name: text for name, text in self.draft().items() if name in names}
        if decisive == self._numbered_for or not (self._row is None or records.awaits_number(self._row)):
            return
        self._numbered_for = decisive
        self._head.refresh(decisive, self._today())
        if self._row is None:
            kept = "draft" if is_unsigned(self._register, decisive) else "form"
            self._save_button.setText(f"{t(f'{kept}.save')}  Ctrl+S")
            self._next_button.setText(f"{t(f'{kept}.save_and_next')}  Ctrl+Enter")

    def _on_same_as_last(self) -> None:
        last = records.last_row(self._office, self._register)
        if last is None:
            self._say(t("form.no_last"))
            return
        self.sheet.fill_blanks(last)
        self._say(t("form.as_last", number=last["number"]))
        self.sheet.focus_first_empty()

    def _say(self, words: str, tone: str = "") -> None:
        self._state.setText(words)
        tint(self._state, tone)
