# SPDX-License-Identifier: MulanPSL-2.0
"""档号 — the reference code of an archive item, by a template for each category (DA/T 22 5.4, DA/T 13-2022).

Segments are kept apart; the code is made from them. "-" joins levels, "·" joins parts of one level, both half-width.
The county archive decides separators and widths, so templates are data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import combinations

from township_office.core.errors import OfficeError

_DIGITS = {"item": 4, "volume": 3}  # how wide numbers are written unless the template says: {item:3}
_PLACE = re.compile(r"\{([a-z]+)(?::([3-6]))?\}")
_PATTERNS = {
    "fonds": r"[A-Z0-9]{1,10}",
    "category": r"[A-Z]{2}(?:·(?!(?:19|20)[0-9]{2}(?![A-Z0-9]))[A-Z0-9]{1,4})*",
    "year": r"(?:19|20)[0-9]{2}",
    "retention": r"Y|D30|D10|C|D",
    "org": r"[A-Z0-9\u4e00-\u9fff]{1,10}",
    "volume": r"(?=0*[1-9])[0-9]{1,6}",
    "item": r"(?=0*[1-9])[0-9]{1,6}",
}
_OPTIONAL = ("fonds", "org", "volume", "retention", "year")  # those first that fall out more often
_WIDE = str.maketrans("‐‑‒–—―−•・‧∙⋅", "-------·····")


@dataclass(frozen=True, slots=True)
class Category:
    """One class of archives: its code in a 档号, its name, and the template of its codes."""

    code: str
    name: str
    template: str


WS = "WS"  # what a document is unless it is said otherwise
BY_ITEM = "{fonds}-{category}·{year}-{retention}-{org}-{item}"
BY_VOLUME = "{fonds}-{category}·{year}-{volume}-{item:3}"
CATEGORIES = (
    Category(WS, "文书", BY_ITEM),
    Category("KJ", "科技", "{fonds}-{category}-{volume}-{item:3}"),
    Category("KU", "会计", BY_VOLUME),
    Category("ZY", "专业", "{fonds}-{category}·{year}·{retention}-{volume}-{item:3}"),
    Category("ZP", "照片", "{fonds}-{category}·{year}-{retention}-{item}"),
    Category("LY", "录音", "{fonds}-{category}·{year}-{retention}-{item}"),
    Category("LX", "录像", "{fonds}-{category}·{year}-{retention}-{item}"),
    Category("SW", "实物", "{fonds}-{category}·{year}-{retention}-{item}"),
)
BY_CODE = {category.code: category for category in CATEGORIES}
LARGEST_ITEM = 9999  # of an old catalogue; what a template has room for is largest_item


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


def reference_code(template: str, segments: Segments) -> str:
    """Return the 档号 of segments; parts that are empty fall out with their separator (no 全宗号 yet, no 机构).

    Without 件号 it is the code of their class.
    """
    said: dict[str, str | int] = {
        "fonds": segments.fonds, "category": segments.category, "year": segments.year,
        "retention": segments.retention, "org": segments.org, "volume": segments.volume, "item": segments.item,
    }  # fmt: skip
    return _joined(template, said, lambda name, digits: format(said[name], f"0{digits}d" if digits else ""))


def largest_item(template: str) -> int:
    """Return the highest 件号 the template has room for; in a full class the county has to give another digit."""
    return int("9" * next(digits for name, digits in _places(template) if name == "item"))


def read_code(template: str, text: str) -> Segments | None:
    """Return the segments of a 档号 as people write it, None when it does not fit the template.

    Whatever but 门类 and 件号 may be missing, with its separator: the fewest that can be.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_WIDE).upper()
    found = next(filter(None, (reader.fullmatch(plain) for reader in _readers(template))), None)
    if found is None:
        return None
    said = found.groupdict()
    return Segments(
        said.get("fonds", ""), said["category"], int(said.get("year", 0)), said.get("retention", ""),
        said.get("org", ""), int(said["item"]), int(said.get("volume", 0)),
    )  # fmt: skip


def is_segment(name: str, text: str) -> bool:
    """Return whether a 档号 that has text as its fonds, category or org can be read again."""
    return re.fullmatch(_PATTERNS[name], text) is not None


def check_template(template: str) -> None:
    """Raise OfficeError unless a template has 门类 and at its end 件号, and no place that is none of ours."""
    known = [field.name for field in fields(Segments)]
    pieces = re.split(r"[-·]", template)
    places = [place and place[1] for place in map(_PLACE.fullmatch, pieces)]
    is_sound = set(places) <= set(known) and len(set(places)) == len(places)
    widths = {place[1] for place in _PLACE.finditer(template) if place[2]}
    if not is_sound or "category" not in places or places[-1] != "item" or not widths <= _DIGITS.keys():
        raise OfficeError("archive.template", known="、".join(f"{{{name}}}" for name in known))


@cache
def _places(template: str) -> list[tuple[str, int]]:
    """Return the places of a template with the digits each is written in, 0 for what is no number."""
    return [(place[1], int(place[2] or _DIGITS.get(place[1], 0))) for place in _PLACE.finditer(template)]


def _joined(template: str, there: Mapping[str, object], write: Callable[[str, int], str]) -> str:
    """Return the template filled in, without the parts that are not there and their separators."""
    levels = (
        "·".join(write(name, digits) for name, digits in _places(level) if there.get(name))
        for level in template.split("-")
    )
    return "-".join(filter(None, levels))


@cache
def _readers(template: str) -> list[re.Pattern[str]]:
    """Return what reads a code in full, then without one of its parts, then without two …"""
    parts = {name: f"(?P<{name}>{_PATTERNS[name]})" for name, _ in _places(template)}
    optional = [name for name in _OPTIONAL if name in parts]
    return [
        re.compile(_joined(template, {**parts, **dict.fromkeys(gone, "")}, lambda name, _: parts[name]))
        for count in range(len(optional) + 1)
        for gone in combinations(optional, count)
    ]


def category_name(code: str) -> str:
    """Return 文书 for WS, 会计 KU·01 for a sub-class; what is unknown is its own name."""
    known = BY_CODE.get(code.partition("·")[0])
    return code if known is None else known.name if code == known.code else f"{known.name} {code}"
