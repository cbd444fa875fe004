# SPDX-License-Identifier: MulanPSL-2.0
"""What is not taken: listed with its reason, marked in a copy of their sheet; and secret words written nowhere."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.services.importing import RECEIPTS, TODAY, book, plan, receipts
from township_office.core.errors import OfficeError
from township_office.registers.receipt import RECEIPT
from township_office.services import sheets
from township_office.services.office import Office

SECRET = "机密★10年"
SECRET_WORDS = ("青龙工程", "周密行", "绝不外传的标题")


class TestSecretRows:
    @pytest.fixture
    def ready(self, office: Office, tmp_path: Path):
        """Marks in the title, the number, an unknown column, the level; in a heading and a sheet's name."""
        one, two, three = SECRET_WORDS
        day = ("2025-03-03", "青山县财政局")
        head = (*RECEIPTS, "密级", f"{SECRET}圈阅")
        lines = [
            (f"{SECRET}{one}登记簿",),
            head,
            (1, *day, "", f"{SECRET} 关于{one}的通知", "", ""),
            (2, *day, f"机密★1年{two}〔2025〕1号", f"关于{one}的函", "", ""),
            (3, *day, "", three, "机密", ""),
            (4, *day, "", f"关于{two}的通知", "", f"秘密★ {three}"),
            (5, *day, "青财〔2025〕5号", "关于开展保密教育的通知", "普通", ""),
            ("合计", "", "", "", f"绝密★{two}", "", ""),
        ]
        other = [(f"{SECRET}{three}",), ("日期", "值班人"), (f"绝密★{two}", one)]
        path = book(tmp_path / "旧账.xlsx", **{"收文": lines, f"{SECRET}{one}": receipts([9], first=9), "值班": other})
        return plan(office, RECEIPT, path)

    def clean(self, text: str) -> bool:
        return "★" not in text and not any(word in text for word in SECRET_WORDS)

    def test_are_never_taken_and_the_clerk_is_told_where_they_are(self, ready):
        assert [one.values["title"] for one in ready.taken][:1] == ["关于开展保密教育的通知"]
        secret = [one for one in ready.not_taken if one.is_secret]
        assert [one.row for one in secret] == [3, 4, 5, 6]
        assert {one.cells for one in secret} == {()}
        assert {one.reason for one in secret} == {
            "这一行带有国家秘密标志，不能录入这里。请到“涉密”登记去向，内容只留在纸质件上。"
        }

    def test_their_words_are_written_nowhere(self, ready, office: Office, tmp_path: Path, caplog):
        caplog.set_level(0)
        sheets.run_import(office, ready, TODAY)
        assert self.clean(json.dumps(sheets.as_plain(ready), ensure_ascii=False))
        assert self.clean(caplog.text)
        assert self.clean("\n".join(office.db.conn.iterdump()))
        (tmp_path / "out").mkdir()
        for name in ("问题.csv", "问题.xlsx"):
            path = tmp_path / "out" / name
            sheets.write_problems(ready, path)
            cells = [
                str(c) for sheet in sheets.look_at(path).sheets for row in [[sheet.name], *sheet.rows] for c in row
            ]
            assert self.clean("\n".join(cells)), name

    def test_they_are_in_no_byte_of_the_file(self, ready, office: Office):
        sheets.run_import(office, ready, TODAY)
        whole = office.path.read_bytes()
        assert not any(word.encode() in whole for word in (*SECRET_WORDS, "★"))


class TestProblemFiles:
    @pytest.fixture
    def ready(self, office: Office, tmp_path: Path):
        bad = ("", "2025-06-06", "=青山县财政局", "", "")
        path = book(tmp_path / "a.xlsx", 收文=[*receipts([1, 1, 2]), bad], 说明=[("请勿改动",)])
        return plan(office, RECEIPT, path)

    def test_a_list(self, ready, tmp_path: Path):
        sheets.write_problems(ready, tmp_path / "out.csv")
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            head, *lines = csv.reader(file)
        assert head == ["工作表", "行", "说明", "原内容"]
        assert [line[:2] for line in lines] == [["收文", "5"], ["说明", "1"], ["收文", "3"]]
        assert lines[0][2].startswith("既没有文件标题也没有文号")
        assert lines[0][3] == "2025-06-06 | =青山县财政局"
        assert lines[1][2] == "这张工作表里没有认出登记簿，没有导入。"
        assert "列为重号" in lines[2][2]

    def test_a_copy_of_the_sheets_that_were_read(self, ready, tmp_path: Path):
        sheets.write_problems(ready, tmp_path / "out.XLSX")
        copy, left_out = sheets.look_at(tmp_path / "out.XLSX").sheets
        assert (copy.name, left_out.name) == ("收文", "没有导入的工作表")
        assert left_out.rows == [["工作表", "说明"], ["说明", "这张工作表里没有认出登记簿，没有导入。"]]
        assert [row[:5] for row in copy.rows] == [list(row) for row in ready.source.sheets[0].rows]
        assert [row[5][:4] for row in copy.rows] == ["说明", "", "编号 2", "", "既没有文"]

    @pytest.mark.parametrize("name", ["out.txt", "out", "out.db", "out.xls"])
    def test_another_kind_of_file_is_refused(self, name: str, ready, tmp_path: Path):
        with pytest.raises(OfficeError, match="只能存为"):
            sheets.write_problems(ready, tmp_path / name)
        assert not (tmp_path / name).exists()

    def test_their_own_file_is_never_written_over(self, ready, tmp_path: Path):
        before = (tmp_path / "a.xlsx").read_bytes()
        (tmp_path / "link.xlsx").symlink_to("a.xlsx")
        for name in ("a.xlsx", "link.xlsx"):
            with pytest.raises(OfficeError, match="不能存到正在导入的原文件上"):
                sheets.write_problems(ready, tmp_path / name)
        assert (tmp_path / "a.xlsx").read_bytes() == before

    def test_a_place_that_cannot_be_written_is_told(self, ready, tmp_path: Path):
        for name in ("nowhere/out.csv", "nowhere/out.xlsx"):
            with pytest.raises(OfficeError, match="写不了"):
                sheets.write_problems(ready, tmp_path / name)
