# SPDX-License-Identifier: MulanPSL-2.0
"""What the clerk does with a register, and what the register remembers of it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.core.errors import Invalid, OfficeError
from township_office.core.fields import Kind, Register
from township_office.core.values import show
from township_office.registers import DOCUMENTS
from township_office.registers.archive.care import CARE, SWINGS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, checking, children, records
from township_office.services.office import Office, change, close_office
from township_office.store import batches
from township_office.store import records as store

TODAY = date(2026, 11, 20)

BOOKS = (*DOCUMENTS, *CARE)  # what a clerk types straight in
SAMPLES = {
    Kind.TEXT: "旧卷 7", Kind.LONG_TEXT: "第一行\n第二行 𠮷", Kind.NAME: "青山县民政局",
    Kind.DOC_NUMBER: "青民[2026]第7号", Kind.MOMENT: "2026-11-20 09:15",
    Kind.DATE: "2026-11-20", Kind.INTEGER: "12", Kind.YES_NO: "是",
}  # fmt: skip


def typed(register: Register) -> dict[str, str]:
    said = {field.name: field.choices[0] if field.choices else SAMPLES[field.kind] for field in register.fields}
    return said | dict.fromkeys(SWINGS.keys() & said.keys(), "20.5")


@pytest.mark.parametrize("register", BOOKS, ids=lambda register: register.name)
def test_every_field_is_kept_shown_and_remembered(register: Register, office: Office):
    draft = typed(register)
    row = records.register_document(office, register, draft, TODAY)
    assert records.get(office, register, row["id"]) == row
    for field in register.fields:
        assert row[field.name] is not None
        wanted = "青民〔2026〕7号" if field.kind is Kind.DOC_NUMBER else draft[field.name]
        assert show(field, row[field.name]) == wanted
    (entry,) = records.history(office, register, row["id"])
    assert (entry.clerk, entry.verb, entry.why) == ("王春燕", "登记", "")
    assert datetime.fromisoformat(entry.at) <= datetime.now()
    assert {change.label: change.new for change in entry.fields} == {
        field.label: show(field, row[field.name]) for field in register.fields
    }
    assert {change.old for change in entry.fields} == {""}


@pytest.mark.parametrize("register", BOOKS, ids=lambda register: register.name)
def test_every_field_can_be_cleared_and_set_again(register: Register, office: Office):
    """Dates, yes/no and counts, too, replay exactly: verify finds nothing to say."""
    row = records.register_document(office, register, typed(register), TODAY)
    for field in register.fields:
        if field.required:
            with pytest.raises(Invalid, match=f"请填写{field.label}"):
                records.correct(office, register, row["id"], {field.name: " "}, TODAY, "更正")
            continue
        if field.name in (register.dated_by, "return_reason", "problem"):  # others depend on them
            with pytest.raises(Invalid):
                records.correct(office, register, row["id"], {field.name: " "}, TODAY, "更正")
            continue
        before = row[field.name]
        assert records.correct(office, register, row["id"], {field.name: ""}, TODAY, "更正")[field.name] is None
        again = records.correct(office, register, row["id"], {field.name: show(field, before)}, TODAY, "更正")
        assert again == row
        cleared, restored = records.history(office, register, row["id"])[-2:]
        assert [(c.label, c.old, c.new) for c in cleared.fields] == [(field.label, show(field, before), "")]
        assert [(c.label, c.old, c.new) for c in restored.fields] == [(field.label, "", show(field, before))]
    assert checking.verify(office).findings == ()


def test_a_correction_says_who_when_why_and_what(office: Office, draft):
    row = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    office.clerk = "李向东"
    records.correct(office, RECEIPT, row["id"], {"title": "关于防汛的通知", "copy_count": "3"}, TODAY, " 来文更正 ")
    entry = records.history(office, RECEIPT, row["id"])[-1]
    assert (entry.clerk, entry.verb, entry.why) == ("李向东", "修改", "来文更正")
    assert {(c.label, c.old, c.new) for c in entry.fields} == {
        ("文件标题", row["title"], "关于防汛的通知"),
        ("份数", "2", "3"),
    }


def test_nothing_changed_is_no_change(office: Office, draft):
    row = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    records.correct(office, RECEIPT, row["id"], draft("receipt"), TODAY)
    records.correct(office, RECEIPT, row["id"], {}, TODAY)
    assert len(records.history(office, RECEIPT, row["id"])) == 1


def test_a_wrong_correction_names_every_problem_and_changes_nothing(office: Office, draft):
    row = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    with pytest.raises(Invalid) as refused:
        records.correct(office, RECEIPT, row["id"], {"title": "", "copy_count": "许多", "due_on": "13.40"}, TODAY)
    assert [problem.field for problem in refused.value.problems] == ["title", "copy_count", "due_on"]
    with pytest.raises(Invalid, match="办结日期早于收文日期"):
        records.correct(office, RECEIPT, row["id"], {"completed_on": "2026-11-19"}, TODAY)
    with pytest.raises(Invalid, match="早于收文日期"):
        records.correct(office, RECEIPT, row["id"], {"received_on": "2026-11-25", "completed_on": "2026-11-22"}, TODAY)
    assert records.get(office, RECEIPT, row["id"]) == row


def test_a_correction_looks_at_what_the_row_holds_now(office: Office, draft):
    row = records.register_document(office, RECEIPT, draft("receipt", due_on="2026-12-01"), TODAY)
    moved = {"received_on": "2026-12-05"}
    with pytest.raises(Invalid, match="办理时限早于收文日期"):
        records.correct(office, RECEIPT, row["id"], moved, TODAY)
    assert records.correct(office, RECEIPT, row["id"], moved | {"due_on": ""}, TODAY)["due_on"] is None


def test_a_void_row_keeps_its_number_and_can_be_touched_no_more(office: Office, draft):
    row = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    for why, words in (
        ("", "请写明作废原因"),
        (" \u3000", "请写明作废原因"),
        ("长" * 501, "500字以内"),
        ("机密★10年", "国家秘密"),
    ):
        with pytest.raises(OfficeError, match=words):
            records.void(office, RECEIPT, row["id"], why, TODAY)
    void = records.void(office, RECEIPT, row["id"], " 重复\u200b登记 ", TODAY)
    assert void == row | {"voided_on": TODAY, "voided_by": "王春燕", "void_reason": "重复登记"}
    with pytest.raises(OfficeError, match="2026-0001 已作废"):
        records.void(office, RECEIPT, row["id"], "再来", TODAY)
    with pytest.raises(OfficeError, match="2026-0001 已作废"):
        records.correct(office, RECEIPT, row["id"], {"title": "改"}, TODAY)
    assert records.history(office, RECEIPT, row["id"])[-1].verb == "作废"
    assert records.register_document(office, RECEIPT, draft("receipt"), TODAY)["number"] == "2026-0002"


@pytest.mark.parametrize("call", [records.get, records.history])
def test_a_row_that_is_not_there(call, office: Office):
    if call is records.history:
        assert call(office, RECEIPT, 99) == []
    else:
        with pytest.raises(OfficeError, match="没有找到"):
            call(office, RECEIPT, 99)
    for work in (
        lambda: records.correct(office, RECEIPT, 99, {"title": "题"}, TODAY),
        lambda: records.void(office, RECEIPT, 99, "重复", TODAY),
    ):
        with pytest.raises(OfficeError, match="没有找到"):
            work()


class TestByNumber:
    SPELLINGS = (
        "2026-0001",
        "2026-1",
        "2026-001",
        "20260001",
        "2026年1号",
        "２０２６－０００１",
        " 2026-0001\u3000",
        "〔2026〕1号",
    )

    @pytest.mark.parametrize("spelling", SPELLINGS)
    def test_a_receipt_in_any_spelling(self, spelling: str, office: Office, draft):
        row = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        assert records.by_number(office, RECEIPT, spelling) == row

    @pytest.mark.parametrize(
        "spelling", ["云政发〔2026〕1号", "云政发[2026]1号", "云政发（2026）第01号", "云政发 2026 1号", "云政发2026-1"]
    )
    def test_a_dispatch_in_any_spelling(self, spelling: str, office: Office, draft):
        row = records.register_document(office, DISPATCH, draft("dispatch"), TODAY)
        assert row["number"] == "云政发〔2026〕1号"
        assert records.by_number(office, DISPATCH, spelling) == row

    @pytest.mark.parametrize(
        "text", ["", "2026-0002", "1", "无", "9" * 6000, "2026-" + "9" * 6000, "\ud800", "%", "x" * 10_000_000]
    )
    def test_what_is_no_number_of_ours_is_told(self, text: str, office: Office, draft):
        records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        with pytest.raises(OfficeError, match="没有找到"):
            records.by_number(office, RECEIPT, text)

    def test_a_number_that_two_bear_is_told(self, office: Office, draft):
        row = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        with change(office) as pen:
            store.add_many(pen, RECEIPT, [row | {"sequence": None, "entry": "imported"}], "import")
        with pytest.raises(OfficeError, match="有2件"):
            records.by_number(office, RECEIPT, "2026-1")


@pytest.fixture(scope="module")
def empty_office(new_office, tmp_path_factory: pytest.TempPathFactory):
    office = new_office(tmp_path_factory.mktemp("empty") / "a.office.db")
    yield office
    close_office(office)


@given(text=st.text(max_size=40))
@settings(max_examples=100, deadline=None, database=None)
def test_no_text_upsets_the_search_for_a_number(empty_office: Office, text: str):
    for register in DOCUMENTS:
        with pytest.raises(OfficeError):
            records.by_number(empty_office, register, text)


class TestLookalikes:
    def rows(self, office: Office, draft, **changed: str) -> list[object]:
        return [row["id"] for row in records.lookalikes(office, RECEIPT, draft("receipt", **changed), TODAY)]

    def test_the_same_number_or_nearly_the_same_title(self, office: Office, draft):
        first = records.register_document(office, RECEIPT, draft("receipt"), TODAY)["id"]
        assert self.rows(office, draft) == [first]
        assert self.rows(office, draft, doc_number="青应急[2026]第012号", title="别的题目在这里") == [first]
        assert self.rows(office, draft, doc_number="", title="关于开展森林草原防灭火隐患排查工作的通知") == [first]
        assert (
            self.rows(office, draft, doc_number="", title="关于开展森林草原防灭火隐患排查的通知", sender="别局") == []
        )
        assert self.rows(office, draft, doc_number="", title="关于报送半年总结的通知") == []
        assert self.rows(office, draft, doc_number="", title="") == []
        assert records.lookalikes(office, RECEIPT, {}, TODAY) == []

    def test_an_old_equal_title_is_found_behind_many_others(self, office: Office, draft):
        first = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
        with change(office) as pen:
            other = first | {"number": None, "sequence": None, "entry": "imported", "doc_number": None}
            many = [other | {"title": f"第{n}期信访工作简报"} for n in range(400)]
            store.add_many(pen, RECEIPT, many, "import")
        assert self.rows(office, draft, doc_number="") == [first["id"]]

    def test_void_rows_do_not_count_and_five_are_enough(self, office: Office, draft):
        ids = [records.register_document(office, RECEIPT, draft("receipt"), TODAY)["id"] for _ in range(8)]
        records.void(office, RECEIPT, ids[7], "重复", TODAY)
        found = self.rows(office, draft)
        assert len(found) == 5
        assert found == sorted(ids[2:7], reverse=True)

    @pytest.mark.parametrize("register", DOCUMENTS, ids=lambda register: register.name)
    def test_any_draft_may_be_compared(self, register: Register, office: Office, draft):
        records.register_document(office, register, draft(register.name), TODAY)
        for odd in ("\ud800\x00" * 50, "题" * 5000, "%_'\"", "\u202e"):
            records.lookalikes(office, register, draft(register.name, title=odd, doc_number=odd, sender=odd), TODAY)


class TestCompletions:
    @pytest.fixture
    def filled(self, office: Office, draft) -> Office:
        for sender in ("青山县民政局", "青山县财政局", "青山县民政局", "云水镇石桥村", "重庆市财政局", "IT中心"):
            records.register_document(office, RECEIPT, draft("receipt", sender=sender), TODAY)
        return office

    @pytest.mark.parametrize(
        ("typed", "offered"),
        [
            ("青山", ["青山县民政局", "青山县财政局"]), ("qsxm", ["青山县民政局"]), ("QSXM", ["青山县民政局"]),
            ("财政", ["重庆市财政局", "青山县财政局"]), ("cqs", ["重庆市财政局"]),
            ("czj", ["重庆市财政局", "青山县财政局"]),
            ("石桥", ["云水镇石桥村"]), ("it", ["IT中心"]), ("无此", []), ("青山县民政局", []),
            ("%", []), ("\ud800", []),
        ],
    )  # fmt: skip
    def test_by_text_or_initials(self, typed: str, offered: list[str], filled: Office):
        assert records.completions(filled, RECEIPT, "sender", typed) == offered

    def test_nothing_typed_offers_the_likely(self, filled: Office):
        offered = records.completions(filled, RECEIPT, "sender", "", 3)
        assert len(offered) == 3
        assert "青山县民政局" in offered
        assert len(records.completions(filled, RECEIPT, "sender", "")) == 5

    def test_only_names_are_completed(self, filled: Office):
        assert records.completions(filled, RECEIPT, "title", "关") == []
        with pytest.raises(KeyError):
            records.completions(filled, RECEIPT, "no_such_field", "关")


def test_the_row_before_is_the_one_typed_last(office: Office, draft):
    assert records.last_row(office, RECEIPT) is None
    first = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    late = records.register_document(office, RECEIPT, draft("receipt", received_on="2025-12-30"), TODAY)
    assert late["entry"] == "backdated"
    assert records.last_row(office, RECEIPT) == late
    records.void(office, RECEIPT, late["id"], "重复", TODAY)
    assert records.last_row(office, RECEIPT) == first


def test_imported_rows_may_be_corrected_leniently(office: Office, draft):
    first = records.register_document(office, RECEIPT, draft("receipt"), TODAY)
    old = first | {"number": "旧7", "sequence": None, "entry": "imported", "received_on": None, "year": None}
    with change(office) as pen:
        batch = batches.add(pen, batches.Batch(0, "receipt", "旧账.xlsx", datetime(2026, 11, 20), "王", 1, 0))
        ids = store.add_many(pen, RECEIPT, [old | {"batch_id": batch, "title": f"{n}"} for n in range(450)], "import")
    for row_id in (ids[0], ids[199], ids[200], ids[449]):
        (entry,) = records.history(office, RECEIPT, row_id)
        assert entry.verb == "导入"
        assert {c.label: c.new for c in entry.fields}["文件标题"] == str(ids.index(row_id))
    assert records.correct(office, RECEIPT, ids[7], {"sender": ""}, TODAY)["sender"] is None
    assert records.correct(office, RECEIPT, ids[7], {"received_on": "2019-03-04"}, TODAY)["year"] == 2019
    assert records.correct(office, RECEIPT, ids[7], {"due_on": "2018-03-04"}, TODAY)["due_on"] == date(2018, 3, 4)
    assert [c.verb for c in records.history(office, RECEIPT, ids[7])] == ["导入", "修改", "修改", "修改"]
    with change(office) as pen:
        batches.revoke(pen, RECEIPT, batch, "导错了", TODAY)
    assert records.history(office, RECEIPT, ids[7])[-1].verb == "撤销导入"
    with pytest.raises(OfficeError, match="旧7 已作废"):
        records.correct(office, RECEIPT, ids[7], {"title": "改"}, TODAY)
    assert browsing.years(office, RECEIPT) == [2026]
    assert checking.verify(office).findings == ()


def test_late_entries_are_marked(office: Office, draft):
    for days, entry in ((0, "live"), (3, "live"), (4, "backdated"), (-2, "live")):
        day = (TODAY - timedelta(days)).isoformat()
        assert records.register_document(office, RECEIPT, draft("receipt", received_on=day), TODAY)["entry"] == entry
    new_year = date(2027, 1, 2)
    row = records.register_document(office, RECEIPT, draft("receipt", received_on="2026-12-31"), new_year)
    assert (row["entry"], row["number"]) == ("backdated", "2026-0005"), "another year is always late"


@pytest.mark.parametrize("name", ["title", "sender", "remarks"])
def test_a_huge_paste_is_refused_and_nothing_is_spent(name: str, office: Office, draft):
    with pytest.raises(Invalid, match=re.compile("最多")):
        records.register_document(office, RECEIPT, draft("receipt", **{name: "长" * 10_000_000}), TODAY)
    for number in ("9" * 5000, "无", "-", "2025-7"):
        with pytest.raises(Invalid):
            records.register_document(office, RECEIPT, draft("receipt", number=number), TODAY)
    with pytest.raises(OfficeError, match="没有“x”这个编号系列"):
        records.register_document(office, RECEIPT, draft("receipt", series="x"), TODAY)
    assert records.register_document(office, RECEIPT, draft("receipt"), TODAY)["number"] == "2026-0001"


def test_a_fields_past_is_told_field_by_field(office: Office, draft):
    row_id = records.register_document(office, RECEIPT, draft("receipt"), TODAY)["id"]
    records.correct(office, RECEIPT, row_id, {"copy_count": "3", "remarks": "急"}, TODAY, "点错")
    office.clerk = "李向东"
    records.correct(office, RECEIPT, row_id, {"copy_count": ""}, TODAY)
    past = records.field_history(office, RECEIPT, row_id)
    assert past.keys() == {"copy_count", "remarks"}
    assert [(one.clerk, one.old, one.new, one.why) for one in past["copy_count"]] == [
        ("王春燕", "2", "3", "点错"),
        ("李向东", "3", "", "修改"),
    ]
    assert records.field_history(office, RECEIPT, 99) == {}


def test_the_whole_story_has_what_belongs_to_the_row(office: Office, draft):
    row_id = records.register_document(office, DISPATCH, draft("dispatch"), TODAY)["id"]
    other = records.register_document(office, DISPATCH, draft("dispatch"), TODAY)["id"]
    first = children.add_child(office, DISTRIBUTION, row_id, {"unit": "石桥村"}, TODAY)
    children.add_child(office, DISTRIBUTION, other, {"unit": "别村"}, TODAY)
    records.correct(office, DISPATCH, row_id, {"remarks": "急"}, TODAY)
    children.correct_child(office, DISTRIBUTION, first["id"], {"receiver": "陈海"}, TODAY, "补填")
    children.void_child(office, DISTRIBUTION, first["id"], "点错", TODAY)
    told = [(one.verb, one.part, one.whose, one.why) for one in records.whole_story(office, DISPATCH, row_id)]
    assert told == [
        ("登记", "", "", ""), ("记分发", "分发", "石桥村", ""), ("修改", "", "", ""),
        ("改分发", "分发", "石桥村", "补填"), ("删分发", "分发", "石桥村", "点错"),
    ]  # fmt: skip
