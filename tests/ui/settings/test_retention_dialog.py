# SPDX-License-Identifier: MulanPSL-2.0
"""保管期限表 line by line: typed, tried, moved, removed and put back, kept or not; as a file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from township_office.registers.archive.retention import OWN, PERMANENT, SUPERIOR, read_table
from township_office.services import settings
from township_office.services.archive import scheme
from township_office.ui.settings.retention_dialog import RetentionDialog, in_groups

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(qtbot, office, asker):
    made = RetentionDialog(office, asker)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.done(0))
    made.open()
    return made


def base():
    return in_groups(read_table(scheme.BASE_TABLE))


def place_of(dialog, matter):
    return next(place for place, rule in enumerate(dialog.rules()) if matter in rule.matter)


def test_looking_at_every_line_changes_nothing(dialog):
    before = dialog.rules()
    for place in range(len(before)):
        dialog.go_to(place)
        assert dialog.form.rule() == before[place]
    assert dialog.rules() == before == base()
    assert not dialog.keep.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()


def test_groups_stand_together_and_are_no_stop(dialog):
    rows = [dialog.list.item(row, 0) for row in range(dialog.list.rowCount())]
    heads = [item.text() for item in rows if not item.flags() & Qt.ItemFlag.ItemIsEnabled]
    assert heads == list(dict.fromkeys(rule.group for rule in base()))
    dialog.list.setFocus()
    for _ in range(len(rows)):
        assert dialog.list.place() >= 0
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.list.place() == len(base()) - 1


def test_a_line_is_typed_and_kept(qtbot, dialog, office):
    dialog.go_to(place_of(dialog, "简报、信息、情况反映"))
    form = dialog.form
    form.matter.setPlainText("简报、信息")
    form.period.choose("永久")
    form.words.setPlainText("简报，信息专报\n动态")
    form.origins[SUPERIOR].setChecked(True)
    form.source.setText("青档发〔2022〕5号")
    form.is_checked.setChecked(True)
    rule = dialog.rules()[dialog.list.place()]
    assert (rule.matter, rule.retention, rule.words) == ("简报、信息", PERMANENT, ("简报", "信息专报", "动态"))
    assert (rule.origins, rule.source, rule.is_certain) == ((SUPERIOR, OWN), "青档发〔2022〕5号", True)
    row = dialog.list.currentRow()
    shown = [dialog.list.item(row, column).text() for column in range(4)]
    assert shown == ["简报、信息", "永久", "上级、本机关", ""]
    with qtbot.waitSignal(dialog.saved):
        dialog.save()
    assert rule in scheme.retention_table(office)
    assert len(scheme.retention_table(office)) == len(base())


def test_a_new_line_lacks_something_until_it_is_typed(dialog, office):
    dialog.go_to(place_of(dialog, "大事记"))
    dialog.add_line()
    place = dialog.list.place()
    assert dialog.form.matter.hasFocus() or not dialog.isActiveWindow()
    assert dialog.rules()[place].group == "综合"
    dialog.save()
    assert dialog.isVisible()
    assert dialog.trouble.words() == "这一条还没有写内容，请补上。"
    dialog.form.matter.setPlainText("镇志")
    dialog.form.origins[OWN].setChecked(False)
    dialog.save()
    assert dialog.trouble.words() == "这一条还没有写依据，请补上。"
    dialog.form.source.setText("县档案馆")
    dialog.save()
    assert dialog.trouble.words() == "这一条还没有写来源，请补上。"
    dialog.form.origins[OWN].setChecked(True)
    dialog.save()
    assert not dialog.isVisible()
    assert [rule.matter for rule in scheme.retention_table(office)][place] == "镇志"


def test_a_marked_text_is_refused_and_stays(dialog, office):
    dialog.go_to(0)
    dialog.form.matter.setPlainText("机密★10年文件")
    dialog.save()
    assert dialog.isVisible()
    assert dialog.trouble.words()
    assert dialog.form.matter.toPlainText() == "机密★10年文件"
    assert settings.get_setting(office, "archive.retention") == ""


def test_removed_and_put_back(dialog):
    dialog.go_to(3)
    gone = dialog.rules()[3]
    dialog.remove_line()
    assert gone not in dialog.rules()
    assert gone.matter in dialog.removed.words()
    dialog.put_back()
    assert dialog.rules() == base()
    assert not dialog.keep.isEnabled()


def test_all_can_be_removed_but_not_kept(dialog, office):
    for _ in base():
        dialog.remove_line()
    assert dialog.rules() == []
    assert not dialog.form.isEnabled()
    dialog.remove_line()
    dialog.save()
    assert "至少要有一条" in dialog.trouble.words()
    assert len(scheme.retention_table(office)) == len(base())


def test_a_line_moves_inside_its_group(qtbot, dialog):
    dialog.go_to(0)
    first, second = dialog.rules()[:2]
    QTest.keyClick(dialog.list, Qt.Key.Key_Down, ALT)
    assert dialog.rules()[:2] == [second, first]
    assert dialog.list.place() == 1
    QTest.keyClick(dialog.list, Qt.Key.Key_Up, ALT)
    QTest.keyClick(dialog.list, Qt.Key.Key_Up, ALT)
    assert dialog.rules() == base()


def test_another_group_takes_the_line_along(dialog):
    dialog.go_to(0)
    matter = dialog.rules()[0].matter
    dialog.form.group.setEditText("信访")
    dialog.form.regrouped.emit()
    place = place_of(dialog, matter)
    assert dialog.rules()[place].group == dialog.rules()[place - 1].group == "信访"
    assert dialog.list.place() == place


def test_only_what_is_to_be_checked(dialog):
    dialog.doubts.setChecked(True)
    doubts = sum(not rule.is_certain for rule in base())
    assert dialog.doubts.text() == f"只看待核对 {doubts}"
    assert len([place for place in dialog.list._places if place >= 0]) == doubts
    dialog.form.is_checked.setChecked(True)
    assert dialog.doubts.text() == f"只看待核对 {doubts - 1}"
    dialog.go_to(0)
    assert not dialog.doubts.isChecked(), "the line that is asked for is shown"


def test_a_title_is_tried(dialog):
    trial = dialog.trial
    assert trial.show_line.isHidden()
    trial.title.setText("关于切实做好汛期地质灾害防范工作的通知")
    assert trial.answer.full_text() == "30年：主管业务、需贯彻执行的一般文件（标题里有“地质灾害”）"
    trial.origin.choose("平级")
    assert "不归档" in trial.answer.full_text()
    assert "没有词合适" in trial.answer.full_text()
    trial.show_line.click()
    assert "其他抄送" in dialog.form.matter.toPlainText()
    dialog.form.period.choose("10年")
    assert trial.answer.full_text().startswith("10年："), "tried with the table as it stands"


def test_a_table_goes_to_a_file_and_comes_back(dialog, office, asker, tmp_path):
    asker.path = tmp_path / "保管期限表.toml"
    dialog.go_to(0)
    dialog.form.matter.setPlainText("党委会记录")
    dialog.on_save_file()
    assert "存成了“保管期限表.toml”" in dialog.done_words.words()
    dialog.take_base()
    assert "恢复成程序自带的蓝本" in asker.confirmed[0]
    assert dialog.rules() == base()
    dialog.on_load()
    assert dialog.rules()[0].matter == "党委会记录"
    assert f"共 {len(base())} 条" in dialog.done_words.words()
    assert dialog.keep.isEnabled()
    assert settings.get_setting(office, "archive.retention") == "", "nothing is kept before 保存"


def test_a_file_that_is_no_table_is_told(dialog, asker, tmp_path):
    asker.path = tmp_path / "名单.toml"
    asker.path.write_text("不是", "utf-8")
    dialog.on_load()
    assert "读不出来" in dialog.trouble.words()
    assert dialog.rules() == base()


def test_leaving_asks_when_something_was_changed(dialog, office):
    dialog.go_to(0)
    dialog.form.period.choose("10年")
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.leaving.words() == "改动还没有保存。"
    dialog.leaving.buttons[0].click()
    assert not dialog.isVisible()
    assert scheme.retention_table(office)[0].retention is PERMANENT


def test_the_page_counts_anew(qtbot, office, clock, asker):
    from township_office.ui.settings.settings_dialog import SettingsDialog

    settings_dialog = SettingsDialog(office, clock, asker)
    qtbot.addWidget(settings_dialog, before_close_func=lambda widget: widget.done(0))
    settings_dialog.open()
    page = settings_dialog.archive_page
    doubts = sum(not rule.is_certain for rule in base())
    assert page.table_words.text() == f"{len(base())} 条，其中 {doubts} 条待核对"
    page.on_retention_table()
    dialog = page.findChild(RetentionDialog)
    dialog.go_to(place_of(dialog, "大事记"))
    dialog.form.is_checked.setChecked(True)
    dialog.save()
    assert page.table_words.text() == f"{len(base())} 条，其中 {doubts - 1} 条待核对"
