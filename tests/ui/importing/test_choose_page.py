# SPDX-License-Identifier: MulanPSL-2.0
"""Which file: dropped, offered, picked, or refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from tests.ui.importing.ledgers import PATIENCE_MS, arrive, opened, show
from township_office.ui.importing import choose_page
from township_office.ui.importing.choose_page import DropArea, recent_files
from township_office.ui.importing.step_dialog import CHOOSE, COLUMNS


@pytest.mark.parametrize(
    ("name", "content"), [("假.xlsx", b"PK\x03\x04 no workbook"), ("图.xlsx", b"\x89PNG\r\n"), ("空.csv", b"")]
)
def test_a_file_that_is_no_table_is_refused_and_another_can_be_chosen(
    qtbot, dialog, asker, tmp_path, ledger, name, content
):
    path = tmp_path / name
    path.write_bytes(content)
    dialog.open_path(path)
    qtbot.waitUntil(dialog.choose.problem.isVisible, timeout=PATIENCE_MS)
    assert dialog.pages.currentIndex() == CHOOSE
    assert asker.reported == []
    show(qtbot, dialog, ledger)


def test_a_file_can_be_dropped(qtbot, dialog, ledger):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ledger))])
    area = dialog.choose.findChild(DropArea)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    area.dropEvent(QDropEvent(QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, buttons, keys))
    arrive(qtbot, dialog, COLUMNS)
    # The folder is remembered: its tables are offered the next time.
    assert [path for path, _ in recent_files()] == [ledger]


def test_the_tables_of_the_folder_used_last_are_offered(qtbot, office, asker, clock, ledger, tmp_path):
    (tmp_path / "~$收文登记.xlsx").write_bytes(b"lock")
    (tmp_path / "说明.docx").write_bytes(b"no table")
    choose_page.memory.remember_first(choose_page.FOLDERS, str(tmp_path), 5)
    dialog = opened(qtbot, office, asker, clock)
    lines = dialog.choose.findChildren(choose_page.LineButton)
    assert [Path(line.toolTip()) for line in lines] == [ledger]
    lines[0].click()
    arrive(qtbot, dialog, COLUMNS)


def test_a_file_dialog_is_one_key_away(qtbot, dialog, asker, ledger):
    asker.path = ledger
    QTest.keyClick(dialog, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    arrive(qtbot, dialog, COLUMNS)
    assert len(asker.asked) == 1
