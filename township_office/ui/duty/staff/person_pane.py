# SPDX-License-Identifier: MulanPSL-2.0
"""Beside the list: the days of the chosen person (请假, 培训 …), typed as spans in one line; who goes with whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from township_office.core.errors import Invalid, OfficeError
from township_office.core.text import t
from township_office.registers.duty.staff import ABSENT, FIXED, UNWISH, WISH, Away, Pair, Person, spans_in
from township_office.services.office import Office, change
from township_office.services.roster import staffing
from township_office.ui import theme
from township_office.ui.widgets import EmptyState, label, link_button, plain_button, rule, scrolling

WIDTH = 340
_EDGE = 16
_KINDS = (*ABSENT, FIXED, WISH, UNWISH)


class PersonPane(QFrame):
    """Shows one person; what is typed here is kept at once."""

    changed = Signal()
    edit_wanted = Signal()
    pair_wanted = Signal()

    def __init__(self, office: Office, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self._office, self._today = office, today
        self.person: Person | None = None
        self._name, self._about = label("", "title"), label("", "muted", wraps=True)
        self.kind = QComboBox()
        self.kind.addItems(_KINDS)
        self.kind.setAccessibleName(t("duty_staff.kind"))
        self.spans = QLineEdit()
        self.spans.setPlaceholderText(t("duty_staff.spans_hint"))
        self.spans.setAccessibleName(t("duty_staff.spans"))
        self.spans.setMaxLength(300)
        self.spans.returnPressed.connect(self.add_days)
        self._trouble = label("", "problem", wraps=True)
        self._how = label(t("duty_staff.spans_how"), "hint", wraps=True)
        self._trouble.hide()
        self.spans.textEdited.connect(lambda _: self._say(""))
        self._add = plain_button(t("duty_staff.add"))
        self._add.clicked.connect(self.add_days)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._pairs = QVBoxLayout()
        self._pairs.setSpacing(0)
        self._empty = EmptyState("clerk", "", t("duty_staff.nobody_chosen"))
        self._build()
        self.show_person(None, (), (), {})

    def _build(self) -> None:
        edit, pair = link_button(t("duty_staff.edit")), link_button(t("duty_staff.add_pair"))
        edit.clicked.connect(self.edit_wanted)
        pair.clicked.connect(self.pair_wanted)
        self._writing: Sequence[QWidget] = (edit, pair, self.kind, self.spans, self._add)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(edit)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.kind)
        row.addWidget(self.spans, 1)
        row.addWidget(self._add)
        pairs = QHBoxLayout()
        pairs.addWidget(label(t("duty_staff.pairs"), "section"), 1)
        pairs.addWidget(pair)
        self._inside = QWidget()
        self._inside.setObjectName("clear")
        box = QVBoxLayout(self._inside)
        box.setContentsMargins(_EDGE, 14, _EDGE, 14)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._about)
        box.addWidget(rule())
        box.addWidget(label(t("duty_staff.days"), "section"))
        box.addLayout(row)
        box.addWidget(self._trouble)
        box.addWidget(self._how)
        box.addLayout(self._lines)
        box.addSpacing(4)
        box.addWidget(rule())
        box.addLayout(pairs)
        box.addLayout(self._pairs)
        box.addStretch()
        scroll = scrolling(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 1, 0, 1)
        whole.addWidget(scroll)
        whole.addWidget(self._empty)
        self._scroll = scroll

    def show_person(
        self, person: Person | None, aways: Sequence[Away], pairs: Sequence[Pair], names: dict[int, str]
    ) -> None:
        """Show somebody, what is said of the days and who goes with whom; names: of everybody by id."""
        if person is None or self.person is None or person.id != self.person.id:
            self.spans.clear()
            self._say("")
        self.person = person
        self._scroll.setVisible(person is not None)
        self._empty.setVisible(person is None)
        for widget in self._writing:
            widget.setEnabled(person is not None and not self._office.is_readonly)
        if person is None:
            return
        self._name.setText(person.name)
        about = ["、".join(person.groups), person.post, person.phone, *_stay(person), person.remarks]
        self._about.setText("　".join(filter(None, about)))
        _refill(self._lines, [self._day_line(one) for one in aways], t("duty_staff.no_days"))
        _refill(self._pairs, [self._pair_line(one, person, names) for one in pairs], t("duty_staff.no_pairs"))

    def add_days(self) -> None:
        """Keep the spans that are typed; what cannot be read stays, with a word below it."""
        if self.person is None:
            return
        try:
            spans = spans_in(self.spans.text(), self._today())
            if not spans:
                raise ValueError(t("duty_staff.needs_days"))
            with change(self._office):
                for first, last in spans:
                    draft = {
                        "kind": self.kind.currentText(),
                        "first_on": first.isoformat(),
                        "last_on": last.isoformat(),
                    }
                    staffing.save_away(self._office, self.person.id, draft, self._today())
        except (ValueError, OfficeError) as error:
            said = [one.message for one in error.problems] if isinstance(error, Invalid) else [str(error)]
            self._say("".join(said))
            self.spans.setFocus()
            return
        self.spans.clear()
        self.changed.emit()

    def _say(self, trouble: str) -> None:
        """Say below the days what is wrong with them, else how they are written."""
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        self._how.setVisible(not trouble)

    def _day_line(self, away: Away) -> QWidget:
        words = span_words(away.first_on, away.last_on, self._today().year)
        drop = partial(self._drop, lambda: staffing.drop_away(self._office, away.id, self._today()))
        return self._line(away.kind, words, drop, t("duty_staff.drop_days", kind=away.kind, days=words))

    def _pair_line(self, pair: Pair, person: Person, names: dict[int, str]) -> QWidget:
        other = names.get(pair.second_id if pair.first_id == person.id else pair.first_id, "")
        drop = partial(self._drop, lambda: staffing.drop_pair(self._office, pair.id, self._today()))
        return self._line(t(f"duty_staff.pair_{pair.rule}"), other, drop, t("duty_staff.drop_pair", name=other))

    def _line(self, kind: str, words: str, drop: Callable[[], None], tip: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        what = label(kind, "note-soft")
        what.setMinimumWidth(66)
        row.addWidget(what)
        row.addWidget(label(words), 1)
        button = QToolButton()
        button.setIcon(theme.icon("duty_drop"))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setEnabled(not self._office.is_readonly)
        button.clicked.connect(drop)
        row.addWidget(button)
        return line

    def _drop(self, do: Callable[[], None]) -> None:
        do()
        self.changed.emit()


def span_words(first: date, last: date, year: int) -> str:
    """Return a span as it is read: 10-01 至 10-07; of another year with the year."""
    days = [f"{day:%m-%d}" if day.year == year else day.isoformat() for day in (first, last)]
    return days[0] if first == last else t("duty_staff.span", first=days[0], last=days[1])


def _stay(person: Person) -> list[str]:
    said = [t("duty_staff.since", day=person.starts_on)] if person.starts_on else []
    return [*said, t("duty_staff.until", day=person.ends_on)] if person.ends_on else said


def _refill(box: QVBoxLayout, lines: Sequence[QWidget], nothing: str) -> None:
    while (item := box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for line in lines or [label(nothing, "hint")]:
        box.addWidget(line)
