# SPDX-License-Identifier: MulanPSL-2.0
"""The steps of a copy, one by one: their rules, hostile words, times and names; and rows of other versions."""

from __future__ import annotations

import time

import pytest

from tests.services.guarded.conftest import NOON, OUT, PAPER, ROOT, TODAY, refused, registered
from township_office.core.errors import Invalid
from township_office.core.recovery import code_of
from township_office.registers.confidential import CONFIDENTIAL, read_serials
from township_office.registers.custody import STEPS, is_same_person
from township_office.services import checking
from township_office.services.guarded import confidential, custody, vault
from township_office.services.guarded.confidential import Paper
from township_office.services.guarded.vault import Vault
from township_office.services.office import Office, change

# ---- two names ----


@pytest.mark.parametrize("other", ["张三", "张 三", " 张\u3000三 ", "张\u200b三", "张\n三"])
def test_one_person_is_not_two(other: str, opened: Vault, paper: Paper):
    names = {"approver": "李四", "supervisor_1": "张三", "supervisor_2": other, "place": "县销毁中心"}
    words = refused(lambda: custody.take_step(opened, paper.id, ["101"], "destroy", names, NOON), "supervisor_2")
    assert "两人" in words
    out = {"holder": other, "by": "张三"}
    words = refused(lambda: custody.take_step(opened, paper.id, ["101"], "out", out, NOON), "by")
    assert "两个人" in words


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Ａnna", "anna", True),
        ("欧阳 娜娜", "欧阳娜娜", True),
        ("张三", "张山", False),
        ("", "", False),
        ("张三", "", False),
    ],
)
def test_who_is_the_same_person(one: str, other: str, is_same: bool):
    assert is_same_person(one, other) is is_same


@pytest.mark.parametrize("key", STEPS)
def test_a_step_without_its_names_is_refused(key: str, opened: Vault, paper: Paper):
    required = {field.name for field in STEPS[key].form.fields if field.required} - {"at", "by", "copy_count"}
    if required:
        with pytest.raises(Invalid) as caught:
            custody.take_step(opened, paper.id, ["101"], *("out", {}) if key in ("back", "return") else (key, {}), NOON)
        assert {problem.field for problem in caught.value.problems} == required
    assert "没有这一栏" in refused(
        lambda: custody.take_step(opened, paper.id, ["101"], *ready(opened, paper, key), NOON)
    )


def ready(opened: Vault, paper: Paper, key: str) -> tuple[str, dict[str, str]]:
    """The step from where it may begin, with a field of free text that no step has."""
    first = {"back": ("out", OUT), "return": ("lend", OUT | {"approver": "何文斌", "due_on": "2026-12-20"})}.get(key)
    if first:
        custody.take_step(opened, paper.id, ["101"], *first, NOON)
    return key, {"remarks": "内容摘要"}


# ---- copies by name ----


@pytest.mark.parametrize("typed", ["000101", "101", " 0101 ", "１０１", "第101份"])
def test_a_copy_is_found_as_people_write_it(typed: str, paper: Paper):
    assert custody.copy_of(paper, typed).serial == "000101"


@pytest.mark.parametrize("typed", ["", " ", "0", "000", "10", "000101-000103", "密" * 500, "\ud800", "-1"])
def test_what_is_no_copy_is_refused(typed: str, paper: Paper):
    assert "没有份号" in refused(lambda: custody.copy_of(paper, typed))


def test_a_name_of_two_copies_is_asked_again(opened: Vault):
    paper = registered(opened, PAPER | {"copy_serial": "00007、0007"})
    assert custody.copy_of(paper, "0007").serial == "0007"
    assert "没有份号" in refused(lambda: custody.copy_of(paper, "7"))


def test_a_copy_named_twice_takes_one_step(opened: Vault, paper: Paper):
    after = custody.take_step(opened, paper.id, ["000101", "101", " 101"], "out", OUT, NOON)
    assert [step.serial for step in after.steps] == ["000101"]
    assert confidential.count(opened).reading == 1


def test_nothing_chosen_is_told(opened: Vault, paper: Paper):
    assert "选份号" in refused(lambda: custody.take_steps(opened, [], "out", OUT, NOON))
    assert "选份号" in refused(lambda: custody.take_step(opened, paper.id, [], "out", OUT, NOON))


GOOD = {
    "000101-000103": ["000101", "000102", "000103"],
    "０００１０１－０００１０２": ["000101", "000102"],
    "98-101": ["98", "99", "100", "101"],
    "A07～A09": ["A07", "A08", "A09"],
    "3、5，7;9": ["3", "5", "7", "9"],
    "12/3": ["12/3"],
    "": ["第1份"],
}
BAD = [
    "1-999999999", "-3", "3-1", "1--5", "101-", "٣-٥", "३", "①-密", "A1-B3", "1,1", "000101-000103,000102", "密",
    "/1", "1" * 21, "1" * 10_000, "0-" + "9" * 5000, "1" * 199 + "-", "=1+1", "'; DROP TABLE sealed",
]  # fmt: skip


