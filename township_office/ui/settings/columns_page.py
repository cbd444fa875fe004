# SPDX-License-Identifier: MulanPSL-2.0
"""栏目: which columns a register shows, in which order and how wide; the same on screen, in the form and on paper."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from township_office.core.fields import Register
from township_office.core.text import t
from township_office.services import settings
from township_office.services.office import Office
from township_office.ui.settings.settings_page import LISTS, SettingsPage
from township_office.ui.widgets import NumberBox, label, plain_button

_NAME = Qt.ItemDataRole.UserRole
_WIDTH = Qt.ItemDataRole.UserRole + 1
_NARROWEST = 2


class ColumnsPage(SettingsPage):
    """A list to tick and to drag; one list for each register, kept while the other is looked at."""

    def __init__(self, office: Office) -> None:
        super().__init__(t("setting.columns"), t("setting.columns_hint"))
        self._office = office
        self._register = LISTS[0]
        self._kept: dict[str, tuple[str, str]] = {}  # register → columns and widths as changed on this page
        self.add_registers(self._show, LISTS)
        self.list = QListWidget()
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.currentItemChanged.connect(lambda *_: self._on_chosen())
        self.list.itemChanged.connect(lambda _item: self._on_edited())
        self.list.model().rowsMoved.connect(lambda *_: self._on_edited())
        self.width_box = NumberBox(_NARROWEST, settings.WIDEST, t("setting.characters"))
        self.width_box.valueChanged.connect(self._on_width)
        self._width_name = label("", "label", wraps=True)
        self._sum = label("", "hint", wraps=True)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.list, 3)
        row.addLayout(self._side(), 2)
        self.box.addLayout(row, 1)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            QShortcut(QKeySequence(keys), self, lambda by=by: self.shift(by))
        self._show(self._register)

    def shift(self, by: int) -> None:
        """Move the chosen column up (-1) or down (1)."""
        row = self.list.currentRow()
        if row >= 0 and 0 <= row + by < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + by, item)
            self.list.setCurrentItem(item)
            self._on_edited()

    def is_changed(self) -> bool:
        """See SettingsPage."""
        self._keep()
        return any(
            self._stored(register) != self._kept.get(register.name, self._stored(register)) for register in LISTS
        )

    def apply(self) -> None:
        """See SettingsPage."""
        self._keep()
        for register in LISTS:
            if register.name not in self._kept:
                continue
            old, new = self._stored(register), self._kept[register.name]
            for part, before, after in zip(("columns", "widths"), old, new, strict=True):
                if before != after:
                    settings.set_setting(self._office, f"{register.name}.{part}", after)

    def _side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(6)
        side.addWidget(self._width_name)
        side.addWidget(self.width_box)
        side.addWidget(self._sum)
        side.addSpacing(12)
        for words, slot in (
            (t("setting.up"), lambda: self.shift(-1)),
            (t("setting.down"), lambda: self.shift(1)),
            (t("setting.as_at_first"), self._reset),
        ):
            button = plain_button(words)
            button.clicked.connect(slot)
            side.addWidget(button)
        side.addStretch()
        return side

    def _stored(self, register: Register) -> tuple[str, str]:
        return (
            settings.get_setting(self._office, f"{register.name}.columns"),
            ",".join(sorted(settings.get_setting(self._office, f"{register.name}.widths").split(","))),
        )

    def _show(self, register: Register) -> None:
        if self.list.count():
            self._keep()
        self._register = register
        columns, widths = self._kept.get(register.name, self._stored(register))
        self._fill(columns, widths)

    def _fill(self, columns: str, widths: str) -> None:
        """Shown columns first, in the office's order; then the others as declared."""
        labels = self._labels()
        wide = dict(pair.split("=") for pair in widths.split(",") if pair)
        shown = [name for name in columns.split(",") if name in labels]
        with QSignalBlocker(self.list):
            self.list.clear()
            for name in [*shown, *(name for name in labels if name not in shown)]:
                item = QListWidgetItem(labels[name])
                item.setData(_NAME, name)
                item.setData(_WIDTH, int(wide.get(name, settings.declared_width(self._register, name))))
                item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsDropEnabled)
                item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._on_edited()

    def _labels(self) -> dict[str, str]:
        fields = {field.name: field.label for field in self._register.fields}
        return {settings.NUMBER: self._register.number_label, **fields, settings.STATUS: t("setting.status")}

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _keep(self) -> None:
        """Take down what the list says of the register it shows."""
        items = self._items()
        shown = [item.data(_NAME) for item in items if item.checkState() == Qt.CheckState.Checked]
        wide = [
            f"{item.data(_NAME)}={item.data(_WIDTH)}"
            for item in items
            if item.data(_WIDTH) != settings.declared_width(self._register, item.data(_NAME))
        ]
        self._kept[self._register.name] = (",".join(shown), ",".join(sorted(wide)))

    def _reset(self) -> None:
        names = [settings.NUMBER, *(field.name for field in self._register.fields if field.shown), settings.STATUS]
        self._fill(",".join(names), "")

    def _on_chosen(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._width_name.setText(t("setting.width_of", name=item.text()))
            with QSignalBlocker(self.width_box):
                self.width_box.setValue(item.data(_WIDTH))

    def _on_width(self, width: int) -> None:
        item = self.list.currentItem()
        if item is not None:
            item.setData(_WIDTH, width)  # itemChanged follows

    def _on_edited(self) -> None:
        shown = [item for item in self._items() if item.checkState() == Qt.CheckState.Checked]
        total = sum(item.data(_WIDTH) for item in shown)
        self._sum.setText(t("setting.width_sum", count=len(shown), total=total))
        self.edited.emit()
