# SPDX-License-Identifier: MulanPSL-2.0
"""Every kind of table file comes in as plain sheets."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date

import pytest
import xlsxwriter

from tests.exchange.conftest import write_xlsx
from tests.exchange.files import ods_cell, ods_row, raw_ods, raw_xls, raw_xlsx
from township_office.core.errors import OfficeError
from township_office.exchange.workbooks import read_workbook

ROWS = [["收文日期", "标题", "份数"], ["3月1日", "关于甲的通知", 2], [date(2025, 3, 2), "关于㙍乙的通知", 1.5]]


def test_xlsx_comes_in_with_names_hidden_sheets_and_merged_cells(tmp_path):
    path = tmp_path / "收文.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        first = book.add_worksheet("1月")
        first.merge_range("A1:C1", "2025年收文")
        first.write("A3", "甲")
        first.write("B3", True)
        first.write_datetime("C3", date(2025, 3, 2), book.add_format({"num_format": "yyyy年m月d日"}))
        first.write_formula("D3", "=1+1", None, 2)
        book.add_worksheet("旧").hide()
    one, two = read_workbook(path)
    assert (one.name, one.hidden, two.name, two.hidden) == ("1月", False, "旧", True)
    assert one.rows[0][0] == "2025年收文"
    assert one.rows[2] == ["甲", True, date(2025, 3, 2), 2.0]
    assert one.merged == [(0, 0, 0, 2)]


def test_formulas_that_show_an_error_are_empty_and_remembered(tmp_path):
    path = tmp_path / "错.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_chartsheet("图")
        sheet = book.add_worksheet("A&B")
        sheet.write_formula(0, 0, "=1/0", None, "#DIV/0!")
        sheet.write_string(1, 1, "#REF!")
        sheet.write_string(2, 2, "好")
    (sheet,) = read_workbook(path)
    assert sheet.rows == [["", "", ""], ["", "", ""], ["", "", "好"]]
    assert sheet.errors == {(0, 0), (1, 1)}


def test_a_sheet_in_columns_beyond_z_or_without_addresses_is_read_too(tmp_path):
    wide = write_xlsx(tmp_path / "wide.xlsx", {"a": [[f"c{column}" for column in range(40)]]})
    assert read_workbook(wide)[0].rows[0][39] == "c39"
    bare = raw_xlsx(tmp_path / "bare.xlsx", [b"<row><c><v>1</v></c><c><v>2</v></c></row>"])
    assert read_workbook(bare)[0].rows == [[1.0, 2.0]]


def test_an_xls_is_told_by_its_content_whatever_its_name(tmp_path):
    path = raw_xls(tmp_path / "台账.et", [(0, 0, "收文日期"), (0, 1, "标题"), (1, 0, 45718.0), (1, 1, "关于甲的通知")])
    (sheet,) = read_workbook(path)
    assert sheet.name == "1月"
    assert sheet.rows == [["收文日期", "标题"], [45718.0, "关于甲的通知"]]


def test_an_ods_comes_in_with_its_merged_cells_and_without_its_empty_end(tmp_path):
    rows = ods_row(ods_cell("来文单位") + ods_cell("标题") + ods_cell("", 16382))
    rows += ods_row(ods_cell("县财政局", more='table:number-rows-spanned="2"') + ods_cell("关于甲的通知"))
    rows += ods_row("<table:covered-table-cell/>" + ods_cell("关于乙的通知"))
    rows += ods_row(ods_cell("", 16384), 1048570)
    (sheet,) = read_workbook(raw_ods(tmp_path / "a.ods", rows))
    assert sheet.rows == [["来文单位", "标题"], ["县财政局", "关于甲的通知"], ["", "关于乙的通知"]]
    assert sheet.merged == [(1, 0, 2, 0)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_text_tables_in_every_encoding_and_separator(tmp_path, encoding, separator):
    path = tmp_path / "a.csv"
    lines = [
        ["序号", "收文日期", "标题"],
        ["1", "3月1日", "关于甲、乙的通知，请阅"],
        ["2", "3月2日", "关于㙍头水库的函"],
    ]
    if separator == ",":
        lines[1][2] = '"关于甲, 乙的""通知"""'
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    (sheet,) = read_workbook(path)
    assert sheet.name == "a"
    assert sheet.rows[0] == ["序号", "收文日期", "标题"]
    assert sheet.rows[1][2] == ('关于甲, 乙的"通知"' if separator == "," else "关于甲、乙的通知，请阅")
    assert sheet.rows[2] == lines[2]


def test_a_lone_quotation_mark_in_a_text_table_is_a_ditto_mark(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('来文单位,标题\n县财政局,关于甲的通知\n",关于乙的通知\n""""\t,"丙\n丁"\n', "utf-8")
    assert read_workbook(path)[0].rows[2] == ['"', "关于乙的通知"]
    path.write_text('标题,单位\n"没有关上,甲\n' + "关于乙的通知,乙\n" * 300, "utf-8")
    assert len(read_workbook(path)[0].rows) == 302


def test_the_helper_process_works_from_a_script_that_was_piped_in(tmp_path):
    path = raw_xls(tmp_path / "a.xls", [(0, 0, "标题")])
    script = f"""
from pathlib import Path
from township_office.exchange.workbooks import read_workbook
print(read_workbook(Path({str(path)!r}))[0].rows)
"""
    done = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[['标题']]", "")


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.xlsx", b"", "exchange.empty"),
        ("a.csv", b"\r\n  ", "exchange.empty"),
        ("a.xlsx", b"%PDF-1.7 ...", "exchange.no_workbook"),
        ("a.xls", b"\x89PNG\r\n", "exchange.no_workbook"),
        ("a.csv", bytes(range(256)) * 40, "exchange.no_workbook"),
        ("a.xls", b"\xef\xbb\xbf<html><table>", "exchange.is_web_page"),
        ("a.xls", b'<?xml version="1.0"?><Workbook>', "exchange.is_web_page"),
        ("a.xlsx", b"PK\x03\x04 cut off", "exchange.damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "exchange.damaged"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "exchange.has_password",
        ),
    ],
)
def test_what_is_no_workbook_is_refused_with_one_sentence(tmp_path, name, content, key):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(OfficeError) as refusal:
        read_workbook(path)
    assert refusal.value.key == key
    assert str(refusal.value).endswith("。")


def test_missing_files_folders_and_word_documents_are_refused(tmp_path):
    with pytest.raises(OfficeError, match="找不到"):
        read_workbook(tmp_path / "没有.xlsx")
    with pytest.raises(OfficeError, match="文件夹"):
        read_workbook(tmp_path)
    shutil.make_archive(str(tmp_path / "word"), "zip", tmp_path, ".")
    with pytest.raises(OfficeError, match="不是表格文件"):
        read_workbook(tmp_path / "word.zip")
