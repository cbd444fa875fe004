# SPDX-License-Identifier: MulanPSL-2.0
"""归档方案: of which year a paper is, how long it is kept, under whom, what is left out, in which order."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.archive.year import (
    TODAY,
    append,
    books,
    commit,
    decide,
    document,
    issue,
    lay,
    number,
    plan,
    proposed,
    receive,
)
from township_office.registers.receipt import RECEIPT
from township_office.services import records, settings
from township_office.services.archive import deciding, items, proposal
from township_office.services.office import Office, change
from township_office.store import records as store


def titles(office: Office, year: int) -> list[str]:
    return sorted(one.title for one in plan(office, year).items)


# ---- 年度 ----


def test_the_year_is_that_of_signing_whatever_the_paper_speaks_of(office: Office):
    """A plan for 2026 signed in 2025 is of 2025 (DA/T 22 5.2.2)."""
    issue(office, "关于印发2026年工作计划的通知", "2025-12-28")
    receive(office, "关于2024年预算执行的批复", "2025-02-01")
    receive(office, "关于报送2025年总结的通知", "2026-01-05", dated_on="2025-12-30")
    receive(office, "关于报送2026年总结的通知", "2026-01-05")
    assert titles(office, 2025) == sorted(
        ["关于印发2026年工作计划的通知", "关于2024年预算执行的批复", "关于报送2025年总结的通知"]
    )
    assert titles(office, 2026) == ["关于报送2026年总结的通知"]
    assert titles(office, 2024) == []


@pytest.mark.parametrize(
    ("own", "year"),
    [
        ({"dated_on": date(2019, 5, 1), "received_on": date(2026, 1, 4), "year": 2026}, 2019),
        ({"dated_on": date(2026, 1, 2), "received_on": date(2025, 12, 31), "year": 2025}, 2026),
        ({"received_on": date(2024, 5, 1), "year": 2024}, 2024),
        ({"year": 2023}, 2023),
        ({"doc_number": "青水〔2022〕8号"}, 2022),
    ],
    ids=["came years later", "dated ahead", "no date of its own", "an old ledger without days", "only its 文号 tells"],
)
def test_no_paper_is_lost_to_every_year(office: Office, own: dict[str, object], year: int):
    with change(office) as pen:
        store.add_many(pen, RECEIPT, [{"entry": "imported", "title": "关于防汛的通知"} | own], "import")
    found = [each for each in range(2018, 2028) if plan(office, each).items]
    assert found == [year]


def test_a_paper_without_any_day_says_so_until_it_has_one(office: Office):
    bare = {"entry": "imported", "title": "关于防汛的通知", "doc_number": "青水〔2025〕8号", "sender": "青山县水务局"}
    with change(office) as pen:
        (row_id,) = store.add_many(pen, RECEIPT, [bare], "import")
    key = f"receipt:{row_id}"
    one = proposed(office, key)
    assert (one.dated_on, one.remarks, one.reason) == (None, "日期不详", "没有日期，年度据编号，请核对")
    decide(office, key, retention_period="10年")
    assert (proposed(office, key).remarks, proposed(office, key).reason) == ("日期不详", "")
    decide(office, key, dated_on="2025-05-06")
    assert (proposed(office, key).remarks, proposed(office, key).reason) == ("", "")
    assert commit(office).items == 1


# ---- 办理完毕 ----


def test_what_is_not_done_with_waits_unless_it_is_wanted(office: Office):
    done = receive(office, "关于防汛的通知", handling="办件", completed_on="2025-06-01")
    undone = receive(office, "关于排查的通知", handling="办件")
    read = receive(office, "关于春耕的通知", handling="阅件")
    found = plan(office)
    assert sorted(one.key for one in found.items) == [done, read]
    assert [(one.key, one.item_no) for one in found.unfinished] == [(undone, 0)]
    assert not found.with_unfinished
    whole = proposal.propose_year(office, 2025, with_unfinished=True)
    assert sorted(one.key for one in whole.items) == [done, undone, read]
    assert whole.unfinished == ()


def test_an_office_that_never_notes_it_has_all_of_it_filed(office: Office):
    papers = [receive(office, "关于排查的通知", handling="办件"), issue(office, "关于成立防汛指挥部的通知")]
    assert plan(office).with_unfinished
    assert sorted(one.key for one in plan(office).items) == sorted(papers)
    assert proposal.propose_year(office, 2025, with_unfinished=False).items == ()
    receive(office, "前一年的通知", "2024-05-06", handling="办件", completed_on="2024-06-01")
    assert plan(office).with_unfinished, "that of another year tells nothing of this one"
    issue(office, "关于清明防火的通知", dispatched_on="2025-06-02")
    assert not plan(office).with_unfinished
    assert len(plan(office).unfinished) == 2


def test_an_item_waits_for_what_lies_in_it(office: Office):
    letter = issue(office, "关于支持水库除险加固的复函", dispatched_on="2025-06-02")
    asked = receive(office, "关于商请支持水库除险加固的函", due_on="2025-06-01")
    deciding.join(office, letter, [asked])
    assert [one.key for one in plan(office).unfinished] == [letter]


def test_a_hand_may_say_another_year_and_take_it_back(office: Office):
    """Business over several years is of the year it was completed."""
    key = receive(office, "关于征地补偿的批复", "2024-11-01")
    other = receive(office, "征地协议", "2024-11-02")
    deciding.join(office, key, [other])
    decide(office, key, archive_year="2025")
    assert plan(office, 2024).items == ()
    assert proposed(office, key).members == (other,), "what lies in it comes along"
    decide(office, key, archive_year="")
    assert proposed(office, key, 2024).members == (other,)


def test_a_date_that_is_corrected_moves_the_paper_and_what_was_decided_of_it(office: Office):
    key = receive(office, "关于防汛的通知", "2025-01-06", dated_on="2024-01-05")
    decide(office, key, retention_period="永久", page_count="4")
    records.correct(office, RECEIPT, 1, {"dated_on": "2025-01-05"}, TODAY, "看错了年份")
    assert plan(office, 2024).items == ()
    found = proposed(office, key)
    assert (found.retention, found.page_count, found.by_hand) == (
        "永久", 4, {"retention_period", "page_count", "is_kept"},
    )  # fmt: skip


# ---- what is in it ----


def test_drafts_void_returned_and_filed_papers_are_not_in_it(office: Office):
    kept = receive(office, "关于防汛的通知")
    issue(office, "还没有签发的通知", "")
    receive(office, "初审退回的请示", returned_on="2025-05-07", return_reason="不归我办")
    receive(office, "早已归档的通知", filed_on="2025-06-01", volume_number="旧卷1")
    records.void(office, RECEIPT, int(receive(office, "重复登记的").partition(":")[2]), "重复", TODAY)
    assert [one.key for one in plan(office).items] == [kept]
    assert plan(office).left_out == ()


def test_whole_table_of_a_paper_that_came_in(fonds: Office):
    key = receive(
        fonds, "关于下达2025年度预算的通知", doc_number="青水〔2025〕8号", attachment_count="2", secrecy_level="内部",
        handling="办件", completed_on="2025-05-09",
    )  # fmt: skip
    one = proposed(fonds, key)
    assert (one.number, one.doc_number, one.responsible_body) == ("2025-0001", "青水〔2025〕8号", "青山县水务局")
    assert (one.dated_on, one.year, one.category, one.org) == (date(2025, 5, 6), 2025, "WS", "BGS")
    assert (one.components, one.secrecy_level, one.page_count) == ("文件处理单、正文、附件2件", "内部", None)
    assert one.reference_code == f"Z109-WS·2025-{ {'永久': 'Y', '30年': 'D30', '10年': 'D10'}[one.retention] }-BGS-0001"
    assert one.matter
    assert one.source


def test_a_document_of_ours_has_its_draft_behind_it_and_its_body(office: Office):
    key = issue(office, "关于成立防汛指挥部的通知", series="党委文件")
    one = proposed(office, key)
    assert one.responsible_body == "中共青山县云水镇委员会"
    assert one.doc_number == one.number == "云委发〔2025〕1号"
    assert one.components == "正文、发文稿纸及定稿"
    settings.set_setting(office, "archive.bodies", "云委发=云水镇党委")
    assert proposed(office, key).responsible_body == "云水镇党委"


def test_what_was_not_done_or_marked_is_said(office: Office):
    undone = receive(office, "关于排查的通知", handling="办件")
    marked = receive(office, "关于订阅报刊的通知", is_for_archive="否")
    assert proposed(office, undone).is_open
    decide(office, undone, retention_period="10年")
    assert proposed(office, undone).is_open, "that its period was judged does not finish it"
    assert proposed(office, receive(office, "关于报送名册的通知", due_on="2025-12-01")).is_open
    assert (proposed(office, marked).retention, proposed(office, marked).reason) == ("不归档", "登记时已注明不归档")
    decide(office, marked, retention_period="10年")
    assert proposed(office, marked).is_filed
    decide(office, marked, retention_period="")
    assert not proposed(office, marked).is_filed


# ---- 重份 ----


def test_a_second_copy_is_left_out_and_names_the_first(office: Office):
    words = {"doc_number": "青水〔2025〕8号"}
    first, second = (receive(office, "关于防汛的通知", **words) for _ in range(2))
    other = receive(office, "关于防汛的补充通知", **words)
    bare = [receive(office, "没有文号的通知") for _ in range(2)]
    assert {one.key for one in plan(office).items} == {first, other, *bare}
    assert (proposed(office, second).retention, proposed(office, second).reason) == ("不归档", "与 2025-0001 重份")


def test_one_copy_is_always_filed(office: Office):
    first, second = (receive(office, "关于防汛的通知", doc_number="青水〔2025〕8号") for _ in range(2))
    decide(office, first, retention_period="不归档")
    assert [one.key for one in plan(office).items] == [second]
    decide(office, first, retention_period="")
    assert [one.key for one in plan(office).items] == [first]


def test_a_copy_that_came_after_the_filing_is_a_second_one_too(fonds: Office):
    receive(fonds, "关于防汛的通知", doc_number="青水〔2025〕8号")
    commit(fonds)
    late = receive(fonds, "关于防汛的通知", doc_number="青水〔2025〕8号")
    assert proposed(fonds, late).reason.startswith("与 Z109-WS·2025-")
    assert plan(fonds).filed == 1


# ---- 机构（问题） ----


def test_the_department_is_the_class_and_the_first_one_in_doubt(office: Office):
    settings.set_setting(office, "archive.orgs", "BGS=党政综合办公室,JJ=经济发展办公室")
    keys = [
        receive(office, "甲", lead_dept="经济发展办公室"), receive(office, "乙", lead_dept="经济发展"),
        receive(office, "丙", lead_dept="没有这个办"), receive(office, "丁"),
        issue(office, "戊", drafting_dept="经济发展办公室"),
    ]  # fmt: skip
    assert [proposed(office, key).org for key in keys] == ["JJ", "JJ", "BGS", "BGS", "JJ"]
    settings.set_setting(office, "archive.division", "none")
    found = plan(office)
    assert {one.org for one in found.items} == {""}
    assert {one.reference_code.rpartition("-")[0].count("-") for one in found.items} == {1}, "WS·2025-D30"


def test_by_subject_the_group_of_the_table_is_the_class(office: Office):
    settings.set_setting(office, "archive.division", "subject")
    settings.set_setting(office, "archive.orgs", "ZH=综合,DQ=党群")
    key = issue(office, "关于张三同志任职的通知", drafting_dept="经济发展办公室")
    assert proposed(office, key).org == "DQ"


def test_what_was_said_of_a_division_that_is_gone_does_not_count(office: Office):
    key = receive(office, "关于防汛的通知")
    decide(office, key, org_or_subject="BGS")
    settings.set_setting(office, "archive.division", "none")
    assert proposed(office, key).org == ""


# ---- numbers ----


def test_numbers_run_in_each_class_by_its_order(fonds: Office):
    settings.set_setting(fonds, "archive.orgs", "BGS=党政综合办公室,JJ=经济发展办公室")
    keys = [receive(fonds, f"关于{name}的函", f"2025-0{at}-01") for at, name in enumerate("甲乙丙丁", start=1)]
    decide(fonds, *keys, retention_period="30年")
    decide(fonds, keys[3], org_or_subject="JJ")
    decide(fonds, keys[2], retention_period="永久")
    assert [(one.key, one.reference_code) for one in plan(fonds).items] == [
        (keys[2], "Z109-WS·2025-Y-BGS-0001"), (keys[0], "Z109-WS·2025-D30-BGS-0001"),
        (keys[1], "Z109-WS·2025-D30-BGS-0002"), (keys[3], "Z109-WS·2025-D30-JJ-0001"),
    ]  # fmt: skip


def test_numbers_go_on_behind_those_that_are_given(fonds: Office):
    append(fonds)
    void = append(fonds)
    records.void(fonds, items.ARCHIVE_ITEM, int(str(void["id"])), "重复", TODAY)
    key = receive(fonds, "关于防汛的通知")
    decide(fonds, key, retention_period="30年")
    assert proposed(fonds, key).item_no == 3


def test_a_class_is_the_same_before_it_has_its_fonds_number(office: Office):
    append(office)
    number(office)
    key = receive(office, "关于防汛的通知")
    decide(office, key, retention_period="30年")
    assert proposed(office, key).reference_code == "Z109-WS·2025-D30-BGS-0002"


def test_a_class_without_a_year_in_its_code_runs_on_from_year_to_year(fonds: Office):
    kj = {"category": "KJ·JJ", "volume_no": "5", "retention_period": "永久", "org_or_subject": ""}
    codes = [append(fonds, archive_year=year, **kj)["number"] for year in ("2024", "2025", "2024")]
    assert codes == ["Z109-KJ·JJ-005-001", "Z109-KJ·JJ-005-002", "Z109-KJ·JJ-005-003"]


def test_nothing_is_written(office: Office):
    lay(office, 40)
    before, log = books(office), office.db.execute("SELECT count(*) FROM change_log").fetchone()
    assert plan(office) == plan(office)
    assert books(office) == before
    assert office.db.execute("SELECT count(*) FROM change_log").fetchone() == log


def test_a_key_that_is_none(office: Office):
    for key in ("receipt:99", "receipt:x", "archive_item:1", "filing:7", ""):
        with pytest.raises((KeyError, ValueError)):
            decide(office, key, page_count="3")
        with pytest.raises(KeyError):
            proposed(office, key)
    assert document(office, receive(office, "甲"))["title"] == "甲"
