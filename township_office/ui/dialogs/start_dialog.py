# SPDX-License-Identifier: MulanPSL-2.0
"""The first screen: which office file, and who sits here. Shown when no file is known, or when it cannot be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.services import settings
from township_office.services.office import MAX_NAME, Office, close_office, open_office
from township_office.services.office import create_office as new_office
from township_office.ui import memory, theme
from township_office.ui.dialogs.frame import FramedDialog
from township_office.ui.form.editors import Today
from township_office.ui.form.record_form import Strip
from township_office.ui.messages import Asker, BoxAsker
from township_office.ui.widgets import Button, ElidedLabel, label, plain_button, primary_button

_FEW_TILES = 6  # up to here three beside each other, then four
SUFFIX = ".office.db"
_HOME, _NEW, _WHO = 0, 1, 2


class StartDialog(FramedDialog):
    """Leads to an open office: opened(Office) once a file is open and a clerk is chosen."""

    opened = Signal(object)

    def __init__(self, today: Today, asker: Asker | None = None, parent: QWidget | None = None) -> None:
        super().__init__(t("ui.program"), parent)
        self._today = today
        self._asker: Asker = asker or BoxAsker(self)
        self._office: Office | None = None
        self._is_placed_by_hand = False
        self._pages = QStackedWidget()
        self._home, self._new, self._who = QWidget(), QWidget(), QWidget()
        for page in (self._home, self._new, self._who):
            self._pages.addWidget(page)
        self.trouble = Strip("red")
        self._build_new()
        self.body.addWidget(self._pages, 1)
        self.body.addWidget(self.trouble)
        self._back = plain_button(t("setting.back"))
        self._back.clicked.connect(self.show_home)
        self._create = primary_button(t("setting.create"))
        self._create.clicked.connect(self.create_office)
        self.add_to_foot(self._back, self._create)
        self.fit(QSize(600, 440))
        self.show_home()

    def show_home(self) -> None:
        """新建, 打开, or one of the recent files."""
        self._leave_office()
        self.trouble.say("")
        box = _emptied(self._home)
        recent = memory.recent_offices()
        if not recent:
            box.addStretch()
        box.addWidget(label(t("setting.start_hint"), "muted", wraps=True))
        if recent:
            box.addWidget(label(t("setting.recent"), "section"))
        self.recent = [self._recent_button(path) for path in recent]
        for button in self.recent:
            box.addWidget(button)
        self.new_button = _choice("record_new", t("setting.new_file"), t("setting.new_file_hint"))
        self.new_button.clicked.connect(self.show_new)
        self.open_button = _choice("empty_book", t("setting.open_file"), t("setting.open_file_hint"))
        self.open_button.clicked.connect(self._ask_file)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.new_button, 1)
        row.addWidget(self.open_button, 1)
        box.addSpacing(4)
        box.addLayout(row)
        box.addStretch(1 if recent else 2)
        self._turn_to(_HOME)
        (self.recent[0] if self.recent else self.new_button).setFocus()

    def show_new(self) -> None:
        """The form of a new office."""
        self.trouble.say("")
        self._turn_to(_NEW)
        self.name.setFocus()

    def open_file(self, path: Path) -> None:
        """Open an office file and ask who sits here; a refusal is said and the first page stays."""
        self._leave_office()
        last = memory.last_clerk(path)
        try:
            self._office = open_office(path, last)
            names = settings.clerks(self._office)
        except OfficeError as error:
            self._leave_office()
            self._turn_to(_HOME)
            self.trouble.say(str(error))
            return
        memory.remember_office(path)
        self.trouble.say(t("error.read_only") if self._office.is_readonly else "")
        self._show_who(names, last)

    def create_office(self) -> None:
        """新建: make the file and sit down at it."""
        path = Path(self.place.text().strip())
        if not path.name or not path.is_absolute():
            self._refuse(t("setting.needs_place"), self.place)
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            office = new_office(path, self.name.text(), self.clerk.text(), self._today())
        except OfficeError as error:
            lines = {"error.office_name": self.name, "error.clerk_name": self.clerk}
            self._refuse(str(error), lines.get(error.key, self.place))
            return
        except OSError:
            self._refuse(t("error.no_permission", path=path.parent), self.place)
            return
        memory.remember_office(path)
        self._office = office
        self._sit_down(office.clerk)

    def join(self) -> None:
        """Sit down under the name in the line, which is put on the office's list."""
        name = clean_text(self.newcomer.text())
        if self._office is None or not name:
            return
        self._office.clerk = name
        try:
            if name not in settings.clerks(self._office):
                settings.add_clerk(self._office, name)
        except OfficeError as error:
            self._refuse(str(error), self.newcomer)
            return
        self._sit_down(name)

    def reject(self) -> None:
        """Esc goes a page back; on the first page it leaves."""
        if self._pages.currentIndex() == _HOME:
            super().reject()
        else:
            self.show_home()

    # -- putting it together

    def _build_new(self) -> None:
        box = QVBoxLayout(self._new)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self.name, self.clerk, self.place = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setMaxLength(MAX_NAME)
        self.name.setPlaceholderText(t("setting.name_example"))
        self.clerk.setPlaceholderText(t("setting.clerk_example"))
        other = plain_button(t("setting.other_place"))
        other.clicked.connect(self._ask_place)
        box.addWidget(label(t("setting.office_name"), "label"))
        box.addWidget(self.name)
        box.addSpacing(8)
        box.addWidget(label(t("setting.first_clerk"), "label"))
        box.addWidget(self.clerk)
        box.addSpacing(8)
        box.addWidget(label(t("setting.place"), "label"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.place, 1)
        row.addWidget(other)
        box.addLayout(row)
        box.addWidget(label(t("setting.place_hint"), "hint", wraps=True))
        box.addStretch()
        self.name.textChanged.connect(lambda _text: self._propose_place())
        self.place.textEdited.connect(self._on_place_typed)
        self.name.returnPressed.connect(self.clerk.setFocus)
        self.clerk.returnPressed.connect(self.create_office)
        self.place.returnPressed.connect(self.create_office)
        for line in (self.name, self.clerk, self.place):
            line.textChanged.connect(lambda _text: self.trouble.say(""))
        self._propose_place()

    def _show_who(self, names: list[str], last: str) -> None:
        box = _emptied(self._who)
        assert self._office is not None
        box.addWidget(label(settings.office_name(self._office), "title", wraps=True))
        box.addWidget(label(t("setting.who"), "muted"))
        grid = QGridLayout()
        grid.setSpacing(10)
        self.tiles = [self._tile(name, place) for place, name in enumerate(names, 1)]
        across = 3 if len(names) <= _FEW_TILES else 4
        for place, tile in enumerate(self.tiles):
            grid.addWidget(tile, *divmod(place, across))
        box.addLayout(grid)
        box.addSpacing(6)
        self._go = plain_button(t("setting.join"))
        self._go.clicked.connect(self.join)
        self.newcomer = QLineEdit()
        self.newcomer.setPlaceholderText(t("setting.newcomer"))
        self.newcomer.returnPressed.connect(self.join)
        self.newcomer.textChanged.connect(lambda text: self._go.setEnabled(bool(text.strip())))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.newcomer, 1)
        line.addWidget(self._go)
        for widget in (self.newcomer, self._go):
            widget.setVisible(not self._office.is_readonly or not names)
        box.addLayout(line)
        box.addStretch()
        self._go.setEnabled(False)
        self._turn_to(_WHO)
        chosen = names.index(last) if last in names else 0
        (self.tiles[chosen] if names else self.newcomer).setFocus()

    def _tile(self, name: str, place: int) -> QPushButton:
        tile = Button(f" {name}")
        tile.setIcon(theme.icon("clerk", "accent"))
        tile.setObjectName("clerkTile")
        tile.clicked.connect(lambda _checked=False: self._sit_down(name))
        if place <= 9:
            QShortcut(QKeySequence(f"Alt+{place}"), tile, tile.click)
            tile.setToolTip(f"Alt+{place}")
        return tile

    def _recent_button(self, path: Path) -> QPushButton:
        button = Button()
        button.setObjectName("recentFile")
        button.setAccessibleName(path.name)
        inside = QVBoxLayout(button)
        inside.setContentsMargins(14, 6, 14, 6)
        inside.setSpacing(0)
        for words in (ElidedLabel(path.name.removesuffix(SUFFIX)), ElidedLabel(str(path.parent), "hint")):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(words)
        button.clicked.connect(lambda _checked=False: self.open_file(path))
        return button

    # -- what follows

    def _turn_to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._back.setVisible(page != _HOME)
        self._create.setVisible(page == _NEW)

    def _sit_down(self, clerk: str) -> None:
        office = self._office
        if office is None:
            return
        office.clerk = clerk
        memory.remember_clerk(office.path, clerk)
        self._office = None  # it is the window's now
        self.opened.emit(office)
        self.accept()

    def _leave_office(self) -> None:
        if self._office is not None:
            close_office(self._office)
            self._office = None

    def _refuse(self, words: str, line: QLineEdit) -> None:
        self.trouble.say(words)
        line.setFocus()

    def _ask_file(self) -> None:
        self._asker.open_file(t("setting.open_file"), t("setting.files"), self.open_file)

    def _ask_place(self) -> None:
        self._asker.save_file(t("setting.place"), Path(self.place.text()).name, t("setting.files"), self._take_place)

    def _take_place(self, path: Path) -> None:
        self._is_placed_by_hand = True
        self.place.setText(str(path if path.name.endswith(".db") else path.with_name(path.name + SUFFIX)))

    def _on_place_typed(self, _text: str) -> None:
        self._is_placed_by_hand = True

    def _propose_place(self) -> None:
        """In the clerk's documents, under the office's name, as long as nobody chose another place."""
        if self._is_placed_by_hand:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = "".join(sign for sign in clean_text(self.name.text()) if sign not in '\\/:*?"<>|.') or t("setting.book")
        self.place.setText(str(Path(folder) / f"{name}{SUFFIX}"))


def _choice(icon: str, title: str, hint: str) -> QPushButton:
    """A large button with a picture, a title and a line about what follows."""
    button = Button()
    button.setObjectName("choiceTile")
    button.setAccessibleName(title)
    image = QLabel()
    image.setPixmap(theme.picture(icon, "accent", 28))
    inside = QVBoxLayout(button)
    inside.setContentsMargins(18, 16, 18, 16)
    inside.setSpacing(4)
    for widget in (image, label(title, "title"), label(hint, "muted", wraps=True)):
        widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside.addWidget(widget)
    inside.addStretch()
    return button


def _emptied(page: QWidget) -> QVBoxLayout:
    """Return a fresh layout for page; what was on it goes."""
    old = page.layout()
    if old is not None:
        QWidget().setLayout(old)
        for child in page.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            child.setParent(None)
            child.deleteLater()
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    return box
