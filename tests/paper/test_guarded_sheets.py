# SPDX-License-Identifier: MulanPSL-2.0
"""The sheets around the guarded register: one page each, the code large, never a level as a mark."""

from __future__ import annotations

from datetime import date

import pytest

from tests.paper.test_forms import GOLDEN, dump
from township_office.paper import pdf
from township_office.paper.blocks import Page
from township_office.paper.forms import mishap_sheet, recovery_sheet
from township_office.paper.forms.office_sheet import Imprint
from township_office.registers.mishap import MEASURES

GROUPS = ["000011", "720885", "003663", "048884", "000605", "660000", "000077", "000968"]
CASE = {"found_at": "2026-11-20 09:15", "deadline": "2026-11-21 09:15", "ended_at": "2026-11-20 11:00",
        "reported_to": "县保密局 李科长"}  # fmt: skip
DONE = {"stop": ("2026-11-20 09:16", "王春燕"), "report": ("2026-11-20 10:02", "李向东")}


def imprint(today: date) -> Imprint:
    return Imprint("青山县云水镇党政综合办公室", "", today)


@pytest.fixture
def pages(today: date) -> dict[str, Page]:
    return {
        "recovery_sheet": recovery_sheet.build(GROUPS, imprint(today)),
        "mishap_sheet": mishap_sheet.build(CASE, DONE, imprint(today)),
    }


@pytest.mark.parametrize("name", ["recovery_sheet", "mishap_sheet"])
def test_says_what_it_says(name: str, pages: dict[str, Page]) -> None:
    assert dump(pages[name]) == (GOLDEN / f"paper_{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["recovery_sheet", "mishap_sheet"])
def test_is_one_page_in_memory(name: str, pages: dict[str, Page], chinese_fonts, read_pages) -> None:
    read = read_pages(pdf.drawn(pages[name]))
    assert len(read) == 1
    assert read[0].startswith("内部资料注意保管")
    assert not any(f"{level}★" in read[0] for level in ("秘密", "机密", "绝密"))


def test_every_group_is_on_the_sheet_under_its_number(pages, chinese_fonts, read_pages) -> None:
    text = read_pages(pdf.drawn(pages["recovery_sheet"]))[0]
    for number, group in enumerate(GROUPS, start=1):
        assert f"第{number}组" in text
        assert group in text


def test_an_empty_sheet_has_every_measure_to_fill_in_by_hand(today: date) -> None:
    said = dump(mishap_sheet.build({}, {}, imprint(today)))
    assert all(measure.do in said for measure in MEASURES)
    assert "[]" in said
