# SPDX-License-Identifier: MulanPSL-2.0
"""导入: an office's own list of classified paper into the register, after a look at what would come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.services.guarded import importing
from township_office.services.guarded.vault import Vault
from township_office.ui.jobs import run_job
from township_office.ui.messages import Asker


def import_ledger(owner: QWidget, vault: Vault, today: date, asker: Asker, done: Callable[[], None]) -> None:
    """Ask for the list, say what would come in, and take it in if the clerk says so; done when papers came in.

    A list with columns that this PC must not hold (摘要, 内容, 附件 …) is refused as a whole (domain 4.3).
    """

    def read(path: Path) -> None:
        run_job(owner, t("guarded_import.reading"), lambda _: importing.look_at(path), propose, asker.report)

    def propose(sheets: list[Any]) -> None:
        try:
            plan = importing.plan_import(vault, sheets, today)
        except OfficeError as error:
            asker.report(error)
            return
        if not plan.drafts:
            asker.tell(importing.words_of(plan))
            return
        asker.confirm(importing.words_of(plan), t("guarded_import.take_in"), lambda: take_in(plan))

    def take_in(plan: importing.Plan) -> None:
        try:
            importing.run_import(vault, plan, today)
        except OfficeError as error:
            asker.report(error)
            return
        done()
        asker.tell(importing.words_of(plan, is_done=True))

    asker.open_file(t("guarded_import.choose"), t("guarded_import.files"), read)
