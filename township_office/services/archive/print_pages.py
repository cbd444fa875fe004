# SPDX-License-Identifier: MulanPSL-2.0
"""What goes on each printed sheet of the archive: items, boxes and the office's settings become pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from township_office.core.errors import OfficeError
from township_office.core.fields import Register
from township_office.paper.blocks import Page
from township_office.paper.forms import (
    archive_box,
    archive_catalogue,
    archive_destruction,
    archive_stamp,
    archive_transfer,
)
from township_office.paper.forms.archive_box import BoxLabel, item_no
from township_office.paper.forms.archive_catalogue import Part
from township_office.paper.forms.archive_stamp import LabelSheet, Stamped, StampPlace
from township_office.paper.forms.archive_transfer import Handed
from township_office.registers.archive.codes import BY_CODE
from township_office.registers.archive.disposal import APPRAISAL, APPRAISAL_LINE, DESTROY, TRANSFER
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import ALL_RETENTIONS
from township_office.services import children
from township_office.services.archive.boxing import Boxed, boxes
from township_office.services.archive.scheme import Scheme, scheme_of
from township_office.services.office import Office
from township_office.services.records import get
from township_office.services.settings import get_setting
from township_office.store import appraisals, archive, records
from township_office.store.records import Row

_MOST_ORGS = 4  # more of them are not named in the head of a catalogue
_RETENTION_ORDER = [one.word for one in ALL_RETENTIONS]
_CATEGORY_ORDER = list(BY_CODE)


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """Which of SHEETS, of what.

    Those of items: a year, of it one class (series: 档号 without 件号) or one box of that class, or chosen items by id.
    Those of a transfer or an appraisal: row_id, of that register; a transfer may also be of a year not yet registered.
    start: the place on the sheet of the first label.
    """

    sheet: str
    year: int = 0
    series: str = ""
    box: int = 0
    items: tuple[int, ...] = ()
    row_id: int = 0
    start: int = 1


@dataclass(frozen=True, slots=True)
class Gathered:
    """A sheet as plain data: its pages, how many items or boxes are on it, and of which years it bears 档号."""

    pages: tuple[Page, ...]
    rows: int
    years: tuple[int, ...]


class Desk:
    """All that the sheets of one request are made from, each read when a sheet first wants it."""

    def __init__(self, office: Office, request: SheetRequest, today: date) -> None:
        """Nothing is read yet."""
        self.office, self.request, self.today = office, request, today

    @cached_property
    def scheme(self) -> Scheme:
        """The office's scheme."""
        return scheme_of(self.office)

    @cached_property
    def items(self) -> list[Row]:
        """The items asked for, by 档号; those without one at the end."""
        asked = self.request
        if asked.items:
            ids: Sequence[int] = asked.items
        elif asked.row_id:
            ids = appraisals.disposed(self.office.db, str(self.row["number"]))
        else:
            ids = archive.items_of_year(self.office.db, asked.year)
        rows = records.get_many(self.office.db, ARCHIVE_ITEM, ids)
        rows = [row for row in rows if asked.series in ("", row["series"]) and asked.box in (0, row["box_no"])]
        return sorted(rows, key=lambda row: (row["sequence"] is None, str(row["series"]), row["sequence"] or 0))

    @cached_property
    def boxes(self) -> list[tuple[Part, Boxed]]:
        """The boxes asked for, class by class."""
        boxed = (item for item in self.items if item["box_no"] is not None)
        classes = dict.fromkeys((str(item["series"]), int(str(item["year"]))) for item in boxed)
        found = [
            (self.part_of(box.items[0]), box)
            for series, year in classes
            for box in boxes(self.office, series, year)
            if box.items and self.request.box in (0, box.number)
        ]
        return sorted(found, key=lambda pair: (*self._order(pair[1].items[0]), pair[1].number))

    @cached_property
    def row(self) -> Row:
        """The row of the register that the sheet goes by; empty for a year that is not handed over yet."""
        register = SHEETS[self.request.sheet].register if self.request.row_id else None
        return get(self.office, register, self.request.row_id) if register else {}

    def setting(self, name: str) -> str:
        """Return one of the settings of the archive's sheets."""
        return get_setting(self.office, f"archive.print.{name}")

    def millimetres(self, name: str) -> float:
        """Return one of the lengths among them."""
        return float(self.setting(name))

    @property
    def binding_margin(self) -> float:
        """The margin the office binds its books at."""
        return float(get_setting(self.office, "print.binding_mm"))

    @property
    def longest_remark(self) -> int:
        """Longer ones go to the 备考表."""
        return int(self.setting("remark_length"))

    def part_of(self, item: Row) -> Part:
        """Return what an item's class is called on paper."""
        return Part(
            str(item["fonds_no"] or self.scheme.fonds_no),
            self.scheme.fonds_name,
            str(item["archive_year"] or ""),
            str(item["retention_period"] or ""),
            self.scheme.org_name(str(item["org_or_subject"] or "")),
        )

    def catalogues(self) -> list[tuple[Part, list[Row]]]:
        """Return the items catalogue by catalogue, as the office binds them; 门类 and years are never mixed."""
        binding = self.setting("binding")
        groups: dict[tuple[object, ...], list[Row]] = {}
        for item in sorted(self.items, key=self._order):
            key = [item["fonds_no"], _category(item), item["archive_year"]]
            key += [] if binding == "year" else [item["retention_period"]]
            key += [item["series"]] if binding == "class" else []
            groups.setdefault(tuple(key), []).append(item)
        return [(self.summed(items), sorted(items, key=_by_code)) for items in groups.values()]

    def summed(self, items: Sequence[Row]) -> Part:
        """Return what several items together are of."""
        parts = dict.fromkeys(map(self.part_of, sorted(items, key=self._order)))
        periods, orgs, years, fonds = (
            list(dict.fromkeys(said))
            for said in zip(*((p.retention, p.org, p.year, p.fonds_no) for p in parts), strict=True)
        )
        named = "" if len(orgs) > _MOST_ORGS else "、".join(filter(None, orgs))
        whole = next(iter(parts))
        span = years[0] if len(years) == 1 else f"{min(years)}-{max(years)}"
        return replace(whole, fonds_no="、".join(fonds), year=span, retention="、".join(periods), org=named)

    def stamped(self) -> list[Stamped]:
        """Return the items as their stamps want them."""
        numbered = [item for item in sorted(self.items, key=self._order) if item["sequence"] is not None]
        return [(self.part_of(item), str(item["org_or_subject"] or ""), item) for item in numbered]

    def labelled(self) -> Iterator[tuple[BoxLabel, Boxed]]:
        """Return the boxes as their spines want them."""
        for part, box in self.boxes:
            thickness = float(str(box.row["thickness"]))
            ends = sorted(box.items, key=lambda item: item["sequence"] or 0)
            yield BoxLabel(part, thickness, item_no(ends[0]), item_no(ends[-1]), str(box.number)), box

    def doomed(self) -> list[tuple[Row, str]]:
        """Return the items an appraisal gives up, each with the remark of its line."""
        lines = [
            line
            for line in children.children(self.office, APPRAISAL_LINE, self.request.row_id)
            if line["decision"] == DESTROY
        ]
        ids = [int(str(line["item_id"])) for line in lines]
        rows = records.get_many(self.office.db, ARCHIVE_ITEM, ids)
        found = [(row, str(line["remarks"] or "")) for row, line in zip(rows, lines, strict=True)]
        return sorted(found, key=lambda pair: (str(pair[0]["archive_year"]), _by_code(pair[0])))

    def _order(self, item: Row) -> tuple[object, ...]:
        """Order catalogues and boxes as they stand on the shelf."""
        orgs = list(self.scheme.orgs)
        org, category, period = str(item["org_or_subject"] or ""), _category(item), item["retention_period"]
        return (
            item["archive_year"] or 0,
            _CATEGORY_ORDER.index(category) if category in _CATEGORY_ORDER else len(_CATEGORY_ORDER),
            _RETENTION_ORDER.index(str(period)) if period in _RETENTION_ORDER else len(_RETENTION_ORDER),
            orgs.index(org) if org in orgs else len(orgs),
            str(item["series"]),
        )


