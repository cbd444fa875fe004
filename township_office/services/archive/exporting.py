# SPDX-License-Identifier: MulanPSL-2.0
"""归档文件目录 out as Excel, in the columns and the order the county archive asks for.

Which columns is a small file that townships hand to each other; with all of them the sheet comes in again without loss.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from township_office.core.errors import OfficeError
from township_office.core.fields import Value
from township_office.core.gate import clean_text
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.registers.archive.catalogue import CATALOGUE
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import retention_of
from township_office.registers.common import WORK_SECRET
from township_office.registers.status import state_of
from township_office.services import browsing, tripwire
from township_office.services.archive.scheme import Scheme, scheme_of
from township_office.services.browsing import View
from township_office.services.exporting import Cell, Exported
from township_office.services.office import Office
from township_office.services.settings import declared_width, get_setting, office_name, set_setting
from township_office.services.standing import standings
from township_office.store.records import Row

LINE, CODE, ITEM, STATUS = "line", "reference_code", "item_no", "status"  # columns that are no fields
_VOID = ("void_reason", "voided_on")
_ORIGINAL = "original_number"
# The nine columns of 归档文件目录 (DA/T 22 5.5.2), then what the 档号 is made of.
NINE = (LINE, CODE, "doc_number", "responsible_body", "title", "dated_on", "secrecy_level", "page_count", "remarks")
_SEGMENTS = ("fonds_no", "category", "archive_year", "retention_period", "org_or_subject", "volume_no", ITEM, "box_no")
DATE_FORMS = ("compact", "iso", "dots")  # 20260910, 2026-09-10, 2026.9.10
RETENTION_FORMS, ORG_FORMS = ("word", "code"), ("code", "name")
_FORMS: Mapping[str, tuple[str, ...]] = {"dates": DATE_FORMS, "retention": RETENTION_FORMS, "org": ORG_FORMS}
_KIND = "township-office catalogue columns"
_LONGEST_FILE, _LONGEST_HEADING = 100_000, 40
_NARROW = {LINE: 5, ITEM: 6, STATUS: 7, _ORIGINAL: 24}
_USUAL_WIDTH = 12
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns a catalogue has, each (name, heading) in its order, and how its cells are written."""

    columns: tuple[tuple[str, str], ...]
    dates: str = "compact"
    retention: str = "word"
    org: str = "code"


def all_columns() -> dict[str, str]:
    """Return every column there is with its usual heading, the nine of the standard first."""
    labels = {
        LINE: t("catalogue.line"), CODE: ARCHIVE_ITEM.number_label, ITEM: CATALOGUE.field(ITEM).label,
        **{field.name: field.label for field in ARCHIVE_ITEM.fields},
        _ORIGINAL: t("print.original_number"), STATUS: t("print.status"),
        **{name: t(f"print.{name}") for name in _VOID},
    }  # fmt: skip
    first = (*NINE, *_SEGMENTS)
    return {name: labels[name] for name in (*first, *(name for name in labels if name not in first))}


def whole_layout() -> Layout:
    """Return the layout that comes in again without loss: every column."""
    return Layout(tuple(all_columns().items()))


def standard_layout() -> Layout:
    """Return the nine columns of DA/T 22-2015."""
    labels = all_columns()
    return Layout(tuple((name, labels[name]) for name in NINE))


def missing(layout: Layout) -> int:
    """Return how many columns a sheet lacks, or calls otherwise, to come in again without loss."""
    there = dict(layout.columns)
    return sum(1 for name, heading in all_columns().items() if name != LINE and there.get(name) != heading)


def layout_of(office: Office) -> Layout:
    """Return the layout this office used last, the whole one at first."""
    kept = json.loads(get_setting(office, "archive.catalogue"))
    try:
        return _read(kept) if kept else whole_layout()
    except OfficeError:
        return whole_layout()


def keep(office: Office, layout: Layout) -> None:
    """Remember a layout as the office's own."""
    check(layout)
    text = json.dumps(_plain(layout), ensure_ascii=False)
    if text != get_setting(office, "archive.catalogue") and not office.is_readonly:
        set_setting(office, "archive.catalogue", text)


def load(path: Path) -> Layout:
    """Read a layout that somebody saved; raise OfficeError when the file is none."""
    tripwire.refuse_name("catalogue.layout", path)
    try:
        with path.open("rb") as file:
            raw = file.read(_LONGEST_FILE + 1)
        return _read(json.loads(raw.decode("utf-8-sig")) if len(raw) <= _LONGEST_FILE else None)
    except (OSError, ValueError, RecursionError) as fault:
        raise OfficeError("catalogue.layout_unreadable", path=path) from fault
    except OfficeError as fault:
        if fault.key == "error.secret_mark":
            raise
        raise OfficeError("catalogue.layout_unreadable", path=path) from fault


