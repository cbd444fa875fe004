# SPDX-License-Identifier: MulanPSL-2.0
"""涉密 — custody of classified paper: which fields an ordinary PC may hold of it, and how its copies are numbered.

保密法 art. 31(3): the content never; so there is no free text, no attachment and no link among these fields. In strict
mode the sender, the document number and the title stay in the paper book too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from township_office.core.dates import months_away
from township_office.core.fields import Field, Kind, Problem, Record, Register
from township_office.core.text import t
from township_office.registers.common import GUARDED

TOP_SECRET, TELEGRAM = "绝密", "密码电报"
COUNTED = (TOP_SECRET, TELEGRAM)  # kept as numbers only, in either mode
RELAXED_ONLY = ("sender", "title", "is_title_cleared")
MOST_COPIES = 500
# There is no free text in this register: why something was entered wrongly is chosen.
REASONS = ("登记错误", "重复登记", "步骤记错", "份号记错")
_NUMBER = re.compile(r"涉?\s*(?:([0-9]{4})\s*-\s*)?([0-9]{1,4})")
_FIGURES = re.compile(r"\d+")
_LONGEST_SERIAL = 20
_PARTS = re.compile(r"[,，、;；\s]+")
_RANGE = re.compile(
    r"(?P<first>[0-9A-Za-z]*?(?P<low>[0-9]+))\s*(?:-|—|–|－|~|～|至|到)\s*(?P<last>[0-9A-Za-z]*?(?P<high>[0-9]+))"
)
_SERIAL = re.compile(r"[0-9A-Za-z]+(?:[/-][0-9A-Za-z]+)*")
_END = re.compile(r"(\D*|\S*复)(\d+)")
_TELEGRAM_NUMBER = re.compile("密电|密传|密码")
_PERIOD = re.compile(r"[★☆\s]*(\d{1,3})\s*(年|个?月)")
_LONGEST_YEARS = {"机密": 20, "秘密": 10}  # 保密法 art. 20; they also hold where nothing is marked


def check(record: Record) -> Iterable[Problem]:
    """A paper is neither due back nor declassified before it came; a title is kept only when it was cleared."""
    received = record["received_on"]
    for name in ("clear_due_on", "declassify_on"):
        then = record[name]
        if isinstance(received, date) and isinstance(then, date) and then < received:
            yield Problem(name, t(f"confidential.{name}_too_early"))
    if record["title"] and not record["is_title_cleared"]:
        yield Problem("title", t("confidential.title_not_cleared"))
    if is_telegram_number(str(record["doc_number"] or "")):
        yield Problem("doc_number", t("confidential.telegram_number"))


CONFIDENTIAL = Register(
    name=GUARDED,
    title="涉密文件登记",
    number_label="登记编号",
    number_name="number",
    dated_by="received_on",
    fields=(
        Field("received_on", "收到日期", Kind.DATE, required=True, default="今天", width=10),
        Field("source_class", "来文机关类别", Kind.CHOICE, choices=("中央", "省", "市", "县", "其他"), width=7),
        Field("carrier_kind", "载体种类", Kind.CHOICE, default="纸介质", width=8,
              choices=("纸介质", "光盘", "移动存储介质", "图纸", "其他", TELEGRAM)),
        Field("secrecy_level", "密级", Kind.CHOICE, required=True, choices=("机密", "秘密", TOP_SECRET), width=5),
        Field("secrecy_period", "保密期限", max_length=12, width=8),
        Field("declassify_on", "解密日期", Kind.DATE, width=10),
        Field("copy_count", "份数", Kind.INTEGER, width=5),
        Field("copy_serial", "份号", max_length=200, width=14),
        Field("cabinet_no", "柜号", max_length=20, width=8),
        Field("book_page", "纸质登记簿册页", max_length=12, width=10),
        Field("clear_due_on", "应清退日期", Kind.DATE, width=10),
        Field("deliverer", "交件人", Kind.NAME, max_length=20, width=8),
        Field("sender", "来文机关", Kind.NAME, max_length=60, width=14),
        Field("doc_number", "文号", max_length=60, width=14),
        Field("title", "标题", max_length=200, width=24),
        Field("is_title_cleared", "经保密员确认标题不涉密", Kind.YES_NO, width=6),
    ),
    check=check,
)  # fmt: skip


def number_text(year: int, sequence: int) -> str:
    """Return the running number of a paper in the guarded register: 涉2026-003."""
    return f"涉{year}-{sequence:03d}"


def read_number(text: str, this_year: int) -> tuple[int, int] | None:
    """Return year and sequence of a number as people write it (涉2026-003, 2026-3, 3); None when it is none."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text))
    return (int(found[1] or this_year), int(found[2])) if found else None


def serial_of_copy(original: str, at: int) -> str:
    """Return the 份号 of the at-th 复制件 made of a copy, where none was stamped: 000102复1."""
    return f"{original}复{at}"