def gather(office: Office, request: SheetRequest, today: date) -> Gathered:
    """Return the pages of one of SHEETS; raise OfficeError saying what is missing where there would be none."""
    return gather_from(Desk(office, request, today), request.sheet)


def gather_from(desk: Desk, sheet: str) -> Gathered:
    """Return the pages of one of SHEETS from a desk that was laid for it, or for several of one year."""
    kind = SHEETS[sheet]
    pages = tuple(kind.build(desk))
    on_it = [item for item, _ in desk.doomed()] if sheet == "destruction" else desk.items if kind.has_codes else []
    rows = len(desk.boxes) if kind.of_boxes else len(on_it) or len(pages)
    years = {int(str(item["year"])) for item in on_it}
    return Gathered(pages, rows, tuple(sorted(years)))


def _category(item: Row) -> str:
    return str(item["category"] or "").partition("·")[0]


def _by_code(item: Row) -> tuple[object, ...]:
    return item["sequence"] is None, str(item["series"]), item["sequence"] or 0, int(str(item["id"]))


def _some(desk: Desk) -> list[Row]:
    if not desk.items:
        raise OfficeError("archive_print.nothing")
    return desk.items


def _catalogue(desk: Desk) -> list[Page]:
    _some(desk)
    margin, longest = desk.binding_margin, desk.longest_remark
    return [archive_catalogue.build(part, items, margin, longest) for part, items in desk.catalogues()]


def _cover(desk: Desk) -> list[Page]:
    _some(desk)
    return [archive_catalogue.cover(part) for part, _ in desk.catalogues()]


