# SPDX-License-Identifier: MulanPSL-2.0
"""Use and care: 档号 in any form, what is out is out, the air of the store."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.services.archive.keeping import TODAY, file_item, fill, ids, item, lend
from township_office.core.errors import Invalid, OfficeError
from township_office.registers.archive.care import ACCESS_LOG, CARE, CLIMATE_LOG, STACK_CHECK, STACK_IN_OUT
from township_office.registers.archive.item import ARCHIVE_ITEM
from township_office.registers.status import STATES, state_of
from township_office.registers.steps import STEPS
from township_office.services import browsing, checking, records, steps, today, undoing
from township_office.services.archive import appraisal, care, transfer
from township_office.services.browsing import View
from township_office.services.office import Office

CODE = "Z109-WS·2014-Y-BGS-0001"


def standing(row) -> str:
    book = next(book for book in CARE if book.dated_by in row)
    return state_of(book, row, TODAY).key


@pytest.mark.parametrize(
    "typed",
    [
        CODE, "z109-ws·2014-y-bgs-0001", "Z109-WS.2014-Y-BGS-1", "Z109—WS·2014—Y—BGS—0001", " z109-ws•2014-y-bgs-01 ",
        "ws2014-y-bgs-1", "ＷＳ·2014-Y-BGS-0001",
    ],
)  # fmt: skip
def test_a_code_is_read_as_people_write_it(typed: str, office: Office):
    fill(office)
    found = care.item_of(office, typed)
    if typed == "ws2014-y-bgs-1":
        assert found is None, "parts of a code are told apart by their signs"
    else:
        assert found is not None
        assert found["number"] == CODE


@pytest.mark.parametrize("typed", ["低保", "动态核查", "gydbdx", "D30-BGS"])
def test_an_item_is_found_by_a_few_characters(typed: str, office: Office):
    fill(office)
    finder = care.ItemFinder(office)
    assert finder.proposals(typed, TODAY) == []
    finder.load()
    assert [found.title for found in finder.proposals(typed, TODAY)] == ["关于低保对象动态核查的通知"]
    assert finder.proposals("低", TODAY) == [], "one character says nothing"


def test_what_is_gone_is_not_proposed(office: Office):
    rows = fill(office)
    records.void(office, ARCHIVE_ITEM, ids(rows)[0], "重复", TODAY)
    finder = care.ItemFinder(office)
    finder.load()
    assert len(finder.proposals("2005", TODAY)) == 1


def test_titles_and_counts_are_filled_in_and_codes_brought_into_form(office: Office):
    fill(office)
    row = lend(office, f"z109-ws.2014-y-bgs-1，Z109-WS·2014-D30-BGS-0001 {CODE}", way="阅览")
    assert row["reference_codes"] == f"{CODE}、Z109-WS·2014-D30-BGS-0001"
    assert row["title"] == "云水镇党委会议纪要\n关于低保对象动态核查的通知"
    assert (row["number"], standing(row)) == ("查2026-001", "noted")
    out = {"moved_on": "今天", "direction": "出库", "reference_codes": "旧1、旧2", "title": "送去修裱"}
    moved = care.register(office, STACK_IN_OUT, out, TODAY)
    assert (moved["item_count"], moved["reference_codes"]) == (2, "旧1、旧2"), "what no catalogue knows stays"


def test_what_is_lent_comes_back_on_one_key_and_that_can_be_undone(office: Office):
    fill(office)
    row = lend(office, CODE)
    assert standing(row) == "out"
    assert list(care.out_now(office, TODAY)) == [CODE]
    back = care.give_back(office, ACCESS_LOG, row["id"], TODAY)
    assert (back["returned_on"], back["is_intact"], standing(back)) == (TODAY, True, "back")
    assert care.out_now(office, TODAY) == {}
    with pytest.raises(OfficeError, match="已归还"):
        care.give_back(office, ACCESS_LOG, row["id"], TODAY)
    assert undoing.undo(office, TODAY).words == "归还 查2026-001"
    assert standing(records.get(office, ACCESS_LOG, row["id"])) == "out"
    assert checking.verify(office).findings == ()


def test_what_is_out_is_not_lent_again(office: Office):
    fill(office)
    lend(office, CODE)
    with pytest.raises(Invalid, match="还在刘敏（2026-11-20 起）手上，请先登记归还"):
        lend(office, "Z109-WS.2014-Y-BGS-1", reader="何文斌")
    lend(office, CODE, way="阅览")  # to look at a copy of the catalogue is no loan
    out = {
        "moved_on": "今天",
        "direction": "出库",
        "reference_codes": CODE,
        "title": "送去数字化",
        "handled_by": "李向东",
    }
    with pytest.raises(Invalid, match="还在刘敏"):
        care.register(office, STACK_IN_OUT, out, TODAY)
    care.register(office, STACK_IN_OUT, out | {"direction": "入库"}, TODAY)
    assert browsing.counts(office, ACCESS_LOG, 2026, TODAY)[""] == 2, "no number was spent on what was refused"


def test_a_loan_wants_an_approver_and_a_day(office: Office):
    fill(office)
    with pytest.raises(Invalid) as refused:
        lend(office, CODE, approver="", due_on="")
    assert {problem.field for problem in refused.value.problems} == {"approver", "due_on"}


def test_what_was_destroyed_or_handed_over_is_used_by_nobody_from_then_on(office: Office):
    rows = fill(office)
    begun = appraisal.begin(office, {"begun_on": "今天", "title": "到期", "head": "甲"}, ids(rows)[:1], TODAY)
    appraisal.approve(office, begun["id"], {"approver": "孙志强", "approved_on": "2026-11-20"}, TODAY)
    ended = {"witness_one": "甲", "witness_two": "乙", "destroyed_on": "今天"}
    appraisal.destroy(office, begun["id"], ended, TODAY)
    with pytest.raises(Invalid, match="已于 2026-11-20 销毁"):
        lend(office, str(rows[0]["number"]), way="阅览")
    lend(office, str(rows[0]["number"]), way="阅览", used_on="2026-11-19")  # entered late
    transfer.hand_over(
        office, {"handed_on": "今天", "title": "2014年", "receiving_unit": "县档案馆"}, ids(rows)[3:4], TODAY
    )
    with pytest.raises(Invalid, match="请向档案馆查阅"):
        lend(office, CODE)


def test_a_correction_brings_codes_and_readings_into_form_too(office: Office):
    fill(office)
    row = lend(office, "旧卷")
    assert care.correct(office, ACCESS_LOG, row["id"], {"reference_codes": "z109-ws.2014-y-bgs-1"}, TODAY)[
        "reference_codes"
    ] == CODE  # fmt: skip
    air = {"measured_on": "今天", "temperature": "18.5℃", "humidity": "５５ %"}
    read = care.register(office, CLIMATE_LOG, air, TODAY)
    assert (read["temperature"], read["humidity"]) == ("18.5", "55")
    assert care.correct(office, CLIMATE_LOG, read["id"], {"temperature": "−3 度"}, TODAY)["temperature"] == "-3"


@pytest.mark.parametrize(
    ("temperature", "humidity", "key"),
    [
        ("14", "45", "noted"), ("24", "60", "noted"), ("13.9", "50", "unfit"), ("24.1", "50", "unfit"),
        ("20", "44.5", "unfit"), ("20", "61", "unfit"), ("-3", "50", "unfit"), ("9", "50", "unfit"),
        ("100", "50", ""), ("二十", "50", ""), ("20", "101", ""), ("1e1", "50", ""),
    ],
)  # fmt: skip
def test_air_out_of_range_is_told(temperature: str, humidity: str, key: str, office: Office):
    draft = {"measured_on": "今天", "temperature": temperature, "humidity": humidity}
    if not key:
        with pytest.raises(Invalid, match="请填 "):
            care.register(office, CLIMATE_LOG, draft, TODAY)
        return
    row = care.register(office, CLIMATE_LOG, draft, TODAY)
    assert standing(row) == key
    assert list(browsing.row_ids(office, CLIMATE_LOG, View(state=key), TODAY)) == [row["id"]], "as SQL has it too"


def test_how_far_the_air_moved_from_one_reading_to_the_next(office: Office):
    def read(day: date, temperature: str, humidity: str, clock: str = "09:00") -> None:
        draft = {
            "measured_on": str(day),
            "measured_at": f"{day} {clock}",
            "temperature": temperature,
            "humidity": humidity,
        }
        care.register(office, CLIMATE_LOG, draft, day)

    first = date(2025, 12, 31)
    read(first, "18", "50")
    read(first + timedelta(1), "20", "55")  # as far as it may
    read(first + timedelta(2), "22.5", "55")
    read(first + timedelta(2), "22", "49", "16:00")
    read(first + timedelta(5), "14", "60")  # nobody knows what was between
    found = care.swings(office, date(2026, 1, 1), TODAY)
    assert [(one.day, one.name, one.by) for one in found] == [
        (date(2026, 1, 2), "humidity", -6.0),
        (date(2026, 1, 2), "temperature", 2.5),
    ]
    assert care.swings(office, date(2026, 1, 3), TODAY) == []
    assert care.is_read_today(office, date(2026, 1, 5))
    assert not care.is_read_today(office, date(2026, 1, 6))


def test_a_problem_that_was_found_is_dealt_with(office: Office):
    draft = {"checked_on": "今天", "title": "防火、防潮", "finding": "灭火器过期"}
    sound = care.register(office, STACK_CHECK, draft, TODAY)
    assert standing(sound) == "noted"
    row = records.correct(office, STACK_CHECK, sound["id"], {"problem": "灭火器过期两个月"}, TODAY)
    assert standing(row) == "faulty"
    done = steps.take_step(
        office, STACK_CHECK, row["id"], "handle", {"handling": "已更换", "handled_on": "今天"}, TODAY
    )
    assert (standing(done), done["handled_on"]) == ("handled", TODAY)


@pytest.mark.parametrize("book", CARE, ids=lambda book: book.name)
def test_steps_of_these_books_name_their_fields_and_standings(book):
    for one in STEPS[book.name]:
        assert {field.name for field in book.fields} >= {*one.fields, *one.required, *dict(one.defaults)}
        assert {state.key for state in STATES[book.name]} >= set(one.standings)


def test_today_tells_what_is_lent_and_due(office: Office):
    rows = fill(office)
    assert today.today_summary(office, TODAY).lent.count == 0
    late = lend(office, CODE, used_on="2026-11-02", due_on="2026-11-18")
    due = lend(office, str(rows[4]["number"]), due_on="今天")
    lend(office, str(rows[5]["number"]), due_on="明天")
    lent = today.today_summary(office, TODAY).lent
    assert [row["id"] for row in lent.lines] == [late["id"], due["id"]]
    assert list(browsing.row_ids(office, ACCESS_LOG, View(state="due"), TODAY)) == [due["id"], late["id"]]
    care.give_back(office, ACCESS_LOG, late["id"], TODAY)
    records.void(office, ACCESS_LOG, due["id"], "重复", TODAY)
    assert today.today_summary(office, TODAY).lent.count == 0


def test_what_is_no_code_is_no_item(office: Office):
    fill(office)
    row = file_item(office, 2025, "永久", "第二件")
    assert item(office, row)["number"] == "Z109-WS·2025-Y-BGS-0002"
    assert care.item_of(office, "2025") is None
    assert care.item_of(office, "") is None


def test_an_old_entry_takes_out_nothing_that_is_out_or_gone(office: Office):
    rows = fill(office)
    read = lend(office, CODE, way="阅览", approver="", due_on="")
    lent = lend(office, CODE)
    loan = {"way": "借出", "approver": "孙志强", "due_on": "2026-11-25"}
    with pytest.raises(Invalid, match="还在刘敏"):
        care.correct(office, ACCESS_LOG, read["id"], loan, TODAY)
    care.correct(
        office, ACCESS_LOG, lent["id"], {"way": "借出", "due_on": "2026-12-25"}, TODAY
    )  # itself is no obstacle
    care.give_back(office, ACCESS_LOG, lent["id"], TODAY)
    care.correct(office, ACCESS_LOG, read["id"], loan, TODAY)
    with pytest.raises(Invalid, match="还在刘敏"):
        care.correct(office, ACCESS_LOG, lent["id"], {"returned_on": ""}, TODAY)
    old = lend(office, str(rows[0]["number"]))
    care.give_back(office, ACCESS_LOG, old["id"], TODAY)
    transfer.hand_over(
        office, {"handed_on": "今天", "title": "移交", "receiving_unit": "县档案馆"}, ids(rows)[:1], TODAY
    )
    with pytest.raises(Invalid, match="移交进馆"):
        care.correct(office, ACCESS_LOG, old["id"], {"returned_on": ""}, TODAY)
    with pytest.raises(Invalid, match="移交进馆"):
        lend(office, str(rows[0]["number"]), used_on="2026-11-01")
    assert care.correct(office, ACCESS_LOG, old["id"], {"effect": "解决了一起纠纷"}, TODAY)["effect"]


def test_what_went_out_comes_back_where_it_went_out(office: Office):
    fill(office)
    move = {"moved_on": "今天", "direction": "出库", "reference_codes": CODE, "title": "送去修裱"}
    row = care.register(office, STACK_IN_OUT, move, TODAY)
    with pytest.raises(Invalid, match="请在那一条上点“归还”") as refused:
        care.register(office, STACK_IN_OUT, move | {"direction": "入库"}, TODAY)
    assert str(row["number"]) in str(refused.value)
    care.give_back(office, STACK_IN_OUT, row["id"], TODAY)
    assert care.register(office, STACK_IN_OUT, move | {"direction": "入库"}, TODAY)["item_count"] == 1


@pytest.mark.parametrize("time", ["9:15", "2026-11-20 09:15"])
def test_the_time_of_a_reading_is_one_of_its_day(time: str, office: Office):
    noted = {"measured_on": "2026-11-18", "measured_at": time, "temperature": "18", "humidity": "50"}
    row = care.register(office, CLIMATE_LOG, noted, TODAY)
    assert row["measured_at"] == "2026-11-18 09:15"
    row = care.correct(office, CLIMATE_LOG, row["id"], {"measured_on": "2026-11-17"}, TODAY)
    assert row["measured_at"] == "2026-11-17 09:15"


@pytest.mark.parametrize("typed", ["2014-y-1", "Y-BGS-1", "bgs_2014·Y"])
def test_a_few_pieces_of_a_code_find_it(typed: str, office: Office):
    fill(office)
    finder = care.ItemFinder(office)
    finder.load()
    assert CODE in [one.code for one in finder.proposals(typed, TODAY)]


def test_nothing_is_entered_or_corrected_ahead(office: Office):
    draft = {"used_on": "今天", "reader": "刘敏", "reference_codes": "1", "purpose": "查考", "way": "借出",
             "approver": "孙志强", "due_on": "2026-12-01"}  # fmt: skip
    with pytest.raises(Invalid, match="日期还没有到（今天是 2026-11-20）"):
        care.register(office, ACCESS_LOG, draft | {"used_on": "2026-11-21"}, TODAY)
    row = care.register(office, ACCESS_LOG, draft, TODAY)
    with pytest.raises(Invalid, match="归还日期还没有到"):
        records.correct(office, ACCESS_LOG, row["id"], {"returned_on": "2026-11-21"}, TODAY)
    assert records.get(office, ACCESS_LOG, row["id"])["returned_on"] is None
