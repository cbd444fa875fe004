# SPDX-License-Identifier: MulanPSL-2.0
"""The archive's sheets are seen before they are on paper; the whole set of a year is one button."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QComboBox

from tests.services.archive.printed_office import TODAY, add, fill
from tests.services.archive.year import last_print
from township_office.registers.archive.disposal import TRANSFER
from township_office.services import records, settings
from township_office.services.archive.printing import SHEETS, SheetRequest
from township_office.ui.archive.printing import print_dialog
from township_office.ui.archive.printing.print_dialog import ArchivePrintDialog
from township_office.ui.printing.pages_dialog import ACROSS, UPRIGHT
from township_office.ui.printing.print_run import paper_of
from township_office.ui.settings.settings_dialog import SettingsDialog

THIRTY, PERMANENT = "Z109-WS·2025-D30-BGS", "Z109-WS·2025-Y-BGS"


@pytest.fixture
def show(qtbot, office, clock, asker, put_away):
    made = []

    def open_dialog(*what):
        dialog = ArchivePrintDialog(office, clock, asker, None, *what)
        made.append(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        qtbot.waitUntil(lambda: dialog._making is None)
        return dialog

    yield open_dialog
    put_away(*made)


@pytest.fixture
def dialog(office, show):
    fill(office)
    return show()


def made(qtbot, dialog):
    """Wait until the pages of what is asked for are there, or the reason why not."""
    qtbot.waitUntil(lambda: not dialog._timer.isActive() and dialog._making is None)
    return dialog._printed


def choose(qtbot, dialog, sheet):
    dialog.options.sheets.setCurrentRow(list(SHEETS).index(sheet))
    return made(qtbot, dialog)


def words_in(box: QComboBox) -> list[str]:
    return [box.itemText(place) for place in range(box.count())]


def test_it_begins_with_the_catalogue_of_the_latest_year(dialog):
    assert dialog.options.request() == SheetRequest("catalogue", 2025)
    assert dialog._printed.pages == 2
    assert dialog.state.text() == "8 件，2 页"
    assert dialog.options.sheets.hasFocus()
    assert dialog.view.page_count() == 2


def test_it_begins_where_it_was_opened(office, show):
    fill(office)
    add(office, archive_year="2024")
    dialog = show(2025, THIRTY)
    assert dialog.options.request() == SheetRequest("catalogue", 2025, THIRTY)
    assert dialog.state.text().startswith("5 件")
    assert words_in(dialog.options.year) == ["2025 年", "2024 年"]
    assert words_in(dialog.options.part) == ["全部类别", "永久 党政综合办公室", "30年 党政综合办公室"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_is_a_key_away_and_shows_only_what_it_goes_by(qtbot, dialog, sheet):
    printed = choose(qtbot, dialog, sheet)
    options = dialog.options
    shown = {name for name, widgets in options._lines.items() if widgets[1].isVisibleTo(options)}
    by_item = {"year", "part"}
    wanted = {
        "box_front": set(), "stamp_grid": set(), "destruction": {"row"}, "labels": by_item | {"start", "place"},
        "transfer_deed": by_item | {"row"}, "transfer_list": by_item | {"row"},
    }  # fmt: skip
    assert shown == wanted.get(sheet, by_item)
    if sheet == "destruction":
        assert printed is None
        assert "还没有登记过鉴定销毁" in dialog.waiting._hint.text()
        assert not dialog.print.isEnabled()
    else:
        assert dialog.right.currentWidget() is dialog.view
        assert printed.pages >= 1
        assert dialog.view._sizes[0] == pytest.approx(
            UPRIGHT if sheet not in ("catalogue", "cover", "transfer_list") else ACROSS, abs=0.5
        )


def test_by_keys_alone(qtbot, dialog):
    qtbot.keyClick(dialog.options.sheets, Qt.Key.Key_Down)
    assert dialog.options.sheet() == "box_front"
    qtbot.keyClick(dialog.options.sheets, Qt.Key.Key_Down)
    assert made(qtbot, dialog).rows == 1
    assert dialog.state.text() == "1 盒，1 页"


def test_one_box_of_one_class(qtbot, dialog):
    dialog.show_request(SheetRequest("box_note", 2025, PERMANENT))
    assert dialog.options.box.isVisibleTo(dialog)
    assert words_in(dialog.options.box) == ["全部盒", "第 1 盒"]
    dialog.options.box.setCurrentIndex(1)
    assert dialog.options.request() == SheetRequest("box_note", 2025, PERMANENT, 1)
    assert made(qtbot, dialog).pages == 1
    dialog.options.part.setCurrentIndex(dialog.options.part.findData(THIRTY))
    assert made(qtbot, dialog) is None
    assert "请先装盒" in dialog.waiting._hint.text()


def test_labels_start_in_the_middle_of_a_sheet(qtbot, dialog):
    choose(qtbot, dialog, "labels")
    dialog.options.start.setValue(59)
    assert dialog.options._place.text() == "第 15 行第 3 个标签起"
    assert made(qtbot, dialog).pages == 2
    assert dialog.options.start.maximum() == 60


def test_chosen_items_only(qtbot, office, dialog):
    item = add(office)
    dialog.show_request(SheetRequest("stamp", 2025, items=(item,)))
    assert dialog.options.part.currentText() == "选中的 1 件"
    assert made(qtbot, dialog).pages == 1
    dialog.options.part.setCurrentIndex(1)
    assert made(qtbot, dialog).pages == 9


def test_a_registered_transfer_takes_the_place_of_the_year(qtbot, office, dialog):
    draft = {"handed_on": "今天", "title": "十年期满", "receiving_unit": "青山县档案馆"}
    row = records.register_document(office, TRANSFER, draft, TODAY)
    choose(qtbot, dialog, "transfer_deed")
    assert words_in(dialog.options.row) == ["整年，还没有登记移交", f"{row['number']} 十年期满"]
    dialog.options.row.setCurrentIndex(1)
    assert not dialog.options.year.isVisibleTo(dialog)
    assert dialog.options.request() == SheetRequest("transfer_deed", row_id=row["id"])


def test_what_is_not_there_is_said_beside(qtbot, office, dialog):
    assert not dialog.options._notes.isVisibleTo(dialog)
    choose(qtbot, dialog, "spine")
    assert dialog.options._notes.text() == "有 5 件还没有装盒，不在盒脊和备考表里。"


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_sheet_is_saved_where_the_clerk_says(qtbot, office, dialog, asker, tmp_path, kind):
    assert last_print(office, 2025) is None
    asker.path = tmp_path / "目录"
    dialog.saves[kind].click()
    saved = tmp_path / f"目录.{kind}"
    qtbot.waitUntil(lambda: saved.is_file() and str(saved) in dialog.state.text())
    assert asker.suggested == [f"归档文件目录（2025年）.{kind}"]
    assert last_print(office, 2025)


def test_the_whole_set_is_one_button(qtbot, dialog, asker, tmp_path):
    asker.path = tmp_path / "整套"
    dialog.whole_set.click()
    qtbot.waitUntil(lambda: "18 个文件" in dialog.state.text(), timeout=20_000)
    assert len(list((tmp_path / "整套").iterdir())) == 18
    assert asker.asked == ["2025年整套存到哪个文件夹"]


def test_what_cannot_be_saved_is_reported_and_the_pages_stay(qtbot, dialog, asker, tmp_path):
    (tmp_path / "file").write_text("x")
    asker.path = tmp_path / "file"
    dialog.on_save_set()
    qtbot.waitUntil(lambda: bool(asker.reported), timeout=20_000)
    assert dialog.print.isEnabled()


def test_it_is_sent_to_a_printer_and_counts_as_printed(qtbot, office, dialog, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.send_to(printer)
    assert not dialog.whole_set.isEnabled()
    qtbot.waitUntil(lambda: dialog._run is None, timeout=20_000)
    qtbot.waitUntil(lambda: last_print(office, 2025) is not None)
    assert (tmp_path / "printed.pdf").stat().st_size > 1000


def test_a_true_size_front_asks_for_paper_of_its_size(qtbot, office, dialog, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "township_office.ui.printing.pages_dialog.choose_printer", lambda *args, **_: asked.append(args)
    )
    settings.set_setting(office, "archive.print.box_front", "box")
    choose(qtbot, dialog, "box_front")
    dialog.on_print()
    size = asked[0][2].pageSize().size(QPageSize.Unit.Millimeter)
    assert (size.width(), size.height()) == pytest.approx((220, 310), abs=0.5)
    assert paper_of(UPRIGHT).pageSize().id() == paper_of(ACROSS).pageSize().id() == QPageSize.PageSizeId.A4


def test_changed_settings_make_the_pages_anew(qtbot, office, dialog):
    assert choose(qtbot, dialog, "cover").pages == 2
    dialog.options.settings_wanted.emit()
    opened = dialog.findChild(SettingsDialog)
    page = opened.archive_print_page
    assert opened._stack.currentWidget().widget() is page
    page.choices["binding"].setCurrentIndex(page.choices["binding"].findData("year"))
    opened.save()
    assert made(qtbot, dialog).pages == 1


def test_an_empty_archive_is_said_kindly(show):
    dialog = show()
    assert "请先归档" in dialog.waiting._hint.text()
    assert words_in(dialog.options.part) == ["全部类别"]


def test_a_low_screen_keeps_what_is_asked_and_lets_the_hint_go(qtbot, dialog):
    dialog.resize(900, 470)
    qtbot.waitUntil(lambda: not dialog.options._hint.isVisible())
    for widget in (dialog.options.year, dialog.options.part, dialog.print):
        assert widget.visibleRegion().boundingRect().height() == widget.height()
    dialog.resize(1200, 720)
    qtbot.waitUntil(lambda: dialog.options._hint.isVisible())


def test_that_numbers_stay_is_said_of_the_sheets_that_bear_them(dialog):
    said = {}
    for row, sheet in enumerate(SHEETS):
        dialog.options.sheets.setCurrentRow(row)
        said[sheet] = dialog.options._hint.isVisible()
    stays = {sheet for sheet, is_said in said.items() if is_said}
    assert stays == {"catalogue", "spine", "box_note", "labels", "stamp", "transfer_deed", "transfer_list"}


def test_nothing_is_left_behind(dialog):
    folder = dialog._printed.path.parent
    dialog.done(0)
    assert not folder.exists()


def test_a_choice_made_while_pages_are_on_their_way_wins(qtbot, dialog, monkeypatch):
    seen = []
    real = print_dialog.preview_sheet
    monkeypatch.setattr(print_dialog, "preview_sheet", lambda *args: (seen.append(args[1].sheet), real(*args))[1])
    for sheet in ("labels", "stamp", "cover"):
        dialog.options.sheets.setCurrentRow(list(SHEETS).index(sheet))
    assert made(qtbot, dialog).rows == 2
    assert seen == ["cover"]
