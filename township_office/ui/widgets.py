# SPDX-License-Identifier: MulanPSL-2.0
"""Small pieces that every screen is put together from. How they look is in resources/style/office.qss."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from township_office.registers.status import State
from township_office.ui import theme

PILL_HEIGHT = 22


def label(text: str, name: str = "", *, wraps: bool = False) -> QLabel:
    """A line of plain text (never markup); name is one of the stylesheet's: title, label, section, muted, problem …"""
    widget = QLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setObjectName(name)
    widget.setWordWrap(wraps)
    return widget


class Button(QPushButton):
    """A button that Enter presses where it has the focus, and nowhere else: never from a line beside it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_plain:
            self.click()
        else:
            super().keyPressEvent(event)


def primary_button(text: str, shortcut: str = "") -> QPushButton:
    """The one button of a screen that carries the work forward, its shortcut written on it."""
    button = Button(f"{text}  {shortcut}" if shortcut else text)
    button.setObjectName("primary")
    return button


def plain_button(text: str, icon: str = "") -> QPushButton:
    """Any other button."""
    button = Button(text)
    if icon:
        button.setIcon(theme.icon(icon))
    return button


def action_button(action: QAction, *, is_primary: bool = False, shortcut: str = "") -> QPushButton:
    """A button with an action's words that is enabled, and explains itself, as the action is."""
    words = f"{action.text()}  {shortcut}" if shortcut else action.text()
    button = primary_button(words) if is_primary else plain_button(words)
    button.clicked.connect(action.trigger)

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        button.setToolTip(action.toolTip())

    action.changed.connect(follow)
    follow()
    return button


def icon_button(action: QAction) -> QToolButton:
    """A small square button that shows an action's icon only; its words are the tooltip and the accessible name."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setIconSize(QSize(theme.ICON_SIZE, theme.ICON_SIZE))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text())
    return button


def link_button(text: str) -> QPushButton:
    """A way out inside a sentence: 打开那一件. Reachable by Tab, pressed by Space or Enter."""
    button = Button(text)
    button.setObjectName("link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def chip(text: str) -> QPushButton:
    """One of several views, at most one of them chosen."""
    button = Button(text)
    button.setObjectName("chip")
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def open_once(dialog: QDialog) -> None:
    """Open a dialog that is thrown away when it closes."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def rule() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def card(name: str = "card") -> QFrame:
    """A sheet of white paper on the ground."""
    frame = QFrame()
    frame.setObjectName(name)
    return frame


def rename(widget: QWidget, name: str) -> None:
    """Let the stylesheet see a widget under another name."""
    if widget.objectName() != name:
        widget.setObjectName(name)
        _dress_anew(widget)


def tint(widget: QWidget, tone: object, of: str = "tone") -> None:
    """Set a property that the stylesheet goes by: "" is as usual."""
    if (widget.property(of) or "") != tone:
        widget.setProperty(of, tone)
        _dress_anew(widget)


def _dress_anew(widget: QWidget) -> None:
    # What was never shown is dressed when it is.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def paint_pill(painter: QPainter, box: QRectF, text: str, tone: str) -> None:
    """Draw a pill that fills box, in the font the painter holds."""
    ground, ink = theme.TONES[tone]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.hue(ground))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    painter.setPen(theme.hue(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def pill_width(metrics: QFontMetrics, text: str) -> int:
    """Return how wide a pill around text is."""
    return metrics.horizontalAdvance(text) + 20


class Pill(QWidget):
    """A state as a pill, outside of a table."""

    def __init__(self) -> None:
        super().__init__()
        self._text, self._tone = "", "grey"
        self.setFont(theme.screen_font(13))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: State) -> None:
        """Show one state of registers.status."""
        self._text, self._tone = state.label, state.tone
        self.setAccessibleName(state.label)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self.fontMetrics(), self._text), PILL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, QRectF(0, 0, self.width(), self.height()), self._text, self._tone)
        painter.end()


class ElidedLabel(QLabel):
    """A line that ends in … where it does not fit, and then tells the rest as its tooltip."""

    def __init__(self, text: str = "", name: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._full = ""
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show this text from now on."""
        self._full = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def full_text(self) -> str:
        """Return the text as it was given."""
        return self._full

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 56), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        self.setText(shown)
        self.setToolTip(self._full if shown != self._full else "")


class LineButton(Button):
    """A line of a card that opens something: words left (elided), a note in a tone right. Tab and Enter reach it."""

    def __init__(self, left: str, right: str = "", tone: str = "soft") -> None:
        super().__init__()
        self.setObjectName("line")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{left}　{right}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(12)
        self._words, note = ElidedLabel(left), label(right, f"note-{tone}")
        for widget in (self._words, note):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self._words, 1)
        row.addWidget(note)
        self._note = note

    def note(self, right: str, tone: str) -> None:
        """Change the words at the right, and their tone."""
        self._note.setText(right)
        rename(self._note, f"note-{tone}")

    def say(self, left: str) -> None:
        """Change the words at the left."""
        self._words.show_text(left)
        self.setAccessibleName(left)


class EmptyState(QWidget):
    """Nothing to show, said kindly: a picture, what is so, what can be done."""

    def __init__(self, picture: str, title: str, hint: str) -> None:
        super().__init__()
        self.setObjectName("emptyState")
        image = QLabel()
        image.setPixmap(theme.picture(picture, "edge", 48))
        self._title, self._hint = label(title, "title"), label(hint, "muted", wraps=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 12, 28, 12)
        box.setSpacing(10)
        box.addStretch(2)
        for widget in (image, self._title, self._hint):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(widget)
        box.addSpacing(4)
        box.addLayout(self._buttons)
        self.say(title, hint)
        self._buttons.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)

    def say(self, title: str, hint: str) -> None:
        """Change the words."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def add_button(self, button: QPushButton, on_clicked: Callable[[], object]) -> QPushButton:
        """Offer a way on."""
        button.clicked.connect(lambda: on_clicked())
        self._buttons.addWidget(button)
        return button


class Banner(QFrame):
    """A line across the page that says how things are (read-only, not backed up), until they are otherwise."""

    pressed = Signal()

    def __init__(self, text: str, tone: str = "amber", button: str = "") -> None:
        super().__init__()
        self.setObjectName(f"banner-{tone}")
        image = QLabel()
        image.setPixmap(theme.picture("warning" if tone == "amber" else "about", tone, 18))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(image)
        self._words = label(text, "", wraps=True)
        row.addWidget(self._words, 1)
        if button:
            way_out = link_button(button)
            way_out.clicked.connect(self.pressed)
            row.addWidget(way_out)

    def say(self, text: str) -> None:
        """Change the words."""
        self._words.setText(text)


class NumberBox(QSpinBox):
    """A box for a number; the wheel scrolls the page and never the number the pointer happens to rest on."""

    def __init__(self, low: int, high: int, suffix: str = "") -> None:
        super().__init__()
        self.setRange(low, high)
        self.setSuffix(suffix)
        self.lineEdit().setTextMargins(8, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def scrolling_box(outside: QWidget) -> QVBoxLayout:
    """Return the layout of what fills outside and scrolls where the screen is too low for it."""
    inside = QWidget()
    inside.setObjectName("clear")
    box = QVBoxLayout(inside)
    box.setContentsMargins(18, 16, 18, 16)
    box.setSpacing(8)
    around = QVBoxLayout(outside)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(scrolling(inside))
    return box


def scrolling(inside: QWidget) -> QScrollArea:
    """Return what shows inside at its full width, and scrolls it where the screen is too low for it."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inside)
    return scroll
