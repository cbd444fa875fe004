# SPDX-License-Identifier: MulanPSL-2.0
"""Their Excel in: every field as the truth has it, in one batch that comes out again."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.services.importing import RECEIPTS, TODAY, book, dispatches, everything, plan, receipts, take_in
from township_office.core.errors import Cancelled, OfficeError
from township_office.core.fields import Kind, Register, Value
from township_office.registers import DOCUMENTS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, checking, numbers, records, search, sheets
from township_office.services.browsing import View
from township_office.services.office import Office, close_office, open_office
from township_office.store import batches as store_batches
from township_office.store import changelog

RECEIPT_LEDGER, DISPATCH_LEDGER = "收文登记簿_2023_分月", "发文登记表_2023_GBK"


@pytest.fixture(scope="module")
def ledgers(shared_data: Path) -> Path:
    return shared_data / "ledgers"


def truth(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"truth_{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


WORDS: dict[Kind, tuple[str, Value]] = {
    Kind.DATE: ("2025-03-05", date(2025, 3, 5)), Kind.INTEGER: ("3", 3), Kind.YES_NO: ("是", True),
    Kind.TEXT: ("甲", "甲"), Kind.LONG_TEXT: ("关于甲事的通知",) * 2, Kind.NAME: ("青山县财政局",) * 2,
    Kind.DOC_NUMBER: ("青财〔2025〕3号",) * 2, Kind.MOMENT: ("2025-03-05 09:15",) * 2,
}  # fmt: skip


@pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
def test_tables_that_fill_different_columns_lose_nothing(office: Office, tmp_path: Path, register: Register):
    said = {one.label: (one.choices[-1],) * 2 if one.choices else WORDS[one.kind] for one in register.fields}
    own = {register.field(name).label for name in (register.dated_by, "title")}
    tables = [list(said), *([label for label in said if label in own or label in half] for half in (
        list(said)[::2], list(said)[1::2], list(own),
    ))]  # fmt: skip
    lines = {f"表{n}": [labels, [said[label][0] for label in labels]] for n, labels in enumerate(tables)}
    made = plan(office, register, book(tmp_path / "a.xlsx", **lines), takes_known=True)
    sheets.run_import(office, made, TODAY)
    for row, labels in zip(everything(office, register), tables, strict=True):
        wanted = {one.name: said[one.label][1] if one.label in labels else None for one in register.fields}
        assert {name: row[name] for name in wanted} == wanted


class TestTheTruth:
    def test_receipts_are_as_the_truth_has_them(self, office: Office, ledgers: Path):
        made = plan(office, RECEIPT, ledgers / f"{RECEIPT_LEDGER}.xlsx")
        sheets.run_import(office, made, TODAY)
        places = [(one.row.sheet.strip(), one.row.row) for one in made.taken]
        rows = dict(zip(places, everything(office, RECEIPT), strict=True))
        visible = [line for line in truth(ledgers, RECEIPT_LEDGER) if (line["sheet"].strip(), int(line["row"])) in rows]
        hidden = {one.name.strip() for one in made.source.sheets if one.hidden}
        assert len(rows) == len(visible)
        assert {line["sheet"].strip() for line in truth(ledgers, RECEIPT_LEDGER)} - {s for s, _ in rows} == hidden
        right = 0
        for line in visible:
            row = rows[line["sheet"].strip(), int(line["row"])]
            right += (
                str(row["received_on"]) == line["true_receive_date"]
                and row["doc_number"] == (line["true_number"] if line["number_given"] == "1" else None)
                and row["title"] == line["true_title"]
                and row["sender"] == line["true_issuer"]
                and (row["year"], row["entry"]) == (2023, "imported")
            )
        assert right >= 0.99 * len(visible)

    def test_a_hidden_sheet_comes_in_when_it_is_asked_for(self, office: Office, ledgers: Path):
        source = sheets.look_at(ledgers / f"{RECEIPT_LEDGER}.xlsx")
        (hidden,) = (one.name for one in source.sheets if one.hidden)
        chosen = sheets.choose(office, RECEIPT, source, sheet=f" {hidden.strip()} ")
        made = sheets.plan_import(office, RECEIPT, source, chosen, TODAY)
        wanted = [line for line in truth(ledgers, RECEIPT_LEDGER) if line["sheet"].strip() == hidden.strip()]
        assert len(made.taken) == len(wanted) > 0
        assert made.not_taken == []

    def test_dispatches_keep_their_numbers(self, office: Office, ledgers: Path):
        take_in(office, DISPATCH, ledgers / f"{DISPATCH_LEDGER}.csv")
        rows = everything(office, DISPATCH)
        expected = truth(ledgers, DISPATCH_LEDGER)
        assert [(row["number"], str(row["signed_on"]), row["title"]) for row in rows] == [
            (line["true_number"], line["true_date"], line["true_title"]) for line in expected
        ]
        assert sum(row["sequence"] is None for row in rows) == len(expected) - len({row["number"] for row in rows})
        code = str(rows[0]["series"])
        highest = max(int(str(row["sequence"] or 0)) for row in rows)
        following = numbers.next_number(office, DISPATCH, {"series": code, "signed_on": "2023-12-31"}, TODAY)
        assert following.sequence == highest + 1

    def test_every_ledger_comes_in_whole_or_is_refused_and_comes_in_once(self, office: Office, ledgers: Path):
        taken = 0
        for path in sorted(ledgers.glob("[!t]*")):
            if not holds(office, RECEIPT, path):
                continue
            made = plan(office, RECEIPT, path)
            sheets.run_import(office, made, TODAY)
            taken += len(made.taken)
            again = plan(office, RECEIPT, path)
            assert (len(again.taken), again.known, made.known) == (0, len(made.taken), 0), path.name
            assert len(again.not_taken) == len(made.taken) + len(made.not_taken)
        assert taken == len(everything(office, RECEIPT)) > 100
        assert checking.verify(office).findings == ()

    def test_a_raw_export_taken_for_dispatches_keeps_every_number(self, office: Office, ledgers: Path):
        made = plan(office, DISPATCH, ledgers / "chongqing_url_date_number.xlsx")
        sheets.run_import(office, made, TODAY)
        assert {row["number"] for row in everything(office, DISPATCH)} == {one.row.number or None for one in made.taken}
        assert len(numbers.all_series(office, DISPATCH)) > 20
        assert checking.verify(office).findings == ()


def holds(office: Office, register: Register, path: Path) -> bool:
    """Whether the program finds a ledger of register in a file; no other refusal is right."""
    try:
        sheets.choose(office, register, sheets.look_at(path))
    except OfficeError as error:
        if error.key != "import.no_table":
            raise
        return False
    return True


class TestChoosing:
    def test_visible_sheets_unless_one_is_named(self, office: Office, tmp_path: Path):
        path = book(tmp_path / "a.xlsx", ["藏"], 甲=receipts([1]), 藏=receipts([2], first=5), 乙=receipts([3], first=9))
        source = sheets.look_at(path)

        def names(sheet: str | None = None) -> list[str]:
            return [table.sheet for table in sheets.choose(office, RECEIPT, source, sheet).tables]

        assert names() == ["甲", "乙"]
        assert names("藏") == ["藏"]
        with pytest.raises(OfficeError, match="没有“丙”这张工作表。有的是：甲、藏、乙"):
            names("丙")
        with pytest.raises(OfficeError, match="没有“”这张工作表"):
            names("")

    def test_the_other_book_in_the_same_file_stays_out(self, office: Office, tmp_path: Path):
        path = book(tmp_path / "a.xlsx", 收文=receipts([1]), 发文=dispatches("云政发〔2025〕1号"))
        for register, sheet in ((RECEIPT, "收文"), (DISPATCH, "发文")):
            assert {one.row.sheet for one in plan(office, register, path).taken} == {sheet}

    def test_a_file_without_a_ledger_is_told(self, office: Office, tmp_path: Path):
        path = book(tmp_path / "a.xlsx", 值班=[("日期", "值班人"), ("2026-01-01", "王春燕")])
        with pytest.raises(OfficeError, match="没有认出收文登记簿的表头"):
            plan(office, RECEIPT, path)

    def test_a_correction_is_remembered_for_the_next_file(self, office: Office, tmp_path: Path):
        lines = [(*head, extra) for head, extra in zip(receipts([1]), ("圈阅情况", "孙志强"), strict=True)]
        source = sheets.look_at(book(tmp_path / "a.xlsx", 收文=lines))
        (table,) = sheets.choose(office, RECEIPT, source).tables
        assert table.columns[5].field == "remarks"
        columns = (*table.columns[:5], sheets.Column(5, "圈阅情况", "leader_instruction"))
        fields = {name: getattr(table, name) for name in table.__slots__} | {"columns": columns}
        made = sheets.plan_import(office, RECEIPT, source, sheets.Choices((sheets.Table(**fields),)), TODAY)
        sheets.run_import(office, made, TODAY)
        (again,) = sheets.choose(office, RECEIPT, sheets.look_at(book(tmp_path / "b.xlsx", 收文=lines))).tables
        assert again.columns[5].field == "leader_instruction"
        (told,) = sheets.tables_of(office, RECEIPT, source, source.sheets[0], heading_line=1)
        assert told.header_row == 1


class TestOneBatch:
    @pytest.fixture
    def batch(self, office: Office, tmp_path: Path):
        return take_in(office, RECEIPT, book(tmp_path / "旧账.xlsx", 收文=receipts(range(1, 451), 2026)))

    def test_says_what_came_from_where(self, batch, office: Office):
        assert (batch.source, batch.taken, batch.not_taken, batch.imported_by) == ("旧账.xlsx", 450, 0, "王春燕")
        assert sheets.batches(office, RECEIPT) == [batch]
        assert sheets.batches(office, DISPATCH) == []
        assert {row["batch_id"] for row in everything(office, RECEIPT)} == {batch.id}

    @pytest.mark.parametrize("row_id", [1, 2, 199, 200, 201, 400, 401, 450])
    def test_every_row_has_its_history(self, row_id: int, batch, office: Office):
        """Rows that come in together share entries of 200 in the log: the first, the last and those between."""
        row = records.get(office, RECEIPT, row_id)
        (change,) = records.history(office, RECEIPT, row_id)
        assert (change.verb, change.clerk) == ("导入", "王春燕")
        told = {one.label: (one.old, one.new) for one in change.fields}
        assert told["文件标题"] == ("", f"关于报送第{row_id}批报表的通知") == ("", row["title"])
        assert told["来文字号"] == ("", f"青财〔2026〕{row_id}号")
        assert told["收文日期"] == ("", str(row["received_on"]))

    def test_a_row_typed_between_two_imports_keeps_its_own_history(self, batch, office: Office, tmp_path: Path, draft):
        typed = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        take_in(office, RECEIPT, book(tmp_path / "b.xlsx", 收文=receipts([900], first=300)))
        assert [one.verb for one in records.history(office, RECEIPT, typed["id"])] == ["登记"]
        assert [one.verb for one in records.history(office, RECEIPT, typed["id"] + 1)] == ["导入"]

    def test_comes_out_again_and_gives_its_numbers_free(self, batch, office: Office, tmp_path: Path, draft):
        records.correct(office, RECEIPT, 7, {"title": "改过的标题"}, TODAY, "错字")
        records.void(office, RECEIPT, 8, "重复登记", TODAY)
        revoked = sheets.revoke_batch(office, RECEIPT, batch.id, "选错了文件", TODAY)
        assert (revoked.revoked_on, revoked.revoke_reason) == (TODAY, "选错了文件")
        assert everything(office, RECEIPT) == []
        assert browsing.counts(office, RECEIPT, None, TODAY) == {"": 0}
        assert search.find(office, RECEIPT, "报表", 10) == []
        with pytest.raises(OfficeError, match="没有找到"):
            records.by_number(office, RECEIPT, "2026-0007")
        stories = [records.history(office, RECEIPT, n) for n in (1, 7, 8, 450)]
        assert [[one.verb for one in story] for story in stories] == [
            ["导入", "撤销导入"],
            ["导入", "修改", "撤销导入"],
            ["导入", "作废", "撤销导入"],
            ["导入", "撤销导入"],
        ]
        last = records.history(office, RECEIPT, 450)[-1]
        assert (last.why, last.clerk) == ("选错了文件", "王春燕")
        assert checking.verify(office).findings == ()
        assert records.register_document(office, RECEIPT, draft("receipt"), TODAY)["number"] == "2026-0001"
        again = take_in(office, RECEIPT, tmp_path / "旧账.xlsx")
        assert again.taken == 450
        assert sum(row["sequence"] is None for row in everything(office, RECEIPT)) == 1
        assert checking.verify(office).findings == ()
        sheets.revoke_batch(office, RECEIPT, again.id, "还是错了", TODAY)
        assert [row["number"] for row in everything(office, RECEIPT)] == ["2026-0001"]
        assert checking.verify(office).findings == ()

    @pytest.mark.parametrize("why", ["", "  ", "字" * 501, "机密★10年的件"])
    def test_coming_out_needs_a_reason(self, why: str, batch, office: Office):
        with pytest.raises(OfficeError, match=r"请写明撤销导入的原因|国家秘密标志"):
            sheets.revoke_batch(office, RECEIPT, batch.id, why, TODAY)
        assert len(everything(office, RECEIPT)) == 450

    def test_it_comes_out_once_and_from_its_own_book_only(self, batch, office: Office):
        for register, number in ((DISPATCH, batch.id), (RECEIPT, 99)):
            with pytest.raises(OfficeError):
                sheets.revoke_batch(office, register, number, "选错了文件", TODAY)
        sheets.revoke_batch(office, RECEIPT, batch.id, "选错了文件", TODAY)
        with pytest.raises(OfficeError, match="已经撤销过了"):
            sheets.revoke_batch(office, RECEIPT, batch.id, "选错了文件", TODAY)

    def test_a_row_that_is_out_cannot_be_corrected(self, batch, office: Office):
        sheets.revoke_batch(office, RECEIPT, batch.id, "选错了文件", TODAY)
        with pytest.raises(OfficeError):
            records.correct(office, RECEIPT, 7, {"title": "改"}, TODAY)
        assert checking.verify(office).findings == ()


class TestVoidRows:
    HEAD = (*RECEIPTS, "状态", "作废原因", "作废日期")

    def test_come_in_void_with_their_reason_and_day(self, office: Office, tmp_path: Path):
        day = ("2025-03-03", "青山县财政局", "")
        lines = [
            self.HEAD,
            (1, *day, "关于甲的通知", "作废", "重复登记", "2025-03-09"),
            (2, *day, "关于乙的通知", "作废", "", ""),
            (3, *day, "关于丙的通知", "作废", "长" * 600, ""),
            (4, *day, "关于丁的通知", "在办", "", ""),
            (5, *day, "作废", "", "", ""),
        ]
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=lines))
        assert [bool(one.row.notes) for one in made.taken][:4] == [False, False, True, False]
        sheets.run_import(office, made, TODAY)
        rows = everything(office, RECEIPT)
        told = [(row["sequence"], row["void_reason"], row["voided_on"], row["voided_by"]) for row in rows]
        assert told == [
            (1, "重复登记", date(2025, 3, 9), "王春燕"), (2, "原登记簿已作废", TODAY, "王春燕"),
            (3, "长" * 499 + "…", TODAY, "王春燕"), (4, None, None, None), (5, "原登记簿已作废", TODAY, "王春燕"),
        ]  # fmt: skip
        assert checking.verify(office).findings == ()


class TestAllOrNothing:
    def snapshot(self, office: Office) -> bytes:
        return office.path.read_bytes()

    @pytest.fixture
    def ready(self, office: Office, tmp_path: Path, draft):
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        return plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts(range(1, 1201))))

    def test_stopped_half_way(self, office: Office, ready):
        before = self.snapshot(office)

        def stop(done: int, total: int) -> None:
            if done >= 1000:
                raise Cancelled

        with pytest.raises(Cancelled):
            sheets.run_import(office, ready, TODAY, stop)
        assert self.snapshot(office) == before
        assert sheets.run_import(office, ready, TODAY).taken == 1200, "nothing of the attempt is left in the plan"
        assert checking.verify(office).findings == ()

    def test_a_full_disk(self, office: Office, ready):
        before = self.snapshot(office)
        pages = office.db.conn.execute("PRAGMA page_count").fetchone()[0]
        office.db.conn.execute(f"PRAGMA max_page_count = {pages + 40}")
        with pytest.raises(OfficeError, match="磁盘已满"):
            sheets.run_import(office, ready, TODAY)
        assert self.snapshot(office) == before
        office.db.conn.execute("PRAGMA max_page_count = 1000000")
        assert checking.verify(office).findings == ()

    @pytest.mark.parametrize("where", ["batch", "log", "settings"])
    def test_a_fault_at_any_step(self, where: str, office: Office, ready, monkeypatch):
        before = self.snapshot(office)

        def fail(*_: object) -> None:
            raise RuntimeError("a fault")

        place = {
            "batch": (store_batches, "add"),
            "log": (changelog, "append"),
            "settings": (sheets, "remember_headings"),
        }
        monkeypatch.setattr(*place[where], fail)
        with pytest.raises(RuntimeError):
            sheets.run_import(office, ready, TODAY)
        assert self.snapshot(office) == before

    def test_a_read_only_book(self, office: Office, ready):
        office.is_readonly = True
        with pytest.raises(OfficeError, match="只读"):
            sheets.run_import(office, ready, TODAY)

    def test_a_number_taken_after_the_trial_is_told(self, office: Office, tmp_path: Path, draft):
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts([1, 2], 2026)))
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        with pytest.raises(OfficeError, match="请重新试算"):
            sheets.run_import(office, made, TODAY)
        assert len(everything(office, RECEIPT)) == 1

    def test_a_series_made_after_the_trial_is_used(self, office: Office, tmp_path: Path):
        made = plan(office, DISPATCH, book(tmp_path / "a.xlsx", 发文=dispatches("云新发〔2025〕1号")))
        numbers.set_series(office, "series.dispatch.云新发.name", "新发", TODAY)
        sheets.run_import(office, made, TODAY)
        assert [one.name for one in numbers.all_series(office, DISPATCH) if one.code == "云新发"] == ["新发"]

    def test_an_empty_plan_is_refused(self, office: Office, tmp_path: Path):
        path = book(tmp_path / "a.xlsx", 收文=receipts([1]))
        take_in(office, RECEIPT, path)
        with pytest.raises(OfficeError, match="表里的1行登记簿里都已有，不用再导入"):
            take_in(office, RECEIPT, path)
        assert len(sheets.batches(office, RECEIPT)) == 1

    def test_nothing_new_beside_what_cannot_come_in(self, office: Office, tmp_path: Path):
        take_in(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts([1])))
        head, known = receipts([1])
        secret = ["机密★5年" if "号" in str(cell) else cell for cell in known]
        with pytest.raises(OfficeError, match="有1行登记簿里已有，不用再导入；另外1行不能导入"):
            take_in(office, RECEIPT, book(tmp_path / "b.xlsx", 收文=[head, known, secret]))

    def test_a_column_that_is_empty_here_is_no_choice(self, office: Office, tmp_path: Path):
        head, first, second = receipts([1, 2])
        take_in(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=[(*head, "整理人"), (*first, "")]))
        made = plan(office, RECEIPT, book(tmp_path / "b.xlsx", 收文=[(*head, "整理人"), (*second, "李敏")]))
        assert made.choices.tables[0].columns[-1].field == "remarks"


def test_a_name_of_stray_bytes_harms_nothing(office: Office, tmp_path: Path):
    """As a file copied from a system of another time: its name is no UTF-8."""
    made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts([1])))
    stray = sheets.Source(Path("收\udcce\udcc4.xlsx"), made.source.sheets)
    made.source = stray
    assert sheets.run_import(office, made, TODAY).source == "收\ufffd\ufffd.xlsx"


def test_headings_without_end_are_not_remembered(office: Office, tmp_path: Path):
    """A settings line has its limit; what was remembered before stays."""
    path = book(tmp_path / "a.xlsx", 收文=receipts([1]))
    take_in(office, RECEIPT, path)
    before = sheets.get_setting(office, "receipt.import_columns")
    made = plan(office, RECEIPT, book(tmp_path / "b.xlsx", 收文=receipts([2], first=7)))
    (table,) = made.choices.tables
    many = tuple(sheets.Column(0, f"栏{n}" + "长" * 20, "") for n in range(5000))
    fields = {name: getattr(table, name) for name in table.__slots__} | {"columns": (*table.columns, *many)}
    made.choices = sheets.Choices((sheets.Table(**fields),))
    sheets.run_import(office, made, TODAY)
    assert sheets.get_setting(office, "receipt.import_columns") == before


def test_it_is_there_when_the_office_is_opened_again(office: Office, tmp_path: Path):
    take_in(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts(range(1, 31), 2026)))
    close_office(office)
    with open_office(office.path, "李向东") as again:
        assert len(browsing.row_ids(again, RECEIPT, View(2026, "recorded"), TODAY)) == 30
        assert [row["number"] for row in search.find(again, RECEIPT, "第17批", 5)] == ["2026-0017"]
        assert records.by_number(again, RECEIPT, "2026-17")["number"] == "2026-0017"
        assert checking.verify(again).findings == ()
