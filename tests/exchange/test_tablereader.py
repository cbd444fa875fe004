# SPDX-License-Identifier: MulanPSL-2.0
"""What stands in the lines of a ledger: taken right, kept in the remarks, or refused with a reason."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.exchange.conftest import read_sheet, sheet_of
from township_office.exchange.ledger import LedgerRow, NotTaken
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT


def days(rows, name="received_on"):
    return [str(row.record[name]) for row in rows]


def test_a_dispatch_book_with_both_dates(read):
    rows = read(
        [
            [
                "序号",
                "发文字号",
                "签发日期",
                "发文日期",
                "文种",
                "标题",
                "主送",
                "抄送",
                "份数",
                "拟稿人",
                "签发人",
                "用印",
            ],
            [
                1.0,
                "云政发2025-3",
                "5月6日",
                "5月7日",
                "报告",
                "关于甲的报告",
                "县政府",
                "县委办",
                "3份",
                "刘敏",
                "孙志强",
                "是",
            ],
        ],
        DISPATCH,
        file_name="2025年发文",
    )
    (row,) = rows
    assert (row.number, row.original_number, row.line) == ("云政发〔2025〕3号", "云政发2025-3", "1")
    assert (str(row.record["signed_on"]), str(row.record["dispatched_on"])) == ("2025-05-06", "2025-05-07")
    assert (row.record["genre"], row.record["main_recipient"], row.record["cc_recipient"]) == (
        "报告",
        "县政府",
        "县委办",
    )
    assert row.record["remarks"] == "用印：是"


def test_a_number_spread_over_two_columns(read):
    rows = read(
        [
            ["收文日期", "来文", "", "", "标题"],
            ["", "机关", "字", "号", ""],
            ["2025.3.1", "县财政局", "青财〔2025〕", 12.0, "关于甲的通知"],
            ["2025.3.2", "县民政局", "青民", "〔2025〕3号", "关于乙的通知"],
            ["2025.3.3", "县民政局", "青民函", "4", "关于丙的函"],
        ],
        RECEIPT,
        merged=[(0, 1, 0, 3)],
    )
    assert [row.record["doc_number"] for row in rows] == ["青财〔2025〕12号", "青民〔2025〕3号", "青民函〔2025〕4号"]
    assert [row.record["sender"] for row in rows] == ["县财政局", "县民政局", "县民政局"]


def test_title_and_number_in_one_column(read):
    rows = read(
        [
            ["收文时间", "来文单位", "标题及文号", "份数"],
            ["2025.3.1", "县财政局", "关于报送债务的通知（青财〔2025〕12号）", 1.0],
            ["2025.3.2", "县民政局", "青民[2025]3号 关于低保的通知", 1.0],
            ["2025.3.3", "县民政局", "关于废止青民〔2020〕3号文件的通知", 1.0],
        ],
        RECEIPT,
    )
    assert [(row.record["title"], row.record["doc_number"]) for row in rows] == [
        ("关于报送债务的通知", "青财〔2025〕12号"),
        ("关于低保的通知", "青民〔2025〕3号"),
        ("关于废止青民〔2020〕3号文件的通知", None),
    ]


def test_what_cannot_be_read_is_kept_in_the_remarks_and_said():
    sheet = sheet_of(
        [
            ["收文日期", "来文单位", "标题", "密级", "份数", "紧急程度", "办理时限", "备注"],
            ["2月30日", "县林业局", "关于设卡的通知", "S1", "若干", "速办", "尽快", "电话通知"],
            ["2025.3.1", "县林业局", "关于防火的通知", "一般", 2.0, "急件", "3月9日", ""],
            ["2025.3.2", "县林业局", "关于造林的通知", "", "1份", "特急件", "", ""],
            ["2025.3.3", "县林业局", "关于护林的通知", "", "1份", "", "2025.3.1", ""],
        ]
    )
    first, second, third, fourth = read_sheet(sheet, RECEIPT, file_name="2025")
    assert first.record["received_on"] is None
    assert first.year == 2025
    assert first.record[
        "remarks"
    ] == "电话通知\n密级：S1\n份数：若干\n紧急程度：速办\n收文日期：2月30日\n办理时限：尽快".replace(
        "\n密级：S1\n份数：若干", "\n密级：S1\n份数：若干"
    )
    assert {note.field for note in first.notes} == {"secrecy_level", "copy_count", "urgency", "received_on", "due_on"}
    assert "2月30日" in next(note.message for note in first.notes if note.field == "received_on")
    assert (second.record["secrecy_level"], second.record["urgency"]) == ("普通", "加急")
    assert str(second.record["due_on"]) == "2025-03-09"
    assert third.record["urgency"] == "特急"
    assert fourth.notes[0].message == "办理时限早于收文日期，请核对。"


def test_columns_nobody_knows_are_kept_with_their_heading(read):
    rows = read(
        [
            ["收文日期", "标题", "传阅情况", "url", "登记人"],
            ["2025.3.1", "关于甲的通知", "孙书记已阅", "http://example.invalid/1", "王春燕"],
            ["2025.3.2", "关于乙的通知", "同上", "http://example.invalid/2", ""],
        ],
        RECEIPT,
    )
    assert [row.record["remarks"] for row in rows] == ["传阅情况：孙书记已阅\n登记人：王春燕", "传阅情况：孙书记已阅"]


def test_the_clerks_own_choices_come_first():
    rows = [["pub_date", "文件", "处室", "经手"], ["2025-03-01", "关于甲的通知", "财政所", "刘敏"]]
    remembered = {"pubdate": "received_on", "处室": "lead_dept", "经手": ""}
    (row,) = read_sheet(sheet_of(rows), RECEIPT, remembered=remembered)
    assert str(row.record["received_on"]) == "2025-03-01"
    assert row.record["lead_dept"] == "财政所"
    assert row.record["remarks"] is None


@pytest.mark.parametrize("level", ["秘密", "机密★5年", "绝密", "秘", "机密级", "秘密 3年"])
def test_a_state_secret_is_not_taken_and_its_words_are_kept_nowhere(level):
    sheet = sheet_of(
        [["收文日期", "标题", "密级"], ["2025.3.1", "关于某事的通知", level], ["2025.3.2", "关于甲的通知", "工作秘密"]]
    )
    refused, taken = read_sheet(sheet, RECEIPT)
    assert isinstance(refused, NotTaken)
    assert refused.is_secret
    assert refused.cells == ()
    assert "请到“涉密”登记去向" in refused.reason
    assert taken.record["secrecy_level"] == "工作秘密"


def test_a_secret_mark_anywhere_in_a_line_refuses_it():
    sheet = sheet_of(
        [
            ["收文日期", "标题", "传阅", "备注"],
            ["2025.3.1", "关于某事的通知（机密★1年）", "", ""],
            ["2025.3.2", "关于某事的通知", "密码电报", ""],
            ["2025.3.3", "关于某事的通知", "", "秘密★长期"],
            ["2025.3.4", "关于学习保守国家秘密法的通知", "", ""],
        ]
    )
    read = read_sheet(sheet, RECEIPT)
    assert [isinstance(one, NotTaken) for one in read] == [True, True, True, False]


def test_a_line_without_title_and_number_is_not_taken_with_its_reason():
    sheet = sheet_of(
        [
            ["收文号", "收文日期", "来文单位", "标题", "文号"],
            ["1", "2025.3.1", "县财政局", "", ""],
            ["2", "2025.3.1", "县财政局", "", "青财〔2025〕1号"],
            ["3", "2025.3.1", "县财政局", "关" * 501, ""],
            ["4", "", "", "", ""],
        ]
    )
    nothing, numbered, long, bare = read_sheet(sheet, RECEIPT)
    assert isinstance(nothing, NotTaken)
    assert nothing.cells == ("1", "2025.3.1", "县财政局", "", "")
    assert isinstance(numbered, LedgerRow)
    assert numbered.notes[0].field == "title"
    assert isinstance(long, NotTaken)
    assert "500" in long.reason
    assert isinstance(bare, NotTaken)


def test_void_rows_are_known(read):
    rows = read(
        [
            ["发文字号", "签发日期", "标题", "备注"],
            ["云政发〔2025〕1号", "2025.3.1", "作废", ""],
            ["云政发〔2025〕2号", "2025.3.1", "关于甲的报告", "作废"],
            ["云政发〔2025〕3号", "2025.3.1", "关于乙的报告", ""],
        ],
        DISPATCH,
    )
    assert [row.is_voided for row in rows] == [True, True, False]


def test_short_names_are_spelt_out_only_where_the_title_says_so(read):
    rows = read(
        [
            ["收文日期", "来文单位", "标题"],
            ["2025.3.1", "县府办", "青山县人民政府办公室关于值班的通知"],
            ["2025.3.2", "〃", "青山县人民政府办公室关于防火的通知"],
            ["2025.3.3", "县政府", "青山县人民政府办公室关于防汛的通知"],
            ["2025.3.4", "县政府", "关于防汛的通知"],
            ["2025.3.5", "国办", "国务院办公厅关于放假的通知"],
        ],
        RECEIPT,
    )
    assert [row.record["sender"] for row in rows] == [
        "青山县人民政府办公室",
        "青山县人民政府办公室",
        "县政府",
        "县政府",
        "国务院办公厅",
    ]
    assert [len(row.notes) for row in rows] == [1, 0, 0, 0, 1]


def test_labels_inside_cells_are_taken_off(read):
    rows = read(
        [
            ["doc_number", "pub_date", "title", "issuer"],
            ["发文字号：青财〔2025〕12 号", "成文日期 ：2025-03-01", "标题：关于甲的通知", "发布机构：县财政局"],
            ["发文字号：青财〔2025〕13号", "成文日期 ：2025-03-02", "标题：关于乙的通知", "发布机构：县财政局"],
        ],
        RECEIPT,
    )
    first = rows[0].record
    assert (first["doc_number"], str(first["dated_on"])) == ("青财〔2025〕12号", "2025-03-01")
    assert (first["title"], first["sender"]) == ("关于甲的通知", "县财政局")


def test_formula_errors_are_empty_and_said():
    sheet = sheet_of([["收文日期", "标题", "份数"], ["2025.3.1", "关于甲的通知", ""]])
    sheet.errors.add((1, 2))
    (row,) = read_sheet(sheet, RECEIPT)
    assert row.record["copy_count"] is None
    assert "份数" in row.notes[0].message


def test_numbers_as_numbers_dates_with_times_and_true_false(read):
    rows = read(
        [
            ["收文号", "收文日期", "标题", "签收"],
            [20250001.0, datetime(2025, 3, 1, 9, 30), "关于甲的通知", True],
            [20250002.0, 45718.0, "关于乙的通知", date(2025, 3, 3)],
        ],
        RECEIPT,
    )
    assert [row.number for row in rows] == ["20250001", "20250002"]
    assert days(rows) == ["2025-03-01", "2025-03-02"]
    assert [row.record["receiver"] for row in rows] == ["是", "2025-03-03"]


def test_dates_without_a_year_that_cross_new_year(read):
    rows = read(
        [["日期", "标题"]]
        + [[day, "关于甲的通知"] for day in ("11.5", "11.20", "12.3", "12.30", "1.2", "1.15", "2.1")],
        RECEIPT,
    )
    assert days(rows) == [
        "2025-11-05", "2025-11-20", "2025-12-03", "2025-12-30", "2026-01-02", "2026-01-15", "2026-02-01",
    ]  # fmt: skip