def declassified_on(issued: date, level: str, period: str) -> date | None:
    """Return the day on which a 保密期限 that runs from the 制发日 is over; None where that cannot be reckoned.

    实施条例 art. 19: it runs from the marked day of issue. Without a mark the longest period of the level holds.
    """
    found = _PERIOD.fullmatch(unicodedata.normalize("NFKC", period).strip())
    if found is not None:
        return months_away(issued, int(found[1]) * (12 if found[2] == "年" else 1))
    years = None if period.strip() else _LONGEST_YEARS.get(level)
    return None if years is None else months_away(issued, 12 * years)


def bare_serial(serial: str) -> str:
    """Return a 份号 without what people leave out: 第3份 is 3, 000101 is 101; full-width digits are digits."""
    bare = unicodedata.normalize("NFKC", serial).strip("第份 ")
    return bare.lstrip("0") or bare[-1:]


def split_serials(text: str) -> list[str]:
    """Return the parts of a text that names several 份号, runs not yet taken apart."""
    return [part for part in _PARTS.split(unicodedata.normalize("NFKC", text).strip()) if part]


def is_telegram_number(text: str) -> bool:
    """Say whether a document number is that of a 密码电报, which is only counted."""
    return _TELEGRAM_NUMBER.search(text) is not None


def level_in(text: str) -> str:
    """Return the level that words such as 机密★10年 name, "" when they name none."""
    return next((level for level in CONFIDENTIAL.field("secrecy_level").choices if level in text), "")


def read_serials(text: str, count: int | None) -> list[str]:
    """Return the 份号 that text names: "000101-000103" are three; without any the copies are 第1份, 第2份 …

    count None: as many as text names, at least one. Raise ValueError with one sentence when they are not count, come
    twice or cannot be read.
    """
    serials = [serial for part in split_serials(text) for serial in _from(part)] or [
        f"第{at + 1}份" for at in range(1 if count is None else count)
    ]
    if len(set(serials)) != len(serials):
        raise ValueError(t("confidential.serial_twice"))
    if not 1 <= len(serials) <= MOST_COPIES:
        raise ValueError(t("confidential.copies_out_of_range", most=MOST_COPIES))
    if count is not None and len(serials) != count:
        raise ValueError(t("confidential.serials_do_not_count", found=len(serials), count=count))
    return serials


def serials_of_run(part: str) -> list[str]:
    """Return the 份号 of a run, 000101-000103 or 第1份-第3份; none when part is no run of several."""
    try:
        serials = read_serials("".join(sign for sign in part if sign not in "第份"), None)
    except ValueError:
        return []
    return serials if len(serials) > 1 else []


def show_serials(serials: Iterable[str]) -> str:
    """Return serials as they are written in a book, runs joined: 000101-000103、000107."""
    shown = []
    for _, run in groupby(enumerate(serials), key=_place_in_run):
        names = [serial for _, serial in run]
        shown.append(names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}")
    return "、".join(shown)


def shown_record(record: Record, *, is_strict: bool) -> Record:
    """Return what may be seen of a paper: in strict mode neither sender nor title, and of its number the last figures.

    What was entered while the office was in relaxed mode stays where it is.
    """
    if not is_strict:
        return record
    figures = _FIGURES.findall(str(record["doc_number"] or ""))
    return dict(record) | dict.fromkeys(RELAXED_ONLY) | {"doc_number": figures[-1] if figures else None}


def title_place(record: Record, *, is_strict: bool) -> str:
    """Return what stands for a title: the title where it may be shown, else where in the paper book it stands."""
    if not is_strict and record["title"] and record["is_title_cleared"]:
        return str(record["title"])
    volume, _, page = str(record["book_page"] or "").partition("-")
    if page:
        return t("confidential.title_in_book", volume=volume, page=page)
    return t("confidential.title_on_page", page=volume) if volume else t("confidential.title_on_paper")


def _from(part: str) -> list[str]:
    found = _RANGE.fullmatch(part[: 2 * _LONGEST_SERIAL + 1])
    if found is None:
        if not _SERIAL.fullmatch(part) or len(part) > _LONGEST_SERIAL:
            raise ValueError(t("confidential.serial_unreadable"))
        return [part]
    head, low, high = found["first"][: -len(found["low"])], found["low"], found["high"]
    is_run = found["last"][: -len(high)] in (head, "") and int(low) <= int(high) < int(low) + MOST_COPIES
    if not is_run or len(part) > 2 * _LONGEST_SERIAL:
        raise ValueError(t("confidential.serial_unreadable"))
    return [f"{head}{number:0{len(low)}d}" for number in range(int(low), int(high) + 1)]


def _place_in_run(place: tuple[int, str]) -> tuple[str, int, int]:
    """Serials of one run agree in head, length and number less place; 复9 goes on as 复10."""
    at, serial = place
    found = _END.fullmatch(serial)
    if found is None:
        return (serial, 0, at)
    return (found[1], 0 if found[1].endswith("复") else len(found[2]), int(found[2]) - at)
