# SPDX-License-Identifier: MulanPSL-2.0
"""The dry run: which rows are known already, what is said of the others; nothing is written."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from tests.services.importing import TODAY, book, dispatches, plan, receipts, take_in
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import exporting, records, sheets
from township_office.services import numbers as numbering
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.services.sheets import ASSIGN, KEEP, LINE


class TestKnownRows:
    def test_the_same_file_again_brings_nothing_and_says_so_of_every_row(self, office: Office, tmp_path):
        lines = [*receipts([1, 2, 3, 3]), ("", "2025-05-05", "青山县民政局", "", "没有编号的通知")]
        path = book(tmp_path / "a.xlsx", 收文=lines)
        take_in(office, RECEIPT, path)
        again = plan(office, RECEIPT, path)
        assert (again.taken, again.known) == ([], 5)
        assert [one.row for one in again.not_taken] == [2, 3, 4, 5, 6]
        assert again.not_taken[0].reason == "与已登记的 2025-0001 完全相同，不重复导入。"
        assert len(plan(office, RECEIPT, path, takes_known=True).taken) == 5

    def test_dispatches_are_known_by_their_number(self, office: Office, tmp_path):
        numbering.set_series(office, "series.dispatch.云政发.format", "{code}[{year}]{seq}号", TODAY)
        lines = dispatches("云政发〔2025〕1号", "云政发[2025]02号", "云新发〔2025〕1号", "云政发〔2025〕1号", "无")
        path = book(tmp_path / "a.xlsx", 发文=lines)
        take_in(office, DISPATCH, path)
        again = plan(office, DISPATCH, path)
        assert (len(again.taken), again.known, again.new_series) == (0, 5, [])

    def test_one_word_more_makes_another_paper(self, office: Office, tmp_path):
        take_in(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts([1, 2])))
        head, *lines = receipts([1, 2])
        changed = [head, lines[0], (*lines[1][:4], lines[1][4] + "（补充）")]
        made = plan(office, RECEIPT, book(tmp_path / "b.xlsx", 收文=changed))
        assert ([one.row.row for one in made.taken], made.known, len(made.clashes)) == ([3], 1, 1)

    def test_a_void_row_is_known_and_a_revoked_one_is_not(self, office: Office, tmp_path):
        path = book(tmp_path / "a.xlsx", 收文=receipts([1, 2]))
        batch = take_in(office, RECEIPT, path)
        records.void(office, RECEIPT, 1, "重复登记", TODAY)
        assert plan(office, RECEIPT, path).known == 2
        sheets.revoke_batch(office, RECEIPT, batch.id, "选错了文件", TODAY)
        assert plan(office, RECEIPT, path).known == 0


def test_trying_writes_nothing(office: Office, tmp_path):
    path = book(tmp_path / "a.xlsx", 收文=receipts([1, 2]))
    before = hashlib.sha256(office.path.read_bytes()).digest()
    plan(office, RECEIPT, path)
    assert hashlib.sha256(office.path.read_bytes()).digest() == before


def test_what_is_not_taken_stands_in_the_order_of_the_sheets(office: Office, tmp_path):
    take_in(office, RECEIPT, book(tmp_path / "a.xlsx", 甲=receipts([1]), 乙=receipts([2], first=5)))
    bad = ("", "2025-06-06", "青山县财政局", "", "")
    path = book(tmp_path / "b.xlsx", 甲=[*receipts([1]), bad], 乙=[*receipts([2], first=5), bad])
    assert [(one.sheet, one.row) for one in plan(office, RECEIPT, path).not_taken] == [
        ("甲", 2), ("甲", 3), ("乙", 2), ("乙", 3),
    ]  # fmt: skip


class TestNothingIsPassedOverUnseen:
    def test_sheets_that_stay_out_are_named(self, office: Office, tmp_path):
        path = book(
            tmp_path / "a.xlsx", ["藏", "藏空"], 收文=receipts([1]), 藏=receipts([2]), 藏空=[("",)], 空=[("",)],
            发文=dispatches("云政发〔2025〕1号"), 说明=[("请勿改动",)],
        )  # fmt: skip
        made = plan(office, RECEIPT, path)
        left_out = {one.sheet: one.reason for one in made.choices.left_out}
        assert left_out == {
            "藏": "这张工作表是隐藏的，没有导入；要导入请指明它。",
            "发文": "这张工作表看起来是另一本登记簿，没有导入。",
            "说明": "这张工作表里没有认出登记簿，没有导入。",
        }
        assert [one["sheet"] for one in sheets.as_plain(made)["left_out"]] == list(left_out)
        sheets.write_problems(made, tmp_path / "out.csv")
        written = (tmp_path / "out.csv").read_text("utf-8-sig")
        assert all(reason in written for reason in left_out.values())

    def test_a_number_far_ahead_is_pointed_out(self, office: Office, tmp_path, draft):
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts([1, 2, 3, 2026, 4], 2026)))
        assert [(one.row.row, one.row.notes[0].message) for one in made.noted] == [
            (5, "编号 2026-2026 比前一号（4）大得多，以后的编号会接着它，请核对。")
        ]
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        made = plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts(range(400, 420), 2026)))
        assert [one.row.row for one in made.noted] == [2]
        assert plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=receipts(range(400, 420), 2025))).noted == []

    def test_an_export_of_ours_given_other_numbers_keeps_the_old_ones_beside(self, office: Office, tmp_path, draft):
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        exporting.export_register(office, RECEIPT, View(), tmp_path / "a.xlsx", TODAY)
        for numbering_of, number in ((LINE, None), (ASSIGN, "2026-0002"), (KEEP, "2026-0001")):
            (one,) = plan(office, RECEIPT, tmp_path / "a.xlsx", numbering_of, takes_known=True).taken
            assert one.values["number"] == number
            assert one.values["original_number"] == (None if number == "2026-0001" else "2026-0001")


def test_progress_is_told_and_may_stop_it(office: Office, tmp_path):
    path = book(tmp_path / "a.xlsx", 收文=receipts(range(1, 1202)))
    source = sheets.look_at(path)
    told: list[tuple[int, int]] = []
    sheets.plan_import(
        office, RECEIPT, source, sheets.choose(office, RECEIPT, source), TODAY, lambda *step: told.append(step)
    )
    assert told == [(500, 1201), (1000, 1201)]


def test_a_plan_as_plain_data(office: Office, tmp_path):
    lines = [*receipts([1, 1]), ("", "2025-06-06", "青山县财政局", "", "")]
    plain = sheets.as_plain(plan(office, RECEIPT, book(tmp_path / "a.xlsx", 收文=lines)))
    assert plain["taken"] == 2
    assert plain["not_taken"] == [
        {"sheet": "收文", "row": 4, "reason": "既没有文件标题也没有文号，请在原表中补上后再导入。"}
    ]
    assert [(one["row"], one["number"]) for one in plain["clashes"]] == [(3, "2025-0001")]
    assert plain["tables"][0]["columns"]["来文单位"] == "sender"
    assert (plain["numbering"], plain["known"], plain["new_series"]) == (KEEP, 0, [])


def test_a_column_the_clerk_corrected_is_taken_as_told(office: Office, tmp_path):
    path = book(tmp_path / "a.xlsx", 收文=receipts([1, 2]))
    source = sheets.look_at(path)
    chosen = sheets.choose(office, RECEIPT, source)
    columns = tuple(replace(c, field="remarks") if c.field == "number" else c for c in chosen.tables[0].columns)
    made = sheets.plan_import(
        office, RECEIPT, source, sheets.Choices((replace(chosen.tables[0], columns=columns),)), TODAY
    )
    assert [one.values["number"] for one in made.taken] == [None, None]
    assert made.taken[0].values["remarks"] == "收文编号：1"
