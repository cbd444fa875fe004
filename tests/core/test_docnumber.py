# SPDX-License-Identifier: MulanPSL-2.0
"""文号 in every spelling: one number, one form, nothing typed is lost."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from township_office.core import docnumber
from township_office.core.docnumber import DocNumber, canonical_doc_number, find_doc_number, parse_doc_number

MODERATE = settings(max_examples=200, deadline=None, database=None)
TWELVE = DocNumber("青政办发", 2026, 12, "青政办发〔2026〕12号")

SPELLINGS = re.findall(
    r"\S+",
    """
    青政办发〔2026〕12号 青政办发[2026]12号 青政办发［2026］12号 青政办发（2026）12号 青政办发(2026)12号
    青政办发【2026】12号 青政办发〈2026〉12号 青政办发《2026》12号 青政办发「2026」12号 青政办发『2026』12号
    青政办发﹝2026﹞12号 青政办发{2026}12号 青政办发<2026>12号 青政办发〖2026〗12号 青政办发〔2026]12号
    青政办发(2026】12号 青政办发〔2026〕第12号 青政办发〔2026〕012号 青政办发〔2026〕第012号 青政办发[2026]000012号
    青政办发〔2026〕字第12号 青政办发〔2026〕12 青政办发[2026]12 青政办发（2026）012 青政办发〔2026〕12號
    青政办发〔26〕12号 青政办发[26]12号 青政办发（26）第012号 青政办发〔2026年〕12号 青政办发（2026年）第12号
    青政办发〔２０２６〕１２号 青政办发（２０２６）第０１２号 青政办发〔2026〕1２号 青政办发〔二〇二六〕十二号
    青政办发〔二零二六〕第十二号 青政办发〔二○二六〕12号 青政办发〔2026〕一二号 青政办发2026-12 青政办发2026-12号
    青政办发2026—12号 青政办发2026－12 青政办发2026–012号 青政办发2026_12号 青政办发2026/12 青政办发2026.12
    青政办发2026第12号 青政办发2026年12号 青政办发2026年第12号 青政办发2026年第012号 青政办发202612号
    青政办发2026（12）号 青政办发(2026-12)号 青政办发（2026-12号） 青政办发〔2026〕-12号 青政办发〔202612号
    青政办发2026〕12号 青政办发〔2026〕12号文 青政办发〔2026〕12号文件 青政办发〔2026〕12号。 青政办发〔2026〕12号，
    青政办发〔2026〕12号、 青政办发〔2026〕12号； （青政办发〔2026〕12号） (青政办发[2026]12号) （青政办发〔2026〕12号
    【青政办发〔2026〕12号】 “青政办发〔2026〕12号” 青政办发〔2026〕12号〔〕 发文字号：青政办发〔2026〕12号
    文号:青政办发[2026]12号 来文字号：青政办发〔2026〕12号 文件编号：青政办发2026-12 编号：青政办发〔2026〕12号
    发文字号青政办发〔2026〕12号 字号：（青政办发〔2026〕12号） 青政办发字〔2026〕12号 青政办发字[2026]第012号
    """,
)
SPACED = [
    "青政办发 〔2026〕 12 号", "青政办发〔 2026 〕 12号", " 青政办发 〔2026〕第 12 号 ",
    "青 政 办 发 〔 2026 〕 12 号", "青政办发\n〔2026〕12号", "青政办发\u3000〔2026〕\u300012号",
    "青政办发\xa0〔2026〕12号", "\u200b青政办发〔2026〕12号\u200b", "\ufeff青政办发〔2026〕12号",
    "青政办发\t[2026]\t12号", "青政办发 2026-12", "青政办发2026 12", "青政办发 2026 012号",
    "青政办发 2026 年第 12 号", "文 号： 青政办发〔2026〕12号", "发文字号 青政办发〔2026〕12号",
    "青政办发〔2026 12号", "发文字号：青政办发〔2026〕12 号〔〕 ",
]  # fmt: skip


def test_there_are_enough_spellings() -> None:
    assert len(set(SPELLINGS) | set(SPACED)) >= 90


@pytest.mark.parametrize("typed", SPELLINGS + SPACED)
def test_one_number_in_every_spelling(typed: str) -> None:
    assert parse_doc_number(typed) == TWELVE
    assert canonical_doc_number(typed) == TWELVE.text


@pytest.mark.parametrize(
    ("typed", "code", "year", "sequence", "text"),
    [
        ("国务院令第123号", "国务院令", None, 123, "国务院令第123号"),
        ("国务院令 第 0123 号", "国务院令", None, 123, "国务院令第123号"),
        ("国务院令（第123号）", "国务院令", None, 123, "国务院令第123号"),
        ("国务院第123号令", "国务院令", None, 123, "国务院令第123号"),
        ("国务院令123号", "国务院令", None, 123, "国务院令第123号"),
        ("国令第123号", "国令", None, 123, "国令第123号"),
        ("国务院令第20261号", "国务院令", None, 20261, "国务院令第20261号"),
        ("第37号令", "令", None, 37, "第37号令"),
        ("令第37号", "令", None, 37, "第37号令"),
        ("中华人民共和国主席令第四十五号", "中华人民共和国主席令", None, 45, "中华人民共和国主席令第45号"),
        ("主席令第一百零三号", "主席令", None, 103, "主席令第103号"),
        ("某部令2016年第62号", "某部令", 2016, 62, "某部令2016年第62号"),
        ("某省人民政府令〔2001〕第15号", "某省人民政府令", 2001, 15, "某省人民政府令〔2001〕15号"),
        ("财政部公告2015年第3号", "财政部公告", 2015, 3, "财政部公告2015年第3号"),
        ("财政部2015年第3号公告", "财政部公告", 2015, 3, "财政部公告2015年第3号"),
        ("财政部公告2015年第03号", "财政部公告", 2015, 3, "财政部公告2015年第3号"),
        ("财政部公告〔2015〕3号", "财政部公告", 2015, 3, "财政部公告〔2015〕3号"),
        ("国家税务总局2018年第12号", "国家税务总局", 2018, 12, "国家税务总局2018年第12号"),
        ("2026年第3号", "", 2026, 3, "2026年第3号"),
        ("2026年3号", "", 2026, 3, "2026年第3号"),
        ("２０２６年第０３号", "", 2026, 3, "2026年第3号"),
        ("2026年第3号公告", "公告", 2026, 3, "2026年第3号公告"),
        ("公告2023年第12号", "公告", 2023, 12, "2023年第12号公告"),
        ("青政字第36号", "青政字", None, 36, "青政字第36号"),
        ("青明电〔2026〕12号", "青明电", 2026, 12, "青明电〔2026〕12号"),
        ("青委发电[2026]3号", "青委发电", 2026, 3, "青委发电〔2026〕3号"),
        ("青政办字（2026）7号", "青政办字", 2026, 7, "青政办字〔2026〕7号"),
        ("彩发字〔2020〕3号", "彩发字", 2020, 3, "彩发字〔2020〕3号"),
        ("青函字〔2026〕3号", "青函", 2026, 3, "青函〔2026〕3号"),
        ("青发改价格(函)[2026]5号", "青发改价格（函）", 2026, 5, "青发改价格（函）〔2026〕5号"),
        ("简报〔2026〕第03期", "简报", 2026, 3, "简报〔2026〕第3期"),
        ("镇长办公会议纪要第3期", "镇长办公会议纪要", None, 3, "镇长办公会议纪要第3期"),
        ("〔2026〕5号", "", 2026, 5, "〔2026〕5号"),
        ("[26]5", "", 2026, 5, "〔2026〕5号"),
        ("青政发〔98〕5号", "青政发", 1998, 5, "青政发〔1998〕5号"),
        ("青政发〔1949〕5号", "青政发", 1949, 5, "青政发〔1949〕5号"),
        ("X镇政发2026-24", "X镇政发", 2026, 24, "X镇政发〔2026〕24号"),
        ("Ｘ镇政发〔2026〕24号", "X镇政发", 2026, 24, "X镇政发〔2026〕24号"),
        ("×政发〔2026〕1号", "×政发", 2026, 1, "×政发〔2026〕1号"),
        ("G20办〔2026〕1号", "G20办", 2026, 1, "G20办〔2026〕1号"),
        ("㙍镇政发[2026]1号", "㙍镇政发", 2026, 1, "㙍镇政发〔2026〕1号"),
        ("𣗋政发(2026)1", "𣗋政发", 2026, 1, "𣗋政发〔2026〕1号"),
        ("\ue863政发〔2026〕1号", "\ue863政发", 2026, 1, "\ue863政发〔2026〕1号"),
    ],
)
def test_other_numbers(typed: str, code: str, year: int | None, sequence: int, text: str) -> None:
    assert parse_doc_number(typed) == DocNumber(code, year, sequence, text)
    assert canonical_doc_number(typed) == text
    assert parse_doc_number(text) == DocNumber(code, year, sequence, text)


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "无", "—", "/", "同上", "见附件", "12", "3号", "第3号", "第3期", "2026-12", "2026.3.12",
        "2026-03-12", "2026年3月12日", "青政发2026-03-12", "青政发2026年3月12日", "青政发12号", "青政发〔2026〕",
        "青政发〔2026〕号", "青政发〔2026〕0号", "青政发〔1026〕3号", "青政发〔2101〕3号", "青政发〔2026〕1234567号",
        "青政发〔2026〕12-1号", "青政发〔2026〕12号-1", "青政发〔2026〕12号之一", "青政发〔2026〕1号至3号",
        "青政发〔2026〕1号—3号", "青政发〔2026〕1、2号", "青政发〔2026〕12/3", "GB/T 9704-2012", "GB18030-2022",
        "JGJ2019-12", "(2019)青01民终123号", "人民路12号", "发文字号：", "文号", "关于青政发〔2026〕3号" * 20,
        "青政发\ud800", "〔〕号", "[2026", "政" * 60 + "〔2026〕3号", "十〔2026〕号",
    ],
)  # fmt: skip
def test_what_is_no_number_stays_as_typed(typed: str) -> None:
    assert parse_doc_number(typed) is None
    assert canonical_doc_number(f" {typed}\u3000") == typed.strip()


@pytest.mark.parametrize(
    ("typed", "first", "kept"),
    [
        ("青政发[2026]1号、青财发（2026）02号", "青政发〔2026〕1号", "青政发〔2026〕1号、青财发〔2026〕2号"),
        ("青政发[2026]1号\n青财发（2026）02号", "青政发〔2026〕1号", "青政发〔2026〕1号青财发〔2026〕2号"),
        (
            "青政发[2026]1号 青财发2026-2号 农发[26]3号",
            "青政发〔2026〕1号",
            "青政发〔2026〕1号 青财发〔2026〕2号 农发〔2026〕3号",
        ),
        ("青政发[2026]1号、2号", "青政发〔2026〕1号", "青政发〔2026〕1号、2号"),
        ("青政发[2026]1号（附件2份）", "青政发〔2026〕1号", "青政发〔2026〕1号（附件2份）"),
        ("青政发[2026]1号 关于春耕的通知", "青政发〔2026〕1号", "青政发〔2026〕1号 关于春耕的通知"),
        ("文号：青政发[2026]1号 转镇长阅", "青政发〔2026〕1号", "青政发〔2026〕1号 转镇长阅"),
        ("县委办公室 青办发[2026]3号", "青办发〔2026〕3号", "县委办公室 青办发〔2026〕3号"),
    ],
)
def test_the_first_number_counts_and_the_rest_stays(typed: str, first: str, kept: str) -> None:
    number = parse_doc_number(typed)
    assert number is not None
    assert number.text == first
    assert canonical_doc_number(typed) == kept
    assert canonical_doc_number(kept) == kept


@pytest.mark.parametrize(
    ("line", "place", "text"),
    [
        ("关于做好春耕的通知（岐办发[2026]12号）", "（岐办发[2026]12号）", "岐办发〔2026〕12号"),
        ("关于做好春耕的通知 岐办发〔2026〕12号", "岐办发〔2026〕12号", "岐办发〔2026〕12号"),
        ("岐办发〔2026〕012号 关于做好春耕的通知", "岐办发〔2026〕012号", "岐办发〔2026〕12号"),
        ("根据岐办发(2026)12号文件精神", "岐办发(2026)12号", "岐办发〔2026〕12号"),
        ("《关于春耕的通知》( 岐办发 〔2026〕 12 号 )", "( 岐办发 〔2026〕 12 号 )", "岐办发〔2026〕12号"),
        ("转发县人民政府办公室岐政办发〔2026〕12号", "岐政办发〔2026〕12号", "岐政办发〔2026〕12号"),
        ("关于印发2023-2025年方案的通知（和政发〔2026〕3号）", "（和政发〔2026〕3号）", "和政发〔2026〕3号"),
        ("按国家税务总局公告2015年第41号执行", "国家税务总局公告2015年第41号", "国家税务总局公告2015年第41号"),
        ("某条例（国务院令第123号）", "（国务院令第123号）", "国务院令第123号"),
        ("某办法，2026年第3号公告", "2026年第3号公告", "2026年第3号公告"),
        ("关于价格的复函 青发改价格（函）〔2026〕5号", "青发改价格（函）〔2026〕5号", "青发改价格（函）〔2026〕5号"),
        ("甲发〔2026〕1号和乙政发〔2026〕2号", "甲发〔2026〕1号", "甲发〔2026〕1号"),
        ("通知【岐办发〔2026〕12】", "【岐办发〔2026〕12】", "岐办发〔2026〕12号"),
        ("通知（岐办发2026-12号）", "（岐办发2026-12号）", "岐办发〔2026〕12号"),
        ("工作通知〔2026〕19号", "工作通知〔2026〕19号", "工作通知〔2026〕19号"),
    ],
)
def test_a_number_is_found_in_a_pasted_line(line: str, place: str, text: str) -> None:
    found = find_doc_number(line)
    assert found is not None
    start, end, number = found
    assert line[start:end] == place
    assert number.text == text


@pytest.mark.parametrize(
    "line",
    [
        "",
        "关于春耕的通知",
        "国土空间规划（2021—2035年）",
        "统计年鉴（2021）5册",
        "会议2026-12",
        "（2026年版）",
        "3月12日第5会议室",
        "成立30周年",
    ],
)
def test_no_number_is_found_where_there_is_none(line: str) -> None:
    assert find_doc_number(line) is None


HAN = st.sampled_from("青岐沪豫川粤云冀东山县镇政委府办党财教农水林环人民科发函规复通㙍䶮𠮷X×")
CODES = st.text(HAN, min_size=1, max_size=8).filter(lambda code: "政府" not in code)  # an organ's name, not a code
YEARS = st.integers(1950, 2049)
SEQUENCES = st.integers(1, 99999)
BRACKETS = st.sampled_from(["〔〕", "[]", "［］", "（）", "()", "【】", "〈〉", "《》", "﹝﹞", "〔]"])
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@MODERATE
@given(
    code=CODES,
    year=YEARS,
    sequence=SEQUENCES,
    brackets=BRACKETS,
    width=st.integers(1, 6),
    draw=st.data(),
)
def test_generated_numbers_are_read_in_every_spelling(
    code: str, year: int, sequence: int, brackets: str, width: int, draw: st.DataObject
) -> None:
    pick = lambda *choices: draw.draw(st.sampled_from(choices))  # noqa: E731
    shown = pick(str(year), str(year)[2:], str(year).translate(WIDE), f"{year}年")
    counted = pick(f"{sequence:0{width}}", str(sequence).translate(WIDE))
    blank = pick("", " ", "\u3000", "\n")
    typed = (
        pick("", "发文字号：", "文号:", "（", " ")
        + f"{code}{blank}{brackets[0]}{shown}{brackets[1]}{blank}{pick('', '第')}{counted}"
        + pick("号", "號", " 号", "号。", "号文件", "号）", "")
    )
    number = parse_doc_number(typed)
    assert number == DocNumber(code, year, sequence, f"{code}〔{year}〕{sequence}号")
    assert canonical_doc_number(typed) == number.text
    found = find_doc_number(f"关于春耕的通知（{number.text}）")
    assert found is not None
    assert found[2] == number


SIGNS = "青令字第号期之-—〔〕[]（）年月、和：𠮷😀 \n\u3000\ud800\u202e\x00"
WORDS = (
    "2026",
    "26",
    "12",
    "001",
    "十二",
    "二〇二六",
    "政办发",
    "公告",
    "文件",
    "关于",
    "文号：",
    "人民政府",
    "青发〔2026〕3号",
)
PIECES = st.lists(st.sampled_from([*SIGNS, *WORDS]), max_size=12).map("".join)
ANY = st.text(alphabet=st.characters(exclude_categories=()), max_size=60) | PIECES


@settings(MODERATE, max_examples=600)
@given(ANY)
@example("财政部2015年第3号公告公告")
@example("令第3号令")
@example("令〔1号青20001号")
@example("令〔020001号")
@example("县委办公室 青办发[2026]3号、青发[2026]4号")
def test_nothing_breaks_the_parser_and_twice_is_once(text: str) -> None:
    once = canonical_doc_number(text)
    assert canonical_doc_number(once) == once
    number = parse_doc_number(text)
    if number is None:
        assert once == text.strip()
        return
    assert number.text in once
    assert parse_doc_number(number.text) == number
    assert parse_doc_number(once) == number
    assert number.year is None or 1949 <= number.year <= 2100


@MODERATE
@given(ANY)
def test_a_found_place_lies_inside_the_line(line: str) -> None:
    found = find_doc_number(line)
    if found is not None:
        start, end, number = found
        assert 0 <= start < end <= len(line)
        assert parse_doc_number(number.text) == number


@MODERATE
@given(CODES, YEARS, SEQUENCES, BRACKETS, st.sampled_from(["", "第", "0", "第00"]))
def test_the_fast_road_and_the_slow_road_agree(code: str, year: int, sequence: int, brackets: str, zero: str) -> None:
    typed = f"{code}{brackets[0]}{year}{brackets[1]}{zero}{sequence}号"
    assert (parse_doc_number(typed), canonical_doc_number(typed)) == docnumber._read(typed)


def test_a_long_paste_is_looked_at_in_a_moment() -> None:
    for hostile in ("[2023]", "令第", "政2023-", "[    ", "政" * 40 + "[2023]    第    ", "政 "):
        paste = hostile * (200_000 // len(hostile))
        find_doc_number(paste)
        assert canonical_doc_number(paste) == paste.strip()
        canonical_doc_number(paste[:200])


def test_every_real_number_is_recognised(shared_data: Path) -> None:
    with (shared_data / "documents_real.csv").open(encoding="utf-8", newline="") as file:
        typed = [row["doc_number"] for row in csv.DictReader(file)]
    assert len(typed) > 10_000
    for text in typed:
        number = parse_doc_number(text)
        assert number is not None, text
        assert [count for count in (number.year, number.sequence) if count] == [
            int(n) for n in re.findall(r"\d+", text)
        ]
        assert canonical_doc_number(text) == number.text
        assert parse_doc_number(number.text) == number


# A 字 that the ledger adds to a code of which nothing shows that it has none of its own (冀政办字 has one).
UNKNOWABLE = 2


@pytest.mark.parametrize("name", ["收文登记簿_2023_分月", "发文登记表_2023_GBK"])
def test_number_cells_of_real_ledgers(shared_data: Path, name: str) -> None:
    path = shared_data / "ledgers" / f"truth_{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["cell_number"] not in {"", "—", "无"}]
    wrong = [row for row in rows if canonical_doc_number(row["cell_number"]) != row["true_number"]]
    assert len(rows) > 100
    assert len(wrong) <= UNKNOWABLE
    assert all(row["cell_number"].replace("字〔", "〔") == row["true_number"] for row in wrong)
