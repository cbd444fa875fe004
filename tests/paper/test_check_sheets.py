# SPDX-License-Identifier: MulanPSL-2.0
"""归柜核对单 and 清退核对表 say what was found, and bear no secrecy mark."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from tests.paper.test_forms import GOLDEN, dump
from township_office.paper import pdf
from township_office.paper.forms import clearance_check, day_check_sheet
from township_office.paper.forms.day_check_sheet import CopyLine
from township_office.paper.forms.office_sheet import Imprint


@dataclass(frozen=True)
class Compared:
    group: str
    place: str
    number: str
    doc_number: str
    serial: str
    level: str
    words: str


@pytest.fixture
def imprint(today: date) -> Imprint:
    return Imprint("岐山县蒲村镇人民政府", "2026-11-20", today)


def copies(*seen: bool | None) -> list[CopyLine]:
    here = [CopyLine("甲3", "涉2026-001", f"00010{at}", one) for at, one in enumerate(seen, start=1)]
    return [*here, CopyLine("甲3", "涉2026-002", "000007", None, "孙志强，2026-11-20 09:15 起")]


def compared() -> list[Compared]:
    return [
        Compared("unlisted", "", "涉2026-002", "〔2026〕16号", "000021", "秘密", "在柜 甲3"),
        Compared("matched", "目录 第 3 行", "涉2026-001", "〔2026〕15号", "000012", "机密", "在柜 甲3"),
        Compared("missing", "目录 第 4 行", "", "〔2026〕15号", "000013", "", "本机没有登记这一份"),
        Compared("doubt", "目录 第 5 行", "", "", "", "", "没有文号"),
    ]


def test_day_check_sheet(imprint: Imprint) -> None:
    pages = (
        day_check_sheet.build(copies(None, None), imprint),
        day_check_sheet.build(copies(True, False), imprint, "17:05 已核对：赵保密、王春燕"),
        day_check_sheet.build([], imprint),
    )
    assert "\n".join(map(dump, pages)) == (GOLDEN / "paper_day_check_sheet.txt").read_text("utf-8")


def test_clearance_check(imprint: Imprint) -> None:
    pages = (clearance_check.build(compared(), imprint, 2), clearance_check.build([], imprint, 0))
    assert "\n".join(map(dump, pages)) == (GOLDEN / "paper_clearance_check.txt").read_text("utf-8")


def test_they_say_internal_and_no_level_as_a_mark(imprint: Imprint) -> None:
    for page in (day_check_sheet.build(copies(True), imprint), clearance_check.build(compared(), imprint, 0)):
        head = dump(replace(page, body=()))
        assert "内部资料　注意保管" in head
        assert not any(word in head for word in ("秘密", "机密", "绝密"))


def test_they_are_drawn_in_memory(imprint: Imprint) -> None:
    for page in (day_check_sheet.build(copies(*[True] * 60), imprint), clearance_check.build(compared(), imprint, 0)):
        assert pdf.draw(page)[1].startswith(b"%PDF")
