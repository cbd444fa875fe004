# SPDX-License-Identifier: MulanPSL-2.0
"""The paper's way: from the office to one reader and back, never from hand to hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from township_office.core.errors import Invalid, OfficeError
from township_office.registers.circulation import CIRCULATION, HANDLING, INSTRUCTION, READING
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import state_of
from township_office.services import checking, children, circulation, records, steps
from township_office.services.office import Office

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 15)
SOON = NOW + timedelta(hours=2)


@pytest.fixture
def paper(office: Office, draft) -> int:
    return int(records.register_document(office, RECEIPT, draft("receipt", copy_count="2"), TODAY)["id"])


def send(office: Office, paper: int, reader: str, **more: str):
    return circulation.send(office, paper, {"reader": reader, **more}, NOW)


def standing(office: Office, paper: int) -> str:
    return state_of(RECEIPT, records.get(office, RECEIPT, paper), TODAY).key


def words(rows) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in ("reader", "purpose", "copy_no", "sent_at", "returned_at")) for row in rows]


class TestOutAndBack:
    def test_a_reader_has_the_paper_until_it_is_back(self, office: Office, paper: int):
        row = send(office, paper, " 孙志强 ", purpose=INSTRUCTION)
        assert words([row]) == [("孙志强", INSTRUCTION, 1, "2026-11-20 09:15", None)]
        held = records.get(office, RECEIPT, paper)
        assert (held["holder"], held["held_for"], standing(office, paper)) == ("孙志强", INSTRUCTION, "instructing")
        back = circulation.take_back(office, row["id"], "", SOON)
        assert back["returned_at"] == "2026-11-20 11:15"
        assert (records.get(office, RECEIPT, paper)["holder"], standing(office, paper)) == (None, "open")
        assert [entry["verb"] for entry in _log(office)] == ["add", "take_back"]

    def test_a_time_of_invisible_characters_only_is_now(self, office: Office, paper: int):
        row = circulation.send(office, paper, {"reader": "孙志强", "purpose": INSTRUCTION, "sent_at": "\ufeff"}, NOW)
        assert row["sent_at"] == "2026-11-20 09:15"
        back = circulation.take_back(office, row["id"], "同意", SOON, "\u200b\ufeff")
        assert back["returned_at"] == "2026-11-20 11:15"

    def test_what_a_leader_wrote_stands_on_the_paper_with_name_and_day(self, office: Office, paper: int):
        one = send(office, paper, "孙志强", purpose=INSTRUCTION)
        other = send(office, paper, "何文斌", purpose=INSTRUCTION, copy_no="2")
        circulation.take_back(office, one["id"], "请应急办牵头", SOON)
        circulation.take_back(office, other["id"], "同意志强同志意见", SOON, "2026-11-22")
        held = records.get(office, RECEIPT, paper)
        assert held["leader_instruction"] == "请应急办牵头（孙志强 11-20）\n同意志强同志意见（何文斌 11-22）"
        assert records.history(office, RECEIPT, paper)[-1].why == "收回批示"

    def test_what_a_mere_reader_wrote_stays_with_the_handover(self, office: Office, paper: int):
        row = send(office, paper, "刘敏")
        assert circulation.take_back(office, row["id"], "已阅", SOON)["opinion"] == "已阅"
        assert records.get(office, RECEIPT, paper)["leader_instruction"] is None

    def test_too_many_words_are_refused_whole(self, office: Office, paper: int):
        records.correct(office, RECEIPT, paper, {"leader_instruction": "批" * 1990}, TODAY)
        row = send(office, paper, "孙志强", purpose=INSTRUCTION)
        with pytest.raises(OfficeError, match="放不下了"):
            circulation.take_back(office, row["id"], "同意，请抓紧办理", SOON)
        assert records.get(office, RECEIPT, paper)["holder"] == "孙志强"

    def test_a_void_paper_comes_back_too(self, office: Office, paper: int):
        row = send(office, paper, "孙志强", purpose=INSTRUCTION)
        records.void(office, RECEIPT, paper, "重复登记", TODAY)
        back = circulation.take_back(office, row["id"], "同意", SOON)
        assert (back["returned_at"], back["opinion"]) == ("2026-11-20 11:15", "同意")
        assert records.get(office, RECEIPT, paper)["leader_instruction"] is None

    def test_two_copies_go_to_two_readers(self, office: Office, paper: int):
        send(office, paper, "孙志强")
        send(office, paper, "何文斌", copy_no="2", purpose=INSTRUCTION)
        assert records.get(office, RECEIPT, paper)["holder"] == "孙志强、何文斌"
        assert standing(office, paper) == "instructing", "what weighs more"


class TestRefusals:
    def test_no_paper_goes_from_hand_to_hand(self, office: Office, paper: int):
        send(office, paper, "孙志强")
        with pytest.raises(OfficeError, match=r"还在孙志强手上（2026-11-20 09:15 送出）.*不得横传"):
            send(office, paper, "何文斌")
        assert len(circulation.handovers(office, paper)) == 1

    @pytest.mark.parametrize("copy", ["0", "3", "9"])
    def test_a_copy_that_is_not_there(self, copy: str, office: Office, paper: int):
        with pytest.raises(OfficeError, match="只有 2 份"):
            send(office, paper, "孙志强", copy_no=copy)

    def test_a_paper_without_a_count_has_one_copy(self, office: Office, paper: int):
        records.correct(office, RECEIPT, paper, {"copy_count": ""}, TODAY)
        with pytest.raises(OfficeError, match="只有 1 份"):
            send(office, paper, "孙志强", copy_no="2")

    @pytest.mark.parametrize(
        ("typed", "field", "said"),
        [
            ({"reader": " "}, "reader", "请填写阅件人"), ({"purpose": "看看"}, "purpose", "从这些里选"),
            ({"sent_at": "昨年"}, "sent_at", "看不懂"), ({"copy_no": "两份半"}, "copy_no", "填数字"),
            ({"reader": "机密★10年"}, "reader", "国家秘密"), ({"returned_at": "2026-11-19"}, "returned_at", "早于"),
        ],
    )  # fmt: skip
    def test_what_is_typed_wrong(self, typed: dict[str, str], field: str, said: str, office: Office, paper: int):
        with pytest.raises(Invalid, match=said) as refused:
            circulation.send(office, paper, {"reader": "孙志强"} | typed, NOW)
        assert [problem.field for problem in refused.value.problems] == [field]
        assert circulation.handovers(office, paper) == []

    def test_what_is_closed_goes_nowhere(self, office: Office, draft):
        for key, step in (("return_to_sender", {"returned_on": "今天", "return_reason": "主送有误"}), ("finish", {})):
            paper = int(records.register_document(office, RECEIPT, draft("receipt"), TODAY)["id"])
            steps.take_step(office, RECEIPT, paper, key, {"completed_on": "今天"} | step, TODAY)
            if key == "finish":
                steps.take_step(office, RECEIPT, paper, "file", {"is_for_archive": "是", "filed_on": "今天"}, TODAY)
            for work in (
                lambda paper=paper: send(office, paper, "孙志强"),
                lambda paper=paper: circulation.plan(office, paper, ["孙志强"], "", TODAY),
            ):
                with pytest.raises(OfficeError, match="已经退回或归档，不能再送阅"):
                    work()

    def test_what_is_void_or_not_there(self, office: Office, paper: int):
        records.void(office, RECEIPT, paper, "重复登记", TODAY)
        with pytest.raises(OfficeError, match="已作废"):
            send(office, paper, "孙志强")
        with pytest.raises(OfficeError, match="没有找到"):
            send(office, 99, "孙志强")

    def test_what_is_not_out_does_not_come_back(self, office: Office, paper: int):
        row = send(office, paper, "孙志强")
        circulation.take_back(office, row["id"], "", SOON)
        with pytest.raises(OfficeError, match="已经从孙志强处收回了"):
            circulation.take_back(office, row["id"], "", SOON)
        with pytest.raises(OfficeError, match="已经从孙志强处收回了"):
            circulation.pass_on(office, row["id"], "", {"reader": "何文斌"}, SOON)
        (planned,) = circulation.plan(office, paper, ["刘敏"], "", TODAY)[1:]
        with pytest.raises(OfficeError, match="还没有送给刘敏"):
            circulation.take_back(office, planned["id"], "", SOON)
        with pytest.raises(OfficeError, match="传阅记录已经作废或不存在"):
            circulation.take_back(office, 99, "", SOON)

    @pytest.mark.parametrize("back", ["2026-11-19", "2026-11-20 09:14", "11-18"])
    def test_nothing_is_back_before_it_went(self, back: str, office: Office, paper: int):
        row = send(office, paper, "孙志强")
        with pytest.raises(Invalid, match="早于送出时间"):
            circulation.take_back(office, row["id"], "", SOON, back)

    def test_on_the_day_itself_no_hour_is_needed(self, office: Office, paper: int):
        row = send(office, paper, "孙志强")
        assert circulation.take_back(office, row["id"], "", SOON, "2026-11-20")["returned_at"] == "2026-11-20"


class TestPlans:
    def test_readers_wait_in_their_order_each_once(self, office: Office, paper: int):
        rows = circulation.plan(office, paper, ["何文斌", " 刘敏", "", "何文斌"], "", TODAY)
        assert words(rows) == [("何文斌", READING, 1, None, None), ("刘敏", READING, 1, None, None)]
        assert len(circulation.plan(office, paper, ["刘敏", "陈海"], "", TODAY)) == 3
        assert circulation.next_reader(rows)["reader"] == "何文斌"
        assert circulation.next_reader([]) is None
        assert standing(office, paper) == "open", "a plan hands nothing over"

    def test_what_was_planned_is_used_as_it_was_planned(self, office: Office, paper: int):
        (planned,) = circulation.plan(office, paper, ["孙志强"], INSTRUCTION, TODAY)
        children.correct_child(office, CIRCULATION, planned["id"], {"copy_no": "2"}, TODAY)
        assert words([send(office, paper, "孙志强")]) == [("孙志强", INSTRUCTION, 2, "2026-11-20 09:15", None)]
        assert len(circulation.handovers(office, paper)) == 1

    def test_what_is_said_otherwise_holds(self, office: Office, paper: int):
        circulation.plan(office, paper, ["孙志强"], INSTRUCTION, TODAY)
        sent = send(office, paper, "孙志强", purpose=HANDLING, sent_at="昨天 16:40", copy_no="2")
        assert words([sent]) == [("孙志强", HANDLING, 2, "2026-11-19 16:40", None)]

    def test_a_reader_who_had_it_can_have_it_again(self, office: Office, paper: int):
        circulation.take_back(office, send(office, paper, "刘敏")["id"], "", SOON)
        circulation.plan(office, paper, ["刘敏"], "", TODAY)
        assert len(circulation.handovers(office, paper)) == 2


class TestPassingOn:
    def test_back_and_out_again_in_one(self, office: Office, paper: int):
        row = send(office, paper, "孙志强", purpose=INSTRUCTION, copy_no="2")
        onwards = circulation.pass_on(office, row["id"], "请文斌同志阅", {"reader": "何文斌"}, SOON)
        assert words([onwards]) == [("何文斌", INSTRUCTION, 2, "2026-11-20 11:15", None)]
        assert records.get(office, RECEIPT, paper)["holder"] == "何文斌"

    def test_the_next_gets_it_for_what_was_planned(self, office: Office, paper: int):
        circulation.plan(office, paper, ["何文斌"], READING, TODAY)
        row = send(office, paper, "孙志强", purpose=INSTRUCTION)
        assert circulation.pass_on(office, row["id"], "", {"reader": "何文斌"}, SOON)["purpose"] == READING

    def test_who_cannot_get_it_leaves_it_where_it_was(self, office: Office, paper: int):
        row = send(office, paper, "孙志强", purpose=INSTRUCTION)
        with pytest.raises(Invalid, match="请填写阅件人"):
            circulation.pass_on(office, row["id"], "同意", {"reader": ""}, SOON)
        held = records.get(office, RECEIPT, paper)
        assert (held["holder"], held["leader_instruction"]) == ("孙志强", None)


class TestOut:
    def test_everything_that_is_out_longest_first(self, office: Office, draft, paper: int):
        other = int(records.register_document(office, RECEIPT, draft("receipt", copy_count="2"), TODAY)["id"])
        send(office, paper, "孙志强", sent_at="2026-11-18", purpose=INSTRUCTION)
        send(office, other, "何文斌", sent_at="2026-11-10")
        back = send(office, other, "刘敏", copy_no="2")
        circulation.take_back(office, back["id"], "", SOON)
        send(office, paper, "林静", copy_no="2")
        out, count = circulation.out_now(office, TODAY, READING, 12)
        assert [(one.handover["reader"], one.paper["id"], one.days) for one in out] == [
            ("何文斌", other, 10),
            ("林静", paper, 0),
        ]
        assert (circulation.out_now(office, TODAY, READING, 1), count) == ((out[:1], 2), 2)
        assert [one.days for one in circulation.out_now(office, TODAY, INSTRUCTION, 12)[0]] == [2]
        records.void(office, RECEIPT, other, "重复登记", TODAY)
        assert circulation.out_now(office, TODAY, READING, 12) == (out[1:], 1)

    def test_no_paper_is_closed_while_it_is_out(self, office: Office, paper: int):
        row = send(office, paper, "孙志强")
        send(office, paper, "何文斌", copy_no="2")
        for draft in ({"completed_on": "今天"}, {"filed_on": "今天"}, {"returned_on": "今天", "return_reason": "误"}):
            with pytest.raises(OfficeError, match="还在孙志强、何文斌手上，请先收回"):
                records.correct(office, RECEIPT, paper, draft, TODAY)
        for one in (row["id"], row["id"] + 1):
            circulation.take_back(office, one, "", SOON)
        assert records.correct(office, RECEIPT, paper, {"completed_on": "今天"}, TODAY)["completed_on"] == TODAY


def _log(office: Office) -> list[dict[str, object]]:
    from township_office.store import changelog

    assert checking.verify(office).findings == ()
    return changelog.of_row(office.db, "circulation", 1)
