# SPDX-License-Identifier: MulanPSL-2.0
"""What the register knows of a new paper, offered while it is typed: in the form and in the table alike.

The sender brings its 代字 and its titles of former years, the title and the 文号 bring the sender, and a pasted
"标题（文号）" falls into its two fields wherever it is pasted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from township_office.core.dates import parse_date
from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.services import habits
from township_office.services.office import Office
from township_office.ui.form.editors import DocNumberEditor, Today
from township_office.ui.form.line_editor import Editor
from township_office.ui.form.paste_line import split_line
from township_office.ui.form.suggest_editor import SuggestEditor
from township_office.ui.form.text_editor import TextEditor


class Proposals(QObject):
    """Watches the editors of one new paper; a register that has none of these fields is left in peace."""

    split = Signal(str, str)  # a whole line was put into 标题 or 文号: these are its title and its 文号

    def __init__(
        self, office: Office, register: Register, today: Today, editors: Mapping[str, Editor], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._office, self._register, self._today = office, register, today
        self._editors = editors
        self._coded = ("", 0)  # the sender and year whose 代字 is proposed now
        sender, number, title = (editors.get(name) for name in ("sender", "doc_number", "title"))
        if isinstance(sender, SuggestEditor):
            sender.arrived.connect(lambda: sender.propose(self._likely_sender()))
        if isinstance(number, DocNumberEditor):
            for moment in (number.arrived, number.edited):
                moment.connect(lambda: self._propose_code(number))
            number.pasted.connect(self._on_pasted)
            number.left.connect(lambda: self._on_number_left(number))
        if isinstance(title, TextEditor):
            title.source = self._titles
            if number is not None:
                title.pasted.connect(self._on_pasted)

    def _text(self, name: str) -> str:
        return self._editors[name].text().strip() if name in self._editors else ""

    def _year(self) -> int:
        """The year the paper is dated in; of this one while no day can be read."""
        with suppress(ValueError):
            return parse_date(self._text(self._register.dated_by), self._today()).year
        return self._today().year

    def _propose_code(self, number: DocNumberEditor) -> None:
        sender, year = self._text("sender"), self._year()
        if (sender, year) != self._coded:  # looked up once a paper, not with each digit
            self._coded = sender, year
            number.propose(self._asked(lambda: habits.usual_code(self._office, self._register, sender, year)), year)

    def _likely_sender(self) -> str:
        title, number = self._text("title"), self._text("doc_number")
        return self._asked(lambda: habits.likely_sender(self._office, self._register, title, number))

    def _titles(self, typed: str) -> list[str]:
        sender, year = self._text("sender"), self._year()
        try:
            return habits.recurring_titles(self._office, self._register, sender, typed, year)
        except OfficeError:
            return []

    def _asked(self, question: Callable[[], str]) -> str:
        try:
            return question()
        except OfficeError:
            return ""  # a proposal is a courtesy; saving will say what is wrong with the file

    def _on_pasted(self, text: str) -> None:
        """A whole line brings its other half along, unless that was typed already."""
        title, number = split_line(text)
        halves = {"title": title, "doc_number": number}
        if number and all(not self._text(name) or self._text(name) == text.strip() for name in halves):
            self.split.emit(title, number)

    def _on_number_left(self, number: DocNumberEditor) -> None:
        """A line that came into 文号 by the mouse, or was typed there, is no 文号 either."""
        title, found = split_line(number.text())
        if title and found and not self._text("title"):
            self.split.emit(title, found)
