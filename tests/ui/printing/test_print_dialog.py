# SPDX-License-Identifier: MulanPSL-2.0
"""Preview, files and a printer, with the real paper room behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from township_office.core.text import t
from township_office.registers.receipt import RECEIPT
from township_office.services import printing, records, settings
from township_office.services.office import Office
from township_office.services.printing import PrintRequest
from township_office.ui.printing.page_view import PageView
from township_office.ui.printing.print_dialog import PrintDialog
from township_office.ui.printing.print_options import DAYS, FROM, SINCE, WHOLE

PATIENCE_MS = 30_000


@pytest.fixture
def dialog(qtbot, office_with_rows: Office, asker, clock: Callable[[], date]) -> PrintDialog:
    made = PrintDialog(office_with_rows, RECEIPT, clock, asker)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.open()
    qtbot.waitExposed(made)
    arrive(qtbot, made)
    return made


def arrive(qtbot, dialog: PrintDialog) -> None:
    """Wait until pages are there and the first one in sight is drawn."""
    qtbot.waitUntil(lambda: dialog._printed is not None, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: dialog.view.is_drawn(dialog.view.page()), timeout=PATIENCE_MS)


def ink(picture: QImage) -> int:
    """How many of some thousand points of a picture are not white."""
    steps = range(0, picture.width(), 7), range(0, picture.height(), 7)
    return sum(picture.pixelColor(x, y).lightness() < 200 for x in steps[0] for y in steps[1])


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    return printer


def test_the_preview_shows_the_pages_with_ink_on_them(qtbot, dialog):
    assert dialog.right.currentWidget() is dialog.view
    assert dialog.view.page_count() == dialog._printed.pages == 3
    assert ink(dialog.view.picture(0)) > 300
    for page in (1, 2):
        dialog.view.go_to(page)
        qtbot.waitUntil(lambda page=page: dialog.view.is_drawn(page), timeout=PATIENCE_MS)
    assert "3 / 3" in dialog._page.text()
    assert "30" in dialog.state.text()


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_the_pages_are_saved(qtbot, dialog, asker, tmp_path, kind):
    asker.path = tmp_path / "登记簿"  # a name without its suffix gets the right one
    dialog.saves[kind].click()
    path = tmp_path / f"登记簿.{kind}"
    qtbot.waitUntil(lambda: str(path) in dialog.state.text(), timeout=PATIENCE_MS)
    assert path.read_bytes()[:4] == (b"%PDF" if kind == "pdf" else b"PK\x03\x04")
    assert asker.suggested == [f"收文登记簿（2026年）.{kind}"]
    assert asker.reported == []


def test_a_folder_that_is_gone_is_said(qtbot, dialog, asker, tmp_path):
    asker.path = tmp_path / "没有" / "登记簿.pdf"
    dialog.on_save("pdf")
    qtbot.waitUntil(lambda: len(asker.reported) == 1, timeout=PATIENCE_MS)


def test_a_saved_pdf_can_be_marked_as_printed_and_the_next_print_goes_on(
    qtbot, dialog, asker, office_with_rows, tmp_path, today
):
    assert not dialog.options.choices[SINCE].isEnabled()
    asker.path = tmp_path / "登记簿.pdf"
    dialog.on_save("pdf")
    qtbot.waitUntil(dialog.on_paper.isVisible, timeout=PATIENCE_MS)
    dialog.on_paper.click()
    assert printing.last_print(office_with_rows, RECEIPT, PrintRequest(2026)).rows == 30
    draft = {"received_on": today.isoformat(), "sender": "青山县水务局", "title": "关于水库管护的函"}
    records.register_document(office_with_rows, RECEIPT, draft, today)
    assert dialog.options.choices[SINCE].isEnabled()
    dialog.options.choices[SINCE].click()
    qtbot.waitUntil(lambda: dialog._request is not None and dialog._request.since_last, timeout=PATIENCE_MS)
    arrive(qtbot, dialog)
    assert dialog._printed.pages == 1
    assert not dialog.saves["docx"].isEnabled()
    assert dialog.saves["pdf"].isEnabled()


def test_a_printer_gets_every_page_and_that_is_remembered(qtbot, dialog, office_with_rows, tmp_path):
    path = tmp_path / "printer.pdf"
    dialog.send_to(printer_to(path))
    assert not dialog.print.isEnabled()
    assert dialog.stop.isVisible()
    qtbot.waitUntil(lambda: dialog._run is None, timeout=PATIENCE_MS)
    assert printing.page_count(path) == 3
    picture = printing.render_page(path, 1, 40)
    image = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888)
    assert picture.width > picture.height
    assert ink(image) > 30
    assert printing.last_print(office_with_rows, RECEIPT, PrintRequest(2026)).rows == 30
    assert dialog.print.isEnabled()


def test_a_part_of_the_pages_is_printed_but_not_remembered(qtbot, dialog, office_with_rows, tmp_path):
    printer = printer_to(tmp_path / "printer.pdf")
    printer.setFromTo(2, 2)
    dialog.send_to(printer)
    qtbot.waitUntil(lambda: dialog._run is None, timeout=PATIENCE_MS)
    assert printing.page_count(tmp_path / "printer.pdf") == 1
    assert printing.last_print(office_with_rows, RECEIPT, PrintRequest(2026)) is None


def test_a_print_can_be_stopped(qtbot, dialog, office_with_rows, tmp_path):
    dialog.send_to(printer_to(tmp_path / "printer.pdf"))
    dialog.stop.click()
    assert dialog.print.isEnabled()
    assert printing.last_print(office_with_rows, RECEIPT, PrintRequest(2026)) is None


def test_pages_can_be_printed_anew_from_any_page_on(qtbot, dialog, office_with_rows):
    options = dialog.options
    options.choices[FROM].click()
    options.page.setValue(3)
    qtbot.waitUntil(lambda: dialog._request is not None and dialog._request.from_page == 3, timeout=PATIENCE_MS)
    arrive(qtbot, dialog)
    assert (dialog._printed.pages, dialog._printed.rows) == (1, 30)
    assert not dialog.saves["docx"].isEnabled()
    assert dialog.saves["pdf"].isEnabled()
    assert not dialog._may_remember(dialog._request), "the pages before it were never printed"
    printing.remember_printed(office_with_rows, RECEIPT, PrintRequest(2026), dialog._printed)
    assert dialog._may_remember(dialog._request)


def test_a_changed_book_is_printed_anew_from_the_page_that_moved(qtbot, dialog, office_with_rows, today):
    printing.remember_printed(office_with_rows, RECEIPT, PrintRequest(2026), dialog._printed)
    dialog.options.refresh()
    row = records.by_number(office_with_rows, RECEIPT, "2026-0013")
    longer = {"title": "关于进一步做好今年冬季和明年春季全镇森林草原防灭火隐患排查整治工作的紧急通知" * 3}
    records.correct(office_with_rows, RECEIPT, int(str(row["id"])), longer, today, "更正")
    records.register_document(office_with_rows, RECEIPT, {"received_on": "今天", "sender": "甲", "title": "乙"}, today)
    dialog.options.choices[SINCE].click()
    qtbot.waitUntil(lambda: dialog.again.isVisible(), timeout=PATIENCE_MS)
    assert dialog.again.text() == t("print.again_from", page=1)
    dialog.again.click()
    qtbot.waitUntil(lambda: dialog._request is not None and dialog._request.from_page == 1, timeout=PATIENCE_MS)
    arrive(qtbot, dialog)
    assert dialog.options.choices[FROM].isChecked()
    assert dialog._may_remember(dialog._request)


def test_sheets_whose_words_have_changed_are_told_with_the_way_out(qtbot, dialog, office_with_rows, today):
    printing.remember_printed(office_with_rows, RECEIPT, PrintRequest(2026), dialog._printed)
    dialog.options.refresh()
    row = records.by_number(office_with_rows, RECEIPT, "2026-0002")
    records.correct(office_with_rows, RECEIPT, int(str(row["id"])), {"handler": "陈海"}, today, "更正")
    records.register_document(office_with_rows, RECEIPT, {"received_on": "今天", "sender": "甲", "title": "乙"}, today)
    dialog.options.choices[SINCE].click()
    qtbot.waitUntil(lambda: dialog.options.again.isVisible(), timeout=PATIENCE_MS)
    dialog.options.again.click()
    qtbot.waitUntil(lambda: dialog._request is not None and dialog._request.from_page == 1, timeout=PATIENCE_MS)


def test_days_are_asked_for_and_checked_in_place(qtbot, dialog):
    options = dialog.options
    options.choices[DAYS].click()
    assert options.request() is None
    assert options._problem.isVisible()
    options.days.first.set_text("1120")
    options.days.last.set_text("1101")
    assert options.request() is None
    options.days.first.set_text("看不懂")
    assert options.request() is None
    options.days.first.set_text("1101")
    options.days.last.set_text("1110")
    assert options.request() == PrintRequest(None, date(2026, 11, 1), date(2026, 11, 10))
    QTest.keyClick(options.days.last.inner, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._request is not None and dialog._request.first is not None, timeout=PATIENCE_MS)
    arrive(qtbot, dialog)
    assert dialog._printed.rows == 5
    assert not dialog.saves["xlsx"].isEnabled()
    options.choices[WHOLE].click()
    qtbot.waitUntil(lambda: dialog._request is not None and dialog._request.year == 2026, timeout=PATIENCE_MS)


def test_another_year_makes_other_pages(qtbot, dialog):
    dialog.options.go_to_year(2025)
    qtbot.waitUntil(lambda: dialog._request is not None and dialog._request.year == 2025, timeout=PATIENCE_MS)
    assert dialog._printed.rows == 2
    assert dialog.view.page() == 0


def test_the_settings_in_force_are_said(dialog, office_with_rows):
    settings.set_setting(office_with_rows, "print.binding_mm", "31")
    settings.set_setting(office_with_rows, "receipt.columns", "number,received_on,title")
    dialog.options.refresh()
    facts = [dialog.options._facts.itemAt(place).widget() for place in range(dialog.options._facts.count())]
    texts = [fact.text() for fact in facts]
    assert "收文编号、收文日期、文件标题" in texts
    assert any("31" in text for text in texts)


def test_what_cannot_be_printed_is_said_where_the_pages_would_be(qtbot, dialog):
    printing.remember_printed(dialog._office, RECEIPT, PrintRequest(2026), dialog._printed)
    dialog.options.refresh()
    dialog.options.choices[SINCE].click()  # nothing new since then
    qtbot.waitUntil(lambda: dialog.waiting._hint.isVisible() and dialog._making is None, timeout=PATIENCE_MS)
    assert dialog.right.currentWidget() is dialog.waiting
    assert "续打" in dialog.waiting._hint.text()
    assert not dialog.print.isEnabled()
    assert not any(button.isEnabled() for button in dialog.saves.values())


def test_nothing_is_left_in_the_temporary_folder(qtbot, dialog):
    folder = Path(dialog._folder.name)
    assert list(folder.iterdir())
    dialog.reject()
    assert not folder.exists()


# ---- the view of the pages by itself ----


@pytest.fixture
def view(qtbot) -> PageView:
    made = PageView()
    qtbot.addWidget(made)
    made.resize(620, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def blank(page: int, scale: float) -> QImage:
    picture = QImage(round(842 * scale), round(595 * scale), QImage.Format.Format_RGB888)
    picture.fill(Qt.GlobalColor.white)
    return picture


def test_only_pages_in_sight_are_drawn(qtbot, view):
    drawn: list[int] = []

    def draw(page: int, scale: float) -> QImage:
        drawn.append(page)
        return blank(page, scale)

    view.show_pages([(842.0, 595.0)] * 3000, draw)
    qtbot.waitUntil(lambda: view.is_drawn(0) and view.is_drawn(1), timeout=PATIENCE_MS)
    view.go_to(2000)
    qtbot.waitUntil(lambda: view.is_drawn(2000), timeout=PATIENCE_MS)
    assert set(drawn) <= {0, 1, 2, 1998, 1999, 2000, 2001, 2002}


def test_keys_turn_pages_and_zoom(qtbot, view):
    view.show_pages([(842.0, 595.0)] * 5, blank)
    for key, page in ((Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageDown, 2), (Qt.Key.Key_PageUp, 1)):
        QTest.keyClick(view, key)
        assert view.page() == page
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page() == 4
    fitted = view.scale()
    QTest.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.scale() == pytest.approx(fitted * 1.2)
    assert view.page() == 4
    QTest.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.scale() == fitted
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.page() == 0


def test_ctrl_and_the_wheel_zoom_within_limits(view):
    view.show_pages([(842.0, 595.0)], blank)

    def turn(clicks: int) -> None:
        place, keys = QPointF(100, 100), Qt.KeyboardModifier.ControlModifier
        view.wheelEvent(
            QWheelEvent(
                place, place, QPoint(), QPoint(0, 120 * clicks), Qt.MouseButton.NoButton, keys,
                Qt.ScrollPhase.NoScrollPhase, False,
            )
        )  # fmt: skip

    turn(50)
    assert view.scale() == 4.0
    turn(-100)
    assert view.scale() == pytest.approx(0.3)


def test_a_wider_view_fits_wider_pages(qtbot, view):
    view.show_pages([(842.0, 595.0)], blank)
    before = view.scale()
    view.resize(900, 400)
    assert view.scale() > before