@pytest.mark.parametrize(("text", "serials"), GOOD.items())
def test_serials_are_read(text: str, serials: list[str]):
    assert read_serials(text, None) == serials


@pytest.mark.parametrize("text", BAD)
def test_serials_that_cannot_be_meant_are_refused_at_once(text: str, opened: Vault):
    began = time.perf_counter()
    with pytest.raises(ValueError, match="份"):
        read_serials(text, None)
    words = refused(lambda: registered(opened, PAPER | {"copy_serial": text}))
    assert "份号" in words
    assert "Exceeds" not in words
    assert time.perf_counter() - began < 1


# ---- times ----


@pytest.mark.parametrize("key", ["out", "keep", "copy"])
def test_nothing_happens_before_what_happened_last(key: str, opened: Vault, paper: Paper):
    custody.take_step(opened, paper.id, ["101"], "keep", {"cabinet_no": "乙1", "at": "2026-11-20 10:00"}, NOON)
    draft = {"holder": "孙志强", "approver": "何文斌", "cabinet_no": "丙1"}
    draft = {name: word for name, word in draft.items() if any(one.name == name for one in STEPS[key].form.fields)}
    for at in ("2026-11-20 09:59", "2026-11-19"):
        words = refused(lambda at=at: custody.take_step(opened, paper.id, ["101"], key, draft | {"at": at}, NOON), "at")
        assert "2026-11-20 10:00" in words
    custody.take_step(opened, paper.id, ["101"], key, draft | {"at": "2026-11-20"}, NOON)
    words = refused(
        lambda: custody.take_step(
            opened, paper.id, ["103"], "out", {"holder": "孙志强", "at": "2026-11-19 23:59"}, NOON
        ),
        "at",
    )
    assert "2026-11-20" in words, "nor before the paper came"


def test_a_day_without_its_hour_does_not_turn_the_clock_back(opened: Vault, paper: Paper):
    custody.take_step(opened, paper.id, ["101"], "out", OUT, NOON)
    custody.take_step(opened, paper.id, ["101"], "back", {"at": "2026-11-20"}, NOON)
    again = OUT | {"holder": "何文斌", "at": "2026-11-20 08:00"}
    assert "2026-11-20 09:15" in refused(lambda: custody.take_step(opened, paper.id, ["101"], "out", again, NOON), "at")


@pytest.mark.parametrize(
    "at", ["明天", "2026-11-20 12:06", "2027-01-01", "9999-12-31", "0001-01-01", "昨天的昨天", "25:61"]
)
def test_a_time_that_cannot_be_is_refused(at: str, opened: Vault, paper: Paper):
    refused(lambda: custody.take_step(opened, paper.id, ["101"], "out", OUT | {"at": at}, NOON), "at")


def test_a_paper_is_not_received_after_it_was_handed_out(opened: Vault):
    paper = registered(opened, PAPER | {"received_on": "2026-11-18"})
    custody.take_step(opened, paper.id, ["101"], "out", OUT | {"at": "2026-11-19 09:00"}, NOON)
    later = {"received_on": "2026-11-20"}
    assert "晚于" in refused(
        lambda: confidential.correct_paper(opened, paper.id, later, TODAY, "登记错误"), "received_on"
    )
    confidential.correct_paper(opened, paper.id, {"received_on": "2026-11-19"}, TODAY, "登记错误")


@pytest.mark.parametrize("day", ["2026-11-21", "9999-12-31", "0001-01-01", "1899-12-31", "2026-02-30", "12345678901"])
def test_a_day_far_off_is_refused(day: str, opened: Vault):
    refused(lambda: registered(opened, PAPER | {"received_on": day}), "received_on")


# ---- hostile words ----


@pytest.mark.parametrize("field", [one.name for one in CONFIDENTIAL.fields])
def test_ten_thousand_characters_are_refused_beside_the_field(field: str, opened: Vault):
    confidential.set_mode(opened, "relaxed", "县保密局李科", "2026-11-20", TODAY)
    before = confidential.papers(opened)
    draft = PAPER | {"is_title_cleared": "是"} | {field: "密" * 10_000}
    with pytest.raises(Invalid) as caught:
        registered(opened, draft)
    assert field in {problem.field for problem in caught.value.problems}
    assert len(str(caught.value)) < 300
    assert confidential.papers(opened) == before


def test_signs_that_cannot_be_seen_are_gone_and_the_rest_is_kept(office: Office, opened: Vault):
    paper = registered(opened, PAPER | {"cabinet_no": "甲\x00\u202e1", "deliverer": "䶮\ud800㙍\U00020bb7"})
    after = custody.take_step(opened, paper.id, ["101"], "out", OUT | {"holder": "孙\x00志\ufeff强"}, NOON)
    opened = vault.unlock_with_code(office, code_of(ROOT))
    assert opened.findings == ()
    kept = confidential.get_paper(opened, paper.id)
    assert kept == after
    assert (kept.record["cabinet_no"], kept.record["deliverer"]) == ("甲1", "䶮\ufffd㙍\U00020bb7")
    assert kept.copies["000101"].holder == "孙志强"


# ---- made copies ----


