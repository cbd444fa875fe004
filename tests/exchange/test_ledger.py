# SPDX-License-Identifier: MulanPSL-2.0
"""Ledgers as offices keep them: every line comes out, and comes out right."""

from __future__ import annotations

from datetime import date

from tests.exchange.conftest import read_sheet, sheet_of
from township_office.exchange.ledger import RowKind, find_tables, skipped_rows
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT

HEAD = ["序号", "收文日期", "来文机关", "来文字号", "文件标题", "密级", "份数", "承办单位(人)", "签收", "备  注"]


def days(rows, name="received_on"):
    return [str(row.record[name]) for row in rows]


def test_a_monthly_ledger_with_every_habit(read):
    rows = read(
        [
            ["2025年1月份收文登记簿"] + [""] * 9,
            ["单位：云水镇党政办公室", "", "", "", "", "", "", "登记人：王春燕", "", ""],
            HEAD,
            [
                1.0,
                " 1月6日 ",
                "青山县财政局",
                "青财[2025]3号",
                "关于报送村级债务的通知",
                "",
                2.0,
                "财政所",
                "陈海",
                "见OA",
            ],
            [""] * 10,
            [2.0, "20250108", "〃", "青财（2025）第05号", "关于清查\n资产的通知（原件）", "普件", "1份", "", "", ""],
            HEAD,
            [3.0, 45667.0, "同上", "—", "  关于报送年报的函。", "内部", "一份", "财政所", "", "特急"],
            ["", date(2025, 1, 20), '"', "青财办〔25〕7", "关于开会的通知", "", "２", "", "", ""],
            ["合计", "", "", "", "本月共收文4件", "", 6.0, "", "", ""],
            ["审核人：", "", "", "", "制表日期：2025年1月31日", "", "", "", "", ""],
        ],
        RECEIPT,
        merged=[(0, 0, 0, 9)],
    )
    assert days(rows) == ["2025-01-06", "2025-01-08", "2025-01-10", "2025-01-20"]
    assert {row.record["sender"] for row in rows} == {"青山县财政局"}
    assert [row.record["doc_number"] for row in rows] == [
        "青财〔2025〕3号",
        "青财〔2025〕5号",
        None,
        "青财办〔2025〕7号",
    ]
    assert rows[1].record["title"] == "关于清查资产的通知"
    assert rows[1].record["remarks"] == "原件"
    assert rows[2].record["title"] == "关于报送年报的函"
    assert [row.record["copy_count"] for row in rows] == [2, 1, 1, 2]
    assert [row.record["secrecy_level"] for row in rows] == [None, "普通", "内部", None]
    assert [row.number for row in rows] == ["1", "2", "3", ""]
    assert all(row.year == 2025 and not row.notes for row in rows)


def test_every_other_line_says_what_it_is():
    sheet = sheet_of(
        [
            ["2025年收文登记簿", "", ""],
            ["序号", "日期", "标题"],
            [1.0, "1.2", "关于甲的通知"],
            ["二月份", "", ""],
            ["序号", "日期", "标题"],
            [2.0, "2.2", "关于乙的通知"],
            [3.0, "", ""],
            ["小计", "", "2件"],
            ["本页合计：2件", "", ""],
            ["注：涉密文件另册登记。", "", ""],
            ["负责人：孙志强", "登记人：王春燕", ""],
        ],
        merged=[(0, 0, 0, 2), (3, 0, 3, 2), (9, 0, 9, 2)],
    )
    (table,) = find_tables(sheet, RECEIPT)
    assert [(one.row, one.kind) for one in skipped_rows(sheet, table)] == [
        (1, RowKind.TITLE),
        (2, RowKind.HEADER),
        (4, RowKind.TITLE),
        (5, RowKind.HEADER),
        (7, RowKind.UNUSED),
        (8, RowKind.TOTAL),
        (9, RowKind.TOTAL),
        (10, RowKind.NOTE),
        (11, RowKind.FOOTER),
    ]
    assert [row.record["title"] for row in read_sheet(sheet, RECEIPT)] == ["关于甲的通知", "关于乙的通知"]


