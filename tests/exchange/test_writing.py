# SPDX-License-Identifier: MulanPSL-2.0
"""What we write: opens everywhere, is no formula, and comes back the same."""

from __future__ import annotations

import csv
import zipfile
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import TODAY, read_sheet, sheet_of
from township_office.core.errors import Cancelled, OfficeError
from township_office.core.fields import Kind
from township_office.core.gate import clean_text, has_secret_mark
from township_office.core.values import show
from township_office.exchange.ledger import LedgerRow, NotTaken
from township_office.exchange.workbooks import read_workbook
from township_office.exchange.writing import (
    LONGEST_CELL,
    Form,
    Look,
    Piece,
    write_book,
    write_copy_with_reasons,
    write_form,
    write_problem_list,
)
from township_office.registers import DOCUMENTS
from township_office.registers.receipt import RECEIPT

ODD_TEXTS = ["=1+1", "@x", "〃", "无", "_x0041_", "'a", "http://a.b", "1e5", "007"]
EXTRA = ("状态", "原编号", "作废原因", "作废日期")


def export(path, register, rows):
    """Write records with their numbers as the office exports them: every field, then what stands beside it."""
    headings = [(register.number_label, 14), *((field.label, field.width) for field in register.fields)]
    lines = []
    for number, values, extra in rows:
        pairs = zip(register.fields, values, strict=True)
        shown = [value if field.kind is Kind.INTEGER else show(field, value) for field, value in pairs]
        lines.append([number, *shown, *extra])
    write_book(path, f"云水镇{register.title}", [*headings, *((label, 10) for label in EXTRA)], lines)


def some_record(register):
    values = {Kind.TEXT: "WS·2025-3", Kind.LONG_TEXT: "关于甲的通知\n第二行。（原件）", Kind.NAME: "同上"}
    values |= {Kind.DATE: date(2025, 3, 1), Kind.DOC_NUMBER: "青财〔2025〕1号", Kind.INTEGER: 3, Kind.YES_NO: True}
    values[Kind.MOMENT] = "2025-03-01 09:15"
    return [field.choices[-1] if field.kind is Kind.CHOICE else values[field.kind] for field in register.fields]


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda one: one.name)
def test_every_field_and_void_rows_come_back_the_same(tmp_path, register):
    number = "云政发〔2025〕7号" if register.name == "dispatch" else "2025-7"
    live = (number, some_record(register), ["在办", "旧12", "", ""])
    bare = ["合计" if field.name == "title" else None for field in register.fields]
    void = (number.replace("7", "8"), bare, ["作废", "", "重复登记", "2025-04-01"])
    export(tmp_path / "out.xlsx", register, [live, void])
    (sheet,) = read_workbook(tmp_path / "out.xlsx")
    first, second = read_sheet(sheet, register)
    assert first.record == dict(zip((field.name for field in register.fields), live[1], strict=True))
    assert (first.number, first.original_number, first.is_voided) == (number, "旧12", False)
    assert second.record == dict(zip((field.name for field in register.fields), bare, strict=True))
    assert (second.is_voided, second.void_reason, second.voided_on) == (True, "重复登记", date(2025, 4, 1))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.text(min_size=1, max_size=200),
            st.one_of(st.text(max_size=60), st.sampled_from(ODD_TEXTS)),
            st.integers(0, 999_999),
            st.dates(date(1949, 1, 1), date(2100, 12, 31)),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(DOCUMENTS),
)  # fmt: skip
def test_any_text_comes_back_as_the_gate_left_it(tmp_path, lines, register):
    rows = []
    for title, text, count, day in lines:
        record = {field.name: None for field in register.fields}
        record["title"] = clean_text(title, lines=True) or "甲"
        record["remarks"] = clean_text(text, lines=True) or None
        record["receiver"] = clean_text(text) or None
        record |= {"copy_count": count, register.dated_by: day}
        rows.append(record)
    export(tmp_path / "out.xlsx", register, [("", list(record.values()), [""] * 4) for record in rows])
    (sheet,) = read_workbook(tmp_path / "out.xlsx")
    read = read_sheet(sheet, register)
    for row, record in zip(read, rows, strict=True):
        if any(has_secret_mark(str(value)) for value in record.values()):
            assert isinstance(row, NotTaken)
        else:
            assert isinstance(row, LedgerRow)
            assert row.record == record


def test_the_sheet_looks_like_theirs(tmp_path):
    path = tmp_path / "out.xlsx"
    write_book(path, "云水镇收文登记簿", [("标题", 36), ("份数", 5)], [["=1+1", 2], ["+86", None]])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        names = archive.read("xl/workbook.xml").decode()
    assert "<f>" not in sheet
    assert 'mergeCell ref="A1:B1"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'paperSize="9"' in sheet
    assert 'topLeftCell="A3"' in sheet
    assert "$1:$2" in names
    assert read_workbook(path)[0].rows[2:] == [["=1+1", 2.0], ["+86", ""]]


