# SPDX-License-Identifier: MulanPSL-2.0
"""A clerk takes an old catalogue in: chooses it, looks, takes it in, and takes it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.services.archive.catalogues import NINE, everything, line, take_in, with_scheme
from tests.services.importing import book
from township_office.services.archive import items
from township_office.services.office import Office
from township_office.ui.archive.exchange.import_dialog import CatalogueImportDialog
from township_office.ui.importing.check_page import CLASHES, NOT_TAKEN, TAKEN
from township_office.ui.importing.step_dialog import CHECK, CHOOSE, COLUMNS, DONE

PATIENCE_MS = 20_000
CODE = "Z109-WS·2011-Y-BGS-{:04d}"


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Two good items, one 档号 given twice, one state secret, and a column nobody knows."""
    rows = [[*NINE, "整理人"]]
    rows += [[*line(CODE.format(n), f"关于第{n}事的通知"), "李敏"] for n in (1, 2)]
    rows += [[*line(CODE.format(1), "关于另一事的通知"), ""], [*line(CODE.format(3), "青龙工程", level="机密"), ""]]
    return book(tmp_path / "2011年目录.xlsx", 目录=rows)


@pytest.fixture
def dialog(qtbot, office: Office, asker, clock: Callable[[], date]) -> CatalogueImportDialog:
    made = CatalogueImportDialog(with_scheme(office), clock, asker)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitExposed(made)
    return made


def arrive(qtbot, dialog: CatalogueImportDialog, step: int) -> None:
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == step and dialog._job is None, timeout=PATIENCE_MS)


def to_check(qtbot, dialog: CatalogueImportDialog, path: Path) -> None:
    dialog.open_path(path)
    arrive(qtbot, dialog, COLUMNS)
    dialog.on_go()
    arrive(qtbot, dialog, CHECK)


def figure(dialog: CatalogueImportDialog, kind: str) -> str:
    return dialog.check.tiles[kind].figure.text()


def test_from_the_file_to_the_archive_and_back(qtbot, dialog, catalogue: Path, office: Office, asker):
    assert not dialog.go.isVisible()
    asker.path = catalogue
    dialog.choose.on_pick()
    arrive(qtbot, dialog, COLUMNS)
    dialog.on_go()
    arrive(qtbot, dialog, CHECK)
    assert [figure(dialog, kind) for kind in (TAKEN, NOT_TAKEN, CLASHES)] == ["3 行", "1 行", "1 行"]
    assert not dialog.check.known.isVisible()
    assert everything(office) == []
    with qtbot.waitSignal(dialog.imported):
        dialog.on_go()
    arrive(qtbot, dialog, DONE)
    assert {str(row["number"]) for row in everything(office)} == {CODE.format(1), CODE.format(2), "None"}
    dialog.outcome.undo.click()
    dialog.outcome.bar.reason.setText("拿错了文件")
    with qtbot.waitSignal(dialog.imported):
        dialog.outcome.bar.on_revoke()
    assert everything(office) == []
    dialog.on_go()
    assert dialog.isHidden()


def test_a_clash_shows_who_has_the_code(qtbot, dialog, catalogue: Path, office: Office):
    draft = {"title": "档案里的一件", "responsible_body": "镇政府", "archive_year": "2011", "retention_period": "永久",
             "org_or_subject": "BGS"}  # fmt: skip
    items.add_item(office, draft, date(2026, 11, 20))
    to_check(qtbot, dialog, catalogue)
    dialog.check.show_kind(CLASHES)
    detail = dialog.check.detail
    assert dialog.check.model.rowCount() == 2
    assert detail._head.text() == "档案里已有"
    assert "档案里的一件" in detail._other.text()
    dialog.on_back()
    dialog.on_back()
    assert dialog.pages.currentIndex() == CHOOSE


def test_a_clash_within_the_sheet_shows_the_first(qtbot, dialog, catalogue: Path):
    to_check(qtbot, dialog, catalogue)
    dialog.check.show_kind(CLASHES)
    assert dialog.check.detail._head.text() == "先占这个号的是“目录”第2行"
    assert "关于第1事的通知" in dialog.check.detail._other.text()


def test_a_catalogue_that_is_in_already(qtbot, dialog, catalogue: Path, office: Office):
    for _ in range(2):
        to_check(qtbot, dialog, catalogue)
        dialog.on_go()
        qtbot.waitUntil(lambda: dialog._job is None, timeout=PATIENCE_MS)
    assert dialog.pages.currentIndex() == CHECK
    assert not dialog.go.isEnabled()
    assert figure(dialog, NOT_TAKEN) == "4 行"
    assert len(everything(office)) == 3


def test_all_that_is_there_already_is_said(qtbot, dialog, tmp_path: Path, office: Office):
    path = book(tmp_path / "目录.xlsx", 目录=[NINE, line(CODE.format(1)), line(CODE.format(2))])
    take_in(office, path)
    to_check(qtbot, dialog, path)
    assert dialog.state.full_text() == "目录里的2件档案里都已有，不用再导入。"
    assert not dialog.check.known.isVisible()
    assert not dialog.go.isEnabled()


def test_the_clerk_says_which_column_is_what_and_it_is_remembered(qtbot, dialog, tmp_path: Path, office: Office):
    rows = [
        ["卷内号", "责任者", "题名", "日期", "年度", "期限"],
        [7, "镇政府", "关于春耕的通知", "20110503", 2011, "永久"],
    ]
    path = book(tmp_path / "目录.xlsx", 目录=rows)
    dialog.open_path(path)
    arrive(qtbot, dialog, COLUMNS)
    assert ("item_no", "件号") in dialog.columns._decisions.options(dialog.columns._current())
    dialog.columns.view.sent.emit(0, "item_no")
    dialog.on_go()
    arrive(qtbot, dialog, CHECK)
    dialog.on_go()
    arrive(qtbot, dialog, DONE)
    assert [row["number"] for row in everything(office)] == ["Z109-WS·2011-Y-0007"]
    dialog.open_path(path)
    arrive(qtbot, dialog, COLUMNS)
    assert dialog.columns._current().table.columns[0].field == "item_no"


def test_what_is_no_catalogue_is_said_where_its_headings_can_be_shown(qtbot, dialog, tmp_path: Path, asker):
    rows = [["编", "叫什么", "谁发的", "哪天"], [1, "关于春耕生产的通知", "镇政府", "20110503"]]
    dialog.open_path(book(tmp_path / "自编.xlsx", 表=rows))
    arrive(qtbot, dialog, COLUMNS)
    assert dialog.columns.nothing.isVisible()
    assert not dialog.go.isEnabled()
    dialog.columns.view.heading_chosen.emit(0)
    assert not dialog.columns.nothing.isVisible()
    assert asker.reported == []


def test_a_marked_copy(qtbot, dialog, catalogue: Path, asker, tmp_path: Path):
    to_check(qtbot, dialog, catalogue)
    asker.path = tmp_path / "标红.xlsx"
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(asker.told), timeout=PATIENCE_MS)
    assert asker.suggested == ["2011年目录（标红）.xlsx"]
    assert "青龙工程".encode() not in asker.path.read_bytes()


def test_read_only_nothing_can_be_taken_in(qtbot, dialog, catalogue: Path, office: Office):
    office.is_readonly = True
    to_check(qtbot, dialog, catalogue)
    assert not dialog.go.isEnabled()
