# SPDX-License-Identifier: MulanPSL-2.0
"""The row above the first row of the table, in which the next paper is typed: editors exactly over their columns.

It lies on the headings' own widget, so it neither scrolls with the rows nor takes a place among them. Enter goes to
the next column that wants something: one that is held (按住不变), or still says what it said by itself, is passed over.
Tab goes to each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from township_office.core.fields import Field
from township_office.core.text import t
from township_office.ui import theme
from township_office.ui.book.register_table import RegisterTable
from township_office.ui.book.table_model import NUMBER, STATUS
from township_office.ui.entry.cell_editing import is_from_above
from township_office.ui.entry.entry_foot import EntryFoot
from township_office.ui.entry.series_choice import SeriesChoice
from township_office.ui.entry.stop import Stop
from township_office.ui.form.line_editor import ENTER, Editor

_LINE = 34  # pixels a one-line editor is high
_MARGIN = 5  # above the editors and below the foot
_FOOT = 32
_PIN = 20

MakeEditor = Callable[[Field], Editor]
Slot = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Told:
    """What is said in the foot, in which tone, and the way out behind it."""

    words: str = ""
    tone: str = ""
    way_out: str = ""
    follow: Slot = lambda: None
    other: str = ""  # a second way out, that leads to what to do after a mishap


class EntryRow(QFrame):
    """Editors over columns, and a foot with what is to be said of the one that has the cursor."""

    finished = Signal()  # Enter on the last column, Ctrl+Enter, the button
    given_up = Signal()  # Esc
    edited = Signal(str)  # name of the field
    left = Signal(str)
    same_wanted = Signal()  # F4
    above_wanted = Signal(str)  # Ctrl+D, Ctrl+'
    pinned = Signal()
    confidential_wanted = Signal()
    mishap_wanted = Signal()

    def __init__(self, table: RegisterTable, make: MakeEditor, series: SeriesChoice) -> None:
        super().__init__(table.heads)
        self.setObjectName("entryRow")
        self._table, self._make = table, make
        self.stops: dict[str, Stop] = {}
        self.series = series
        series.setParent(self)
        self._now: Stop | None = None
        self._told = Told()
        self._follow: Slot = self._told.follow
        self.foot = EntryFoot(self)
        self.foot.same.clicked.connect(self.same_wanted)
        self.foot.save.clicked.connect(self.finished)
        self.foot.close_button.clicked.connect(self.given_up)
        self.foot.link.clicked.connect(lambda: self._follow())
        self.foot.other_link.clicked.connect(self.mishap_wanted)
        self.resume()
        table.horizontalScrollBar().valueChanged.connect(self.place)
        table.heads.sectionResized.connect(self.place)
        table.heads.installEventFilter(self)

    # ---- columns ----

    def resume(self) -> None:
        """Have an editor for each column of the table; one that was there keeps its text."""
        columns = {field.name: field for field in self._table.rows.columns if field.name not in (NUMBER, STATUS)}
        for name in [name for name in self.stops if name not in columns]:
            stop = self.stops.pop(name)
            for widget in (stop.editor, stop.pin):
                widget.hide()
                widget.deleteLater()
        self.stops = {name: self.stops.get(name) or self._make_stop(field) for name, field in columns.items()}
        self.place()

    def _make_stop(self, field: Field) -> Stop:
        editor = self._make(field)
        editor.setParent(self)
        pin = QToolButton(self._table.heads)
        pin.setObjectName("pin")
        pin.setIcon(theme.icon("pin", "void"))
        pin.setCheckable(True)
        pin.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pin.setToolTip(t("entry.hold", column=field.label))
        pin.setAccessibleName(t("entry.hold", column=field.label))
        stop = Stop(editor, pin, self)
        editor.inner.setAccessibleName(field.label)
        editor.edited.connect(lambda: self._on_edited(stop))
        editor.entered.connect(lambda: self._on_entered(stop))
        editor.arrived.connect(lambda: self._on_arrived(stop))
        editor.noted.connect(self.say_now)
        editor.left.connect(lambda: self.left.emit(field.name))
        editor.refused.connect(lambda words: self.object_to(field.name, words))
        pin.toggled.connect(lambda: self._on_pinned(stop))
        return stop

    def in_sight(self) -> list[Stop]:
        """Return the columns that can be typed into, from left to right."""
        columns = self._table.rows.columns
        return [self.stops[columns[i].name] for i in self._table.columns_in_sight() if columns[i].name in self.stops]

    def place(self) -> None:
        """Stand over the columns, wherever they are now."""
        if self.isHidden():
            for hidden in self.stops.values():
                hidden.pin.hide()
            return
        heads, seen = self._table.heads, self.in_sight()
        tallest = max((stop.editor.sizeHint().height() for stop in seen), default=_LINE)
        height = 2 * _MARGIN + max(tallest, _LINE) + _FOOT
        top = self._table.leave_room(height)
        self.setGeometry(0, top, heads.width(), height)
        for i, field in enumerate(self._table.rows.columns):
            left, width = heads.sectionViewportPosition(i), heads.sectionSize(i)
            is_seen = not heads.isSectionHidden(i)
            if field.name == NUMBER:
                self.series.setGeometry(left + 1, _MARGIN, width - 2, _LINE)
            elif (stop := self.stops.get(field.name)) is not None:
                stop.editor.setGeometry(left + 1, _MARGIN, width - 2, stop.editor.sizeHint().height())
                stop.editor.setVisible(is_seen)
                stop.pin.setGeometry(left + width - _PIN - 5, (top - _PIN) // 2, _PIN, _PIN)
                stop.pin.setVisible(is_seen)
        self.foot.setGeometry(0, height - _FOOT - _MARGIN + 3, self.width(), _FOOT)
        self.say_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as wide as the headings."""
        if event.type() == QEvent.Type.Resize and self.width() != self._table.heads.width():
            self.place()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Grow with a text of several lines; keep Ctrl+D from the commands of the chosen row."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.place()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._slot_of(event):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.say_now()

    # ---- the texts ----

    def texts(self) -> dict[str, str]:
        """Return what stands in the editors, as typed."""
        return {name: stop.editor.text() for name, stop in self.stops.items()}

    def typed(self) -> dict[str, str]:
        """Return what the clerk has typed of this paper: what neither came by itself nor was held."""
        return {
            name: stop.editor.text()
            for name, stop in self.stops.items()
            if not stop.is_held() and stop.editor.text() != stop.given
        }

    def holds(self, name: str) -> bool:
        """Say whether a column is held for each paper of the bundle."""
        return name in self.stops and self.stops[name].is_held()

    def fill(self, texts: dict[str, str]) -> None:
        """Put texts into their editors; names without one are left out."""
        for name, text in texts.items():
            if name in self.stops:
                self.stops[name].editor.set_text(text)

    def begin_next(self) -> None:
        """Empty the row for the next paper; what is held stays."""
        for stop in self.stops.values():
            if not stop.is_held():
                stop.renew()
        self.object_to_nothing()
        self.go_on()

    def settle(self) -> None:
        """Bring every text into its usual form."""
        for stop in self.stops.values():
            stop.editor.settle()

    # ---- where the cursor goes ----

    def go_on(self) -> None:
        """Put the cursor where the next word belongs."""
        seen = self.in_sight()
        empty = [stop for stop in seen if stop.wants_something() and not stop.editor.text().strip()]
        self._go_to((empty or seen)[0])

    def _go_to(self, stop: Stop) -> None:
        stop.editor.inner.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_entered(self, stop: Stop) -> None:
        stops = list(self.stops.values())  # stop itself may just have been hidden by a narrower window
        seen = [other for other in stops[stops.index(stop) + 1 :] if other in self.in_sight()]
        following = [other for other in seen if other.wants_something()]
        if following:
            self._go_to(following[0])
        else:
            self.finished.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Tab goes through the columns as they stand, then to the buttons."""
        first = [self.series] if self.series.focusPolicy() != Qt.FocusPolicy.NoFocus else []
        link = [link for link in (self.foot.link, self.foot.other_link) if link.isVisible()]
        ring: list[QWidget] = [*first, *(stop.editor.inner for stop in self.in_sight()), *link, *self.foot.buttons]
        now = self.focusWidget()
        place = ring.index(now) if now in ring else -1
        ring[(place + (1 if forward else -1)) % len(ring)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def _on_arrived(self, stop: Stop) -> None:
        self._now = stop
        bar, heads = self._table.horizontalScrollBar(), self._table.heads
        names = [field.name for field in self._table.rows.columns]
        left = heads.sectionPosition(names.index(stop.field.name))
        right = left + heads.sectionSize(names.index(stop.field.name))
        bar.setValue(max(min(bar.value(), left), right - heads.width()))
        self.say_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys the editors have no use for; none of them reaches the table below."""
        slot = self._slot_of(event)
        if slot is not None:
            slot()
        event.accept()

    def _slot_of(self, event: QKeyEvent) -> Slot | None:
        """Return what a key does here, None when the row has no use for it."""
        is_control = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
        if is_from_above(event):
            return self._take_from_above
        if is_control and event.key() in ENTER:
            return self.finished.emit
        if is_control and event.key() == Qt.Key.Key_J:
            return self._hold
        if event.modifiers():
            return None
        return {Qt.Key.Key_Escape: self.given_up.emit, Qt.Key.Key_F4: self.same_wanted.emit}.get(Qt.Key(event.key()))

    def _take_from_above(self) -> None:
        if self._now is not None:
            self.above_wanted.emit(self._now.field.name)

    # ---- what is held ----

    def _hold(self) -> None:
        if self._now is not None:
            self._now.pin.toggle()

    def _on_pinned(self, stop: Stop) -> None:
        stop.mark()
        self.pinned.emit()

    # ---- what is said ----

    def _on_edited(self, stop: Stop) -> None:
        stop.problem, stop.is_secret = "", False
        stop.mark()
        self._told = Told()
        self.say_now()
        self.edited.emit(stop.field.name)

    def object_to(self, name: str, words: str, *, is_secret: bool = False) -> None:
        """Say what is wrong with a field, until its text changes; of a state secret, where it belongs."""
        self.stops[name].problem, self.stops[name].is_secret = words, is_secret
        self.stops[name].mark()
        self.say_now()

    def warn(self, name: str, words: str, follow: Callable[[], object]) -> None:
        """Say in amber what deserves a second look, with a link that leads there."""
        stop = self.stops[name]
        stop.warning, stop.follow = words, follow
        stop.mark()
        self.say_now()

    def warn_of_nothing(self) -> None:
        """Take the warnings away."""
        for stop in self.stops.values():
            stop.warning = ""
            stop.mark()
        self.say_now()

    def object_to_nothing(self) -> None:
        """A paper is done with, or a new one begins."""
        for stop in self.stops.values():
            stop.problem, stop.is_secret = "", False
        self.warn_of_nothing()

    def go_to(self, name: str) -> None:
        """Put the cursor into a field."""
        self._go_to(self.stops[name])

    def tell(self, words: str, tone: str = "", way_out: str = "", follow: Slot | None = None) -> None:
        """Say how things went, with a link that leads on; until there is something to say of a field."""
        self._told = Told(words, tone, way_out, follow or (lambda: None))
        self.say_now()

    def say_now(self) -> None:
        """Say what there is to say of the field with the cursor, below it; else how things went."""
        stop = self._now
        said = Told(*stop.words()) if stop is not None else Told()
        warned = next((stop for stop in self.stops.values() if stop.warning), None)
        secret = next((stop for stop in self.stops.values() if stop.is_secret), None)
        if secret is not None:  # wherever the cursor is
            ways = t("secret.to_confidential"), self.confidential_wanted.emit, t("secret.what_to_do")
            stop, said = secret, Told(t("secret.here", label=secret.field.label), "red", *ways)
        elif said.tone != "red" and warned is not None:  # not to be missed because the cursor has moved on
            stop, said = warned, Told(warned.warning, "amber", t("form.open_that"), warned.follow)
        elif not said.tone and self._told.words:
            said = self._told
        self._follow = said.follow
        self.foot.say(said.words, said.tone, said.way_out, said.other)
        self.foot.stand_below(stop.editor.x() if stop is not None else 0)
