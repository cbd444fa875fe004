# SPDX-License-Identifier: MulanPSL-2.0
"""档号: the template of each category's codes, with what it gives; separators and widths the county archive decides."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit

from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.registers.archive.codes import CATEGORIES, Segments, reference_code
from township_office.services import settings
from township_office.services.archive.scheme import scheme_of
from township_office.services.office import Office
from township_office.ui.form.editors import Today
from township_office.ui.settings.settings_page import ValuesPage
from township_office.ui.widgets import chip, label, rename

# what the clerk reads in a template → what the program fills in
_PLACES = {
    t(f"archive_code.place_{name}"): name
    for name in ("fonds", "category", "year", "retention", "org", "volume", "item")
}
_SHOWN = {name: words for words, name in _PLACES.items()}
_KEPT_PLACE = re.compile(r"\{(\w+?)(?::(\d))?\}")
_SHOWN_PLACE = re.compile(r"[{｛]([^\d{}｛｝]+)(?:(\d)" + t("archive_code.digits") + r")?[}｝]")
_EXAMPLE = 190  # px
_FIRST_FONDS = "Z109"  # the example of the standard (DA/T 22 5.4.2), until the office has its own


class CodesPage(ValuesPage):
    """A line for each category; an empty line takes the usual template."""

    def __init__(self, office: Office, today: Today) -> None:
        keys = [f"archive.template.{one.code}" for one in CATEGORIES]
        super().__init__(t("archive_code.title"), t("archive_code.hint"), office, keys)
        self._today = today
        self._scheme = scheme_of(office)
        self.lines: dict[str, QLineEdit] = {}
        self.examples: dict[str, QLabel] = {}
        self._last: QLineEdit | None = None
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(2, _EXAMPLE)
        for place, category in enumerate(CATEGORIES):
            line, example = QLineEdit(), label("", "muted")
            usual = readable(category.template)
            kept = readable(self._old[f"archive.template.{category.code}"])
            line.setText("" if kept == usual else kept)
            line.setPlaceholderText(usual)
            line.setAccessibleName(category.name)
            line.textChanged.connect(lambda _text, code=category.code: self._on_edited(code))
            name = t("archive_code.category", name=category.name, code=category.code)
            for column, widget in enumerate((label(name), line, example)):
                grid.addWidget(widget, place, column)
            self.lines[category.code], self.examples[category.code] = line, example
        self.box.addLayout(self._places())
        self.box.addLayout(grid)
        self.box.addWidget(label(t("archive_code.width_hint"), "hint", wraps=True))
        self.box.addStretch()
        for category in CATEGORIES:
            self._show_example(category.code)

    def values(self) -> dict[str, str]:
        """See ValuesPage."""
        return {f"archive.template.{one.code}": self._template(one.code) for one in CATEGORIES}

    def apply(self) -> None:
        """See SettingsPage."""
        for category in CATEGORIES:
            if self._problem(category.code):
                self.lines[category.code].setFocus(Qt.FocusReason.OtherFocusReason)
                raise OfficeError("archive_code.refused", name=category.name)
        super().apply()

    def _places(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        for words in _PLACES:
            button = chip("{" + words + "}")
            button.setCheckable(False)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the line that is typed in keeps the cursor
            button.clicked.connect(lambda _checked=False, words=words: self._insert("{" + words + "}"))
            row.addWidget(button)
        row.addStretch()
        return row

    def _insert(self, place: str) -> None:
        line = next((line for line in self.lines.values() if line.hasFocus()), next(iter(self.lines.values())))
        line.insert(place)
        line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _template(self, code: str) -> str:
        line = self.lines[code]
        return internal(clean_text(line.text()) or line.placeholderText())

    def _problem(self, code: str) -> bool:
        return not settings.SETTINGS[f"archive.template.{code}"].is_valid(self._template(code))

    def _on_edited(self, code: str) -> None:
        self._show_example(code)
        self.edited.emit()

    def _show_example(self, code: str) -> None:
        example, has_problem = self.examples[code], self._problem(code)
        example.setText(t("archive_code.bad") if has_problem else self._example(code, self._today()))
        rename(example, "late" if has_problem else "muted")

    def _example(self, code: str, today: date) -> str:
        template, org = self._template(code), next(iter(self._scheme.orgs), "")
        volume = 1 if "{volume" in template else 0
        segments = Segments(self._scheme.fonds_no or _FIRST_FONDS, code, today.year - 1, "Y", org, 1, volume)
        return t("archive_code.example", code=reference_code(template, segments))


def readable(template: str) -> str:
    """Return a template with its places in Chinese: {全宗号}-{门类}·{年度}-{件号5位}."""

    def said(place: re.Match[str]) -> str:
        width = f"{place[2]}{t('archive_code.digits')}" if place[2] else ""
        return "{" + _SHOWN.get(place[1], place[1]) + width + "}"

    return _KEPT_PLACE.sub(said, template)


def internal(shown: str) -> str:
    """Return what readable() made readable as the program keeps it."""

    def kept(place: re.Match[str]) -> str:
        return "{" + _PLACES.get(place[1], place[1]) + (f":{place[2]}" if place[2] else "") + "}"

    return _SHOWN_PLACE.sub(kept, shown)
