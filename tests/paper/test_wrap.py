# SPDX-License-Identifier: MulanPSL-2.0
"""Lines break by the Chinese rules and nothing is lost."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from township_office.paper.wrap import may_break, wrap, wrap_evenly

WIDTHS = defaultdict(lambda: 1.0, dict.fromkeys("abcdefghijklmnopqrstuvwxyzV0123456789.:/-_ ", 0.5))


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("关于召开会议的通知", 4, ["关于召开", "会议的通", "知"]),
        ("关于召开，会议", 4, ["关于召", "开，会议"]),  # no line begins with a comma
        ("办法（试行）", 3, ["办法", "（试", "行）"]),  # none ends with an opening bracket
        ("规划2026年度", 4, ["规划", "2026年度"]),  # a figure stays whole and with its unit
        ("见 http://a.cn/x/y 网页", 8, ["见 http://a.cn/", "x/y 网页"]),
        ("abcdefgh", 2, ["abcd", "efgh"]),  # longer than the line: broken where it is full
        ("第一行\n第二行", 9, ["第一行", "第二行"]),
        ("", 5, [""]),
    ],
)
def test_known_texts(text: str, limit: float, lines: list[str]) -> None:
    assert wrap(text, limit, WIDTHS) == lines


@given(st.text(alphabet="政府的，。（）《》“”20.ab /\n〔〕号—…", max_size=80), st.integers(2, 12))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, limit: int) -> None:
    lines = wrap(text, limit, WIDTHS)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(sum(WIDTHS[char] for char in line) <= limit for line in lines)


@given(st.text(alphabet="政府的事，。（）《》", max_size=60), st.integers(6, 12))
def test_rules_are_kept_wherever_a_break_was_left(text: str, limit: int) -> None:
    lines = wrap(text, limit, WIDTHS)
    for line, following in itertools.pairwise(lines):
        if not may_break(line[-1], following[0]):
            whole = line + following[0]
            assert not any(may_break(a, b) for a, b in itertools.pairwise(whole))


def test_labels_break_evenly() -> None:
    assert wrap_evenly("紧急程度", 3, WIDTHS) == ["紧急", "程度"]
    assert wrap_evenly("份数", 3, WIDTHS) == ["份数"]
