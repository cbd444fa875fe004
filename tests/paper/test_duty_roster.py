# SPDX-License-Identifier: MulanPSL-2.0
"""值班表: one A4 page whatever it holds, with every name, date and phone of it whole."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paper.duty_sheets import CHANGES, IMPRINT, LONG, LONG_POST, SHORT, lines, marked, roster
from tests.paper.test_forms import GOLDEN, dump
from township_office.core.errors import OfficeError
from township_office.paper import pdf, word
from township_office.paper.blocks import Look, Page, Spot
from township_office.paper.forms import duty_roster
from township_office.paper.forms.duty_fit import LEGIBLE, Words
from township_office.paper.forms.duty_foot import _packed
from township_office.paper.spread import set_text
from township_office.paper.wordtext import RoomyWidths
from township_office.registers.duty.sheet import AT_FOOT, NOT_WANTED, NOWHERE, RosterSheet, Turn

MONTHS = ("2026-02", "2028-02", "2026-04", "2026-10")  # 28, 29, 30, 31 days
CASES = {
    "three": roster("2026-10", lines(3)),
    "six": roster("2026-10", lines(6, (1, 3))),
    "long": roster("2026-12", lines(4), 2, LONG),
    "spring": roster("2026-02", lines(3), 2),
    "changed": marked(roster("2026-10", lines(3), changes=CHANGES), 2, 1),
    "draft": roster("2026-11", lines(2, (1,)), is_draft=True, phones=NOWHERE),
    "lying": roster("2026-10", lines(4, (1,)), 1, LONG),
    "full": roster("2026-10", lines(6, (0, 1, 2, 3, 5)), 3, SHORT, phones=AT_FOOT, changes=CHANGES),
    "crowded": roster("2026-10", lines(6, range(6)), 4, LONG + SHORT),
}  # fmt: skip


def spots(page: Page) -> tuple[Spot, ...]:
    return page.body[0].spots


def words(page: Page) -> str:
    return "".join("".join(spot.text.split()) for spot in spots(page))


def check(sheet: RosterSheet, text: str) -> None:
    """Everything the sheet says stands in text, as often as it should."""
    fit, _ = duty_roster.laid_out(sheet, IMPRINT)
    for day in sheet.days:
        assert day.date_words in text
    for person in sheet.people:
        assert person.name in text
        if sheet.phones != NOWHERE:
            assert person.phone in text
            assert "".join(person.post.split()) in text
    shown = sheet.numbered() if fit.words is Words.NUMBERS else sheet
    for column in range(len(sheet.columns)):
        for first, _ in sheet.runs(column):
            turns = shown.days[first].cells[column]
            assert all(turn.marked in text for turn in turns or ())
    for word_there in ("值班电话：", sheet.phone, "交接班时间：", f"制表：{sheet.made_by}", "审核：", "签发人："):
        assert word_there in text


def assert_fits(page: Page) -> None:
    """Every piece lies on the sheet, none on another, and its text goes in, in the size that was meant for it."""
    room = page.sheet
    for one in spots(page):
        assert one.left >= 11.9
        assert one.left + one.width <= room.width - 11.9
        assert one.top >= 10.9
        assert one.top + one.height <= room.height - 11.5
        if one.text and one.look is not Look.LABEL:
            assert set_text(one, RoomyWidths()).size >= min(one.size, 8.0) - 0.01, one
    for one, other in combinations(spots(page), 2):
        is_apart = (
            one.left + one.width <= other.left + 0.01 or other.left + other.width <= one.left + 0.01
            or one.top + one.height <= other.top + 0.01 or other.top + other.height <= one.top + 0.01
        )  # fmt: skip
        assert is_apart, (one, other)


def test_sheet_says_what_it_should() -> None:
    dumps = [dump(duty_roster.build(CASES[name], IMPRINT)) for name in ("changed", "draft")]
    assert "\n".join(dumps) == (GOLDEN / "paper_duty_roster.txt").read_text("utf-8")


@pytest.mark.parametrize("name", CASES)
def test_each_is_one_page_with_all_of_it(
    name: str, chinese_fonts: None, read_pages: Callable[..., list[str]], tmp_path: Path
) -> None:
    page = duty_roster.build(CASES[name], IMPRINT)
    assert_fits(page)
    pdf.write(page, tmp_path / "a.pdf")
    (text,) = read_pages(tmp_path / "a.pdf")
    check(CASES[name], words(page))
    assert Counter(text) == Counter(words(page))


@settings(deadline=None, max_examples=15)
@given(
    month=st.sampled_from(MONTHS), count=st.integers(1, 6), split=st.sets(st.integers(0, 5)),
    people=st.integers(1, 4), names=st.sampled_from([SHORT, LONG, SHORT + LONG]),
    phones=st.sampled_from(["cell", AT_FOOT, NOWHERE]), has_changes=st.booleans(),
)  # fmt: skip
def test_any_month_goes_onto_one_sheet(
    month: str, count: int, split: set[int], people: int, names: Sequence[str], phones: str, has_changes: bool,
) -> None:  # fmt: skip
    changes = CHANGES if has_changes else ()
    sheet = roster(month, lines(count, sorted(split)), people, names, phones=phones, changes=changes)
    page = duty_roster.build(sheet, IMPRINT)
    assert_fits(page)
    check(sheet, words(page))
    assert duty_roster.laid_out(sheet, IMPRINT)[0].size >= LEGIBLE


def test_it_stands_or_lies_as_it_fits() -> None:
    upright, across = (duty_roster.build(CASES[name], IMPRINT).sheet for name in ("three", "lying"))
    assert (upright.width, upright.height) == (210, 297)
    assert (across.width, across.height) == (297, 210)


def test_a_leader_of_two_days_stands_once_over_both() -> None:
    page = duty_roster.build(CASES["draft"], IMPRINT)
    leaders = [spot for spot in spots(page) if spot.text == "孙志强" and spot.edge]
    days = {spot.top: spot.height for spot in spots(page) if spot.text.endswith("日") and spot.edge}
    both = [top for top in sorted(days) if leaders[0].top <= top < leaders[0].top + leaders[0].height]
    assert len(both) == 2
    assert leaders[0].height == pytest.approx(sum(days[top] for top in both), abs=0.01)


def test_days_off_are_shaded_and_named() -> None:
    page = duty_roster.build(CASES["three"], IMPRINT)
    shaded = {spot.text for spot in spots(page) if spot.is_shaded}
    assert {"10月1日", "10月7日", "10月11日", "国庆节", "休"} <= shaded
    assert not {"10月8日", "10月10日", "班"} & shaded  # 10-10 is a Saturday that is worked
    assert "班" in {spot.text for spot in spots(page)}
    (holiday,) = (spot for spot in spots(page) if spot.text == "国庆节")
    assert holiday.height == pytest.approx(sum(duty_roster.laid_out(CASES["three"], IMPRINT)[0].heights[:7]), abs=0.01)


def test_phones_leave_the_cells_when_these_get_too_tight() -> None:
    roomy, tight = (duty_roster.laid_out(sheet, IMPRINT)[0] for sheet in (CASES["three"], CASES["six"]))
    assert (roomy.words, tight.words) == (Words.ALL, Words.NAMES)
    assert "人员电话" in words(duty_roster.build(CASES["six"], IMPRINT))
    posted = replace(CASES["three"].people[4], post=LONG_POST)
    first, *rest = CASES["three"].days
    days = (replace(first, cells=(first.cells[0], (posted,), first.cells[2])), *rest)
    assert duty_roster.laid_out(replace(CASES["three"], days=days), IMPRINT)[0].words is Words.NAMES
    none = duty_roster.build(replace(CASES["three"], phones=NOWHERE), IMPRINT)
    assert "人员电话" not in words(none)


def test_phones_below_the_table_stand_in_columns() -> None:
    """A post a little longer than the others takes a wider column for all, where that needs no more rows."""
    listed = [f"赵甲{place} {'党委副书记' if place == 0 else '干部'} 13900000{place:03}" for place in range(8)]
    entries, _ = _packed(listed, 163, 9.0)
    assert len({entry.width for entry in entries}) == 1
    assert [len({entry.left for entry in entries}), len({entry.top for entry in entries})] == [3, 3]


def test_what_was_changed_is_marked_and_listed() -> None:
    text = words(duty_roster.build(CASES["changed"], IMPRINT))
    assert "（调）" in text
    assert "10月3日值班员：孙志强→钱立国（换班，家中老人住院需要陪护）" in text
    assert "…" in text  # a long reason is cut, the whole of it stands in the file


def test_many_changes_give_way_to_their_number() -> None:
    sheet = replace(CASES["six"], changes=CHANGES * 40)
    text = words(duty_roster.build(sheet, IMPRINT))
    assert "发布后调班80次" in text
    assert "→" not in text


def test_a_draft_says_so() -> None:
    assert "值班表（草稿）" in words(duty_roster.build(CASES["draft"], IMPRINT))


def test_nobody_is_needed_is_not_nobody_there() -> None:
    sheet = CASES["three"]
    first, second, *rest = sheet.days
    days = (replace(first, cells=(None, *first.cells[1:])), replace(second, cells=((), *second.cells[1:])), *rest)
    page = duty_roster.build(replace(sheet, days=days), IMPRINT)
    assert [spot.text for spot in spots(page)].count(NOT_WANTED) == 1
    assert_fits(page)


def test_what_no_sheet_can_hold_is_refused_in_words() -> None:
    columns = [replace(one, line=f"{one.line}{nth}") for nth in range(9) for one in lines(6, range(6))]
    crowd = [f"{name}{nth}" for nth in range(12) for name in LONG]
    with pytest.raises(OfficeError, match="放不下"):
        duty_roster.build(roster("2026-10", columns, 9, crowd), IMPRINT)


def test_a_very_long_post_and_title_still_go_in() -> None:
    person = Turn("买买提·吐尔逊江·阿卜杜拉", LONG_POST * 2, "0871-65432100转8001，13800000000")
    sheet = CASES["three"]
    days = tuple(replace(day, cells=((person,), *day.cells[1:])) for day in sheet.days)
    sheet = replace(
        sheet, days=days, office="云南省" + "青山哈尼族彝族傣族自治县云水镇人民政府" * 2, remarks="注意" * 99
    )
    page = duty_roster.build(sheet, IMPRINT)
    assert_fits(page)
    check(sheet, words(page))


def test_shade_and_merged_cells_are_in_word_too(chinese_fonts: None, tmp_path: Path) -> None:
    word.write(duty_roster.build(CASES["three"], IMPRINT), tmp_path / "a.docx")
    (table,) = Document(str(tmp_path / "a.docx")).tables
    assert {one.get(qn("w:fill")) for one in table._tbl.iter(qn("w:shd"))} == {"EBEBEB"}
    assert any(one.get(qn("w:val")) == "restart" for one in table._tbl.iter(qn("w:vMerge")))


@pytest.mark.usefixtures("chinese_fonts")
@pytest.mark.parametrize("name", ["three", "lying", "crowded"])
def test_an_office_suite_has_it_on_one_page_too(
    name: str, read_pages: Callable[..., list[str]], tmp_path: Path
) -> None:
    suite = shutil.which("soffice")
    if suite is None:
        pytest.skip("no LibreOffice on this machine (apt: libreoffice-writer-nogui)")
    word.write(duty_roster.build(CASES[name], IMPRINT), tmp_path / "a.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [suite, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=100)
    (text,) = read_pages(tmp_path / "a.pdf")
    check(CASES[name], words(duty_roster.build(CASES[name], IMPRINT)))
    assert Counter(text) == Counter(words(duty_roster.build(CASES[name], IMPRINT)))
