# SPDX-License-Identifier: MulanPSL-2.0
"""The first custodian and further ones, and the files their keys lie in."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import PASSWORD
from township_office.core.errors import OfficeError
from township_office.services.guarded import vault
from township_office.services.office import open_office

YEAR = date.today().year
OTHER = "Shan-2026xy"
Run = Callable[..., tuple[int, str, str]]
Told = Callable[..., dict]


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
