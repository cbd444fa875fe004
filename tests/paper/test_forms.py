# SPDX-License-Identifier: MulanPSL-2.0
"""The forms say what the office's own sheets say. Golden files are checked by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from township_office.core.fields import Field, Value
from township_office.paper.blocks import (
    Align,
    FormGrid,
    GridRow,
    Heading,
    Note,
    Page,
    Parties,
    Signatures,
    Spot,
    Spread,
    Table,
)
from township_office.paper.forms import ALL, number_ledger, register_book
from township_office.paper.forms.office_sheet import Imprint, Options
from township_office.registers import ALL as REGISTERS
from township_office.registers import DISPATCH, RECEIPT

GOLDEN = Path(__file__).parents[1] / "golden"


def dump(page: Page) -> str:
    """Write a page out as text, one line a block or row."""
    sheet = page.sheet
    lines = [f"sheet {sheet.width:g}x{sheet.height:g} left {sheet.left:g} right {sheet.right:g}"]
    for block in (*page.head, *page.body):
        match block:
            case Heading(text):
                lines.append(f"heading {text}")
            case Note(left, right):
                lines.append(f"note {left} || {right}")
            case Table(columns, rows, height, empty, carried):
                lines.append(f"table row {height:g} empty {empty} carried {carried}")
                lines += [
                    f"  column {c.label} {c.width} {c.align}{' whole' * c.is_whole}{' comment' * c.is_comment}"
                    for c in columns
                ]
                lines += [f"  {'x' if row.is_voided else '-'} {' | '.join(row.cells)} [{row.mark}]" for row in rows]
            case FormGrid(rows, cut, heads):
                lines.append(f"grid heads {heads} cut {cut}")
                spare = [row for row in rows if row.is_spare]
                lines += [row_dump(row) for row in (*(row for row in rows if not row.is_spare), *spare[:1])]
            case Spread(spots, is_red):
                lines.append(f"spread{' red' * is_red}")
                lines += [spot_dump(spot) for spot in spots]
            case Signatures(note, labels):
                lines.append(f"signatures {note} || {' '.join(labels)}")
            case Parties(note, sides, day):
                lines.append(f"parties {note} || {day}")
                lines += [f"  side {side.title}: {' '.join(side.labels)}" for side in sides]
    lines += [f"edition {edition}" for edition in page.editions if edition]
    return "\n".join([*lines, f"foot {page.foot.left} || {page.foot.centre} || {page.foot.right}", ""])


def spot_dump(spot: Spot) -> str:
    place = f"{spot.left:g},{spot.top:g} {spot.width:g}x{spot.height:g}"
    how = f"{spot.look} {spot.size:g} {spot.align}{' ' * bool(spot.edge)}{spot.edge}{' down' * spot.goes_down}"
    how += " shaded" * spot.is_shaded
    return f"  spot {place} {how} [{'/'.join(spot.text.splitlines())}]" if spot.text else f"  spot {place} {spot.edge}"


def row_dump(row: GridRow) -> str:
    free = "" if row.least is None else f" least {row.least:g}"
    cells = []
    for cell in row.cells:
        marks = f"{'+' * (cell.down - 1)}{'<' if cell.align is Align.LEFT else ''}"
        texts = "|".join(filter(None, (cell.label, cell.text, cell.foot)))
        cells.append(f"{cell.role}{marks} {cell.width:g} [{texts}]")
    return f"  row {row.height:g}{free}{' spare' * row.is_spare}: {'  '.join(cells)}"


@dataclass(frozen=True)
class Line:
    sequence: int
    number: str
    state: str
    title: str | None = None
    day: date | None = None
    who: str | None = None
    when: date | None = None
    why: str | None = None


def ledger(today: date) -> Page:
    who = "林小满"
    lines = [
        Line(1, "蒲政发〔2026〕1号", "used", "关于成立防汛指挥部的通知", date(2026, 1, 5), who),
        Line(
            2, "蒲政发〔2026〕2号", "void", "关于调整分工的通知", date(2026, 1, 8), who, date(2026, 1, 9), "签发后撤回"
        ),
        Line(3, "蒲政发〔2026〕3号", "backdated", "关于春节值班的通知", date(2026, 1, 6), who),
        Line(4, "蒲政发〔2026〕4号", "reserved", None, None, who, date(2026, 1, 12), "留给预算批复"),
        Line(5, "蒲政发〔2026〕5号", "missing"),
        Line(6, "蒲政发〔2026〕6号", "duplicate", "关于植树的通知", date(2026, 3, 1), who),
    ]
    imprint = Imprint("岐山县蒲村镇人民政府", "2026年", today, "8F3A 61C2")
    return number_ledger.build("发文登记簿号序台账（蒲政发）", lines, imprint, Options(signatures=()))


def test_every_form_has_a_golden_file() -> None:
    assert {f"paper_{name}.txt" for name in ALL} == {path.name for path in GOLDEN.glob("paper_*.txt")}


def test_register_book(make_book: Callable[..., Page], make_row: Callable[..., dict[str, Value]]) -> None:
    rows = [make_row(1), make_row(3), make_row(5), make_row(2, number="2025-0107", remarks="两行\n备注")]
    assert dump(make_book(rows)) == (GOLDEN / "paper_register_book.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["handling_sheet", "circulation_slip", "draft_sheet", "distribution_list"])
def test_form_of_one_document(name: str, make_form: Callable[..., Page]) -> None:
    said = "\n".join(dump(make_form(name, how)) for how in ("filled", "empty"))
    assert said == (GOLDEN / f"paper_{name}.txt").read_text("utf-8")


def test_a_form_never_bears_a_secret_level(make_form: Callable[..., Page]) -> None:
    for level in ("秘密", "机密★10年", "绝密", "普通"):
        for name in ("handling_sheet", "circulation_slip", "draft_sheet", "distribution_list"):
            said = dump(make_form(name, row={"secrecy_level": level, "title": "甲", "remarks": "机密★5年"}))
            assert level not in said
            assert "★" not in said
    assert "[工作秘密]" in dump(make_form("handling_sheet", row={"secrecy_level": "工作秘密"}))


def test_void_paper_says_so(make_form: Callable[..., Page]) -> None:
    assert make_form("draft_sheet", row={"voided_on": date(2026, 1, 2)}).head[0].text.endswith("发文稿纸（作废）")


def test_paper_sent_back_says_why(make_form: Callable[..., Page]) -> None:
    row = {"returned_on": date(2026, 11, 21), "return_reason": "多头主送"}
    assert "[2026年11月21日退回来文单位：多头主送|" in dump(make_form("handling_sheet", row=row))


def test_readers_beyond_the_sheet_are_on_the_slip(make_form: Callable[..., Page]) -> None:
    many = [{"purpose": "传阅", "reader": f"第{number}人"} for number in range(1, 20)]
    said = dump(make_form("handling_sheet", children=many))
    assert "第11人" in said
    assert "见传阅单" in said
    assert "第12人" not in said
    assert all(f"第{number}人" in dump(make_form("circulation_slip", children=many)) for number in range(1, 20))


def test_copies_add_up(make_form: Callable[..., Page]) -> None:
    assert make_form("distribution_list").body[1].note == "共印 80 份，已分发 3 份。"
    assert make_form("distribution_list", "empty").body[1].note == "共印 　　　份，分发　　　份，存档　　　份。"


def test_number_ledger(today: date) -> None:
    assert dump(ledger(today)) == (GOLDEN / "paper_number_ledger.txt").read_text("utf-8")


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.name)
def test_every_register_prints_all_its_columns(register: object, today: date) -> None:
    row: dict[str, Value] = {field.name: None for field in register.fields}
    row |= {"number": "1", "entry": "live", "voided_on": None, "void_reason": None}
    page = register_book.build(register, register.fields, [row], Imprint("镇", "2026年", today), Options())
    assert [column.label for column in page.body[0].columns] == [
        register.number_label, *(field.label for field in register.fields),
    ]  # fmt: skip


def test_number_and_standing_stand_where_the_office_puts_them(
    make_row: Callable[..., dict[str, Value]], today: date
) -> None:
    fields = [RECEIPT.field("title"), Field("number", "编号", width=8), Field("status", "状态", width=7)]
    rows = [make_row(1), make_row(5), make_row(2, due_on=date(2026, 2, 1))]
    page = register_book.build(RECEIPT, fields, rows, Imprint("镇", "2026年", today), Options())
    assert [row.cells[1:] for row in page.body[0].rows] == [
        ("2026-0001", "在办"), ("2026-0005", "作废"), ("2026-0002", "逾期"),
    ]  # fmt: skip


def test_what_a_work_secret_says_is_not_in_the_book(make_row: Callable[..., dict[str, Value]], today: date) -> None:
    fields = [RECEIPT.field(name) for name in ("sender", "title", "secrecy_level", "remarks")]
    rows = [make_row(1, title="关于甲的通知", remarks="乙", secrecy_level=level) for level in ("工作秘密", "内部")]
    page = register_book.build(RECEIPT, fields, rows, Imprint("镇", "2026年", today), Options())
    hidden, shown = (row.cells for row in page.body[0].rows)
    assert hidden[2:] == ("［工作秘密，见原件］", "工作秘密", "")
    assert shown[2:] == ("关于甲的通知", "内部", "乙")


def test_received_number_is_not_taken_for_the_offices_own(today: date) -> None:
    row: dict[str, Value] = {field.name: None for field in RECEIPT.fields}
    row |= {"number": "7", "doc_number": "县办〔2026〕9号", "entry": "live", "voided_on": None, "void_reason": None}
    page = register_book.build(RECEIPT, [RECEIPT.field("doc_number")], [row], Imprint("镇", "", today), Options())
    assert page.body[0].rows[0].cells == ("7", "县办〔2026〕9号")
    sent = {field.name: None for field in DISPATCH.fields} | {"number": "蒲政发〔2026〕1号"}
    sent |= {"entry": "live", "voided_on": None, "void_reason": None}
    own = Field("doc_number", "发文字号", width=20)
    page = register_book.build(DISPATCH, [own], [sent], Imprint("镇", "", today), Options())
    assert page.body[0].rows[0].cells == ("蒲政发〔2026〕1号",)


def test_binding_margin_is_never_too_narrow(make_book: Callable[..., Page]) -> None:
    assert make_book(1, left_margin=10).sheet.left == 25
    assert make_book(1, left_margin=35).sheet.left == 35


def test_no_sheet_carries_a_secrecy_mark(make_book: Callable[..., Page], today: date) -> None:
    for page in (make_book(3), ledger(today)):
        said = dump(replace(page, body=()))
        assert not any(word in said for word in ("秘密", "机密", "绝密"))
