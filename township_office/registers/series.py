# SPDX-License-Identifier: MulanPSL-2.0
"""编号系列 — how a register counts: one running sequence per series and period (domain rule: 条例 art. 25, GB/T 9704).

A period is a year, a term (届) or for ever. A number belongs to the year of 收文日期
or 签发日期, is never padded in a 发文字号, and is never given twice.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

YEARLY: Final = "yearly"
PER_TERM: Final = "per_term"
NEVER: Final = "never"
RESETS = (YEARLY, PER_TERM, NEVER)

_PLACES = {"code", "year", "term", "seq"}
_PREFIX = re.compile(r"^(?:.*[省市县区旗州盟])?(.)[^省市县区旗州盟]*?(?:街道|苏木|乡|镇)")
_DIGITS = re.compile(r"\d+")
_SEQUENCE = re.compile(r"\{seq[^}]*\}")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_SPEC = re.compile(r"(?:0?[1-9])?d?")  # how wide a number is written: {seq:04d}
_FIXED = {
    "access_log": "查", "stack_in_out": "库", "climate_log": "温", "stack_check": "检", "appraisal": "鉴",
    "transfer": "移", "duty_log": "值", "duty_event": "报",
}  # fmt: skip
_LONGEST_FORMAT, _LONGEST_NUMBER, _LONGEST_DIGITS = 60, 200, 20


@dataclass(frozen=True, slots=True)
class Series:
    """One running sequence of a register, as the office has set it."""

    register: str  # "receipt"
    code: str  # 机关代字 of a dispatch series ("云政发"), a short word for a receipt series ("收文")
    name: str  # what the clerk calls it: 政府文件
    format: str = "{code}〔{year}〕{seq}号"
    reset: str = YEARLY
    start: int = 1  # the first number this program gives in start_period
    start_period: int = 0  # the period that start belongs to; later periods begin at 1
    term: int = 1  # the running term, used when reset is per_term
    id: int = 0


def format_is_sound(series_format: str) -> bool:
    """Return whether series_format has a sequence, no place we cannot fill, and makes numbers that can be kept."""
    if len(series_format) > _LONGEST_FORMAT or not series_format.isprintable():
        return False
    try:
        parsed = [part for part in string.Formatter().parse(series_format) if part[1] is not None]
    except ValueError:
        return False
    for _, name, spec, conversion in parsed:
        if name not in _PLACES or conversion or not _SPEC.fullmatch(spec or "") or (name == "code" and spec):
            return False
    longest = Series("", "字" * 40, "", series_format, PER_TERM)
    return "seq" in {name for _, name, _, _ in parsed} and len(number_text(longest, 9_999, 99_999)) <= _LONGEST_NUMBER


def number_text(series: Series, period: int, sequence: int, day: date | None = None) -> str:
    """Return the number as written: "云政发〔2026〕1号", "2026-0486"."""
    year = period if series.reset == YEARLY else (day.year if day else 0)
    return series.format.format(code=series.code, year=year, term=period, seq=sequence)


def open_format(series: Series, period: int, day: date | None = None) -> str:
    """Return how numbers of one period are written, all but the sequence filled in: "2026-{seq:04d}"."""
    parts: list[str] = []
    for literal, name, spec, _ in string.Formatter().parse(series.format):
        parts.append(_braced(literal))
        if name == "seq":
            parts.append(f"{{seq:{spec}}}")
        elif name is not None:
            parts.append(_braced(number_text(replace(series, format=f"{{{name}:{spec}}}"), period, 0, day)))
    return "".join(parts)


def _braced(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def open_number(series: Series, day: date) -> str:
    """Return the number as a draft bears it: all but the sequence, which is taken at 签发 ("云政发〔2026〕　　号")."""
    unnumbered = replace(series, format=_SEQUENCE.sub("　　", series.format))
    return number_text(unnumbered, period_of(series, day), 0, day)


def period_of(series: Series, day: date) -> int:
    """Return the period day counts in: its year, the running term, or 0 for a series that never restarts."""
    if series.reset == YEARLY:
        return day.year
    return series.term if series.reset == PER_TERM else 0


def first_sequence(series: Series, period: int) -> int:
    """Return the first number this program may give in period."""
    return series.start if period == series.start_period else 1


def read_sequence(text: str, year: int | None) -> tuple[int | None, int] | None:
    """Read a register's own number ("12", "2021-0003", "20210003", "收〔2023〕第012号") as (year or None, sequence).

    Return None when there is no positive sequence in it; year is a hint for telling 2021 from a sequence.
    """
    digits = _DIGITS.findall(text[:_LONGEST_NUMBER].translate(_WIDE))
    if not digits or len(digits[-1]) > _LONGEST_DIGITS:
        return None
    if len(digits) == 1 and len(digits[0]) in (7, 8, 9) and digits[0][:2] in ("19", "20"):
        digits = [digits[0][:4], digits[0][4:]]
    sequence = int(digits[-1])
    if sequence < 1 or sequence > 99_999:
        return None
    if len(digits) > 1 and len(digits[-2]) == 4 and digits[-2][:2] in ("19", "20"):
        return int(digits[-2]), sequence
    return year, sequence


def default_series(office_name: str, year: int) -> tuple[Series, ...]:
    """Return the series a new office starts with; 代字 are guessed from its name and are its own to change."""
    match = _PREFIX.match(office_name)
    prefix = match[1] if match else "×"
    dispatch = [
        (f"{prefix}政发", "政府文件"), (f"{prefix}委发", "党委文件"), (f"{prefix}办发", "党政办文件"),
        (f"{prefix}政函", "政府函件"), (f"{prefix}任", "任免"),
    ]  # fmt: skip
    return (
        Series("receipt", "收文", "收文", "{year}-{seq:04d}", start_period=year),
        *(Series("dispatch", code, name, start_period=year) for code, name in dispatch),
        Series("dispatch", f"{prefix}纪要", "会议纪要", "{code}第{seq}期", reset=NEVER),
    )


def fixed_series(register_name: str) -> list[Series]:
    """Return the one series of a register whose numbers no office sets: they only tell its lines apart."""
    code = _FIXED.get(register_name)
    return [Series(register_name, code, code, f"{code}{{year}}-{{seq:03d}}")] if code else []
