# SPDX-License-Identifier: MulanPSL-2.0
"""领导和分发 is typed into two plain lists and kept in the office's settings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from township_office.services import settings
from township_office.ui.settings.settings_dialog import SettingsDialog

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(qtbot, office, clock, asker):
    settings.set_setting(office, "office.leaders", "孙志强=书记,何文斌=镇长")
    made = SettingsDialog(office, clock, asker)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.done(0))
    made.open()
    return made


def test_typed_refused_corrected_saved(dialog, office):
    page = dialog.people_page
    assert not page.is_changed()
    page.leaders.type_in(2, "", "组织委员")
    page.groups.type_in(0, "各村", "张家村，李家村、石桥村")
    dialog.save()
    assert dialog.isVisible()
    assert dialog.trouble.words() == "“组织委员”前面还没有写姓名（组名）。"
    assert dialog.pages[dialog.list.currentRow()] is page
    page.leaders.type_in(2, "林静", "组织委员")
    dialog.save()
    assert not dialog.isVisible()
    assert list(settings.leaders(office).items()) == [("孙志强", "书记"), ("何文斌", "镇长"), ("林静", "组织委员")]
    assert settings.unit_groups(office) == {"各村": ["张家村", "李家村", "石桥村"]}


def test_there_is_always_a_line_to_go_on_in(dialog):
    table = dialog.people_page.leaders
    assert table.rowCount() == 3
    table.type_in(2, "林静", "")
    assert table.rowCount() == 4
    table.type_in(2, "", "")
    assert [name for name, _ in table.pairs()] == ["孙志强", "何文斌"]


def test_rank_is_changed_by_key(qtbot, dialog, office):
    table = dialog.people_page.leaders
    table.setCurrentCell(1, 0)
    qtbot.keyClick(table, Qt.Key.Key_Up, ALT)
    qtbot.keyClick(table, Qt.Key.Key_Up, ALT)
    assert [name for name, _ in table.pairs()] == ["何文斌", "孙志强"]
    dialog.save()
    assert list(settings.leaders(office)) == ["何文斌", "孙志强"]


def test_a_name_twice_is_refused_in_words(dialog, office):
    dialog.people_page.leaders.type_in(2, "孙志强", "主席")
    dialog.save()
    assert dialog.isVisible()
    assert "不能重复" in dialog.trouble.words()
    assert list(settings.leaders(office)) == ["孙志强", "何文斌"]


def test_a_group_without_units_is_refused(dialog):
    dialog.people_page.groups.type_in(0, "各村", "")
    dialog.save()
    assert dialog.trouble.words() == "“各村”还没有写单位。"
