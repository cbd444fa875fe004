# SPDX-License-Identifier: MulanPSL-2.0
"""A believable filled office with invented people, the same every time: for looking around and for tests."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from township_office.registers.dispatch import DISPATCH
from township_office.registers.receipt import RECEIPT
from township_office.services import demo_archive, demo_duty, demo_life, records
from township_office.services.office import Office, create_office
from township_office.services.settings import add_clerk

OFFICE = "青山县云水镇党政综合办公室"
CLERKS = ("王春燕", "李向东")

_SEED = 20260701
_SENDERS = {
    "青山县委办公室": "青委办", "青山县人民政府办公室": "青政办发", "青山县委组织部": "青组通",
    "青山县委宣传部": "青宣",
    "青山县财政局": "青财", "青山县应急管理局": "青应急", "青山县民政局": "青民", "青山县水务局": "青水",
    "青山县农业农村局": "青农", "青山县自然资源局": "青自然资", "青山县教育体育局": "青教体", "青山县信访局": "青信",
    "青山县卫生健康局": "青卫", "青山县林业局": "青林", "青山县统计局": "青统", "青山县人力资源和社会保障局": "青人社",
}  # fmt: skip
_MATTERS = (
    "关于开展今冬明春森林草原防灭火隐患排查的紧急通知", "关于做好年度党员信息采集更新工作的通知",
    "关于报送下一年度部门预算“一上”数据的通知", "关于印发《青山县农村人居环境整治提升实施方案》的通知",
    "关于召开全县信访工作联席会议的通知", "关于商请提供小型水库管护人员名单的函",
    "关于开展冬季困难群众走访慰问的通知", "关于征订下一年度重点党报党刊的通知",
    "关于做好寒假期间校园周边安全联合检查的通知", "关于下发第三批卫片执法疑似图斑的通知",
    "关于开展高标准农田建设项目“回头看”清查的通知", "关于加强汛期值班值守和信息报送工作的通知",
    "关于开展城乡居民基本医疗保险集中参保缴费工作的通知", "关于做好第五次全国经济普查数据核实的通知",
    "关于调整县防汛抗旱指挥部成员单位及职责的通知", "关于进一步规范村级组织工作事务、机制牌子的通知",
    "关于开展农村饮水安全问题排查整改的通知", "关于举办乡镇办公室文秘人员业务培训班的通知",
    "关于认真做好低保对象动态核查工作的通知", "关于报送上半年安全生产工作总结的通知",
)  # fmt: skip
_SENT = (
    ("通知", "关于印发《云水镇防汛应急预案》的通知", "各村民委员会，镇直各单位"),
    ("报告", "关于上半年农村人居环境整治工作情况的报告", "青山县人民政府"),
    ("请示", "关于解决云水镇敬老院消防改造资金的请示", "青山县人民政府"),
    ("函", "关于商请协助办理集镇污水管网用地手续的函", "青山县自然资源局"),
    ("通知", "关于做好汛期地质灾害隐患点巡查的通知", "各村民委员会"),
    ("通报", "关于上季度村级财务公开检查情况的通报", "各村民委员会"),
    ("通知", "关于调整镇领导班子成员分工的通知", "各村民委员会，镇直各单位"),
    ("批复", "关于同意石桥村修建便民桥的批复", "石桥村民委员会"),
    ("通知", "关于印发《云水镇小型工程管理办法》的通知", "各村民委员会，镇直各单位"),
    ("通知", "关于陈海等同志任职的通知", "各村民委员会，镇直各单位"),
)  # fmt: skip
_HANDLERS = ("李向东", "王春燕", "赵国平", "周立新", "陈海", "刘敏")
_DEPARTMENTS = (
    "党政综合办公室",
    "党建工作办公室",
    "经济发展办公室",
    "社会事务办公室",
    "平安法治办公室",
    "农业农村办公室",
)
_SIGNERS = ("孙志强", "何文斌")
_NEWEST = ("drafting", "drafting", "reviewed", "signed", "printed")  # how the newest documents to go out stand


def create(path: Path, today: date, receipts: int = 180, dispatches: int = 48) -> dict[str, int]:
    """Make a new office at path and fill this year up to today; return how many rows each register got in it.

    The former year, less busy, is filed and lies in boxes.
    """
    chance = random.Random(_SEED)
    with create_office(path, OFFICE, CLERKS[0], today) as office:
        add_clerk(office, CLERKS[1])
        first = today.replace(month=1, day=1)
        for place, day in enumerate(_days(chance, first, today, receipts)):
            _receive(office, chance, day, today, _meeting(receipts - place, today))
        for place, day in enumerate(_days(chance, first, today, dispatches)):
            _send(office, chance, day, today, dispatches - place if dispatches > len(_NEWEST) else 0)
        twice = records.get(office, RECEIPT, max(1, receipts - 8))
        records.void(office, RECEIPT, int(str(twice["id"])), "重复登记", today)
        if dispatches > len(_NEWEST):
            records.void(office, DISPATCH, dispatches - 2 * len(_NEWEST), "会议取消，不再印发", today)
        demo_life.live(office, today)
        demo_archive.fill(office, today, receipts // 4, dispatches // 2)
        demo_duty.fill(office, today)
    return {RECEIPT.name: receipts, DISPATCH.name: dispatches}


def _days(chance: random.Random, first: date, last: date, count: int) -> list[date]:
    """Return count days up to last, a tenth of them in the last fortnight."""
    fresh = max(first, last - timedelta(14))
    starts = [fresh] * (count // 10) + [first] * (count - count // 10)
    return sorted(start + timedelta(chance.randrange((last - start).days + 1)) for start in starts)


def _meeting(place: int, today: date) -> dict[str, str]:
    """Return what makes the newest, the third and the fifth newest paper a meeting's; nothing for the others."""
    if place not in (1, 3, 5):
        return {}
    sender, title, days, clock, where, who = demo_life.MEETINGS[place // 2]
    return {
        "sender": sender, "title": title, "doc_number": f"{_SENDERS[sender]}〔{today.year}〕{140 + place}号",
        "meeting_at": f"{today + timedelta(days)} {clock}", "meeting_place": where,
        "attendees": who, "category": "会议通知", "handling": "会议", "due_on": "", "completed_on": "",
    }  # fmt: skip


def _receive(office: Office, chance: random.Random, day: date, today: date, fixed: dict[str, str]) -> None:
    sender = chance.choice(list(_SENDERS))
    due = day + timedelta(chance.choice((3, 5, 7, 10, 15, 30)))
    is_old = (today - day).days > 30
    draft = {
        "received_on": day.isoformat(), "sender": sender, "title": chance.choice(_MATTERS),
        "doc_number": f"{_SENDERS[sender]}〔{day.year}〕{chance.randrange(1, 140)}号",
        "copy_count": str(chance.choice((1, 1, 1, 2, 3))), "urgency": chance.choice(("平件",) * 8 + ("加急", "特急")),
        "due_on": due.isoformat() if chance.random() < 0.6 else "", "lead_dept": chance.choice(_DEPARTMENTS),
        "handler": chance.choice(_HANDLERS), "receiver": chance.choice(CLERKS),
        "received_at": f"{day} {chance.randrange(8, 12):02d}:{chance.randrange(60):02d}",
    }  # fmt: skip
    if (is_old and (chance.random() < 0.9 or (today - day).days > 60)) or chance.random() < 0.2 + 0.05 * min(
        (today - day).days, 13
    ):
        draft["completed_on"] = min(day + timedelta(chance.randrange(1, 9)), today).isoformat()
    # The day of registering is the day of receipt here: an example is not a late entry.
    records.register_document(office, RECEIPT, draft | fixed, day)


def _send(office: Office, chance: random.Random, day: date, today: date, place: int) -> None:
    genre, title, recipient = chance.choice(_SENT)
    series = "政府函件" if genre == "函" else chance.choice(("政府文件", "政府文件", "党委文件", "党政办文件"))
    draft = {
        "series": series, "signed_on": day.isoformat(), "genre": genre, "title": title, "main_recipient": recipient,
        "copy_count": str(chance.randrange(5, 40)), "drafter": chance.choice(_HANDLERS),
        "signer": chance.choice(_SIGNERS),
    }  # fmt: skip
    stage = _NEWEST[place - 1] if 1 <= place <= len(_NEWEST) else "dispatched"
    if stage in ("drafting", "reviewed"):
        draft |= {"signed_on": "", "signer": "", "drafted_on": day.isoformat()}
    if stage == "reviewed":
        draft |= {"draft_reviewer": "马国庆", "reviewed_on": day.isoformat()}
    if stage == "printed":
        draft |= {"reviewer": "马国庆", "proofreader": "刘敏", "printed_on": day.isoformat()}
    if stage == "dispatched" and day < today:
        draft["dispatched_on"] = (day + timedelta(1)).isoformat()
    records.register_document(office, DISPATCH, draft, day)
