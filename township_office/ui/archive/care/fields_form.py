# SPDX-License-Identifier: MulanPSL-2.0
"""A few fields of a register, and something large that is done with them off the screen's thread: 鉴定, 销毁, 移交."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from township_office.core.errors import Invalid
from township_office.core.fields import Register
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services import settings
from township_office.services.office import Office, twin
from township_office.ui.form.draft_keeper import DraftKeeper
from township_office.ui.form.drafts import Drafts
from township_office.ui.form.editors import Editor, Today, make_editor
from township_office.ui.form.record_form import Strip
from township_office.ui.form.small_form import SmallForm
from township_office.ui.jobs import run_job
from township_office.ui.life.name_chips import NameChips
from township_office.ui.messages import words_for
from township_office.ui.widgets import label, plain_button

_BY_LEADERS = ("approver", "head", "leader")
Write = Callable[[Office, dict[str, str], Progress], object]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form asks for and does. names: the fields; demanded: those among them that may not stay empty.

    note stands above the fields; sure, where there is any, is asked once more before it is done. row_id: the row it is
    about, None where it begins one.
    """

    title: str
    about: str
    do: str
    names: Sequence[str]
    write: Write
    demanded: Sequence[str] = ()
    note: str = ""
    sure: str = ""
    row_id: int | None = None


class FieldsForm(SmallForm):
    """Stays open, with what was typed, until the books have taken it; accepted then."""

    def __init__(
        self, office: Office, book: Register, wanted: Wanted, said: Mapping[str, str], today: Today, parent: QWidget
    ) -> None:
        """said: what the fields say at first; what is not there says its default."""
        super().__init__(wanted.title, wanted.about, wanted.do, parent)
        self._office, self._wanted = office, wanted
        self._is_sure = not wanted.sure
        self._is_writing = False
        if wanted.note:
            self.add_row(label(wanted.note, "note-amber", wraps=True))
        leaders = settings.leaders(office)
        by_leader: Editor | None = None
        for name in wanted.names:
            field = book.field(name)
            editor = make_editor(
                replace(field, required=field.required or name in wanted.demanded), office, book, today
            )
            if name in said:
                editor.set_text(said[name])
                editor.settle()
            self.add(editor)
            by_leader = editor if name in _BY_LEADERS else by_leader
            if by_leader is not None and not self.has_room:  # below its row, where that is full
                self.add_row(NameChips(by_leader, leaders, several=False, has_keys=by_leader.field.name != "leader"))
                by_leader = None
        self.sure = Strip("amber")
        self._go = plain_button(wanted.do)
        self.sure.add(plain_button(t("disposal.look_again")), self._look_again)
        self.sure.add(self._go, self._on_sure)
        self.body.addWidget(self.sure)
        self.settle_down()
        if wanted.names:
            DraftKeeper(self, Drafts(office.path, book, wanted.names[0]), wanted.row_id)

    def save(self) -> None:
        """Do it in a thread and close; what is refused is said and nothing typed is lost."""
        if self._is_writing:
            return
        for block in self.blocks.values():
            block.editor.settle()
        for strip in (self.trouble, self.leaving):
            strip.say("")
        if not self._is_sure:
            self.sure.say(self._wanted.sure)
            self.fit_soon()
            self.sure.buttons[0].setFocus()
            return
        self._is_writing = True
        office, draft, write = self._office, self.texts(), self._wanted.write

        def work(progress: Progress) -> object:
            with twin(office) as own:
                return write(own, draft, progress)

        job = run_job(self, self._wanted.title, work, lambda _: self.accept(), self._on_refused)
        job.ended.connect(self._on_ended)

    def reject(self) -> None:
        """Esc first takes the question back."""
        if not self.sure.isHidden():
            self._look_again()
        elif not self._is_writing:
            super().reject()

    def _on_sure(self) -> None:
        self._is_sure = True
        self.sure.say("")
        self.save()

    def _look_again(self) -> None:
        self.sure.say("")
        self.do.setFocus()

    def _on_ended(self) -> None:
        self._is_writing, self._is_sure = False, not self._wanted.sure

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, Invalid):
            self.show_problems(error)
        else:
            self.trouble.say(words_for(error))
        self.fit_soon()
