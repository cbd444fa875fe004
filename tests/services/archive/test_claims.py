# SPDX-License-Identifier: MulanPSL-2.0
"""档号 in any separators, and what a line is when the columns, the 档号 and the lines above say different things."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.archive.catalogues import NINE, OLD, line, old, planned, with_scheme
from township_office.registers.archive.codes import Segments
from township_office.services.archive.claims import read_loosely, spelt
from township_office.services.archive.scheme import scheme_of
from township_office.services.import_plan import Planned, words_of
from township_office.services.office import Office


@pytest.fixture
def ours(office: Office) -> Office:
    return with_scheme(office)


def only(office: Office, folder: Path, *rows: list[object], **more: str) -> Planned:
    made = planned(office, folder, *rows, **more)
    assert made.not_taken == []
    (one,) = made.taken
    return one


class TestCodes:
    @pytest.mark.parametrize(
        "written",
        [
            "Z109-WS·2011-D30-BGS-0012", "z109-ws·2011-d30-bgs-0012", "Z109－WS•2011－D30－BGS－0012",
            "Z109-WS-2011-D30-BGS-0012", "Z109.WS.2011.30年.BGS.12", "Z109 2011 D30 党政办公室 12",
            "Z109/2011/30年/BGS/012", "Z109—2011—D30—BGS—0012", "Ｚ109-WS·2011-D30-BGS-0012",
        ],
    )  # fmt: skip
    def test_in_any_separators(self, ours: Office, written: str):
        assert spelt(scheme_of(ours), written) == "Z109-WS·2011-D30-BGS-0012"

    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("X001-WS·2003-C-0007", Segments("X001", "WS", 2003, "C", "", 7)),
            ("2003-短期-7", Segments("", "WS", 2003, "D", "", 7)),
            ("J019-KU·01·2017-001-003", Segments("J019", "KU·01", 2017, "", "", 3, 1)),
            ("X032-KJ·JJ·02-005-054", Segments("X032", "KJ·JJ·02", 0, "", "", 54, 5)),
            ("A182-ZP·2022-Y-0001", Segments("A182", "ZP", 2022, "Y", "", 1)),
        ],
    )
    def test_other_classes(self, ours: Office, written: str, said: Segments):
        assert read_loosely(scheme_of(ours), written) == said

    @pytest.mark.parametrize(
        "written", ["", "12", "0109-3-12", "Z109-2011-0012", "Z109-2011-Y-BGS-DW-X-1", "2011-Y", "Y-2011-0", "〃" * 300]
    )
    def test_what_cannot_be_told(self, ours: Office, written: str):
        assert read_loosely(scheme_of(ours), written) is None
        assert spelt(scheme_of(ours), written) == written


class TestWithCode:
    def test_what_stands_in_the_code(self, ours: Office, tmp_path: Path):
        one = only(ours, tmp_path, [*NINE], line("Z109-WS·2011-D30-BGS-0012"))
        want = {"number": "Z109-WS·2011-D30-BGS-0012", "series": "Z109-WS·2011-D30-BGS", "year": 2011, "period": 2011,
                "sequence": 12, "fonds_no": "Z109", "category": "WS", "archive_year": 2011, "retention_period": "30年",
                "org_or_subject": "BGS", "original_number": None, "page_count": 3, "entry": "imported"}  # fmt: skip
        assert {name: one.values[name] for name in want} == want
        assert words_of(one) == []

    def test_the_fonds_of_a_merged_township_is_kept(self, ours: Office, tmp_path: Path):
        one = only(ours, tmp_path, [*NINE], line("X207-WS·2011-Y-0003"))
        assert (one.values["number"], one.values["fonds_no"]) == ("X207-WS·2011-Y-0003", "X207")

    def test_a_code_without_fonds_has_none(self, ours: Office, tmp_path: Path):
        one = only(ours, tmp_path, [*NINE], line("WS·2011-Y-BGS-0003"))
        assert (one.values["number"], one.values["fonds_no"]) == ("WS·2011-Y-BGS-0003", None)

    def test_as_written_is_kept_beside_another_spelling(self, ours: Office, tmp_path: Path):
        one = only(ours, tmp_path, [*NINE], line("Z109.2011.Y.BGS.3"))
        assert one.values["number"] == "Z109-WS·2011-Y-BGS-0003"
        assert one.values["original_number"] == "Z109.2011.Y.BGS.3"

    def test_columns_that_say_otherwise_go_to_the_remarks(self, ours: Office, tmp_path: Path):
        head = [*NINE, "保管期限", "年度", "机构"]
        one = only(ours, tmp_path, head, [*line("Z109-WS·2011-Y-BGS-0003"), "30年", 2011, "党政办公室"])
        assert one.values["retention_period"] == "永久"
        assert one.values["remarks"] == "保管期限：30年"
        assert len(words_of(one)) == 1

    def test_unreadable_but_the_columns_know(self, ours: Office, tmp_path: Path):
        head = [*NINE, "保管期限", "年度", "件号"]
        one = only(ours, tmp_path, head, [*line("109-3-7"), "永久", 2011, 7])
        assert (one.values["number"], one.values["sequence"]) == ("109-3-7", 7)
        assert one.values["series"] == "Z109-WS·2011-Y"

    def test_unreadable_and_nobody_knows(self, ours: Office, tmp_path: Path):
        one = only(ours, tmp_path, [*NINE], line("109-3-7"))
        assert (one.values["number"], one.values["sequence"], one.values["original_number"]) == (None, None, "109-3-7")
        assert one.values["archive_year"] == 2011
        assert any("109-3-7" in words for words in words_of(one))


class TestWithoutCode:
    def test_from_the_lines_above(self, ours: Office, tmp_path: Path):
        above = ["全宗号：X207　年度：2003　保管期限：长期　机构（问题）：党委"]
        one = only(ours, tmp_path, above, [*OLD], old(7))
        assert one.values["number"] == "X207-WS·2003-C-DW-0007"
        assert one.values["retention_period"] == "长期"

    def test_from_the_name_of_the_sheet_with_the_offices_fonds(self, ours: Office, tmp_path: Path):
        one = only(ours, tmp_path, [*OLD], old("第7件"), name="2003年30年")
        assert one.values["number"] == "Z109-WS·2003-D30-0007"

    def test_the_year_of_the_date_is_the_last_resort_and_said(self, ours: Office, tmp_path: Path):
        one = only(ours, tmp_path, ["保管期限：永久"], [*OLD], old(7))
        assert one.values["number"] == "Z109-WS·2003-Y-0007"
        assert words_of(one) == ["没有写明年度，已按日期记为2003年，请核对。"]

    def test_without_a_period_it_waits(self, ours: Office, tmp_path: Path):
        one = only(ours, tmp_path, ["年度：2003"], [*OLD], old(7))
        assert (one.values["number"], one.values["series"], one.values["archive_year"]) == (None, None, 2003)

    def test_by_volume(self, ours: Office, tmp_path: Path):
        head = ["门类", "案卷号", *OLD]
        one = only(ours, tmp_path, ["年度：2017"], head, ["会计", 1, *old(3)])
        assert one.values["number"] == "Z109-KU·2017-001-003"
        assert one.values["volume_no"] == 1


class TestCells:
    @pytest.mark.parametrize(
        ("pages", "count", "remark"),
        [("3", 3, None), ("5页", 5, None), ("1-5", 5, None), ("12～15页", 4, None), (4.0, 4, None), ("", None, None),
         ("若干", None, "页数：若干"), ("9-3", None, "页数：9-3"), ("共3页", 3, None)],
    )  # fmt: skip
    def test_pages(self, ours: Office, tmp_path: Path, pages: object, count: int | None, remark: str | None):
        one = only(ours, tmp_path, [*NINE], line("Z109-WS·2011-Y-BGS-0001", pages=pages))
        assert (one.values["page_count"], one.values["remarks"]) == (count, remark)

    @pytest.mark.parametrize(
        ("period", "word"),
        [("永久", "永久"), ("长期", "长期"), ("短期", "短期"), ("30年", "30年"), ("定期30年", "30年"), ("Y", "永久"),
         ("D30", "30年"), ("d10", "10年"), ("定期（10年）", "10年"), ("三十年", "30年"), (30, "30年")],
    )  # fmt: skip
    def test_periods(self, ours: Office, tmp_path: Path, period: object, word: str):
        one = only(ours, tmp_path, [*OLD, "保管期限", "年度"], [*old(1), period, "2003年度"])
        assert one.values["retention_period"] == word

    @pytest.mark.parametrize(
        ("heading", "cell", "remark"),
        [("保管期限", "到期再说", "保管期限：到期再说"), ("年度", "去年", "年度：去年"), ("件号", "补3", "件号：补3"),
         ("盒号", "甲柜", "盒号：甲柜"), ("门类", "杂项", "门类：杂项"), ("全宗号", "Z" * 11, f"全宗号：{'Z' * 11}")],
    )  # fmt: skip
    def test_what_is_not_understood_is_kept(self, ours: Office, tmp_path: Path, heading: str, cell: str, remark: str):
        one = only(ours, tmp_path, [*NINE, heading], [*line(""), cell])
        assert one.values["remarks"] == remark
        assert any(cell in words for words in words_of(one))

    def test_an_org_by_name_becomes_its_code(self, ours: Office, tmp_path: Path):
        for written, code in (("党政办公室", "BGS"), ("DW", "DW"), ("农业办", "农业办")):
            one = only(ours, tmp_path, ["2003年永久"], [*OLD, "机构（问题）"], [*old(1), written])
            assert (one.values["org_or_subject"], one.values["number"]) == (code, f"Z109-WS·2003-Y-{code}-0001")
