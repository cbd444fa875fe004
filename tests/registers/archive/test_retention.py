# SPDX-License-Identifier: MulanPSL-2.0
"""保管期限: periods as people write them, tables read or refused with the line at fault, the longest word decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.core.errors import OfficeError
from township_office.registers.archive.retention import (
    ALL_RETENTIONS,
    LONG,
    ORIGINS,
    OWN,
    PERMANENT,
    RETENTIONS,
    SHORT,
    SUPERIOR,
    TEN,
    THIRTY,
    Retention,
    Rule,
    as_line,
    propose,
    read_table,
    retention_of,
    rules_of,
)
from township_office.services.archive.scheme import BASE_TABLE

LINE = {"group": "综合", "matter": "本机关文件", "retention": "30年", "source": "8号令"}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        *((one.code, one) for one in ALL_RETENTIONS), *((one.word, one) for one in ALL_RETENTIONS),
        ("永", PERMANENT), ("y", PERMANENT), ("永久保管", PERMANENT),
        (" 永 久 ", PERMANENT), ("保管期限：永久", PERMANENT),
        ("30", THIRTY), ("３０年", THIRTY), ("30 年", THIRTY),
        ("d30", THIRTY), ("定期30年", THIRTY), ("定期（30年）", THIRTY),
        ("定期(30)", THIRTY), ("三十年", THIRTY), ("定期三十年", THIRTY), ("Ｄ３０", THIRTY), ("30年期", THIRTY),
        ("10", TEN), ("十年", TEN), ("定期10年", TEN), ("保管期限:定期10年", TEN), ("长期", LONG), ("短期", SHORT),
    ],
)  # fmt: skip
def test_a_period_is_known_in_every_spelling(text: str, period: Retention):
    assert retention_of(text) == period


@pytest.mark.parametrize(
    "text", ["", " ", "年", "定期", "保管期限", "5年", "D100", "100", "3", "永久30年", "不归档", "31"]
)
def test_what_names_no_period_is_none(text: str):
    assert retention_of(text) is None


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None, database=None)
def test_no_text_breaks_it(text: str):
    assert retention_of(text) in (None, *ALL_RETENTIONS)


# ---- the table ----


def test_the_table_that_comes_along_is_sound_and_says_where_it_is_from():
    rules = read_table(BASE_TABLE)
    assert len(rules) >= 30
    assert rules_of(as_line(rule) for rule in rules) == rules
    for origin in ORIGINS:  # every paper of every origin has a rule
        assert propose(rules, "鼐鼐", origin) is not None, origin
    checked = {rule.source.startswith("18号令附件") for rule in rules if rule.is_certain}
    assert checked == {True, False}
    assert [rule.matter for rule in rules if not rule.is_certain], "to be checked"


@pytest.mark.parametrize(
    "wrong",
    [
        {"group": ""}, {"group": None}, {"matter": " "}, {"matter": "题" * 301}, {"source": ""}, {"retention": "5年"},
        {"retention": "长期"}, {"retention": ""}, {"origins": ["abroad"]}, {"origins": []}, {"origins": "own"},
        {"origins": 3}, {"origins": [["own"]]}, {"words": [""]}, {"words": ["（）"]}, {"words": "任免"}, {"words": 7},
    ],
)  # fmt: skip
def test_the_line_at_fault_is_named(wrong: dict[str, object]):
    line = {name: value for name, value in (LINE | wrong).items() if value is not None}
    with pytest.raises(OfficeError, match="第 2 条"):
        rules_of([LINE, line])


@pytest.mark.parametrize("line", [3, "综合", None, ["综合"], {}])
def test_what_is_no_line_is_named_too(line: object):
    with pytest.raises(OfficeError, match="第 1 条"):
        rules_of([line])


@pytest.mark.parametrize("text", ["", "rule = 3", "这不是表", "[other]\na = 1", "rule = [", "\ufeff\ufeff"])
def test_a_file_that_is_no_table_is_refused(text: str, tmp_path: Path):
    path = tmp_path / "retention.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(OfficeError, match="保管期限表"):
        read_table(path)
    path.write_bytes(b"\xff\xfe[[rule]]")
    with pytest.raises(OfficeError, match=r"retention.toml 读不出来"):
        read_table(path)
    with pytest.raises(OfficeError, match=r"none.toml 读不出来"):
        read_table(tmp_path / "none.toml")


# ---- proposing ----


def rule(matter: str, retention: Retention | None, *words: str, origins: tuple[str, ...] = (OWN,)) -> Rule:
    return Rule("综合", matter, retention, words, origins, "试", is_certain=True)


RULES = [
    rule("其他", THIRTY), rule("计划", PERMANENT, "计划", "年度计划"), rule("月计划", TEN, "月度计划"),
    rule("另一种计划", TEN, "计划"), rule("上级计划（重要的永久）", THIRTY, "计划", origins=(SUPERIOR,)),
    rule("便函", None, "通讯录更新"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "origin", "matter"),
    [
        ("关于印发2026年度计划的通知", OWN, "计划"), ("三月月度计划", OWN, "月计划"), ("工作计划", OWN, "计划"),
        ("关于会议的通知", OWN, "其他"),
        ("工作计划", SUPERIOR, "上级计划（重要的永久）"), ("关于 通讯录 更新的函", OWN, "便函"),
        ("", OWN, "其他"),
    ],
)  # fmt: skip
def test_the_longest_word_decides_then_the_order(title: str, origin: str, matter: str):
    found = propose(RULES, title, origin)
    assert found is not None
    assert found.rule.matter == matter
    assert found.needs_look == ("重要" in matter)


def test_a_table_that_says_nothing_of_an_origin_proposes_nothing():
    assert propose(RULES, "会议通知", SUPERIOR) is None
    assert propose([], "会议通知", OWN) is None
    assert RETENTIONS == (PERMANENT, THIRTY, TEN)
