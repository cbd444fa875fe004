# SPDX-License-Identifier: MulanPSL-2.0
"""The main job once through, for somebody who has just got the program: an office, a ledger in, paper out, a copy."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from township_office.core.errors import OfficeError
from township_office.core.text import t
from township_office.exchange.sample import write_messy_ledger
from township_office.registers.receipt import RECEIPT
from township_office.services import backup, demo, printing, sheets, tripwire
from township_office.services.archive import committing
from township_office.services.office import open_office
from township_office.services.printing import PrintRequest
from township_office.store.database import told

LEDGER_YEAR = 2025  # of the sample ledger


def take(folder: Path, today: date) -> Iterator[str]:
    """Do the main job in folder, saying after each step what was made and where; an earlier tour is set aside.

    Raise OfficeError when folder holds anything else, or cannot be written.
    """
    folder = _fresh(folder.absolute())
    path = data_file(folder)
    demo.create(path, today)
    yield t("tour.created", path=path)
    with open_office(path, demo.CLERKS[0]) as office:
        ledger = folder / t("tour.ledger_file")
        with told(ledger):
            write_messy_ledger(ledger)
        source = sheets.look_at(ledger)
        plan = sheets.plan_import(office, RECEIPT, source, sheets.choose(office, RECEIPT, source), today)
        sheets.run_import(office, plan, today)
        counts = {"taken": len(plan.taken), "not_taken": len(plan.not_taken), "noted": len(plan.noted)}
        yield t("tour.imported", path=ledger, **counts)
        filed = committing.commit_year(office, LEDGER_YEAR, today)
        yield t("tour.filed", year=LEDGER_YEAR, items=filed.items)
        for suffix in (".pdf", ".docx"):
            path = folder / t("tour.book_file", year=LEDGER_YEAR, suffix=suffix)
            printing.print_register(office, RECEIPT, PrintRequest(LEDGER_YEAR), path, today)
            yield t("tour.printed", path=path)
        copies = folder / t("tour.backup_folder")
        with told(copies):
            copies.mkdir()
        yield t("tour.backed_up", path=backup.backup_to(office, copies))


def data_file(folder: Path) -> Path:
    """Return where the tour keeps its office."""
    return folder.absolute() / t("tour.office_file")


def _fresh(folder: Path) -> Path:
    """Return folder, empty; an earlier tour in it gets another name, and nobody's own things are touched."""
    tripwire.refuse_name("tour.folder", folder)
    with told(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            if not data_file(folder).is_file():
                raise OfficeError("tour.not_empty", path=folder)
            number = 1
            while (earlier := folder.with_name(f"{folder.name}-{number}")).exists():
                number += 1
            folder.rename(earlier)
        folder.mkdir(parents=True, exist_ok=True)
    return folder
