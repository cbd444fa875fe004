# SPDX-License-Identifier: MulanPSL-2.0
"""Print sheets that are made in memory: choose a printer, send it, say how it went beside the button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from township_office.core.text import t
from township_office.services.printing import page_count
from township_office.ui.confidential.said import Said
from township_office.ui.jobs import run_quietly
from township_office.ui.messages import words_for
from township_office.ui.printing.pages_dialog import ACROSS, UPRIGHT
from township_office.ui.printing.print_run import PrintRun, choose_printer, drawing, has_printer, paper_of


def print_sheet(
    owner: QWidget,
    title: str,
    make: Callable[[], bytes],
    said: Said,
    *,
    paper_only: bool = False,
    is_across: bool = False,
) -> None:
    """Make the PDF in a thread, then ask for a printer. paper_only: it must not become a file."""

    def refused(error: BaseException) -> None:
        said.say(words_for(error))

    def made() -> tuple[bytes, int]:
        content = make()
        with drawing:
            return content, page_count(content)

    def send(content: bytes, count: int, printer: Any) -> None:
        pages = list(range((printer.fromPage() or 1) - 1, min(printer.toPage() or count, count)))
        copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
        run = PrintRun(owner, content, pages * copies)
        run.finished.connect(lambda: said.say(t("print.all_sent"), "green"))
        run.failed.connect(refused)
        run.start(printer, printer.pageLayout().fullRectPixels(printer.resolution()))

    def choose(sheet: tuple[bytes, int]) -> None:
        if paper_only and not has_printer():
            said.say(t("recovery_code.no_printer"))
            return
        said.say("")
        paper = paper_of(ACROSS if is_across else UPRIGHT)
        choose_printer(owner, title, paper, sheet[1], lambda printer: send(*sheet, printer), paper_only=paper_only)

    said.say(t("print.making"), "soft")
    run_quietly(owner, lambda _: made(), choose, refused)
