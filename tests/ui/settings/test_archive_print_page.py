# SPDX-License-Identifier: MulanPSL-2.0
"""档案打印 in the settings: what the standard leaves to the office, kept only when it was changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from township_office.services import settings
from township_office.ui.settings.archive_print_page import ArchivePrintPage


@pytest.fixture
def page(qtbot, office):
    made = ArchivePrintPage(office)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_shows_every_setting_as_it_is(office, page):
    keys = {key for key in settings.OFFICE_KEYS if key.startswith("archive.print.")}
    assert page.values() == {key: settings.get_setting(office, key) for key in keys}
    assert not page.is_changed()


def test_every_control_has_a_name_and_what_it_takes_is_accepted(office, page):
    controls = [page.remark_length, *page.choices.values(), *page.lengths.values()]
    assert all(control.accessibleName() for control in controls)
    for box in (page.remark_length, *page.lengths.values()):
        for value in (box.minimum(), box.maximum()):
            box.setValue(value)
            page.apply()
    for box in page.choices.values():
        for place in range(box.count()):
            box.setCurrentIndex(place)
            page.apply()
    assert not page.is_changed()


def test_a_tenth_of_a_millimetre_is_kept(office, page):
    page.lengths["label_gap_across"].setValue(2.5)
    page.lengths["stamp_shift"].setValue(-12.3)
    assert page.is_changed()
    page.apply()
    assert settings.get_setting(office, "archive.print.label_gap_across") == "2.5"
    assert settings.get_setting(office, "archive.print.stamp_shift") == "-12.3"
    assert page.lengths["label_left"].text() == "12 毫米"


def test_the_wheel_changes_nothing(page):
    for box in (*page.choices.values(), *page.lengths.values()):
        turn = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        box.setFocus()
        QApplication.sendEvent(box, turn)
    assert not page.is_changed()


def test_the_small_sheet_follows(page):
    before = page.picture.grab().toImage()
    page.lengths["label_left"].setValue(40)
    assert page.picture.grab().toImage() != before
