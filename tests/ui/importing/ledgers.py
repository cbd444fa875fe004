# SPDX-License-Identifier: MulanPSL-2.0
"""Invented ledgers, and the steps of a clerk through the import window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from township_office.registers.receipt import RECEIPT
from township_office.services import browsing
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.ui.importing.import_dialog import ImportDialog
from township_office.ui.importing.step_dialog import CHECK, COLUMNS, DONE

HEADS = ("收文编号", "收文日期", "来文单位", "文号", "标题", "圈阅情况")
PATIENCE_MS = 20_000


def fill(sheet: Worksheet, count: int, *, heads=HEADS, year: int = 2024, first: int = 1, left: int = 0) -> None:
    """A title, a head, count rows of an invented office; numbers from first."""
    sheet.write(0, left, f"{year}年收文登记簿")
    for column, head in enumerate(heads):
        sheet.write(1, left + column, head)
    for row in range(count):
        number = first + row
        day = date(year, 1, 1) + timedelta(days=4 * number)
        cells = (
            number, f"{day.month}月{day.day}日", "青山县财政局", f"青财〔{year}〕{number}号",
            f"关于报送第{number}号报表的通知", f"孙志强 {number}",
        )  # fmt: skip
        for column, cell in enumerate(cells[: len(heads)]):
            sheet.write(2 + row, left + column, cell)


def opened(qtbot, office: Office, asker, clock: Callable[[], date], register=RECEIPT) -> ImportDialog:
    made = ImportDialog(office, register, clock, asker)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitExposed(made)
    return made


def arrive(qtbot, dialog: ImportDialog, step: int) -> None:
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == step and dialog._job is None, timeout=PATIENCE_MS)


def tried(qtbot, dialog: ImportDialog) -> None:
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=PATIENCE_MS)


def show(qtbot, dialog: ImportDialog, path: Path) -> None:
    dialog.open_path(path)
    arrive(qtbot, dialog, COLUMNS)
    tried(qtbot, dialog)


def check(qtbot, dialog: ImportDialog) -> None:
    dialog.on_go()
    arrive(qtbot, dialog, CHECK)


def bring_in(qtbot, dialog: ImportDialog) -> None:
    dialog.on_go()
    arrive(qtbot, dialog, DONE)


def count(office: Office, register=RECEIPT) -> int:
    return len(browsing.row_ids(office, register, View(), date(2026, 11, 20)))


def figures(dialog: ImportDialog) -> dict[str, int]:
    return {kind: int(tile.figure.text().split()[0].replace(",", "")) for kind, tile in dialog.check.tiles.items()}
