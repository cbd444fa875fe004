# SPDX-License-Identifier: MulanPSL-2.0
"""Copies in lists: every one with its standing, found by what is known of it, names by how often they came."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from township_office.registers.confidential import declassified_on, shown_record
from township_office.services.guarded import confidential, custody
from township_office.services.guarded import vault as vaults
from township_office.services.guarded.custody_lists import CopyFinder, every_copy, known_names, standing_of, year_of
from township_office.services.guarded.custody_past import paper_story
from township_office.services.office import close_office, create_office

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 16, 30)


@pytest.fixture
def vault(tmp_path):
    office = create_office(tmp_path / "云水镇.office.db", "云水镇党政办", "王春燕", TODAY)
    made, _ = vaults.make(office, "赵保密", "Feng-2026xy")
    yield made
    vaults.lock(made)
    close_office(office)


def register(vault, **fields):
    return confidential.register_paper(vault, {"received_on": "2026-11-18", "secrecy_level": "秘密"} | fields, TODAY)


def found(vault, text):
    helds = every_copy(vault)
    return [
        helds[place].copy.serial for place in CopyFinder(helds, is_strict=confidential.mode(vault).is_strict).hits(text)
    ]


def test_every_copy_is_there_with_its_standing(vault):
    paper = register(vault, copy_serial="000101-000102")
    wrong = register(vault, copy_serial="000103", received_on="2025-12-30")
    confidential.void_paper(vault, wrong.id, "重复登记", TODAY)
    custody.take_step(vault, paper.id, ["000101"], "out", {"holder": "孙志强"}, NOW)
    helds = every_copy(vault)
    assert [(one.copy.serial, standing_of(one), year_of(one)) for one in helds] == [
        ("000101", "reading", 2026), ("000102", "in_hand", 2026), ("000103", "void", 2025),
    ]  # fmt: skip


def test_copies_are_found(vault):
    one = register(vault, copy_serial="000101", cabinet_no="甲3", book_page="3-12")
    register(vault, copy_serial="000201")
    custody.take_step(vault, one.id, ["000101"], "out", {"holder": "孙志强"}, NOW)
    for text in ("101", "涉2026-001", "2026-1", "甲3", "孙志强", "szq", "3-12", "甲3 孙", "０００１０１"):
        assert found(vault, text) == ["000101"], text
    assert found(vault, "0") == ["000201", "000101"]
    assert found(vault, "甲3 201") == []


def test_back_in_strict_mode_sender_title_and_number_are_out_of_sight(vault):
    confidential.set_mode(vault, "relaxed", "县保密局李科", "2026-11-18", TODAY)
    words = {
        "sender": "青山县水利局",
        "doc_number": "青水〔2026〕15号",
        "title": "水库调度安排",
        "is_title_cleared": "是",
    }
    paper = register(vault, copy_serial="000101", **words)
    assert found(vault, "水库") == found(vault, "水利局") == found(vault, "青水〔2026〕15号") == ["000101"]
    assert shown_record(paper.record, is_strict=False) == paper.record
    confidential.set_mode(vault, "strict", "", "", TODAY)
    assert found(vault, "水库") == found(vault, "水利局") == found(vault, "青水") == []
    assert found(vault, "15") == ["000101"]
    shown = shown_record(paper.record, is_strict=True)
    assert (shown["sender"], shown["title"], shown["doc_number"]) == (None, None, "15")


def test_a_holder_is_not_found_any_more_when_the_copy_is_back(vault):
    one = register(vault, copy_serial="000101")
    custody.take_step(vault, one.id, ["000101"], "out", {"holder": "孙志强", "at": "2026-11-20 09:00"}, NOW)
    custody.take_step(vault, one.id, ["000101"], "back", {}, NOW)
    assert found(vault, "孙志强") == []


def test_names_come_by_how_often_they_came(vault):
    paper = register(vault, copy_serial="1-3", deliverer="小李")
    for serial, holder in (("1", "林静"), ("2", "孙志强"), ("3", "孙志强")):
        custody.take_step(vault, paper.id, [serial], "out", {"holder": holder}, NOW)
    assert known_names(vault, "holder") == ["孙志强", "林静"]
    assert known_names(vault, "deliverer") == ["小李"]
    assert known_names(vault, "sender") == []


def test_the_story_of_a_paper_is_read_from_the_sealed_log(vault):
    paper = register(vault, copy_serial="000101", cabinet_no="甲3")
    other = register(vault, copy_serial="000999")
    confidential.correct_paper(vault, paper.id, {"cabinet_no": "乙1"}, TODAY, "登记错误")
    custody.take_step(vault, paper.id, ["000101"], "out", {"holder": "孙志强"}, NOW)
    custody.take_back_step(vault, paper.id, "000101", "步骤记错", NOW)
    custody.take_step(vault, other.id, ["000999"], "out", {"holder": "林静"}, NOW)
    story = paper_story(vault, paper.id)
    assert sorted((one.verb, one.why) for one in story) == sorted(
        [("登记", ""), ("修改", "登记错误"), ("送阅", ""), ("更正送阅", "步骤记错")]
    )
    assert {one.clerk for one in story} == {"赵保密"}
    changed = next(one for one in story if one.verb == "修改")
    assert [(field.label, field.old, field.new) for field in changed.fields] == [("柜号", "甲3", "乙1")]
    sent = next(one for one in story if one.verb == "送阅")
    assert (sent.whose, "孙志强") == ("000101", next(one.new for one in sent.fields if one.label == "阅文人"))


def test_an_altered_log_is_named(vault, monkeypatch):
    paper = register(vault, copy_serial="000101")
    entries = vaults.past(vault, paper.id)
    monkeypatch.setattr(vaults, "past", lambda *_: [entry | {"body": None} for entry in entries])
    assert [one.verb for one in paper_story(vault, paper.id)] == ["记录被改动"]


@pytest.mark.parametrize(
    ("level", "period", "until"),
    [
        ("机密", "10年", date(2034, 2, 28)), ("机密", "★10年", date(2034, 2, 28)), ("秘密", "6个月", date(2024, 8, 29)),
        ("秘密", "１年", date(2025, 2, 28)), ("机密", "", date(2044, 2, 29)), ("秘密", "", date(2034, 2, 28)),
        ("机密", "长期", None), ("", "", None), ("秘密", "至会议结束", None),
    ],
)  # fmt: skip
def test_a_period_runs_from_the_day_of_issue(level, period, until):
    assert declassified_on(date(2024, 2, 29), level, period) == until
