# SPDX-License-Identifier: MulanPSL-2.0
"""What a test reads off the custody book, and how it chooses in it."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton


def lines(book):
    model = book.list.model
    return [model.line(place) for place in range(model.rowCount())]


def pills(book):
    return {line.held.copy.serial: (line.state.label, line.state.tone) for line in lines(book)}


def serials(book):
    return [line.held.copy.serial for line in lines(book)]


def choose(book, *wanted):
    every = serials(book)
    book.activateWindow()  # a dialog may have stood over it
    QTest.qWaitForWindowActive(book)
    book.list.table.setFocus()
    book.list.table.choose_all([every.index(serial) for serial in wanted])
    QTest.qWait(60)  # the pane waits until ↓ is let go


def offered(book):
    return {name for name, button in book.pane.foot.buttons.items() if button.isVisible()}


def said(book):
    """Everything that can be read in the book and in what stands over it."""
    found = []
    for widget in (book, *book.findChildren(QLabel), *book.findChildren(QPushButton), *book.findChildren(QLineEdit)):
        found += [widget.accessibleName(), widget.toolTip()]
        found += [widget.text()] if hasattr(widget, "text") else []
    for box in book.findChildren(QComboBox):
        found += [box.itemText(place) for place in range(box.count())]
    model = book.list.model
    found += [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    return "\n".join(found)


def top(kind):
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog
