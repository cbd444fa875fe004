# SPDX-License-Identifier: MulanPSL-2.0
"""The superior's 清退目录: which copies it calls back, whatever its sheet looks like; never what they are about."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.exchange.conftest import sheet_of, write_xlsx
from township_office.core.errors import OfficeError
from township_office.exchange.clearlist import Called, read_clear_list
from township_office.exchange.workbooks import read_workbook

HEAD = ["序号", "文号", "文件标题", "密级", "份号", "份数", "备注"]
SECRET = "关于甲乙丙丁工作部署的通知"


def read(rows, **more):
    return read_clear_list([sheet_of([["青山县2026年涉密文件清退目录"], HEAD, *rows], **more)])


def said(called: Called):
    return called.row, called.number.text or called.number.sequence, called.serials, called.copies, called.level


def test_lines_with_ranges_marks_and_totals():
    found = read(
        [
            [1, "青委办〔2026〕15号", SECRET, "机密★10年", "000012-000014", 3, ""],
            [2, "青委办[2026]第016号", SECRET, "秘密", 21, "1份", ""],
            [3, "〃", SECRET, "秘密", "第22份", "", ""],
            [4, "17", "", "", "", "2", ""],
            ["合计", "", "", "", "", 7, ""],
            ["制表人：林小满", "", "", "", "", "", ""],
        ]
    )
    assert [said(one) for one in found.called] == [
        (3, "青委办〔2026〕15号", ("000012", "000013", "000014"), 3, "机密"),
        (4, "青委办〔2026〕16号", ("21",), 1, "秘密"),
        (5, "青委办〔2026〕16号", ("22",), 1, "秘密"),
        (6, 17, (), 2, ""),
    ]
    assert (found.doubts, found.counted) == ((), 0)
    assert found.ignored == ("文件标题", "备注")


def test_what_it_is_about_is_handed_on_nowhere():
    found = read(
        [[1, "青委办〔2026〕15号", SECRET, "机密", "乱写的", "", SECRET], [2, SECRET, SECRET, "", "1", "", ""]]
    )
    assert "甲乙丙丁" not in repr(found)
    assert "乱写" not in repr(found)
    assert [(one.row, one.why) for one in found.doubts] == [
        (3, "份号看不懂，或同一个份号写了两次"),
        (4, "文号看不懂"),
    ]


def test_what_cannot_be_read_says_why():
    found = read(
        [
            [1, "", SECRET, "机密", "000012", 1, ""],
            [2, "青委办〔2026〕15号", SECRET, "机密", "000012-000014", 2, ""],
            [3, "青委办〔2026〕15号", SECRET, "机密", datetime(2026, 3, 5), 3, ""],
            [4, "青委办〔2026〕15号", SECRET, "机密", "", "若干", ""],
        ]
    )
    assert [said(one)[:3] for one in found.called] == [(4, "青委办〔2026〕15号", ("000012", "000013", "000014"))]
    assert [one.why for one in found.doubts] == [
        "没有文号",
        "份数是 2，份号却有 3 个；已按份号核对",
        "份号或份数被表格软件当成了日期，请在原表里改成文本",
        "份数看不懂",
    ]


def test_what_is_only_counted_here_is_not_compared():
    found = read(
        [[1, "青委办〔2026〕15号", "", "绝密★30年", "1", 1, ""], [2, "青委密电〔2026〕3号", "", "", "1", 1, ""]]
    )
    assert (found.called, found.doubts, found.counted) == ((), (), 2)


def test_a_merged_number_holds_for_its_lines(tmp_path):
    rows = [HEAD, [1, "青委办〔2026〕15号", SECRET, "机密", "000012", 1, ""], [2, "", "", "机密", "000013", 1, ""]]
    path = write_xlsx(tmp_path / "目录.xlsx", {"Sheet1": rows}, merge=["B2:B3"])
    found = read_clear_list(read_workbook(path))
    assert [(one.number.sequence, one.serials) for one in found.called] == [(15, ("000012",)), (15, ("000013",))]


def test_two_lines_of_headings_and_another_order():
    rows = [["份号", "", "文件", ""], ["", "", "文号", "密级"], ["000012", "", "青委办〔2026〕15号", "机密"]]
    found = read_clear_list([sheet_of(rows)])
    assert [said(one) for one in found.called] == [(3, "青委办〔2026〕15号", ("000012",), 1, "机密")]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["姓名", "电话"], ["林小满", "1"]], "没有找到清退目录"),
        ([["文号", "密级", "标题"], ["青委办〔2026〕15号", "机密", SECRET]], "没有“份号”或“份数”"),
        ([], "没有找到清退目录"),
    ],
)
def test_another_sheet_is_refused_in_one_sentence(rows, words):
    with pytest.raises(OfficeError, match=words):
        read_clear_list([sheet_of(rows)])


def test_hidden_sheets_are_left_alone():
    sheet = sheet_of([HEAD, [1, "青委办〔2026〕15号", "", "机密", "000012", 1, ""]])
    sheet.hidden = True
    with pytest.raises(OfficeError):
        read_clear_list([sheet])
