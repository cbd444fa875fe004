# SPDX-License-Identifier: MulanPSL-2.0
"""The doors of the archive's use and care, each tried with a text that bears a state-secret mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from township_office.core.fields import Kind
from township_office.registers.archive.care import CARE
from township_office.registers.archive.disposal import APPRAISAL, TRANSFER
from township_office.services.archive import appraisal, care, items, statistics, transfer
from township_office.services.office import Office

TODAY = date(2026, 11, 20)
_ITEM = {
    "title": "1999年党委会记录", "responsible_body": "中共云水镇委员会", "archive_year": "1999",
    "retention_period": "10年", "org_or_subject": "BGS",
}  # fmt: skip
_ENTRIES = {
    "access_log": {"reader": "刘敏", "reference_codes": "旧1", "purpose": "查考"},
    "stack_in_out": {"reference_codes": "旧1", "title": "修裱", "direction": "入库"},
    "climate_log": {"temperature": "18", "humidity": "50"},
    "stack_check": {"title": "防火", "finding": "正常"},
}
_BEGUN = {"begun_on": "今天", "title": "到期", "head": "何文斌"}
_APPROVED = {"approver": "孙志强", "approved_on": "2026-11-20"}
_ENDED = {"witness_one": "周立新", "witness_two": "许晴", "destroyed_on": "今天"}
_HANDED = {"handed_on": "今天", "title": "1999年", "receiving_unit": "县档案馆"}


class Store:
    """An archive with an entry in each book, an appraisal at each stage and a transfer."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        made = [int(str(items.add_item(office, _ITEM, TODAY)["id"])) for _ in range(5)]
        self.item, self.other = made[0], made[4]
        self.entries = {
            book.name: care.register(office, book, {book.dated_by: "今天"} | _ENTRIES[book.name], TODAY)["id"]
            for book in CARE
        }
        self.open, self.approved = (
            int(str(appraisal.begin(office, _BEGUN, [item], TODAY)["id"])) for item in made[1:3]
        )
        appraisal.approve(office, self.approved, _APPROVED, TODAY)
        self.line = int(str(appraisal.judged(office, self.open)[0].line["id"]))
        self.transfer = int(str(transfer.hand_over(office, _HANDED, [made[3]], TODAY)["id"]))
        self.finder = care.ItemFinder(office)
        self.finder.load()


def care_doors(marked: str) -> Iterator[tuple[str, Callable[[Store], object]]]:
    """Each field of each book, each form of an appraisal and a transfer; each reason."""
    for book in CARE:
        for field in book.fields:
            said = {book.dated_by: "今天"} | _ENTRIES[book.name] | {field.name: marked}
            yield (
                f"care.register draft {book.name}.{field.name}",
                lambda s, b=book, d=said: care.register(s.office, b, d, TODAY),
            )
            yield (
                f"care.correct draft {book.name}.{field.name}",
                lambda s, b=book, n=field.name: care.correct(s.office, b, s.entries[b.name], {n: marked}, TODAY),
            )
    yield "care.ItemFinder.proposals typed", lambda s: s.finder.proposals(marked, TODAY)
    yield from _appraisal_doors(marked)
    for field in TRANSFER.fields:
        if field.kind in (Kind.TEXT, Kind.NAME, Kind.LONG_TEXT):
            said = _HANDED | {field.name: marked}
            yield (
                f"transfer.hand_over draft {field.name}",
                lambda s, d=said: transfer.hand_over(s.office, d, [s.other], TODAY),
            )
            yield (
                f"transfer.correct draft {field.name}",
                lambda s, n=field.name: transfer.correct(s.office, s.transfer, {n: marked}, TODAY),
            )
    yield "transfer.take_back why", lambda s: transfer.take_back(s.office, s.transfer, marked, TODAY)
    for name, write in (("export", statistics.export), ("print_figures", statistics.print_figures)):
        yield f"statistics.{name} path", lambda s, w=write: w(s.office, 2026, s.folder / f"{marked}.pdf", TODAY)


def _appraisal_doors(marked: str) -> Iterator[tuple[str, Callable[[Store], object]]]:
    for field in APPRAISAL.fields:
        if field.kind not in (Kind.TEXT, Kind.NAME, Kind.LONG_TEXT):
            continue
        said = {field.name: marked}
        if field.name in ("title", "head", "members", "opinion", "remarks"):
            yield (
                f"appraisal.begin draft {field.name}",
                lambda s, d=said: appraisal.begin(s.office, _BEGUN | d, [s.item], TODAY),
            )
            yield (
                f"appraisal.correct draft {field.name}",
                lambda s, d=said: appraisal.correct(s.office, s.open, d, TODAY),
            )
        yield (
            f"appraisal.approve draft {field.name}",
            lambda s, d=said: appraisal.approve(s.office, s.open, _APPROVED | d, TODAY),
        )
        yield (
            f"appraisal.destroy draft {field.name}",
            lambda s, d=said: appraisal.destroy(s.office, s.approved, _ENDED | d, TODAY),
        )
    yield "appraisal.note remarks", lambda s: appraisal.note(s.office, s.line, marked, TODAY)
    yield "appraisal.drop why", lambda s: appraisal.drop(s.office, s.open, marked, TODAY)


# What is a text by its type and none by what is done with it; see test_tripwire.
KEPT_NOWHERE = {
    "compared with what there is": """
        appraisal.decide extended_to, care.item_of typed, care.titles_of codes, statistics.category_words code,
        statistics.period_order word
    """,
    "in the file already": "appraisal.ends_in item",
}
