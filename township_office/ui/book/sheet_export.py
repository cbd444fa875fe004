# SPDX-License-Identifier: MulanPSL-2.0
"""Write what a list shows to an Excel file, off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from township_office.core.progress import Progress
from township_office.core.text import t
from township_office.services.exporting import Exported
from township_office.services.office import Office, twin
from township_office.ui.jobs import run_job
from township_office.ui.messages import Asker


def export_view(
    owner: QWidget, office: Office, write: Callable[[Office, Progress], Exported], path: Path, asker: Asker
) -> None:
    """Let write fill path and tell how many rows went out, and how many had to stay."""

    def work(progress: Progress) -> Exported:
        with twin(office) as own:
            return write(own, progress)

    def done(out: Exported) -> None:
        words = t("ui.exported", count=f"{out.rows:,}", path=path)
        asker.tell(words + (t("ui.left_out", count=out.left_out) if out.left_out else ""))

    run_job(owner, t("action.sheet_export"), work, done, asker.report)
