# SPDX-License-Identifier: MulanPSL-2.0
"""The hidden keys: every piece of a text, spelt, is a piece of the spelt text; initials are what clerks type."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from township_office.core.searchkeys import fold, initials, letters_of, spell, warm_up

ROOT = Path(__file__).parents[2]
MANY = settings(max_examples=int(os.environ.get("EXAMPLES", "300")), deadline=None, database=None)
# Combining marks in other than their canonical order are sorted by every normal form: no clerk types them.
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Mn", "Mc", "Me"), exclude_characters="ﾞﾟ"), min_size=1, max_size=40
)
TITLE = st.text(
    st.sampled_from("关于转发〔2026〕［］【】（）()第0129号的通知éﬁ㈠①Ａａß𠮷㙍䶮ｶ豈 　"), min_size=1, max_size=30
)


@given(text=TEXT | TITLE, start=st.integers(0, 40), length=st.integers(1, 5))
@example(text="转发青政〔2026〕第049号文", start=8, length=3)
@MANY
def test_a_piece_of_a_text_is_a_piece_of_its_key(text: str, start: int, length: int):
    piece = text[start : start + length]
    assume(piece)
    assert spell(piece) in spell(text)


# Marks are left out here too: "é ﾞ" loses its blank after the accents were sorted, and would be sorted anew. Only going
# sign by sign would help, at nearly three times the time (71 ns a sign instead of 27), which every import would pay.
@given(text=TITLE)
@MANY
def test_keys_are_keys_of_themselves(text: str):
    assert spell(spell(text)) == spell(text)
    assert fold(fold(text)) == fold(spell(text)) == fold(text)


@given(text=TITLE)
@MANY
def test_keys_hold_neither_blanks_nor_line_breaks(text: str):
    assert "\n" not in spell(text)
    assert " " not in spell(text)
    assert initials(fold(text)).isascii()


@pytest.mark.parametrize(
    "typed",
    [
        "青政办发〔2026〕12号", "青政办发[2026]12号", "青政办发（2026）12号", "青政办发(2026)12号",
        "青政办发【2026】12号", "青政办发［２０２６］１２号", "青政办发〔2026〕第12号", "青政办发〔2026〕012号",
        "青政办发 〔2026〕 12 号", "青政办发{2026}12号", "青政办发〖2026〗0012号", "青政办发『2026』第012号",
    ],
)  # fmt: skip
def test_brackets_width_blanks_and_zeros_do_not_matter(typed: str):
    assert fold(typed) == "青政办发(2026)12号"


@pytest.mark.parametrize(
    ("text", "folded"), [("ABCｄ", "abcd"), ("2026-0001", "2026-0001"), ("〔2026〕0号", "(2026)0号"), ("", "")]
)
def test_other_texts_are_folded_plainly(text: str, folded: str):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("青山县应急管理局", "qsxyjglj"), ("云水镇人民政府", "yszrmzf"), ("县委组织部", "xwzzb"),
        ("重庆市财政局", "cqsczj"),
        ("会计科", "kjk"), ("农业银行", "nyyh"), ("调整", "tz"), ("调查", "dc"), ("行业", "hy"), ("长江", "cj"),
        ("校长", "xz"), ("乐山", "ls"), ("音乐", "yy"), ("单位", "dw"), ("重要", "zy"), ("系统", "xt"),
        ("2026年工作", "2026ngz"), ("A级", "aj"), ("吕梁", "ll"), ("女儿", "ne"),
        ("Ａ级０９", "aj09"), ("㈠组", "yz"), ("Ⅲ类", "iiil"), ("WiFi", "wifi"),
    ],
)  # fmt: skip
def test_initials_are_as_spoken(text: str, typed: str):
    warm_up()
    assert typed in initials(fold(text)).split(" ")
    assert typed in initials(text).split(" ")


@given(text=TITLE | TEXT | st.text(st.sampled_from("长重庆会计省a3〕"), max_size=6))
@MANY
def test_the_letters_of_the_signs_are_the_initials(text: str):
    one, _, two = initials(text).partition(" ")
    assert ["".join(parts) for parts in letters_of(text)] == [one, two or one]
    assert all(len(parts) == len(text) for parts in letters_of(text))


def test_every_character_of_the_library_has_its_letter_and_the_library_is_not_loaded():
    code = (
        "import sys; from township_office.core import searchkeys; table = searchkeys._initial_table();"
        "print('pypinyin' in sys.modules);"
        "from pypinyin.pinyin_dict import pinyin_dict as known; from unicodedata import normalize as n;"
        "print([point for point, said in known.items() if chr(table[point]) != n('NFD', said)[0]]);"
        "print(sum(map(bool, table)) - len(known))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "[]", "0"]


def test_rare_characters_do_not_harm():
    assert initials("\ue000\U000f0001😀") == ""
    assert initials("") == ""
    assert initials("﹏，") == ""
