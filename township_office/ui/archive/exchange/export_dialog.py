# SPDX-License-Identifier: MulanPSL-2.0
"""导出归档文件目录: which columns in which order under which headings, as the county archive asks; then the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from township_office.core.errors import OfficeError
from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.services import browsing
from township_office.services.archive import exporting
from township_office.services.archive.exporting import Layout
from township_office.services.archive.scheme import scheme_of
from township_office.services.browsing import View
from township_office.services.exporting import Exported
from township_office.services.office import Office, twin
from township_office.ui.archive.exchange.column_table import ColumnTable
from township_office.ui.confidential.said import Said
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.jobs import run_job
from township_office.ui.messages import Asker, words_for
from township_office.ui.widgets import label, plain_button, primary_button

_GO = "Ctrl+Enter"
_SIDE_WIDTH = 280
_FORMS = {
    "dates": exporting.DATE_FORMS, "retention": exporting.RETENTION_FORMS, "org": exporting.ORG_FORMS,
}  # fmt: skip


class CatalogueExportDialog(FramedDialog):
    """Columns at the left, how they are written at the right; what was used last is there again."""

    def __init__(
        self, office: Office, view: View, today: Callable[[], date], asker: Asker, parent: QWidget | None = None
    ) -> None:
        super().__init__(t("catalogue.export_title"), parent)
        self._office, self._view, self._today, self._asker = office, view, today, asker
        self.table = ColumnTable(exporting.all_columns())
        self.forms = {name: self._make_form(name, choices) for name, choices in _FORMS.items()}
        self.whole = plain_button(t("catalogue.whole"))
        self.standard = plain_button(t("catalogue.standard"))
        self.up, self.down = plain_button(t("catalogue.up")), plain_button(t("catalogue.down"))
        self.load_button, self.save_button = plain_button(t("catalogue.load")), plain_button(t("catalogue.save"))
        self.export = primary_button(t("catalogue.export"), _GO)
        self.said = Said()
        self._note = label("", "hint", wraps=True)
        self._put_together()
        self._connect()
        self.show_layout(exporting.layout_of(office))
        self.fit(QSize(860, 680))
        self.table.setFocus()

    def layout_now(self) -> Layout:
        """Return the layout as it stands in the window."""
        chosen = {name: str(box.currentData()) for name, box in self.forms.items()}
        return Layout(self.table.columns(), **chosen)

    def show_layout(self, layout: Layout) -> None:
        """Show another layout."""
        for name, box in self.forms.items():
            box.setCurrentIndex(box.findData(getattr(layout, name)))
        self.table.show_columns(layout.columns)

    def on_export(self) -> None:
        """Ask where to, and write the file in a job."""
        layout = self._checked()
        if layout is None:
            return
        year = t("archive.year", year=self._view.year) if self._view.year is not None else ""
        suggested = t("catalogue.file", year=year)
        self._asker.save_file(
            t("catalogue.export_title"), suggested, t("catalogue.kinds"), lambda path: self._write(layout, path)
        )

    def on_load(self) -> None:
        """Take over a layout that another township saved."""
        self._asker.open_file(t("catalogue.load_title"), t("catalogue.layout_kinds"), self._load)

    def on_save(self) -> None:
        """Save the layout for others."""
        layout = self._checked()
        if layout is not None:
            self._asker.save_file(
                t("catalogue.save_title"), t("catalogue.layout_file"), t("catalogue.layout_kinds"),
                lambda path: self._save(layout, path),
            )  # fmt: skip

    # ---- what follows ----

    def _write(self, layout: Layout, path: Path) -> None:
        office, view, today = self._office, self._view, self._today()

        def work(progress: Progress) -> Exported:
            with twin(office) as own:
                return exporting.export_catalogue(own, view, layout, path, today, progress)

        def done(out: Exported) -> None:
            words = t("ui.exported", count=f"{out.rows:,}", path=path)
            self._asker.tell(words + (t("catalogue.left_out", count=out.left_out) if out.left_out else ""))
            self.accept()

        try:
            exporting.keep(office, layout)
        except OfficeError as error:
            self.said.say(words_for(error))
            return
        run_job(self, t("catalogue.export_title"), work, done, lambda error: self.said.say(words_for(error)))

    def _load(self, path: Path) -> None:
        try:
            self.show_layout(exporting.load(path))
        except OfficeError as error:
            self.said.say(words_for(error))
            return
        self.said.say(t("catalogue.loaded", file=path.name), "green")

    def _save(self, layout: Layout, path: Path) -> None:
        try:
            exporting.save(layout, path)
        except OfficeError as error:
            self.said.say(words_for(error))
            return
        self.said.say(t("catalogue.saved", path=path), "green")

    def _checked(self) -> Layout | None:
        """Return the layout, None where it cannot be; then it is said what to do."""
        layout = self.layout_now()
        try:
            exporting.check(layout)
        except OfficeError as error:
            self.said.say(words_for(error))
            return None
        return layout

    def _on_edited(self) -> None:
        layout = self.layout_now()
        lacking = exporting.missing(layout)
        is_whole = not lacking and layout.org == "code"
        words = t("catalogue.comes_back") if is_whole else t("catalogue.comes_back_less")
        self._note.setText(t("catalogue.column_count", count=len(layout.columns)) + words)
        self.said.say("")

    # ---- how it is put together ----

    def _make_form(self, name: str, choices: tuple[str, ...]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(t(f"catalogue.form_{name}"))
        for choice in choices:
            box.addItem(t(f"catalogue.{name}_{choice}"), choice)
        return box

    def _put_together(self) -> None:
        count = len(browsing.row_ids(self._office, ARCHIVE_ITEM, self._view, self._today()))
        self.body.addWidget(label(t("catalogue.what", view=self._words(), count=f"{count:,}"), "muted", wraps=True))
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.table, 1)
        side = QWidget()
        side.setFixedWidth(_SIDE_WIDTH)
        side.setLayout(self._side())
        row.addWidget(side)
        self.body.addLayout(row, 1)
        for place, button in enumerate((self.load_button, self.save_button)):
            button.setToolTip(t("catalogue.share"))
            self.foot.insertWidget(place, button)
        self.foot.insertWidget(2, self.said, 1)
        close = plain_button(t("ui.cancel"))
        close.clicked.connect(self.reject)
        self.add_to_foot(close, self.export)

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        for buttons in ((self.whole, self.standard), (self.up, self.down)):
            line = QHBoxLayout()
            line.setSpacing(8)
            for button in buttons:
                line.addWidget(button, 1)
            side.addLayout(line)
        side.addWidget(self._note)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (name, box) in enumerate(self.forms.items()):
            grid.addWidget(label(t(f"catalogue.form_{name}"), "label"), row, 0)
            grid.addWidget(box, row, 1)
        side.addSpacing(4)
        side.addLayout(grid)
        side.addStretch()
        return side

    def _words(self) -> str:
        """Return which items these are: 2025年 永久 党政综合办公室."""
        scheme = scheme_of(self._office)
        year = [t("archive.year", year=self._view.year)] if self._view.year is not None else []
        part = [scheme.org_name(str(value)) for name, value in self._view.part if value is not None and name != "year"]
        return " ".join([*year, *part]) or t("catalogue.everything")

    def _connect(self) -> None:
        self.table.edited.connect(self._on_edited)
        for box in self.forms.values():
            box.currentIndexChanged.connect(lambda _: self._on_edited())
        for button, layout in ((self.whole, exporting.whole_layout), (self.standard, exporting.standard_layout)):
            button.clicked.connect(lambda _=False, layout=layout: self.table.show_columns(layout().columns))
        self.up.clicked.connect(lambda: self.table.move_line(-1))
        self.down.clicked.connect(lambda: self.table.move_line(1))
        self.load_button.clicked.connect(self.on_load)
        self.save_button.clicked.connect(self.on_save)
        self.export.clicked.connect(self.on_export)
        for key in (_GO, "Ctrl+Return"):
            QShortcut(QKeySequence(key), self).activated.connect(self.on_export)
