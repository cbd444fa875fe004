# SPDX-License-Identifier: MulanPSL-2.0
"""An old catalogue in: what comes, what does not and why; all of it or nothing, and out again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.exchange.files import ods_cell, ods_row, raw_ods, raw_xls
from tests.services.archive.catalogues import (
    NINE,
    OLD,
    TODAY,
    everything,
    line,
    old,
    plan,
    planned,
    take_in,
    with_scheme,
)
from tests.services.importing import book
from township_office.core.errors import Cancelled, OfficeError
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.status import state_of
from township_office.services import checking, sheets
from township_office.services.archive import boxing, committing, importing, items
from township_office.services.import_plan import words_of
from township_office.services.office import Office
from township_office.store import batches

CODE = "Z109-WS·2011-Y-BGS-{:04d}"


@pytest.fixture
def ours(office: Office) -> Office:
    return with_scheme(office)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Three items of 2011; the second also says which box it lies in."""
    rows = [[*NINE, "盒号"]] + [[*line(CODE.format(n), f"关于第{n}事的通知"), n // 2 + 1] for n in (1, 2, 3)]
    return book(tmp_path / "2011.xlsx", 目录=rows)


class TestNumbers:
    def test_a_code_given_twice_stays_with_the_first(self, ours: Office, tmp_path: Path):
        made = planned(ours, tmp_path, NINE, line(CODE.format(1), "甲事"), line(CODE.format(1), "乙事"))
        assert [one.values["number"] for one in made.taken] == [CODE.format(1), None]
        (second,) = made.unnumbered
        assert second.values["original_number"] == CODE.format(1)
        assert words_of(second) == [f"档号 {CODE.format(1)} 已给“目录”第2行，这一件列为待编号，原档号照存。"]
        assert made.rivals["目录", 3] is made.taken[0]
        importing.run_import(ours, made, TODAY)
        stands = {str(row["title"]): state_of(ARCHIVE_ITEM, row, TODAY).key for row in everything(ours)}
        assert stands == {"甲事": "kept", "乙事": "unnumbered"}
        (one,) = items.classes(ours)
        assert (one.items, one.gaps) == (2, 0)

    def test_a_code_of_the_archive(self, ours: Office, tmp_path: Path):
        draft = {"title": "甲事", "responsible_body": "镇政府", "archive_year": "2011", "retention_period": "永久",
                 "org_or_subject": "BGS"}  # fmt: skip
        items.add_item(ours, draft, TODAY)
        made = planned(ours, tmp_path, NINE, line(CODE.format(1), "乙事"), line(CODE.format(2), "丙事"))
        assert [one.values["sequence"] for one in made.taken] == [None, 2]
        assert made.rivals["目录", 2] == CODE.format(1)
        assert "已是“甲事”的" in made.taken[0].clash

    def test_late_items_follow_what_came_in(self, ours: Office, catalogue: Path):
        take_in(ours, catalogue)
        draft = {"title": "补", "responsible_body": "镇政府", "archive_year": "2011", "retention_period": "永久",
                 "org_or_subject": "BGS"}  # fmt: skip
        assert items.add_item(ours, draft, TODAY)["number"] == CODE.format(4)


class TestTwice:
    def test_nothing_comes_twice(self, ours: Office, tmp_path: Path):
        rows = [NINE, line(CODE.format(1), "甲"), line(CODE.format(1), "乙"), line("z109.2011.y.bgs.2", "丙"),
                line("109-3-4", "丁"), line("", "戊"), line("", "戊")]  # fmt: skip
        path = book(tmp_path / "旧目录.xlsx", 目录=rows)
        assert len(take_in(ours, path).taken) == 6
        again = plan(ours, path)
        assert (again.taken, again.known, len(again.not_taken)) == ([], 6, 6)
        assert again.not_taken[0].reason == f"档案里已有“{CODE.format(1)}”，不重复导入。"
        with pytest.raises(OfficeError, match="目录里的6件档案里都已有，不用再导入"):
            importing.run_import(ours, again, TODAY)
        assert len(everything(ours)) == 6

    def test_what_is_new_comes_in(self, ours: Office, catalogue: Path, tmp_path: Path):
        take_in(ours, catalogue)
        made = planned(ours, tmp_path, NINE, line(CODE.format(1), "关于第1事的通知"), line(CODE.format(4), "新"))
        assert ([one.values["number"] for one in made.taken], made.known) == ([CODE.format(4)], 1)

    def test_a_plan_that_is_out_of_date(self, ours: Office, catalogue: Path):
        first, second = plan(ours, catalogue), plan(ours, catalogue)
        importing.run_import(ours, first, TODAY)
        with pytest.raises(OfficeError, match="重新试算"):
            importing.run_import(ours, second, TODAY)


class TestAllOrNothing:
    def test_one_batch_that_can_be_revoked(self, ours: Office, catalogue: Path):
        take_in(ours, catalogue)
        (batch,) = committing.filings(ours)
        assert (batch.source, batch.taken) == ("2011.xlsx", 3)
        series = CODE[: CODE.index("-{")]
        assert [(box.number, box.first, box.last) for box in boxing.boxes(ours, series, 2011)] == [(1, 1, 1), (2, 2, 3)]
        assert checking.verify(ours).findings == ()
        sheets.revoke_batch(ours, ARCHIVE_ITEM, batch.id, "拿错了文件", TODAY)
        assert everything(ours) == []
        assert (items.classes(ours), boxing.boxes(ours, series, 2011)) == ([], [])
        assert checking.verify(ours).findings == ()
        assert len(take_in(ours, catalogue).taken) == 3
        assert len(boxing.boxes(ours, series, 2011)) == 2

    def test_not_once_it_is_built_on(self, ours: Office, tmp_path: Path):
        take_in(ours, book(tmp_path / "甲.xlsx", 目录=[NINE, line(CODE.format(1), "甲")]))
        take_in(ours, book(tmp_path / "乙.xlsx", 目录=[NINE, line(CODE.format(2), "乙")]))
        latest, first = (one.id for one in committing.filings(ours))
        with pytest.raises(OfficeError, match="不能整批撤销"):
            sheets.revoke_batch(ours, ARCHIVE_ITEM, first, "错", TODAY)
        sheets.revoke_batch(ours, ARCHIVE_ITEM, latest, "错", TODAY)
        boxing.commit_boxes(ours, "Z109-WS·2011-Y-BGS", 2011, TODAY)
        with pytest.raises(OfficeError, match="不能整批撤销"):
            sheets.revoke_batch(ours, ARCHIVE_ITEM, first, "错", TODAY)

    def test_not_once_a_year_of_it_is_printed(self, ours: Office, tmp_path: Path):
        lines = [line(f"Z109-WS·{year}-Y-BGS-0001", f"{year}年事") for year in (2010, 2011)]
        take_in(ours, book(tmp_path / "甲.xlsx", 目录=[NINE, *lines]))
        (batch,) = committing.filings(ours)
        committing.note_printed(ours, [2011], batch.imported_at.replace(year=2030))
        with pytest.raises(OfficeError, match="2011年的目录已经打印"):
            sheets.revoke_batch(ours, ARCHIVE_ITEM, batch.id, "错", TODAY)

    def test_a_filing_is_revoked_with_its_documents_by_the_same_door(self, ours: Office):
        from township_office.registers.receipt import RECEIPT
        from township_office.services import records

        draft = {"received_on": "2025-03-01", "dated_on": "2025-03-01", "sender": "青山县财政局",
                 "title": "关于报表的通知", "completed_on": "2025-03-02"}  # fmt: skip
        paper = records.register_document(ours, RECEIPT, draft, TODAY)
        filed = committing.commit_year(ours, 2025, TODAY)
        sheets.revoke_batch(ours, ARCHIVE_ITEM, filed.batch, "错", TODAY)
        assert records.get(ours, RECEIPT, int(str(paper["id"])))["filed_on"] is None

    def test_cancelled_halfway_nothing_is_there(self, ours: Office, catalogue: Path):
        made = plan(ours, catalogue)

        def stop(done: int, total: int) -> None:
            raise Cancelled

        with pytest.raises(Cancelled):
            importing.run_import(ours, made, TODAY, stop)
        assert everything(ours) == []
        assert batches.all_of(ours.db, ARCHIVE_ITEM) == []

    def test_the_dry_run_writes_nothing(self, ours: Office, catalogue: Path):
        before = checking.verify(ours).changes
        plan(ours, catalogue)
        assert checking.verify(ours).changes == before


class TestBoxes:
    def test_as_thick_as_their_pages_ask(self, ours: Office, tmp_path: Path):
        def boxed(code: str, pages: object, box: object) -> list[object]:
            return [*line(code, pages=pages), box]

        rows = [[*NINE, "盒号"], boxed(CODE.format(1), 100, 1), boxed(CODE.format(2), 250, "第2盒"),
                boxed(CODE.format(3), "", 3), boxed(CODE.format(4), 900, 4)]  # fmt: skip
        made = take_in(ours, book(tmp_path / "盒.xlsx", 目录=rows))
        assert made.boxes == 4
        assert "6个" not in importing.words_of(made)
        assert "4个新盒号" in importing.words_of(made)
        found = boxing.boxes(ours, "Z109-WS·2011-Y-BGS", 2011)
        assert [(box.number, box.row["thickness"]) for box in found] == [(1, 20), (2, 30), (3, 30), (4, 50)]

    def test_a_box_that_is_there_stays(self, ours: Office, catalogue: Path, tmp_path: Path):
        take_in(ours, catalogue)
        made = take_in(ours, book(tmp_path / "b.xlsx", 目录=[[*NINE, "盒号"], [*line(CODE.format(4), "新"), 2]]))
        assert made.boxes == 0
        assert [len(box.items) for box in boxing.boxes(ours, "Z109-WS·2011-Y-BGS", 2011)] == [1, 3]


class TestSheets:
    def test_several_sheets_a_hidden_one_and_one_that_is_none(self, ours: Office, tmp_path: Path):
        path = book(tmp_path / "2003年.xlsx", ["旧"], 永久=[OLD, old(1)], 长期=[OLD, old(1)], 旧=[OLD, old(9)],
                    说明=[["本目录由档案室整理"]])  # fmt: skip
        made = plan(ours, path)
        assert [one.values["number"] for one in made.taken] == ["Z109-WS·2003-Y-0001", "Z109-WS·2003-C-0001"]
        assert [(one.sheet, one.reason) for one in made.choices.left_out] == [
            ("旧", "这张工作表是隐藏的，没有导入；要导入请指明它。"),
            ("说明", "这张工作表里没有认出登记簿，没有导入。"),
        ]  # fmt: skip
        assert "不导入的工作表：旧、说明" in importing.words_of(made)
        assert len(plan(ours, path, "旧").taken) == 1

    def test_no_catalogue_and_no_such_sheet(self, ours: Office, tmp_path: Path):
        path = book(tmp_path / "a.xlsx", 通讯录=[["姓名", "电话"], ["王春燕", "1"]])
        with pytest.raises(OfficeError, match="没有认出归档文件目录"):
            plan(ours, path)
        with pytest.raises(OfficeError, match="没有“目录”这张工作表"):
            plan(ours, path, "目录")

    def test_csv_xls_and_ods(self, ours: Office, tmp_path: Path):
        rows = [NINE, line(CODE.format(1), "关于甲事的通知", no="1", pages="3")]
        with (tmp_path / "a.csv").open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows(rows)
        cells = [(r, c, str(cell)) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell != ""]
        raw_xls(tmp_path / "a.xls", cells)
        xml = "".join(ods_row("".join(ods_cell(str(cell)) for cell in row)) for row in rows)
        raw_ods(tmp_path / "a.ods", xml)
        for kind in ("csv", "xls", "ods"):
            (one,) = plan(ours, tmp_path / f"a.{kind}").taken
            assert (one.values["number"], one.values["page_count"]) == (CODE.format(1), 3), kind


class TestRefusals:
    def test_state_secrets_are_refused_row_by_row(self, ours: Office, tmp_path: Path, caplog):
        lines = [line(CODE.format(2), "青龙工程", level="秘密"), line(CODE.format(3), "青龙工程机密★10年")]
        made = planned(ours, tmp_path, NINE, line(CODE.format(1), "甲事"), *lines)
        assert len(made.taken) == 1
        assert [(one.row, one.cells) for one in made.not_taken] == [(3, ()), (4, ())]
        assert "archive_item.import" in caplog.text
        importing.run_import(ours, made, TODAY)
        sheets.write_problems(made, tmp_path / "标红.xlsx")
        assert "青龙工程".encode() not in ours.path.read_bytes() + (tmp_path / "标红.xlsx").read_bytes()
        assert "青龙工程" not in caplog.text + str(sheets.as_plain(made))

    def test_too_much_for_the_remarks(self, ours: Office, tmp_path: Path):
        made = planned(
            ours, tmp_path, [*NINE, "说明一", "件号"], [*line("", "甲", remark="注" * 1990), "长" * 5, "补" * 50]
        )
        assert made.taken == []
        assert "备注" in made.not_taken[0].reason

    def test_a_line_without_title_and_number(self, ours: Office, tmp_path: Path):
        made = planned(ours, tmp_path, NINE, line(CODE.format(1), "甲事"), line(CODE.format(2), "", doc=""))
        assert [one.row for one in made.not_taken] == [3]

    def test_a_void_line_keeps_its_number(self, ours: Office, tmp_path: Path):
        rows = [[*NINE, "状态", "作废原因"], [*line(CODE.format(1), "甲"), "在库", ""],
                [*line(CODE.format(2), "乙"), "作废", "重复"]]  # fmt: skip
        take_in(ours, book(tmp_path / "a.xlsx", 目录=rows))
        void = next(row for row in everything(ours) if row["title"] == "乙")
        assert (void["number"], void["void_reason"]) == (CODE.format(2), "重复")

    @pytest.mark.parametrize("cell", ["=1+1", "〃", "x" * 3000, "\u202e反", "1e400", "#REF!", "\t\n"])
    def test_hostile_cells_break_nothing(self, ours: Office, tmp_path: Path, cell: str):
        head = [*NINE, "年度", "保管期限", "机构", "件号", "盒号", "案卷号", "全宗号", "门类"]
        row = [cell if place != 4 else f"题名{cell}"[:400] for place in range(len(head))]
        made = planned(ours, tmp_path, head, row, line(CODE.format(1), "甲"))
        assert len(made.taken) + len(made.not_taken) == 2
        importing.run_import(ours, made, TODAY)
        assert checking.verify(ours).findings == ()


class TestCodesWithoutYear:
    def test_they_are_given_once_for_all_years(self, ours: Office, tmp_path: Path):
        lines = [
            line("X032-KJ-005-001", "甲楼图纸", day="20110101"),
            line("X032-KJ-005-001", "乙楼图纸", day="20120101"),
        ]
        made = planned(ours, tmp_path, NINE, *lines)
        assert [one.values["number"] for one in made.taken] == ["X032-KJ-005-001", None]
        assert "已给“目录”第2行" in made.taken[1].clash
        importing.run_import(ours, made, TODAY)
        assert plan(ours, tmp_path / "旧目录.xlsx").taken == []
        assert planned(ours, tmp_path, NINE, line("X032-KJ-005-1", "丙楼", day="20130101")).unnumbered
        draft = {"title": "补", "responsible_body": "镇政府", "archive_year": "2014", "retention_period": "永久",
                 "category": "KJ", "volume_no": "5", "fonds_no": "X032"}  # fmt: skip
        assert items.add_item(ours, draft, TODAY)["number"] == "X032-KJ-005-002"
