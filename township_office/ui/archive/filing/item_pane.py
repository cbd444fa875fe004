# SPDX-License-Identifier: MulanPSL-2.0
"""Below the table: the 档号 of the chosen item, where its period comes from, what lies in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.services.archive.desk import needs_look
from township_office.services.archive.proposal import Proposed
from township_office.ui import theme
from township_office.ui.archive.filing.plan_table import is_decided
from township_office.ui.widgets import ElidedLabel, label, rename

_HEIGHT, _LOW = 98, 62


class ItemPane(QFrame):
    """Three short columns; several chosen items are summed up."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.code = label("", "number")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.title, self.basis, self.parts = Lines("ink"), Lines("soft"), Lines("soft")
        self.basis_head, self.parts_head = ElidedLabel("", "section"), ElidedLabel("", "section")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(24)
        for stretch, head, words in ((5, self.code, self.title), (4, self.basis_head, self.basis),
                                     (3, self.parts_head, self.parts)):  # fmt: skip
            column = QVBoxLayout()
            column.setSpacing(3)
            column.addWidget(head)
            column.addWidget(words, 1)
            row.addLayout(column, stretch)
        self.be_low(is_low=False)

    def be_low(self, *, is_low: bool) -> None:
        """Take less of a low screen."""
        self.setFixedHeight(_LOW if is_low else _HEIGHT)

    def show_items(self, ones: Sequence[Proposed]) -> None:
        """Show one item, or several summed up, or nothing."""
        if len(ones) == 1:
            self._show_one(ones[0])
        elif ones:
            self._show_several(ones)
        else:
            self._say(t("filing_desk.none_chosen"), "", ("", ""), ("", ""))
            rename(self.code, "noNumber")

    def _show_one(self, one: Proposed) -> None:
        rename(self.code, "number" if one.reference_code else "noNumber")
        rule = t("filing_desk.by_rule", matter=one.matter, source=one.source) if one.matter else ""
        if is_decided(one):
            head = t("filing_desk.by_hand", period=one.retention)
            rule = t("filing_desk.rule_was", rule=rule) if rule else ""
        else:
            head = t("filing_desk.proposed", period=one.retention)
            rule = rule or t("filing_desk.no_rule")
        for note in filter(None, [one.reason, t("filing.not_done") if one.is_open and one.item_no else ""]):
            head = f"{head}　{note}"
        rename(self.basis_head, "amberSection" if needs_look(one) else "section")
        about = one.number if one.number not in ("", one.doc_number) else ""
        parts = t("filing_desk.parts", count=1 + len(one.members))
        self._say(
            one.reference_code or t(f"filing_desk.{_stands(one)}"),
            "　".join(filter(None, [one.title, about])),
            (head, rule),
            (parts, one.components + (f"\n{one.remarks}" if one.remarks else "")),
        )

    def _show_several(self, ones: Sequence[Proposed]) -> None:
        rename(self.code, "number")
        periods = "　".join(f"{word} {count}" for word, count in Counter(one.retention for one in ones).items())
        pageless = sum(one.page_count is None for one in ones)
        pages = t("filing_desk.pages", count=sum(one.page_count or 0 for one in ones))
        rename(self.basis_head, "section")
        self._say(
            t("filing_desk.chosen", count=len(ones)), t("filing_desk.chosen_hint"),
            (periods, ""), (pages, t("filing_desk.pageless", count=pageless) if pageless else ""),
        )  # fmt: skip

    def _say(self, code: str, title: str, basis: tuple[str, str], parts: tuple[str, str]) -> None:
        self.code.setText(code)
        for words, text in ((self.title, title), (self.basis, basis[1]), (self.parts, parts[1])):
            words.say(text)
        self.basis_head.show_text(basis[0])
        self.parts_head.show_text(parts[0])


def _stands(one: Proposed) -> str:
    """Say why an item has no 档号."""
    return "not_filed" if not one.is_filed else "not_yet" if one.is_out else "unfinished"


class Lines(QWidget):
    """Words on as many lines as there is room for; what is too much ends in … and is told by the tooltip."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone, self._text = tone, ""
        self.setFont(theme.screen_font(14 if tone == "ink" else 13))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def text(self) -> str:
        """Return what is said."""
        return self._text

    def say(self, text: str) -> None:
        """Say this from now on."""
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, metrics = QPainter(self), self.fontMetrics()
        painter.setPen(theme.colour(self._tone))
        height = metrics.lineSpacing()
        most = max(1, (self.height() + metrics.leading()) // height)
        left = [line for part in self._text.splitlines() for line in _broken(part, self.font(), self.width())]
        for at, (line, rest) in enumerate(left[:most]):
            is_cut = at == most - 1 and len(left) > most
            shown = metrics.elidedText(line + (rest or "…"), Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(0, at * height + metrics.ascent(), shown if is_cut else line)
        painter.end()


def _broken(text: str, font: QFont, width: int) -> list[tuple[str, str]]:
    """Return the lines a text takes, each with what follows it in the text."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        end = line.textStart() + line.textLength()
        lines.append((text[line.textStart() : end], text[end:]))
    layout.endLayout()
    return lines
