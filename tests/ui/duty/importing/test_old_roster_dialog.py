# SPDX-License-Identifier: MulanPSL-2.0
"""导入旧值班表: read, decided, taken in, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.exchange.conftest import write_xlsx
from township_office.services.office import Office
from township_office.services.roster import importing, staffing
from township_office.services.roster.old_sheets import Fate
from township_office.store import duty
from township_office.ui.duty.importing.old_roster_dialog import CHOOSE, COUNT, DONE, OldRosterDialog

HEAD = ["日期", "星期", "带班领导", "值班人员"]
ROWS = [["2024年10月1日", "二", "孙志强", "李明、王芳"], ["2024年10月8日", "二", "孙志强", "王书记"]]


@pytest.fixture
def staffed(office: Office, today) -> Office:
    for name, group in (("孙志强", "领导"), ("李明", "干部")):
        staffing.save_person(office, {"name": name, "groups": group}, today)
    staffing.save_line(office, {"name": "带班领导", "group_name": "领导"}, today)
    staffing.save_line(office, {"name": "值班员", "group_name": "干部"}, today)
    return office


@pytest.fixture
def dialog(qtbot, staffed, today, asker) -> OldRosterDialog:
    made = OldRosterDialog(staffed, today, asker)
    qtbot.addWidget(made)
    made.open()
    return made


def sheet(folder: Path, rows=ROWS, name: str = "旧值班表.xlsx", head=HEAD) -> Path:
    return write_xlsx(folder / name, {"Sheet1": [head, *rows]})


def opened(qtbot, dialog: OldRosterDialog, path: Path) -> None:
    dialog.open_path(path)
    qtbot.waitUntil(lambda: dialog._job is None)


def shown(table) -> list[tuple[str, str]]:
    return [table.lines.line(row).texts[:2] for row in range(table.lines.rowCount())]


def test_it_is_read_shown_taken_in_and_taken_back(qtbot, dialog, staffed, asker, tmp_path):
    opened(qtbot, dialog, sheet(tmp_path))
    assert dialog.pages.currentIndex() == COUNT
    assert shown(dialog.count.people.table) == [
        ("王芳", "已离岗，只计班次"), ("孙志强", "名单上的“孙志强”"), ("李明", "名单上的“李明”"),
    ]  # fmt: skip
    assert [one.box.currentText() for one in dialog.count.column_choices] == ["岗位“带班领导”", "岗位“值班员”"]
    assert dialog.count.doubtful.isVisible()
    assert dialog.go.text().startswith("导入 4 班")
    with qtbot.waitSignal(dialog.imported):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == DONE)
    assert dialog.taken.title.text() == "已导入 4 班"
    assert sum(one.count for one in duty.counts(staffed.db)) == 4
    with qtbot.waitSignal(dialog.imported):
        dialog.taken.undo.click()
    assert len(asker.confirmed) == 1
    assert importing.imported_months(staffed) == []


def test_people_are_decided_by_key_and_by_choice(qtbot, dialog, staffed, tmp_path):
    opened(qtbot, dialog, sheet(tmp_path))
    table = dialog.count.people.table
    table.setFocus()
    table.choose(0)
    QTest.keyClick(table, Qt.Key.Key_1)
    assert shown(table)[0] == ("王芳", "加入名单，参加排班")
    QTest.keyClick(table, Qt.Key.Key_3)
    assert shown(table)[0] == ("王芳", "不导入")
    assert dialog.go.text().startswith("导入 3 班")
    dialog.count.people._on_who(1)
    assert shown(table)[0] == ("王芳", "名单上的“李明”")
    assert dialog._plan.choices.people == {"王芳": 2}
    dialog.count.people.decide(Fate.LEFT)
    assert shown(table)[0] == ("王芳", "已离岗，只计班次")


def test_a_column_goes_elsewhere_or_nowhere(qtbot, dialog, staffed, tmp_path):
    opened(qtbot, dialog, sheet(tmp_path))
    lead = dialog.count.column_choices[0]
    lead.box.setCurrentIndex(lead.box.count() - 1)
    lead.box.activated.emit(lead.box.currentIndex())
    assert dialog.go.text().startswith("导入 2 班")
    assert shown(dialog.count.people.table)[1] == ("孙志强", "不导入")
    group = lead.box.findText("旧岗位，计入“干部”组")
    lead.box.setCurrentIndex(group)
    lead.box.activated.emit(group)
    assert {(turn.target.name, turn.target.group) for turn in dialog._plan.turns} == {
        ("带班领导", "干部"), ("值班员", "干部"),
    }  # fmt: skip


def test_a_year_that_is_nowhere_is_typed(qtbot, dialog, tmp_path):
    rows = [["1日", "", "孙志强", "李明"], ["2日", "", "孙志强", "李明"]]
    opened(qtbot, dialog, sheet(tmp_path, rows, "10月值班表.xlsx"))
    assert dialog.count.year.isVisible()
    assert not dialog.go.isEnabled()
    dialog.count.year.setValue(2023)
    dialog.count.use_year.click()
    qtbot.waitUntil(lambda: dialog._job is None)
    assert [one.name for one in dialog._plan.months] == ["2023-10"]
    assert dialog.go.isEnabled()


def test_several_files_count_together_and_what_is_unclear_is_listed(qtbot, dialog, asker, tmp_path):
    opened(qtbot, dialog, sheet(tmp_path))
    asker.path = sheet(tmp_path, [["2024年11月1日", "五", "孙志强", "李明"]], "11月.xlsx")
    dialog.more.click()
    qtbot.waitUntil(lambda: len(dialog._plan.months) == 2)
    assert dialog.file.full_text() == "旧值班表.xlsx、11月.xlsx"
    dialog.count.doubtful.pressed.emit()
    (line,) = shown(dialog.count.problems)
    assert line == ("旧值班表.xlsx　Sheet1　第 3 行", "“值班人员”里的“王书记”看不出是谁，没有读。")
    assert "王书记" in dialog.count.problem.text()


def test_what_is_no_roster_is_refused_beside_the_choice(qtbot, dialog, tmp_path):
    opened(qtbot, dialog, sheet(tmp_path, [["张明", "138"]], head=["姓名", "电话"]))
    assert dialog.pages.currentIndex() == CHOOSE
    assert dialog.choose.problem.isVisible()


def test_a_month_that_came_in_before_is_replaced_only_when_ticked(qtbot, dialog, staffed, today, tmp_path, asker):
    opened(qtbot, dialog, sheet(tmp_path))
    dialog.on_go()
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == DONE)
    again = OldRosterDialog(staffed, today, asker)
    qtbot.addWidget(again)
    again.open()
    opened(qtbot, again, sheet(tmp_path, ROWS[:1], "更正.xlsx"))
    assert not again.go.isEnabled()
    assert again.count.replaces.isVisible()
    again.count.replaces.click()
    assert again.go.text().startswith("导入 3 班")


def test_a_read_only_office_takes_nothing_in(qtbot, dialog, staffed, tmp_path):
    staffed.is_readonly = True
    opened(qtbot, dialog, sheet(tmp_path))
    assert not dialog.go.isEnabled()
