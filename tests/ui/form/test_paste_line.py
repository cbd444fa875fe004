# SPDX-License-Identifier: MulanPSL-2.0
"""A pasted line falls apart into title and 文号, and never into something that was not in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from township_office.ui.form.paste_line import split_line


@pytest.mark.parametrize(
    ("line", "title", "number"),
    [
        ("关于做好防火工作的通知（青办发[2026]12号）", "关于做好防火工作的通知", "青办发〔2026〕12号"),
        ("青办发〔2026〕12号 关于做好防火工作的通知", "关于做好防火工作的通知", "青办发〔2026〕12号"),
        ("青办发〔2026〕12号：关于做好防火工作的通知", "关于做好防火工作的通知", "青办发〔2026〕12号"),
        ("《关于做好防火工作的通知》（青办发【2026】12号）。", "关于做好防火工作的通知", "青办发〔2026〕12号"),
        ("关于做好防火工作的通知\n（青办发〔2026〕12号）\n", "关于做好防火工作的通知", "青办发〔2026〕12号"),
        ("关于印发《防火方案》的通知", "关于印发《防火方案》的通知", ""),
        ("《防火方案》和《防汛方案》", "《防火方案》和《防汛方案》", ""),
        ("关于转发青政发〔2026〕3号文件的通知", "关于转发青政发〔2026〕3号文件的通知", ""),
        ("青办发〔2026〕12号", "", "青办发〔2026〕12号"),
        ("", "", ""),
    ],
)
def test_lines(line, title, number):
    assert split_line(line) == (title, number)


@given(st.text(max_size=80))
def test_any_text_is_taken_without_a_crash_and_without_invention(text):
    title, number = split_line(text)
    assert set(title) <= set(text) | {" "}
    assert number or "".join(title.split()) in "".join(text.split())
