# SPDX-License-Identifier: MulanPSL-2.0
"""Every verb: what it does, what it says, and one JSON document where that is asked for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.services.importing import book, receipts
from township_office.services import demo, settings
from township_office.services.office import open_office

YEAR = date.today().year
Run = Callable[..., tuple[int, str, str]]


class TestVerbs:
    def test_new(self, told, run: Run, refused, tmp_path: Path):
        path = tmp_path / "a.office.db"
        assert told("new", path, "--name", " 云水镇\u200b政府 ", "--clerk", "李向东") == {
            "path": str(path), "name": "云水镇政府",
        }  # fmt: skip
        with open_office(path, "李向东") as office:
            assert (settings.office_name(office), settings.clerks(office)) == ("云水镇政府", ["李向东"])
        assert "已经有同名文件" in refused("new", path, "--name", "云水镇")
        assert run("new", tmp_path / "b.db", "--name", "云水镇") == (0, f"已建立：{tmp_path / 'b.db'}\n", "")

    def test_demo(self, told, tmp_path: Path, monkeypatch):
        create = demo.create
        monkeypatch.setattr(demo, "create", lambda path, today: create(path, today, 10, 4))
        path = tmp_path / "a.office.db"
        assert told("demo", path, "--clerk", "张三") == {"path": str(path), "receipt": 10, "dispatch": 4}
        with open_office(path, "张三") as office:
            assert settings.clerks(office) == [*demo.CLERKS, "张三"]

    def test_set(self, told, run: Run, refused, file: Path):
        pairs = (
            "print.row_mm=11",
            "office.name=云水镇=新",
            "series.receipt.收文.start=88",
            "series.dispatch.云新发.name=新",
        )
        assert told("set", file, *pairs)["office.name"] == "云水镇=新"
        with open_office(file, "王") as office:
            assert settings.get_setting(office, "print.row_mm") == "11"
            assert settings.office_name(office) == "云水镇=新"
        assert told("add", file, "receipt", "title=甲", "sender=乙")["number"] == f"{YEAR}-0088"
        assert told("add", file, "dispatch", "series=云新发", "title=甲")["doc_number"] == f"云新发〔{YEAR}〕1号"
        assert run("set", file, "print.row_mm=12") == (0, "print.row_mm=12\n", "")
        assert "没有“a.b”这项设置" in refused("set", file, "a.b=1")
        assert "要写成 栏目=内容" in refused("set", file, "print.row_mm")
        assert "属性有：name、format" in refused("set", file, "series.receipt.收文=1")

    def test_set_is_all_or_nothing(self, refused, file: Path):
        refused("set", file, "print.row_mm=13", "series.receipt.收文.start=99", "office.name=x")
        with open_office(file, "王") as office:
            assert settings.get_setting(office, "print.row_mm") == "9"
            assert not office.db.conn.in_transaction

    def test_add_a_receipt(self, told, run: Run, file: Path):
        row = told(
            "add", file, "receipt", "received_on=今天", "sender=县府办", "title=通知=甲", "doc_number=县政办发[2026]3号"
        )
        assert list(row)[:6] == ["number", "received_on", "sender", "doc_number", "title", "copy_count"]
        assert (row["number"], row["received_on"]) == (f"{YEAR}-0001", str(date.today()))
        assert (row["title"], row["doc_number"]) == ("通知=甲", "县政办发〔2026〕3号")
        assert (row["copy_count"], row["urgency"], row["status"], row["entered_by"]) == (1, "平件", "在办", "管理员")
        assert {"due_on", "handler", "void_reason"} <= set(row)
        assert run("add", file, "receipt", "sender=甲", "title=乙") == (0, f"已登记：{YEAR}-0002\n", "")
        assert told("add", file, "receipt", "sender=甲", "title=乙", "copy_count=", "number=3")["copy_count"] is None

    def test_add_a_dispatch(self, told, file: Path):
        row = told("add", file, "dispatch", "title=甲", "series=党委文件", "signer=孙志强", "--clerk", "李向东")
        assert list(row)[:6] == ["doc_number", "signed_on", "genre", "title", "main_recipient", "copy_count"]
        assert row["doc_number"] == f"云委发〔{YEAR}〕1号"
        assert {"drafter", "signer", "voided_by"} <= set(row)
        assert (row["signer"], row["entered_by"]) == ("孙志强", "李向东")

    def test_add_refuses_what_is_off(self, refused, told, file: Path):
        assert "没有“tilte”这一栏。可用的有：series、number、received_on" in refused("add", file, "receipt", "tilte=甲")
        assert (
            refused("add", file, "receipt", "copy_count=三十")
            == "请填写来文单位。请填写文件标题。份数请填数字，例如 1。"
        )
        assert "国家秘密标志" in refused("add", file, "receipt", "sender=甲", "title=机密★1年 乙")
        assert "没有“别的”这个编号系列" in refused("add", file, "receipt", "sender=甲", "title=乙", "series=别的")
        assert told("list", file, "receipt") == []

    def test_list_and_find(self, told, run: Run, filled: Path):
        assert [row["state"] for row in told("list", filled, "receipt")] == ["voided", "open"]
        assert [row["void_reason"] for row in told("list", filled, "receipt")] == ["重复登记", None]
        assert len(told("list", filled, "receipt", "--year", YEAR)) == 2
        assert told("list", filled, "receipt", "--year", 2001) == []
        for text, count in (("防汛", 1), ("青水（2026）第05号", 2), ("fxjc", 1), ("水务局 年报", 1)):
            assert len(told("find", filled, "receipt", text)) == count
        assert len(told("find", filled, "receipt", "通知", "--limit", 1)) == 1
        assert told("find", filled, "receipt", "通知", "--limit", 0) == []
        assert told("find", filled, "dispatch", "没有这样的") == []
        assert run("list", filled, "receipt", "--year", 2001) == (0, "", "")
        code, out, err = run("list", filled, "receipt")
        assert (code, err, out.count("\n")) == (0, "", 2)
        assert out.splitlines()[1].split("\t")[:5] == [
            f"{YEAR}-0001", str(date.today()), "青山县水务局", "青水〔2026〕5号", "关于开展防汛检查的通知",
        ]  # fmt: skip

    def test_void_by_any_spelling_of_the_number(self, told, refused, filled: Path, tmp_path: Path):
        told("import", filled, "receipt", book(tmp_path / "旧.xlsx", 收文=receipts(["甲-77", 9], 2025)))
        spellings = (f"云政发[{YEAR}]1", f"{YEAR}0001", "甲-77", "9")
        for register, spelling in zip(("dispatch", "receipt", "receipt", "receipt"), spellings, strict=True):
            row = told("void", filled, register, spelling, "--why", "登记有误", "--clerk", "李向东")
            assert (row["status"], row["void_reason"], row["voided_by"]) == ("作废", "登记有误", "李向东")
        assert "已作废，不能再改" in refused("void", filled, "receipt", f"{YEAR}-1", "--why", "重复")
        assert "没有找到编号为“2001-9”的登记" in refused("void", filled, "receipt", "2001-9", "--why", "重复")
        told("add", filled, "receipt", "title=x", "sender=y")
        assert "请写明作废原因" in refused("void", filled, "receipt", f"{YEAR}-3", "--why", " ")

    def test_import(self, told, run: Run, refused, file: Path, tmp_path: Path):
        bad = ("", "2025-06-06", "青山县财政局", "", "")
        source = book(tmp_path / "旧 账.xlsx", ["藏"], 收文=[*receipts([1, 2, 2]), bad], 藏=receipts([7], first=9))
        tried = told("import", file, "receipt", source, "--dry-run", "--problems", tmp_path / "问题.csv")
        assert (tried["taken"], tried["dry_run"], tried["batch"], len(tried["clashes"])) == (3, True, None, 1)
        assert tried["not_taken"] == [{"sheet": "收文", "row": 5, "reason": tried["not_taken"][0]["reason"]}]
        assert "既没有文件标题也没有文号" in (tmp_path / "问题.csv").read_text("utf-8-sig")
        assert told("list", file, "receipt") == []
        assert [one["sheet"] for one in tried["left_out"]] == ["藏"]
        words = "已导入3行，不导入1行，编号有冲突1行。\n没有导入的工作表：藏。\n"
        assert run("import", file, "receipt", source) == (0, words, "")
        assert run("import", file, "receipt", source, "--sheet", "藏")[1] == "已导入1行，不导入0行，编号有冲突0行。\n"
        again = told("import", file, "receipt", source, "--dry-run")
        assert (again["taken"], again["known"], len(again["not_taken"])) == (0, 3, 4)
        assert "表里有3行登记簿里已有，不用再导入；另外1行不能导入" in refused("import", file, "receipt", source)
        assert "没有“无”这张工作表" in refused("import", file, "receipt", source, "--sheet", "无")
        assert "没有认出发文登记簿" in refused("import", file, "dispatch", source)
        assert "只能存为" in refused("import", file, "receipt", source, "--problems", tmp_path / "a.txt")
        assert "原文件" in refused("import", file, "receipt", source, "--problems", source)
        assert len(told("list", file, "receipt")) == 4

    @pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
    def test_print(self, suffix: str, run: Run, filled: Path, tmp_path: Path):
        out = tmp_path / f"收文 登记簿{suffix}"
        assert run("print", filled, "receipt", "--year", YEAR, "--out", out) == (0, f"已生成：{out}\n", "")
        assert out.stat().st_size > 1000
        assert run("print", filled, "dispatch", "--out", tmp_path / f"b{suffix.upper()}")[0] == 0

    def test_backup_and_verify(self, told, run: Run, refused, filled: Path, tmp_path: Path):
        (tmp_path / "U盘").mkdir()
        copy = Path(told("backup", filled, tmp_path / "U盘")["path"])
        report = told("verify", copy)
        assert (report["ok"], report["findings"], report["rows"] > 3, len(report["head"])) == (True, [], True, 64)
        code, out, err = run("verify", filled)
        assert (code, err) == (0, "")
        assert out.startswith("核对无误：")
        assert "找不到文件夹" in refused("backup", filled, tmp_path / "无")

    def test_verify_of_an_altered_file(self, run: Run, filled: Path):
        with sqlite3.connect(filled) as db:
            db.execute("UPDATE receipt SET title = '改过' WHERE id = 1")
        db.close()
        code, out, err = run("verify", filled, "--json")
        assert code == 1
        report = json.loads(out)
        assert (report["ok"], len(report["findings"])) == (False, 2)
        assert "文件标题" in "".join(report["findings"])
        assert err == "登记簿核对不符，请不要继续登记，用最近的备份恢复。\n"
        assert run("verify", filled)[1].splitlines() == report["findings"]

    def test_tour_says_one_document_or_a_line_for_each_step(self, told, run: Run, tmp_path: Path, monkeypatch):
        from township_office.services import tour

        monkeypatch.setattr(tour, "take", lambda folder, today: iter(["一", "二"]))
        assert told("tour", "--to", tmp_path / "a b") == {"path": str(tmp_path / "a b" / "云水镇示例.office.db")}
        assert run("tour", "--to", tmp_path)[1] == "一\n二\n示例已备好。\n"
