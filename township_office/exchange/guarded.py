# SPDX-License-Identifier: MulanPSL-2.0
"""Read what an ordinary PC may hold out of an office's own ledger of classified paper: whitelisted columns, no other.

Which columns there are is said; the cells of those that are not read are looked at only to see that they are not empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from township_office.core.gate import clean_text, has_secret_mark
from township_office.exchange.headings import heading_key
from township_office.exchange.natives import Cell, Sheet
from township_office.exchange.reading import text_of

_LOOKED_AT = 30  # lines in which the head is looked for
_LEAST_KNOWN = 3
_LONGEST_HEADING = 24
# As heading_key makes them; the first column that knows its word gets the field.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "received_on": ("收到日期", "收文日期", "收到时间", "收文时间", "收件日期", "登记日期", "接收日期", "日期"),
    "source_class": ("来文机关类别", "来文级别", "来文层级", "机关类别"),
    "carrier_kind": ("载体种类", "载体类型", "载体形式", "载体类别"),
    "secrecy_level": ("密级", "密级期限", "密级和期限", "密级及期限", "密级保密期限", "密级和保密期限", "秘密等级"),
    "secrecy_period": ("保密期限", "期限"),
    "declassify_on": ("解密日期", "解密时间"),
    "copy_count": ("份数", "数量"),
    "copy_serial": ("份号", "文件份号", "份号起止", "编号份号"),
    "cabinet_no": ("柜号", "保密柜号", "存放位置", "存放地点"),
    "book_page": ("纸质登记簿册页", "册页", "登记簿页码", "登记簿册页"),
    "clear_due_on": ("应清退日期", "应清退时间", "清退期限"),
    "deliverer": ("交件人", "送件人", "机要通信员"),
    "sender": ("来文机关", "来文单位", "发文机关", "发文单位", "制发机关"),
    "doc_number": ("文号", "来文文号", "发文字号", "文件字号", "来文字号"),
    "title": ("标题", "文件标题", "文件名称", "题名", "文件题名", "名称"),
}
# A ledger that has one of these holds, or invites, what must stay on paper (保密法 arts. 29, 31).
_FORBIDDEN = re.compile(
    "摘要|内容|提要|事由|要点|附件|批示|批办|备注|备考|附注|说明|主题词|关键词|意见|拟办|知悉|领导阅|正文|全文|扫描|图片|照片|链接"
)
_GONE = re.compile("(?<!应)(?:已?清退|销毁|移交|退回)(?!期限|人|单位|原因)")
_TELEGRAM = re.compile("密电|密传|密码")
_TOTAL = re.compile(r"合\s*计|小\s*计|总\s*计")
_LEVEL = re.compile(r"(绝密|机密|秘密)\s*级?\s*[★☆⭐*＊、,，/]?\s*(.*)")


@dataclass(frozen=True, slots=True)
class Line:
    """One paper of theirs: its line in the sheet, from 1, its texts by field, and what only had to be looked at."""

    at: int
    texts: Mapping[str, str]
    is_telegram: bool
    is_gone: bool  # cleared, handed over or destroyed: not here any more


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger of theirs: its papers, and its columns by what becomes of them."""

    sheet: str
    lines: tuple[Line, ...]
    unread: tuple[str, ...]  # headings of columns that are not read
    forbidden: tuple[str, ...]  # headings for which the whole is refused


def read_guarded(sheet: Sheet, allowed: Sequence[str]) -> Ledger | None:
    """Return the ledger of a sheet, of its columns only those of the allowed fields; None where there is none."""
    head = next((at for at, row in enumerate(islice(sheet.rows, _LOOKED_AT)) if _is_head(row)), None)
    if head is None:
        return None
    headings = [clean_text(text_of(cell)) for cell in sheet.rows[head]]
    fields = _fields(headings)
    lines = tuple(
        _line(at, row, headings, fields, allowed)
        for at, row in enumerate(sheet.rows[head + 1 :], start=head + 2)
        if any(text_of(cell).strip() for cell in row) and not _is_other(row, headings)
    )
    told = [(heading, fields.get(at, "")) for at, heading in enumerate(headings) if heading]
    unread = [_shown(heading) for heading, field in told if field not in allowed]
    forbidden = [_shown(heading) for heading, field in told if not field and _FORBIDDEN.search(heading)]
    return Ledger(_shown(sheet.name.strip()), lines, tuple(unread), tuple(forbidden))


def _is_head(row: Sequence[Cell]) -> bool:
    fields = set(_fields([clean_text(text_of(cell)) for cell in row]).values())
    return len(fields) >= _LEAST_KNOWN and bool(fields & {"secrecy_level", "copy_serial"})


def _fields(headings: Sequence[str]) -> dict[int, str]:
    """Return the field of each column that has one, by its place; no field has two."""
    found: dict[int, str] = {}
    for at, heading in enumerate(headings):
        key = heading_key(heading[:_LONGEST_HEADING])
        field = next((name for name, words in _WORDS.items() if key in words and name not in found.values()), "")
        if field:
            found[at] = field
    return found


def _is_other(row: Sequence[Cell], headings: Sequence[str]) -> bool:
    """Say whether a line is a head again, or a total."""
    texts = [clean_text(text_of(cell)) for cell in row]
    return texts == headings or any(_TOTAL.fullmatch(text) for text in texts)


def _line(
    at: int, row: Sequence[Cell], headings: Sequence[str], fields: Mapping[int, str], allowed: Sequence[str]
) -> Line:
    said = {name: clean_text(text_of(row[place])) for place, name in fields.items()}
    texts = {name: text for name, text in said.items() if name in allowed and text}
    texts |= dict(_level_and_period(said))
    is_telegram = any(_TELEGRAM.search(said.get(name, "")) for name in ("doc_number", "carrier_kind", "title"))
    is_gone = any(text_of(cell).strip() for heading, cell in zip(headings, row, strict=True) if _GONE.search(heading))
    return Line(at, texts, is_telegram, is_gone)


def _level_and_period(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """机密★10年 is a level and a period: offices write both into one cell."""
    found = _LEVEL.fullmatch(said.get("secrecy_level", ""))
    if found is not None:
        yield "secrecy_level", found[1]
        if found[2] and not said.get("secrecy_period"):
            yield "secrecy_period", found[2]


def _shown(heading: str) -> str:
    """Return a heading as it may be said."""
    return "…" if has_secret_mark(heading) else heading[:_LONGEST_HEADING]
