# SPDX-License-Identifier: MulanPSL-2.0
"""Rows, pages and fonts for the tests of the paper room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

import pypdfium2
import pytest

from township_office.core.fields import Value
from township_office.paper import typecase
from township_office.paper.blocks import Page
from township_office.paper.fonts import Face, files_for, find_fonts
from township_office.paper.forms import ALL, register_book
from township_office.paper.forms.office_sheet import Imprint, Options
from township_office.registers import RECEIPT

TITLES = (
    "会议通知",
    "关于做好2026年度森林草原防灭火工作的紧急通知",
    "关于䶮山村䃥石滩至𣗋树坪段道路水毁修复工程资金安排的批复",
    "转发省政府办公厅关于进一步加强基层应急管理体系和能力建设的若干意见的通知（含附件：1.分工表；2.问题清单 V2.1）",
)


def receipt_row(nth: int, **changes: Value) -> dict[str, Value]:
    """Return a believable row of the receipt register."""
    day = date(2026, 1, 4) + timedelta(days=nth // 2)
    row: dict[str, Value] = {field.name: None for field in RECEIPT.fields}
    row |= {
        "id": nth, "number": f"2026-{nth:04d}", "series": "", "year": 2026, "period": 2026, "sequence": nth,
        "entry": "live", "held_for": None,
        "original_number": None, "batch_id": None, "voided_on": None, "voided_by": None,
        "void_reason": None, "entered_at": "2026-01-04T09:00:00", "entered_by": "林小满",
        "received_on": day, "sender": "㙍县应急管理局", "doc_number": f"㙍应急〔2026〕{nth}号",
        "title": TITLES[nth % len(TITLES)], "copy_count": nth % 3 + 1, "urgency": "平件", "handler": "欧阳晴川",
    }  # fmt: skip
    if nth % 7 == 3:
        row["entry"] = "backdated"
    if nth % 11 == 5:
        row |= {"voided_on": day, "voided_by": "林小满", "void_reason": "重复登记", "remarks": "会议带回"}
    return row | changes


RECEIVED: dict[str, Value] = {
    "number": "2026-0486", "year": 2026, "received_on": date(2026, 11, 20), "received_at": "2026-11-20 09:15",
    "sender": "青山县应急管理局", "doc_number": "青应急〔2026〕112号", "copy_count": 2, "attachment_count": 1,
    "title": "关于做好㙍家沟、䶮山村、𣗋树坪、䃥石滩四处森林草原火险隐患排查整治工作的通知", "urgency": "加急",
    "secrecy_level": "内部", "due_on": date(2026, 12, 5), "is_supervised": True, "handling": "办件",
    "lead_dept": "应急管理办公室", "co_dept": "农业农村办公室", "handler": "欧阳晴川",
    "proposed_action": "拟请孙书记、钱镇长阅示，由应急管理办公室会同农业农村办公室办理。", "proposer": "林小满",
    "proposed_on": date(2026, 11, 20), "result": "四处隐患已整改三处，一处列入台账。",
    "completed_on": date(2026, 12, 4), "reply_number": "云政发〔2026〕78号", "is_for_archive": True,
    "remarks": "附图一张",
}  # fmt: skip
HANDED: list[dict[str, Value]] = [
    {"purpose": "批示", "reader": "孙志强", "sent_at": "2026-11-20 10:02", "returned_at": "2026-11-20 16:40",
     "opinion": "同意，请抓好落实。"},
    {"purpose": "传阅", "reader": "钱立国", "sent_at": "2026-11-21 08:30", "returned_at": None, "opinion": None},
    {"purpose": "传阅", "reader": "李晓梅", "sent_at": None, "returned_at": None, "opinion": None},
    {"purpose": "承办", "reader": "欧阳晴川", "sent_at": "2026-11-22 09:00", "returned_at": None, "opinion": None},
    {"purpose": "传阅", "reader": "误登", "sent_at": None, "voided_on": date(2026, 11, 21)},
]  # fmt: skip
SENT: dict[str, Value] = {
    "number": None, "series": "云政发", "year": 2026, "genre": "通知", "copy_count": 80, "attachment_count": 1,
    "title": "关于印发《云水镇森林草原防灭火工作方案》的通知", "main_recipient": "各行政村，镇直各单位",
    "cc_recipient": "县应急管理局", "urgency": "特急", "secrecy_level": "普通", "openness": "主动公开",
    "drafting_dept": "应急管理办公室", "drafter": "欧阳晴川", "drafted_on": date(2026, 11, 20),
    "draft_reviewer": "林小满", "reviewed_on": date(2026, 11, 20), "cosigners": "农业农村办公室（周建军）",
    "entered_by": "林小满",
}  # fmt: skip
GIVEN: list[dict[str, Value]] = [
    {"unit": "蒲家沟村村民委员会", "copy_count": 2, "copy_serials": "000001-000002", "receiver": "陈大山",
     "received_at": "2026-11-21 11:01"},
    {"unit": "䶮山村村民委员会", "copy_count": 1, "copy_serials": "000003", "receiver": None, "received_at": None},
]  # fmt: skip
ON_DUTY: dict[str, Value] = {
    "number": "值2026-001", "year": 2026, "duty_on": date(2026, 11, 20), "weather": "小雨", "leader": "孙志强",
    "people": "林小满、欧阳晴川", "begun_at": "2026-11-20 08:30", "ended_at": "2026-11-21 08:30", "title": "平安无事",
    "patrol": "21:30 巡查石桥水库，水位正常。", "open_items": "1.䶮山村路灯待修。\n2.物资清单待报。",
    "handed_by": "林小满", "taken_by": "陈大山", "handed_at": "2026-11-21 08:30",
}  # fmt: skip
CALLS: list[dict[str, Value]] = [
    {"called_at": "2026-11-20 09:15", "way": "来电", "unit": "青山县应急管理局", "caller": "张建国", "phone": "6012345",
     "title": "询问值守情况", "result": "已答复", "handler": "林小满"},
    {"called_at": "2026-11-21 02:10", "way": "来访", "unit": "䶮山村", "title": "两户口角", "proposed": "请派出所调解",
     "result": "已调解"},
]  # fmt: skip
EVENT: dict[str, Value] = {
    "number": "报2026-001", "year": 2026, "title": "䶮山村后山滑坡", "nature": "自然灾害", "source": "网格员",
    "received_on": date(2026, 11, 20), "received_at": "2026-11-20 16:20", "happened_at": "2026-11-20 16:05",
    "place": "䶮山村三组", "losses": "无人员伤亡", "measures": "转移 3 户 11 人", "advice": "请派专家会商",
    "phoned_at": "2026-11-20 16:32", "written_at": "2026-11-20 16:55", "final_at": None,
}  # fmt: skip
REPORTS: list[dict[str, Value]] = [
    {"kind": "初报", "way": "电话", "sent_at": "2026-11-20 16:32", "unit": "县委值班室", "receiver": "周立新"},
    {"kind": "初报", "way": "书面", "sent_at": "2026-11-20 16:55", "unit": "县委值班室", "receiver": "周立新",
     "reporter": "林小满", "title": "䶮山村三组后山滑坡约 200 立方米。"},
]  # fmt: skip
PAPERS: dict[str, tuple[dict[str, Value], list[dict[str, Value]]]] = {
    "handling_sheet": (RECEIVED, HANDED),
    "circulation_slip": (RECEIVED, HANDED),
    "draft_sheet": (SENT, GIVEN),
    "duty_log_sheet": (ON_DUTY, CALLS),
    **{f"duty_event_{key}": (EVENT, REPORTS) for key in ("first", "following", "final")},
    "distribution_list": (SENT | {"number": "云政发〔2026〕78号", "signer": "钱立国"}, GIVEN),
}


@pytest.fixture
def make_row() -> Callable[..., dict[str, Value]]:
    return receipt_row


@pytest.fixture
def make_book(today: date) -> Callable[..., Page]:
    """Return a function that builds the receipt book over so many rows, or over the rows given."""

    def make(rows: int | list[dict[str, Value]], **options: object) -> Page:
        given = rows if isinstance(rows, list) else [receipt_row(number) for number in range(1, rows + 1)]
        fields = [field for field in RECEIPT.fields if field.shown]
        imprint = Imprint("岐山县蒲村镇人民政府", "2026年", today, "8F3A 61C2")
        return register_book.build(RECEIPT, fields, given, imprint, Options(**options))  # type: ignore[arg-type]

    return make


@pytest.fixture
def chinese_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skip where nothing can be printed; open each font file once, however many documents a test writes."""
    if not files_for(Face.SONG, find_fonts()):
        pytest.skip("no Chinese TrueType font on this machine (apt: fonts-arphic-uming)")
    monkeypatch.setattr(typecase, "TTFontFace", _opened)


@lru_cache(maxsize=8)
def _opened(path: str, subfontIndex: int) -> object:  # noqa: N803
    from reportlab.pdfbase.ttfonts import TTFontFace

    return TTFontFace(path, subfontIndex=subfontIndex)


@pytest.fixture
def read_pages() -> Callable[..., list[str]]:
    """Return a function that reads the text of each page of a PDF, blanks dropped."""

    def read(path: object) -> list[str]:
        document = pypdfium2.PdfDocument(path)
        try:
            return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
        finally:
            document.close()

    return read


@pytest.fixture
def make_form(today: date) -> Callable[..., Page]:
    """Return a function that builds a form of one document: "filled", "empty", or over the row and children given."""

    def make(name: str, how: str = "filled", row: object = None, children: object = None) -> Page:
        imprint = Imprint("青山县云水镇党政综合办公室", "", today, "8F3A 61C2")
        if how == "empty":
            return ALL[name]({}, [], imprint)
        paper, lines = PAPERS[name]
        posts = {"孙志强": "党委书记", "钱立国": "镇长"}
        return ALL[name](paper if row is None else row, lines if children is None else children, imprint, posts)

    return make
