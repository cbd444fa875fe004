# SPDX-License-Identifier: MulanPSL-2.0
"""The whole way of a ledger through the import window: real files, real services, a real data file."""

from __future__ import annotations

from datetime import date

import pytest
import xlsxwriter
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.importing.ledgers import PATIENCE_MS, arrive, bring_in, check, count, figures, fill, opened, show, tried
from township_office.core.errors import Cancelled
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import numbers, records, sheets
from township_office.ui import jobs
from township_office.ui.importing.check_page import CLASHES, NOT_TAKEN, NOTED, TAKEN
from township_office.ui.importing.step_dialog import CHECK, COLUMNS, DONE


def test_the_whole_way(qtbot, dialog, office, asker, ledger):
    show(qtbot, dialog, ledger)
    assert dialog.columns.view.box(0).currentText() == "收文编号"
    assert dialog.columns.view.box(0).state == "taken"
    assert dialog.columns.view.box(5).state == "left"  # 圈阅情况 is no field of ours

    # The clerk corrects the heading the program does not know.
    box = dialog.columns.view.box(5)
    box.setCurrentIndex(box.findText("领导批示"))
    box.activated.emit(box.currentIndex())
    tried(qtbot, dialog)
    assert dialog.columns.view.box(5).state == "taken"

    # The hidden sheet is asked about before anything is tried.
    dialog.on_go()
    assert dialog.pages.currentIndex() == COLUMNS
    assert dialog.columns.tabs.currentIndex() == 1
    assert dialog.columns.hidden.isVisible()
    dialog.columns.leave_hidden.click()
    tried(qtbot, dialog)
    check(qtbot, dialog)
    assert figures(dialog) == {TAKEN: 20, NOT_TAKEN: 0, NOTED: 0, CLASHES: 0}
    assert count(office) == 0

    with qtbot.waitSignal(dialog.imported):
        bring_in(qtbot, dialog)
    assert count(office) == 20
    row = records.by_number(office, RECEIPT, "2024-0007")
    assert (row["sender"], row["doc_number"]) == ("青山县财政局", "青财〔2024〕7号")
    assert row["leader_instruction"] == "孙志强 7"
    assert "20" in dialog.outcome.title.text()

    # And back: the reason is asked for in place.
    dialog.outcome.undo.click()
    assert not dialog.outcome.bar.go.isEnabled()
    dialog.outcome.bar.reason.setText("选错了文件")
    with qtbot.waitSignal(dialog.imported, timeout=PATIENCE_MS):
        dialog.outcome.bar.go.click()
    assert count(office) == 0
    assert sheets.batches(office, RECEIPT)[0].revoke_reason == "选错了文件"
    assert dialog.focusWidget() is dialog.leave
    assert asker.reported == []


def test_the_hidden_sheet_comes_in_when_the_clerk_says_so(qtbot, dialog, office, ledger):
    show(qtbot, dialog, ledger)
    dialog.on_go()
    dialog.columns._take_hidden.click()
    tried(qtbot, dialog)
    check(qtbot, dialog)
    bring_in(qtbot, dialog)
    assert count(office) == 25


def test_a_correction_is_remembered_for_the_next_file(qtbot, office, asker, clock, tmp_path):
    for number, name in enumerate(("一.xlsx", "二.xlsx")):
        with xlsxwriter.Workbook(tmp_path / name) as book:
            fill(book.add_worksheet("表"), 3, first=1 + 3 * number)
    first = opened(qtbot, office, asker, clock)
    show(qtbot, first, tmp_path / "一.xlsx")
    first.columns.view.sent.emit(5, "handler")
    tried(qtbot, first)
    check(qtbot, first)
    bring_in(qtbot, first)
    first.reject()
    second = opened(qtbot, office, asker, clock)
    show(qtbot, second, tmp_path / "二.xlsx")
    assert second.columns.view.box(5).currentData() == "handler"


def test_clashes_show_both_sides(qtbot, office, asker, clock, tmp_path):
    row = records.register_document(
        office,
        RECEIPT,
        {"received_on": "2024-01-05", "sender": "青山县民政局", "title": "关于慰问的通知"},
        date(2024, 1, 5),
    )
    path = tmp_path / "补.xlsx"
    with xlsxwriter.Workbook(path) as book:
        fill(book.add_worksheet("表"), 40)
    dialog = opened(qtbot, office, asker, clock)
    show(qtbot, dialog, path)
    check(qtbot, dialog)
    assert figures(dialog)[CLASHES] == 1
    dialog.check.tiles[CLASHES].click()
    assert str(row["number"]) in dialog.check.detail._words.text()
    assert "青山县财政局" in dialog.check.detail._theirs.text()
    assert "青山县民政局" in dialog.check.detail._other.text()
    bring_in(qtbot, dialog)
    assert count(office) == 41