def test_a_copying_is_not_taken_back_once_its_copies_moved(opened: Vault, paper: Paper):
    made = custody.take_step(opened, paper.id, ["102"], "copy", {"approver": "何文斌", "copy_count": "2"}, NOON)
    assert [one for one in made.copies if made.copies[one].made_from] == ["000102复1", "000102复2"]
    custody.take_step(opened, paper.id, ["000102复2"], "out", OUT | {"at": "2026-11-20 12:00"}, NOON)
    assert "复制件已有去向" in refused(lambda: custody.take_back_step(opened, paper.id, "102", "步骤记错", NOON))
    custody.take_back_step(opened, paper.id, "000102复2", "步骤记错", NOON)
    assert list(custody.take_back_step(opened, paper.id, "102", "步骤记错", NOON).copies) == list(paper.copies)
    assert "没有去向记录" in refused(lambda: custody.take_back_step(opened, paper.id, "102", "步骤记错", NOON))


def test_what_was_destroyed_is_locked_for_ever(opened: Vault, paper: Paper):
    names = {"approver": "李四", "supervisor_1": "张三", "supervisor_2": "王五", "place": "县销毁中心"}
    custody.take_step(opened, paper.id, ["101"], "destroy", names, NOON)
    for work in (
        lambda: custody.take_back_step(opened, paper.id, "101", "步骤记错", NOON),
        lambda: confidential.correct_paper(opened, paper.id, {"cabinet_no": "乙"}, TODAY, "登记错误"),
    ):
        assert "永久锁定" in refused(work)
    assert "不能作废" in refused(lambda: confidential.void_paper(opened, paper.id, "登记错误", TODAY))


# ---- rows of other versions, and rows that are missing ----


def test_a_row_of_an_older_version_is_read(office: Office, opened: Vault, paper: Paper):
    """What was added to a body later is missing in it; what every version writes is kept in the frozen file."""
    body = dict(vault.get(opened, paper.id).body)
    fields = {"received_on": "2026-11-20", "secrecy_level": "秘密"}
    old = {name: body[name] for name in ("kind", "number", "year", "serials", "at", "by")} | {"sequence": 2}
    (item,) = vault.write(opened, [(None, old | {"fields": fields})])
    step = {"kind": "step", "paper": item.id, "serial": "000101", "step": "out", "at": "2026-11-20", "values": {}}
    vault.write(opened, [(None, step)])
    opened = vault.unlock_with_code(office, code_of(ROOT))
    found = confidential.get_paper(opened, item.id)
    assert (found.void, found.record["cabinet_no"], found.copies["000101"].state) == (None, None, "reading")
    assert confidential.count(opened).received == 6
    custody.take_back_step(opened, item.id, "101", "步骤记错", NOON)


def test_a_row_that_does_not_open_keeps_no_other_from_being_read(office: Office, opened: Vault, paper: Paper):
    custody.take_step(opened, paper.id, ["102"], "copy", {"approver": "何文斌"}, NOON)
    custody.take_step(opened, paper.id, ["000102复1"], "out", OUT | {"at": "2026-11-20 12:00"}, NOON)
    copying = confidential.get_paper(opened, paper.id).steps[0].id
    with change(office) as pen:
        pen.db.execute("UPDATE sealed SET body = 'AAAA' WHERE id = ?", [copying])
    opened = vault.unlock_with_code(office, code_of(ROOT))
    assert len(opened.findings) == 1
    assert list(confidential.get_paper(opened, paper.id).copies) == list(paper.copies)
    assert confidential.count(opened).received == 3
    assert checking.verify(office).findings != ()


def test_ten_years_of_papers_are_quick(opened: Vault, office: Office, paper: Paper):
    """500 papers of 8 copies, 20,000 steps: bounds with room for a slow machine; measured figures lie far below."""
    body = dict(vault.get(opened, paper.id).body) | {"serials": [f"{101 + n:06d}" for n in range(8)]}
    bodies = [(None, body | {"sequence": n, "number": f"涉2026-{n:03d}"}) for n in range(2, 502)]
    papers = [item.id for item in vault.write(opened, bodies)]
    step = {"kind": "step", "values": {"holder": "孙志强", "by": "赵文静"}, "void": None}
    turns = [("out", "2026-11-20 08:00"), ("back", "2026-11-20 09:00")] * 2 + [("out", "2026-11-20 10:00")]
    vault.write(
        opened,
        [
            (None, step | {"paper": one, "serial": serial, "step": key, "at": at})
            for key, at in turns
            for one in papers
            for serial in body["serials"]
        ],
    )
    began = time.perf_counter()
    opened = vault.unlock_with_code(office, code_of(ROOT))
    unlocking = time.perf_counter() - began
    confidential.papers(opened)
    began = time.perf_counter()
    custody.take_step(opened, papers[7], ["101"], "back", {}, NOON)
    assert len(confidential.papers(opened)) == 501
    assert confidential.count(opened).reading == 3999
    stepping = time.perf_counter() - began
    assert unlocking < 5
    assert stepping < 0.25, "one step and the list anew; 0.02 s on two slow cores"
