# SPDX-License-Identifier: MulanPSL-2.0
"""复函: drafted from the paper, and its number stands in the paper the moment it is signed."""

from __future__ import annotations

import pytest

from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import checking, records, replies, steps, undoing
from township_office.services.office import change


@pytest.fixture
def receipt(office, draft, today):
    return records.register_document(office, RECEIPT, draft("receipt"), today)


def sign(office, row, today, **more):
    signed = {"signer": "何文斌", "signed_on": "今天"} | more
    return steps.take_step(office, DISPATCH, row["id"], "sign", signed, today)


@pytest.mark.parametrize(("title", "matter"), [
    ("关于商请提供小型水库管护人员名单的函", "关于商请提供小型水库管护人员名单的复函"),
    ("青山县水务局关于报送名单的紧急通知", "关于报送名单的复函"),
    ("报送名单", "关于报送名单的复函"),
    ("关于请求支持的请示", "关于请求支持的复函"),
])  # fmt: skip
def test_the_draft_says_what_the_paper_says(office, receipt, title, matter):
    said = replies.draft_of_reply(office, dict(receipt) | {"title": title})
    assert said["title"] == matter
    assert (said["genre"], said["main_recipient"], said["reply_to"]) == ("函", receipt["sender"], receipt["number"])
    assert said["signed_on"] == ""
    assert said["series"] == "政府函件"


def test_a_reply_that_is_signed_gives_its_number_to_the_paper(office, receipt, today):
    said = replies.draft_of_reply(office, receipt)
    row = records.register_document(office, DISPATCH, said, today)
    assert row["number"] is None
    assert records.get(office, RECEIPT, receipt["id"])["reply_number"] is None
    assert [one["id"] for one in replies.replies_to(office, receipt)] == [row["id"]]
    assert replies.answered_by(office, row)["id"] == receipt["id"]
    number = sign(office, row, today)["number"]
    assert number.startswith("云政函")
    assert records.get(office, RECEIPT, receipt["id"])["reply_number"] == number
    last = records.history(office, RECEIPT, receipt["id"])[-1]
    assert number in last.why


def test_one_signed_at_once_does_too_and_a_number_that_is_there_stays(office, receipt, draft, today):
    first = records.register_document(office, DISPATCH, draft("dispatch", reply_to=receipt["number"]), today)
    second = records.register_document(office, DISPATCH, draft("dispatch", reply_to=receipt["number"]), today)
    assert first["number"] != second["number"]
    assert records.get(office, RECEIPT, receipt["id"])["reply_number"] == first["number"]


def test_named_afterwards_it_is_linked_and_a_cleared_number_does_not_come_back(office, receipt, draft, today):
    row = records.register_document(office, DISPATCH, draft("dispatch"), today)
    records.correct(office, DISPATCH, row["id"], {"reply_to": receipt["number"]}, today)
    assert records.get(office, RECEIPT, receipt["id"])["reply_number"] == row["number"]
    records.correct(office, RECEIPT, receipt["id"], {"reply_number": ""}, today)
    records.correct(office, DISPATCH, row["id"], {"remarks": "存档一份"}, today)
    assert records.get(office, RECEIPT, receipt["id"])["reply_number"] is None


@pytest.mark.parametrize("reply_to", ["2026-9999", "没有这个号"])
def test_a_number_nobody_bears_is_no_reason_to_refuse(office, receipt, draft, today, reply_to):
    row = records.register_document(office, DISPATCH, draft("dispatch", reply_to=reply_to), today)
    assert replies.answered_by(office, row) is None
    assert records.get(office, RECEIPT, receipt["id"])["reply_number"] is None


def test_a_void_paper_is_not_written_to(office, receipt, draft, today):
    records.void(office, RECEIPT, receipt["id"], "重复登记", today)
    records.register_document(office, DISPATCH, draft("dispatch", reply_to=receipt["number"]), today)
    assert records.get(office, RECEIPT, receipt["id"])["reply_number"] is None


def test_both_or_neither(office, receipt, draft, today):
    def break_off():
        with change(office):
            records.register_document(office, DISPATCH, draft("dispatch", reply_to=receipt["number"]), today)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert records.get(office, RECEIPT, receipt["id"])["reply_number"] is None
    assert records.last_row(office, DISPATCH) is None


def test_a_reply_that_is_void_or_answers_another_takes_its_number_along(office, receipt, draft, today):
    other = records.register_document(office, RECEIPT, draft("receipt"), today)

    def answered():
        return [records.get(office, RECEIPT, one["id"])["reply_number"] for one in (receipt, other)]

    row = records.register_document(office, DISPATCH, draft("dispatch", reply_to=receipt["number"]), today)
    entries = len(records.history(office, RECEIPT, receipt["id"]))
    records.correct(office, DISPATCH, row["id"], {"reply_to": receipt["number"]}, today)
    assert len(records.history(office, RECEIPT, receipt["id"])) == entries
    records.correct(office, DISPATCH, row["id"], {"reply_to": other["number"]}, today)
    assert answered() == [None, row["number"]]
    records.void(office, DISPATCH, row["id"], "编错号", today)
    assert answered() == [None, None]
    undoing.undo(office, today)
    assert answered() == [None, row["number"]]
    assert checking.verify(office).findings == ()
    records.correct(office, RECEIPT, other["id"], {"reply_number": "云政函〔2025〕9号"}, today)
    records.void(office, DISPATCH, row["id"], "编错号", today)
    assert answered() == [None, "云政函〔2025〕9号"]  # typed by hand, and not of this document
