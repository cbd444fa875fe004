# SPDX-License-Identifier: MulanPSL-2.0
"""Each step fills in what belongs to it, from where it may be taken, and from nowhere else."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from township_office.core.errors import Invalid, OfficeError
from township_office.core.text import t
from township_office.registers import BY_NAME, DOCUMENTS
from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.registers.status import STATES, state_of
from township_office.registers.steps import STEPS, step
from township_office.services import checking, circulation, numbers, records, steps
from township_office.services.office import Office

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 15)
STEP_IDS = [(name, one.key) for name, some in STEPS.items() for one in some]
OF_PAPERS = [(name, key) for name, key in STEP_IDS if BY_NAME[name] in DOCUMENTS]


def receive(office: Office, draft, **more: str) -> int:
    return int(records.register_document(office, RECEIPT, draft("receipt", **more), TODAY)["id"])


def begin(office: Office, **more: str) -> int:
    draft = {"title": "关于防汛的通知", "signed_on": "", **more}
    return int(records.register_document(office, DISPATCH, draft, TODAY)["id"])


def take(office: Office, name: str, row_id: int, key: str, **draft: str):
    return steps.take_step(office, BY_NAME[name], row_id, key, draft, TODAY)


def standing(office: Office, name: str, row_id: int) -> str:
    register = BY_NAME[name]
    return state_of(register, records.get(office, register, row_id), TODAY).key


@pytest.mark.parametrize(("name", "key"), STEP_IDS)
def test_a_step_is_made_of_what_there_is(name: str, key: str):
    one = step(name, key)
    register = BY_NAME[name]
    assert set(one.required) <= set(one.fields) <= {field.name for field in register.fields}
    assert set(one.standings) <= {state.key for state in STATES[name]}
    assert {field for field, _ in one.defaults} <= set(one.fields)
    assert t(f"step.{key}")
    with pytest.raises(KeyError):
        step(name, "no such step")


def test_an_incoming_paper_goes_the_whole_way(office: Office, draft):
    row_id = receive(office, draft, due_on="2026-12-01")
    take(
        office, "receipt", row_id, "propose", proposed_action="拟请志强同志阅示", proposer="王春燕", proposed_on="今天"
    )
    take(office, "receipt", row_id, "instruct", leader_instruction="请应急办办理")
    take(office, "receipt", row_id, "assign", lead_dept="应急办", handler="李向东", due_on="12-5")
    take(office, "receipt", row_id, "supervise", is_supervised="是", due_on="12-4")
    take(office, "receipt", row_id, "finish", completed_on="今天", result="已落实")
    assert standing(office, "receipt", row_id) == "completed"
    take(office, "receipt", row_id, "reply", reply_number="云政函[2026]3号")
    assert standing(office, "receipt", row_id) == "replied"
    row = take(office, "receipt", row_id, "file", is_for_archive="是", filed_on="今天", volume_number="12")
    assert standing(office, "receipt", row_id) == "filed"
    assert (row["reply_number"], row["due_on"], row["is_supervised"]) == ("云政函〔2026〕3号", date(2026, 12, 4), True)
    told = [change.why for change in records.history(office, RECEIPT, row_id)]
    assert told == ["", "拟办", "批示", "承办", "纳入督办", "办结", "答复", "归档"]
    assert steps.possible_steps(RECEIPT, row, TODAY) == []
    assert checking.verify(office).findings == ()


def test_an_outgoing_paper_goes_the_whole_way(office: Office):
    row_id = begin(office, series="党委文件")
    assert standing(office, "dispatch", row_id) == "drafting"
    assert take(office, "dispatch", row_id, "review", reviewed_on="今天", draft_reviewer="刘敏")["number"] is None
    assert standing(office, "dispatch", row_id) == "reviewed"
    row = take(office, "dispatch", row_id, "sign", signer="孙志强", signed_on="今天")
    assert (row["number"], row["sequence"], row["entry"]) == ("云委发〔2026〕1号", 1, "live")
    take(office, "dispatch", row_id, "print", printed_on="今天", copy_count="20")
    take(office, "dispatch", row_id, "seal", sealed_on="今天")
    take(office, "dispatch", row_id, "release", dispatched_on="今天", distributor="陈海")
    row = take(office, "dispatch", row_id, "file", is_for_archive="是")
    assert standing(office, "dispatch", row_id) == "dispatched", "marked for the archive, not yet in it"
    take(office, "dispatch", row_id, "file", is_for_archive="是", filed_on="今天")
    assert standing(office, "dispatch", row_id) == "filed"


@pytest.mark.parametrize(("name", "key"), OF_PAPERS)
def test_what_a_step_requires_is_asked_for(name: str, key: str, office: Office, draft):
    """Every field that is missing is named, and nothing is changed."""
    row_id = receive(office, draft) if name == "receipt" else begin(office)
    one = step(name, key)
    if name == "dispatch" and "drafting" not in one.standings:
        take(office, name, row_id, "sign", signer="孙志强", signed_on="今天")
    if key == "file":
        take(office, name, row_id, *(["finish"] if name == "receipt" else ["release"]),
             **({"completed_on": "今天"} if name == "receipt" else {"dispatched_on": "今天"}))  # fmt: skip
    before = records.get(office, BY_NAME[name], row_id)
    assert one in steps.possible_steps(BY_NAME[name], before, TODAY)
    if one.required:
        with pytest.raises(Invalid) as refused:
            take(office, name, row_id, key, **dict.fromkeys(one.fields, " "))
        assert [problem.field for problem in refused.value.problems] == list(one.required)
        assert all(problem.message.startswith("请填写") for problem in refused.value.problems)
    with pytest.raises(Invalid):
        take(office, name, row_id, key, **dict.fromkeys(one.fields, "绝密★1年"))
    assert records.get(office, BY_NAME[name], row_id) == before


@pytest.mark.parametrize(("name", "key"), OF_PAPERS)
def test_a_step_is_taken_from_its_standings_only(name: str, key: str, office: Office, draft):
    row_id = receive(office, draft) if name == "receipt" else begin(office)
    filled = {"is_for_archive": "是", "filed_on": "今天"}
    if name == "receipt":
        take(office, name, row_id, "finish", completed_on="今天")
    else:
        take(office, name, row_id, "sign", signer="孙志强", signed_on="今天")
        take(office, name, row_id, "release", dispatched_on="今天")
    take(office, name, row_id, "file", **filled)
    with pytest.raises(OfficeError, match=f"“已归档”的文件不能再做“{t(f'step.{key}')}”"):
        take(office, name, row_id, key, **filled)
    for gone, said in ((99, "没有找到"),):
        with pytest.raises(OfficeError, match=said):
            take(office, name, gone, key, **filled)


def test_a_void_paper_takes_no_step(office: Office, draft):
    row_id = receive(office, draft)
    records.void(office, RECEIPT, row_id, "重复登记", TODAY)
    with pytest.raises(OfficeError, match="已作废"):
        take(office, "receipt", row_id, "finish", completed_on="今天")


def test_what_does_not_belong_to_a_step_is_left_alone(office: Office, draft):
    row = records.get(office, RECEIPT, receive(office, draft))
    after = take(
        office, "receipt", int(row["id"]), "finish", completed_on="今天", title="别的", series="别的", number="7"
    )
    assert after == row | {"completed_on": TODAY}


@pytest.mark.parametrize("key", ["finish", "reply", "return_to_sender", "file"])
def test_no_paper_ends_while_a_copy_is_out(key: str, office: Office, draft):
    row_id = receive(office, draft)
    if key == "file":
        take(office, "receipt", row_id, "finish", completed_on="今天")
    circulation.send(office, row_id, {"reader": "孙志强"}, NOW)
    filled = {"completed_on": "今天", "reply_number": "云政函〔2026〕1号", "returned_on": "今天", "return_reason": "误",
              "is_for_archive": "是", "filed_on": "今天"}  # fmt: skip
    with pytest.raises(OfficeError, match="文件还在孙志强手上"):
        take(office, "receipt", row_id, key, **filled)


def test_a_return_needs_its_reason(office: Office, draft):
    row_id = receive(office, draft)
    with pytest.raises(Invalid, match="请填写退回原因"):
        take(office, "receipt", row_id, "return_to_sender", returned_on="今天", return_reason=" ")
    with pytest.raises(Invalid, match="请写明退回原因"):
        records.correct(office, RECEIPT, row_id, {"returned_on": "今天"}, TODAY)
    take(office, "receipt", row_id, "return_to_sender", returned_on="今天", return_reason="主送有误")
    assert standing(office, "receipt", row_id) == "returned"


class TestSigning:
    def test_the_number_is_taken_when_it_is_signed_and_not_before(self, office: Office):
        drafts = [begin(office) for _ in range(3)]
        signed = [
            take(office, "dispatch", one, "sign", signer="孙志强", signed_on="今天")["sequence"]
            for one in (drafts[2], drafts[0])
        ]
        assert signed == [1, 2]
        ledger = numbers.number_ledger(office, DISPATCH, numbers.all_series(office, DISPATCH)[0], 2026)
        assert [(line.sequence, line.row_id) for line in ledger] == [(1, drafts[2]), (2, drafts[0])]

    def test_a_series_and_a_kept_number_may_be_named(self, office: Office):
        numbers.reserve(office, DISPATCH, "云政函", 2, {"name": "急件"}, TODAY)
        row = take(office, "dispatch", begin(office), "sign", signer="孙志强", signed_on="今天", series="政府函件",
                   doc_number="2")  # fmt: skip
        assert row["number"] == "云政函〔2026〕2号"
        series = numbers.pick_series(office, DISPATCH, "云政函")
        assert [kept.sequence for kept in numbers.reservations(office, DISPATCH, series, 2026)] == [1]

    @pytest.mark.parametrize(
        ("draft", "said"),
        [
            ({"series": "没有的"}, "没有“没有的”这个编号系列"), ({"doc_number": "7"}, "下一号是"),
            ({"doc_number": "无"}, "没有顺序号"), ({"signed_on": "昨年"}, "看不懂"), ({"signer": ""}, "请填写签发人"),
        ],
    )  # fmt: skip
    def test_a_refused_signing_spends_no_number(self, draft: dict[str, str], said: str, office: Office):
        row_id = begin(office)
        with pytest.raises(OfficeError, match=said):
            take(office, "dispatch", row_id, "sign", **({"signer": "孙志强", "signed_on": "今天"} | draft))
        assert standing(office, "dispatch", row_id) == "drafting"
        assert numbers.next_number(office, DISPATCH, {}, TODAY).sequence == 1

    def test_it_is_signed_once(self, office: Office):
        row_id = begin(office)
        take(office, "dispatch", row_id, "sign", signer="孙志强", signed_on="今天")
        with pytest.raises(OfficeError, match="“已签发”的文件不能再做“签发”"):
            take(office, "dispatch", row_id, "sign", signer="何文斌", signed_on="今天")


def test_a_step_proposes_what_the_row_holds_or_what_is_usual(office: Office, draft):
    row = records.get(office, RECEIPT, receive(office, draft, due_on="2026-12-01"))
    assert steps.draft_of(RECEIPT, row, step("receipt", "supervise")) == {"is_supervised": "是", "due_on": "2026-12-01"}
    assert steps.draft_of(RECEIPT, row, step("receipt", "finish")) == {"completed_on": "今天", "result": ""}
    for register in DOCUMENTS:
        assert [one.key for one in STEPS[register.name]] == list(dict.fromkeys(one.key for one in STEPS[register.name]))
