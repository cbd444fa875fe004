# SPDX-License-Identifier: MulanPSL-2.0
"""年报: every figure is counted again, row by row."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.services.archive.keeping import TODAY, file_item, fill, ids, lend
from township_office.core.errors import OfficeError
from township_office.registers.archive.care import ACCESS_LOG, codes_in
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.status import state_of
from township_office.services import browsing, records
from township_office.services.archive import appraisal, statistics, transfer
from township_office.services.archive.statistics import Amount, Used
from township_office.services.browsing import View
from township_office.services.office import Office

YEAR = TODAY.year


def everything(office: Office, register) -> list[dict]:
    rows = browsing.rows(office, register, browsing.row_ids(office, register, View(), date.max))
    return [row for row in rows if row["voided_on"] is None]


def amount(rows: list[dict]) -> Amount:
    boxes = {(row["series"], row["period"], row["box_no"]) for row in rows if row["box_no"]}
    return Amount(len(rows), sum(row["page_count"] or 0 for row in rows), len(boxes))


def of_year(rows: list[dict], day: str, year: int) -> list[dict]:
    return [row for row in rows if row[day] and row[day].year == year]


def grouped(rows: list[dict], *names: str) -> dict:
    keys = {tuple(row[name] for name in names) for row in rows}
    return {
        key if len(key) > 1 else key[0]: amount([row for row in rows if tuple(row[n] for n in names) == key])
        for key in keys
    }


def check(office: Office, year: int) -> statistics.Statistics:
    """Hold every figure against the rows."""
    found, items = statistics.statistics(office, year, TODAY), everything(office, ARCHIVE_ITEM)
    held = [
        row for row in items if state_of(ARCHIVE_ITEM, row, TODAY).key in ("kept", "lent", "taken_out", "unnumbered")
    ]
    assert found.by_year == grouped(held, "archive_year", "retention_period")
    kinds = [row | {"category": row["category"].partition("·")[0]} for row in held]
    assert found.by_category == grouped(kinds, "category")
    assert found.held == amount(held)
    filed = of_year(items, "filed_on", year)
    assert found.filed == grouped(filed, "retention_period")
    assert found.filed_in_all == amount(filed)
    assert found.transferred == amount(of_year(items, "transferred_on", year))
    assert found.destroyed == amount(of_year(items, "destroyed_on", year))
    uses = [row for row in everything(office, ACCESS_LOG) if row["year"] == year]
    visits = Counter(row["way"] for row in uses)
    assert {way: used.visits for way, used in found.used.items()} == visits
    for way, used in found.used.items():
        of_it = [row for row in uses if row["way"] == way]
        assert used.items == sum(len(codes_in(row["reference_codes"])) for row in of_it)
        assert used.pages == sum(row["copied_pages"] or 0 for row in of_it)
    assert found.used_in_all.visits == len(uses)
    assert found.expired == len(appraisal.expired(office, TODAY)) + sum(
        one.destroyed + one.kept for one in appraisal.appraisals(office) if not one.row["destroyed_on"]
    )
    assert found.to_transfer == sum(len(one.ids) for one in transfer.due(office, TODAY))
    return found


def test_an_empty_archive_has_nothing_but_noughts(office: Office):
    found = check(office, YEAR)
    assert (found.held, found.used_in_all, found.expired) == (Amount(), Used(), 0)
    assert statistics.years(office, TODAY) == [YEAR]
    assert [line.cells[0] for line in statistics.lines(found)] == [0] * 8


def test_a_year_of_an_office(office: Office):
    rows = fill(office)
    assert check(office, YEAR).filed == {"永久": Amount(1, 3, 0)}
    lend(office, f"{rows[3]['number']}、{rows[4]['number']}")
    lend(office, str(rows[5]["number"]), way="复制", copied_pages="12")
    wrong = lend(office, str(rows[5]["number"]), way="阅览")
    records.void(office, ACCESS_LOG, wrong["id"], "重复", TODAY)
    begun = appraisal.begin(office, {"begun_on": "今天", "title": "到期", "head": "甲"}, ids(rows)[:2], TODAY)
    assert check(office, YEAR).expired == 3
    appraisal.approve(office, begun["id"], {"approver": "孙志强", "approved_on": "2026-11-20"}, TODAY)
    appraisal.destroy(office, begun["id"], {"witness_one": "甲", "witness_two": "乙", "destroyed_on": "今天"}, TODAY)
    draft = {"handed_on": "今天", "title": "2014年", "receiving_unit": "县档案馆"}
    with pytest.raises(OfficeError):
        transfer.hand_over(office, draft, ids(rows)[3:4], TODAY)
    found = check(office, YEAR)
    assert found.destroyed == Amount(2, 6, 1)
    assert (found.used, found.to_transfer) == ({"复制": Used(1, 1, 12), "借出": Used(1, 2, 0)}, 2)
    assert list(found.by_year)[:3] == [(2025, "永久"), (2014, "永久"), (2014, "30年")]
    assert statistics.years(office, TODAY)[:2] == [2026, 2015]


def test_any_archive_is_counted_as_its_rows_are(office: Office):
    chance = random.Random(20261120)
    for place in range(60):
        year = chance.choice((2008, 2012, 2014, 2016, 2025))
        category = chance.choice(("WS", "WS", "ZP", "KU·01"))
        box = str(chance.randrange(1, 4)) if chance.random() < 0.7 else ""
        period = chance.choice(("永久", "30年", "10年"))
        volume = {"永久": "1", "30年": "2", "10年": "3"}[period] if category == "KU·01" else ""  # of one period
        file_item(office, year, period, f"第{place}件", category=category, box=box, volume_no=volume,
                  page_count=chance.choice(("", "1", "25")))  # fmt: skip
    every = everything(office, ARCHIVE_ITEM)
    records.void(office, ARCHIVE_ITEM, every[3]["id"], "重复", TODAY)
    draft = {"handed_on": "2025-12-01", "title": "一批", "receiving_unit": "县档案馆"}
    transfer.hand_over(office, draft, [row["id"] for row in every[10:20]], TODAY)
    for place in range(20):
        codes = "、".join(f"旧{n}" for n in range(chance.randrange(1, 5)))
        day = TODAY - timedelta(40 * place)
        way = chance.choice(("阅览", "摘抄", "复制"))
        lend(office, codes, used_on=str(day), way=way, copied_pages=chance.choice(("", "7")), due_on="")
    for year in statistics.years(office, TODAY):
        found = check(office, year)
    assert found.by_category.keys() == {"WS", "ZP", "KU"}


def test_the_report_as_a_sheet_says_what_the_screen_says(office: Office, tmp_path: Path):
    fill(office)
    statistics.export(office, YEAR, tmp_path / "年报.xlsx", TODAY)
    title, heads, *rows = CalamineWorkbook.from_path(str(tmp_path / "年报.xlsx")).get_sheet_by_index(0).to_python()
    assert title[0] == "青山县云水镇党政综合办公室档案统计年报（2026年）"
    assert heads == ["统计项", "分类", "件数", "页数", "盒数"]
    lines = statistics.lines(statistics.statistics(office, YEAR, TODAY))
    assert [tuple(row) for row in rows] == [
        (line.part, line.name, *("" if cell is None else cell for cell in line.cells)) for line in lines
    ]
    assert ("室藏（现有）", "2025年 永久", 1, 3, 0) in [tuple(row) for row in rows]
