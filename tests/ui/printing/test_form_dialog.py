# SPDX-License-Identifier: MulanPSL-2.0
"""A form of one document is seen as it will be printed, saved as PDF or Word, and another one is a click away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from tests.ui.conftest import dispatch_draft, receipt_draft
from township_office.core.errors import OfficeError
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import records
from township_office.services.forms import FORMS
from township_office.services.roster import events, log
from township_office.ui.printing import form_dialog
from township_office.ui.printing.form_dialog import FormDialog


@pytest.fixture
def rows(office, today):
    return {
        "receipt": records.register_document(office, RECEIPT, receipt_draft(1, today), today),
        "dispatch": records.register_document(office, DISPATCH, dispatch_draft(1, today), today),
        "duty_log": log.begin(office, {}, today),
        "duty_event": events.enter(office, {"received_at": f"{today} 16:20", "title": "石桥村后山滑坡"}, today),
    }


@pytest.fixture
def show(qtbot, office, rows, clock, asker, put_away):
    made = []

    def open_form(form):
        dialog = FormDialog(office, rows[FORMS[form].register.name], form, clock, asker)
        made.append(dialog)
        dialog.open()
        qtbot.waitUntil(lambda: dialog._making is None)
        return dialog

    yield open_form
    put_away(*made)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_shown_on_one_sheet(show, form):
    dialog = show(form)
    assert dialog._printed.pages == 1
    assert dialog.right.currentWidget() is dialog.view
    assert dialog.print.isEnabled()
    assert FORMS[form].title in dialog.windowTitle()
    assert list(dialog.choices) == [name for name, one in FORMS.items() if one.register is FORMS[form].register]


def test_another_form_of_the_same_paper_is_one_key_away(qtbot, show):
    dialog = show("handling_sheet")
    dialog.choices["circulation_slip"].setFocus()
    qtbot.keyClick(dialog.choices["circulation_slip"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._making is None)
    assert dialog._printed.path.name == "circulation_slip.pdf"
    assert FORMS["circulation_slip"].title in dialog.windowTitle()


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_it_is_saved_where_the_clerk_says(qtbot, show, asker, tmp_path, kind):
    dialog = show("handling_sheet")
    asker.path = tmp_path / "处理单"
    dialog.saves[kind].click()
    saved = tmp_path / f"处理单.{kind}"
    qtbot.waitUntil(lambda: saved.is_file() and str(saved) in dialog.state.text())
    assert asker.suggested == [f"文件处理单（2026-0001）.{kind}"]


def test_it_is_sent_to_a_printer(qtbot, show, tmp_path):
    dialog = show("draft_sheet")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.send_to(printer)
    assert not dialog.print.isEnabled()
    qtbot.waitUntil(lambda: dialog._run is None, timeout=20_000)
    assert (tmp_path / "printed.pdf").stat().st_size > 1000
    assert dialog.state.text() == "已全部送往打印机。"


def test_what_cannot_be_made_is_said(show, monkeypatch):
    def refuse(*_args):
        raise OfficeError("paper.no_such_page", pages=1)

    monkeypatch.setattr(form_dialog, "print_form", refuse)
    dialog = show("handling_sheet")
    assert dialog.right.currentWidget() is dialog.waiting
    assert not dialog.print.isEnabled()


def test_nothing_is_left_behind(show):
    dialog = show("handling_sheet")
    folder = dialog._printed.path.parent
    dialog.done(0)
    assert not folder.exists()
