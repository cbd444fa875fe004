# SPDX-License-Identifier: MulanPSL-2.0
"""年终清退核对: a list chosen, three groups looked at, what agrees cleared; nothing of the list stays."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QLabel

from tests.exchange.conftest import write_xlsx
from township_office.services.guarded import confidential
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.clearance import DOUBT, MATCHED, MISSING, UNLISTED
from township_office.ui.confidential import one_sheet
from township_office.ui.confidential.checks.clearance_dialog import ClearanceDialog

TITLE = "关于甲乙丙丁工作部署的通知"
HEAD = ["序号", "文号", "文件标题", "密级", "份号", "份数"]


@pytest.fixture
def vault(office, today):
    made, _ = vaults.make(office, "赵保密", "Feng-2026xy")
    draft = {"secrecy_level": "机密", "copy_serial": "000012-000014", "doc_number": "15", "cabinet_no": "甲3"}
    confidential.register_paper(made, draft | {"received_on": today.isoformat()}, today)
    return made


@pytest.fixture
def dialog(qtbot, vault, clock, asker):
    made = ClearanceDialog(vault, clock, asker)
    qtbot.addWidget(made)
    made.open()
    return made


@pytest.fixture
def read(qtbot, dialog, asker, tmp_path):
    def choose(*rows) -> None:
        asker.path = write_xlsx(tmp_path / "目录.xlsx", {"目录": [HEAD, *rows]})
        dialog.choose()
        qtbot.waitUntil(lambda: dialog._found is not None or bool(dialog.said.text()))

    return choose


GOOD = [1, "青委办〔2026〕15号", TITLE, "机密", "000012-000013", 2]
LACKING = [2, "青委办〔2026〕44号", TITLE, "秘密", "000003", 1]


def shown(dialog) -> list[str]:
    model = dialog.model
    return [model.index(row, 3).data() for row in range(model.rowCount())]


def test_three_groups_with_their_counts(dialog, read):
    read(GOOD, LACKING)
    counts = {group: button.text() for group, button in dialog.chips.items()}
    assert counts == {MATCHED: "相符　2", MISSING: "我方缺　1", UNLISTED: "对方未列　1", DOUBT: "读不出　0"}
    assert dialog.chips[DOUBT].isHidden()
    assert dialog.chips[MISSING].isChecked(), "what is lacking first"
    assert shown(dialog) == ["000003"]
    dialog.chips[MATCHED].click()
    assert shown(dialog) == ["000012", "000013"]
    dialog.chips[UNLISTED].click()
    assert shown(dialog) == ["000014"]
    assert "文件标题" in dialog.note.text()


def test_no_title_is_anywhere_on_screen(dialog, read):
    read(GOOD, LACKING)
    words = [one.text() for one in dialog.findChildren(QLabel)]
    words += [
        str(dialog.model.index(row, at).data())
        for row in range(dialog.model.rowCount())
        for at in range(dialog.model.columnCount())
    ]
    assert not any("甲乙丙丁" in one for one in words)


def test_a_file_that_is_no_list(qtbot, dialog, asker, tmp_path):
    asker.path = write_xlsx(tmp_path / "工资.xlsx", {"表": [["姓名", "电话"], ["林小满", "1"]]})
    dialog.choose()
    qtbot.waitUntil(lambda: "没有找到清退目录" in dialog.said.text())
    assert dialog.pages.currentIndex() == 0


def test_what_agrees_is_cleared(qtbot, dialog, read, vault):
    read(GOOD)
    dialog.clear_button.click()
    assert "2 份" in dialog.clear_about.text()
    dialog.clear_do.click()
    assert "清单编号" in dialog.said.text()
    assert confidential.count(vault).cleared == 0
    dialog.list_no.setText("2026-7")
    dialog.receiver.setText("县委办李建国")
    with qtbot.waitSignal(dialog.changed):
        dialog.clear_do.click()
    assert confidential.count(vault).cleared == 2
    assert "已记为清退 2 份" in dialog.said.text()
    assert dialog.clear_button.isHidden()
    dialog.chips[MATCHED].click()
    assert "清单 2026-7" in dialog.model.index(0, 5).data()


def test_nothing_stays_when_it_closes(dialog, read, office):
    read(GOOD, LACKING)
    dialog.done(QDialog.DialogCode.Rejected)
    assert dialog._found is None
    assert dialog.model.rowCount() == 0
    assert "甲乙丙丁".encode() not in office.path.read_bytes()


def test_it_is_printed_across_from_memory(qtbot, dialog, read, monkeypatch):
    asked: list[tuple] = []
    monkeypatch.setattr(one_sheet, "choose_printer", lambda *args, **_: asked.append(args))
    read(GOOD, LACKING)
    dialog.print_button.click()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0][2].orientation().name == "Landscape"
