# SPDX-License-Identifier: MulanPSL-2.0
"""Old catalogues in all their column forms, with what stands around the columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import TODAY, sheet_of
from township_office.exchange.catalogue import Catalogue, CatalogueRow, find_catalogues, own_headings, read_catalogue
from township_office.exchange.cataloguehead import ClassHints, hints_in
from township_office.exchange.ledgerrows import NotTaken

NINE = ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
OLD = ("件号", "责任者", "文号", "题名", "日期", "页数", "备注")
Rows = Sequence[Sequence[object]]


def read(rows: Rows, name: str = "Sheet1", file: str = "", merged: Sequence[tuple[int, int, int, int]] = ()):
    sheet = sheet_of(rows, name, merged)
    tables = find_catalogues(sheet, file_name=file)
    assert tables
    return read_catalogue(sheet, tables, TODAY, file)


def taken(found: Catalogue) -> list[CatalogueRow]:
    assert [row for row in found.rows if isinstance(row, NotTaken)] == []
    return [row for row in found.rows if isinstance(row, CatalogueRow)]


def old(number: object, title: str = "关于春耕生产的通知", day: object = 20030512, pages: object = 3) -> list[object]:
    return [number, "青山县委", f"青委〔2003〕{number}号", title, day, pages, ""]


class TestColumns:
    def test_the_nine_of_2015(self):
        line = [
            1,
            "Z109-WS·2016-Y-BGS-0001",
            "云政发〔2016〕1号",
            "云水镇政府",
            "关于甲的通知",
            "20160105",
            "",
            3,
            "附件缺",
        ]
        found = read([NINE, line])
        (row,) = taken(found)
        assert row.code == "Z109-WS·2016-Y-BGS-0001"
        assert row.row.record["dated_on"] == date(2016, 1, 5)
        assert (row.row.record["page_count"], row.row.record["remarks"]) == ("3", "附件缺")
        assert found.unread == ()

    def test_the_2000_edition_with_a_head_of_two_lines(self):
        head = [
            ["件号", "", "责任者", "文号", "题名", "日期", "页数", "备注"],
            ["室编", "馆编", "", "", "", "", "", ""],
        ]
        rows = [["归档文件目录"], *head, [7, 12, "县委", "", "关于春耕生产的通知", "2003.5.3", "4-6", ""]]
        (row,) = taken(read(rows))
        assert row.row.record["item_no"] == "7"
        assert row.row.record["remarks"] == "件号馆编：12"
        assert row.row.record["dated_on"] == date(2003, 5, 3)
        assert row.row.record["page_count"] == "4-6"

    @pytest.mark.parametrize("heading", ["室编件号", "件 号", "归档件号"])
    def test_other_words_for_the_item_number(self, heading: str):
        (row,) = taken(read([(heading, *OLD[1:]), old(3)]))
        assert row.row.record["item_no"] == "3"

    def test_a_column_nobody_knows_stays_with_its_heading(self):
        (row,) = taken(read([(*OLD, "整理人"), [*old(1), "李敏"]]))
        assert row.row.record["remarks"] == "整理人：李敏"

    def test_a_column_that_is_not_read_is_named(self):
        found = read([(*OLD, "链接"), [*old(1), "http://a.b/c"]])
        assert found.unread == ("链接",)

    def test_ditto_merged_and_totals(self):
        rows = [["题名目录"], OLD, old(1), [2, "〃", "〃", "关于夏收的通知", "同上", 2, ""],
                [3, "", "", "关于秋收的通知", 20030901, 1, ""], ["合计", "", "", "", "", 6, ""]]  # fmt: skip
        first, second, third = taken(read(rows, merged=[(3, 1, 4, 1)]))
        assert second.row.record["responsible_body"] == "青山县委"
        assert second.row.record["dated_on"] == first.row.record["dated_on"] == date(2003, 5, 12)
        assert third.row.record["title"] == "关于秋收的通知"

    def test_the_head_is_repeated_on_every_page(self):
        head = [
            ["件号", "", "责任者", "文号", "题名", "日期", "页数", "备注"],
            ["室编", "馆编", "", "", "", "", "", ""],
        ]
        line = ["", "县委", "", "关于春耕生产的通知", "2003.5.3", 2, ""]
        found = taken(read([*head, [1, *line], ["合计", "", "", "", "", "", 2, ""], *head, [2, *line]]))
        assert [row.row.record["item_no"] for row in found] == ["1", "2"]

    def test_no_catalogue(self):
        assert find_catalogues(sheet_of([["姓名", "电话"], ["王春燕", "123"]])) == []


class TestDates:
    @pytest.mark.parametrize(
        ("cell", "day"),
        [
            ("20110503", date(2011, 5, 3)), (20110503, date(2011, 5, 3)), ("2011.5.3", date(2011, 5, 3)),
            (date(2011, 5, 3), date(2011, 5, 3)), (40666.0, date(2011, 5, 3)), ("2011年5月3日", date(2011, 5, 3)),
        ],
    )  # fmt: skip
    def test_a_day(self, cell: object, day: date):
        (row,) = taken(read([OLD, old(1, day=cell)]))
        assert row.row.record["dated_on"] == day

    @pytest.mark.parametrize(
        ("cell", "kept"),
        [("20110000", "20110000"), (20110500, "20110500"), (201105, "2011.05"), ("201105", "2011.05"), ("春", "春")],
    )
    def test_what_is_no_day_stays_as_text(self, cell: object, kept: str):
        (row,) = taken(read([OLD, old(1, day=cell)]))
        assert row.row.record["dated_on"] is None
        assert row.row.record["remarks"] == f"日期：{kept}"
        assert [note.field for note in row.row.notes] == ["dated_on"]


class TestClass:
    def hints(self, *above: Sequence[object], name: str = "Sheet1", file: str = "") -> ClassHints:
        (row,) = taken(read([*above, OLD, old(1)], name, file))
        return row.hints

    def test_in_the_lines_above(self):
        said = self.hints(
            ["归档文件目录"], ["全宗号：Z109", "", "年度：2003", "", "保管期限：长期", "机构（问题）：党政办"]
        )
        assert said == ClassHints("Z109", "", "2003", "长期", "党政办")
        assert self.hints(["年  度", "2003年", "保管期限", "定期30年"]) == ClassHints(year="2003", retention="30年")
        assert self.hints(["全宗名称：云水镇政府  年度：2003  机构：办公室  盒号：3"]) == ClassHints(
            year="2003", org="办公室", box_no="3"
        )

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("2011年永久归档文件目录", ClassHints(year="2011", retention="永久")),
            ("云水镇2011年度归档文件目录（30年）", ClassHints(year="2011", retention="30年")),
            ("2011 D10", ClassHints(year="2011", retention="D10")),
            ("2010年度", ClassHints(year="2010")),
            ("10年", ClassHints(retention="10年")),
            ("Sheet1", ClassHints()),
        ],
    )
    def test_in_titles_and_names(self, text: str, said: ClassHints):
        assert hints_in(text) == said
        assert self.hints(name=text) == said
        assert self.hints(file=text) == said

    def test_the_nearest_counts(self):
        said = self.hints(["2012年归档文件目录"], ["保管期限：永久"], name="2011年30年", file="2010年10年")
        assert (said.year, said.retention) == ("2012", "永久")

    def test_sections_of_one_sheet(self):
        rows = [
            ["2003年归档文件目录"],
            OLD,
            ["保管期限：永久"],
            old(1),
            ["永久（续）"],
            old(2),
            ["保管期限：短期"],
            old(1),
        ]
        found = [one for one in read(rows).rows if isinstance(one, CatalogueRow)]
        assert [(one.hints.year, one.hints.retention) for one in found] == [
            ("2003", "永久"), ("2003", "永久"), ("2003", "短期"),
        ]  # fmt: skip

    def test_a_head_or_a_document_says_nothing_of_a_class(self):
        head = ("年度", "保管期限", "机构", *OLD)
        (row,) = taken(read([head, [2011, "永久", "办公室", *old(1, title="关于年度2011保管期限永久的说明")]]))
        assert row.hints == ClassHints()
        assert (row.row.record["archive_year"], row.row.record["retention_period"]) == ("2011", "永久")


class TestSecrets:
    def test_a_level_is_refused_row_by_row(self):
        lines = [[n, f"Z109-WS·2016-Y-BGS-000{n}", "", "镇政府", f"关于第{n}事的通知", "20160105", level, 1, ""]
                 for n, level in enumerate(("", "秘密", "机密★10年", "内部", "工作秘密"), start=1)]  # fmt: skip
        found = read([NINE, *lines])
        refused = [row for row in found.rows if isinstance(row, NotTaken)]
        assert [(one.row, one.is_secret, one.cells) for one in refused] == [(3, True, ()), (4, True, ())]
        assert [row.row.record["secrecy_level"] for row in found.rows if isinstance(row, CatalogueRow)] == [
            None, "内部", "工作秘密",
        ]  # fmt: skip


class TestOurOwn:
    def test_every_heading_is_the_field_it_says(self):
        headings = own_headings()
        cells = ["〃" if name in ("title", "responsible_body") else "" for name in headings.values()]
        found = read([list(headings), cells])
        (row,) = taken(found)
        assert row.is_own
        assert found.tables[0].is_own
        assert {column.heading: column.field for column in found.tables[0].columns} == dict(headings)
        assert (row.row.record["title"], row.row.record["responsible_body"]) == ("〃", "〃")


_CELLS = st.one_of(
    st.sampled_from([*NINE, *OLD, "室编", "馆编", "〃", "合计", "年度", "保管期限：永久", "2011年目录", "30年",
                     "机密★10年"]),
    st.text(max_size=12), st.integers(-5, 30_000_000), st.floats(allow_nan=False), st.dates(), st.just(""),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(_CELLS, min_size=9, max_size=9), max_size=12), is_headed=st.booleans())
def test_no_sheet_breaks_it_and_no_mark_of_a_secret_passes(rows: list[list[object]], is_headed: bool):
    sheet = sheet_of([[*NINE], *rows] if is_headed else rows)
    if tables := find_catalogues(sheet):
        found = read_catalogue(sheet, tables, TODAY)
        headings = [column.heading for table in found.tables for column in table.columns]
        records = [one.row.record for one in found.rows if isinstance(one, CatalogueRow)]
        assert "★" not in str([*headings, *records, *found.unread])