def test_nothing_is_left_behind_when_writing_fails(tmp_path):
    path = tmp_path / "out.xlsx"
    with pytest.raises(OfficeError, match="32767"):
        write_book(path, "甲", [("标题", 9)], [["关" * (LONGEST_CELL + 1)]])

    def cancel(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        write_book(path, "甲", [("标题", 9)], [["乙"]], cancel)
    with pytest.raises(OfficeError, match="写不了"):
        write_book(tmp_path / "没有" / "out.xlsx", "甲", [("标题", 9)], [])
    with pytest.raises(OfficeError, match="写不了"):
        write_problem_list([], [], tmp_path / "没有" / "out.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_without_rows_and_with_one_column(tmp_path):
    write_book(tmp_path / "out.xlsx", "甲", [("标题", 9)], [])
    assert read_workbook(tmp_path / "out.xlsx")[0].rows == [["甲"], ["标题"]]


def test_a_copy_of_their_sheet_shows_what_was_not_taken(tmp_path):
    rows = [
        ["收文日期", "标题", "密级", "签收"],
        [datetime(2025, 3, 1), "关于甲的通知", "", True],
        [date(2025, 3, 2), "", "", 3.5],
        ["2025.3.3", "关于某事的通知", "机密★1年", ""],
        ["2月30日", "=关于乙的通知", "", timedelta(hours=1)],
        [float("nan"), "丙" * 40_000, "", float("inf")],
    ]
    first, second = sheet_of(rows, "收文/1月[旧]"), sheet_of([["甲"]], "收文/1月[旧]".upper())
    read = read_sheet(first, RECEIPT, file_name="2025")
    refused = [one for one in read if isinstance(one, NotTaken)]
    notes = [(one.sheet, one.row, note.message) for one in read if isinstance(one, LedgerRow) for note in one.notes]
    path = tmp_path / "copy.xlsx"
    write_copy_with_reasons([first, second], refused, notes, path)
    one, two = read_workbook(path)
    assert (one.name, two.name) == ("收文_1月_旧_", "收文_1月_旧__2")
    assert one.rows[0] == [*rows[0], "说明"]
    assert one.rows[1][:4] == [date(2025, 3, 1), "关于甲的通知", "", True]
    assert "没有文件标题" in str(one.rows[2][4]) or "既没有" in str(one.rows[2][4])
    assert one.rows[3][:4] == ["", "", "", ""]
    assert "涉密" in str(one.rows[3][4])
    assert one.rows[4][1] == "=关于乙的通知"
    assert "2月30日" in str(one.rows[4][4])
    assert len(str(one.rows[5][1])) == LONGEST_CELL
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").decode()
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert "F8C9C4" in styles
    assert "FBE7B5" in styles
    assert "某事" not in everything.decode("utf-8", "replace")


def test_the_list_of_problems_is_plain_text_that_starts_no_formula(tmp_path):
    path = tmp_path / "问题.csv"
    refused = [
        NotTaken("1月", 5, "没有标题", ("", "=cmd|' /C calc'!A0", "甲")),
        NotTaken("@表", 6, "涉密", (), is_secret=True),
    ]
    write_problem_list(refused, [("1月", 7, "请核对")], path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines == [
        ["工作表", "行", "说明", "原内容"],
        ["1月", "5", "没有标题", "'=cmd|' /C calc'!A0 | 甲"],
        ["'@表", "6", "涉密", ""],
        ["1月", "7", "请核对", ""],
    ]


def test_progress_is_told_when_the_number_of_rows_is_known(tmp_path):
    heard = []
    path, headings = tmp_path / "a.xlsx", [("标题", 9)]
    write_book(path, "甲", headings, [["乙"]] * 1200, lambda done, total: heard.append((done, total)))
    assert heard == [(0, 1200), (500, 1200), (1000, 1200)]
    write_book(path, "甲", headings, iter([["乙"]]), lambda done, total: heard.clear())
    assert heard


def test_the_day_of_reading_does_not_matter_for_an_export(tmp_path):
    register = DOCUMENTS[0]
    export(tmp_path / "out.xlsx", register, [("1", some_record(register), [""] * 4)])
    (sheet,) = read_workbook(tmp_path / "out.xlsx")
    assert read_sheet(sheet, register)[0].record["received_on"] == date(2025, 3, 1) < TODAY


def test_a_form_is_merged_as_on_paper(tmp_path):
    pieces = [
        Piece(0, 0, "值班表", Look.TITLE, across=3), Piece(1, 0, "=1+1", Look.HEAD),
        Piece(1, 1, "带班", down=2, across=2), Piece(2, 0, "", Look.SHADED),
    ]  # fmt: skip
    write_form(tmp_path / "a.xlsx", Form("10月/值班", pieces, [10, 12, 12], [30, 20, 20], is_upright=False))
    (sheet,) = read_workbook(tmp_path / "a.xlsx")
    assert sheet.name == "10月_值班"
    assert [list(row[:2]) for row in sheet.rows[:2]] == [["值班表", ""], ["=1+1", "带班"]]
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        said = parts.read("xl/worksheets/sheet1.xml").decode()
    assert '<mergeCell ref="A1:C1"/>' in said
    assert '<mergeCell ref="B2:C3"/>' in said
    assert 'orientation="landscape"' in said
    with pytest.raises(OfficeError):
        write_form(tmp_path / "no" / "a.xlsx", Form("a", pieces, [], []))
