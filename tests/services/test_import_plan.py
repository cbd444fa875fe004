# SPDX-License-Identifier: MulanPSL-2.0
"""The dry run: which rows are known already, what is said of the others; nothing is written."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from tests.services.importing import TODAY, book, dispatches, plan, receipts, take_in
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import numbers as numbering
from township_office.services import records, sheets
from township_office.services.office import Office
from township_office.services.sheets import KEEP


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
