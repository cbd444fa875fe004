# SPDX-License-Identifier: MulanPSL-2.0
"""The verbs of the guarded register: what they do, what they refuse, and that they tell nobody a secret."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.services.importing import book
from township_office.core.errors import OfficeError
from township_office.services import vault
from township_office.services.office import open_office
from township_office.store import sealing

YEAR = date.today().year
PASSWORD, OTHER = "Feng-2026xy", "Shan-2026xy"
Run = Callable[..., tuple[int, str, str]]
Told = Callable[..., dict]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(sealing, "_MEMORY_KIB", 8192)  # what a guess costs is tried elsewhere


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "p.txt"
    path.write_bytes(f"{PASSWORD}\r\n第二行不算\n".encode())
    return path


@pytest.fixture
def opened(file: Path, key: Path, tmp_path: Path, told: Told) -> Path:
    """An office with one 保密员; its recovery code lies in c.txt."""
    code = tmp_path / "c.txt"
    told("confidential", file, "open", "--custodian", "赵保密", "--password-file", key, "--code-out", code)
    return file


@pytest.fixture
def do(opened: Path, tmp_path: Path, run: Run):
    """do("list", …) with the recovery code, which costs no time → exit code, stdout, stderr."""
    return lambda *words: run(
        "confidential", opened, *words, "--code-file", tmp_path / "c.txt", "--custodian", "赵保密"
    )


@pytest.fixture
def done(do):
    """done("add", …) → what --json printed."""

    def call(*words: object):
        code, out, err = do(*words, *([] if words[0] == "count" else ["--json"]))
        assert (code, err) == (0, "")
        return json.loads(out)

    return call


@pytest.fixture
def off(do):
    """off("add", …) → the one sentence of a refusal."""

    def call(*words: object, code: int = 1) -> str:
        found, out, err = do(*words)
        assert (found, out, err.count("\n")) == (code, "", 1)
        assert "Traceback" not in err
        return err.rstrip("\n")

    return call


@pytest.fixture
def three(done) -> dict:
    """One paper, three copies."""
    return done(
        "add", "received_on=今天", "secrecy_level=机密", "secrecy_period=10年", "copy_serial=000101-000103",
        "cabinet_no=甲3", "book_page=3-12", "source_class=县",
    )  # fmt: skip


class TestOpen:
    def test_makes_a_slot_and_a_code_for_its_owner_alone(self, opened: Path, tmp_path: Path):
        code = tmp_path / "c.txt"
        if sys.platform != "win32":
            assert stat.S_IMODE(code.stat().st_mode) == 0o600
        with open_office(opened, "王") as office:
            assert vault.custodians(office) == ["赵保密"]
            assert vault.unlock(office, PASSWORD).is_open
            assert vault.unlock_with_code(office, code.read_text("ascii")).is_open

    def test_tells_where_the_code_is_and_not_what_it_says(self, file: Path, key: Path, tmp_path: Path, run: Run):
        words = ("--custodian", "赵保密", "--password-file", key, "--code-out", tmp_path / "c.txt")
        code, out, err = run("confidential", file, "open", *words)
        assert (code, err) == (0, "")
        assert str(tmp_path / "c.txt") in out
        assert (tmp_path / "c.txt").read_text("ascii").strip() not in out

    def test_makes_nothing_where_the_code_cannot_be_kept(self, file: Path, key: Path, tmp_path: Path, refused):
        (tmp_path / "there").write_text("別人的", "utf-8")
        for place, why in (("there", "已经有同名文件"), ("无/c", "恢复码写不到"), (".", "已经有同名文件")):
            words = ("--custodian", "赵保密", "--password-file", key, "--code-out", tmp_path / place)
            assert why in refused("confidential", file, "open", *words)
        assert "请用 --code-out" in refused(
            "confidential", file, "open", "--custodian", "赵保密", "--password-file", key
        )
        assert (tmp_path / "there").read_text("utf-8") == "別人的"
        with open_office(file, "王") as office:
            assert not vault.is_made(office)

    def test_leaves_no_code_where_nothing_was_made(self, file: Path, key: Path, tmp_path: Path, refused, monkeypatch):
        make = vault.make

        def fail(office, custodian, password, hand_over):
            def then_fail(code: str) -> None:
                hand_over(code)
                assert (tmp_path / "c").read_text("ascii").strip() == code
                raise OfficeError("error.disk_full")

            return make(office, custodian, password, then_fail)

        monkeypatch.setattr(vault, "make", fail)
        words = ("--custodian", "赵保密", "--password-file", key, "--code-out", tmp_path / "c")
        assert "磁盘已满" in refused("confidential", file, "open", *words)
        assert not (tmp_path / "c").exists()
        with open_office(file, "王") as office:
            assert not vault.is_made(office)

    def test_a_half_written_code_is_taken_away(self, file: Path, key: Path, tmp_path: Path, refused, monkeypatch):
        def fail(_: int) -> None:
            raise OSError(28, "full")

        monkeypatch.setattr(os, "fsync", fail)
        words = ("--custodian", "赵保密", "--password-file", key, "--code-out", tmp_path / "c")
        assert "恢复码写不到" in refused("confidential", file, "open", *words)
        assert not (tmp_path / "c").exists()

    def test_adds_another_custodian_for_one_who_may(self, opened: Path, key: Path, tmp_path: Path, refused, told: Told):
        other = tmp_path / "o.txt"
        other.write_text(OTHER, "utf-8")
        words = ("confidential", opened, "open", "--password-file", other, "--custodian")
        assert "--by-password-file" in refused(*words, "钱机要")
        assert "密码不对" in refused(*words, "钱机要", "--by-password-file", other)
        assert told(*words, "钱机要", "--by-password-file", key) == {"custodian": "钱机要", "code_out": None}
        assert told(*words, "孙交接", "--code-file", tmp_path / "c.txt")["custodian"] == "孙交接"
        with open_office(opened, "王") as office:
            assert vault.custodians(office) == ["赵保密", "钱机要", "孙交接"]
            assert vault.unlock(office, OTHER, "孙交接").custodian == "孙交接"

    def test_needs_a_register_before_there_is_another_custodian(self, file: Path, key: Path, refused):
        words = ("open", "--custodian", "钱", "--password-file", key, "--by-password-file", key)
        assert "还没有启用" in refused("confidential", file, *words)


class TestKeyFiles:
    @pytest.mark.parametrize(
        ("content", "why"),
        [(b"", "密码文件是空的"), (b"\n\xe5", "不是UTF-8"), (b"\nx", "密码文件是空的"), (b"x" * 5000, "太大"),
         (b"\xff\xfe1", "不是UTF-8")],
    )  # fmt: skip
    def test_that_hold_no_password(self, opened: Path, tmp_path: Path, refused, content: bytes, why: str):
        (tmp_path / "bad").write_bytes(content)
        assert why in refused("confidential", opened, "count", "--password-file", tmp_path / "bad")

    def test_that_are_not_there_are_not_named(self, opened: Path, tmp_path: Path, refused):
        """Somebody may have typed the password itself."""
        for place in ("hunter22secret", "."):
            said = refused("confidential", opened, "count", "--password-file", tmp_path / place)
            assert "读不出来" in said
            assert "hunter22" not in said
            assert "读不出来" in refused("confidential", opened, "count", "--code-file", tmp_path / place)

    @pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\r", "\n\nmore"])
    def test_the_first_line_is_the_password(self, opened: Path, tmp_path: Path, told: Told, ending: str):
        (tmp_path / "k").write_bytes(b"\xef\xbb\xbf" + f"{PASSWORD}{ending}".encode())
        assert told("confidential", opened, "list", "--password-file", tmp_path / "k") == []

    def test_wrong_ones_open_nothing(self, opened: Path, key: Path, tmp_path: Path, refused):
        (tmp_path / "w").write_text("nothing-1234", "utf-8")
        assert "密码不对" in refused("confidential", opened, "list", "--password-file", tmp_path / "w")
        assert "没有名叫“钱”" in refused("confidential", opened, "list", "--password-file", key, "--custodian", "钱")
        mistyped = (tmp_path / "c.txt").read_text("ascii").replace("1", "2", 1).replace("0", "1", 1)
        (tmp_path / "w").write_text(mistyped, "ascii")
        said = refused("confidential", opened, "list", "--code-file", tmp_path / "w")
        assert mistyped[:6] not in said

    def test_an_office_without_the_register(self, file: Path, key: Path, refused):
        assert "还没有启用" in refused("confidential", file, "list", "--password-file", key)


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
    @pytest.mark.parametrize("kind", ["circulation", "loan", "copy", "distribution", "clearance", "destruction",
                                      "inventory", "handover"])  # fmt: skip
    def test_every_sheet_as_pdf_and_docx(self, kind: str, three, do, done, tmp_path: Path):
        for serial, step, *words in (
            ("000101", "out", "holder=孙志强"), ("000101", "back"), ("000101", "copy", "approver=孙志强"),
            ("000101", "lend", "holder=何文斌", "approver=孙志强", "due_on=2099-12-30"),
            ("000102", "clear", "list_no=清1", "holder=李向东"),
            ("000103", "destroy", "approver=孙志强", "supervisor_1=张三", "supervisor_2=李四", "place=县销毁中心"),
        ):  # fmt: skip
            done("step", three["number"], serial, step, *words)
        for suffix, head in ((".pdf", b"%PDF"), (".docx", b"PK")):
            out = tmp_path / f"{kind}{suffix}"
            assert do("print", kind, "--out", out)[::2] == (0, "")
            assert out.read_bytes().startswith(head)

    def test_nothing_to_print_is_said(self, three, off, tmp_path: Path):
        assert "没有" in off("print", "destruction", "--out", str(tmp_path / "a.pdf"))
        assert not (tmp_path / "a.pdf").exists()


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
        from township_office.services import confidential, logbook

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
            "heavy = ('argon2', 'cryptography', 'township_office.services.vault')\n"
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
