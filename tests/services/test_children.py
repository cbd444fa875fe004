# SPDX-License-Identifier: MulanPSL-2.0
"""What belongs to a paper is added, corrected, voided; what cannot be is refused in words and changes nothing."""

from __future__ import annotations

import re
import sqlite3
from datetime import date, datetime

import pytest

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Child
from township_office.core.values import show
from township_office.registers import BY_NAME, CHILDREN
from township_office.registers.chase import CHASE
from township_office.registers.circulation import CIRCULATION
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.receipt import RECEIPT
from township_office.services import checking, children, circulation, records
from township_office.services.office import Office
from township_office.store import changelog
from township_office.store import children as store

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 15)
TYPED = {
    "circulation": {"purpose": "批示", "reader": "孙志强", "copy_no": "1", "sent_at": "2026-11-20 9:15",
                    "returned_at": "11-21 16:00", "opinion": "第一行\n第二行"},
    "chase": {"chased_at": "2026-11-20 9:15", "chased": "李向东", "answer": "周五前办结"},
    "distribution": {"unit": "石桥村民委员会", "copy_count": "3", "copy_serials": "000001-3", "sent_at": "11-20",
                     "receiver": "陈海", "received_at": "2026-11-21 8:00", "remarks": "自取"},
    "appraisal_line": {"item_id": "7", "title": "关于防汛工作的通知", "decision": "销毁", "extended_to": "30年",
                       "remarks": "已有电子件"},
    "duty_call": {"called_at": "2026-11-20 9:15", "way": "来访", "unit": "石桥村", "caller": "陈海", "phone": "110",
                  "title": "反映道路积水", "proposed": "请村建办查看", "result": "已派人", "handler": "李向东"},
    "duty_report": {"kind": "续报", "way": "书面", "sent_at": "2026-11-20 9:30", "unit": "县应急局",
                    "receiver": "周立新", "reporter": "李向东", "title": "雨势减小"},
}  # fmt: skip
EVERY = pytest.mark.parametrize("child", CHILDREN, ids=lambda child: child.name)


@pytest.fixture
def parent(office: Office, draft):
    def make(child: Child) -> int:
        return int(records.register_document(office, BY_NAME[child.parent], draft(child.parent), TODAY)["id"])

    return make


def add(office: Office, child: Child, parent_id: int, **more: str):
    return children.add_child(office, child, parent_id, TYPED[child.name] | more, TODAY)


@EVERY
def test_every_field_is_kept_and_logged(child: Child, office: Office, parent):
    parent_id = parent(child)
    row = add(office, child, parent_id)
    assert row["parent_id"] == parent_id
    assert row["entered_by"] == "王春燕"
    assert {field.name for field in child.fields if row[field.name] is None} == set()
    assert children.children(office, child, parent_id) == [row]
    (entry,) = changelog.of_row(office.db, child.name, int(str(row["id"])))
    assert entry["verb"] == "add"
    assert entry["after"].keys() >= {field.name for field in child.fields}
    assert checking.verify(office).findings == ()


@EVERY
def test_only_what_is_required_is_needed(child: Child, office: Office, parent):
    needed = {field.name for field in child.fields if field.required and not field.default}
    draft = {name: TYPED[child.name][name] for name in needed}
    parent_id = parent(child)
    row = children.add_child(office, child, parent_id, draft, TODAY)
    for field in child.fields:
        is_filled = row[field.name] is not None
        assert is_filled == (field.name in needed or bool(field.default)), field.name
    for name in needed:
        with pytest.raises(Invalid, match=f"请填写{child.field(name).label}"):
            children.add_child(office, child, parent_id, draft | {name: " "}, TODAY)


def test_a_reminder_is_of_now_unless_said_otherwise(office: Office, parent):
    row = children.add_child(office, CHASE, parent(CHASE), {"chased": "李向东"}, TODAY)
    assert re.fullmatch(r"2026-11-20 \d\d:\d\d", str(row["chased_at"]))


