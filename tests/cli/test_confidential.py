# SPDX-License-Identifier: MulanPSL-2.0
"""The verbs of the guarded register: what they do, what they refuse, and that they tell nobody a secret."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.services.importing import book
from township_office.cli.parser import SHEETS

YEAR = date.today().year
Run = Callable[..., tuple[int, str, str]]
Told = Callable[..., dict]


class TestPapers:
    def test_add(self, three: dict, done, do):
        assert (three["number"], three["secrecy_level"], three["copy_count"]) == (f"涉{YEAR}-001", "机密", 3)
        assert [(one["serial"], one["state"], one["status"]) for one in three["copies"]] == [
            ("000101", "in_hand", "在柜"), ("000102", "in_hand", "在柜"), ("000103", "in_hand", "在柜"),
        ]  # fmt: skip
        assert three["entered_by"] == "赵保密"
        assert do("add", "secrecy_level=秘密")[1] == f"已登记：涉{YEAR}-002\n"

    def test_top_secret_is_counted(self, done):
        assert done("add", "secrecy_level=绝密", "copy_count=2")["counters"] == {"绝密": 2, "密码电报": 0}
        assert done("list") == []

    def test_what_may_not_be_kept_is_named_and_never_quoted(self, off):
        said = off("add", "secrecy_level=机密", "summary=青龙工程")
        assert "没有“summary”这一栏" in said
        assert "青龙工程" not in said
        for words in (["title=青龙工程"], ["sender=青龙工程"], ["cabinet_no=机密★10年青龙工程"], ["青龙工程"]):
            said = off("add", "secrecy_level=机密", *words)
            assert "青龙工程" not in said
        assert "…" in off("add", "机密★10年=青龙工程")

    def test_steps_and_the_way_of_a_copy(self, three, done, off):
        out = done("step", "1", "101", "out", "holder=孙志强")
        assert out["copies"][0] | {"since": ""} == {
            "serial": "000101", "state": "reading", "status": "传阅在外", "since": "", "holder": "孙志强", "due_on": "",
            "cabinet_no": "甲3", "made_from": "", "list_no": "",
        }  # fmt: skip
        assert "不得横传" in off("step", "1", "000101", "out", "holder=何文斌")
        assert "000101 还在孙志强手上" in off(
            "step", "1", "000101-000103", "lend", "holder=何", "approver=李", "due_on=明天"
        )
        assert done("count") | {"counters": 0} == {
            "received": 3, "in_hand": 2, "out": 1, "cleared": 0, "transferred": 0, "destroyed": 0, "reading": 1,
            "lent": 0, "counters": 0,
        }  # fmt: skip
        done("step", f"涉{YEAR}-001", "000101", "back")
        cleared = done("step", f"{YEAR}-1", "000101、000103", "clear", "list_no=清1", "holder=县机要局李某")
        assert [one["state"] for one in cleared["copies"]] == ["cleared", "in_hand", "cleared"]
        assert done("count")["cleared"] == 2

    def test_a_step_for_a_run_of_copies(self, three, do, done):
        said = do("step", "1", "000101-000103", "out", "holder=孙志强")[1]
        assert said == f"涉{YEAR}-001 000101-000103：已记送阅。\n"
        assert done("count")["out"] == 3
        done("add", "secrecy_level=秘密", "copy_count=3")
        assert [one["state"] for one in done("step", "2", "第1份-第2份", "out", "holder=孙志强")["copies"]] == [
            "reading", "reading", "in_hand",
        ]  # fmt: skip

    def test_a_step_that_is_off(self, three, off):
        assert "没有份号为“000109”" in off("step", "1", "000109", "out", "holder=甲")
        assert "没有份号为“”" in off("step", "1", "", "out", "holder=甲")
        assert "没有“涉1999-9”" in off("step", "涉1999-9", "1", "out", "holder=甲")
        assert "没有“list_no”这一栏。可用的有：holder、by、at" in off("step", "1", "101", "out", "list_no=1")
        assert "没有写成 栏目=内容" in off("step", "1", "101", "out", "孙志强", "holder=甲")
        assert "两处姓名不能是同一人" in off("step", "1", "101", "out", "holder=赵保密")
        assert "没有“fly”" in off("step", "1", "101", "fly", code=2)

    def test_take_back_and_void(self, three, done, do, off):
        done("step", "1", "000101", "out", "holder=孙志强")
        assert "原因请从这里选" in off("take-back", "1", "000101", "--why", "青龙工程")
        assert "已有去向记录" in off("void", "1", "--why", "登记错误")
        assert do("take-back", "1", "101", "--why", "步骤记错")[1] == f"涉{YEAR}-001 000101：上一步已作废。\n"
        assert "没有可以更正的步骤" in off("take-back", "1", "101", "--why", "步骤记错")
        assert done("void", "1", "--why", "登记错误")["void"]["why"] == "登记错误"
        assert do("list")[1].splitlines()[0].split("\t")[3:5] == ["000101", "作废"]
        assert done("count")["received"] == 0

    def test_list(self, three, done, do):
        done("step", "1", "000102", "lend", "holder=孙志强", "approver=何文斌", f"due_on={YEAR + 1}-01-05")
        assert len(done("list", "--year", YEAR)) == 1
        assert done("list", "--year", YEAR - 1) == []
        lines = [line.split("\t") for line in do("list")[1].splitlines()]
        assert [line[3:6] for line in lines] == [
            ["000101", "在柜", ""], ["000102", "借出", "孙志强"], ["000103", "在柜", ""],
        ]  # fmt: skip
        assert lines[1][7] == f"{YEAR + 1}-01-05"
        assert lines[0][-1] == "［标题见纸质登记簿第3册第12页］"

    def test_options_may_stand_before_the_pairs(self, opened: Path, tmp_path: Path, told: Told):
        words = ("--code-file", tmp_path / "c.txt", "--custodian", "赵保密")
        assert told("confidential", opened, "add", *words, "secrecy_level=机密")["number"]
        assert told("confidential", opened, "step", "1", "1", "out", *words, "holder=孙志强")["copies"][0]["holder"]

    def test_import(self, done, do, off, tmp_path: Path):
        head = ("收到日期", "密级", "份号", "标题")
        source = book(tmp_path / "老账.xlsx", 涉密=[head, ("2024-03-01", "机密★10年", "000101-000102", "青龙工程")])
        tried = done("import", source, "--dry-run")
        assert (tried["taken"], tried["numbers"], tried["unread"]) == (1, [], ["标题"])
        assert done("list") == []
        assert "已登记1件" in do("import", source)[1]
        assert [one["number"] for one in done("list")] == ["涉2024-001"]
        bad = book(tmp_path / "b.xlsx", 涉密=[(*head, "摘要"), ("2024-03-01", "机密", "1", "", "")])
        assert "（摘要）" in off("import", bad)


class TestPrint:
    @pytest.mark.parametrize("kind", SHEETS)
    @pytest.mark.parametrize("suffix", [".pdf", ".docx"])
    def test_every_sheet(self, three, kind: str, suffix: str, done, do, tmp_path: Path):
        done("step", "1", "000101", "out", "holder=孙志强")
        done("step", "1", "000101", "back")
        done("step", "1", "000101", "copy", "approver=何文斌")
        done("step", "1", "000102", "clear", "list_no=清1", "holder=李某")
        two = ("supervisor_1=甲", "supervisor_2=乙")
        done("step", "1", "000103", "destroy", "approver=何文斌", *two, "place=县销毁中心", "list_no=销1")
        done("step", "1", "000101", "lend", "holder=孙志强", "approver=何文斌", "due_on=明天")
        out = tmp_path / f"单{suffix}"
        assert do("print", kind, "--out", out) == (0, f"已生成：{out}\n", "")
        assert out.stat().st_size > 1000

    def test_what_cannot_be_printed(self, three, off, tmp_path: Path):
        assert "清9" not in off("print", "clearance", "--out", tmp_path / "a.pdf", "--list", "清9")
        assert "文件名请以 .pdf、.docx 结尾" in off("print", "inventory", "--out", tmp_path / "a.xlsx")
        assert "名称里有国家秘密标志" in off("print", "inventory", "--out", tmp_path / "机密★.pdf")
        assert [path for path in tmp_path.iterdir() if path.suffix in (".pdf", ".xlsx")] == []


class TestSilence:
    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (("add", "a=b", "--password", "hunter22"), "不认得 --password"), (("list", "hunter22"), "不认得 多出的词"),
            (("list", "--pass-word=hunter22"), "不认得 --pass-word"), (("fly",), "没有“fly”这个命令"),
            (("count", "--year", "x"), "整数"), (("void", "1"), "缺少 --why"),
            (("list", "--password-file", "p"), "只能用一个"),
            (("print", "fly", "--out", "a.pdf"), "没有“fly”"),
        ],
    )  # fmt: skip
    def test_wrong_usage_names_options_and_no_secret(self, off, words, why: str):
        said = off(*words, code=2)
        assert why in said
        assert "hunter22" not in said

    def test_a_key_is_asked_for(self, opened: Path, refused):
        assert "--password-file --code-file" in refused("confidential", opened, "list", code=2)

    def test_what_nobody_expected_takes_no_word_into_the_log(self, off, monkeypatch, caplog, tmp_path: Path):
        from township_office.services import logbook
        from township_office.services.guarded import confidential

        words = "青龙工程"

        def fail(*_: object) -> None:
            raise KeyError(words)

        monkeypatch.setattr(confidential, "register_papers", fail)
        assert off("add", "secrecy_level=机密").startswith("程序出错")
        (record,) = [record for record in caplog.records if record.levelno >= 40]
        assert words not in logbook.log_handler().format(record)

    def test_nothing_of_it_is_in_the_file(self, three, opened: Path, done):
        done("step", "1", "000101", "out", "holder=孙志强")
        whole = opened.read_bytes()
        assert not [word for word in ("000101", "孙志强", "甲3", "3-12", f"涉{YEAR}") if word.encode() in whole]

    def test_the_ciphers_are_loaded_by_these_verbs_alone(self):
        import subprocess

        code = (
            "import sys; from township_office import cli\n"
            "cli.run(['verify', 'none.db'])\n"
            "heavy = ('argon2', 'cryptography', 'township_office.services.guarded.vault')\n"
            "print([name for name in heavy if name in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "[]\n"


class TestVerify:
    def test_with_a_key_it_looks_into_the_sealed_rows(self, three, opened: Path, key: Path, told: Told, run: Run):
        import sqlite3

        assert told("verify", opened)["ok"]
        assert told("verify", opened, "--password-file", key)["ok"]
        with sqlite3.connect(opened) as db:
            db.execute("UPDATE sealed SET body = (SELECT body FROM seal_head) WHERE id = 1")
        db.close()
        code, out, _ = run("verify", opened)
        assert code == 1
        assert "涉密登记密封记录 #1 的“密封内容”" in out
        code, out, _ = run("verify", opened, "--password-file", key)
        assert code == 1
        assert "第1号密封记录被改动、挪动过" in out

    def test_the_slot_is_named(self, opened: Path, run: Run):
        import sqlite3

        with sqlite3.connect(opened) as db:
            db.execute("UPDATE key_slot SET memory = 9000, name = '李' WHERE id = 1")
        db.close()
        out = run("verify", opened)[1]
        assert "保密员开锁记录 #1 的“姓名”" in out
        assert "保密员开锁记录 #1 的“开锁材料”" in out

    def test_a_wrong_key_is_said(self, opened: Path, file: Path, tmp_path: Path, refused):
        (tmp_path / "w").write_text("nothing-1234", "utf-8")
        assert "密码不对" in refused("verify", opened, "--password-file", tmp_path / "w")


def test_the_sheets_of_the_call_are_those_that_are_printed():
    from township_office.services.guarded import custody_printing

    assert tuple(custody_printing.SHEETS) == SHEETS
