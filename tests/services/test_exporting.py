# SPDX-License-Identifier: MulanPSL-2.0
"""The office's Excel out: as the office orders its columns, no formula in it, and back in without loss."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settled
from hypothesis import strategies as st

from tests.services.importing import TODAY, book, everything, plan, receipts, take_in
from township_office.core.errors import Cancelled, Invalid, OfficeError
from township_office.core.fields import Kind, Register, Value
from township_office.registers import ALL, DOCUMENTS
from township_office.registers.archive.care import CARE
from township_office.registers.common import WORK_SECRET
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.registers.series import Series
from township_office.services import checking, demo, exporting, numbers, records, settings, sheets
from township_office.services.browsing import View
from township_office.services.office import Office, open_office

# What a row taken in again cannot have in common with the one it was: it came in another day by another hand, and
# where the paper itself is at that moment stands in no ledger.
OWN_STORY = {"id", "entry", "batch_id", "entered_at", "entered_by", "voided_by", "holder", "held_for"}
ODD = (
    "=1+1", '=HYPERLINK("http://x")', "+86 138", "-1", "@甲", "合计", "同上", "〃", "作废", "无", "—", "/", "2026.3.12",
    "1e5", "00012", "TRUE", "㙍䶮𣗋䃥𠮷", "第一行\n第二行\n\n第四行", "'引号", '"双"', "（2026）5号", "序号",
    "收文日期", "共3页",
    "制表人：王", "以下空白", "本页小计", "2026年收文登记簿", "甲" * 200, "<b>&amp;</b>", "{seq}", "é", "ﬁ",
    "〈甲〉", "甲。", "甲（乙）", "关于甲的通知（青政〔2026〕3号）", "省府办", "今天", "http://a.cn", "12",
)  # fmt: skip


def same(row: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in row.items() if name not in OWN_STORY}


def moved(office: Office, other: Office, register: Register, path: Path) -> list[dict[str, Value]]:
    """Take everything of register from one office to another through a sheet; return what arrived, in book order."""
    count = exporting.export_register(office, register, View(), path, TODAY).rows
    made = plan(other, register, path)
    assert made.not_taken == []
    assert len(made.taken) == count
    sheets.run_import(other, made, TODAY)
    assert checking.verify(other).findings == ()
    return [same(row) for row in everything(other, register)]


def in_book_order(office: Office, register: Register) -> list[dict[str, Value]]:
    ids = exporting.views.in_book_order(office.db, register, None, None, None)
    rows = exporting.records.get_many(office.db, register, ids)
    return [same(row) for row in rows if row["secrecy_level"] != WORK_SECRET]


@pytest.fixture
def other(new_office, tmp_path: Path):
    with new_office(tmp_path / "另一个镇.office.db") as made:
        yield made


def sheet_xml(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


class TestThereAndBack:
    @pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
    def test_a_filled_office(self, register: Register, tmp_path: Path, other: Office):
        demo.create(tmp_path / "示例.office.db", TODAY, 60, 30)
        with open_office(tmp_path / "示例.office.db", "王春燕") as office:
            assert moved(office, other, register, tmp_path / "out.xlsx") == in_book_order(office, register)
            assert numbers.all_series(other, register)[0] == numbers.all_series(office, register)[0]

    def test_void_late_odd_and_long(self, office: Office, other: Office, tmp_path: Path, draft):
        for place, text in enumerate(ODD):
            words = {
                "title": text,
                "sender": text.replace("\n", ""),
                "remarks": text,
                "doc_number": text.replace("\n", ""),
            }
            day = str(TODAY - timedelta(30 * (place % 20)))
            row = records.register_document(office, RECEIPT, draft("receipt", received_on=day, **words), TODAY)
            if place % 5 == 0:
                records.void(office, RECEIPT, row["id"], text.replace("\n", ""), TODAY - timedelta(place))
        assert {row["entry"] for row in everything(office, RECEIPT)} == {"live", "backdated"}
        assert moved(office, other, RECEIPT, tmp_path / "out.xlsx") == in_book_order(office, RECEIPT)

    def test_numbers_of_every_kind(self, office: Office, other: Office, tmp_path: Path, draft):
        """Line numbers, clashes, text, former years, several series, other forms than the new office's own."""
        for one in (office, other):
            numbers.save_series(one, Series("receipt", "电", "电报", "电{year}-{seq:03d}"))
        take_in(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts([1, 2, 2, "12-1", "电2025-7", "补3", "无"])))
        months = {f"{month}月": receipts([1, 2], 2024, first=40 * month) for month in (1, 2, 3)}
        take_in(office, RECEIPT, book(tmp_path / "b.xlsx", **months), sheets.LINE)
        numbers.set_series(office, "series.receipt.收文.format", "收{year}第{seq}号", TODAY)
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        records.register_document(office, RECEIPT, draft("receipt", series="电"), TODAY)
        arrived = moved(office, other, RECEIPT, tmp_path / "out.xlsx")
        assert arrived == in_book_order(office, RECEIPT)
        assert {"收2026第1号", "电2026-001", "12-1", "2025-0002", None} <= {row["number"] for row in arrived}
        following = {
            code: numbers.next_number(other, RECEIPT, {"series": code}, TODAY).sequence for code in ("收文", "电")
        }
        assert following == {"收文": 2, "电": 2}

    def test_dispatches_of_series_that_count_by_terms_or_for_ever(self, office: Office, other: Office, tmp_path, draft):
        kinds = (("云人", "{code}第{term}届{seq}号", "per_term"), ("云合", "{code}[{year}]{seq}号", "never"))
        for one in (office, other):
            for code, form, reset in kinds:
                numbers.save_series(one, Series("dispatch", code, code, form, reset, term=5))
        for code in ("云人", "云合", "云纪要", "云政发", "云人", "云合"):
            for day in ("2025-11-11", "2026-11-11"):
                records.register_document(office, DISPATCH, draft("dispatch", series=code, signed_on=day), TODAY)
        heads = ("发文字号", "签发日期", "文件标题")
        old = [heads, ("云新令第3号", "2025-01-01", "关于甲的令"), ("云政发〔2025〕12-1号", "", "关于乙的通知")]
        take_in(office, DISPATCH, book(tmp_path / "a.xlsx", 发文=old))
        want = {str(row["number"]): row for row in in_book_order(office, DISPATCH)}
        got = {str(row["number"]): row for row in moved(office, other, DISPATCH, tmp_path / "out.xlsx")}
        # A row without a date belongs to the year its sheet or its number tells; here only the office knew it.
        assert got.pop("云政发〔2025〕12-1号") | {"year": 0} == want.pop("云政发〔2025〕12-1号") | {"year": 0}
        assert got == want
        coming = {
            code: numbers.next_number(other, DISPATCH, {"series": code}, TODAY).number
            for code in ("云人", "云合", "云新令")
        }
        assert coming == {"云人": "云人第5届5号", "云合": "云合[2026]5号", "云新令": "云新令第4号"}

    def test_an_export_means_what_it_says(self, office: Office, other: Office, tmp_path: Path, draft):
        """Whatever stands in its columns, and whatever the clerk once said of a column of that name elsewhere."""
        settings.set_setting(
            other, "receipt.import_columns", '{"备注": "", "文件标题": "sender", "收文编号": "remarks"}'
        )
        for number in range(1, 9):
            odd = {"title": str(number), "sender": "http://a.cn", "handler": "财政所", "remarks": "2026-01-01"}
            records.register_document(office, RECEIPT, draft("receipt", **odd), TODAY)
        assert moved(office, other, RECEIPT, tmp_path / "out.xlsx") == in_book_order(office, RECEIPT)

    def test_twice_round_is_the_same_again(self, office: Office, other: Office, new_office, tmp_path: Path, draft):
        for place in range(6):
            records.register_document(office, RECEIPT, draft("receipt", remarks=ODD[place]), TODAY)
        first = moved(office, other, RECEIPT, tmp_path / "1.xlsx")
        with new_office(tmp_path / "第三个镇.office.db") as third:
            assert moved(other, third, RECEIPT, tmp_path / "2.xlsx") == first

    def test_into_the_same_office_brings_nothing(self, office: Office, tmp_path: Path, draft):
        for register in DOCUMENTS:
            row = records.register_document(office, register, draft(register.name), TODAY)
            records.void(office, register, row["id"], "重复登记", TODAY)
            exporting.export_register(office, register, View(), tmp_path / f"{register.name}.xlsx", TODAY)
            made = plan(office, register, tmp_path / f"{register.name}.xlsx")
            assert (made.taken, made.known) == ([], 1)

    @given(data=st.data())
    @settled(
        max_examples=int(os.environ.get("EXAMPLES", "8")), deadline=None, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
    def test_anything_a_clerk_may_type(self, register: Register, data, new_office, tmp_path_factory):
        folder = tmp_path_factory.mktemp("round")
        drafts = data.draw(
            st.lists(st.fixed_dictionaries({one.name: typed(one) for one in register.fields}), max_size=6)
        )
        with new_office(folder / "a.office.db") as office, new_office(folder / "b.office.db") as other:
            for one in drafts:
                try:
                    records.register_document(office, register, one, TODAY)
                except Invalid:
                    continue
            wanted = in_book_order(office, register)
            if wanted:
                assert moved(office, other, register, folder / "out.xlsx") == wanted


def typed_in(register: Register) -> dict[str, str]:
    """A word in every field."""
    usual = {Kind.DATE: "2026-11-20", Kind.MOMENT: "2026-11-20 09:15", Kind.INTEGER: "3", Kind.YES_NO: "是"}
    return {field.name: field.choices[0] if field.choices else usual.get(field.kind, "20") for field in register.fields}


def typed(field) -> st.SearchStrategy[str]:
    """What a clerk may type in a field, errors of formulas left out: a sheet cannot tell #REF! from an error."""
    match field.kind:
        case Kind.DATE:
            days = st.dates(date(2026, 1, 1), TODAY).map(str)
            is_needed = field.required or field.name == "signed_on"  # a draft has no number to come back with
            return days if is_needed else st.one_of(st.just(""), days)
        case Kind.MOMENT:
            return st.sampled_from(["", "2026-11-20", "2026-11-19 16:40"])
        case Kind.INTEGER:
            return st.one_of(st.just(""), st.integers(0, 999_999).map(str))
        case Kind.CHOICE:
            return st.sampled_from(["", *field.choices])
        case Kind.YES_NO:
            return st.sampled_from(["", "是", "否"])
        case _:
            texts = st.one_of(st.sampled_from(ODD), st.text(max_size=30)).filter(lambda text: not text.startswith("#"))
            return texts if field.required else st.one_of(st.just(""), texts)


class TestTheSheet:
    def test_has_the_offices_columns_order_and_widths_first(self, office: Office, tmp_path: Path, draft):
        settings.set_setting(office, "receipt.columns", "title,number,sender,status")
        settings.set_setting(office, "receipt.widths", "title=50,number=20")
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        exporting.export_register(office, RECEIPT, View(), tmp_path / "out.xlsx", TODAY)
        (sheet,) = sheets.look_at(tmp_path / "out.xlsx").sheets
        title, heads, row = sheet.rows
        assert title[0] == "青山县云水镇党政综合办公室收文登记簿"
        assert heads[:6] == ["文件标题", "收文编号", "来文单位", "状态", "收文日期", "来文字号"]
        assert row[:4] == ["关于开展森林草原防灭火隐患排查的通知", "2026-0001", "青山县应急管理局", "在办"]
        assert heads[-3:] == ["原编号", "作废原因", "作废日期"]
        assert sorted(heads) == sorted({*(f.label for f in RECEIPT.fields), "收文编号", "状态", *heads[-3:]})
        widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', sheet_xml(tmp_path / "out.xlsx"))]
        assert widths[0] == pytest.approx(101, abs=1)
        assert widths[1] == pytest.approx(41, abs=1)
        assert widths[2] == pytest.approx(33, abs=1)

    @pytest.mark.parametrize("register", ALL, ids=lambda register: register.name)
    def test_has_the_widths_of_the_screen_where_the_office_set_none(self, register: Register, office, tmp_path: Path):
        exporting.export_register(office, register, View(), tmp_path / "out.xlsx", TODAY)
        names = settings.column_names(office, register)
        columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet_xml(tmp_path / "out.xlsx"))
        widths = [float(width) for first, last, width in columns for _ in range(int(first), int(last) + 1)]
        declared = [max(settings.declared_width(register, name) * 2 + 1, 6) for name in names]
        assert widths[: len(names)] == pytest.approx(declared, abs=1)

    def test_holds_no_formula_and_no_link(self, office: Office, tmp_path: Path, draft):
        for text in ODD:
            words = {"title": text, "remarks": text, "sender": text.replace("\n", "")}
            records.register_document(office, RECEIPT, draft("receipt", **words), TODAY)
        exporting.export_register(office, RECEIPT, View(), tmp_path / "out.xlsx", TODAY)
        xml = sheet_xml(tmp_path / "out.xlsx")
        assert "<f>" not in xml
        assert "<f " not in xml
        assert "hyperlink" not in xml
        # 份数 is the only number; all else is text, so that 00012 and 1e5 stay what they are.
        plain = re.findall(r"<c [^>]*?(?<!t=\"inlineStr\")><v>([^<]*)</v>", xml.replace(' t="s"', ' t="inlineStr"'))
        assert set(plain) == {"2"}

    def test_only_what_is_on_screen(self, office: Office, tmp_path: Path, draft):
        for day in ("2025-03-03", "2026-03-03"):
            records.register_document(office, RECEIPT, draft("receipt", received_on=day, due_on="2026-12-30"), TODAY)
        records.void(office, RECEIPT, 2, "重复登记", TODAY)

        def count(year: int | None, state: str = "") -> int:
            path = tmp_path / f"{year}{state}.xlsx"
            written = exporting.export_register(office, RECEIPT, View(year, state), path, TODAY).rows
            assert len(sheets.look_at(path).sheets[0].rows) == written + 2
            return written

        assert [count(None), count(2025), count(2026), count(2027)] == [2, 1, 1, 0]
        assert [count(None, "voided"), count(2025, "voided"), count(2025, "open")] == [1, 0, 1]

    @pytest.mark.parametrize("register", CARE, ids=lambda register: register.name)
    def test_the_small_books_of_the_archive_go_out_whole(self, register: Register, office, tmp_path: Path):
        row = records.register_document(office, register, typed_in(register), TODAY)
        out = exporting.export_register(office, register, View(), tmp_path / "out.xlsx", TODAY)
        assert (out.rows, out.left_out) == (1, 0)
        _, heads, cells = sheets.look_at(tmp_path / "out.xlsx").sheets[0].rows
        said = dict(zip(heads, cells, strict=True))
        assert said[register.number_label] == row["number"]
        assert all(said[field.label] for field in register.fields)

    def test_work_secrets_stay_in_the_office(self, office: Office, tmp_path: Path, draft):
        for level in ("工作秘密", "内部", "普通"):
            words = {"title": f"关于{level}甲的通知", "secrecy_level": level}
            records.register_document(office, RECEIPT, draft("receipt", **words), TODAY)
        path = tmp_path / "a.xlsx"
        assert exporting.export_register(office, RECEIPT, View(), path, TODAY) == exporting.Exported(2, 1)
        words = str(sheets.look_at(path).sheets[0].rows)
        assert "关于内部甲的通知" in words
        assert "关于工作秘密甲的通知" not in words

    def test_a_thousand_rows_tell_how_far_it_is(self, office: Office, tmp_path: Path):
        take_in(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts(range(1, 1101), 2026)))
        told: list[tuple[int, int]] = []
        exporting.export_register(
            office, RECEIPT, View(), tmp_path / "out.xlsx", TODAY, lambda *step: told.append(step)
        )
        assert told == [(0, 1100), (500, 1100), (1000, 1100)]

    def test_stopped_or_refused_it_leaves_nothing(self, office: Office, tmp_path: Path, draft):
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)

        def stop(done: int, total: int) -> None:
            raise Cancelled

        (tmp_path / "out").mkdir()
        with pytest.raises(Cancelled):
            exporting.export_register(office, RECEIPT, View(), tmp_path / "out" / "a.xlsx", TODAY, stop)
        for path in (tmp_path / "nowhere" / "a.xlsx", tmp_path / "out"):
            with pytest.raises(OfficeError, match="写不了"):
                exporting.export_register(office, RECEIPT, View(), path, TODAY)
        assert list((tmp_path / "out").iterdir()) == []
