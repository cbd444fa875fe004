# SPDX-License-Identifier: MulanPSL-2.0
"""roster FILE import SHEET…: what would come in, what came in, what the caller must say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from township_office.services.checking import verify
from township_office.services.office import open_office
from township_office.services.roster import importing, staffing
from township_office.store import duty


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "值班表.csv"
    path.write_text("日期,带班领导,值班人员\n2024-10-01,孙志强,李明 王芳\n2024-10-08,孙志强,全体人员\n", "utf-8")
    return path


def test_a_dry_run_says_everything_and_writes_nothing(told, file: Path, sheet: Path) -> None:
    answer = told("roster", file, "import", sheet, "--dry-run")
    assert (answer["turns"], answer["dry_run"]) == (4, True)
    assert answer["months"] == [{"month": "2024-10", "turns": 4, "standing": "new", "taken": True}]
    assert [(one["heading"], one["group"], one["is_new"]) for one in answer["columns"]] == [
        ("带班领导", "带班领导", True), ("值班人员", "值班员", True),
    ]  # fmt: skip
    assert {one["name"]: one["kinds"] for one in answer["people"]}["孙志强"] == {"holiday": 1, "workday": 1}
    assert [(one["row"], "全体人员" in one["why"]) for one in answer["problems"]] == [(3, True)]
    with open_office(file, "王") as office:
        assert duty.months(office.db) == []


def test_it_comes_in_once_and_again_only_as_said(told, run, refused, file: Path, sheet: Path) -> None:
    code, words, _ = run("roster", file, "import", sheet)
    assert code == 0
    assert words.splitlines()[0] == "已导入 4 班：2024-10。名单上新增 3 人。"
    assert "第3行" in words
    assert "没有可以导入的" in refused("roster", file, "import", sheet)
    assert told("roster", file, "import", sheet, "--replace", "--column", "值班人员=")["turns"] == 2
    with open_office(file, "王") as office:
        assert [one.month for one in importing.imported_months(office)] == ["2024-10"]
        assert sum(one.count for one in duty.counts(office.db)) == 2
        assert verify(office).findings == ()


def test_columns_go_where_the_caller_says(told, refused, file: Path, sheet: Path) -> None:
    with open_office(file, "王") as office:
        staffing.save_line(office, {"name": "值守", "group_name": "干部"}, date(2026, 11, 20))
    columns = told("roster", file, "import", sheet, "--column", "值班人员=值守", "--column", "带班领导=领导")["columns"]
    assert [(one["line"], one["group"]) for one in columns] == [("带班领导", "领导"), ("值守", "干部")]
    assert "没有“司机”这一列" in refused("roster", file, "import", sheet, "--column", "司机=驾驶员")


def test_a_year_that_is_nowhere_is_asked_for(told, refused, file: Path, tmp_path: Path) -> None:
    path = tmp_path / "10月值班表.csv"
    path.write_text("日期,值班\n1日,李明\n2日,王芳\n", "utf-8")
    assert "--year" in refused("roster", file, "import", path)
    assert told("roster", file, "import", path, "--year", "2023")["months"][0]["month"] == "2023-10"
