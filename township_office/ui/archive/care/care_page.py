# SPDX-License-Identifier: MulanPSL-2.0
"""The small books of the archive (查阅利用, 出入库, 温湿度, 安全检查): the list of any register, a form of seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QVBoxLayout

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.core.text import t
from township_office.registers.archive.care import CLIMATE_LOG
from township_office.services import records, steps
from township_office.services.archive import care
from township_office.services.archive.care import ItemFinder, Swing
from township_office.services.office import Office
from township_office.ui import actions
from township_office.ui.archive.care.care_dialog import CareDialog, has_codes
from township_office.ui.book.book_list import BookWords
from township_office.ui.book.book_page import BookPage, Row
from township_office.ui.jobs import run_quietly
from township_office.ui.messages import Asker
from township_office.ui.widgets import Banner, open_once
from township_office.ui.words import short_day

_LATELY = timedelta(7)
_SWINGS_TOLD = 3


class CarePage(BookPage):
    """Browse, enter, give back, correct, void, print one of the books of registers.archive.care."""

    wanting = ("overdue", "out", "unfit", "faulty")
    pane_key = "care_pane"

    def __init__(self, office: Office, register: Register, today: Callable[[], date], asker: Asker) -> None:
        self._finder = ItemFinder(office)
        self._has_read_catalogue = False
        self.air = Banner("", "amber")
        name = register.name
        words = BookWords(
            t(f"care.book_{name}"),
            t(f"care.new_{name}"),
            t(f"care.hint_{name}"),
            t(f"care.find_{name}", keys=actions.shown_shortcut("find")),
        )
        super().__init__(office, register, today, asker, words)
        self.look_again()

    def lay_out(self, box: QVBoxLayout) -> None:
        """See BookPage."""
        box.addWidget(self.air)
        super().lay_out(box)

    def status_words(self) -> str:
        """Return how many entries this year has, and what of them wants doing."""
        words = super().status_words()
        if self.register is CLIMATE_LOG and not care.is_read_today(self._office, self._today()):
            words += t("care.not_read_today")
        return words

    def refresh(self) -> None:
        """See Tab."""
        self._finder, self._has_read_catalogue = ItemFinder(self._office), False
        super().refresh()

    def on_record_finish(self) -> None:
        """归还: back today and whole, on one key. 处理: what was done about a problem."""
        row_id = self.list.chosen_id()
        if row_id is None:
            return
        row = records.get(self._office, self.register, row_id)
        if not any(one.key == "give_back" for one in steps.possible_steps(self.register, row, self._today())):
            super().on_record_finish()
            return
        try:
            care.give_back(self._office, self.register, row_id, self._today())
        except OfficeError as error:
            self._asker.report(error)
            return
        self.on_written(row_id)
        self.list.say(t("care.given_back", number=row["number"]))

    def open_form(self, row: Row | None) -> None:
        """See BookPage."""
        self._read_catalogue()
        dialog = CareDialog(self._office, self.register, self._today, self._finder, row, self.window())
        dialog.saved.connect(self.on_written)
        open_once(dialog)

    def _read_catalogue(self) -> None:
        """Have the titles of the archive at hand, with the first form that asks for 档号."""
        if has_codes(self.register) and not self._has_read_catalogue:
            self._has_read_catalogue = True
            finder = self._finder
            run_quietly(self, lambda _: finder.load(), lambda _: None, self._asker.report)

    def look_again(self) -> None:
        """Say above the list where the air moved too far lately."""
        found: list[Swing] = []
        if self.register is CLIMATE_LOG:
            today = self._today()
            found = care.swings(self._office, today - _LATELY, today)
        told = "、".join(map(_swing_words, found[:_SWINGS_TOLD]))
        more = t("care.more_swings", count=len(found)) if len(found) > _SWINGS_TOLD else ""
        self.air.say(t("care.swings", swings=told + more))
        self.air.setVisible(bool(found))


def _swing_words(swing: Swing) -> str:
    way = "rose" if swing.by > 0 else "fell"
    return t(f"care.{swing.name}_{way}", day=short_day(swing.day, swing.day.year), by=f"{abs(swing.by):g}")
