# SPDX-License-Identifier: MulanPSL-2.0
"""The small form about one paper of a register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from township_office.core.fields import Value
from township_office.core.text import t
from township_office.ui.form.small_form import SmallForm
from township_office.ui.words import number_words


class PaperForm(SmallForm):
    """Says which paper it is about. See SmallForm."""

    def __init__(self, title: str, paper: Mapping[str, Value], do: str, parent: QWidget | None) -> None:
        words = t("way.about", number=number_words(paper), title=paper["title"] or t("ui.no_title"))
        super().__init__(title, words.strip(), do, parent)
        self.paper = paper


def now_on(today: date) -> datetime:
    """Return the time of day on the program's own day."""
    return datetime.combine(today, datetime.now().time())
