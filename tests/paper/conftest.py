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
from township_office.paper.forms import register_book
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
