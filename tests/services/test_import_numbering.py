# SPDX-License-Identifier: MulanPSL-2.0
"""What the numbers of a ledger become: running numbers, line numbers beside, text; never given twice, never lost."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.importing import (
    DISPATCHES,
    LINES,
    RECEIPTS,
    TODAY,
    book,
    dispatches,
    everything,
    numbers,
    plan,
    receipts,
    take_in,
)
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.registers.series import Series
from township_office.services import checking, records, sheets
from township_office.services import numbers as numbering
from township_office.services.office import Office
from township_office.services.sheets import ASSIGN, KEEP, LINE

WRITTEN = st.one_of(st.integers(0, 12), st.sampled_from(["", "2025-3", "12-1", "补2", "收〔2024〕4号", "无"]))


def following(office: Office, register=RECEIPT, **draft: str) -> str:
    """The number the next paper would get."""
    return numbering.next_number(office, register, draft, TODAY).number


def ledger(office: Office, year: int) -> list[numbering.NumberLine]:
    return numbering.number_ledger(office, RECEIPT, numbering.all_series(office, RECEIPT)[0], year)


class TestRunningNumbers:
    @pytest.mark.parametrize(
        ("written", "number", "sequence"),
        [
            (12, "2025-0012", 12), ("0012", "2025-0012", 12), ("2025-0012", "2025-0012", 12),
            ("20250012", "2025-0012", 12), ("收〔2025〕第012号", "2025-0012", 12), ("第12号", "2025-0012", 12),
            ("２０２５－１２", "2025-0012", 12), ("25-12", "2025-0012", 12), ("[2025]12", "2025-0012", 12),
            # Neither 12 nor 1, and no paper 3 either: text that people know the paper by.
            ("12-1", "12-1", None), ("补3", "补3", None), ("A003", "A003", None), ("2025-3-12", "2025-3-12", None),
            ("2025000012", "2025000012", None),
            ("无", None, None), (0, None, None),
        ],
    )  # fmt: skip
    def test_are_read_as_offices_write_them(self, written, number, sequence, office: Office, tmp_path):
        path = book(tmp_path / "a.xlsx", 收文=receipts([1, 2, written]))
        last = plan(office, RECEIPT, path).taken[-1]
        assert (last.values["number"], last.values["sequence"]) == (number, sequence)
        expected = None if written == "无" else str(written)
        assert last.values["original_number"] == expected

    def test_an_office_that_always_writes_the_same_sign_before_them(self, office: Office, tmp_path):
        path = book(tmp_path / "a.xlsx", 收文=receipts([f"办{n:03d}" for n in range(1, 31)]))
        take_in(office, RECEIPT, path)
        assert [row["sequence"] for row in everything(office, RECEIPT)] == list(range(1, 31))
        assert following(office, received_on="2025-12-31") == "2025-0031"

    @pytest.mark.parametrize("form", ["收〔2025〕{}号", "云收〔2025〕{}号", "云办收字[2025]第{:03d}号"])
    def test_that_look_like_a_doc_number_are_numbers_all_the_same(self, form: str, office: Office, tmp_path):
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts(map(form.format, range(1, 31)))))
        assert [one.values["sequence"] for one in made.taken] == list(range(1, 31))
        assert made.taken[0].values["original_number"] == form.format(1)
        assert made.taken[0].values["doc_number"] == "青财〔2025〕1号"

    def test_go_on_where_the_ledger_ended(self, office: Office, tmp_path, draft):
        path = book(tmp_path / "a.xlsx", 收文=[*receipts(range(1, 40), 2026), *receipts([41], 2026, first=60)[1:]])
        made = plan(office, RECEIPT, path)
        assert made.numbering == KEEP
        assert made.clashes == []
        sheets.run_import(office, made, TODAY)
        row = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        assert row["number"] == "2026-0042"
        assert [line.number for line in ledger(office, 2026) if line.state == "missing"] == ["2026-0040"]

    def test_the_number_of_a_former_year_counts_there(self, office: Office, tmp_path):
        lines = [RECEIPTS, ("2024-0099", "2025-01-03", "青山县财政局", "", "关于去年末一件的通知")]
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=lines))
        assert numbers(made) == [("2024-0099", "收文", 2024, 99)]
        assert made.taken[0].values["year"] == 2025

    def test_without_a_date_the_number_tells_the_year(self, office: Office, tmp_path):
        lines = [
            RECEIPTS,
            ("2024-0007", "", "青山县财政局", "", "关于甲的通知"),
            ("8", "", "青山县财政局", "", "关于乙的通知"),
        ]
        first, second = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=lines)).taken
        assert (first.values["year"], first.values["sequence"]) == (2024, 7)
        assert (second.values["year"], second.values["number"]) == (None, None)
        assert second.values["original_number"] == "8"


class TestLineNumbers:
    def test_that_begin_anew_on_every_sheet_are_kept_beside(self, office: Office, tmp_path):
        months = {f"{m}月": receipts(range(1, 6), heads=LINES, first=30 * m) for m in range(1, 4)}
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", **months))
        assert made.numbering == LINE
        assert made.clashes == []
        assert set(numbers(made)) == {(None, None, None, None)}
        assert [one.values["original_number"] for one in made.taken] == ["1", "2", "3", "4", "5"] * 3
        sheets.run_import(office, made, TODAY)
        assert following(office, received_on="2025-12-31") == "2025-0001"

    def test_that_run_through_the_year_are_its_numbers(self, office: Office, tmp_path):
        months = {"1月": receipts(range(1, 6), heads=LINES), "2月": receipts(range(6, 11), heads=LINES, first=31)}
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", **months))
        assert made.numbering == KEEP
        assert [one.values["sequence"] for one in made.taken] == list(range(1, 11))

    def test_beside_real_numbers_never_stand_in_for_them(self, office: Office, tmp_path):
        heads = ("序号", *RECEIPTS)
        day = ("2025-03-03", "青山县财政局", "")
        lines = [
            heads,
            (1, "2025-0007", *day, "关于甲的通知"),
            (2, "", *day, "关于乙的通知"),
            (3, "3", *day, "关于丙的通知"),
        ]
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=lines))
        assert [one.values["sequence"] for one in made.taken] == [7, None, 3]
        assert made.taken[1].values["original_number"] == "2"

    def test_of_a_second_month_are_told_by_clashing_with_the_first(self, office: Office, tmp_path):
        take_in(office, RECEIPT, book(tmp_path / "1月.xlsx", 收文=receipts(range(1, 21), heads=LINES)))
        second = book(tmp_path / "2月.xlsx", 收文=receipts(range(1, 21), heads=LINES, first=31))
        assert plan(office, RECEIPT, second).numbering == LINE

    def test_real_numbers_that_clash_with_the_book_are_clashes(self, office: Office, tmp_path, draft):
        for _ in range(8):
            records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts(range(1, 11), 2026)))
        assert made.numbering == KEEP
        assert len(made.clashes) == 8

    def test_a_few_doubles_do_not_turn_numbers_into_line_numbers(self, office: Office, tmp_path):
        """As in a small book where one number was given twice: one in seven, but no new beginning."""
        written = ["20250001", "20250002", "20250003", "20250003", "20250005", "20250006", "20250007"]
        for numbers_of in (written, [1, 2, 3, 3, 5, 6, 7]):
            made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts(numbers_of)))
            assert made.numbering == KEEP
            assert [one.values["sequence"] for one in made.taken] == [1, 2, 3, None, 5, 6, 7]


class TestWhatTheClerkSays:
    def test_goes_before_what_the_program_would_guess(self, office: Office, tmp_path):
        path = book(tmp_path / "a.xlsx", 收文=receipts(range(1, 6)))
        assert {number[3] for number in numbers(plan(office, RECEIPT, path, LINE))} == {None}
        months = {f"{m}月": receipts([1, 2], heads=LINES, first=30 * m) for m in (1, 2)}
        made = plan(office, RECEIPT, book(tmp_path / "b.xlsx", **months), KEEP)
        assert [one.values["sequence"] for one in made.taken] == [1, 2, None, None]
        assert len(made.clashes) == 2

    def test_numbers_given_by_the_program(self, office: Office, tmp_path, draft):
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        numbering.reserve(office, RECEIPT, "收文", 3, {"name": "防汛会议"}, TODAY)
        lines = [*receipts(["甲", "", 7], 2026), *receipts([1, 1])[1:], ("", "", "青山县财政局", "", "没有日期的通知")]
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=lines), ASSIGN)
        given = [one.values["number"] for one in made.taken]
        assert given == ["2026-0004", "2026-0005", "2026-0006", "2025-0001", "2025-0002", None]
        assert [one.values["original_number"] for one in made.taken] == ["甲", None, "7", "1", "1", None]
        assert made.clashes == []
        sheets.run_import(office, made, TODAY)
        assert following(office) == "2026-0007"

    def test_a_given_number_passes_over_one_that_is_written_the_same(self, office: Office, tmp_path, draft):
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        numbering.set_series(office, "series.receipt.收文.reset", "never", TODAY)
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts([1, 2], 2026)), ASSIGN)
        assert numbers(made) == [("2026-0002", "收文", 0, 2), ("2026-0003", "收文", 0, 3)]


class TestClashes:
    def test_show_both_sides_and_lose_nothing(self, office: Office, tmp_path, draft):
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        lines = [*receipts([1, 2, 3], 2026), *receipts([2], 2026, first=9)[1:]]
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=lines))
        in_book, in_sheet = made.clashes
        assert in_book.clash == "编号 2026-0001 登记簿里已有，原编号照存，列为重号。"
        assert in_sheet.clash == "编号 2026-0002 与“收文”第3行相同，原编号照存，列为重号。"
        for one, number, original in ((in_book, "2026-0001", "1"), (in_sheet, "2026-0002", "2")):
            assert (one.values["number"], one.values["sequence"]) == (number, None)
            assert (one.values["series"], one.values["period"]) == ("收文", 2026)
            assert one.values["original_number"] == original
        sheets.run_import(office, made, TODAY)
        assert [(line.number, line.state) for line in ledger(office, 2026)] == [
            ("2026-0001", "used"), ("2026-0001", "duplicate"), ("2026-0002", "used"), ("2026-0002", "duplicate"),
            ("2026-0003", "used"),
        ]  # fmt: skip
        assert following(office) == "2026-0004"
        assert checking.verify(office).findings == ()

    @given(written=st.lists(WRITTEN, min_size=1, max_size=30), mode=st.sampled_from([sheets.AUTO, KEEP, LINE, ASSIGN]))
    @settings(max_examples=int(os.environ.get("EXAMPLES", "20")), deadline=None, database=None)
    def test_no_number_is_ever_given_twice_or_lost(self, written, mode, new_office, tmp_path_factory):
        folder = tmp_path_factory.mktemp("numbers")
        with new_office(folder / "a.office.db") as office:
            made = plan(office, RECEIPT, book(folder / "a.xlsx", 收文=receipts(written)), mode)
            assert len(made.taken) == len(written)
            places = [number[1:] for number in numbers(made) if number[3] is not None]
            assert len(places) == len(set(places))
            for one, number in zip(made.taken, written, strict=True):
                assert one.values["original_number"] == (None if number in ("", "无") else str(number))
                assert not one.clash or one.values["sequence"] is None
            sheets.run_import(office, made, TODAY)
            assert checking.verify(office).findings == ()


class TestDocNumbers:
    def test_an_unknown_code_makes_a_series_that_goes_on(self, office: Office, tmp_path):
        path = book(
            tmp_path / "a.xlsx", 发文=dispatches("云新发[2025]7号", "云新发（2025）第09号", "云政发〔2025〕3号")
        )
        made = plan(office, DISPATCH, path)
        assert [series.code for series in made.new_series] == ["云新发"]
        assert numbers(made) == [
            ("云新发〔2025〕7号", "云新发", 2025, 7), ("云新发〔2025〕9号", "云新发", 2025, 9),
            ("云政发〔2025〕3号", "云政发", 2025, 3),
        ]  # fmt: skip
        assert [one.code for one in numbering.all_series(office, DISPATCH)].count("云新发") == 0
        sheets.run_import(office, made, TODAY)
        assert following(office, DISPATCH, series="云新发", signed_on="2025-12-01") == "云新发〔2025〕10号"
        assert following(office, DISPATCH, series="云新发") == "云新发〔2026〕1号"
        assert following(office, DISPATCH, series="云政发", signed_on="2025-12-01") == "云政发〔2025〕4号"

    @pytest.mark.parametrize(
        ("last", "code", "following_number"),
        [
            ("云政令第7号", "云政令", "云政令第8号"), ("云纪要第3期", "云纪要", "云纪要第4期"),
            ("2025年第3号公告", "公告", "2025年第4号公告"),
        ],
    )  # fmt: skip
    def test_orders_minutes_and_notices_go_on_in_their_own_form(
        self, last, code, following_number, office: Office, tmp_path
    ):
        take_in(office, DISPATCH, book(tmp_path / "a.xlsx", 发文=dispatches(last)))
        assert following(office, DISPATCH, series=code, signed_on="2025-12-01") == following_number
        assert everything(office, DISPATCH)[0]["number"] == last

    def test_a_series_that_never_begins_anew_goes_on_over_the_years(self, office: Office, tmp_path):
        numbering.set_series(office, "series.dispatch.云政发.reset", "never", TODAY)
        path = book(tmp_path / "a.xlsx", 发文=dispatches("云政发〔2024〕300号", "云政发〔2025〕301号"))
        made = plan(office, DISPATCH, path)
        assert [number[2:] for number in numbers(made)] == [(0, 300), (0, 301)]
        sheets.run_import(office, made, TODAY)
        assert following(office, DISPATCH, series="云政发") == "云政发〔2026〕302号"

    def test_a_term_is_read_where_the_number_names_it(self, office: Office, tmp_path):
        series = Series("dispatch", "云人", "人大", "{code}〔第{term}届〕{seq}号", "per_term", term=5)
        numbering.save_series(office, series)
        numbers_of = ("云人〔第4届〕20号", "云人〔第5届〕6号", "云人〔2025〕9号")
        made = plan(office, DISPATCH, book(tmp_path / "a.xlsx", 发文=dispatches(*numbers_of)))
        placed = [("云人", 4, 20), ("云人", 5, 6), (None, None, None)]
        assert numbers(made) == [(text, *place) for text, place in zip(numbers_of, placed, strict=True)]
        sheets.run_import(office, made, TODAY)
        assert following(office, DISPATCH, series="云人") == "云人〔第5届〕7号"

    def test_what_is_no_number_of_a_series_stays_as_written(self, office: Office, tmp_path):
        odd = ("无编号", "云政发〔2025〕12-1号", "云政发〔2025〕" + "9" * 30 + "号", "12", "字" * 60 + "〔2025〕1号")
        made = plan(office, DISPATCH, book(tmp_path / "a.xlsx", 发文=dispatches(*odd)))
        assert {number[3] for number in numbers(made)} == {None}
        assert made.new_series == []
        assert [one.values["original_number"] for one in made.taken] == [None, *odd[1:]]
        sheets.run_import(office, made, TODAY)
        assert checking.verify(office).findings == ()

    def test_the_brackets_an_office_likes_are_its_own(self, office: Office, tmp_path):
        numbering.set_series(office, "series.dispatch.云政发.format", "{code}[{year}]{seq}号", TODAY)
        made = plan(office, DISPATCH, book(tmp_path / "a.xlsx", 发文=dispatches("云政发〔2025〕12号")))
        assert numbers(made) == [("云政发[2025]12号", "云政发", 2025, 12)]

    def test_line_numbers_beside_them_mean_nothing(self, office: Office, tmp_path):
        lines = [("序号", *DISPATCHES), (1, "云政发〔2025〕3号", "2025-03-01", "关于甲的通知", "各村")]
        made = plan(office, DISPATCH, book(tmp_path / "a.xlsx", 发文=lines), LINE)
        assert (made.numbering, numbers(made)[0][3]) == (KEEP, 3)


class TestSeveralReceiptSeries:
    def test_each_number_goes_to_the_series_that_writes_it(self, office: Office, tmp_path):
        numbering.save_series(office, Series("receipt", "电", "电报", "电{year}-{seq:03d}"))
        path = book(tmp_path / "a.xlsx", 收文=receipts(["电2025-004", "2025-0004", "电〔2025〕5号", 5]))
        assert [number[:2] + number[3:] for number in numbers(plan(office, RECEIPT, path))] == [
            ("电2025-004", "电", 4), ("2025-0004", "收文", 4), ("电〔2025〕5号", None, None), ("2025-0005", "收文", 5),
        ]  # fmt: skip

    def test_a_series_of_bare_numbers(self, office: Office, tmp_path):
        numbering.set_series(office, "series.receipt.收文.format", "{seq}", TODAY)
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts([1, 2, 3])))
        assert numbers(made) == [(str(n), "收文", 2025, n) for n in (1, 2, 3)]


SPREAD = [["收文日期", "来文", "", "", "文件标题"], ["", "机关", "字", "号", ""]]
OWN_SPREAD = [["签发日期", "发文", "", "文件标题"], ["", "字", "号", ""]]
OWN = [RECEIPT.number_label, *(field.label for field in RECEIPT.fields)]


@pytest.mark.parametrize(
    ("register", "lines", "name"),
    [
        (RECEIPT, [*SPREAD, ["2025-03-01", "县财政局", "青" * 150, "财" * 150, "关于甲的通知"]], "doc_number"),
        (DISPATCH, [*OWN_SPREAD, ["2025-03-01", "云" * 150, "发" * 150, "关于甲的通知"]], "number"),
        # 〔2023〕 is longer than （23）.
        (DISPATCH, dispatches("云政发（23）7号，" + "附" * 189), "number"),
        (RECEIPT, [OWN, ["长" * 201, "2025-03-01", "县财政局", "", "关于甲的通知", *[""] * 20]], "number"),
    ],
)
def test_what_is_too_long_for_a_number_is_kept_in_the_remarks(register, lines, name, office: Office, tmp_path):
    path = book(tmp_path / "a.xlsx", 账=lines)
    (planned,) = plan(office, register, path).noted
    assert "读不出来" in planned.row.notes[0].message
    assert take_in(office, register, path).taken == 1
    (row,) = everything(office, register)
    assert row[name] is None
    assert len(row["remarks"]) > 200