def test_rows_not_taken_are_listed_and_marked_in_a_copy_of_their_sheet(qtbot, dialog, asker, tmp_path, ledger):
    path = tmp_path / "有涉密.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        fill(sheet, 5, heads=("收文编号", "收文日期", "来文单位", "文号", "标题", "密级"))
        for row in range(5):
            sheet.write(2 + row, 5, "机密" if row == 2 else "")
    show(qtbot, dialog, path)
    check(qtbot, dialog)
    assert (figures(dialog)[TAKEN], figures(dialog)[NOT_TAKEN]) == (4, 1)
    assert "5" in str(dialog.check.model.index(0, 0).data())
    assert dialog.check.model.index(0, 1).data()
    asker.path = tmp_path / "标红.xlsx"
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(asker.told), timeout=PATIENCE_MS)
    assert asker.path.stat().st_size > 0
    assert [sheet.name for sheet in sheets.look_at(asker.path).sheets] == ["表"]


def test_sheets_that_stay_out_are_named_with_their_reason(qtbot, dialog, asker, tmp_path):
    path = tmp_path / "全年.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("上半年", "下半年", "藏"):
            fill(book.add_worksheet(name), 3)
        book.worksheets()[2].hide()
        book.add_worksheet("说明").write(0, 0, "请勿改动")
        book.add_worksheet("空")
        dispatches = book.add_worksheet("发文")
        fill(dispatches, 3, heads=("发文字号", "签发日期", "主送机关", "文号", "标题", "签发人"))
        dispatches.write(0, 0, "2024年发文登记簿")
    show(qtbot, dialog, path)
    dialog.columns.tabs.setCurrentIndex(1)
    dialog.columns.take.click()
    dialog.on_go()
    dialog.columns.leave_hidden.click()
    tried(qtbot, dialog)
    check(qtbot, dialog)
    unticked, other = "这张工作表没有勾选，没有导入。", "这张工作表看起来是另一本登记簿，没有导入。"
    named = {
        "下半年": unticked, "藏": unticked, "说明": "这张工作表里没有认出登记簿，没有导入。", "发文": other,
    }  # fmt: skip
    assert "下半年、藏、说明、发文" in dialog.state.full_text()
    for name in ("清单.csv", "标红.xlsx"):
        asker.path = tmp_path / name
        dialog.save.click()
        qtbot.waitUntil(lambda: len(asker.told) == 1, timeout=PATIENCE_MS)
        asker.told.clear()
    assert all(reason in (tmp_path / "清单.csv").read_text("utf-8-sig") for reason in named.values())
    *_, last = sheets.look_at(tmp_path / "标红.xlsx").sheets
    assert {row[0]: row[1] for row in last.rows[1:]} == named
    bring_in(qtbot, dialog)
    said = {label.text() for label in dialog.outcome.findChildren(QLabel)}
    assert "下半年、藏、说明、发文" in said


def test_nothing_is_kept_of_a_cancelled_import(qtbot, dialog, office, ledger, monkeypatch):
    show(qtbot, dialog, ledger)
    dialog.on_go()
    dialog.columns.leave_hidden.click()
    tried(qtbot, dialog)
    check(qtbot, dialog)
    run = sheets.run_import

    def cancelled_late(own, plan, today, progress):
        def report(done: int, total: int) -> None:
            raise Cancelled

        return run(own, plan, today, report)

    monkeypatch.setattr(sheets, "run_import", cancelled_late)
    dialog.on_go()
    qtbot.waitUntil(lambda: dialog._job is None, timeout=PATIENCE_MS)
    assert dialog.pages.currentIndex() == CHECK
    assert dialog.go.isEnabled()
    assert count(office) == 0
    assert sheets.batches(office, RECEIPT) == []


def test_closing_the_window_stops_the_work(qtbot, dialog, office, ledger):
    show(qtbot, dialog, ledger)
    dialog.open_path(ledger)
    dialog.reject()
    jobs.stop_all()
    assert count(office) == 0


