# SPDX-License-Identifier: MulanPSL-2.0
"""A call, a letter or a visitor, typed in seconds on two lines: Enter goes on and notes it at the last field."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Value
from township_office.core.text import t
from township_office.registers.duty.log import DUTY_CALL
from township_office.services.office import Office
from township_office.services.roster import log
from township_office.ui.form import drafts
from township_office.ui.form.editors import Editor, Today, make_editor
from township_office.ui.widgets import label, plain_button, tint

_LINES = (("called_at", "way", "unit", "caller", "phone"), ("title", "proposed", "result", "handler"))
_WIDTHS = {"called_at": 142, "way": 76, "caller": 84, "phone": 124, "handler": 84}
_STRETCHES = {"unit": 1, "title": 4, "proposed": 3, "result": 3}
_BY_ITSELF = ("called_at", "way", "handler")  # filled in; Enter passes them over
_WRITE_THROUGH_MS = 300


class CallRow(QFrame):
    """The editors of one line of a day's page. What is typed is kept on this PC until it is noted."""

    written = Signal(int)  # id of the new line

    def __init__(self, office: Office, today: Today) -> None:
        super().__init__()
        self.setObjectName("entryRow")
        self._office, self._today = office, today
        self._page = 0
        self._day = today()
        self._drafts = drafts.Drafts(office.path, DUTY_CALL)
        self._draft_id = drafts.new_id()
        self._given: dict[str, str] = {}
        self._is_filling = False
        self._writing = QTimer(self, interval=_WRITE_THROUGH_MS, singleShot=True)
        self._writing.timeout.connect(self.keep)
        self.editors: dict[str, Editor] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 6)
        box.setSpacing(6)
        for names in _LINES:
            line = QHBoxLayout()
            line.setSpacing(6)
            for name in names:
                editor = self._make(name)
                line.addWidget(editor, _STRETCHES.get(name, 0), Qt.AlignmentFlag.AlignTop)
            box.addLayout(line)
        self._said = label("", "fieldNote", wraps=True)
        self.do = plain_button(t("duty_log.note_call"))
        self.do.setToolTip("Ctrl+Enter")
        self.do.clicked.connect(self.save)
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        foot.addWidget(self.do)
        box.addLayout(foot)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.save, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_page(self, page: dict[str, Value]) -> None:
        """Type for this page; what was begun for it is there again."""
        page_id, day = int(str(page["id"])), page["duty_on"]
        if page_id == self._page:
            return
        self.keep_now()
        assert isinstance(day, date)
        self._page, self._day = page_id, day
        begun = self._drafts.last(page_id)
        self._begin(begun.texts if begun else {})
        self._draft_id = begun.id if begun else drafts.new_id()
        if begun:
            self.say(t("duty_log.call_begun"), "amber")

    def enter(self) -> None:
        """Take the keyboard, where the first word is missing."""
        self._go_on(-1)

    def texts(self) -> dict[str, str]:
        """Return what stands in the editors."""
        return {name: editor.text() for name, editor in self.editors.items()}

    def typed(self) -> dict[str, str]:
        """Return what did not come by itself."""
        return {name: text for name, text in self.texts().items() if text.strip() != self._given.get(name, "").strip()}

    def save(self) -> None:
        """Note the line in the book, and be ready for the next."""
        if not self._page or not self.typed():
            return
        for editor in self.editors.values():
            editor.settle()
            editor.set_tone("")
        try:
            row = log.add_call(self._office, self._page, self.texts(), self._today())
        except Invalid as error:
            for problem in error.problems:
                self.editors[problem.field].set_tone("red")
            self.say("".join(problem.message for problem in error.problems), "red")
            self.editors[error.problems[0].field].inner.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        except OfficeError as error:
            self.say(str(error), "red")
            return
        self._drop()
        self.written.emit(int(str(row["id"])))
        self.enter()

    def keep(self) -> None:
        """Write through what was typed."""
        self._writing.stop()
        if typed := self.typed():
            self._drafts.keep(self._draft_id, self._page, typed)
        else:
            self._drafts.drop(self._draft_id)

    def keep_now(self) -> None:
        """Another page comes, or the program ends: what waits to be written through is."""
        if self._writing.isActive():
            self.keep()

    def say(self, words: str, tone: str = "") -> None:
        """Say something below the editors."""
        self._said.setText(words)
        tint(self._said, tone)

    # ---- what follows ----

    def _make(self, name: str) -> Editor:
        field = DUTY_CALL.field(name)
        editor = make_editor(field, self._office, DUTY_CALL, lambda: self._day, in_cell=True)
        inner = editor.inner
        assert isinstance(inner, QLineEdit | QPlainTextEdit)
        inner.setPlaceholderText(field.label)
        inner.setAccessibleName(field.label)
        if name in _WIDTHS:
            editor.setFixedWidth(_WIDTHS[name])
        editor.edited.connect(lambda: self._on_edited(editor))
        editor.entered.connect(lambda: self._go_on(list(self.editors).index(name)))
        editor.refused.connect(lambda words: self.say(words, "red"))
        self.editors[name] = editor
        return editor

    def _begin(self, texts: dict[str, str]) -> None:
        self._is_filling = True
        self._given = {"called_at": "", "way": DUTY_CALL.field("way").default, "handler": self._office.clerk}
        for name, editor in self.editors.items():
            editor.set_text(texts.get(name, self._given.get(name, "")))
            editor.set_tone("")
        self._is_filling = False
        self.say(t("duty_log.call_hint"))

    def _on_edited(self, editor: Editor) -> None:
        if self._is_filling:
            return
        editor.set_tone("")
        if editor.field.name != "called_at" and not self.editors["called_at"].text().strip():
            self._stamp()
        self._writing.start()

    def _stamp(self) -> None:
        """The first letter of a line is its time, on the day of the page and the night after it."""
        now = datetime.combine(self._today(), datetime.now().time())
        if timedelta(0) <= now.date() - self._day <= timedelta(1):
            self._is_filling = True
            self._given["called_at"] = f"{now:%Y-%m-%d %H:%M}"
            self.editors["called_at"].set_text(self._given["called_at"])
            self._is_filling = False

    def _go_on(self, place: int) -> None:
        """Enter: the next field that does not fill itself in; after the last the line is noted."""
        order = list(self.editors)
        following = [name for name in order[place + 1 :] if name not in _BY_ITSELF]
        if not following and place >= 0:
            self.save()
            return
        self.editors[following[0]].inner.setFocus(Qt.FocusReason.TabFocusReason)

    def _drop(self) -> None:
        self._writing.stop()
        self._drafts.drop(self._draft_id)
        self._draft_id = drafts.new_id()
        self._begin({})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the line."""
        if event.key() == Qt.Key.Key_Escape and self.typed():
            self._drop()
            self.enter()
        else:
            super().keyPressEvent(event)
