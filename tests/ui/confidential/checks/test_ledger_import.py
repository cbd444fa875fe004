# SPDX-License-Identifier: MulanPSL-2.0
"""导入 into the guarded register: chosen, looked at, agreed to; refused as a whole where it says too much."""

from __future__ import annotations

from tests.exchange.conftest import write_xlsx
from township_office.services.guarded import confidential

HEAD = ["序号", "收到日期", "密级", "份号", "柜号"]
LINES = [[1, "2025-03-01", "秘密", "000771-000772", "丁9"], [2, "2025-03-02", "绝密", "", ""]]


def test_what_comes_in_is_said_before_and_after(qtbot, book, vault, asker, tmp_path):
    asker.path = write_xlsx(tmp_path / "老账.xlsx", {"涉密": [HEAD, *LINES]})
    book.on_sheet_import()
    qtbot.waitUntil(lambda: bool(asker.told))
    assert "可登记1件，绝密件和密码电报记数1行" in asker.confirmed[0]
    assert "已登记1件" in asker.told[0]
    assert any("000772" in paper.copies for paper in confidential.papers(vault))
    assert confidential.counters(vault)["绝密"] == 3


def test_nothing_comes_in_without_a_yes(qtbot, book, vault, asker, tmp_path):
    before, asker.says_yes = confidential.papers(vault), False
    asker.path = write_xlsx(tmp_path / "老账.xlsx", {"涉密": [HEAD, *LINES]})
    book.on_sheet_import()
    qtbot.waitUntil(lambda: bool(asker.confirmed))
    assert confidential.papers(vault) == before


def test_a_list_with_contents_is_refused_as_a_whole(qtbot, book, vault, asker, tmp_path):
    before = confidential.papers(vault)
    asker.path = write_xlsx(tmp_path / "老账.xlsx", {"涉密": [[*HEAD, "内容摘要"], [*LINES[0], "甲"]]})
    book.on_sheet_import()
    qtbot.waitUntil(lambda: bool(asker.reported))
    assert "内容摘要" in asker.reported[0]
    assert confidential.papers(vault) == before