def test_a_second_import_of_the_same_file_takes_nothing_twice(qtbot, office, asker, clock, tmp_path):
    path = tmp_path / "同.xlsx"
    with xlsxwriter.Workbook(path) as book:
        fill(book.add_worksheet("表"), 6)
    for expected in (6, 0):
        dialog = opened(qtbot, office, asker, clock)
        show(qtbot, dialog, path)
        check(qtbot, dialog)
        assert figures(dialog)[TAKEN] == expected
        if expected:
            bring_in(qtbot, dialog)
        dialog.reject()
    assert count(office) == 6


def test_rows_known_already_come_in_when_the_clerk_insists(qtbot, office, asker, clock, tmp_path):
    path = tmp_path / "同.xlsx"
    with xlsxwriter.Workbook(path) as book:
        fill(book.add_worksheet("表"), 6)
    first = opened(qtbot, office, asker, clock)
    show(qtbot, first, path)
    check(qtbot, first)
    bring_in(qtbot, first)
    first.reject()
    dialog = opened(qtbot, office, asker, clock)
    show(qtbot, dialog, path)
    check(qtbot, dialog)
    assert not dialog.go.isEnabled()
    dialog.check.known.click()
    qtbot.waitUntil(lambda: dialog._job is None and figures(dialog)[TAKEN] == 6, timeout=PATIENCE_MS)
    assert dialog.go.isEnabled()


def test_dispatches_come_in_under_their_own_numbers(qtbot, office, asker, clock, tmp_path):
    path = tmp_path / "发文.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("2024")
        for column, head in enumerate(("编号", "发文日期", "发文字号", "标题", "主送")):
            sheet.write(0, column, head)
        for row in range(5):
            for column, cell in enumerate(
                (row + 1, f"2024.3.{row + 1}", f"云政发[2024]{row + 1}号", f"关于第{row}事的通知", "各村")
            ):
                sheet.write(1 + row, column, cell)
    dialog = opened(qtbot, office, asker, clock, DISPATCH)
    show(qtbot, dialog, path)
    assert not dialog.columns.numbering.isVisible()
    check(qtbot, dialog)
    bring_in(qtbot, dialog)
    assert records.by_number(office, DISPATCH, "云政发〔2024〕3号")["title"] == "关于第2事的通知"
    draft = {"signed_on": "2024-12-01", "series": "云政发"}
    assert numbers.next_number(office, DISPATCH, draft, date(2024, 12, 1)).number == "云政发〔2024〕6号"


def test_the_keyboard_goes_the_whole_way(qtbot, dialog, office, tmp_path):
    path = tmp_path / "键盘.xlsx"
    with xlsxwriter.Workbook(path) as book:
        fill(book.add_worksheet("表"), 3)
    show(qtbot, dialog, path)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    arrive(qtbot, dialog, CHECK)
    QTest.keyClick(dialog, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert dialog.pages.currentIndex() == COLUMNS
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    arrive(qtbot, dialog, CHECK)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    arrive(qtbot, dialog, DONE)
    assert count(office) == 3
    with qtbot.waitSignal(dialog.year_wanted) as wanted:
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args == [2024]
    assert not dialog.isVisible()


@pytest.mark.parametrize("size", [(911, 456), (1180, 690)])
def test_every_step_fits_the_small_screen(qtbot, dialog, ledger, size):
    dialog.resize(*size)
    show(qtbot, dialog, ledger)
    for widget in (dialog.go, dialog.back, dialog.columns.take, dialog.columns.numbering):
        corner = widget.mapTo(dialog, QPoint(widget.width(), widget.height()))
        assert corner.x() <= dialog.width()
        assert corner.y() <= dialog.height()
    assert dialog.minimumSizeHint().width() <= size[0]
    assert dialog.minimumSizeHint().height() <= size[1]
    assert isinstance(dialog.focusWidget(), QWidget)


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("收文登记簿_2023_分月.xlsx", 242),
        ("chongqing_url_date_number.xlsx", 1500),
        ("henan_number_with_inner_space.xlsx", 5900),
        ("shanghai_number_dirty_prefix.xlsx", 5900),
    ],
)
def test_real_ledgers_come_in_with_a_few_clicks(qtbot, dialog, office, asker, shared_data, name, taken):
    show(qtbot, dialog, shared_data / "ledgers" / name)
    while dialog._decisions.first_asked() is not None:
        dialog.on_go()
        dialog.columns._take_hidden.click()
        tried(qtbot, dialog)
    check(qtbot, dialog)
    bring_in(qtbot, dialog)
    assert count(office) >= taken
    assert asker.reported == []