def test_a_head_of_two_lines_with_merged_cells(read):
    rows = read(
        [
            ["收文登记簿（2024年）", "", "", "", "", "", "", "", ""],
            ["序号", "收文日期", "", "来文", "", "", "份数", "承办", ""],
            ["", "月", "日", "机关", "字号", "标题", "", "单位", "人"],
            [1.0, 3.0, 5.0, "县水务局", "青水〔2024〕2号", "关于防汛的通知", 1.0, "农业农村办", "刘敏"],
            [2.0, "", 9.0, "县林业局", "青林〔2024〕6号", "关于防火的通知", 1.0, "应急办", "陈海"],
            [3.0, "4", "11", "县林业局", "", "关于值班的通知", "", "", ""],
        ],
        RECEIPT,
        merged=[(0, 0, 0, 8), (1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 1, 5), (1, 6, 2, 6), (1, 7, 1, 8)],
    )
    assert days(rows) == ["2024-03-05", "2024-03-09", "2024-04-11"]
    first = rows[0].record
    assert (first["sender"], first["doc_number"], first["title"]) == ("县水务局", "青水〔2024〕2号", "关于防汛的通知")
    assert (first["lead_dept"], first["handler"], first["copy_count"]) == ("农业农村办", "刘敏", 1)


def test_two_books_side_by_side():
    rows = [
        ["2025年收文登记", "", "", "", "", "2025年发文登记", "", "", ""],
        ["序号", "收文日期", "来文单位", "标题", "", "序号", "签发日期", "发文字号", "标题"],
        [1.0, "3.1", "县财政局", "关于甲的通知", "", 1.0, "3月2日", "云政发〔2025〕1号", "关于乙的报告"],
        [2.0, "3.4", "县民政局", "关于丙的通知", "", "", "", "", ""],
        ["", "", "", "", "", 2.0, "3月9日", "云政发〔2025〕2号", "关于丁的报告"],
    ]
    sheet = sheet_of(rows)
    left, right = find_tables(sheet, RECEIPT)
    assert (left.register_guess, right.register_guess) == ("receipt", "dispatch")
    receipts = [row for row in read_sheet(sheet, RECEIPT) if row.record["sender"]]
    assert [row.record["title"] for row in receipts] == ["关于甲的通知", "关于丙的通知"]
    dispatches = [row for row in read_sheet(sheet, DISPATCH) if row.number]
    assert [(row.number, str(row.record["signed_on"])) for row in dispatches] == [
        ("云政发〔2025〕1号", "2025-03-02"),
        ("云政发〔2025〕2号", "2025-03-09"),
    ]


def test_two_halves_without_a_gap_between_them():
    sheet = sheet_of(
        [
            ["收文日期", "来文单位", "标题", "收文日期", "来文单位", "标题"],
            ["2025.3.1", "县财政局", "关于甲的通知", "2025.3.5", "县民政局", "关于丙的通知"],
            ["2025.3.2", "县水务局", "关于乙的通知", "", "", ""],
        ]
    )
    assert [row.record["title"] for row in read_sheet(sheet, RECEIPT)] == [
        "关于甲的通知",
        "关于乙的通知",
        "关于丙的通知",
    ]


def test_two_books_below_each_other(read):
    rows = read(
        [
            ["2024年收文"],
            ["收文日期", "来文单位", "文件标题", "签收人"],
            ["12.30", "县财政局", "关于甲的通知", "刘敏"],
            ["", "", "", ""],
            ["2025年收文", "", "", ""],
            ["收文号", "来文单位", "标题", "收文日期", "文号"],
            ["1", "县民政局", "关于乙的通知", "1.2", "青民〔2025〕1号"],
        ],
        RECEIPT,
    )
    assert days(rows) == ["2024-12-30", "2025-01-02"]
    assert [row.number for row in rows] == ["", "1"]


def test_cells_merged_over_several_documents_hold_for_all_of_them(read):
    rows = read(
        [
            ["日期", "来文单位", "文号", "标题"],
            ["2025.3.1", "县财政局", "青财〔2025〕1号", "关于甲的通知"],
            ["", "", "青财〔2025〕2号", "关于乙的通知"],
            ["", "", "青财〔2025〕3号", "关于丙的通知"],
            ["2025.3.2", "县民政局", "", "关于丁的通知"],
        ],
        RECEIPT,
        merged=[(1, 0, 3, 0), (1, 1, 3, 1)],
    )
    assert days(rows) == ["2025-03-01"] * 3 + ["2025-03-02"]
    assert [row.record["sender"] for row in rows] == ["县财政局"] * 3 + ["县民政局"]


