# SPDX-License-Identifier: MulanPSL-2.0
"""A verb that cannot be done says so in one calm sentence, whatever it is given; never a traceback."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.importing import book, receipts
from township_office import __version__, cli
from township_office.cli import call
from township_office.core.errors import OfficeError
from township_office.registers import DOCUMENTS
from township_office.services import demo, records, settings
from township_office.services.office import open_office

Run = Callable[..., tuple[int, str, str]]


class TestWrongUsage:
    @pytest.mark.parametrize(
        ("words", "why"),
        [
            ((), "缺少 命令"), (("bogus",), "没有“bogus”这个命令"), (("list",), "缺少 FILE, REGISTER"),
            (("list", "F", "book"), "没有“book”这个登记簿，可用的有：receipt、dispatch"),
            (("list", "F", "receipt", "--year", "abc"), "“abc”要是1949至2100的整数"),
            (("list", "F", "receipt", "--year", "-1"), "--year 后面没有写内容|“-1”要是"),
            (("list", "F", "receipt", "--year"), "--year 后面没有写内容"),
            (("find", "F", "receipt", "x", "--limit", "9" * 30), "的整数"), (("find", "F", "receipt"), "缺少 TEXT"),
            (("void", "F", "receipt", "1"), "缺少 --why"), (("new", "F"), "缺少 --name"),
            (("add", "F", "receipt"), "缺少 KEY=VALUE"),
            (("print", "F", "receipt", "--out", "a.txt"), "后缀要是 .pdf、.docx 或 .xlsx"),
            (("print", "F", "receipt", "--out", "a.pdf", "--json"), "不认得 --json"),
            (("verify", "F", "G"), "不认得 G"),
            (("verify", ""), "文件名是空的"), (("verify", "a\0b"), "文件名是空的，或含有不能用的字符"),
            (("verify", "F", "--bogus\nx"), "不认得 --bogus x"),
        ],
    )  # fmt: skip
    def test_is_told_in_one_sentence(self, words, why: str, refused):
        sentence = refused(*words, code=2)
        assert re.search(why, sentence)
        assert sentence.startswith("命令写法不对（")
        assert "用法：township-office" in sentence

    @pytest.mark.parametrize("words", [("--help",), ("set", "--help"), ("add", "-h"), ("--version",)])
    def test_help_is_no_fault(self, words, run: Run):
        code, out, err = run(*words)
        assert (code, err) == (0, "")
        assert out

    def test_help_lists_what_can_be_set_and_filled_in(self, run: Run):
        known = {word.rpartition("：")[2].rstrip("；") for word in run("set", "--help")[1].partition("；")[0].split()}
        assert {key for key in settings.SETTINGS if key in known} == set(settings.OFFICE_KEYS)
        assert {"office.name", "backup.folder", "receipt.columns", "dispatch.widths"} <= known
        assert not {"backup.last", "receipt.printed", "dispatch.import_columns"} & known
        said = " ".join(run("add", "--help")[1].split())
        assert all(field.name in said for register in DOCUMENTS for field in register.fields)
        assert run("--version")[1] == f"{__version__}\n"


class TestRefusals:
    EVERY = (
        ("list", "receipt"), ("find", "receipt", "x"), ("void", "receipt", "1", "--why", "x"), ("verify",),
        ("add", "receipt", "title=x", "sender=y"), ("set", "print.row_mm=10"),
        ("print", "receipt", "--out", "OUT/a.pdf"), ("backup", "OUT"), ("import", "receipt", "OUT/none.xlsx"),
    )  # fmt: skip

    def every(self, refused, path: Path) -> set[str]:
        out = path.parent / "out"
        out.mkdir(exist_ok=True)
        words = [[word.replace("OUT", str(out)) for word in one] for one in self.EVERY]
        return {refused(name, path, *rest) for name, *rest in words}

    def test_a_file_that_is_missing_a_folder_or_a_strangers(self, refused, tmp_path: Path):
        (tmp_path / "folder.db").mkdir()
        (tmp_path / "text.db").write_text("收文", "utf-8")
        for name, why in (("none.db", "找不到"), ("folder.db", "找不到"), ("text.db", "不是本程序的登记簿文件")):
            (sentence,) = self.every(refused, tmp_path / name)
            assert why in sentence

    def test_a_file_of_a_newer_program(self, refused, file: Path):
        with sqlite3.connect(file) as db:
            columns = "(migration_set, name, applied_at)"
            db.execute(f"INSERT INTO _sqlite_migrations {columns} VALUES ('township_office', '9999_future', 'x')")
        db.close()
        (sentence,) = self.every(refused, file)
        assert "更新版本的程序" in sentence

    def test_a_file_somebody_else_has_open(self, refused, file: Path):
        with open_office(file, "李向东"):
            (sentence,) = self.every(refused, file)
        assert "正由“李向东" in sentence

    def test_a_clerk_that_is_no_name(self, refused, file: Path):
        for clerk in ("王,李", "字" * 21, "\u200b", "a\nb,"):
            assert "经办人" in refused("add", file, "receipt", "title=x", "sender=y", "--clerk", clerk)

    def test_a_file_that_can_only_be_read(self, told, refused, filled: Path, monkeypatch):
        from township_office.store import database

        monkeypatch.setattr(database, "is_writable", lambda path: False)
        assert len(told("list", filled, "receipt")) == 2
        assert told("verify", filled)["ok"]
        for words in (("add", filled, "receipt", "title=x", "sender=y"), ("set", filled, "print.row_mm=10")):
            assert "只读" in refused(*words)

    def test_places_that_cannot_be_written(self, refused, filled: Path, tmp_path: Path):
        (tmp_path / "a.pdf").mkdir()
        assert "找不到文件夹" in refused("print", filled, "receipt", "--out", tmp_path / "无" / "a.pdf")
        assert "a.pdf" in refused("print", filled, "receipt", "--out", tmp_path / "a.pdf")
        assert "找不到文件夹" in refused("new", tmp_path / "无" / "a.db", "--name", "云水镇")
        source = book(tmp_path / "旧.xlsx", 收文=receipts([1]))
        assert "写不了" in refused("import", filled, "receipt", source, "--problems", tmp_path / "无" / "a.csv")

    def test_a_source_that_is_no_ledger(self, refused, file: Path, tmp_path: Path):
        (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 500)
        (tmp_path / "b.csv").write_bytes(b"")
        for name in ("none.xlsx", "a.xlsx", "b.csv", "."):
            refused("import", file, "receipt", tmp_path / name)

    def test_a_sentence_stays_one_line_and_short(self, refused, file: Path):
        assert len(refused("add", file, "receipt", "x" * 100_000 + "=1")) < 700
        assert "\x1b" not in refused("add", file, "receipt", "a\n\x1b[31mb=1")
        assert len(refused("add", file, "receipt", "sender=甲", "title=" + "长" * 200_000)) < 700


class TestBytesAndLocales:
    def test_words_python_could_not_decode_are_read_as_utf_8(self, told, file: Path):
        """As under a locale without Chinese: each byte of an argument came in as half a character."""
        title = "title=" + "防汛".encode().decode("ascii", "surrogateescape")
        row = told("add", file, "receipt", title, "sender=甲")
        assert row["title"] in ("防汛", "\ufffd" * 6)
        assert call.text_of("防汛") == "防汛"

    def test_half_characters_never_reach_the_book_or_the_screen(self, told, refused, file: Path):
        row = told("add", file, "receipt", "title=甲\udcff\ud800乙", "sender=丙")
        assert row["title"].replace("\ufffd", "") == "甲乙"
        assert "\ufffd" in refused("add", file, "receipt", "\ud800=1")
        assert len(told("find", file, "receipt", "甲\udcff")) == 1

    def test_what_is_printed_is_utf_8_whatever_the_terminal(self, file: Path, monkeypatch):
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "ascii", write_through=True))
        assert cli.run(["add", str(file), "receipt", "title=㙍𣗋", "sender=甲", "--json"]) == 0
        assert json.loads(raw.getvalue().decode("utf-8"))["title"] == "㙍𣗋"


class TestStreams:
    def test_closed_ones(self, file: Path, monkeypatch):
        monkeypatch.setattr(sys, "stdout", None)
        monkeypatch.setattr(sys, "stderr", None)
        assert cli.run(["list", str(file), "receipt"]) == 0
        assert cli.run(["list", "none.db", "receipt"]) == 1
        assert cli.run(["bogus"]) == 2

    def test_a_reader_who_has_seen_enough(self, file: Path, monkeypatch, capfd):
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "w", encoding="utf-8") as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            assert cli.run(["list", str(file), "receipt", "--json"]) == 0
        assert capfd.readouterr().err == ""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
    def test_a_full_disk_behind_them(self, file: Path, monkeypatch, capsys):
        with Path("/dev/full").open("w", encoding="utf-8") as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            assert cli.run(["list", str(file), "receipt", "--json"]) == 1
        assert capsys.readouterr().err.startswith("事情已办，但结果写不出来")


class TestTheUnexpected:
    def test_is_logged_and_told_calmly(self, refused, file: Path, monkeypatch, caplog):
        def fail(*_: object, **__: object) -> None:
            raise ZeroDivisionError("a bug")

        monkeypatch.setattr(records, "register_document", fail)
        sentence = refused("add", file, "receipt", "title=x", "sender=y")
        assert sentence == "程序出错，没有完成，已记入日志。请把日志交给技术人员。"
        (record,) = caplog.records
        assert record.levelno == logging.ERROR
        assert record.exc_info[0] is ZeroDivisionError
        with open_office(file, "王") as office:
            assert office.clerk == "王", "the lock was given back"

    def test_ctrl_c_keeps_nothing_half(self, refused, file: Path, monkeypatch):
        def stop(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(records, "register_document", stop)
        assert refused("add", file, "receipt", "title=x", "sender=y") == "已中断，没有写入。"

    def test_an_office_error_of_any_verb_is_its_own_sentence(self, refused, monkeypatch):
        def fail(*_: object) -> None:
            raise OfficeError("error.disk_full")

        monkeypatch.setattr(demo, "create", fail)
        assert refused("demo", "a.db").startswith("磁盘已满")
