# SPDX-License-Identifier: MulanPSL-2.0
"""Beside the month: how even the group is, person by person; below, why a turn is his, or what a change costs."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from township_office.core.text import t
from township_office.registers.duty.plan import DayKind, Standing
from township_office.registers.status import State
from township_office.services.roster.months import Roster
from township_office.services.roster.weighing import Cost, Scale, cost_words, figure
from township_office.ui import theme
from township_office.ui.duty.kinds import BARS
from township_office.ui.duty.month.fairness_bars import Bar, FairnessBars
from township_office.ui.widgets import Pill, label, rename, rule, scrolling

WIDTH = 324
_BELOW = 156  # pixels that the reason keeps at least
_EDGE = 16


class SidePanel(QFrame):
    """Shows what it is told; which group is shown, follows the chosen turn."""

    person_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self._roster: Roster | None = None
        self._scale: Scale | None = None
        self._preview: Cost | None = None
        self.groups = QComboBox()
        self.groups.setAccessibleName(t("duty_tab.group"))
        self.groups.activated.connect(lambda _: self._show())
        self.proof = Pill()
        self.spread = Spread()
        self.bars = FairnessBars()
        self.bars.chosen.connect(self.person_chosen)
        self._title, self._words = label("", "strong", wraps=True), label("", "muted", wraps=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(t("duty_tab.fairness"), "title"))
        head.addWidget(self.proof)
        head.addStretch()
        head.addWidget(self.groups)
        self._scroll = _scrolling(self.bars)
        below = QWidget()
        below.setObjectName("clear")
        why = QVBoxLayout(below)
        why.setContentsMargins(0, 0, 0, 0)
        why.setSpacing(4)
        why.addWidget(self._title)
        why.addWidget(self._words, 1)
        self._why = _scrolling(below)
        self._why.setFixedHeight(_BELOW)
        box = QVBoxLayout(self)
        box.setContentsMargins(_EDGE, 12, _EDGE, 12)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.spread)
        box.addWidget(self._scroll, 1)
        box.addWidget(rule())
        box.addWidget(self._why)

    # ---- how even it is ----

    def show_roster(self, roster: Roster, scale: Scale, proof: tuple[str, str]) -> None:
        """Show a roster as it is now."""
        self._roster, self._scale, self._preview = roster, scale, None
        shown, names = self.groups.currentText(), list(scale.now.groups)
        self.groups.clear()
        self.groups.addItems(names)
        self.groups.setCurrentIndex(max(names.index(shown) if shown in names else 0, 0))
        self.groups.setVisible(len(names) > 1)
        words, tone = proof
        self.proof.show_state(State("", words, "grey" if tone == "soft" else tone))
        self.proof.setVisible(bool(words))
        self._show()

    def show_group(self, group: str) -> None:
        """Show the people of this group."""
        place = self.groups.findText(group)
        if place >= 0 and place != self.groups.currentIndex():
            self.groups.setCurrentIndex(place)
            self._show()

    def preview(self, cost: Cost | None) -> None:
        """Show how it would be; None: as it is."""
        if self._preview is not cost:
            self._preview = cost
            if cost is not None:
                self.show_group(cost.group)
            self._show()

    def mark(self, person_id: int | None) -> None:
        """Let somebody's bar stand out, and in sight."""
        self.bars.mark(person_id)
        top = self.bars.top_of(person_id)
        if top is not None:
            self._scroll.ensureVisible(0, top + 12, 0, 24)

    def _show(self) -> None:
        if self._roster is None or self._scale is None:
            return
        group, names = self.groups.currentText(), self._roster.frame.people
        now = self._scale.now.groups.get(group)
        if now is None:
            self.spread.show_spread({}, Fraction(0), Fraction(0))
            self.bars.show_bars((), (), {})
            return
        preview = self._preview if self._preview is not None and self._preview.group == group else None
        then = preview.after if preview else now
        was = {share.member: share.load for share in now.shares}
        bars = [
            Bar(share.member, names[share.member].name, share.turns, share.load, share.is_compared,
                was.get(share.member) if preview else None)
            for share in then.shares
        ]  # fmt: skip
        kinds = [kind for kind in DayKind if any(share.turns.get(kind, 0) for share in then.shares)] or _kinds(then)
        self.bars.show_bars(bars, kinds, self._roster.frame.task.weights)
        self.spread.show_spread({kind: then.spread.get(kind) for kind in kinds}, then.load_spread, now.load_spread)

    # ---- why ----

    def say(self, title: str, words: str, tone: str = "soft") -> None:
        """Say why, or what it costs."""
        self._title.setText(title)
        self._words.setText(words)
        rename(self._words, f"note-{tone}")
        self._why.verticalScrollBar().setValue(0)

    def said(self) -> str:
        """Return what is said below."""
        return self._words.text()

    def show_cost(self, title: str, cost: Cost) -> None:
        """Say what a change costs, and let the bars show it."""
        self.preview(cost)
        words = t("duty_weigh.one_a_day_never") if cost.is_forbidden else cost_words(cost)
        self.say(title, words, "red" if cost.is_forbidden else cost.tone)


class Spread(QWidget):
    """The kinds of day with their colours, and how far apart the group is in each; and in the weight of all."""

    def __init__(self) -> None:
        super().__init__()
        self._kinds: Mapping[DayKind, int | None] = {}
        self._load, self._was = Fraction(0), Fraction(0)
        self._font = theme.screen_font(12)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_spread(self, kinds: Mapping[DayKind, int | None], load: Fraction, was: Fraction) -> None:
        """Show these spreads; None: the group has no such day this month."""
        self._kinds, self._load, self._was = kinds, load, was
        words = [_spread_words(kind, spread) for kind, spread in kinds.items()]
        self.setAccessibleName("　".join([*words, t("duty_tab.load_spread", load=figure(load))]))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 20 * (1 + (len(self._kinds) + 1) // 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        for at, (kind, spread) in enumerate(self._kinds.items()):
            left, top = at % 2 * self.width() // 2, at // 2 * 20
            painter.fillRect(left, top + 5, 10, 10, theme.colour(BARS[kind]))
            # Working days are what a holiday is made up with: more of them is no fault.
            is_wide = spread is not None and spread > 1 and kind is not DayKind.WORKDAY
            painter.setPen(theme.colour("amber" if is_wide else "soft"))
            painter.drawText(left + 16, top, self.width() // 2 - 16, 20, _LEFT, _spread_words(kind, spread))
        top = (len(self._kinds) + 1) // 2 * 20
        tone = "soft" if self._load == self._was else "amber" if self._load > self._was else "green"
        painter.setPen(theme.colour(tone))
        words = t("duty_tab.load_spread", load=figure(self._load))
        painter.drawText(0, top, self.width(), 20, _LEFT, words)
        painter.end()


def _spread_words(kind: DayKind, spread: int | None) -> str:
    word = t(f"duty.kind_{kind}")
    return t("duty_tab.spread", kind=word, spread=spread) if spread is not None else word


def _kinds(standing: Standing) -> list[DayKind]:
    return [kind for kind in DayKind if kind in standing.spread]


def _scrolling(inside: QWidget) -> QScrollArea:
    holder = QWidget()
    holder.setObjectName("clear")
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(inside)
    box.addStretch()
    return scrolling(holder)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
