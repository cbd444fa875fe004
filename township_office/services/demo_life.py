# SPDX-License-Identifier: MulanPSL-2.0
"""What happens to the papers of the example office after they came in or were drafted: every standing once, and more.

Each life takes the newest paper that still is 在办 and old enough for it; a small example has fewer lives.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from township_office.core.fields import Register, Value
from township_office.registers.chase import CHASE
from township_office.registers.circulation import HANDLING, INSTRUCTION, READING
from township_office.registers.dispatch import DISPATCH
from township_office.registers.distribution import DISTRIBUTION
from township_office.registers.receipt import RECEIPT
from township_office.services import browsing, children, circulation, records, settings, steps
from township_office.services.browsing import View
from township_office.services.office import Office

LEADERS = {"孙志强": "书记", "何文斌": "镇长", "许晴": "副镇长", "周立新": "武装部长", "马国庆": "副书记"}
VILLAGES = ("石桥村民委员会", "柳湾村民委员会", "大塘村民委员会", "龙泉村民委员会", "青松社区居民委员会")
MEETINGS = (
    (
        "青山县人民政府办公室",
        "关于召开全县森林草原防灭火工作电视电话会议的通知",
        1,
        "09:00",
        "镇政府三楼会议室",
        "何文斌、许晴",
    ),
    ("青山县委办公室", "关于召开县委农村工作会议的通知", 3, "15:00", "县委礼堂", "孙志强"),
    ("青山县信访局", "关于召开全县信访工作联席会议的通知", 6, "10:30", "县信访局二楼", "马国庆"),
)
Life = Callable[[Office, int, date], None]


def live(office: Office, today: date) -> None:
    """Let the papers of a freshly filled office go their ways."""
    settings.set_setting(office, "office.leaders", ",".join(f"{name}={post}" for name, post in LEADERS.items()))
    settings.set_setting(office, "office.units", f"各村={'、'.join(VILLAGES)}")
    settings.set_setting(office, "dispatch.limit", "60")
    free = [(row_id, _day(office, row_id)) for row_id in browsing.row_ids(office, RECEIPT, View(None, "open"), today)]
    for age, life in _LIVES:
        chosen = next((one for one in free if (today - one[1]).days >= age), None)
        if chosen is not None:
            free.remove(chosen)
            life(office, chosen[0], today)
    _reply(office, today)
    _distribute(office, today)


def _day(office: Office, row_id: int) -> date:
    day = records.get(office, RECEIPT, row_id)["received_on"]
    assert isinstance(day, date)
    return day


def _at(today: date, days: int, clock: str) -> datetime:
    return datetime.combine(today - timedelta(days), time.fromisoformat(clock))


def _out(office: Office, row_id: int, reader: str, purpose: str, now: datetime) -> int:
    row = circulation.send(office, row_id, {"reader": reader, "purpose": purpose}, now)
    return int(str(row["id"]))


def _propose(office: Office, row_id: int, words: str, today: date) -> None:
    draft = {"proposed_action": words, "proposer": office.clerk, "proposed_on": today.isoformat()}
    steps.take_step(office, RECEIPT, row_id, "propose", draft, today)


def _read_by_the_third(office: Office, row_id: int, today: date) -> None:
    """Two have read it, the third has it since yesterday, the last one waits."""
    circulation.plan(office, row_id, ["何文斌", "马国庆", "许晴", "周立新"], READING, today)
    for reader, days, opinion in (("何文斌", 4, "已阅，请认真落实。"), ("马国庆", 3, "已阅。")):
        sent = _out(office, row_id, reader, READING, _at(today, days, "09:10"))
        circulation.take_back(office, sent, opinion, _at(today, days - 1, "17:05"))
    _out(office, row_id, "许晴", READING, _at(today, 1, "09:20"))


def _out_too_long(office: Office, row_id: int, today: date) -> None:
    """It lies with a reader for three days: longer than the office allows."""
    _out(office, row_id, "周立新", READING, _at(today, 3, "15:40"))


def _before_the_leader(office: Office, row_id: int, today: date) -> None:
    """拟办 is written; the paper is with the leader for 批示 since yesterday."""
    _propose(office, row_id, "拟请何镇长阅示，由农业农村办公室牵头办理。", today - timedelta(1))
    _out(office, row_id, "何文斌", INSTRUCTION, _at(today, 1, "10:30"))


def _instructed_and_chased(office: Office, row_id: int, today: date) -> None:
    """批示 came back; a department works on it, under 督办, and was reminded."""
    _propose(office, row_id, "拟请孙书记阅示，由平安法治办公室承办。", today - timedelta(5))
    sent = _out(office, row_id, "孙志强", INSTRUCTION, _at(today, 5, "09:00"))
    words = "请平安法治办牵头，各村配合，月底前报结果。"
    circulation.take_back(office, sent, words, _at(today, 4, "16:20"))
    due = (today + timedelta(6)).isoformat()
    draft = {"lead_dept": "平安法治办公室", "co_dept": "各村（社区）", "handler": "陈海", "due_on": due}
    steps.take_step(office, RECEIPT, row_id, "assign", draft, today)
    steps.take_step(office, RECEIPT, row_id, "supervise", {"is_supervised": "是", "due_on": due}, today)
    reminder = {
        "chased_at": f"{_at(today, 1, '15:00'):%Y-%m-%d %H:%M}",
        "chased": "陈海",
        "answer": "数据已收齐，明天报送。",
    }
    children.add_child(office, CHASE, row_id, reminder, today)


def _with_the_department(office: Office, row_id: int, today: date) -> None:
    """Handed over for 承办, due tomorrow."""
    _out(office, row_id, "刘敏", HANDLING, _at(today, 2, "11:00"))
    draft = {"lead_dept": "社会事务办公室", "handler": "刘敏", "due_on": (today + timedelta(1)).isoformat()}
    steps.take_step(office, RECEIPT, row_id, "assign", draft, today)


def _sent_back(office: Office, row_id: int, today: date) -> None:
    """It did not pass 初审."""
    draft = {"returned_on": today.isoformat(), "return_reason": "附件2未随文送来，请补齐后再报。"}
    steps.take_step(office, RECEIPT, row_id, "return_to_sender", draft, today)


def _read_and_closed(office: Office, row_id: int, today: date) -> None:
    """Read, nothing to do, and not worth an archive's room."""
    sent = _out(office, row_id, "孙志强", READING, _at(today, 6, "09:30"))
    circulation.take_back(office, sent, "已阅。", _at(today, 5, "10:00"))
    draft = {"completed_on": (today - timedelta(4)).isoformat(), "result": "已传阅。"}
    steps.take_step(office, RECEIPT, row_id, "finish", draft, today)
    records.correct(office, RECEIPT, row_id, {"is_for_archive": "否"}, today, "订阅类文件不归档")


