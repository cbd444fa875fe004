# SPDX-License-Identifier: MulanPSL-2.0
"""Whatever stands in a sheet: reading it raises nothing, loses no line and gives values the register can hold."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import TODAY, read_sheet
from township_office.core.fields import Kind
from township_office.core.gate import clean_text, has_secret_mark
from township_office.core.values import clean, show
from township_office.exchange.delimited import read_delimited
from township_office.exchange.headings import heading_key
from township_office.exchange.ledger import LedgerRow, find_tables
from township_office.exchange.natives import Sheet
from township_office.registers import DOCUMENTS
from township_office.registers.receipt import RECEIPT

HEADINGS = st.sampled_from(
    [
        *("序号", "收文日期", "来文单位", "文号", "标题", "密级", "份数", "备注", "月", "日", "字", "号", "年", "url"),
        *("发文字号", "主送", "签发日期", "签发人", "承办", "来文", "承办单位(人)", "编号", "收文号", "状态"),
        *("作废原因", "办理时限", "附件", "成文日期", "规范性文件", "标题及文号"),
    ]
)
WORDS = st.sampled_from(
    [
        *("关于做好工作的通知", "关于甲的通知（青财〔2025〕1号）", "青政发〔2023〕1号", "冀工信装字〔2023〕77号"),
        *("市政府", "1月2日", "2023.1.3", "3.12", "45258", "2月30日", "同上", "〃", '"', "合计", "本页合计：3"),
        *("审核人：王", "注：一", "2023年1月", "一份", "2份", "普件", "秘密", "机密★5年", "作废", "无", "—", "甲\n乙"),
        *("\ud800", "\x00", "②", "２", 1.1, 3.12, 45258.0, 20230112.0, 1.0, 2.0, 3.0, float("nan"), "关" * 600),
    ]
)
_TIMES = (st.dates(), st.datetimes(), st.times(), st.timedeltas())
_NUMBERS = (st.integers(-5, 60_000), st.floats(), st.booleans())
CELLS = st.one_of(st.just(""), st.just(""), HEADINGS, WORDS, WORDS, st.text(max_size=30), *_NUMBERS, *_TIMES)
MERGED = st.lists(
    st.tuples(st.integers(0, 15), st.integers(0, 12), st.integers(0, 3), st.integers(0, 3)).map(
        lambda four: (four[0], four[1], four[0] + four[2], four[1] + four[3])
    ),
    max_size=4,
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 12))
    rows = draw(st.lists(st.lists(CELLS, max_size=width), max_size=14))
    for _ in range(draw(st.integers(0, 2))):
        head = draw(st.lists(HEADINGS, min_size=width, max_size=width))
        rows.insert(draw(st.integers(0, len(rows))), head)
    name = draw(st.sampled_from(["1月", "2023", "收文", ""]))
    return Sheet(name, hidden=False, rows=rows, merged=draw(MERGED), errors={(1, 1)})


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets(), st.sampled_from(DOCUMENTS))
def test_any_sheet_is_read_without_losing_a_line(sheet, register):
    for row in read_sheet(sheet, register, file_name="2023"):
        if isinstance(row, LedgerRow):
            assert set(row.record) == {field.name for field in register.fields}
            draft = {field.name: show(field, row.record[field.name]) for field in register.fields}
            assert clean(register, draft, TODAY, lenient=True) == row.record
        else:
            assert row.reason.endswith("。")
            assert not row.is_secret or row.cells == ()


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2026, 11, 1)), st.text(min_size=1, max_size=40)), min_size=3))
def test_titles_come_in_as_the_gate_leaves_them(lines):
    plain = [(day, f"关于{text}的通知") for day, text in lines]
    rows = [["收文日期", "文件标题"], *([day.isoformat(), title] for day, title in plain)]
    read = read_sheet(Sheet("a", hidden=False, rows=rows), RECEIPT)
    assert len(read) == len(lines)
    for row, (day, title) in zip(read, plain, strict=True):
        if has_secret_mark(title):
            assert not isinstance(row, LedgerRow)
        elif "〈" not in title and "《" not in title and ":" not in title and "：" not in title:
            assert (row.record["received_on"], row.record["title"]) == (day, clean_text(title))


@given(st.text(max_size=30))
def test_heading_keys_stay_as_they_are(text):
    assert heading_key(heading_key(text)) == heading_key(text)


@given(st.lists(st.lists(st.text("甲乙1\"',;\t\n ", max_size=6), min_size=1, max_size=5), min_size=1, max_size=6))
def test_any_text_table_is_read(rows):
    text = "\n".join(",".join(cells) for cells in rows)
    assert all(isinstance(cell, str) for row in read_delimited(text.encode()) for cell in row)


def test_every_kind_of_field_is_among_the_headings():
    sheet = Sheet(
        "a", hidden=False, rows=[["标题", *(field.label for register in DOCUMENTS for field in register.fields)]]
    )
    for register in DOCUMENTS:
        fields = {column.field for table in find_tables(sheet, register) for column in table.columns} & {
            field.name for field in register.fields
        }
        assert {register.field(name).kind for name in fields} >= {Kind.DATE, Kind.CHOICE, Kind.INTEGER, Kind.NAME}
