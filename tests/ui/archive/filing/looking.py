# SPDX-License-Identifier: MulanPSL-2.0
"""What stands on the desk of a year's filing, and where the cursor is."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog

from township_office.services.archive.proposal import Proposed, propose_year
from township_office.services.office import Office
from township_office.ui.archive.filing.filing_dialog import FilingDialog

SPRING = date(2026, 3, 2)
TITLES = (
    "关于开展森林草原防灭火隐患排查的通知", "关于加强农村饮水工程管理的意见", "关于做好春耕备耕工作的通知",
    "关于开展全国文明城市创建的通知", "关于举办群众文化活动的通知", "关于商请支持水库除险加固的函",
)  # fmt: skip


def titles(dialog: FilingDialog) -> list[str]:
    return [one.title for _, one in dialog.desk.model.items()]


def stand_on(dialog: FilingDialog, title: str, column: str = "title") -> None:
    """Put the cursor on an item."""
    place = next(at for at, one in dialog.desk.model.items() if one.title == title)
    dialog.desk.table.choose(place)
    dialog.desk.table.go_to_column(column)
    dialog.desk.table.setFocus()


def now(office: Office, title: str) -> Proposed:
    plan = propose_year(office, 2025)
    return next(one for one in plan.all if one.title == title)


def cursor(dialog: FilingDialog) -> str:
    one = dialog.desk.table.current_item()
    return one.title if one is not None else ""


def form_of(dialog: FilingDialog):
    return next(
        found for found in dialog.findChildren(QDialog) if found.objectName() == "" and hasattr(found, "blocks")
    )


def settle(qtbot, dialog: FilingDialog) -> None:
    """Wait until what is shown follows from what was decided."""
    qtbot.waitUntil(lambda: dialog.keeper.is_settled and dialog.keeper.plan is not None)
