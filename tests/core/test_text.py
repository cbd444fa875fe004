# SPDX-License-Identifier: MulanPSL-2.0
"""The program's words, and the errors that carry them."""

from __future__ import annotations

import tomllib

import pytest

from township_office.core import text
from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Problem
from township_office.core.text import RESOURCES, t


def test_words_are_found_and_filled():
    assert t("error.no_folder", path="U盘") == "找不到文件夹：U盘。请换一个位置，或先插好U盘。"
    assert (RESOURCES / "strings.toml").is_file()


def test_an_unknown_word_or_a_missing_place_is_our_mistake():
    with pytest.raises(KeyError):
        t("error.no_such_sentence")
    with pytest.raises(KeyError):
        t("error.no_folder")
    with pytest.raises(KeyError):
        t("no_such_area.name")


def test_each_area_alone_reads_as_it_does_within_the_whole_file():
    whole = tomllib.loads((RESOURCES / "strings.toml").read_text("utf-8"))
    assert {name: text._area(name) for name in whole} == whole


def test_an_error_speaks_chinese_and_keeps_its_key():
    error = OfficeError("error.is_void", number="2026-0007")
    assert (error.key, error.words, str(error)) == (
        "error.is_void", {"number": "2026-0007"}, "2026-0007 已作废，不能再改。",
    )  # fmt: skip


def test_invalid_names_all_problems():
    error = Invalid([Problem("a", "请填写甲。"), Problem("b", "请填写乙。")])
    assert "请填写甲。" in str(error)
    assert "请填写乙。" in str(error)
    assert [problem.field for problem in error.problems] == ["a", "b"]
    assert isinstance(error, OfficeError)
