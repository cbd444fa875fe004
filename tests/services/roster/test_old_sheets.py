# SPDX-License-Identifier: MulanPSL-2.0
"""Old rosters taken in: where columns go, whose the turns are, which months are touched, what is carried, and back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.exchange.conftest import write_xlsx
from township_office.core.errors import OfficeError
from township_office.registers.duty.balance import carried_into
from township_office.registers.duty.plan import DayKind, Drawn, Half, Outcome
from township_office.services.checking import verify
from township_office.services.office import Office
from township_office.services.roster import changing, importing, months, old_sheets, printing, staffing
from township_office.services.roster.importing import TakenIn
from township_office.services.roster.old_sheets import Choices, Fate, OldPlan, Standing, Target
from township_office.services.roster.tasks import frame_of
from township_office.store import duty

TODAY = date(2026, 11, 20)
HEAD = ["日期", "星期", "带班领导", "值班人员"]
OCTOBER = [
    ["2024年10月1日", "二", "孙志强", "李明、王芳"],  # 国庆
    ["2024年10月8日", "二", "何文斌", "李明"],
    ["2024年10月12日", "六", "何文斌", "王芳"],  # 调休上班
    ["2024年10月13日", "日", "孙志强", "李明"],
]


@pytest.fixture
def staffed(office: Office) -> Office:
    for name, group in (("孙志强", "领导"), ("何文斌", "领导"), ("李明", "干部"), ("许晴", "干部")):
        staffing.save_person(office, {"name": name, "groups": group}, TODAY)
    staffing.save_line(office, {"name": "带班领导", "group_name": "领导"}, TODAY)
    staffing.save_line(office, {"name": "值班员", "group_name": "干部"}, TODAY)
    return office


def sheet(folder: Path, rows: list[list[str]], name: str = "2024年值班表.xlsx", head: list[str] = HEAD) -> Path:
    return write_xlsx(folder / name, {"Sheet1": [head, *rows]})


def planned(office: Office, *paths: Path, choices: Choices | None = None) -> OldPlan:
    return old_sheets.plan_import(office, old_sheets.read_sheets(office, paths, TODAY), choices)


def taken(office: Office, *paths: Path, choices: Choices | None = None) -> TakenIn:
    return importing.run_import(office, planned(office, *paths, choices=choices), TODAY)


def test_a_plan_writes_nothing_and_says_where_everything_goes(staffed: Office, tmp_path: Path) -> None:
    plan = planned(staffed, sheet(tmp_path, OCTOBER))
    assert [(one.label, one.target and one.target.name) for one in plan.columns] == [
        ("带班领导", "带班领导"), ("值班人员", "值班员"),
    ]  # fmt: skip
    assert {one.name: one.fate for one in plan.people} == {
        "孙志强": Fate.KNOWN, "何文斌": Fate.KNOWN, "李明": Fate.KNOWN, "王芳": Fate.LEFT,
    }  # fmt: skip
    assert [(one.name, one.standing, one.turns) for one in plan.months] == [("2024-10", Standing.NEW, 9)]
    assert {(turn.day.day, turn.kind) for turn in plan.turns} == {
        (1, DayKind.HOLIDAY), (8, DayKind.WORKDAY), (12, DayKind.WORKDAY), (13, DayKind.RESTDAY),
    }  # fmt: skip
    assert plan.problems == ()
    assert duty.months(staffed.db) == []


def test_turns_come_in_as_a_month_given_out_that_is_counted_not_drawn(staffed: Office, tmp_path: Path) -> None:
    result = taken(staffed, sheet(tmp_path, OCTOBER))
    assert result == TakenIn(("2024-10",), 9, ("王芳",), ())
    (month,) = duty.months(staffed.db)
    assert (month.state, month.entry, month.signed_by, month.remarks) == (
        "published",
        "imported",
        "",
        "2024年值班表.xlsx",
    )
    assert [one.is_drawn for one in duty.counts(staffed.db)] == [False] * len(duty.counts(staffed.db))
    assert sum(one.count for one in duty.counts(staffed.db)) == 9
    gone = staffing.person_named(staffed, "王芳")
    assert gone is not None
    assert (gone.groups, gone.ends_on) == (("干部",), date(2024, 10, 31))
    assert [line.name for line in staffing.lines(staffed)] == ["带班领导", "值班员"]
    assert verify(staffed).findings == ()


def test_who_is_in_the_sheets_carries_the_turns_and_who_came_later_the_mean(office: Office, tmp_path: Path) -> None:
    rows = [[f"2024年10月{day}日", "", "", "李明" if day < 7 else "王芳"] for day in range(1, 9)]
    taken(office, sheet(tmp_path, rows))
    staffing.save_person(office, {"name": "许晴", "groups": "值班员"}, TODAY)
    staffing.save_line(office, {"name": "值班员", "group_name": "值班员"}, TODAY)
    people = {one.name: one.id for one in staffing.people(office)}
    carried = carried_into("2026-12", staffing.people(office), [], duty.counts(office.db))
    by_name = {name: {k: v for k, v in carried[one]["值班员"].items() if v} for name, one in people.items()}
    assert by_name["李明"] == {DayKind.HOLIDAY: 6}
    assert by_name["王芳"] == {DayKind.HOLIDAY: 1, DayKind.WORKDAY: 1}
    assert by_name["许晴"] == {DayKind.HOLIDAY: 4, DayKind.WORKDAY: 1}  # 7 / 2 and 1 / 2, rounded up
    assert frame_of(office, ["2026-12"]).task.members[0].carried["值班员"][DayKind.HOLIDAY] == 6


def test_an_office_without_lines_gets_lines_that_are_kept_no_more(office: Office, tmp_path: Path) -> None:
    head = ["日期", "星期", "带班", "上午", "中午晚上", "驾驶员"]
    rows = [["2024-10-08", "", "孙志强", "李明", "王芳", "赵六"], ["2024-10-09", "", "孙志强", "王芳", "李明", "赵六"]]
    result = taken(office, sheet(tmp_path, rows, head=head))
    assert result.lines == ("带班", "上午", "中午晚上", "驾驶员")
    assert staffing.lines(office) == []
    made = {line.name: (line.group, line.halves) for line in duty.lines(office.db, with_void=True)}
    assert made == {
        "带班": ("带班领导", (Half.WHOLE,)), "上午": ("值班员", (Half.DAY,)), "中午晚上": ("值班员", (Half.NIGHT,)),
        "驾驶员": ("驾驶员", (Half.WHOLE,)),
    }  # fmt: skip
    assert {one.name: one.groups for one in staffing.people(office)}["李明"] == ("值班员",)
    assert all(one.ends_on is None for one in staffing.people(office))  # nobody was on the list: it is made of these
    later = sheet(tmp_path, [["2024-11-08", "", "孙志强", "李明", "王芳", "赵六"]], "11月.xlsx", head)
    assert taken(office, later).lines == ()  # they are used again


def test_the_clerk_decides_otherwise(staffed: Office, tmp_path: Path) -> None:
    known = staffing.person_named(staffed, "许晴")
    assert known is not None
    choices = Choices(
        columns={"带班领导": None, "值班人员": Target(None, "老值班", "干部")},
        people={"李明": Fate.OUT, "王芳": known.id},
    )
    assert taken(staffed, sheet(tmp_path, OCTOBER), choices=choices) == TakenIn(("2024-10",), 2, (), ("老值班",))
    assert {(one.person_id, one.group, one.count) for one in duty.counts(staffed.db)} == {(known.id, "干部", 1)}


def test_a_month_given_out_here_or_being_drawn_is_never_touched(staffed: Office, tmp_path: Path) -> None:
    ids = [one.id for one in staffing.people(staffed)]
    for name in ("2024-10", "2024-11"):
        frame = frame_of(staffed, [name])
        cells = {slot: (ids[0] if slot.group == "领导" else ids[2],) for slot in frame.task.slots}
        months.keep(staffed, frame, Drawn(Outcome.OPTIMAL, cells))
    months.publish(staffed, "2024-10", "", TODAY)
    before = [*duty.shifts(staffed.db)]
    path = sheet(tmp_path, [*OCTOBER, ["2024年11月1日", "", "何文斌", "李明"]])
    plan = planned(staffed, path, choices=Choices(replaces=True))
    assert [one.standing for one in plan.months] == [Standing.GIVEN_OUT, Standing.DRAFT]
    assert plan.turns == ()
    with pytest.raises(OfficeError, match="没有可以导入的"):
        importing.run_import(staffed, plan, TODAY)
    assert duty.shifts(staffed.db) == before


def test_a_month_that_came_in_before_is_replaced_only_when_said(staffed: Office, tmp_path: Path) -> None:
    taken(staffed, sheet(tmp_path, OCTOBER))
    again = sheet(tmp_path, OCTOBER[:1], "更正.xlsx")
    assert planned(staffed, again).turns == ()
    assert taken(staffed, again, choices=Choices(replaces=True)).turns == 3
    assert sum(one.count for one in duty.counts(staffed.db)) == 3
    assert verify(staffed).findings == ()


def test_an_import_is_taken_back_and_the_month_is_free_again(staffed: Office, tmp_path: Path) -> None:
    path = sheet(tmp_path, OCTOBER)
    taken(staffed, path)
    assert [one.month for one in importing.imported_months(staffed)] == ["2024-10"]
    importing.revoke_import(staffed, "2024-10", "导错了")
    assert duty.counts(staffed.db) == []
    assert duty.shifts(staffed.db) == []
    assert importing.imported_months(staffed) == []
    with pytest.raises(OfficeError, match="不是从旧值班表导入的"):
        importing.revoke_import(staffed, "2024-10")
    assert taken(staffed, path).turns == 9
    assert sum(one.count for one in duty.counts(staffed.db)) == 9
    assert verify(staffed).findings == ()


def test_what_was_changed_since_stays(staffed: Office, tmp_path: Path) -> None:
    taken(staffed, sheet(tmp_path, OCTOBER))
    first = next(one for one in duty.shifts(staffed.db) if one.day == date(2024, 10, 8))
    other = next(one.id for one in staffing.people(staffed) if one.name == "许晴")
    changing.reassign(staffed, first.id, other, {"reason": "记错", "changed_on": "今天"}, TODAY)
    with pytest.raises(OfficeError, match="调班记录"):
        importing.revoke_import(staffed, "2024-10")
    assert planned(staffed, sheet(tmp_path, OCTOBER), choices=Choices(replaces=True)).turns == ()


def test_of_two_tables_for_one_day_the_first_counts_and_the_other_is_told(staffed: Office, tmp_path: Path) -> None:
    holiday = sheet(tmp_path, [["2024年10月1日", "二", "孙志强", "许晴"]], "国庆.xlsx")
    plan = planned(staffed, sheet(tmp_path, OCTOBER), holiday)
    assert len(plan.turns) == 9
    assert [(one.file, "许晴" in one.why) for one in plan.problems] == [("国庆.xlsx", True)]


def test_numbers_for_names_and_a_year_without_holidays_are_told(office: Office, tmp_path: Path) -> None:
    plan = planned(office, sheet(tmp_path, [["2009年3月2日", "", "3", "12"]], "旧.xlsx"))
    assert {one.name: one.fate for one in plan.people} == {"3": Fate.LEFT, "12": Fate.LEFT}
    assert any("3、12" in one.why for one in plan.problems)
    assert any("2009" in one.why for one in plan.problems)


def test_turns_while_somebody_was_not_there_are_told(staffed: Office, tmp_path: Path) -> None:
    person = staffing.person_named(staffed, "李明")
    assert person is not None
    staffing.save_person(staffed, {"starts_on": "2025-01-01"}, TODAY, person.id)
    assert any("李明" in one.why for one in planned(staffed, sheet(tmp_path, OCTOBER)).problems)


def test_who_is_on_the_list_for_old_sheets_alone_stays_as_long_as_they_say(staffed: Office, tmp_path: Path) -> None:
    taken(staffed, sheet(tmp_path, OCTOBER))
    later = sheet(tmp_path, [["2025年3月3日", "一", "孙志强", "王芳"]], "2025年.xlsx")
    assert planned(staffed, later).problems == ()
    taken(staffed, later)
    gone = staffing.person_named(staffed, "王芳")
    assert gone is not None
    assert gone.ends_on == date(2025, 3, 31)


def test_a_marked_sheet_is_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="密"):
        old_sheets.read_sheets(office, [sheet(tmp_path, [["2024年10月1日", "", "机密★10年", ""]])], TODAY)


def test_the_three_real_sheets_come_in_turn_by_turn(office: Office, shared_data: Path) -> None:
    names = ["值班表_2024年10月_打点式.xlsx", "值班表_ics_化名.xlsx", "值班表_watch.xls"]
    paths = [shared_data / "ledgers" / name for name in names]
    if not all(path.is_file() for path in paths):
        pytest.skip("the old rosters are not on this machine")
    plan = planned(office, *paths)
    assert json.dumps([one.why for one in plan.problems], ensure_ascii=False).count("代号") == 1
    result = importing.run_import(office, plan, TODAY)
    assert result.months == ("2018-03", "2024-03", "2024-04", "2024-05", "2024-10")
    assert result.turns == 62 + 180 + 17
    people = {one.id: one.name for one in staffing.people(office)}
    cells = CalamineWorkbook.from_path(paths[0]).get_sheet_by_index(0).to_python(skip_empty_area=False)
    dots = {
        (date(2024, 10, day), "".join(str(name).split()))
        for day, row in enumerate(cells[2:33], start=1)
        for name, cell in zip(cells[1][2:], row[2:], strict=True)
        if cell == "●"
    }
    october = duty.shifts(office.db, date(2024, 10, 1), date(2024, 10, 31))
    assert {(one.day, people[one.person_id or 0]) for one in october} == dots
    spring = [one for one in duty.shifts(office.db, date(2024, 3, 1), date(2024, 5, 31)) if one.person_id]
    assert sum(people[one.person_id or 0] == "黄博" for one in spring) == 9
    assert sum(one.kind is DayKind.HOLIDAY for one in spring) == 8 * 3  # 清明 4-04..06, 劳动节 5-01..05
    assert verify(office).findings == ()


def test_our_own_workbook_comes_back_as_it_was_given_out(staffed: Office, tmp_path: Path) -> None:
    ids = {one.name: one.id for one in staffing.people(staffed)}
    frame = frame_of(staffed, ["2026-10"])
    cells = {
        slot: (
            ids[
                ("孙志强", "何文斌")[slot.day.day // 9 % 2]
                if slot.group == "领导"
                else ("李明", "许晴")[slot.day.day % 2]
            ],
        )
        for slot in frame.task.slots
    }
    months.keep(staffed, frame, Drawn(Outcome.OPTIMAL, cells))
    months.publish(staffed, "2026-10", "孙志强", TODAY)
    first = duty.shifts(staffed.db)[1]
    other = next(one for one in ids.values() if one not in (first.person_id, ids["孙志强"], ids["何文斌"]))
    changing.reassign(staffed, first.id, other, {"reason": "开会", "changed_on": "今天"}, TODAY)
    path = tmp_path / "本单位.xlsx"
    printing.print_roster(staffed, "2026-10", path, TODAY)
    (source,) = old_sheets.read_sheets(staffed, [path], TODAY)
    (roster,) = source.rosters
    lines = {line.id: line.name for line in staffing.lines(staffed)}
    names = {person_id: name for name, person_id in ids.items()}
    assert {(turn.day, turn.column, turn.name) for turn in roster.turns} == {
        (one.day, lines[one.line_id], names[one.person_id or 0]) for one in duty.shifts(staffed.db)
    }
    assert roster.doubts == ()
