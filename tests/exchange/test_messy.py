# SPDX-License-Identifier: MulanPSL-2.0
"""Whole files as they lie on the desks of offices, written to disk and read back through every layer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import xlsxwriter

from tests.exchange.conftest import read_sheet, write_xlsx
from tests.exchange.files import ods_cell, ods_row, raw_ods, raw_xls
from township_office.exchange.ledger import LedgerRow, find_tables
from township_office.exchange.workbooks import read_workbook
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT

HEAD = ["序号", "收文日期", "来文单位", "文号", "文件名称", "备注"]


def read_book(path, register=RECEIPT, **more):
    """Read every visible sheet; a line with its sheet, date, sender, number and title."""
    return [
        row
        for sheet in read_workbook(path)
        if not sheet.hidden
        for row in read_sheet(sheet, register, file_name=path.stem, **more)
    ]


def document(number, day, sender="县财政局"):
    return [number, day, sender, f"青财〔2025〕{number}号", f"关于第{number}件事的通知", ""]


def test_months_as_sheets_without_any_year(tmp_path):
    sheets = {f"{month}月": [HEAD, document(1, f"{month}.5"), document(2, f"{month}月20日")] for month in range(1, 13)}
    rows = read_book(write_xlsx(tmp_path / "收文.xlsx", sheets))
    assert [str(row.record["received_on"]) for row in rows[:3]] == ["2025-01-05", "2025-01-20", "2025-02-05"]
    assert {row.year for row in rows} == {2025}
    assert len(rows) == 24


def test_one_year_in_the_book_holds_for_all_its_sheets(tmp_path):
    sheets = {"1月": [["2019年1月收文登记"], HEAD, document(1, "1.5")], "2月": [HEAD, document(2, "2.5")]}
    rows = read_book(write_xlsx(tmp_path / "收文.xlsx", sheets))
    assert [str(row.record["received_on"]) for row in rows] == ["2019-01-05", "2019-02-05"]


def test_a_year_in_the_file_name(tmp_path):
    rows = read_book(write_xlsx(tmp_path / "2018年收文台账.xlsx", {"Sheet1": [HEAD, document(1, "3.5")]}))
    assert str(rows[0].record["received_on"]) == "2018-03-05"


def test_head_and_title_on_every_printed_page(tmp_path):
    page = [["云水镇2024年收文登记簿", "", "", "", "", "第1页"], ["单位：党政办", "", "", "登记人：王春燕"], HEAD]
    rows = []
    for start in (1, 4, 7):
        rows += [*page, *(document(start + step, f"{start}.{step + 1}") for step in range(3))]
        rows += [["本页小计", "", "", "", "", "3件"], [], ["以上收文3件"]]
    read = read_book(write_xlsx(tmp_path / "a.xlsx", {"收文": rows}))
    assert [row.line for row in read if isinstance(row, LedgerRow)] == [str(number) for number in range(1, 10)]
    assert [row.row for row in read if not isinstance(row, LedgerRow)] == []


def test_ten_thousand_coloured_empty_lines_and_hidden_columns(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("收文")
        grey = book.add_format({"bg_color": "#EEEEEE", "border": 1})
        sheet.merge_range("B2:G2", "2024年收文登记簿")
        for row, cells in enumerate([HEAD, document(1, "3.5"), document(2, "3.6")], start=2):
            sheet.write_row(row, 1, cells, grey)
        for row in range(5, 10_005):
            for column in range(1, 7):
                sheet.write_blank(row, column, None, grey)
        sheet.set_column("D:E", None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})
    rows = read_book(path)
    assert [row.record["doc_number"] for row in rows] == ["青财〔2025〕1号", "青财〔2025〕2号"]
    assert [row.row for row in rows] == [4, 5]


def test_receipts_and_dispatches_in_one_book(tmp_path):
    out = ["发文字号", "签发日期", "文件标题", "主送机关", "份数"]
    sheets = {
        "收文": [HEAD, document(1, "3.5")],
        "发文": [out, ["云政发〔2024〕1号", "3.5", "关于甲的报告", "县政府", 3]],
    }
    one, two = read_workbook(write_xlsx(tmp_path / "2024年收发文.xlsx", sheets))
    assert find_tables(one, RECEIPT)[0].register_guess == "receipt"
    assert find_tables(two, DISPATCH)[0].register_guess == "dispatch"


def test_merged_senders_and_dates_in_xlsx(tmp_path):
    rows = [["2024年收文登记簿"], HEAD, *(document(number, "3.5" if number == 1 else "") for number in (1, 2, 3))]
    for row in rows[3:]:
        row[2] = ""
    path = write_xlsx(tmp_path / "a.xlsx", {"a": rows}, merge=["A1:F1", "B3:B5", "C3:C5"])
    assert [(str(row.record["received_on"]), row.record["sender"]) for row in read_book(path)] == [
        ("2024-03-05", "县财政局")
    ] * 3


def test_a_gb18030_text_with_tabs(tmp_path):
    path = tmp_path / "收文2023.csv"
    lines = [["收文登记表（2023年）"], HEAD, ["1", "3月5日", "县水务局", "青水〔2023〕1号", "关于㙍头水库的通知", ""]]
    lines += [["2", "3.6", "〃", "", "关于防汛的函", "电话"], ["合计", "", "", "", "", "2"]]
    path.write_bytes("\r\n".join("\t".join(line) for line in lines).encode("gb18030"))
    rows = read_book(path)
    assert [row.record["title"] for row in rows] == ["关于㙍头水库的通知", "关于防汛的函"]
    assert rows[1].record["sender"] == "县水务局"
    assert str(rows[1].record["received_on"]) == "2023-03-06"


def test_an_ods_with_merged_senders(tmp_path):
    texts = [
        ["收文日期", "来文单位", "标题"],
        ["2024.3.5", "县财政局", "关于甲的通知"],
        ["2024.3.6", "", "关于乙的通知"],
    ]
    rows = ""
    for place, line in enumerate(texts):
        cells = [
            ods_cell(text, more='table:number-rows-spanned="2"' if (place, column) == (1, 1) else "")
            for column, text in enumerate(line)
        ]
        rows += ods_row("".join(cells))
    read = read_book(raw_ods(tmp_path / "a.ods", rows))
    assert [row.record["sender"] for row in read] == ["县财政局", "县财政局"]


def test_an_xls_with_serial_dates(tmp_path):
    cells = [(0, column, word) for column, word in enumerate(["收文号", "收文日期", "标题"])]
    for line in range(1, 4):
        cells += [(line, 0, float(line)), (line, 1, 45000.0 + line), (line, 2, f"关于第{line}件事的通知")]
    rows = read_book(raw_xls(tmp_path / "a.xls", cells))
    assert [str(row.record["received_on"]) for row in rows] == ["2023-03-16", "2023-03-17", "2023-03-18"]
    assert [row.number for row in rows] == ["1", "2", "3"]


def test_two_halves_with_heads_of_two_lines(tmp_path):
    rows = [
        ["2024年收文", "", "", "", "", "2024年发文", "", "", ""],
        ["序号", "收文", "", "标题", "", "序号", "发文", "", "标题"],
        ["", "日期", "字号", "", "", "", "日期", "字号", ""],
        [1, "3.5", "青财〔2024〕1号", "关于甲的通知", "", 1, "3.6", "云政发〔2024〕1号", "关于乙的报告"],
        [2, "3.7", "青财〔2024〕2号", "关于丙的通知", "", "", "", "", ""],
    ]
    merge = ["A1:D1", "F1:I1", "A2:A3", "B2:C2", "D2:D3", "F2:F3", "G2:H2", "I2:I3"]
    (sheet,) = read_workbook(write_xlsx(tmp_path / "a.xlsx", {"a": rows}, merge=merge))
    left, right = find_tables(sheet, RECEIPT)
    assert (left.register_guess, right.register_guess) == ("receipt", "dispatch")
    first = [row for row in read_sheet(sheet, RECEIPT) if row.record["doc_number"].startswith("青")]
    assert [(str(row.record["received_on"]), row.record["doc_number"]) for row in first] == [
        ("2024-03-05", "青财〔2024〕1号"),
        ("2024-03-07", "青财〔2024〕2号"),
    ]
    (sent,) = [row for row in read_sheet(sheet, DISPATCH) if row.number.startswith("云")]
    assert (sent.number, str(sent.record["signed_on"])) == ("云政发〔2024〕1号", "2024-03-06")


def test_monthly_parts_in_one_sheet(tmp_path):
    rows = [["2024年收文登记"], HEAD, ["一月"], document(1, "3日"), document(2, "1.9"), ["二月份"], document(3, "2.1")]
    read = read_book(write_xlsx(tmp_path / "a.xlsx", {"a": rows}))
    assert [str(row.record["received_on"]) for row in read] == ["None", "2024-01-09", "2024-02-01"]
    assert "收文日期：3日" in read[0].record["remarks"]


@pytest.mark.parametrize("today_text", [True, False])
def test_a_long_ledger_is_read_in_a_moment(tmp_path, today_text):
    first = date(2024, 1, 1)
    days = [first + timedelta(number * 366 // 3000) for number in range(3000)]
    lines = [document(number, f"{day.month}.{day.day}" if today_text else day) for number, day in enumerate(days, 1)]
    rows = read_book(write_xlsx(tmp_path / "a.xlsx", {"a": [["2024年收文"], HEAD, *lines]}))
    assert [row.record["received_on"] for row in rows] == days
    assert not any(row.notes for row in rows)
