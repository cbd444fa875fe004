# SPDX-License-Identifier: MulanPSL-2.0
"""Their ledger of classified paper: what may come in, what stays on paper, and nothing of it anywhere else."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.services.importing import book
from township_office.core.errors import OfficeError
from township_office.services.guarded import confidential, importing, vault
from township_office.services.guarded.importing import plan_import, run_import
from township_office.services.guarded.vault import Vault
from township_office.services.office import Office
from township_office.store import sealing

TODAY = date(2026, 11, 20)
HEAD = ("序号", "收到日期", "密级", "份号", "份数", "柜号", "册页")
TITLE, ORGAN, NUMBER = "青龙工程实施方案", "青山县机要局", "青机发〔2024〕7号"


@pytest.fixture
def opened(office: Office, monkeypatch) -> Vault:
    monkeypatch.setattr(sealing, "_MEMORY_KIB", 8192)  # opened again by nobody: what it costs is not tried here
    made, _ = vault.make(office, "赵保密", "Feng-2026xy")
    return made


@pytest.fixture
def plan(opened: Vault, tmp_path: Path):
    """plan([head, line, …]) as the clerk would try it."""

    def make(*lines: Sequence[object], sheet: str | None = None, hidden: Sequence[str] = (), **more):
        path = book(tmp_path / "老账.xlsx", hidden, 涉密=lines, **more)
        return plan_import(opened, importing.look_at(path), TODAY, sheet)

    return make


def refusal(plan, *lines, **more) -> str:
    with pytest.raises(OfficeError) as error:
        plan(*lines, **more)
    return str(error.value)


def test_each_line_becomes_a_paper_with_its_copies(opened: Vault, plan):
    made = plan(
        ("涉密文件收文登记簿",),
        HEAD,
        (1, "2024-03-01", "机密★10年", "000101-000103", 3, "甲3", "3-12"),
        (2, date(2025, 4, 2), "秘密", "7", 1, "甲3", "3-13"),
        (),
        ("合计", "", "", "", 4, "", ""),
    )
    assert (made.papers, made.counted, made.known, made.gone, made.unread) == (2, 0, 0, 0, ("序号",))
    first, second = run_import(opened, made, TODAY)
    assert (first.number, second.number) == ("涉2024-001", "涉2025-001")
    assert list(first.copies) == ["000101", "000102", "000103"]
    kept = {name: first.record[name] for name in ("secrecy_level", "secrecy_period", "cabinet_no", "book_page")}
    assert kept == {"secrecy_level": "机密", "secrecy_period": "10年", "cabinet_no": "甲3", "book_page": "3-12"}
    assert confidential.count(opened).received == 4


def test_numbers_go_on_within_each_year(opened: Vault, plan):
    confidential.register_paper(opened, {"received_on": "2025-01-05", "secrecy_level": "机密"}, TODAY)
    days = ("2025-02-01", "2024-02-01", "2025-03-01", "2024-03-01")
    made = plan(HEAD, *((n, day, "机密", str(n), 1, "", "") for n, day in enumerate(days)))
    found = [paper.number for paper in run_import(opened, made, TODAY)]
    assert found == ["涉2025-002", "涉2024-001", "涉2025-003", "涉2024-002"]


def test_top_secret_and_telegrams_are_only_counted(opened: Vault, plan):
    head = (*HEAD, "文号", "载体种类")
    made = plan(
        head,
        (1, "2024-03-01", "绝密", "000101", 2, "甲3", "3-12", NUMBER, "纸介质"),
        (2, "2024-03-02", "机密", "000102", 1, "甲3", "3-12", "县委密电〔2024〕3号", "纸介质"),
        (3, "2024-03-03", "机密", "000103", "", "甲3", "3-12", NUMBER, "密码电报"),
    )
    assert (made.papers, made.counted) == (0, 3)
    assert run_import(opened, made, TODAY) == []
    assert confidential.counters(opened) == {"绝密": 2, "密码电报": 2}
    assert confidential.papers(opened) == []


@pytest.mark.parametrize(
    "column", ["摘要", "文件内容", "附件", "领导批示", "备注", "内容提要", "知悉范围", "拟办意见", "事由", "说明"]
)
def test_a_ledger_with_columns_that_must_stay_on_paper_is_refused_whole(opened: Vault, plan, column: str):
    said = refusal(plan, (*HEAD, column), (1, "2024-03-01", "机密", "1", 1, "", "", ""))
    assert f"（{column}）" in said
    assert "整份不导入" in said
    assert confidential.papers(opened) == []


def test_they_are_found_in_a_hidden_sheet_too(plan):
    good = [HEAD, (1, "2024-03-01", "机密", "1", 1, "", "")]
    bad = [(*HEAD, "摘要"), (1, "2024-03-01", "机密", "2", 1, "", "", "")]
    assert "摘要" in refusal(plan, *good, hidden=["旧"], 旧=bad)
    assert plan(*good, sheet="涉密", hidden=["旧"], 旧=bad).papers == 1


def test_title_organ_and_number_are_not_read_in_strict_mode(opened: Vault, plan):
    head = (*HEAD, "来文机关", "文号", "标题")
    lines = [head, (1, "2024-03-01", "机密", "1", 1, "", "", ORGAN, NUMBER, TITLE)]
    made = plan(*lines)
    assert made.unread == ("序号", "来文机关", "文号", "标题")
    assert "没有读取的栏目：序号、来文机关、文号、标题" in importing.words_of(made)
    (paper,) = run_import(opened, made, TODAY)
    assert [paper.record[name] for name in ("sender", "doc_number", "title")] == [None, None, None]


def test_relaxed_reads_organ_and_number_and_never_a_title(opened: Vault, plan):
    confidential.set_mode(opened, confidential.RELAXED, "县保密局李某", "2026-11-01", TODAY)
    head = (*HEAD, "来文机关", "文号", "标题")
    made = plan(head, (1, "2024-03-01", "机密", "1", 1, "", "", ORGAN, NUMBER, TITLE))
    (paper,) = run_import(opened, made, TODAY)
    assert [paper.record[name] for name in ("sender", "doc_number", "title")] == [ORGAN, NUMBER, None]
    assert made.unread == ("序号", "标题")


def test_a_line_that_is_off_is_named_and_none_comes_in(opened: Vault, plan):
    said = refusal(
        plan, HEAD,
        (1, "2024-03-01", "机密", "1", 1, "", ""), (2, "某日", "机密", "2", 1, "", ""),
        (3, "2024-03-01", "机密", "4-6", 2, "", ""), (4, "3月1日", "机密", "5", 1, "", ""),
        (5, "2024-03-01", "普通", "9", 1, "", ""),
    )  # fmt: skip
    assert said.startswith("一行也没有导入。")
    assert [f"第{line}行：" in said for line in range(2, 7)] == [False, True, True, True, True]
    assert "收到日期没有写年份" in said
    assert "份号有3个，份数是2份" in said
    assert confidential.papers(opened) == []


def test_many_lines_that_are_off_are_counted(plan):
    said = refusal(plan, HEAD, *((n, "某日", "机密", str(n), 1, "", "") for n in range(8)))
    assert said.count("第") == 5
    assert said.endswith("另有3行也要改。")


def test_what_is_gone_or_known_stays_out(opened: Vault, plan):
    head = (*HEAD, "应清退日期", "清退日期", "清退人")
    lines = (
        head,
        (1, "2024-03-01", "机密", "1", 1, "", "", "2025-01-01", "", "赵某"),
        (2, "2024-03-01", "机密", "2", 1, "", "", "", "2024-12-30", ""),
    )
    made = plan(*lines)
    assert (made.papers, made.gone) == (1, 1)
    assert "已清退、移交或销毁的1行不导入" in importing.words_of(made)
    run_import(opened, made, TODAY)
    again = plan(*lines)
    assert (again.papers, again.known, again.gone) == (0, 1, 1)
    with pytest.raises(OfficeError, match="没有可导入的行"):
        run_import(opened, again, TODAY)


def test_a_sheet_that_is_no_such_ledger(plan):
    assert "没有认出" in refusal(plan, ("收文日期", "来文单位", "文件标题"), ("2024-03-01", "甲", "乙"))
    assert "没有认出" in refusal(plan, HEAD, (1, "2024-03-01", "机密", "1", 1, "", ""), sheet="别的")


def test_a_locked_register_takes_nothing_in(opened: Vault, plan, tmp_path: Path):
    made = plan(HEAD, (1, "2024-03-01", "机密", "1", 1, "", ""))
    vault.lock(opened)
    with pytest.raises(OfficeError, match="已锁定"):
        run_import(opened, made, TODAY)
    with pytest.raises(OfficeError, match="已锁定"):
        plan_import(opened, importing.look_at(tmp_path / "老账.xlsx"), TODAY)


def test_nothing_of_the_workbook_is_written_anywhere(opened: Vault, plan, tmp_path: Path, monkeypatch, caplog):
    caplog.set_level(0)
    temporary = tmp_path / "temp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    head = (*HEAD, "来文机关", "文号", "标题", "交件人")
    lines = [head, (1, "2024-03-01", "机密★10年", "000777", 1, "丙9", "8-88", ORGAN, NUMBER, TITLE, "孙交件")]
    run_import(opened, plan(*lines), TODAY)
    refusal(plan, (*head, "摘要"), (*lines[1], "绝不外传的摘要"))
    refusal(plan, head, (2, f"{TITLE}日", *lines[1][2:]))
    said = opened.office.path.read_bytes()
    words = ("000777", "丙9", "8-88", ORGAN, NUMBER, TITLE, "孙交件", "绝不外传", "老账", "摘要")
    assert not [word for word in words if word.encode() in said or word in caplog.text]
    assert list(temporary.iterdir()) == []
