# SPDX-License-Identifier: MulanPSL-2.0
"""A form fills its sheet, keeps room to write in by hand, and loses no word without saying so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from township_office.core.fields import Field, Kind
from township_office.paper.blocks import GridCell, Page, Role
from township_office.paper.cells import FormSheet, Placed, lay_out
from township_office.paper.forms import ALL
from township_office.paper.forms.form_sheet import CUT
from township_office.paper.forms.office_sheet import Imprint
from township_office.paper.measures import form_room
from township_office.registers import BY_NAME

MakeForm = Callable[..., Page]
ONE_SHEET = {"handling_sheet": "receipt", "draft_sheet": "dispatch"}
WIDTH = 170.0


class Square(defaultdict[str, float]):
    """Every Chinese character as wide as it is high, every other one half."""

    def __missing__(self, char: str) -> float:
        return 1000.0 if ord(char) > 0x2E80 else 500.0


def laid(page: Page) -> list[FormSheet]:
    return lay_out(page.body[0], WIDTH, form_room(page), Square())


def beside(sheet: FormSheet, label: str) -> tuple[GridCell, float]:
    """Return the cell to the right of a label, and its height."""
    at = next(index for index, one in enumerate(sheet.cells) if one.cell.text == label)
    found = sheet.cells[at + 1]
    return found.cell, sum(sheet.heights[found.row : found.row + sheet.cells[at].cell.down])


def needed(placed: Placed) -> float:
    foot = 7 if placed.cell.foot else 0
    return len(placed.words.lines) * placed.step + foot


def values(field: Field) -> st.SearchStrategy[object]:
    match field.kind:
        case Kind.DATE:
            return st.dates(date(2026, 1, 1), date(2026, 12, 31))
        case Kind.INTEGER:
            return st.integers(0, 999_999)
        case Kind.YES_NO:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(field.choices)
        case Kind.MOMENT:
            return st.just("2026-11-20 09:15")
        case _:
            texts = st.text("关于䶮㙍𣗋，。（）〔2026〕 aW1\n", min_size=1, max_size=12)
            lengths = st.integers(1, field.max_length)
            return st.builds(lambda text, length: (text * length)[:length], texts, lengths)


def papers(register: str) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional={field.name: values(field) for field in BY_NAME[register].fields})


@pytest.mark.parametrize(("form", "register"), ONE_SHEET.items())
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_row_of_the_register_goes_on_one_sheet(form: str, register: str, data: st.DataObject) -> None:
    row = data.draw(papers(register))
    handed = [{"purpose": "传阅", "reader": f"第{nth}人"} for nth in range(data.draw(st.integers(0, 30)))]
    page = ALL[form](row, handed, Imprint("青山县云水镇人民政府", "", date(2026, 11, 20)))
    (sheet,) = laid(page)
    assert sum(sheet.heights) == pytest.approx(form_room(page), abs=0.01)
    for wanted, height in zip(page.body[0].rows, sheet.heights, strict=True):
        assert height >= (wanted.least or wanted.height) - 0.01
    for placed in sheet.cells:
        assert needed(placed) <= sum(sheet.heights[placed.row : placed.row + placed.cell.down]) + 0.01
        said = "".join("".join(placed.words.lines).split())
        whole = "".join(placed.cell.text.split())
        assert said == whole or (said.endswith(CUT) and whole.startswith(said.removesuffix(CUT)))


def test_there_is_room_to_write(make_form: MakeForm) -> None:
    (sheet,) = laid(make_form("handling_sheet", "empty"))
    assert beside(sheet, "拟办意见")[1] >= 30
    assert beside(sheet, "领导批示")[1] >= 50
    assert beside(sheet, "传阅")[1] >= 30
    assert beside(sheet, "办理结果")[1] >= 30


def test_words_that_go_in_are_whole_and_readable(make_form: MakeForm) -> None:
    for name in ALL.keys() & {"handling_sheet", "circulation_slip", "draft_sheet", "distribution_list"}:
        for sheet in laid(make_form(name)):
            assert {one.words.text for one in sheet.cells} == {one.cell.text for one in sheet.cells}
            assert min(one.words.size for one in sheet.cells) >= 9


def test_long_text_gives_way_before_the_short(make_form: MakeForm) -> None:
    (sheet,) = laid(make_form("handling_sheet", row={"sender": "县政府", "proposed_action": "整治" * 550}))
    long, height = beside(sheet, "拟办意见")
    assert height > 80
    assert beside(sheet, "领导批示")[1] == pytest.approx(18, abs=0.1)
    sizes = {one.cell.text: one.words.size for one in sheet.cells}
    assert sizes["县政府"] == 12
    assert sizes[long.text] < 10.5
    assert not any(one.words.text.endswith(CUT) for one in sheet.cells)


def test_no_character_stands_alone_where_smaller_type_takes_it_up(make_form: MakeForm) -> None:
    (sheet,) = laid(make_form("handling_sheet", row={"proposed_action": "请" * 36 + "阅办", "result": "同意"}))
    words = {one.cell.text[:1]: one.words for one in sheet.cells}
    assert [len(line) for line in words["请"].lines] == [38]
    assert words["请"].size == 11
    assert words["同"].size == 12


def test_what_cannot_be_printed_says_where_it_stands(make_form: MakeForm) -> None:
    row = {"proposed_action": "查" * 2000, "leader_instruction": "办" * 2000, "result": "完" * 2000}
    (sheet,) = laid(make_form("handling_sheet", row=row))
    cut = [one for one in sheet.cells if one.words.text.endswith(CUT)]
    assert [one.cell.text[0] for one in cut] == ["查", "办", "完"]
    assert all(one.words.size == 7.5 and len(one.words.text) > 200 for one in cut)


@pytest.mark.parametrize(("readers", "sheets"), [(0, 1), (12, 1), (19, 1), (25, 2), (60, 3)])
def test_slip_goes_on_overleaf_only_when_it_must(make_form: MakeForm, readers: int, sheets: int) -> None:
    handed = [{"purpose": "传阅", "reader": f"第{nth}人"} for nth in range(readers)]
    page = make_form("circulation_slip", children=handed)
    found = laid(page)
    assert len(found) == sheets
    for sheet in found:
        assert sum(sheet.heights) == pytest.approx(form_room(page), abs=0.01)
        assert next(one.cell.text for one in sheet.cells if one.row == page.body[0].heads - 1) == "序号"
        assert min(sheet.heights[page.body[0].heads :]) >= (9 if readers > 13 else 13) - 0.01
    names = [one.cell.text for sheet in found for one in sheet.cells if one.cell.width == 38]
    assert [name for name in names if name not in ("", "阅件人")] == [one["reader"] for one in handed]
    numbers = [one.cell.text for sheet in found for one in sheet.cells if one.cell.text.isdecimal() and not one.left]
    assert numbers == [str(nth) for nth in range(1, len(numbers) + 1)]


def test_an_endless_opinion_takes_one_sheet_at_most(make_form: MakeForm) -> None:
    handed = [{"reader": "甲", "opinion": "同意" * 500}, {"reader": "乙"}, {"reader": "丙", "opinion": "好" * 1000}]
    found = laid(make_form("circulation_slip", children=handed))
    assert sum(one.cell.text in ("甲", "乙", "丙") for sheet in found for one in sheet.cells) == 3
    assert all(sum(sheet.heights) <= 245 for sheet in found)


def test_short_labels_are_as_wide_as_long_ones(make_form: MakeForm) -> None:
    (sheet,) = laid(make_form("handling_sheet"))
    wide = {one.cell.text: len(one.cell.text) + one.gap * (len(one.cell.text) - 1) for one in sheet.cells
            if one.cell.role is Role.LABEL and one.cell.width == 24}  # fmt: skip
    assert set(map(round, wide.values())) == {4}


def test_a_cell_from_above_is_stepped_over(make_form: MakeForm) -> None:
    (sheet,) = laid(make_form("handling_sheet"))
    side = next(one for one in sheet.cells if one.cell.text == "传阅")
    for row in range(side.row + 1, side.row + side.cell.down):
        first = next(one for one in sheet.cells if one.row == row)
        assert first.left == side.right
    for row in range(len(sheet.heights)):
        assert max(one.right for one in sheet.cells if one.row == row) == pytest.approx(WIDTH)
