# SPDX-License-Identifier: MulanPSL-2.0
"""The retention table as a text file that townships hand on: TOML, as the one that comes with the program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from township_office.core.errors import OfficeError
from township_office.core.gate import clean_text
from township_office.core.text import t
from township_office.paper.files import whole_file
from township_office.registers.archive.retention import Rule, as_line, read_table
from township_office.services import tripwire
from township_office.services.office import Office
from township_office.services.settings import get_setting

_LARGEST = 1_000_000  # bytes
_WIDEST, _WIDEST_LIST = 150, 90  # characters of a line, and of one inside a list


def load_table(office: Office, path: Path) -> list[Rule]:
    """Return the lines of a table file; raise OfficeError when it is none, or names the line that cannot be used."""
    tripwire.refuse_name("archive.retention.file", path, office.clerk)
    try:
        is_large = path.stat().st_size > _LARGEST
    except OSError as fault:
        raise OfficeError("archive.table_unreadable", path=path) from fault
    if is_large:
        raise OfficeError("archive.table_unreadable", path=path)
    rules = [_clean(rule) for rule in read_table(path)]
    tripwire.refuse("archive.retention.file", _text(rules), clerk=office.clerk)
    return rules


def save_table(office: Office, rules: Sequence[Rule], path: Path) -> None:
    """Write a table to a file that load_table reads; raise OfficeError where it cannot be written."""
    tripwire.refuse_name("archive.retention.file", path, office.clerk)
    approval = get_setting(office, "archive.retention_approval")
    head = [t("retention.file_head", office=get_setting(office, "office.name"))]
    head += [t("retention.file_approval", approval=approval)] if approval else []
    with whole_file(path) as partial:
        partial.write_text("".join(f"# {line}\n" for line in head) + _text(rules), "utf-8")


def _clean(rule: Rule) -> Rule:
    return replace(
        rule, group=clean_text(rule.group), matter=clean_text(rule.matter), source=clean_text(rule.source),
        words=tuple(filter(None, map(clean_text, rule.words))),
    )  # fmt: skip


def _text(rules: Sequence[Rule]) -> str:
    """A line of the table is [[rule]] with its values; what JSON writes of texts and lists, TOML reads."""
    lines = []
    for rule in rules:
        lines += ["", "[[rule]]"]
        lines += [f"{name} = {_value(value)}" for name, value in as_line(rule).items() if name != "words" or value]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if not isinstance(value, list) or len(text) <= _WIDEST:
        return text
    lines = [""]
    for one in value:
        word = json.dumps(one, ensure_ascii=False)
        if len(lines[-1]) + len(word) > _WIDEST_LIST:
            lines.append("")
        lines[-1] += f"{word}, "
    return "[\n" + "".join(f"    {line.rstrip()}\n" for line in lines) + "]"