def save(layout: Layout, path: Path) -> None:
    """Write a layout to a file that other townships can load; raise OfficeError where it cannot be written."""
    tripwire.refuse_name("catalogue.layout", path)
    check(layout)
    try:
        path.write_text(json.dumps(_plain(layout), ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError as fault:
        raise OfficeError("catalogue.layout_unsaved", path=path) from fault


def check(layout: Layout) -> None:
    """Raise OfficeError unless a layout has known columns, each once, under headings of their own."""
    names, headings = [name for name, _ in layout.columns], [heading for _, heading in layout.columns]
    tripwire.refuse("catalogue.layout", *headings)
    is_sound = (
        set(names) <= all_columns().keys()
        and len(set(names)) == len(names)
        and "title" in names
        and len(set(headings)) == len(headings)
        and all(0 < len(one) <= _LONGEST_HEADING and one == clean_text(one) for one in headings)
        and all(getattr(layout, name) in known for name, known in _FORMS.items())
    )
    if not is_sound:
        raise OfficeError("catalogue.layout_columns")


def export_catalogue(
    office: Office, view: View, layout: Layout, path: Path, today: date, progress: Progress = silent
) -> Exported:
    """Write the items of view by their 档号. Void ones only where a column says so; 工作秘密 never (保密法 art. 64)."""
    from township_office.exchange import writing

    tripwire.refuse_name("export.file", path, office.clerk)
    check(layout)
    names = [name for name, _ in layout.columns]
    scheme, states = scheme_of(office), standings(office, ARCHIVE_ITEM)
    ids = browsing.row_ids(office, ARCHIVE_ITEM, view, today)
    written = 0

    def lines() -> Iterator[list[Cell]]:
        nonlocal written
        for start in range(0, len(ids), _CHUNK):
            progress(start, len(ids))
            for row in browsing.rows(office, ARCHIVE_ITEM, ids[start : start + _CHUNK]):
                is_hidden = row["voided_on"] is not None and STATUS not in names
                if is_hidden or row["secrecy_level"] == WORK_SECRET:
                    continue
                written += 1
                whole = row | {LINE: written, CODE: row["number"], ITEM: row["sequence"],
                               STATUS: states[state_of(ARCHIVE_ITEM, row, today).key].label}  # fmt: skip
                yield [_cell(scheme, layout, whole, name) for name in names]

    headings = [(heading, _width(name)) for name, heading in layout.columns]
    year = t("archive.year", year=view.year) if view.year is not None else ""
    writing.write_book(path, f"{office_name(office)}{year}{ARCHIVE_ITEM.title}", headings, lines(), progress)
    return Exported(written, len(ids) - written)


def _cell(scheme: Scheme, layout: Layout, row: Row, name: str) -> Cell:
    value: Value = row[name]
    if isinstance(value, date):
        return _day(layout.dates, value)
    if name in ("retention_period", "extended_to") and value is not None and layout.retention == "code":
        found = retention_of(str(value))
        return found.code if found else value
    if name == "org_or_subject" and value is not None and layout.org == "name":
        return scheme.org_name(str(value))
    return value


def _day(form: str, day: date) -> str:
    if form == "compact":
        return f"{day:%Y%m%d}"
    return day.isoformat() if form == "iso" else f"{day.year}.{day.month}.{day.day}"


def _width(name: str) -> int:
    if name in _NARROW:
        return _NARROW[name]
    if name in _VOID:
        return _USUAL_WIDTH
    return declared_width(ARCHIVE_ITEM, "number" if name == CODE else name)


def _plain(layout: Layout) -> dict[str, Any]:
    columns = [{"name": name, "heading": heading} for name, heading in layout.columns]
    return {"file": _KIND} | {name: getattr(layout, name) for name in _FORMS} | {"columns": columns}


def _read(plain: Any) -> Layout:
    """Return a layout out of its file's data; raise OfficeError when it is none."""
    try:
        columns = tuple((str(one["name"]), str(one["heading"])) for one in plain["columns"])
        forms = {name: str(plain[name]) for name in _FORMS}
        is_ours = plain["file"] == _KIND
    except (TypeError, KeyError) as fault:
        raise OfficeError("catalogue.layout_columns") from fault
    layout = Layout(columns, **forms)
    if not is_ours:
        raise OfficeError("catalogue.layout_columns")
    check(layout)
    return layout