def test_one_document_over_two_lines_is_one_row():
    sheet = sheet_of(
        [
            ["序号", "日期", "标题", "承办单位", "签收人"],
            [1.0, "2025.3.1", "关于甲的通知", "财政所", "陈海"],
            ["", "", "", "农业农村办", "刘敏"],
            [2.0, "2025.3.2", "关于乙的通知", "党政办", ""],
        ],
        merged=[(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2)],
    )
    first, second = read_sheet(sheet, RECEIPT)
    assert (first.record["lead_dept"], first.record["receiver"]) == ("财政所；农业农村办", "陈海；刘敏")
    assert second.record["lead_dept"] == "党政办"


def test_a_sheet_without_a_head_is_read_by_its_content(read):
    rows = read(
        [
            [1.0, "2025.3.1", "青财〔2025〕1号", "青山县财政局关于报送债务的通知"],
            [2.0, "2025.3.2", "青民〔2025〕1号", "青山县民政局关于低保核查的通知"],
            [3.0, "2025.3.5", "青水〔2025〕4号", "青山县水务局关于防汛的通知"],
        ],
        RECEIPT,
    )
    assert days(rows) == ["2025-03-01", "2025-03-02", "2025-03-05"]
    assert [row.record["doc_number"] for row in rows] == ["青财〔2025〕1号", "青民〔2025〕1号", "青水〔2025〕4号"]
    assert [row.number for row in rows] == ["1", "2", "3"]


def test_what_is_no_ledger_is_not_taken_for_one():
    roster = sheet_of(
        [["2025年3月值班表"], ["日期", "带班", "值班"], ["1日", "孙志强", "刘敏"], ["2日", "何文斌", "陈海"]]
    )
    form = sheet_of(
        [
            ["文件处理单"],
            ["来文单位", "县财政局", "", "文件编号", "青财〔2025〕1号"],
            ["收文号", "12", "收文日期", "2025年3月1日", ""],
            ["文件名称", "关于甲的通知", "", "", ""],
        ]
    )
    assert find_tables(roster, RECEIPT) == []
    assert find_tables(form, RECEIPT) == []
    assert find_tables(sheet_of([]), RECEIPT) == []


def test_year_month_and_day_in_columns_of_their_own(read):
    rows = read(
        [
            ["发文登记簿"],
            ["年", "月", "日", "发文字号", "", "文件标题"],
            ["", "", "", "字", "号", ""],
            [2024.0, 3.0, 5.0, "云政发", 1.0, "关于甲的报告"],
            ["", "", 8.0, "云政函", "2", "关于乙的函"],
            ["", 4.0, 1.0, "云政发", "〔2024〕2号", "关于丙的请示"],
        ],
        DISPATCH,
        merged=[(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 2, 5)],
    )
    assert days(rows, "signed_on") == ["2024-03-05", "2024-03-08", "2024-04-01"]
    assert [row.number for row in rows] == ["云政发〔2024〕1号", "云政函〔2024〕2号", "云政发〔2024〕2号"]


def test_a_head_of_two_lines_that_lost_its_merged_cells(read):
    rows = read(
        [
            ["收文登记表2023", "", "", "", "", ""],
            ["序号", "来文", "", "", "收文", "处理"],
            ["", "单位", "字号", "标题", "日期", "情况"],
            ["1", "县委办", "青办〔2023〕1号", "关于甲的通知", "1.5", "已阅"],
            ["2", "〃", "", "关于乙的通知", "同 上", ""],
        ],
        RECEIPT,
    )
    assert days(rows) == ["2023-01-05", "2023-01-05"]
    assert [row.record["sender"] for row in rows] == ["县委办", "县委办"]
    assert rows[0].record["remarks"] == "处理情况：已阅"
    assert [row.number for row in rows] == ["1", "2"]


def test_bare_counts_under_a_sure_heading_are_numbers(read):
    rows = read(
        [
            ["文号", "日期", "标题"],
            ["1号", "1.5", "关于甲的报告"],
            ["2号", "1.9", "关于乙的报告"],
            ["", "", "2023年1月31日"],
        ],
        DISPATCH,
        file_name="2023",
    )
    assert [row.number for row in rows] == ["1号", "2号"]
