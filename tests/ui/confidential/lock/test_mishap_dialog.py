# SPDX-License-Identifier: MulanPSL-2.0
"""误录处置: steps in plain words, a clock, who did what when; also where nothing can be written."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from tests.ui.confidential.lock.conftest import every_word
from township_office.registers.mishap import MEASURES
from township_office.services.guarded import mishap
from township_office.ui.confidential import one_sheet
from township_office.ui.confidential.lock.mishap_dialog import MishapDialog


@pytest.fixture
def times(today):
    return [datetime.combine(today, datetime.min.time()).replace(hour=10, minute=30)]


@pytest.fixture
def dialog(qtbot, office, asker, times):
    made = MishapDialog(office, lambda: times[0], asker)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitExposed(made)
    return made


def test_it_says_what_to_do_before_any_clock_runs(dialog):
    said = every_word(dialog)
    assert all(measure.do in said and measure.note in said for measure in MEASURES)
    assert dialog.found.text() == "2026-11-20 10:30"
    assert not any(button.isVisible() for button in dialog.ticks.values())


def test_a_refused_time_stays_to_be_put_right(qtbot, dialog, office):
    dialog.found.setText("23:59")
    qtbot.keyClick(dialog.found, Qt.Key.Key_Return)
    assert "还没有到" in dialog.said.text()
    assert dialog.found.text() == "23:59"
    assert mishap.running(office) is None


def test_the_clock_the_ticks_and_the_end(qtbot, dialog, office, times):
    dialog.found.setText("9:15")
    with qtbot.waitSignal(dialog.changed):
        qtbot.keyClick(dialog.found, Qt.Key.Key_Return)
    assert dialog.clock.text() == "距24小时还有 22:45"
    assert "2026-11-21 09:15 前须报告" in dialog.deadline.text()
    dialog.ticks["stop"].click()
    assert dialog.ticks["stop"].text() == "✓ 今天 10:30 王春燕"
    dialog.ticks["keep"].click()
    dialog.ticks["keep"].click()
    assert mishap.latest(office).ticks.keys() == {"stop"}
    times[0] += timedelta(hours=22, minutes=40)
    dialog._show_clock()
    assert dialog.clock.text() == "距24小时还有 0:05"
    assert dialog.clock.objectName() == "figure-red"
    times[0] += timedelta(hours=1)
    dialog._show_clock()
    assert "已超过24小时" in dialog.clock.text()
    dialog.end()
    assert "请填写报告给了谁" in dialog.said.text()
    dialog.whom.setText("县保密局 李科长")
    dialog.end()
    assert mishap.running(office) is None
    assert "已报告县保密局 李科长" in dialog.deadline.text()
    assert dialog.ticks["stop"].isVisible()
    assert not dialog.ticks["stop"].isEnabled()
    assert not dialog.ticks["keep"].isVisible()


def test_it_goes_on_when_it_is_opened_again(qtbot, office, asker, times):
    mishap.begin(office, "9:15", times[0])
    mishap.tick(office, "unplug", times[0])
    again = MishapDialog(office, lambda: times[0], asker)
    qtbot.addWidget(again)
    assert again.ticks["unplug"].isChecked()
    assert again.clock.text() == "距24小时还有 22:45"


def test_a_read_only_file_still_says_what_to_do(qtbot, office, asker, times):
    office.is_readonly = True
    dialog = MishapDialog(office, lambda: times[0], asker)
    qtbot.addWidget(dialog)
    assert MEASURES[0].do in every_word(dialog)
    assert not dialog.begin_button.isEnabled()
    dialog.begin()
    assert dialog.said.text()


def test_its_sheet_is_printed(qtbot, dialog, monkeypatch, tmp_path):
    def choose(owner, title, orientation, pages, then, *, paper_only):
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"{title}.pdf"))
        then(printer)

    monkeypatch.setattr(one_sheet, "choose_printer", choose)
    dialog.print_button.click()
    qtbot.waitUntil(lambda: dialog.said.text() == "已全部送往打印机。", timeout=10_000)
    assert (tmp_path / "误录处置单.pdf").stat().st_size > 1000


def test_there_is_no_word_of_wiping(dialog):
    assert not any(word in every_word(dialog) for word in ("擦除", "粉碎", "格式化", "彻底删除", "安全删除"))
