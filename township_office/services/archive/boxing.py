# SPDX-License-Identifier: MulanPSL-2.0
"""装盒 — a class's items into boxes by their pages; a box never mixes year, period or 机构 (DA/T 22 6.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from township_office.core.errors import OfficeError
from township_office.core.fields import Draft, Value
from township_office.core.text import t
from township_office.registers.archive.box import ARCHIVE_BOX
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.packing import Box, pack
from township_office.services import tripwire
from township_office.services.office import Office, change
from township_office.services.records import get, not_void
from township_office.services.settings import get_setting
from township_office.store import archive, records
from township_office.store.changelog import Pen
from township_office.store.records import Row as Row


@dataclass(frozen=True, slots=True)
class Boxed:
    """One box as it lies on the shelf: its row (thickness, 备考表), its items by 件号."""

    row: Row
    items: tuple[Row, ...]

    @property
    def number(self) -> int:
        """盒号 within its class."""
        return int(str(self.row["sequence"]))

    @property
    def first(self) -> int:
        """起件号, 0 for an empty box."""
        return min((int(str(item["sequence"] or 0)) for item in self.items), default=0)

    @property
    def last(self) -> int:
        """止件号."""
        return max((int(str(item["sequence"] or 0)) for item in self.items), default=0)

    @property
    def pages(self) -> int:
        """Pages of all its items, as far as they are counted."""
        return sum(int(str(item["page_count"] or 0)) for item in self.items)


def propose_boxes(office: Office, series: str, year: int, thickness: int = 0) -> list[Box]:
    """Return the boxes the items of a class that lie in none yet would fill, first and last being 件号.

    thickness (mm, 0: the office's usual one). Raise OfficeError naming how many items have no pages counted.
    """
    return [
        replace(box, first=_number(some[0]), last=_number(some[-1]))
        for box, some in _packed(office, series, year, thickness)
    ]


def commit_boxes(office: Office, series: str, year: int, today: date, thickness: int = 0) -> list[Boxed]:
    """Put the items of a class into boxes as propose_boxes says."""
    with change(office) as pen:
        for box, some in _packed(office, series, year, thickness):
            values: dict[str, Value] = {
                "number": t("boxing.number", series=series, number=box.number), "series": series, "year": year,
                "period": year, "sequence": box.number, "entry": "live", "thickness": box.thickness,
                "arranged_on": today, "arranged_by": office.clerk,
            }  # fmt: skip
            records.add(pen, ARCHIVE_BOX, values)
            _lay(pen, some, box.number)
    return boxes(office, series, year)


def unbox(office: Office, series: str, year: int, from_number: int, today: date) -> int:
    """Take the boxes of a class apart from one number on, so that they can be packed anew; return how many.

    Raise OfficeError where something of a box was destroyed or handed over: it left in that box.
    """
    with change(office) as pen:
        gone = [box for box in boxes(office, series, year) if box.number >= from_number]
        for box in gone:
            if any(item["destroyed_on"] is not None or item["transferred_on"] is not None for item in box.items):
                raise OfficeError("boxing.some_left", number=box.number)
            void: dict[str, Value] = {
                "voided_on": today, "voided_by": office.clerk, "void_reason": t("boxing.packed_anew"),
                "entry": "revoked", "sequence": None,
            }  # fmt: skip
            records.change(pen, ARCHIVE_BOX, int(str(box.row["id"])), void, verb="void", why=t("boxing.packed_anew"))
            _lay(pen, box.items, None)
        return len(gone)


def boxes(office: Office, series: str, year: int) -> list[Boxed]:
    """Return the boxes of a class by number, each with its items."""
    rows = records.get_many(office.db, ARCHIVE_BOX, archive.boxes_of(office.db, series, year))
    items = _items(office, series, year)
    return [Boxed(row, tuple(item for item in items if item["box_no"] == row["sequence"])) for row in rows]


def correct_box(office: Office, box_id: int, draft: Draft, today: date) -> Row:
    """备考表: correct what is said of a box; raise Invalid with every problem."""
    whole = not_void(office, ARCHIVE_BOX, box_id)
    record = tripwire.clean(ARCHIVE_BOX, _as_draft(whole) | dict(draft), today, office.clerk)
    with change(office, t("verb.change")) as pen:
        records.change(pen, ARCHIVE_BOX, box_id, record, verb="change", why="")
        return get(office, ARCHIVE_BOX, box_id)


def _as_draft(row: Row) -> dict[str, str]:
    return {field.name: str(row[field.name]) for field in ARCHIVE_BOX.fields if row[field.name] is not None}


def _items(office: Office, series: str, year: int) -> Sequence[Row]:
    return records.get_many(office.db, ARCHIVE_ITEM, archive.items_of(office.db, series, year))


def unboxed(office: Office, series: str, year: int) -> list[Row]:
    """Return the items of a class that lie in no box yet, by 件号; what was destroyed or handed over needs none."""
    return [
        item for item in _items(office, series, year)
        if item["box_no"] is None and item["sequence"] is not None
        and item["destroyed_on"] is None and item["transferred_on"] is None
    ]  # fmt: skip


def _packed(office: Office, series: str, year: int, thickness: int) -> list[tuple[Box, Sequence[Row]]]:
    """Return the boxes to come, each with its items."""
    waiting = unboxed(office, series, year)
    if not waiting:
        raise OfficeError("boxing.nothing")
    if pageless := sum(1 for item in waiting if item["page_count"] is None):
        raise OfficeError("boxing.pageless", count=pageless)
    usual = thickness or int(get_setting(office, "archive.box_mm"))
    per_mm = float(get_setting(office, "archive.pages_per_mm"))
    pages = [int(str(item["page_count"])) for item in waiting]
    first = archive.last_box(office.db, series) + 1
    return [(box, waiting[box.first : box.last + 1]) for box in pack(pages, usual, first, per_mm)]


def _lay(pen: Pen, items: Iterable[Row], box_no: int | None) -> None:
    changes: dict[int, dict[str, Value]] = {int(str(item["id"])): {"box_no": box_no} for item in items}
    records.change_many(pen, ARCHIVE_ITEM, changes, verb="change", why="")


def _number(item: Row) -> int:
    return int(str(item["sequence"]))
