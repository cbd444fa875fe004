# SPDX-License-Identifier: MulanPSL-2.0
"""What comes next is always a step that can be taken, and it leads the paper to its end."""

from __future__ import annotations

from datetime import datetime

import pytest

from township_office.registers.chase import CHASE
from township_office.registers.circulation import CIRCULATION, INSTRUCTION, READING
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import children, circulation, records, settings, steps
from township_office.services.dossier import dossier_of, likely_purpose

NOW = datetime(2026, 11, 20, 10, 2)


@pytest.fixture
def paper(office, draft, today):
    return records.register_document(office, RECEIPT, draft("receipt"), today)["id"]


def following(office, register, row_id, today):
    return dossier_of(office, register, records.get(office, register, row_id), today).following


def test_a_receipt_is_led_from_the_desk_to_the_archive(office, paper, today):
    def comes():
        return following(office, RECEIPT, paper, today)

    def take(key, **draft):
        assert comes() == key
        steps.take_step(office, RECEIPT, paper, key, draft, today)

    take("propose", proposed_action="拟请孙志强同志阅示")
    assert comes() == "send"
    assert likely_purpose(records.get(office, RECEIPT, paper), []) == INSTRUCTION
    out = circulation.send_round(office, paper, ["孙志强", "何文斌"], {"purpose": INSTRUCTION}, NOW)
    assert comes() == "pass_on"
    circulation.take_back(office, out["id"], "请党建办承办", NOW)
    assert comes() == "send"
    waiting = circulation.next_reader(circulation.handovers(office, paper))
    assert waiting["reader"] == "何文斌"
    out = circulation.send(office, paper, {"reader": "何文斌"}, NOW)
    assert comes() == "take_back"
    circulation.take_back(office, out["id"], "", NOW)
    take("assign", lead_dept="党建工作办公室")
    take("finish", completed_on="今天")
    take("file", is_for_archive="是", filed_on="今天")
    assert comes() == ""


def test_what_is_only_read_needs_neither_proposal_nor_handler(office, draft, today):
    paper = records.register_document(office, RECEIPT, draft("receipt", handling="阅件"), today)["id"]
    assert following(office, RECEIPT, paper, today) == "send"
    assert likely_purpose(records.get(office, RECEIPT, paper), []) == READING
    out = circulation.send(office, paper, {"reader": "何文斌"}, NOW)
    circulation.take_back(office, out["id"], "", NOW)
    assert following(office, RECEIPT, paper, today) == "finish"


def test_a_paper_that_was_answered_is_to_be_finished(office, paper, today):
    records.correct(office, RECEIPT, paper, {"reply_number": "云政函〔2026〕3号"}, today)
    assert following(office, RECEIPT, paper, today) == "finish"


def test_a_dispatch_is_led_from_the_draft_to_the_archive(office, draft, today):
    row_id = records.register_document(office, DISPATCH, draft("dispatch", signed_on="", signer=""), today)["id"]
    for key, said in (
        ("review", {"reviewed_on": "今天"}), ("sign", {"signer": "何文斌", "signed_on": "今天"}),
        ("print", {"printed_on": "今天"}), ("release", {"dispatched_on": "今天"}),
        ("file", {"is_for_archive": "是", "filed_on": "今天"}),
    ):  # fmt: skip
        assert following(office, DISPATCH, row_id, today) == key
        steps.take_step(office, DISPATCH, row_id, key, said, today)
    assert following(office, DISPATCH, row_id, today) == ""


def test_a_void_paper_has_nothing_to_come(office, paper, today):
    records.void(office, RECEIPT, paper, "重复登记", today)
    assert following(office, RECEIPT, paper, today) == ""


def test_everything_that_belongs_to_a_paper_is_at_hand(office, paper, today):
    settings.set_setting(office, "office.leaders", "孙志强=书记,何文斌=镇长")
    circulation.plan(office, paper, ["孙志强"], READING, today)
    children.add_child(office, CHASE, paper, {"chased": "李向东"}, today)
    dossier = dossier_of(office, RECEIPT, records.get(office, RECEIPT, paper), today)
    assert [row["reader"] for row in dossier.handovers] == ["孙志强"]
    assert [row["chased"] for row in dossier.chases] == ["李向东"]
    assert dossier.posts["孙志强"] == "书记"


def test_passed_on_the_next_reader_gets_it_for_what_was_planned(office, paper):
    circulation.plan(office, paper, ["林静"], READING, NOW.date())
    out = circulation.send(office, paper, {"reader": "孙志强", "purpose": INSTRUCTION}, NOW)
    row = circulation.pass_on(office, out["id"], "请林静同志阅", {"reader": "林静"}, NOW, "2026-11-20 11:30")
    assert (row["purpose"], row["reader"], row["sent_at"]) == (READING, "林静", "2026-11-20 11:30")
    back = children.get_child(office, CIRCULATION, out["id"])
    assert back["returned_at"] == "2026-11-20 11:30"


def test_readers_are_proposed_by_initials_from_history(office, paper):
    circulation.send(office, paper, {"reader": "孙志强"}, NOW)
    assert records.completions(office, CIRCULATION, "reader", "szq") == ["孙志强"]
    assert records.completions(office, CIRCULATION, "opinion", "s") == []
