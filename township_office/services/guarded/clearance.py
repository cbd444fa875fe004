# SPDX-License-Identifier: MulanPSL-2.0
"""年终清退核对: the superior's 清退目录 against what is here, copy by copy (实施条例 art. 27).

Nothing of the list is kept: what was compared is sealed as counts with a day. In strict mode a 文号 is known by its
last digits, so two papers may look alike; such a pair is shown as 相符 to be looked at, and is never cleared along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from township_office.core.dates import show_date
from township_office.core.docnumber import DocNumber, parse_doc_number
from township_office.core.errors import OfficeError
from township_office.core.progress import Progress, silent
from township_office.core.text import t
from township_office.exchange.clearlist import Called, ClearList, Doubt, read_clear_list
from township_office.exchange.workbooks import read_workbook
from township_office.paper.blocks import Page
from township_office.paper.forms import clearance_check
from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.confidential import bare_serial
from township_office.registers.custody import GONE, OUT, Copy, State
from township_office.services import tripwire
from township_office.services.guarded import confidential, custody
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.custody import Held, since_words
from township_office.services.guarded.day_check import Key, key_of
from township_office.services.guarded.vault import Vault
from township_office.services.settings import office_name

__all__ = [
    "DOUBT", "MATCHED", "MISSING", "UNLISTED", "ClearList", "Comparison", "Line", "clear_matched", "compare",
    "read_list", "sheet", "where_words",
]  # fmt: skip

CLEARANCE_CHECK = "clearance_check"  # kind of sealed rows
MATCHED, MISSING, UNLISTED, DOUBT = "matched", "missing", "unlisted", "doubt"  # 相符, 我方缺, 对方未列, 读不出


@dataclass(frozen=True, slots=True)
class Line:
    """One copy of the comparison in words; paper_id is None where we have none.

    is_sure: the pair needs no look at the paper. is_here: it is in the cabinet and can be cleared.
    """

    group: str
    place: str  # in their list
    number: str  # ours, 涉2026-003
    doc_number: str
    serial: str
    level: str
    words: str
    paper_id: int | None = None
    is_sure: bool = True
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every copy of either side, in the groups; counted and ignored as ClearList has them."""

    lines: tuple[Line, ...]
    counted: int
    ignored: tuple[str, ...]

    def of(self, group: str) -> list[Line]:
        """Return the lines of a group, in the order of their list, or of our numbers."""
        return [line for line in self.lines if line.group == group]

    @property
    def to_clear(self) -> list[Line]:
        """What may be recorded as cleared: here, and a sure pair."""
        return [line for line in self.of(MATCHED) if line.is_sure and line.is_here]


def read_list(path: Path, progress: Progress = silent) -> ClearList:
    """Read the superior's list (.xlsx .xls .et .ods .csv) as plain data; for a worker thread. Titles are not read.

    Raise OfficeError with one sentence when it is no such list, or when its name bears a state-secret mark.
    """
    tripwire.refuse_name("clearance.file", path)
    progress(0, 0)
    return read_clear_list(read_workbook(path))


def compare(vault: Vault, theirs: ClearList, now: datetime) -> Comparison:
    """Compare the list with every copy that is or was here; seal the counts of each kind where anything can be."""
    matcher = _Matcher(vault, theirs.called)
    lines = (*matcher.lines(), *map(_doubt, theirs.doubts))
    counts = Counter(line.group for line in lines)
    body = {"kind": CLEARANCE_CHECK, "at": now.isoformat(timespec="seconds"), "by": vault.custodian,
            **{group: counts[group] for group in (MATCHED, MISSING, UNLISTED, DOUBT)}}  # fmt: skip
    if vault.is_writable:
        vaults.write(vault, [(None, body)])
    return Comparison(lines, theirs.counted, theirs.ignored)


def clear_matched(vault: Vault, found: Comparison, list_no: str, receiver: str, now: datetime) -> Comparison:
    """把相符的记为清退: all of found.to_clear or none; return found with where they are now.

    Raise what take_steps raises.
    """
    cleared = {(line.paper_id, line.serial) for line in found.to_clear}
    copies = [(paper_id, serial) for paper_id, serial in cleared if paper_id is not None]
    if not copies:
        raise OfficeError("clearance.nothing_to_clear")
    papers = custody.take_steps(vault, copies, "clear", {"list_no": list_no, "holder": receiver}, now)
    words = {(paper.id, serial): where_words(copy) for paper in papers for serial, copy in paper.copies.items()}
    lines = (
        replace(line, words=words[line.paper_id, line.serial], is_here=False)
        if line.paper_id is not None and (line.paper_id, line.serial) in cleared
        else line
        for line in found.lines
    )
    return replace(found, lines=tuple(lines))


