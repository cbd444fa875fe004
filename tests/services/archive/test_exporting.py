# SPDX-License-Identifier: MulanPSL-2.0
"""The catalogue out in the county's columns, and back in without loss."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settled
from hypothesis import strategies as st

from tests.services.archive.catalogues import NINE, OLD, TODAY, everything, line, old, plan, take_in, with_scheme
from tests.services.importing import book
from tests.services.test_exporting import ODD
from township_office.core.errors import Cancelled, Invalid, OfficeError
from township_office.core.fields import Kind, Value
from township_office.exchange.workbooks import read_workbook
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.archive.retention import RETENTIONS
from township_office.registers.common import SECRECY_LEVELS, WORK_SECRET
from township_office.services import checking, records, settings
from township_office.services.archive import exporting, items
from township_office.services.archive.exporting import Layout
from township_office.services.browsing import View
from township_office.services.office import Office

# Who brought it in, and when, is the other office's own story.
OWN_STORY = {"id", "entry", "batch_id", "entered_at", "entered_by", "voided_by"}
ITEM = {"title": "关于甲事的通知", "responsible_body": "云水镇政府", "archive_year": "2025", "retention_period": "永久",
        "org_or_subject": "BGS", "dated_on": "2025-03-04", "page_count": "3"}  # fmt: skip


def same(office: Office) -> list[dict[str, Value]]:
    return [
        {name: value for name, value in row.items() if name not in OWN_STORY}
        for row in everything(office)
        if row["secrecy_level"] != WORK_SECRET
    ]


def moved(office: Office, other: Office, path: Path, layout: Layout | None = None) -> list[dict[str, Value]]:
    """Take the whole archive of one office to another through a sheet; return what arrived."""
    exporting.export_catalogue(office, View(), layout or exporting.whole_layout(), path, TODAY)
    made = take_in(other, path)
    assert made.not_taken == []
    assert checking.verify(other).findings == ()
    return same(other)


@pytest.fixture
def ours(office: Office) -> Office:
    return with_scheme(office)


@pytest.fixture
def other(new_office, tmp_path: Path) -> Iterator[Office]:
    with new_office(tmp_path / "另一个镇.office.db") as made:
        yield made


def cells(path: Path) -> list[list[object]]:
    (sheet,) = read_workbook(path)
    return [list(row) for row in sheet.rows]


def exported(office: Office, folder: Path, layout: Layout, view: View | None = None) -> list[list[object]]:
    exporting.export_catalogue(office, view or View(), layout, folder / "目录.xlsx", TODAY)
    return cells(folder / "目录.xlsx")[1:]


class TestThereAndBack:
    def test_numbered_unnumbered_void_and_of_other_townships(self, ours: Office, other: Office, tmp_path: Path):
        rows = [["2003年永久"], [*OLD, "盒号"], [*old(1), 1], [*old(2, day=20030000), 1], [*old(2, "另一件"), 2]]
        take_in(ours, book(tmp_path / "a.xlsx", 目录=rows))
        lines = [line("X207.2011.30年.办公室.7"), line("109-3-7"), line("J019-KU·01·2017-001-003"), line("")]
        take_in(ours, book(tmp_path / "b.xlsx", 目录=[NINE, *lines]))
        for place in range(3):
            row = items.add_item(ours, ITEM | {"title": f"第{place}件"}, TODAY)
        records.void(ours, ARCHIVE_ITEM, int(str(row["id"])), "重复归档", date(2026, 1, 5))
        assert moved(ours, other, tmp_path / "out.xlsx") == same(ours)
        assert len(same(other)) == 10

    def test_odd_words_in_every_field(self, ours: Office, other: Office, tmp_path: Path):
        texts = [field.name for field in ARCHIVE_ITEM.fields if field.kind in (Kind.TEXT, Kind.NAME, Kind.LONG_TEXT)]
        free = [name for name in texts if name not in ("category", "fonds_no", "org_or_subject")]
        for place, word in enumerate(ODD):
            draft = ITEM | dict.fromkeys([*free, "doc_number"], word) | {"archive_year": str(2000 + place % 3)}
            items.add_item(ours, draft, TODAY)
        assert moved(ours, other, tmp_path / "out.xlsx") == same(ours)

    @settled(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_any_items(self, data: st.DataObject, new_office, tmp_path_factory: pytest.TempPathFactory):
        folder = tmp_path_factory.mktemp("any")
        with new_office(folder / "甲.office.db") as office, new_office(folder / "乙.office.db") as other:
            if data.draw(st.booleans()):
                with_scheme(office)
            for draft in data.draw(st.lists(_drafts(), min_size=1, max_size=6)):
                with suppress(Invalid):
                    row = items.add_item(office, draft, TODAY)
                    is_here = row["destroyed_on"] is None and row["transferred_on"] is None
                    if is_here and data.draw(st.integers(0, 5)) == 0:
                        records.void(office, ARCHIVE_ITEM, int(str(row["id"])), "作废", TODAY)
            if want := same(office):
                assert moved(office, other, folder / "out.xlsx", _layout(data)) == want
                assert plan(other, folder / "out.xlsx").taken == []

    def test_the_nine_columns_come_back_by_their_codes(self, ours: Office, other: Office, tmp_path: Path):
        items.add_item(ours, ITEM, TODAY)
        (row,) = moved(ours, other, tmp_path / "out.xlsx", exporting.standard_layout())
        (was,) = same(ours)
        names = ("number", "series", "title", "dated_on", "page_count", "retention_period", "archive_year", "fonds_no")
        assert [row[name] for name in names] == [was[name] for name in names]


def _drafts() -> st.SearchStrategy[dict[str, str]]:
    words = st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
    numbers = st.integers(1, 9999).map(str)
    days = st.dates(date(1949, 10, 1), date(2026, 11, 1)).map(str)
    drawn: dict[str, st.SearchStrategy[str]] = {
        "category": st.sampled_from(["WS", "KU·01", "ZP", "KJ"]), "archive_year": st.integers(1950, 2026).map(str),
        "retention_period": st.sampled_from([one.word for one in RETENTIONS]), "volume_no": st.sampled_from(["", "7"]),
        "org_or_subject": st.sampled_from(["", "BGS", "DW", "党委", "农业办", "x-y·z", "a b"]),
        "fonds_no": st.sampled_from(["", "Z109", "x1", "12"]), "title": words.map(lambda text: f"件{text}"),
        "responsible_body": words.map(lambda text: f"者{text}"),
    }  # fmt: skip
    for field in ARCHIVE_ITEM.fields:
        match field.kind:
            case Kind.DATE:
                drawn.setdefault(field.name, st.one_of(st.just(""), days))
            case Kind.INTEGER:
                drawn.setdefault(field.name, st.one_of(st.just(""), numbers))
            case Kind.CHOICE:
                drawn.setdefault(field.name, st.sampled_from(["", *field.choices]))
            case _:
                drawn.setdefault(field.name, st.one_of(st.just(""), words))
    return st.fixed_dictionaries(drawn)


def _layout(data: st.DataObject) -> Layout:
    """Every column in any order, days and periods in any form."""
    columns = data.draw(st.permutations(list(exporting.all_columns().items())))
    dates = data.draw(st.sampled_from(exporting.DATE_FORMS))
    return Layout(tuple(columns), dates, data.draw(st.sampled_from(exporting.RETENTION_FORMS)))


class TestAsTheCountyAsks:
    def test_the_standard_columns(self, ours: Office, tmp_path: Path):
        items.add_item(
            ours, ITEM | {"doc_number": "云政发〔2025〕3号", "secrecy_level": "内部", "remarks": "附件缺"}, TODAY
        )
        assert exported(ours, tmp_path, exporting.standard_layout()) == [
            list(NINE),
            [
                1,
                "Z109-WS·2025-Y-BGS-0001",
                "云政发〔2025〕3号",
                "云水镇政府",
                "关于甲事的通知",
                "20250304",
                "内部",
                3,
                "附件缺",
            ],
        ]
        assert cells(tmp_path / "目录.xlsx")[0][0] == "青山县云水镇党政综合办公室归档文件目录"

    def test_order_headings_and_forms(self, ours: Office, tmp_path: Path):
        items.add_item(ours, ITEM, TODAY)
        layout = Layout(
            (("title", "文件题名"), ("item_no", "室编件号"), ("dated_on", "日期"), ("retention_period", "期限"),
             ("org_or_subject", "机构")), "dots", "code", "name",
        )  # fmt: skip
        assert exported(ours, tmp_path, layout, View(2025)) == [
            ["文件题名", "室编件号", "日期", "期限", "机构"], ["关于甲事的通知", 1, "2025.3.4", "Y", "党政办公室"],
        ]  # fmt: skip
        assert "2025年" in str(cells(tmp_path / "目录.xlsx")[0][0])

    def test_only_the_branch_that_is_shown(self, ours: Office, tmp_path: Path):
        for period in ("永久", "30年"):
            items.add_item(ours, ITEM | {"retention_period": period, "title": period}, TODAY)
        layout = Layout((("title", "题名"),))
        view = View(2025, "", (("retention_period", "30年"),))
        assert exported(ours, tmp_path, layout, view) == [["题名"], ["30年"]]
        assert exported(ours, tmp_path, layout, View(2024)) == [["题名"]]

    def test_void_items_only_where_a_column_says_so(self, ours: Office, tmp_path: Path):
        row = items.add_item(ours, ITEM, TODAY)
        records.void(ours, ARCHIVE_ITEM, int(str(row["id"])), "重复", TODAY)
        assert exported(ours, tmp_path, Layout((("title", "题名"),))) == [["题名"]]
        assert exported(ours, tmp_path, Layout((("title", "题名"), ("status", "状态")))) == [
            ["题名", "状态"], ["关于甲事的通知", "作废"],
        ]  # fmt: skip

    def test_work_secrets_stay(self, ours: Office, tmp_path: Path):
        for level in SECRECY_LEVELS:
            items.add_item(ours, ITEM | {"secrecy_level": level, "title": f"{level}件"}, TODAY)
        out = exporting.export_catalogue(ours, View(), exporting.whole_layout(), tmp_path / "a.xlsx", TODAY)
        assert (out.rows, out.left_out) == (2, 1)
        assert "工作秘密" not in str(cells(tmp_path / "a.xlsx"))

    def test_cancelled_or_refused_leaves_no_file(self, ours: Office, tmp_path: Path):
        items.add_item(ours, ITEM, TODAY)

        def stop(done: int, total: int) -> None:
            raise Cancelled

        layout = exporting.whole_layout()
        with pytest.raises(Cancelled):
            exporting.export_catalogue(ours, View(), layout, tmp_path / "a.xlsx", TODAY, stop)
        with pytest.raises(OfficeError, match="写不了"):
            exporting.export_catalogue(ours, View(), layout, tmp_path / "没有" / "a.xlsx", TODAY)
        assert list(tmp_path.glob("*.xlsx*")) == []


class TestLayouts:
    def test_saved_loaded_and_remembered(self, ours: Office, tmp_path: Path):
        layout = Layout((("title", "题名"), ("reference_code", "归档号")), "iso", "code", "name")
        exporting.save(layout, tmp_path / "栏目.json")
        assert exporting.load(tmp_path / "栏目.json") == layout
        assert exporting.layout_of(ours) == exporting.whole_layout()
        exporting.keep(ours, layout)
        assert exporting.layout_of(ours) == layout
        before = checking.verify(ours).changes
        exporting.keep(ours, layout)
        assert checking.verify(ours).changes == before

    def test_the_whole_one_has_every_field_and_begins_with_the_nine(self):
        names = [name for name, _ in exporting.whole_layout().columns]
        assert tuple(names[:9]) == exporting.NINE
        assert {field.name for field in ARCHIVE_ITEM.fields} < set(names)
        assert exporting.missing(exporting.whole_layout()) == 0
        assert exporting.missing(exporting.standard_layout()) == len(names) - 9

    @pytest.mark.parametrize(
        "columns",
        [(), (("doc_number", "文号"),), (("title", ""),), (("title", "题名"), ("title", "标题")),
         (("title", "甲" * 41),), (("title", "甲"), ("remarks", "甲")), (("title", "题名"), ("fly", "飞")),
         (("title", " 题名"),)],
    )  # fmt: skip
    def test_what_no_layout_can_be(self, columns):
        with pytest.raises(OfficeError, match="栏目名称"):
            exporting.check(Layout(columns))

    @pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"columns": 1}', "\x00", "{" + " " * 100_001])
    def test_what_is_no_layout_file(self, tmp_path: Path, text: str):
        path = tmp_path / "栏目.json"
        path.write_text(text)
        with pytest.raises(OfficeError, match="不是目录栏目文件"):
            exporting.load(path)

    def test_a_file_of_another_kind_or_with_another_form(self, tmp_path: Path):
        path = tmp_path / "栏目.json"
        exporting.save(exporting.standard_layout(), path)
        sound: Mapping[str, object] = json.loads(path.read_text("utf-8"))
        for changed in ({"file": "x"}, {"dates": "nonsense"}, {"columns": [{"name": "title"}]}):
            path.write_text(json.dumps(dict(sound) | changed))
            with pytest.raises(OfficeError, match="不是目录栏目文件"):
                exporting.load(path)
        with pytest.raises(OfficeError, match="不是目录栏目文件"):
            exporting.load(tmp_path)

    def test_a_kept_layout_that_no_longer_fits(self, ours: Office):
        settings.set_setting(ours, "archive.catalogue", '{"columns": [{"name": "gone", "heading": "旧"}]}')
        assert exporting.layout_of(ours) == exporting.whole_layout()

    def test_a_sheet_by_any_layout_can_be_read_again(self, ours: Office, other: Office, tmp_path: Path):
        items.add_item(ours, ITEM, TODAY)
        layout = Layout((("item_no", "室编件号"), ("title", "文件题名"), ("responsible_body", "责任者"),
                         ("archive_year", "年度"), ("retention_period", "期限"), ("org_or_subject", "机构")),
                        retention="code")  # fmt: skip
        with_scheme(other)
        exporting.export_catalogue(ours, View(), layout, tmp_path / "a.xlsx", TODAY)
        made = plan(other, tmp_path / "a.xlsx")
        assert [one.values["number"] for one in made.taken] == ["Z109-WS·2025-Y-BGS-0001"]
        columns = [(one.heading, one.field) for table in made.choices.tables for one in table.columns]
        assert columns == [(heading, name) for name, heading in layout.columns]
