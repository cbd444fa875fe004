# SPDX-License-Identifier: MulanPSL-2.0
"""Single rules of numbering, each with its sentence; test_numbering.py mixes them all."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from township_office.core.errors import Invalid, OfficeError
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.registers.series import NEVER, Series
from township_office.services import checking, numbers, records
from township_office.services.office import Office, change
from township_office.store import numbers as store_numbers
from township_office.store import records as store

TODAY = date(2026, 11, 20)
WORDS = {"name": "防汛会议", "reason": "待印"}


def ledger(office: Office, code: str = "收文", period: int = 2026) -> list[tuple[int, str, str]]:
    register = RECEIPT if code == "收文" else DISPATCH
    series = numbers.pick_series(office, register, code)
    return [
        (line.sequence, line.number, line.state) for line in numbers.number_ledger(office, register, series, period)
    ]


@pytest.mark.parametrize("key", ["start", "term"])
@pytest.mark.parametrize("value", ["0", "-1", "", "一", "100000", "9" * 5000, "1.5", "１e3"])
def test_a_start_or_term_that_is_none_is_refused(key: str, value: str, office: Office):
    with pytest.raises(OfficeError, match="起始号要在1至99999"):
        numbers.set_series(office, f"series.receipt.收文.{key}", value, TODAY)


@pytest.mark.parametrize(
    "value", ["{seq:099999999d}", "{seq!r}", "{seq[0]}", "号", "", "{code}" * 40 + "{seq}", "{seq}\x00{day}"]
)
def test_a_format_that_makes_no_numbers_is_refused(value: str, office: Office):
    with pytest.raises(OfficeError, match="编号格式"):
        numbers.set_series(office, "series.receipt.收文.format", value, TODAY)


@pytest.mark.parametrize(
    "key", ["series.receipt.收文", "series.receipt.收文.colour", "series.none.收文.start", "series", "", "a.b.c.d"]
)
def test_a_key_that_names_no_attribute_is_refused(key: str, office: Office):
    with pytest.raises(OfficeError, match="写法不对"):
        numbers.set_series(office, key, "1", TODAY)


@pytest.mark.parametrize("value", ["daily", "", "YEARLY"])
def test_a_reset_we_do_not_know_is_refused(value: str, office: Office):
    with pytest.raises(OfficeError, match="编号格式"):
        numbers.set_series(office, "series.receipt.收文.reset", value, TODAY)


@pytest.mark.parametrize(
    "series",
    [
        Series("receipt", "", "空"), Series("receipt", " \x00", "空"), Series("receipt", "字" * 41, "长"),
        Series("receipt", "新", ""), Series("receipt", "新", "\u200b"), Series("receipt", "新", "长" * 41),
    ],
)  # fmt: skip
def test_a_series_needs_a_code_and_a_name(series: Series, office: Office):
    with pytest.raises(OfficeError, match="代字和名称"):
        numbers.save_series(office, series)


@pytest.mark.parametrize("series", [Series("receipt", "秘密★", "新"), Series("receipt", "新", "机密★3年")])
def test_a_series_bears_no_secret_mark(series: Series, office: Office):
    with pytest.raises(OfficeError, match="国家秘密标志"):
        numbers.save_series(office, series)


def test_a_series_is_kept_as_cleaned(office: Office, draft):
    numbers.save_series(office, Series("receipt", " 急\ud800件\u202e ", " 特\x00急 "))
    series = numbers.pick_series(office, RECEIPT, "特急")
    assert (series.code, series.name) == ("急\ufffd件", "特急")
    assert records.register_document(office, RECEIPT, draft("receipt", series="特急"), TODAY)["sequence"] == 1
    assert checking.verify(office).findings == ()


def test_a_code_is_taken_once_and_stays_when_used(office: Office, draft):
    series = numbers.pick_series(office, DISPATCH, "云政发")
    with pytest.raises(OfficeError, match="已有代字"):
        numbers.save_series(office, replace(series, id=0))
    numbers.save_series(office, replace(series, code="水政发"))
    records.register_document(office, DISPATCH, draft("dispatch"), TODAY)
    with pytest.raises(OfficeError, match="已经编过号"):
        numbers.save_series(office, replace(series, code="云政"))
    numbers.save_series(office, replace(series, code="水政发", name="镇政府文件"))


def test_a_start_holds_for_the_running_year_only(office: Office, draft):
    numbers.set_series(office, "series.receipt.收文.start", "487", TODAY)
    assert records.register_document(office, RECEIPT, draft("receipt"), TODAY)["number"] == "2026-0487"
    late = draft("receipt", received_on="2025-12-30")
    assert records.register_document(office, RECEIPT, late, TODAY)["number"] == "2025-0001"
    following = draft("receipt", received_on="2027-01-02")
    assert records.register_document(office, RECEIPT, following, date(2027, 1, 2))["number"] == "2027-0001"


@pytest.mark.parametrize("first", ["start", "reset"])
def test_start_and_reset_may_be_set_in_either_order(first: str, office: Office, draft):
    pairs = {"reset": "never", "start": "31"}
    for attribute in (first, *(pairs.keys() - {first})):
        numbers.set_series(office, f"series.dispatch.云办发.{attribute}", pairs[attribute], TODAY)
    row = records.register_document(office, DISPATCH, draft("dispatch", series="云办发"), TODAY)
    assert (row["sequence"], row["number"]) == (31, "云办发〔2026〕31号")


def test_a_new_term_begins_at_one(office: Office, draft):
    for attribute, value in (
        ("format", "{code}{term}届{seq}号"),
        ("reset", "per_term"),
        ("term", "14"),
        ("start", "9"),
    ):
        numbers.set_series(office, f"series.dispatch.云党.{attribute}", value, TODAY)
    made = [records.register_document(office, DISPATCH, draft("dispatch", series="云党"), TODAY)["number"]]
    numbers.set_series(office, "series.dispatch.云党.term", "15", TODAY)
    made.append(records.register_document(office, DISPATCH, draft("dispatch", series="云党"), TODAY)["number"])
    assert made == ["云党14届9号", "云党15届1号"]


def test_a_changed_reset_gives_no_number_of_this_year_again(office: Office, draft):
    for _ in range(3):
        records.register_document(office, DISPATCH, draft("dispatch"), TODAY)
    numbers.set_series(office, "series.dispatch.云政发.reset", "never", TODAY)
    made = [records.register_document(office, DISPATCH, draft("dispatch"), TODAY)["number"] for _ in range(2)]
    assert made == ["云政发〔2026〕4号", "云政发〔2026〕5号"]
    with pytest.raises(Invalid, match="云政发〔2026〕2号 已经用过"):
        records.register_document(office, DISPATCH, draft("dispatch", doc_number="2"), TODAY)
    numbers.reserve(office, DISPATCH, "云政发", 6, WORDS, TODAY)
    numbers.set_series(office, "series.dispatch.云政发.reset", "yearly", TODAY)
    made.append(records.register_document(office, DISPATCH, draft("dispatch"), TODAY)["number"])
    assert made[-1] == "云政发〔2026〕6号"


def test_a_number_asked_for_may_name_its_series(office: Office, draft):
    asked = draft("dispatch", series="云政发", doc_number="云委发[2026]第01号")
    row = records.register_document(office, DISPATCH, asked, TODAY)
    assert (row["series"], row["number"]) == ("云委发", "云委发〔2026〕1号")
    for wrong, words in (
        ("云委发〔2025〕2号", "年份与2026年不符"), ("云委发〔2026〕9号", "下一号是云委发〔2026〕2号"),
        ("云委发〔2026〕1号", "已经用过"), ("省政发〔2026〕2号", "没有“省政发”这个编号系列"),
        ("零", "没有顺序号"), ("0", "没有顺序号"),
    ):  # fmt: skip
        with pytest.raises(OfficeError, match=words):
            records.register_document(office, DISPATCH, draft("dispatch", doc_number=wrong), TODAY)


def test_looking_at_the_next_number_takes_nothing(office: Office, draft):
    for _ in range(3):
        seen = numbers.next_number(office, RECEIPT, draft("receipt", received_on="看不清", title=""), TODAY)
        assert (seen.number, seen.day, seen.is_backdated) == ("2026-0001", TODAY, False)
    assert numbers.next_number(office, RECEIPT, {}, TODAY).number == "2026-0001"
    assert numbers.next_number(office, RECEIPT, {"received_on": "去年12月3日"}, TODAY).number == "2025-0001"


class TestReservations:
    def test_numbers_before_the_wanted_one_are_kept_too(self, office: Office, draft):
        assert numbers.reserve(office, RECEIPT, "收文", 3, WORDS, TODAY) == "2026-0003"
        assert records.register_document(office, RECEIPT, draft("receipt"), TODAY)["number"] == "2026-0004"
        assert [state for _, _, state in ledger(office)] == ["reserved"] * 3 + ["used"]
        assert records.register_document(office, RECEIPT, draft("receipt", number="2"), TODAY)["number"] == "2026-0002"
        series = numbers.pick_series(office, RECEIPT, "收文")
        kept = numbers.reservations(office, RECEIPT, series, 2026)
        assert [(one.sequence, one.name, one.reason, one.reserved_by) for one in kept] == [
            (1, "防汛会议", "待印", "王春燕"), (3, "防汛会议", "待印", "王春燕"),
        ]  # fmt: skip
        numbers.release(office, kept[1].id, TODAY, "会议取消")
        assert [state for _, _, state in ledger(office)] == ["reserved", "used", "missing", "used"]

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            ({"name": "", "reason": ""}, "为谁"), ({"name": "\u200b"}, "为谁"), ({}, "为谁"),
            ({"name": "长" * 101}, "为谁"), ({"name": "会议", "reason": "长" * 201}, "为谁"),
            ({"name": "机密★10年"}, "国家秘密"), ({"name": "会议", "reason": "密码电报一份"}, "国家秘密"),
        ],
    )  # fmt: skip
    def test_a_reservation_says_for_whom(self, words: dict[str, str], sentence: str, office: Office):
        with pytest.raises(OfficeError, match=sentence):
            numbers.reserve(office, RECEIPT, "收文", 1, words, TODAY)
        assert ledger(office) == []

    def test_what_cannot_be_kept_is_refused(self, office: Office, draft):
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        numbers.reserve(office, RECEIPT, "收文", 3, WORDS, TODAY)
        for sequence, sentence in (
            (1, "已经用过"),
            (0, "已经用过"),
            (-5, "已经用过"),
            (3, "已经预留"),
            (205, "最多预留"),
            (10**30, "最多预留"),
        ):
            with pytest.raises(OfficeError, match=sentence):
                numbers.reserve(office, RECEIPT, "收文", sequence, WORDS, TODAY)
        assert [state for _, _, state in ledger(office)] == ["used", "reserved", "reserved"]

    def test_an_unknown_reservation_cannot_be_released(self, office: Office):
        for unknown in (0, 99, -1):
            with pytest.raises(OfficeError, match="已经用掉或释放"):
                numbers.release(office, unknown, TODAY, "")

    def test_a_reserved_number_that_was_used_behind_our_back_is_used(self, office: Office, draft):
        numbers.reserve(office, RECEIPT, "收文", 1, WORDS, TODAY)
        row = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        with change(office) as pen:
            store.add_many(pen, RECEIPT, [row | {"sequence": 1, "number": "2026-0001", "entry": "imported"}], "import")
        assert [state for _, _, state in ledger(office)] == ["used", "used"]


class TestLedger:
    def test_every_state_is_named(self, office: Office, draft):
        numbers.set_series(office, "series.receipt.收文.start", "5", TODAY)
        first = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        records.register_document(office, RECEIPT, draft("receipt", received_on="2026-01-05"), TODAY)
        records.void(office, RECEIPT, first["id"], "重复", TODAY)
        with change(office) as pen:
            old = first | {"entry": "imported", "title": "旧"}
            given = [old | {"sequence": 9, "number": "2026-0009"}, old | {"sequence": None}]
            given.append(old | {"sequence": None, "number": "2026-0003", "title": "无主"})
            store.add_many(pen, RECEIPT, given, "import")
        numbers.reserve(office, RECEIPT, "收文", 10, WORDS, TODAY)
        assert ledger(office) == [
            (5, "2026-0005", "void"), (0, "2026-0005", "duplicate"), (6, "2026-0006", "backdated"),
            (7, "2026-0007", "missing"), (8, "2026-0008", "missing"), (9, "2026-0009", "used"),
            (10, "2026-0010", "reserved"), (0, "2026-0003", "duplicate"),
        ]  # fmt: skip
        series = numbers.pick_series(office, RECEIPT, "收文")
        void = numbers.number_ledger(office, RECEIPT, series, 2026)[0]
        assert (void.who, void.when, void.why, void.day, void.row_id) == ("王春燕", TODAY, "重复", TODAY, first["id"])

    def test_only_duplicates_are_listed_too(self, office: Office, draft):
        row = {"number": "7", "series": "收文", "period": 2026, "year": 2026, "entry": "imported", "title": "旧"}
        with change(office) as pen:
            store.add_many(pen, RECEIPT, [row], "import")
        assert ledger(office) == [(0, "7", "duplicate")]

    def test_a_slip_far_ahead_does_not_fill_a_thousand_pages(self, office: Office):
        row = {
            "number": "2026-90000",
            "series": "收文",
            "period": 2026,
            "year": 2026,
            "sequence": 90_000,
            "title": "旧",
        }
        with change(office) as pen:
            store.add_many(pen, RECEIPT, [row | {"entry": "imported"}], "import")
        assert len(ledger(office)) == 5_001

    def test_missing_numbers_of_a_running_series_bear_the_year_of_their_neighbours(self, office: Office, draft):
        numbers.save_series(office, Series("dispatch", "云函", "函", reset=NEVER))
        for day, number in (("2025-12-01", "1"), ("2026-11-20", "2")):
            records.register_document(
                office, DISPATCH, draft("dispatch", series="云函", signed_on=day, doc_number=number), TODAY
            )
        numbers.reserve(office, DISPATCH, "云函", 4, WORDS, TODAY)
        kept = numbers.reservations(office, DISPATCH, numbers.pick_series(office, DISPATCH, "云函"), 0)
        numbers.release(office, kept[0].id, TODAY, "")
        assert [number for _, number, _ in ledger(office, "云函", 0)] == [
            "云函〔2025〕1号", "云函〔2026〕2号", "云函〔2026〕3号", "云函〔2026〕4号",
        ]  # fmt: skip

    def test_periods_are_those_in_use_and_this_one(self, office: Office, draft):
        series = numbers.pick_series(office, RECEIPT, "收文")
        assert numbers.periods(office, RECEIPT, series, TODAY) == [2026]
        records.register_document(office, RECEIPT, draft("receipt", received_on="2024-01-05"), TODAY)
        assert numbers.periods(office, RECEIPT, series, TODAY) == [2026, 2024]


def test_the_schema_holds_where_the_program_would_fail(office: Office, draft, monkeypatch):
    """Should the program ever work out a used number, the file refuses it, and nothing is written."""
    records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    monkeypatch.setattr(store_numbers, "next_sequence", lambda *_: 1)
    monkeypatch.setattr(store_numbers, "is_borne", lambda *_: False)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    monkeypatch.undo()
    assert records.register_document(office, RECEIPT, draft("receipt"), TODAY)["number"] == "2026-0002"
    assert checking.verify(office).findings == ()