def sheet(vault: Vault, found: Comparison, today: date) -> Page:
    """Return the 清退核对表: every group with its count, and where to sign."""
    imprint = Imprint(office_name(vault.office), show_date(today), today)
    return clearance_check.build(found.lines, imprint, found.counted)


@dataclass(frozen=True, slots=True)
class _Unit:
    """One copy that is called back: serial "" where the list only counts."""

    called: Called
    serial: str

    @property
    def tail(self) -> int | None:
        """The last digits of the 文号."""
        return self.called.number.sequence


class _Matcher:
    """Pairs their copies with ours: whole numbers first, then last digits, then those without a 份号."""

    def __init__(self, vault: Vault, called: Sequence[Called]) -> None:
        papers = [paper for paper in confidential.papers(vault) if paper.void is None]
        self._is_strict = confidential.mode(vault).is_strict
        self._numbers = {paper.id: _own_number(paper) for paper in papers}
        self._ours = [Held(paper, copy) for paper in reversed(papers) for copy in paper.copies.values()]
        self._by_serial: dict[object, list[Held]] = {}
        self._by_tail: dict[object, list[Held]] = {}
        for held in self._ours:
            self._by_serial.setdefault(bare_serial(held.copy.serial), []).append(held)
            number = self._numbers[held.paper.id]
            self._by_tail.setdefault(number.sequence if number else None, []).append(held)
        self._used: set[Key] = set()
        self._units, self._repeated = _units_of(called)
        self._called_by_serial: dict[str, list[Called]] = {}
        for unit in self._units:
            self._called_by_serial.setdefault(bare_serial(unit.serial), []).append(unit.called)

    def lines(self) -> list[Line]:
        """Return every copy of either side once."""
        pairs: dict[int, Line] = {}
        for pair in (self._whole_pair, self._serial_pair, self._counted_pair, self._missing):
            for place, unit in enumerate(self._units):
                if place not in pairs and (line := pair(unit)):
                    pairs[place] = line
        left = [held for held in self._ours if key_of(held) not in self._used and held.copy.state not in GONE]
        return [*(pairs[place] for place in range(len(self._units))), *map(self._unlisted, left), *self._repeated]

    def _whole_pair(self, unit: _Unit) -> Line | None:
        """Return unit with our copy of the same 份号 and the same whole 文号."""
        found = [held for held in self._free(self._alike(unit)) if self._is_whole(held, unit.called)]
        return self._matched(unit, found[0], is_sure=True) if found and unit.serial else None

    def _serial_pair(self, unit: _Unit) -> Line | None:
        """Return unit with our copy of the same 份号 and last digits: sure when neither side has another such."""
        alike = self._alike(unit)
        found = self._free(alike)
        if not found or not unit.serial:
            return None
        rivals = [one for one in self._called_by_serial[bare_serial(unit.serial)] if self._agrees(found[0], one)]
        here = [held for held in alike if held.copy.state not in GONE]
        return self._matched(unit, found[0], is_sure=len(rivals) == len(here) == 1)

    def _counted_pair(self, unit: _Unit) -> Line | None:
        """Return unit, of a line that only counts, with any copy of that paper: sure when all of them are meant."""
        if unit.serial:
            return None
        here = [held for held in self._alike(unit) if held.copy.state not in GONE]
        free = self._free(here)
        wanted = sum(one.called.number == unit.called.number for one in self._units)
        is_sure = wanted == len(here) and all(self._is_whole(held, unit.called) for held in here)
        return self._matched(unit, free[0], is_sure=is_sure) if free else None

    def _alike(self, unit: _Unit) -> list[Held]:
        """Return our copies that unit may mean, wherever they are."""
        places, wanted = (self._by_serial, bare_serial(unit.serial)) if unit.serial else (self._by_tail, unit.tail)
        return [held for held in places.get(wanted, ()) if self._agrees(held, unit.called)]

    def _free(self, copies: list[Held]) -> list[Held]:
        return [held for held in copies if key_of(held) not in self._used and held.copy.state not in GONE]

    def _agrees(self, held: Held, called: Called) -> bool:
        own = self._numbers[held.paper.id]
        if own is None or called.level not in ("", held.paper.record["secrecy_level"]):
            return False
        if own.text and called.number.text:
            return own.text == called.number.text
        return own.sequence == called.number.sequence

    def _is_whole(self, held: Held, called: Called) -> bool:
        own = self._numbers[held.paper.id]
        return own is not None and bool(own.text) and own.text == called.number.text

    # ---- in words ----

    def _matched(self, unit: _Unit, held: Held, *, is_sure: bool) -> Line:
        self._used.add(key_of(held))
        words = where_words(held.copy) + ("" if is_sure else t("clearance.look_at_paper"))
        return self._line(MATCHED, unit, held, words, is_sure=is_sure)

    def _missing(self, unit: _Unit) -> Line:
        """Return a copy that is theirs and not here: where it went, or what may be it, as far as we know."""
        gone = [held for held in self._alike(unit) if held.copy.state in GONE and key_of(held) not in self._used]
        if gone:
            self._used.add(key_of(gone[0]))
            return self._line(MISSING, unit, gone[0], where_words(gone[0].copy))
        same = self._by_serial.get(bare_serial(unit.serial), ()) if unit.serial else ()
        nameless = [held.paper.number for held in same if self._numbers[held.paper.id] is None]
        words = t("clearance.may_be", numbers="、".join(nameless)) if nameless else t("clearance.not_registered")
        return self._line(MISSING, unit, None, words)

    def _unlisted(self, held: Held) -> Line:
        return self._line(UNLISTED, None, held, where_words(held.copy))

    def _line(self, group: str, unit: _Unit | None, held: Held | None, words: str, *, is_sure: bool = True) -> Line:
        theirs = unit.called if unit else None
        return Line(
            group,
            _place(theirs.sheet, theirs.row) if theirs else "",
            held.paper.number if held else "",
            self._number_words(theirs.number if theirs else self._numbers[held.paper.id] if held else None),
            held.copy.serial if held else (unit.serial if unit else "") or t("clearance.no_serial"),
            str(held.paper.record["secrecy_level"]) if held else theirs.level if theirs else "",
            words,
            held.paper.id if held else None,
            is_sure,
            held is not None and held.copy.state is State.IN_HAND,
        )

    def _number_words(self, number: DocNumber | None) -> str:
        """Return a 文号 as it may be shown: in strict mode without what tells the sender."""
        if number is None:
            return ""
        if not self._is_strict and number.text:
            return number.text
        year = "" if number.year is None else f"〔{number.year}〕"
        return t("clearance.number", year=year, sequence=number.sequence)


