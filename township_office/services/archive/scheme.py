# SPDX-License-Identifier: MulanPSL-2.0
"""分类方案 — how this office numbers and divides its archive: 全宗, 机构 or 问题, templates, retention table.

机构 and 问题 are alternatives, never mixed; a small township may have neither (DA/T 22 5.2).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from township_office.core.errors import OfficeError
from township_office.core.text import RESOURCES, t
from township_office.registers.archive.codes import BY_CODE, WS, Segments, reference_code
from township_office.registers.archive.retention import Rule, as_line, read_table, retention_of, rules_of
from township_office.services.office import Office
from township_office.services.settings import get_setting, pairs_of, set_setting

BY_ORG, BY_SUBJECT, UNDIVIDED = "org", "subject", "none"
BASE_TABLE = RESOURCES / "retention" / "township.toml"


@dataclass(frozen=True, slots=True)
class Scheme:
    """How this office's archive is divided. orgs: code → name of each 机构 or 问题, the first being the usual one."""

    fonds_no: str
    fonds_name: str
    division: str
    orgs: Mapping[str, str]
    templates: Mapping[str, str]  # by 门类

    def code(self, segments: Segments) -> str:
        """Return the 档号 of segments; of a class where item is 0."""
        return reference_code(self.template(segments.category), segments)

    def template(self, category: str) -> str:
        """Return the template of a 门类 and its sub-classes."""
        return self.templates.get(category.partition("·")[0], self.templates[WS])

    def has_orgs(self, category: str) -> bool:
        """Whether the items of a 门类 are divided by 机构 or 问题."""
        return "{org}" in self.template(category)

    def same_class(self, place: Segments) -> list[str]:
        """Return the codes one class may have: items filed before the 全宗号 was given bear none."""
        return [self.code(replace(place, item=0, fonds=fonds)) for fonds in {place.fonds or self.fonds_no, ""}]

    def org_code(self, text: str) -> str:
        """Return the code of a 机构 or 问题 given by code or name; what is unknown is its own code ("" stays "")."""
        for code, name in self.orgs.items():
            if text in (code, name):
                return code
        return text

    def org_name(self, code: str) -> str:
        """Return the name of a 机构 or 问题; its code where it is unknown."""
        return self.orgs.get(code, code)


def scheme_of(office: Office) -> Scheme:
    """Return the office's scheme."""
    division = get_setting(office, "archive.division")
    return Scheme(
        fonds_no=get_setting(office, "archive.fonds_no"),
        fonds_name=get_setting(office, "archive.fonds_name") or get_setting(office, "office.name"),
        division=division,
        orgs={} if division == UNDIVIDED else dict(pairs_of(get_setting(office, "archive.orgs"))),
        templates={code: get_setting(office, f"archive.template.{code}") for code in BY_CODE},
    )


def segments_of(row: Mapping[str, object], item: int = 0) -> Segments:
    """Return the segments that stand in an item's fields; those of its class where item is 0."""
    retention = retention_of(str(row["retention_period"] or ""))
    return Segments(
        str(row["fonds_no"] or ""), str(row["category"] or WS), int(str(row["archive_year"])),
        retention.code if retention else "", str(row["org_or_subject"] or ""), item, int(str(row["volume_no"] or 0)),
    )  # fmt: skip


def retention_table(office: Office) -> list[Rule]:
    """Return the office's own table, the one that comes with the program where it has no sound one."""
    kept = get_setting(office, "archive.retention")
    return rules_of(json.loads(kept)) if kept else list(_base_table())


@cache
def _base_table() -> tuple[Rule, ...]:
    """Read it once: a filing is proposed at every stroke of a key."""
    return tuple(read_table(BASE_TABLE))


def save_retention_table(office: Office, rules: Sequence[Rule]) -> None:
    """Keep the office's own table; raise OfficeError naming the line that cannot be used."""
    lines = [as_line(rule) for rule in rules]
    rules_of(lines)
    if not lines:
        raise OfficeError("archive.table_empty")
    set_setting(office, "archive.retention", json.dumps(lines, ensure_ascii=False))


def class_words(scheme: Scheme, segments: Segments) -> str:
    """Return a class as people call it: 2025年 永久 党政综合办公室."""
    retention = retention_of(segments.retention)
    parts = [t("archive.year", year=segments.year), retention.word if retention else "", scheme.org_name(segments.org)]
    if segments.category != WS:
        category = BY_CODE.get(segments.category.partition("·")[0])
        parts.insert(0, category.name if category else segments.category)
    return " ".join(filter(None, parts))
