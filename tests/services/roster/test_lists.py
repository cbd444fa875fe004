# SPDX-License-Identifier: MulanPSL-2.0
from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from township_office.core.errors import OfficeError
from township_office.services.office import Office
from township_office.services.roster import lists, staffing

TODAY = date(2026, 9, 20)
PEOPLE = """name,group,phone,unavailable
孙志强,leader,13800000001,2026-10-01..2026-10-07;2026-10-12
何文斌,leader,13800000002,
李明,staff,13800000003,2026-10-03
"""


def test_people_come_in_with_their_days_and_again_without_doubling(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text(PEOPLE, "utf-8")
    taken = lists.take_people(office, source, TODAY)
    assert (taken.added, taken.changed, taken.unavailable) == (3, 0, 3)
    assert [(one.name, one.phone) for one in staffing.people(office)][2] == ("李明", "13800000003")
    taken = lists.take_people(office, source, TODAY)
    assert (taken.added, taken.changed) == (0, 3)
    assert len(staffing.aways(office)) == 3


def test_a_corrected_table_replaces_the_days_of_its_months(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text(PEOPLE, "utf-8")
    lists.take_people(office, source, TODAY)
    source.write_text(PEOPLE.replace("2026-10-12", "2026-10-15"), "gb18030")
    lists.take_people(office, source, TODAY)
    days = sorted(away.first_on.day for away in staffing.aways(office))
    assert days == [1, 3, 15]


def test_an_office_s_own_table_is_read_by_its_headings(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "值班人员.csv"
    source.write_text("青山镇值班人员名单,,,\n序号,姓名,职务,组别,联系电话\n1,孙 志强,书记,带班领导,138\n", "utf-8")
    lists.take_people(office, source, TODAY)
    (person,) = staffing.people(office)
    assert (person.post, person.groups, person.phone) == ("书记", ("带班领导",), "138")


@pytest.mark.parametrize("wrong", ["李明,,1,\n", "李明,staff,1,二月三十日\n"])
def test_one_bad_row_names_its_line_and_nothing_comes_in(office: Office, tmp_path: Path, wrong: str) -> None:
    source = tmp_path / "people.csv"
    source.write_text("name,group,phone,unavailable\n王芳,staff,2,\n" + wrong, "utf-8")
    with pytest.raises(OfficeError, match="第 3 行"):
        lists.take_people(office, source, TODAY)
    assert staffing.people(office) == []


def test_lines_come_in_in_their_order_and_those_not_named_are_kept_no_longer(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "lines.json"
    leader = {"name": "带班领导", "group": "leader", "people": 1, "shift": "24h"}
    source.write_text(json.dumps([leader, {"name": "值班员", "group": "staff", "people": 2, "shift": "day+night"}]))
    lists.take_lines(office, source, TODAY)
    assert [(one.name, one.people, one.shift) for one in staffing.lines(office)] == [
        ("带班领导", 1, "24h"), ("值班员", 2, "day+night"),
    ]  # fmt: skip
    source.write_text(json.dumps([{"name": "司机", "group": "driver"}, leader]))
    lists.take_lines(office, source, TODAY)
    assert [one.name for one in staffing.lines(office)] == ["司机", "带班领导"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '[{"name": "甲"}]',
                                  '[{"name": "甲", "group": "乙", "kinds": ["monday"]}]'])  # fmt: skip
def test_what_is_no_list_of_lines_is_refused_in_words(office: Office, tmp_path: Path, text: str) -> None:
    source = tmp_path / "lines.json"
    source.write_text(text)
    with pytest.raises(OfficeError, match="岗位清单"):
        lists.take_lines(office, source, TODAY)
    assert staffing.lines(office) == []


def test_many_days_of_everybody_part_no_cells(office: Office, tmp_path: Path) -> None:
    days = ";".join(f"2026-{month:02}-11" for month in range(1, 13))
    rows = "".join(f"{name},leader,138,{days}\n" for name in ("孙志强", "何文斌", "周立新", "李明", "王芳", "许晴"))
    path = tmp_path / "people.csv"
    path.write_text(f"name,group,phone,unavailable\n{rows}", "utf-8")
    taken = lists.take_people(office, path, TODAY)
    assert (taken.added, taken.unavailable) == (6, 72)


@pytest.mark.parametrize(("line", "words"), [({"shift": "36h"}, "第 2 行：班次“36h”看不懂"),
                                             ({"name": " 甲"}, "第 2 行：岗位“甲”写了两次")])  # fmt: skip
def test_the_line_at_fault_is_named(office: Office, tmp_path: Path, line: dict[str, str], words: str) -> None:
    source = tmp_path / "lines.json"
    source.write_text(json.dumps([{"name": "甲", "group": "乙"}, {"name": "丙", "group": "乙"} | line]))
    with pytest.raises(OfficeError, match=words):
        lists.take_lines(office, source, TODAY)
    assert staffing.lines(office) == []


def test_a_table_without_a_single_person_is_said_to_be_one(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("name,group,phone,unavailable\n", "utf-8")
    with pytest.raises(OfficeError, match="一个人也没有"):
        lists.take_people(office, source, TODAY)