def _front(desk: Desk) -> list[Page]:
    is_true_size = desk.setting("box_front") == "box"
    return [archive_box.front(desk.scheme.fonds_name, desk.millimetres("front_top"), is_true_size=is_true_size)]


def _spines(desk: Desk) -> list[Page]:
    _boxed(desk)
    return [archive_box.spines([label for label, _ in desk.labelled()], desk.millimetres("spine_length"))]


def _notes(desk: Desk) -> list[Page]:
    _boxed(desk)
    longest = desk.longest_remark
    return [page for label, box in desk.labelled() for page in archive_box.note(label, box.row, box.items, longest)]


def _boxed(desk: Desk) -> None:
    _some(desk)
    if not desk.boxes:
        raise OfficeError("archive_print.not_boxed")


def _labels(desk: Desk) -> list[Page]:
    return [archive_stamp.labels(_stamps(desk), label_sheet(desk), desk.request.start, is_red=_is_red(desk))]


def label_sheet(desk: Desk) -> LabelSheet:
    """Return how the office's labels lie on their sheet."""
    names = ("label_left", "label_top", "label_gap_across", "label_gap_down")
    return LabelSheet(*map(desk.millimetres, names))


def _on_documents(desk: Desk) -> list[Page]:
    return [archive_stamp.on_documents(_stamps(desk), _stamp_place(desk), is_red=_is_red(desk))]


def _position_grid(desk: Desk) -> list[Page]:
    return [archive_stamp.position_grid(_stamp_place(desk), is_red=_is_red(desk))]


def _stamps(desk: Desk) -> list[Stamped]:
    _some(desk)
    found = desk.stamped()
    if not found:
        raise OfficeError("archive_print.unnumbered")
    return found


def _stamp_place(desk: Desk) -> StampPlace:
    return StampPlace(desk.millimetres("stamp_top"), desk.millimetres("stamp_shift"))


def _is_red(desk: Desk) -> bool:
    return desk.setting("stamp_colour") == "red"


def _deed(desk: Desk) -> list[Page]:
    items = _some(desk)
    categories = dict.fromkeys(map(_category, items))
    handed = Handed(
        desk.scheme.fonds_name,
        desk.summed(items).year,
        "、".join(BY_CODE[one].name if one in BY_CODE else one for one in categories),
        len(items),
        sum(int(str(item["page_count"] or 0)) for item in items),
        len({(item["series"], item["box_no"]) for item in items if item["box_no"] is not None}),
    )
    return [archive_transfer.deed(desk.row, handed)]


def _transfer_list(desk: Desk) -> list[Page]:
    items = _some(desk)
    part = desk.summed(items)
    return [archive_transfer.build(part, items, desk.binding_margin, desk.longest_remark)]


def _destruction(desk: Desk) -> list[Page]:
    if not desk.request.row_id:
        raise OfficeError("archive_print.no_appraisal")
    doomed = desk.doomed()
    if not doomed:
        raise OfficeError("archive_print.nothing_doomed")
    margin, scheme = desk.binding_margin, desk.scheme
    fonds_no = scheme.fonds_no or str(doomed[0][0]["fonds_no"] or "")
    return [
        archive_destruction.cover(desk.row, (fonds_no, scheme.fonds_name), doomed, margin),
        archive_destruction.build(desk.row, fonds_no, doomed, margin, desk.today),
    ]


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One of the sheets: what it is called, how its pages are made, and whether numbers stand on it for good."""

    title: str
    build: Callable[[Desk], list[Page]]
    has_codes: bool = True
    of_boxes: bool = False
    is_of_year: bool = True  # part of the set of a year
    register: Register | None = None  # whose rows it can go by


SHEETS: Mapping[str, SheetKind] = {
    "cover": SheetKind(f"{archive_catalogue.TITLE}{archive_catalogue.COVER}", _cover, has_codes=False),
    "catalogue": SheetKind(archive_catalogue.TITLE, _catalogue),
    "box_front": SheetKind(archive_box.FRONT, _front, has_codes=False),
    "spine": SheetKind(archive_box.SPINE, _spines, of_boxes=True),
    "box_note": SheetKind(archive_box.NOTE_SHEET, _notes, of_boxes=True),
    "labels": SheetKind(archive_stamp.LABELS, _labels),
    "stamp_grid": SheetKind(archive_stamp.GRID, _position_grid, has_codes=False),
    "stamp": SheetKind(archive_stamp.ON_PAGE, _on_documents, is_of_year=False),
    "transfer_deed": SheetKind(archive_transfer.DEED, _deed, register=TRANSFER),
    "transfer_list": SheetKind(archive_transfer.LIST, _transfer_list, register=TRANSFER),
    "destruction": SheetKind(archive_destruction.TITLE, _destruction, is_of_year=False, register=APPRAISAL),
}
