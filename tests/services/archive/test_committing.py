# SPDX-License-Identifier: MulanPSL-2.0
"""归档: what is written, all of it or nothing; and taken back exactly, until numbers stand on paper."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.services.archive.year import (
    TODAY,
    append,
    books,
    by_code,
    commit,
    count_pages,
    decide,
    document,
    issue,
    last_print,
    lay,
    lend,
    number,
    plan,
    proposed,
    receive,
)
from township_office.core.errors import Cancelled, OfficeError
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, checking, circulation, records, settings
from township_office.services.archive import appraisal, boxing, committing, deciding, items, transfer
from township_office.services.browsing import View
from township_office.services.office import Office
from township_office.services.search import find
from township_office.store import filing

WHY = "期限没有核对"


@pytest.fixture
def papers(fonds: Office) -> list[str]:
    """Three that are filed, the second in the first; one that is not; one in no book."""
    keys = [
        receive(fonds, "关于防汛工作的请示", doc_number="青水〔2025〕8号", secrecy_level="内部"),
        issue(fonds, "关于防汛工作的批复", "2025-07-01"), receive(fonds, "关于换届工作的通知", "2025-08-01"),
        receive(fonds, "关于订阅报刊的通知"),
        deciding.add_unregistered(fonds, 2025, {"title": "党委会记录", "responsible_body": "镇党委"}, TODAY),
    ]  # fmt: skip
    decide(fonds, *keys, retention_period="30年", page_count="4")
    decide(fonds, keys[3], retention_period="不归档")
    deciding.join(fonds, keys[0], [keys[1]])
    return keys


def test_the_items_are_those_of_the_plan(fonds: Office, papers: list[str]):
    wanted = {one.reference_code: one for one in plan(fonds).items}
    done = commit(fonds)
    assert (done.year, done.items, done.documents, done.left_out) == (2025, 3, 4, 1)
    rows = by_code(fonds)
    assert rows.keys() == wanted.keys()
    for code, one in wanted.items():
        row = rows[code]
        assert (row["title"], row["responsible_body"], row["page_count"]) == (
            one.title, one.responsible_body, one.page_count,
        )  # fmt: skip
        assert (row["year"], row["period"], row["sequence"], row["series"]) == (
            2025, 2025, one.item_no, "Z109-WS·2025-D30-BGS",
        )  # fmt: skip
        assert (row["entry"], row["filed_on"], row["batch_id"]) == ("live", TODAY, done.batch)
        segments = ("fonds_no", "category", "archive_year", "retention_period", "org_or_subject", "volume_no")
        assert [row[name] for name in segments] == ["Z109", "WS", 2025, "30年", "BGS", None]
    first = rows[proposed_code(wanted, papers[0])]
    assert (first["doc_number"], first["secrecy_level"], first["page_count"]) == ("青水〔2025〕8号", "内部", 8)
    assert "关于防汛工作的批复" in str(first["components"])
    assert checking.verify(fonds).findings == ()
    assert plan(fonds).items == ()
    assert plan(fonds).filed == 3


def proposed_code(wanted, key: str) -> str:
    return next(code for code, one in wanted.items() if one.key == key)


def test_the_books_say_where_their_papers_lie(fonds: Office, papers: list[str]):
    code = proposed(fonds, papers[0]).reference_code
    commit(fonds)
    for key in papers[:2]:
        row = document(fonds, key)
        assert (row["filed_on"], row["volume_number"], row["is_for_archive"]) == (TODAY, code, True)
    left = document(fonds, papers[3])
    assert (left["filed_on"], left["volume_number"], left["is_for_archive"]) == (None, None, False)
    assert [row["id"] for row in find(fonds, RECEIPT, code, 9)] == [document(fonds, papers[0])["id"]], "found by 档号"
    (line,) = [
        one for one in filing.of_item(fonds.db, int(str(by_code(fonds)[code]["id"]))) if one.register == "dispatch"
    ]
    assert line.source_id == document(fonds, papers[1])["id"]
    assert [change.verb for change in records.history(fonds, RECEIPT, 1)][-1] == "归档"


def test_a_history_tells_of_the_filing(fonds: Office, papers: list[str]):
    commit(fonds)
    for row in by_code(fonds).values():
        (entry,) = records.history(fonds, ARCHIVE_ITEM, int(str(row["id"])))
        assert entry.verb == "归档"
        assert {"题名", "页数", "保管期限"} <= {one.label for one in entry.fields}


# ---- what cannot be filed ----


def test_a_year_without_papers(fonds: Office):
    with pytest.raises(OfficeError, match="2025年没有要归档的文件"):
        commit(fonds)


def test_an_item_that_lacks_what_it_needs_is_named(fonds: Office, papers: list[str]):
    fonds.db.execute("UPDATE receipt SET sender = NULL WHERE id = 2")
    with pytest.raises(OfficeError, match="2025-0002”缺责任者"):
        commit(fonds)
    decide(fonds, papers[2], responsible_body="县委办公室")
    fonds.db.execute("UPDATE receipt SET title = NULL WHERE id = 2")
    with pytest.raises(OfficeError, match="缺题名"):
        commit(fonds)
    assert by_code(fonds) == {}


def test_a_full_class(fonds: Office, papers: list[str]):
    settings.set_setting(fonds, "archive.template.WS", "{fonds}-{category}·{year}-{retention}-{org}-{item:3}")
    append(fonds)
    fonds.db.execute("UPDATE archive_item SET sequence = 997")
    with pytest.raises(OfficeError, match="已满 999 件"):
        commit(fonds)
    deciding.join(fonds, papers[0], papers[2:3])
    assert sorted(one.item_no for one in plan(fonds).items) == [998, 999]
    commit(fonds)
    with pytest.raises(OfficeError, match="已满 999 件"):
        append(fonds)


def test_periods_are_not_mixed_where_the_code_does_not_tell_them_apart(fonds: Office):
    """A volume of accounts has one period: its boxes never mix (DA/T 22 6.4)."""
    keys = [receive(fonds, f"2025年第{at}本凭证") for at in (1, 2)]
    decide(fonds, *keys, category="KU", retention_period="30年")
    decide(fonds, keys[1], retention_period="10年")
    with pytest.raises(OfficeError, match=r"KU·2025 里同时有 10年、30年"):
        commit(fonds)
    decide(fonds, keys[1], retention_period="30年")
    commit(fonds)
    with pytest.raises(OfficeError, match=r"30年、永久"):
        append(fonds, category="KU", retention_period="永久", org_or_subject="")


def test_a_cancelled_filing_leaves_nothing(fonds: Office, papers: list[str]):
    before = books(fonds)
    for stop in range(3):
        left = stop

        def progress(done: int, total: int) -> None:
            nonlocal left
            assert 0 <= done <= total == 4
            left -= 1
            if left < 0:
                raise Cancelled

        with pytest.raises(Cancelled):
            committing.commit_year(fonds, 2025, TODAY, progress)
        assert (books(fonds), by_code(fonds), committing.filings(fonds)) == (before, {}, [])
    assert commit(fonds).items == 3


def test_a_second_filing_goes_on_behind_the_first(fonds: Office, papers: list[str]):
    commit(fonds)
    given = {code: row["title"] for code, row in by_code(fonds).items()}
    late = receive(fonds, "关于春耕工作的通知", "2025-01-02")
    decide(fonds, late, retention_period="30年")
    commit(fonds)
    now = {code: row["title"] for code, row in by_code(fonds).items()}
    assert now == given | {"Z109-WS·2025-D30-BGS-0004": "关于春耕工作的通知"}, "never numbered anew"
    assert [batch.taken for batch in committing.filings(fonds)] == [1, 3]


def test_a_paper_that_is_out_waits_until_it_is_back(fonds: Office, papers: list[str]):
    out, inside = papers[2], papers[0]
    handovers = [lend(fonds, out), lend(fonds, inside, "何文斌"), lend(fonds, papers[3], "刘敏")]
    deciding.join(fonds, papers[1], [inside])  # a copy of what lies in an item is out
    plan_now = plan(fonds)
    assert {one.key: one.reason for one in plan_now.waiting} == {
        out: "还在孙志强处，收回后再归档", papers[1]: "还在何文斌处，收回后再归档",
    }  # fmt: skip
    assert [one.key for one in plan_now.items] == [papers[4]]
    assert [one.key for one in plan_now.left_out] == [papers[3]], "what is not filed closes no paper"
    before = {key: document(fonds, key) for key in papers[:3]}
    assert commit(fonds).documents == 1
    assert {key: document(fonds, key) for key in papers[:3]} == before
    deciding.move(fonds, 2025, out, 1)  # it stands in no class yet
    for handover in handovers:
        circulation.take_back(fonds, handover, "", datetime(2026, 3, 1, 17))
    assert plan(fonds).waiting == ()
    commit(fonds)
    assert {document(fonds, key)["filed_on"] for key in papers[:3]} == {TODAY}
    assert checking.verify(fonds).findings == ()


@pytest.mark.parametrize("filed_on", ["2026-01-09", "2026-03-02"], ids=["earlier", "on the day of the filing"])
def test_what_was_marked_as_filed_by_hand_is_filed_where_no_number_says_where_it_lies(
    fonds: Office, papers: list[str], filed_on: str
):
    for row_id, volume in ((2, ""), (3, "")):
        marked = {"completed_on": "2025-12-01", "filed_on": filed_on, "volume_number": volume, "is_for_archive": "是"}
        records.correct(fonds, RECEIPT, row_id, marked, TODAY, "已装订")
    kept = receive(fonds, "关于秋收工作的通知", completed_on="2025-12-01", filed_on=filed_on, volume_number="旧卷3")
    before = books(fonds)
    assert papers[2] in {one.key for one in plan(fonds).items}
    assert kept not in {one.key for one in plan(fonds).all}, "旧卷3 says where it lies"
    done = commit(fonds)
    assert document(fonds, papers[2])["volume_number"] in by_code(fonds)
    committing.revoke(fonds, done.batch, WHY, TODAY)
    assert books(fonds) == before


# ---- taken back ----


def test_taken_back_it_is_as_before(fonds: Office, papers: list[str]):
    records.correct(fonds, RECEIPT, 1, {"volume_number": "旧卷7", "is_for_archive": "是"}, TODAY, "补")
    before, wanted = books(fonds), plan(fonds)
    done = commit(fonds)
    assert books(fonds) != before
    committing.revoke(fonds, done.batch, WHY, TODAY)
    assert books(fonds) == before, "旧卷7 and all"
    assert by_code(fonds) == {}
    assert plan(fonds) == wanted
    assert items.classes(fonds) == []
    assert list(browsing.row_ids(fonds, ARCHIVE_ITEM, View(), TODAY)) == []
    (batch,) = committing.filings(fonds)
    assert (batch.revoked_on, batch.revoke_reason) == (TODAY, WHY)
    again = commit(fonds)
    assert again.items == 3
    assert {row["sequence"] for row in by_code(fonds).values()} == {1, 2, 3}, "their numbers are free"


def test_several_filings_are_taken_back_one_after_the_other(fonds: Office, papers: list[str]):
    start = books(fonds)
    first = commit(fonds)
    between = books(fonds)
    decide(fonds, papers[3], retention_period="10年")  # left out at first, filed after all
    second = commit(fonds)
    assert document(fonds, papers[3])["filed_on"] == TODAY
    committing.revoke(fonds, second.batch, WHY, TODAY)
    assert books(fonds) == between
    committing.revoke(fonds, first.batch, WHY, TODAY)
    assert books(fonds) == start
    assert checking.verify(fonds).findings == ()


def test_what_the_clerk_decided_since_is_left(fonds: Office, papers: list[str]):
    done = commit(fonds)
    key = int(papers[3].partition(":")[2])
    records.correct(fonds, RECEIPT, key, {"is_for_archive": "是"}, TODAY, "还是要归")
    committing.revoke(fonds, done.batch, "", TODAY)
    assert document(fonds, papers[3])["is_for_archive"] is True
    assert committing.filings(fonds)[0].revoke_reason == "撤销归档"


def test_what_is_not_done_with_is_left_and_filed_behind_another_day(fonds: Office):
    done = [receive(fonds, f"关于{name}的通知", completed_on="2025-06-01") for name in "甲乙"]
    undone = receive(fonds, "关于丙的通知", handling="办件")
    decide(fonds, *done, undone, retention_period="30年")
    first = commit(fonds)
    assert (first.items, first.unfinished) == (2, 1)
    assert document(fonds, undone)["filed_on"] is None
    with pytest.raises(OfficeError, match="2025年的 1 件都还没有办结"):
        commit(fonds)
    records.correct(fonds, RECEIPT, int(undone.partition(":")[2]), {"completed_on": "2026-02-01"}, TODAY)
    assert (commit(fonds).items, document(fonds, undone)["volume_number"]) == (1, "Z109-WS·2025-D30-BGS-0003")


def test_what_is_not_done_with_is_filed_where_it_is_wanted(fonds: Office):
    receive(fonds, "关于甲的通知", completed_on="2025-06-01")
    receive(fonds, "关于乙的通知", handling="办件")
    done = committing.commit_year(fonds, 2025, TODAY, with_unfinished=True)
    assert (done.items, done.unfinished) == (2, 0)


def test_it_is_taken_back_once(fonds: Office, papers: list[str]):
    done = commit(fonds)
    committing.revoke(fonds, done.batch, WHY, TODAY)
    with pytest.raises(OfficeError, match="已经撤销过"):
        committing.revoke(fonds, done.batch, WHY, TODAY)


def test_what_is_printed_stays(fonds: Office, papers: list[str]):
    assert last_print(fonds, 2025) is None
    committing.note_printed(fonds, [2024], datetime(2030, 1, 1))
    first = commit(fonds)
    at = datetime(2001, 1, 1, 8)  # the clock of an old PC
    committing.note_printed(fonds, [2025], at)
    assert last_print(fonds, 2025) == at
    with pytest.raises(OfficeError, match="2025年的目录已经打印"):
        committing.revoke(fonds, first.batch, WHY, TODAY)
    late = receive(fonds, "关于春耕工作的通知")
    decide(fonds, late, retention_period="30年")
    committing.revoke(fonds, commit(fonds).batch, WHY, TODAY)  # this one was never printed
    assert len(by_code(fonds)) == 3


def test_what_is_boxed_or_built_upon_stays(fonds: Office, papers: list[str]):
    done = commit(fonds)
    boxing.commit_boxes(fonds, "Z109-WS·2025-D30-BGS", 2025, TODAY)
    with pytest.raises(OfficeError, match="已经装盒"):
        committing.revoke(fonds, done.batch, WHY, TODAY)
    boxing.unbox(fonds, "Z109-WS·2025-D30-BGS", 2025, 1, TODAY)
    late = append(fonds)
    with pytest.raises(OfficeError, match="补归"):
        committing.revoke(fonds, done.batch, WHY, TODAY)
    records.void(fonds, ARCHIVE_ITEM, int(str(late["id"])), "重复", TODAY)
    with pytest.raises(OfficeError, match="补归"):
        committing.revoke(fonds, done.batch, WHY, TODAY)


def test_what_was_handed_over_or_appraised_stays(fonds: Office, papers: list[str]):
    """Else the 移交清单 and the 销毁清册 would tell of items that are in no list."""
    done, later = commit(fonds), date(2036, 11, 2)
    item_id = int(str(next(iter(by_code(fonds).values()))["id"]))
    handed = {"handed_on": "2036-11-02", "title": "到期档案", "receiving_unit": "青山县档案馆"}
    row = transfer.hand_over(fonds, handed, [item_id], later)
    with pytest.raises(OfficeError, match="已经鉴定或移交"):
        committing.revoke(fonds, done.batch, WHY, later)
    transfer.take_back(fonds, int(str(row["id"])), "登记错了", later)
    later = date(2057, 1, 5)
    begun = {"begun_on": "2057-01-05", "title": "2025年到期", "head": "孙志强"}
    row = appraisal.begin(fonds, begun, [item_id], later)
    with pytest.raises(OfficeError, match="已经鉴定或移交"):
        committing.revoke(fonds, done.batch, WHY, later)
    appraisal.drop(fonds, int(str(row["id"])), "不鉴定了", later)
    committing.revoke(fonds, done.batch, WHY, later)
    assert by_code(fonds) == {}


def test_built_upon_with_a_fonds_number_given_since(office: Office):
    receive(office, "关于换届工作的通知")
    decide(office, "receipt:1", retention_period="30年")
    done = commit(office)
    number(office)
    append(office)
    with pytest.raises(OfficeError, match="补归"):
        committing.revoke(office, done.batch, WHY, TODAY)


def test_a_void_item_in_a_box_that_is_gone_holds_nothing_up(fonds: Office, papers: list[str]):
    done = commit(fonds)
    boxing.commit_boxes(fonds, "Z109-WS·2025-D30-BGS", 2025, TODAY)
    row = next(iter(by_code(fonds).values()))
    records.void(fonds, ARCHIVE_ITEM, int(str(row["id"])), "重复", TODAY)
    boxing.unbox(fonds, "Z109-WS·2025-D30-BGS", 2025, 1, TODAY)
    committing.revoke(fonds, done.batch, WHY, TODAY)
    assert by_code(fonds) == {}


def test_of_a_void_item_the_papers_are_filed_anew(fonds: Office, papers: list[str]):
    """What was put into the wrong class: its number stays void for ever, its papers wait again."""
    commit(fonds)
    code = str(document(fonds, papers[0])["volume_number"])
    records.void(fonds, ARCHIVE_ITEM, int(str(by_code(fonds)[code]["id"])), "期限定错", TODAY)
    for key in papers[:2]:
        assert (document(fonds, key)["filed_on"], document(fonds, key)["volume_number"]) == (None, None)
    assert [(one.key, one.members) for one in plan(fonds).items] == [(papers[0], (papers[1],))]
    decide(fonds, papers[0], retention_period="永久")
    commit(fonds)
    assert document(fonds, papers[0])["volume_number"] == "Z109-WS·2025-Y-BGS-0001"
    assert by_code(fonds)[code]["voided_on"] == TODAY
    assert checking.verify(fonds).findings == ()


def test_a_filing_taken_back_leaves_what_was_filed_anew_since(fonds: Office, papers: list[str]):
    first = commit(fonds)
    code = str(document(fonds, papers[0])["volume_number"])
    records.void(fonds, ARCHIVE_ITEM, int(str(by_code(fonds)[code]["id"])), "期限定错", TODAY)
    decide(fonds, papers[0], retention_period="永久")
    commit(fonds)
    committing.revoke(fonds, first.batch, WHY, TODAY)
    assert document(fonds, papers[0])["filed_on"] == TODAY
    assert list(by_code(fonds)) == ["Z109-WS·2025-Y-BGS-0001"]
    assert len(plan(fonds).items) == 2


def test_hundreds_at_once(fonds: Office):
    lay(fonds, 300)
    done = commit(fonds)
    assert done.documents + done.left_out == 300
    assert checking.verify(fonds).findings == ()
    assert {date(2026, 3, 2)} == {row["filed_on"] for row in by_code(fonds).values()}
    count_pages(fonds)
    assert {one.pageless for one in items.classes(fonds)} == {0}
