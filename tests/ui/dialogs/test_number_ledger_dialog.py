# SPDX-License-Identifier: MulanPSL-2.0
"""号序台账: every number has its line and its reason; reserved, given back, printed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from township_office.core.text import t
from township_office.registers import DOCUMENTS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import numbers, printing, records
from township_office.ui.dialogs.ledger_model import Column
from township_office.ui.dialogs.number_ledger_dialog import NumberLedgerDialog


@pytest.fixture
def ledger(qtbot, office_with_rows, clock, asker):
    def show(register=RECEIPT):
        dialog = NumberLedgerDialog(office_with_rows, register, clock, asker)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    return show


def states(dialog):
    return [dialog.model.line(row).state for row in range(dialog.model.rowCount())]


def cell(dialog, row, column):
    return dialog.model.index(row, column).data()


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_every_number_of_the_year_has_a_line(qtbot, office_with_rows, today, ledger, register):
    dialog = ledger(register)
    QAbstractItemModelTester(dialog.model)
    series = numbers.all_series(office_with_rows, register)[0]
    lines = numbers.number_ledger(office_with_rows, register, series, today.year)
    assert [cell(dialog, row, Column.NUMBER) for row in range(dialog.model.rowCount())] == [
        line.number for line in lines
    ]
    assert all(cell(dialog, row, Column.STATE) for row in range(dialog.model.rowCount()))
    assert str(len(lines)) in dialog.chips[""].text()


def test_the_year_before_is_chosen_in_the_box(ledger):
    dialog = ledger()
    assert dialog.model.rowCount() == 30
    dialog.period_box.setCurrentIndex(1)
    assert [cell(dialog, row, Column.NUMBER) for row in range(2)] == ["2025-0001", "2025-0002"]


def test_the_series_is_chosen_in_the_box(ledger):
    dialog = ledger(DISPATCH)
    assert dialog.model.rowCount() == 4
    dialog.series_box.setCurrentIndex(1)
    assert dialog.model.rowCount() == 0
    assert dialog._stack.currentIndex() == 1  # the empty page


def test_a_void_line_says_when_and_why(ledger):
    dialog = ledger()
    assert cell(dialog, 4, Column.STATE) == t("numbers.state_void")
    assert "重复登记" in cell(dialog, 4, Column.WORDS)


def test_titles_have_the_room_that_the_others_leave(ledger):
    dialog = ledger()
    width = dialog.table.columnWidth
    room = width(Column.TITLE)
    dialog.chips["used"].click()
    assert width(Column.TITLE) > room, "nothing is to be explained of numbers in use"
    dialog.chips["void"].click()
    assert width(Column.TITLE) == room
    assert width(Column.NUMBER) < ledger(DISPATCH).table.columnWidth(Column.NUMBER)


def test_chips_count_and_filter(qtbot, ledger):
    dialog = ledger()
    assert dialog.chips["void"].text() == t("numbers.count", state=t("numbers.state_void"), count=1)
    assert not dialog.chips["missing"].isVisible()
    qtbot.mouseClick(dialog.chips["void"], Qt.MouseButton.LeftButton)
    assert states(dialog) == ["void"]
    qtbot.mouseClick(dialog.chips[""], Qt.MouseButton.LeftButton)
    assert dialog.model.rowCount() == 30


def test_a_number_is_reserved_by_keyboard_and_given_back(qtbot, office_with_rows, ledger, asker):
    dialog = ledger()
    dialog._on_reserve()
    assert dialog.reserve_number.text() == "31"
    dialog.reserve_name.setText("人大办")
    QTest.keyClick(dialog.reserve_name, Qt.Key.Key_Return)
    dialog.reserve_reason.setText("人代会材料")
    QTest.keyClick(dialog.reserve_reason, Qt.Key.Key_Return)
    assert states(dialog)[-1] == "reserved"
    assert not dialog._reserving.isVisible()
    assert cell(dialog, 30, Column.TITLE) == t("numbers.kept_for", name="人大办")
    assert "人代会材料" in cell(dialog, 30, Column.WORDS)
    dialog.table.selectRow(30)
    assert dialog._release.isVisible()
    asker.says_yes = False
    dialog.release()
    assert states(dialog)[-1] == "reserved"
    asker.says_yes = True
    dialog.release()
    assert "人大办" in asker.confirmed[0]
    assert states(dialog)[-1] != "reserved"
    dialog.table.selectRow(0)
    assert not dialog._release.isVisible()


def test_a_released_number_in_the_middle_is_shown_as_missing(office_with_rows, today, ledger):
    numbers.reserve(office_with_rows, RECEIPT, "收文", 32, {"name": "人大办", "reason": ""}, today)
    dialog = ledger()
    dialog.table.selectRow(30)
    dialog.release()
    assert states(dialog)[-2:] == ["missing", "reserved"]
    assert cell(dialog, 30, Column.WORDS) == t("numbers.missing_words")
    assert dialog.chips["missing"].isVisible()


@pytest.mark.parametrize(
    ("number", "name"), [("", "人大办"), ("十二", "人大办"), ("3", "人大办"), ("31", ""), ("9999", "人大办")]
)
def test_a_reservation_that_cannot_be_is_refused_in_words(ledger, number, name):
    dialog = ledger()
    dialog._on_reserve()
    dialog.reserve_number.setText(number)
    dialog.reserve_name.setText(name)
    dialog.reserve()
    assert dialog._reserving.isVisible()
    assert dialog._problem.isVisible()
    assert dialog._problem.text().endswith("。")
    assert "reserved" not in states(dialog)


def test_a_line_with_a_row_leads_there(qtbot, office_with_rows, ledger):
    dialog = ledger()
    row = records.by_number(office_with_rows, RECEIPT, "2026-0008")
    with qtbot.waitSignal(dialog.open_requested) as caught:
        dialog.table.activated.emit(dialog.model.index(7, 0))
    assert caught.args == [row["id"]]


def test_the_ledger_is_printed_where_the_clerk_wants(qtbot, tmp_path, ledger, asker):
    dialog = ledger()
    asker.path = tmp_path / "台账.pdf"
    dialog.print_ledger()
    qtbot.waitUntil(lambda: asker.told != [], timeout=30_000)
    assert asker.suggested[0].endswith(".pdf")
    assert str(asker.path) in asker.told[0]
    assert printing.page_count(asker.path) >= 1


def test_a_read_only_office_reserves_nothing(qtbot, readonly_office, clock, asker):
    dialog = NumberLedgerDialog(readonly_office, RECEIPT, clock, asker)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.reserve_button.isEnabled()
    assert dialog.model.rowCount() == 30


def test_it_fits_a_small_screen(ledger):
    dialog = ledger()
    dialog._on_reserve()
    dialog.resize(880, 440)
    assert dialog.size().toTuple() == (880, 440)
