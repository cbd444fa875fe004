# SPDX-License-Identifier: MulanPSL-2.0
"""鉴定: from an expired period to the list of what was destroyed; nothing half, nothing twice, nothing taken back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.services.archive.keeping import TODAY, file_item, fill, ids, item, lend
from township_office.core.errors import Cancelled, Invalid, OfficeError
from township_office.registers.archive.disposal import APPRAISAL, APPRAISAL_LINE
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.status import state_of
from township_office.services import browsing, checking, children, records, undoing
from township_office.services.archive import appraisal, items, transfer
from township_office.services.browsing import View
from township_office.services.office import Office, change
from township_office.store import records as store

BEGUN = {"begun_on": "今天", "title": "2005年、2012年到期档案", "head": "何文斌", "members": "李向东、刘敏"}
APPROVED = {"approver": "孙志强", "approved_on": "2026-11-20"}
ENDED = {"witness_one": "周立新", "witness_two": "许晴", "destroyed_on": "今天"}


def begin(office: Office, rows) -> int:
    return int(str(appraisal.begin(office, BEGUN, ids(rows), TODAY)["id"]))


def line_ids(office: Office, appraisal_id: int) -> list[int]:
    return [int(str(one.line["id"])) for one in appraisal.judged(office, appraisal_id)]


def standing(office: Office, appraisal_id: int) -> str:
    return state_of(APPRAISAL, records.get(office, APPRAISAL, appraisal_id), TODAY).key


def test_what_has_run_out_and_since_when(office: Office):
    rows = fill(office)
    assert ids(appraisal.expired(office, TODAY)) == ids(rows[:3])
    assert [appraisal.ends_in(row) for row in rows] == [2015, 2015, 2022, None, 2044, None]
    assert ids(appraisal.expired(office, date(2022, 12, 31))) == ids(rows[:2]), "2012年的到 2022 年底才满"


def test_from_the_list_to_the_ashes(office: Office):
    rows = fill(office)
    begun = begin(office, rows[:3])
    assert (standing(office, begun), appraisal.expired(office, TODAY)) == ("appraising", [])
    first, second, third = line_ids(office, begun)
    appraisal.decide(office, begun, [third], "永久", TODAY)
    appraisal.note(office, third, "涉及后续核查", TODAY)
    (one,) = appraisal.appraisals(office)
    assert (one.row["number"], one.destroyed, one.kept) == ("鉴2026-001", 2, 1)
    appraisal.approve(office, begun, APPROVED, TODAY)
    assert standing(office, begun) == "approved"
    assert item(office, rows[0])["destroyed_on"] is None, "approved is not destroyed"
    ended = appraisal.destroy(office, begun, ENDED, TODAY)
    assert standing(office, begun) == "destroyed"
    for row in (item(office, row) for row in rows[:2]):
        assert (row["destroyed_on"], row["disposal_no"], row["extended_to"]) == (TODAY, ended["number"], None)
        assert state_of(ARCHIVE_ITEM, row, TODAY).key == "destroyed"
    kept = item(office, rows[2])
    assert (kept["destroyed_on"], kept["disposal_no"], kept["extended_to"]) == (None, None, "永久")
    assert kept["number"] == rows[2]["number"], "its 档号 stays"
    assert appraisal.expired(office, TODAY) == []
    assert checking.verify(office).findings == ()
    assert first != second


def test_destroyed_items_stay_in_the_catalogue_and_their_numbers_are_never_given_again(office: Office):
    rows = fill(office)
    begun = begin(office, rows[:2])
    appraisal.approve(office, begun, APPROVED, TODAY)
    appraisal.destroy(office, begun, ENDED, TODAY)
    assert ids([item(office, row) for row in rows[:2]]) == ids(rows[:2])
    assert list(browsing.row_ids(office, ARCHIVE_ITEM, View(state="destroyed"), TODAY)) == ids(rows[:2])
    assert rows[1]["number"].endswith("-0002")
    assert file_item(office, 2005, "10年", "补归的一件")["number"].endswith("-0003")
    assert [one.last for one in items.classes(office) if one.year == 2005] == [3]


def test_it_is_never_undone(office: Office):
    rows = fill(office)
    begun = begin(office, rows[:2])
    appraisal.approve(office, begun, APPROVED, TODAY)
    appraisal.destroy(office, begun, ENDED, TODAY)
    assert undoing.to_undo(office) is None, "nor is what led there: the list would no longer be what was approved"
    for verb in (
        lambda: appraisal.drop(office, begun, "误", TODAY),
        lambda: appraisal.reopen(office, begun, TODAY),
        lambda: appraisal.decide(office, begun, line_ids(office, begun), "永久", TODAY),
        lambda: appraisal.destroy(office, begun, ENDED, TODAY),
        lambda: appraisal.correct(office, begun, {"head": "别人"}, TODAY),
    ):
        with pytest.raises(OfficeError, match="鉴2026-001 现在是“已销毁”"):
            verb()


def test_before_it_is_destroyed_everything_can_be_taken_back(office: Office):
    rows = fill(office)
    begun = begin(office, rows[:2])
    appraisal.decide(office, begun, line_ids(office, begun), "30年", TODAY)
    appraisal.approve(office, begun, APPROVED, TODAY)
    said = [undoing.undo(office, TODAY).words for _ in range(3)]
    assert said[0] == "批准 鉴2026-001"
    assert said[-1] == "鉴定 鉴2026-001"
    assert len(appraisal.expired(office, TODAY)) == 3
    assert appraisal.appraisals(office) == []
    assert checking.verify(office).findings == ()


@pytest.mark.parametrize(
    ("period", "wrong"),
    [("10年", "没有超过"), ("30年", ""), ("永久", ""), ("15年", "续存期限请填"), ("长期", "续存期限请填"), ("", "")],
)
def test_only_a_longer_period_keeps_an_item(period: str, wrong: str, office: Office):
    rows = fill(office)
    begun = begin(office, rows[:1])
    if wrong:
        with pytest.raises(OfficeError, match=wrong):
            appraisal.decide(office, begun, line_ids(office, begun), period, TODAY)
        assert appraisal.judged(office, begun)[0].is_kept is False
    else:
        appraisal.decide(office, begun, line_ids(office, begun), period, TODAY)
        assert appraisal.judged(office, begun)[0].line["extended_to"] == (period or None)


def test_a_period_that_has_run_out_as_well_keeps_nothing(office: Office):
    row = file_item(office, 1990, "10年")
    begun = begin(office, [row])
    with pytest.raises(OfficeError, match="到今年也已经满了"):
        appraisal.decide(office, begun, line_ids(office, begun), "30年", TODAY)


def test_a_refusal_decides_for_none(office: Office):
    rows = [*fill(office)[:1], file_item(office, 1990, "10年")]
    begun = begin(office, rows)
    with pytest.raises(OfficeError):
        appraisal.decide(office, begun, line_ids(office, begun), "30年", TODAY)
    assert {one.is_kept for one in appraisal.judged(office, begun)} == {False}


def test_an_item_is_appraised_once_at_a_time_and_only_while_it_is_here(office: Office):
    rows = fill(office)
    code = rows[0]["number"]
    lend(office, code)
    with pytest.raises(OfficeError, match=f"{code} 还在刘敏"):
        begin(office, rows[:2])
    begun = begin(office, rows[1:2])
    with pytest.raises(OfficeError, match=f"{rows[1]['number']} 正在 鉴2026-001 里鉴定"):
        begin(office, rows[1:3])
    transfer.hand_over(
        office, {"handed_on": "今天", "title": "甲", "receiving_unit": "县档案馆"}, ids(rows)[3:4], TODAY
    )
    with pytest.raises(OfficeError, match="不在库里了"):
        begin(office, rows[3:4])
    with pytest.raises(OfficeError, match="还没有选"):
        begin(office, [])
    assert len(appraisal.appraisals(office)) == 1, "no number was spent"
    appraisal.drop(office, begun, "范围有误", TODAY)
    assert begin(office, rows[1:3])


def test_what_was_lent_since_is_not_destroyed_and_then_nothing_is(office: Office):
    rows = fill(office)
    begun = begin(office, rows[:2])
    appraisal.approve(office, begun, APPROVED, TODAY)
    lend(office, rows[1]["number"])
    with pytest.raises(OfficeError, match="请先登记归还"):
        appraisal.destroy(office, begun, ENDED, TODAY)
    assert standing(office, begun) == "approved"
    assert item(office, rows[0])["destroyed_on"] is None


def test_cancelled_half_way_nothing_is_destroyed(office: Office):
    rows = fill(office)
    begun = begin(office, rows[:2])
    appraisal.approve(office, begun, APPROVED, TODAY)

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        appraisal.destroy(office, begun, ENDED, TODAY, stop)
    assert (standing(office, begun), item(office, rows[0])["destroyed_on"]) == ("approved", None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"witness_one": ""}, "witness_one"), ({"witness_two": " "}, "witness_two"),
        ({"witness_two": "周立新"}, "witness_two"), ({"destroyed_on": ""}, "destroyed_on"),
        ({"destroyed_on": "2026-11-19"}, "destroyed_on"), ({"destroyed_on": "13月"}, "destroyed_on"),
    ],
)  # fmt: skip
def test_two_supervisors_and_a_day_after_the_approval(changed: dict[str, str], field: str, office: Office):
    rows = fill(office)
    begun = begin(office, rows[:2])
    appraisal.approve(office, begun, APPROVED, TODAY)
    with pytest.raises(Invalid) as refused:
        appraisal.destroy(office, begun, ENDED | changed, TODAY)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert standing(office, begun) == "approved"


def test_what_is_not_approved_is_not_destroyed_and_what_is_approved_is_not_decided_anew(office: Office):
    rows = fill(office)
    begun = begin(office, rows[:2])
    with pytest.raises(OfficeError, match="现在是“鉴定中”"):
        appraisal.destroy(office, begun, ENDED, TODAY)
    with pytest.raises(Invalid, match="请填写批准人"):
        appraisal.approve(office, begun, APPROVED | {"approver": ""}, TODAY)
    appraisal.approve(office, begun, APPROVED, TODAY)
    with pytest.raises(OfficeError, match="现在是“待销毁”"):
        appraisal.decide(office, begun, line_ids(office, begun), "永久", TODAY)
    with pytest.raises(OfficeError, match="现在是“待销毁”"):
        appraisal.take_out(office, begun, line_ids(office, begun)[:1], TODAY)
    appraisal.reopen(office, begun, TODAY)
    appraisal.take_out(office, begun, line_ids(office, begun)[:1], TODAY)
    assert len(appraisal.judged(office, begun)) == 1
    with pytest.raises(OfficeError, match="至少要有一件"):
        appraisal.take_out(office, begun, line_ids(office, begun), TODAY)
    assert ids(appraisal.expired(office, TODAY)) == [rows[0]["id"], rows[2]["id"]]


def test_where_everything_is_kept_nobody_supervises_a_fire(office: Office):
    rows = fill(office)
    begun = begin(office, rows[:2])
    appraisal.decide(office, begun, line_ids(office, begun), "30年", TODAY)
    appraisal.approve(office, begun, APPROVED, TODAY)
    ended = appraisal.destroy(office, begun, {}, TODAY)
    assert (standing(office, begun), ended["closed_on"], ended["destroyed_on"]) == ("concluded", TODAY, None)
    assert {item(office, row)["extended_to"] for row in rows[:2]} == {"30年"}
    assert ids(appraisal.expired(office, TODAY)) == [rows[2]["id"]]
    assert ids(appraisal.expired(office, date(2036, 1, 1)))[:2] == ids(rows[:2]), "and comes back when that is over"


def test_every_line_remembers_what_was_said_of_it(office: Office):
    rows = fill(office)
    begun = begin(office, rows[:1])
    (line,) = line_ids(office, begun)
    appraisal.decide(office, begun, [line], "永久", TODAY)
    told = records.whole_story(office, APPRAISAL, begun)
    assert [(one.part, one.verb) for one in told] == [
        ("", "登记"),
        ("鉴定意见", "记鉴定意见"),
        ("鉴定意见", "改鉴定意见"),
    ]
    assert children.get_child(office, APPRAISAL_LINE, line)["title"] == rows[0]["title"]


def test_what_still_runs_or_is_kept_for_ever_is_never_appraised(office: Office):
    rows = fill(office)
    for row in (rows[3], rows[4], rows[5]):
        with pytest.raises(OfficeError, match=f"{row['number']} 的保管期限（{row['retention_period']}）还没有满"):
            begin(office, [rows[0], row])
    with pytest.raises(OfficeError, match="还没有满"):  # it ends with the year 2026
        begin(office, [file_item(office, 2016, "10年")])
    assert appraisal.appraisals(office) == []


def test_a_year_that_was_corrected_since_keeps_an_item_from_the_fire(office: Office):
    rows = fill(office)
    begun = begin(office, rows[:2])
    appraisal.approve(office, begun, APPROVED, TODAY)
    with change(office) as pen:
        store.change(pen, ARCHIVE_ITEM, ids(rows)[1], {"archive_year": 2020}, verb="change", why="")
    with pytest.raises(OfficeError, match="还没有满"):
        appraisal.destroy(office, begun, ENDED, TODAY)
    assert [item(office, row)["destroyed_on"] for row in rows[:2]] == [None, None]


def test_what_is_gone_or_being_appraised_cannot_be_void(office: Office):
    """Else its papers would wait for the filing again."""
    rows = fill(office)
    begun = begin(office, rows[:1])
    with pytest.raises(OfficeError, match="里鉴定"):
        records.void(office, ARCHIVE_ITEM, ids(rows)[0], "重复", TODAY)
    appraisal.approve(office, begun, APPROVED, TODAY)
    appraisal.destroy(office, begun, ENDED, TODAY)
    handed = {"handed_on": "今天", "title": "到期档案", "receiving_unit": "青山县档案馆"}
    transfer.hand_over(office, handed, ids(rows[3:4]), TODAY)
    for row in (rows[0], rows[3]):
        with pytest.raises(OfficeError, match="已经移交或销毁，不能作废"):
            records.void(office, ARCHIVE_ITEM, int(str(row["id"])), "重复", TODAY)
        assert item(office, row)["voided_on"] is None


def test_nothing_is_approved_before_it_was_looked_at(office: Office):
    begun = begin(office, fill(office)[:1])
    with pytest.raises(Invalid, match="批准日期早于鉴定日期"):
        appraisal.approve(office, begun, APPROVED | {"approved_on": "2026-11-19"}, TODAY)
    assert standing(office, begun) == "appraising"
