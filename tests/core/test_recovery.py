# SPDX-License-Identifier: MulanPSL-2.0
"""The recovery code: what is typed from paper is the root key, or the group with the slip is named."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.core.errors import OfficeError
from township_office.core.recovery import ROOT_BYTES, code_of, root_of

SLIPS = 20_000
ROOT = bytes(range(0xF0, 0x100))
CODE = code_of(ROOT)
# Written down on the day the first code was printed: such a sheet lies in a safe for years.
VECTORS = {
    "00" * 16: "000000-000000-000000-000000-000000-000000-000000-000000",
    "ff" * 16: "720885-720885-720885-720885-720885-720885-720885-720885",
    "000102030405060708090a0b0c0d0e0f": "000011-005665-011319-016973-022627-028281-033935-039589",
}


@pytest.mark.parametrize(("root", "code"), VECTORS.items())
def test_a_printed_code_means_the_same_for_ever(root: str, code: str):
    assert code_of(bytes.fromhex(root)) == code
    assert root_of(code) == bytes.fromhex(root)


@given(root=st.binary(min_size=ROOT_BYTES, max_size=ROOT_BYTES))
@settings(max_examples=200, deadline=None, database=None)
def test_every_key_comes_back_from_its_code(root: bytes):
    assert re.fullmatch(r"(\d{6}-){7}\d{6}", code_of(root))
    assert root_of(code_of(root)) == root


def test_a_wrong_digit_is_found_in_its_own_group():
    chance = random.Random(1)
    for _ in range(SLIPS):
        code = code_of(chance.randbytes(ROOT_BYTES))
        at = chance.choice([place for place, sign in enumerate(code) if sign != "-"])
        wrong = chance.choice([digit for digit in "0123456789" if digit != code[at]])
        assert slip(code[:at] + wrong + code[at + 1 :]) == at // 7 + 1


def test_two_digits_that_changed_places_are_found():
    chance = random.Random(2)
    done = 0
    while done < SLIPS:
        digits = list(code_of(chance.randbytes(ROOT_BYTES)).replace("-", ""))
        at = chance.randrange(len(digits) - 1)
        if digits[at] != digits[at + 1]:
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
            assert slip("".join(digits)) == at // 6 + 1, "across two groups it is the first of them"
            done += 1


def slip(typed: str) -> int | None:
    """The group that is named; None when the slip went unnoticed."""
    try:
        root_of(typed)
    except OfficeError as error:
        return int(str(error.words["group"])) if f"第{error.words['group']}组" in str(error) else None
    return None


WAYS = {
    "without dashes": CODE.replace("-", ""),
    "blanks": CODE.replace("-", " "),
    "blank after every digit": " ".join(CODE),
    "ideographic blanks": CODE.replace("-", "\u3000"),
    "full-width": CODE.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)} | {ord("-"): 0xFF0D}),
    "other dashes": CODE.replace("-", "—"),
    "several lines": CODE.replace("-", "\r\n"),
    "with its caption": f"恢复码：{CODE}。",
}


@pytest.mark.parametrize("typed", WAYS.values(), ids=WAYS)
def test_it_is_read_however_it_was_typed(typed: str):
    assert root_of(typed) == ROOT


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("", 0),
        (CODE[:-1], 47),
        (CODE + "0", 49),
        (CODE.replace("0", "O"), 48 - CODE.count("0")),
        ("١" * 48, 0),
        ("\udcff\x00" + CODE[1:], 47),
        ("9" * 100_000, 500),
    ],
)
def test_another_length_is_told(typed: str, count: int):
    with pytest.raises(OfficeError, match=f"48位数字，现在有{count}位"):
        root_of(typed)


def test_a_group_too_large_for_two_bytes_is_a_slip():
    assert slip("720896" + CODE[6:]) == 1
