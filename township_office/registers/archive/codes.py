# SPDX-License-Identifier: MulanPSL-2.0
"""档号 — the reference code of an archive item, by a template for each category (DA/T 22 5.4, DA/T 13-2022).

Segments are kept apart; the code is made from them. "-" joins levels, "·" joins parts of one level, both half-width.
The county archive decides separators and widths, so templates are data: {item} has four digits, {item:5} five.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from township_office.core.errors import OfficeError

LARGEST_ITEM = 9999
_DIGITS = {"item": 4, "volume": 3}  # of a number where its template names no other width
_PLACE = re.compile(r"\{(\w+)(?::([3-6]))?\}")
_BY_ITEM = re.compile(r".+-\{item(?::[3-6])?\}")
_PATTERNS = {
    "fonds": r"[A-Za-z]\d{3,4}|[A-Za-z0-9]{2,8}",
    "category": r"[A-Z]{2}(?:·(?!(?:19|20)\d{2}\b)[A-Z0-9]{1,4})*",
    "year": r"(?:19|20)\d{2}",
    "retention": r"Y|D30|D10|C|D",
    "org": r"[A-Z0-9\u4e00-\u9fff]{1,10}",
    "volume": r"\d{3,6}",
    "item": r"\d{3,6}",
}
_WIDE = str.maketrans("－—–―﹣•・‧∙０１２３４５６７８９", "-----····0123456789")


@dataclass(frozen=True, slots=True)
class Category:
    """One class of archives: its code in a 档号, its name, and the template of its codes."""

    code: str
    name: str
    template: str


BY_ITEM = "{fonds}-{category}·{year}-{retention}-{org}-{item}"
BY_VOLUME = "{fonds}-{category}·{year}-{volume}-{item}"
CATEGORIES = (
    Category("WS", "文书", BY_ITEM),
    Category("KJ", "科技", "{fonds}-{category}-{volume}-{item}"),
    Category("KU", "会计", BY_VOLUME),
    Category("ZY", "专业", "{fonds}-{category}·{year}·{retention}-{volume}-{item}"),
    Category("ZP", "照片", "{fonds}-{category}·{year}-{retention}-{item}"),
    Category("LY", "录音", "{fonds}-{category}·{year}-{retention}-{item}"),
    Category("LX", "录像", "{fonds}-{category}·{year}-{retention}-{item}"),
    Category("SW", "实物", "{fonds}-{category}·{year}-{retention}-{item}"),
)
BY_CODE = {category.code: category for category in CATEGORIES}


@dataclass(frozen=True, slots=True)
class Segments:
    """What a 档号 is made of. category may have sub-classes (KU·01); volume is 0 where items are filed one by one."""

    fonds: str
    category: str
    year: int
    retention: str
    org: str
    item: int
    volume: int = 0

    @property
    def lowest_class(self) -> Segments:
        """The class within which 件号 run from 1 (DA/T 22 5.4.3 e)."""
        return replace(self, item=0)


def reference_code(template: str, segments: Segments) -> str:
    """Return the 档号 of segments; parts that are empty fall out with their separator (no 全宗号 yet, no 机构)."""
    said = {
        "fonds": segments.fonds, "category": segments.category, "year": str(segments.year),
        "retention": segments.retention, "org": segments.org,
        "volume": str(segments.volume) if segments.volume else "", "item": str(segments.item),
    }  # fmt: skip
    levels = ("·".join(filter(None, _filled(level, said).split("·"))) for level in template.split("-"))
    return "-".join(filter(None, levels))


def read_code(template: str, text: str) -> Segments | None:
    """Return the segments of a 档号 as people write it, None when it does not fit the template."""
    plain = re.sub(r"\s+", "", text).translate(_WIDE).upper()
    found = _reader(template).fullmatch(plain)
    if found is None:
        return None
    said = {name: value or "" for name, value in found.groupdict().items()}
    return Segments(
        said.get("fonds", ""), said.get("category", ""), int(said.get("year") or 0), said.get("retention", ""),
        said.get("org", ""), int(said.get("item") or 0), int(said.get("volume") or 0),
    )  # fmt: skip


def check_template(template: str) -> None:
    """Raise OfficeError unless a template has 门类, 件号 as its last level, and no place that is none of ours."""
    places = [name for name, _ in _PLACE.findall(template)]
    known = {field.name for field in fields(Segments)}
    rest = _PLACE.sub("", template)
    is_whole = {"category", "item"} <= set(places) <= known and len(set(places)) == len(places)
    has_odd_width = any(width and name not in _DIGITS for name, width in _PLACE.findall(template))
    if not is_whole or has_odd_width or set(rest) - set("-·") or not _BY_ITEM.fullmatch(template):
        raise OfficeError("archive.template", known="、".join(sorted(f"{{{name}}}" for name in known)))


def of_class(template: str) -> str:
    """Return the template of the class whose items a template numbers: all but 件号."""
    return template.rpartition("-")[0]


def _filled(level: str, said: Mapping[str, str]) -> str:
    def fill(place: re.Match[str]) -> str:
        text = said[place[1]]
        return text.zfill(int(place[2] or _DIGITS.get(place[1], 0))) if text else ""

    return _PLACE.sub(fill, level)


def _reader(template: str) -> re.Pattern[str]:
    """Every part but category and item may be missing, with the separator before it."""
    pattern, separator = "", ""
    for piece in re.split(r"([-·])", template):
        if piece in ("-", "·"):
            separator = re.escape(piece)
            continue
        name = _PLACE.fullmatch(piece)
        if name is None:
            return re.compile(r"(?!)")
        part = f"(?P<{name[1]}>{_PATTERNS[name[1]]})"
        if name[1] in ("category", "item"):
            pattern += separator + part if name[1] == "item" else part
        elif name[1] == "fonds":
            pattern += f"(?:{part}-)?"
        else:
            pattern += f"(?:{separator}{part})?"
    return re.compile(pattern)
