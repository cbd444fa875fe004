# SPDX-License-Identifier: MulanPSL-2.0
"""What papers of one sender have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from township_office.registers.habits import code_of, number_from, organ_before, retold, usual_code


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("青组通〔2026〕41号", "青组通"),
        ("青组通[2026]41", "青组通"),
        ("国务院令第123号", ""),
        ("简报〔2026〕第3期", ""),
        ("41", ""),
        ("", ""),
    ],
)
def test_code_of_a_usual_number(number, code):
    assert code_of(number) == code


def test_the_most_frequent_code_is_the_usual_one_and_the_last_one_among_equals():
    assert (
        usual_code(
            ["青组〔2026〕3号", "青组通〔2026〕41号", "青组通〔2026〕40号", "青组〔2025〕9号", "青组通〔2025〕7号"]
        )
        == "青组通"
    )
    assert usual_code(["青组〔2026〕3号", "青组通〔2026〕41号"]) == "青组"
    assert usual_code(["无文号", ""]) == ""


@pytest.mark.parametrize("typed", ["41", "041", "41号", "第41号", " 41 ", "４１"])
def test_a_number_alone_is_one_of_the_code(typed):
    assert number_from(typed, "青组通", 2026) == "青组通〔2026〕41号"


@pytest.mark.parametrize("typed", ["青办〔2026〕41号", "41-1", "四十一", "2026〕41号", "0", "1234567", ""])
def test_anything_else_stays_as_it_was_typed(typed):
    assert number_from(typed, "青组通", 2026) == typed


def test_without_a_code_a_number_stays_a_number():
    assert number_from("41", "", 2026) == "41"


@given(st.text(max_size=40), st.integers(1990, 2090))
def test_only_digits_ever_become_a_number(typed, year):
    told = number_from(typed, "青组通", year)
    assert told == typed or (told.startswith(f"青组通〔{year}〕") and any(sign.isdigit() for sign in typed))


@pytest.mark.parametrize(
    ("title", "this_year"),
    [
        ("关于做好2025年度党员信息采集的通知", "关于做好2026年度党员信息采集的通知"),
        ("关于报送2025年总结和2026年计划的通知", "关于报送2026年总结和2027年计划的通知"),
        ("关于印发2035年远景目标的通知", "关于印发2035年远景目标的通知"),
        ("关于2021—2025年规划的通知", "关于2021—2025年规划的通知"),
        ("关于2024年至2025年供暖的通知", "关于2024年至2025年供暖的通知"),
        ("关于转发青政发〔2025〕3号的通知", "关于转发青政发〔2025〕3号的通知"),
        ("关于防汛的通知", "关于防汛的通知"),
    ],
)
def test_a_title_of_last_year_told_again(title, this_year):
    assert retold(title, 2025, 2026) == this_year
    assert retold(title, 2025, 2025) == title


def test_the_longest_organ_a_title_begins_with():
    known = ["青山县", "青山县财政局", "青山县财政局办公室", ""]
    assert organ_before("青山县财政局关于报送预算的通知", known) == "青山县财政局"
    assert organ_before("关于报送青山县财政局预算的通知", known) == ""
