# SPDX-License-Identifier: MulanPSL-2.0
"""What was done in this sitting can be taken back and done again; numbers are neither doubled nor lost by it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.services import importing
from township_office.core.errors import OfficeError
from township_office.registers.chase import CHASE
from township_office.registers.circulation import CIRCULATION, INSTRUCTION
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.receipt import RECEIPT
from township_office.services import (
    browsing,
    checking,
    children,
    circulation,
    forms,
    numbers,
    records,
    search,
    settings,
    sheets,
    steps,
    undoing,
)  # fmt: skip
from township_office.services.browsing import View
from township_office.services.deeds import LIMIT
from township_office.services.office import Office, change, close_office, sit_down, twin
from township_office.store import settings as store_settings

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 15)
WORDS = {"name": "防汛会议", "reason": "待印"}
TABLES = ("receipt", "dispatch", "circulation", "chase", "distribution", "reservation")


def receive(office: Office, draft, **more: str) -> int:
    return int(records.register_document(office, RECEIPT, draft("receipt", **more), TODAY)["id"])


def sent(office: Office, draft) -> int:
    """A paper that is with 孙志强 for 批示."""
    paper = receive(office, draft)
    row = circulation.send(office, paper, {"reader": "孙志强", "purpose": INSTRUCTION}, NOW)
    return int(row["id"])


def content(office: Office) -> dict[str, list[tuple[object, ...]]]:
    """Everything that counts in the file: rows that were taken back whole are as if they had never been."""
    shown = {
        "reservation": "released_on IS NULL",
        "receipt": "entry <> 'revoked'",
        "dispatch": "entry <> 'revoked'",
    }
    return {
        table: list(
            office.db.conn.execute(f"SELECT * FROM {table} WHERE {shown.get(table, 'voided_on IS NULL')} ORDER BY id")
        )
        for table in TABLES
    }


def ledger(office: Office, register=RECEIPT, code: str = "收文") -> list[tuple[int, str]]:
    series = numbers.pick_series(office, register, code)
    return [(line.sequence, line.state) for line in numbers.number_ledger(office, register, series, 2026)]


def draft_of_ours(office: Office) -> int:
    row = records.register_document(office, DISPATCH, {"title": "关于防汛的通知", "signed_on": ""}, TODAY)
    return int(row["id"])


def sign(office: Office, row_id: int, **more: str) -> None:
    steps.take_step(office, DISPATCH, row_id, "sign", {"signer": "孙志强", "signed_on": "今天"} | more, TODAY)


# name → (prepare, do with what was prepared, words)
Deed = tuple[Callable[..., int], Callable[..., object], str]
DEEDS: dict[str, Deed] = {
    "register": (lambda o, d: 0, lambda o, d, _: receive(o, d), "登记 2026-0001"),
    "draft": (lambda o, d: 0, lambda o, d, _: draft_of_ours(o), "登记 关于防汛的通知"),
    "correct": (
        receive, lambda o, d, i: records.correct(o, RECEIPT, i, {"title": "改过的标题", "copy_count": ""}, TODAY),
        "修改 2026-0001"),
    "void": (receive, lambda o, d, i: records.void(o, RECEIPT, i, "重复登记", TODAY), "作废 2026-0001"),
    "finish": (receive, lambda o, d, i: steps.take_step(o, RECEIPT, i, "finish", {"completed_on": "今天"}, TODAY),
               "办结 2026-0001"),
    "sign": (lambda o, d: draft_of_ours(o), lambda o, d, i: sign(o, i), "签发 云政发〔2026〕1号"),
    "plan": (receive, lambda o, d, i: circulation.plan(o, i, ["何文斌", "刘敏"], "", TODAY), "定传阅范围 2026-0001"),
    "send": (receive, lambda o, d, i: circulation.send(o, i, {"reader": "何文斌"}, NOW), "送出 2026-0001"),
    "take back": (sent, lambda o, d, i: circulation.take_back(o, i, "请阅办", NOW), "收回 2026-0001"),
    "pass on": (sent, lambda o, d, i: circulation.pass_on(o, i, "同意", {"reader": "何文斌"}, NOW),
                "收回并送下一人 2026-0001"),
    "chase": (
        receive, lambda o, d, i: children.add_child(o, CHASE, i, {"chased": "李向东"}, TODAY), "记催办 2026-0001"),
    "correct a handover": (
        sent, lambda o, d, i: children.correct_child(o, CIRCULATION, i, {"reader": "何文斌"}, TODAY),
        "改传阅 2026-0001"),
    "void a handover": (
        sent, lambda o, d, i: children.void_child(o, CIRCULATION, i, "点错", TODAY), "删传阅 2026-0001"),
    "reserve": (receive, lambda o, d, _: numbers.reserve(o, RECEIPT, "收文", 4, WORDS, TODAY), "预留 防汛会议"),
    "release": (lambda o, d: int(bool(numbers.reserve(o, RECEIPT, "收文", 1, WORDS, TODAY))),
                lambda o, d, i: numbers.release(o, i, TODAY, "取消"), "释放预留 防汛会议"),
    "use a kept number": (
        lambda o, d: [numbers.reserve(o, RECEIPT, "收文", 1, WORDS, TODAY), receive(o, d)][1],
        lambda o, d, _: receive(o, d, number="1"), "登记 2026-0001"),
}  # fmt: skip


@pytest.mark.parametrize("kind", DEEDS)
def test_every_deed_goes_back_and_forth(kind: str, office: Office, draft):
    prepare, do, words = DEEDS[kind]
    made = prepare(office, draft)
    before, ledger_before = content(office), ledger(office)
    entries = office.db.execute("SELECT count(*) FROM change_log").fetchone()[0]
    do(office, draft, made)
    after, ledger_after = content(office), ledger(office)
    assert before != after
    deed = undoing.to_undo(office)
    assert deed.words == words
    for _ in range(3):
        assert undoing.undo(office, TODAY).words == words
        assert content(office) == before
        assert ledger(office) == ledger_before
        assert undoing.to_redo(office).words == words
        assert undoing.redo(office, TODAY).words == words
        assert content(office) == after
        assert ledger(office) == ledger_after
        assert undoing.to_redo(office) is None
    grown = office.db.execute("SELECT count(*) FROM change_log").fetchone()[0]
    assert grown >= entries + 7, "every turn stands in the log"
    report = checking.verify(office)
    assert report.findings == ()


def test_what_was_undone_is_told_in_the_history(office: Office, draft):
    row_id = receive(office, draft)
    records.correct(office, RECEIPT, row_id, {"copy_count": "5"}, TODAY)
    undoing.undo(office, TODAY)
    undoing.redo(office, TODAY)
    undone, redone = records.history(office, RECEIPT, row_id)[-2:]
    assert (undone.verb, undone.why, undone.clerk) == ("撤销", "修改 2026-0001", "王春燕")
    assert [(c.label, c.old, c.new) for c in undone.fields] == [("份数", "5", "2")]
    assert redone.verb == "重做"


def test_many_are_undone_one_after_the_other_and_no_more_than_the_limit(office: Office, draft):
    row_id = receive(office, draft)
    for count in range(2, LIMIT + 12):
        records.correct(office, RECEIPT, row_id, {"copy_count": str(count + 1)}, TODAY)
    for _ in range(LIMIT):
        undoing.undo(office, TODAY)
    assert records.get(office, RECEIPT, row_id)["copy_count"] == 12
    with pytest.raises(OfficeError, match="没有可以撤销的操作"):
        undoing.undo(office, TODAY)
    for _ in range(LIMIT):
        undoing.redo(office, TODAY)
    with pytest.raises(OfficeError, match="没有可以重做的操作"):
        undoing.redo(office, TODAY)
    assert records.get(office, RECEIPT, row_id)["copy_count"] == LIMIT + 12


def test_another_deed_ends_redoing_and_a_setting_does_not(office: Office, draft):
    receive(office, draft)
    undoing.undo(office, TODAY)
    settings.set_setting(office, "print.row_mm", "10")
    assert undoing.to_redo(office) is not None
    numbers.set_series(office, "series.dispatch.云纪.reset", "never", TODAY)
    assert undoing.to_redo(office) is None, "a series might have taken what is to be redone"
    assert undoing.to_undo(office) is None, "and has ways of its own"


def test_what_was_refused_or_changed_nothing_is_no_deed(office: Office, draft):
    row_id = receive(office, draft)
    with pytest.raises(OfficeError, match="请填写"):
        records.correct(office, RECEIPT, row_id, {"title": ""}, TODAY)
    with pytest.raises(OfficeError, match="请写明作废原因"):
        records.void(office, RECEIPT, row_id, "", TODAY)
    records.correct(office, RECEIPT, row_id, draft("receipt"), TODAY)
    assert undoing.to_undo(office).words == "登记 2026-0001"


def test_whoever_sits_down_undoes_nothing_of_others(office: Office, draft):
    receive(office, draft)
    receive(office, draft)
    undoing.undo(office, TODAY)
    sit_down(office, "李向东")
    assert (office.clerk, undoing.to_undo(office), undoing.to_redo(office)) == ("李向东", None, None)
    receive(office, draft)
    close_office(office)
    assert undoing.to_undo(office) is None


def test_nothing_is_undone_in_a_file_that_is_read_only(office: Office, draft):
    receive(office, draft)
    office.is_readonly = True
    with pytest.raises(OfficeError, match="只读"):
        undoing.undo(office, TODAY)
    assert undoing.to_undo(office) is not None


def test_a_worker_shares_the_sitting(office: Office, draft):
    """What is imported on another thread ends redoing here."""
    receive(office, draft)
    undoing.undo(office, TODAY)
    with twin(office) as other:
        records.register_document(other, RECEIPT, draft("receipt"), TODAY)
    assert undoing.to_redo(office) is None
    assert undoing.undo(office, TODAY).words == "登记 2026-0001"


class TestNumbers:
    def test_a_number_taken_back_is_given_next(self, office: Office, draft):
        kept, wrong = receive(office, draft), receive(office, draft, title="关于误登的通知")
        undoing.undo(office, TODAY)
        row = records.get(office, RECEIPT, wrong)
        assert (row["entry"], row["sequence"], row["void_reason"]) == ("revoked", None, "撤销")
        assert list(browsing.row_ids(office, RECEIPT, View(), TODAY)) == [kept]
        assert search.find(office, RECEIPT, "误登", 9) == []
        assert ledger(office) == [(1, "used")]
        again = receive(office, draft)
        assert records.get(office, RECEIPT, again)["number"] == "2026-0002"
        assert ledger(office) == [(1, "used"), (2, "used")]
        assert records.by_number(office, RECEIPT, "2026-2")["id"] == again
        assert records.completions(office, RECEIPT, "sender", "青山") == ["青山县应急管理局"]

    def test_what_was_undone_is_proposed_no_more(self, office: Office, draft):
        receive(office, draft, sender="青山县应急管里局")
        undoing.undo(office, TODAY)
        assert records.completions(office, RECEIPT, "sender", "青山") == []
        assert records.last_row(office, RECEIPT) is None

    def test_a_number_that_others_follow_stays(self, office: Office, draft, tmp_path: Path):
        first = receive(office, draft)
        path = importing.book(tmp_path / "旧.xlsx", 收文=importing.receipts(["2026-0002"], 2026))
        batch = importing.take_in(office, RECEIPT, path)
        before = content(office)
        with pytest.raises(OfficeError, match=r"2026-0001 后面已经编了号.*请用作废"):
            undoing.undo(office, TODAY)
        assert content(office) == before
        assert undoing.to_undo(office) is not None
        sheets.revoke_batch(office, RECEIPT, batch.id, "导错了", TODAY)
        undoing.undo(office, TODAY)
        assert records.get(office, RECEIPT, first)["entry"] == "revoked"
        assert checking.verify(office).findings == ()

    def test_a_number_on_a_printed_page_stays(self, office: Office, draft):
        row_id = receive(office, draft)
        records.correct(office, RECEIPT, row_id, {"copy_count": "9"}, TODAY)
        with change(office) as pen:
            store_settings.write(pen, "receipt.printed", json.dumps({"2026": "1"}))
        undoing.undo(office, TODAY)
        with pytest.raises(OfficeError, match=r"2026-0001 已经打印.*请用作废"):
            undoing.undo(office, TODAY)
        receive(office, draft)
        undoing.undo(office, TODAY)  # that one came after the print

    def test_a_number_on_a_form_stays(self, office: Office, draft):
        row_id = draft_of_ours(office)
        request = forms.FormRequest("draft_sheet", row_id)
        forms.note_on_paper(office, request)
        sign(office, row_id)
        undoing.undo(office, TODAY)  # the sheet bore no number yet
        undoing.redo(office, TODAY)
        forms.note_on_paper(office, request)
        with pytest.raises(OfficeError, match="云政发〔2026〕1号 已经打印"):
            undoing.undo(office, TODAY)

    def test_a_signing_goes_back_by_the_same_rule(self, office: Office, draft):
        one, other = draft_of_ours(office), draft_of_ours(office)
        sign(office, one)
        sign(office, other)
        undoing.undo(office, TODAY)
        row = records.get(office, DISPATCH, other)
        assert (row["number"], row["sequence"], row["period"], row["signed_on"]) == (None, None, None, None)
        assert ledger(office, DISPATCH, "云政发") == [(1, "used")]
        with change(office) as pen:
            store_settings.write(pen, "dispatch.printed", json.dumps({"2026": "1"}))
        with pytest.raises(OfficeError, match="云政发〔2026〕1号 已经打印"):
            undoing.undo(office, TODAY)

    def test_a_gap_filled_by_hand_is_not_opened_again(self, office: Office, draft):
        numbers.reserve(office, RECEIPT, "收文", 2, WORDS, TODAY)
        for kept in numbers.reservations(office, RECEIPT, numbers.all_series(office, RECEIPT)[0], 2026)[:1]:
            numbers.release(office, kept.id, TODAY, "")
        receive(office, draft, number="1")
        with pytest.raises(OfficeError, match="2026-0001 后面已经编了号"):
            undoing.undo(office, TODAY)

    def test_a_kept_number_others_follow_is_kept_on(self, office: Office, draft, tmp_path: Path):
        numbers.reserve(office, RECEIPT, "收文", 2, WORDS, TODAY)
        path = importing.book(tmp_path / "旧.xlsx", 收文=importing.receipts(["2026-0003"], 2026))
        importing.take_in(office, RECEIPT, path)
        with pytest.raises(OfficeError, match=r"收文 \d 号后面已经编了号，不能撤销预留"):
            undoing.undo(office, TODAY)

    def test_a_release_is_not_taken_back_when_the_number_is_used(self, office: Office, draft, tmp_path: Path):
        numbers.reserve(office, RECEIPT, "收文", 1, WORDS, TODAY)
        numbers.release(office, 1, TODAY, "")
        path = importing.book(tmp_path / "旧.xlsx", 收文=importing.receipts(["2026-0001"], 2026))
        importing.take_in(office, RECEIPT, path)
        with pytest.raises(OfficeError, match="收文 1 号 已经用在别的文件上"):
            undoing.undo(office, TODAY)
        assert ledger(office) == [(1, "used")]


class TestChangedSince:
    """What other ways changed in between is not overwritten."""

    def test_a_row_that_an_import_took_out(self, office: Office, draft, tmp_path: Path):
        path = importing.book(tmp_path / "旧.xlsx", 收文=importing.receipts(["2026-0001"], 2026))
        batch = importing.take_in(office, RECEIPT, path)
        records.correct(office, RECEIPT, 1, {"copy_count": "9"}, TODAY)
        sheets.revoke_batch(office, RECEIPT, batch.id, "导错了", TODAY)
        with pytest.raises(OfficeError, match="“修改 2026-0001”之后又改过，不能撤销"):
            undoing.undo(office, TODAY)

    @pytest.mark.parametrize("kind", ["register", "correct", "void", "chase", "send", "reserve"])
    def test_another_tools_hand(self, kind: str, office: Office, draft):
        prepare, do, _ = DEEDS[kind]
        do(office, draft, prepare(office, draft))
        deed = office.deeds.done[-1]
        register = {"chase": "chase", "send": "circulation", "reserve": "reservation"}.get(kind, "receipt")
        column = {"chase": "answer", "send": "reader", "reserve": "name", "void": "void_reason"}.get(kind, "copy_count")
        office.db.execute(f"UPDATE {register} SET {column} = 7")
        before = content(office)
        with pytest.raises(OfficeError, match="之后又改过，不能撤销"):
            undoing.undo(office, TODAY)
        assert content(office) == before
        assert office.deeds.done[-1] is deed

    def test_a_copy_that_another_tool_handed_on(self, office: Office, draft):
        handover = sent(office, draft)
        circulation.take_back(office, handover, "", NOW)
        office.db.execute(
            "INSERT INTO circulation (parent_id, purpose, reader, copy_no, sent_at, entered_at, entered_by) "
            "VALUES (1, '传阅', '别人', 1, '2026-11-20', '2026-11-20', '别人')"
        )
        with pytest.raises(OfficeError, match="之后又改过，不能撤销"):
            undoing.undo(office, TODAY)

    def test_a_number_that_another_tool_took(self, office: Office, draft):
        receive(office, draft)
        undoing.undo(office, TODAY)
        office.db.execute(
            "INSERT INTO receipt (number, series, year, period, sequence, entry, entered_at, entered_by, search_text,"
            " initials) VALUES ('2026-0001', '收文', 2026, 2026, 1, 'live', '2026-11-20', '别人', '', '')"
        )
        with pytest.raises(OfficeError, match="撤销之后又有改动，不能重做"):
            undoing.redo(office, TODAY)


def test_a_deed_on_several_rows_is_undone_whole(office: Office, draft):
    """The leader's words leave the paper with the handover they came with."""
    handover = sent(office, draft)
    circulation.pass_on(office, handover, "请应急办办理", {"reader": "何文斌", "purpose": INSTRUCTION}, NOW)
    paper = records.get(office, RECEIPT, 1)
    assert paper["leader_instruction"] == "请应急办办理（孙志强 11-20）"
    assert paper["holder"] == "何文斌"
    undoing.undo(office, TODAY)
    paper = records.get(office, RECEIPT, 1)
    assert (paper["leader_instruction"], paper["holder"]) == (None, "孙志强")


def test_a_distribution_goes_back(office: Office, draft):
    row = draft_of_ours(office)
    sign(office, row)
    children.add_child(office, DISTRIBUTION, row, {"unit": "石桥村"}, TODAY)
    assert undoing.undo(office, TODAY).words == "记分发 云政发〔2026〕1号"
    assert children.children(office, DISTRIBUTION, row) == []


def test_on_the_next_day_too(office: Office, draft):
    row_id = receive(office, draft)
    undoing.undo(office, TODAY + timedelta(1))
    assert records.get(office, RECEIPT, row_id)["voided_on"] == TODAY + timedelta(1)
