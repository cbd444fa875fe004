# SPDX-License-Identifier: MulanPSL-2.0
"""值班表 out of the file onto paper and into a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from docx import Document
from python_calamine import CalamineSheet, CalamineWorkbook

from tests.services.roster.conftest import TODAY
from township_office.core.errors import OfficeError
from township_office.registers.duty.plan import Half
from township_office.registers.duty.sheet import AT_FOOT, NOWHERE
from township_office.services.office import Office
from township_office.services.roster import changing, months, printing, staffing
from township_office.services.roster.print_sheet import holidays_of, month_sheet
from township_office.services.settings import set_setting


def said(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def sheet_of(path: Path) -> CalamineSheet:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0)


def change_one(office: Office) -> None:
    """Let the first clerk of 10-01 be relieved by one who is free."""
    shifts = [one for one in months.roster_of(office, "2026-10").shifts if one.day == date(2026, 10, 1)]
    busy = {one.person_id for one in shifts}
    free = next(one.id for one in staffing.people(office) if "值班员" in one.groups and one.id not in busy)
    changing.substitute(office, shifts[1].id, free, {"reason": "住院", "changed_on": "2026-09-28"}, TODAY)


def test_a_month_is_one_page_with_what_the_office_set(staffed: Office, by_turns, tmp_path: Path) -> None:
    by_turns(staffed, "2026-10", publish=True)
    set_setting(staffed, "duty.phone", "0871-65432100")
    printed = printing.print_roster(staffed, "2026-10", tmp_path / "a.pdf", TODAY)
    (text,) = said(tmp_path / "a.pdf")
    assert (printed.pages, printed.rows, printed.sheet) == (1, 31, (210.0, 297.0))
    assert f"{month_sheet(staffed, '2026-10').office}2026年10月值班表" in text
    assert "草稿" not in text
    for word in ("10月31日", "国庆节", "值班电话：0871-65432100", "签发人：孙志强", "孙志强138", "许晴"):
        assert word in text


def test_a_draft_is_marked_and_what_is_not_drawn_is_refused(staffed: Office, by_turns, tmp_path: Path) -> None:
    by_turns(staffed, "2026-10")
    printing.print_roster(staffed, "2026-10", tmp_path / "a.pdf", TODAY)
    assert "（草稿）" in said(tmp_path / "a.pdf")[0]
    with pytest.raises(OfficeError, match="2026-11"):
        printing.print_roster(staffed, "2026-11", tmp_path / "b.pdf", TODAY)
    with pytest.raises(OfficeError):
        printing.print_roster(staffed, "2026-13", tmp_path / "b.pdf", TODAY)
    with pytest.raises(OfficeError):
        printing.print_roster(staffed, "2026-10", tmp_path / "b.txt", TODAY)
    assert [one.name for one in tmp_path.glob("b*")] == []


def test_a_change_is_marked_and_listed(staffed: Office, by_turns, tmp_path: Path) -> None:
    by_turns(staffed, "2026-10", publish=True)
    change_one(staffed)
    sheet = month_sheet(staffed, "2026-10")
    assert [turn.is_changed for turn in sheet.days[0].cells[1] or ()] == [True, False]
    assert sum(turn.is_changed for day in sheet.days for cell in day.cells for turn in cell or ()) == 1
    printing.print_roster(staffed, "2026-10", tmp_path / "a.pdf", TODAY)
    assert "（替班，住院）" in said(tmp_path / "a.pdf")[0]


def test_a_line_that_is_no_longer_kept_stays_on_the_months_it_was_in(staffed: Office, by_turns) -> None:
    by_turns(staffed, "2026-10", publish=True)
    line = next(one for one in staffing.lines(staffed) if one.name == "值班员")
    staffing.retire_line(staffed, line.id, TODAY)
    staffing.save_line(staffed, {"name": "驾驶员", "group_name": "值班员", "shift": "白班+夜班"}, TODAY)
    sheet = month_sheet(staffed, "2026-10")
    assert [column.line for column in sheet.columns] == ["带班领导", "值班员"]
    by_turns(staffed, "2026-11")
    halves = [(column.line, column.half) for column in month_sheet(staffed, "2026-11").columns]
    assert halves == [("带班领导", Half.WHOLE), ("驾驶员", Half.DAY), ("驾驶员", Half.NIGHT)]


@pytest.mark.parametrize(("phones", "where"), [(AT_FOOT, "人员电话"), (NOWHERE, "")])
def test_phones_stand_where_the_office_wants_them(
    staffed: Office, by_turns, tmp_path: Path, phones: str, where: str
) -> None:
    by_turns(staffed, "2026-10")
    set_setting(staffed, "duty.phones", phones)
    printing.print_roster(staffed, "2026-10", tmp_path / "a.pdf", TODAY)
    (text,) = said(tmp_path / "a.pdf")
    assert ("孙志强138" in text) is (phones == AT_FOOT)
    assert where in text
    with pytest.raises(OfficeError, match="电话的位置"):
        set_setting(staffed, "duty.phones", "anywhere")


def test_holidays_are_spans_of_days_off(office: Office) -> None:
    spans = {one.name: (one.first, one.last) for one in holidays_of(office, 2026)}
    assert spans["春节"] == (date(2026, 2, 15), date(2026, 2, 23))
    assert spans["国庆节"] == (date(2026, 10, 1), date(2026, 10, 7))
    assert len(spans) == 7
    (new_year,) = (one for one in holidays_of(office, 2023) if one.name == "元旦")
    assert (new_year.first, new_year.last) == (date(2022, 12, 31), date(2023, 1, 2))
    assert not [one for one in holidays_of(office, 2022) if one.last.month == 12]


def test_a_holiday_has_a_sheet_of_its_own_over_two_months(staffed: Office, by_turns, tmp_path: Path) -> None:
    by_turns(staffed, "2025-01", publish=True)
    spring = next(one for one in holidays_of(staffed, 2025) if one.name == "春节")
    assert (spring.first, spring.last) == (date(2025, 1, 28), date(2025, 2, 4))
    assert spring not in printing.drawn_holidays(staffed, 2025)
    with pytest.raises(OfficeError, match="2025-02"):
        printing.print_holiday(staffed, spring, tmp_path / "a.pdf", TODAY)
    by_turns(staffed, "2025-02")
    assert spring in printing.drawn_holidays(staffed, 2025)
    printed = printing.print_holiday(staffed, spring, tmp_path / "a.pdf", TODAY)
    (text,) = said(tmp_path / "a.pdf")
    assert printed.rows == 8
    assert "2025年春节值班安排表（草稿）" in text
    assert "1月28日" in text
    assert "2月4日" in text
    assert "2月5日" not in text


def test_the_tally_of_a_year_counts_what_was_given_out(staffed: Office, by_turns, tmp_path: Path) -> None:
    by_turns(staffed, "2026-09", publish=True)
    by_turns(staffed, "2026-10")
    printing.print_tally(staffed, 2026, tmp_path / "a.pdf", TODAY)
    text = "".join(said(tmp_path / "a.pdf"))
    assert "孙志强" in text
    assert "最多与最少相差" in text
    printing.print_tally(staffed, 2026, tmp_path / "a.xlsx", TODAY)
    rows = sheet_of(tmp_path / "a.xlsx").to_python()[2:]
    leaders = [row for row in rows if row[0] == "带班领导" and row[1] != "最多与最少相差"]
    assert sum(row[7] for row in leaders) == 30
    printing.print_tally(staffed, 2026, tmp_path / "a.docx", TODAY)
    assert "历年折算" in [cell.text for cell in Document(str(tmp_path / "a.docx")).tables[0].rows[0].cells]


def test_the_workbook_has_the_same_shape(staffed: Office, by_turns, tmp_path: Path) -> None:
    by_turns(staffed, "2026-10", publish=True)
    change_one(staffed)
    printed = printing.print_roster(staffed, "2026-10", tmp_path / "a.xlsx", TODAY)
    sheet = sheet_of(tmp_path / "a.xlsx")
    rows = sheet.to_python()
    assert printed.rows == 31
    assert rows[0][0].endswith("2026年10月值班表")
    assert rows[1] == ["日期", "星期", "假日", "带班领导", "值班员"]
    assert (rows[3][0], rows[33][0], rows[3][2]) == ("10月1日", "10月31日", "国庆节")
    assert ((3, 2), (9, 2)) in sheet.merged_cell_ranges
    assert "（调）" in rows[3][4]
    below = [row[0] for row in rows[34:]]
    assert below[0].startswith("值班电话：")
    assert any("住院" in text for text in below)
    assert below[-1].endswith("签发人：孙志强")
    with ZipFile(tmp_path / "a.xlsx") as parts:
        assert 'fgColor rgb="FFEBEBEB"' in parts.read("xl/styles.xml").decode()
        assert "<pageSetUpPr fitToPage=" in parts.read("xl/worksheets/sheet1.xml").decode()


def test_the_months_there_are_come_latest_first(staffed: Office, by_turns) -> None:
    assert printing.drawn_months(staffed) == []
    by_turns(staffed, "2026-09")
    by_turns(staffed, "2026-10")
    assert printing.drawn_months(staffed) == ["2026-10", "2026-09"]
