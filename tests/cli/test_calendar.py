# SPDX-License-Identifier: MulanPSL-2.0
"""The days of a year as JSON, without a file, with one, and with a calendar taken in."""

from __future__ import annotations

import json
from pathlib import Path

NOTICE = "2027年放假安排\n元旦：1月1日放假。\n春节：2月5日至12日放假调休，共8天。1月31日（周日）上班。"
KINDS = {"workday", "restday", "holiday", "spring_festival"}


def day(days: list[dict], which: str) -> dict:
    return next(one for one in days if one["date"] == which)


def test_a_year_without_a_file(run, told):
    days = told("calendar", 2026)
    assert len(days) == 365
    assert {tuple(one) for one in days} == {("date", "kind", "name")}
    assert {one["kind"] for one in days} == KINDS
    assert day(days, "2026-02-17") == {"date": "2026-02-17", "kind": "spring_festival", "name": "春节"}
    assert day(days, "2026-10-10")["kind"] == "workday"
    code, out, err = run("calendar", 2026)
    assert (code, json.loads(out), err) == (0, days, "")


def test_a_year_nobody_announced_is_said_so(run):
    code, out, err = run("calendar", 2031)
    assert code == 0
    assert {one["kind"] for one in json.loads(out)} == {"workday", "restday"}
    assert "2031 年的放假安排还没有导入" in err


def test_the_offices_own_calendar_counts(run, told, file: Path, tmp_path: Path):
    source = tmp_path / "通知.txt"
    source.write_text(NOTICE, "utf-8")
    taken = told("calendar", file, "--import", source)
    assert (taken["year"], [one["name"] for one in taken["holiday"]]) == (2027, ["元旦", "春节"])
    for words in ((2027, file), (file, 2027)):
        days = told("calendar", *words)
        assert day(days, "2027-02-05")["kind"] == "spring_festival"
        assert day(days, "2027-01-31")["kind"] == "workday"
    table = tmp_path / "2027.toml"
    table.write_text('year = 2027\n[[holiday]]\nname = "春节"\noff = [2027-02-05]\n', "utf-8")
    told("calendar", file, 2027, "--import", table)
    assert day(told("calendar", 2027, file), "2027-02-06")["kind"] == "restday"
    assert "还没有导入" in run("calendar", 2027)[2]


def test_a_doubtful_notice_is_not_taken(told, refused, file: Path, tmp_path: Path):
    source = tmp_path / "通知.txt"
    source.write_text(NOTICE.replace("共8天", "共9天"), "utf-8")
    assert "通知写共 9 天，认出来的是 8 天" in refused("calendar", file, "--import", source)
    source.write_text("延长2026年春节假期至2月25日。", "utf-8")
    told("calendar", file, "--import", source)
    assert day(told("calendar", 2026, file), "2026-02-25")["kind"] == "spring_festival"


def test_what_is_refused(refused, file: Path, tmp_path: Path):
    table = tmp_path / "2027.toml"
    table.write_text('year = 2027\n[[holiday]]\nname = "春节"\noff = [2027-02-05]\n', "utf-8")
    assert "请写上年份" in refused("calendar", file)
    assert "请写上年份" in refused("calendar", 1812)
    assert "多出来的" in refused("calendar", 2026, 2027)
    assert "多出来的" in refused("calendar", 2026, file, file)
    assert "写明读到哪个文件里" in refused("calendar", 2027, "--import", table)
    assert "2027 年的放假安排，不是 2026 年的" in refused("calendar", 2026, file, "--import", table)
    refused("calendar", code=2)