@EVERY
def test_each_field_is_corrected_with_its_reason(child: Child, office: Office, parent):
    row = add(office, child, parent(child))
    for field in child.fields:
        if field.required:
            with pytest.raises(Invalid, match=f"请填写{field.label}"):
                children.correct_child(office, child, row["id"], {field.name: ""}, TODAY)
        elif field.name != "sent_at":
            cleared = children.correct_child(office, child, row["id"], {field.name: ""}, TODAY, "填错")
            assert cleared == row | {field.name: None}
            entry = changelog.of_row(office.db, child.name, int(str(row["id"])))[-1]
            assert (entry["verb"], entry["why"]) == ("change", "填错")
            again = {field.name: show(field, row[field.name])}
            assert children.correct_child(office, child, row["id"], again, TODAY) == row
    assert checking.verify(office).findings == ()


@EVERY
def test_a_wrong_correction_names_every_problem(child: Child, office: Office, parent):
    row = add(office, child, parent(child))
    wrong = {
        "sent_at": "昨年",
        "copy_no": "许多",
        "copy_count": "许多",
        "chased_at": "昨年",
        "chased": "绝密★1年",
        "item_id": "许多",
        "decision": "搁置",
        "called_at": "昨年",
    }
    draft = {name: text for name, text in wrong.items() if name in TYPED[child.name]}
    with pytest.raises(Invalid) as refused:
        children.correct_child(office, child, row["id"], draft, TODAY)
    assert {problem.field for problem in refused.value.problems} == draft.keys()
    with pytest.raises(OfficeError, match="500字以内"):
        children.correct_child(office, child, row["id"], {}, TODAY, "长" * 501)
    assert children.children(office, child, int(str(row["parent_id"]))) == [row]


def test_nothing_is_back_or_signed_for_before_it_went(office: Office, parent):
    for child, back in ((CIRCULATION, "returned_at"), (DISTRIBUTION, "received_at")):
        row = add(office, child, parent(child))
        for work in (
            lambda child=child, back=back: add(office, child, parent(child), **{back: "2026-11-19"}),
            lambda child=child, back=back, row=row: children.correct_child(
                office, child, row["id"], {back: "11-19 8:00"}, TODAY
            ),
        ):
            with pytest.raises(Invalid, match="早于送出时间"):
                work()
    row = add(office, CIRCULATION, parent(CIRCULATION))
    with pytest.raises(Invalid, match="还没有送出，不能收回"):
        children.correct_child(office, CIRCULATION, row["id"], {"sent_at": ""}, TODAY)


@EVERY
def test_a_void_row_is_out_of_sight_and_can_be_touched_no_more(child: Child, office: Office, parent):
    row = add(office, child, parent(child))
    for why, said in (
        ("", "请写明作废原因"),
        ("　", "请写明作废原因"),
        ("长" * 501, "500字以内"),
        ("秘密★", "国家秘密"),
    ):
        with pytest.raises(OfficeError, match=said):
            children.void_child(office, child, row["id"], why, TODAY)
    children.void_child(office, child, row["id"], " 点错 ", TODAY)
    assert children.children(office, child, int(str(row["parent_id"]))) == []
    kept = store.get(office.db, child, int(str(row["id"])))
    assert (kept["voided_on"], kept["voided_by"], kept["void_reason"]) == (TODAY, "王春燕", "点错")
    for row_id in (row["id"], 99):
        for work in (
            lambda row_id=row_id: children.void_child(office, child, row_id, "再来", TODAY),
            lambda row_id=row_id: children.correct_child(office, child, row_id, {}, TODAY),
        ):
            with pytest.raises(OfficeError, match=f"这条{child.title}记录已经作废或不存在"):
                work()
    assert checking.verify(office).findings == ()


@EVERY
def test_a_void_paper_takes_no_more(child: Child, office: Office, parent):
    parent_id = parent(child)
    row = add(office, child, parent_id)
    records.void(office, BY_NAME[child.parent], parent_id, "重复登记", TODAY)
    for work in (
        lambda: add(office, child, parent_id),
        lambda: children.correct_child(office, child, row["id"], {}, TODAY),
    ):
        with pytest.raises(OfficeError, match="已作废"):
            work()
    with pytest.raises(OfficeError, match="没有找到"):
        add(office, child, 99)
    children.void_child(office, child, row["id"], "点错", TODAY)  # what is wrong may still go


