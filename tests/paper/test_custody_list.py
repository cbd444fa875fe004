# SPDX-License-Identifier: MulanPSL-2.0
"""The sheets of the guarded register: their columns, who signs, and never a level where it would be a mark."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.paper.test_forms import GOLDEN, dump
from township_office.paper import pdf, word
from township_office.paper.blocks import Page, Parties, Table
from township_office.paper.forms import ALL
from township_office.paper.forms.custody_list import SHEETS, build, list_words, tail_of
from township_office.paper.forms.office_sheet import Imprint, Options

LEVELS = re.compile("绝密|机密|秘密")
WORDS = {
    "number": "涉2026-001\n尾号15",
    "level": "机密",
    "serials": "000101-000103、000107",
    "made": "000101复1-000101复12",
    "count": "4",
    "left": "2",
    "holder": "阿卜杜拉·买买提·艾山江",
    "by": "䶮立国",
    "approver": "孙志强",
    "supervisor_1": "㙍大山",
    "supervisor_2": "𠮷永福",
    "at": "2026-11-20 09:15",
    "back_at": "2026-11-20 16:40",
    "on": "2026-11-20",
    "title": "［标题见纸质登记簿第3册第12页］",
    "list_no": "青机清〔2026〕3号",
    "place": "青山县国家秘密载体销毁中心",
    "year": "2026",
    "expected": "4",
    "in_hand": "3",
    "out": "1",
    "state": "在柜",
    "cabinet_no": "甲3",
}


def page(key: str, count: int = 2, **options: object) -> Page:
    lines = [WORDS | {"by": ("䶮立国", "赵保密")[place % 2]} for place in range(count)]
    imprint = Imprint("青山县云水镇党政综合办公室", "2026年", date(2026, 11, 20), "8F3A 61C2")
    return build(key, lines, imprint, Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("key", SHEETS)
def test_sheet_says_what_it_should(key: str) -> None:
    assert dump(page(key)) == (GOLDEN / f"paper_custody_{key}.txt").read_text("utf-8")
    assert ALL[f"custody_{key}"]([WORDS], Imprint("镇", "", date(2026, 11, 20)), Options()).head


@pytest.mark.parametrize("key", SHEETS)
def test_level_is_a_column_and_never_a_mark(key: str) -> None:
    sheet = page(key)
    table = next(block for block in sheet.body if isinstance(block, Table))
    around = repr((sheet.head, sheet.foot, [block for block in sheet.body if block is not table], table.columns))
    assert not LEVELS.search(around)
    labels = [column.label for column in table.columns]
    for row in table.rows:
        found = [label for label, cell in zip(labels, row.cells, strict=True) if LEVELS.search(cell)]
        assert set(found) <= {"密级", "地点"}  # the name of the place of destruction says 秘密


@pytest.mark.parametrize("key", SHEETS)
def test_every_sheet_of_paper_bears_the_header_and_the_columns(
    key: str, chinese_fonts: None, read_pages: Callable[..., list[str]], tmp_path: Path
) -> None:
    sheet = page(key, 60)
    layout, content = pdf.draw(sheet)
    (tmp_path / "sheet.pdf").write_bytes(content)
    pages = read_pages(tmp_path / "sheet.pdf")
    assert layout.missing == ""
    assert len(pages) == len(layout.printed) == layout.pages * len(sheet.editions) > 3
    last = list(SHEETS[key].columns.values())[-1].label
    for number, said in enumerate(pages):
        assert said.startswith("内部资料注意保管")
        assert SHEETS[key].title in said
        assert last in said
        assert f"第{number % layout.pages + 1}页共{layout.pages}页" in said
        if SHEETS[key].sides:
            assert all(side.title in said for side in SHEETS[key].sides)
    if SHEETS[key].signatures:
        assert ["审核人" in said or "清查人" in said for said in pages] == [False] * (len(pages) - 1) + [True]


def test_each_side_gets_its_own_edition(
    chinese_fonts: None, read_pages: Callable[..., list[str]], tmp_path: Path
) -> None:
    pdf.write(page("clearance", 30), tmp_path / "list.pdf")
    pages = read_pages(tmp_path / "list.pdf")
    half = len(pages) // 2
    assert ["留存" in said for said in pages] == [True] * half + [False] * half
    assert ["第二联接收单位" in said for said in pages] == [False] * half + [True] * half
    assert [said.replace("第一联留存", "") for said in pages[:half]] == [
        said.replace("第二联接收单位", "") for said in pages[half:]
    ]


@pytest.mark.parametrize("key", SHEETS)
def test_word_has_the_same_rows_and_boxes(key: str, tmp_path: Path) -> None:
    sheet = page(key, 5)
    word.write(sheet, tmp_path / "sheet.docx")
    document = Document(str(tmp_path / "sheet.docx"))
    assert len(document.sections) == len(document.tables) == len(sheet.editions)
    for section, edition, table in zip(document.sections, sheet.editions, document.tables, strict=True):
        head = [paragraph.text for paragraph in section.header.paragraphs]
        assert head[:2] == [f"内部资料　注意保管\t{edition}", SHEETS[key].title]
        assert len(table.rows) == 6
        labels = ["".join(cell.text.split()) for cell in table.rows[0].cells]
        assert labels == [column.label for column in SHEETS[key].columns.values()]
    foot = document.sections[-1].footer
    fields = [element.get(qn("w:instr")) for element in foot._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "SECTIONPAGES" if len(sheet.editions) > 1 else "NUMPAGES"]
    boxes = [cell.text for table in foot.tables for cell in table.rows[0].cells]
    parties = [block for block in sheet.body if isinstance(block, Parties)]
    assert [text.splitlines()[0] for text in boxes] == [side.title for block in parties for side in block.sides]


def test_who_signs_is_named_where_the_rows_agree() -> None:
    named = page("destruction", 1).body[1]
    assert [label for side in named.sides for label in side.labels] == [
        "审批人（孙志强）", "经办人（䶮立国）", "监销人（㙍大山）", "监销人（𠮷永福）", "签收人",
    ]  # fmt: skip
    lines = [WORDS | {"holder": name} for name in ("甲", "乙", "丙")]
    many = build("clearance", lines, Imprint("镇", "", date(2026, 11, 20)), Options()).body[1]
    assert many.sides[1].labels == ("负责人", "接收人")
    long = build(
        "destruction",
        [WORDS | {"approver": "买买提·吐尔逊·阿卜杜热西提"}],
        Imprint("镇", "", date(2026, 11, 20)),
        Options(),
    )
    assert long.body[1].sides[0].labels == ("审批人",)  # a name nobody could read helps nobody


def test_strict_mode_prints_the_last_figures_of_a_number() -> None:
    assert tail_of("云政发〔2026〕15号") == tail_of("15") == "尾号15"
    assert tail_of("无号") == ""


def test_a_list_without_a_number_leaves_room_for_it() -> None:
    assert list_words("clearance", "Q3") == "清单编号：Q3"
    assert list_words("destruction") == "清册编号：" + "　" * 9
