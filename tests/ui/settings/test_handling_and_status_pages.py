# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import pytest

from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import settings
from township_office.services.standing import status_words
from township_office.ui.settings.settings_dialog import SettingsDialog


@pytest.fixture
def dialog(qtbot, office_with_rows, clock, asker):
    made = SettingsDialog(office_with_rows, clock, asker)
    qtbot.addWidget(made)
    made.open()
    return made


def test_words_are_kept_by_register(dialog, office_with_rows):
    page = dialog.status_page
    assert not page.is_changed()
    page.lines["receipt", "open"].setText("承办中")
    page.lines["receipt", "completed"].setText("已办结")  # the usual word
    page.lines["dispatch", "drafting"].setText("草稿")
    page.lines["archive_item", "kept"].setText("在档案室")
    dialog.save()
    assert status_words(office_with_rows, RECEIPT) == {"open": "承办中"}
    assert status_words(office_with_rows, DISPATCH) == {"drafting": "草稿"}
    assert status_words(office_with_rows, ARCHIVE_ITEM) == {"kept": "在档案室"}
    assert not page.is_changed()


def test_one_word_for_two_standings_is_refused_and_stays_on_the_page(dialog, office_with_rows):
    dialog.status_page.lines["receipt", "open"].setText("逾期")
    dialog.save()
    assert "状态用词" in dialog.trouble.words()
    assert dialog.list.currentRow() == dialog.pages.index(dialog.status_page)
    assert dialog.status_page.lines["receipt", "open"].text() == "逾期"
    assert settings.get_setting(office_with_rows, "receipt.status_words") == ""


def test_void_keeps_its_name(dialog):
    assert ("receipt", "voided") not in dialog.status_page.lines


def test_the_lines_of_one_register_are_shown(dialog):
    page = dialog.status_page
    assert not page.lines["receipt", "open"].isHidden()
    assert page.lines["dispatch", "drafting"].isHidden()


def test_limits_are_kept_or_refused_with_a_sentence(dialog, office_with_rows):
    page = dialog.handling_page
    assert page.limit.placeholderText() == "", "nothing to propose from: no dispatches last year"
    page.days.setValue(3)
    page.limit.setText("很多")
    dialog.save()
    assert "发文控制数" in dialog.trouble.words()
    page.limit.setText("180")
    dialog.save()
    assert settings.get_setting(office_with_rows, "circulation.days") == "3"
    assert settings.get_setting(office_with_rows, "dispatch.limit") == "180"
