# SPDX-License-Identifier: MulanPSL-2.0
"""A sheet of the guarded register is seen as it will be printed, and nothing of it outlives the dialog."""

from __future__ import annotations

import tempfile
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from township_office.services.guarded import confidential, vault
from township_office.services.guarded.custody import take_step
from township_office.services.guarded.custody_printing import SHEETS
from township_office.ui.confidential.checks.custody_print_dialog import CustodyPrintDialog

PATIENCE_MS = 20_000


@pytest.fixture
def kept(office, today):
    """A register with one paper of three copies: one was read, one is out, one was cleared."""
    made, code = vault.make(office, "赵保密", "Feng-2026xy")
    vault.lock(made)
    opened = vault.unlock_with_code(office, code, "赵保密")
    draft = {"received_on": today.isoformat(), "secrecy_level": "机密", "copy_serial": "101-103", "doc_number": "15"}
    paper = confidential.register_paper(opened, draft, today)
    now = datetime.combine(today, datetime.max.time())
    for serial, key, said in (
        ("101", "out", {"holder": "孙志强"}), ("101", "back", {}), ("102", "out", {"holder": "何文斌"}),
        ("103", "clear", {"holder": "周接收", "list_no": "Q-1"}),
    ):  # fmt: skip
        take_step(opened, paper.id, [serial], key, said, now)
    return opened


@pytest.fixture
def show(qtbot, kept, clock, asker, put_away):
    made = []

    def open_dialog(form="", chosen=()):
        dialog = CustodyPrintDialog(kept, clock, asker, None, form, chosen)
        made.append(dialog)
        dialog.open()
        settle(dialog)
        return dialog

    def settle(dialog):
        qtbot.waitUntil(lambda: dialog._making is None, timeout=PATIENCE_MS)

    open_dialog.settle = settle
    yield open_dialog
    put_away(*made)


@pytest.mark.parametrize("form", SHEETS)
def test_every_sheet_can_be_asked_for(show, form):
    dialog = show(form)
    assert dialog.options.key() == form
    assert dialog.options.sheet.currentText() == SHEETS[form].title
    has_rows = form in ("circulation", "distribution", "clearance", "inventory", "handover")
    assert dialog.right.currentWidget() is (dialog.view if has_rows else dialog.waiting)
    assert dialog.print.isEnabled() is has_rows
    if not has_rows:
        assert "没有" in dialog.waiting._hint.text()


def test_a_list_is_offered_by_its_number(show):
    dialog = show("clearance")
    assert dialog.options.scope() == "list"
    assert dialog.options.request().list_no == "Q-1"
    assert dialog._printed.pages == 2  # 第一联, 第二联
    dialog.options.sheet.setCurrentIndex(dialog.options.sheet.findData("destruction"))
    show.settle(dialog)
    assert not dialog.options.choices["list"].isEnabled()
    assert dialog.options.scope() == "year"


def test_days_are_read_and_refused_beside_them(qtbot, show, today):
    dialog = show("circulation")
    dialog.options.choices["days"].click()
    assert dialog.options._problem.text().startswith("请填开始日期")
    assert not dialog.print.isEnabled()
    editor = dialog.options.days.first
    editor.set_text("看不懂")
    qtbot.keyClick(editor.inner, Qt.Key.Key_Return)
    assert "看不懂" in dialog.options._problem.text()
    editor.set_text(today.isoformat())
    qtbot.keyClick(editor.inner, Qt.Key.Key_Return)
    show.settle(dialog)
    assert dialog._request.first == today
    assert dialog._printed.rows == 2
    assert not dialog.options._problem.isVisible()


def test_what_is_marked_in_the_book_can_be_printed_alone(show, kept):
    paper = confidential.papers(kept)[0]
    dialog = show("clearance", [(paper.id, "101")])
    assert dialog.options.scope() == "chosen"
    assert dialog.options.choices["chosen"].text() == "只打选中的 1 份"
    assert dialog._printed.rows == 1
    assert show("handover").options.choices["chosen"].isHidden()


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_saved_file_is_warned_of(qtbot, show, asker, tmp_path, today, kind):
    dialog = show("circulation")
    asker.path = tmp_path / "传阅"
    dialog.saves[kind].click()
    saved = tmp_path / f"传阅.{kind}"
    qtbot.waitUntil(lambda: saved.is_file() and str(saved) in dialog.state.text(), timeout=PATIENCE_MS)
    assert "请立即删除" in dialog.state.text()
    assert asker.suggested == [f"涉密文件传阅登记（{today.year}年）.{kind}"]


def test_it_is_sent_to_a_printer_under_its_title_alone(qtbot, show, tmp_path):
    dialog = show("clearance")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.send_to(printer)
    assert not dialog.options.isEnabled()
    qtbot.waitUntil(lambda: dialog._run is None, timeout=PATIENCE_MS)
    assert (tmp_path / "printed.pdf").stat().st_size > 1000
    assert dialog.print_name() == "涉密文件清退清单"


def test_nothing_is_kept_when_it_closes_and_nothing_ever_was_a_file(show, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())
    dialog = show("circulation")
    assert dialog._printed.content.startswith(b"%PDF")
    dialog.reject()
    assert dialog._printed is None
    assert dialog._prepared is None
    assert dialog.view.page_count() == 0
    assert set(tmp_path.iterdir()) == before


def test_a_register_that_locks_meanwhile_prints_no_more(show, kept):
    dialog = show("circulation")
    vault.lock(kept)
    dialog.make()
    assert dialog.right.currentWidget() is dialog.waiting
    assert not dialog.print.isEnabled()


def test_a_day_of_the_future_sees_no_rows(show, clock):
    dialog = show("circulation")
    dialog.options.choices["days"].click()
    dialog.options.days.first.set_text(date(clock().year + 1, 1, 1).isoformat())
    dialog.options.days.first.left.emit()
    show.settle(dialog)
    assert "请换一个年度或日期" in dialog.waiting._hint.text()


def test_the_systems_dialog_makes_no_file_of_it(show):
    dialog = show("circulation")
    dialog.on_print()
    system = dialog.findChild(QPrintDialog)
    assert not system.testOption(QPrintDialog.PrintDialogOption.PrintToFile)
    system.reject()
