# SPDX-License-Identifier: MulanPSL-2.0
"""How a register counts: formats, periods, what a typed number means."""

from __future__ import annotations

import os
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.registers.series import (
    NEVER,
    PER_TERM,
    YEARLY,
    Series,
    default_series,
    first_sequence,
    format_is_sound,
    number_text,
    open_format,
    open_number,
    period_of,
    read_sequence,
)

MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "200")), deadline=None, database=None)
DAY = date(2026, 11, 20)
YEARS = Series("dispatch", "云政发", "政府文件", start=88, start_period=2026)


@pytest.mark.parametrize(
    "sound",
    [
        "{seq}",
        "{year}-{seq:04d}",
        "{code}〔{year}〕{seq}号",
        "{code}第{term}届{seq}号",
        "{seq:3d}",
        "收{{内}}{seq}",
        "{seq:02}",
        "{code}{{{year}}}{seq}-{seq:3}",
    ],
)
def test_sound_formats(sound: str):
    assert format_is_sound(sound)
    series = Series("receipt", "收{", "收", sound)
    assert open_format(series, 2026, DAY).format(seq=7) == number_text(series, 2026, 7, DAY) != ""


@pytest.mark.parametrize(
    "unsound",
    [
        "", "号", "{year}", "{code}", "{seq", "seq}", "{}", "{0}", "{seq[0]}", "{seq.real}", "{seq.__class__}",
        "{seq:x}", "{seq:,}", "{seq:099999999d}", "{seq:{year}d}", "{code:5}{seq}", "{day}{seq}", "{seq}\n", "{seq!r}",
        "\u202e{seq}", "\x00{seq}", "{seq}" + "号" * 60, "{code}" * 9 + "{seq}", "{seq:.5}", "{seq}\ud800",
    ],
)  # fmt: skip
def test_unsound_formats(unsound: str):
    assert not format_is_sound(unsound)


@given(text=st.text(st.sampled_from("{}:!.[]0123456789dseqyartmcon〔〕号"), max_size=30))
@MANY
def test_a_format_is_refused_or_makes_numbers_that_differ(text: str):
    if format_is_sound(text):
        made = [number_text(Series("receipt", "收", "收", text), 2026, sequence) for sequence in (1, 2, 11, 99_999)]
        assert len(set(made)) == len(made)
        assert max(map(len, made)) <= 200


def test_numbers_are_written_as_the_office_writes_them():
    assert number_text(YEARS, 2026, 12) == "云政发〔2026〕12号"
    assert number_text(Series("receipt", "收文", "收文", "{year}-{seq:04d}"), 2026, 486) == "2026-0486"
    assert number_text(Series("dispatch", "云纪要", "纪要", "{code}第{seq}期", NEVER), 0, 31) == "云纪要第31期"
    assert number_text(Series("dispatch", "云党", "党", "{code}{term}-{seq}", PER_TERM, term=14), 14, 2) == "云党14-2"
    kept_counting = Series("dispatch", "云政发", "政府文件", reset=NEVER)
    assert number_text(kept_counting, 0, 300, DAY) == "云政发〔2026〕300号"


def test_a_draft_bears_all_but_the_sequence():
    day = date(2026, 11, 20)
    assert open_number(Series("dispatch", "云政发", ""), day) == "云政发〔2026〕　　号"
    assert open_number(Series("dispatch", "云纪要", "", "{code}第{seq:03d}期", NEVER), day) == "云纪要第　　期"
    assert open_number(Series("dispatch", "任", "", "{code}〔{year}〕{term}届{seq}号", PER_TERM, term=9), day) == (
        "任〔2026〕9届　　号"
    )


def test_a_period_is_a_year_a_term_or_for_ever():
    assert period_of(YEARS, DAY) == 2026
    assert period_of(Series("dispatch", "a", "a", reset=PER_TERM, term=14), DAY) == 14
    assert period_of(Series("dispatch", "a", "a", reset=NEVER), DAY) == 0


def test_a_start_holds_in_its_own_period_only():
    assert first_sequence(YEARS, 2026) == 88
    assert first_sequence(YEARS, 2027) == 1
    assert first_sequence(YEARS, 2025) == 1


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12", (None, 12)), ("0012", (None, 12)), ("2026-0003", (2026, 3)), ("20260003", (2026, 3)),
        ("2026003", (2026, 3)),
        ("收〔2023〕第012号", (2023, 12)), ("2023年5号", (2023, 5)), ("１２号", (None, 12)),
        ("２０２６－１２", (2026, 12)), ("2026", (None, 2026)),
        ("99999", (None, 99_999)), ("0", None), ("", None), ("无", None), ("100000", None), ("9" * 5000, None),
        ("0" * 5000, None), ("2026-" + "1" * 30, None),
    ],
)  # fmt: skip
def test_typed_numbers_are_read(typed: str, read: tuple[int | None, int] | None):
    assert read_sequence(typed, None) == read


@given(text=st.text(max_size=60), year=st.none() | st.integers(1949, 2100))
@MANY
def test_no_text_upsets_the_reading_of_a_number(text: str, year: int | None):
    read = read_sequence(text, year)
    assert read is None or 1 <= read[1] <= 99_999


@given(year=st.integers(1949, 2099), sequence=st.integers(1, 99_999))
@MANY
def test_what_is_written_is_read_again(year: int, sequence: int):
    for written in (f"{year}-{sequence:04d}", f"收〔{year}〕{sequence}号", f"{year}年第{sequence}号"):
        assert read_sequence(written, None) == (year, sequence)


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("青山县云水镇党政综合办公室", "云"), ("云水镇人民政府", "云"), ("石桥乡党政办", "石"),
        ("青山市大河区河东街道办事处", "河"),
        ("白音县乌兰苏木", "乌"), ("办公室", "×"), ("{}镇", "{"),
    ],
)  # fmt: skip
def test_a_new_office_gets_series_of_its_own_name(name: str, prefix: str):
    made = default_series(name, 2026)
    assert [series.code for series in made if series.register == "receipt"] == ["收文"]
    assert [series.code for series in made if series.reset == YEARLY and series.register == "dispatch"] == [
        f"{prefix}{word}" for word in ("政发", "委发", "办发", "政函", "任")
    ]
    assert all(format_is_sound(series.format) and series.start == 1 for series in made)
    assert len({(series.register, series.code) for series in made}) == len(made)
