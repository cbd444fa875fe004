# SPDX-License-Identifier: MulanPSL-2.0
"""作废: a row is marked void with its reason; it stays in the book and its number is never given again."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.fields import Field, Register, Value
from township_office.core.text import t
from township_office.core.values import show
from township_office.services import records
from township_office.services.office import Office
from township_office.ui import memory
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.form import begun
from township_office.ui.form.editors import Today
from township_office.ui.widgets import card, chip, label, plain_button, primary_button
from township_office.ui.words import number_words

_OFFERED = 4


class VoidDialog(FramedDialog):
    """Asks for the reason, says what will happen, and does it; voided(row id) when it is done."""

    voided = Signal(int)
    reasons = "void.reasons"  # where this PC remembers those given lately

    def __init__(
        self,
        office: Office,
        register: Register,
        row: Mapping[str, Value],
        today: Today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(t("form.void", number=number_words(row) or row["title"]), parent)
        self._office, self._register, self._row, self._today = office, register, row, today
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(t("form.void_reason_hint"))
        self.reason.setAccessibleName(t("form.void_reason"))
        self.reason.setMaxLength(records.MAX_REASON)
        self.reason.textChanged.connect(self._on_typed)
        self.reason.returnPressed.connect(self._on_enter)
        self._problem = label("", "problem", wraps=True)
        self.body.addWidget(self._paper())
        self.body.addWidget(label(t("form.void_reason"), "label"))
        self.body.addWidget(self.reason)
        self.body.addLayout(self._chips())
        self.body.addWidget(label(self.effect(), "muted", wraps=True))
        self.body.addWidget(self._problem)
        self.body.addStretch()
        back = plain_button(t("ui.cancel"))
        back.clicked.connect(self.reject)
        self._do = primary_button(t("form.void_do"), "Ctrl+S")
        self._do.clicked.connect(self.void)
        self.add_to_foot(back, self._do)
        QShortcut(QKeySequence("Ctrl+S"), self, self.void)
        self.reason.setText(begun.words(office, register.name, int(str(row["id"]))))
        self._on_typed()
        self.fit(QSize(560, self.sizeHint().height() + 16))
        self.reason.setFocus()

    def void(self) -> None:
        """Mark the row void; a refusal is said under the reason and the dialog stays."""
        reason = self.reason.text().strip()
        if not reason:
            return
        try:
            self.write(int(str(self._row["id"])), reason)
        except OfficeError as error:
            self._problem.setText(str(error))
            return
        memory.remember_first(self.reasons, reason, _OFFERED)
        self._keep("")
        self.voided.emit(int(str(self._row["id"])))
        self.accept()

    def write(self, row_id: int, reason: str) -> None:
        """Do it; raise OfficeError where the books refuse."""
        records.void(self._office, self._register, row_id, reason, self._today())

    def effect(self) -> str:
        """Return what will happen, in words."""
        number = self._row["number"]
        return t("form.void_effect", keeps=t("form.void_number", number=number) if number else "")

    def usual(self) -> list[str]:
        """Return the reasons that are offered before any was given."""
        places = (1, 2, 3) if "sender" in self._row else (1, 2)  # 来文撤回 is said of what came
        return [t(f"form.void_usual_{place}") for place in places]

    def problem(self) -> str:
        """Return what is being said to be wrong."""
        return self._problem.text()

    def _paper(self) -> QWidget:
        """What is about to be voided, so that nobody voids the row beside it."""
        sheet = card()
        box = QVBoxLayout(sheet)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(4)
        dated = self._register.field(self._register.dated_by)
        box.addWidget(label(str(self._row["title"] or self._required_words(dated)), "title", wraps=True))
        who = self._row.get("sender") or self._row.get("main_recipient") or ""
        words = t("form.void_what", day=show(dated, self._row[dated.name]), who=who)
        box.addWidget(label(words.strip(), "muted", wraps=True))
        return sheet

    def _required_words(self, dated: Field) -> str:
        """Return what a row without a title says: 温度（℃） 18.5　湿度（%） 55."""
        fields = [field for field in self._register.fields if field.required and field is not dated]
        return "　".join(f"{field.label} {show(field, self._row[field.name])}" for field in fields)

    def _chips(self) -> QHBoxLayout:
        """The reasons given lately, then the usual ones."""
        row = QHBoxLayout()
        row.setSpacing(2)
        room = 44  # characters that fit beside each other
        for words in dict.fromkeys([*memory.recall_texts(self.reasons), *self.usual()]):
            room -= len(words) + 2
            if room < 0:
                break
            button = chip(words)
            button.setCheckable(False)
            button.clicked.connect(lambda _checked=False, words=words: self._take(words))
            row.addWidget(button)
        row.addStretch()
        return row

    def _take(self, words: str) -> None:
        self.reason.setText(words)
        self._do.setFocus()

    def _keep(self, reason: str) -> None:
        begun.keep(self._office, self._register.name, int(str(self._row["id"])), reason)

    def _on_typed(self) -> None:
        self._keep(self.reason.text().strip())
        self._problem.clear()
        self._do.setEnabled(bool(self.reason.text().strip()))

    def _on_enter(self) -> None:
        """Enter leads to the button and does not press it: what follows cannot be taken back."""
        if self._do.isEnabled():
            self._do.setFocus()
