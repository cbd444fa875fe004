# SPDX-License-Identifier: MulanPSL-2.0
"""年终清退核对: the superior's list against what is here. Every copy of either side comes out exactly once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.conftest import write_xlsx
from township_office.core.docnumber import DocNumber, parse_doc_number
from township_office.core.errors import Invalid, OfficeError
from township_office.exchange.clearlist import Called, ClearList, Doubt
from township_office.registers.custody import GONE
from township_office.services.guarded import clearance, confidential, custody
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.clearance import DOUBT, MATCHED, MISSING, UNLISTED

FULL = "青委办〔2026〕15号"


@pytest.fixture
def now(today):
    return datetime(today.year, today.month, today.day, 9, 30)


@pytest.fixture
def vault(office):
    made, _ = vaults.make(office, "赵保密", "Feng-2026xy")
    return made


def add(vault, today, number, serials, level="机密"):
    draft = {"secrecy_level": level, "copy_serial": serials, "doc_number": number, "received_on": today.isoformat()}
    paper = confidential.register_paper(vault, draft | {"cabinet_no": "甲3"}, today)
    assert paper is not None
    return paper


def called(number, *serials, copies=1, level="", row=3):
    read = parse_doc_number(number) or DocNumber("", None, int(number), "")
    return Called("目录", row, read, tuple(serials), len(serials) or copies, level)


def compare(vault, now, *theirs, doubts=()):
    return clearance.compare(vault, ClearList(theirs, doubts, 0, ()), now)


def said(found, group):
    return [(line.number, line.serial, line.words) for line in found.of(group)]


def test_after_tampering_it_still_compares_and_writes_nothing(vault, today, now):
    add(vault, today, "15", "000012")
    vault.findings = ("第1行被改动过",)
    assert len(compare(vault, now, called(FULL, "12")).of(MATCHED)) == 1
    assert vaults.of_kind(vault, clearance.CLEARANCE_CHECK) == []


def test_strict_pairs_last_digits_and_serial(vault, today, now):
    add(vault, today, "15", "000012-000014")
    found = compare(vault, now, called(FULL, "12", "13", "99"))
    number = f"涉{today.year}-001"
    assert said(found, MATCHED) == [(number, "000012", "在柜 甲3"), (number, "000013", "在柜 甲3")]
    assert said(found, MISSING) == [("", "99", "本机没有登记这一份")]
    assert said(found, UNLISTED) == [(number, "000014", "在柜 甲3")]
    assert {line.doc_number for line in found.of(MATCHED)} == {"〔2026〕15号"}, "not whose number it is"
    assert [line.is_sure for line in found.of(MATCHED)] == [True, True]


def test_the_level_tells_two_apart_and_without_it_they_are_to_be_looked_at(vault, today, now):
    add(vault, today, "15", "000012", "机密")
    add(vault, today, "15", "000012", "秘密")
    found = compare(vault, now, called(FULL, "000012", level="秘密"))
    assert [(line.level, line.is_sure) for line in found.of(MATCHED)] == [("秘密", True)]
    found = compare(vault, now, called(FULL, "000012"))
    assert [line.is_sure for line in found.of(MATCHED)] == [False]
    assert "请对原件" in found.of(MATCHED)[0].words
    assert not found.to_clear
    found = compare(vault, now, called(FULL, "000012"), called("青政办〔2026〕15号", "000012"))
    assert [line.is_sure for line in found.of(MATCHED)] == [False, False]


def test_relaxed_pairs_the_whole_number(vault, today, now):
    confidential.set_mode(vault, confidential.RELAXED, "县保密局李", today.isoformat(), today)
    add(vault, today, "青政办[2026]15号", "000012")
    add(vault, today, "青委办[2026]第15号", "000012")
    found = compare(vault, now, called(FULL, "000012"), called("青委办〔2025〕15号", "000012"))
    assert [(line.number[-3:], line.doc_number, line.is_sure) for line in found.of(MATCHED)] == [("002", FULL, True)]
    assert [line.doc_number for line in found.of(MISSING)] == ["青委办〔2025〕15号"]
    assert [line.number[-3:] for line in found.of(UNLISTED)] == ["001"]


def test_what_is_gone_says_where_it_went_and_what_is_out_who_has_it(vault, today, now):
    add(vault, today, "15", "1-4")
    custody.take_step(vault, 1, ["1"], "clear", {"list_no": "清7", "holder": "县委办李"}, now)
    custody.take_step(vault, 1, ["2"], "transfer", {"holder": "周立新"}, now)
    people = {"approver": "孙志强", "supervisor_1": "何文斌", "supervisor_2": "许晴", "place": "县销毁中心"}
    custody.take_step(vault, 1, ["3"], "destroy", people, now)
    custody.take_step(vault, 1, ["4"], "out", {"holder": "孙志强"}, now)
    found = compare(vault, now, called(FULL, "1", "2", "3", "4"))
    day = today.isoformat()
    assert [line.words for line in found.of(MISSING)] == [
        f"已于 {day} 清退，清单 清7，接收人 县委办李",
        f"已于 {day} 移交 周立新，清单 未记",
        f"已于 {day} 销毁，回执 未记",
    ]
    assert said(found, MATCHED) == [(f"涉{today.year}-001", "4", f"在外：孙志强，{day} 起，请先收回")]
    assert not found.of(UNLISTED)
    assert not found.to_clear


def test_a_list_that_only_counts(vault, today, now):
    confidential.set_mode(vault, confidential.RELAXED, "县保密局李", today.isoformat(), today)
    add(vault, today, FULL, "1-2")
    exact = compare(vault, now, called(FULL, copies=2))
    assert [line.is_sure for line in exact.of(MATCHED)] == [True, True]
    fewer = compare(vault, now, called(FULL, copies=1))
    assert ([line.is_sure for line in fewer.of(MATCHED)], len(fewer.of(UNLISTED))) == ([False], 1)
    more = compare(vault, now, called(FULL, copies=3))
    assert ([line.is_sure for line in more.of(MATCHED)], said(more, MISSING)) == (
        [False, False],
        [("", "未列份号", "本机没有登记这一份")],
    )


def test_a_paper_without_a_number_is_named_as_a_possibility_only(vault, today, now):
    add(vault, today, "", "000012")
    found = compare(vault, now, called(FULL, "000012"))
    assert f"涉{today.year}-001" in found.of(MISSING)[0].words
    assert [line.group for line in found.lines] == [MISSING, UNLISTED]


def test_repeated_and_unreadable_lines_are_listed(vault, today, now):
    add(vault, today, "15", "000012")
    found = compare(
        vault, now, called(FULL, "000012"), called(FULL, "12", row=8), doubts=(Doubt("目录", 9, "没有文号"),)
    )
    assert [(line.place, line.words) for line in found.of(DOUBT)] == [
        ("目录 第 8 行", "与第 3 行重复"),
        ("目录 第 9 行", "没有文号"),
    ]
    assert len(found.of(MATCHED)) == 1


def test_only_counts_are_kept(vault, today, now):
    add(vault, today, "15", "000012")
    compare(vault, now, called(FULL, "000012", "000077"))
    (row,) = vaults.of_kind(vault, clearance.CLEARANCE_CHECK)
    assert row.body == {
        "kind": "clearance_check", "at": now.isoformat(), "by": "赵保密", "matched": 1, "missing": 1, "unlisted": 0,
        "doubt": 0,
    }  # fmt: skip


def test_what_matched_is_cleared_all_or_none(vault, today, now):
    add(vault, today, "15", "000012-000014")
    custody.take_step(vault, 1, ["000014"], "out", {"holder": "孙志强"}, now)
    found = compare(vault, now, called(FULL, "000012", "000013", "000014"))
    with pytest.raises(Invalid):
        clearance.clear_matched(vault, found, "", "县委办李", now)
    assert confidential.count(vault).cleared == 0
    after = clearance.clear_matched(vault, found, "清7", "县委办李", now)
    assert [line.words[:3] for line in after.of(MATCHED)] == ["已于 ", "已于 ", "在外："]
    assert not after.to_clear
    count = confidential.count(vault)
    assert (count.cleared, count.out) == (2, 1)
    with pytest.raises(OfficeError, match="没有可以记为清退的"):
        clearance.clear_matched(vault, compare(vault, now, called(FULL, "000012")), "清7", "县委办李", now)


def test_a_file_of_theirs_from_end_to_end(vault, today, now, tmp_path):
    add(vault, today, "15", "000012-000013")
    rows = [["文号", "标题", "份号"], [FULL, "关于甲乙丙丁的通知", "000012"]]
    path = write_xlsx(tmp_path / "清退目录.xlsx", {"目录": rows})
    found = clearance.compare(vault, clearance.read_list(path), now)
    assert [len(found.of(group)) for group in (MATCHED, MISSING, UNLISTED, DOUBT)] == [1, 0, 1, 0]
    assert found.ignored == ("标题",)
    assert "甲乙丙丁" not in repr(found)


def test_a_marked_file_name_is_refused_unopened(tmp_path):
    with pytest.raises(OfficeError, match="名称里有国家秘密标志") as refused:
        clearance.read_list(tmp_path / "机密★10年目录.xlsx")
    assert "★" not in str(refused.value)


@pytest.fixture
def with_gone(vault, today, monkeypatch):
    """Papers of three numbers with copies 1 to 4, of which some are gone as told."""
    made = [add(vault, today, str(number), "1-4") for number in (1, 2, 3)]

    def tell(gone):
        papers = []
        for paper in made:
            states = {str(serial): state for number, serial, state in gone if str(number) == paper.record["doc_number"]}
            copies = {one: replace(copy, state=states.get(one, copy.state)) for one, copy in paper.copies.items()}
            papers.append(replace(paper, copies=copies))
        monkeypatch.setattr(confidential, "papers", lambda _: papers)
        return papers

    return tell


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    gone=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4), st.sampled_from(GONE)), max_size=5),
    theirs=st.lists(st.tuples(st.integers(1, 3), st.lists(st.integers(1, 6), max_size=3, unique=True)), max_size=6),
)
def test_no_copy_is_left_out_or_named_twice(vault, now, with_gone, gone, theirs):
    papers = with_gone(gone)
    lists = [called(f"青委办〔2026〕{number}号", *map(str, asked), row=at) for at, (number, asked) in enumerate(theirs)]
    found = compare(vault, now, *lists)
    assert len(found.lines) - len(found.of(UNLISTED)) == sum(one.copies for one in lists)
    named = [(line.paper_id, line.serial) for line in found.lines if line.paper_id is not None]
    assert len(named) == len(set(named))
    here = {(paper.id, copy.serial) for paper in papers for copy in paper.copies.values() if copy.state not in GONE}
    assert here <= set(named)
    assert all((line.paper_id, line.serial) in here for group in (MATCHED, UNLISTED) for line in found.of(group))
