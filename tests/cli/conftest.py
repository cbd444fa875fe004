# SPDX-License-Identifier: MulanPSL-2.0
"""Call a verb as the shell would, and read what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from township_office import cli
from township_office.services.office import create_office
from township_office.store import sealing

YEAR = date.today().year
PASSWORD = "Feng-2026xy"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """run("list", FILE, "receipt") → exit code, stdout, stderr."""

    def call(*words: object) -> tuple[int, str, str]:
        code = cli.run([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def told(run: Run) -> Callable[..., object]:
    """told("list", FILE, "receipt") → what --json printed; the verb must have been done without a word on stderr."""

    def call(*words: object) -> object:
        code, out, err = run(*words, "--json")
        assert (code, err) == (0, "")
        assert out.count("\n") == 1
        return json.loads(out)

    return call


@pytest.fixture
def refused(run: Run) -> Callable[..., str]:
    """refused("list", …) → the one sentence on stderr; exit code 1 and an empty stdout."""

    def call(*words: object, code: int = 1) -> str:
        found, out, err = run(*words)
        assert (found, out) == (code, "")
        assert err.count("\n") == 1
        assert "Traceback" not in err
        assert any("\u4e00" <= sign <= "\u9fff" for sign in err)
        return err.rstrip("\n")

    return call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A new office."""
    path = tmp_path / "云水 镇.office.db"
    create_office(path, "青山县云水镇党政综合办公室", "王春燕", date.today()).__exit__(None, None, None)
    return path


@pytest.fixture
def filled(file: Path, told) -> Path:
    """With two receipts, the second void, and one dispatch."""
    for title in ("关于开展防汛检查的通知", "关于报送统计年报的通知"):
        told(
            "add",
            file,
            "receipt",
            "sender=青山县水务局",
            f"title={title}",
            "doc_number=青水[2026]5号",
            "--clerk",
            "李向东",
        )
    told("void", file, "receipt", f"{YEAR}-2", "--why", "重复登记")
    told("add", file, "dispatch", "title=关于做好值班工作的通知", "genre=通知", "main_recipient=各村", "signer=孙志强")
    return file


# ---- of the guarded register ----


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(sealing, "_MEMORY_KIB", 8192)  # what a guess costs is tried elsewhere


@pytest.fixture
def key(tmp_path: Path, quick) -> Path:
    path = tmp_path / "p.txt"
    path.write_bytes(f"{PASSWORD}\r\n第二行不算\n".encode())
    return path


@pytest.fixture
def opened(file: Path, key: Path, tmp_path: Path, told) -> Path:
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
