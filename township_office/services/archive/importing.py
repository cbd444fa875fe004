# SPDX-License-Identifier: MulanPSL-2.0
"""An old 归档文件目录 in: tried dry, then taken in whole as one batch that can be revoked, or not at all.

A 档号 given to two lines stays with the first; the other comes in without one (待编号) and is listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from township_office.core.errors import OfficeError
from township_office.core.fields import Record, Register, Value
from township_office.core.gate import clean_text
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.exchange.catalogue import CatalogueRow, find_catalogues, read_catalogue
from township_office.exchange.ledgerrows import Note, NotTaken
from township_office.registers.archive.box import ARCHIVE_BOX
from township_office.registers.archive.catalogue import CATALOGUE
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.packing import THICKNESSES, room
from township_office.services import tripwire
from township_office.services.archive.claims import Claim, claim_of, spelt
from township_office.services.archive.scheme import Scheme, scheme_of
from township_office.services.import_plan import (
    LONGEST_REASON,
    Choices,
    Plan,
    Planned,
    Source,
    no_collection,
    nothing_to_take,
    sheets_of,
)
from township_office.services.office import Office, change
from township_office.services.settings import get_setting
from township_office.services.sheets import (
    Sheet,
    Table,
    left_out,
    names_left_out,
    remember_headings,
    remembered_headings,
)
from township_office.store import archive, batches, numbers, records
from township_office.store.batches import Batch
from township_office.store.changelog import Pen

_REPORT_EVERY = 500
_SAME = ("title", "dated_on", "doc_number", "responsible_body")  # with its 档号 they tell an item
_LONGEST_REMARKS = ARCHIVE_ITEM.field("remarks").max_length

Place = tuple[str, int, int]  # series, period, sequence


@dataclass(slots=True)
class CataloguePlan(Plan):
    """A dry run of a catalogue: what comes in, what not and why; unread are headings of columns nobody reads."""

    unread: tuple[str, ...] = ()
    rivals: dict[tuple[str, int], Planned | str] = field(default_factory=dict)  # by sheet and row: who has its 档号
    boxes: int = 0  # 盒号 that the archive does not know yet

    @property
    def unnumbered(self) -> list[Planned]:
        """Items that come in without a 档号."""
        return [planned for planned in self.taken if planned.values["sequence"] is None]


def tables_of(office: Office, register: Register, source: Source, sheet: Sheet, heading_line: int = 0) -> list[Table]:
    """Return the catalogues of one sheet, with the clerk's remembered corrections of headings; register is CATALOGUE.

    heading_line: the line (from 1) that the clerk says holds the headings; 0 leaves the program to find it.
    """
    remembered = remembered_headings(office, register)
    return find_catalogues(sheet, remembered=remembered, file_name=source.path.stem, heading_line=heading_line)


def choose(office: Office, source: Source, sheet: str | None = None) -> Choices:
    """Return what the program would choose by itself: every sheet in sight, or the one named.

    Raise OfficeError when the named sheet is not there or no catalogue is found.
    """
    named = [one for one in source.sheets if sheet is None or one.name.strip() == sheet.strip()]
    if not named:
        raise OfficeError("import.no_sheet", name=sheet, known="、".join(one.name.strip() for one in source.sheets))
    found: list[Table] = []
    passed_over: list[NotTaken] = []
    for one in named:
        is_asked = sheet is not None or not one.hidden
        tables = tables_of(office, CATALOGUE, source, one) if is_asked else []
        found += tables
        if not tables:
            passed_over += left_out(one, "empty" if is_asked else "hidden")
    if not found:
        raise OfficeError("catalogue.no_table")
    return Choices(tuple(found), left_out=tuple(passed_over))


@no_collection()
def plan_import(
    office: Office, source: Source, choices: Choices, today: date, progress: Progress = silent
) -> CataloguePlan:
    """Try the chosen catalogues dry. Nothing is written."""
    catalogues = [
        read_catalogue(sheet, [table for table in choices.tables if table.sheet == sheet.name], today, source.path.stem)
        for sheet in sheets_of(choices, source.sheets)
    ]
    unread = tuple(dict.fromkeys(heading for one in catalogues for heading in one.unread))
    plan = CataloguePlan(ARCHIVE_ITEM, source, choices, "", unread=unread)
    _Desk(office, plan).plan([line for one in catalogues for line in one.rows], progress)
    if any(one.is_secret for one in plan.not_taken):
        tripwire.note(f"{ARCHIVE_ITEM.name}.import", office.clerk)
    return plan


@no_collection()
def run_import(office: Office, plan: CataloguePlan, today: date, progress: Progress = silent) -> Batch:
    """Write the plan, all of it or nothing, with the boxes its items lie in, as one batch.

    The clerk's corrections of headings are remembered for the next file.
    """
    if not plan.taken:
        raise nothing_to_take(plan)
    name = clean_text(plan.source.path.name)
    batch = Batch(0, ARCHIVE_ITEM.name, name, datetime.now(), office.clerk, len(plan.taken), len(plan.not_taken))
    with change(office) as pen:
        used = numbers.used_sequences(pen.db, ARCHIVE_ITEM)
        codes = {number for number, *_ in archive.known_items(pen.db) if number}
        if any(_place(one.values) in used or one.values["number"] in codes for one in plan.taken):
            raise OfficeError("import.changed_meanwhile")
        batch_id = batches.add(pen, batch)
        rows = []
        for done, planned in enumerate(plan.taken):
            if done % _REPORT_EVERY == 0:
                progress(done, len(plan.taken))
            rows.append(_stamped(planned, batch_id, office.clerk, today))
        records.add_many(pen, ARCHIVE_ITEM, rows, "import")
        _add_boxes(office, pen, plan, batch_id)
        remember_headings(office, pen, CATALOGUE, plan)
    return batches.get(office.db, batch_id)


def words_of(plan: CataloguePlan, *, is_done: bool = False) -> str:
    """Return in words what a plan holds, or what came in, and what did not."""
    key = "catalogue.imported" if is_done else "catalogue.planned"
    said = [t(key, taken=len(plan.taken), not_taken=len(plan.not_taken))]
    if plan.unnumbered:
        said.append(t("catalogue.unnumbered", count=len(plan.unnumbered)))
    if plan.known:
        said.append(t("catalogue.known_count", count=plan.known))
    said += notes_of(plan)
    return "".join(said)


def notes_of(plan: CataloguePlan) -> list[str]:
    """Return what is to be said of the catalogue as a whole: columns not read, sheets left out, boxes to be checked."""
    said = []
    if plan.unread:
        said.append(t("catalogue.unread", columns="、".join(plan.unread)))
    if plan.choices.left_out:
        said.append(t("import.left_out", names=names_left_out(plan.choices)))
    if plan.boxes:
        said.append(t("catalogue.boxes", count=plan.boxes))
    return said


class _Desk:
    """Gives each line its 档号, or says why it has none, and sets aside what is in the archive already."""

    def __init__(self, office: Office, plan: CataloguePlan) -> None:
        self._office, self._scheme, self._plan = office, scheme_of(office), plan
        self._known, self._names = _known(office, self._scheme)
        # Who has a 件号 of a class, and who a 档号: it need not say the year, and then is given once for all years.
        self._taken: dict[Place, Planned | None] = dict.fromkeys(numbers.used_sequences(office.db, ARCHIVE_ITEM))
        self._codes: dict[str, Planned | None] = dict.fromkeys(self._names)

    def plan(self, lines: Sequence[CatalogueRow | NotTaken], progress: Progress) -> None:
        """Fill the plan."""
        for done, line in enumerate(lines):
            if done % _REPORT_EVERY == 0:
                progress(done, len(lines))
            if isinstance(line, NotTaken):
                self._plan.not_taken.append(line)
            else:
                self._take(claim_of(self._scheme, line))
        order = {sheet.name: place for place, sheet in enumerate(self._plan.source.sheets)}
        self._plan.not_taken.sort(key=lambda one: (order.get(one.sheet, 0), one.row))
        self._plan.boxes = len(_pages_by_box(self._plan, numbers.used_sequences(self._office.db, ARCHIVE_BOX)))

    def _take(self, claim: Claim) -> None:
        row, plan = claim.source.row, self._plan
        same = (claim.code, *_same(claim.record))
        if self._known[same]:
            self._known[same] -= 1
            plan.known += 1
            reason = t("catalogue.known", code=claim.code or row.record["title"] or "")
            plan.not_taken.append(NotTaken(row.sheet, row.row, reason, row.cells))
        elif len(str(claim.record["remarks"] or "")) > _LONGEST_REMARKS:
            reason = t("exchange.remarks_too_long", limit=_LONGEST_REMARKS)
            plan.not_taken.append(NotTaken(row.sheet, row.row, reason, row.cells))
        else:
            plan.taken.append(self._numbered(claim))

    def _numbered(self, claim: Claim) -> Planned:
        source, row = claim.source, claim.source.row
        row.notes = [*claim.notes, *(Note(one.field, one.message) for one in ARCHIVE_ITEM.check(claim.record))]
        year = claim.record["archive_year"]
        values: dict[str, Value] = claim.record | {
            "number": None, "series": claim.series or None, "year": year, "period": None, "sequence": None,
            "entry": "imported", "original_number": source.original or None, "batch_id": None,
        }  # fmt: skip
        clash = self._clash(claim)
        planned = Planned(row, values, clash)
        if claim.number and not clash:
            values |= {"number": claim.number, "period": year, "sequence": claim.item}
            self._taken[_place(values)] = self._codes[claim.number] = planned
        elif not clash:
            code = source.code
            row.notes.append(Note("", t("catalogue.code_unreadable", code=code) if code else t("catalogue.no_code")))
        if not source.is_own and source.code not in ("", values["number"]):
            values["original_number"] = source.code
        elif clash:
            values["original_number"] = source.original or claim.number
        if claim.record["responsible_body"] is None:
            row.notes.append(Note("responsible_body", t("catalogue.no_body")))
        return planned

    def _clash(self, claim: Claim) -> str:
        """Return in words who has the 档号 already, "" when nobody has."""
        place = (claim.series, int(str(claim.record["archive_year"] or 0)), claim.item)
        if not claim.number or (place not in self._taken and claim.number not in self._codes):
            return ""
        first, row = self._codes.get(claim.number) or self._taken.get(place), claim.source.row
        self._plan.rivals[row.sheet, row.row] = first or claim.number
        if first is not None:
            where = t("import.place", sheet=first.row.sheet.strip(), row=first.row.row)
            return t("catalogue.code_in_sheet", code=claim.number, place=where)
        return t("catalogue.code_in_archive", code=claim.number, title=self._names.get(claim.number, ""))


def _known(office: Office, scheme: Scheme) -> tuple[Counter[tuple[object, ...]], dict[str, str]]:
    """Return what each item of the archive is known by, how often, and the titles by 档号."""
    known: Counter[tuple[object, ...]] = Counter()
    names: dict[str, str] = {}
    for number, written, same in archive.known_items(office.db):
        known[(number or spelt(scheme, written or ""), *same)] += 1
        if number:
            names[number] = same[0] or ""
    return known, names


def _same(record: Record) -> Iterable[object]:
    for name in _SAME:
        value = record[name]
        yield value.isoformat() if isinstance(value, date) else value


def _place(values: Record) -> Place:
    return str(values["series"]), int(str(values["period"] or 0)), int(str(values["sequence"] or 0))


def _pages_by_box(plan: CataloguePlan, there: Container[Place]) -> dict[Place, list[Value]]:
    """Return the boxes that numbered items lie in and that are not there yet, with the pages of each item."""
    pages: dict[Place, list[Value]] = {}
    for planned in plan.taken:
        values = planned.values
        if values["sequence"] is not None and values["box_no"] and not planned.row.is_voided:
            box = str(values["series"]), int(str(values["period"])), int(str(values["box_no"]))
            if box not in there:
                pages.setdefault(box, []).append(values["page_count"])
    return pages


def _stamped(planned: Planned, batch_id: int, clerk: str, today: date) -> dict[str, Value]:
    """Return a row as it is written; one that is void in their catalogue is void in ours."""
    values, row = planned.values | {"batch_id": batch_id}, planned.row
    if row.is_voided:
        reason = (row.void_reason or t("import.was_void"))[:LONGEST_REASON]
        values |= {"voided_on": row.voided_on or today, "voided_by": clerk, "void_reason": reason}
    return values


def _add_boxes(office: Office, pen: Pen, plan: CataloguePlan, batch_id: int) -> None:
    """Add the boxes that the 盒号 of the catalogue name and the archive does not know, as thick as their pages ask."""
    pages = _pages_by_box(plan, numbers.used_sequences(pen.db, ARCHIVE_BOX))
    usual = int(get_setting(office, "archive.box_mm"))
    per_mm = float(get_setting(office, "archive.pages_per_mm"))
    rows: list[dict[str, Value]] = []
    for (series, period, number), counts in sorted(pages.items()):
        total = sum(int(str(count or 0)) for count in counts)
        fitting = [one for one in THICKNESSES if room(one, per_mm) >= total]
        thickness = usual if None in counts else fitting[0] if fitting else THICKNESSES[-1]
        rows.append({
            "number": t("boxing.number", series=series, number=number), "series": series, "year": period,
            "period": period, "sequence": number, "entry": "imported", "batch_id": batch_id, "thickness": thickness,
        })  # fmt: skip
    records.add_many(pen, ARCHIVE_BOX, rows, "import")
