# SPDX-License-Identifier: MulanPSL-2.0
"""What stands around an old catalogue's columns: 年度, 保管期限, 机构 and 全宗号 of the lines below.

The 2000 edition writes them once above the table; others name the sheet or the file after them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from township_office.core.gate import clean_text
from township_office.exchange.headings import is_heading
from township_office.exchange.hints import read_hints
from township_office.exchange.natives import Cell, Sheet
from township_office.exchange.reading import text_of
from township_office.registers.archive.retention import retention_of

_LONGEST = 200
_MOST_CELLS = 16  # of a line that says which class follows
_LABELS = {
    "全宗号": "fonds_no", "年度": "year", "归档年度": "year", "保管期限": "retention", "机构(问题)": "org",
    "机构或问题": "org", "机构问题": "org", "机构": "org", "问题": "org", "案卷号": "volume_no", "盒号": "box_no",
    "档案门类": "category", "门类": "category",
    # Known, so that their words are not taken for somebody else's value.
    "全宗名称": "", "立档单位": "", "目录号": "", "件数": "", "页数": "", "起止件号": "",
}  # fmt: skip
_LABEL = re.compile("|".join(re.escape(word) for word in sorted(_LABELS, key=len, reverse=True)))
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")
_FONDS = re.compile(r"(?=.*\d)[A-Za-z0-9]{1,10}")
_RETENTION = re.compile(r"永久|长期|短期|(?<!\d)(?:30|10)年(?!度)|(?<![A-Za-z0-9])D(?:30|10)(?![A-Za-z0-9])")
_BARE = re.compile(r"归档文件|归档|文件|文书|档案|目录|保管期限|定期|年度|年|度|[\s()（）:：、,，\-—_]")


@dataclass(frozen=True, slots=True)
class ClassHints:
    """What is known of the class of a line besides its own cells; "" where nothing is."""

    fonds_no: str = ""
    category: str = ""
    year: str = ""
    retention: str = ""
    org: str = ""
    volume_no: str = ""
    box_no: str = ""

    def over(self, other: ClassHints) -> ClassHints:
        """Return what this says, and what the other says where this says nothing."""
        return ClassHints(*(getattr(self, one.name) or getattr(other, one.name) for one in fields(self)))


def take_out_class_lines(sheet: Sheet) -> tuple[list[list[Cell]], list[tuple[int, ClassHints]]]:
    """Return the sheet's lines with those emptied that only say which class follows, and what they say by place."""
    said: list[tuple[int, ClassHints]] = []
    rows: list[list[Cell]] = []
    for place, row in enumerate(sheet.rows):
        hints = _of_line(row)
        if hints is not None:
            said.append((place, hints))
            row = [""] * len(row)
        else:
            said += [(place, found) for found in _of_titles(row)]
        rows.append(row)
    return rows, said


def hints_in(title: str) -> ClassHints:
    """Return what a title, a sheet's or a file's name says: 2011年永久归档文件目录."""
    plain = unicodedata.normalize("NFKC", title)[:_LONGEST]
    found = _RETENTION.search(plain)
    rest = _RETENTION.sub(" ", plain)
    year = read_hints(rest).year
    return ClassHints(year=str(year) if year else "", retention=found[0] if found else "")


def _of_line(row: Sequence[Cell]) -> ClassHints | None:
    """Return what a line of labels and values says (年度：2011　保管期限：永久); None for any other line."""
    texts = [clean_text(text_of(cell)) for cell in row if cell != ""]
    texts = [text for text in texts if text]
    if not 0 < len(texts) <= _MOST_CELLS or max(map(len, texts)) > _LONGEST:
        return None
    joined = unicodedata.normalize("NFKC", "\t".join(texts))
    plain = re.sub(r"(?<=年) +(?=度)", "", joined)
    if len(texts) <= 2 and not _BARE.sub("", _YEAR.sub("", _RETENTION.sub("", plain))):
        hints = hints_in(plain.replace("\t", " "))
        return hints if hints != ClassHints() and "目录" not in plain else None
    if not _LABEL.match(plain):
        return None
    return _of_pairs(plain)


def _of_pairs(plain: str) -> ClassHints | None:
    labels = list(_LABEL.finditer(plain))
    ends = [*(label.start() for label in labels[1:]), len(plain)]
    values: dict[str, str] = {}
    is_sure = False
    for label, end in zip(labels, ends, strict=True):
        name, behind = _LABELS[label[0]], plain[label.end() : end]
        value = behind.strip(" \t:,;、")
        has_colon = behind.lstrip(" \t").startswith(":")
        read = _value(name, value)
        if value and name and read is None:
            return None
        is_sure = is_sure or (bool(read) and (has_colon or name in ("year", "retention")))
        if read:
            values[name] = read
    return ClassHints(**values) if is_sure else None


def _value(name: str, value: str) -> str | None:
    """Return a value as it is kept, "" when there is none, None when this is no value of that name."""
    if not value or not name:
        return ""
    match name:
        case "year":
            found = _YEAR.fullmatch(value)
            return found[1] if found else None
        case "retention":
            period = retention_of(value)
            return period.word if period else None
        case "fonds_no":
            return value if _FONDS.fullmatch(value) else None
        case _:
            return None if is_heading(value) or "\t" in value else value


def _of_titles(row: Sequence[Cell]) -> Iterator[ClassHints]:
    """Yield what the titles of a line say: a line of one to three texts, one of them a catalogue's name."""
    filled = [cell for cell in row if cell != ""]
    if not 0 < len(filled) <= 3:
        return
    for cell in filled:
        if isinstance(cell, str) and len(cell) <= _LONGEST and "目录" in cell:
            hints = hints_in(cell)
            if hints != ClassHints():
                yield hints