# How many days ago the paper must have come in, and what became of it.
_LIVES: tuple[tuple[int, Life], ...] = (
    (4, _read_by_the_third),
    (3, _out_too_long),
    (1, _before_the_leader),
    (5, _instructed_and_chased),
    (2, _with_the_department),
    (0, _sent_back),
    (6, _read_and_closed),
)


def _reply(office: Office, today: date) -> None:
    """复函: the newest letter sent answers the newest paper that is done with; each names the other."""
    letters = [row for row in _rows(office, DISPATCH, "dispatched", today) if row["genre"] == "函"]
    done = _rows(office, RECEIPT, "completed", today)
    for letter in letters[:1]:
        asked = next((row for row in done if str(row["received_on"]) <= str(letter["signed_on"])), None)
        if asked is None:
            return
        words = {"reply_number": str(letter["number"]), "result": "已复函。"}
        steps.take_step(office, RECEIPT, int(str(asked["id"])), "reply", words, today)
        row_id = int(str(letter["id"]))
        records.correct(office, DISPATCH, row_id, {"reply_to": str(asked["number"])}, today, "补记答复来文")


def _distribute(office: Office, today: date) -> None:
    """分发: the two documents sent last went to every village; the newer is not signed for by all."""
    sent = _rows(office, DISPATCH, "dispatched", today)[:2]
    for row, signed_by in zip(sent, (3, len(VILLAGES)), strict=False):
        day = str(row["dispatched_on"])
        for place, village in enumerate(VILLAGES):
            draft = {"unit": village, "copy_count": "2", "sent_at": f"{day} 10:00"}
            if place < signed_by:
                draft |= {"receiver": _RECEIVERS[place], "received_at": f"{day} 15:{10 * place:02d}"}
            children.add_child(office, DISTRIBUTION, int(str(row["id"])), draft, today)


_RECEIVERS = ("杨桂兰", "胡建国", "罗小平", "谢长根", "唐秀英")


def _rows(office: Office, register: Register, state: str, today: date) -> list[dict[str, Value]]:
    return browsing.rows(office, register, browsing.row_ids(office, register, View(None, state), today))