def where_words(copy: Copy) -> str:
    """Return where a copy is, or where it went, in one phrase."""
    words = {
        "since": since_words(copy)[:10],
        "holder": copy.holder,
        "list_no": copy.list_no or t("clearance.no_list_no"),
    }
    if copy.state is State.IN_HAND:
        return t("clearance.in_cabinet", cabinet=copy.cabinet_no) if copy.cabinet_no else t("clearance.in_hand")
    return t("clearance.is_out" if copy.state in OUT else f"clearance.is_{copy.state}", **words)


def _own_number(paper: Paper) -> DocNumber | None:
    """Return the 文号 of a paper of ours: whole, or its last digits alone as strict mode keeps it."""
    kept = str(paper.record["doc_number"] or "")
    if kept.isdecimal():
        return DocNumber("", None, int(kept), "")
    return parse_doc_number(kept) if kept else None


def _doubt(doubt: Doubt) -> Line:
    return Line(DOUBT, _place(doubt.sheet, doubt.row), "", "", "", "", doubt.why)


def _place(sheet: str, row: int) -> str:
    return t("clearance.place", sheet=sheet, row=row)


def _units_of(called: Sequence[Called]) -> tuple[list[_Unit], list[Line]]:
    """Return what is called back, copy by copy, and the lines that only say again what stands above."""
    units: list[_Unit] = []
    repeated: list[Line] = []
    first: dict[tuple[object, str], int] = {}
    for one in called:
        for serial in one.serials or [""] * one.copies:
            key = (one.number, bare_serial(serial))
            if serial and key in first:
                repeated.append(_doubt(Doubt(one.sheet, one.row, t("clearance.repeated", row=first[key]))))
            else:
                first[key] = one.row
                units.append(_Unit(one, serial))
    return units, repeated