@EVERY
def test_a_state_secret_mark_is_refused_in_every_text(child: Child, office: Office, parent):
    parent_id = parent(child)
    row_id = int(str(add(office, child, parent_id)["id"]))
    for field in child.fields:
        with pytest.raises(Invalid) as caught:
            children.correct_child(office, child, row_id, {field.name: "机密★3年"}, TODAY, "补记")
        assert [problem.field for problem in caught.value.problems] == [field.name]
        with pytest.raises(Invalid):
            add(office, child, parent_id, **{field.name: "机密★3年"})
    with pytest.raises(OfficeError, match="国家秘密标志"):
        children.void_child(office, child, row_id, "机密★3年", TODAY)


def test_a_full_disk_is_told_as_such(office: Office, parent, monkeypatch):
    def full(*_args):
        fault = sqlite3.OperationalError("database or disk is full")
        fault.sqlite_errorname = "SQLITE_FULL"
        raise fault

    paper = parent(CIRCULATION)
    monkeypatch.setattr(store, "add", full)
    with pytest.raises(OfficeError) as caught:
        add(office, CIRCULATION, paper)
    assert caught.value.key == "error.disk_full"


def test_no_correction_gives_a_copy_to_two(office: Office, parent):
    """The file itself refuses it; whoever asks is told in words."""
    paper = parent(CIRCULATION)
    first = circulation.send(office, paper, {"reader": "孙志强"}, NOW)
    circulation.take_back(office, first["id"], "", NOW)
    second = circulation.send(office, paper, {"reader": "何文斌", "copy_no": "2"}, NOW)
    third = circulation.send(office, paper, {"reader": "刘敏"}, NOW)
    for work in (
        lambda: children.correct_child(office, CIRCULATION, first["id"], {"returned_at": ""}, TODAY),
        lambda: children.correct_child(office, CIRCULATION, second["id"], {"copy_no": "1"}, TODAY),
        lambda: add(office, CIRCULATION, paper, returned_at=""),
    ):
        with pytest.raises(OfficeError, match="同一份文件不能在两个人手里"):
            work()
    assert records.get(office, RECEIPT, paper)["holder"] == "刘敏、何文斌"
    children.void_child(office, CIRCULATION, third["id"], "点错", TODAY)
    children.correct_child(office, CIRCULATION, first["id"], {"returned_at": ""}, TODAY)
    assert records.get(office, RECEIPT, paper)["holder"] == "孙志强、何文斌"


def test_nothing_is_written_in_a_file_that_is_read_only(office: Office, parent):
    row = add(office, CHASE, parent(CHASE))
    office.is_readonly = True
    for work in (
        lambda: add(office, CHASE, 1),
        lambda: children.correct_child(office, CHASE, row["id"], {"answer": "办"}, TODAY),
        lambda: children.void_child(office, CHASE, row["id"], "错", TODAY),
    ):
        with pytest.raises(OfficeError, match="只读"):
            work()


def test_no_line_sends_a_copy_that_is_not_there_or_a_paper_that_is_filed(office: Office, parent):
    paper = parent(CIRCULATION)
    row = circulation.send(office, paper, {"reader": "孙志强"}, NOW)
    with pytest.raises(OfficeError, match="份"):
        children.correct_child(office, CIRCULATION, row["id"], {"copy_no": "9999"}, TODAY, "记错")
    circulation.take_back(office, row["id"], "", NOW)
    records.correct(office, RECEIPT, paper, {"completed_on": "今天", "filed_on": "今天"}, TODAY)
    for work in (
        lambda: children.correct_child(office, CIRCULATION, row["id"], {"returned_at": ""}, TODAY, "记错"),
        lambda: children.add_child(office, CIRCULATION, paper, {"reader": "刘敏", "sent_at": "今天"}, TODAY),
    ):
        with pytest.raises(OfficeError) as caught:
            work()
        assert caught.value.key == "error.not_to_circulate"
    children.correct_child(office, CIRCULATION, row["id"], {"opinion": "已阅"}, TODAY, "补记")
    assert records.get(office, RECEIPT, paper)["holder"] is None
