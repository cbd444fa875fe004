# SPDX-License-Identifier: MulanPSL-2.0
"""The gate lets through everything a person can see and nothing else."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.core.gate import clean_text, has_secret_mark, secret_marks

MODERATE = settings(max_examples=200, deadline=None, database=None)
ODD = st.text(alphabet=st.sampled_from("关于 a1　\xa0\t\r\n\v\x00\x1f\x85\xad​‎‮⁦﻿￾😀𠮷㙍䶮\ue000\ud83d\ude00《》，,—"))
ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=60) | ODD


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("关于春耕的通知", "关于春耕的通知"),
        ("  关于春耕的通知\u3000", "关于春耕的通知"),
        ("\ufeff关于\u200b春耕", "关于春耕"),
        ("a\x00b\x07c\x7fd\x9fe", "abcde"),
        ("报表\u202excod.exe", "报表xcod.exe"),
        ("\u2066甲\u2069乙\u061c", "甲乙"),
        ("soft\u00adware", "software"),
        ("杨\u3000洋", "杨 洋"),
        ("杨\xa0洋", "杨 洋"),
        ("甲\t乙", "甲 乙"),
        ("\ud83d\ude00", "\U0001f600"),
        ("甲\ud800乙", "甲\ufffd乙"),
        ("甲\udc00\ud800乙", "甲\ufffd\ufffd乙"),
        ("甲\ufffe乙\uffff\U0001ffff", "甲乙"),
        ("李㙍、王䶮、赵𣗋、孙䃥", "李㙍、王䶮、赵𣗋、孙䃥"),
        ("生僻\ue863字\U000f0001", "生僻\ue863字\U000f0001"),
        ("收到😀👍🏽", "收到😀👍🏽"),
        ("葛\U000e0100飾", "葛\U000e0100飾"),
        ("", ""),
        (" \r\n\t ", ""),
    ],
)
def test_what_is_visible_stays(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept
    assert clean_text(typed, lines=True) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("关于印发《东山镇\n春耕办法》的通知", "关于印发《东山镇春耕办法》的通知"),
        ("关于印发\r\n《办法》", "关于印发《办法》"),
        ("东政发\n〔2026〕3号", "东政发〔2026〕3号"),
        ("全镇\n30件实事", "全镇30件实事"),
        ("2026\n年计划", "2026年计划"),
        ("第一段\n\n \n第二段", "第一段第二段"),
        ("上海市 \n 加大", "上海市加大"),
        ("two\nwords", "two words"),
        ("12\n34", "12 34"),
        ("甲\u2028乙\x85丙\v丁\f戊", "甲乙丙丁戊"),
        ("见\nOA", "见 OA"),
    ],
)
def test_a_wrapped_cell_becomes_one_line(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_lines_are_kept_where_they_are_wanted() -> None:
    assert clean_text("甲\r\n乙\r丙\u2029丁\n", lines=True) == "甲\n乙\n丙\n丁"


@MODERATE
@given(ANY, st.booleans())
def test_the_gate_is_idempotent_and_leaves_nothing_hidden(text: str, lines: bool) -> None:
    once = clean_text(text, lines=lines)
    assert clean_text(once, lines=lines) == once
    assert once == once.strip()
    once.encode("utf-8")
    hidden = [sign for sign in once if unicodedata.category(sign) in {"Cc", "Cs"} or sign in "\u200b\u202e\ufeff\ufffe"]
    assert set(hidden) <= ({"\n"} if lines else set())


@MODERATE
@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "M", "Co"))))
def test_visible_signs_of_every_script_pass_untouched(text: str) -> None:
    assert clean_text(text) == text


def test_a_pasted_book_passes_in_a_moment() -> None:
    assert len(clean_text("关于 " * 1_000_000)) == 2_999_999
    assert clean_text(" \n" * 500_000 + "完") == "完"


@pytest.mark.parametrize(
    "text",
    [
        "机密★10年",
        "绝密 ★ 30年",
        "秘密★启用前",
        "机 密 ★ 5 年",
        "秘密☆3年",
        "机密*长期",
        "★6个月",
        "★ 十年",
        "东委密电〔2026〕3号",
        "市委密电",
        "密码电报第5号",
        "密传〔2026〕1号",
        "密传真〔2026〕1号",
        "机\u200b密\u202e★1年",
        "前面的话 机密★10年 后面的话",
    ],
)
def test_marks_of_state_secrets_are_seen(text: str) -> None:
    assert has_secret_mark(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "关于春耕的通知",
        "关于保守国家秘密的培训通知",
        "工作秘密", "商业秘密", "机密", "绝密",
        "关于更换涉密电脑的通知",
        "保密电话号码表",
        "涉密电子设备清查",
        "涉密传真机管理办法",
        "加密传输系统",
        "严防秘密传播",
        "人员密集场所",
        "五星★饭店",
        "内部资料 注意保管",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_secret(text: str) -> None:
    assert not has_secret_mark(text)


@MODERATE
@given(ANY)
def test_no_text_breaks_the_trip_wire(text: str) -> None:
    assert has_secret_mark(text) in {True, False}
    assert has_secret_mark(text + "机密★10年")


def test_each_text_is_asked_by_itself() -> None:
    assert secret_marks(["关于春耕的通知", "机密★10年", "12"]) == {"机密★10年"}
    assert secret_marks(["机密", "★", "绝密"]) == set()
    assert secret_marks([]) == set()


def test_real_titles_do_not_trip_and_lose_nothing_visible(shared_data: Path) -> None:
    with (shared_data / "documents_real.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    assert len(titles) > 10_000
    assert not [title for title in titles if has_secret_mark(title)]
    for title in titles:
        visible = [sign for sign in title if not sign.isspace() and sign.isprintable()]
        assert [sign for sign in clean_text(title) if sign != " "] == visible
