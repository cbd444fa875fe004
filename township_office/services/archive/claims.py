# SPDX-License-Identifier: MulanPSL-2.0
"""Which item a line of an old catalogue is: its 档号 in any separators, its class from wherever it is said.

What stands in the 档号 counts before what stands in the columns, these before what the lines and names above say: the
档号 is on the paper (DA/T 13: 稳定性).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from township_office.core.dates import EARLIEST, LATEST
from township_office.core.fields import Record, Value
from township_office.core.text import t
from township_office.exchange.catalogue import CatalogueRow
from township_office.exchange.ledgerrows import Note
from township_office.exchange.reading import kept
from township_office.registers.archive.catalogue import CATALOGUE
from township_office.registers.archive.codes import BY_CODE, LARGEST_ITEM, Segments, read_code
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import Retention, retention_of
from township_office.services.archive.scheme import Scheme

_APART = re.compile(r"[-－—–―﹣·•・‧∙．.,，、_/\\|\s]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FONDS = re.compile(r"[A-Za-z]\d{1,4}|[A-Za-z0-9]{2,8}")
_SPAN = re.compile(r"(\d{1,5})页?[-~－—–至到](\d{1,5})页?")
_COUNT = re.compile(r"[共计第]*(\d{1,6})(?:\.0)?[页张件卷盒号册]*")
_CATEGORY = re.compile(r"[A-Z]{2}(?:·[A-Z0-9]{1,4})*")
_CHINESE = {"三十年": "30年", "十年": "10年", "三十": "30年"}
_ITEM = CATALOGUE.field("item_no")
_WIDE_DOTS = str.maketrans("•・‧∙", "····")


@dataclass(slots=True)
class Claim:
    """One line as an item: its record, and the 档号 it would get ("" where nothing says which class and 件号 it has).

    code tells it from other lines: the 档号, or what stands in its place.
    """

    source: CatalogueRow
    record: dict[str, Value]
    series: str
    item: int
    number: str
    code: str
    notes: list[Note]


def claim_of(scheme: Scheme, source: CatalogueRow) -> Claim:
    """Understand one line. What cannot be understood stays in its 备注, and the notes say so."""
    return _Reading(scheme, source).claim()


def spelt(scheme: Scheme, written: str) -> str:
    """Return a 档号 in the office's spelling; as written where it cannot be read."""
    place = read_loosely(scheme, written)
    return scheme.code(place) if place is not None else written


def read_loosely(scheme: Scheme, written: str) -> Segments | None:
    """Return the segments of a 档号 in any separators (Z109.2005.永久.12), None where they cannot be told apart."""
    plain = unicodedata.normalize("NFKC", written).translate(_WIDE_DOTS)
    categories = [word for word in re.findall(r"[A-Z]{2}", plain.upper()) if word in BY_CODE]
    for category in categories:
        found = read_code(scheme.template(category), plain)
        if found is not None and found.category.partition("·")[0] == category and 0 < found.item <= LARGEST_ITEM:
            return found
    return _by_parts(scheme, [part for part in _APART.split(plain.strip()) if part])


def _by_parts(scheme: Scheme, parts: list[str]) -> Segments | None:
    """Tell the parts of a 档号 by what they look like; a year, a period and a 件号 at the end there must be."""
    *rest, last = parts or [""]
    if len(rest) < 2 or not (last.isascii() and last.isdigit() and 0 < int(last[:6]) <= LARGEST_ITEM):
        return None
    year = next((part for part in rest if _YEAR.fullmatch(part)), "")
    period = next((part for part in rest if _period(part) and not part.isdigit()), "")
    if not year or not period:
        return None
    rest.remove(year)
    rest.remove(period)
    category = next((part.upper() for part in rest if part.upper() in BY_CODE), "WS")
    rest = [part for part in rest if part.upper() != category]
    fonds = rest.pop(0) if rest and _FONDS.fullmatch(rest[0]) and any(map(str.isdigit, rest[0])) else ""
    if len(rest) > 1 or len(fonds) > _limit("fonds_no") or any(len(part) > _limit("org_or_subject") for part in rest):
        return None
    found = _period(period)
    org = scheme.org_code(rest[0]) if rest else ""
    return Segments(fonds.upper(), category, int(year), found.code if found else "", org, int(last))


