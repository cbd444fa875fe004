# SPDX-License-Identifier: MulanPSL-2.0
"""The forms of one document (文件处理单, 传阅单; 发文稿纸, 分发表): as on paper, then a printer, PDF or Word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from township_office.core.fields import Register, Value
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services.forms import FORMS, FormRequest, note_on_paper, print_form
from township_office.services.office import Office, twin
from township_office.services.printing import Printed
from township_office.ui.jobs import run_job, run_quietly
from township_office.ui.messages import Asker
from township_office.ui.printing.pages_dialog import UPRIGHT, PagesDialog
from township_office.ui.widgets import chip, label, rule
from township_office.ui.words import number_words

_WANTED = QSize(1040, 760)
_LEFT = 232
_FORMATS = ("pdf", "docx")


class FormDialog(PagesDialog):
    """Which form at the left, the sheet at the right: the very file that is printed."""

    def __init__(
        self, office: Office, row: Mapping[str, Value], form: str, today: Callable[[], date], asker: Asker,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(asker, UPRIGHT, _FORMATS, parent, folder="township-form-")
        self._office, self._row, self._today = office, row, today
        self._register: Register = FORMS[form].register
        self._form = form
        self.choices = {name: chip(one.title) for name, one in FORMS.items() if one.register is self._register}
        for name, button in self.choices.items():
            button.clicked.connect(lambda _=False, name=name: self.show_form(name))
        self._put_together()
        self.fit(_WANTED)
        self.show_form(form)

    def show_form(self, form: str) -> None:
        """Make this form in a thread and show it."""
        if self._making is not None:
            self._making.cancel()
        self._form = form
        self.choices[form].setChecked(True)
        self.setWindowTitle(f"{FORMS[form].title}　{number_words(self._row)}".strip())
        self._printed = None
        self.wait(t("print.making"))
        assert self._folder is not None
        path = Path(self._folder.name) / f"{form}.pdf"
        self._making = run_quietly(self, self._writer(path), self.show_printed, self.show_refusal)

    def on_save(self, kind: str, *_: object) -> None:
        """Ask where to, then write the form as PDF or Word."""
        if self._printed is not None:
            suggested = f"{FORMS[self._form].title}（{number_words(self._row) or t('ui.no_number')}）.{kind}"
            title, filters = t(f"print.save_{kind}"), t(f"print.filter_{kind}")
            self._asker.save_file(title, suggested, filters, lambda path: self._save(path, kind))

    def send_to(self, printer: Any) -> None:
        """Send the form to a QPrinter as it was set up."""
        if self._printed is not None:
            note_on_paper(self._office, self._request())
        super().send_to(printer)

    # ---- what follows ----

    def _request(self) -> FormRequest:
        return FormRequest(self._form, int(str(self._row["id"])))

    def _writer(self, path: Path) -> Callable[[Progress], Printed]:
        """Return the work of writing the form to path, for a thread."""
        office, today, request = self._office, self._today(), self._request()

        def work(progress: Progress) -> Printed:
            with twin(office) as own:
                return print_form(own, request, path, today, progress)

        return work

    def _save(self, path: Path, kind: str) -> None:
        def done(printed: Printed) -> None:
            note_on_paper(self._office, self._request())
            self.state.setText(t("print.saved", path=printed.path))

        run_job(self, t("print.saving"), self._writer(self.with_suffix(path, kind)), done, self._asker.report)

    # ---- putting it together ----

    def _put_together(self) -> None:
        left = QFrame()
        left.setObjectName("printLeft")
        left.setFixedWidth(_LEFT)
        box = QVBoxLayout(left)
        box.setContentsMargins(18, 16, 18, 14)
        box.setSpacing(8)
        box.addWidget(label(number_words(self._row) or t("ui.no_number"), "number"))
        box.addWidget(label(str(self._row["title"] or t("ui.no_title")), "title", wraps=True))
        box.addSpacing(4)
        box.addWidget(rule())
        group = QButtonGroup(self)
        for button in self.choices.values():
            group.addButton(button)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch()
        box.addWidget(self.state)
        box.addWidget(self.print)
        box.addLayout(self.saves_row())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(left)
        whole.addWidget(self.right, 1)