class _Reading:
    """Understands one line; what it cannot goes to the remarks, with its heading."""

    def __init__(self, scheme: Scheme, source: CatalogueRow) -> None:
        self._scheme, self._source = scheme, source
        self._cells: Record = source.row.record
        self._notes: list[Note] = list(source.row.notes)
        self._remarks: list[str] = []
        blank: dict[str, Value] = dict.fromkeys(one.name for one in ARCHIVE_ITEM.fields)
        self.record = blank | {name: value for name, value in self._cells.items() if name in blank}

    def claim(self) -> Claim:
        """Return the line as an item."""
        source = self._source
        self._read_own()
        columns = self._place()
        written = None
        if source.is_own:
            place = replace(columns, category=columns.category or "WS")
        elif (written := read_loosely(self._scheme, source.code)) is not None:
            place = self._as_written(written, columns)
        else:
            place = self._with_usual(columns)
        self._put_remarks()
        is_whole = self._is_whole(place)
        series = self._scheme.code(replace(place, item=0)) if is_whole else ""
        number = ""
        if source.is_own and source.code and place.item and place.year:  # numbered there, by rules of its own
            number = source.code
            head, _, last = number.rpartition("-")
            series = head if last.isdecimal() and int(last) == place.item else series
        elif not source.is_own and is_whole and place.item:
            number = source.code if source.code and written is None else self._scheme.code(place)
        return Claim(source, self.record, series, place.item if number else 0, number,
                     number or spelt(self._scheme, source.code or source.original), self._notes)  # fmt: skip

    def _read_own(self) -> None:
        """Read the cells that are words in the sheet and something else in the archive."""
        record = self.record
        record["page_count"] = self._counted("page_count") or None
        record["box_no"] = self._counted("box_no") or None
        record["volume_no"] = self._counted("volume_no") or None
        for name in ("retention_period", "extended_to"):
            text = self._text(name)
            found = _period(text)
            record[name] = found.word if found else None
            if text and found is None:
                self._keep(name, text)
        record["archive_year"] = self._year()
        record["category"] = self._category()
        record["fonds_no"] = self._short("fonds_no")
        record["org_or_subject"] = self._short("org_or_subject")
        if not self._source.is_own:
            record["org_or_subject"] = self._scheme.org_code(str(record["org_or_subject"] or "")) or None

    def _place(self) -> Segments:
        """Return what the columns say of the class, with the 件号."""
        record = self.record
        period = _period(str(record["retention_period"] or ""))
        return Segments(
            str(record["fonds_no"] or ""), str(record["category"] or ""), int(str(record["archive_year"] or 0)),
            period.code if period else "", str(record["org_or_subject"] or ""), self._item(),
            int(str(record["volume_no"] or 0)),
        )  # fmt: skip

    def _as_written(self, written: Segments, columns: Segments) -> Segments:
        """Return the class as the 档号 says; what the columns say otherwise is kept among the remarks."""
        record = self.record
        labels = (("year", "archive_year"), ("retention", "retention_period"), ("org", "org_or_subject"),
                  ("fonds", "fonds_no"), ("volume", "volume_no"))  # fmt: skip
        for part, name in labels:
            theirs, ours = getattr(columns, part), getattr(written, part)
            if theirs and ours and theirs != ours and self._scheme.org_code(str(theirs)) != ours:
                label = ARCHIVE_ITEM.field(name).label
                self._remarks.append(t("exchange.kept", label=label, text=record[name]))
                self._note(name, t("catalogue.code_differs", label=label, text=record[name]))
        if columns.item and columns.item != written.item:
            self._remarks.append(t("exchange.kept", label=_ITEM.label, text=self._cells.get("item_no")))
        kept_apart = (*(part for part, _ in labels), "category")
        whole = replace(columns, **{part: getattr(written, part) or getattr(columns, part) for part in kept_apart})
        self._fill_year(whole)
        self._write(replace(whole, year=whole.year or int(str(record["archive_year"] or 0))))
        return written

    def _with_usual(self, place: Segments) -> Segments:
        """Fill in what the lines above, the sheet's and the file's name say, and last the office and the date."""
        hints, record = self._source.hints, self.record
        period = _period(hints.retention)
        org = self._scheme.org_code(hints.org) if len(hints.org) <= _limit("org_or_subject") else ""
        volume = _COUNT.fullmatch(hints.volume_no)
        if record["box_no"] is None and (box := _COUNT.fullmatch(hints.box_no)):
            record["box_no"] = int(box[1]) or None
        self._fill_year(place)
        whole = replace(
            place,
            fonds=place.fonds or hints.fonds_no.upper() or self._scheme.fonds_no,
            category=place.category or self._known_category(hints.category) or "WS",
            year=int(str(record["archive_year"] or 0)),
            retention=place.retention or (period.code if period else ""),
            org=place.org or org,
            volume=place.volume or (int(volume[1]) if volume else 0),
        )
        self._write(whole)
        return whole

    def _fill_year(self, place: Segments) -> None:
        """Find 年度 where neither the 档号 nor a column says it; the date's is the last resort (DA/T 22 5.2.2)."""
        record = self.record
        year = place.year or int(self._source.hints.year or 0)
        if not year and record["dated_on"] is not None:
            year = int(str(record["dated_on"])[:4])
            self._note("archive_year", t("catalogue.year_by_date", year=year))
        record["archive_year"] = year or None

    def _write(self, place: Segments) -> None:
        """Write the class into the fields it stands in."""
        period = _period(place.retention)
        self.record |= {
            "fonds_no": place.fonds or None, "category": place.category or "WS", "archive_year": place.year or None,
            "retention_period": period.word if period else None, "org_or_subject": place.org or None,
            "volume_no": place.volume or None,
        }  # fmt: skip

    def _is_whole(self, place: Segments) -> bool:
        """Say whether 年度 is known and everything the 档号 of the category is made of, but what may be missing."""
        template = self._scheme.template(place.category)
        needed = [part for part in ("year", "retention", "volume") if f"{{{part}}}" in template]
        return self.record["archive_year"] is not None and all(getattr(place, part) for part in needed)

    # ---- one cell ----

    def _text(self, name: str) -> str:
        if self._source.is_own:
            return str(self._cells.get(name) or "")
        return unicodedata.normalize("NFKC", str(self._cells.get(name) or "")).strip()

    def _counted(self, name: str) -> int:
        text = "".join(self._text(name).split())
        if name == "page_count" and (span := _SPAN.fullmatch(text)) and int(span[2]) >= int(span[1]):
            return int(span[2]) - int(span[1]) + 1
        found = _COUNT.fullmatch(text)
        if found is None and text:
            self._keep(name, str(self._cells[name]))
        return int(found[1]) if found else 0

    def _item(self) -> int:
        text = "".join(self._text("item_no").split())
        found = _COUNT.fullmatch(text)
        number = int(found[1]) if found else 0
        if text and not 0 < number <= LARGEST_ITEM:
            self._keep("item_no", str(self._cells["item_no"]))
            return 0
        return number

    def _year(self) -> int | None:
        text = "".join(self._text("archive_year").split())
        found = re.fullmatch(r"(\d{4})(?:\.0)?年?度?", text)
        if text and (found is None or not EARLIEST.year <= int(found[1]) <= LATEST.year):
            self._keep("archive_year", text)
            return None
        return int(found[1]) if found else None

    def _category(self) -> str | None:
        text = self._text("category")
        if self._source.is_own and len(text) <= _limit("category"):
            return text or None
        known = self._known_category(text)
        if text and not known:
            self._keep("category", text)
        return known or None

    def _known_category(self, text: str) -> str:
        """Return the code of a category given by code or name (KU·01, 会计, 文书档案), "" for any other word."""
        plain = unicodedata.normalize("NFKC", text).translate(_WIDE_DOTS).upper().removesuffix("档案")
        for code, category in BY_CODE.items():
            if plain in (code, category.name):
                return code
        return plain if _CATEGORY.fullmatch(plain) and plain.partition("·")[0] in BY_CODE else ""

    def _short(self, name: str) -> str | None:
        text = self._text(name)
        if len(text) > _limit(name):
            self._keep(name, text)
            return None
        return text or None

    def _keep(self, name: str, text: str) -> None:
        label = _ITEM.label if name == "item_no" else ARCHIVE_ITEM.field(name).label
        reading = kept(label, text)
        self._remarks.append(reading.remark)
        self._note(name, reading.message)

    def _note(self, name: str, message: str) -> None:
        self._notes.append(Note(name, message))

    def _put_remarks(self) -> None:
        own = self.record["remarks"]
        self.record["remarks"] = "\n".join([*([str(own)] if own else []), *self._remarks]) or None


def _period(text: str) -> Retention | None:
    """Return the period that text names: 永久, 长期, Y, D30, 定期(30年), 三十年."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).removeprefix("定期").strip("()")
    return retention_of(_CHINESE.get(plain, plain)) if plain else None


def _limit(name: str) -> int:
    return ARCHIVE_ITEM.field(name).max_length
